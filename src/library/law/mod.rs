//! Third pass: instruments, provisions with their versions and links, the strategy, parameters, equivalences.

mod dates;
mod equivalences;
mod instruments;
mod links;
mod parameters;
mod provisions;
mod retention;
mod strategy;

pub(super) use dates::in_force;
pub(super) use links::{link, provision, target};

use super::declare::Declared;
use super::model::Library;
use super::shape::Terms;
use crate::diagnostics::Diagnostic;

/// Fills everything that stands in law and strategy.
pub(super) fn build(declared: &Declared<'_>, terms: &Terms<'_>, library: &mut Library, problems: &mut Vec<Diagnostic>) {
    strategy::build(declared, library, problems);
    instruments::build(declared, library, problems);
    provisions::build(declared, terms, library, problems);
    strategy::link(declared, library, problems);
    parameters::build(declared, terms, library, problems);
    retention::build(declared, library, problems);
    equivalences::build(declared, terms, library, problems);
}
