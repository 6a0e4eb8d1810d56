//! How one verdict compares with another on the same requirement.

use super::{Reason, Verdict};

/// What became of a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Turn {
    /// It is further from met: something fell.
    Worse,
    /// It is nearer to met, or a gap is none any more.
    Better,
    /// Another verdict, reason or scope, and neither better nor worse: met and not applicable are both no gap.
    Other,
}

impl Turn {
    /// The word reports use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Worse => "worse",
            Self::Better => "better",
            Self::Other => "other",
        }
    }

    /// From one verdict to the next; `None` when they are the same, reason included.
    #[must_use]
    pub fn between(before: Verdict, after: Verdict) -> Option<Self> {
        if before == after {
            return None;
        }
        Some(match open(after).cmp(&open(before)) {
            std::cmp::Ordering::Less => Self::Better,
            std::cmp::Ordering::Equal => Self::Other,
            std::cmp::Ordering::Greater => Self::Worse,
        })
    }
}

/// How open a verdict leaves its requirement. What is no gap is equally good: that a duty ends is no achievement.
const fn open(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::NotMet(_) => 3,
        Verdict::NotConfirmed => 2,
        Verdict::NeedsJudgement => 1,
        Verdict::Met | Verdict::NotApplicable | Verdict::Sealed => 0,
    }
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Absent, Self::Stale, Self::Insufficient, Self::Contradicted, Self::Inadmissible, Self::Broken];
}

impl Verdict {
    /// The verdict that [`Verdict::words`] and [`Reason::word`] write so.
    #[must_use]
    pub fn parse(words: &str, reason: Option<&str>) -> Option<Self> {
        let plain = [Self::Met, Self::NotConfirmed, Self::NeedsJudgement, Self::NotApplicable, Self::Sealed];
        match reason {
            None => plain.into_iter().find(|v| v.words() == words),
            Some(word) => {
                let not_met = Reason::ALL.into_iter().find(|r| r.word() == word).map(Self::NotMet);
                not_met.filter(|v| v.words() == words)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_are_read_as_they_are_written() {
        let plain = [Verdict::Met, Verdict::NotConfirmed, Verdict::NeedsJudgement, Verdict::NotApplicable, Verdict::Sealed];
        for verdict in plain {
            assert_eq!(Verdict::parse(verdict.words(), None), Some(verdict));
            assert_eq!(Verdict::parse(verdict.words(), Some("stale")), None);
        }
        for reason in Reason::ALL {
            assert_eq!(Verdict::parse("not met", Some(reason.word())), Some(Verdict::NotMet(reason)));
        }
        assert_eq!(Verdict::parse("not met", None), None);
        assert_eq!(Verdict::parse("", None), None);
    }

    #[test]
    fn a_duty_that_ends_closes_a_gap_and_is_no_loss() {
        let gap = Verdict::NotMet(Reason::Stale);
        assert_eq!(Turn::between(gap, Verdict::NotApplicable), Some(Turn::Better));
        assert_eq!(Turn::between(Verdict::Met, Verdict::NotApplicable), Some(Turn::Other));
        assert_eq!(Turn::between(Verdict::Met, gap), Some(Turn::Worse));
        assert_eq!(Turn::between(gap, Verdict::NotMet(Reason::Absent)), Some(Turn::Other));
        assert_eq!(Turn::between(gap, gap), None);
    }
}
