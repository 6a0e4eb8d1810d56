//! The days to come: what lapses when, which verdict changes with it, and which law begins or ends.
//!
//! Nothing is predicted. The bundle stays as it is and only the date moves: every day is assessed as `check --as-of` would assess it, and a day is
//! kept when something on it differs from the day before. Rules may ask for anything of a date (a window, a rhythm, the latest of several), so that
//! no list of days on which verdicts could change would be complete; assessing a day takes about a millisecond.
//!
//! To add a sort of event: a field of [`Day`], filled in here, and shown by each writer in `report/forecast`.

mod failing;
mod law;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::assess::{self, Assessment, Lapse, Outcome, Plan, Scope, Turn, Verdict};
use crate::base::Date;
use crate::disclose::{self, View};
use crate::evidence::{At, Bundle};
use crate::library::model::RequirementId;
use crate::library::{Checked, Library};
use crate::policy::{Admissibility, Disclosure, Policies};
use failing::Failing;
pub use law::{LawChange, LawEvent};

/// How far ahead a forecast may look, in days: ten years and the leap days in them.
pub const FURTHEST: i32 = 3_653;

/// What changes from a day on.
#[derive(Debug, Clone)]
pub struct Forecast {
    /// The first day, assessed.
    pub start: Assessment,
    /// The last day looked at.
    pub until: Date,
    /// The days on which something changes, in order.
    pub days: Vec<Day>,
    /// The verdicts of the last day, by [`RequirementId`]; of the requirements asked for only.
    pub end: Vec<(RequirementId, Verdict)>,
}

/// A day on which something changes.
#[derive(Debug, Clone)]
pub struct Day {
    /// The day, assessed; with the outcomes alone that changed.
    pub assessment: Assessment,
    /// What changed, in the order of requirements; one for each outcome of the assessment.
    pub changes: Vec<Change>,
    /// What stops counting on this day.
    pub lapses: Vec<Lapse>,
    /// Law that begins, changes or ends on this day.
    pub law: Vec<LawEvent>,
}

/// What became of a requirement on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The requirement.
    pub requirement: RequirementId,
    /// Its verdict the day before.
    pub before: Verdict,
    /// Its verdict on the day. The same as before when only more or fewer items fail.
    pub after: Verdict,
    /// Whether it applies, or why it does not, is another matter than the day before.
    pub scope_changed: bool,
    /// Items that fail on the day and did not before.
    pub fails: Vec<At>,
    /// How many items failed the day before, and how many fail on the day.
    pub failing: (u32, u32),
}

impl Change {
    /// How the requirement stands, compared with the day before.
    #[must_use]
    pub fn turn(&self) -> Turn {
        Turn::between(self.before, self.after).unwrap_or(match self.failing.1.cmp(&self.failing.0) {
            std::cmp::Ordering::Greater => Turn::Worse,
            std::cmp::Ordering::Less => Turn::Better,
            std::cmp::Ordering::Equal if self.fails.is_empty() => Turn::Other,
            // As many as before, and others: for those, something fell.
            std::cmp::Ordering::Equal => Turn::Worse,
        })
    }

    /// The change as far as the grounds that an audience sees tell it; `None` when all of it is in those that are withheld.
    fn told_by(mut self, library: &Library, whole: &Outcome, shown: &Outcome) -> Option<Self> {
        let requirement = library.requirement(self.requirement);
        let (all, seen) = (Failing::of(requirement, whole), Failing::of(requirement, shown));
        self.fails = seen.among(&self.fails);
        if seen.count != all.count {
            self.failing = (0, 0);
        }
        (self.is_verdict() || self.scope_changed || !self.fails.is_empty() || self.failing.0 != self.failing.1).then_some(self)
    }

    /// Whether the verdict is another one, its reason included.
    #[must_use]
    pub fn is_verdict(&self) -> bool {
        self.before != self.after
    }
}

