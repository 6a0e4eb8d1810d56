//! What a machine may decide, and what only a person may.

use crate::diagnostics::Diagnostic;
use crate::library::errors;
use crate::library::model::{Decider, Requirement};
use crate::syntax::ast;

/// Machines award no judgement; persons are asked a question.
pub(super) fn check(requirement: &Requirement, written: &ast::Requirement, problems: &mut Vec<Diagnostic>) {
    match requirement.decided_by {
        Decider::Machine => {
            for judge in &written.judges {
                let what = format!("asks for the judgement `{}`", judge.name.value);
                problems.push(errors::machine_judges(judge.name.span, &requirement.name, &what));
            }
            for shows in written.shows.iter().filter(|s| matches!(s.level.value.as_str(), "suitable" | "effective")) {
                let what = format!("shows `{}`", shows.level.value);
                problems.push(errors::machine_judges(shows.level.span, &requirement.name, &what));
            }
        }
        Decider::Person => {
            if written.judges.is_empty() {
                let at = written.decided_by.as_ref().map_or(written.name.span, |d| d.span);
                problems.push(errors::judgement_missing(at, &requirement.name));
            }
        }
    }
}
