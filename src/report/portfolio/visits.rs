//! Which self-assessments can be trusted, and whom to visit first, with every factor.

use super::page::{entities, fit, grouped, named, rest};
use crate::base::Date;
use crate::diagnostics::render::paint::{Tone, paint, paragraph};
use crate::diagnostics::render::{Style, clean};
use crate::findings::reconcile::{MINIMUM, Outcome};
use crate::portfolio::blind;
use crate::portfolio::floors::Standing as Floor;
use crate::portfolio::overview::{Overview, Standing};
use crate::portfolio::priority::{COUNT, FACTORS};
use crate::report::terminal::heading;
use crate::report::voice::count;

/// Short heads of the columns, in the order of the factors.
const HEADS: [&str; COUNT] = [
    "late", "none", "may", "near", "ser.", "both", "blind", "over", "rep.", "trend", "crit", "open", "major", "pract", "look",
    "pax",
];
/// From this width on, factors stand in columns.
const WIDE: usize = 122;

/// The entity's own account beside the inspectors'.
pub(super) fn compared(overview: &Overview, style: Style, most: usize, out: &mut String) {
    if overview.records.is_none() {
        return;
    }
    heading(out, style, "Their own account beside the inspectors'");
    let mut rows: Vec<&Standing> = overview.entities.iter().filter(|e| e.came_to(Outcome::BlindSpot) > 0).collect();
    rows.sort_by(|a, b| (b.came_to(Outcome::BlindSpot), &a.entity.id).cmp(&(a.came_to(Outcome::BlindSpot), &b.entity.id)));
    for standing in rows.iter().take(most) {
        let all = standing.comparable();
        let spots: Vec<String> = standing
            .compared
            .iter()
            .filter(|c| c.result == Outcome::BlindSpot)
            .map(|c| format!("{} ({}, {})", clean::line(&c.provision), clean::line(&c.finding), c.on))
            .collect();
        let of = if all >= MINIMUM {
            format!("{} of {all} compared", spots.len())
        } else {
            format!("{}, too few compared for a share", spots.len())
        };
        let mark = if style.unicode { "✗ " } else { "x " };
        paragraph(out, style, 2, (Tone::Bad, mark), &format!("{}: blind spots: {of}: {}", named(standing), spots.join(", ")));
    }
    rest(out, style, most, rows.len(), "entities");
    let total = |outcome| overview.entities.iter().map(|e| e.came_to(outcome)).sum::<usize>();
    let not_comparable: usize = overview.entities.iter().map(|e| e.compared.len() - e.comparable()).sum();
    let sums = format!(
        "Of records that name a provision, beside an assessment of the {} days before: {} agreed, {}, {} over-reported, {} not comparable.",
        blind::FRESH,
        total(Outcome::Agreed),
        count(total(Outcome::BlindSpot), "blind spot"),
        total(Outcome::OverReported),
        not_comparable
    );
    paragraph(out, style, 2, (Tone::Plain, ""), &sums);
}

/// The order of visits.
pub(super) fn render(overview: &Overview, style: Style, most: usize, out: &mut String) {
    if overview.entities.is_empty() {
        return;
    }
    heading(out, style, "Whom to visit first");
    if style.columns() >= WIDE {
        columns(overview, style, most, out);
    } else {
        sentences(overview, style, most, out);
    }
    let left = overview.entities.len().saturating_sub(most);
    if left > 0 {
        let dots = if style.unicode { "…" } else { "..." };
        out.push_str(&paint(style, Tone::Quiet, &format!("  {dots} and {} more (`--all` shows them)\n", entities(left))));
    }
    let rule = "Entities are compared factor by factor in this order; the first that differs decides. Law stands before risk, risk before performance.";
    paragraph(out, style, 2, (Tone::Plain, ""), rule);
}