/// Looks ahead from a day to another, both included.
#[must_use]
pub fn forecast(library: &Checked<Library>, bundle: &Bundle, policies: &Policies, from: Date, until: Date) -> Forecast {
    let admissibility = policies.admissibility(library, bundle);
    let start = assess::assess_planned(&Plan::new(library, from), bundle, &admissibility);
    let mut found: BTreeMap<Date, Vec<(Change, Outcome)>> = BTreeMap::new();
    for (day, changes) in all_days(library, bundle, &admissibility, from, until) {
        found.insert(day, changes);
    }
    let mut lapses: BTreeMap<Date, Vec<Lapse>> = BTreeMap::new();
    for lapse in start.lapses.iter().filter(|l| l.on <= until) {
        lapses.entry(lapse.on).or_default().push(lapse.clone());
    }
    let mut law = law::events(library, bundle.entity.kind, from, until);
    let mut end: Vec<_> = start.outcomes.iter().map(|o| (o.requirement, o.verdict)).collect();
    let on: BTreeSet<Date> = found.keys().chain(lapses.keys()).chain(law.keys()).copied().collect();
    let mut days = Vec::with_capacity(on.len());
    for day in on {
        let (changes, outcomes): (Vec<_>, Vec<_>) = found.remove(&day).unwrap_or_default().into_iter().unzip();
        for change in &changes {
            if let Some((_, verdict)) = end.get_mut(change.requirement.0 as usize) {
                *verdict = change.after;
            }
        }
        days.push(Day {
            assessment: of_day(&start, day, outcomes),
            changes,
            lapses: lapses.remove(&day).unwrap_or_default(),
            law: law.remove(&day).unwrap_or_default(),
        });
    }
    Forecast { start, until, days, end }
}

/// What a reporter needs of a day beside what changed on it: what may not be relied on does not hang on the day.
fn of_day(start: &Assessment, date: Date, outcomes: Vec<Outcome>) -> Assessment {
    Assessment {
        date,
        known_at: start.known_at,
        outcomes,
        provisions: Vec::new(),
        components: Vec::new(),
        policies: None,
        barred: start.barred.clone(),
        doubted: start.doubted.clone(),
        refused: start.refused.clone(),
        lapses: Vec::new(),
        economics: None,
    }
}

type DayChanges = (Date, Vec<(Change, Outcome)>);

/// Every day after the first, assessed and compared with the day before; in stretches, several at a time.
fn all_days(library: &Library, bundle: &Bundle, admissibility: &Admissibility, from: Date, until: Date) -> Vec<DayChanges> {
    let (first, last) = (from.day_number(), until.day_number());
    let stretch = (last - first).clamp(1, 31);
    let mut starts = Vec::new();
    let mut at = first;
    while at < last {
        starts.push((at, (at + stretch).min(last)));
        at += stretch;
    }
    let day = |n: i32| {
        let date = Date::from_day_number(n)?;
        Some((date, assess::outcomes(&Plan::new(library, date), bundle, admissibility)))
    };
    let of_stretch = |(before, last): &(i32, i32)| {
        let mut found = Vec::new();
        let Some((_, mut old)) = day(*before) else { return found };
        for (date, new) in (before + 1..=*last).map_while(day) {
            let changes = changes(library, &old, &new);
            if !changes.is_empty() {
                found.push((date, changes));
            }
            old = new;
        }
        found
    };
    let all: Vec<Vec<_>> = starts.par_iter().map(of_stretch).collect();
    all.into_iter().flatten().collect()
}

fn changes(library: &Library, old: &[Outcome], new: &[Outcome]) -> Vec<(Change, Outcome)> {
    old.iter().zip(new).filter_map(|(before, after)| Some((change(library, before, after)?, after.clone()))).collect()
}

fn change(library: &Library, before: &Outcome, after: &Outcome) -> Option<Change> {
    let scope_changed = kind_of(&before.scope) != kind_of(&after.scope);
    let requirement = library.requirement(after.requirement);
    let (old, new) = (Failing::of(requirement, before), Failing::of(requirement, after));
    let change = Change {
        requirement: after.requirement,
        before: before.verdict,
        after: after.verdict,
        scope_changed,
        fails: new.without(&old),
        failing: (old.count, new.count),
    };
    // Where the verdict changes, what fails under the one that was not met is told by the verdict.
    let grown = !change.is_verdict() && (!change.fails.is_empty() || change.failing.0 != change.failing.1);
    (change.is_verdict() || (scope_changed && after.verdict == Verdict::NotApplicable) || grown).then_some(change)
}

