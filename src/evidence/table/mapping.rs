//! An entry of `tables`: which file (and sheet) holds items of which kind, and which column is which field.

use crate::base::Span;
use crate::diagnostics::Diagnostic;
use crate::evidence::convert::item::first_line;
use crate::evidence::errors::{items as errors, tables, values};
use crate::evidence::fields::{Fields, Target};
use crate::evidence::folder::relative_path;
use crate::evidence::gather::fixed;
use crate::evidence::tree::View;
use crate::library::Library;
use crate::library::model::{KindId, Scalar};
use crate::sheet::{DateFormat, Read};

/// Words that mean yes and no in a table.
#[derive(Debug, Clone)]
pub(super) struct Booleans {
    yes: Vec<String>,
    no: Vec<String>,
}

impl Booleans {
    /// What a word means.
    pub(super) fn read(&self, word: &str) -> Option<bool> {
        let lower = word.to_lowercase();
        if self.yes.contains(&lower) {
            Some(true)
        } else if self.no.contains(&lower) {
            Some(false)
        } else {
            None
        }
    }
}

/// A mapped column.
#[derive(Debug, Clone)]
pub(super) struct Mapped<'s> {
    /// The field.
    pub(super) field: &'s str,
    /// Its type.
    pub(super) of: Scalar,
    /// The header, as stated.
    pub(super) header: View<'s>,
    /// Texts of cells that stand for terms.
    pub(super) terms: Vec<(&'s str, &'s str)>,
}

/// An entry.
#[derive(Debug, Clone)]
pub(super) struct Mapping<'s> {
    /// The kind.
    pub(super) kind: KindId,
    /// The file.
    pub(super) path: String,
    /// Where the file is named.
    pub(super) from: View<'s>,
    /// The columns.
    pub(super) columns: Vec<Mapped<'s>>,
    /// How dates are written: one way, or several that cannot be taken for each other.
    pub(super) dates: Vec<DateFormat>,
    /// What stands between cells.
    pub(super) delimiter: u8,
    /// Yes and no.
    pub(super) booleans: Booleans,
    /// The sheet of a workbook.
    pub(super) sheet: Option<View<'s>>,
    /// First and last row of its headings, when stated.
    pub(super) header: Option<(u32, u32)>,
    header_view: Option<View<'s>>,
    /// What rows that are no records begin with.
    pub(super) skip: Vec<&'s str>,
    /// What the ids of rows without one begin with.
    pub(super) id_prefix: Option<&'s str>,
}

impl Mapping<'_> {
    /// Whether a row whose first filled cell says this is no record.
    pub(super) fn skips(&self, first: &str) -> bool {
        self.skip.iter().any(|word| match word.strip_suffix('*') {
            Some(start) => first.starts_with(start),
            None => first == *word,
        })
    }

    /// Reads a date in any of the ways this table writes them.
    pub(super) fn day(&self, text: &str, from_1904: bool) -> Read {
        let mut found = Read::Form;
        for format in &self.dates {
            match format.read(text, from_1904) {
                Read::Day(day) => return Read::Day(day),
                Read::NoSuchDay => found = Read::NoSuchDay,
                Read::Form => {}
            }
        }
        found
    }

    /// The names of these ways.
    pub(super) fn date_names(&self) -> String {
        self.dates.iter().map(|f| f.name()).collect::<Vec<_>>().join("` or `")
    }

    /// Whether numbers may be days.
    pub(super) fn takes_day_numbers(&self) -> bool {
        self.dates.iter().any(|f| f.is_serial())
    }

    /// Where `header` is stated; `from` when it is not.
    pub(super) fn header_place(&self) -> Span {
        self.header_view.unwrap_or(self.from).span()
    }
}

/// Reads an entry; `None` when it cannot be used, which has been told.
pub(super) fn read<'s>(
    entry: View<'s>,
    fields: &Fields<'_>,
    library: &Library,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Mapping<'s>> {
    const PLACE: &str = "an entry of `tables`";
    let keys =
        ["kind", "from", "columns", "date-format", "delimiter", "booleans", "terms", "sheet", "header", "skip", "id-prefix"];
    let [kind, from, columns, dates, delimiter, booleans, terms, sheet, header_view, skip, id_prefix] =
        fixed(entry, keys, PLACE, diagnostics);
    for (value, key) in [(kind, "kind"), (from, "from"), (columns, "columns")] {
        if value.is_none() {
            diagnostics.push(errors::missing_key(first_line(entry), key, PLACE));
        }
    }
    let kind = kind.and_then(|v| {
        let found = v.text().and_then(|t| fields.kinds.get(t)).copied();
        if found.is_none() {
            diagnostics.push(errors::no_such_kind(v, &fields.kind_names()));
        }
        found
    });
    let path = from.and_then(|v| {
        let written = v.text().unwrap_or("");
        let path = relative_path(written);
        if let Err(error) = &path {
            diagnostics.push(crate::evidence::errors::files::path(v.span(), written, *error));
        }
        path.ok()
    });
    let dates = dates.map_or_else(|| Some(vec![DateFormat::USUAL]), |v| date_formats(v, diagnostics));
    let delimiter = delimiter.map_or(Some(b','), |v| match v.text() {
        Some(",") => Some(b','),
        Some(";") => Some(b';'),
        Some("|") => Some(b'|'),
        Some("tab" | "\t" | "\\t") => Some(b'\t'),
        _ => {
            diagnostics.push(values::not_one_of(v, "delimiter", &[",", ";", "|", "tab"]));
            None
        }
    });
    let booleans = words(booleans, diagnostics);
    let terms = terms.filter(|t| is_record(*t, "terms", diagnostics));
    let columns = columns.filter(|c| is_record(*c, "columns", diagnostics));
    let columns = match (columns, kind) {
        (Some(columns), Some(kind)) => mapped(columns, terms, kind, fields, library, diagnostics),
        _ => Vec::new(),
    };
    for (value, key) in [(sheet, "sheet"), (id_prefix, "id-prefix")] {
        if let Some(value) = value.filter(|v| v.text().is_none_or(str::is_empty)) {
            diagnostics.push(values::not_text(value, key));
        }
    }
    let header = header_view.map(|v| {
        let rows = v.text().and_then(rows);
        if rows.is_none() {
            diagnostics.push(tables::not_rows(v));
        }
        rows
    });
    let skip = skip.filter(|v| {
        if !v.is_sequence() {
            diagnostics.push(values::not_a_list(*v, "skip"));
        }
        v.is_sequence()
    });
    Some(Mapping {
        kind: kind?,
        path: path?,
        from: from?,
        columns,
        dates: dates?,
        delimiter: delimiter?,
        booleans,
        sheet,
        header: header.map_or(Some(None), |rows| rows.map(Some))?,
        header_view,
        skip: skip.into_iter().flat_map(View::elements).filter_map(View::text).collect(),
        id_prefix: id_prefix.and_then(View::text),
    })
}

