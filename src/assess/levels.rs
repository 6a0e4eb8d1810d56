//! From verdicts to components and provisions.

use super::{Assessment, ComponentOutcome, Coverage, LevelOutcome, Outcome, ProvisionStatus, Verdict};
use crate::evidence::Bundle;
use crate::library::model::{Basis, Duty, ElementId, Extent, Level, Library, Provision, ProvisionId, TermId};

/// The four levels of every component, separately: a level that holds says nothing of the others.
pub(super) fn components(library: &Library, outcomes: &[Outcome]) -> Vec<ComponentOutcome> {
    let mut components: Vec<ComponentOutcome> = library
        .components()
        .map(|(component, heading)| ComponentOutcome {
            component,
            reached: None,
            levels: [LevelOutcome::default(); 4],
            elements: (0u32..).zip(&heading.elements).map(|(i, _)| (ElementId(i), None)).collect(),
        })
        .collect();
    for outcome in outcomes {
        for shows in &library.requirement(outcome.requirement).shows {
            let Some(component) = components.iter_mut().find(|c| c.component == shows.component) else { continue };
            count(&mut component.levels[level_index(shows.level)], outcome.verdict);
            let counted = !matches!(outcome.verdict, Verdict::NotApplicable | Verdict::Sealed);
            if let Some((_, weakest)) = shows.element.and_then(|e| component.elements.get_mut(e.0 as usize))
                && counted
            {
                *weakest = Some(weakest.map_or(outcome.verdict, |w| weaker(w, outcome.verdict)));
            }
        }
    }
    for component in &mut components {
        let levels = [Level::Present, Level::Suitable, Level::Operating, Level::Effective];
        component.reached = levels.into_iter().zip(&component.levels).take_while(|(_, l)| l.holds()).map(|(l, _)| l).last();
    }
    components
}

/// The position of a level in an outcome's `levels`.
#[must_use]
pub const fn level_index(level: Level) -> usize {
    match level {
        Level::Present => 0,
        Level::Suitable => 1,
        Level::Operating => 2,
        Level::Effective => 3,
    }
}

fn count(level: &mut LevelOutcome, verdict: Verdict) {
    match verdict {
        Verdict::Met => level.met += 1,
        Verdict::NotMet(_) => level.not_met += 1,
        Verdict::NotConfirmed => level.not_confirmed += 1,
        Verdict::NeedsJudgement => level.needs_judgement += 1,
        Verdict::NotApplicable | Verdict::Sealed => {}
    }
}

fn weaker(a: Verdict, b: Verdict) -> Verdict {
    if b.strength() < a.strength() { b } else { a }
}

/// How every provision stands.
pub(super) fn provisions(library: &Library, bundle: &Bundle, outcomes: &[Outcome], date: crate::base::Date) -> Vec<Coverage> {
    let mut verdicts: Vec<Option<Verdict>> = vec![None; library.provisions.len()];
    for outcome in outcomes {
        for provision in &library.requirement(outcome.requirement).discharges {
            let slot = &mut verdicts[provision.0 as usize];
            *slot = Some(slot.map_or(outcome.verdict, |v| weaker(v, outcome.verdict)));
        }
    }
    let kind = bundle.entity.kind;
    (0u32..)
        .map(ProvisionId)
        .zip(&library.provisions)
        .map(|(id, provision)| {
            let binds = binds(library, provision, kind);
            let direct = verdicts[id.0 as usize].filter(|_| binds);
            let status = if !provision.in_force_on(date) {
                ProvisionStatus::NotInForce
            } else if let Some((i, verdict)) = equivalent(library, id, kind, &verdicts).filter(|_| direct.is_none()) {
                ProvisionStatus::Equivalent(i, verdict)
            } else if !binds {
                ProvisionStatus::NotBound
            } else if let Some(verdict) = direct {
                ProvisionStatus::Verdict(verdict)
            } else if provision.basis == Basis::Sealed {
                ProvisionStatus::Sealed
            } else if matches!(provision.duty, Duty::Defines | Duty::Empowers) {
                ProvisionStatus::NoDuty
            } else {
                ProvisionStatus::NotEncoded
            };
            Coverage { provision: id, status }
        })
        .collect()
}

/// Whether a provision binds an entity of this kind. Only UK instruments bind; an entity of no stated kind may be bound by all.
#[must_use]
pub fn binds(library: &Library, provision: &Provision, kind: Option<TermId>) -> bool {
    library.instrument(provision.key.instrument).extent == Extent::Uk
        && (provision.binds_all || kind.map_or(!provision.binds.is_empty(), |k| provision.binds.contains(&k)))
}

/// The verdict a provision has because others count as it.
fn equivalent(library: &Library, id: ProvisionId, kind: Option<TermId>, verdicts: &[Option<Verdict>]) -> Option<(u32, Verdict)> {
    (0u32..).zip(&library.equivalences).find_map(|(i, e)| {
        let applies = e.counts_as.contains(&id) && (e.for_kinds.is_empty() || kind.is_some_and(|k| e.for_kinds.contains(&k)));
        let treats = e.treats.iter().filter(|_| applies).filter_map(|p| verdicts[p.0 as usize]);
        treats.reduce(weaker).map(|v| (i, v))
    })
}

impl Assessment {
    /// How many verdicts (of requirements that apply) rest on each basis: read, excerpt, unverified, sealed, and on no provision.
    #[must_use]
    pub fn basis_counts(&self) -> [(Option<Basis>, u32); 5] {
        let mut counts = [
            (Some(Basis::Read), 0),
            (Some(Basis::Excerpt), 0),
            (Some(Basis::Unverified), 0),
            (Some(Basis::Sealed), 0),
            (None, 0),
        ];
        for outcome in self.outcomes.iter().filter(|o| o.verdict != Verdict::NotApplicable) {
            for (basis, count) in &mut counts {
                if *basis == outcome.basis {
                    *count += 1;
                }
            }
        }
        counts
    }
}
