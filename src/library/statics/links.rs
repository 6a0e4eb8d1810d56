//! What is linked to no component.

use std::collections::BTreeSet;

use crate::diagnostics::Diagnostic;
use crate::library::declare::Declared;
use crate::library::errors;
use crate::library::model::{Duty, Extent, Library, Link, ProvisionId, Requirement, StrategicKind};

/// Provisions that ask for something and requirements must lead to a component.
pub(super) fn check(declared: &Declared<'_>, library: &Library, problems: &mut Vec<Diagnostic>) {
    let mut reached: BTreeSet<ProvisionId> = BTreeSet::new();
    for (requirement, written) in library.requirements.iter().zip(&declared.requirements) {
        let own = itself(requirement, library);
        if own {
            reached.extend(&requirement.discharges);
        } else if !requirement.discharges.iter().any(|id| linked(&library.provision(*id).links, library)) {
            problems.push(errors::unlinked_requirement(&written.name));
        }
    }
    for ((provision, written), id) in library.provisions.iter().zip(&declared.provisions).zip((0u32..).map(ProvisionId)) {
        let asks = matches!(provision.duty, Duty::Must | Duty::Should)
            && library.instrument(provision.key.instrument).extent == Extent::Uk
            && (provision.binds_all || !provision.binds.is_empty());
        if asks && !reached.contains(&id) && !linked(&provision.links, library) {
            problems.push(errors::unlinked_provision(written.id.span, &provision.name));
        }
    }
}

fn itself(requirement: &Requirement, library: &Library) -> bool {
    !requirement.shows.is_empty() || linked(&requirement.links, library)
}

fn linked(links: &[Link], library: &Library) -> bool {
    links.iter().any(|l| library.strategic(l.target.to).kind == StrategicKind::Component)
}
