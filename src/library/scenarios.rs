//! Tests: that what they name is there. Their items are read like a bundle's, later.

use super::declare::{Declared, FORMS};
use super::errors::{self, Sort};
use super::model::{Library, Requirement, Test};
use super::shape::repeated;
use crate::diagnostics::Diagnostic;
use crate::syntax::ast::{self, Expected};

const REASONS: [&str; 6] = ["absent", "stale", "insufficient", "contradicted", "inadmissible", "broken"];

/// Fills `tests`.
pub(super) fn build(declared: &Declared<'_>, library: &mut Library, problems: &mut Vec<Diagnostic>) {
    let mut tests = Vec::with_capacity(declared.tests.len());
    for written in &declared.tests {
        if written.expected.is_empty() {
            problems.push(errors::test_expects_nothing(&written.title));
        }
        items(written, library, problems);
        let Some(of) = library.names.requirements.get(&written.of.value).copied() else {
            let known = library.names.requirements.keys().map(String::as_str);
            problems.push(errors::unknown(Sort::Requirement, &written.of, known));
            continue;
        };
        for expected in &written.expected {
            check(expected, written, library.requirement(of), problems);
        }
        tests.push(Test { of, written: (*written).clone() });
    }
    library.tests = tests;
}

fn items(written: &ast::Test, library: &Library, problems: &mut Vec<Diagnostic>) {
    repeated(written.items.iter().map(|i| &i.id), "item", problems);
    for item in &written.items {
        if !library.names.kinds.contains_key(&item.kind.value) && !FORMS.contains(&item.kind.value.as_str()) {
            let known = library.names.kinds.keys().map(String::as_str).chain(FORMS);
            problems.push(errors::unknown(Sort::Kind, &item.kind, known));
        }
    }
}

fn check(expected: &Expected, written: &ast::Test, requirement: &Requirement, problems: &mut Vec<Diagnostic>) {
    let (clause, because) = match expected {
        Expected::Verdict { because, .. } => (None, because.as_ref()),
        Expected::Clause { clause, because, .. } => (Some(clause), because.as_ref()),
        Expected::PointsAt { clause, item, .. } => {
            if !written.items.iter().any(|i| i.id.value == item.value) && item.value != "entity" {
                problems.push(errors::unknown(Sort::Item, item, written.items.iter().map(|i| i.id.value.as_str())));
            }
            (Some(clause), None)
        }
    };
    if let Some(clause) = clause {
        let clauses = requirement.clauses.iter().map(|c| c.name.as_str());
        let judges = requirement.judges.iter().map(|j| j.name.as_str());
        let mut known = clauses.chain(judges).chain(requirement.routes.iter().map(|r| r.name.as_str()));
        if !known.clone().any(|n| n == clause.value) {
            problems.push(errors::unknown(Sort::Clause, clause, known.by_ref()));
        }
    }
    if let Some(because) = because
        && !REASONS.contains(&because.value.as_str())
    {
        problems.push(errors::unknown_word("because", because, &REASONS));
    }
}
