//! Bulk records: rows of CSV files as items. Each row becomes a mapping of a tree whose places lie in the CSV text.

mod dates;
mod mapping;
mod scan;

use rustc_hash::FxHashMap;

use super::documents::read_text;
use super::errors::{tables as errors, values};
use super::folder::Folder;
use super::gather::{Item, Origin};
use super::options::Limits;
use super::reader::Reader;
use super::tree::{Doc, Node, NodeId, NodeKind, Tree, View};
use crate::base::{FileId, Source, Sources, Span};
use crate::diagnostics::Diagnostic;
use crate::library::model::{KindId, Scalar};
use dates::Read;
use mapping::{Mapped, Mapping};
use scan::{Cell, Fault, Row, Scanner};

/// How many broken rows are told per table.
const MOST_ERRORS: usize = 100;

/// A table, read.
pub(super) struct CsvTable {
    /// The kind of its items.
    kind: KindId,
    /// Its tree.
    pub(super) tree: Tree,
    /// Rows and their ids.
    rows: Vec<(NodeId, NodeId)>,
}

/// The items of a table.
pub(super) fn items<'s>(doc: Doc<'s>, table: &CsvTable, items: &mut Vec<Item<'s>>) {
    items.extend(table.rows.iter().map(|(row, id)| Item {
        kind: table.kind,
        fields: doc.at(*row),
        id: doc.at(*id),
        origin: Origin::Table,
    }));
}

