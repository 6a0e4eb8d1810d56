//! Dates stand in an order that is possible.

use super::{Case, Day};
use crate::base::{Date, Spanned};
use crate::findings::errors::dates as errors;
use crate::findings::model::{Action, Finding};
use crate::findings::{ActionKind, Field, State};

/// A day with what happened on it.
type Event<'a> = (&'a str, Option<Day>);

pub(super) fn check(case: &mut Case<'_>) {
    let finding = case.finding();
    let seen = ("it was seen", day(&finding.activity.on));
    let mut pairs: Vec<(Event<'_>, Event<'_>)> = Vec::new();
    pairs.push((seen, ("it was to be corrected", day(&finding.correct_by))));
    if let Some(containment) = &finding.containment {
        pairs.push((seen, ("it was put right", day(&containment.on))));
    }
    pairs.push((limited(finding), ("it was contained", moved(finding, State::Contained))));
    if let Some(analysis) = &finding.analysis {
        pairs.push((seen, ("the analysis was finished", day(&analysis.completed))));
        pairs.push((
            ("the analysis was finished", day(&analysis.completed)),
            ("its cause was known", moved(finding, State::Analysed)),
        ));
    }
    for action in &finding.actions {
        of_action(finding, action, seen, &mut pairs);
    }
    let mut last = seen;
    for step in &finding.moves {
        let here = ("it was moved to this state", day(&step.on));
        pairs.push((last, here));
        if here.1.is_some() {
            last = ("the move before it", here.1);
        }
    }
    let raised = ("it was raised", moved(finding, State::Raised));
    let shut = ("it was closed", moved(finding, State::Shut));
    let mut before: Event<'_> = ("the step before it was taken", None);
    for rung in &finding.ladder {
        pairs.push((raised, ("the step was taken", day(&rung.on))));
        pairs.push((before, ("the step was taken", day(&rung.on))));
        pairs.push((("the step was taken", day(&rung.on)), shut));
        before.1 = day(&rung.on).or(before.1);
        pairs.push((("the notice was served", day(&rung.on)), ("it had to be complied with", day(&rung.comply_by))));
    }
    for ((earlier, first), (later, then)) in pairs {
        if let (Some(first), Some(then)) = (first, then)
            && then.date < first.date
        {
            case.tell(errors::out_of_order(earlier, first.date, first.span, later, then.date, then.span));
        }
    }
    for action in &finding.actions {
        allowed(case, action);
    }
    repeats(case);
}

/// What limits the harm: the correction on the spot, or else the first measure that makes up for it.
fn limited(finding: &Finding) -> Event<'_> {
    if let Some(containment) = &finding.containment {
        return ("it was put right", day(&containment.on));
    }
    let measures = finding.actions.iter().filter(|a| a.kind.get() == Some(&ActionKind::Compensatory));
    ("the measure began", measures.filter_map(|a| day(&a.since)).min_by_key(|since| since.date))
}

/// The day an action is due is the one that was allowed last, or else no later than the day by which the finding is to be corrected. An earlier one than the
/// last extension is told as dates that stand the wrong way round. Each extension begins where the one before it ended.
fn allowed(case: &mut Case<'_>, action: &Action) {
    let corrects = action.kind.get() == Some(&ActionKind::Corrective);
    let seen = case.finding().activity.on.get();
    // A day before it was seen is told as such.
    let sound = |by: &&Spanned<Date>| corrects && action.extended.is_empty() && seen.is_none_or(|seen| *seen <= by.value);
    let by = case.finding().correct_by.stated().filter(sound);
    let last = action.extended.last().map_or(by, |e| e.now.stated());
    if let (Some(last), Some(due)) = (last, action.due.stated())
        && due.value > last.value
    {
        case.tell(errors::not_allowed(&action.id, due, last));
    }
    for pair in action.extended.windows(2) {
        if let [before, after] = pair
            && let (Some(until), Some(from)) = (before.now.stated(), after.was.stated())
            && until.value != from.value
        {
            case.tell(errors::extension_leaves_a_gap(&action.id, from, until));
        }
    }
}

fn of_action<'a>(finding: &Finding, action: &Action, seen: Event<'a>, pairs: &mut Vec<(Event<'a>, Event<'a>)>) {
    let done = ("the action was done", day(&action.completed));
    pairs.push((seen, done));
    pairs.push((seen, ("the action was due", day(&action.due))));
    pairs.push((("the measure began", day(&action.since)), ("the measure ended", day(&action.until))));
    pairs.push((done, ("completion was confirmed", moved(finding, State::Reported))));
    if let Some(verified) = &action.verified {
        let looked = ("the action was verified", day(&verified.on));
        pairs.push((done, looked));
        pairs.push((looked, ("the remedy was verified", moved(finding, State::Checked))));
    }
    if let Some(effect) = &action.effect {
        pairs.push((done, ("its effect was looked at", day(&effect.on))));
        pairs.push((("its effect was looked at", day(&effect.on)), ("it was closed", moved(finding, State::Shut))));
    }
    for extension in &action.extended {
        pairs.push((("it was due", day(&extension.was)), ("it was due after more time", day(&extension.now))));
        pairs.push((seen, ("more time was allowed", day(&extension.on))));
        pairs.push((("more time was allowed", day(&extension.on)), ("the time it was to extend ended", day(&extension.was))));
    }
    if let Some(last) = action.extended.last() {
        pairs.push((("it was due after more time", day(&last.now)), ("the action is due", day(&action.due))));
    }
}

/// A finding repeats one that was there before, of the same entity, in the same matter.
fn repeats(case: &mut Case<'_>) {
    let finding = case.finding();
    let Some(earlier) = finding.repeats.stated() else { return };
    let Some(found) = case.register.finding(finding.entity_id(), &earlier.value) else {
        let ids = case.register.findings.iter().filter(|f| f.entity_id() == finding.entity_id()).map(|f| f.id.value.as_str());
        case.tell(errors::unknown_finding(earlier, ids));
        return;
    };
    let (first, then) = (found.activity.on.get(), finding.activity.on.get());
    if let (Some(first), Some(then)) = (first, then)
        && (then < first || found.id.span == finding.id.span)
    {
        case.tell(errors::repeats_later(earlier, *first, *then, found.id.span));
        return;
    }
    // Of two of one day each may name the other.
    if case.register.repeated(found).is_some_and(|back| back.id.span == finding.id.span) {
        case.tell(errors::repeats_other_matter(earlier, "says that it repeats this one", found.id.span));
    }
    let other = found.provision.get().zip(finding.provision.get()).filter(|(there, here)| there.id != here.id);
    if let Some((there, _)) = other {
        case.tell(errors::repeats_other_matter(earlier, &format!("is of `{}`", there.name), found.id.span));
    } else if found.class.get().is_some_and(|class| !class.is_deficiency()) {
        case.tell(errors::repeats_other_matter(earlier, "found no deficiency", found.id.span));
    }
}

fn day(field: &Field<Date>) -> Option<Day> {
    field.stated().map(|Spanned { value, span }| Day { date: *value, span: *span })
}

/// The last time it came to a state, unless it went back behind it since.
fn moved(finding: &Finding, state: State) -> Option<Day> {
    let moves = finding.moves.iter().rev().filter(|m| m.to.get().is_some_and(|to| to.rank().is_some()));
    let mut pass = moves.take_while(|m| m.to.get().is_some_and(|to| to.rank() >= state.rank()));
    pass.find(|m| m.to.get() == Some(&state)).and_then(|m| day(&m.on))
}
