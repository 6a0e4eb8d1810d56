//! From clauses and judgements to a verdict.

use super::reason::{nearest_to_success, reason};
use super::run::{Frame, Run};
use super::{ClauseOutcome, JudgeOutcome, JudgeState, Outcome, Reason, Scope, Verdict};
use crate::base::{Date, Truth};
use crate::evidence::{Bundle, ExemptionOf};
use crate::library::model::{Judge, Requirement, RequirementId};

impl<'a> Run<'a> {
    /// What becomes of one requirement. With `full`, the grounds of true clauses too.
    pub(super) fn outcome(&self, id: RequirementId, full: bool, frame: &mut Frame<'a>) -> Outcome {
        let requirement = self.library.requirement(id);
        let basis = self.plan.requirements[id.0 as usize].basis;
        let scope = self.scope(id, requirement, full, frame);
        let settled = |verdict, scope| Outcome {
            requirement: id,
            verdict,
            scope,
            clauses: Vec::new(),
            judges: Vec::new(),
            route: None,
            basis,
        };
        match scope {
            Scope::NotBound | Scope::NotInForce | Scope::ConditionFalse(_) | Scope::Displaced(_) => {
                return settled(Verdict::NotApplicable, scope);
            }
            Scope::Sealed => return settled(Verdict::Sealed, scope),
            Scope::Applies | Scope::Unknown(_) => {}
        }
        let clauses = self.clauses(full, frame);
        let judges = judges(requirement, id, self.bundle, self.plan.date);
        let (truth, route) = combined(requirement, &clauses);
        let verdict = verdict(requirement, &clauses, truth, &judges, matches!(scope, Scope::Unknown(_)));
        Outcome { requirement: id, verdict, scope, clauses, judges, route, basis }
    }

    fn scope(&self, id: RequirementId, requirement: &Requirement, full: bool, frame: &mut Frame<'a>) -> Scope {
        let planned = &self.plan.requirements[id.0 as usize];
        if !planned.in_force {
            return Scope::NotInForce;
        }
        let applies = &requirement.applies;
        match self.bundle.entity.kind {
            Some(kind) if !applies.all && !applies.kinds.contains(&kind) => return Scope::NotBound,
            Some(_) | None => {}
        }
        if let Some(i) = displaced(self.bundle, id, &planned.provisions, self.plan.date) {
            return Scope::Displaced(i);
        }
        if let Some(when) = &planned.when {
            match self.truth(when, frame) {
                Truth::True => {}
                Truth::False => return Scope::ConditionFalse(self.ground_of(when, Truth::False, frame, full)),
                Truth::Unknown => return Scope::Unknown(self.ground_of(when, Truth::Unknown, frame, full)),
            }
        }
        if planned.sealed {
            return Scope::Sealed;
        }
        Scope::Applies
    }

    fn clauses(&self, full: bool, frame: &mut Frame<'a>) -> Vec<ClauseOutcome> {
        let planned = frame.planned;
        let mut outcomes = Vec::with_capacity(planned.clauses.len());
        for (i, node) in (0u32..).zip(&planned.clauses) {
            let truth = self.truth(node, frame);
            let ground = (full || truth != Truth::True).then(|| self.ground_of(node, truth, frame, full));
            let reason = ground.as_ref().filter(|_| truth == Truth::False).map(reason);
            outcomes.push(ClauseOutcome { clause: crate::library::model::ClauseId(i), truth, reason, ground });
        }
        outcomes
    }
}

/// The waiver or derogation that displaces a requirement on a date.
fn displaced(bundle: &Bundle, id: RequirementId, in_force: &[crate::library::model::ProvisionId], date: Date) -> Option<u32> {
    let active = |i: &(u32, &crate::evidence::Exemption)| i.1.from <= date && i.1.until.is_none_or(|u| date < u);
    let exemptions = || (0u32..).zip(&bundle.exemptions).filter(active);
    if let Some((i, _)) = exemptions().find(|(_, e)| e.of == ExemptionOf::Requirement(id)) {
        return Some(i);
    }
    let mut of_all = None;
    for provision in in_force {
        let (i, _) = exemptions().find(|(_, e)| e.of == ExemptionOf::Provision(*provision))?;
        of_all = of_all.or(Some(i));
    }
    of_all
}

