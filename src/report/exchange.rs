//! What the exchange formats share: an outcome in plain words, its places with lines and columns, relative addresses, identifiers that keep.
//!
//! Nothing here knows SARIF, JUnit or OSCAL. A format that needs one of these asks here, so that the same gap has the same words and places in each.

use std::fmt::Write as _;

use uuid::Uuid;

use super::explain::{Part, parts, sentence};
use super::terminal::{full_stop, verdict_words};
use super::{Context, place, summary};
use crate::assess::{Outcome, Verdict};
use crate::base::{Place, Sources, Span};
use crate::diagnostics::render::clean;
use crate::evidence::At;
use crate::library::model::{Requirement, StrategicId};

/// The space of names that identifiers of Abide are made in.
pub(super) const NAMESPACE: Uuid = Uuid::from_u128(0xf6ac_97d3_943f_419d_b813_7ba4_f4fb_d228);

/// The identifier of what these names name, together: the same names give the same one, in every run and on every machine.
pub(super) fn identifier(names: &[&str]) -> String {
    let mut name = String::new();
    for part in names {
        // With its length, so that no two lists of names look alike.
        let _ = write!(name, "{}:{part};", part.len());
    }
    Uuid::new_v5(&NAMESPACE, name.as_bytes()).to_string()
}

/// Said of a run over no requirement, which must not look like a good one.
pub(super) const NOTHING: &str = "No requirement was assessed: nothing is shown.";

/// What tells one entity from another in identifiers.
pub(super) fn entity<'a>(ctx: &Context<'a>) -> &'a str {
    let e = &ctx.bundle.entity;
    if e.id.is_empty() { &e.name } else { &e.id }
}

/// One outcome, ready to be put into a form.
pub(super) struct Told<'a> {
    pub(super) outcome: &'a Outcome,
    pub(super) requirement: &'a Requirement,
    pub(super) parts: Vec<Part>,
    /// Why it is what it is: a sentence with its full stop.
    pub(super) why: String,
}

/// One outcome, told.
pub(super) fn tell<'a>(ctx: &Context<'a>, outcome: &'a Outcome) -> Told<'a> {
    let parts = parts(ctx, outcome);
    let why = full_stop(&sentence(ctx, outcome, &parts));
    Told { outcome, requirement: ctx.library.requirement(outcome.requirement), parts, why }
}

/// Every outcome, in the order of requirements.
pub(super) fn told<'a>(ctx: &Context<'a>) -> Vec<Told<'a>> {
    ctx.assessment.outcomes.iter().map(|outcome| tell(ctx, outcome)).collect()
}

impl Told<'_> {
    /// What is required, in words.
    pub(super) fn title(&self) -> String {
        clean::line(&self.requirement.title).into_owned()
    }

    /// `not met (stale)`.
    pub(super) fn verdict(&self) -> String {
        verdict_words(self.outcome)
    }

    /// Whether something is open or wrong.
    pub(super) const fn is_gap(&self) -> bool {
        matches!(self.outcome.verdict, Verdict::NotMet(_) | Verdict::NotConfirmed | Verdict::NeedsJudgement)
    }

    /// What to do, each thing once, those of the weakest part first.
    pub(super) fn remedies(&self) -> Vec<&str> {
        let mut parts: Vec<&Part> = self.parts.iter().collect();
        parts.sort_by_key(|p| p.verdict.strength());
        let mut all: Vec<&str> = Vec::new();
        for remedy in parts.into_iter().flat_map(|p| &p.remedies) {
            if !all.contains(&remedy.as_str()) {
                all.push(remedy);
            }
        }
        all
    }

    /// The component it shows something of: the first by number; `None` when it shows none.
    pub(super) fn component(&self, ctx: &Context<'_>) -> Option<StrategicId> {
        let shown = self.requirement.shows.iter().map(|s| s.component);
        shown.min_by_key(|id| (ctx.library.strategic(*id).number.unwrap_or(u32::MAX), *id))
    }

    /// Everything that is wrong, one thing a line: a headline for each part, then its sentences, and what to do.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for part in &self.parts {
            if !part.name.is_empty() {
                lines.push(format!("Expected: {}", full_stop(&part.title)));
            }
            lines.extend(part.points.iter().map(|p| format!("- {}", full_stop(&p.text))));
            if part.more > 0 {
                lines.push(format!("- and {} more", part.more));
            }
            lines.extend(part.remedies.iter().map(|r| format!("To do: {r}")));
        }
        lines
    }
}

