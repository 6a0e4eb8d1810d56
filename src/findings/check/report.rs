//! What the law asks of a report (Annex II, 10.2), the class, and the provision as it read on the day.

use super::{Case, asks};
use crate::assess::binds;
use crate::base::Span;
use crate::evidence::errors::items;
use crate::findings::errors::report as errors;
use crate::findings::{ActionKind, ActivityKind, Class, Field, Reading};
use crate::library::model::{Duty, TermId};
use crate::policy::is_known_marking;

pub(super) fn check(case: &mut Case<'_>) {
    items_of_a_report(case);
    class(case);
    provision(case);
    let finding = case.finding();
    if finding.origin.is_missing() {
        case.tell(items::missing_key(case.place(), "origin", "a finding"));
    }
    if finding.entity.is_missing() {
        case.tell(items::missing_key(case.place(), "entity", "a finding in a register"));
    }
    if let (Some(named), Some(own)) = (finding.entity.stated(), &case.register.entity)
        && named.value != own.value
    {
        case.tell(errors::other_entity(named, own));
    }
    if let Some(marking) = finding.marking.stated().filter(|m| !is_known_marking(&m.value)) {
        case.tell(errors::unknown_marking(marking));
    }
    let rests_on_nothing = finding.evidence.get().is_some_and(Vec::is_empty) || finding.evidence.is_missing();
    if rests_on_nothing && finding.is_deficiency() {
        case.tell(errors::rests_on_nothing(finding.evidence.span().unwrap_or(case.place())));
    }
}

fn items_of_a_report(case: &mut Case<'_>) {
    let (law, finding) = (case.law(asks::REPORT), case.finding());
    let activity = &finding.activity;
    let mut missing = |at: Span, is: bool, key: &str, item: &str| {
        if is {
            case.tell(errors::item(at, key, item, &law));
        }
    };
    let at = activity.span.unwrap_or(finding.id.span);
    let nobody = matches!(&activity.auditors, Field::Stated(list) if list.value.is_empty());
    missing(at, activity.kind.is_missing(), "activity.kind", "which activity it was");
    missing(at, activity.monitored.is_missing(), "activity.monitored", "who was monitored");
    missing(at, activity.on.is_missing(), "activity.on", "the date");
    missing(at, activity.at.is_missing(), "activity.at", "the time of day");
    missing(
        activity.auditors.span().unwrap_or(at),
        activity.auditors.is_missing() || nobody,
        "activity.auditors",
        "the auditors",
    );
    missing(at, activity.scope.is_missing(), "activity.scope", "the scope");
    let at = finding.id.span;
    missing(at, finding.found.is_missing(), "found", "what was found");
    missing(at, finding.provision.is_missing(), "provision", "the provision it was measured against");
    missing(at, finding.class.is_missing(), "class", "its class");
    let advised = matches!(finding.class.get(), Some(Class::Improvable | Class::NotCompliant | Class::SeriouslyDeficient));
    missing(at, advised && finding.recommendation.is_missing(), "recommendation", "a recommendation");
    missing(at, finding.is_deficiency() && finding.correct_by.is_missing(), "correct-by", "the time frame for correction");
}

fn class(case: &mut Case<'_>) {
    let finding = case.finding();
    let Some(class) = finding.class.stated() else { return };
    if finding.activity.kind.get() == Some(&ActivityKind::Survey)
        && !matches!(class.value, Class::NotApplicable | Class::NotConfirmed)
    {
        let law = case.law(asks::CLASSES);
        case.tell(errors::class_of_a_survey(class.span, &law));
    }
    if class.value.is_deficiency() {
        return;
    }
    // What only a deficiency has.
    // What could not be seen may have something that makes up for it until it is.
    let may_compensate = class.value == Class::NotConfirmed;
    let works = |kind: Option<&ActionKind>| match kind {
        Some(ActionKind::Corrective) => true,
        Some(ActionKind::Compensatory) => !may_compensate,
        Some(ActionKind::Preventive) | None => false,
    };
    let action = finding.actions.iter().find(|a| works(a.kind.get())).map(|a| (a.id.span, "something is corrected here"));
    let deadline = finding.correct_by.span().map(|span| (span, "a day to correct it by is set here"));
    let rung = finding.ladder.iter().find(|r| r.step.get().is_some_and(|s| *s > crate::findings::Step::Advice));
    let rung = rung.map(|r| (r.span, "the ladder of enforcement is climbed here"));
    if let Some((there, what)) = action.or(deadline).or(rung) {
        let law = case.law(asks::CLASSES);
        case.tell(errors::class_contradicted(class, there, what, &law));
    }
}

fn provision(case: &mut Case<'_>) {
    let finding = case.finding();
    let (Some(cited), Some(day)) = (finding.provision.stated(), finding.law_day()) else { return };
    let of = finding.read_on.span().or(finding.activity.on.span());
    let provision = case.library.provision(cited.value.id);
    match cited.value.on(case.library, day) {
        Reading::Version(_) => {
            if matches!(provision.duty, Duty::Defines | Duty::Empowers) {
                case.tell(errors::asks_nothing(cited, &provision.title));
            } else if let Some(kind) = own_kind(case)
                && finding.class.get() != Some(&Class::NotApplicable)
                && !binds(case.library, provision, Some(kind))
            {
                let terms = &case.library.vocabulary(case.library.entity_kinds).terms;
                let kind = terms.get(kind.0 as usize).map_or("", |term| term.name.as_str());
                case.tell(errors::binds_others(cited, kind, case.register.entity.as_ref()));
            }
        }
        Reading::Sealed(_) => case.tell(errors::sealed(cited)),
        Reading::NotInForce(nearest) => case.tell(errors::not_in_force(cited, day, of, nearest)),
        Reading::Foreign(extent) => case.tell(errors::foreign(cited, extent)),
    }
    // On another day than that of the activity only what read the same then can be held against anybody.
    if let (Some(read), Some(seen)) = (finding.read_on.stated(), finding.activity.on.stated())
        && read.value != seen.value
        && !matches!(cited.value.on(case.library, read.value), Reading::NotInForce(_))
        && cited.value.on(case.library, read.value) != cited.value.on(case.library, seen.value)
    {
        case.tell(errors::read_on_another_day(cited, read, seen));
    }
}

/// The kind of the entity, where the finding stands beside its bundle and is of it.
fn own_kind(case: &Case<'_>) -> Option<TermId> {
    let own = case.register.entity.as_ref()?;
    case.register.entity_kind.filter(|_| case.finding().entity_id() == own.value)
}
