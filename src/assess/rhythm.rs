//! `recurs every`: whether dates come in a rhythm throughout a window.
//!
//! The window is cut into slots from its first day: the i-th slot begins `i` periods after it (calendar arithmetic from the first day, so month ends
//! do not drift) and only slots that end inside the window count. Each slot needs a date, save as many as are allowed to be missed. The longest gap is
//! taken between neighbouring dates, the window's ends counted as dates.

use std::ops::ControlFlow;

use super::ground::Rhythm;
use super::plan::RhythmPlan;
use super::run::{Frame, Run};
use super::value::Val;
use crate::base::{Date, Interval, Period, Truth};

/// A window with more slots than this is not looked at: nobody writes a rhythm of days over a century.
const MOST_SLOTS: u32 = 40_000;

impl<'a> Run<'a> {
    /// Whether a rhythm holds, and what was found; nothing found when window or rhythm are not known.
    pub(crate) fn rhythm(&self, plan: &RhythmPlan<'a>, frame: &mut Frame<'a>) -> (Truth, Option<Rhythm>) {
        let window = self.value(plan.throughout, frame).interval().filter(|w| w.first <= w.last);
        let every = self.value(plan.every, frame).period().filter(|p| p.count > 0);
        let (Some(window), Some(every)) = (window, every) else { return (Truth::Unknown, None) };
        let limit = plan.max_gap.map(|e| self.value(e, frame).period());

        let mut days = Vec::new();
        let (mut unknown, mut latest) = (0u32, None::<Date>);
        let _ = self.walk(&plan.walk, frame, &mut |frame, member| {
            let member = member.and(self.counts(&plan.walk, frame));
            if member == Truth::False {
                return ControlFlow::Continue(());
            }
            match (member, self.value(plan.by, frame)) {
                (Truth::True, Val::Known(v)) => {
                    if let Some(day) = Val::Known(v).date() {
                        latest = latest.max((day <= window.last).then_some(day));
                        if window.contains(day) {
                            days.push(day);
                        }
                    }
                }
                _ => unknown += 1,
            }
            ControlFlow::Continue(())
        });
        let open_list = frame.unstated.is_some();
        days.sort_unstable();

        let Some(slots) = slots(window, every) else { return (Truth::Unknown, None) };
        let missed: Vec<Interval> = slots.iter().copied().filter(|s| !any_in(&days, *s)).collect();
        let (gap, gap_holds) = longest_gap(&days, window, limit.flatten());
        let enough = missed.len() <= plan.allowing as usize && !slots.is_empty();
        let holds = match limit {
            Some(None) => Truth::from(enough).and(Truth::Unknown),
            Some(Some(_)) => (enough && gap_holds).into(),
            None => enough.into(),
        };
        // A date more can only fill a slot or part a gap: what holds without the open ones holds with them.
        let truth = if holds == Truth::False && (unknown > 0 || open_list) { Truth::Unknown } else { holds };
        let truth = if truth == Truth::True && days.is_empty() { Truth::Unknown } else { truth };
        let considered = plan.walk.levels.first().map_or(0, |l| self.bundle.rows(l.table).len);
        let found = Rhythm {
            table: plan.walk.levels.first().map(|l| l.table).unwrap_or_default(),
            window,
            every,
            slots: slots.len() as u32,
            missed,
            allowing: plan.allowing,
            longest_gap: gap,
            max_gap: limit.flatten().and_then(|p| window.first.plus(p)).map(|end| window.first.days_to(end)),
            dates: days.len() as u32,
            considered,
            latest,
            unknown,
        };
        (truth, Some(found))
    }
}

/// The whole slots of a window; `None` when there are absurdly many.
fn slots(window: Interval, every: Period) -> Option<Vec<Interval>> {
    let mut slots = Vec::new();
    let mut first = window.first;
    for i in 1..=MOST_SLOTS {
        let next = window.first.plus(Period::new(every.count.checked_mul(i)?, every.unit));
        let Some(next) = next.filter(|n| n.day_number() <= window.last.day_number() + 1) else { return Some(slots) };
        slots.push(Interval::new(first, Date::from_day_number(next.day_number() - 1)?));
        first = next;
    }
    None
}

fn any_in(sorted: &[Date], slot: Interval) -> bool {
    sorted.get(sorted.partition_point(|d| *d < slot.first)).is_some_and(|d| *d <= slot.last)
}

/// The longest stretch between neighbouring dates, and whether every stretch is within the limit.
fn longest_gap(sorted: &[Date], window: Interval, limit: Option<Period>) -> (Option<Interval>, bool) {
    let ends = std::iter::once(window.first).chain(sorted.iter().copied()).chain(std::iter::once(window.last));
    let mut longest: Option<Interval> = None;
    let mut holds = true;
    let mut before = window.first;
    for day in ends {
        let gap = Interval::new(before, day);
        if longest.is_none_or(|l| l.first.days_to(l.last) < before.days_to(day)) {
            longest = Some(gap);
        }
        if let Some(limit) = limit {
            holds &= before.plus(limit).is_none_or(|end| day <= end);
        }
        before = day;
    }
    (longest, holds)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "the dates of a test exist")]
mod tests {
    use super::*;
    use crate::base::Unit;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn slots_are_counted_from_the_first_day_and_do_not_drift() {
        let window = Interval::new(day("2026-01-31"), day("2026-05-01"));
        let found = slots(window, Period::new(1, Unit::Months)).unwrap();
        let firsts: Vec<String> = found.iter().map(|s| s.first.to_string()).collect();
        assert_eq!(firsts, ["2026-01-31", "2026-02-28", "2026-03-31"]);
        assert_eq!(found.last().unwrap().last, day("2026-04-29"));
    }

    #[test]
    fn the_windows_ends_count_as_dates_in_a_gap() {
        let window = Interval::new(day("2026-01-01"), day("2026-03-01"));
        let (gap, holds) = longest_gap(&[day("2026-01-05")], window, Some(Period::new(45, Unit::Days)));
        assert_eq!(gap, Some(Interval::new(day("2026-01-05"), day("2026-03-01"))));
        assert!(!holds);
    }
}
