//! Quantifiers, quantities and rhythms, by listing every combination of rows.

use abide::base::{Date, Decimal, Interval, Percent, Period, Truth, Unit};
use abide::library::model::{Aggregate, Arithmetic, CompareOp, Expr, ExprKind, Quantifier, Source, VarId};

use super::value::{self, Answer};
use super::{Bound, Reference, Scope, shown};

/// Every combination of rows, with whether it is in the population; those certainly out are left out.
struct Population {
    members: Vec<(Scope, Truth)>,
    /// A list is not stated that may hold any number of members.
    open: bool,
}

impl Population {
    fn count(&self, wanted: Truth) -> usize {
        self.members.iter().filter(|(_, t)| *t == wanted).count()
    }
}

impl Reference<'_> {
    fn population(&self, over: &[(VarId, Source)], filter: Option<&Expr>, scope: &Scope, positive: bool) -> Population {
        let mut scopes = vec![scope.clone()];
        for (var, source) in over {
            let mut next = Vec::new();
            for scope in scopes {
                let mut with = |row| {
                    let mut scope = scope.clone();
                    scope[var.0 as usize] = Some(Bound { table: Self::source_table(*source), row });
                    next.push(scope);
                };
                match self.list(*source, &scope) {
                    Some((_, rows)) => rows.for_each(|row| with(Some(row))),
                    None => with(None),
                }
            }
            scopes = next;
        }
        let mut population = Population { members: Vec::new(), open: false };
        for scope in scopes {
            let member = filter.map_or(Truth::True, |f| self.truth(f, &scope, positive));
            if member == Truth::False {
                continue;
            }
            if over.iter().any(|(var, _)| scope[var.0 as usize].is_some_and(|b| b.row.is_none())) {
                population.open = true;
            } else {
                population.members.push((scope, member));
            }
        }
        population
    }

    pub(super) fn quantified(
        &self,
        quantifier: &Quantifier,
        over: &[(VarId, Source)],
        filter: Option<&Expr>,
        body: Option<&Expr>,
        scope: &Scope,
        positive: bool,
    ) -> Truth {
        // In these, one element more can only hurt: their `where` works against the rule.
        let against = match quantifier {
            Quantifier::Some | Quantifier::AtLeast(_) | Quantifier::Exactly(_) | Quantifier::Latest(_) => false,
            Quantifier::No | Quantifier::AtMost(_) | Quantifier::Every => true,
            Quantifier::ShareAtLeast(_) | Quantifier::ShareAtMost(_) => true,
        };
        let population = self.population(over, filter, scope, positive != against);
        let (yes, maybe) = (population.count(Truth::True), population.count(Truth::Unknown));
        let open = population.open;
        let at_least = |n: usize| {
            if yes >= n {
                Truth::True
            } else if open || yes + maybe >= n {
                Truth::Unknown
            } else {
                Truth::False
            }
        };
        let happened = |truth: Truth| shown(truth, self.nothing(over), positive);
        let holds = |scope: &Scope| body.map_or(Truth::True, |b| self.truth(b, scope, positive));
        match quantifier {
            Quantifier::Some => happened(at_least(1)),
            Quantifier::No => happened(at_least(1).not()),
            Quantifier::AtLeast(n) => happened(at_least(*n as usize)),
            Quantifier::AtMost(n) => happened(at_least(*n as usize + 1).not()),
            Quantifier::Exactly(n) => happened(at_least(*n as usize).and(at_least(*n as usize + 1).not())),
            Quantifier::Every => {
                let mut all =
                    population.members.iter().map(|(s, member)| member.not().or(holds(s))).fold(Truth::True, Truth::and);
                if open {
                    all = all.and(Truth::Unknown);
                }
                let empty_but_stated = yes == 0 && maybe == 0 && self.nil_return(over);
                if all == Truth::True && yes == 0 && !empty_but_stated { Truth::Unknown } else { all }
            }
            Quantifier::ShareAtLeast(share) | Quantifier::ShareAtMost(share) => {
                if open || yes == 0 {
                    let stated = !open && maybe == 0 && self.nil_return(over);
                    return if stated { Truth::True } else { Truth::Unknown };
                }
                let least = matches!(quantifier, Quantifier::ShareAtLeast(_));
                let answers: Vec<(Truth, Truth)> = population.members.iter().map(|(s, member)| (*member, holds(s))).collect();
                share_holds(*share, least, &answers)
            }
            Quantifier::Latest(by) => self.latest(&population, by, &holds),
        }
    }

    fn latest(&self, population: &Population, by: &Expr, holds: &dyn Fn(&Scope) -> Truth) -> Truth {
        let sure = |(s, member): &(Scope, Truth)| (*member == Truth::True).then(|| self.value(by, s).date()).flatten();
        let newest = population.members.iter().filter_map(sure).max();
        let Some(newest) = newest else {
            return if population.members.is_empty() && !population.open { Truth::False } else { Truth::Unknown };
        };
        let of_that_day = population.members.iter().filter(|m| sure(m) == Some(newest));
        let answer = of_that_day.map(|(s, _)| holds(s)).fold(Truth::True, Truth::and);
        let may_be_newest = |m: &&(Scope, Truth)| sure(m).is_none() && self.value(by, &m.0).date().is_none_or(|d| d >= newest);
        let agree = population.members.iter().filter(may_be_newest).all(|(s, _)| holds(s) == answer);
        if agree && !population.open { answer } else { Truth::Unknown }
    }

    pub(super) fn aggregate(
        &self,
        of: Aggregate,
        value: Option<&Expr>,
        over: &[(VarId, Source)],
        filter: Option<&Expr>,
        throughout: Option<&Expr>,
        scope: &Scope,
    ) -> Answer {
        let population = self.population(over, filter, scope, true);
        if population.open || population.count(Truth::Unknown) > 0 {
            return Answer::Unknown;
        }
        let values: Vec<Answer> = match value {
            Some(value) => population.members.iter().map(|(s, _)| self.value(value, s)).collect(),
            None => return Answer::Number(population.members.len() as i64),
        };
        if values.contains(&Answer::Unknown) {
            return Answer::Unknown;
        }
        let best = |op| values.iter().cloned().reduce(|a, b| if b.compare(op, &a) == Truth::True { b } else { a });
        match of {
            Aggregate::Count => Answer::Number(values.len() as i64),
            Aggregate::Sum => values.iter().fold(Answer::Number(0), |sum, v| value::arithmetic(Arithmetic::Plus, &sum, v)),
            Aggregate::Least => best(CompareOp::Less).unwrap_or(Answer::Unknown),
            Aggregate::Greatest => best(CompareOp::Greater).unwrap_or(Answer::Unknown),
            Aggregate::LongestGap => {
                let Some(window) = throughout.and_then(|w| self.value(w, scope).interval()) else { return Answer::Unknown };
                if window.first > window.last {
                    return Answer::Unknown;
                }
                let days = dates_in(window, values.iter().filter_map(Answer::date));
                let gap = days.windows(2).map(|pair| pair[0].days_to(pair[1])).max().unwrap_or(0);
                Answer::Period(Period::new(gap as u32, Unit::Days))
            }
        }
    }

    pub(super) fn recurs(&self, expr: &Expr, scope: &Scope, positive: bool) -> Truth {
        let ExprKind::Recurs { over, by, filter, every, throughout, allowing, max_gap } = &expr.kind else {
            return Truth::Unknown;
        };
        let (Some(window), Some(every)) = (self.value(throughout, scope).interval(), self.value(every, scope).period()) else {
            return Truth::Unknown;
        };
        if window.first > window.last || every.count == 0 {
            return Truth::Unknown;
        }
        let population = self.population(&[*over], filter.as_deref(), scope, positive);
        let mut dates = Vec::new();
        let mut open = population.open;
        for (scope, member) in &population.members {
            match (member, self.value(by, scope).date()) {
                (Truth::True, Some(date)) => dates.push(date),
                _ => open = true,
            }
        }
        let dates = dates_in(window, dates.into_iter());
        let happened = dates.len() - 2;

        let starts = (0u32..).map_while(|i| window.first.plus(Period::new(every.count.checked_mul(i)?, every.unit)));
        let starts: Vec<Date> = starts.take_while(|d| d.day_number() <= window.last.day_number() + 1).collect();
        let filled = |slot: &[Date]| dates[1..=happened].iter().any(|d| slot[0] <= *d && *d < slot[1]);
        let missed = starts.windows(2).filter(|slot| !filled(slot)).count();
        let mut holds = Truth::from(starts.len() > 1 && missed <= *allowing as usize);
        if let Some(max_gap) = max_gap {
            holds = holds.and(match self.value(max_gap, scope).period() {
                Some(gap) => dates.windows(2).all(|pair| pair[0].plus(gap).is_none_or(|end| pair[1] <= end)).into(),
                None => Truth::Unknown,
            });
        }
        match holds {
            // One date more may fill a slot or part a gap.
            Truth::False if open => Truth::Unknown,
            // Nothing happened is never green.
            Truth::True if happened == 0 => Truth::Unknown,
            decided => decided,
        }
    }
}

