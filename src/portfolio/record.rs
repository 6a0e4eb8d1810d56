//! What a portfolio needs of an inspector's record: plain facts on one day, without the prose.

use crate::base::Date;
use crate::findings::{ActivityKind, Class, Finding, Register, State};

/// One record of a register of findings.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    /// The entity that was monitored.
    pub entity: String,
    /// Its id.
    pub id: String,
    /// The day of the activity.
    pub on: Date,
    /// The day on which the provision is read.
    pub law_day: Date,
    /// What was done, when that is stated.
    pub activity: Option<ActivityKind>,
    /// Whether it is the authority's.
    pub of_authority: bool,
    /// The class of compliance, when one was chosen.
    pub class: Option<Class>,
    /// The provision it measures against.
    pub provision: Option<String>,
    /// The day since which it is closed; `None` while work is left.
    pub closed: Option<Date>,
}

impl Record {
    /// Whether it is a deficiency with work left on a day.
    #[must_use]
    pub fn is_open(&self, on: Date) -> bool {
        self.on <= on && self.class.is_some_and(Class::is_deficiency) && self.closed.is_none_or(|day| day > on)
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
    let shut = finding.reached(State::Shut);
    Some(Record {
        entity: entity.to_owned(),
        id: finding.id.value.clone(),
        on,
        law_day: finding.law_day().unwrap_or(on),
        activity: finding.activity.kind.get().copied(),
        of_authority: finding.is_of_authority(),
        class: finding.class.get().copied(),
        provision: finding.provision.get().map(|cited| cited.name.clone()),
        // Closed on a day that could not be read is closed.
        closed: if finding.is_open() { None } else { Some(shut.unwrap_or(on)) },
    })
}
