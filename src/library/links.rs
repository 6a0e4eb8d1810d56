//! The links of a library, both ways: strategy, components, provisions, requirements, evidence kinds, parameters.

use std::collections::BTreeSet;

use super::model::{
    Expr, ExprKind, FactId, KindId, Library, Link, ParameterId, ProvisionId, Requirement, RequirementId, Source, StrategicId,
    StrategicKind,
};

/// All requirements with their ids.
pub fn requirements(library: &Library) -> impl Iterator<Item = (RequirementId, &Requirement)> {
    (0u32..).map(RequirementId).zip(&library.requirements)
}

/// All provisions' ids.
pub fn provisions(library: &Library) -> impl Iterator<Item = ProvisionId> {
    (0u32..).map(ProvisionId).take(library.provisions.len())
}

/// The requirements that discharge a provision.
#[must_use]
pub fn requirements_of_provision(library: &Library, provision: ProvisionId) -> Vec<RequirementId> {
    requirements(library).filter(|(_, r)| r.discharges.contains(&provision)).map(|(id, _)| id).collect()
}

/// The requirements that show, support or advance a heading of the strategy.
#[must_use]
pub fn requirements_of_strategic(library: &Library, heading: StrategicId) -> Vec<RequirementId> {
    let linked = |r: &Requirement| r.shows.iter().any(|s| s.component == heading) || leads_to(&r.links, heading);
    requirements(library).filter(|(_, r)| linked(r)).map(|(id, _)| id).collect()
}

/// The components that a requirement shows or is linked to, those it shows first.
#[must_use]
pub fn components_of(library: &Library, requirement: &Requirement) -> Vec<StrategicId> {
    let shown = requirement.shows.iter().map(|s| s.component);
    let linked = requirement.links.iter().map(|l| l.target.to);
    let mut found: Vec<StrategicId> = Vec::new();
    for id in shown.chain(linked) {
        if library.strategic(id).kind == StrategicKind::Component && !found.contains(&id) {
            found.push(id);
        }
    }
    found
}

/// The provisions that support or advance a heading of the strategy.
#[must_use]
pub fn provisions_of_strategic(library: &Library, heading: StrategicId) -> Vec<ProvisionId> {
    provisions(library).filter(|id| leads_to(&library.provision(*id).links, heading)).collect()
}

/// The headings that advance a heading.
#[must_use]
pub fn headings_of_strategic(library: &Library, heading: StrategicId) -> Vec<StrategicId> {
    let headings = (0u32..).map(StrategicId).zip(&library.strategy);
    headings.filter(|(_, s)| leads_to(&s.links, heading)).map(|(id, _)| id).collect()
}

fn leads_to(links: &[Link], heading: StrategicId) -> bool {
    links.iter().any(|l| l.target.to == heading)
}

/// The requirements that read a kind.
#[must_use]
pub fn requirements_of_kind(library: &Library, kind: KindId) -> Vec<RequirementId> {
    requirements(library).filter(|(_, r)| kinds_of_requirement(library, r).contains(&kind)).map(|(id, _)| id).collect()
}

/// The requirements that use a parameter.
#[must_use]
pub fn requirements_of_parameter(library: &Library, parameter: ParameterId) -> Vec<RequirementId> {
    requirements(library).filter(|(_, r)| parameters_of_requirement(r).contains(&parameter)).map(|(id, _)| id).collect()
}

/// The parameters a requirement uses.
#[must_use]
pub fn parameters_of_requirement(requirement: &Requirement) -> BTreeSet<ParameterId> {
    let mut parameters = BTreeSet::new();
    expressions(requirement, &mut |expr| {
        if let ExprKind::Parameter(id) = &expr.kind {
            parameters.insert(*id);
        }
    });
    parameters
}

/// The facts about an entity that a requirement asks for.
#[must_use]
pub fn facts_of_requirement(requirement: &Requirement) -> BTreeSet<FactId> {
    let mut facts = BTreeSet::new();
    expressions(requirement, &mut |expr| {
        if let ExprKind::Fact(id) = &expr.kind {
            facts.insert(*id);
        }
    });
    facts
}

/// The kinds a requirement reads.
#[must_use]
pub fn kinds_of_requirement(library: &Library, requirement: &Requirement) -> BTreeSet<KindId> {
    let mut kinds = BTreeSet::new();
    expressions(requirement, &mut |expr| {
        if let ExprKind::Follow { table, .. } = &expr.kind {
            kinds.insert(library.table(*table).kind);
        }
        expr.each_source(&mut |source| {
            kinds.insert(match source {
                Source::Kind(kind) | Source::FollowedList { kind, .. } => kind,
                Source::List { table, .. } => library.table(table).kind,
            });
        });
    });
    kinds
}

/// Every expression of a requirement that decides something, with its parts.
fn expressions<'a>(requirement: &'a Requirement, visit: &mut dyn FnMut(&'a Expr)) {
    let bodies = requirement.clauses.iter().map(|c| &c.body);
    bodies.chain(&requirement.applies.when).for_each(|expr| expr.visit(visit));
}
