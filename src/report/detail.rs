//! Every gap in full: the clause as it is written, the evidence as it is written, the law as it reads on the day, and what to do.

use super::explain::{Part, cited, parts};
use super::terminal::{full_stop, heading, verdict_words};
use super::voice::short;
use super::{Context, marks, own, place, summary};
use crate::assess::{Outcome, Verdict};
use crate::diagnostics::render::paint::{Tone, paint, paragraph};
use crate::diagnostics::render::snippet::{Drawer, Gravity, Heading, Mark};
use crate::diagnostics::render::{Style, clean};
use crate::library::model::{InstrumentKind, ProvisionId};

/// How many places in the evidence one part draws.
const PLACES: usize = 3;

/// Writes all gaps, those that matter most first.
pub(super) fn render(ctx: &Context<'_>, out: &mut String) {
    let gaps = ctx.assessment.gaps(ctx.library);
    let style = ctx.style.look();
    let mut drawer = Drawer::new(style);
    for (outcome, number) in gaps.iter().zip(1..) {
        rule(out, style, &format!("Gap {number} of {}", gaps.len()));
        one(ctx, style, &mut drawer, outcome, out);
    }
}

fn rule(out: &mut String, style: Style, text: &str) {
    let bar = if style.unicode { "─" } else { "-" };
    let rest = style.columns().saturating_sub(text.len() + 4);
    heading(out, style, &format!("{} {text} {}", bar.repeat(2), bar.repeat(rest)));
}

fn one(ctx: &Context<'_>, style: Style, drawer: &mut Drawer, outcome: &Outcome, out: &mut String) {
    let requirement = ctx.library.requirement(outcome.requirement);
    let mark = marks::verdict(outcome.verdict);
    let state = format!("{} {}", mark.symbol(style.unicode), verdict_words(outcome));
    let dot = if style.unicode { " · " } else { " - " };
    out.push_str(&format!(
        "{}{dot}{}{dot}{}\n",
        paint(style, mark.tone, &state),
        marks::severity(requirement.severity),
        paint(style, Tone::Strong, &clean::line(&requirement.name)),
    ));
    paragraph(out, style, 0, (Tone::Plain, ""), &clean::line(&requirement.title));
    for part in parts(ctx, outcome) {
        out.push('\n');
        draw(ctx, style, drawer, &part, out);
    }
    out.push('\n');
    for id in &cited(ctx, requirement) {
        law(ctx, style, *id, out);
    }
    for (i, said) in own::sentences(ctx, outcome).iter().enumerate() {
        paragraph(out, style, 2, (Tone::Quiet, if i == 0 { "own:   " } else { "       " }), said);
    }
    if let Some(class) = outcome.verdict.may_suggest() {
        paragraph(out, style, 2, (Tone::Quiet, "class: "), &format!("may suggest {class}; a person decides"));
    }
    paragraph(out, style, 2, (Tone::Quiet, "more:  "), &format!("abide why BUNDLE {}", clean::line(&requirement.name)));
}

fn draw(ctx: &Context<'_>, style: Style, drawer: &mut Drawer, part: &Part, out: &mut String) {
    let mark = marks::verdict(part.verdict);
    let gravity = match part.verdict {
        Verdict::NotMet(_) => Gravity::Error,
        Verdict::NotConfirmed => Gravity::Warning,
        Verdict::NeedsJudgement | Verdict::Met | Verdict::NotApplicable | Verdict::Sealed => Gravity::Advice,
    };
    let message = if part.name.is_empty() { part.title.clone() } else { format!("{}: {}", part.name, part.title) };
    let (span, text) = &part.rule;
    let mut drawn = vec![Mark { sources: &ctx.library.sources, span: *span, text: short(text, 60), primary: true }];
    if let Some((span, text)) = &part.evidence {
        drawn.push(Mark { sources: &ctx.bundle.sources, span: *span, text: text.clone(), primary: true });
    }
    for (span, text) in places(ctx, part) {
        drawn.push(Mark { sources: &ctx.bundle.sources, span, text, primary: true });
    }
    let heading = Heading { code: None, message: &message, gravity, symbol: Some(mark.symbol(style.unicode)) };
    drawer.draw(out, &heading, &drawn);
    let mut head = "found: ";
    for point in &part.points {
        paragraph(out, style, 2, (mark.tone, head), &full_stop(&point.text));
        head = "       ";
        for said in point.because.iter().filter(|s| !point.text.ends_with(&s.text)) {
            let at = said.at.and_then(|at| summary::voice(ctx).where_is(at));
            let at = at.map_or_else(String::new, |p| format!(" ({p})"));
            let arrow = if style.unicode { "↳ " } else { "- " };
            paragraph(out, style, 9, (Tone::Quiet, arrow), &format!("{}{at}", said.text));
        }
    }
    if part.more > 0 {
        paragraph(out, style, 2, (mark.tone, head), &format!("and {} more", part.more));
    }
    for (i, remedy) in part.remedies.iter().enumerate() {
        paragraph(out, style, 2, (Tone::Judge, if i == 0 { "to do: " } else { "       " }), remedy);
    }
    if let Some(guidance) = &part.guidance {
        paragraph(out, style, 2, (Tone::Quiet, "learn: "), guidance);
    }
}

