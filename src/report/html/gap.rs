//! One gap: what is wrong, what to do, both places as they are written, the law as it reads, and every step on request.

use super::super::explain::{Part, cited};
use super::super::markup::Html;
use super::super::terminal::{full_stop, verdict_words};
use super::super::{Context, detail, marks, summary};
use super::{Gap, Page, chain, classed, excerpt, folded, marked, prose};
use crate::library::model::ProvisionId;

/// Draws the gap.
pub(super) fn render(h: &mut Html, page: &Page<'_>, gap: &Gap<'_>) {
    let components = page.component_names(gap.requirement);
    let filtered = page.filtered(gap.requirement, gap.outcome.verdict, &components);
    let attributes: Vec<_> = [("class", "gap")].into_iter().chain(filtered).collect();
    h.around("li", &attributes, |h| {
        folded(
            h,
            &[],
            |h| head(h, gap),
            |h| {
                // A place inside what is folded is unfolded by the browser when a link leads to it.
                h.around("div", &[("class", "inside"), ("id", &gap.requirement.name)], |h| inside(h, page, gap));
            },
        );
    });
}

fn head(h: &mut Html, gap: &Gap<'_>) {
    classed(h, "span", "number", &gap.number.to_string());
    h.text(" ");
    marked(h, marks::verdict(gap.outcome.verdict), &verdict_words(gap.outcome));
    h.text(" ");
    let severity = marks::severity(gap.requirement.severity);
    classed(h, "span", &format!("severity {severity}"), severity);
    h.text(" ");
    h.inline("h3", &[], |h| h.text(&gap.requirement.title));
    h.text(" ");
    classed(h, "span", "name", &gap.requirement.name);
}

fn inside(h: &mut Html, page: &Page<'_>, gap: &Gap<'_>) {
    let ctx = page.ctx;
    h.block("p", &[("class", "shows")], |h| {
        shows(h, ctx, gap);
        h.inline("a", &[("href", &format!("#{}", super::super::markup::in_address(&gap.requirement.name)))], |h| {
            h.text("Link to this gap");
            h.inline("span", &[("class", "unseen")], |h| h.text(&format!(": {}", gap.requirement.name)));
        });
    });
    gap.parts.iter().for_each(|p| part(h, ctx, p));
    let provisions = cited(ctx, gap.requirement);
    if !provisions.is_empty() {
        h.block("h4", &[], |h| h.text("As it reads on the day"));
        provisions.iter().for_each(|id| provision(h, ctx, *id));
    }
    if let Some(class) = gap.outcome.verdict.may_suggest() {
        h.block("p", &[("class", "class")], |h| h.text(&format!("May suggest: {class}. A person decides.")));
    }
    chain::render(h, ctx, gap.requirement, gap.outcome);
}

/// Which components and levels it counts for.
fn shows(h: &mut Html, ctx: &Context<'_>, gap: &Gap<'_>) {
    for shown in &gap.requirement.shows {
        let component = &ctx.library.strategic(shown.component).title;
        h.inline("span", &[], |h| h.text(&format!("{component}, {}. ", marks::level_word(shown.level))));
    }
}

fn part(h: &mut Html, ctx: &Context<'_>, part: &Part) {
    h.around("div", &[("class", "part")], |h| {
        h.block("h4", &[], |h| {
            h.inline(
                "span",
                &[("class", &format!("mark {}", super::tone(marks::verdict(part.verdict).tone))), ("aria-hidden", "true")],
                |h| {
                    h.text(marks::verdict(part.verdict).symbol(true));
                },
            );
            h.text(" ");
            if !part.name.is_empty() {
                classed(h, "span", "clause", &part.name);
                h.text(": ");
            }
            h.text(&part.title);
        });
        found(h, ctx, part);
        for remedy in &part.remedies {
            h.block("p", &[("class", "todo")], |h| {
                h.inline("strong", &[], |h| h.text("To do"));
                h.text(" ");
                prose(h, remedy);
            });
        }
        if let Some(guidance) = &part.guidance {
            h.block("p", &[("class", "learn")], |h| {
                h.text("To learn how: ");
                h.outside(guidance);
            });
        }
        h.around("div", &[("class", "ends")], |h| {
            excerpt::render(h, "The rule", &ctx.library.sources, part.rule.0, &part.rule.1);
            if let Some((span, text)) = &part.evidence {
                excerpt::render(h, "The evidence", &ctx.bundle.sources, *span, text);
            }
            for (span, text) in detail::places(ctx, part) {
                excerpt::render(h, "The evidence", &ctx.bundle.sources, span, &text);
            }
        });
    });
}

fn found(h: &mut Html, ctx: &Context<'_>, part: &Part) {
    h.around("ul", &[("class", "found")], |h| {
        for point in &part.points {
            h.block("li", &[], |h| {
                prose(h, &full_stop(&point.text));
                let because: Vec<_> = point.because.iter().filter(|s| !point.text.ends_with(&s.text)).collect();
                if because.is_empty() {
                    return;
                }
                h.around("ul", &[], |h| {
                    for said in because {
                        h.block("li", &[], |h| {
                            prose(h, &said.text);
                            if let Some(place) = said.at.and_then(|at| summary::voice(ctx).where_is(at)) {
                                h.text(" ");
                                h.name(&place);
                            }
                        });
                    }
                });
            });
        }
        if part.more > 0 {
            h.block("li", &[], |h| h.text(&format!("and {} more", part.more)));
        }
    });
}

fn provision(h: &mut Html, ctx: &Context<'_>, id: ProvisionId) {
    let said = detail::provision(ctx, id);
    h.around("div", &[("class", "law")], |h| {
        h.block("p", &[("class", "cited")], |h| {
            h.inline("strong", &[], |h| h.text(if said.is_law { "Law" } else { "Guidance" }));
            h.text(" ");
            h.text(&said.cited);
        });
        h.block("p", &[], |h| h.text(&said.reads));
        if let Some(url) = &said.url {
            h.block("p", &[("class", "source")], |h| h.outside(url));
        }
    });
}
