//! From a place in the tables to a place in the evidence as it was written.

use crate::base::Span;
use crate::evidence::tree::{NodeId, NodeKind, Tree};
use crate::evidence::{At, Bundle, FieldAt};
use crate::library::Library;

/// Where a field's value is written; when it is not stated, where its item begins. `None` when the item was not read from a text.
#[must_use]
pub fn place(library: &Library, bundle: &Bundle, at: At) -> Option<Span> {
    find(library, bundle, at).map(|(span, _)| span)
}

/// The place, and whether it is the field itself.
pub(super) fn find(library: &Library, bundle: &Bundle, at: At) -> Option<(Span, bool)> {
    let node = bundle.tables.get(at.table.0 as usize)?.nodes.get(at.row as usize)?;
    let tree = bundle.trees.get(node.tree as usize)?;
    tree.nodes.get(node.node.0 as usize)?;
    let source = bundle.sources.get(crate::base::FileId(tree.file))?.text();
    let start = beginning(tree, source, node.node);
    let Some(field) = at.field else { return Some((start, true)) };
    let Some(name) = field_name(library, at, field) else { return Some((start, false)) };
    if name == "value" && scalar(tree, node.node) {
        return Some((tree.span(node.node), true));
    }
    match walk(tree, source, node.node, name) {
        Some(value) => Some((tree.span(value), true)),
        None => Some((start, false)),
    }
}

/// The name of a field: `completed`, `a.b`.
pub(super) fn field_name(library: &Library, at: At, field: FieldAt) -> Option<&str> {
    let table = library.tables.get(at.table.0 as usize)?;
    match field {
        FieldAt::Column(column) => table.columns.get(column.0 as usize).map(|c| c.name.as_str()),
        FieldAt::List(list) => table.lists.get(list.0 as usize).map(|l| l.name.as_str()),
    }
}

fn scalar(tree: &Tree, node: NodeId) -> bool {
    match tree.nodes[node.0 as usize].kind {
        NodeKind::Verbatim { .. } | NodeKind::Owned { .. } => true,
        NodeKind::Null | NodeKind::Sequence { .. } | NodeKind::Mapping { .. } => false,
    }
}

/// A field stands in the item itself or under its `facts`; `a.b` is a record in a record, or a key written with its dot.
fn walk(tree: &Tree, source: &str, item: NodeId, name: &str) -> Option<NodeId> {
    let facts = tree.get(source, item, "facts").map(|(_, value)| value);
    [facts, Some(item)].into_iter().flatten().find_map(|from| {
        if let Some((_, value)) = tree.get(source, from, name) {
            return Some(value);
        }
        name.split('.').try_fold(from, |node, key| tree.get(source, node, key).map(|(_, value)| value))
    })
}

/// The first thing written of an item: its `id` where there is one, else its first key.
fn beginning(tree: &Tree, source: &str, node: NodeId) -> Span {
    if let Some((key, value)) = tree.get(source, node, "id") {
        return tree.span(key).to(tree.span(value));
    }
    tree.pairs(node).next().map_or_else(|| tree.span(node), |(key, value)| tree.span(key).to(tree.span(value)))
}
