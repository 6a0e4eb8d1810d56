//! About CSV tables.

use super::{listed, shown};
use crate::base::{Span, nearest};
use crate::diagnostics::{Diagnostic, catalog::evidence as code};
use crate::evidence::tree::View;

/// A table without a header.
pub(in crate::evidence) fn no_header(at: Span, path: &str) -> Diagnostic {
    Diagnostic::new(code::TABLE_COLUMN, at, format!("the table `{}` is empty", shown(path)))
        .label("has no header")
        .help("write the names of the columns in its first row")
}

/// A mapped header that the table does not have.
pub(in crate::evidence) fn no_header_named(header: View<'_>, wanted: &str, known: &[&str], row: Span) -> Diagnostic {
    let diagnostic = Diagnostic::new(code::TABLE_COLUMN, header.span(), format!("the table has no column `{}`", shown(wanted)))
        .label("no such header")
        .also(row, "the header");
    match nearest(wanted, known.iter().copied()) {
        Some(near) => diagnostic.did_you_mean(Some(near)),
        None if known.len() == 1 && known.iter().any(|k| k.contains([';', '\t', '|', ','])) => {
            diagnostic.help("the header is a single cell: state the `delimiter` that stands between its columns")
        }
        None => diagnostic.help(format!("its columns are {}", listed(known.iter().copied()))),
    }
}

/// A mapped header that the table has twice.
pub(in crate::evidence) fn header_twice(at: Span, wanted: &str, stated: Span) -> Diagnostic {
    Diagnostic::new(code::TABLE_COLUMN, at, format!("the table has two columns `{}`", shown(wanted)))
        .label("the second one")
        .also(stated, "which of them is meant?")
        .help("rename one of them")
}

/// A list cannot be read from one column.
pub(in crate::evidence) fn list_column(key: View<'_>, field: &str) -> Diagnostic {
    Diagnostic::new(code::TABLE_COLUMN, key.span(), format!("`{}` is a list, and a column holds one value", shown(field)))
        .label("a list")
        .help("write these items in a YAML or JSON file")
}

/// Terms are stated for a field that is not of a vocabulary.
pub(in crate::evidence) fn not_a_vocabulary(key: View<'_>, field: &str) -> Diagnostic {
    Diagnostic::new(code::TABLE_COLUMN, key.span(), format!("`{}` is not of a vocabulary, so it has no terms", shown(field)))
        .label("no terms")
        .help("remove it; words for yes and no are stated under `booleans`")
}

/// A word means yes and no.
pub(in crate::evidence) fn yes_and_no(place: View<'_>, word: &str) -> Diagnostic {
    Diagnostic::new(code::TABLE_COLUMN, place.span(), format!("`{}` stands for yes and for no", shown(word)))
        .label("and for no")
        .help("remove it from one of the two lists")
}

/// A row with more or fewer cells than the header.
pub(in crate::evidence) fn ragged(at: Span, is: usize, wanted: usize, header: Span) -> Diagnostic {
    Diagnostic::new(code::TABLE_ROW, at, format!("this row has {is} cells, and the header has {wanted}"))
        .label("not as many as the header")
        .also(header, "the header")
        .help("put a cell that has the delimiter in it in quotes, or add the cells that are missing")
}

/// A quote that is never closed.
pub(in crate::evidence) fn open_quote(at: Span) -> Diagnostic {
    Diagnostic::new(code::TABLE_ROW, at, "this quote is never closed")
        .label("opens here")
        .help("close the quote; a quote inside a cell is written twice")
}

/// Something after a closing quote.
pub(in crate::evidence) fn after_quote(at: Span) -> Diagnostic {
    Diagnostic::new(code::TABLE_ROW, at, "something stands between a closing quote and the end of its cell")
        .label("closes here")
        .help("a quote inside a cell is written twice")
}

/// Too many rows.
pub(in crate::evidence) fn too_many_rows(at: Span, limit: usize) -> Diagnostic {
    Diagnostic::new(code::TOO_LARGE, at, format!("the table has more than {limit} rows"))
        .label("reading stopped here")
        .help("split the table")
}

/// More errors than anyone reads.
pub(in crate::evidence) fn and_more(at: Span, told: usize) -> Diagnostic {
    Diagnostic::new(code::TABLE_ROW, at, format!("more than {told} cells or rows of this table cannot be read"))
        .label("reading stopped here")
        .help("check the `delimiter`, the `date-format` and the columns stated for this table")
}

/// A date of another form than stated.
pub(in crate::evidence) fn date(at: Span, text: &str, field: &str, format: &str) -> Diagnostic {
    Diagnostic::new(
        code::WRONG_VALUE,
        at,
        format!("`{field}` is a date, and `{}` is not one of the form `{format}`", shown(text)),
    )
    .label(format!("not of the form `{format}`"))
    .help("state the form this table uses as `date-format`: `YYYY-MM-DD`, `DD/MM/YYYY`, `MM/DD/YYYY` or `D MMM YYYY`")
}

/// A word that means neither yes nor no.
pub(in crate::evidence) fn boolean(at: Span, text: &str, field: &str) -> Diagnostic {
    Diagnostic::new(code::WRONG_VALUE, at, format!("`{field}` is yes or no, and `{}` is neither", shown(text)))
        .label("neither yes nor no")
        .help("state the words of this table: `booleans: { yes: [\u{2026}], no: [\u{2026}] }`")
}
