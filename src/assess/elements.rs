//! Quantifiers and quantities: strong Kleene logic over the elements that a walk finds.

use std::cmp::Ordering;
use std::ops::ControlFlow;

use super::plan::{ElementsPlan, Node, Walk};
use super::run::{Frame, Run, at_least, later};
use super::value::{self, Val};
use crate::base::{Percent, Period, Truth, Unit};
use crate::library::model::{Aggregate, Arithmetic, CompareOp, Expr, Quantifier, Value};

/// How many elements came out how. The first letter is whether the element is in the population, the second whether it holds.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    /// In the population and holding.
    pub(crate) holding: u32,
    /// In the population and failing.
    pub(crate) failing: u32,
    /// In the population and not known.
    pub(crate) unknown: u32,
    /// May be in the population, and would hold.
    pub(crate) maybe_holding: u32,
    /// May be in the population, and would fail.
    pub(crate) maybe_failing: u32,
    /// May be in the population, and not known.
    pub(crate) maybe_unknown: u32,
}

impl Tally {
    pub(crate) fn add(&mut self, member: Truth, holds: Truth) {
        let slot = match (member, holds) {
            (Truth::True, Truth::True) => &mut self.holding,
            (Truth::True, Truth::False) => &mut self.failing,
            (Truth::True, Truth::Unknown) => &mut self.unknown,
            (Truth::Unknown, Truth::True) => &mut self.maybe_holding,
            (Truth::Unknown, Truth::False) => &mut self.maybe_failing,
            (Truth::Unknown, Truth::Unknown) => &mut self.maybe_unknown,
            (Truth::False, _) => return,
        };
        *slot += 1;
    }

    pub(crate) const fn population(self) -> u32 {
        self.holding + self.failing + self.unknown
    }

    pub(crate) const fn maybe(self) -> u32 {
        self.maybe_holding + self.maybe_failing + self.maybe_unknown
    }

    /// Whether the share of the population that holds reaches the percentage, on every and on no way the open facts may fall out.
    fn share_reaches(self, percent: Percent) -> Truth {
        let reached = |holding: u32, whole: u32| percent.reached_by(holding as usize, whole as usize);
        let worst_whole = self.population() + self.maybe_failing + self.maybe_unknown;
        let best = self.holding + self.unknown + self.maybe_holding + self.maybe_unknown;
        let best_whole = self.population() + self.maybe_holding + self.maybe_unknown;
        if reached(self.holding, worst_whole) {
            Truth::True
        } else if reached(best, best_whole) {
            Truth::Unknown
        } else {
            Truth::False
        }
    }
}