/// All clauses outside routes, and one route. Answers with the route that holds, or the one to show.
fn combined(requirement: &Requirement, clauses: &[ClauseOutcome]) -> (Truth, Option<u32>) {
    let all = |ids: &[crate::library::model::ClauseId]| {
        ids.iter().filter_map(|c| clauses.get(c.0 as usize)).fold(Truth::True, |t, c| t.and(c.truth))
    };
    let required = all(&requirement.required);
    if requirement.routes.is_empty() {
        return (required, None);
    }
    let routes: Vec<Truth> = requirement.routes.iter().map(|r| all(&r.clauses)).collect();
    let best = routes.iter().copied().fold(Truth::False, Truth::or);
    let shown = routes.iter().position(|t| *t == best).map(|i| i as u32);
    (required.and(best), shown)
}

fn verdict(
    requirement: &Requirement,
    clauses: &[ClauseOutcome],
    truth: Truth,
    judges: &[JudgeOutcome],
    open_scope: bool,
) -> Verdict {
    let says_no = judges.iter().any(|j| matches!(j.state, JudgeState::No(_)));
    let all_say_yes = judges.iter().all(|j| matches!(j.state, JudgeState::Yes(_)));
    match truth {
        _ if open_scope => Verdict::NotConfirmed,
        Truth::False => Verdict::NotMet(failing(requirement, clauses)),
        _ if says_no => Verdict::NotMet(Reason::Contradicted),
        Truth::Unknown => Verdict::NotConfirmed,
        Truth::True if !all_say_yes => Verdict::NeedsJudgement,
        // A requirement that asks for nothing shows nothing; the checker refuses one, and this keeps it from ever being green.
        Truth::True if clauses.is_empty() && judges.is_empty() => Verdict::NotConfirmed,
        Truth::True => Verdict::Met,
    }
}

fn failing(requirement: &Requirement, clauses: &[ClauseOutcome]) -> Reason {
    let of = |id: &crate::library::model::ClauseId| clauses.get(id.0 as usize).and_then(|c| c.reason);
    let required = requirement.required.iter().find_map(of);
    let routes = requirement.routes.iter().filter_map(|r| r.clauses.iter().find_map(of));
    required.or_else(|| nearest_to_success(routes)).unwrap_or(Reason::Insufficient)
}

fn judges(requirement: &Requirement, id: RequirementId, bundle: &Bundle, date: Date) -> Vec<JudgeOutcome> {
    (0u32..)
        .zip(&requirement.judges)
        .map(|(i, judge)| JudgeOutcome { judge: i, state: judged(judge, id, bundle, date) })
        .collect()
}

/// The latest judgement on or before the date by someone who may; else the best of what is there.
fn judged(judge: &Judge, id: RequirementId, bundle: &Bundle, date: Date) -> JudgeState {
    let mut state = JudgeState::Missing;
    let mut best = None;
    for (i, j) in (0u32..).zip(&bundle.judgements) {
        if j.requirement != id || j.of != judge.name || j.on > date {
            continue;
        }
        let may = j.by.is_some() && judge.by.binary_search(&j.role).is_ok();
        if !may {
            if state == JudgeState::Missing {
                state = JudgeState::WrongRole(i);
            }
            continue;
        }
        if best.is_some_and(|on| on > j.on) {
            continue;
        }
        best = Some(j.on);
        let valid = judge.valid.is_none_or(|p| j.on.plus(p).is_none_or(|last| date <= last));
        state = match (valid, j.answer) {
            (false, _) => JudgeState::OutOfDate(i),
            (true, true) => JudgeState::Yes(i),
            (true, false) => JudgeState::No(i),
        };
    }
    state
}
