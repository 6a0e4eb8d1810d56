//! For a screen reader: sentences in the order of a conversation, no symbols, no boxes, no colour.

use super::explain::{Part, cited, parts};
use super::terminal::{full_stop, verdict_words};
use super::voice::count;
use super::{Context, Detail, detail, economics, marks, own, summary};
use crate::assess::Outcome;
use crate::diagnostics::render::clean;

/// Writes the report.
pub(super) fn render(ctx: &Context<'_>, out: &mut String) {
    let mut text = String::new();
    write(ctx, &mut text);
    out.push_str(&text.replace('`', ""));
}

fn write(ctx: &Context<'_>, out: &mut String) {
    line(out, &format!("Report on {}. {}.", summary::entity_name(ctx), summary::entity_kind(ctx)));
    let known = ctx.assessment.known_at.map_or_else(String::new, |d| format!(", as known on {}", d.long()));
    line(out, &format!("Assessed on {}{known}.", ctx.assessment.date.long()));
    if let Some(audience) = summary::audience(ctx) {
        line(out, &format!("{audience}. What is withheld is counted at the end."));
    }
    let tally = summary::tally(ctx);
    let counts = tally.verdicts;
    let said: Vec<_> = marks::COUNTED
        .iter()
        .filter_map(|(at, _, words)| {
            counts.get(usize::from(*at)).filter(|n| **n > 0).map(|n| format!("{n} {}", marks::counted(*n, words)))
        })
        .collect();
    match said.is_empty() {
        true => line(out, "No requirement was assessed, so nothing is shown."),
        false => line(out, &format!("Of {}: {}.", count(tally.total(), "requirement"), said.join(", "))),
    }
    if !ctx.assessment.components.is_empty() {
        section(out, "Components.");
        for outcome in &ctx.assessment.components {
            let component = ctx.library.strategic(outcome.component);
            let number = component.number.map_or_else(String::new, |n| format!("{n}, "));
            line(out, &format!("{number}{}: {}.", clean::line(&component.title), summary::level_words(outcome)));
        }
    }
    let gaps = ctx.assessment.gaps(ctx.library);
    if !gaps.is_empty() {
        section(
            out,
            &format!(
                "There {} {}. Those that matter most come first.",
                if gaps.len() == 1 { "is" } else { "are" },
                count(gaps.len(), "gap")
            ),
        );
    }
    for (outcome, number) in gaps.iter().zip(1..) {
        gap(ctx, outcome, number, out);
    }
    let lapses: Vec<_> = summary::lapses(ctx).collect();
    if !lapses.is_empty() {
        section(out, "What lapses in the next 90 days.");
        for lapse in lapses {
            line(out, &format!("On {}: {}.", lapse.on.long(), summary::lapsing(ctx, lapse.what)));
        }
    }
    let barred = super::barred::lines(ctx);
    if !barred.is_empty() {
        section(out, "What may not be relied on.");
        for found in barred {
            line(out, &format!("{}: {}", found.what, full_stop(&found.because)));
        }
    }
    section(out, "What this rests on.");
    for said in summary::rests_on(ctx) {
        line(out, &said);
    }
    let worth = economics::lines(ctx);
    if !worth.is_empty() {
        section(out, &format!("{}.", economics::HEADING));
        worth.iter().for_each(|said| line(out, said));
    }
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn section(out: &mut String, text: &str) {
    out.push('\n');
    line(out, text);
}

fn gap(ctx: &Context<'_>, outcome: &Outcome, number: usize, out: &mut String) {
    let requirement = ctx.library.requirement(outcome.requirement);
    let severity = marks::severity(requirement.severity);
    section(out, &format!("Gap {number}, {severity}: {}.", clean::line(&requirement.name)));
    line(out, &full_stop(&clean::line(&requirement.title)));
    line(out, &format!("The verdict is {}.", verdict_words(outcome).replace(" (", ", ").replace(')', "")));
    for part in parts(ctx, outcome) {
        said(ctx, &part, out);
    }
    for said in own::sentences(ctx, outcome) {
        line(out, &format!("The entity says of itself: {said}"));
    }
    if ctx.style.detail == Detail::Full {
        for id in &cited(ctx, requirement) {
            let cited = detail::provision(ctx, *id);
            let what = if cited.is_law { "law" } else { "guidance" };
            line(out, &format!("The {what}: {}. It says: {}", cited.cited, cited.reads));
        }
    }
}

fn said(ctx: &Context<'_>, part: &Part, out: &mut String) {
    if !part.name.is_empty() {
        line(out, &format!("Expected, {}: {}", part.name.replace('-', " "), full_stop(&part.title)));
    }
    for point in &part.points {
        line(out, &format!("Found: {}", full_stop(&point.text)));
        for said in point.because.iter().filter(|s| !point.text.ends_with(&s.text)) {
            line(out, &full_stop(&said.text));
        }
        let place = point.places().next().and_then(|(at, _)| super::place(ctx.library, ctx.bundle, at));
        if let Some(span) = place.or(part.evidence.as_ref().map(|(s, _)| *s)) {
            let source = ctx.bundle.sources.get(span.file);
            let name = source.map_or("?", |s| s.name());
            let at = source.map_or_else(String::new, |s| match s.sheet_name() {
                None => format!("line {}", s.place(span.start).line),
                Some(_) => s.spoken_address(span.start),
            });
            line(out, &format!("It is in file {}, {}.", clean::line(name), clean::line(&at)));
        }
    }
    if part.more > 0 {
        line(out, &format!("And {} more like it.", part.more));
    }
    for remedy in &part.remedies {
        line(out, &format!("What to do: {}", full_stop(remedy)));
    }
}
