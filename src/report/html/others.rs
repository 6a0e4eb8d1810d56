//! Verdicts that are no gaps, in a line each; and what may not be relied on.

use super::super::explain::sentence;
use super::super::markup::Html;
use super::super::terminal::full_stop;
use super::super::voice::count;
use super::super::{Context, barred, marks};
use super::{Page, classed, folded, marked, prose};
use crate::assess::{Outcome, Verdict};

/// Draws a table for each verdict.
pub(super) fn render(h: &mut Html, page: &Page<'_>) {
    for verdict in [Verdict::Met, Verdict::NotApplicable, Verdict::Sealed] {
        let outcomes: Vec<_> = page.ctx.assessment.outcomes.iter().filter(|o| o.verdict == verdict).collect();
        if outcomes.is_empty() {
            continue;
        }
        let summary = |h: &mut Html| {
            h.inline("h3", &[], |h| marked(h, marks::verdict(verdict), verdict.words()));
            h.text(" ");
            h.inline("span", &[("class", "amount"), ("data-shown", "")], |h| h.text(&count(outcomes.len(), "requirement")));
        };
        folded(h, &[("class", "group")], summary, |h| table(h, page, verdict, &outcomes));
    }
    let n = page.ctx.assessment.outcomes.len() - page.gaps.len();
    if n == 0 {
        h.paragraph("Every requirement that is shown here is a gap.");
    }
}

fn table(h: &mut Html, page: &Page<'_>, verdict: Verdict, outcomes: &[&Outcome]) {
    let met = verdict == Verdict::Met;
    let last = if met { "Rests on" } else { "Why" };
    h.table(&format!("Requirements: {}", verdict.words()), &["Requirement", "Severity", "Shows", last], |h| {
        for outcome in outcomes {
            let requirement = page.ctx.library.requirement(outcome.requirement);
            let components = page.component_names(requirement);
            let filtered = page.filtered(requirement, verdict, &components);
            let attributes: Vec<_> = [("id", requirement.name.as_str())].into_iter().chain(filtered).collect();
            h.block("tr", &attributes, |h| {
                h.row_head(|h| {
                    h.text(&requirement.title);
                    h.text(" ");
                    h.name(&requirement.name);
                });
                h.cell(|h| h.text(marks::severity(requirement.severity)));
                h.cell(|h| {
                    h.commas(&requirement.shows, |h, s| {
                        h.text(&format!("{} {}", page.ctx.library.strategic(s.component).title, marks::level_word(s.level)));
                    });
                });
                h.cell(|h| match (met, outcome.basis) {
                    (false, _) => prose(h, &full_stop(&sentence(page.ctx, outcome, &[]))),
                    (true, Some(basis)) => h.text(marks::basis_words(basis)),
                    (true, None) => h.text("no provision of its own"),
                });
            });
        }
    });
}

/// Draws the table of what may not be relied on.
pub(super) fn barred(h: &mut Html, ctx: &Context<'_>) {
    h.table("What is barred or in doubt", &["Item", "Because", "Policy", "Where"], |h| {
        for line in barred::lines(ctx) {
            h.block("tr", &[], |h| {
                h.row_head(|h| {
                    let mark = if line.sure { marks::NOT_MET } else { marks::OPEN };
                    marked(h, mark, if line.sure { "barred" } else { "in doubt" });
                    h.text(" ");
                    prose(h, &line.what);
                });
                h.cell(|h| prose(h, &full_stop(&line.because)));
                h.cell(|h| h.name(&line.policy));
                h.cell(|h| line.places.iter().for_each(|place| classed(h, "small", "place", place)));
            });
        }
    });
}
