//! What policies came to for one bundle: items that may not be relied on, items of which that is not known, and judgements and waivers that do not
//! count.

use super::{Denial, PolicyPlace, Ruling};
use crate::base::Truth;
use crate::evidence::{Bundle, FieldAt};
use crate::library::Library;
use crate::library::model::{KindId, TableId};

/// An item that may not be relied on, and one policy that says so. An item barred by two policies is there twice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Barred {
    /// Its kind.
    pub kind: KindId,
    /// Its row.
    pub row: u32,
    /// The field that names who did what they may not; `None` when the item as such is at fault.
    pub field: Option<FieldAt>,
    /// The policy that bars it: its `@id`.
    pub policy: String,
    /// The policy's `@because`.
    pub because: String,
    /// Where the policy stands.
    pub at: Option<PolicyPlace>,
}

/// An item with an act of which it is not known whether the person may: it counts neither for nor against, until the facts are stated.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Doubted {
    /// Its kind.
    pub kind: KindId,
    /// Its row.
    pub row: u32,
    /// The field that names the person.
    pub field: FieldAt,
    /// The policy that would need to know.
    pub policy: String,
    /// The policy's `@because`.
    pub because: String,
    /// Where the policy stands.
    pub at: Option<PolicyPlace>,
    /// What it would need to know: `roles`, or the fields in question (`target.residual` of what was acted on).
    pub needs: Vec<String>,
}

/// A judgement or waiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recorded {
    /// Index into the bundle's judgements.
    Judgement(u32),
    /// Index into the bundle's exemptions.
    Exemption(u32),
}

/// A judgement or waiver that does not count, and one policy that says so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refused {
    /// Which.
    pub what: Recorded,
    /// The policy.
    pub policy: String,
    /// The policy's `@because`.
    pub because: String,
    /// Where the policy stands.
    pub at: Option<PolicyPlace>,
    /// What the policy would need to know; empty when it is sure.
    pub needs: Vec<String>,
}

/// Which policies were asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// SHA-256 over the texts of all of them and of their schema, in hex.
    pub fingerprint: String,
    /// The files that were added to the built-in ones.
    pub own: Vec<String>,
}

/// What may be relied on in a bundle.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Admissibility {
    /// The policies; `None` when there were none.
    pub policies: Option<Used>,
    /// By kind, row and policy.
    pub barred: Vec<Barred>,
    /// By kind, row and policy.
    pub doubted: Vec<Doubted>,
    /// Judgements, then exemptions.
    pub refused: Vec<Refused>,
    /// For every kind's table, by row: whether the item may be relied on. Empty for a kind of which all may, and as a whole when everything may.
    pub by_table: Vec<Vec<Truth>>,
}

impl Admissibility {
    /// Whether an item may be relied on.
    #[must_use]
    pub fn admits(&self, table: TableId, row: u32) -> Truth {
        self.by_table.get(table.0 as usize).and_then(|rows| rows.get(row as usize)).copied().unwrap_or(Truth::True)
    }

    pub(super) fn bar(&mut self, kind: KindId, row: u32, field: Option<FieldAt>, denial: &Denial) {
        let Denial { policy, because, at } = denial.clone();
        self.barred.push(Barred { kind, row, field, policy, because, at });
    }

    pub(super) fn rule(&mut self, kind: KindId, row: u32, field: FieldAt, ruling: &Ruling) {
        match ruling {
            Ruling::Permitted => {}
            Ruling::Denied(denials) => denials.iter().for_each(|denial| self.bar(kind, row, Some(field), denial)),
            Ruling::Doubted(doubts) => {
                for (denial, needs) in doubts {
                    let Denial { policy, because, at } = denial.clone();
                    let needs = needs.iter().cloned().collect();
                    self.doubted.push(Doubted { kind, row, field, policy, because, at, needs });
                }
            }
        }
    }

    pub(super) fn refuse(&mut self, what: Recorded, ruling: &Ruling) {
        let mut add = |denial: &Denial, needs: Vec<String>| {
            let Denial { policy, because, at } = denial.clone();
            self.refused.push(Refused { what, policy, because, at, needs });
        };
        match ruling {
            Ruling::Permitted => {}
            Ruling::Denied(denials) => denials.iter().for_each(|denial| add(denial, Vec::new())),
            Ruling::Doubted(doubts) => doubts.iter().for_each(|(denial, needs)| add(denial, needs.iter().cloned().collect())),
        }
    }

    /// Puts everything in order, and makes the tables.
    pub(super) fn settle(&mut self, library: &Library, bundle: &Bundle) {
        self.barred.sort();
        self.doubted.sort();
        self.refused.sort();
        let mut by_table: Vec<Vec<Truth>> = Vec::new();
        let doubted = self.doubted.iter().map(|d| (d.kind, d.row, Truth::Unknown));
        let barred = self.barred.iter().map(|b| (b.kind, b.row, Truth::False));
        for (kind, row, truth) in doubted.chain(barred) {
            by_table.resize(library.kinds.len(), Vec::new());
            let rows = &mut by_table[kind.0 as usize];
            if rows.is_empty() {
                rows.resize(bundle.rows(TableId(kind.0)).len as usize, Truth::True);
            }
            rows[row as usize] = rows[row as usize].and(truth);
        }
        self.by_table = by_table;
    }
}
