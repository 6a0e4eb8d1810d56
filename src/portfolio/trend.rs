//! Whether a series gets worse: the Mann–Kendall test, exact.
//!
//! H. B. Mann, "Nonparametric tests against trend", Econometrica 13 (1945) 245–259; M. G. Kendall, "Rank correlation methods" (1948; ties in chapter 3).
//! Every pair of values counts +1 when the later is worse, −1 when it is better, 0 when they are equal; S is the sum. When there is no trend, every order
//! of the same values is as likely as every other. How many orders have a given number of better pairs is a coefficient of a Gaussian multinomial, which
//! is worked out here in whole numbers, ties and all. So the probability of such an S or a larger one is exact for short series, where the usual
//! approximation is not.
//!
//! To read several windows of a series, the level is shared among them (Bonferroni).

use std::cmp::Ordering;

/// Fewer values than this are never called a trend.
pub const FEWEST: usize = 8;
/// The windows that are looked at: the last so many values. The longest keeps 24! orders within 128 bits.
pub const WINDOWS: [usize; 2] = [12, 24];
/// A series is a trend when orders as bad or worse are at most one in so many, over all its windows together.
pub const LEVEL: u128 = 1000;

/// A probability as a share of equally likely orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chance {
    /// Orders as bad or worse.
    pub orders: u128,
    /// All orders.
    pub of: u128,
}

impl Chance {
    /// Whether it is at most one in `level`.
    #[must_use]
    pub const fn at_most(self, level: u128) -> bool {
        match self.orders.checked_mul(level) {
            Some(scaled) => scaled <= self.of,
            None => false,
        }
    }

    /// "One in so many", rounded down.
    #[must_use]
    pub const fn one_in(self) -> u128 {
        match self.of.checked_div(self.orders) {
            Some(n) => n,
            None => self.of,
        }
    }

    /// Which of two is the smaller.
    #[must_use]
    pub fn compare(self, other: Self) -> Ordering {
        // Both are shares of at most 24! < 2^80 orders: divided first, so that the products fit.
        let (a, b) = (self.of / self.orders.max(1), other.of / other.orders.max(1));
        b.cmp(&a)
    }
}

/// What the test says of one window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tested {
    /// How many values it looked at.
    pub points: usize,
    /// S: pairs that got worse less pairs that got better.
    pub s: i64,
    /// How likely so large an S is when there is no trend.
    pub chance: Chance,
}

/// Values as ranks from 0, the worst last. Equal values have equal ranks.
#[must_use]
pub fn ranks<T>(values: &[T], worse: impl Fn(&T, &T) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    let compare = |a: &usize, b: &usize| match (values.get(*a), values.get(*b)) {
        (Some(a), Some(b)) => worse(a, b),
        _ => Ordering::Equal,
    };
    order.sort_by(compare);
    let mut ranks = vec![0; values.len()];
    let mut rank = 0;
    for (i, at) in order.iter().enumerate() {
        if i > 0 && order.get(i - 1).is_some_and(|before| compare(before, at) != Ordering::Equal) {
            rank += 1;
        }
        if let Some(slot) = ranks.get_mut(*at) {
            *slot = rank;
        }
    }
    ranks
}

/// The windows of a series of so many values: each of [`WINDOWS`] that it fills, and all of it when it fills none or lies between two.
#[must_use]
pub fn windows(points: usize) -> Vec<usize> {
    if points < FEWEST {
        return Vec::new();
    }
    let mut found: Vec<usize> = WINDOWS.iter().map(|w| points.min(*w)).collect();
    found.dedup();
    found
}

/// Tests ranks in the order of time, the worst highest. At most 24 of them.
#[must_use]
pub fn test(ranks: &[usize]) -> Tested {
    let (mut s, mut untied) = (0i64, 0i64);
    for (i, later) in ranks.iter().enumerate() {
        for earlier in ranks.iter().take(i) {
            match later.cmp(earlier) {
                Ordering::Greater => s += 1,
                Ordering::Less => s -= 1,
                Ordering::Equal => continue,
            }
            untied += 1;
        }
    }
    let better = usize::try_from((untied - s) / 2).unwrap_or(0);
    let counts = orders_by_better_pairs(ranks);
    let chance = Chance { orders: counts.iter().take(better + 1).sum(), of: counts.iter().sum() };
    Tested { points: ranks.len(), s, chance }
}

/// The most telling window of a whole series, when it is a trend.
#[must_use]
pub fn adverse(ranks: &[usize]) -> Option<Tested> {
    let windows = windows(ranks.len());
    let shared = LEVEL * windows.len() as u128;
    let tested = windows.iter().filter_map(|w| ranks.get(ranks.len() - w..)).map(test);
    tested.filter(|t| t.s > 0 && t.chance.at_most(shared)).min_by(|a, b| a.chance.compare(b.chance))
}

