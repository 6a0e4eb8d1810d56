//! An entry of `tables`: which file holds items of which kind, and which column is which field.

use super::dates::DateFormat;
use crate::diagnostics::Diagnostic;
use crate::evidence::convert::item::first_line;
use crate::evidence::errors::{items as errors, tables, values};
use crate::evidence::fields::{Fields, Target};
use crate::evidence::folder::relative_path;
use crate::evidence::gather::fixed;
use crate::evidence::tree::View;
use crate::library::Library;
use crate::library::model::{KindId, Scalar};

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
    /// How dates are written.
    pub(super) dates: DateFormat,
    /// What stands between cells.
    pub(super) delimiter: u8,
    /// Yes and no.
    pub(super) booleans: Booleans,
}

/// Reads an entry; `None` when it cannot be used, which has been told.
pub(super) fn read<'s>(
    entry: View<'s>,
    fields: &Fields<'_>,
    library: &Library,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Mapping<'s>> {
    const PLACE: &str = "an entry of `tables`";
    let keys = ["kind", "from", "columns", "date-format", "delimiter", "booleans", "terms"];
    let [kind, from, columns, dates, delimiter, booleans, terms] = fixed(entry, keys, PLACE, diagnostics);
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
    let dates = dates.map_or(Some(DateFormat::YearFirst), |v| {
        let format = v.text().and_then(DateFormat::named);
        if format.is_none() {
            diagnostics.push(values::not_one_of(v, "date-format", &DateFormat::NAMES));
        }
        format
    });
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
    Some(Mapping { kind: kind?, path: path?, from: from?, columns, dates: dates?, delimiter: delimiter?, booleans })
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
