//! Items to rows. A row's fields are first found by key, then read in the order of columns, so that nothing depends on the order of keys.

use rustc_hash::FxHashMap;

use crate::base::Span;
use crate::diagnostics::Diagnostic;
use crate::evidence::bundle::{Elements, MISSING, Rows};
use crate::evidence::errors::{items as errors, values};
use crate::evidence::fields::{Fields, Target};
use crate::evidence::pool::Interner;
use crate::evidence::tree::{NodeId, NodeRef, View};
use crate::library::Library;
use crate::library::model::{Common, KindId, Scalar, TableId};

/// An item that a reference may lead to.
#[derive(Debug, Clone, Copy)]
pub(in crate::evidence) enum Known {
    /// In the tables.
    Row {
        /// Its kind.
        kind: KindId,
        /// Its row.
        row: u32,
        /// Where its id stands.
        span: Span,
    },
    /// Left out, because it was not yet known.
    Hidden {
        /// Its kind.
        kind: KindId,
        /// Where its id stands.
        span: Span,
    },
}

/// Fields of one row, found: by column, then by list.
#[derive(Debug, Clone, Default)]
struct Slots {
    columns: Vec<Option<Found>>,
    lists: Vec<Option<Found>>,
}

/// A field found.
#[derive(Debug, Clone, Copy)]
struct Found {
    mapping: NodeId,
    key: NodeId,
    value: NodeId,
}

/// Fills tables.
pub(in crate::evidence) struct Filler<'a, 's> {
    /// The library.
    pub(in crate::evidence) library: &'s Library,
    /// Its look-ups.
    pub(in crate::evidence) fields: &'a Fields<'s>,
    /// Items by id: where they stand in `targets`.
    pub(in crate::evidence) known: FxHashMap<&'s str, u32>,
    /// What references lead to.
    pub(in crate::evidence) targets: Vec<Known>,
    /// Ids of the items of each kind, sorted.
    pub(in crate::evidence) ids: Vec<Vec<&'s str>>,
    /// Texts and decimals.
    pub(in crate::evidence) interner: Interner<'s>,
    /// The tables.
    pub(in crate::evidence) tables: Vec<Rows>,
    /// What is wrong.
    pub(in crate::evidence) diagnostics: Vec<Diagnostic>,
    /// Whether missing fields are told.
    pub(in crate::evidence) tell_missing: bool,
    slots: Vec<Slots>,
}

impl<'a, 's> Filler<'a, 's> {
    /// Empty tables of a library.
    pub(in crate::evidence) fn new(library: &'s Library, fields: &'a Fields<'s>, interner: Interner<'s>) -> Self {
        let tables = library.tables.iter().map(|t| Rows {
            columns: vec![Vec::new(); t.columns.len()],
            lists: vec![Elements::default(); t.lists.len()],
            ..Rows::default()
        });
        let slots =
            library.tables.iter().map(|t| Slots { columns: vec![None; t.columns.len()], lists: vec![None; t.lists.len()] });
        Self {
            library,
            fields,
            known: FxHashMap::default(),
            targets: Vec::new(),
            ids: Vec::new(),
            interner,
            tables: tables.collect(),
            diagnostics: Vec::new(),
            tell_missing: true,
            slots: slots.collect(),
        }
    }

