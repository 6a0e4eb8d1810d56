//! One change of evidence: what would have to be filed, stated or put right.

use super::fix::{Draft, Fix};
use super::spec::Spec;
use crate::base::Interval;
use crate::evidence::{At, NilOf};
use crate::library::model::{FactId, KindId};

/// A change of evidence. Rows are those of the bundle that the plan was made for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// A fact about the entity is stated.
    Fact {
        /// The fact.
        fact: FactId,
        /// What it would have to be.
        spec: Spec,
    },
    /// There was none, and somebody says so.
    Nil {
        /// Of what.
        of: NilOf,
        /// For which days.
        period: Interval,
    },
    /// The attachments of an item are there, and are what the item says.
    Attach {
        /// The item's kind.
        kind: KindId,
        /// The item's row.
        row: u32,
    },
    /// A field of an item, or of an element of it, says this.
    Set {
        /// The field.
        at: At,
        /// What it would have to say.
        spec: Spec,
    },
    /// A list has a further element.
    Append {
        /// The list.
        at: At,
        /// The element.
        draft: Draft,
    },
    /// An item is added.
    Add {
        /// Its number, by which [`Spec::New`] names it.
        number: usize,
        /// What it says.
        draft: Draft,
    },
}

impl Fix {
    /// Its changes. New items are numbered from `first` on.
    pub(super) fn changes(&self, first: usize) -> Vec<Change> {
        let renumbered = |draft: &Draft| {
            let mut draft = draft.clone();
            draft.renumber(&|number| number + first);
            draft
        };
        let spec = |spec: &Spec| match spec {
            Spec::New(number) => Spec::New(number + first),
            other => other.clone(),
        };
        let mut changes: Vec<Change> = Vec::with_capacity(self.len());
        changes.extend(self.facts.iter().map(|(fact, s)| Change::Fact { fact: *fact, spec: s.clone() }));
        changes.extend(self.nils.iter().map(|(of, period)| Change::Nil { of: *of, period: *period }));
        changes.extend(self.attached.iter().map(|(kind, row)| Change::Attach { kind: *kind, row: *row }));
        changes.extend(self.sets.iter().map(|(at, s)| Change::Set { at: *at, spec: spec(s) }));
        changes.extend(self.appends.iter().map(|(at, draft)| Change::Append { at: *at, draft: renumbered(draft) }));
        let adds = (first..).zip(&self.adds);
        changes.extend(adds.map(|(number, draft)| Change::Add { number, draft: renumbered(draft) }));
        changes
    }
}

impl Draft {
    /// Gives the new items that it names other numbers.
    pub(super) fn renumber(&mut self, to: &dyn Fn(usize) -> usize) {
        for spec in self.fields.values_mut() {
            if let Spec::New(number) = spec {
                *number = to(*number);
            }
        }
        self.lists.values_mut().flatten().for_each(|d| d.renumber(to));
    }
}
