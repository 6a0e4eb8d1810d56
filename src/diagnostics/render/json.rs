//! For programs: one object with all diagnostics. Lines and columns are from 1, columns in characters; of a sheet they are row and
//! column, and `cell` is its address.

use serde_json::{Value, json};

use super::Style;
use crate::base::{Sources, Span};
use crate::diagnostics::{Diagnostic, Label, Severity};

/// All diagnostics as one JSON object, pretty-printed.
#[must_use]
pub fn json(diagnostics: &[Diagnostic], sources: &Sources, _style: Style) -> String {
    format!("{:#}\n", json_value(diagnostics, sources))
}

/// All diagnostics as one JSON object, to stand in another.
#[must_use]
pub fn json_value(diagnostics: &[Diagnostic], sources: &Sources) -> Value {
    let errors = diagnostics.iter().filter(|d| d.severity() == Severity::Error).count();
    let all: Vec<Value> = diagnostics
        .iter()
        .map(|d| {
            json!({
                "code": d.code.name(),
                "severity": d.severity().word(),
                "message": d.message,
                "place": d.at.as_ref().map(|l| label(l, sources)),
                "also": d.also.iter().map(|l| label(l, sources)).collect::<Vec<_>>(),
                "note": d.note,
                "help": d.help,
            })
        })
        .collect();
    json!({ "diagnostics": all, "errors": errors, "warnings": diagnostics.len() - errors })
}

fn label(label: &Label, sources: &Sources) -> Value {
    let Span { start, end, .. } = label.span;
    let Some(source) = sources.get(label.span.file) else { return Value::Null };
    let (from, to) = (source.place(start), source.place(end));
    let mut place = json!({
        "file": source.name(),
        "line": from.line,
        "column": from.column,
        "end_line": to.line,
        "end_column": to.column,
        "label": label.text,
    });
    if source.sheet_name().is_some() {
        place["cell"] = json!(source.address(start));
    }
    place
}
