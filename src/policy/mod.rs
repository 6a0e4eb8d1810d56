//! The only user of Cedar: what may be relied on, who may do what, and who may see what.
//!
//! Policies stand in `policies/`, one file per [`Question`], with one schema, and are loaded as one set. To change an answer, change the policy; an
//! attribute that is not in the schema yet also needs a field in [`standing::Standing`] (of items) or a name in [`acts`] (of acts).
//!
//! Cedar is asked once for each distinct standing and each distinct act, not once for each item, and not at all for items with nothing to question;
//! a test shows that Cedar would permit every one of those.

mod acts;
mod admissibility;
mod audience;
mod authority;
mod cedar;
mod disclosure;
mod errors;
mod findings;
mod load;
mod outcome;
mod posts;
mod question;
mod residual;
mod reveal;
mod standing;
mod statements;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{OnceLock, RwLock};

use rustc_hash::FxHashMap;

use crate::base::{Place, Source, Sources};
use crate::diagnostics::Diagnostic;
use crate::evidence::{Bundle, FieldAt};
use crate::library::Library;
use crate::library::model::TableId;
use acts::Acts;
pub use audience::{Audience, MARKINGS, is_known_marking};
use authority::Deed;
pub use disclosure::{Disclosure, Sight, Withholding};
pub use findings::{ActedOn, Objection, RegisterAct};
use load::Loaded;
pub use outcome::{Admissibility, Barred, Doubted, Recorded, Refused, Used};
use posts::Register;
pub use question::Question;
use standing::Standing;

/// Policies. Cheap to make: they are parsed when they are first needed.
#[derive(Debug, Default)]
pub struct Policies {
    /// Nothing is ever barred.
    none: bool,
    loaded: OnceLock<Result<Loaded, String>>,
    /// What Cedar said, by kind and standing; good for every bundle.
    decided: RwLock<FxHashMap<(String, Standing), BTreeSet<Denial>>>,
    /// What Cedar said of acts, by what they are and the names of roles; good for every bundle.
    ruled: RwLock<FxHashMap<(Deed, Vec<String>), Ruling>>,
    /// What Cedar said of what an audience may see; good for every bundle too.
    revealed: RwLock<FxHashMap<reveal::Key, BTreeSet<Denial>>>,
    /// How often Cedar was asked.
    asked: AtomicUsize,
}

/// Policies, read, and what is wrong with them.
#[derive(Debug)]
pub struct Read {
    /// The policies; `None` when there are errors.
    pub policies: Option<Policies>,
    /// The texts, also when there are no policies. Spans in the diagnostics are of these.
    pub sources: Sources,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// A policy that forbids.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Denial {
    policy: String,
    because: String,
    at: Option<PolicyPlace>,
}

/// What policies say of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Ruling {
    Permitted,
    Denied(BTreeSet<Denial>),
    /// It hangs on facts that are not stated: the policies, and what each would need to know.
    Doubted(BTreeMap<Denial, BTreeSet<String>>),
}

