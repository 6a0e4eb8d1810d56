//! Headings of the strategy and components.

use super::links;
use crate::diagnostics::Diagnostic;
use crate::library::declare::Declared;
use crate::library::model::{Library, Strategic};
use crate::library::shape::{repeated, term};
use crate::syntax::ast;

/// The headings themselves.
pub(super) fn build(declared: &Declared<'_>, library: &mut Library, problems: &mut Vec<Diagnostic>) {
    for written in &declared.strategy {
        repeated(written.elements.iter().map(|t| &t.name), "element", problems);
        repeated(written.measures.iter().map(|t| &t.name), "measure", problems);
        library.strategy.push(heading(written));
    }
}

fn heading(written: &ast::Strategic) -> Strategic {
    Strategic {
        name: written.id.value.clone(),
        kind: written.kind,
        title: written.title.value.clone(),
        number: written.number.as_ref().map(|n| n.value),
        summary: written.summary.as_ref().map_or_else(String::new, |s| s.value.clone()),
        source: None,
        elements: written.elements.iter().map(term).collect(),
        measures: written.measures.iter().map(term).collect(),
        links: Vec::new(),
        span: written.span,
    }
}

/// What the headings lead to; needs every heading and every provision to be there.
pub(super) fn link(declared: &Declared<'_>, library: &mut Library, problems: &mut Vec<Diagnostic>) {
    for (position, written) in declared.strategy.iter().enumerate() {
        let source = written.source.as_ref().and_then(|s| links::provision(s, library, problems));
        let mut found = Vec::new();
        found.extend(written.supports.iter().filter_map(|l| links::link(l, "supports", library, problems)));
        found.extend(written.advances.iter().filter_map(|l| links::link(l, "advances", library, problems)));
        if let Some(heading) = library.strategy.get_mut(position) {
            heading.source = source;
            heading.links = found;
        }
    }
}
