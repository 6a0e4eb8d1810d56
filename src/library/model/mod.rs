//! The meaning of a set of rules: every name resolved, every type known, every date checked.
//!
//! Plain data. Ids are positions in the vectors of [`Library`]; they are given out in the order of names, never in the order of files, so that
//! the same rules always give the same ids.

mod expr;
mod law;
mod reads;
mod requirement;
mod shape;
mod strategy;
mod test;
mod walk;

use std::collections::BTreeMap;

pub use expr::{
    Aggregate, Arithmetic, CompareOp, Expr, ExprKind, Member, Quantifier, Side, Source, TextId, Value, VarId, WindowOp,
};
pub use law::{
    Basis, Duty, Equivalence, Extent, InForce, Instrument, InstrumentId, InstrumentKind, Link, LinkTarget, Parameter,
    ParameterId, Provision, ProvisionId, ProvisionKey, Version,
};
pub use reads::Reads;
pub use requirement::{
    Applicability, Clause, ClauseId, Judge, Level, Part, Requirement, RequirementId, Route, Severity, Shows, TextPart,
};
pub use shape::{
    Act, Column, ColumnId, Common, FactDef, FactId, Kind, KindId, List, ListId, Proves, Scalar, Table, TableId, Term, TermId,
    Type, Verb, Vocabulary, VocabularyId,
};
pub use strategy::{Element, ElementId, Strategic, StrategicId};
pub use test::{Expected, Test};

pub use crate::syntax::ast::{Decider, StrategicKind, TestVerdict};

use crate::base::Sources;

/// All rules, resolved.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Library {
    /// The texts the rules were read from.
    #[serde(skip)]
    pub sources: Sources,
    /// Components, objectives, initiatives, enablers, foundations; components in the order of their numbers, then the others by kind and name.
    pub strategy: Vec<Strategic>,
    /// Instruments by id.
    pub instruments: Vec<Instrument>,
    /// Provisions by instrument and point (natural order: 11.2 before 11.10).
    pub provisions: Vec<Provision>,
    /// Vocabularies by name.
    pub vocabularies: Vec<Vocabulary>,
    /// Facts about an entity, by name.
    pub facts: Vec<FactDef>,
    /// Evidence kinds by name.
    pub kinds: Vec<Kind>,
    /// Tables: the first `kinds.len()` are those of the kinds, in the same order (so `TableId(k) == KindId(k)`); then those of lists.
    pub tables: Vec<Table>,
    /// Dated parameters by name.
    pub parameters: Vec<Parameter>,
    /// Requirements by name.
    pub requirements: Vec<Requirement>,
    /// Equivalences by name.
    pub equivalences: Vec<Equivalence>,
    /// Tests in the order of files and places.
    #[serde(skip)]
    pub tests: Vec<Test>,
    /// Text literals that rules compare with, sorted; a bundle's texts are numbered with these first, so `TextId` is valid in every bundle.
    pub texts: Vec<String>,
    /// SHA-256 of the rules, hex: names inside their folder and contents of all files, sorted.
    pub fingerprint: String,
    /// The vocabulary `entity-kind`.
    pub entity_kinds: VocabularyId,
    /// The built-in vocabulary `sems`.
    pub sems: VocabularyId,
    /// The kind `person`.
    pub person: KindId,
    /// Ids by name, for look-ups.
    pub names: Names,
}

/// Look-ups by name.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Names {
    /// Requirements.
    pub requirements: BTreeMap<String, RequirementId>,
    /// Provisions by `instrument#point`.
    pub provisions: BTreeMap<String, ProvisionId>,
    /// Kinds.
    pub kinds: BTreeMap<String, KindId>,
    /// Facts.
    pub facts: BTreeMap<String, FactId>,
    /// Vocabularies.
    pub vocabularies: BTreeMap<String, VocabularyId>,
    /// Headings of the strategy, of all kinds.
    pub strategy: BTreeMap<String, StrategicId>,
    /// Instruments.
    pub instruments: BTreeMap<String, InstrumentId>,
    /// Parameters.
    pub parameters: BTreeMap<String, ParameterId>,
}

/// Proof that something was checked: only [`crate::library::check`] makes one.
#[derive(Debug, Clone)]
pub struct Checked<T>(pub(in crate::library) T);

#[cfg(test)]
impl Checked<Library> {
    /// Takes a library built by hand for a test as checked.
    pub(crate) const fn trusted(library: Library) -> Self {
        Self(library)
    }
}

impl<T> std::ops::Deref for Checked<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

macro_rules! at {
    ($($method:ident $field:ident $id:ty => $item:ty, $what:literal;)*) => {
        impl Library {
            $(#[doc = concat!("The ", $what, " with this id. Ids come from this library, so there always is one.")]
            #[must_use]
            pub fn $method(&self, id: $id) -> &$item {
                &self.$field[id.0 as usize]
            })*
        }
    };
}

at! {
    strategic strategy StrategicId => Strategic, "heading";
    instrument instruments InstrumentId => Instrument, "instrument";
    provision provisions ProvisionId => Provision, "provision";
    vocabulary vocabularies VocabularyId => Vocabulary, "vocabulary";
    fact facts FactId => FactDef, "fact";
    kind kinds KindId => Kind, "kind";
    table tables TableId => Table, "table";
    parameter parameters ParameterId => Parameter, "parameter";
    requirement requirements RequirementId => Requirement, "requirement";
}

impl Library {
    /// The components, in the order of their numbers.
    pub fn components(&self) -> impl Iterator<Item = (StrategicId, &Strategic)> {
        (0u32..).map(StrategicId).zip(&self.strategy).filter(|(_, s)| s.kind == StrategicKind::Component)
    }

    /// The table of a kind.
    #[must_use]
    pub fn table_of(&self, kind: KindId) -> &Table {
        self.table(TableId(kind.0))
    }
}
