//! What made the difference. Said only as far as it is known.

use std::collections::BTreeMap;

use super::Snapshot;
use crate::assess::Verdict;

/// In what two assessments differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Differs {
    /// Assessment date, or the day up to which evidence counts.
    pub date: bool,
    /// Evidence; also when one side does not say which it was.
    pub evidence: bool,
    /// Rules.
    pub rules: bool,
    /// Policies.
    pub policies: bool,
    /// The entity.
    pub entity: bool,
}

/// What made the difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Time passed: something lapsed, or other law is in force.
    Date,
    /// What the bundle says.
    Evidence,
    /// What is asked.
    Rules,
    /// Who may do what, and what may be relied on.
    Policies,
    /// The date alone would have done it, and so would the evidence alone.
    Either,
    /// It took both the date and the evidence.
    Both,
}

impl Cause {
    /// In words, after "because of".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Date => "the date",
            Self::Evidence => "the evidence",
            Self::Rules => "the rules",
            Self::Policies => "the policies",
            Self::Either => "the date or the evidence, each by itself",
            Self::Both => "the date and the evidence together",
        }
    }
}

/// The verdicts with one thing moved alone, by requirement.
#[derive(Debug, Clone, Default)]
pub struct Corners {
    /// The old evidence on the new date.
    pub date_moved: BTreeMap<String, Verdict>,
    /// The new evidence on the old date.
    pub evidence_moved: BTreeMap<String, Verdict>,
}

impl Differs {
    pub(super) fn between(old: &Snapshot, new: &Snapshot) -> Self {
        Self {
            date: old.on != new.on || old.known_at != new.known_at,
            evidence: old.evidence != new.evidence || old.evidence.is_none(),
            rules: old.rules != new.rules,
            policies: old.policies != new.policies,
            entity: old.entity.0 != new.entity.0,
        }
    }

    /// Everything in which they differ, in words.
    #[must_use]
    pub fn words(self) -> Vec<&'static str> {
        let all = [
            (self.entity, "the entity"),
            (self.date, "the date"),
            (self.evidence, "the evidence"),
            (self.rules, "the rules"),
            (self.policies, "the policies"),
        ];
        all.into_iter().filter(|(differs, _)| *differs).map(|(_, words)| words).collect()
    }

    pub(super) fn cause(self, name: &str, old: Verdict, new: Verdict, corners: Option<&Corners>) -> Option<Cause> {
        match (self.date, self.evidence, self.rules, self.policies) {
            (true, false, false, false) => Some(Cause::Date),
            (false, true, false, false) => Some(Cause::Evidence),
            (false, false, true, false) => Some(Cause::Rules),
            (false, false, false, true) => Some(Cause::Policies),
            (true, true, false, false) if old != new => {
                let corners = corners?;
                let (date, evidence) = (*corners.date_moved.get(name)?, *corners.evidence_moved.get(name)?);
                // Not met for another reason is not met all the same, unless it is the reason alone that changed.
                let same = |v: Verdict| if old.words() == new.words() { v == new } else { v.words() == new.words() };
                Some(match (same(date), same(evidence)) {
                    (true, true) => Cause::Either,
                    (true, false) => Cause::Date,
                    (false, true) => Cause::Evidence,
                    (false, false) => Cause::Both,
                })
            }
            _ => None,
        }
    }
}
