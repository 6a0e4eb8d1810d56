//! A register of findings to the [`Record`]s of a portfolio.

use super::record::{Activity, Class, Record};
use crate::findings::{self, ActivityKind, Finding, Register, State};

/// The records of a register that have a day and an entity. The rest cannot be placed, and `abide findings check` says so.
#[must_use]
pub fn records(register: &Register) -> Vec<Record> {
    let mut found: Vec<Record> = register.findings.iter().filter_map(record).collect();
    found.sort();
    found
}

fn record(finding: &Finding) -> Option<Record> {
    let on = *finding.activity.on.get()?;
    let entity = Some(finding.entity_id()).filter(|id| !id.is_empty())?;
    let shut = finding.reached(State::Shut);
    let closed = if finding.is_open() { None } else { Some(shut.unwrap_or(on)) };
    let reported = finding.reached(State::Reported);
    let mut due: Vec<(Date, Option<Date>)> = finding.correct_by.get().map(|day| (*day, reported.or(closed))).into_iter().collect();
    due.extend(finding.actions.iter().filter_map(|action| Some((*action.due.get()?, action.completed.get().copied()))));
    Some(Record {
        entity: entity.to_owned(),
        id: finding.id.value.clone(),
        on,
        activity: finding.activity.kind.get().map(|kind| activity(*kind)),
        of_authority: finding.is_of_authority(),
        class: finding.class.get().map(|stated| class(*stated)),
        provision: finding.provision.get().map(|cited| cited.name.clone()),
        component: finding.component.get().cloned(),
        repeats: finding.repeats.get().cloned(),
        closed,
        due,
    })
}

const fn activity(kind: ActivityKind) -> Activity {
    match kind {
        ActivityKind::Audit => Activity::Audit,
        ActivityKind::Inspection => Activity::Inspection,
        ActivityKind::Test | ActivityKind::Survey | ActivityKind::Investigation => Activity::Other,
    }
}

const fn class(class: findings::Class) -> Class {
    match class {
        findings::Class::FullyCompliant | findings::Class::Improvable => Class::Compliant,
        findings::Class::NotCompliant => Class::NotCompliant,
        findings::Class::SeriouslyDeficient => Class::SeriouslyDeficient,
        findings::Class::NotApplicable | findings::Class::NotConfirmed => Class::Silent,
    }
}
