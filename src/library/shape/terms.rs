//! Terms by name, and which vocabularies have a term.

use rustc_hash::FxHashMap;

use crate::diagnostics::Diagnostic;
use crate::library::declare::Declared;
use crate::library::errors;
use crate::library::model::{Library, TermId, VocabularyId};
use crate::syntax::ast::Name;

/// Look-ups of terms.
pub(in crate::library) struct Terms<'a> {
    ids: Vec<FxHashMap<&'a str, TermId>>,
    owners: FxHashMap<&'a str, VocabularyId>,
}

impl<'a> Terms<'a> {
    pub(super) fn new(declared: &Declared<'a>) -> Self {
        let mut owners = FxHashMap::default();
        let mut ids = Vec::with_capacity(declared.vocabularies.len());
        for (vocabulary, id) in declared.vocabularies.iter().zip((0u32..).map(VocabularyId)) {
            let names = vocabulary.terms.iter().map(|t| t.name.value.as_str());
            names.clone().for_each(|n| {
                owners.entry(n).or_insert(id);
            });
            ids.push(names.zip((0u32..).map(TermId)).collect());
        }
        Self { ids, owners }
    }

    /// The term of a vocabulary with this name.
    pub(in crate::library) fn get(&self, vocabulary: VocabularyId, name: &str) -> Option<TermId> {
        self.ids.get(vocabulary.0 as usize)?.get(name).copied()
    }

    /// The first vocabulary that has a term of this name.
    pub(in crate::library) fn owner(&self, name: &str) -> Option<VocabularyId> {
        self.owners.get(name).copied()
    }

    /// Entity kinds by name, sorted; unknown ones are reported.
    pub(in crate::library) fn entity_kinds<'n>(
        &self,
        names: impl IntoIterator<Item = &'n Name>,
        library: &Library,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<TermId> {
        let mut kinds = Vec::new();
        for name in names {
            match self.get(library.entity_kinds, &name.value) {
                Some(id) => kinds.push(id),
                None => {
                    let known = library.vocabulary(library.entity_kinds).terms.iter().map(|t| t.name.as_str());
                    problems.push(errors::unknown(errors::Sort::EntityKind, name, known.chain(["all"])));
                }
            }
        }
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }
}
