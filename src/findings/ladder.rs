//! The ladder of graduated enforcement and the time that the law gives on it. The periods are parameters of the library; nothing here knows a number.

use super::model::Finding;
use super::words::{Step, Word};
use crate::base::{Date, Period};
use crate::library::Library;
use crate::library::model::{ExprKind, Value};

/// The least time that an enforcement notice gives, on the day it is served.
#[must_use]
pub fn least_period(library: &Library, works: bool, on: Date) -> Option<Period> {
    parameter(library, if works { "enforcement-period-works" } else { "enforcement-period" }, on)
}

/// The time to object to an enforcement notice, counted from the day it is served.
#[must_use]
pub fn objection_time(library: &Library, works: bool, on: Date) -> Option<Period> {
    parameter(library, if works { "objection-time-works" } else { "objection-time" }, on)
}

/// The highest rung that was taken by a day.
#[must_use]
pub fn taken(finding: &Finding, by: Date) -> Option<Step> {
    let rungs = finding.ladder.iter().filter(|r| r.on.get().is_none_or(|on| *on <= by));
    rungs.filter_map(|r| r.step.get()).copied().max()
}

/// The rung after another; `None` at the top.
#[must_use]
pub fn after(step: Option<Step>) -> Option<Step> {
    Step::ALL.iter().copied().find(|s| Some(*s) > step)
}

fn parameter(library: &Library, name: &str, on: Date) -> Option<Period> {
    let found = library.parameters.iter().find(|p| p.name == name)?;
    let (value, ..) = found.values.iter().find(|(_, in_force, _)| in_force.contains(on))?;
    match value.kind {
        ExprKind::Literal(Value::Period(period)) => Some(period),
        _ => None,
    }
}
