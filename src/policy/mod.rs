//! The only user of Cedar: what may be relied on, and who may see what.
//!
//! Policies stand in `policies/`, one file per [`Question`], with one schema, and are loaded as one set. To change what is admissible, change
//! `admissibility.cedar`; an attribute that is not in the schema yet also needs a field in [`standing::Standing`].
//!
//! Cedar is asked once for each distinct [`standing::Standing`], not once for each item, and not at all for items with nothing to question; a
//! test shows that Cedar would permit every one of those.

mod admissibility;
mod audience;
mod cedar;
mod disclosure;
mod load;
mod question;
mod reveal;
mod standing;
mod statements;

use std::sync::{OnceLock, RwLock};

use rustc_hash::FxHashMap;

use crate::evidence::Bundle;
use crate::library::Library;
use crate::library::model::{KindId, TableId};
pub use audience::Audience;
pub use disclosure::{Disclosure, Sight, Withholding};
use load::Loaded;
pub use question::Question;
use standing::Standing;

/// Policies. Cheap to make: they are parsed when they are first needed.
#[derive(Debug, Default)]
pub struct Policies {
    /// Nothing is ever barred.
    none: bool,
    loaded: OnceLock<Result<Loaded, String>>,
    /// What Cedar said, by kind and standing; good for every bundle.
    decided: RwLock<FxHashMap<(String, Standing), Vec<Denial>>>,
    /// What it said of what an audience may see; good for every bundle too.
    revealed: RwLock<FxHashMap<reveal::Key, Vec<Denial>>>,
}

/// A policy that forbids.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Denial {
    policy: String,
    because: String,
}

/// An item that may not be relied on, and one policy that says so. An item barred by two policies is there twice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Barred {
    /// Its kind.
    pub kind: KindId,
    /// Its row.
    pub row: u32,
    /// The policy that bars it: its `@id`.
    pub policy: String,
    /// The policy's `@because`.
    pub because: String,
}

/// Which items of a bundle may not be relied on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Admissibility {
    /// By kind, row and policy.
    pub barred: Vec<Barred>,
    /// For every kind's table, by row: whether the item is barred. Empty for a kind of which none is, and as a whole when nothing is.
    pub by_table: Vec<Vec<bool>>,
}

impl Admissibility {
    /// Whether an item may not be relied on.
    #[must_use]
    pub fn bars(&self, table: TableId, row: u32) -> bool {
        self.by_table.get(table.0 as usize).and_then(|rows| rows.get(row as usize)).copied().unwrap_or(false)
    }
}

/// A policy as its users read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyPage {
    /// Its `@id`.
    pub id: String,
    /// Its `@because`.
    pub because: String,
    /// Its `@provision`, where law says so.
    pub provision: Option<String>,
    /// What it answers; `None` for one that is not built in.
    pub question: Option<Question>,
    /// The file it stands in.
    pub file: String,
    /// Its text.
    pub text: String,
}

impl Policies {
    /// The policies of this build.
    #[must_use]
    pub fn embedded() -> Self {
        Self::default()
    }

    /// No policies: everything may be relied on. For measuring and for tests of other things.
    #[must_use]
    pub fn none() -> Self {
        Self { none: true, ..Self::default() }
    }

    /// The policies, as their users read them, in the order they are written.
    #[must_use]
    pub fn pages(&self) -> Vec<PolicyPage> {
        if self.none {
            return Vec::new();
        }
        self.loaded().as_ref().map_or_else(|_| Vec::new(), Loaded::pages)
    }

    /// Which items of a bundle may not be relied on.
    #[must_use]
    pub fn admissibility(&self, library: &Library, bundle: &Bundle) -> Admissibility {
        let mut result = Admissibility::default();
        if self.none {
            return result;
        }
        for (kind, standings) in standing::to_question(library, bundle) {
            let mut known: FxHashMap<Standing, Vec<Denial>> = FxHashMap::default();
            for (row, standing) in standings {
                let denials = known.entry(standing).or_insert_with(|| self.denials(&library.kind(kind).name, standing));
                if denials.is_empty() {
                    continue;
                }
                result.by_table.resize(library.kinds.len(), Vec::new());
                let rows = &mut result.by_table[kind.0 as usize];
                if rows.is_empty() {
                    rows.resize(bundle.rows(TableId(kind.0)).len as usize, false);
                }
                rows[row as usize] = true;
                result.barred.extend(denials.iter().map(|denial| Barred {
                    kind,
                    row,
                    policy: denial.policy.clone(),
                    because: denial.because.clone(),
                }));
            }
        }
        result
    }

    /// Who forbids it, sorted; nobody when it is permitted.
    fn denials(&self, kind: &str, standing: Standing) -> Vec<Denial> {
        let key = (kind.to_owned(), standing);
        if let Some(known) = self.decided.read().ok().and_then(|decided| decided.get(&key).cloned()) {
            return known;
        }
        let denials = match self.loaded() {
            Ok(loaded) => loaded.admissibility(kind, standing),
            // INVARIANT: policies that cannot be read bar everything they are asked about; tests show that the embedded ones can.
            Err(why) => vec![Denial { policy: "policies".to_owned(), because: format!("the policies cannot be read: {why}") }],
        };
        if let Ok(mut decided) = self.decided.write() {
            decided.insert(key, denials.clone());
        }
        denials
    }

    fn loaded(&self) -> &Result<Loaded, String> {
        self.loaded.get_or_init(Loaded::embedded)
    }
}

#[cfg(test)]
mod tests;
