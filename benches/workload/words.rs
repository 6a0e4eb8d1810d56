//! What all engines answer with, and small helpers they share.

use abide::base::{Date, Interval, Period, Unit};

use super::TODAY;

/// A verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Word {
    /// It holds.
    Met,
    /// It does not.
    NotMet,
    /// Its population is empty.
    NotConfirmed,
    /// It does not bind the entity.
    NotApplicable,
}

impl Word {
    /// The verdict with these words.
    pub(crate) fn parse(words: &str) -> Self {
        match words {
            "met" => Self::Met,
            "not met" => Self::NotMet,
            "not confirmed" => Self::NotConfirmed,
            "not applicable" => Self::NotApplicable,
            other => panic!("no engine answers `{other}`"),
        }
    }
}

/// The day everything is assessed on.
pub(crate) fn today() -> Date {
    Date::parse(TODAY).unwrap_or(Date::MIN)
}

/// The last months up to a day, both ends included.
pub(crate) fn last_months(on: Date, months: u32) -> Interval {
    on.window_before(Period::new(months, Unit::Months)).unwrap_or(Interval::new(on, on))
}
