//! From a place in the tables to a place in the evidence as it was written. The only file of reports that asks where something stands.

use crate::base::Span;
use crate::evidence::{At, Bundle, FieldAt};
use crate::library::Library;

/// Where a field's value is written; when it is not stated, where its item begins. `None` when the item was not read from a text.
#[must_use]
pub fn place(library: &Library, bundle: &Bundle, at: At) -> Option<Span> {
    find(library, bundle, at).map(|(span, _)| span)
}

/// The place, and whether it is what was asked for, not the beginning of its item.
pub(super) fn find(library: &Library, bundle: &Bundle, at: At) -> Option<(Span, bool)> {
    let node = bundle.tables.get(at.table.0 as usize)?.nodes.get(at.row as usize)?;
    // What is withheld from an audience stands in no text.
    bundle.trees.get(node.tree as usize)?;
    let item = bundle.place(library, At { field: None, ..at });
    let span = bundle.place(library, at);
    Some((span, at.field.is_none() || span != item))
}

/// The name of a field: `completed`, `a.b`.
pub(super) fn field_name(library: &Library, at: At, field: FieldAt) -> Option<&str> {
    let table = library.tables.get(at.table.0 as usize)?;
    match field {
        FieldAt::Column(column) => table.columns.get(column.0 as usize).map(|c| c.name.as_str()),
        FieldAt::List(list) => table.lists.get(list.0 as usize).map(|l| l.name.as_str()),
    }
}
