//! Where the gaps are, by severity and by provision; and all of them, with what narrows the list.

use std::collections::BTreeMap;

use super::super::explain::cited;
use super::super::marks::{self, JUDGE, NOT_MET, OPEN};
use super::super::markup::Html;
use super::super::summary;
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

/// Gaps by severity and by provision.
pub(super) fn whereabouts(h: &mut Html, page: &Page<'_>) {
    let mut severities: BTreeMap<std::cmp::Reverse<Severity>, Counts> = BTreeMap::new();
    let mut provisions: BTreeMap<ProvisionId, (Counts, Vec<&str>)> = BTreeMap::new();
    let mut none: (Counts, Vec<&str>) = Default::default();
    for gap in &page.gaps {
        add(severities.entry(std::cmp::Reverse(gap.requirement.severity)).or_default(), gap.outcome.verdict);
        let provisions_of = cited(page.ctx, gap.requirement);
        if provisions_of.is_empty() {
            add(&mut none.0, gap.outcome.verdict);
            none.1.push(&gap.requirement.name);
        }
        for id in provisions_of {
            let (counts, names) = provisions.entry(id).or_default();
            add(counts, gap.outcome.verdict);
            names.push(&gap.requirement.name);
        }
    }
    h.block("h3", &[], |h| h.text("By severity"));
    let longest = severities.values().map(|c| c.iter().sum()).max().unwrap_or(0);
    let heads = ["Severity"].into_iter().chain(HEADS).chain(["All"]).collect::<Vec<_>>();
    h.table_of("bars", "Gaps by severity", &heads, |h| {
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
    h.block("h3", &[], |h| h.text("By provision"));
    h.paragraph("A gap counts for each provision that it discharges, so these numbers add up to more than there are gaps.");
    let voice = summary::voice(page.ctx);
    let rows = provisions.iter().map(|(id, found)| (voice.citation(*id), page.ctx.library.provision(*id).title.as_str(), found));
    let mut rows: Vec<_> = rows.chain((!none.1.is_empty()).then_some(("No provision".to_owned(), "asked by the framework alone", &none))).collect();
    // Those with most to do first; the order of the law decides between equals.
    rows.sort_by_key(|(_, _, (counts, _))| std::cmp::Reverse(*counts));
    let longest = rows.iter().map(|(_, _, (c, _))| c.iter().sum()).max().unwrap_or(0);
    let heads = ["Provision"].into_iter().chain(HEADS).chain(["All", "Gaps"]).collect::<Vec<_>>();
    h.table_of("bars", "Gaps by provision", &heads, |h| {
        for (citation, title, (counts, names)) in rows {
            h.block("tr", &[], |h| {
                h.row_head(|h| {
                    h.text(&citation);
                    h.text(" ");
                    classed(h, "span", "title", title);
                });
                numbers(h, counts, longest);
                h.cell(|h| h.commas(names, |h, name| h.jump(name, name)));
            });
        }
    });
}

fn numbers(h: &mut Html, counts: &Counts, longest: usize) {
    let classes = [NOT_MET, OPEN, JUDGE].map(|mark| tone(mark.tone));
    for (n, class) in counts.iter().zip(classes) {
        let class = if *n == 0 { "number nil" } else { class };
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
    h.around("div", &[("role", "search"), ("aria-label", "Gaps and other verdicts"), ("id", "_filter"), ("class", "filter"), ("hidden", "")], |h| {
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
    });
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
