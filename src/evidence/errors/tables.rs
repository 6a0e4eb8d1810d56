//! About tables.

use super::{listed, shown};
use crate::base::{Date, Span, nearest};
use crate::diagnostics::{Code, Diagnostic, catalog::evidence as code};
use crate::evidence::tree::View;
use crate::sheet::DateFormat;

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

/// More errors than anyone reads; the place is that of the first of them.
pub(in crate::evidence) fn and_more(at: Span, count: usize) -> Diagnostic {
    let what = if count == 1 { "cell or row" } else { "cells or rows" };
    Diagnostic::new(code::TABLE_ROW, at, format!("{count} more {what} of this table cannot be read"))
        .label("and from here on")
        .help("check the `delimiter`, the `date-format`, the `terms` and the columns stated for this table")
}

/// More warnings than anyone reads; the place is that of the first of them.
pub(in crate::evidence) fn and_more_warnings(code: Code, at: Span, count: usize) -> Diagnostic {
    let what = if count == 1 { "warning" } else { "warnings" };
    Diagnostic::new(code, at, format!("there {} {count} more {what} about this table", if count == 1 { "is" } else { "are" }))
        .label("and from here on")
}

/// Rows stated for headings that hold nothing.
pub(in crate::evidence) fn empty_header(at: Span, first: u32, last: u32) -> Diagnostic {
    let rows = if first == last { format!("row {first} is") } else { format!("rows {first} to {last} are") };
    Diagnostic::new(code::TABLE_COLUMN, at, format!("{rows} empty, so the table has no header"))
        .label("nothing stands there")
        .help("state the row (or rows, `3-4`) in which the names of the columns stand, counted as the spreadsheet counts them")
}

/// `header` that names no rows.
pub(in crate::evidence) fn not_rows(value: View<'_>) -> Diagnostic {
    Diagnostic::new(code::TABLE_COLUMN, value.span(), "`header` is a row, or the first and the last row of the headings")
        .label("no rows")
        .help("write `4`, or `3-4`; there may be ten of them")
}

/// Two ways of writing dates that cannot be told apart.
pub(in crate::evidence) fn two_orders(value: View<'_>, format: &str) -> Diagnostic {
    Diagnostic::new(code::TABLE_COLUMN, value.span(), format!("`{format}` cannot be told from the form before it"))
        .label("day and month the other way round")
        .note("03/02/2019 is two different days")
        .help("state the one that this table uses; where it uses both, mend the table")
}

/// A sheet that the workbook does not have, or none named where there are several.
pub(in crate::evidence) fn no_such_sheet(at: Span, wanted: Option<&str>, path: &str, tabs: &[String]) -> Diagnostic {
    let known = listed(tabs.iter().map(String::as_str));
    let path = shown(path);
    match wanted {
        Some(wanted) => {
            let message = format!("the workbook `{path}` has no sheet `{}`", shown(wanted));
            let diagnostic = Diagnostic::new(code::NO_SUCH_SHEET, at, message).label("no such sheet");
            match nearest(wanted, tabs.iter().map(String::as_str)) {
                Some(near) => diagnostic.did_you_mean(Some(near)),
                None => diagnostic.help(format!("its sheets are {known}")),
            }
        }
        None if tabs.is_empty() => {
            Diagnostic::new(code::NO_SUCH_SHEET, at, format!("the workbook `{path}` has no sheet with cells"))
                .label("only charts or macros")
                .help("name a workbook whose sheets hold cells")
        }
        None => Diagnostic::new(code::NO_SUCH_SHEET, at, format!("the workbook `{path}` has {} sheets", tabs.len()))
            .label("which of them is meant?")
            .help(format!("state `sheet`: {known}")),
    }
}

/// A cell that holds an error.
pub(in crate::evidence) fn cell_error(at: Span, text: &str, field: &str) -> Diagnostic {
    Diagnostic::new(code::CELL_ERROR, at, format!("`{field}` is not stated: the cell holds the error `{}`", shown(text)))
        .label("an error, not a value")
        .note("a value that a spreadsheet could not work out is not known")
        .help("mend the formula in the spreadsheet, or write the value itself")
}

/// A formula that was never worked out.
pub(in crate::evidence) fn uncalculated(at: Span, field: &str) -> Diagnostic {
    Diagnostic::new(code::CELL_ERROR, at, format!("`{field}` is not stated: the cell holds a formula without its result"))
        .label("never worked out")
        .note("results are kept in the file by the program that works them out; the one that wrote this file did not")
        .help("open the workbook in a spreadsheet program and save it, or write the value itself")
}

/// A number where a date should stand.
pub(in crate::evidence) fn day_number(at: Span, text: &str, field: &str, day: Option<Date>) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(code::WRONG_VALUE, at, format!("`{field}` is a date, and the cell holds the number `{}`", shown(text)))
            .label("a number");
    match day {
        Some(day) => diagnostic.help(format!(
            "as the number of a day it is {day}: if that is meant, state `date-format: serial`, or give the cells a date format in the spreadsheet"
        )),
        None => diagnostic.help("write a date into the cell"),
    }
}

/// A date of another form than stated.
pub(in crate::evidence) fn date(at: Span, text: &str, field: &str, format: &str) -> Diagnostic {
    Diagnostic::new(
        code::WRONG_VALUE,
        at,
        format!("`{field}` is a date, and `{}` is not one of the form `{format}`", shown(text)),
    )
    .label(format!("not of the form `{format}`"))
    .help(format!("state the form this table uses as `date-format`: {}", listed(DateFormat::names())))
}

/// A word that means neither yes nor no.
pub(in crate::evidence) fn boolean(at: Span, text: &str, field: &str) -> Diagnostic {
    Diagnostic::new(code::WRONG_VALUE, at, format!("`{field}` is yes or no, and `{}` is neither", shown(text)))
        .label("neither yes nor no")
        .help("state the words of this table: `booleans: { yes: [\u{2026}], no: [\u{2026}] }`")
}
