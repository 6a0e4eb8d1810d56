//! A bundle with some evidence changed, read again by the same reader: what a what-if rests on.
//!
//! Changes are made to the trees that a bundle was read from, and what is new is read from a text of its own; then everything is converted
//! anew, so that a changed bundle has passed all that any bundle has to pass. Items that did not change have passed their schema before. Files
//! beside items are not looked at again: their states are taken over.

use std::collections::BTreeSet;

use super::build::{Setting, build};
use super::bundle::{At, AttachmentState, Bundle, FieldAt};
use super::gather::{Gathered, Item, Origin};
use super::options::ReadOptions;
use super::reader::{ReadOutcome, Reader, docs, settle};
use super::tree::{Doc, Node, NodeId, NodeKind, NodeRef, Tree, json};
use crate::base::{FileId, Source};
use crate::diagnostics::Severity;
use crate::library::model::{FactId, KindId, TableId};

/// The name of the text that holds what is new.
pub const ADDED: &str = "plan.json";

/// What is to be different. Places are those of the bundle that is changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Revision {
    /// Fields with their new values: a list gets a further element.
    pub fields: Vec<(At, Written)>,
    /// Facts about the entity.
    pub facts: Vec<(FactId, Written)>,
    /// New items and statements: a file of a bundle, in JSON.
    pub added: String,
    /// Items whose attachments are there, and are what the items say.
    pub attached: BTreeSet<(KindId, u32)>,
}

/// A value as it is written in a bundle.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Written {
    /// Without quotes: a number, `true`, `false`.
    Plain(String),
    /// Text, a day, a term, an id.
    Text(String),
    /// Fields with their values.
    Record(Vec<(String, Written)>),
    /// Elements.
    List(Vec<Written>),
}

