//! What the board reads: whose report it is, how it stands, what matters most, what lapses next, and what it rests on. One page of paper.

use super::super::markup::Html;
use super::super::terminal::verdict_words;
use super::super::voice::count;
use super::super::{Context, marks, summary};
use super::chart::{self, Said};
use super::{Page, classed, marked, prose, tone};
use crate::assess::LevelOutcome;
use crate::library::model::StrategicId;

/// How many gaps and lapses the board sees.
const FIRST: usize = 5;

/// Who, what, when and for whom.
pub(super) fn banner(h: &mut Html, ctx: &Context<'_>) {
    h.around("header", &[], |h| {
        h.block("p", &[("class", "what")], |h| h.text("Gap analysis"));
        h.block("h1", &[], |h| h.text(&summary::entity_name(ctx)));
        let known = ctx.assessment.known_at.map_or_else(String::new, |d| format!(", as known on {}", d.long()));
        h.block("p", &[("class", "whose")], |h| h.text(&summary::entity_kind(ctx)));
        let items = count(ctx.bundle.items(ctx.library.kinds.len()) as usize, "item");
        let rules = count(ctx.library.requirements.len(), "requirement");
        h.block("p", &[("class", "from")], |h| {
            h.inline("strong", &[], |h| h.text(&format!("Assessed on {}{known}", ctx.assessment.date.long())));
            h.text(&format!(" · {rules} asked of {items} of evidence"));
        });
        if let Some(audience) = summary::audience(ctx) {
            h.block("p", &[("class", "audience")], |h| {
                h.inline("strong", &[], |h| h.text(&format!("{audience}.")));
                h.text(" What is withheld is counted under ");
                h.jump("_rests", "What this rests on");
                h.text(".");
            });
        }
    });
}

/// The board's page.
pub(super) fn render(h: &mut Html, page: &Page<'_>) {
    verdicts(h, page.ctx);
    components(h, page);
    h.around("div", &[("class", "pair")], |h| {
        h.around("div", &[], |h| gaps(h, page));
        h.around("div", &[], |h| {
            lapses(h, page);
            basis(h, page.ctx);
        });
    });
}

fn verdicts(h: &mut Html, ctx: &Context<'_>) {
    let tally = summary::tally(ctx);
    if tally.total() == 0 {
        h.paragraph("No requirement was assessed: nothing is shown.");
        return;
    }
    let counted = marks::COUNTED.map(|(at, mark, words)| (tally.verdicts[usize::from(at)], mark, words));
    let described: Vec<String> = counted.iter().map(|(n, _, words)| format!("{n} {}", marks::counted(*n, words))).collect();
    let said = Said { place: "_verdicts", title: "Verdicts", described: &described.join(", ") };
    chart::whole(h, &said, &counted.map(|(n, mark, _)| (n, tone(mark.tone))));
    h.around("dl", &[("class", "counts")], |h| {
        for (n, mark, words) in counted.iter().filter(|(n, ..)| *n > 0) {
            h.around("div", &[("class", tone(mark.tone))], |h| {
                h.block("dt", &[], |h| {
                    h.inline("span", &[("aria-hidden", "true"), ("class", "mark")], |h| h.text(mark.symbol(true)));
                    h.text(" ");
                    h.text(marks::counted(*n, words));
                });
                h.block("dd", &[], |h| h.text(&n.to_string()));
            });
        }
    });
}

fn components(h: &mut Html, page: &Page<'_>) {
    let ctx = page.ctx;
    if ctx.assessment.components.is_empty() {
        return;
    }
    h.block("h3", &[], |h| h.text("Components and their levels"));
    // On a phone it is laid out otherwise, and a browser might take it for no table any more.
    h.around("table", &[("class", "matrix"), ("role", "table")], |h| {
        h.block("caption", &[("class", "unseen")], |h| {
            h.text("For each component and level: how it stands, and how many of its requirements decide that");
        });
        h.around("thead", &[("role", "rowgroup")], |h| {
            h.block("tr", &[("role", "row")], |h| {
                for word in ["Component"].into_iter().chain(marks::LEVELS.map(|(_, word)| word)) {
                    h.inline("th", &[("scope", "col"), ("role", "columnheader")], |h| h.text(word));
                }
            });
        });
        h.around("tbody", &[("role", "rowgroup")], |h| {
            for outcome in &ctx.assessment.components {
                h.block("tr", &[("role", "row")], |h| {
                    h.inline("th", &[("scope", "row"), ("role", "rowheader")], |h| component(h, page, outcome.component));
                    outcome.levels.iter().for_each(|l| h.inline("td", &[("role", "cell")], |h| level(h, *l)));
                });
            }
        });
    });
    h.block("p", &[("class", "legend")], |h| {
        let legend = [
            (marks::MET, "shown"),
            (marks::NOT_MET, "not met"),
            (marks::OPEN, "not confirmed"),
            (marks::JUDGE, "awaits a judgement"),
        ];
        for (mark, words) in legend.into_iter().chain([(marks::NONE, "no requirement applies")]) {
            marked(h, mark, words);
            h.text(" ");
        }
    });
}

