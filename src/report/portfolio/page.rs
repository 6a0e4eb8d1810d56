//! The page a team reads at a terminal: what could not be assessed, entities and components, gaps by provision; then what gets worse and whom to visit.

use unicode_width::UnicodeWidthStr;

use super::{visits, worse};
use crate::base::Date;
use crate::diagnostics::render::paint::{Tone, paint, paragraph, wrap};
use crate::diagnostics::render::{Style, clean};
use crate::library::Library;
use crate::portfolio::line::{Component, Told};
use crate::portfolio::overview::{FEWEST_ENTITIES, Overview, Said, Standing};
use crate::report::terminal::heading;
use crate::report::voice::count;

/// How many rows a list shows unless all are asked for.
pub(super) const FIRST: usize = 15;
/// Columns of one component.
const CELL: usize = 5;

/// Writes the page. `all`: every row of every list.
#[must_use]
pub fn render(library: &Library, overview: &Overview, style: Style, all: bool) -> Vec<u8> {
    let most = if all { usize::MAX } else { FIRST };
    let mut out = String::new();
    head(overview, style, &mut out);
    refused(overview, style, most, &mut out);
    slips(overview, style, most, &mut out);
    grid(library, overview, style, &mut out);
    provisions(library, overview, style, most, &mut out);
    worse::render(overview, style, most, &mut out);
    visits::compared(overview, style, most, &mut out);
    visits::render(overview, style, most, &mut out);
    out.push('\n');
    let last =
        "An order of visits is worked out from what is on record. Who is visited, and what a finding's class is, people decide.";
    paragraph(&mut out, style, 0, (Tone::Plain, ""), last);
    out.into_bytes()
}

/// An entity's id and name, safe to print. The id comes first: it stays where a name is cut.
pub(super) fn named(standing: &Standing) -> String {
    let (name, id) = (clean::line(&standing.entity.name), clean::line(&standing.entity.id));
    if name == id { id.into_owned() } else { format!("{id} {name}") }
}

/// Cut to a width, with a mark where something is missing.
pub(super) fn fit(text: &str, width: usize, unicode: bool) -> String {
    let mut fitted = String::new();
    if text.width() <= width {
        fitted.push_str(text);
    } else {
        for c in text.chars() {
            if fitted.width() + 1 + unicode_width::UnicodeWidthChar::width(c).unwrap_or(0) > width {
                break;
            }
            fitted.push(c);
        }
        fitted.push(if unicode { '…' } else { '~' });
    }
    let pad = width.saturating_sub(fitted.width());
    fitted + &" ".repeat(pad)
}

fn head(overview: &Overview, style: Style, out: &mut String) {
    let entities = entities(overview.entities.len());
    let from = overview.on.map_or_else(String::new, |day| format!(", seen from {}", day.long()));
    out.push_str(&paint(style, Tone::Strong, &format!("Portfolio of {entities}{from}")));
    out.push('\n');
    let dot = if style.unicode { " · " } else { " - " };
    let mut parts = vec![format!("{} assessed of {}", overview.assessed, count(overview.bundles, "bundle"))];
    if overview.later > 0 {
        parts.push(format!("{} of a later day left out", overview.later));
    }
    if overview.warned > 0 {
        parts.push(format!("{} with warnings", overview.warned));
    }
    let withheld = overview.withheld.as_ref();
    parts.push(match (overview.records, withheld.filter(|w| w.register)) {
        (_, Some(w)) => format!("the register of findings is withheld from {}", w.audience.title),
        (None, None) => "no register of findings".to_owned(),
        (Some(n), None) => count(n, "record") + " in the register",
    });
    if overview.records_later > 0 {
        parts.push(format!("{} of them of a later day left out", overview.records_later));
    }
    if overview.register_errors > 0 {
        parts.push(format!("{} in them: see `findings check`", count(overview.register_errors, "error")));
    }
    let strangers: usize = overview.strangers.iter().map(|(_, n)| n).sum();
    if strangers > 0 {
        parts.push(format!("{strangers} of them about entities that have no assessment here"));
    }
    if overview.beside.0 > 0 {
        parts.push(format!("{} beside {} not read", count(overview.beside.0, "record"), count(overview.beside.1, "bundle")));
    }
    if let Some(w) = withheld {
        if w.findings > 0 {
            parts.push(format!("{} withheld from {}", count(w.findings, "record"), w.audience.title));
        }
        if w.items > 0 {
            parts.push(format!("{} of evidence withheld from {}", count(w.items, "item"), w.audience.title));
        }
    }
    paragraph(out, style, 0, (Tone::Plain, ""), &parts.join(dot));
}

