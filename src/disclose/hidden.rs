//! What is withheld, looked up by kind, field and row.

use std::collections::BTreeSet;

use crate::evidence::{At, Bundle, FieldAt};
use crate::library::Library;
use crate::library::model::{ColumnId, KindId, ListId, Reads, TableId};
use crate::policy::{Disclosure, Sight};

/// What is withheld from one audience.
pub(super) struct Hidden<'a> {
    pub(super) library: &'a Library,
    pub(super) bundle: &'a Bundle,
    pub(super) disclosure: &'a Disclosure,
    /// Kinds of which at least one item is withheld.
    kinds: BTreeSet<KindId>,
    /// Fields that are withheld of at least one item that is shown otherwise.
    columns: BTreeSet<(TableId, ColumnId)>,
    lists: BTreeSet<(TableId, ListId)>,
}

impl<'a> Hidden<'a> {
    pub(super) fn new(library: &'a Library, bundle: &'a Bundle, disclosure: &'a Disclosure) -> Self {
        let mut kinds = BTreeSet::new();
        let mut seen: Vec<BTreeSet<Sight>> = Vec::new();
        for (kind, rows) in (0u32..).map(KindId).zip(&disclosure.items) {
            let sights: BTreeSet<Sight> = rows.iter().copied().collect();
            if sights.iter().any(|s| !s.item) {
                kinds.insert(kind);
            }
            seen.push(sights);
        }
        let (mut columns, mut lists) = (BTreeSet::new(), BTreeSet::new());
        for (table, shape) in (0u32..).map(TableId).zip(&library.tables) {
            let partly = || seen.get(shape.kind.0 as usize).into_iter().flatten().filter(|s| s.item);
            for (column, _) in (0u32..).map(ColumnId).zip(&shape.columns) {
                if partly().any(|s| !Disclosure::shows_column(library, *s, table, column)) {
                    columns.insert((table, column));
                }
            }
            for (list, _) in (0u32..).map(ListId).zip(&shape.lists) {
                if partly().any(|s| !Disclosure::shows_list(library, *s, table, list)) {
                    lists.insert((table, list));
                }
            }
        }
        Self { library, bundle, disclosure, kinds, columns, lists }
    }

    /// What may be seen of the item that a row belongs to.
    pub(super) fn sight(&self, table: TableId, row: u32) -> Sight {
        let (kind, row) = self.bundle.item_of(&self.library.tables, table, row);
        self.disclosure.of_item(kind, row)
    }

    /// Whether a row, and the field of it that is named, may be seen.
    pub(super) fn shown(&self, at: At) -> bool {
        let sight = self.sight(at.table, at.row);
        sight.item
            && match at.field {
                None => true,
                Some(FieldAt::Column(column)) => Disclosure::shows_column(self.library, sight, at.table, column),
                Some(FieldAt::List(list)) => Disclosure::shows_list(self.library, sight, at.table, list),
            }
    }

    /// Whether something is read that is withheld of an item which is shown otherwise.
    pub(super) fn reads_hidden_field(&self, reads: &Reads) -> bool {
        !reads.columns.is_disjoint(&self.columns)
            || !reads.lists.is_disjoint(&self.lists)
            || (reads.facts && !self.disclosure.facts)
    }

    /// Whether a kind is read of which an item is withheld.
    pub(super) fn reads_hidden_item(&self, reads: &Reads) -> bool {
        reads.kinds(self.library).iter().any(|kind| self.kinds.contains(kind))
    }
}
