//! What is wrong with a requirement, ready to be said: per clause or judgement, a sentence for each element that fails, the nearest misses,
//! both places, and what to do.

use crate::assess::{
    ClauseOutcome, Element, Elements, From, Ground, Outcome, ProvisionStatus, Reason, Scope, Shown, Step, Verdict, Wanted,
};
use crate::base::{Date, Span, Truth};
use crate::evidence::At;
use crate::library::model::{Clause, KindId, ProvisionId, Requirement, TableId};

use super::fill::{complete, fill};
use super::voice::Voice;
use super::words::{self, Said};
use super::{Context, judge, summary};
use crate::diagnostics::render::clean;

/// How many sentences one part says before "and 9 more".
pub(super) const MOST: usize = 9;

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

/// The parts of an outcome that are not met, in the order of the rule.
pub(super) fn parts(ctx: &Context<'_>, outcome: &Outcome) -> Vec<Part> {
    let voice = summary::voice(ctx);
    let requirement = ctx.library.requirement(outcome.requirement);
    let mut parts = Vec::new();
    if let Scope::Unknown(ground) = &outcome.scope {
        parts.push(scope(voice, requirement, ground));
    }
    for clause in failing(requirement, outcome) {
        if let Some(written) = requirement.clauses.get(clause.clause.0 as usize) {
            parts.push(of_clause(voice, ctx.assessment.date, &requirement.name, written, clause));
        }
    }
    parts.extend(outcome.judges.iter().filter_map(|j| judge::part(voice, requirement, j.judge, j.state)));
    parts
}

/// Clauses that count and do not hold: those outside routes, and those of the route shown.
fn failing<'a>(requirement: &'a Requirement, outcome: &'a Outcome) -> impl Iterator<Item = &'a ClauseOutcome> {
    outcome.clauses.iter().filter(|c| {
        let route = requirement.clauses.get(c.clause.0 as usize).and_then(|w| w.route);
        c.truth != Truth::True && (route.is_none() || route == outcome.route)
    })
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

fn of_clause(voice: Voice<'_>, on: Date, requirement: &str, written: &Clause, clause: &ClauseOutcome) -> Part {
    let mut found = Found {
        voice,
        on,
        requirement,
        written,
        truth: clause.truth,
        points: Vec::new(),
        remedies: Vec::new(),
        more: 0,
        rule: None,
        nil: None,
    };
    match &clause.ground {
        Some(ground) => found.collect(ground, true, &[]),
        None => found.point(&[], Vec::new(), || clean::line(&written.title).into_owned()),
    }
    let verdict = match clause.truth {
        Truth::False => Verdict::NotMet(clause.reason.unwrap_or(Reason::Insufficient)),
        Truth::Unknown | Truth::True => Verdict::NotConfirmed,
    };
    let more = found.more + found.points.len().saturating_sub(MOST);
    found.points.truncate(MOST);
    // What bars an item, or a reference that leads nowhere, is less work than what the author would have done about nothing being there.
    match clause.reason {
        Some(Reason::Inadmissible) => {
            found.remedies.insert(0, "Put right what bars the item; then it counts as it stands.".to_owned())
        }
        Some(Reason::Broken) => found.remedies.insert(0, "Correct the reference, or file the item that it names.".to_owned()),
        Some(Reason::Absent | Reason::Stale | Reason::Insufficient | Reason::Contradicted) | None => {}
    }
    found.remedies.truncate(3);
    Part {
        name: written.name.clone(),
        title: clean::line(&written.title).into_owned(),
        verdict,
        points: found.points,
        more,
        remedies: found.remedies,
        guidance: written.guidance.as_deref().map(|g| clean::line(g).into_owned()),
        rule: found.rule.unwrap_or((written.span, String::new())),
        evidence: None,
    }
}

/// Gathers the sentences of one clause.
struct Found<'a> {
    voice: Voice<'a>,
    on: Date,
    requirement: &'a str,
    written: &'a Clause,
    truth: Truth,
    points: Vec<Point>,
    remedies: Vec<String>,
    more: usize,
    rule: Option<(Span, String)>,
    /// The kind a nil return would be for, and whether there is an item of it.
    nil: Option<(KindId, bool)>,
}

impl<'a> Found<'a> {
    fn open_remedy(&self) -> String {
        match self.nil {
            Some((kind, true)) => {
                let many = self.voice.noun(TableId(kind.0), 2);
                format!(
                    "File the {many} it asks about; if there are none of that sort, make a nil return for `{}`.",
                    self.requirement
                )
            }
            Some((kind, false)) => {
                let many = self.voice.noun(TableId(kind.0), 2);
                format!("File the {many} there are; if there were none, make a nil return for {many}.")
            }
            None => "State what is missing in the bundle.".to_owned(),
        }
    }

