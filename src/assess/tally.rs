//! How many verdicts there are of each kind, and on what they rest: the numbers that every audience may see.

use super::{Outcome, Verdict};
use crate::library::model::Basis;

/// Verdicts, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// By [`Verdict::strength`].
    pub verdicts: [usize; 6],
    /// By what they rest on: read, excerpt, unverified, sealed, none. Requirements that do not apply are left out.
    pub bases: [usize; 5],
}

impl Tally {
    /// Counts outcomes.
    pub fn of<'a>(outcomes: impl IntoIterator<Item = &'a Outcome>) -> Self {
        let mut tally = Self::default();
        for outcome in outcomes {
            tally.verdicts[usize::from(outcome.verdict.strength())] += 1;
            if outcome.verdict != Verdict::NotApplicable {
                tally.bases[match outcome.basis {
                    Some(Basis::Read) => 0,
                    Some(Basis::Excerpt) => 1,
                    Some(Basis::Unverified) => 2,
                    Some(Basis::Sealed) => 3,
                    None => 4,
                }] += 1;
            }
        }
        tally
    }

    /// Both together.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.verdicts.iter_mut().zip(other.verdicts).for_each(|(a, b)| *a += b);
        self.bases.iter_mut().zip(other.bases).for_each(|(a, b)| *a += b);
        self
    }

    /// How many there are.
    #[must_use]
    pub fn total(&self) -> usize {
        self.verdicts.iter().sum()
    }

    /// The exit code of a check: 0 all met or not applicable, 1 something not met, 3 nothing failed but something is open.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        let [not_met, not_confirmed, needs_judgement, ..] = self.verdicts;
        match (not_met, not_confirmed + needs_judgement) {
            (0, 0) => 0,
            (0, _) => 3,
            (_, _) => 1,
        }
    }
}
