//! Whom a requirement binds.

use crate::library::check::Checker;
use crate::library::model::{Applicability, Library, ProvisionId};
use crate::library::shape::Terms;
use crate::syntax::ast;

/// As written; otherwise whoever the provisions bind; otherwise everybody.
pub(super) fn applies<'a>(
    written: &'a ast::Requirement,
    discharges: &[ProvisionId],
    terms: &Terms<'a>,
    library: &Library,
    checker: &mut Checker<'a, '_>,
) -> Applicability {
    let Some(applies) = &written.applies_to else {
        // INVARIANT: laws were checked before, so every id is that of a provision.
        let provisions: Vec<_> = discharges.iter().map(|id| library.provision(*id)).collect();
        let all = provisions.is_empty() || provisions.iter().any(|p| p.binds_all);
        let mut kinds: Vec<_> = provisions.iter().flat_map(|p| &p.binds).copied().collect();
        kinds.sort_unstable();
        kinds.dedup();
        return Applicability { kinds: if all { Vec::new() } else { kinds }, all, when: None, span: written.name.span };
    };
    let all = applies.kinds.is_empty() || applies.kinds.iter().any(|k| k.value == "all");
    let named = applies.kinds.iter().filter(|k| k.value != "all");
    let kinds = terms.entity_kinds(named, library, checker.problems);
    let when = applies.when.as_ref().and_then(|when| checker.truth(when));
    checker.end_clause();
    Applicability { kinds: if all { Vec::new() } else { kinds }, all, when, span: applies.span }
}
