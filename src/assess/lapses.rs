//! What will stop counting, and when.

use super::{Lapse, Lapsing, Outcome, Plan, Verdict};
use crate::base::Date;
use crate::evidence::{At, Bundle, ExemptionOf, FieldAt, MISSING};
use crate::library::model::{Expr, KindId, Library, RequirementId, Source, TableId};

/// Everything that lapses after a date, soonest first: items by their kind's `lapses on` date, judgements by their validity, waivers by their end.
/// A day is the first on which the thing no longer counts.
pub(super) fn lapses(plan: &Plan<'_>, bundle: &Bundle, outcomes: &[Outcome]) -> Vec<Lapse> {
    let (library, date) = (plan.library, plan.date);
    let applies = |id: RequirementId| {
        outcomes.get(id.0 as usize).is_some_and(|o| !matches!(o.verdict, Verdict::NotApplicable | Verdict::Sealed))
    };
    let mut lapses = Vec::new();
    for (k, kind) in (0u32..).zip(&library.kinds) {
        let Some(column) = kind.lapses_on else { continue };
        let requirements: Vec<_> = plan.readers[k as usize].iter().copied().filter(|r| applies(*r)).collect();
        for (row, cell) in (0u32..).zip(&bundle.rows(TableId(k)).columns[column.0 as usize]) {
            let last = if *cell == MISSING { None } else { i32::try_from(*cell).ok().and_then(Date::from_day_number) };
            let Some(on) = last.and_then(|d| Date::from_day_number(d.day_number() + 1)).filter(|on| *on > date) else { continue };
            let what = Lapsing::Item(At { table: TableId(k), row, field: Some(FieldAt::Column(column)) });
            lapses.push(Lapse { on, what, requirements: requirements.clone() });
        }
    }
    for (i, judgement) in (0u32..).zip(&bundle.judgements) {
        let judge = library.requirement(judgement.requirement).judges.iter().find(|j| j.name == judgement.of);
        let last = judge.and_then(|j| j.valid).and_then(|p| judgement.on.plus(p));
        let Some(on) = last.and_then(|d| Date::from_day_number(d.day_number() + 1)).filter(|on| *on > date) else { continue };
        lapses.push(Lapse { on, what: Lapsing::Judgement(i), requirements: vec![judgement.requirement] });
    }
    for (i, exemption) in (0u32..).zip(&bundle.exemptions) {
        let Some(on) = exemption.until.filter(|on| *on > date) else { continue };
        let requirements = match exemption.of {
            ExemptionOf::Requirement(id) => vec![id],
            ExemptionOf::Provision(provision) => (0u32..)
                .map(RequirementId)
                .zip(&library.requirements)
                .filter(|(_, r)| r.discharges.contains(&provision))
                .map(|(id, _)| id)
                .collect(),
        };
        lapses.push(Lapse { on, what: Lapsing::Exemption(i), requirements });
    }
    lapses.sort();
    lapses
}

/// For each kind, the requirements that read it.
pub(super) fn readers(library: &Library) -> Vec<Vec<RequirementId>> {
    let mut readers = vec![Vec::new(); library.kinds.len()];
    for (id, requirement) in (0u32..).map(RequirementId).zip(&library.requirements) {
        for kind in kinds_read(requirement.clauses.iter().map(|c| &c.body)) {
            readers[kind.0 as usize].push(id);
        }
    }
    readers
}

/// The kinds that some expressions range over, sorted.
fn kinds_read<'l>(exprs: impl Iterator<Item = &'l Expr>) -> Vec<KindId> {
    let mut kinds = Vec::new();
    for expr in exprs {
        expr.visit(&mut |e| {
            e.each_source(&mut |source| {
                if let Source::Kind(kind) = source {
                    kinds.push(kind);
                }
            });
        });
    }
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}
