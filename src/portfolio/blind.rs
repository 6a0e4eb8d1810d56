//! Whether an entity sees what an inspector sees: each record of the authority beside what the entity's own assessment of that day said of the same
//! provision. The assessment that counts is the last one dated on or before the day, at most [`FRESH`] days earlier. What the two come to is decided where
//! `abide findings reconcile` decides it.

use super::record::Record;
use crate::assess::{Reason, Verdict, binds};
use crate::base::Date;
use crate::findings::reconcile::{Outcome, Why, judged};

use crate::library::Library;
use crate::library::links::requirements_of_provision;
use crate::library::model::{Basis, TermId};

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
    /// Whether the assessment is an audience's view, from which verdicts may be withheld.
    pub for_audience: bool,
}

/// Compares a record with the entity's own verdict.
#[must_use]
pub fn compare(library: &Library, record: &Record, kind: Option<&str>, own: Option<&OwnVerdict>) -> Outcome {
    let Some(own) = own.filter(|own| (0..=FRESH).contains(&own.on.days_to(record.on))) else {
        return Outcome::NotComparable(Why::NoAssessment);
    };
    match own.verdict.as_deref().and_then(verdict) {
        Some(verdict) => judged(record.class, verdict),
        None => Outcome::NotComparable(why(library, record, kind, own)),
    }
}

/// Why an assessment has no verdict on a provision: what the rules say of it on the day of the assessment. Where they have an answer, and the line has none,
/// it is withheld.
fn why(library: &Library, record: &Record, kind: Option<&str>, own: &OwnVerdict) -> Why {
    let Some(id) = record.provision.as_ref().and_then(|name| library.names.provisions.get(name)) else { return Why::NoProvision };
    let provision = library.provision(*id);
    let terms = &library.vocabulary(library.entity_kinds).terms;
    let kind = (0u32..).zip(terms).find(|(_, term)| kind == Some(term.name.as_str())).map(|(term, _)| TermId(term));
    if !provision.in_force_on(own.on) {
        Why::NoProvision
    } else if !binds(library, provision, kind) {
        Why::NotBound
    } else if provision.basis == Basis::Sealed {
        Why::Sealed
    } else if own.for_audience && !requirements_of_provision(library, *id).is_empty() {
        Why::Withheld
    } else {
        Why::NotEncoded
    }
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
