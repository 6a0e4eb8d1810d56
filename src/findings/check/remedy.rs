//! Prompt correction or a compensatory measure, work done and verified by somebody else, and whether it helped.

use super::{Case, asks};
use crate::findings::errors::remedy as errors;
use crate::findings::model::Action;
use crate::findings::{ActionKind, State};

pub(super) fn check(case: &mut Case<'_>) {
    let finding = case.finding();
    if finding.is_deficiency() {
        corrected(case);
    }
    for action in &finding.actions {
        match action.kind.get() {
            Some(ActionKind::Compensatory) => measure(case, action),
            Some(ActionKind::Corrective | ActionKind::Preventive) => done(case, action),
            None => {}
        }
    }
    if finding.is_deficiency() && case.came_to(State::PlanFiled) {
        let plan = finding.actions.iter().any(|a| a.kind.get() == Some(&ActionKind::Corrective));
        // Of an action whose kind is not stated it is said that it should be.
        if !plan && finding.actions.iter().all(|a| a.kind.get().is_some()) {
            let law = case.law(asks::PLAN);
            let filed = finding.moves.iter().any(|m| m.to.get() == Some(&State::PlanFiled));
            case.tell(errors::no_plan(case.place(), filed, &law));
        }
    }
}

/// Either it was put right at once, or something makes up for it.
fn corrected(case: &mut Case<'_>) {
    let finding = case.finding();
    let compensated = finding.actions.iter().any(|a| a.kind.get() == Some(&ActionKind::Compensatory));
    if finding.containment.is_none() && !compensated {
        let law = case.law(asks::CORRECTION);
        case.tell(errors::not_contained(case.place(), &law));
    }
    if let Some(containment) = &finding.containment {
        let parts = [
            (containment.on.is_missing(), "on", "when it was put right"),
            (containment.by.is_missing(), "by", "who put it right"),
            (containment.what.is_missing(), "what", "how it was put right"),
        ];
        let law = case.law(asks::CORRECTION);
        for (_, key, what) in parts.into_iter().filter(|(missing, ..)| *missing) {
            case.tell(errors::containment_item(containment.span, key, what, &law));
        }
    }
}

fn measure(case: &mut Case<'_>, action: &Action) {
    let law = case.law(asks::CORRECTION);
    let Some(until) = action.until.stated() else {
        if action.until.is_missing() {
            case.tell(errors::measure_without_end(&action.id, &law));
        }
        return;
    };
    // It has to last until the deficiency is corrected.
    let corrections = case.finding().actions.iter().filter(|a| a.kind.get() == Some(&ActionKind::Corrective));
    let last = corrections.filter_map(|a| a.completed.stated().or(a.due.stated())).max_by_key(|d| d.value);
    if let Some(last) = last.filter(|last| until.value < last.value) {
        case.tell(errors::measure_ends_early(&action.id, until, last, &law));
    }
}

fn done(case: &mut Case<'_>, action: &Action) {
    if case.stands_at(State::Reported) && action.completed.is_missing() {
        let (law, state) = (case.law(asks::PLAN), reached(case, State::Reported));
        case.tell(errors::not_completed(&action.id, state, &law));
    }
    match &action.verified {
        None if case.stands_at(State::Checked) => {
            let (law, state) = (case.law(asks::VERIFICATION), reached(case, State::Checked));
            case.tell(errors::not_verified(&action.id, state, &law));
        }
        None => {}
        Some(verified) => {
            let parts = [
                (verified.on.is_missing(), "on", "when"),
                (verified.by.is_missing(), "by", "by whom"),
                (verified.how.is_missing(), "how", "how"),
            ];
            let law = case.law(asks::VERIFICATION);
            for (_, key, what) in parts.into_iter().filter(|(missing, ..)| *missing) {
                case.tell(errors::verification_item(verified.span, key, what, &law));
            }
            if action.completed.is_missing() {
                let at = verified.span;
                case.tell(errors::verified_before_done(&action.id, at));
            }
        }
    }
    if case.stands_at(State::Shut) {
        let seen = action.effect.as_ref().is_some_and(|e| !e.result.is_missing() && !e.on.is_missing());
        if !seen {
            case.tell(errors::effect_not_checked(&action.id));
        }
    }
}

/// Where the record says that it came so far: the first move of the last pass, when it went back to work in between.
fn reached(case: &Case<'_>, state: State) -> crate::base::Span {
    let rank = state.rank();
    let moves = case.finding().moves.iter().rev().filter(|m| m.to.get().is_some_and(|to| to.rank().is_some()));
    let found = moves.take_while(|m| m.to.get().is_some_and(|to| to.rank() >= rank)).last();
    found.map_or(case.place(), |m| m.to.span().unwrap_or(m.span))
}
