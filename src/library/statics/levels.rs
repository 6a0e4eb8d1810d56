//! Whether the evidence that is read can show what is claimed, and whether any is read.

use std::collections::BTreeSet;

use crate::diagnostics::Diagnostic;
use crate::library::errors;
use crate::library::model::{Basis, Decider, Expr, KindId, Level, Library, Proves, Requirement, Source};
use crate::library::requirements::shows::word;
use crate::syntax::ast;

/// Levels shown, clauses without evidence, requirements without clauses.
pub(super) fn check(requirement: &Requirement, written: &ast::Requirement, library: &Library, problems: &mut Vec<Diagnostic>) {
    let mut kinds = BTreeSet::new();
    requirement.clauses.iter().for_each(|c| read(&c.body, &mut kinds));
    if requirement.clauses.is_empty() && requirement.judges.is_empty() {
        let sealed = |id| library.provision(id).basis == Basis::Sealed;
        if requirement.discharges.is_empty() || !requirement.discharges.iter().all(|id| sealed(*id)) {
            problems.push(errors::nothing_to_check(&written.name));
        }
        return;
    }
    if kinds.is_empty() && requirement.decided_by == Decider::Machine && !requirement.clauses.is_empty() {
        problems.push(errors::clause_without_evidence(&written.name));
        return;
    }
    let best = kinds.iter().map(|k| library.kind(*k).proves).max();
    for (shows, at) in requirement.shows.iter().zip(&written.shows) {
        let shown = match shows.level {
            Level::Present => best.is_some() || !requirement.judges.is_empty(),
            Level::Operating => best == Some(Proves::Operating),
            Level::Suitable | Level::Effective => true,
        };
        if !shown {
            problems.push(errors::level_not_proved(at.level.span, word(shows.level), &requirement.name));
        }
    }
}

/// The kinds that an expression takes items of.
fn read(expr: &Expr, kinds: &mut BTreeSet<KindId>) {
    expr.each_source(&mut |source| match source {
        Source::Kind(kind) | Source::FollowedList { kind, .. } => {
            kinds.insert(kind);
        }
        Source::List { .. } => {}
    });
    expr.each_child(&mut |child| read(child, kinds));
}
