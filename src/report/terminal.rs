//! For a person at a terminal: one page that a manager reads, then every gap in full.

use unicode_width::UnicodeWidthStr;

use super::explain::{parts, sentence};
use super::marks::{self, Mark};
use super::voice::count;
use super::{Context, Detail, detail, economics, summary};
use crate::assess::Outcome;
use crate::diagnostics::render::paint::{Tone, paint, paragraph, wrap};
use crate::diagnostics::render::{Style, clean};

/// How many gaps the first page shows.
const FIRST: usize = 5;
/// From this width on, a component's level in words stands on its own line's right.
const WIDE: usize = 110;

/// Writes the report.
pub(super) fn render(ctx: &Context<'_>, out: &mut String) {
    let style = ctx.style.look();
    head(ctx, style, out);
    tally(ctx, style, out);
    components(ctx, style, out);
    gaps(ctx, style, out);
    lapses(ctx, style, out);
    barred(ctx, style, out);
    rests(ctx, style, out);
    worth(ctx, style, out);
    if ctx.style.detail == Detail::Full {
        detail::render(ctx, out);
    }
    out.push('\n');
    let last = "A verdict says what the rules found in the evidence. The class under Regulation 300/2008 is a person's decision.";
    paragraph(out, style, 0, (Tone::Plain, ""), last);
}

pub(super) fn heading(out: &mut String, style: Style, text: &str) {
    out.push('\n');
    out.push_str(&paint(style, Tone::Strong, text));
    out.push('\n');
}

fn symbol(style: Style, mark: Mark) -> String {
    paint(style, mark.tone, mark.symbol(style.unicode))
}

fn dash(style: Style) -> &'static str {
    if style.unicode { " · " } else { " - " }
}

fn head(ctx: &Context<'_>, style: Style, out: &mut String) {
    out.push_str(&paint(style, Tone::Strong, &summary::entity_name(ctx)));
    out.push('\n');
    let known = ctx.assessment.known_at.map_or_else(String::new, |d| format!(", as known on {}", d.long()));
    let kind = summary::entity_kind(ctx);
    paragraph(
        out,
        style,
        0,
        (Tone::Plain, ""),
        &format!("{kind}{}assessed on {}{known}", dash(style), ctx.assessment.date.long()),
    );
    if let Some(audience) = summary::audience(ctx) {
        paragraph(out, style, 0, (Tone::Open, ""), &format!("{audience}{}what is withheld is counted below", dash(style)));
    }
    let print: String = ctx.library.fingerprint.chars().take(12).collect();
    let rules = if print.is_empty() { String::new() } else { format!(" {print}") };
    let line = format!(
        "Rules{rules}: {}{}{} of evidence",
        count(ctx.library.requirements.len(), "requirement"),
        dash(style),
        count(ctx.bundle.items(ctx.library.kinds.len()) as usize, "item")
    );
    out.push_str(&paint(style, Tone::Quiet, &line));
    out.push('\n');
}

fn tally(ctx: &Context<'_>, style: Style, out: &mut String) {
    let counts = summary::tally(ctx).verdicts;
    let cells: Vec<_> = marks::COUNTED
        .iter()
        .filter_map(|(at, mark, words)| {
            let n = counts.get(usize::from(*at)).copied().unwrap_or(0);
            (n > 0).then(|| (format!("{} {n} {}", mark.symbol(style.unicode), marks::counted(n, words)), mark.tone))
        })
        .collect();
    out.push('\n');
    if cells.is_empty() {
        out.push_str("  No requirement was assessed: nothing is shown.\n");
        return;
    }
    let mut used = 0;
    for (text, tone) in cells {
        if used > 0 && used + text.width() + 3 > style.columns() {
            out.push('\n');
            used = 0;
        }
        let gap = if used == 0 { 2 } else { 3 };
        out.push_str(&" ".repeat(gap));
        out.push_str(&paint(style, tone, &text));
        used += gap + text.width();
    }
    out.push('\n');
}