/// Which scope it is, whatever its ground and whichever waiver.
const fn kind_of(scope: &Scope) -> u8 {
    match scope {
        Scope::Applies => 0,
        Scope::NotBound => 1,
        Scope::NotInForce => 2,
        Scope::ConditionFalse(_) => 3,
        Scope::Displaced(_) => 4,
        Scope::Sealed => 5,
        Scope::Unknown(_) => 6,
    }
}

impl Forecast {
    /// The verdict on a requirement on a day of the forecast; `None` when it was not asked for or lies outside.
    #[must_use]
    pub fn verdict_on(&self, requirement: RequirementId, date: Date) -> Option<Verdict> {
        if date < self.start.date || self.until < date {
            return None;
        }
        let start = self.start.outcomes.iter().find(|o| o.requirement == requirement)?.verdict;
        let changed = self.days.iter().take_while(|d| d.assessment.date <= date).flat_map(|d| &d.changes);
        Some(changed.filter(|c| c.requirement == requirement).last().map_or(start, |c| c.after))
    }

    /// Leaves these requirements, and what lapses or changes in law for them.
    pub fn narrow(&mut self, library: &Library, bundle: &Bundle, only: &BTreeSet<RequirementId>) {
        self.start.narrow(library, bundle, only);
        self.end.retain(|(id, _)| only.contains(id));
        for day in &mut self.days {
            day.keep(|id| only.contains(&id));
            day.lapses.iter_mut().for_each(|l| l.requirements.retain(|id| only.contains(id)));
            day.lapses.retain(|l| !l.requirements.is_empty());
            day.law.iter_mut().for_each(|l| l.requirements.retain(|id| only.contains(id)));
            day.law.retain(|l| !l.requirements.is_empty());
        }
        self.days.retain(|day| !day.is_empty());
    }

    /// Leaves what an audience may see, and says how many changes and lapses that is not. `view` is of the first day.
    pub fn disclose(&mut self, library: &Library, bundle: &Bundle, view: &View, disclosure: &Disclosure) -> Kept {
        let seen: BTreeSet<RequirementId> = view.assessment.outcomes.iter().map(|o| o.requirement).collect();
        let mut kept = Kept::default();
        for day in &mut self.days {
            let whole = std::mem::take(&mut day.assessment.outcomes);
            let before = whole.len();
            // Whether a waiver displaces it may differ from day to day, so each is asked again.
            let changes = std::mem::take(&mut day.changes);
            let told = changes.into_iter().zip(whole).filter(|(_, o)| seen.contains(&o.requirement)).filter_map(|(change, o)| {
                let shown = disclose::outcome(library, bundle, &o, disclosure)?;
                Some((change.told_by(library, &o, &shown)?, shown))
            });
            let told: Vec<_> = told.collect();
            kept.changes += (before - told.len()) as u32;
            (day.changes, day.assessment.outcomes) = told.into_iter().unzip();
            day.assessment.barred.clone_from(&view.assessment.barred);
            day.assessment.doubted.clone_from(&view.assessment.doubted);
            day.assessment.refused.clone_from(&view.assessment.refused);
            let lapses = day.lapses.len();
            day.lapses = view.assessment.lapses.iter().filter(|l| l.on == day.assessment.date).cloned().collect();
            kept.lapses += (lapses - day.lapses.len()) as u32;
        }
        self.days.retain(|day| !day.is_empty());
        kept
    }
}

/// How much of a forecast is kept from an audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kept {
    /// Changes of verdicts.
    pub changes: u32,
    /// Things that lapse.
    pub lapses: u32,
}

impl Day {
    fn keep(&mut self, wanted: impl Fn(RequirementId) -> bool) {
        self.changes.retain(|c| wanted(c.requirement));
        self.assessment.outcomes.retain(|o| wanted(o.requirement));
    }

    fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.lapses.is_empty() && self.law.is_empty()
    }

    /// The lapses of this day that a change hangs on: of items it reads, or of its judgements and waivers.
    pub fn lapses_of(&self, change: &Change) -> impl Iterator<Item = &Lapse> {
        let id = change.requirement;
        self.lapses.iter().filter(move |l| l.requirements.contains(&id))
    }
}