/// Which of the two sets of texts a place is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Base {
    /// The rules.
    Rules,
    /// The bundle.
    Evidence,
}

/// A place in a text, with what is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) base: Base,
    /// The file's name, as it is shown.
    pub(super) file: String,
    /// Its address from its base, percent-encoded.
    pub(super) uri: String,
    pub(super) start: Place,
    /// After its last character.
    pub(super) end: Place,
    /// The text there, as far as it is one line.
    pub(super) text: String,
    /// What is said of it.
    pub(super) says: String,
    /// The item and the field there, in the evidence.
    pub(super) at: Option<At>,
}

/// The place of a rule.
pub(super) fn rule(ctx: &Context<'_>, span: Span, says: &str) -> Option<Region> {
    let source = ctx.library.sources.get(span.file)?;
    let own = source.name();
    // Rules outside the folder the command was given in are addressed from their own folder: an absolute path would tell of the machine.
    let relative = !own.starts_with(['/', '\\']) && !own.contains(':') && own.split('/').all(|part| part != "..");
    let name = if relative { own } else { source.name_inside() };
    region(&ctx.library.sources, span, Base::Rules, name, says)
}

/// The places in the evidence that a part is about, those that decide first; none when what is wrong is that something is not there.
pub(super) fn evidence(ctx: &Context<'_>, part: &Part) -> Vec<Region> {
    let mut found: Vec<Region> = Vec::new();
    for (at, said) in part.points.iter().flat_map(super::explain::Point::places) {
        let Some((span, itself)) = place::find(ctx.library, ctx.bundle, at) else { continue };
        let field = at.field.and_then(|f| place::field_name(ctx.library, at, f)).filter(|_| !itself);
        let says = field.map_or_else(|| said.to_owned(), |field| format!("`{field}` {said}"));
        let region = bundle(ctx, span, &says).map(|r| Region { at: Some(at), ..r });
        found.extend(region.filter(|r| found.iter().all(|f| (f.start, f.end, &f.uri) != (r.start, r.end, &r.uri))));
    }
    found.extend(part.evidence.as_ref().and_then(|(span, says)| bundle(ctx, *span, says)));
    found
}

/// Where the evidence would have to be that is not there: in the bundle of this entity, which begins here.
pub(super) fn nowhere(ctx: &Context<'_>) -> Option<Region> {
    bundle(ctx, ctx.bundle.entity.span, "nothing in the bundle of this entity answers it")
}

fn bundle(ctx: &Context<'_>, span: Span, says: &str) -> Option<Region> {
    let source = ctx.bundle.sources.get(span.file)?;
    region(&ctx.bundle.sources, span, Base::Evidence, source.name(), says)
}

fn region(sources: &Sources, span: Span, base: Base, name: &str, says: &str) -> Option<Region> {
    let source = sources.get(span.file)?;
    let text = source.slice(span).lines().next().unwrap_or("");
    Some(Region {
        base,
        file: clean::line(name).into_owned(),
        uri: address(name),
        start: source.place(span.start),
        end: source.place(span.end.max(span.start)),
        text: clean::line(text).into_owned(),
        says: clean::line(says).into_owned(),
        at: None,
    })
}

/// A file name as a relative reference of RFC 3986: everything but unreserved characters and `/` is percent-encoded.
pub(super) fn address(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.trim_start_matches('/').bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            other => {
                let _ = write!(out, "%{other:02X}");
            }
        }
    }
    out
}

/// An address from the rules, when it is an absolute one that every reader takes.
pub(super) fn web(url: &str) -> Option<&str> {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&b);
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    (!rest.is_empty() && url.bytes().all(allowed)).then_some(url)
}

/// What the report was made from, by name: for properties.
pub(super) fn basis(ctx: &Context<'_>) -> Vec<(&'static str, String)> {
    let a = ctx.assessment;
    let mut all = vec![("assessed-on", a.date.to_string())];
    all.extend(a.known_at.map(|d| ("known-at", d.to_string())));
    all.push(("exit-code", summary::tally(ctx).exit_code().to_string()));
    all.extend(Some(("rules-sha256", ctx.library.fingerprint.clone())).filter(|(_, f)| !f.is_empty()));
    all.extend(ctx.fingerprint.map(|f| ("evidence-sha256", f.to_owned())));
    all.extend(a.policies.as_ref().map(|p| ("policies-sha256", p.fingerprint.clone())));
    all.extend(ctx.withheld.map(|w| ("audience", w.audience.name.to_owned())));
    all
}