/// How many orders of these values have 0, 1, 2 … pairs that got better: the coefficients of a Gaussian multinomial. Groups of equal values are put in one
/// after the other; a group of m among t others multiplies by the Gaussian binomial of m from t + m, factor by factor, so that every step divides evenly.
fn orders_by_better_pairs(ranks: &[usize]) -> Vec<u128> {
    let mut sizes = vec![0usize; ranks.iter().max().map_or(0, |m| m + 1)];
    for rank in ranks {
        if let Some(size) = sizes.get_mut(*rank) {
            *size += 1;
        }
    }
    let pairs = ranks.len() * ranks.len().saturating_sub(1) / 2;
    let mut counts = vec![0u128; pairs + 1];
    if let Some(first) = counts.first_mut() {
        *first = 1;
    }
    let mut before = 0;
    for size in sizes {
        for j in 1..=size {
            let up = before + j;
            // Times (1 − q^up), then divided by (1 − q^j). Differences may be negative in between; arithmetic modulo 2^128 gives the same end.
            for i in (up..counts.len()).rev() {
                counts[i] = counts[i].wrapping_sub(counts[i - up]);
            }
            for i in j..counts.len() {
                counts[i] = counts[i].wrapping_add(counts[i - j]);
            }
        }
        before += size;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn each_order(items: &mut Vec<usize>, from: usize, visit: &mut dyn FnMut(&[usize])) {
        if from == items.len() {
            return visit(items);
        }
        for i in from..items.len() {
            items.swap(from, i);
            each_order(items, from + 1, visit);
            items.swap(from, i);
        }
    }

    #[test]
    fn chances_are_those_of_counting_every_order() {
        for values in [&[0, 1, 2, 3, 4, 5][..], &[0, 0, 1, 2, 2, 2, 3], &[1, 1, 1], &[0, 0, 0, 1, 1], &[2, 0, 1, 0, 2, 1, 0]] {
            let compress = ranks(values, |a, b| a.cmp(b));
            let (mut all, mut seen) = (Vec::new(), Tested { points: 0, s: 0, chance: Chance { orders: 0, of: 1 } });
            let s_of = |order: &[usize]| {
                let pairs = order.iter().enumerate().flat_map(|(i, b)| order.iter().take(i).map(move |a| (a, b)));
                pairs.map(|(a, b)| (b > a) as i64 - ((b < a) as i64)).sum::<i64>()
            };
            each_order(&mut compress.clone(), 0, &mut |order| {
                all.push(s_of(order));
                seen = test(order);
                assert_eq!(seen.s, s_of(order));
            });
            for s in &all {
                // Any order with this S has the same chance.
                let as_bad = all.iter().filter(|other| *other >= s).count() as u128;
                let mut of_this = None;
                each_order(&mut compress.clone(), 0, &mut |order| {
                    if of_this.is_none() && s_of(order) == *s {
                        of_this = Some(test(order).chance);
                    }
                });
                let chance = of_this.unwrap();
                assert_eq!(chance.orders * all.len() as u128, as_bad * chance.of, "{values:?} S={s}");
            }
        }
    }

    #[test]
    fn the_longest_window_fits_and_a_straight_rise_is_one_in_all_orders() {
        let rise: Vec<usize> = (0..24).collect();
        let tested = test(&rise);
        assert_eq!((tested.s, tested.chance.orders), (276, 1));
        assert_eq!(tested.chance.of, (1..=24u128).product());
        let fall: Vec<usize> = (0..24).rev().collect();
        assert_eq!(test(&fall).chance, Chance { orders: tested.chance.of, of: tested.chance.of });
    }

    #[test]
    fn too_few_values_and_values_that_never_change_are_no_trend() {
        assert_eq!(adverse(&(0..FEWEST - 1).collect::<Vec<_>>()), None);
        assert_eq!(adverse(&[3; 20]), None);
        assert_eq!(adverse(&(0..20).rev().collect::<Vec<_>>()), None);
        assert!(adverse(&(0..FEWEST).collect::<Vec<_>>()).is_some());
    }

    #[test]
    fn a_turn_for_the_worse_within_the_last_year_is_seen_behind_a_good_one() {
        let ranks: Vec<usize> = (0..12).rev().chain(12..24).collect();
        assert_eq!(adverse(&ranks).map(|t| t.points), Some(12));
    }

    #[test]
    fn windows_are_the_whole_series_when_it_is_short() {
        assert!(windows(7).is_empty());
        assert_eq!(windows(8), [8]);
        assert_eq!(windows(12), [12]);
        assert_eq!(windows(17), [12, 17]);
        assert_eq!(windows(40), [12, 24]);
    }
}
