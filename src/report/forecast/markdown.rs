//! A document to hand over: a section for each day. Every text that people wrote is escaped.

use super::{ForecastContext, told};
use crate::report::markdown::escape;
use crate::report::{marks, summary};

/// Writes the forecast.
pub(super) fn render(ctx: &ForecastContext<'_>, out: &mut String) {
    let first = ctx.first();
    let (from, until) = (ctx.forecast.start.date, ctx.forecast.until);
    out.push_str(&format!("# {}: what lapses\n\n", escape(&summary::entity_name(&first))));
    out.push_str(&format!("{}. From {} to {}.\n\n", escape(&summary::entity_kind(&first)), from.long(), until.long()));
    out.push_str(&format!("| verdict | on {from} | on {until} |\n|---|---:|---:|\n"));
    let [start, end] = told::tallies(ctx);
    for (at, mark, words) in marks::COUNTED {
        let of = |counts: &[usize; 6]| counts.get(usize::from(at)).copied().unwrap_or(0);
        out.push_str(&format!("| {} {words} | {} | {} |\n", mark.symbol(true), of(&start), of(&end)));
    }
    out.push('\n');
    for note in told::notes(ctx) {
        out.push_str(&format!("- {}\n", escape(&note)));
    }
    if ctx.forecast.days.is_empty() {
        out.push_str(&format!("\n{}\n", told::nothing(ctx)));
    }
    for day in &ctx.forecast.days {
        let (date, on) = (day.assessment.date, ctx.on(day));
        out.push_str(&format!("\n## {}\n\n", date.long()));
        for told in told::changes(ctx, day) {
            let mark = marks::verdict(told.outcome.verdict).symbol(true);
            let verdicts =
                if told.change.is_verdict() { format!("{} → {}", told.before, told.after) } else { told.after.clone() };
            let (verb, title, severity) = (told.verb(), escape(&told.title), told.severity);
            out.push_str(&format!("- {mark} **{verb}**: {title} ({}, {severity}): {verdicts}\n", escape(&told.name)));
            if !told.why.is_empty() {
                out.push_str(&format!("  - {}\n", escape(&told.why)));
            }
            for with in &told.with {
                out.push_str(&format!("  - On this day: {}.\n", escape(with)));
            }
            for remedy in told.remedies.iter().take(1) {
                out.push_str(&format!("  - To do: {}\n", escape(remedy)));
            }
        }
        for lapse in &day.lapses {
            out.push_str(&format!("- **lapses**: {}\n", escape(&told::lapse(&on, lapse))));
        }
        for event in &day.law {
            out.push_str(&format!("- **law**: {}\n", escape(&told::law(&on, date, event))));
        }
    }
}
