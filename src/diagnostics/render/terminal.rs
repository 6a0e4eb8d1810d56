//! For a person at a terminal: the text with the place underlined, why it matters, what to do.

use super::paint::{Tone, paint, paragraph};
use super::snippet::{Drawer, Gravity, Heading, Mark};
use super::{Style, clean, summary};
use crate::base::Sources;
use crate::diagnostics::{Diagnostic, Severity};

/// All diagnostics in the order given, then how many there are.
#[must_use]
pub fn terminal(diagnostics: &[Diagnostic], sources: &Sources, style: Style) -> String {
    let mut out = String::new();
    let mut drawer = Drawer::new(style);
    for diagnostic in diagnostics {
        one(&mut out, &mut drawer, diagnostic, sources, style);
        out.push('\n');
    }
    if let Some(summary) = summary(diagnostics) {
        out.push_str(&paint(style, Tone::Strong, &summary));
        out.push('\n');
    }
    out
}

fn one(out: &mut String, drawer: &mut Drawer, diagnostic: &Diagnostic, sources: &Sources, style: Style) {
    let severity = diagnostic.severity();
    let gravity = match severity {
        Severity::Error => Gravity::Error,
        Severity::Warning => Gravity::Warning,
    };
    let code = format!("{}[{}]", severity.word(), diagnostic.code);
    let message = clean::line(&diagnostic.message);
    let mark = |label: &crate::diagnostics::Label, primary| Mark { sources, span: label.span, text: label.text.clone(), primary };
    let marks: Vec<_> =
        diagnostic.at.iter().map(|l| mark(l, true)).chain(diagnostic.also.iter().map(|l| mark(l, false))).collect();
    drawer.draw(out, &Heading { code: Some(&code), message: &message, gravity, symbol: None }, &marks);
    for (head, text) in [("note: ", &diagnostic.note), ("help: ", &diagnostic.help)] {
        if let Some(text) = text {
            paragraph(out, style, 2, (Tone::Judge, head), &clean::line(text));
        }
    }
    paragraph(out, style, 2, (Tone::Quiet, "more: "), &format!("abide explain {}", diagnostic.code));
}
