//! The run and its result. Holds everything a report shows; reporters add no judgement.

use super::{Economics, Ground};
use crate::base::{Date, Truth};
use crate::evidence::At;
use crate::library::model::{Basis, ClauseId, ElementId, Level, ProvisionId, RequirementId, StrategicId};
pub use crate::policy::{Barred, Doubted, Recorded, Refused, Used as PoliciesUsed};

/// The result of assessing one bundle against one library on one date.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// The date the law and the evidence were looked at.
    pub date: Date,
    /// Only evidence received by this day counted.
    pub known_at: Option<Date>,
    /// One per requirement, by [`RequirementId`].
    pub outcomes: Vec<Outcome>,
    /// One per provision, by [`ProvisionId`].
    pub provisions: Vec<Coverage>,
    /// One per component, in the order of their numbers.
    pub components: Vec<ComponentOutcome>,
    /// Which policies were asked; `None` when there were none.
    pub policies: Option<PoliciesUsed>,
    /// Items that may not be relied on, by kind and row.
    pub barred: Vec<Barred>,
    /// Items of which it is not known whether a person might do what they record, by kind and row.
    pub doubted: Vec<Doubted>,
    /// Judgements and waivers that do not count.
    pub refused: Vec<Refused>,
    /// What lapses after the date, soonest first.
    pub lapses: Vec<Lapse>,
    /// What the evidence is worth; `None` when nobody asked.
    pub economics: Option<Economics>,
}

/// What became of one requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The requirement.
    pub requirement: RequirementId,
    /// The verdict.
    pub verdict: Verdict,
    /// Whether it applies, and why not (or why that is not known).
    pub scope: Scope,
    /// Its clauses, in order. Empty when it was not evaluated (not applicable, sealed).
    pub clauses: Vec<ClauseOutcome>,
    /// Its judgements, in order. Empty when it was not evaluated.
    pub judges: Vec<JudgeOutcome>,
    /// The route that is met, or the one shown when none is: index into the requirement's routes.
    pub route: Option<u32>,
    /// The weakest basis among its provisions that are in force; `None` when it discharges none.
    pub basis: Option<Basis>,
}

/// The verdict on a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Applies, and evidence shows it.
    Met,
    /// Applies, and evidence fails it.
    NotMet(Reason),
    /// Applies or may apply; a fact is missing.
    NotConfirmed,
    /// Turns on a judgement that nobody has recorded, or one out of date.
    NeedsJudgement,
    /// Not bound, not in force, condition false, or displaced: the scope says which.
    NotApplicable,
    /// Every provision it discharges is not public.
    Sealed,
}

/// Why a requirement is not met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Nothing of the kind is there.
    Absent,
    /// It would do but for its date.
    Stale,
    /// It is there, but not enough or not right.
    Insufficient,
    /// An item says the opposite.
    Contradicted,
    /// It would do, but may not be relied on.
    Inadmissible,
    /// A reference leads nowhere.
    Broken,
}

impl Reason {
    /// The word reports and tests use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Stale => "stale",
            Self::Insufficient => "insufficient",
            Self::Contradicted => "contradicted",
            Self::Inadmissible => "inadmissible",
            Self::Broken => "broken",
        }
    }
}

impl Verdict {
    /// The words reports and tests use, without the reason.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet(_) => "not met",
            Self::NotConfirmed => "not confirmed",
            Self::NeedsJudgement => "needs judgement",
            Self::NotApplicable => "not applicable",
            Self::Sealed => "sealed",
        }
    }

    /// The class of Regulation 300/2008 Annex II Appendix II that the verdict may suggest. A person decides.
    #[must_use]
    pub const fn may_suggest(self) -> Option<&'static str> {
        match self {
            Self::Met => Some("fully compliant, or compliant but improvement desirable"),
            Self::NotMet(_) => Some("not compliant, or not compliant with serious deficiencies"),
            Self::NotConfirmed | Self::NeedsJudgement => Some("not confirmed"),
            Self::NotApplicable => Some("not applicable"),
            Self::Sealed => None,
        }
    }

    /// From worst to best, for "the weakest of": not met, not confirmed, needs judgement, sealed, met, not applicable.
    #[must_use]
    pub const fn strength(self) -> u8 {
        match self {
            Self::NotMet(_) => 0,
            Self::NotConfirmed => 1,
            Self::NeedsJudgement => 2,
            Self::Sealed => 3,
            Self::Met => 4,
            Self::NotApplicable => 5,
        }
    }
}

/// Whether a requirement applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// It applies.
    Applies,
    /// The entity's kind is not bound.
    NotBound,
    /// It, or all its provisions, are not in force on the date.
    NotInForce,
    /// Its `when` is false; the ground says why.
    ConditionFalse(Ground),
    /// A waiver or derogation displaces it: index into the bundle's exemptions.
    Displaced(u32),
    /// Every provision it discharges is sealed.
    Sealed,
    /// Whether it applies is not known; the ground says which fact would decide.
    Unknown(Ground),
}

