//! The only user of Cedar: what may be relied on.

use crate::evidence::Bundle;
use crate::library::Library;

pub use crate::assess::Barred;

/// Policies, loaded and validated.
#[derive(Debug)]
pub struct Policies {}

/// Which items may not be relied on.
#[derive(Debug, Default)]
pub struct Admissibility {
    /// Sorted by kind and row.
    pub barred: Vec<Barred>,
    /// For each kind's table, whether each row is barred; empty when nothing is.
    pub by_table: Vec<Vec<bool>>,
}

impl Policies {
    /// No policies.
    #[must_use]
    pub fn none() -> Self {
        Self {}
    }

    /// What may be relied on.
    #[must_use]
    pub fn admissibility(&self, _library: &Library, _bundle: &Bundle) -> Admissibility {
        Admissibility::default()
    }
}
