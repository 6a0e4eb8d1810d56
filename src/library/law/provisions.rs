//! Provisions and their versions.

use super::instruments::word;
use super::{dates, links};
use crate::diagnostics::Diagnostic;
use crate::library::declare::{Declared, citation};
use crate::library::errors::{self, Sort};
use crate::library::model::{Basis, Duty, Library, Provision, ProvisionKey, Version};
use crate::library::shape::Terms;
use crate::syntax::ast;

const DUTIES: [(&str, Duty); 5] = [
    ("must", Duty::Must),
    ("should", Duty::Should),
    ("may", Duty::May),
    ("defines", Duty::Defines),
    ("empowers", Duty::Empowers),
];
const BASES: [(&str, Basis); 3] = [("read", Basis::Read), ("excerpt", Basis::Excerpt), ("unverified", Basis::Unverified)];

/// Fills `provisions`.
pub(super) fn build(declared: &Declared<'_>, terms: &Terms<'_>, library: &mut Library, problems: &mut Vec<Diagnostic>) {
    let mut provisions = Vec::with_capacity(declared.provisions.len());
    for (written, name) in declared.provisions.iter().zip(&declared.citations) {
        provisions.extend(provision(written, name, terms, library, problems));
    }
    library.provisions = provisions;
}

fn provision(
    written: &ast::Provision,
    name: &str,
    terms: &Terms<'_>,
    library: &Library,
    problems: &mut Vec<Diagnostic>,
) -> Option<Provision> {
    let Some(instrument) = library.names.instruments.get(&written.id.instrument.value).copied() else {
        let known = library.names.instruments.keys().map(String::as_str);
        problems.push(errors::unknown(Sort::Instrument, &written.id.instrument, known));
        return None;
    };
    let binds_all = written.binds.iter().any(|b| b.value == "all");
    let bound = written.binds.iter().filter(|b| b.value != "all" && b.value != "state");
    let binds = terms.entity_kinds(bound, library, problems);
    complete(written, problems);
    let mut found = Vec::new();
    found.extend(written.supports.iter().filter_map(|l| links::link(l, "supports", library, problems)));
    found.extend(written.advances.iter().filter_map(|l| links::link(l, "advances", library, problems)));
    let basis = word("basis", written.basis.as_ref(), &BASES, problems).unwrap_or(Basis::Unverified);
    Some(Provision {
        name: name.to_owned(),
        key: ProvisionKey { instrument, point: written.id.point.as_ref().map_or_else(String::new, |p| p.value.clone()) },
        title: written.title.value.clone(),
        doc: written.doc.clone(),
        binds: if binds_all { Vec::new() } else { binds },
        binds_all,
        duty: word("duty", written.duty.as_ref(), &DUTIES, problems).unwrap_or(Duty::Must),
        basis: if written.sealed.is_some() { Basis::Sealed } else { basis },
        source: written.source.as_ref().map(|s| s.value.clone()),
        sealed: written.sealed.as_ref().map(|s| s.value.clone()),
        versions: versions(written, name, library, problems),
        observed: observed(written, name, problems),
        links: found,
        span: written.span,
    })
}

/// Lines that must be there; of a sealed provision nothing is known but whom it binds.
fn complete(written: &ast::Provision, problems: &mut Vec<Diagnostic>) {
    let what = format!("the provision `{}`", citation(&written.id));
    let mut missing = |line: &str, help: &str| problems.push(errors::missing_line_at(written.id.span, &what, line, help));
    if written.binds.is_empty() {
        missing("binds", "write `binds` with entity kinds, `all`, or `state`");
    }
    if written.sealed.is_some() {
        return;
    }
    if written.duty.is_none() {
        missing("duty", "write `duty must`, or should, may, defines or empowers");
    }
    if written.basis.is_none() {
        missing("basis", "write `basis read`, `basis excerpt` or `basis unverified`: how far the text was checked");
    }
    if written.versions.is_empty() {
        missing("version", "write `version from 2016-02-01 { summary \"…\" }` with the day it came into force");
    }
}

/// What is seen where it is not kept. Of a provision whose text is not public nobody can say.
fn observed(written: &ast::Provision, name: &str, problems: &mut Vec<Diagnostic>) -> Vec<String> {
    if let (Some(first), Some(_)) = (written.observed.first(), &written.sealed) {
        problems.push(errors::sealed_with_text(first.span, name, "an `observed` line"));
    }
    written.observed.iter().map(|line| line.value.clone()).collect()
}

fn versions(written: &ast::Provision, name: &str, library: &Library, problems: &mut Vec<Diagnostic>) -> Vec<Version> {
    let mut versions = Vec::with_capacity(written.versions.len());
    for version in &written.versions {
        match (&version.summary, &written.sealed) {
            (Some(summary), Some(_)) => problems.push(errors::sealed_with_text(summary.span, name, "a summary")),
            (None, None) => {
                let what = format!("this version of `{name}`");
                let help = "say in your own words what it asks: `summary \"…\"`";
                problems.push(errors::missing_line_at(version.span, &what, "summary", help));
            }
            (Some(_), None) | (None, Some(_)) => {}
        }
        let amended_by = version.amended_by.as_ref().and_then(|by| {
            let found = library.names.instruments.get(&by.value).copied();
            if found.is_none() {
                let known = library.names.instruments.keys().map(String::as_str);
                problems.push(errors::unknown(Sort::Instrument, by, known));
            }
            found
        });
        versions.push(Version {
            in_force: dates::in_force(version, problems),
            summary: version.summary.as_ref().map_or_else(String::new, |s| s.value.clone()),
            amended_by,
            span: version.span,
        });
    }
    dates::order(&mut versions, |v| (v.in_force, v.span), "versions", problems);
    versions
}
