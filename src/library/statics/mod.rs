//! Last pass: what a correct tree can still get wrong. Each file looks at one thing; nothing here changes the library.

mod bearers;
mod bounds;
mod dates;
mod impossible;
mod judgement;
mod levels;
mod links;

use super::declare::Declared;
use super::model::Library;
use crate::diagnostics::Diagnostic;

/// Runs every check.
pub(super) fn check(declared: &Declared<'_>, library: &Library, problems: &mut Vec<Diagnostic>) {
    for (requirement, written) in library.requirements.iter().zip(&declared.requirements) {
        judgement::check(requirement, written, problems);
        levels::check(requirement, written, library, problems);
        bearers::check(requirement, written, library, problems);
        dates::check(requirement, written, library, problems);
        impossible::check(requirement, library, problems);
    }
    links::check(declared, library, problems);
}