impl Reader<'_> {
    /// The bundle with the changes made. As with any bundle, there is none when something is wrong with it.
    #[must_use]
    pub fn revise(&self, bundle: &Bundle, revision: &Revision) -> ReadOutcome {
        let mut diagnostics = Vec::new();
        let mut sources = bundle.sources.clone();
        let mut trees = bundle.trees.clone();
        let mut changed = BTreeSet::new();
        for (at, value) in &revision.fields {
            changed.extend(self.write_field(bundle, &mut trees, *at, value));
        }
        for (fact, value) in &revision.facts {
            self.write_fact(bundle, &mut trees, *fact, value);
        }
        if !revision.added.is_empty() {
            let file = sources.add(Source::new(ADDED, revision.added.as_str()));
            trees.push(json::parse(&revision.added, file, &ReadOptions::default().limits, &mut diagnostics));
        }
        let texts: Vec<Source> =
            trees.iter().map(|t| sources.get(FileId(t.file)).cloned().unwrap_or_else(|| Source::new("", ""))).collect();
        let ids = made_ids(bundle, &trees, &texts);
        let every = docs(&trees, &texts, 0);
        let fields = self.fields();
        let mut gathered = Gathered::new(&every, fields, self.library().person, true);
        gathered.diagnostics.append(&mut diagnostics);
        let known: BTreeSet<NodeRef> = self.rows_of_kinds(bundle).map(|(_, _, node)| node).collect();
        for item in &mut gathered.items {
            let node = item.fields.reference();
            if known.contains(&node) && !changed.contains(&node) {
                item.origin = Origin::Kept;
            }
        }
        let mut made = ids.nodes.iter();
        for (kind, _, node) in self.rows_of_kinds(bundle) {
            let Some(doc) = every.get(node.tree as usize).filter(|d| d.tree.root.is_none()) else { continue };
            let row = doc.at(node.node);
            let id = match row.get("id") {
                Some(id) => id,
                None => match made.next() {
                    Some(id) => Doc { tree: &ids.tree, index: node.tree, text: "" }.at(*id),
                    None => continue,
                },
            };
            gathered.items.push(Item { kind, fields: row, id, origin: Origin::Table });
        }
        let mut told = std::mem::take(&mut gathered.diagnostics);
        let setting = Setting { folder: None, options: ReadOptions::default(), in_test: false };
        let (mut revised, mut found) = build(self, &gathered, &setting);
        told.append(&mut found);
        drop(gathered);
        self.take_over(bundle, &mut revised, &revision.attached);
        revised.assessment_date = bundle.assessment_date;
        revised.trees = trees;
        revised.sources = sources.clone();
        settle(&mut told);
        let refused = told.iter().any(|d| d.severity() == Severity::Error);
        ReadOutcome { bundle: (!refused).then_some(revised), diagnostics: told, sources }
    }

    /// Every item of a bundle: its kind, row and node.
    fn rows_of_kinds<'b>(&self, bundle: &'b Bundle) -> impl Iterator<Item = (KindId, u32, NodeRef)> + use<'b> {
        let kinds = (0u32..).map(KindId).zip(bundle.tables.iter().take(self.library().kinds.len()));
        kinds.flat_map(|(kind, rows)| (0u32..).zip(&rows.nodes).map(move |(row, node)| (kind, row, *node)))
    }

    /// Attachments are as they were found, save those that are there again.
    fn take_over(&self, before: &Bundle, after: &mut Bundle, attached: &BTreeSet<(KindId, u32)>) {
        let ids: Vec<String> = after.attachments.iter().map(|a| after.item_id(a.kind, a.row).to_owned()).collect();
        let known: Vec<(KindId, &str, &str, AttachmentState, bool)> = before
            .attachments
            .iter()
            .map(|a| {
                let again = attached.contains(&(a.kind, a.row));
                (a.kind, before.item_id(a.kind, a.row), a.file.as_str(), a.state, again)
            })
            .collect();
        for (attachment, id) in after.attachments.iter_mut().zip(&ids) {
            let same = known.iter().find(|k| k.0 == attachment.kind && k.1 == id && k.2 == attachment.file);
            if let Some((.., state, again)) = same {
                attachment.state = if *again { AttachmentState::Intact } else { *state };
            }
        }
    }

    /// Writes a field, and says which item it belongs to.
    fn write_field(&self, bundle: &Bundle, trees: &mut [Tree], at: At, value: &Written) -> Option<NodeRef> {
        let shapes = &self.library().tables;
        let shape = self.library().table(at.table);
        let node = *bundle.rows(at.table).nodes.get(at.row as usize)?;
        let (kind, row) = bundle.item_of(shapes, at.table, at.row);
        let item = *bundle.rows(TableId(kind.0)).nodes.get(row as usize)?;
        let tree = trees.get_mut(node.tree as usize)?;
        let source = bundle.sources.get(FileId(tree.file)).map_or("", Source::text);
        // A row of a CSV table has `a.b` as one key.
        let flat = tree.root.is_none();
        let split = |name: &str| -> Vec<String> {
            if flat { vec![name.to_owned()] } else { name.split('.').map(str::to_owned).collect() }
        };
        match at.field? {
            FieldAt::Column(column) => {
                let scalars = shape.parent.is_some_and(|(parent, list)| {
                    self.library().table(parent).lists.get(list.0 as usize).is_some_and(|l| l.scalar)
                });
                if scalars {
                    let written = tree.write(node.node, value);
                    tree.nodes[node.node.0 as usize].kind = tree.nodes[written.0 as usize].kind;
                } else {
                    let name = &shape.columns.get(column.0 as usize)?.name;
                    tree.set(source, node.node, &split(name), &mut |tree, _, place| tree.write(place, value));
                }
            }
            FieldAt::List(list) => {
                let name = &shape.lists.get(list.0 as usize)?.name;
                tree.set(source, node.node, &split(name), &mut |tree, old, place| {
                    let mut elements: Vec<NodeId> = old.map(|o| tree.elements(o).to_vec()).unwrap_or_default();
                    elements.push(tree.write(place, value));
                    tree.sequence(place, &elements)
                });
            }
        }
        Some(item)
    }

    fn write_fact(&self, bundle: &Bundle, trees: &mut [Tree], fact: FactId, value: &Written) {
        let name = self.library().fact(fact).name.clone();
        for tree in trees {
            let source = bundle.sources.get(FileId(tree.file)).map_or("", Source::text);
            let Some((_, entity)) = tree.root.and_then(|root| tree.get(source, root, "entity")) else { continue };
            let at_top = tree.get(source, entity, &name).is_some();
            let facts = tree.get(source, entity, "facts").map(|(_, f)| f).filter(|f| !at_top && tree.pairs(*f).next().is_some());
            tree.set(source, facts.unwrap_or(entity), &[name], &mut |tree, _, place| tree.write(place, value));
            return;
        }
    }
}

/// Ids that items of CSV tables were given because no column holds them.
struct MadeIds {
    tree: Tree,
    nodes: Vec<NodeId>,
}

