//! Which self-assessments can be trusted, and whom to visit first, with every factor.

use super::page::{entities, fit, named, rest};
use crate::diagnostics::render::paint::{Tone, paint, paragraph};
use crate::diagnostics::render::{Style, clean};
use crate::findings::reconcile::{MINIMUM, Outcome};
use crate::portfolio::blind;
use crate::portfolio::overview::{Overview, Standing};
use crate::portfolio::priority::FACTORS;
use crate::report::terminal::heading;

/// Short heads of the columns, in the order of the factors.
const HEADS: [&str; 15] =
    ["late", "none", "near", "ser.", "both", "blind", "over", "rep.", "trend", "crit", "open", "major", "pract", "look", "pax"];
/// From this width on, factors stand in columns.
const WIDE: usize = 116;

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
        "Of records that name a provision, beside an assessment of the {} days before: {} agreed, {} blind spots, {} over-reported, {} not comparable.",
        blind::FRESH,
        total(Outcome::Agreed),
        total(Outcome::BlindSpot),
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
        for (at, value) in standing.factors.iter().enumerate() {
            let decides = standing.decides == Some(at);
            let text = match value {
                0 => if style.unicode { "·" } else { "." }.to_owned(),
                n => n.to_string(),
            };
            let cell = format!("{text:>width$}", width = width(at) - usize::from(decides));
            let tone = if decides {
                Tone::Strong
            } else if *value == 0 {
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
    }
    let key: Vec<String> = HEADS.iter().zip(FACTORS).map(|(head, (_, words))| format!("{head}: {words}")).collect();
    paragraph(out, style, 2, (Tone::Plain, ""), &format!("* decides against the next one. {}.", key.join("; ")));
}

fn sentences(overview: &Overview, style: Style, most: usize, out: &mut String) {
    for (i, standing) in overview.entities.iter().enumerate().take(most) {
        let head = format!("{:>3}  ", i + 1);
        paragraph(out, style, 0, (Tone::Quiet, &head), &named(standing));
        let factors = FACTORS.iter().zip(standing.factors).enumerate().filter(|(_, (_, value))| *value != 0);
        let said: Vec<String> = factors
            .map(|(at, ((_, words), value))| format!("{}{words}: {value}", if standing.decides == Some(at) { "* " } else { "" }))
            .collect();
        let text = if said.is_empty() { "nothing on record".to_owned() } else { said.join("; ") };
        paragraph(out, style, 5, (Tone::Plain, ""), &text);
    }
    paragraph(out, style, 2, (Tone::Plain, ""), "* decides against the next one. Factors that are not named are 0.");
}
