//! Whom to visit next: an order of entities by factors that are all shown. No score is made of them.
//!
//! Entities are compared factor by factor, in the order of [`FACTORS`]: the first in which they differ decides. What law fixes stands first, then what was
//! found, then how performance moves, then what the entity says of itself. An order is all it is: the authority plans, and may have reasons that stand in no
//! record.

use super::floors::Standing;
use crate::base::Date;

/// How many days ahead a floor is counted as near.
pub const NEAR: i32 = 90;
/// How many factors there are.
pub const COUNT: usize = 16;

/// Names of the factors, the weightiest first, as they stand in `priority.csv` and in words.
pub const FACTORS: [(&str, &str); COUNT] = [
    ("floor-days-late", "days past a minimum frequency of the law"),
    ("floor-not-shown", "minimum frequencies of the law with no look on record"),
    ("floor-not-known", "minimum frequencies of the law of which nobody can say whether they apply"),
    ("floor-near", "minimum frequencies of the law due within 90 days"),
    ("open-serious", "open findings with serious deficiencies"),
    ("together", "figures on people and systems that get worse together"),
    ("blind-spots", "findings of deficiencies in what its own account calls met"),
    ("overdue", "findings, actions or measures overdue"),
    ("repeats", "findings that repeat an earlier one"),
    ("trends", "series that get worse"),
    ("critical-not-met", "critical requirements not met"),
    ("open-findings", "open findings"),
    ("major-not-met", "major requirements not met"),
    ("practice-days-late", "days past what is usual, where law leaves more time"),
    ("days-since-look", "days since the authority last looked (3,650 when no look is on record)"),
    ("passengers", "passengers a year"),
];

/// What [`FACTORS`] says of an entity that no look is on record of.
const NEVER: i64 = 3650;

/// What is known of an entity, as far as it bears on when to visit it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// The floors.
    pub floors: Vec<Standing>,
    /// The last look by the authority.
    pub last_look: Option<Date>,
    /// Open findings with serious deficiencies.
    pub open_serious: usize,
    /// Open findings.
    pub open: usize,
    /// Findings, actions and measures past their day.
    pub overdue: usize,
    /// Findings of the last three years that repeat an earlier one.
    pub repeats: usize,
    /// Blind spots.
    pub blind_spots: usize,
    /// Figures on people and systems that get worse together.
    pub together: usize,
    /// Series that get worse.
    pub trends: usize,
    /// Critical requirements not met in the last assessment.
    pub critical: usize,
    /// Major requirements not met in the last assessment.
    pub major: usize,
    /// Passengers a year; `None` where the entity does not say.
    pub passengers: Option<i64>,
    /// Whether looks by the authority, or what a floor hangs on, are withheld from whoever reads: then nothing is said of them.
    pub looks_withheld: bool,
    /// Whether the records of inspectors are withheld from whoever reads.
    pub records_withheld: bool,
}

impl Facts {
    /// The factors, in the order of [`FACTORS`]. More comes first.
    #[must_use]
    pub fn factors(&self, on: Date) -> [i64; COUNT] {
        let law = || self.floors.iter().filter(|f| f.provision.is_some());
        let practice = self.floors.iter().filter(|f| f.provision.is_none());
        let most_late = |late: Option<u32>| late.map_or(0, i64::from);
        let near = |f: &&Standing| f.late(on) == 0 && f.due.is_some_and(|due| on.days_to(due) <= NEAR);
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let mut factors = [
            most_late(law().filter(|f| f.applies).map(|f| f.late(on)).max()),
            count(law().filter(|f| f.applies && f.last.is_none()).count()),
            count(law().filter(|f| !f.applies).count()),
            count(law().filter(|f| f.applies).filter(near).count()),
            count(self.open_serious),
            count(self.together),
            count(self.blind_spots),
            count(self.overdue),
            count(self.repeats),
            count(self.trends),
            count(self.critical),
            count(self.open),
            count(self.major),
            most_late(practice.map(|f| f.late(on)).max()),
            self.last_look.map_or(NEVER, |day| i64::from(day.days_to(on))),
            self.passengers.unwrap_or(0),
        ];
        // An order says something too: what is withheld moves nobody up or down.
        for (at, factor) in factors.iter_mut().enumerate() {
            if self.is_withheld(at) {
                *factor = 0;
            }
        }
        factors
    }

