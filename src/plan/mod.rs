//! What would close the gaps: the fewest changes of evidence that turn verdicts, each tried on a copy of the bundle.
//!
//! [`propose`] derives fixes from what does not hold ([`derive`]), tries them ([`settle`], [`trial`]), chooses among them ([`cover`]), and tries
//! what it chose once more: alone, with each part left out, and all together. [`apply`] gives the bundle as it would be.
//!
//! **A plan says what evidence would have to be true. It makes nothing true.** What has happened is never rewritten, a judgement is never
//! answered, nobody is hired on paper. No files, no clock.

mod change;
mod cover;
mod derive;
mod effort;
mod fix;
pub mod next;
mod none;
mod propose;
mod settle;
mod spec;
mod trial;

pub use change::Change;
pub use cover::{Choice, Instance, choose};
pub use derive::Stuck;
pub use effort::{field_happened, happened, points};
pub use fix::Draft;
pub use propose::propose;
pub use spec::{Cells, Spec, TO_BE_WRITTEN};

use std::collections::BTreeSet;

use crate::assess::{self, JudgeState, Tally, Verdict};
use crate::base::Date;
use crate::evidence::Bundle;
use crate::library::model::{RequirementId, Severity};
use crate::library::{Checked, Library};
use crate::policy::Policies;

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Only gaps of these requirements.
    pub only: Option<BTreeSet<RequirementId>>,
    /// Only gaps of this severity and above.
    pub severity: Option<Severity>,
    /// No more changes than this.
    pub limit: Option<usize>,
}

/// What would close the gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The day it is for.
    pub date: Date,
    /// Repairs, those first that matter most.
    pub repairs: Vec<Repair>,
    /// Gaps for which nothing was found.
    pub stuck: Vec<(RequirementId, Stuck)>,
    /// Gaps that could be closed, but not within the limit.
    pub left: Vec<RequirementId>,
    /// Judgements that a person has to make; no evidence makes them.
    pub asked: Vec<Asked>,
    /// Whether there certainly is no smaller choice among the repairs that were found.
    pub optimal: bool,
    /// How many of each verdict there are now.
    pub before: Tally,
    /// And with all repairs.
    pub after: Tally,
}

/// Changes that belong together: all of them turn the verdicts they are for, and none can be left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The gaps it closes, those that matter most first.
    pub closes: Vec<Closed>,
    /// What would have to be filed.
    pub changes: Vec<Change>,
    /// How much work, in [`points`].
    pub effort: u32,
    /// The first day by which some of it has to be done.
    pub by: Option<Date>,
    /// Whether law asks for it: a gap discharges a provision of law that says *must*.
    pub law: bool,
}

/// A gap and what becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Closed {
    /// The requirement.
    pub requirement: RequirementId,
    /// Its verdict now.
    pub from: Verdict,
    /// Its verdict afterwards: met, or needs judgement.
    pub to: Verdict,
}

/// A judgement to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked {
    /// The requirement.
    pub requirement: RequirementId,
    /// Index into its judges.
    pub judge: u32,
    /// What is recorded now.
    pub state: JudgeState,
}

impl Plan {
    /// All changes, in the order of the repairs.
    pub fn changes(&self) -> impl Iterator<Item = &Change> {
        self.repairs.iter().flat_map(|r| &r.changes)
    }
}

/// The bundle as it would be with all repairs of a plan, read as any bundle is. `None` when a change cannot be made.
#[must_use]
pub fn apply(library: &Checked<Library>, bundle: &Bundle, policies: &Policies, plan: &Plan) -> Option<Bundle> {
    with(library, bundle, policies, plan.date, &plan.changes().collect::<Vec<_>>())
}

/// The bundle as it would be with these changes.
#[must_use]
pub fn with(library: &Checked<Library>, bundle: &Bundle, policies: &Policies, date: Date, changes: &[&Change]) -> Option<Bundle> {
    let judge = assess::Plan::new(library, date);
    trial::Trial::new(library, bundle, date, policies, &judge).changed(changes)
}
