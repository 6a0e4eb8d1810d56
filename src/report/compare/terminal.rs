//! For a person at a terminal.

use super::told;
use crate::assess::Turn;
use crate::compare::{Changed, Comparison};
use crate::diagnostics::render::clean;
use crate::diagnostics::render::paint::{Tone, paragraph};
use crate::report::terminal::heading;
use crate::report::{Style, marks};

/// Writes the comparison.
pub(super) fn render(comparison: &Comparison<'_>, style: Style, out: &mut String) {
    let look = style.look();
    paragraph(out, look, 0, (Tone::Strong, "before: "), &told::side(comparison.old));
    paragraph(out, look, 0, (Tone::Strong, "after:  "), &told::side(comparison.new));
    out.push('\n');
    paragraph(out, look, 2, (Tone::Plain, ""), &told::tally(comparison));
    for note in told::notes(comparison) {
        paragraph(out, look, 2, (Tone::Quiet, ""), &note);
    }
    changes(comparison, style, out);
    for (title, all) in [("Only in the new assessment", &comparison.added), ("Only in the old assessment", &comparison.removed)] {
        if !all.is_empty() {
            heading(out, look, title);
        }
        for (name, stand) in all {
            let mark = marks::verdict(stand.verdict);
            let line = format!("{} ({}): {}", clean::line(name), told::verdict(stand.verdict), clean::line(&stand.title));
            paragraph(out, look, 2, (mark.tone, &format!("{} ", mark.symbol(look.unicode))), &line);
        }
    }
}

/// What stands otherwise, worse first.
pub fn changes(comparison: &Comparison<'_>, style: Style, out: &mut String) {
    let look = style.look();
    let (arrow, bullet) = if look.unicode { ("→", "∙ ") } else { (">", "- ") };
    for (turn, title) in [(Turn::Worse, "Worse"), (Turn::Better, "Better"), (Turn::Other, "Changed")] {
        let these: Vec<_> = comparison.changed.iter().filter(|c| c.turn == turn).collect();
        if these.is_empty() {
            continue;
        }
        heading(out, look, title);
        for changed in these {
            let mark = marks::verdict(changed.new.verdict);
            let tone = if turn == Turn::Better { Tone::Good } else { mark.tone };
            let verdicts = told::verdict(changed.new.verdict);
            let verdicts = match changed.is_verdict() {
                true => format!("{} {arrow} {verdicts}", told::verdict(changed.old.verdict)),
                false => format!("{verdicts}, {}", told::verb(changed)),
            };
            let line = format!("{} ({}): {verdicts}", clean::line(changed.name), clean::line(&changed.new.severity));
            paragraph(out, look, 2, (tone, &format!("{} ", mark.symbol(look.unicode))), &line);
            paragraph(out, look, 4, (Tone::Plain, ""), &clean::line(&changed.new.title));
            for why in told::why(comparison, changed) {
                paragraph(out, look, 4, (Tone::Quiet, bullet), &why);
            }
        }
    }
}

/// What stands otherwise in one line, its columns separated by tabs.
#[must_use]
pub fn line(comparison: &Comparison<'_>, changed: &Changed<'_>) -> String {
    let why = told::why(comparison, changed).join(" ");
    format!(
        "{}\t{}\t{}\t{}\t{}\t{}\n",
        told::verb(changed),
        clean::line(changed.name),
        clean::line(&changed.new.severity),
        told::verdict(changed.old.verdict),
        told::verdict(changed.new.verdict),
        if why.is_empty() { "-" } else { &why }
    )
}
