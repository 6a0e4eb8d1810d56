//! Where the gaps are, by severity and by provision; and all of them, with what narrows the list.

use std::collections::BTreeMap;

use super::super::explain::cited;
use super::super::marks::{self, JUDGE, NOT_MET, OPEN};
use super::super::markup::Html;
use super::super::{detail, summary};
use super::{Page, chart, classed, gap, tone};
use crate::assess::Verdict;
use crate::library::model::{ProvisionId, Severity};

/// Not met, not confirmed, awaiting a judgement.
type Counts = [usize; 3];

fn add(counts: &mut Counts, verdict: Verdict) {
    counts[match verdict {
        Verdict::NotMet(_) => 0,
        Verdict::NotConfirmed => 1,
        Verdict::NeedsJudgement | Verdict::Met | Verdict::NotApplicable | Verdict::Sealed => 2,
    }] += 1;
}

const HEADS: [&str; 3] = ["Not met", "Not confirmed", "Need judgement"];

/// A provision with its gaps.
#[derive(Default)]
struct Found<'a> {
    cited: String,
    title: &'a str,
    counts: Counts,
    names: Vec<&'a str>,
}

/// Gaps by severity and by provision.
pub(super) fn whereabouts(h: &mut Html, page: &Page<'_>) {
    let mut severities: BTreeMap<std::cmp::Reverse<Severity>, Counts> = BTreeMap::new();
    for gap in &page.gaps {
        add(severities.entry(std::cmp::Reverse(gap.requirement.severity)).or_default(), gap.outcome.verdict);
    }
    h.block("h3", &[], |h| h.text("By severity"));
    let longest = severities.values().map(|c| c.iter().sum()).max().unwrap_or(0);
    let heads = ["Severity"].into_iter().chain(HEADS).chain(["All"]).collect::<Vec<_>>();
    h.table_of("bars narrow", "Gaps by severity", &heads, |h| {
        for (severity, counts) in &severities {
            h.block("tr", &[], |h| {
                h.row_head(|h| {
                    let severity = marks::severity(severity.0);
                    classed(h, "span", &format!("severity {severity}"), severity);
                });
                numbers(h, counts, longest);
            });
        }
    });
    let (law, guidance) = provisions(page);
    let longest = law.iter().chain(&guidance).map(|f| f.counts.iter().sum()).max().unwrap_or(0);
    for (title, found) in [("By provision of the law", law), ("By point of guidance", guidance)] {
        if !found.is_empty() {
            h.block("h3", &[], |h| h.text(title));
            h.paragraph(
                "A gap counts for each provision that it discharges, so these numbers add up to more than there are gaps.",
            );
            table(h, title, &found, longest);
        }
    }
}

/// What is law and what is guidance, each with those first that have most to do. A gap without a provision is asked by the framework alone.
fn provisions<'a>(page: &'a Page<'_>) -> (Vec<Found<'a>>, Vec<Found<'a>>) {
    let (ctx, voice) = (page.ctx, summary::voice(page.ctx));
    let mut all: BTreeMap<Option<ProvisionId>, Found<'a>> = BTreeMap::new();
    for gap in &page.gaps {
        let cited = cited(ctx, gap.requirement);
        let alone = cited.is_empty().then_some(None);
        for id in cited.into_iter().map(Some).chain(alone) {
            let found = all.entry(id).or_insert_with(|| Found {
                cited: id.map_or_else(|| "No provision".to_owned(), |id| voice.citation(id)),
                title: id.map_or("asked by the framework alone", |id| ctx.library.provision(id).title.as_str()),
                ..Found::default()
            });
            add(&mut found.counts, gap.outcome.verdict);
            found.names.push(&gap.requirement.name);
        }
    }
    let (mut law, mut guidance) = (Vec::new(), Vec::new());
    for (id, found) in all {
        if id.is_some_and(|id| detail::is_law(ctx, id)) { law.push(found) } else { guidance.push(found) }
    }
    for all in [&mut law, &mut guidance] {
        all.sort_by_key(|f| std::cmp::Reverse(f.counts));
    }
    (law, guidance)
}