    /// Whether a factor, by its place in [`FACTORS`], is withheld from whoever reads. It stands as 0 then, and says nothing.
    #[must_use]
    pub fn is_withheld(&self, at: usize) -> bool {
        match FACTORS.get(at).map(|(name, _)| *name) {
            Some(
                "floor-days-late" | "floor-not-shown" | "floor-not-known" | "floor-near" | "practice-days-late"
                | "days-since-look",
            ) => self.looks_withheld,
            Some("passengers") => self.looks_withheld && self.passengers.is_none(),
            Some("open-serious" | "blind-spots" | "overdue" | "repeats" | "open-findings") => self.records_withheld,
            _ => false,
        }
    }

    /// Floors of the law that are late, not shown, or not known to apply: those that a person has to look at.
    pub fn telling(&self, on: Date) -> impl Iterator<Item = &Standing> {
        self.floors
            .iter()
            .filter(move |f| !self.looks_withheld && f.provision.is_some() && (!f.applies || f.last.is_none() || f.late(on) > 0))
    }
}

/// The first factor in which one stands before another: its place in [`FACTORS`]. `None` when all are equal, and the id decides.
#[must_use]
pub fn decides(before: &[i64; COUNT], after: &[i64; COUNT]) -> Option<usize> {
    before.iter().zip(after).position(|(a, b)| a != b)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop; that is how it fails")]
mod tests {
    use super::*;

    #[test]
    fn a_late_floor_of_the_law_stands_before_any_risk() {
        let on = Date::parse("2026-11-23").unwrap();
        let late = Standing {
            title: "inspection",
            provision: Some("x#1"),
            last: Date::parse("2025-11-01").ok(),
            due: Date::parse("2026-11-01").ok(),
            applies: true,
        };
        let practice = Standing { provision: None, ..late.clone() };
        let floor = Facts { floors: vec![late], last_look: Some(on), ..Facts::default() }.factors(on);
        let risky =
            Facts { open_serious: 9, together: 3, blind_spots: 4, floors: vec![practice], ..Facts::default() }.factors(on);
        assert_eq!((floor[0], risky[0], risky[13]), (22, 0, 22));
        assert!(floor > risky);
        assert_eq!(decides(&floor, &risky), Some(0));
        assert_eq!(decides(&risky, &Facts::default().factors(on)), Some(4));
        assert_eq!(decides(&risky, &risky), None);
    }

    /// The fact that a floor hangs on is left out: nobody escapes by that.
    #[test]
    fn a_floor_that_may_apply_counts_after_those_without_a_look_and_before_those_that_are_near() {
        let on = Date::parse("2026-11-23").unwrap();
        let standing = |applies, last: Option<&str>, due: Option<&str>| Standing {
            title: "inspection",
            provision: Some("x#1"),
            last: last.and_then(|day| Date::parse(day).ok()),
            due: due.and_then(|day| Date::parse(day).ok()),
            applies,
        };
        let facts = |floor| Facts { floors: vec![floor], last_look: Some(on), ..Facts::default() };
        let not_shown = facts(standing(true, None, None)).factors(on);
        let not_known = facts(standing(false, None, None));
        let near = facts(standing(true, Some("2025-12-01"), Some("2026-12-01"))).factors(on);
        assert_eq!(not_known.factors(on)[2], 1);
        assert!(not_shown > not_known.factors(on) && not_known.factors(on) > near);
        assert_eq!(not_known.telling(on).count(), 1);
        // Of an audience that may not see the looks, nothing is said.
        let withheld = Facts { looks_withheld: true, last_look: None, ..not_known };
        assert_eq!(withheld.factors(on), [0; COUNT]);
        assert_eq!(withheld.telling(on).count(), 0);
    }
}
