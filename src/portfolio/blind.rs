//! Whether an entity sees what an inspector sees: each record of the authority beside what the entity's own assessment of that day said of the same
//! provision. The assessment that counts is the last one dated on or before the day of the activity, at most [`FRESH`] days earlier.

use super::record::{Class, Record};
use crate::base::Date;

/// Fewer comparisons than this make no share.
pub const FEWEST: usize = 5;
/// An assessment that is older says nothing of the day, in days.
pub const FRESH: i32 = 400;

/// What a comparison comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Compared {
    /// Both say that it is met, or both that it is not.
    Agreed,
    /// The entity says met, the inspector found a deficiency.
    BlindSpot,
    /// The entity says not met, the inspector found compliance.
    OverReported,
    /// The entity has no verdict on it, or an open one: it did not look.
    NotLookedAt,
}

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

/// Compares a record with the entity's own verdict. `None` where the record has no class that says anything of compliance, or there is no fresh assessment.
#[must_use]
pub fn compare(record: &Record, own: Option<&OwnVerdict>) -> Option<Compared> {
    let deficient = match record.class? {
        Class::NotCompliant | Class::SeriouslyDeficient => true,
        Class::Compliant => false,
        Class::Silent => return None,
    };
    let own = own.filter(|own| (0..=FRESH).contains(&own.on.days_to(record.on)))?;
    Some(match (own.verdict.as_deref(), deficient) {
        (Some("met"), true) => Compared::BlindSpot,
        (Some("not met"), false) => Compared::OverReported,
        (Some("met" | "not met"), _) => Compared::Agreed,
        _ => Compared::NotLookedAt,
    })
}
