//! Fourth pass: requirements, with every expression resolved.

mod applies;
mod clauses;
pub(super) mod shows;

use super::check::{Checker, Lets};
use super::declare::Declared;
use super::errors::{self, Sort};
use super::law::{in_force, link, provision};
use super::model::{Decider, InForce, Judge, Library, Requirement, Severity};
use super::shape::{Terms, repeated};
use crate::diagnostics::Diagnostic;
use crate::syntax::ast;

const SEVERITIES: [(&str, Severity); 3] =
    [("minor", Severity::Minor), ("major", Severity::Major), ("critical", Severity::Critical)];

/// Checks definitions by themselves and fills `requirements`.
pub(super) fn build<'a>(declared: &Declared<'a>, terms: &Terms<'a>, library: &mut Library, problems: &mut Vec<Diagnostic>) {
    for define in declared.defines.values().copied() {
        let lets = Lets::default();
        let mut checker = Checker::new(declared, terms, library, &lets, problems);
        checker.definition(define);
        if checker.too_large {
            // Whatever uses it is too large as well.
            return;
        }
    }
    let mut requirements = Vec::with_capacity(declared.requirements.len());
    for written in declared.requirements.iter().copied() {
        requirements.push(requirement(written, declared, terms, library, problems));
    }
    library.requirements = requirements;
}

fn requirement<'a>(
    written: &'a ast::Requirement,
    declared: &Declared<'a>,
    terms: &Terms<'a>,
    library: &Library,
    problems: &mut Vec<Diagnostic>,
) -> Requirement {
    unique_names(written, problems);
    let severity = severity(written, problems);
    let decided_by = decided_by(written, problems);
    let mut discharges: Vec<_> = written.discharges.iter().filter_map(|p| provision(p, library, problems)).collect();
    discharges.sort_unstable();
    discharges.dedup();
    let mut links = Vec::new();
    links.extend(written.supports.iter().filter_map(|l| link(l, "supports", library, problems)));
    links.extend(written.advances.iter().filter_map(|l| link(l, "advances", library, problems)));
    let shown = shows::shows(&written.shows, library, problems);
    let days = written.in_force.as_ref().map_or(InForce::ALWAYS, |v| in_force(v, problems));
    let judges = judges(written, terms, library, problems);

    let lets: Lets<'a> = written.lets.iter().map(|l| (l.name.value.as_str(), l)).collect();
    let mut checker = Checker::new(declared, terms, library, &lets, problems);
    for l in &written.lets {
        checker.let_alone(l);
    }
    let applies = applies::applies(written, &discharges, terms, library, &mut checker);
    let clauses = clauses::clauses(written, &mut checker);
    let variable_names = std::mem::take(&mut checker.variables);
    Requirement {
        name: written.name.value.clone(),
        title: written.title.value.clone(),
        doc: written.doc.clone(),
        discharges,
        links,
        shows: shown,
        decided_by,
        severity,
        applies,
        in_force: days,
        variables: variable_names.len() as u32,
        variable_names,
        clauses: clauses.all,
        required: clauses.required,
        routes: clauses.routes,
        judges,
        guidance: written.guidance.as_ref().map(|g| g.value.clone()),
        span: written.span,
        name_span: written.name.span,
    }
}

/// Tests call clauses, routes and judgements by name, so there may be only one of each name.
fn unique_names(written: &ast::Requirement, problems: &mut Vec<Diagnostic>) {
    repeated(written.lets.iter().map(|l| &l.name), "`let`", problems);
    let routed = written.routes.iter().flat_map(|r| &r.expects);
    let expects = written.expects.iter().chain(routed).map(|e| &e.name);
    repeated(expects.chain(written.judges.iter().map(|j| &j.name)), "clause", problems);
    repeated(written.routes.iter().map(|r| &r.name), "route", problems);
}

fn severity(written: &ast::Requirement, problems: &mut Vec<Diagnostic>) -> Severity {
    let Some(word) = &written.severity else {
        let help = "write `severity minor`, `severity major` or `severity critical`: how much a gap matters";
        problems.push(errors::missing_line(&written.name, "the requirement", "severity", help));
        return Severity::Minor;
    };
    match SEVERITIES.iter().find(|(name, _)| *name == word.value) {
        Some((_, severity)) => *severity,
        None => {
            problems.push(errors::unknown_word("severity", word, &SEVERITIES.map(|(name, _)| name)));
            Severity::Minor
        }
    }
}

fn decided_by(written: &ast::Requirement, problems: &mut Vec<Diagnostic>) -> Decider {
    if written.decided_by.is_none() {
        let help = "write `decided by machine`, or `decided by person` with a `judge`";
        problems.push(errors::missing_line(&written.name, "the requirement", "decided by", help));
    }
    written.decided_by.as_ref().map_or(Decider::Machine, |d| d.value)
}

fn judges(written: &ast::Requirement, terms: &Terms<'_>, library: &Library, problems: &mut Vec<Diagnostic>) -> Vec<Judge> {
    let roles = library.names.vocabularies.get("role").copied();
    let mut judges = Vec::with_capacity(written.judges.len());
    for judge in &written.judges {
        if judge.by.is_empty() {
            let help = "name the roles that may answer: `by accountable-manager`";
            problems.push(errors::missing_line(&judge.name, "the judgement", "by", help));
        }
        for role in &judge.by {
            if let Some(roles) = roles
                && terms.get(roles, &role.value).is_none()
            {
                let known = library.vocabulary(roles).terms.iter().map(|t| t.name.as_str());
                problems.push(errors::unknown(Sort::Role, role, known));
            }
        }
        let mut by: Vec<String> = judge.by.iter().map(|r| r.value.clone()).collect();
        by.sort_unstable();
        by.dedup();
        judges.push(Judge {
            name: judge.name.value.clone(),
            question: judge.question.value.clone(),
            by,
            valid: judge.valid.as_ref().map(|v| v.value),
            span: judge.span,
        });
    }
    judges
}