    /// Remembers what is wrong.
    pub(in crate::evidence) fn tell(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Makes as many empty rows of a kind.
    pub(in crate::evidence) fn make_room(&mut self, kind: KindId, items: usize) {
        let table = &mut self.tables[kind.0 as usize];
        table.columns.iter_mut().for_each(|c| c.resize(items, MISSING));
        table.nodes.resize(items, NodeRef { tree: 0, node: NodeId(0) });
        table.len = items as u32;
    }

    /// Fills a row of a kind; those of a kind with lists in their order. An id that does not stand in the item (a name in a test) is given.
    pub(in crate::evidence) fn item(&mut self, kind: KindId, row: u32, item: View<'s>, id: View<'s>, flat: bool) {
        let table = TableId(kind.0);
        let mut slots = std::mem::take(&mut self.slots[kind.0 as usize]);
        if item.is_mapping() {
            let keys = if flat { &self.fields.flat } else { &self.fields.root };
            self.find(&mut slots, keys[kind.0 as usize], kind, item, true);
        }
        slots.columns[Common::Id.column().0 as usize] = Some(Found { mapping: item.node, key: id.node, value: id.node });
        self.row(table, row, item, &mut slots);
        self.slots[kind.0 as usize] = slots;
    }

    /// The next row of a list of records.
    fn element(&mut self, table: TableId, element: View<'s>, parent: u32, name: &str) {
        let kind = self.library.table(table).kind;
        let mut slots = std::mem::take(&mut self.slots[table.0 as usize]);
        if element.is_mapping() {
            let root = self.fields.root[table.0 as usize];
            self.find(&mut slots, root, kind, element, false);
        } else {
            self.tell(values::not_a_record(element, name));
        }
        let rows = &mut self.tables[table.0 as usize];
        let row = rows.len;
        rows.len += 1;
        rows.columns.iter_mut().for_each(|c| c.push(MISSING));
        rows.parents.push(parent);
        rows.nodes.push(element.reference());
        self.row(table, row, element, &mut slots);
        self.slots[table.0 as usize] = slots;
    }

    /// Puts the values of a mapping where their keys say.
    fn find(&mut self, slots: &mut Slots, keys: u32, kind: KindId, mapping: View<'s>, top: bool) {
        let fields = self.fields;
        let known = &fields.keys[keys as usize];
        for (key, value) in mapping.pairs() {
            let Some(target) = key.text().and_then(|k| known.get(k)) else {
                if key.text().is_some() {
                    let names = fields.names(keys);
                    self.tell(errors::no_such_field(key, &self.library.kind(kind).name, &names));
                }
                continue;
            };
            match *target {
                Target::Column(column) => self.put(&mut slots.columns[column as usize], mapping, key, value),
                Target::List(list) => self.put(&mut slots.lists[list as usize], mapping, key, value),
                Target::Record(inner) => self.inner(slots, inner, kind, key, value),
                Target::Facts if top => self.inner(slots, fields.own[kind.0 as usize], kind, key, value),
                Target::Kind | Target::Facts | Target::Attachments => {}
            }
        }
    }

    fn inner(&mut self, slots: &mut Slots, keys: u32, kind: KindId, key: View<'s>, value: View<'s>) {
        if value.is_mapping() {
            self.find(slots, keys, kind, value, false);
        } else if !value.is_null() {
            self.tell(values::not_a_record(value, key.text().unwrap_or("")));
        }
    }

    fn put(&mut self, slot: &mut Option<Found>, mapping: View<'s>, key: View<'s>, value: View<'s>) {
        match slot {
            // The same key twice in one mapping was told when the text was read.
            Some(first) if first.mapping != mapping.node => {
                let first = key.doc.at(first.key).span();
                self.tell(errors::duplicate_field(key, first));
            }
            Some(_) => {}
            None => *slot = Some(Found { mapping: mapping.node, key: key.node, value: value.node }),
        }
    }

    /// Reads what was found into a row, column by column, then list by list.
    fn row(&mut self, table: TableId, row: u32, node: View<'s>, slots: &mut Slots) {
        let shape = self.library.table(table);
        let index = table.0 as usize;
        let mut missing = Vec::new();
        for (at, column) in shape.columns.iter().enumerate() {
            let cell = match slots.columns[at].take() {
                Some(found) => {
                    let value = node.doc.at(found.value);
                    if value.is_null() && !column.optional && !is_common(shape.parent.is_none(), at) {
                        missing.push((column.name.as_str(), Some(value.span())));
                    }
                    if column.of == Scalar::Text && !self.fields.read[index][at] {
                        self.text_cell(value, &column.name)
                    } else {
                        self.cell(column.of, value, &column.name)
                    }
                }
                None => {
                    if !column.optional && !is_common(shape.parent.is_none(), at) {
                        missing.push((column.name.as_str(), None));
                    }
                    MISSING
                }
            };
            self.tables[index].columns[at][row as usize] = cell;
        }
        for (at, list) in shape.lists.iter().enumerate() {
            let start = self.tables[list.table.0 as usize].len;
            let value = slots.lists[at].take().map(|f| node.doc.at(f.value)).filter(|v| !v.is_null());
            if value.is_none() && !list.optional {
                missing.push((list.name.as_str(), None));
            }
            let elements = &mut self.tables[index].lists[at];
            elements.starts.push(start);
            elements.stated.push(value.is_some());
            if let Some(value) = value {
                self.list(list.table, list.scalar, value, row, &list.name);
            }
        }
        self.tables[index].nodes[row as usize] = node.reference();
        if self.tell_missing {
            for (name, span) in missing {
                let at = span.unwrap_or_else(|| first_line(node));
                self.tell(errors::missing_field(at, name, &self.library.kind(shape.kind).name));
            }
        }
    }

    fn list(&mut self, table: TableId, scalar: bool, value: View<'s>, parent: u32, name: &str) {
        if !value.is_sequence() {
            self.tell(values::not_a_list(value, name));
            return;
        }
        for element in value.elements() {
            if element.is_null() {
                self.tell(values::empty_element(element.span(), name));
            } else if scalar {
                let of = self.library.table(table).columns.first().map(|c| c.of);
                let cell = of.map_or(MISSING, |of| self.cell(of, element, name));
                let rows = &mut self.tables[table.0 as usize];
                rows.columns.iter_mut().for_each(|c| c.push(cell));
                rows.parents.push(parent);
                rows.nodes.push(element.reference());
                rows.len += 1;
            } else {
                self.element(table, element, parent, name);
            }
        }
    }

    /// Closes all lists.
    pub(in crate::evidence) fn finish(&mut self) {
        for (index, shape) in self.library.tables.iter().enumerate() {
            for (at, list) in shape.lists.iter().enumerate() {
                let end = self.tables[list.table.0 as usize].len;
                self.tables[index].lists[at].starts.push(end);
            }
        }
    }
}

/// The common fields may all be missing.
fn is_common(kind: bool, column: usize) -> bool {
    kind && column < Common::ALL.len()
}

/// Where an item is shown to start: its `id`, or else its first line.
pub(in crate::evidence) fn first_line(item: View<'_>) -> Span {
    if let Some(id) = item.get("id") {
        return id.span();
    }
    let span = item.span();
    let text = item.doc.text.get(span.start as usize..span.end as usize).unwrap_or("");
    let line = text.lines().next().map_or(0, str::len) as u32;
    Span::new(span.file, span.start, span.start + line.min(span.len()))
}