/// What became of one clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseOutcome {
    /// The clause.
    pub clause: ClauseId,
    /// Whether it holds.
    pub truth: Truth,
    /// Why not, when false.
    pub reason: Option<Reason>,
    /// The grounds: always there when the clause is not true; on request when it is.
    pub ground: Option<Ground>,
}

/// What became of one judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgeOutcome {
    /// Index into the requirement's judges.
    pub judge: u32,
    /// What is recorded.
    pub state: JudgeState,
}

/// What is recorded for a judgement. Indices are into the bundle's judgements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JudgeState {
    /// Answered yes, by someone who may, and still valid.
    Yes(u32),
    /// Answered no, by someone who may, and still valid.
    No(u32),
    /// Answered, but longer ago than it counts.
    OutOfDate(u32),
    /// Answered by a role that may not, or by nobody named.
    WrongRole(u32),
    /// Answered, but a policy says that the person may not: the assessment's `refused` says which.
    Refused(u32),
    /// Answered, but it is not known whether the person may: the assessment's `refused` says what would decide.
    Doubted(u32),
    /// Not answered.
    Missing,
}

impl JudgeState {
    /// The judgement it rests on: index into the bundle's judgements.
    #[must_use]
    pub const fn recorded(self) -> Option<u32> {
        match self {
            Self::Yes(at) | Self::No(at) | Self::OutOfDate(at) | Self::WrongRole(at) | Self::Refused(at) | Self::Doubted(at) => {
                Some(at)
            }
            Self::Missing => None,
        }
    }
}

/// What became of a provision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The provision.
    pub provision: ProvisionId,
    /// How it stands.
    pub status: ProvisionStatus,
}

/// How a provision stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProvisionStatus {
    /// The verdict of the weakest requirement that discharges it.
    Verdict(Verdict),
    /// No requirement discharges it.
    NotEncoded,
    /// It defines or empowers, and no requirement discharges it: there is nothing in it that could be unmet.
    NoDuty,
    /// It does not bind this kind of entity (or binds only the State, or is not UK law).
    NotBound,
    /// Not in force on the date.
    NotInForce,
    /// Not public, and no requirement discharges it.
    Sealed,
    /// It has a verdict, which is withheld from the audience of the report.
    Withheld,
    /// Counts as met through an equivalence: index into the library's equivalences, with the verdict.
    Equivalent(u32, Verdict),
}

/// What became of a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComponentOutcome {
    /// The component.
    pub component: StrategicId,
    /// The level reached; `None` when not even *present* is shown.
    pub reached: Option<Level>,
    /// For each level, in the order present, suitable, operating, effective.
    pub levels: [LevelOutcome; 4],
    /// For each sub-element: the weakest verdict among its requirements, `None` when none applies.
    pub elements: Vec<(ElementId, Option<Verdict>)>,
}

/// What became of one level of a component: counts of its applicable requirements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LevelOutcome {
    /// Met.
    pub met: u32,
    /// Not met.
    pub not_met: u32,
    /// Not confirmed.
    pub not_confirmed: u32,
    /// Awaiting a judgement.
    pub needs_judgement: u32,
}

impl LevelOutcome {
    /// Whether there is a requirement and all are met: nothing happened is never green.
    #[must_use]
    pub const fn holds(self) -> bool {
        self.met > 0 && self.not_met == 0 && self.not_confirmed == 0 && self.needs_judgement == 0
    }

    /// How many requirements apply.
    #[must_use]
    pub const fn total(self) -> u32 {
        self.met + self.not_met + self.not_confirmed + self.needs_judgement
    }
}

/// Something that lapses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lapse {
    /// The first day it no longer counts.
    pub on: Date,
    /// What lapses.
    pub what: Lapsing,
    /// Requirements that read the item's kind, or rest on the judgement or waiver.
    pub requirements: Vec<RequirementId>,
}

/// What lapses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lapsing {
    /// An item, by its `lapses on` date.
    Item(At),
    /// A judgement: index into the bundle's judgements.
    Judgement(u32),
    /// A waiver or derogation: index into the bundle's exemptions.
    Exemption(u32),
}

impl Assessment {
    /// The exit code of a check: 0 all met or not applicable, 1 something not met, 3 nothing failed but something is open.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        super::Tally::of(&self.outcomes).exit_code()
    }

    /// Outcomes that are gaps (not met, not confirmed, needs judgement), those that matter most first: not met before open ones, by severity of the
    /// requirement (given), then by name order.
    pub fn gaps<'a>(&'a self, library: &'a crate::library::Library) -> Vec<&'a Outcome> {
        let mut gaps: Vec<_> = self
            .outcomes
            .iter()
            .filter(|o| matches!(o.verdict, Verdict::NotMet(_) | Verdict::NotConfirmed | Verdict::NeedsJudgement))
            .collect();
        gaps.sort_by_key(|o| {
            (o.verdict.strength(), std::cmp::Reverse(library.requirement(o.requirement).severity), o.requirement)
        });
        gaps
    }
}