impl<'a> Run<'a> {
    /// Whether a quantifier holds.
    pub(crate) fn elements(&self, plan: &ElementsPlan<'a>, frame: &mut Frame<'a>) -> Truth {
        let walk = &plan.walk;
        match plan.quantifier {
            Quantifier::Some => {
                let mut best = Truth::False;
                let _ = self.walk(walk, frame, &mut |frame, member| {
                    best = best.or(member.and(self.counts(walk, frame)));
                    if best == Truth::True { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                });
                if frame.unstated.is_some() {
                    best = best.or(Truth::Unknown);
                }
                // Under `not`, that nothing was found must not turn green when there was nothing to look at.
                if best == Truth::False && !walk.positive && self.nothing_there(walk) { Truth::Unknown } else { best }
            }
            Quantifier::AtLeast(n) => {
                let tally = self.tally(plan, frame);
                let found = at_least(*n, tally.population(), tally.maybe());
                let found = if frame.unstated.is_some() { found.or(Truth::Unknown) } else { found };
                // As with `some`, under `not`.
                if found == Truth::False && !walk.positive && self.nothing_there(walk) { Truth::Unknown } else { found }
            }
            Quantifier::Exactly(n) => {
                let tally = self.tally(plan, frame);
                let (yes, open) = (tally.population(), tally.maybe());
                let reached = |n: u32| {
                    let found = at_least(n, yes, open);
                    if frame.unstated.is_some() { found.or(Truth::Unknown) } else { found }
                };
                let exactly = reached(*n).and(reached(n.saturating_add(1)).not());
                // Neither may turn green over nothing: that there are so many, nor, under `not`, that there are not.
                let green = exactly == Truth::True || (exactly == Truth::False && !walk.positive);
                if green && self.nothing_there(walk) { Truth::Unknown } else { exactly }
            }
            Quantifier::No | Quantifier::AtMost(_) => {
                let most = if let Quantifier::AtMost(n) = plan.quantifier { *n } else { 0 };
                let tally = self.tally(plan, frame);
                let within = at_least(most.saturating_add(1), tally.population(), tally.maybe()).not();
                if within == Truth::True && (frame.unstated.is_some() || self.nothing_there(walk)) {
                    Truth::Unknown
                } else {
                    within
                }
            }
            Quantifier::Every => self.every(plan, frame),
            Quantifier::ShareAtLeast(percent) => {
                let tally = self.tally(plan, frame);
                self.of_population(plan, tally, frame).unwrap_or_else(|| tally.share_reaches(*percent))
            }
            Quantifier::ShareAtMost(percent) => {
                // At most P% hold exactly when not more than P% do; more than P% hold exactly when fewer than (100 - P)% do not.
                let tally = self.tally(plan, frame);
                let mirrored = Tally {
                    holding: tally.failing,
                    failing: tally.holding,
                    maybe_holding: tally.maybe_failing,
                    maybe_failing: tally.maybe_holding,
                    ..tally
                };
                let rest = Percent(rust_decimal::Decimal::ONE_HUNDRED - percent.0);
                self.of_population(plan, tally, frame).unwrap_or_else(|| mirrored.share_reaches(rest))
            }
            Quantifier::Latest(by) => self.latest(plan, by, frame),
        }
    }

    fn every(&self, plan: &ElementsPlan<'a>, frame: &mut Frame<'a>) -> Truth {
        let Some(body) = &plan.body else { return Truth::Unknown };
        let mut worst = Truth::True;
        let (mut sure, mut maybe) = (false, false);
        let _ = self.walk(&plan.walk, frame, &mut |frame, member| {
            let holds = self.relied(plan, self.truth(body, frame), frame);
            sure |= member == Truth::True;
            maybe |= member == Truth::Unknown;
            worst = worst.and(member.not().or(holds));
            if worst == Truth::False { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if worst != Truth::True {
            return worst;
        }
        if frame.unstated.is_some() || (!sure && (maybe || self.nil_return(&plan.walk).is_none())) {
            return Truth::Unknown;
        }
        Truth::True
    }

    /// The answer for an empty population; `None` when there is a population.
    fn of_population(&self, plan: &ElementsPlan<'a>, tally: Tally, frame: &Frame<'a>) -> Option<Truth> {
        if frame.unstated.is_some() {
            return Some(Truth::Unknown);
        }
        if tally.population() > 0 {
            return None;
        }
        let stated_empty = tally.maybe() == 0 && self.nil_return(&plan.walk).is_some();
        Some(if stated_empty { Truth::True } else { Truth::Unknown })
    }

    /// Counts the elements, as far as they matter.
    pub(crate) fn tally(&self, plan: &ElementsPlan<'a>, frame: &mut Frame<'a>) -> Tally {
        let mut tally = Tally::default();
        let share = matches!(plan.quantifier, Quantifier::ShareAtLeast(_) | Quantifier::ShareAtMost(_));
        // So many decide, whatever the others are.
        let enough = match plan.quantifier {
            Quantifier::AtLeast(n) => (*n).max(1),
            Quantifier::AtMost(n) | Quantifier::Exactly(n) => n.saturating_add(1),
            Quantifier::No => 1,
            Quantifier::Some
            | Quantifier::Every
            | Quantifier::ShareAtLeast(_)
            | Quantifier::ShareAtMost(_)
            | Quantifier::Latest(_) => u32::MAX,
        };
        let _ = self.walk(&plan.walk, frame, &mut |frame, member| {
            if share {
                let holds = plan.body.as_ref().map_or(Truth::True, |b| self.truth(b, frame));
                tally.add(member, self.relied(plan, holds, frame));
            } else {
                tally.add(member.and(self.counts(&plan.walk, frame)), Truth::True);
            }
            if tally.holding >= enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        tally
    }

    /// Whether the rows at hand may be relied on, where one more can only help.
    pub(crate) fn counts(&self, walk: &Walk<'a>, frame: &Frame<'a>) -> Truth {
        if walk.positive { self.admits(walk, frame) } else { Truth::True }
    }

    /// Whether the rows at hand may be relied on.
    pub(crate) fn admits(&self, walk: &Walk<'a>, frame: &Frame<'a>) -> Truth {
        if self.admissibility.by_table.is_empty() {
            return Truth::True;
        }
        let each = walk.levels.iter().map(|l| self.admissibility.admits(l.table, frame.rows[l.var.0 as usize]));
        each.fold(Truth::True, Truth::and)
    }

    /// Whether an element of a population holds, its item looked at too: one that may not be relied on stays in the population, and never helps.
    pub(crate) fn relied(&self, plan: &ElementsPlan<'a>, holds: Truth, frame: &Frame<'a>) -> Truth {
        match self.admits(&plan.walk, frame) {
            Truth::True => holds,
            admits if Self::holding_helps(plan) => holds.and(admits),
            admits => holds.or(admits.not()),
        }
    }

    /// Whether an element that holds helps the requirement.
    pub(crate) const fn holding_helps(plan: &ElementsPlan<'a>) -> bool {
        plan.positive != matches!(plan.quantifier, Quantifier::ShareAtMost(_))
    }

    /// The latest date among those that certainly count: what a `latest` is about.
    pub(crate) fn latest_date(&self, walk: &Walk<'a>, by: &'a Expr, frame: &mut Frame<'a>) -> Option<Val> {
        let mut best: Option<Val> = None;
        let _ = self.walk(walk, frame, &mut |frame, member| {
            if member.and(self.counts(walk, frame)) == Truth::True {
                let date = self.value(by, frame);
                if date != Val::Unknown && best.is_none_or(|b| later(date, b) == Some(Ordering::Greater)) {
                    best = Some(date);
                }
            }
            ControlFlow::Continue(())
        });
        best
    }

    fn latest(&self, plan: &ElementsPlan<'a>, by: &'a Expr, frame: &mut Frame<'a>) -> Truth {
        let Some(body) = &plan.body else { return Truth::Unknown };
        let mut best: Option<(Val, Truth)> = None;
        let mut open: Vec<(Val, Truth)> = Vec::new();
        let _ = self.walk(&plan.walk, frame, &mut |frame, member| {
            let member = member.and(self.counts(&plan.walk, frame));
            if member == Truth::False {
                return ControlFlow::Continue(());
            }
            let date = self.value(by, frame);
            if member == Truth::Unknown || date == Val::Unknown {
                open.push((date, self.truth(body, frame)));
                return ControlFlow::Continue(());
            }
            let replaces = best.map_or(Some(Ordering::Greater), |(b, _)| later(date, b));
            match replaces {
                Some(Ordering::Greater) => best = Some((date, self.truth(body, frame))),
                Some(Ordering::Equal) => {
                    let holds = self.truth(body, frame);
                    best = best.map(|(d, t)| (d, t.and(holds)));
                }
                Some(Ordering::Less) | None => {}
            }
            ControlFlow::Continue(())
        });
        let open_list = frame.unstated.is_some();
        // Those that may be the latest, with the one that certainly would be without them: they must agree.
        let may_be_later = |d: Val| best.is_none_or(|(b, _)| later(d, b) != Some(Ordering::Less));
        let mut answers = open.iter().filter(|(d, _)| may_be_later(*d)).map(|(_, t)| *t);
        let settled = match best {
            Some((_, truth)) => truth,
            None if open.is_empty() && !open_list => return Truth::False,
            None => return Truth::Unknown,
        };
        if !open_list && answers.all(|t| t == settled) { settled } else { Truth::Unknown }
    }

    /// The value of a quantity. Unknown when an element's membership or value is.
    pub(crate) fn aggregate(
        &self,
        of: Aggregate,
        value: Option<&'a Expr>,
        throughout: Option<&'a Expr>,
        walk: &'a Walk<'a>,
        frame: &mut Frame<'a>,
    ) -> Val {
        let mut count = 0i64;
        let mut values = Vec::new();
        let open = self.walk(walk, frame, &mut |frame, member| {
            let member = member.and(self.counts(walk, frame));
            if member == Truth::False {
                return ControlFlow::Continue(());
            }
            if member == Truth::Unknown {
                return ControlFlow::Break(());
            }
            count += 1;
            if let Some(value) = value {
                match self.value(value, frame) {
                    Val::Known(known) => values.push(known),
                    Val::Item(_) | Val::Dangling | Val::Unknown => return ControlFlow::Break(()),
                }
            }
            ControlFlow::Continue(())
        });
        if open.is_break() || frame.unstated.is_some() {
            return Val::Unknown;
        }
        match of {
            Aggregate::Count => Val::Known(Value::Whole(count)),
            Aggregate::Sum => {
                let zero = Val::Known(Value::Whole(0));
                values.into_iter().fold(zero, |sum, v| value::arithmetic(Arithmetic::Plus, sum, Val::Known(v)))
            }
            Aggregate::Least => extreme(&values, CompareOp::Less),
            Aggregate::Greatest => extreme(&values, CompareOp::Greater),
            Aggregate::LongestGap => {
                let window = throughout.and_then(|w| self.value(w, frame).interval());
                let Some(window) = window.filter(|w| w.first <= w.last) else { return Val::Unknown };
                let mut days: Vec<_> =
                    values.into_iter().filter_map(|v| Val::Known(v).date()).filter(|d| window.contains(*d)).collect();
                days.extend([window.first, window.last]);
                days.sort_unstable();
                let gap = days.windows(2).map(|w| w[0].days_to(w[1])).max().unwrap_or(0);
                Val::Known(Value::Period(Period::new(gap.unsigned_abs(), Unit::Days)))
            }
        }
    }

    /// Whether all conditions of the levels hold, for rows already in the frame: used by explanations.
    pub(crate) fn filters_of<'p>(walk: &'p Walk<'a>) -> impl Iterator<Item = &'p Node<'a>> {
        walk.levels.iter().flat_map(|l| l.filters.iter())
    }
}

/// The least or greatest of some values; unknown when there is none.
fn extreme(values: &[Value], op: CompareOp) -> Val {
    let mut values = values.iter().copied();
    let Some(first) = values.next() else { return Val::Unknown };
    let best =
        values.fold(first, |best, v| if value::compare(op, Val::Known(v), Val::Known(best)) == Truth::True { v } else { best });
    Val::Known(best)
}
