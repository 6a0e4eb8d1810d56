//! For a person at a terminal: the first and the last day in numbers, then day by day.

use super::{ForecastContext, told};
use crate::assess::Turn;
use crate::base::Date;
use crate::diagnostics::render::Style;
use crate::diagnostics::render::paint::{Tone, paint, paragraph};
use crate::forecast::Day;
use crate::report::terminal::heading;
use crate::report::{marks, summary};

/// Writes the forecast.
pub(super) fn render(ctx: &ForecastContext<'_>, out: &mut String) {
    let style = ctx.style.look();
    let first = ctx.first();
    out.push_str(&paint(style, Tone::Strong, &summary::entity_name(&first)));
    out.push('\n');
    let (from, until) = (ctx.forecast.start.date, ctx.forecast.until);
    let dash = if style.unicode { " · " } else { " - " };
    let days = from.days_to(until);
    let span = format!("{}{dash}{} to {} ({days} days)", summary::entity_kind(&first), from.long(), until.long());
    paragraph(out, style, 0, (Tone::Plain, ""), &span);
    if ctx.assumed.is_some() {
        paragraph(out, style, 0, (Tone::Open, ""), "As it would be with the plan carried out: see the end.");
    }
    out.push('\n');
    counts(ctx, style, out);
    if ctx.forecast.days.is_empty() {
        out.push('\n');
        paragraph(out, style, 0, (Tone::Plain, ""), &told::nothing(ctx));
    }
    for day in &ctx.forecast.days {
        one_day(ctx, style, day, out);
    }
    out.push('\n');
    for note in told::notes(ctx) {
        paragraph(out, style, 0, (Tone::Quiet, ""), &note);
    }
}

fn counts(ctx: &ForecastContext<'_>, style: Style, out: &mut String) {
    let tallies = told::tallies(ctx);
    let columns: Vec<_> = marks::COUNTED
        .iter()
        .filter_map(|(at, mark, words)| {
            let counts = tallies.map(|t| t.get(usize::from(*at)).copied().unwrap_or(0));
            counts.iter().any(|n| *n > 0).then(|| (format!("{} {words}", mark.symbol(style.unicode)), counts))
        })
        .collect();
    let across = 12 + columns.iter().map(|(head, _)| head.chars().count() + 2).sum::<usize>();
    if across > style.columns() {
        return counts_below(ctx, &columns, out);
    }
    let mut lines = vec![" ".repeat(12)];
    lines.extend([ctx.forecast.start.date, ctx.forecast.until].map(|d| format!("  {d}")));
    for (head, counts) in &columns {
        let width = head.chars().count();
        for (line, cell) in lines.iter_mut().zip([head.clone(), counts[0].to_string(), counts[1].to_string()]) {
            line.push_str(&format!("  {cell:>width$}"));
        }
    }
    for line in lines {
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

/// On a narrow screen each verdict has a line, and the two days stand side by side.
fn counts_below(ctx: &ForecastContext<'_>, rows: &[(String, [usize; 2])], out: &mut String) {
    let widest = rows.iter().map(|(head, _)| head.chars().count()).max().unwrap_or(0);
    let (from, until) = (ctx.forecast.start.date, ctx.forecast.until);
    out.push_str(&format!("  {:widest$}  {from}  {until}\n", ""));
    for (head, [first, last]) in rows {
        out.push_str(&format!("  {head:<widest$}  {first:>10}  {last:>10}\n"));
    }
}

fn one_day(ctx: &ForecastContext<'_>, style: Style, day: &Day, out: &mut String) {
    let date = day.assessment.date;
    heading(out, style, &format!("{}, {}", date.long(), soon(ctx.forecast.start.date, date)));
    let on = ctx.on(day);
    let (bullet, arrow) = if style.unicode { ("∙ ", "→ ") } else { ("- ", "> ") };
    for told in told::changes(ctx, day) {
        let mark = marks::verdict(told.outcome.verdict);
        let tone = match told.change.turn() {
            Turn::Worse => mark.tone,
            Turn::Better => Tone::Good,
            Turn::Other => Tone::Quiet,
        };
        let verdicts =
            if told.change.is_verdict() { format!("{} {}{}", told.before, arrow, told.after) } else { told.after.clone() };
        let symbol = mark.symbol(style.unicode);
        let line = format!("{}: {} ({}, {})", told.verb(), told.name, told.severity, verdicts);
        paragraph(out, style, 2, (tone, &format!("{symbol} ")), &line);
        paragraph(out, style, 4, (Tone::Plain, ""), &told.title);
        if !told.why.is_empty() {
            paragraph(out, style, 4, (Tone::Quiet, bullet), &told.why);
        }
        if let Some(remedy) = told.remedies.first() {
            paragraph(out, style, 4, (Tone::Judge, arrow), remedy);
        }
    }
    for lapse in &day.lapses {
        paragraph(out, style, 2, (Tone::Open, "lapses: "), &told::lapse(&on, lapse));
    }
    for event in &day.law {
        let needs = summary::requirement_names(&on, &event.requirements, 3);
        let needs = if needs.is_empty() { String::new() } else { format!("; concerns {needs}") };
        paragraph(out, style, 2, (Tone::Judge, "law: "), &format!("{}{needs}", told::law(&on, date, event)));
    }
}

fn soon(from: Date, day: Date) -> String {
    match from.days_to(day) {
        1 => "the next day".to_owned(),
        days => format!("in {days} days"),
    }
}
