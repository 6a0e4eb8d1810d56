//! A fix: changes of evidence that together would make a condition hold, as it is put together condition by condition.

use std::collections::{BTreeMap, BTreeSet};

use super::spec::Spec;
use crate::base::Interval;
use crate::evidence::{At, NilOf};
use crate::library::model::{ColumnId, FactId, KindId, ListId, TableId};

/// An item or an element that is not there yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Draft {
    /// Its table.
    pub table: TableId,
    /// What its fields would say.
    pub fields: BTreeMap<ColumnId, Spec>,
    /// Elements of its lists.
    pub lists: BTreeMap<ListId, Vec<Draft>>,
}

impl Draft {
    /// Nothing said yet.
    #[must_use]
    pub const fn new(table: TableId) -> Self {
        Self { table, fields: BTreeMap::new(), lists: BTreeMap::new() }
    }

    /// Whether a field names a new item.
    #[must_use]
    pub fn names_new(&self) -> bool {
        self.fields.values().any(|s| matches!(s, Spec::New(_))) || self.lists.values().flatten().any(Self::names_new)
    }

    /// Calls `visit` with every field of it and of its elements.
    pub fn each_field<'d>(&'d self, visit: &mut dyn FnMut(TableId, ColumnId, &'d Spec)) {
        self.fields.iter().for_each(|(column, spec)| visit(self.table, *column, spec));
        self.lists.values().flatten().for_each(|d| d.each_field(visit));
    }
}

/// Changes that belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fix {
    /// New items; the number of one is its position.
    pub(super) adds: Vec<Draft>,
    /// New elements of lists that are there.
    pub(super) appends: Vec<(At, Draft)>,
    /// Fields of what is there.
    pub(super) sets: BTreeMap<At, Spec>,
    /// Facts about the entity.
    pub(super) facts: BTreeMap<FactId, Spec>,
    /// "There was none."
    pub(super) nils: BTreeSet<(NilOf, Interval)>,
    /// Items whose attachments are to be there again.
    pub(super) attached: BTreeSet<(KindId, u32)>,
}

/// What a variable holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Unbound,
    Row(u32),
    New(Path),
}

/// Where a draft is in its fix: a new item or element, then elements of its lists.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Path {
    pub(super) root: Root,
    pub(super) steps: Vec<(ListId, usize)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Root {
    Add(usize),
    Append(usize),
}

impl Fix {
    pub(super) fn draft(&self, path: &Path) -> Option<&Draft> {
        let root = match path.root {
            Root::Add(i) => self.adds.get(i)?,
            Root::Append(i) => &self.appends.get(i)?.1,
        };
        path.steps.iter().try_fold(root, |draft, (list, at)| draft.lists.get(list)?.get(*at))
    }

    pub(super) fn draft_mut(&mut self, path: &Path) -> Option<&mut Draft> {
        let root = match path.root {
            Root::Add(i) => self.adds.get_mut(i)?,
            Root::Append(i) => &mut self.appends.get_mut(i)?.1,
        };
        path.steps.iter().try_fold(root, |draft, (list, at)| draft.lists.get_mut(list)?.get_mut(*at))
    }

    /// How many changes it has.
    pub(super) fn len(&self) -> usize {
        self.adds.len() + self.appends.len() + self.sets.len() + self.facts.len() + self.nils.len() + self.attached.len()
    }
}
