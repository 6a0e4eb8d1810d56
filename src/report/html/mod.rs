//! One file for a browser: the board's page on top, the security manager's work below.
//!
//! The file asks for nothing: its stylesheet and its script are inside and named by hash (`security`), links out are followed by the reader alone. All of
//! it can be read without the script, which only filters and opens. To add a section: a file with a function, a call in [`render`], an entry in
//! [`Page::places`]. Places of this program start with `_`, which no name of a rule does; a requirement's place is its name.

mod board;
mod calendar;
mod chain;
mod chart;
mod excerpt;
mod gap;
mod gaps;
mod others;
mod provisions;
mod reading;
mod security;

use std::collections::BTreeSet;

use super::explain::{Part, parts, sentence};
use super::markup::{Attributes, Html};
use super::terminal::full_stop;
use super::{Context, Detail, economics, marks, summary};
use crate::assess::{Outcome, Verdict};
use crate::diagnostics::render::paint::Tone;
use crate::library::links;
use crate::library::model::{Requirement, StrategicId};

/// The stylesheet, whose hash the page names.
const STYLE: &str = include_str!("style.css");
/// The script, whose hash the page names.
const SCRIPT: &str = include_str!("script.js");

/// What the sections are made from.
struct Page<'a> {
    ctx: &'a Context<'a>,
    gaps: Vec<Gap<'a>>,
    /// Requirements that have a place in this report.
    there: BTreeSet<&'a str>,
}

/// A requirement that is not shown to be met, with what is said of it.
struct Gap<'a> {
    outcome: &'a Outcome,
    requirement: &'a Requirement,
    number: usize,
    parts: Vec<Part>,
    sentence: String,
}

impl<'a> Page<'a> {
    fn new(ctx: &'a Context<'a>) -> Self {
        let gaps = ctx.assessment.gaps(ctx.library);
        let gaps = gaps.into_iter().zip(1..).map(|(outcome, number)| {
            let parts = parts(ctx, outcome);
            let sentence = full_stop(&sentence(ctx, outcome, &parts));
            Gap { outcome, requirement: ctx.library.requirement(outcome.requirement), number, parts, sentence }
        });
        let there = ctx.assessment.outcomes.iter().filter(|_| ctx.style.detail == Detail::Full);
        let there = there.map(|o| ctx.library.requirement(o.requirement).name.as_str()).collect();
        Self { ctx, gaps: gaps.collect(), there }
    }

    fn full(&self) -> bool {
        self.ctx.style.detail == Detail::Full
    }

    /// The sections of this report, for the list of contents.
    fn places(&self) -> Vec<(&'static str, &'static str)> {
        let all = [
            (true, "_board", "At a glance"),
            (self.full() && !self.gaps.is_empty(), "_where", "Where the gaps are"),
            (self.full() && !self.ctx.assessment.lapses.is_empty(), "_calendar", "Evidence calendar"),
            (self.full() && !self.gaps.is_empty(), "_gaps", "Every gap"),
            (self.full() && !self.ctx.assessment.outcomes.is_empty(), "_others", "All other verdicts"),
            (!super::barred::lines(self.ctx).is_empty(), "_barred", "May not be relied on"),
            (self.ctx.assessment.economics.is_some(), "_economics", economics::HEADING),
            (self.full() && !self.ctx.assessment.provisions.is_empty(), "_provisions", "Provisions"),
            (true, "_rests", "What this rests on"),
            (!self.ctx.assessment.outcomes.is_empty(), "_reading", "How to read this report"),
        ];
        all.into_iter().filter(|(there, ..)| *there).map(|(_, place, title)| (place, title)).collect()
    }

