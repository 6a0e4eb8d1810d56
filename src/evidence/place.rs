//! Where a cell was read: for explanations only.

use super::bundle::{At, Bundle, FieldAt};
use super::tree::{Doc, View};
use crate::base::Span;
use crate::library::Library;

impl Bundle {
    /// The place of a value; where the field is not stated, that of its row.
    #[must_use]
    pub fn place(&self, library: &Library, at: At) -> Span {
        match (self.field(library, at), self.row_view(at)) {
            (Some((_, value)), _) => value.span(),
            (None, Some(row)) => super::convert::item::first_line(row),
            (None, None) => self.entity.span,
        }
    }

    /// The place of a field's name; that of its row where it is not stated, or has no name.
    #[must_use]
    pub fn key_place(&self, library: &Library, at: At) -> Span {
        self.field(library, at).and_then(|(key, _)| key).map_or_else(|| self.place(library, At { field: None, ..at }), View::span)
    }

    /// The place of a whole row.
    #[must_use]
    pub fn row_place(&self, at: At) -> Span {
        self.row_view(at).map_or(self.entity.span, View::span)
    }

    /// The text of a value as it was written, when it is stated.
    #[must_use]
    pub fn written(&self, library: &Library, at: At) -> Option<&str> {
        self.field(library, at).and_then(|(_, value)| value.text())
    }

    fn row_view(&self, at: At) -> Option<View<'_>> {
        let node = self.tables.get(at.table.0 as usize)?.nodes.get(at.row as usize)?;
        let tree = self.trees.get(node.tree as usize)?;
        let text = self.sources.get(crate::base::FileId(tree.file)).map_or("", |s| s.text());
        Some(Doc { tree, index: node.tree, text }.at(node.node))
    }

    /// Key and value of a field; an element of a list of scalars has no key.
    fn field(&self, library: &Library, at: At) -> Option<(Option<View<'_>>, View<'_>)> {
        let shape = library.tables.get(at.table.0 as usize)?;
        let row = self.row_view(at)?;
        let name = match at.field? {
            FieldAt::Column(column) => &shape.columns.get(column.0 as usize)?.name,
            FieldAt::List(list) => &shape.lists.get(list.0 as usize)?.name,
        };
        if !row.is_mapping() {
            return (!row.is_null()).then_some((None, row));
        }
        let found = pair(row, name).or_else(|| dotted(row, name));
        let found = found.or_else(|| row.get("facts").and_then(|facts| dotted(facts, name)));
        found.filter(|(_, value)| !value.is_null()).map(|(key, value)| (Some(key), value))
    }
}

fn pair<'s>(row: View<'s>, name: &str) -> Option<(View<'s>, View<'s>)> {
    row.pairs().find(|(key, _)| key.text() == Some(name))
}

/// `a.b` is `b` of the record `a`.
fn dotted<'s>(row: View<'s>, name: &str) -> Option<(View<'s>, View<'s>)> {
    match name.split_once('.') {
        None => pair(row, name),
        Some((record, rest)) => dotted(row.get(record)?, rest),
    }
}