fn components(ctx: &Context<'_>, style: Style, out: &mut String) {
    if ctx.assessment.components.is_empty() {
        return;
    }
    let wide = style.columns() >= WIDE;
    let levels: usize = marks::LEVELS.iter().map(|(_, w)| w.len() + 2).sum();
    let titles = if wide { 36 } else { style.columns().saturating_sub(levels + 5).clamp(16, 40) };
    let mut header = format!("{:<width$}", "Components", width = titles + 5);
    for (_, word) in marks::LEVELS {
        header.push_str(word);
        header.push_str("  ");
    }
    heading(out, style, header.trim_end());
    for outcome in &ctx.assessment.components {
        let component = ctx.library.strategic(outcome.component);
        let number = component.number.map_or_else(String::new, |n| n.to_string());
        let whole = clean::line(&component.title);
        let title = wrap(&whole, titles);
        let (title, rest) = title.split_first().map_or((std::borrow::Cow::Borrowed(""), &[][..]), |(t, r)| (t.clone(), r));
        let pad = " ".repeat(titles.saturating_sub(title.width()));
        let mut line = format!("{number:>3}  {title}{pad}");
        for (level, (_, word)) in outcome.levels.iter().zip(marks::LEVELS) {
            let left = (word.len() - 1) / 2;
            let right = word.len() - 1 - left + 2;
            line.push_str(&format!("{}{}{}", " ".repeat(left), symbol(style, marks::level(*level)), " ".repeat(right)));
        }
        let words = summary::level_words(outcome);
        let start = titles + 5 + levels;
        if wide {
            let words = wrap(&words, style.columns().saturating_sub(start).max(20));
            for i in 0..words.len().max(rest.len() + 1) {
                if i > 0 {
                    line.push_str(&format!("\n     {:<width$}", rest.get(i - 1).map_or("", |t| t), width = start - 5));
                }
                line.push_str(&paint(style, Tone::Quiet, words.get(i).map_or("", |t| t)));
            }
            out.push_str(&line);
        } else {
            out.push_str(line.trim_end());
            for more in rest {
                out.push_str(&format!("\n     {more}"));
            }
            for text in wrap(&words, style.columns().saturating_sub(5)) {
                out.push_str("\n     ");
                out.push_str(&paint(style, Tone::Quiet, &text));
            }
        }
        out.push('\n');
    }
    let legend = [
        (marks::MET, "shown"),
        (marks::NOT_MET, "not met"),
        (marks::OPEN, "not confirmed"),
        (marks::JUDGE, "awaits a judgement"),
        (marks::NONE, "no requirement"),
    ];
    let legend: Vec<_> = legend.iter().map(|(m, w)| format!("{} {w}", m.symbol(style.unicode))).collect();
    for text in wrap(&legend.join("  "), style.columns().saturating_sub(5)) {
        out.push_str(&format!("     {}\n", paint(style, Tone::Quiet, &text)));
    }
}

fn gaps(ctx: &Context<'_>, style: Style, out: &mut String) {
    let gaps = ctx.assessment.gaps(ctx.library);
    let title = match gaps.len() {
        0 => return,
        1 => "The gap".to_owned(),
        n if n <= FIRST => "The gaps, those that matter most first".to_owned(),
        n => format!("The five gaps that matter most, of {n}"),
    };
    heading(out, style, &title);
    for (outcome, number) in gaps.iter().take(FIRST).zip(1..) {
        gap(ctx, style, out, outcome, number);
    }
}

