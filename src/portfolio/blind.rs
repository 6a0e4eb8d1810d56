//! Whether an entity sees what an inspector sees: each record of the authority beside what the entity's own assessment of that day said of the same
//! provision. The assessment that counts is the last one dated on or before the day, at most [`FRESH`] days earlier. What the two come to is decided where
//! `abide findings reconcile` decides it.

use super::record::Record;
use crate::assess::{Reason, Verdict};
use crate::base::Date;
use crate::findings::reconcile::{Outcome, Why, judged};

pub use crate::findings::reconcile::MINIMUM;

/// An assessment that is older says nothing of the day, in days.
pub const FRESH: i32 = 400;

/// The last verdict an entity's own assessments give on a provision up to a day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OwnVerdict {
    /// The assessment date.
    pub on: Date,
    /// The bundle.
    pub bundle: String,
    /// The verdict's words; `None` when it has none.
    pub verdict: Option<String>,
}

/// Compares a record with the entity's own verdict. `None` where there is no fresh assessment.
#[must_use]
pub fn compare(record: &Record, own: Option<&OwnVerdict>) -> Option<Outcome> {
    let own = own.filter(|own| (0..=FRESH).contains(&own.on.days_to(record.law_day)))?;
    Some(match own.verdict.as_deref().and_then(verdict) {
        Some(verdict) => judged(record.class, verdict),
        None => Outcome::NotComparable(Why::NotEncoded),
    })
}

fn verdict(words: &str) -> Option<Verdict> {
    match words {
        "met" => Some(Verdict::Met),
        // Lines do not keep the reason of a provision, and it does not matter here.
        "not met" => Some(Verdict::NotMet(Reason::Insufficient)),
        "not confirmed" => Some(Verdict::NotConfirmed),
        "needs judgement" => Some(Verdict::NeedsJudgement),
        "not applicable" => Some(Verdict::NotApplicable),
        "sealed" => Some(Verdict::Sealed),
        _ => None,
    }
}