/// `date-format`, or a list of them.
fn date_formats(written: View<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<DateFormat>> {
    let each: Vec<View<'_>> = if written.is_sequence() { written.elements().collect() } else { vec![written] };
    let mut formats: Vec<DateFormat> = Vec::new();
    for value in each {
        match value.text().and_then(DateFormat::named) {
            Some(format) if format.swapped().is_some_and(|swapped| formats.contains(&swapped)) => {
                diagnostics.push(tables::two_orders(value, format.name()));
                return None;
            }
            Some(format) => formats.push(format),
            None => {
                diagnostics.push(values::not_one_of(value, "date-format", &DateFormat::names()));
                return None;
            }
        }
    }
    Some(formats)
}

/// `4`, or `3-4`.
fn rows(text: &str) -> Option<(u32, u32)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let number = |text: &str| text.trim().parse::<u32>().ok().filter(|n| (1..=1_048_576).contains(n));
    let (first, last) = (number(first)?, number(last)?);
    (first <= last && last - first < 10).then_some((first, last))
}

fn is_record(value: View<'_>, name: &str, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let good = value.is_mapping();
    if !good {
        diagnostics.push(values::not_a_record(value, name));
    }
    good
}

fn mapped<'s>(
    columns: View<'s>,
    terms: Option<View<'s>>,
    kind: KindId,
    fields: &Fields<'_>,
    library: &Library,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Mapped<'s>> {
    let flat = &fields.keys[fields.flat[kind.0 as usize] as usize];
    let shape = library.table_of(kind);
    let known = fields.names(fields.flat[kind.0 as usize]);
    let mut found: Vec<Mapped<'s>> = Vec::new();
    for (key, header) in columns.pairs() {
        let Some(field) = key.text() else { continue };
        match flat.get(field) {
            Some(Target::Column(column)) => {
                if header.text().is_none_or(str::is_empty) {
                    diagnostics.push(values::not_text(header, field));
                    continue;
                }
                let of = shape.columns[*column as usize].of;
                found.push(Mapped { field, of, header, terms: Vec::new() });
            }
            Some(Target::List(_)) => diagnostics.push(tables::list_column(key, field)),
            Some(Target::Record(_) | Target::Kind | Target::Facts | Target::Attachments) | None => {
                diagnostics.push(errors::no_such_field(key, &library.kind(kind).name, &known));
            }
        }
    }
    for (key, words) in terms.into_iter().flat_map(View::pairs) {
        let field = key.text().unwrap_or("");
        let Some(column) = found.iter_mut().find(|c| c.field == field) else {
            let mapped: Vec<&str> = found.iter().map(|c| c.field).collect();
            diagnostics.push(errors::no_such_key(key, "`terms`, which is about mapped columns", &mapped));
            continue;
        };
        if !is_record(words, field, diagnostics) {
            continue;
        }
        let Scalar::Term(vocabulary) = column.of else {
            diagnostics.push(tables::not_a_vocabulary(key, field));
            continue;
        };
        for (word, term) in words.pairs() {
            let text = term.text().unwrap_or("");
            if fields.terms[vocabulary.0 as usize].contains_key(text) {
                column.terms.extend(word.text().map(|w| (w, text)));
            } else {
                let known = fields.term_names(vocabulary);
                let name = &library.vocabulary(vocabulary).name;
                diagnostics.push(values::no_such_term(term.span(), text, field, name, &known));
            }
        }
    }
    found
}

/// `booleans: { yes: […], no: […] }`
fn words(written: Option<View<'_>>, diagnostics: &mut Vec<Diagnostic>) -> Booleans {
    let own = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect();
    let mut booleans = Booleans { yes: own(&["yes", "true", "y", "1"]), no: own(&["no", "false", "n", "0"]) };
    let Some(written) = written.filter(|w| is_record(*w, "booleans", diagnostics)) else { return booleans };
    let [yes, no] = fixed(written, ["yes", "no"], "`booleans`", diagnostics);
    for (value, words, name) in [(yes, &mut booleans.yes, "yes"), (no, &mut booleans.no, "no")] {
        let Some(value) = value else { continue };
        if value.is_sequence() {
            *words = value.elements().filter_map(View::text).map(str::to_lowercase).collect();
        } else {
            diagnostics.push(values::not_a_list(value, name));
        }
    }
    if let (Some(place), Some(word)) = (no, booleans.yes.iter().find(|w| booleans.no.contains(w))) {
        diagnostics.push(tables::yes_and_no(place, word));
    }
    booleans
}
