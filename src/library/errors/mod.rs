//! Every sentence that this phase says. Nothing else in `library` builds a diagnostic.

mod law;
mod names;
mod rules;
mod shape;
mod tests;
mod types;

pub(super) use law::*;
pub(super) use names::*;
pub(super) use rules::*;
pub(super) use shape::*;
pub(super) use tests::*;
pub(super) use types::*;
