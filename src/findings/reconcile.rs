//! What an entity says of itself beside what inspectors found: provision by provision, on the day of each finding. Counts, and never a verdict of its own.
//!
//! Nothing that is open on one side is counted as agreement. A share is given only where enough was compared (see [`MINIMUM`]).

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Finding, Register};
use super::words::Class;
use crate::assess::{Assessment, ProvisionStatus, Verdict};
use crate::base::Date;
use crate::library::model::{ProvisionId, StrategicId};
use crate::library::{Library, links};

/// How many comparisons a share needs. With fewer, one finding more would change the picture. A choice, not law.
pub const MINIMUM: usize = 10;

/// What a comparison comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Both say that it is in order, or both that it is not, or that it does not arise.
    Agreed,
    /// The entity says met or not applicable, and the inspector found a deficiency.
    BlindSpot,
    /// The entity says not met, and the inspector looked and found it in order.
    OverReported,
    /// One of the two is open, or they speak of different things.
    NotComparable(Why),
}

/// Why two answers cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// The inspector could not see it, or the record has no class.
    NotSeen,
    /// The record cites no provision, or one that was not in force on the day.
    NoProvision,
    /// The record states no day.
    NoDay,
    /// The entity has no assessment of the time before.
    NoAssessment,
    /// The entity's answer is not confirmed or awaits a judgement.
    EntityOpen,
    /// No requirement of the library discharges the provision.
    NotEncoded,
    /// The provision is not public.
    Sealed,
    /// The provision does not bind this kind of entity.
    NotBound,
    /// One says that it does not arise, the other that it is in order.
    DoesNotArise,
    /// The entity's answer is withheld from the reader of the report.
    Withheld,
}

impl Outcome {
    /// The words for it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::BlindSpot => "blind spot",
            Self::OverReported => "over-reported",
            Self::NotComparable(_) => "not comparable",
        }
    }
}

impl Why {
    /// The reason, as the end of a sentence.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotSeen => "the inspector did not confirm it either way",
            Self::NoProvision => "the finding cites no provision in force on its day",
            Self::NoDay => "the finding states no day",
            Self::NoAssessment => "the entity has no assessment of the time before it",
            Self::EntityOpen => "the entity's own answer is open",
            Self::NotEncoded => "no requirement checks the provision",
            Self::Sealed => "the provision is not public",
            Self::NotBound => "the provision does not bind this kind of entity",
            Self::Withheld => "the entity's answer is withheld from this audience",
            Self::DoesNotArise => "one says that it does not arise, the other that it is in order",
        }
    }
}

/// One finding beside the entity's answer.
#[derive(Debug, Clone)]
pub struct Compared<'r> {
    /// The finding.
    pub finding: &'r Finding,
    /// What it comes to.
    pub outcome: Outcome,
    /// The entity's answer on the day, where there is one.
    pub entity: Option<Verdict>,
    /// The components it bears on: the one the finding names, else those that the requirements show.
    pub components: Vec<StrategicId>,
}

/// How many of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Agreed that it is in order (or does not arise).
    pub agreed_met: usize,
    /// Agreed that it is not.
    pub agreed_gap: usize,
    /// Blind spots.
    pub blind_spots: usize,
    /// Over-reported.
    pub over_reported: usize,
    /// Not comparable.
    pub not_comparable: usize,
    /// Provisions with an answer of the entity that no finding looks at.
    pub not_looked_at: usize,
}

impl Counts {
    /// How many were compared.
    #[must_use]
    pub const fn compared(self) -> usize {
        self.agreed_met + self.agreed_gap + self.blind_spots + self.over_reported
    }

    /// How many agree of those that were compared; `None` where those are fewer than a minimum.
    #[must_use]
    pub const fn agreement(self, minimum: usize) -> Option<(usize, usize)> {
        let compared = self.compared();
        if compared < minimum || compared == 0 { None } else { Some((self.agreed_met + self.agreed_gap, compared)) }
    }

