//! What an audience may see of a bundle and of an assessment: a copy of both in which whatever is withheld is not there any more.
//!
//! Reporters get the copy and so cannot print what is withheld, however they are written. Whatever is not known to be shown is left out: texts
//! that no shown field points to ([`evidence`]), source text outside shown items ([`text`]), and explanations that could tell of something
//! withheld ([`grounds`]). Rules, counts and verdicts that may be seen stay as they are. Withheld items keep their row under a neutral name.

mod economics;
mod evidence;
mod grounds;
mod hidden;
mod plan;
mod text;

pub use plan::{next, plan};

use std::collections::BTreeSet;

use crate::assess::{Assessment, Lapsing, Outcome, ProvisionStatus, Recorded, Scope, Tally};
use crate::evidence::{At, Bundle};
use crate::library::Library;
use crate::library::model::{RequirementId, TableId};
use crate::policy::{Audience, Disclosure, Withholding};
use hidden::Hidden;

/// What an audience sees.
#[derive(Debug, Clone)]
pub struct View {
    /// The evidence.
    pub bundle: Bundle,
    /// The result.
    pub assessment: Assessment,
    /// What is not in them.
    pub withheld: Withheld,
}

/// How much is withheld from an audience. Numbers and policies only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// From whom.
    pub audience: Audience,
    /// Items as a whole.
    pub items: u32,
    /// Fields that are stated, of items that are shown otherwise.
    pub fields: u32,
    /// Facts about the entity that are stated.
    pub facts: u32,
    /// Judgements.
    pub judgements: u32,
    /// Waivers and derogations.
    pub waivers: u32,
    /// Nil returns.
    pub nil_returns: u32,
    /// What the entity says of itself about a requirement.
    pub checklist: u32,
    /// Verdicts that are counted and not shown one by one.
    pub verdicts: Tally,
    /// Provisions whose verdict is withheld.
    pub provisions: u32,
    /// Items that may not be relied on, or of which that is not known, once for each policy that says so.
    pub barred: u32,
    /// What lapses.
    pub lapses: u32,
    /// Which policies withhold, by their names.
    pub because: Vec<Withholding>,
}

