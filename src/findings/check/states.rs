//! The way of a finding from one state to the next.

use super::{Case, asks};
use crate::findings::errors::states as errors;
use crate::findings::{State, Word};

/// The states that may follow one. `deficiency`: what is in order may be closed at once.
pub(super) fn next(from: Option<State>, deficiency: bool) -> &'static [State] {
    use State::{Analysed, Checked, Contained, Escalated, PlanAgreed, PlanFiled, Raised, Reported, Shut, UnderWay};
    match from {
        None => &[Raised],
        Some(Raised) if !deficiency => &[Contained, Analysed, Escalated, Shut],
        Some(Raised) => &[Contained, Analysed, Escalated],
        Some(Contained) if !deficiency => &[Analysed, Escalated, Shut],
        Some(Contained) => &[Analysed, Escalated],
        Some(Analysed) => &[PlanFiled, Escalated],
        // A plan that is not agreed to is filed anew, or the cause is looked for again.
        Some(PlanFiled) => &[PlanAgreed, PlanFiled, Analysed, Escalated],
        Some(PlanAgreed) => &[UnderWay, PlanFiled, Escalated],
        Some(UnderWay) => &[Reported, PlanFiled, Escalated],
        // What is not in place goes back to work.
        Some(Reported) => &[Checked, UnderWay, Escalated],
        Some(Checked) => &[Shut, UnderWay, Escalated],
        Some(Shut | Escalated) => &[],
    }
}

pub(super) fn check(case: &mut Case<'_>) {
    let finding = case.finding();
    if finding.moves.is_empty() {
        if finding.is_deficiency() {
            case.tell(errors::no_moves(case.place()));
        }
        return;
    }
    let deficiency = finding.class.get().is_none_or(|class| class.is_deficiency());
    let law = case.law(asks::PLAN);
    // The state before an escalation, to which it goes back.
    let (mut at, mut before, mut known) = (None, None, true);
    for step in &finding.moves {
        let parts = [
            (step.to.is_missing(), "to", "where it went"),
            (step.on.is_missing(), "on", "when"),
            (step.by.is_missing(), "by", "who moved it"),
        ];
        for (_, key, what) in parts.into_iter().filter(|(missing, ..)| *missing) {
            case.tell(errors::move_item(step.span, key, what));
        }
        let Some(to) = step.to.stated() else {
            known = false;
            continue;
        };
        // After a move that cannot be read nothing is known of the next one.
        if known {
            let from = if at == Some(State::Escalated) { before } else { at };
            let back = at == Some(State::Escalated) && before == Some(to.value);
            if !back && !next(from, deficiency).contains(&to.value) {
                let may: Vec<&str> = next(from, deficiency).iter().map(|s| s.word()).collect();
                case.tell(errors::impossible(to, from, &may, &law));
            }
        }
        if to.value == State::Escalated {
            before = if at == Some(State::Escalated) { before } else { at };
        }
        at = Some(to.value);
        known = true;
    }
}
