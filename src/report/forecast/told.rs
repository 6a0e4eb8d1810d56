//! What is said of a day, the same in every format.

use super::{Assumed, ForecastContext};
use crate::assess::{Lapse, Outcome, Scope, Turn, Verdict};
use crate::base::Date;
use crate::diagnostics::render::clean;
use crate::evidence::At;
use crate::forecast::{Change, Day, LawChange, LawEvent};
use crate::library::model::ProvisionId;
use crate::report::explain::{Part, Point, parts, sentence};
use crate::report::terminal::{full_stop, verdict_words};
use crate::report::voice::count;
use crate::report::{Context, marks, summary, words};

/// How many names of items are given before "and 3 more".
const NAMES: usize = 6;

/// A change, in words. Everything is safe to print.
#[derive(Debug, Clone)]
pub(super) struct Told<'a> {
    pub(super) change: &'a Change,
    pub(super) outcome: &'a Outcome,
    pub(super) name: String,
    pub(super) title: String,
    pub(super) severity: &'static str,
    pub(super) before: String,
    pub(super) after: String,
    /// Why, with capital and full stop.
    pub(super) why: String,
    /// What to do; nothing where nothing got worse.
    pub(super) remedies: Vec<String>,
    /// Places in the evidence that it is about.
    pub(super) places: Vec<At>,
    /// What lapses or changes in law on the day that it hangs on.
    pub(super) with: Vec<String>,
}

impl Told<'_> {
    /// `falls`, `recovers`, `changes`; `more fail` and `fewer fail` where the verdict stays.
    pub(super) fn verb(&self) -> &'static str {
        match (self.change.turn(), self.change.is_verdict()) {
            (Turn::Worse, true) => "falls",
            (Turn::Better, true) => "recovers",
            (Turn::Worse, false) => "more fail",
            (Turn::Better, false) => "fewer fail",
            (Turn::Other, _) => "changes",
        }
    }
}

/// The changes of a day, what fell first and the gravest of it first.
pub(super) fn changes<'a>(ctx: &ForecastContext<'a>, day: &'a Day) -> Vec<Told<'a>> {
    let on = ctx.on(day);
    let outcomes = &day.assessment.outcomes;
    let mut told: Vec<_> = day.changes.iter().zip(outcomes).map(|(change, outcome)| tell(&on, day, change, outcome)).collect();
    let severity = |t: &Told<'_>| std::cmp::Reverse(ctx.library.requirement(t.change.requirement).severity);
    told.sort_by_key(|t| (t.change.turn(), !t.change.is_verdict(), severity(t), t.change.requirement));
    told
}

fn tell<'a>(on: &Context<'_>, day: &'a Day, change: &'a Change, outcome: &'a Outcome) -> Told<'a> {
    let requirement = on.library.requirement(change.requirement);
    let parts = parts(on, outcome);
    let worst = parts.iter().min_by_key(|p| p.verdict.strength());
    let grown = (!change.is_verdict()).then(|| grown(on, change, &parts));
    let why = match (grown.flatten(), outcome.verdict, &outcome.scope) {
        (Some(grown), ..) => grown,
        (None, Verdict::Met, _) => String::new(),
        (None, _, Scope::NotInForce) => "no provision of it is in force any more".to_owned(),
        (None, ..) => sentence(on, outcome, &parts),
    };
    let worse = change.turn() == Turn::Worse;
    let mut places = change.fails.clone();
    if places.is_empty() && worse {
        places = worst.iter().flat_map(|p| &p.points).flat_map(|p| p.places().map(|(at, _)| at)).take(NAMES).collect();
        places.dedup();
    }
    let lapses = day.lapses_of(change).map(|l| format!("{} lapses", summary::lapsing(on, l.what)));
    let law = day.law.iter().filter(|l| l.requirements.contains(&change.requirement)).map(|l| law(on, day.assessment.date, l));
    Told {
        change,
        outcome,
        name: clean::line(&requirement.name).into_owned(),
        title: clean::line(&requirement.title).into_owned(),
        severity: marks::severity(requirement.severity),
        before: verdict(change.before),
        after: verdict_words(outcome),
        why: full_stop(&why),
        remedies: worst
            .map(|p| p.remedies.clone())
            .filter(|r| worse && (change.is_verdict() || r.len() == 1))
            .unwrap_or_default(),
        places,
        with: lapses.chain(law).collect(),
    }
}

/// That more or fewer items fail: what is said of those that are new, else their names.
fn grown(on: &Context<'_>, change: &Change, parts: &[Part]) -> Option<String> {
    let (before, after) = change.failing;
    let counts = format!("{after} in all, {before} the day before");
    if !change.fails.is_empty() {
        let about = |point: &&Point| point.places().any(|(at, _)| change.fails.contains(&At { field: None, ..at }));
        let said: Vec<_> = parts.iter().flat_map(|p| &p.points).filter(about).map(|p| p.text.clone()).collect();
        if said.len() == change.fails.len() {
            return Some(format!("{}: {counts}", words::list(&said, 2)));
        }
        let names: Vec<_> = change.fails.iter().map(|at| summary::voice(on).item(*at)).collect();
        return Some(format!("now also for {}: {counts}", words::list(&names, NAMES)));
    }
    match after.cmp(&before) {
        std::cmp::Ordering::Greater => Some(format!("for {} more: {counts}", after - before)),
        std::cmp::Ordering::Less => Some(format!("for {} fewer: {counts}", before - after)),
        std::cmp::Ordering::Equal => None,
    }
}

