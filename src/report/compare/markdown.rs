//! A document to hand over. Every text is escaped.

use super::told;
use crate::assess::Turn;
use crate::compare::Comparison;
use crate::report::markdown::escape;
use crate::report::{Style, marks};

/// Writes the comparison.
pub(super) fn render(comparison: &Comparison<'_>, _: Style, out: &mut String) {
    out.push_str("# Two assessments\n\n");
    out.push_str(&format!("- before: {}\n", escape(&told::side(comparison.old))));
    out.push_str(&format!("- after: {}\n\n", escape(&told::side(comparison.new))));
    out.push_str(&format!("{}.\n\n", escape(&told::tally(comparison))));
    for note in told::notes(comparison) {
        out.push_str(&format!("- {}\n", escape(&note)));
    }
    for (turn, title) in [(Turn::Worse, "Worse"), (Turn::Better, "Better"), (Turn::Other, "Changed")] {
        let these: Vec<_> = comparison.changed.iter().filter(|c| c.turn == turn).collect();
        if these.is_empty() {
            continue;
        }
        out.push_str(&format!("\n## {title}\n\n| before | after | severity | requirement | why |\n|---|---|---|---|---|\n"));
        for changed in these {
            let said = |v| format!("{} {}", marks::verdict(v).symbol(true), told::verdict(v));
            out.push_str(&format!(
                "| {} | {} | {} | {} ({}) | {} |\n",
                said(changed.old.verdict),
                said(changed.new.verdict),
                escape(&changed.new.severity),
                escape(&changed.new.title),
                escape(changed.name),
                escape(&told::why(comparison, changed).join(" ")),
            ));
        }
    }
    for (title, all) in [("Only in the new assessment", &comparison.added), ("Only in the old assessment", &comparison.removed)] {
        if all.is_empty() {
            continue;
        }
        out.push_str(&format!("\n## {title}\n\n"));
        for (name, stand) in all {
            let symbol = marks::verdict(stand.verdict).symbol(true);
            out.push_str(&format!("- {symbol} {}: {} ({})\n", told::verdict(stand.verdict), escape(&stand.title), escape(name)));
        }
    }
}
