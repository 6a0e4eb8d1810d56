//! Days on which a requirement and what it discharges are both in force.

use crate::diagnostics::Diagnostic;
use crate::library::errors;
use crate::library::model::{Basis, Library, Requirement};
use crate::syntax::ast;

/// A requirement must share a day with one of its provisions.
pub(super) fn check(requirement: &Requirement, written: &ast::Requirement, library: &Library, problems: &mut Vec<Diagnostic>) {
    let meets = requirement.discharges.iter().map(|id| library.provision(*id)).any(|p| {
        let sealed = p.versions.is_empty() && p.basis == Basis::Sealed;
        sealed || p.versions.iter().any(|v| v.in_force.overlaps(requirement.in_force))
    });
    if !meets && !requirement.discharges.is_empty() {
        let at = written.in_force.as_ref().map_or(written.name.span, |v| v.span);
        problems.push(errors::never_in_force(at, &requirement.name));
    }
}