fn gap(ctx: &Context<'_>, style: Style, out: &mut String, outcome: &Outcome, number: usize) {
    let requirement = ctx.library.requirement(outcome.requirement);
    let mark = marks::verdict(outcome.verdict);
    let parts = parts(ctx, outcome);
    let state = format!("{} {}", mark.symbol(style.unicode), verdict_words(outcome));
    out.push_str(&format!(
        "{number:>3}  {}{}{}{}{}\n",
        paint(style, mark.tone, &state),
        dash(style),
        marks::severity(requirement.severity),
        dash(style),
        paint(style, Tone::Strong, &clean::line(&requirement.name))
    ));
    paragraph(out, style, 5, (Tone::Plain, ""), &clean::line(&requirement.title));
    paragraph(out, style, 5, (Tone::Quiet, if style.unicode { "∙ " } else { "- " }), &full_stop(&sentence(ctx, outcome, &parts)));
    let worst = parts.iter().min_by_key(|p| p.verdict.strength());
    if let Some(remedy) = worst.and_then(|p| p.remedies.first()) {
        paragraph(out, style, 5, (Tone::Judge, if style.unicode { "→ " } else { "> " }), remedy);
    }
}

/// `not met (stale)`.
pub(super) fn verdict_words(outcome: &Outcome) -> String {
    match outcome.verdict {
        crate::assess::Verdict::NotMet(reason) => format!("not met ({})", reason.word()),
        other => other.words().to_owned(),
    }
}

/// A sentence: a capital at its start, a full stop at its end.
pub(super) fn full_stop(text: &str) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    let rest = chars.as_str();
    let end = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    // An item's id keeps its case: only a word of the sentence gets a capital.
    let word = rest.chars().take_while(|c| !c.is_whitespace()).all(|c| c.is_lowercase() || c == ',' || c == ':');
    let first = if word { first.to_uppercase().to_string() } else { first.to_string() };
    format!("{first}{rest}{end}")
}

fn lapses(ctx: &Context<'_>, style: Style, out: &mut String) {
    let all: Vec<_> = summary::lapses(ctx).collect();
    if all.is_empty() {
        return;
    }
    heading(out, style, "Lapses in the next 90 days");
    for lapse in all.iter().take(8) {
        let days = ctx.assessment.date.days_to(lapse.on);
        let needs = summary::requirement_names(ctx, &lapse.requirements, 3);
        let needs = if needs.is_empty() { String::new() } else { format!("; needed by {needs}") };
        let head = format!("{}  ", lapse.on);
        let soon = if days == 1 { "tomorrow".to_owned() } else { format!("in {days} days") };
        paragraph(out, style, 2, (Tone::Open, &head), &format!("{soon}: {}{needs}", summary::lapsing(ctx, lapse.what)));
    }
    if all.len() > 8 {
        out.push_str(&format!("  and {} more\n", all.len() - 8));
    }
}

fn barred(ctx: &Context<'_>, style: Style, out: &mut String) {
    let all = super::barred::lines(ctx);
    if all.is_empty() {
        return;
    }
    heading(out, style, "May not be relied on");
    for line in all.iter().take(8) {
        let (mark, tone) = if line.sure { (marks::NOT_MET, Tone::Bad) } else { (marks::OPEN, Tone::Open) };
        let head = format!("{} ", mark.symbol(style.unicode));
        paragraph(out, style, 2, (tone, &head), &format!("{}: {} (policy {})", line.what, line.because, line.policy));
        if !line.places.is_empty() {
            paragraph(out, style, 4, (Tone::Plain, ""), &line.places.join(", "));
        }
    }
    if all.len() > 8 {
        out.push_str(&format!("    and {} more\n", all.len() - 8));
    }
}

fn worth(ctx: &Context<'_>, style: Style, out: &mut String) {
    let lines = economics::lines(ctx);
    if lines.is_empty() {
        return;
    }
    heading(out, style, economics::HEADING);
    for line in lines {
        paragraph(out, style, 2, (Tone::Plain, ""), &line);
    }
}

fn rests(ctx: &Context<'_>, style: Style, out: &mut String) {
    heading(out, style, "What this rests on");
    for line in summary::rests_on(ctx) {
        paragraph(out, style, 2, (Tone::Plain, ""), &line);
    }
}
