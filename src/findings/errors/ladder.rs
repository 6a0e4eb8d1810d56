//! About the ladder of enforcement.

use super::{Law, missing};
use crate::base::{Date, Period, Span, Spanned};
use crate::diagnostics::{Diagnostic, catalog::findings as code};
use crate::findings::{Step, Word};

/// A rung leaves something out.
pub(in crate::findings) fn rung_item(at: Span, key: &str, what: &str, law: &Law) -> Diagnostic {
    missing(code::RUNG_ITEM, at, key, format!("the step of the ladder does not state {what}"), law.text())
}

/// An entity's own finding climbs the authority's ladder.
pub(in crate::findings) fn not_ours(at: Span, origin: Span, law: &Law) -> Diagnostic {
    Diagnostic::new(code::LADDER_NOT_OURS, at, "a finding of internal quality control records a step of the authority's ladder")
        .label("only the authority takes such steps")
        .also(origin, "the entity's own finding")
        .note(law.text())
        .help("take `ladder` out, or correct `origin`")
}

/// Rungs are skipped without a reason.
pub(in crate::findings) fn skipped(step: &Spanned<Step>, skipped: &[&str], law: &Law) -> Diagnostic {
    let message = format!("the {} comes without {}, and nothing says why", step.value.title(), skipped.join(" and "));
    Diagnostic::new(code::RUNG_SKIPPED, step.span, message)
        .label("steps before it are skipped")
        .note(law.text())
        .help("record the steps before it, or say with `skips-because` why the matter is serious; one that returns has `repeats`")
}

/// A notice that gives too little time.
pub(in crate::findings) fn short_notice(
    by: &Spanned<Date>,
    served: Date,
    least: Period,
    first: Date,
    works: bool,
    law: &Law,
) -> Diagnostic {
    let days = served.days_to(by.value);
    let works = if works { " for building works" } else { "" };
    let message = format!("the enforcement notice of {served} gives {days} days, and the law wants at least {least}{works}");
    Diagnostic::new(code::SHORT_NOTICE, by.span, message)
        .label(format!("{first} is the first day it may name"))
        .note(law.text())
        .help(format!("give time until {first} or later; a notice not to do something until another is done bites at once and has no `comply-by`"))
}
