//! One thing counts as another.

use super::links;
use crate::diagnostics::Diagnostic;
use crate::library::declare::Declared;
use crate::library::errors::{self, Sort};
use crate::library::model::{Equivalence, Library, ProvisionId};
use crate::library::shape::Terms;
use crate::syntax::ast;

/// Fills `equivalences`.
pub(super) fn build(declared: &Declared<'_>, terms: &Terms<'_>, library: &mut Library, problems: &mut Vec<Diagnostic>) {
    let mut found = Vec::with_capacity(declared.equivalences.len());
    for written in &declared.equivalences {
        found.push(equivalence(written, terms, library, problems));
    }
    library.equivalences = found;
}

fn equivalence(written: &ast::Equivalence, terms: &Terms<'_>, library: &Library, problems: &mut Vec<Diagnostic>) -> Equivalence {
    if written.treats.is_none() || written.as_.is_none() {
        let help = "write `treats instrument#point as instrument#point`";
        problems.push(errors::missing_line(&written.name, "the equivalence", "treats … as …", help));
    }
    let treats = written.treats.as_ref().map_or_else(Vec::new, |t| covered(t, library, problems));
    let mut counts_as = written.as_.as_ref().map_or_else(Vec::new, |t| covered(t, library, problems));
    for except in &written.except {
        let out = covered(except, library, problems);
        counts_as.retain(|p| !out.contains(p));
    }
    let everyone = written.for_kinds.iter().any(|k| k.value == "all");
    let for_kinds = if everyone { Vec::new() } else { terms.entity_kinds(&written.for_kinds, library, problems) };
    Equivalence {
        name: written.name.value.clone(),
        title: written.title.value.clone(),
        treats,
        counts_as,
        for_kinds,
        basis: written.basis.as_ref().and_then(|b| links::provision(b, library, problems)),
        span: written.span,
    }
}

/// A whole instrument, or a point with the points under it.
fn covered(cited: &ast::ProvisionRef, library: &Library, problems: &mut Vec<Diagnostic>) -> Vec<ProvisionId> {
    let Some(instrument) = library.names.instruments.get(&cited.instrument.value).copied() else {
        let known = library.names.instruments.keys().map(String::as_str);
        problems.push(errors::unknown(Sort::Instrument, &cited.instrument, known));
        return Vec::new();
    };
    let inside = |point: &str| match &cited.point {
        None => true,
        Some(cited) => point.strip_prefix(cited.value.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')),
    };
    let ids = (0u32..).map(ProvisionId).zip(&library.provisions);
    let found: Vec<ProvisionId> =
        ids.filter(|(_, p)| p.key.instrument == instrument && inside(&p.key.point)).map(|(id, _)| id).collect();
    if found.is_empty() && cited.point.is_some() {
        problems.extend(links::provision(cited, library, &mut Vec::new()).is_none().then(|| {
            let known = library.names.provisions.keys().map(String::as_str);
            errors::unknown_at(Sort::Provision, &crate::library::declare::citation(cited), cited.span, known)
        }));
    }
    found
}
