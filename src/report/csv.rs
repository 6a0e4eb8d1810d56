//! A table for spreadsheets and scripts (RFC 4180): a row for each requirement, then one of the verdict `withheld` when an audience does not see
//! everything.
//!
//! Where a cell says several things, each has a line of its own in it.
//! A spreadsheet takes a cell that begins like a formula for one, whoever wrote it. Such a cell gets an apostrophe in front, which spreadsheets
//! know as "this is text". To add a column: a name in [`COLUMNS`], its cell in [`render`].

use super::rows::row;
use super::{Context, own, summary};
use crate::diagnostics::render::clean;

const COLUMNS: [&str; 20] = [
    "entity",
    "assessed on",
    "requirement",
    "title",
    "verdict",
    "reason",
    "severity",
    "shows",
    "provisions",
    "basis",
    "may suggest",
    "why",
    "to do",
    "evidence",
    "own status",
    "own evidence",
    "own view of the gap",
    "action",
    "owner",
    "target date",
];

/// Writes the report.
pub(super) fn render(ctx: &Context<'_>, out: &mut String) {
    line(out, &COLUMNS.map(str::to_owned));
    let entity = clean::line(&ctx.bundle.entity.id);
    let date = ctx.assessment.date.to_string();
    for outcome in &ctx.assessment.outcomes {
        let row = row(ctx, outcome);
        let [claim, own_evidence, own_gap, action, owner, target] = own::cells(ctx, outcome);
        line(
            out,
            &[
                entity.clone().into_owned(),
                date.clone(),
                row.name(),
                row.title(),
                row.verdict.words().to_owned(),
                row.reason().to_owned(),
                row.severity().to_owned(),
                row.shows(ctx),
                row.provisions(ctx),
                row.basis().to_owned(),
                row.verdict.may_suggest().unwrap_or_default().to_owned(),
                row.why.clone(),
                row.to_do.join("\n"),
                row.places.join("; "),
                claim,
                own_evidence,
                own_gap,
                action,
                owner,
                target,
            ],
        );
    }
    if ctx.withheld.is_some() {
        let mut cells = COLUMNS.map(|_| String::new());
        let said = summary::withheld(ctx).join(" ");
        let filled = [(0, entity.into_owned()), (1, date), (4, "withheld".to_owned()), (11, said)];
        for (at, text) in filled {
            if let Some(cell) = cells.get_mut(at) {
                *cell = text;
            }
        }
        line(out, &cells);
    }
}

fn line(out: &mut String, cells: &[String]) {
    for (i, cell) in cells.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        out.push_str(&field(cell));
    }
    out.push_str("\r\n");
}

/// A cell as it is written: harmless, and in quotes where the form or a spreadsheet asks for them.
fn field(text: &str) -> String {
    let text = harmless(text);
    let quotes = text.contains([',', ';', '"', '\r', '\n', '\t']) || text.starts_with(' ') || text.ends_with(' ');
    if quotes { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// Text that no spreadsheet takes for a formula.
pub(super) fn harmless(text: &str) -> String {
    if formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// Whether a spreadsheet may take a text for a formula: those signs, also in full width, also behind blanks, and what separates cells.
pub(super) fn formula(text: &str) -> bool {
    let first = text.trim_start_matches([' ', '\u{a0}', '\u{3000}']).chars().next();
    let sign = |c| matches!(c, '=' | '+' | '-' | '@' | '|' | '%' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠' | '−');
    first.is_some_and(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_text() {
        for hostile in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "\u{a0}=1", "|cmd"] {
            let written = field(hostile);
            assert!(written.trim_start_matches('"').starts_with('\''), "{hostile:?} is written {written:?}");
        }
        assert_eq!(field("Felix = 3"), "Felix = 3");
        assert_eq!(field("a \"b\", c"), "\"a \"\"b\"\", c\"");
    }
}