/// The view of one audience.
#[must_use]
pub fn disclose(library: &Library, bundle: &Bundle, assessment: &Assessment, disclosure: &Disclosure) -> View {
    let hidden = Hidden::new(library, bundle, disclosure);
    let (shown, counted) = evidence::bundle(&hidden);
    let outcomes: Vec<Outcome> = assessment.outcomes.iter().filter_map(|o| hidden.outcome(o)).collect();
    let seen: BTreeSet<RequirementId> = outcomes.iter().map(|o| o.requirement).collect();
    let gone: BTreeSet<RequirementId> =
        assessment.outcomes.iter().map(|o| o.requirement).filter(|id| !seen.contains(id)).collect();

    let mut provisions = assessment.provisions.clone();
    for coverage in &mut provisions {
        let discharged = |id: &RequirementId| library.requirement(*id).discharges.contains(&coverage.provision);
        let rests_on_gone = match coverage.status {
            ProvisionStatus::Verdict(_) => gone.iter().any(discharged),
            // It rests on the verdicts of other provisions.
            ProvisionStatus::Equivalent(..) => !gone.is_empty(),
            ProvisionStatus::NotEncoded
            | ProvisionStatus::NoDuty
            | ProvisionStatus::NotBound
            | ProvisionStatus::NotInForce
            | ProvisionStatus::Sealed
            | ProvisionStatus::Withheld => false,
        };
        if rests_on_gone {
            coverage.status = ProvisionStatus::Withheld;
        }
    }
    let mut components = assessment.components.clone();
    if !gone.is_empty() {
        // A sub-element often has one requirement, and would be its verdict.
        components.iter_mut().for_each(|c| c.elements.clear());
    }
    let mut lapses = assessment.lapses.clone();
    lapses.retain(|lapse| match lapse.what {
        Lapsing::Item(at) => hidden.shown(at),
        Lapsing::Judgement(_) => disclosure.judgements,
        Lapsing::Exemption(_) => disclosure.waivers,
    });
    lapses.iter_mut().for_each(|lapse| lapse.requirements.retain(|id| seen.contains(id)));
    let mut barred = assessment.barred.clone();
    barred.retain(|b| hidden.shown(At { table: TableId(b.kind.0), row: b.row, field: b.field }));
    let mut doubted = assessment.doubted.clone();
    doubted.retain(|d| hidden.shown(At { table: TableId(d.kind.0), row: d.row, field: Some(d.field) }));
    let mut refused = assessment.refused.clone();
    refused.retain(|r| match r.what {
        Recorded::Judgement(_) => disclosure.judgements,
        Recorded::Exemption(_) => disclosure.waivers,
    });

    let economics = assessment.economics.as_ref().map(|e| hidden.economics(e, &seen));

    let withheld = Withheld {
        audience: disclosure.audience,
        items: counted.items,
        fields: counted.fields,
        facts: counted.facts,
        judgements: (bundle.judgements.len() - shown.judgements.len()) as u32,
        waivers: (bundle.exemptions.len() - shown.exemptions.len()) as u32,
        nil_returns: (bundle.nil_returns.len() - shown.nil_returns.len()) as u32,
        checklist: (bundle.checklist.len() - shown.checklist.len()) as u32,
        verdicts: Tally::of(assessment.outcomes.iter().filter(|o| gone.contains(&o.requirement))),
        provisions: provisions.iter().filter(|c| c.status == ProvisionStatus::Withheld).count() as u32,
        barred: (assessment.barred.len() + assessment.doubted.len() - barred.len() - doubted.len()) as u32,
        lapses: (assessment.lapses.len() - lapses.len()) as u32,
        because: disclosure.because.clone(),
    };
    let assessment = Assessment {
        date: assessment.date,
        known_at: assessment.known_at,
        outcomes,
        provisions,
        components,
        policies: assessment.policies.clone(),
        barred,
        doubted,
        refused,
        lapses,
        economics,
    };
    View { bundle: shown, assessment, withheld }
}

/// One outcome as an audience may see it; `None` when its verdict is withheld.
#[must_use]
pub fn outcome(library: &Library, bundle: &Bundle, outcome: &Outcome, disclosure: &Disclosure) -> Option<Outcome> {
    Hidden::new(library, bundle, disclosure).outcome(outcome)
}

impl View {
    /// Keeps these requirements alone, and what hangs on them. `Err` says how many have a verdict that is withheld: counting so few would tell it.
    ///
    /// # Errors
    ///
    /// When the verdict on one of them is withheld.
    pub fn narrow(&mut self, library: &Library, only: &BTreeSet<RequirementId>) -> Result<(), usize> {
        self.assessment.narrow(library, &self.bundle, only);
        self.withheld.verdicts = Tally::default();
        match only.len() - self.assessment.outcomes.len() {
            0 => Ok(()),
            withheld => Err(withheld),
        }
    }
}

impl Hidden<'_> {
    /// The outcome without what is withheld; `None` when the verdict is, or rests on a judgement or waiver that is.
    fn outcome(&self, outcome: &Outcome) -> Option<Outcome> {
        let displaced = matches!(outcome.scope, Scope::Displaced(_)) && !self.disclosure.waivers;
        let judged = !outcome.judges.is_empty() && !self.disclosure.judgements;
        let shown = self.disclosure.verdicts.get(outcome.requirement.0 as usize).copied().unwrap_or(false);
        if !shown || displaced || judged {
            return None;
        }
        let requirement = self.library.requirement(outcome.requirement);
        let mut seen = outcome.clone();
        if let Scope::ConditionFalse(ground) | Scope::Unknown(ground) = &mut seen.scope {
            *ground = self.explanation(requirement.applies.when.as_ref(), ground);
        }
        for clause in &mut seen.clauses {
            let written = requirement.clauses.get(clause.clause.0 as usize).map(|c| &c.body);
            clause.ground = clause.ground.as_ref().map(|g| self.explanation(written, g));
        }
        Some(seen)
    }
}