fn table(h: &mut Html, caption: &str, all: &[Found<'_>], longest: usize) {
    let heads = ["Provision"].into_iter().chain(HEADS).chain(["All", "Gaps"]).collect::<Vec<_>>();
    h.table_of("bars", &format!("Gaps: {caption}"), &heads, |h| {
        for found in all {
            h.block("tr", &[], |h| {
                h.row_head(|h| {
                    h.text(&found.cited);
                    h.text(" ");
                    classed(h, "span", "title", found.title);
                });
                numbers(h, &found.counts, longest);
                h.cell(|h| h.commas(&found.names, |h, name| h.jump(name, name)));
            });
        }
    });
}

fn numbers(h: &mut Html, counts: &Counts, longest: usize) {
    let classes = [NOT_MET, OPEN, JUDGE].map(|mark| tone(mark.tone));
    for (n, class) in counts.iter().zip(classes) {
        let class = if *n == 0 { "nil" } else { class };
        h.inline("td", &[("class", &format!("number {class}"))], |h| h.text(&n.to_string()));
    }
    let sum: usize = counts.iter().sum();
    let parts: Vec<_> = counts.iter().copied().zip(classes).collect();
    h.inline("td", &[("class", "all")], |h| {
        classed(h, "span", "sum", &sum.to_string());
        chart::bar(h, &parts, longest);
    });
}

/// All gaps, those that matter most first.
pub(super) fn render(h: &mut Html, page: &Page<'_>) {
    filter(h, page);
    h.around("ol", &[("class", "gaps")], |h| page.gaps.iter().for_each(|g| gap::render(h, page, g)));
}

/// What narrows the list. It needs the script, which shows it.
fn filter(h: &mut Html, page: &Page<'_>) {
    let verdicts = ["not met", "not confirmed", "needs judgement", "met", "not applicable", "sealed"];
    let severities = [Severity::Critical, Severity::Major, Severity::Minor].map(marks::severity);
    let components: Vec<_> = page.ctx.library.components().map(|(_, c)| (c.name.as_str(), c.title.as_str())).collect();
    let themselves = |all: &[&'static str]| all.iter().map(|v| (*v, *v)).collect::<Vec<_>>();
    h.around(
        "div",
        &[("role", "search"), ("aria-label", "Gaps and other verdicts"), ("id", "_filter"), ("class", "filter"), ("hidden", "")],
        |h| {
            choice(h, "_verdict", "Verdict", &themselves(&verdicts));
            choice(h, "_severity", "Severity", &themselves(&severities));
            choice(h, "_component", "Component", &components);
            h.around("p", &[("class", "find")], |h| {
                h.block("label", &[("for", "_text")], |h| h.text("Find in the text"));
                h.empty("input", &[("type", "search"), ("id", "_text"), ("autocomplete", "off"), ("spellcheck", "false")]);
            });
            h.around("p", &[("class", "buttons")], |h| {
                for (id, text) in [("_clear", "Show all"), ("_open", "Open these gaps"), ("_close", "Close all gaps")] {
                    h.block("button", &[("type", "button"), ("id", id)], |h| h.text(text));
                }
            });
        },
    );
    h.block("p", &[("role", "status"), ("id", "_status"), ("class", "status")], |h| {
        h.text(&format!("{} in all, those that matter most first.", super::super::voice::count(page.gaps.len(), "gap")));
    });
}

fn choice(h: &mut Html, id: &str, label: &str, options: &[(&str, &str)]) {
    h.around("p", &[], |h| {
        h.block("label", &[("for", id)], |h| h.text(label));
        h.around("select", &[("id", id)], |h| {
            h.block("option", &[("value", "")], |h| h.text("any"));
            for (value, text) in options {
                h.block("option", &[("value", value)], |h| h.text(text));
            }
        });
    });
}