fn made_ids(bundle: &Bundle, trees: &[Tree], texts: &[Source]) -> MadeIds {
    let mut made = MadeIds { tree: Tree::default(), nodes: Vec::new() };
    for (kind, rows) in (0u32..).map(KindId).zip(&bundle.tables) {
        for (row, node) in (0u32..).zip(&rows.nodes) {
            let Some((tree, text)) = trees.get(node.tree as usize).zip(texts.get(node.tree as usize)) else { continue };
            let is_item = rows.parents.is_empty() && tree.root.is_none();
            if is_item && tree.get(text.text(), node.node, "id").is_none() {
                let id = Written::Text(bundle.item_id(kind, row).to_owned());
                let place = tree.nodes[node.node.0 as usize];
                made.tree.nodes.push(place);
                let place = NodeId(made.tree.nodes.len() as u32 - 1);
                let node = made.tree.write(place, &id);
                made.nodes.push(node);
            }
        }
    }
    made
}

impl Tree {
    /// A new node with a value, at the place of another.
    fn write(&mut self, place: NodeId, value: &Written) -> NodeId {
        match value {
            Written::Plain(text) => self.owned(place, text, true),
            Written::Text(text) => self.owned(place, text, false),
            Written::Record(fields) => {
                let mut children = Vec::with_capacity(2 * fields.len());
                for (key, value) in fields {
                    children.push(self.owned(place, key, true));
                    children.push(self.write(place, value));
                }
                self.mapping(place, &children)
            }
            Written::List(elements) => {
                let elements: Vec<NodeId> = elements.iter().map(|e| self.write(place, e)).collect();
                self.sequence(place, &elements)
            }
        }
    }

    /// Puts a value where a path of keys leads; records on the way that are not there are made. `make` gets what stood there.
    fn set(
        &mut self,
        source: &str,
        mapping: NodeId,
        path: &[String],
        make: &mut dyn FnMut(&mut Self, Option<NodeId>, NodeId) -> NodeId,
    ) {
        let Some((key, rest)) = path.split_first() else { return };
        let found = self.get(source, mapping, key).or_else(|| {
            // An item's own fields may stand under `facts`.
            let (_, facts) = self.get(source, mapping, "facts")?;
            self.get(source, facts, key)
        });
        if let Some((_, old)) = found {
            let is_mapping = matches!(self.nodes[old.0 as usize].kind, NodeKind::Mapping { .. });
            if !rest.is_empty() && is_mapping {
                return self.set(source, old, rest, make);
            }
            let new = self.under(rest, old, Some(old), make);
            self.nodes[old.0 as usize].kind = self.nodes[new.0 as usize].kind;
            return;
        }
        let new = self.under(rest, mapping, None, make);
        let mut children: Vec<NodeId> = self.pairs(mapping).flat_map(|(k, v)| [k, v]).collect();
        children.push(self.owned(mapping, key, true));
        children.push(new);
        let written = self.mapping(mapping, &children);
        self.nodes[mapping.0 as usize].kind = self.nodes[written.0 as usize].kind;
    }

    /// What `make` gives, inside as many records as the path has keys.
    fn under(
        &mut self,
        path: &[String],
        place: NodeId,
        old: Option<NodeId>,
        make: &mut dyn FnMut(&mut Self, Option<NodeId>, NodeId) -> NodeId,
    ) -> NodeId {
        let Some((key, rest)) = path.split_first() else { return make(self, old, place) };
        let value = self.under(rest, place, None, make);
        let key = self.owned(place, key, true);
        self.mapping(place, &[key, value])
    }

    fn owned(&mut self, place: NodeId, text: &str, plain: bool) -> NodeId {
        let index = self.texts.len() as u32;
        self.texts.push(text.into());
        self.at(place, NodeKind::Owned { text: index, plain })
    }

    fn mapping(&mut self, place: NodeId, children: &[NodeId]) -> NodeId {
        let first = self.children.len() as u32;
        self.children.extend_from_slice(children);
        self.at(place, NodeKind::Mapping { first, len: (children.len() / 2) as u32 })
    }

    fn sequence(&mut self, place: NodeId, children: &[NodeId]) -> NodeId {
        let first = self.children.len() as u32;
        self.children.extend_from_slice(children);
        self.at(place, NodeKind::Sequence { first, len: children.len() as u32 })
    }

    fn at(&mut self, place: NodeId, kind: NodeKind) -> NodeId {
        let Node { start, end, .. } = self.nodes[place.0 as usize];
        self.nodes.push(Node { start, end, kind });
        NodeId(self.nodes.len() as u32 - 1)
    }
}