    fn collect(&mut self, ground: &'a Ground, wanted: bool, bound: &'a [Option<At>]) {
        for (head, wanted) in deciding(ground, wanted) {
            let said = words::step(self.voice, head, wanted);
            let rule = (head.rule, said.short.clone());
            self.rule.get_or_insert(rule);
            if let Step::Elements(found) = &head.step {
                let empty = found.population_unknown == 0;
                let wanted = found.nil_return_wanted.filter(|_| empty);
                let some = |kind: KindId| self.voice.bundle.rows(TableId(kind.0)).len > 0;
                self.nil = self.nil.or(wanted.map(|kind| (kind, some(kind))));
            }
            match &head.step {
                Step::Elements(found) if universal(found) && !found.shown.is_empty() && found.broken.is_none() => {
                    self.more += found.more as usize;
                    for element in &found.shown {
                        self.element(found, element);
                    }
                }
                Step::Elements(found) => {
                    let mut because = vec![said.clone()];
                    because.extend(nearest(self.voice, found, wanted));
                    self.point(bound, because, || said.text.clone());
                }
                _ => self.point(bound, vec![said.clone()], || said.text.clone()),
            }
        }
    }

    fn element(&mut self, found: &'a Elements, element: &'a Element) {
        let Some(last) = element.rows.last().copied() else { return };
        // One that may be meant offends nobody yet: what is not known of it is what matters.
        let unwanted = matches!(found.wanted, Wanted::No | Wanted::AtMost(_) | Wanted::Exactly(_) | Wanted::ShareAtMost(_));
        let offends = unwanted && element.truth != Truth::Unknown;
        let whole = At { field: None, ..last };
        if let (Some(ground), false) = (&element.ground, offends) {
            // A list inside the element decides, and the author's sentence speaks of its elements.
            let inner = deciding(ground, true)
                .into_iter()
                .any(|(g, _)| matches!(&g.step, Step::Elements(e) if universal(e) && !e.shown.is_empty()));
            if inner && !complete(self.voice, self.on, &self.written.otherwise, &element.bound) {
                self.collect(ground, true, &element.bound);
                return;
            }
        }
        if !offends && let Some(said) = barred_row(self.voice, found, element) {
            // What the author says of an element that fails would say the wrong thing of one that may not be relied on.
            if self.truth != Truth::False {
                let remedy = self.open_remedy();
                if !self.remedies.contains(&remedy) {
                    self.remedies.push(remedy);
                }
            }
            self.points.push(Point { text: said.text.clone(), because: vec![said] });
            return;
        }
        let because = match &element.ground {
            Some(ground) if !offends => why_not(self.voice, ground, true),
            _ => vec![Said { text: self.voice.item(whole), short: "must not be there".to_owned(), at: Some(whole) }],
        };
        let plain = || match because.first() {
            Some(said) if !offends => format!("{}: {}", self.voice.item(whole), said.text),
            _ => format!("{} must not be there", self.voice.item(whole)),
        };
        let text = plain();
        let because = with_place(because, whole);
        self.point(&element.bound, because, || text);
    }

    fn point(&mut self, bound: &[Option<At>], because: Vec<Said>, plain: impl FnOnce() -> String) {
        // The author's words say what is wrong. Where nothing is known to be wrong, they would say too much.
        let known = self.truth == Truth::False;
        let text = match fill(self.voice, self.on, &self.written.otherwise, bound).filter(|_| known) {
            Some(text) => text.trim_end_matches('.').to_owned(),
            None if known || !self.points.is_empty() => plain(),
            None => format!("it is not known whether {}: {}", clean::line(&self.written.title).trim_end_matches('.'), plain()),
        };
        let remedy = if known { fill(self.voice, self.on, &self.written.remedy, bound) } else { Some(self.open_remedy()) };
        if let Some(remedy) = remedy
            && !self.remedies.contains(&remedy)
        {
            self.remedies.push(remedy);
        }
        match self.points.iter_mut().find(|p| p.text == text) {
            Some(point) => point.because.extend(because.into_iter().filter(|s| s.at.is_some()).take(1)),
            None => self.points.push(Point { text, because }),
        }
    }
}

