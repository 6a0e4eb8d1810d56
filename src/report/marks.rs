//! The symbols of verdicts and levels, each with a form for terminals that only know ASCII, and the words for the rest.

use crate::assess::{LevelOutcome, Verdict};
use crate::base::Truth;
use crate::diagnostics::render::paint::Tone;
use crate::library::model::{Basis, Level};
pub(super) use crate::library::words::{instrument_kind as instrument, level as level_word, severity};

/// A symbol, its ASCII form, and its colour.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    unicode: &'static str,
    ascii: &'static str,
    pub(super) tone: Tone,
}

impl Mark {
    pub(super) const fn symbol(self, unicode: bool) -> &'static str {
        if unicode { self.unicode } else { self.ascii }
    }
}

pub(super) const MET: Mark = Mark { unicode: "✓", ascii: "+", tone: Tone::Good };
pub(super) const NOT_MET: Mark = Mark { unicode: "✗", ascii: "x", tone: Tone::Bad };
pub(super) const OPEN: Mark = Mark { unicode: "?", ascii: "?", tone: Tone::Open };
pub(super) const JUDGE: Mark = Mark { unicode: "⚖", ascii: "J", tone: Tone::Judge };
pub(super) const NOT_APPLICABLE: Mark = Mark { unicode: "–", ascii: "-", tone: Tone::Quiet };
pub(super) const SEALED: Mark = Mark { unicode: "▪", ascii: "#", tone: Tone::Quiet };
pub(super) const NONE: Mark = Mark { unicode: "·", ascii: ".", tone: Tone::Quiet };

/// Verdicts in the order a summary counts them: what needs attention first.
pub(super) const COUNTED: [(u8, Mark, &str); 6] = [
    (0, NOT_MET, "not met"),
    (1, OPEN, "not confirmed"),
    (2, JUDGE, "need judgement"),
    (4, MET, "met"),
    (5, NOT_APPLICABLE, "not applicable"),
    (3, SEALED, "sealed"),
];

/// `1 needs judgement`, `2 need judgement`.
pub(super) fn counted(n: usize, words: &'static str) -> &'static str {
    if n == 1 && words == "need judgement" { "needs judgement" } else { words }
}

pub(super) const fn verdict(verdict: Verdict) -> Mark {
    match verdict {
        Verdict::Met => MET,
        Verdict::NotMet(_) => NOT_MET,
        Verdict::NotConfirmed => OPEN,
        Verdict::NeedsJudgement => JUDGE,
        Verdict::NotApplicable => NOT_APPLICABLE,
        Verdict::Sealed => SEALED,
    }
}

pub(super) const fn truth(truth: Truth) -> Mark {
    match truth {
        Truth::True => MET,
        Truth::False => NOT_MET,
        Truth::Unknown => OPEN,
    }
}

/// The weakest of what a level's requirements came to.
pub(super) const fn level(outcome: LevelOutcome) -> Mark {
    if outcome.total() == 0 {
        NONE
    } else if outcome.not_met > 0 {
        NOT_MET
    } else if outcome.not_confirmed > 0 {
        OPEN
    } else if outcome.needs_judgement > 0 {
        JUDGE
    } else {
        MET
    }
}

pub(super) const LEVELS: [(Level, &str); 4] = [
    (Level::Present, "present"),
    (Level::Suitable, "suitable"),
    (Level::Operating, "operating"),
    (Level::Effective, "effective"),
];

pub(super) const fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Read => "read",
        Basis::Excerpt => "excerpt",
        Basis::Unverified => "unverified",
        Basis::Sealed => "sealed",
    }
}

/// What a basis means, after "the text was".
pub(super) const fn basis_words(basis: Basis) -> &'static str {
    match basis {
        Basis::Read => "text read",
        Basis::Excerpt => "only an excerpt read",
        Basis::Unverified => "not checked against the text",
        Basis::Sealed => "text not public",
    }
}
