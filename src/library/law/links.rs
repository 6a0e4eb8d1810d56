//! What a link, a citation or a heading leads to.

use crate::diagnostics::Diagnostic;
use crate::library::declare::citation;
use crate::library::errors::{self, Sort};
use crate::library::model::{ElementId, Library, Link, LinkTarget, ProvisionId, StrategicKind};
use crate::library::words;
use crate::syntax::ast;

/// The provision that is cited.
pub(in crate::library) fn provision(
    cited: &ast::ProvisionRef,
    library: &Library,
    problems: &mut Vec<Diagnostic>,
) -> Option<ProvisionId> {
    if cited.point.is_none() {
        problems.push(errors::whole_instrument(cited));
        return None;
    }
    let name = citation(cited);
    let found = library.names.provisions.get(&name).copied();
    if found.is_none() {
        if library.names.instruments.contains_key(&cited.instrument.value) {
            let known = library.names.provisions.keys().map(String::as_str);
            problems.push(errors::unknown_at(Sort::Provision, &name, cited.span, known));
        } else {
            let known = library.names.instruments.keys().map(String::as_str);
            problems.push(errors::unknown(Sort::Instrument, &cited.instrument, known));
        }
    }
    found
}

/// What `supports` or `advances` leads to.
pub(in crate::library) fn link(
    written: &ast::Link,
    line: &str,
    library: &Library,
    problems: &mut Vec<Diagnostic>,
) -> Option<Link> {
    let target = target(&written.to, written.part.as_ref(), line, library, problems)?;
    let span = written.part.as_ref().map_or(written.to.span, |p| written.to.span.to(p.span));
    Some(Link { target, because: written.because.as_ref().map(|b| b.value.clone()), span })
}

/// A heading, and the part of it that is named.
pub(in crate::library) fn target(
    to: &ast::Name,
    part: Option<&ast::Name>,
    line: &str,
    library: &Library,
    problems: &mut Vec<Diagnostic>,
) -> Option<LinkTarget> {
    let components = line != "advances";
    let Some(id) = library.names.strategy.get(&to.value).copied() else {
        let sort = if components { Sort::Component } else { Sort::Heading };
        let fits = library.strategy.iter().filter(|s| (s.kind == StrategicKind::Component) == components);
        problems.push(errors::unknown(sort, to, fits.map(|s| s.name.as_str())));
        return None;
    };
    let heading = library.strategic(id);
    if (heading.kind == StrategicKind::Component) != components {
        let line = if components { "supports" } else { "advances" };
        problems.push(errors::wrong_heading(to, line, words::strategic_kind(heading.kind)));
        return None;
    }
    let Some(part) = part else { return Some(LinkTarget { to: id, part: None }) };
    let (parts, sort) = match heading.kind {
        StrategicKind::Component => (&heading.elements, Sort::Element),
        StrategicKind::Objective | StrategicKind::Initiative | StrategicKind::Enabler | StrategicKind::Foundation => {
            (&heading.measures, Sort::Measure)
        }
    };
    let Some(position) = parts.iter().position(|p| p.name == part.value) else {
        problems.push(errors::unknown(sort, part, parts.iter().map(|p| p.name.as_str())));
        return None;
    };
    Some(LinkTarget { to: id, part: Some(ElementId(position as u32)) })
}
