//! Bulk records: rows of CSV files and of sheets as items. Each row becomes a mapping of a tree whose places lie in the text of its table.

mod feed;
mod mapping;
mod open;

use rustc_hash::FxHashMap;

use super::errors::{tables as errors, values};
use super::folder::Folder;
use super::gather::{Item, Origin};
use super::options::Limits;
use super::reader::Reader;
use super::tree::{Doc, Node, NodeId, NodeKind, Tree, View};
use crate::base::{FileId, Sources, Span};
use crate::diagnostics::Diagnostic;
use crate::library::model::{KindId, Scalar};
use crate::sheet::{Fault, Read, Scanned as Cell, Stretch as Row, Value, headings, lettered};
use feed::Feed;
use mapping::{Mapped, Mapping};
use open::Opened;

/// How many broken cells and rows of a table are told one by one; of all others, how many there are.
pub(super) const MOST_TOLD: usize = 1_000;

/// A table, read.
pub(super) struct Table {
    /// The kind of its items.
    kind: KindId,
    /// Its tree.
    pub(super) tree: Tree,
    /// Rows and their ids.
    rows: Vec<(NodeId, NodeId)>,
}

/// The items of a table.
pub(super) fn items<'s>(doc: Doc<'s>, table: &Table, items: &mut Vec<Item<'s>>) {
    items.extend(table.rows.iter().map(|(row, id)| Item {
        kind: table.kind,
        fields: doc.at(*row),
        id: doc.at(*id),
        origin: Origin::Table,
    }));
}

/// The files that a part of a bundle names under `tables`, as far as it can be read.
#[must_use]
pub fn table_paths(text: &str) -> Vec<String> {
    let tree = super::tree::yaml::parse(text, FileId(0), &Limits::default(), &mut Vec::new());
    let doc = Doc { tree: &tree, index: 0, text };
    let entries = doc.root().and_then(|root| root.get("tables"));
    let paths = entries.into_iter().flat_map(View::elements).filter_map(|entry| entry.get("from").and_then(View::text));
    paths.filter_map(|path| super::folder::relative_path(path).ok()).collect()
}

