//! What a portfolio needs of an inspector's record: plain facts on one day, whatever form the record was read from.

use crate::base::Date;

/// What a class says, as far as a portfolio looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Fully compliant, or compliant but improvement desirable.
    Compliant,
    /// Not compliant.
    NotCompliant,
    /// Not compliant, with serious deficiencies.
    SeriouslyDeficient,
    /// Not applicable, or not confirmed: says nothing of compliance.
    Silent,
}

impl Class {
    /// Whether something was not complied with.
    #[must_use]
    pub const fn is_deficiency(self) -> bool {
        matches!(self, Self::NotCompliant | Self::SeriouslyDeficient)
    }
}

/// What the authority did, as far as minimum frequencies ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Activity {
    /// A security audit.
    Audit,
    /// An inspection.
    Inspection,
    /// A test, survey or investigation: no look at everything.
    Other,
}

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
    pub activity: Option<Activity>,
    /// Whether it is the authority's.
    pub of_authority: bool,
    /// The class of compliance, when one was chosen.
    pub class: Option<Class>,
    /// The provision it measures against.
    pub provision: Option<String>,
    /// The component it bears on.
    pub component: Option<String>,
    /// The earlier finding that it repeats.
    pub repeats: Option<String>,
    /// The day since which it is closed; `None` while work is left.
    pub closed: Option<Date>,
    /// The last days for what is to be done, with the day it was done: the finding itself, and its actions.
    pub due: Vec<(Date, Option<Date>)>,
}

impl Record {
    /// Whether something was not complied with.
    #[must_use]
    pub fn is_deficiency(&self) -> bool {
        self.class.is_some_and(Class::is_deficiency)
    }

    /// Whether it is a deficiency with work left on a day.
    #[must_use]
    pub fn is_open(&self, on: Date) -> bool {
        self.on <= on && self.is_deficiency() && self.closed.is_none_or(|day| day > on)
    }

    /// How many days that were set had passed on a day without the thing done.
    #[must_use]
    pub fn overdue(&self, on: Date) -> usize {
        let late = |(due, done): &&(Date, Option<Date>)| *due < on && done.is_none_or(|day| day > on);
        if self.is_open(on) { self.due.iter().filter(late).count() } else { 0 }
    }
}
