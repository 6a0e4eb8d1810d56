//! What became of the evidence between two bundles: items and statements, by what they are called.

use std::collections::{BTreeMap, BTreeSet};

use crate::evidence::{Bundle, ExemptionKind, ExemptionOf, NilOf, fingerprint_of_entity, fingerprints_of_items};
use crate::library::{Library, links};

/// Everything a bundle says, by kind and id.
#[derive(Debug, Clone, Default)]
pub struct EvidenceList(BTreeMap<(String, String), Said>);

/// What is said, as one number, and the requirements it is said of, where it is said of some.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    digest: String,
    of: Option<BTreeSet<String>>,
}

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// It is new.
    Added,
    /// It is not there any more.
    Removed,
    /// It says something else.
    Changed,
}

impl How {
    /// The word reports use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// An item or statement that is new, gone or another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct EvidenceChange {
    /// What became of it.
    pub how: How,
    /// Its kind; `judgement`, `waiver`, `derogation`, `nil return` or `entity` for what is no item.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// The requirements it is about, where it is a statement about some.
    pub of: Option<BTreeSet<String>>,
}

impl EvidenceList {
    /// Everything that a bundle says.
    #[must_use]
    pub fn of(bundle: &Bundle, library: &Library) -> Self {
        let mut list = BTreeMap::new();
        for ((kind, id), digest) in fingerprints_of_items(bundle, library) {
            list.insert((library.kind(kind).name.clone(), id), Said { digest, of: None });
        }
        let mut say = |kind: &str, id: String, digest: String, of: Option<BTreeSet<String>>| {
            list.insert((kind.to_owned(), id), Said { digest, of });
        };
        let person = |row: Option<u32>| row.map_or(String::new(), |row| bundle.item_id(library.person, row).to_owned());
        for j in &bundle.judgements {
            let name = &library.requirement(j.requirement).name;
            let digest = format!("{}|{}|{}|{:?}", j.answer, person(j.by), j.role, j.reason);
            say("judgement", format!("{} of {name} on {}", j.of, j.on), digest, Some(BTreeSet::from([name.clone()])));
        }
        for e in &bundle.exemptions {
            let of = match e.of {
                ExemptionOf::Requirement(id) => vec![id],
                ExemptionOf::Provision(id) => links::requirements_of_provision(library, id),
            };
            let kind = match e.kind {
                ExemptionKind::Waiver => "waiver",
                ExemptionKind::Derogation => "derogation",
            };
            let of: BTreeSet<_> = of.into_iter().map(|id| library.requirement(id).name.clone()).collect();
            let digest = format!("{}|{:?}|{}|{:?}|{of:?}", e.from, e.until, e.granted_by, e.reference);
            say(kind, e.id.clone(), digest, Some(of));
        }
        for n in &bundle.nil_returns {
            let (name, of) = match n.of {
                NilOf::Kind(kind) => (library.kind(kind).name.clone(), links::requirements_of_kind(library, kind)),
                NilOf::Requirement(id) => (library.requirement(id).name.clone(), vec![id]),
            };
            let of = of.into_iter().map(|id| library.requirement(id).name.clone()).collect();
            say("nil return", format!("{name} {}", n.period), person(n.made_by), Some(of));
        }
        say("entity", bundle.entity.id.clone(), fingerprint_of_entity(bundle, library), None);
        Self(list)
    }

    /// What is new in another list, gone from this one, or another there; in the order of kinds and ids.
    #[must_use]
    pub fn changes(&self, new: &Self) -> Vec<EvidenceChange> {
        let keys: BTreeSet<_> = self.0.keys().chain(new.0.keys()).collect();
        let of = |key: &(String, String), how, said: &Said| EvidenceChange {
            how,
            kind: key.0.clone(),
            id: key.1.clone(),
            of: said.of.clone(),
        };
        let change = |key: &(String, String)| match (self.0.get(key), new.0.get(key)) {
            (None, Some(said)) => Some(of(key, How::Added, said)),
            (Some(said), None) => Some(of(key, How::Removed, said)),
            (Some(before), Some(after)) if before != after => Some(of(key, How::Changed, after)),
            _ => None,
        };
        keys.into_iter().filter_map(change).collect()
    }
}