    fn add(&mut self, outcome: Outcome, gap: bool) {
        match outcome {
            Outcome::Agreed if gap => self.agreed_gap += 1,
            Outcome::Agreed => self.agreed_met += 1,
            Outcome::BlindSpot => self.blind_spots += 1,
            Outcome::OverReported => self.over_reported += 1,
            Outcome::NotComparable(_) => self.not_comparable += 1,
        }
    }

    /// Adds those of another.
    pub const fn join(&mut self, other: Self) {
        self.agreed_met += other.agreed_met;
        self.agreed_gap += other.agreed_gap;
        self.blind_spots += other.blind_spots;
        self.over_reported += other.over_reported;
        self.not_comparable += other.not_comparable;
        self.not_looked_at += other.not_looked_at;
    }
}

/// One entity, reconciled.
#[derive(Debug, Clone)]
pub struct Reconciled<'r> {
    /// Its id.
    pub entity: String,
    /// Each finding of the authority, by day and id.
    pub findings: Vec<Compared<'r>>,
    /// All together.
    pub counts: Counts,
    /// By component, in the order of their numbers; those of which there is something to say.
    pub components: Vec<(StrategicId, Counts)>,
    /// Provisions with an answer of the entity that no finding looks at.
    pub not_looked_at: Vec<(ProvisionId, Verdict)>,
}

/// The days on which the entity's own answer is needed: those of the authority's findings.
#[must_use]
pub fn days(register: &Register, entity: &str) -> BTreeSet<Date> {
    of_authority(register, entity).filter_map(seen_on).collect()
}

/// Compares. `answers` has an assessment for each of [`days`], made from what was known by then; `today` is that of the day of the report, which says what
/// nobody looked at.
#[must_use]
pub fn reconcile<'r>(
    library: &Library,
    register: &'r Register,
    entity: &str,
    answers: &BTreeMap<Date, Assessment>,
    today: &Assessment,
) -> Reconciled<'r> {
    let mut findings: Vec<Compared<'r>> = of_authority(register, entity).map(|f| compare(library, f, answers)).collect();
    findings.sort_by(|a, b| (seen_on(a.finding), &a.finding.id.value).cmp(&(seen_on(b.finding), &b.finding.id.value)));
    let looked: BTreeSet<ProvisionId> = findings
        .iter()
        .filter(|c| !matches!(c.finding.class.get(), None | Some(Class::NotConfirmed)))
        .filter_map(|c| c.finding.provision.get())
        .map(|c| c.id)
        .collect();
    let not_looked_at: Vec<(ProvisionId, Verdict)> = today
        .provisions
        .iter()
        .filter(|c| !looked.contains(&c.provision))
        .filter_map(|c| answer(c.status).map(|verdict| (c.provision, verdict)))
        .filter(|(_, verdict)| matches!(verdict, Verdict::Met | Verdict::NotMet(_)))
        .collect();
    let mut counts = Counts { not_looked_at: not_looked_at.len(), ..Counts::default() };
    let mut by_component: BTreeMap<StrategicId, Counts> = BTreeMap::new();
    for compared in &findings {
        let gap = compared.finding.is_deficiency();
        counts.add(compared.outcome, gap);
        for component in &compared.components {
            by_component.entry(*component).or_default().add(compared.outcome, gap);
        }
    }
    for (provision, _) in &not_looked_at {
        for component in shown(library, *provision) {
            by_component.entry(component).or_default().not_looked_at += 1;
        }
    }
    let components = library.components().filter_map(|(id, _)| by_component.get(&id).map(|c| (id, *c))).collect();
    Reconciled { entity: entity.to_owned(), findings, counts, components, not_looked_at }
}

/// The day of the activity. The entity answers for the day on which it was looked at, whatever day the provision is read on.
fn seen_on(finding: &Finding) -> Option<Date> {
    finding.activity.on.get().copied()
}