/// At least one place to point at: the element itself when nothing below names one.
fn with_place(mut because: Vec<Said>, whole: At) -> Vec<Said> {
    if because.iter().all(|s| s.at.is_none())
        && let Some(first) = because.first_mut()
    {
        first.at = Some(whole);
    }
    because
}

/// Quantifiers whose shown elements are what is wrong.
fn universal(found: &Elements) -> bool {
    !matches!(found.wanted, Wanted::Some | Wanted::AtLeast(_))
}

/// The steps that decide: through names, `and`, `or`, `not` and groups down to what looks at evidence.
fn deciding(ground: &Ground, wanted: bool) -> Vec<(&Ground, bool)> {
    let through = match &ground.step {
        Step::Named(_) | Step::And | Step::Or | Step::Group { .. } => Some(wanted),
        Step::Not => Some(!wanted),
        Step::Value(_)
        | Step::Compare { .. }
        | Step::Window { .. }
        | Step::Presence { .. }
        | Step::Among { .. }
        | Step::Elements(_)
        | Step::Rhythm(_)
        | Step::Withheld => None,
    };
    let Some(below) = through else { return vec![(ground, wanted)] };
    let target = if matches!(ground.step, Step::Not) { ground.truth.not() } else { ground.truth };
    let found: Vec<_> = ground.below.iter().filter(|g| g.truth == target).flat_map(|g| deciding(g, below)).collect();
    if found.is_empty() { vec![(ground, wanted)] } else { found }
}

/// Why a ground is not true: the steps that decide, nearest misses among them.
pub(super) fn why_not(voice: Voice<'_>, ground: &Ground, wanted: bool) -> Vec<Said> {
    let mut said = Vec::new();
    for (head, wanted) in deciding(ground, wanted) {
        said.push(words::step(voice, head, wanted));
        if let Step::Elements(found) = &head.step {
            said.extend(nearest(voice, found, wanted));
        }
    }
    said.truncate(4);
    said
}

/// What came nearest, or the first element that decides.
fn nearest(voice: Voice<'_>, found: &Elements, wanted: bool) -> Vec<Said> {
    let open = found.failing == 0 && found.population_unknown + found.unknown > 0;
    if let Some(at) = found.doubted.first().filter(|_| open) {
        return vec![doubted(voice, *at)];
    }
    if let Some(at) = found.barred.first() {
        return vec![barred(voice, *at)];
    }
    if let Some(near) = &found.nearest {
        let Some(last) = near.rows.last() else {
            let text = "what comes nearest is withheld".to_owned();
            return vec![Said { short: text.clone(), text, at: None }];
        };
        let name = voice.item(At { field: None, ..*last });
        let mut all = Vec::new();
        for miss in near.misses.iter().flat_map(|g| deciding(g, wanted)) {
            let said = words::step(voice, miss.0, miss.1);
            let text =
                if all.is_empty() { format!("the nearest is {name}: {}", trim_owner(&said.text, &name)) } else { said.text };
            all.push(Said { text, ..said });
        }
        return all;
    }
    if !universal(found) {
        return Vec::new();
    }
    let first = found.shown.first();
    first.and_then(|e| e.ground.as_ref()).map(|g| why_not(voice, g, true)).unwrap_or_default()
}

fn barred(voice: Voice<'_>, at: At) -> Said {
    let at = At { field: None, ..at };
    let because = voice.barred(at).map_or_else(String::new, |b| format!(": {b}"));
    let short = "may not be relied on".to_owned();
    Said { text: format!("{} {short}{because}", voice.item(at)), short, at: Some(at) }
}

fn doubted(voice: Voice<'_>, at: At) -> Said {
    let at = At { field: None, ..at };
    let because = voice.doubted(at).map_or_else(String::new, |b| format!(": {b}"));
    let short = "not shown to be by someone who may".to_owned();
    Said { text: format!("for {}{because}", voice.item(at)), short, at: Some(at) }
}

/// What a policy has against an element that would hold.
fn barred_row(voice: Voice<'_>, found: &Elements, element: &Element) -> Option<Said> {
    if element.ground.as_ref().is_some_and(|g| g.truth != Truth::True) {
        return None;
    }
    let here = |all: &[At]| element.rows.iter().find(|at| all.contains(at)).copied();
    here(&found.barred).map(|at| barred(voice, at)).or_else(|| here(&found.doubted).map(|at| doubted(voice, at)))
}

/// `` `completed` of training record T-7 is … `` after its item was named: `` `completed` is … ``.
fn trim_owner(text: &str, name: &str) -> String {
    text.replacen(&format!(" of {name}"), "", 1)
}
