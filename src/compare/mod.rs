//! Two assessments side by side: what got better, what got worse, and why.
//!
//! Both sides are JSON reports: one that was kept, or one made now from a bundle. So a bundle and its own report never differ, and a report of
//! last year can be compared with no other file at hand. Pure: [`Snapshot::read`] takes a text, [`compare`] two snapshots.

mod cause;
mod evidence;
mod read;
#[cfg(test)]
#[expect(clippy::panic, reason = "a test may stop; that is how it fails")]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::assess::{Turn, Verdict};
use crate::base::Date;
pub use cause::{Cause, Corners, Differs};
pub use evidence::{EvidenceChange, EvidenceList, How};

/// One assessment, as its JSON report tells it. Texts are as they were written: whoever prints them cleans them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The assessment date.
    pub on: Date,
    /// Only evidence received by this day counted.
    pub known_at: Option<Date>,
    /// The fingerprint of the rules.
    pub rules: String,
    /// The fingerprint of the evidence, when it was made.
    pub evidence: Option<String>,
    /// The fingerprint of the policies.
    pub policies: Option<String>,
    /// Id and name of the entity.
    pub entity: (String, String),
    /// The audience it is for; `None` for the entity itself.
    pub audience: Option<String>,
    /// How many verdicts are withheld from that audience.
    pub withheld: u64,
    /// The requirements, by name.
    pub requirements: BTreeMap<String, Stand>,
}

/// How a requirement stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// Its title.
    pub title: String,
    /// How grave a gap would be.
    pub severity: String,
    /// Its verdict.
    pub verdict: Verdict,
    /// Whether it applies, in the words of the report.
    pub scope: String,
    /// Why the verdict is what it is, in a sentence.
    pub sentence: String,
    /// How many things are wrong.
    pub size: u64,
    /// The items those are about: kind and id.
    pub items: BTreeSet<(String, String)>,
}

/// Two assessments, compared.
#[derive(Debug, Clone)]
pub struct Comparison<'a> {
    /// The one before.
    pub old: &'a Snapshot,
    /// The one after.
    pub new: &'a Snapshot,
    /// In what the two differ beside their verdicts.
    pub differs: Differs,
    /// What stands otherwise: worse first, then better, then other; the gravest first.
    pub changed: Vec<Changed<'a>>,
    /// Requirements of the new one alone.
    pub added: Vec<(&'a str, &'a Stand)>,
    /// Requirements of the old one alone.
    pub removed: Vec<(&'a str, &'a Stand)>,
    /// How many stand as they did.
    pub unchanged: usize,
    /// What was added to the evidence, taken away or changed; `None` when that is not known.
    pub evidence: Option<Vec<EvidenceChange>>,
}

/// A requirement that stands otherwise.
#[derive(Debug, Clone)]
pub struct Changed<'a> {
    /// Its name.
    pub name: &'a str,
    /// Before.
    pub old: &'a Stand,
    /// After.
    pub new: &'a Stand,
    /// Better or worse.
    pub turn: Turn,
    /// Items it fails for now and did not before.
    pub come: Vec<&'a (String, String)>,
    /// Items it failed for and does not any more.
    pub gone: Vec<&'a (String, String)>,
    /// What made the difference, as far as that is known.
    pub cause: Option<Cause>,
    /// Changes of the evidence that it reads: positions in [`Comparison::evidence`].
    pub evidence: Vec<usize>,
}

impl Changed<'_> {
    /// Whether the verdict is another one, its reason included.
    #[must_use]
    pub fn is_verdict(&self) -> bool {
        self.old.verdict != self.new.verdict
    }
}

/// Compares two snapshots. `corners` are the assessments with the date or the evidence alone moved, where both sides are bundles.
#[must_use]
pub fn compare<'a>(old: &'a Snapshot, new: &'a Snapshot, corners: Option<&Corners>) -> Comparison<'a> {
    let differs = Differs::between(old, new);
    let mut changed = Vec::new();
    let mut unchanged = 0;
    for (name, before) in &old.requirements {
        let Some(after) = new.requirements.get(name) else { continue };
        match turn(before, after) {
            None => unchanged += 1,
            Some(turn) => changed.push(Changed {
                name,
                old: before,
                new: after,
                turn,
                come: after.items.difference(&before.items).collect(),
                gone: before.items.difference(&after.items).collect(),
                cause: differs.cause(name, before.verdict, after.verdict, corners),
                evidence: Vec::new(),
            }),
        }
    }
    changed.sort_by_key(|c| (c.turn, !c.is_verdict(), std::cmp::Reverse(gravity(&c.new.severity)), c.name));
    let only = |one: &'a Snapshot, other: &Snapshot| {
        let here = one.requirements.iter().filter(|(name, _)| !other.requirements.contains_key(*name));
        here.map(|(name, stand)| (name.as_str(), stand)).collect()
    };
    Comparison { old, new, differs, changed, added: only(new, old), removed: only(old, new), unchanged, evidence: None }
}

/// How one requirement stands, compared with before; `None` when as it did.
fn turn(before: &Stand, after: &Stand) -> Option<Turn> {
    // That something does not apply after all is no progress: nothing was done for it.
    if (before.verdict, after.verdict) == (Verdict::NotConfirmed, Verdict::NotApplicable) {
        return Some(Turn::Other);
    }
    if let Some(turn) = Turn::between(before.verdict, after.verdict) {
        return Some(turn);
    }
    if before.scope != after.scope {
        return Some(Turn::Other);
    }
    match after.size.cmp(&before.size) {
        std::cmp::Ordering::Greater => Some(Turn::Worse),
        std::cmp::Ordering::Less => Some(Turn::Better),
        std::cmp::Ordering::Equal => (before.items != after.items).then_some(Turn::Other),
    }
}

/// Severities as the rules order them; what is none of them comes last.
fn gravity(severity: &str) -> u8 {
    ["minor", "major", "critical"].iter().position(|s| *s == severity).map_or(0, |i| i as u8 + 1)
}

impl Comparison<'_> {
    /// How many got worse, and how many better, by their verdict.
    #[must_use]
    pub fn turned(&self, turn: Turn) -> usize {
        self.changed.iter().filter(|c| c.turn == turn && c.is_verdict()).count()
    }

    /// Whether nothing differs that this shows.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.changed.is_empty() && self.added.is_empty() && self.removed.is_empty()
    }

    /// 0 nothing got worse, 1 something did, 3 nothing did, but there is what only one side has.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        if self.turned(Turn::Worse) > 0 {
            1
        } else if self.added.is_empty() && self.removed.is_empty() {
            0
        } else {
            3
        }
    }

    /// Says what became of the evidence, and which of that each requirement reads.
    pub fn with_evidence(&mut self, changes: Vec<EvidenceChange>, reads: impl Fn(&str, &EvidenceChange) -> bool) {
        for changed in &mut self.changed {
            let read = changes.iter().enumerate().filter(|(_, change)| reads(changed.name, change));
            changed.evidence = read.map(|(i, _)| i).collect();
        }
        self.evidence = Some(changes);
    }
}