/// What may be a slip of whoever wrote a bundle, and would be read as something else.
fn slips(overview: &Overview, style: Style, most: usize, out: &mut String) {
    let mut said: Vec<String> = Vec::new();
    for (bundle, day) in &overview.ahead {
        said.push(format!("{}: dated {day}, after today, and left out", clean::line(bundle)));
    }
    for mixed in &overview.mixed {
        let each = |s: &Said| {
            let kind = s.kind.as_deref().map_or_else(String::new, |kind| format!(", {kind}"));
            format!("\"{}\"{kind} ({})", clean::line(&s.name), clean::line(&s.bundle))
        };
        let all: Vec<String> = mixed.said.iter().map(each).collect();
        said.push(format!("{} is stated as {}: counted as one entity", clean::line(&mixed.id), all.join(" and as ")));
    }
    for (id, n) in &overview.strangers {
        said.push(format!("{}: {} and no assessment here", clean::line(id), count(*n, "record")));
    }
    if said.is_empty() {
        return;
    }
    heading(out, style, "To look at");
    said.iter().take(most).for_each(|text| paragraph(out, style, 2, (Tone::Open, "? "), text));
    rest(out, style, most, said.len(), "of these");
}

/// Digits in groups of three: `12,345`.
pub(super) fn grouped(n: u128) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

pub(super) fn entities(n: usize) -> String {
    if n == 1 { "1 entity".to_owned() } else { format!("{n} entities") }
}

/// Says how many rows are not shown.
pub(super) fn rest(out: &mut String, style: Style, shown: usize, all: usize, what: &str) {
    if all > shown {
        let dots = if style.unicode { "…" } else { "..." };
        out.push_str(&paint(style, Tone::Quiet, &format!("  {dots} and {} more {what} (`--all` shows them)\n", all - shown)));
    }
}

fn refused(overview: &Overview, style: Style, most: usize, out: &mut String) {
    if overview.refused.is_empty() {
        return;
    }
    heading(out, style, "Not assessed");
    let mark = if style.unicode { "✗ " } else { "x " };
    for (bundle, told) in overview.refused.iter().take(most) {
        let errors: Vec<&Told> = told.iter().filter(|t| t.severity == "error").collect();
        let first = errors.first().map_or_else(String::new, |t| {
            let place = match (&t.file, t.line) {
                (Some(file), Some(line)) => format!(" ({}:{line})", clean::line(file)),
                _ => String::new(),
            };
            format!("{}{place} [{}]", clean::line(&t.message), t.code)
        });
        let more = if errors.len() > 1 { format!("; {} more", errors.len() - 1) } else { String::new() };
        paragraph(out, style, 2, (Tone::Bad, mark), &format!("{}: {first}{more}", clean::line(bundle)));
    }
    rest(out, style, most, overview.refused.len(), "bundles");
}

fn level(component: &Component, unicode: bool) -> (&'static str, Tone) {
    match component.reached.as_deref() {
        Some("present") => ("P", Tone::Plain),
        Some("suitable") => ("S", Tone::Plain),
        Some("operating") => ("O", Tone::Good),
        Some("effective") => ("E", Tone::Good),
        // Nothing was asked for at any level.
        _ if component.levels.iter().flatten().all(|n| *n == 0) => (if unicode { "·" } else { "." }, Tone::Quiet),
        _ => (if unicode { "–" } else { "-" }, Tone::Bad),
    }
}