/// The dates inside a window in their order, with the window's ends.
fn dates_in(window: Interval, dates: impl Iterator<Item = Date>) -> Vec<Date> {
    let mut days: Vec<Date> = dates.filter(|d| window.contains(*d)).chain([window.first, window.last]).collect();
    days.sort_unstable();
    days
}

/// Whether a share holds: the same answer however the open members and answers fall out.
fn share_holds(share: Percent, at_least: bool, answers: &[(Truth, Truth)]) -> Truth {
    let reaches = |holding: usize, whole: usize| {
        let (part, limit) = (Decimal::from(holding) * Decimal::ONE_HUNDRED, share.0 * Decimal::from(whole));
        if at_least { part >= limit } else { part <= limit }
    };
    // The share is least when every open answer is no and only those who fail join, greatest when every open answer is yes and only those who hold join.
    let extreme = |open: Truth| {
        let decided = |t: Truth| if t == Truth::Unknown { open } else { t };
        let counted = |(member, holds): &&(Truth, Truth)| *member == Truth::True || decided(*holds) == open;
        let whole = answers.iter().filter(counted).count();
        (answers.iter().filter(counted).filter(|(_, holds)| decided(*holds) == Truth::True).count(), whole)
    };
    let ((few, of_few), (many, of_many)) = (extreme(Truth::False), extreme(Truth::True));
    match (reaches(few, of_few), reaches(many, of_many)) {
        (true, true) => Truth::True,
        (false, false) => Truth::False,
        _ => Truth::Unknown,
    }
}
