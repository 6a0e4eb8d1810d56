//! The numbers and lists of the first page, counted once for every format.

use crate::assess::{ComponentOutcome, Lapse, Lapsing, LevelOutcome, ProvisionStatus, Tally};
use crate::base::{Period, Unit};
use crate::evidence::{At, AttachmentState, NilOf};
use crate::library::model::TableId;

use super::Context;
use super::marks;
use super::voice::Voice;
use crate::diagnostics::render::clean;

/// How far a report looks ahead.
pub(super) const AHEAD: Period = Period::new(90, Unit::Days);

/// The verdicts, counted: those that are shown, and those that are withheld from this audience.
pub(super) fn tally(ctx: &Context<'_>) -> Tally {
    Tally::of(&ctx.assessment.outcomes).and(ctx.withheld.map(|w| w.verdicts).unwrap_or_default())
}

/// What provisions came to.
#[derive(Debug, Default, Clone)]
pub(super) struct Provisions {
    /// With a verdict of their own or through an equivalence.
    pub(super) assessed: usize,
    /// No requirement discharges them.
    pub(super) not_encoded: Vec<String>,
    /// Define or empower: nothing in them could be unmet.
    pub(super) no_duty: usize,
    /// Not public, and no requirement discharges them.
    pub(super) sealed: usize,
    /// Do not bind this entity.
    pub(super) not_bound: usize,
    /// Not in force on the date.
    pub(super) not_in_force: usize,
}

pub(super) fn provisions(ctx: &Context<'_>) -> Provisions {
    let mut counts = Provisions::default();
    for coverage in &ctx.assessment.provisions {
        match coverage.status {
            ProvisionStatus::Verdict(_) | ProvisionStatus::Equivalent(..) | ProvisionStatus::Withheld => counts.assessed += 1,
            ProvisionStatus::NotEncoded => {
                counts.not_encoded.push(clean::line(&ctx.library.provision(coverage.provision).name).into_owned())
            }
            ProvisionStatus::NoDuty => counts.no_duty += 1,
            ProvisionStatus::NotBound => counts.not_bound += 1,
            ProvisionStatus::NotInForce => counts.not_in_force += 1,
            ProvisionStatus::Sealed => counts.sealed += 1,
        }
    }
    counts
}

/// Sentences on what the verdicts rest on. Always at least one.
pub(super) fn rests_on(ctx: &Context<'_>) -> Vec<String> {
    let bases = tally(ctx).bases;
    let total: usize = bases.iter().sum();
    let words = ["text that was read", "an excerpt", "text not checked", "text that is not public", "no provision of their own"];
    let parts: Vec<_> = bases.iter().zip(words).filter(|(n, _)| **n > 0).map(|(n, w)| format!("{n} on {w}")).collect();
    let mut said = Vec::new();
    said.push(match total {
        0 => "No verdict: no requirement applies, so nothing was shown.".to_owned(),
        1 => format!("1 verdict rests: {}.", parts.join(", ")),
        n => format!("{n} verdicts rest: {}.", parts.join(", ")),
    });
    let p = provisions(ctx);
    if !ctx.assessment.provisions.is_empty() {
        let mut line = format!("{} of {} provisions assessed", p.assessed, ctx.assessment.provisions.len());
        let rest = [
            (p.not_encoded.len(), "not covered by any requirement yet"),
            (p.no_duty, "define or empower, so that nothing in them could be unmet"),
            (p.sealed, "not public"),
            (p.not_bound, "do not bind this entity"),
            (p.not_in_force, "not in force on the day"),
        ];
        for (n, words) in rest.into_iter().filter(|(n, _)| *n > 0) {
            line.push_str(&format!("; {n} {words}"));
        }
        said.push(line + ".");
    }
    if !p.not_encoded.is_empty() {
        said.push(format!("Not covered: {}.", super::words::list(&p.not_encoded, 6)));
    }
    if !ctx.bundle.nil_returns.is_empty() {
        let of = |of: NilOf| match of {
            NilOf::Kind(kind) => voice(ctx).noun(TableId(kind.0), 2),
            NilOf::Requirement(id) => ctx.library.requirement(id).name.clone(),
        };
        let kinds: Vec<_> = ctx.bundle.nil_returns.iter().map(|n| format!("{} ({})", of(n.of), n.period)).collect();
        said.push(format!("Nil returns made for: {}.", super::words::list(&kinds, 6)));
    }
    let bad =
        ctx.bundle.attachments.iter().filter(|a| matches!(a.state, AttachmentState::Missing | AttachmentState::Altered)).count();
    if bad > 0 {
        said.push(format!("{} missing or altered.", super::voice::count(bad, "attachment")));
    }
    if let Some(used) = ctx.assessment.policies.as_ref().filter(|p| !p.own.is_empty()) {
        let files: Vec<_> = used.own.iter().map(|f| clean::line(f).into_owned()).collect();
        said.push(format!("Policies: those built in, and {}.", super::words::list(&files, 6)));
    }
    if ctx.bundle.not_yet_known > 0 {
        let left = super::voice::count(ctx.bundle.not_yet_known as usize, "item");
        said.push(format!("{left} left out: received after the knowledge date."));
    }
    said.extend(withheld(ctx));
    said
}

/// Whom the report is for, when that is not the entity itself.
pub(super) fn audience(ctx: &Context<'_>) -> Option<String> {
    ctx.withheld.map(|w| format!("For {}", w.audience.title))
}

