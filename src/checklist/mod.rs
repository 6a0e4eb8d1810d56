//! The checklist people know: a row for each requirement, what was found, and cells of their own to fill in. Here is what it consists of, and how
//! a filled-in one is read; `report/workbook/checklist.rs` writes it, [`crate::sheet`] opens the file.
//!
//! To add a column that people fill in: a row of [`Own`](crate::evidence::Own), its head in [`Column`]; everything else follows.

mod cells;
mod errors;
mod marker;
mod read;
mod text;

pub use cells::{Cell, Sheet, address, sheets};
pub use marker::{MARKER, Marker};
pub use read::{Filled, Taken, read};
pub use text::{FILE, FIRST_LINE, write};

use crate::assess::{JudgeState, Outcome, Verdict};
use crate::base::Truth;
use crate::evidence::{Claim, Own};
use crate::library::model::Requirement;

/// The sheet that people see.
pub const SHEET: &str = "Checklist";

/// A column of the checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The requirement's title.
    Requirement,
    /// Citations of its provisions.
    Provision,
    /// What Abide found, in the words of a checklist.
    Status,
    /// What it was found in.
    Evidence,
    /// What is wrong.
    Gap,
    /// What would put it right.
    ToDo,
    /// The entity's own claim.
    Claim,
    /// A text of the entity's own.
    Own(Own),
    /// The requirement's name; hidden.
    Id,
    /// The verdict; hidden.
    Verdict,
}

impl Column {
    /// All of them, from left to right.
    pub const ALL: [Self; 14] = [
        Self::Requirement,
        Self::Provision,
        Self::Status,
        Self::Evidence,
        Self::Gap,
        Self::ToDo,
        Self::Claim,
        Self::Own(Own::Evidence),
        Self::Own(Own::Gap),
        Self::Own(Own::Action),
        Self::Own(Own::Owner),
        Self::Own(Own::TargetDate),
        Self::Id,
        Self::Verdict,
    ];

    /// What stands above it. Columns are known by it, wherever somebody moved them.
    #[must_use]
    pub const fn head(self) -> &'static str {
        match self {
            Self::Requirement => "Requirement",
            Self::Provision => "Provision",
            Self::Status => "Status",
            Self::Evidence => "Evidence",
            Self::Gap => "Gap",
            Self::ToDo => "Suggested action",
            Self::Claim => "Own status",
            Self::Own(Own::Evidence) => "Own evidence",
            Self::Own(Own::Gap) => "Own view of the gap",
            Self::Own(Own::Action) => "Action",
            Self::Own(Own::Owner) => "Owner",
            Self::Own(Own::TargetDate) => "Target date",
            Self::Id => "Requirement id",
            Self::Verdict => "Verdict",
        }
    }

    /// Whether people fill it in.
    #[must_use]
    pub const fn is_own(self) -> bool {
        matches!(self, Self::Claim | Self::Own(_))
    }

    /// Whether only machines look at it.
    #[must_use]
    pub const fn is_hidden(self) -> bool {
        matches!(self, Self::Id | Self::Verdict)
    }
}

/// A verdict in the words of a checklist. It never says more than the verdict: `partial` is *not met* of which something is shown, and what awaits a
/// judgement is `not confirmed`.
#[must_use]
pub fn status(requirement: &Requirement, outcome: &Outcome) -> &'static str {
    match outcome.verdict {
        Verdict::Met => Claim::Yes.word(),
        Verdict::NotMet(_) if partly(requirement, outcome) => Claim::Partial.word(),
        Verdict::NotMet(_) => Claim::No.word(),
        Verdict::NotConfirmed | Verdict::NeedsJudgement => Claim::NotConfirmed.word(),
        Verdict::NotApplicable => Claim::NotApplicable.word(),
        Verdict::Sealed => "not public",
    }
}

/// Whether an expectation that counts holds, or a judgement was answered with yes.
fn partly(requirement: &Requirement, outcome: &Outcome) -> bool {
    let counts = |route: Option<u32>| route.is_none() || route == outcome.route;
    outcome.judges.iter().any(|j| matches!(j.state, JudgeState::Yes(_)))
        || outcome.clauses.iter().any(|c| {
            let written = requirement.clauses.get(c.clause.0 as usize);
            c.truth == Truth::True && written.is_some_and(|w| counts(w.route))
        })
}

/// What a claim says that the evidence does not, in words; nothing when they agree, or the claim says less.
#[must_use]
pub const fn contradiction(claim: Claim, verdict: Verdict) -> Option<&'static str> {
    match (claim, verdict) {
        (Claim::Yes, Verdict::NotMet(_)) => Some("the evidence does not meet it"),
        (Claim::Yes, Verdict::NotConfirmed) => Some("the evidence leaves it open"),
        (Claim::Yes, Verdict::NeedsJudgement) => Some("a judgement is still to be made"),
        (Claim::Partial, Verdict::NotMet(crate::assess::Reason::Absent)) => Some("there is no evidence of it"),
        (Claim::NotApplicable, Verdict::Met | Verdict::NotMet(_) | Verdict::NotConfirmed | Verdict::NeedsJudgement) => {
            Some("it applies to this entity")
        }
        (
            Claim::Yes | Claim::Partial | Claim::No | Claim::NotConfirmed | Claim::NotApplicable,
            Verdict::Met
            | Verdict::NotMet(_)
            | Verdict::NotConfirmed
            | Verdict::NeedsJudgement
            | Verdict::NotApplicable
            | Verdict::Sealed,
        ) => None,
    }
}
