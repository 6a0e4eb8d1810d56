//! Half-open days in force.

use crate::base::Span;
use crate::diagnostics::Diagnostic;
use crate::library::errors;
use crate::library::model::InForce;
use crate::syntax::ast::Version;

/// The days of a version; an empty one is reported.
pub(in crate::library) fn in_force(version: &Version, problems: &mut Vec<Diagnostic>) -> InForce {
    let days = InForce { from: version.from.as_ref().map(|d| d.value), until: version.until.as_ref().map(|d| d.value) };
    if let (Some(from), Some(until)) = (days.from, days.until)
        && until <= from
    {
        problems.push(errors::empty_version(version.until.as_ref().map_or(version.span, |u| u.span)));
    }
    days
}

/// Sorts by first day and reports what overlaps.
pub(super) fn order<T>(versions: &mut [T], days: impl Fn(&T) -> (InForce, Span), what: &str, problems: &mut Vec<Diagnostic>) {
    versions.sort_by_key(|v| days(v).0.from);
    // The one so far that ends last; those that are in force on no day were told before.
    let mut latest: Option<(InForce, Span)> = None;
    for (days, at) in versions.iter().map(days).filter(|(d, _)| d.from.zip(d.until).is_none_or(|(f, u)| f < u)) {
        if let Some((_, before)) = latest.filter(|(before, _)| before.overlaps(days)) {
            problems.push(errors::overlapping(what, at, before));
        }
        let ends_later = latest.is_none_or(|(before, _)| before.until.is_some_and(|end| days.until.is_none_or(|u| u > end)));
        if ends_later {
            latest = Some((days, at));
        }
    }
}