/// `not met (stale)`.
pub(super) fn verdict(verdict: Verdict) -> String {
    match verdict {
        Verdict::NotMet(reason) => format!("not met ({})", reason.word()),
        other => other.words().to_owned(),
    }
}

/// What lapses, and which requirements it may matter to.
pub(super) fn lapse(on: &Context<'_>, lapse: &Lapse) -> String {
    let needs = summary::requirement_names(on, &lapse.requirements, 3);
    let needs = if needs.is_empty() { "needed by no requirement".to_owned() } else { format!("needed by {needs}") };
    format!("{}; {needs}", summary::lapsing(on, lapse.what))
}

/// A change in law in one sentence, without its full stop.
pub(super) fn law(on: &Context<'_>, date: Date, event: &LawEvent) -> String {
    let voice = summary::voice(on);
    let cited = |id: ProvisionId| {
        let provision = on.library.provision(id);
        format!("{} \"{}\"", voice.citation(id), clean::line(&provision.title))
    };
    match event.what {
        LawChange::Begins(id) => format!("{} comes into force", cited(id)),
        LawChange::Amended(id) => format!("{} reads differently from this day on", cited(id)),
        LawChange::Ends(id) => format!("{} is in force no longer", cited(id)),
        LawChange::Value(id) => {
            let parameter = on.library.parameter(id);
            let value = |day: Date| {
                let (literal, ..) = parameter.values.iter().find(|(_, days, _)| days.contains(day))?;
                match literal.kind {
                    crate::library::model::ExprKind::Literal(value) => Some(voice.value(parameter.of, value)),
                    _ => None,
                }
            };
            let none = || "not set".to_owned();
            let before = Date::from_day_number(date.day_number() - 1).and_then(value).unwrap_or_else(none);
            let after = value(date).unwrap_or_else(none);
            format!("`{}` becomes {after}; it was {before}", clean::line(&parameter.name))
        }
        LawChange::Asked(id) => format!("{} is asked from this day on", clean::line(&on.library.requirement(id).name)),
        LawChange::Dropped(id) => format!("{} is asked no longer", clean::line(&on.library.requirement(id).name)),
    }
}

/// How many verdicts there are of each sort on the first and on the last day, by [`Verdict::strength`].
pub(super) fn tallies(ctx: &ForecastContext<'_>) -> [[usize; 6]; 2] {
    let count = |verdicts: &mut dyn Iterator<Item = Verdict>| {
        let mut counts = [0; 6];
        for verdict in verdicts {
            if let Some(count) = counts.get_mut(usize::from(verdict.strength())) {
                *count += 1;
            }
        }
        counts
    };
    let start = count(&mut ctx.forecast.start.outcomes.iter().map(|o| o.verdict));
    [start, count(&mut ctx.forecast.end.iter().map(|(_, v)| *v))]
}

/// What was assumed beside the bundle.
pub(super) fn assumed(ctx: &ForecastContext<'_>) -> Option<String> {
    let Assumed { changes, closed } = ctx.assumed?;
    if closed == 0 {
        return Some("Assumed: nothing. `abide plan` found no change that closes a gap.".to_owned());
    }
    let (changes, gaps) = (count(changes, "change"), count(closed, "gap"));
    let day = ctx.forecast.start.date.long();
    Some(format!(
        "Assumed: on {day} all that `abide plan` proposes has been done and filed, {changes} to close {gaps}. The bundle holds none of it yet."
    ))
}

/// What should be known before anything is read from it, in sentences.
pub(super) fn notes(ctx: &ForecastContext<'_>) -> Vec<String> {
    let mut notes: Vec<String> = assumed(ctx).into_iter().collect();
    notes.push(
        match ctx.assumed {
            None => {
                "Nothing is predicted: the bundle stays as it is, only the date moves. What is filed in the meantime changes it."
            }
            Some(_) => "Nothing is predicted: with this assumed, only the date moves. What is filed in the meantime changes it.",
        }
        .to_owned(),
    );
    if let Some((withheld, kept)) = ctx.withheld {
        let from = withheld.audience.title;
        let changes = count(kept.changes as usize, "change");
        let lapses = count(kept.lapses as usize, "date");
        notes.push(format!("For {from}. Withheld from them: {changes} of verdicts, {lapses} on which something lapses."));
        notes.extend(summary::withheld(&ctx.first()));
    }
    notes
}

/// What there is to say when nothing happens.
pub(super) fn nothing(ctx: &ForecastContext<'_>) -> String {
    format!("Up to {} nothing lapses and no verdict changes.", ctx.forecast.until.long())
}
