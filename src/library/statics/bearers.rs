//! Who is bound by what is discharged.

use std::collections::BTreeSet;

use crate::diagnostics::Diagnostic;
use crate::library::errors;
use crate::library::model::{Basis, Extent, Library, Requirement, TermId};
use crate::syntax::ast;

/// Sealed text, law of elsewhere, and bearers whom no provision binds.
pub(super) fn check(requirement: &Requirement, written: &ast::Requirement, library: &Library, problems: &mut Vec<Diagnostic>) {
    for cited in &written.discharges {
        let name = crate::library::declare::citation(cited);
        let Some(id) = library.names.provisions.get(&name) else { continue };
        let provision = library.provision(*id);
        if provision.basis == Basis::Sealed && !requirement.clauses.is_empty() {
            problems.push(errors::discharges_sealed(cited.span, &requirement.name, &name));
        }
        match library.instrument(provision.key.instrument).extent {
            Extent::Uk => {}
            Extent::Eu => problems.push(errors::discharges_foreign(cited.span, &name, "eu")),
            Extent::Icao => problems.push(errors::discharges_foreign(cited.span, &name, "icao")),
        }
    }
    bound(requirement, written, library, problems);
}

fn bound(requirement: &Requirement, written: &ast::Requirement, library: &Library, problems: &mut Vec<Diagnostic>) {
    let provisions: Vec<_> = requirement.discharges.iter().map(|id| library.provision(*id)).collect();
    if provisions.is_empty() || provisions.iter().any(|p| p.binds_all) {
        return;
    }
    let bound: BTreeSet<TermId> = provisions.iter().flat_map(|p| &p.binds).copied().collect();
    let terms = &library.vocabulary(library.entity_kinds).terms;
    let names = |id: TermId| terms.get(id.0 as usize).map_or("", |t| t.name.as_str());
    let at = requirement.applies.span;
    if bound.is_empty() {
        problems.push(errors::bearer_mismatch(at, &requirement.name, "entities"));
        return;
    }
    let everyone = (0u32..).map(TermId).take(terms.len());
    let applies: Vec<TermId> = if requirement.applies.all { everyone.collect() } else { requirement.applies.kinds.clone() };
    for kind in applies.into_iter().filter(|k| !bound.contains(k)) {
        let name = names(kind);
        let place = written.applies_to.iter().flat_map(|a| &a.kinds).find(|k| k.value == name || k.value == "all");
        let at = place.map_or(at, |k| k.span);
        problems.push(errors::bearer_mismatch(at, &requirement.name, &format!("`{name}`")));
        if requirement.applies.all {
            return;
        }
    }
}