/// Where a policy stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PolicyPlace {
    /// The file, as it is shown.
    pub file: String,
    /// Line and column of its first word.
    pub at: Place,
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

    /// The policies of this build and those in other texts. What the built-in ones forbid stays forbidden: a `permit` cannot take it back.
    #[must_use]
    pub fn read(own: Vec<Source>) -> Read {
        let (loaded, sources, diagnostics) = Loaded::read(own);
        let policies = loaded.map(|loaded| Self { loaded: OnceLock::from(Ok(loaded)), ..Self::default() });
        Read { policies, sources, diagnostics }
    }

    /// What identifies the policies; `None` when there are none.
    #[must_use]
    pub fn used(&self) -> Option<Used> {
        match self.loaded.get() {
            _ if self.none => None,
            Some(Ok(loaded)) => Some(Used { fingerprint: loaded.fingerprint(), own: loaded.own() }),
            // Policies of others are loaded at once, so these are the built-in ones.
            Some(Err(_)) | None => Some(Used { fingerprint: load::embedded_fingerprint(), own: Vec::new() }),
        }
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

    /// How often Cedar was asked so far: once for every standing and act that differs from all before.
    #[must_use]
    pub fn times_asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }

    /// Which items of a bundle may not be relied on, and which judgements and waivers do not count.
    #[must_use]
    pub fn admissibility(&self, library: &Library, bundle: &Bundle) -> Admissibility {
        let mut result = Admissibility::default();
        if self.none {
            return result;
        }
        result.policies = self.used();
        // Policies of others may question what the built-in ones have no question about.
        let all = result.policies.as_ref().is_some_and(|used| !used.own.is_empty());
        for (kind, standings) in standing::to_question(library, bundle, all) {
            let mut known: FxHashMap<Standing, BTreeSet<Denial>> = FxHashMap::default();
            for (row, standing) in standings {
                let denials = known.entry(standing).or_insert_with(|| self.denials(&library.kind(kind).name, standing));
                denials.iter().for_each(|denial| result.bar(kind, row, None, denial));
            }
        }
        self.acts(library, bundle, &mut result);
        result.settle(library, bundle);
        result
    }

    fn acts(&self, library: &Library, bundle: &Bundle, result: &mut Admissibility) {
        let mut register = Register::new(library, bundle);
        let roles: Vec<&str> = register.names().collect();
        let acts = Acts::new(library);
        let mut known: FxHashMap<acts::Key, Ruling> = FxHashMap::default();
        acts.each(bundle, &mut register, &mut |found| {
            let ruling = known.entry(found.key).or_insert_with(|| self.ruling(acts.deed(&found.key), &roles));
            result.rule(found.kind, found.row, FieldAt::Column(found.by), ruling);
        });
        // A library that cannot say who holds which role takes the role that was recorded.
        if register.can_tell() {
            for (i, judgement) in (0u32..).zip(&bundle.judgements) {
                if let Some(deed) = acts::judged(library, judgement, &mut register) {
                    result.refuse(Recorded::Judgement(i), &self.ruling(deed, &roles));
                }
            }
        }
        let ids = || (0..bundle.rows(TableId(library.person.0)).len).map(|row| (bundle.item_id(library.person, row), row));
        let persons: FxHashMap<&str, u32> = if bundle.exemptions.is_empty() { FxHashMap::default() } else { ids().collect() };
        for (i, exemption) in (0u32..).zip(&bundle.exemptions) {
            if let Some(deed) = acts::waived(library, bundle, exemption, &persons) {
                result.refuse(Recorded::Exemption(i), &self.ruling(deed, &roles));
            }
        }
    }

    /// What the policies say of an act.
    fn ruling(&self, deed: Deed, roles: &[&str]) -> Ruling {
        let key = (deed, roles.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        if let Some(known) = self.ruled.read().ok().and_then(|ruled| ruled.get(&key).cloned()) {
            return known;
        }
        let ruling = match self.loaded() {
            Ok(loaded) => loaded.authority(&key.0, roles, &self.asked),
            Err(why) => Ruling::Denied(BTreeSet::from([Denial::unreadable(format!("the policies cannot be read: {why}"))])),
        };
        if let Ok(mut ruled) = self.ruled.write() {
            ruled.insert(key, ruling.clone());
        }
        ruling
    }

    /// Who forbids relying on it; nobody when it is permitted.
    fn denials(&self, kind: &str, standing: Standing) -> BTreeSet<Denial> {
        let key = (kind.to_owned(), standing);
        if let Some(known) = self.decided.read().ok().and_then(|decided| decided.get(&key).cloned()) {
            return known;
        }
        let denials = match self.loaded() {
            Ok(loaded) => {
                self.asked.fetch_add(1, Ordering::Relaxed);
                loaded.admissibility(kind, standing)
            }
            // INVARIANT: policies that cannot be read bar everything they are asked about; tests show that the embedded ones can.
            Err(why) => BTreeSet::from([Denial::unreadable(format!("the policies cannot be read: {why}"))]),
        };
        if let Ok(mut decided) = self.decided.write() {
            decided.insert(key, denials.clone());
        }
        denials
    }

    /// Parses the policies now, so that they are there when they are first needed.
    pub fn prepare(&self) {
        self.loaded();
    }

    fn loaded(&self) -> &Result<Loaded, String> {
        self.loaded.get_or_init(Loaded::embedded)
    }
}

impl Denial {
    /// No policy forbids it, but none can be asked.
    fn unreadable(because: String) -> Self {
        Self { policy: "policies".to_owned(), because, at: None }
    }
}

#[cfg(test)]
mod tests;