/// How much is withheld from the audience of the report, and why. Nothing when it is for the entity itself.
pub(super) fn withheld(ctx: &Context<'_>) -> Vec<String> {
    let Some(w) = ctx.withheld else { return Vec::new() };
    let amounts = [
        (w.items as usize, "item"),
        (w.fields as usize, "field of other items"),
        (w.facts as usize, "fact about the entity"),
        (w.verdicts.total(), "verdict that is only counted"),
        (w.judgements as usize, "judgement"),
        (w.waivers as usize, "waiver"),
        (w.nil_returns as usize, "nil-return"),
        (w.checklist as usize, "entry of the checklist"),
        (w.barred as usize, "item that may not be relied on"),
        (w.lapses as usize, "date on which something lapses"),
    ];
    let amounts: Vec<_> = amounts.into_iter().filter(|(n, _)| *n > 0).map(|(n, one)| amount(n, one)).collect();
    let from = w.audience.title;
    if amounts.is_empty() {
        return vec![format!("Nothing is withheld from {from}.")];
    }
    let mut said = vec![format!("Withheld from {from}: {}.", amounts.join(", "))];
    for why in &w.because {
        let times = amount(why.times as usize, "time");
        let because = clean::line(&why.because);
        said.push(format!("Withheld {times}: {} (policy {}).", because.trim_end_matches('.'), clean::line(&why.policy)));
    }
    said
}

/// `1 verdict that is only counted`, `2 verdicts that are only counted`: the first noun takes the plural.
fn amount(n: usize, one: &str) -> String {
    let (noun, rest) = one.split_once(' ').map_or((one, String::new()), |(noun, rest)| (noun, format!(" {rest}")));
    if n == 1 {
        format!("1 {noun}{rest}")
    } else {
        format!("{n} {}{}", super::voice::plural(noun), rest.replace(" that is ", " that are "))
    }
}

pub(super) fn voice<'a>(ctx: &Context<'a>) -> Voice<'a> {
    Voice { library: ctx.library, bundle: ctx.bundle, assessment: ctx.assessment }
}

/// A heading such as `Airport operator, UK SeMS framework`.
pub(super) fn entity_kind(ctx: &Context<'_>) -> String {
    let term = |vocabulary: crate::library::model::VocabularyId, at: Option<crate::library::model::TermId>| {
        let terms = ctx.library.vocabularies.get(vocabulary.0 as usize).map(|v| &v.terms)?;
        terms.get(at?.0 as usize).map(|t| clean::line(&t.title).into_owned())
    };
    let kind = term(ctx.library.entity_kinds, ctx.bundle.entity.kind).unwrap_or_else(|| "kind not stated".to_owned());
    match term(ctx.library.sems, ctx.bundle.entity.sems) {
        Some(sems) => format!("{kind}, SeMS route: {sems}"),
        None => kind,
    }
}

/// The entity's name and id.
pub(super) fn entity_name(ctx: &Context<'_>) -> String {
    let (id, name) = (clean::line(&ctx.bundle.entity.id), clean::line(&ctx.bundle.entity.name));
    match (name.is_empty(), id.is_empty()) {
        (false, false) => format!("{name} ({id})"),
        (false, true) => name.into_owned(),
        (true, false) => id.into_owned(),
        (true, true) => "An entity without a name".to_owned(),
    }
}

/// The level reached in words: `present and operating shown; suitable awaits a judgement`.
pub(super) fn level_words(outcome: &ComponentOutcome) -> String {
    let those = |which: fn(LevelOutcome) -> bool| {
        let levels = outcome.levels.iter().zip(marks::LEVELS).filter(|(l, _)| which(**l));
        levels.map(|(_, (_, word))| word).collect::<Vec<_>>()
    };
    let groups = [
        (those(LevelOutcome::holds), "shown", "shown"),
        (those(|l| l.not_met > 0), "not met", "not met"),
        (those(|l| l.not_met == 0 && l.not_confirmed > 0), "not confirmed", "not confirmed"),
        (those(|l| l.not_met == 0 && l.not_confirmed == 0 && l.needs_judgement > 0), "awaits a judgement", "await a judgement"),
    ];
    let mut said = Vec::new();
    for (levels, one, more) in groups {
        match levels.as_slice() {
            [] => {}
            [level] => said.push(format!("{level} {one}")),
            [many @ .., last] => said.push(format!("{} and {last} {more}", many.join(", "))),
        }
    }
    if said.is_empty() { "no requirement applies".to_owned() } else { said.join("; ") }
}

/// What lapses soon, soonest first.
pub(super) fn lapses<'a>(ctx: &Context<'a>) -> impl Iterator<Item = &'a Lapse> {
    let date = ctx.assessment.date;
    let last = date.plus(AHEAD).unwrap_or(date);
    ctx.assessment.lapses.iter().filter(move |l| date < l.on && l.on <= last)
}

/// What lapses, in words.
pub(super) fn lapsing(ctx: &Context<'_>, what: Lapsing) -> String {
    match what {
        Lapsing::Item(at) => voice(ctx).item(At { field: None, ..at }),
        Lapsing::Judgement(at) => match ctx.bundle.judgements.get(at as usize) {
            Some(j) => {
                format!("judgement on {} of {}", clean::line(&j.of), clean::line(&ctx.library.requirement(j.requirement).name))
            }
            None => "a judgement".to_owned(),
        },
        Lapsing::Exemption(at) => match ctx.bundle.exemptions.get(at as usize) {
            Some(e) => format!("{} {} by {}", super::explain::exemption(e.kind), clean::line(&e.id), clean::line(&e.granted_by)),
            None => "a waiver".to_owned(),
        },
    }
}

/// Names of requirements.
pub(super) fn requirement_names(ctx: &Context<'_>, ids: &[crate::library::model::RequirementId], most: usize) -> String {
    let names: Vec<_> = ids.iter().map(|r| clean::line(&ctx.library.requirement(*r).name).into_owned()).collect();
    super::words::list(&names, most)
}
