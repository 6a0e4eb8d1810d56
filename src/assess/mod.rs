//! The judge: library, bundle and date to an [`Assessment`]. Pure, total, deterministic: no files, no clock, and it cannot fail.
//!
//! A [`Plan`] holds the requirements ready for one date (`plan`, made by `planner`), a run answers them against a bundle (`run`, over the rows that
//! `walk` comes to, with `elements` and `rhythm`), and whatever is not met is explained on the same plan (`explain`, `nearest`). `verdict` turns
//! clauses and judgements into verdicts, `levels` verdicts into components and provisions, `economics` says what evidence is worth (`rests`: on which items a clause rests). To add a construct: a node in `plan`, made in `planner`,
//! its answer in `run`, its ground in `explain`, its reason in `reason`.

mod assessment;
mod economics;
mod elements;
mod explain;
mod ground;
mod index;
mod lapses;
mod levels;
mod narrow;
mod nearest;
mod plan;
mod planner;
mod plans;
mod reading;
mod reason;
mod rests;
mod rhythm;
mod run;
mod tally;
mod turn;
mod value;
mod verdict;
mod walk;

pub use assessment::{
    Assessment, Barred, ClauseOutcome, ComponentOutcome, Coverage, Doubted, JudgeOutcome, JudgeState, Lapse, Lapsing,
    LevelOutcome, Outcome, PoliciesUsed, ProvisionStatus, Reason, Recorded, Refused, Scope, Verdict,
};
pub use economics::{Carrying, Economics, Item, Same, Twice};
pub use ground::{Element, Elements, From, Ground, Nearest, Rhythm, Shown, Step, Wanted};
pub use levels::{binds, level_index};
pub use plan::Plan;
pub use plans::Plans;
pub use tally::Tally;
pub use turn::Turn;
// What the next layer derives repairs from: the judge's own reading of rules and evidence.
pub(crate) use plan::{Access, ElementsPlan, Node, NodeKind, RhythmPlan, Walk};
pub(crate) use reading::{constant, reads_any};
pub(crate) use run::{Frame, Run, UNBOUND};
pub(crate) use value::{Val, arithmetic, compare, decimal, in_window, pick, window};

use crate::base::Date;
use crate::evidence::Bundle;
use crate::library::model::RequirementId;
use crate::library::{Checked, Library};
use crate::policy::{Admissibility, Policies};

/// Assesses a bundle against a library on a date.
#[must_use]
pub fn assess(library: &Checked<Library>, bundle: &Bundle, date: Date, policies: &Policies) -> Assessment {
    assess_planned(&Plan::new(library, date), bundle, &policies.admissibility(library, bundle))
}

/// Assesses a bundle with a plan made before: for many bundles on one date.
#[must_use]
pub fn assess_planned(plan: &Plan<'_>, bundle: &Bundle, admissibility: &Admissibility) -> Assessment {
    let outcomes = outcomes(plan, bundle, admissibility);
    let provisions = levels::provisions(plan.library, bundle, &outcomes, plan.date);
    let components = levels::components(plan.library, &outcomes);
    let mut lapses = lapses::lapses(plan, bundle, &outcomes);
    // What does not count today does not stop counting.
    let refused = |what| admissibility.refused.iter().any(|r| r.what == what);
    lapses.retain(|lapse| match lapse.what {
        Lapsing::Item(_) => true,
        Lapsing::Judgement(i) => !refused(Recorded::Judgement(i)),
        Lapsing::Exemption(i) => !refused(Recorded::Exemption(i)),
    });
    Assessment {
        date: plan.date,
        known_at: None,
        outcomes,
        provisions,
        components,
        policies: admissibility.policies.clone(),
        barred: admissibility.barred.clone(),
        doubted: admissibility.doubted.clone(),
        refused: admissibility.refused.clone(),
        lapses,
        economics: None,
    }
}

/// Works out what the evidence of an assessment of this library, bundle and date is worth, and puts it into the assessment.
pub fn weigh(library: &Checked<Library>, bundle: &Bundle, policies: &Policies, assessment: &mut Assessment) {
    let plan = Plan::new(library, assessment.date);
    let admissibility = policies.admissibility(library, bundle);
    assessment.economics = Some(economics::economics(&plan, bundle, &admissibility, assessment));
}

/// The verdicts with their grounds alone, without what is derived from them.
#[must_use]
pub fn outcomes(plan: &Plan<'_>, bundle: &Bundle, admissibility: &Admissibility) -> Vec<Outcome> {
    let run = Run::new(plan, bundle, admissibility);
    let mut rows = Vec::new();
    let mut outcomes = Vec::with_capacity(plan.requirements.len());
    for id in (0..plan.requirements.len() as u32).map(RequirementId) {
        let mut frame = run.frame(id, rows);
        outcomes.push(run.outcome(id, false, &mut frame));
        rows = frame.rows;
    }
    outcomes
}

/// One requirement with all its grounds, also those of clauses that hold.
#[must_use]
pub fn explain(
    library: &Checked<Library>,
    bundle: &Bundle,
    date: Date,
    policies: &Policies,
    requirement: RequirementId,
) -> Outcome {
    let plan = Plan::new(library, date);
    let admissibility = policies.admissibility(library, bundle);
    let run = Run::new(&plan, bundle, &admissibility);
    run.outcome(requirement, true, &mut run.frame(requirement, Vec::new()))
}
