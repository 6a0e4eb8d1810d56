//! A document to hand to an inspector or a board. Every text that people wrote is escaped.

use super::explain::{Part, cited, parts, sentence};
use super::terminal::{full_stop, verdict_words};
use super::voice::count;
use super::{Context, Detail, detail, economics, marks, own, summary};
use crate::assess::Outcome;
use crate::diagnostics::render::clean;

/// Writes the report.
pub(super) fn render(ctx: &Context<'_>, out: &mut String) {
    head(ctx, out);
    components(ctx, out);
    gaps(ctx, out);
    lapses(ctx, out);
    barred(ctx, out);
    out.push_str("\n## What this rests on\n\n");
    for line in summary::rests_on(ctx) {
        out.push_str(&format!("- {}\n", escape(&line)));
    }
    worth(ctx, out);
    if ctx.style.detail == Detail::Full {
        let gaps = ctx.assessment.gaps(ctx.library);
        if !gaps.is_empty() {
            out.push_str("\n## Every gap in full\n");
        }
        for (outcome, number) in gaps.iter().zip(1..) {
            gap(ctx, outcome, number, out);
        }
    }
    out.push_str(
        "\n---\n\nA verdict says what the rules found in the evidence. The class under Regulation 300/2008 is a person's decision.\n",
    );
}

/// Text without power over the document: no markup, no links, no lines of its own.
pub(super) fn escape(text: &str) -> String {
    let text = clean::line(text);
    let mut out = String::with_capacity(text.len() + 8);
    for (i, c) in text.chars().enumerate() {
        let leading = i == 0 && matches!(c, '-' | '+' | '=');
        if leading || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' | '$' | '@') {
            out.push('\\');
        }
        out.push(c);
    }
    // A scheme that would make a reader's program build a link of its own accord.
    out.replace("://", ":\u{2060}//")
}

/// An address from the rules, as a link; what cannot stand in one is cut.
fn link(url: &str) -> String {
    let safe: String = clean::line(url).chars().filter(|c| !c.is_whitespace() && !matches!(c, '<' | '>' | '"')).collect();
    if safe.starts_with("https://") || safe.starts_with("http://") { format!("<{safe}>") } else { escape(&safe) }
}

fn head(ctx: &Context<'_>, out: &mut String) {
    out.push_str(&format!("# {}\n\n", escape(&summary::entity_name(ctx))));
    let known = ctx.assessment.known_at.map_or_else(String::new, |d| format!(", as known on {d}"));
    out.push_str(&format!("{}. Assessed on {}{known}.\n\n", escape(&summary::entity_kind(ctx)), ctx.assessment.date.long()));
    let print = if ctx.library.fingerprint.is_empty() { "none" } else { &ctx.library.fingerprint };
    out.push_str(&format!("Rules: {}, SHA-256 {}.", count(ctx.library.requirements.len(), "requirement"), escape(print)));
    if let Some(evidence) = ctx.fingerprint {
        out.push_str(&format!(" Evidence: SHA-256 {}.", escape(evidence)));
    }
    if let Some(policies) = &ctx.assessment.policies {
        out.push_str(&format!(" Policies: SHA-256 {}.", escape(&policies.fingerprint)));
    }
    if let Some(audience) = summary::audience(ctx) {
        out.push_str(&format!("\n\n**{audience}.** What is withheld is counted under *What this rests on*."));
    }
    out.push_str("\n\n## Verdicts\n\n");
    let tally = summary::tally(ctx);
    let counts = tally.verdicts;
    if tally.total() == 0 {
        out.push_str("No requirement was assessed: nothing is shown.\n");
        return;
    }
    out.push_str("| verdict | requirements |\n|---|---:|\n");
    for (at, mark, words) in marks::COUNTED {
        let n = counts.get(usize::from(at)).copied().unwrap_or(0);
        out.push_str(&format!("| {} {words} | {n} |\n", mark.symbol(true)));
    }
}

fn components(ctx: &Context<'_>, out: &mut String) {
    if ctx.assessment.components.is_empty() {
        return;
    }
    out.push_str("\n## Components\n\n| | component | present | suitable | operating | effective | in words |\n|---:|---|:-:|:-:|:-:|:-:|---|\n");
    for outcome in &ctx.assessment.components {
        let component = ctx.library.strategic(outcome.component);
        let number = component.number.map_or_else(String::new, |n| n.to_string());
        let levels: Vec<_> = outcome.levels.iter().map(|l| marks::level(*l).symbol(true)).collect();
        let words = summary::level_words(outcome);
        out.push_str(&format!("| {number} | {} | {} | {words} |\n", escape(&component.title), levels.join(" | ")));
    }
    out.push_str("\n✓ shown, ✗ not met, ? not confirmed, ⚖ awaits a judgement, · no requirement applies\n");
}

