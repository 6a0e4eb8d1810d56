//! For a screen reader: sentences, no boxes, no symbols, no colour.

use super::{Style, clean, summary};
use crate::base::{Sources, Span};
use crate::diagnostics::{Diagnostic, Label};

/// All diagnostics as sentences, how many there are first.
#[must_use]
pub fn narrated(diagnostics: &[Diagnostic], sources: &Sources, _style: Style) -> String {
    let mut out = String::new();
    if let Some(summary) = summary(diagnostics) {
        out.push_str(&format!("There are {summary}.\n"));
    }
    for (d, number) in diagnostics.iter().zip(1..) {
        out.push_str(&format!("\nNumber {number}, {} {}: {}.\n", d.severity().word(), d.code, spoken(&d.message)));
        if let Some(at) = &d.at {
            out.push_str(&place("It is", at, sources));
        }
        for also in &d.also {
            out.push_str(&place("See also", also, sources));
        }
        if let Some(note) = &d.note {
            out.push_str(&format!("Why it matters: {}\n", sentence(note)));
        }
        if let Some(help) = &d.help {
            out.push_str(&format!("What to do: {}\n", sentence(help)));
        }
        out.push_str(&format!("To read more, run: abide explain {}\n", d.code));
    }
    out
}

/// A text without marks that would be read aloud, and without its full stop.
fn spoken(text: &str) -> String {
    clean::line(text).replace('`', "").trim_end_matches('.').to_owned()
}

/// A text as a sentence.
fn sentence(text: &str) -> String {
    let text = spoken(text);
    if text.ends_with(['?', '!']) { text } else { text + "." }
}

fn place(head: &str, label: &Label, sources: &Sources) -> String {
    let Some(source) = sources.get(label.span.file) else { return String::new() };
    let place = clean::line(&source.spoken_address(label.span.start)).into_owned();
    let name = clean::line(source.name());
    let said = if label.text.is_empty() { String::new() } else { format!(": {}", spoken(&label.text)) };
    let text = first_line(sources, label.span);
    let reads = if text.is_empty() { String::new() } else { format!(" The text there reads: {text}.") };
    format!("{head} in file {name}, {place}{said}.{reads}\n")
}

fn first_line(sources: &Sources, span: Span) -> String {
    let text = sources.slice(span).lines().next().unwrap_or("");
    let short: String = text.chars().take(100).collect();
    clean::line(short.trim()).into_owned()
}
