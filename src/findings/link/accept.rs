//! Writes a link into the text of a register: the one line, and every other byte stays as it is.

use crate::base::{Span, Spanned};
use crate::findings::{Field, Finding};

/// Why a link could not be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotWritten {
    /// The finding says nothing that a link could stand beside.
    NoProse,
    /// The record is written in a way that one line cannot be added to.
    Form,
}

/// The text of the file that the finding stands in, with `provision: NAME` in its record. A provision that stands there already is replaced.
///
/// # Errors
/// When the record has no `found`, or is written in a way this cannot add to. Whoever writes the file reads it again to be sure.
pub fn accept(text: &str, finding: &Finding, name: &str) -> Result<String, NotWritten> {
    if let Some(span) = finding.provision.span() {
        return splice(text, span.start as usize, span.end as usize, &quoted_like(text, span, name));
    }
    let Field::Stated(Spanned { span, .. }) = &finding.found else { return Err(NotWritten::NoProse) };
    let key = key_before(text, *span).ok_or(NotWritten::Form)?;
    let before = text.get(..key.start).ok_or(NotWritten::Form)?;
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let lead = before.get(line..).unwrap_or("");
    let starts_line = lead.trim_start_matches(['-', ' ']).is_empty();
    let added = if key.quoted {
        format!("\"provision\": \"{name}\", ")
    } else if starts_line {
        // Under a `- ` the other keys stand where this one does.
        format!("provision: {name}{}{}", line_break(text, key.start), " ".repeat(lead.chars().count()))
    } else {
        format!("provision: {name}, ")
    };
    splice(text, key.start, key.start, &added)
}

/// How the line at this place ends: a file keeps the line breaks it has.
fn line_break(text: &str, at: usize) -> &'static str {
    let rest = text.get(at..).unwrap_or("");
    let ends_with_return = |line: &str| line.ends_with('\r');
    let is = match rest.split_once('\n') {
        Some((line, _)) => ends_with_return(line),
        // The last line has no end of its own: the one before it has.
        None => text.get(..at).and_then(|before| before.rsplit_once('\n')).is_some_and(|(before, _)| ends_with_return(before)),
    };
    if is { "\r\n" } else { "\n" }
}

fn splice(text: &str, start: usize, end: usize, added: &str) -> Result<String, NotWritten> {
    match (text.get(..start), text.get(end..)) {
        (Some(before), Some(after)) => Ok([before, added, after].concat()),
        _ => Err(NotWritten::Form),
    }
}

/// The name in the quotes that stand around what it replaces.
fn quoted_like(text: &str, span: Span, name: &str) -> String {
    match text.as_bytes().get(span.start as usize) {
        Some(b'"') => format!("\"{name}\""),
        Some(b'\'') => format!("'{name}'"),
        _ => name.to_owned(),
    }
}

/// A key.
struct Key {
    start: usize,
    quoted: bool,
}

/// The key `found` of a value.
fn key_before(text: &str, value: Span) -> Option<Key> {
    let before = text.get(..value.start as usize)?;
    let at = before.rfind("found")?;
    let quote = before.as_bytes().get(at.wrapping_sub(1)).is_some_and(|b| matches!(b, b'"' | b'\''));
    let rest = before.get(at + "found".len()..)?.trim_start_matches(['"', '\'']).trim_start();
    // Between the key and its value stand a colon and perhaps how the text is folded.
    rest.starts_with(':').then(|| Key { start: at - usize::from(quote), quoted: quote })
}