fn grid(library: &Library, overview: &Overview, style: Style, out: &mut String) {
    if overview.entities.is_empty() {
        return;
    }
    heading(out, style, "Entities and components: the level reached, requirements not met");
    let dated = style.columns() >= 78;
    let cells = CELL * overview.components.len() + if dated { 12 } else { 0 };
    let names = style.columns().saturating_sub(cells + 2).clamp(12, 44);
    let mut header = " ".repeat(names + 2);
    (1..=overview.components.len()).for_each(|i| header.push_str(&format!("{i:>CELL$}")));
    header.push_str(if dated { "  assessed" } else { "" });
    out.push_str(&paint(style, Tone::Quiet, &header));
    out.push('\n');
    let mut sorted: Vec<&Standing> = overview.entities.iter().collect();
    sorted.sort_by(|a, b| a.entity.id.cmp(&b.entity.id));
    for standing in sorted {
        out.push_str(&format!("  {}", fit(&named(standing), names, style.unicode)));
        for name in &overview.components {
            let Some(component) = standing.components.iter().find(|c| c.name == *name) else {
                out.push_str(&" ".repeat(CELL));
                continue;
            };
            let (letter, tone) = level(component, style.unicode);
            let not_met: u32 = component.levels.iter().map(|[_, not_met, ..]| not_met).sum();
            let count = if not_met == 0 { String::new() } else { not_met.to_string() };
            out.push_str(&" ".repeat(CELL.saturating_sub(1 + count.len())));
            out.push_str(&paint(style, tone, &format!("{letter}{count}")));
        }
        if dated {
            out.push_str(&paint(style, Tone::Quiet, &format!("  {}", standing.days.1)));
        }
        out.push('\n');
    }
    let numbered: Vec<String> =
        (1..).zip(library.components()).map(|(i, (_, c))| format!("{i} {}", clean::line(&c.title))).collect();
    let letters =
        if style.unicode { "– not even present, · nothing applies" } else { "- not even present, . nothing applies" };
    let key = format!("{letters}, P present, S suitable, O operating, E effective. {}.", numbered.join("; "));
    paragraph(out, style, 2, (Tone::Plain, ""), &key);
}

fn provisions(library: &Library, overview: &Overview, style: Style, most: usize, out: &mut String) {
    let gaps = |p: &&crate::portfolio::overview::ProvisionCount| p.not_met + p.not_confirmed + p.needs_judgement > 0;
    let open: Vec<_> = overview.provisions.iter().filter(gaps).collect();
    let shown: Vec<_> = open.iter().filter(|p| p.shown()).collect();
    if open.is_empty() {
        return;
    }
    heading(out, style, "Gaps by provision: entities, by their latest assessment");
    if !shown.is_empty() {
        let header = format!(
            "  {:>7}  {:>13}  {:>15}  {:>5}  {:>3}  provision",
            "not met", "not confirmed", "needs judgement", "met", "of"
        );
        out.push_str(&paint(style, Tone::Quiet, &header));
        out.push('\n');
    }
    let on = overview.on.unwrap_or(Date::MAX);
    for p in shown.iter().take(most) {
        let numbers =
            format!("  {:>7}  {:>13}  {:>15}  {:>5}  {:>3}  ", p.not_met, p.not_confirmed, p.needs_judgement, p.met, p.entities);
        let provision = library.names.provisions.get(&p.name).map(|id| library.provision(*id));
        let title = provision.map_or("", |written| written.title.as_str());
        let gone = provision.is_some_and(|written| !written.in_force_on(on));
        let words = format!("{} {}{}", p.name, title, if gone { " (no longer in force)" } else { "" });
        // A name that is cut names nothing: what does not fit goes on below.
        for (at, line) in wrap(&words, style.columns().saturating_sub(numbers.len()).max(20)).iter().enumerate() {
            let before = if at == 0 { numbers.clone() } else { " ".repeat(numbers.len()) };
            out.push_str(format!("{before}{line}").trim_end());
            out.push('\n');
        }
    }
    rest(out, style, most.min(shown.len()), shown.len(), "provisions");
    let few = open.len() - shown.len();
    if few > 0 {
        let what = if few == 1 { "1 provision has".to_owned() } else { format!("{few} provisions have") };
        let text =
            format!("{what} a verdict at fewer than {FEWEST_ENTITIES} entities: too few to say anything of them together.");
        paragraph(out, style, 2, (Tone::Plain, ""), &text);
    }
}
