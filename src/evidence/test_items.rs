//! The items of a `test` declaration as a tree, so that they are read exactly as a bundle's are.

use super::errors::items as errors;
use super::gather::{Gathered, Item, Origin, Statement};
use super::reader::Reader;
use super::tree::{Doc, Node, NodeId, NodeKind, Tree};
use crate::base::Span;
use crate::syntax::ast::{Name, Test, Value, ValueKind};

/// What is no item in a test.
const STATEMENTS: [&str; 4] = ["nil-return", "judgement", "waiver", "derogation"];

/// A test's items as a tree: by item its kind, id and fields.
pub(super) struct Made {
    /// The tree.
    pub(super) tree: Tree,
    entity: Option<NodeId>,
    items: Vec<(NodeId, NodeId, NodeId)>,
}

/// Makes the tree.
pub(super) fn tree(test: &Test) -> Made {
    let mut tree = Tree { file: test.span.file.0, ..Tree::default() };
    let entity = test.entity.as_ref().map(|e| value(&mut tree, e));
    let mut items = Vec::with_capacity(test.items.len());
    for item in &test.items {
        let kind = name(&mut tree, &item.kind);
        let id = name(&mut tree, &item.id);
        let fields = match &item.fields.kind {
            ValueKind::Record(fields) if !STATEMENTS.contains(&item.kind.value.as_str()) => {
                record(&mut tree, fields, Some((&item.id, id)), item.kind.span.to(item.fields.span))
            }
            ValueKind::Record(_) | ValueKind::List(_) | ValueKind::Scalar { .. } => value(&mut tree, &item.fields),
        };
        items.push((kind, id, fields));
    }
    Made { tree, entity, items }
}

/// Tells items from statements.
pub(super) fn gather<'s>(reader: &Reader<'_>, doc: Doc<'s>, made: &Made) -> Gathered<'s> {
    let mut gathered = Gathered { entity: made.entity.map(|e| doc.at(e)), ..Gathered::default() };
    for (kind, id, fields) in &made.items {
        let (kind, id, fields) = (doc.at(*kind), doc.at(*id), doc.at(*fields));
        let statement = Statement { fields, id: Some(id) };
        match kind.text().unwrap_or("") {
            "nil-return" => gathered.nil_returns.push(statement),
            "judgement" => gathered.judgements.push(statement),
            "waiver" => gathered.waivers.push(statement),
            "derogation" => gathered.derogations.push(statement),
            name => match reader.fields().kinds.get(name) {
                Some(kind) => gathered.items.push(Item { kind: *kind, fields, id, origin: Origin::Test }),
                None => {
                    let mut known = reader.fields().kind_names();
                    known.extend(STATEMENTS);
                    gathered.diagnostics.push(errors::no_such_kind(kind, &known));
                }
            },
        }
    }
    gathered
}

fn name(tree: &mut Tree, name: &Name) -> NodeId {
    owned(tree, &name.value, name.span, true)
}

fn owned(tree: &mut Tree, text: &str, span: Span, plain: bool) -> NodeId {
    let index = tree.texts.len() as u32;
    tree.texts.push(text.into());
    node(tree, span, NodeKind::Owned { text: index, plain })
}

fn node(tree: &mut Tree, span: Span, kind: NodeKind) -> NodeId {
    tree.nodes.push(Node { start: span.start, end: span.end, kind });
    NodeId(tree.nodes.len() as u32 - 1)
}

/// The parser bounds how deeply values nest.
fn value(tree: &mut Tree, written: &Value) -> NodeId {
    match &written.kind {
        ValueKind::Scalar { text, quoted: false } if text == "null" => node(tree, written.span, NodeKind::Null),
        ValueKind::Scalar { text, quoted } => owned(tree, text, written.span, !quoted),
        ValueKind::List(elements) => {
            let children: Vec<NodeId> = elements.iter().map(|e| value(tree, e)).collect();
            let first = tree.children.len() as u32;
            tree.children.extend_from_slice(&children);
            node(tree, written.span, NodeKind::Sequence { first, len: children.len() as u32 })
        }
        ValueKind::Record(fields) => record(tree, fields, None, written.span),
    }
}

/// A record; an item's id, which stands before its fields, becomes one of them.
fn record(tree: &mut Tree, fields: &[(Name, Value)], id: Option<(&Name, NodeId)>, span: Span) -> NodeId {
    let mut children = Vec::with_capacity(2 * fields.len() + 2);
    if let Some((written, value)) = id {
        children.extend([owned(tree, "id", written.span, true), value]);
    }
    for (key, of) in fields {
        children.push(name(tree, key));
        children.push(value(tree, of));
    }
    let first = tree.children.len() as u32;
    tree.children.extend_from_slice(&children);
    node(tree, span, NodeKind::Mapping { first, len: (children.len() / 2) as u32 })
}
