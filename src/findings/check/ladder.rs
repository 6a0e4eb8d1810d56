//! The ladder of graduated enforcement: no rung is skipped without a reason the law knows, and a notice gives the time it has to.

use super::{Case, asks};
use crate::findings::errors::ladder as errors;
use crate::findings::ladder::least_period;
use crate::findings::model::Rung;
use crate::findings::{Class, Origin, Step, Word};

pub(super) fn check(case: &mut Case<'_>) {
    let finding = case.finding();
    if let (Some(first), Some(origin)) = (finding.ladder.first(), finding.origin.stated().filter(|o| o.value == Origin::Internal))
    {
        let law = case.law(asks::LADDER);
        case.tell(errors::not_ours(first.span, origin.span, &law));
    }
    let mut highest: Option<Step> = None;
    for rung in &finding.ladder {
        let parts = [
            (rung.step.is_missing(), "step", "which step it was"),
            (rung.on.is_missing(), "on", "when"),
            (rung.by.is_missing(), "by", "who took it"),
        ];
        let law = case.law(asks::LADDER);
        for (_, key, what) in parts.into_iter().filter(|(missing, ..)| *missing) {
            case.tell(errors::rung_item(rung.span, key, what, &law));
        }
        let Some(step) = rung.step.stated() else { continue };
        let serious = finding.class.get() == Some(&Class::SeriouslyDeficient);
        // A word that names nothing excuses nothing.
        let repeated = case.repeated().is_some();
        let skipped: Vec<&str> =
            Step::ALL.iter().filter(|s| Some(**s) > highest && **s < step.value).map(|s| s.title()).collect();
        if !skipped.is_empty() && !serious && !repeated && rung.skips_because.is_missing() {
            case.tell(errors::skipped(step, &skipped, &law));
        }
        notice(case, rung);
        highest = highest.max(Some(step.value));
    }
}

/// A notice gives at least the days that the Act says, when it gives any: one that forbids something bites at once.
fn notice(case: &mut Case<'_>, rung: &Rung) {
    if rung.step.get() != Some(&Step::Notice) {
        return;
    }
    let (Some(on), Some(by)) = (rung.on.get(), rung.comply_by.stated()) else { return };
    let works = rung.works.get() == Some(&true);
    let Some(least) = least_period(case.library, works, *on) else { return };
    let first = on.plus(least);
    if let Some(first) = first.filter(|first| by.value < *first) {
        let law = case.law(asks::NOTICE);
        case.tell(errors::short_notice(by, *on, least, first, works, &law));
    }
}
