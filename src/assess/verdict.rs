//! From clauses and judgements to a verdict.

use super::reason::{nearest_to_success, reason};
use super::run::{Frame, Run};
use super::{ClauseOutcome, JudgeOutcome, JudgeState, Outcome, Reason, Scope, Verdict};
use crate::base::Truth;
use crate::evidence::{Exemption, ExemptionOf};
use crate::library::model::{Judge, ProvisionId, Requirement, RequirementId};
use crate::policy::{Recorded, Refused};

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
        let judges = self.judges(requirement, id);
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
        if let Some(i) = self.displaced(id, &planned.provisions) {
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

    /// The waiver or derogation that displaces a requirement on the date.
    fn displaced(&self, id: RequirementId, in_force: &[ProvisionId]) -> Option<u32> {
        let date = self.plan.date;
        let active = |i: &(u32, &Exemption)| {
            i.1.from <= date && i.1.until.is_none_or(|u| date < u) && self.refused(Recorded::Exemption(i.0)).is_none()
        };
        let exemptions = || (0u32..).zip(&self.bundle.exemptions).filter(active);
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

    /// Why a judgement or waiver does not count: a policy that is sure, else one that is not.
    fn refused(&self, what: Recorded) -> Option<&Refused> {
        let all = &self.admissibility.refused;
        let here = all.iter().skip(all.partition_point(|r| r.what < what)).take_while(|r| r.what == what);
        here.min_by_key(|r| !r.needs.is_empty())
    }

    fn judges(&self, requirement: &Requirement, id: RequirementId) -> Vec<JudgeOutcome> {
        let judges = (0u32..).zip(&requirement.judges);
        judges.map(|(i, judge)| JudgeOutcome { judge: i, state: self.judged(judge, id) }).collect()
    }

    /// The latest judgement on or before the date by someone who may; else the best of what is there.
    fn judged(&self, judge: &Judge, id: RequirementId) -> JudgeState {
        let date = self.plan.date;
        let mut state = JudgeState::Missing;
        let (mut best, mut doubted) = (None, None);
        for (i, j) in (0u32..).zip(&self.bundle.judgements) {
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
            let valid = judge.valid.is_none_or(|p| j.on.plus(p).is_none_or(|last| date <= last));
            let says = match (valid, j.answer) {
                (false, _) => JudgeState::OutOfDate(i),
                (true, true) => JudgeState::Yes(i),
                (true, false) => JudgeState::No(i),
            };
            match self.refused(Recorded::Judgement(i)) {
                Some(refused) if !refused.needs.is_empty() => doubted = Some((j.on, says)),
                Some(_) if best.is_none() => state = JudgeState::Refused(i),
                Some(_) => {}
                None if best.is_none_or(|on| on <= j.on) => (best, state) = (Some(j.on), says),
                None => {}
            }
        }
        match doubted {
            // A later answer that may count decides nothing, save when it says the same.
            Some((on, says)) if best.is_none_or(|b| b <= on) && !same_answer(says, state) => match says {
                JudgeState::Yes(i) | JudgeState::No(i) | JudgeState::OutOfDate(i) => JudgeState::Doubted(i),
                other => other,
            },
            _ => state,
        }
    }
}

const fn same_answer(one: JudgeState, other: JudgeState) -> bool {
    matches!((one, other), (JudgeState::Yes(_), JudgeState::Yes(_)) | (JudgeState::No(_), JudgeState::No(_)))
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