/// The places in the evidence that a part draws, each once.
pub(super) fn places(ctx: &Context<'_>, part: &Part) -> Vec<(crate::base::Span, String)> {
    let mut found: Vec<(crate::base::Span, String)> = Vec::new();
    for (at, said) in part.points.iter().flat_map(|p| p.places()) {
        let Some((span, itself)) = place::find(ctx.library, ctx.bundle, at) else { continue };
        let field = at.field.and_then(|f| place::field_name(ctx.library, at, f));
        let text = match field {
            Some(field) if !itself => format!("`{field}` {said}"),
            Some(_) | None => said.to_owned(),
        };
        if found.len() < PLACES && found.iter().all(|(s, _)| *s != span) {
            found.push((span, short(&text, 60)));
        }
    }
    found
}

/// What is law, or guidance, as it reads on the day.
fn law(ctx: &Context<'_>, style: Style, id: ProvisionId, out: &mut String) {
    let said = provision(ctx, id);
    let label = if said.is_law { "law:   " } else { "guide: " };
    paragraph(out, style, 2, (Tone::Strong, label), &said.cited);
    paragraph(out, style, 9, (Tone::Plain, ""), &said.reads);
    if let Some(url) = &said.url {
        out.push_str(&format!("         {}\n", paint(style, Tone::Link, url)));
    }
}

/// A provision as a report cites it.
#[derive(Debug, Clone)]
pub(super) struct Cited {
    /// Whether it is law; else guidance, a standard or a strategy.
    pub(super) is_law: bool,
    /// Citation, heading and basis.
    pub(super) cited: String,
    /// What it says on the day, in our words; or why that is not said.
    pub(super) reads: String,
    /// Where it can be read.
    pub(super) url: Option<String>,
}

/// A provision on the assessment date.
pub(super) fn provision(ctx: &Context<'_>, id: ProvisionId) -> Cited {
    let voice = summary::voice(ctx);
    let provision = ctx.library.provision(id);
    let version = provision.version_on(ctx.assessment.date);
    let cited = format!("{} \"{}\" [{}]", voice.citation(id), clean::line(&provision.title), marks::basis_words(provision.basis));
    let reads = match (&provision.sealed, version) {
        (Some(why), _) => format!("Not public: {}", full_stop(&clean::line(why))),
        (None, Some(version)) => full_stop(&clean::line(&version.summary)),
        (None, None) => format!("Not in force on {}.", ctx.assessment.date),
    };
    let instrument = ctx.library.instruments.get(provision.key.instrument.0 as usize);
    let url = provision.source.as_deref().or_else(|| instrument.and_then(|i| i.url.as_deref()));
    Cited { is_law: is_law(ctx, id), cited, reads, url: url.map(|u| clean::line(u).into_owned()) }
}

/// Whether a provision is law; else it is guidance, a standard or a strategy.
pub(super) fn is_law(ctx: &Context<'_>, id: ProvisionId) -> bool {
    match ctx.library.instrument(ctx.library.provision(id).key.instrument).kind {
        InstrumentKind::Law | InstrumentKind::Direction | InstrumentKind::Programme => true,
        InstrumentKind::Guidance | InstrumentKind::Standard | InstrumentKind::Strategy => false,
    }
}