    /// The components a requirement shows or is linked to, by name, as the filter wants them.
    fn component_names(&self, requirement: &Requirement) -> String {
        let library = self.ctx.library;
        let names = links::components_of(library, requirement);
        names.iter().map(|id: &StrategicId| library.strategic(*id).name.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// What the filter asks of a gap or another verdict.
    fn filtered<'x>(&self, requirement: &Requirement, verdict: Verdict, components: &'x str) -> [(&'static str, &'x str); 3] {
        [
            ("data-verdict", verdict.words()),
            ("data-severity", marks::severity(requirement.severity)),
            ("data-components", components),
        ]
    }

    /// A requirement by name, with a link where it stands in this report.
    fn refer(&self, h: &mut Html, name: &str) {
        if self.there.contains(name) { h.jump(name, name) } else { h.name(name) }
    }
}

/// Writes the report.
pub(super) fn render(ctx: &Context<'_>, out: &mut String) {
    let page = Page::new(ctx);
    let title = format!("{}: gap analysis, {}", summary::entity_name(ctx), ctx.assessment.date.long());
    let head = |h: &mut Html| {
        h.empty("meta", &[("name", "robots"), ("content", "noindex, nofollow")]);
        h.compiled_in("style", STYLE);
    };
    *out = Html::page(&title, &security::policy(&[STYLE], &[SCRIPT]), head, |h| {
        board::banner(h, ctx);
        contents(h, &page);
        h.around("main", &[("id", "content")], |h| {
            for (place, title) in page.places() {
                h.around("section", &[("aria-labelledby", place), ("class", &format!("of{place}"))], |h| {
                    h.heading("h2", place, title);
                    section(h, &page, place);
                });
            }
        });
        h.around("footer", &[], |h| reading::foot(h, ctx));
        h.compiled_in("script", SCRIPT);
    });
}

fn section(h: &mut Html, page: &Page<'_>, place: &str) {
    match place {
        "_board" => board::render(h, page),
        "_where" => gaps::whereabouts(h, page),
        "_calendar" => calendar::render(h, page),
        "_gaps" => gaps::render(h, page),
        "_others" => others::render(h, page),
        "_barred" => others::barred(h, page.ctx),
        "_economics" => h.list(economics::lines(page.ctx), "", |h, line| prose(h, &line)),
        "_provisions" => provisions::render(h, page),
        "_rests" => reading::rests(h, page.ctx),
        _ => reading::render(h),
    }
}

fn contents(h: &mut Html, page: &Page<'_>) {
    h.around("nav", &[("aria-label", "Contents")], |h| {
        h.list(page.places(), "", |h, (place, title)| h.jump(place, title));
    });
}

/// The class of what has a tone.
const fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "good",
        Tone::Bad => "bad",
        Tone::Open => "open",
        Tone::Judge => "judge",
        Tone::Plain | Tone::Quiet | Tone::Strong | Tone::Link => "quiet",
    }
}

/// A mark and its words. The mark is not read aloud: the words say the same.
fn marked(h: &mut Html, mark: marks::Mark, words: &str) {
    h.inline("span", &[("class", &format!("verdict {}", tone(mark.tone)))], |h| {
        h.inline("span", &[("aria-hidden", "true"), ("class", "mark")], |h| h.text(mark.symbol(true)));
        h.text(" ");
        h.text(words);
    });
}

/// A sentence in which names stand between backticks.
fn prose(h: &mut Html, text: &str) {
    let pieces: Vec<&str> = text.split('`').collect();
    if pieces.len().is_multiple_of(2) {
        // One backtick is left over: they are no marks of names.
        h.text(text);
        return;
    }
    for (i, piece) in pieces.into_iter().enumerate().filter(|(_, piece)| !piece.is_empty()) {
        if i.is_multiple_of(2) { h.text(piece) } else { h.name(piece) }
    }
}

/// A text of a class.
fn classed(h: &mut Html, tag: &'static str, class: &str, text: &str) {
    h.inline(tag, &[("class", class)], |h| h.text(text));
}

/// A part that can be opened, its summary first.
fn folded(h: &mut Html, attributes: Attributes<'_>, summary: impl FnOnce(&mut Html), inside: impl FnOnce(&mut Html)) {
    h.around("details", attributes, |h| {
        h.block("summary", &[], summary);
        inside(h);
    });
}
