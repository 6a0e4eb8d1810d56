//! What is wrong with a requirement, ready to be said: per clause or judgement, a sentence for each element that fails, the nearest misses,
//! both places, and what to do.

mod because;
mod clause;

use self::clause::Found;
use super::voice::Voice;
use super::words::Said;
use super::{Context, judge, summary};
use crate::assess::{ClauseOutcome, From, Ground, JudgeState, Outcome, ProvisionStatus, Reason, Scope, Shown, Step, Verdict};
use crate::base::{Span, Truth};
use crate::diagnostics::render::clean;
use crate::evidence::At;
use crate::library::model::{Clause, Judge, ProvisionId, Requirement};

pub(super) use because::why_not;

/// How many sentences one part says before "and 9 more".
const MOST: usize = 9;

/// Something wrong with a requirement.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// The clause's or judge's name; empty for the scope.
    pub(super) name: String,
    /// What was expected, or asked.
    pub(super) title: String,
    /// What it came to.
    pub(super) verdict: Verdict,
    /// One for each element that fails.
    pub(super) points: Vec<Point>,
    /// How many more there are.
    pub(super) more: usize,
    /// What to do.
    pub(super) remedies: Vec<String>,
    /// Where to learn how.
    pub(super) guidance: Option<String>,
    /// The place in the rules, and what is said there.
    pub(super) rule: (Span, String),
    /// A place in the evidence that is no item: a judgement, a fact.
    pub(super) evidence: Option<(Span, String)>,
}

/// One sentence of what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Point {
    /// The sentence, without its full stop.
    pub(super) text: String,
    /// What was found: the steps that decide, nearest misses among them.
    pub(super) because: Vec<Said>,
}

impl Point {
    /// The places it is about.
    pub(super) fn places(&self) -> impl Iterator<Item = (At, &str)> {
        self.because.iter().filter_map(|said| said.at.map(|at| (at, said.short.as_str())))
    }
}

impl Part {
    /// The first sentence and how many more there are.
    pub(super) fn sentence(&self) -> String {
        let first = self.points.first().map_or(self.title.as_str(), |p| p.text.as_str());
        let stem = first.trim_end_matches('.');
        match self.points.len().saturating_sub(1) + self.more {
            0 => first.to_owned(),
            // What an author wrote may be several sentences, and the last of them need not be about the items.
            n if stem.contains(". ") => format!("{stem}. And {n} more"),
            n => format!("{stem}, and {n} more"),
        }
    }
}

/// The provisions to cite for a requirement: those that bind this entity on the day; all of them when none does.
pub(super) fn cited(ctx: &Context<'_>, requirement: &Requirement) -> Vec<ProvisionId> {
    let binds = |id: &ProvisionId| {
        let status = ctx.assessment.provisions.get(id.0 as usize).map(|c| c.status);
        !matches!(status, Some(ProvisionStatus::NotBound | ProvisionStatus::NotInForce))
    };
    let binding: Vec<_> = requirement.discharges.iter().copied().filter(binds).collect();
    if binding.is_empty() { requirement.discharges.clone() } else { binding }
}

/// How much of a part is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// Every sentence, with what it rests on.
    Whole,
    /// What [`Part::sentence`] and the first remedy need.
    Short,
}

/// What of an outcome is not met, before it is told.
#[derive(Debug, Clone, Copy)]
enum Wrong<'a> {
    Scope(&'a Ground),
    Clause(&'a Clause, &'a ClauseOutcome),
    Judge(&'a Judge, JudgeState),
}

impl Wrong<'_> {
    /// `None` where nothing is wrong after all: a judgement that says yes.
    fn verdict(self) -> Option<Verdict> {
        match self {
            Wrong::Scope(_) => Some(Verdict::NotConfirmed),
            Wrong::Clause(_, clause) => Some(clause_verdict(clause)),
            Wrong::Judge(_, state) => judge::verdict(state),
        }
    }

    fn part(self, ctx: &Context<'_>, requirement: &Requirement, depth: Depth) -> Option<Part> {
        let voice = summary::voice(ctx);
        match self {
            Wrong::Scope(ground) => Some(scope(voice, requirement, ground)),
            Wrong::Clause(written, clause) => {
                let found = Found::new(voice, ctx.assessment.date, &requirement.name, written, clause.truth, depth);
                Some(found.part(clause, clause_verdict(clause)))
            }
            Wrong::Judge(judge, state) => judge::part(voice, requirement, judge, state),
        }
    }
}

fn clause_verdict(clause: &ClauseOutcome) -> Verdict {
    match clause.truth {
        Truth::False => Verdict::NotMet(clause.reason.unwrap_or(Reason::Insufficient)),
        Truth::Unknown | Truth::True => Verdict::NotConfirmed,
    }
}

