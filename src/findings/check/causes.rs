//! Why it happened, and whether what is done addresses it.

use std::collections::BTreeSet;

use super::{Case, asks};
use crate::findings::errors::causes as errors;
use crate::findings::model::{Action, Analysis};
use crate::findings::{ActionKind, State, WorksBy};

pub(super) fn check(case: &mut Case<'_>) {
    let finding = case.finding();
    if let Some(analysis) = &finding.analysis {
        analysed(case, analysis);
        mapped(case, analysis);
    } else if finding.is_deficiency() && case.came_to(State::Analysed) {
        let law = case.law(asks::CAUSES);
        case.tell(errors::not_analysed(case.place(), &law));
    }
    let ids: BTreeSet<&str> = finding.analysis.iter().flat_map(|a| &a.causes).map(|c| c.id.value.as_str()).collect();
    for action in &finding.actions {
        of_action(case, action, &ids);
    }
}

/// What an analysis has to say.
fn analysed(case: &mut Case<'_>, analysis: &Analysis) {
    let law = case.law(asks::CAUSES);
    let parts = [
        (analysis.method.is_missing(), "method", "how the cause was looked for"),
        (analysis.completed.is_missing(), "completed", "when it was finished"),
        (analysis.by.is_missing(), "by", "who led it"),
        (analysis.human_factors.is_missing(), "human-factors", "what human factors had to do with it"),
        (analysis.causes.is_empty(), "causes", "any cause"),
    ];
    for (_, key, what) in parts.into_iter().filter(|(missing, ..)| *missing) {
        case.tell(errors::analysis_item(analysis.span, key, what, &law));
    }
    if analysis.recurrence.is_missing() {
        case.tell(errors::recurrence_not_sought(analysis.span));
    }
    for cause in &analysis.causes {
        let parts = [
            (cause.summary.is_missing(), "summary", "what it is"),
            (cause.systemic.is_missing(), "systemic", "whether it lies in the system"),
            (cause.category.is_missing(), "category", "of which sort it is"),
        ];
        for (_, key, what) in parts.into_iter().filter(|(missing, ..)| *missing) {
            case.tell(errors::cause_item(cause.id.span, key, what));
        }
    }
    let all_of_persons = analysis.causes.iter().all(|c| c.systemic.get() == Some(&false));
    if let Some(first) = analysis.causes.first().filter(|_| all_of_persons) {
        case.tell(errors::no_systemic_cause(first.id.span, &law));
    }
}

/// Every cause has an action that can remove it.
fn mapped(case: &mut Case<'_>, analysis: &Analysis) {
    let finding = case.finding();
    let planned = case.came_to(State::PlanFiled) || finding.actions.iter().any(removes_causes);
    for cause in &analysis.causes {
        let names = |action: &&Action| action.causes.get().is_some_and(|all| all.iter().any(|c| c.value == cause.id.value));
        // One whose kind is not known may be meant to remove it; that its kind is missing or wrong is told of the action.
        let may = |action: &&Action| removes_causes(action) || action.kind.get().is_none();
        let meant: Vec<&Action> = finding.actions.iter().filter(may).filter(names).collect();
        if meant.is_empty() {
            if planned {
                case.tell(errors::cause_without_action(&cause.id));
            }
            continue;
        }
        let only_told = meant.iter().all(|a| a.works_by.get() == Some(&WorksBy::Reminder));
        if only_told && cause.systemic.get() == Some(&true) {
            let actions: Vec<_> = meant.iter().map(|a| &a.id).collect();
            case.tell(errors::only_reminders(&cause.id, &actions));
        }
    }
}

fn of_action(case: &mut Case<'_>, action: &Action, causes: &BTreeSet<&str>) {
    let law = case.law(asks::PLAN);
    let compensates = action.kind.get() == Some(&ActionKind::Compensatory);
    let parts = [
        (action.kind.is_missing(), "kind", "whether it corrects, prevents or compensates"),
        (action.what.is_missing(), "what", "what is done"),
        (action.owner.is_missing(), "owner", "who answers for it"),
        (!compensates && action.due.is_missing(), "due", "by when it is done"),
        (removes_causes(action) && action.works_by.is_missing(), "works-by", "which way it works"),
    ];
    for (_, key, what) in parts.into_iter().filter(|(missing, ..)| *missing) {
        case.tell(errors::action_item(action.id.span, key, what, &law));
    }
    for extension in &action.extended {
        let parts = [
            (extension.was.is_missing(), "was", "until when there was time before"),
            (extension.now.is_missing(), "now", "until when there is time now"),
            (extension.on.is_missing(), "on", "when more time was allowed"),
            (extension.by.is_missing(), "by", "who allowed more time"),
            (extension.because.is_missing(), "because", "why more time was allowed"),
        ];
        for (_, key, what) in parts.into_iter().filter(|(missing, ..)| *missing) {
            case.tell(errors::action_item(extension.span, key, what, &law));
        }
    }
    match action.causes.stated() {
        Some(named) => {
            for cause in named.value.iter().filter(|c| !causes.contains(c.value.as_str())) {
                case.tell(errors::unknown_cause(cause, causes.iter().copied()));
            }
            if named.value.is_empty() && removes_causes(action) {
                case.tell(errors::action_without_cause(&action.id, named.span));
            }
        }
        None if action.causes.is_missing() && removes_causes(action) => {
            case.tell(errors::action_without_cause(&action.id, action.id.span));
        }
        None => {}
    }
}

fn removes_causes(action: &Action) -> bool {
    matches!(action.kind.get(), Some(ActionKind::Corrective | ActionKind::Preventive))
}