fn of_authority<'r>(register: &'r Register, entity: &str) -> impl Iterator<Item = &'r Finding> {
    register.findings.iter().filter(move |f| f.entity_id() == entity && f.is_of_authority())
}

fn compare<'r>(library: &Library, finding: &'r Finding, answers: &BTreeMap<Date, Assessment>) -> Compared<'r> {
    let cited = finding.provision.get();
    let named = finding.component.get().and_then(|name| library.names.strategy.get(name)).copied();
    let components = named.map(|c| vec![c]).or_else(|| cited.map(|c| shown(library, c.id))).unwrap_or_default();
    let status = seen_on(finding).and_then(|day| answers.get(&day)).and_then(|assessment| {
        let coverage = cited.and_then(|c| assessment.provisions.get(c.id.0 as usize));
        coverage.map(|c| c.status)
    });
    let entity = status.and_then(answer);
    let outcome = match (cited, seen_on(finding), status) {
        (None, ..) => Outcome::NotComparable(Why::NoProvision),
        (_, None, _) | (_, _, None) => Outcome::NotComparable(Why::NoDay),
        (_, _, Some(status)) => match (answer(status), status) {
            (Some(verdict), _) => judged(finding.class.get().copied(), verdict),
            (None, ProvisionStatus::NotInForce) => Outcome::NotComparable(Why::NoProvision),
            (None, ProvisionStatus::Sealed) => Outcome::NotComparable(Why::Sealed),
            (None, ProvisionStatus::NotBound) => Outcome::NotComparable(Why::NotBound),
            (None, ProvisionStatus::Withheld) => Outcome::NotComparable(Why::Withheld),
            (None, _) => Outcome::NotComparable(Why::NotEncoded),
        },
    };
    Compared { finding, outcome, entity, components }
}

/// What the two answers come to.
#[must_use]
pub fn judged(class: Option<Class>, entity: Verdict) -> Outcome {
    let Some(class) = class else { return Outcome::NotComparable(Why::NotSeen) };
    match (entity, class) {
        (_, Class::NotConfirmed) => Outcome::NotComparable(Why::NotSeen),
        (Verdict::NotConfirmed | Verdict::NeedsJudgement, _) => Outcome::NotComparable(Why::EntityOpen),
        (Verdict::Sealed, _) => Outcome::NotComparable(Why::Sealed),
        (Verdict::Met, Class::FullyCompliant | Class::Improvable)
        | (Verdict::NotMet(_), Class::NotCompliant | Class::SeriouslyDeficient)
        | (Verdict::NotApplicable, Class::NotApplicable) => Outcome::Agreed,
        (Verdict::Met | Verdict::NotApplicable, Class::NotCompliant | Class::SeriouslyDeficient) => Outcome::BlindSpot,
        (Verdict::NotMet(_), Class::FullyCompliant | Class::Improvable | Class::NotApplicable) => Outcome::OverReported,
        (Verdict::Met, Class::NotApplicable) | (Verdict::NotApplicable, Class::FullyCompliant | Class::Improvable) => {
            Outcome::NotComparable(Why::DoesNotArise)
        }
    }
}

const fn answer(status: ProvisionStatus) -> Option<Verdict> {
    match status {
        ProvisionStatus::Verdict(verdict) | ProvisionStatus::Equivalent(_, verdict) => Some(verdict),
        _ => None,
    }
}

/// The components that the requirements of a provision show; where there is none, those that the provision supports.
fn shown(library: &Library, provision: ProvisionId) -> Vec<StrategicId> {
    let of = |id| library.requirement(id).shows.iter().map(|s| s.component).collect::<Vec<_>>();
    let mut components: Vec<StrategicId> =
        links::requirements_of_provision(library, provision).into_iter().flat_map(of).collect();
    if components.is_empty() {
        let every: BTreeSet<StrategicId> = library.components().map(|(id, _)| id).collect();
        components = library.provision(provision).links.iter().map(|l| l.target.to).filter(|id| every.contains(id)).collect();
    }
    components.sort_unstable();
    components.dedup();
    components
}
