//! What a portfolio comes to: entities with their latest standing, gaps by provision, what gets worse, whom to visit next.

use super::line::{Component, Counts, Entity, Told};
use super::priority::{COUNT, Facts};
use super::series::Reading;
use crate::base::Date;
use crate::findings::reconcile::Outcome;
use crate::policy::Audience;

/// Fewer entities than this are not shown as a share.
pub const FEWEST_ENTITIES: usize = 5;

/// A whole portfolio.
#[derive(Debug, Clone)]
pub struct Overview {
    /// The day it looks from: the one asked for, else that of the latest assessment.
    pub on: Option<Date>,
    /// Bundles, those that could not be assessed among them.
    pub bundles: usize,
    /// How many of them were assessed.
    pub assessed: usize,
    /// Components of the rules, in the order of their numbers.
    pub components: Vec<String>,
    /// Entities, whom to visit first first.
    pub entities: Vec<Standing>,
    /// Provisions with a verdict at some entity, those not met most often first.
    pub provisions: Vec<ProvisionCount>,
    /// Bundles that could not be assessed, and why; by path.
    pub refused: Vec<(String, Vec<Told>)>,
    /// How many bundles have warnings.
    pub warned: usize,
    /// How many assessments are of a later day and do not count.
    pub later: usize,
    /// Where nobody asked for a day: bundles dated after today, which do not count; by path.
    pub ahead: Vec<(String, Date)>,
    /// Entities that have no assessment here, with how many records there are about each; by id.
    pub strangers: Vec<(String, usize)>,
    /// How many records were read; `None` when there is no register, or all of it is withheld.
    pub records: Option<usize>,
    /// How many records are of a later day and do not count.
    pub records_later: usize,
    /// How many errors the records have by themselves: `abide findings check` tells them.
    pub register_errors: usize,
    /// Ids under which bundles speak of more than one entity; by id.
    pub mixed: Vec<Mixed>,
    /// How many records of findings stand beside bundles, where they are not read, and beside how many.
    pub beside: (usize, usize),
    /// What an audience does not get; `None` for the full view.
    pub withheld: Option<Withheld>,
}

/// An id under which bundles state different names or kinds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mixed {
    /// The id.
    pub id: String,
    /// Each name and kind, with the first bundle that states it, by path.
    pub said: Vec<Said>,
}

/// What a bundle says of the entity that it is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    /// The name.
    pub name: String,
    /// The kind.
    pub kind: Option<String>,
    /// The bundle.
    pub bundle: String,
}

/// What an audience does not get of a portfolio.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// From whom.
    pub audience: Audience,
    /// Whether there is a register of findings, and all of it is withheld.
    pub register: bool,
    /// Findings of a register that is shown otherwise.
    pub findings: usize,
    /// Items of evidence, over all bundles that count.
    pub items: usize,
}

/// Where an entity stands.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The entity, as its latest assessment has it.
    pub entity: Entity,
    /// How many assessments there are of it.
    pub assessments: usize,
    /// The days of the first and the last.
    pub days: (Date, Date),
    /// The bundle of the last.
    pub bundle: String,
    /// Verdicts of the last.
    pub counts: Counts,
    /// Components of the last.
    pub components: Vec<Component>,
    /// What its series say.
    pub reading: Reading,
    /// Its own account beside the inspectors'.
    pub compared: Vec<Comparison>,
    /// What bears on when to visit it.
    pub facts: Facts,
    /// The factors, in the order of [`super::priority::FACTORS`].
    pub factors: [i64; COUNT],
    /// The factor that puts it before the next one.
    pub decides: Option<usize>,
}

/// One record beside the entity's own verdict.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Comparison {
    /// The record.
    pub finding: String,
    /// The day.
    pub on: Date,
    /// The provision.
    pub provision: String,
    /// What it comes to.
    pub result: Outcome,
}

impl Comparison {
    /// Why the two could not be compared.
    #[must_use]
    pub const fn because(&self) -> Option<&'static str> {
        match self.result {
            Outcome::NotComparable(why) => Some(why.words()),
            Outcome::Agreed | Outcome::BlindSpot | Outcome::OverReported => None,
        }
    }
}

impl Standing {
    /// The factors, with `None` for those that are withheld from whoever reads.
    #[must_use]
    pub fn shown_factors(&self) -> [Option<i64>; COUNT] {
        let mut shown = self.factors.map(Some);
        shown.iter_mut().enumerate().filter(|(at, _)| self.facts.is_withheld(*at)).for_each(|(_, factor)| *factor = None);
        shown
    }

    /// How many comparisons came to this.
    #[must_use]
    pub fn came_to(&self, outcome: Outcome) -> usize {
        self.compared.iter().filter(|c| c.result == outcome).count()
    }

    /// How many records could be compared.
    #[must_use]
    pub fn comparable(&self) -> usize {
        self.compared.iter().filter(|c| !matches!(c.result, Outcome::NotComparable(_))).count()
    }
}

/// A provision across entities, by their latest assessments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvisionCount {
    /// Its name.
    pub name: String,
    /// Entities with any verdict on it that applies.
    pub entities: usize,
    /// Of these, how many do not meet it.
    pub not_met: usize,
    /// Not confirmed.
    pub not_confirmed: usize,
    /// Needs judgement.
    pub needs_judgement: usize,
    /// Met.
    pub met: usize,
}

impl ProvisionCount {
    /// Whether there are enough entities to say so of them.
    #[must_use]
    pub const fn shown(&self) -> bool {
        self.entities >= FEWEST_ENTITIES
    }
}