fn gaps(ctx: &Context<'_>, out: &mut String) {
    let gaps = ctx.assessment.gaps(ctx.library);
    if gaps.is_empty() {
        return;
    }
    out.push_str("\n## Gaps, those that matter most first\n\n| | verdict | severity | requirement | why | to do |\n|---:|---|---|---|---|---|\n");
    for (outcome, number) in gaps.iter().zip(1..) {
        let requirement = ctx.library.requirement(outcome.requirement);
        let parts = parts(ctx, outcome);
        let worst = parts.iter().min_by_key(|p| p.verdict.strength());
        let remedy = worst.and_then(|p| p.remedies.first()).map_or_else(String::new, |r| escape(r));
        out.push_str(&format!(
            "| {number} | {} {} | {} | {} | {} | {remedy} |\n",
            marks::verdict(outcome.verdict).symbol(true),
            verdict_words(outcome),
            marks::severity(requirement.severity),
            escape(&requirement.title),
            escape(&full_stop(&sentence(ctx, outcome, &parts))),
        ));
    }
}

fn lapses(ctx: &Context<'_>, out: &mut String) {
    let all: Vec<_> = summary::lapses(ctx).collect();
    if all.is_empty() {
        return;
    }
    out.push_str("\n## Lapses in the next 90 days\n\n| on | what | needed by |\n|---|---|---|\n");
    for lapse in all {
        let needs = summary::requirement_names(ctx, &lapse.requirements, 6);
        out.push_str(&format!("| {} | {} | {} |\n", lapse.on, escape(&summary::lapsing(ctx, lapse.what)), escape(&needs)));
    }
}

fn barred(ctx: &Context<'_>, out: &mut String) {
    let all = super::barred::lines(ctx);
    if all.is_empty() {
        return;
    }
    out.push_str("\n## May not be relied on\n\n| item | because | policy |\n|---|---|---|\n");
    for line in all {
        out.push_str(&format!("| {} | {} | {} |\n", escape(&line.what), escape(&line.because), escape(&line.policy)));
    }
}

fn worth(ctx: &Context<'_>, out: &mut String) {
    let lines = economics::lines(ctx);
    if lines.is_empty() {
        return;
    }
    out.push_str(&format!("\n## {}\n\n", economics::HEADING));
    for line in lines {
        out.push_str(&format!("- {}\n", escape(&line)));
    }
}

fn gap(ctx: &Context<'_>, outcome: &Outcome, number: usize, out: &mut String) {
    let requirement = ctx.library.requirement(outcome.requirement);
    out.push_str(&format!("\n### {number}. {}\n\n", escape(&requirement.title)));
    out.push_str(&format!(
        "{} **{}**, {}, requirement {}\n\n",
        marks::verdict(outcome.verdict).symbol(true),
        verdict_words(outcome),
        marks::severity(requirement.severity),
        escape(&requirement.name)
    ));
    for part in parts(ctx, outcome) {
        one(ctx, &part, out);
    }
    for said in own::sentences(ctx, outcome) {
        out.push_str(&format!("**Own words.** {}\n\n", escape(&said)));
    }
    for id in &cited(ctx, requirement) {
        let cited = detail::provision(ctx, *id);
        let url = cited.url.map_or_else(String::new, |u| format!(" {}", link(&u)));
        let what = if cited.is_law { "Law" } else { "Guidance" };
        out.push_str(&format!("> **{what}.** {}. {}{url}\n>\n", escape(&cited.cited), escape(&cited.reads)));
    }
    if let Some(class) = outcome.verdict.may_suggest() {
        out.push_str(&format!("> May suggest: {class}. A person decides.\n"));
    }
}

fn one(ctx: &Context<'_>, part: &Part, out: &mut String) {
    if !part.name.is_empty() {
        out.push_str(&format!("Expected: {}\n\n", escape(&full_stop(&part.title))));
    }
    let rule = ctx.library.sources.describe(part.rule.0);
    out.push_str(&format!("Rule: {}\n\n", escape(&rule)));
    for point in &part.points {
        out.push_str(&format!("- {}\n", escape(&full_stop(&point.text))));
        for said in point.because.iter().filter(|s| !point.text.ends_with(&s.text)) {
            let place = said.at.and_then(|at| summary::voice(ctx).where_is(at));
            let place = place.map_or_else(String::new, |p| format!(" ({})", escape(&p)));
            out.push_str(&format!("  - {}{place}\n", escape(&said.text)));
        }
    }
    if let Some((span, text)) = &part.evidence {
        out.push_str(&format!("- {} ({})\n", escape(&full_stop(text)), escape(&ctx.bundle.sources.describe(*span))));
    }
    if part.more > 0 {
        out.push_str(&format!("- and {} more\n", part.more));
    }
    out.push('\n');
    for remedy in &part.remedies {
        out.push_str(&format!("**To do.** {}\n\n", escape(remedy)));
    }
    if let Some(guidance) = &part.guidance {
        out.push_str(&format!("To learn how: {}\n\n", link(guidance)));
    }
}