/// Reads the tables of a bundle, in their order; each text that was read is added to the sources.
pub(super) fn load(
    reader: &Reader<'_>,
    folder: &dyn Folder,
    entries: &[View<'_>],
    limits: &Limits,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Table> {
    let mut tables = Vec::new();
    for entry in entries {
        let Some(mapping) = mapping::read(*entry, reader.fields(), reader.library(), diagnostics) else { continue };
        let file = sources.next_id();
        let opened = open::open(folder, &mapping, limits, file, diagnostics);
        sources.add(opened.source.clone());
        let kind = &reader.library().kind(mapping.kind).name;
        let mut builder = Rows::new(&mapping, kind, &opened, file, limits);
        if opened.whole {
            builder.read(diagnostics);
        }
        tables.push(Table { kind: mapping.kind, tree: builder.tree, rows: builder.rows });
    }
    tables
}

/// Makes the tree of a table.
struct Rows<'a> {
    mapping: &'a Mapping<'a>,
    kind: &'a str,
    opened: &'a Opened,
    text: &'a str,
    file: FileId,
    limits: &'a Limits,
    tree: Tree,
    rows: Vec<(NodeId, NodeId)>,
    /// Texts that are made again and again (`true`, a day, a term), by their position in the tree.
    made: FxHashMap<String, u32>,
    /// How much was told, and the first place of what was not, and how often.
    told: usize,
    untold: Option<(Span, usize)>,
}

/// The headings of a table.
struct Head {
    names: Vec<String>,
    /// The lowest row of them.
    cells: Vec<Cell>,
    row: Row,
}

impl<'a> Rows<'a> {
    fn new(mapping: &'a Mapping<'a>, kind: &'a str, opened: &'a Opened, file: FileId, limits: &'a Limits) -> Self {
        let tree = Tree { file: file.0, ..Tree::default() };
        let text = opened.source.text();
        let made = FxHashMap::default();
        Self { mapping, kind, opened, text, file, limits, tree, rows: Vec::new(), made, told: 0, untold: None }
    }

    fn read(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        let mut feed = Feed::new(self.text, self.mapping.delimiter, self.opened.sheet.as_ref());
        let (mut cells, mut faults) = (Vec::new(), Vec::new());
        let Some(head) = self.head(&mut feed, diagnostics) else { return };
        let columns = self.columns(&head, diagnostics);
        let (width, head) = (head.cells.len(), self.span(head.row.start, head.row.end));
        while let Some(row) = feed.next(&mut cells, &mut faults) {
            if self.rows.len() >= self.limits.rows {
                diagnostics.push(errors::too_many_rows(self.span(row.start, row.end), self.limits.rows));
                break;
            }
            let broken = !faults.is_empty();
            for fault in faults.drain(..) {
                self.tell(self.fault(fault), diagnostics);
            }
            let Some(first) = cells.iter().find(|c| c.start < c.end) else { continue };
            if !self.mapping.skip.is_empty() && self.mapping.skips(&self.cell_text(*first)) {
                continue;
            }
            // A row with a broken quote has whatever cells it has: the quote is told, and nothing more.
            if broken {
                continue;
            }
            if self.opened.sheet.is_none() && cells.len() != width {
                let ragged = errors::ragged(self.span(row.start, row.end), cells.len(), width, head);
                self.tell(ragged, diagnostics);
            } else {
                self.row(row, &cells, &columns, diagnostics);
            }
        }
        if let Some((at, count)) = self.untold {
            diagnostics.push(errors::and_more(at, count));
        }
    }

    fn fault(&self, fault: Fault) -> Diagnostic {
        match fault {
            Fault::Open(at) => errors::open_quote(self.span(at, at + 1)),
            Fault::AfterQuote(at) => errors::after_quote(self.span(at.saturating_sub(1), at)),
        }
    }

    /// Tells what is wrong, as long as anybody reads it.
    fn tell(&mut self, diagnostic: Diagnostic, diagnostics: &mut Vec<Diagnostic>) {
        if self.told < MOST_TOLD {
            self.told += 1;
            diagnostics.push(diagnostic);
        } else if let Some(at) = &diagnostic.at {
            self.untold.get_or_insert((at.span, 0)).1 += 1;
        }
    }

    /// Reads the rows of headings.
    fn head(&self, feed: &mut Feed<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Head> {
        let (mut cells, mut faults, mut above) = (Vec::new(), Vec::new(), Vec::new());
        let (first, last) = self.mapping.header.unwrap_or((0, 0));
        let texts = |cells: &[Cell]| cells.iter().map(|c| self.cell_text(*c)).collect::<Vec<String>>();
        let mut head = None;
        loop {
            let before = feed.clone();
            let Some(row) = feed.next(&mut cells, &mut faults) else { break };
            if last > 0 && row.line > last {
                *feed = before;
                break;
            }
            if row.line >= first {
                above.push(texts(&cells));
                head = Some((cells.clone(), row));
            }
            if last == 0 && head.is_some() {
                break;
            }
        }
        diagnostics.extend(faults.into_iter().map(|fault| self.fault(fault)));
        let Some((cells, row)) = head else {
            diagnostics.push(match self.mapping.header {
                Some(_) => errors::empty_header(self.mapping.header_place(), first, last),
                None => errors::no_header(self.mapping.from.span(), &self.mapping.path),
            });
            return None;
        };
        Some(Head { names: headings(&above), cells, row })
    }

    /// Finds the mapped columns: by mapped column its position and the node of its key.
    fn columns(&mut self, head: &Head, diagnostics: &mut Vec<Diagnostic>) -> Vec<(usize, NodeId)> {
        let nowhere = (usize::MAX, NodeId(0));
        let row = self.span(head.row.start, head.row.end);
        let place = |at: usize, rows: &Self| head.cells.get(at).map_or(row, |c| rows.span(c.start, c.end));
        let mut columns = Vec::new();
        for mapped in &self.mapping.columns {
            let wanted = mapped.header.text().unwrap_or("").trim();
            let mut found = head.names.iter().enumerate().filter(|(_, n)| *n == wanted).map(|(i, _)| i);
            columns.push(match (found.next(), found.next()) {
                (Some(at), None) => (at, self.owned(place(at, self), mapped.field, true)),
                (Some(_), Some(second)) => {
                    diagnostics.push(errors::header_twice(place(second, self), wanted, mapped.header.span()));
                    nowhere
                }
                (None, _) => match lettered(wanted) {
                    Some(at) => (at, self.owned(place(at, self), mapped.field, true)),
                    None => {
                        let known: Vec<&str> = head.names.iter().map(String::as_str).filter(|n| !n.is_empty()).collect();
                        diagnostics.push(errors::no_header_named(mapped.header, wanted, &known, row));
                        nowhere
                    }
                },
            });
        }
        columns
    }

    fn row(&mut self, row: Row, cells: &[Cell], columns: &[(usize, NodeId)], diagnostics: &mut Vec<Diagnostic>) {
        let span = self.span(row.start, row.end);
        let mapping = self.mapping;
        let mut pairs = Vec::with_capacity(2 * columns.len());
        let mut id = None;
        for (mapped, (at, key)) in mapping.columns.iter().zip(columns) {
            let Some(cell) = cells.get(*at).filter(|c| c.start < c.end) else { continue };
            let value = match self.value(mapped, *cell) {
                Ok(value) => value,
                // It stands as it is, so that the item has it and it is not told to be missing too.
                Err(diagnostic) if self.told < MOST_TOLD => {
                    self.tell(*diagnostic, diagnostics);
                    let text = self.cell_text(*cell);
                    self.plain(*cell, &text, true)
                }
                Err(diagnostic) => {
                    self.tell(*diagnostic, diagnostics);
                    continue;
                }
            };
            if mapped.field == "id" {
                id = Some(value);
            }
            pairs.extend([*key, value]);
        }
        let id = id.unwrap_or_else(|| {
            let made = format!("{}-{}", mapping.id_prefix.unwrap_or(self.kind), row.line);
            self.owned(span, &made, false)
        });
        let first = self.tree.children.len() as u32;
        self.tree.children.extend_from_slice(&pairs);
        let node = self.node(span, NodeKind::Mapping { first, len: (pairs.len() / 2) as u32 });
        self.rows.push((node, id));
    }

    fn value(&mut self, mapped: &Mapped<'_>, cell: Cell) -> Result<NodeId, Box<Diagnostic>> {
        let span = self.span(cell.start, cell.end);
        let text = self.cell_text(cell);
        let field = mapped.field;
        match (cell.value, mapped.of) {
            (Value::Error, _) => Err(Box::new(errors::cell_error(span, &text, field))),
            (Value::Uncalculated, _) => Err(Box::new(errors::uncalculated(span, field))),
            (Value::NoSuchDay, Scalar::Date) => Err(Box::new(values::no_such_day(span, &text))),
            (Value::Day(day), Scalar::Date) => Ok(self.made(span, day.to_string())),
            (Value::Number, Scalar::Date) if !self.mapping.takes_day_numbers() => {
                Err(Box::new(errors::day_number(span, &text, field, self.opened.day_of(&text))))
            }
            (Value::Text | Value::Number | Value::Bool(_), Scalar::Date) => {
                match self.mapping.day(&text, self.opened.from_1904()) {
                    Read::Day(day) => Ok(self.made(span, day.to_string())),
                    Read::NoSuchDay => Err(Box::new(values::no_such_day(span, &text))),
                    Read::Form => Err(Box::new(errors::date(span, &text, field, &self.mapping.date_names()))),
                }
            }
            (_, Scalar::Bool) => match self.mapping.booleans.read(&text) {
                Some(value) => Ok(self.made(span, value.to_string())),
                None => Err(Box::new(errors::boolean(span, &text, field))),
            },
            (_, Scalar::Term(_)) => Ok(match mapped.terms.iter().find(|(word, _)| *word == text) {
                Some((_, term)) => self.made(span, (*term).to_owned()),
                None => self.plain(cell, &text, true),
            }),
            (_, Scalar::Text | Scalar::Ref(_)) => {
                let word = matches!(text.as_str(), "true" | "false");
                Ok(self.plain(cell, &text, !word))
            }
            (_, Scalar::Whole | Scalar::Decimal | Scalar::Percent | Scalar::Period | Scalar::Interval) => {
                Ok(self.plain(cell, &text, true))
            }
        }
    }

    /// A cell whose text stands as it is.
    fn plain(&mut self, cell: Cell, text: &str, plain: bool) -> NodeId {
        let span = self.span(cell.start, cell.end);
        let as_it_is = plain && !cell.doubled && cell.other.is_none();
        if as_it_is { self.node(span, NodeKind::Verbatim { plain: true }) } else { self.owned(span, text, plain) }
    }

    fn made(&mut self, span: Span, text: String) -> NodeId {
        let texts = &mut self.tree.texts;
        let index = *self.made.entry(text).or_insert_with_key(|text| {
            texts.push(text.as_str().into());
            texts.len() as u32 - 1
        });
        self.node(span, NodeKind::Owned { text: index, plain: true })
    }

    fn owned(&mut self, span: Span, text: &str, plain: bool) -> NodeId {
        let index = self.tree.texts.len() as u32;
        self.tree.texts.push(text.into());
        self.node(span, NodeKind::Owned { text: index, plain })
    }

    fn node(&mut self, span: Span, kind: NodeKind) -> NodeId {
        self.tree.nodes.push(Node { start: span.start, end: span.end, kind });
        NodeId(self.tree.nodes.len() as u32 - 1)
    }

    fn cell_text(&self, cell: Cell) -> String {
        let raw = self.text.get(cell.start..cell.end).unwrap_or("");
        if let Some(other) = cell.other {
            return self
                .opened
                .sheet
                .as_ref()
                .and_then(|s| s.texts.get(other as usize))
                .map_or_else(String::new, |t| (**t).to_owned());
        }
        if cell.doubled { raw.replace("\"\"", "\"") } else { raw.to_owned() }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let len = self.text.len();
        let (mut start, mut end) = (start.min(len), end.min(len));
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        Span::new(self.file, start as u32, end.max(start) as u32)
    }
}