/// What of an outcome may not be met, in the order of the rule: of its clauses those outside routes, and those of the route shown.
fn wrong<'a>(requirement: &'a Requirement, outcome: &'a Outcome) -> impl Iterator<Item = Wrong<'a>> {
    let scope = match &outcome.scope {
        Scope::Unknown(ground) => Some(Wrong::Scope(ground)),
        Scope::Applies | Scope::NotBound | Scope::NotInForce | Scope::ConditionFalse(_) | Scope::Displaced(_) | Scope::Sealed => {
            None
        }
    };
    let clauses = outcome.clauses.iter().filter_map(|clause| {
        let written = requirement.clauses.get(clause.clause.0 as usize)?;
        let counts = clause.truth != Truth::True && (written.route.is_none() || written.route == outcome.route);
        counts.then_some(Wrong::Clause(written, clause))
    });
    let judges = outcome.judges.iter();
    let judges = judges.filter_map(|asked| Some(Wrong::Judge(requirement.judges.get(asked.judge as usize)?, asked.state)));
    scope.into_iter().chain(clauses).chain(judges)
}

/// The parts of an outcome that are not met, in the order of the rule.
pub(super) fn parts(ctx: &Context<'_>, outcome: &Outcome) -> Vec<Part> {
    let requirement = ctx.library.requirement(outcome.requirement);
    wrong(requirement, outcome).filter_map(|wrong| wrong.part(ctx, requirement, Depth::Whole)).collect()
}

/// What [`sentence`] says of all [`parts`], and the first thing to do, without telling the rest: for where there are many outcomes, and one line for each.
pub(super) fn in_short(ctx: &Context<'_>, outcome: &Outcome) -> (String, Option<String>) {
    let requirement = ctx.library.requirement(outcome.requirement);
    let weighed =
        wrong(requirement, outcome).enumerate().filter_map(|(at, wrong)| Some((wrong.verdict()?.strength(), at, wrong)));
    let told = weighed.min_by_key(|(strength, ..)| *strength);
    let told = told.and_then(|(_, at, wrong)| Some((at, wrong.part(ctx, requirement, Depth::Short)?)));
    let first = |(at, wrong): (usize, Wrong<'_>)| match &told {
        Some((told, part)) if *told == at => part.remedies.first().cloned(),
        Some(_) | None => wrong.part(ctx, requirement, Depth::Short)?.remedies.into_iter().next(),
    };
    let remedy = wrong(requirement, outcome).enumerate().find_map(first);
    let said = told.as_ref().map_or(&[][..], |(_, part)| std::slice::from_ref(part));
    (sentence(ctx, outcome, said), remedy)
}

/// One sentence on why an outcome is what it is.
pub(super) fn sentence(ctx: &Context<'_>, outcome: &Outcome, parts: &[Part]) -> String {
    let requirement = ctx.library.requirement(outcome.requirement);
    match &outcome.scope {
        Scope::NotBound => return "it does not bind this kind of entity".to_owned(),
        Scope::NotInForce => return format!("it is not in force on {}", ctx.assessment.date),
        Scope::ConditionFalse(_) => return "its condition does not hold for this entity".to_owned(),
        Scope::Displaced(at) => {
            let Some(e) = ctx.bundle.exemptions.get(*at as usize) else { return "it is displaced".to_owned() };
            let until = e.until.map_or_else(String::new, |d| format!(" until {d}"));
            return format!("{} {} by {} displaces it{until}", exemption(e.kind), clean::line(&e.id), clean::line(&e.granted_by));
        }
        Scope::Sealed => return "the text of its provisions is not public".to_owned(),
        Scope::Applies | Scope::Unknown(_) => {}
    }
    let worst = parts.iter().min_by_key(|p| p.verdict.strength());
    worst.map_or_else(|| clean::line(&requirement.title).into_owned(), Part::sentence)
}

pub(super) const fn exemption(kind: crate::evidence::ExemptionKind) -> &'static str {
    match kind {
        crate::evidence::ExemptionKind::Waiver => "waiver",
        crate::evidence::ExemptionKind::Derogation => "derogation",
    }
}

fn scope(voice: Voice<'_>, requirement: &Requirement, ground: &Ground) -> Part {
    let because = why_not(voice, ground, true);
    let fact = missing_fact(voice, ground);
    let said = because.first().map_or_else(|| "a fact is missing".to_owned(), |s| s.text.clone());
    Part {
        name: String::new(),
        title: "Whether it applies is not known".to_owned(),
        verdict: Verdict::NotConfirmed,
        points: vec![Point { text: format!("whether it applies is not known: {said}"), because }],
        more: 0,
        remedies: vec![fact.map_or_else(
            || "State what is missing in the bundle.".to_owned(),
            |name| format!("State `{name}` under the facts of the entity."),
        )],
        guidance: None,
        rule: (requirement.applies.span, "this cannot be decided".to_owned()),
        evidence: Some((voice.bundle.entity.span, "the entity is described here".to_owned())),
    }
}

/// The fact that would decide, when it is one.
fn missing_fact<'a>(voice: Voice<'a>, ground: &Ground) -> Option<&'a str> {
    let fact = |shown: &Shown| match (shown.from, shown.value) {
        (From::Fact(id), None) => voice.library.facts.get(id.0 as usize).map(|f| f.name.as_str()),
        _ => None,
    };
    let here = match &ground.step {
        Step::Value(shown) => fact(shown),
        Step::Compare { left, right, .. } => fact(left).or_else(|| fact(right)),
        _ => None,
    };
    here.or_else(|| ground.below.iter().find_map(|g| missing_fact(voice, g)))
}