/// Reads the tables of a bundle, in their order; each text that was read is added to the sources.
pub(super) fn load(
    reader: &Reader<'_>,
    folder: &dyn Folder,
    entries: &[View<'_>],
    limits: &Limits,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<CsvTable> {
    let mut tables = Vec::new();
    for entry in entries {
        let Some(mapping) = mapping::read(*entry, reader.fields(), reader.library(), diagnostics) else { continue };
        let file = sources.next_id();
        let text = read_text(folder, &mapping.path, limits, file, Some(mapping.from.span()), diagnostics);
        let source = Source::new(mapping.path.as_str(), text.text);
        sources.add(source.clone());
        let kind = &reader.library().kind(mapping.kind).name;
        let mut builder = Rows::new(&mapping, kind, source.text(), file, limits);
        if text.whole {
            builder.read(diagnostics);
        }
        tables.push(CsvTable { kind: mapping.kind, tree: builder.tree, rows: builder.rows });
    }
    tables
}

/// Makes the tree of a table.
struct Rows<'a, 's> {
    mapping: &'a Mapping<'a>,
    kind: &'a str,
    text: &'s str,
    file: FileId,
    limits: &'a Limits,
    tree: Tree,
    rows: Vec<(NodeId, NodeId)>,
    /// Texts that are made again and again (`true`, a day, a term), by their position in the tree.
    made: FxHashMap<String, u32>,
}

impl<'a, 's> Rows<'a, 's> {
    fn new(mapping: &'a Mapping<'a>, kind: &'a str, text: &'s str, file: FileId, limits: &'a Limits) -> Self {
        let tree = Tree { file: file.0, ..Tree::default() };
        Self { mapping, kind, text, file, limits, tree, rows: Vec::new(), made: FxHashMap::default() }
    }

    fn read(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        let mut scanner = Scanner::new(self.text, self.mapping.delimiter);
        let (mut cells, mut faults) = (Vec::new(), Vec::new());
        let Some(head) = scanner.next(&mut cells, &mut faults) else {
            diagnostics.push(errors::no_header(self.mapping.from.span(), &self.mapping.path));
            return;
        };
        let columns = self.header(&cells, head, diagnostics);
        let width = cells.len();
        let told = diagnostics.len();
        while let Some(row) = scanner.next(&mut cells, &mut faults) {
            if self.rows.len() >= self.limits.rows {
                diagnostics.push(errors::too_many_rows(self.span(row.start, row.end), self.limits.rows));
                return;
            }
            let broken = !faults.is_empty();
            for fault in faults.drain(..) {
                diagnostics.push(match fault {
                    Fault::Open(at) => errors::open_quote(self.span(at, at + 1)),
                    Fault::AfterQuote(at) => errors::after_quote(self.span(at.saturating_sub(1), at)),
                });
            }
            if cells.iter().all(|c| c.start == c.end) {
                continue;
            }
            match (broken, cells.len() == width) {
                // With a broken quote it has whatever cells it has: the quote is told, and nothing more.
                (true, _) => {}
                (false, true) => self.row(row, &cells, &columns, diagnostics),
                (false, false) => diagnostics.push(errors::ragged(
                    self.span(row.start, row.end),
                    cells.len(),
                    width,
                    self.span(head.start, head.end),
                )),
            }
            if diagnostics.len() - told > MOST_ERRORS {
                diagnostics.push(errors::and_more(self.span(row.start, row.end), MOST_ERRORS));
                return;
            }
        }
    }

    /// Finds the mapped columns: by mapped column its position and the node of its key.
    fn header(&mut self, cells: &[Cell], head: Row, diagnostics: &mut Vec<Diagnostic>) -> Vec<(usize, NodeId)> {
        let names: Vec<String> = cells.iter().map(|c| self.cell_text(*c)).collect();
        let mut columns = Vec::new();
        for mapped in &self.mapping.columns {
            let wanted = mapped.header.text().unwrap_or("").trim();
            let mut found = names.iter().enumerate().filter(|(_, n)| *n == wanted).map(|(i, _)| i);
            match (found.next(), found.next()) {
                (Some(at), None) => {
                    let key = self.owned(self.span(cells[at].start, cells[at].end), mapped.field, true);
                    columns.push((at, key));
                }
                (Some(_), Some(second)) => {
                    let place = self.span(cells[second].start, cells[second].end);
                    diagnostics.push(errors::header_twice(place, wanted, mapped.header.span()));
                    columns.push((usize::MAX, NodeId(0)));
                }
                (None, _) => {
                    let known: Vec<&str> = names.iter().map(String::as_str).collect();
                    let row = self.span(head.start, head.end);
                    diagnostics.push(errors::no_header_named(mapped.header, wanted, &known, row));
                    columns.push((usize::MAX, NodeId(0)));
                }
            }
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
            let value = self.value(mapped, *cell, diagnostics);
            if mapped.field == "id" {
                id = Some(value);
            }
            pairs.extend([*key, value]);
        }
        let id = id.unwrap_or_else(|| {
            let made = format!("{}-{}", self.kind, row.line);
            self.owned(span, &made, false)
        });
        let first = self.tree.children.len() as u32;
        self.tree.children.extend_from_slice(&pairs);
        let node = self.node(span, NodeKind::Mapping { first, len: (pairs.len() / 2) as u32 });
        self.rows.push((node, id));
    }

    /// The value of a cell. One that cannot be read stands as it is, so that the item has it: what is wrong with it is told here, once.
    fn value(&mut self, mapped: &Mapped<'_>, cell: Cell, diagnostics: &mut Vec<Diagnostic>) -> NodeId {
        let span = self.span(cell.start, cell.end);
        let text = self.cell_text(cell);
        let problem = match mapped.of {
            Scalar::Date => match self.mapping.dates.read(&text) {
                Read::Day(day) => return self.made(span, day.to_string()),
                Read::NoSuchDay => values::no_such_day(span, &text),
                Read::Form => errors::date(span, &text, mapped.field, self.mapping.dates.name()),
            },
            Scalar::Bool => match self.mapping.booleans.read(&text) {
                Some(value) => return self.made(span, value.to_string()),
                None => errors::boolean(span, &text, mapped.field),
            },
            Scalar::Term(_) => {
                return match mapped.terms.iter().find(|(word, _)| *word == text) {
                    Some((_, term)) => self.made(span, (*term).to_owned()),
                    None => self.plain(cell, text, true),
                };
            }
            Scalar::Text | Scalar::Ref(_) => {
                let word = matches!(text.as_str(), "true" | "false");
                return self.plain(cell, text, !word);
            }
            Scalar::Whole | Scalar::Decimal | Scalar::Percent | Scalar::Period | Scalar::Interval => {
                return self.plain(cell, text, true);
            }
        };
        diagnostics.push(problem);
        self.plain(cell, text, true)
    }

    /// A cell whose text stands as it is.
    fn plain(&mut self, cell: Cell, text: String, plain: bool) -> NodeId {
        let span = self.span(cell.start, cell.end);
        if cell.doubled || !plain { self.owned(span, &text, plain) } else { self.node(span, NodeKind::Verbatim { plain: true }) }
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

/// The texts of all cells, for comparison.
#[cfg(test)]
pub(super) fn cells(text: &str, delimiter: u8) -> Vec<Vec<String>> {
    let mut scanner = Scanner::new(text, delimiter);
    let (mut cells, mut faults, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    while scanner.next(&mut cells, &mut faults).is_some() {
        let raw = |c: &Cell| text.get(c.start..c.end).unwrap_or("").replace("\"\"", "\"");
        rows.push(cells.iter().map(raw).collect());
    }
    rows
}