/// A component; its gaps are a click away where they are there.
fn component(h: &mut Html, page: &Page<'_>, id: StrategicId) {
    let component = page.ctx.library.strategic(id);
    if let Some(number) = component.number {
        classed(h, "span", "number", &number.to_string());
        h.text(" ");
    }
    if page.full() && !page.gaps.is_empty() {
        h.inline("a", &[("href", "#_gaps"), ("data-component", &component.name)], |h| h.text(&component.title));
    } else {
        h.text(&component.title);
    }
}

/// A level: the weakest of what its requirements came to, and how many of them came to that.
fn level(h: &mut Html, level: LevelOutcome) {
    let mark = marks::level(level);
    let (n, words) = match (level.total(), level.not_met, level.not_confirmed, level.needs_judgement) {
        (0, ..) => (0, "no requirement"),
        (_, 0, 0, 0) => (level.met, "shown"),
        (_, 0, 0, n) => (n, "judgement"),
        (_, 0, n, _) => (n, "not confirmed"),
        (_, n, ..) => (n, "not met"),
    };
    h.inline("span", &[("class", &format!("verdict {}", tone(mark.tone)))], |h| {
        h.inline("span", &[("aria-hidden", "true"), ("class", "mark")], |h| h.text(mark.symbol(true)));
        h.text(" ");
        classed(h, "span", "word", words);
    });
    if level.total() > 0 {
        h.text(" ");
        let amount = if n == level.total() { n.to_string() } else { format!("{n} of {}", level.total()) };
        classed(h, "span", "amount", &amount);
    }
}

fn gaps(h: &mut Html, page: &Page<'_>) {
    let title = match page.gaps.len() {
        0 => return,
        1 => "The gap".to_owned(),
        n if n <= FIRST => "The gaps, those that matter most first".to_owned(),
        n => format!("The five gaps that matter most, of {n}"),
    };
    h.block("h3", &[], |h| h.text(&title));
    h.around("ol", &[("class", "first")], |h| {
        for gap in page.gaps.iter().take(FIRST) {
            h.around("li", &[], |h| {
                h.block("p", &[("class", "title")], |h| {
                    if page.full() {
                        h.jump(&gap.requirement.name, &gap.requirement.title);
                    } else {
                        h.text(&gap.requirement.title);
                    }
                });
                h.block("p", &[], |h| {
                    marked(h, marks::verdict(gap.outcome.verdict), &verdict_words(gap.outcome));
                    h.text(" ");
                    let severity = marks::severity(gap.requirement.severity);
                    classed(h, "span", &format!("severity {severity}"), severity);
                });
                h.block("p", &[("class", "found")], |h| prose(h, &gap.sentence));
                let worst = gap.parts.iter().min_by_key(|p| p.verdict.strength());
                if let Some(remedy) = worst.and_then(|p| p.remedies.first()) {
                    h.block("p", &[("class", "todo")], |h| {
                        h.inline("strong", &[], |h| h.text("To do"));
                        h.text(" ");
                        prose(h, remedy);
                    });
                }
            });
        }
    });
    if page.gaps.len() > FIRST && page.full() {
        h.block("p", &[], |h| h.jump("_gaps", &format!("All {} gaps", page.gaps.len())));
    }
}

fn lapses(h: &mut Html, page: &Page<'_>) {
    let ctx = page.ctx;
    let all = &ctx.assessment.lapses;
    if all.is_empty() {
        return;
    }
    h.block("h3", &[], |h| h.text("What lapses next"));
    let soon = summary::lapses(ctx).count();
    h.paragraph(&format!("{soon} of {} in the next {} days.", count(all.len(), "lapse"), summary::AHEAD.count));
    h.around("ol", &[("class", "lapses")], |h| {
        for lapse in all.iter().take(FIRST) {
            let days = ctx.assessment.date.days_to(lapse.on);
            h.around("li", &[], |h| {
                h.inline("strong", &[], |h| h.text(&lapse.on.to_string()));
                h.text(&if days == 1 { " tomorrow".to_owned() } else { format!(" in {days} days") });
                h.block("p", &[], |h| {
                    h.text(&summary::lapsing(ctx, lapse.what));
                    let names = summary::requirement_names(ctx, &lapse.requirements, 2);
                    if !names.is_empty() {
                        h.text(&format!("; needed by {names}"));
                    }
                });
            });
        }
    });
    if all.len() > FIRST && page.full() {
        h.block("p", &[], |h| h.jump("_calendar", "The whole calendar"));
    }
}

fn basis(h: &mut Html, ctx: &Context<'_>) {
    h.block("h3", &[], |h| h.text("What the verdicts rest on"));
    let said = summary::rests_on(ctx);
    let bases = summary::tally(ctx).bases;
    if bases.iter().sum::<usize>() > 0 {
        let classes = ["read", "excerpted", "unchecked", "sealed", "none"];
        let parts: Vec<_> = bases.into_iter().zip(classes).collect();
        let described = said.first().map_or("", String::as_str);
        chart::whole(h, &Said { place: "_basis", title: "What the verdicts rest on", described }, &parts);
    }
    said.iter().take(1).for_each(|line| h.paragraph(line));
    h.block("p", &[], |h| h.jump("_rests", "More on what this rests on"));
}
