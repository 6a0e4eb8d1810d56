//! What a portfolio needs of an inspector's record: plain facts on one day, without the prose.

use crate::base::Date;
use crate::findings::{ActivityKind, Class, Finding, Register};

/// One record of a register of findings.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    /// The entity that was monitored.
    pub entity: String,
    /// Its id.
    pub id: String,
    /// The day of the activity.
    pub on: Date,
    /// What was done, when that is stated.
    pub activity: Option<ActivityKind>,
    /// Whether it is the authority's.
    pub of_authority: bool,
    /// The class of compliance, when one was chosen.
    pub class: Option<Class>,
    /// The provision it measures against.
    pub provision: Option<String>,
    /// From which days on there was work left on it, or none: in the order of days.
    pub turns: Vec<(Date, bool)>,
}

impl Record {
    /// Whether there was work left on a day: what [`Finding::is_open_on`] says of it.
    #[must_use]
    pub fn is_open(&self, on: Date) -> bool {
        self.turns.iter().rev().find(|(day, _)| *day <= on).is_some_and(|(_, open)| *open)
    }
}

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
    let mut days: Vec<Date> = finding.moves.iter().filter_map(|m| m.on.get().copied()).chain([on]).collect();
    days.sort_unstable();
    days.dedup();
    Some(Record {
        entity: entity.to_owned(),
        id: finding.id.value.clone(),
        on,
        activity: finding.activity.kind.get().copied(),
        of_authority: finding.is_of_authority(),
        class: finding.class.get().copied(),
        provision: finding.provision.get().map(|cited| cited.name.clone()),
        turns: days.into_iter().map(|day| (day, finding.is_open_on(day))).collect(),
    })
}