fn columns(overview: &Overview, style: Style, most: usize, out: &mut String) {
    let width = |at: usize| if at == FACTORS.len() - 1 { 11 } else { 6 };
    let names = style.columns().saturating_sub((0..FACTORS.len()).map(width).sum::<usize>() + 6).clamp(16, 40);
    let mut header = " ".repeat(names + 6);
    HEADS.iter().enumerate().for_each(|(at, head)| header.push_str(&format!("{head:>width$}", width = width(at))));
    out.push_str(&paint(style, Tone::Quiet, &header));
    out.push('\n');
    for (i, standing) in overview.entities.iter().enumerate().take(most) {
        out.push_str(&format!("{:>4}  {}", i + 1, fit(&named(standing), names, style.unicode)));
        for (at, value) in standing.shown_factors().into_iter().enumerate() {
            let decides = standing.decides == Some(at);
            let text = match value {
                None => "?".to_owned(),
                Some(0) => if style.unicode { "·" } else { "." }.to_owned(),
                Some(n) => n.to_string(),
            };
            let cell = format!("{text:>width$}", width = width(at) - usize::from(decides));
            let tone = if decides {
                Tone::Strong
            } else if value.is_none_or(|n| n == 0) {
                Tone::Quiet
            } else {
                Tone::Plain
            };
            out.push_str(&paint(style, tone, &cell));
            // Colour alone would not do.
            if decides {
                out.push('*');
            }
        }
        out.push('\n');
        told_floors(overview, standing, style, out);
    }
    let key: Vec<String> = HEADS.iter().zip(FACTORS).map(|(head, (_, words))| format!("{head}: {words}")).collect();
    let withheld = withheld(overview).map_or_else(String::new, |from| format!(" ?: withheld from {from}."));
    paragraph(out, style, 2, (Tone::Plain, ""), &format!("* decides against the next one. {}.{withheld}", key.join("; ")));
}

/// Whom factors are withheld from, where some are.
fn withheld(overview: &Overview) -> Option<&'static str> {
    let some = overview.entities.iter().any(|e| e.shown_factors().contains(&None));
    overview.withheld.as_ref().filter(|_| some).map(|w| w.audience.title)
}

/// Minimum frequencies of the law that somebody has to look at, in words, with their provisions.
pub(super) fn floors(standing: &Standing, on: Date) -> Vec<String> {
    let words = |f: &Floor| {
        let provision = f.provision.unwrap_or("");
        let stated = match (f.last, f.due) {
            (None, _) => "no look is on record".to_owned(),
            (Some(last), Some(due)) if due < on => format!("was due on {due}, last on {last}"),
            (Some(last), _) => format!("last on {last}"),
        };
        let applies = if f.applies { "" } else { "; whether it applies is not known: the fact it hangs on is not stated" };
        format!("{} ({provision}): {stated}{applies}", f.title)
    };
    standing.facts.telling(on).map(words).collect()
}

fn told_floors(overview: &Overview, standing: &Standing, style: Style, out: &mut String) {
    for floor in overview.on.map_or_else(Vec::new, |on| floors(standing, on)) {
        paragraph(out, style, 6, (Tone::Quiet, ""), &floor);
    }
}

fn sentences(overview: &Overview, style: Style, most: usize, out: &mut String) {
    for (i, standing) in overview.entities.iter().enumerate().take(most) {
        let head = format!("{:>3}  ", i + 1);
        paragraph(out, style, 0, (Tone::Quiet, &head), &named(standing));
        let shown = FACTORS.iter().zip(standing.shown_factors());
        let factors = shown.enumerate().filter_map(|(at, (factor, value))| Some((at, (factor, value.filter(|n| *n != 0)?))));
        let said: Vec<String> = factors
            .map(|(at, ((_, words), value))| {
                format!(
                    "{}{words}: {}",
                    if standing.decides == Some(at) { "* " } else { "" },
                    grouped(value.unsigned_abs().into())
                )
            })
            .collect();
        let text = if !said.is_empty() {
            said.join("; ")
        } else if standing.shown_factors().contains(&None) {
            "nothing of what is shown".to_owned()
        } else {
            "nothing on record".to_owned()
        };
        paragraph(out, style, 5, (Tone::Plain, ""), &text);
        told_floors(overview, standing, style, out);
    }
    let withheld = withheld(overview).map_or_else(String::new, |from| format!(", or withheld from {from}"));
    let last = format!("* decides against the next one. Factors that are not named are 0{withheld}.");
    paragraph(out, style, 2, (Tone::Plain, ""), &last);
}
