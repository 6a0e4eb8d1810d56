//! Whether a figure on people and a figure on systems get worse together.
//!
//! The strategy wants human and system performance read as one. Each alone may still be too weak to be called a trend: here each only has to be bad at one
//! in [`LEVEL`] (shared among the figures of its side, and among windows), which two unrelated series are together once in [`LEVEL`] squared.
//!
//! Two figures may share one cause of noise (a busy month), and then they are not two witnesses but one. So the sum of both S also has to be one that series
//! which always move together reach once in a hundred: its variance is that of H. B. Dietz and T. J. Killeen, "A nonparametric multivariate test for
//! monotone trend with pharmaceutical applications", J. Amer. Statist. Assoc. 76 (1981) 169–174, which holds for any dependence between the two; see also
//! R. M. Hirsch and J. R. Slack, Water Resources Research 20 (1984) 727–732. The comparison with the normal distribution is squared, so that it stays in
//! whole numbers.

use super::trend::{FEWEST, Tested, test, windows};

/// What each side has to reach: one in so many.
pub const LEVEL: u128 = 32;
/// The square of the normal quantile for one in a hundred (2.3263), times 1000.
const QUANTILE_SQUARED: i128 = 5412;

/// Two figures that get worse together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Together {
    /// The figure on people.
    pub people: Tested,
    /// The figure on systems.
    pub systems: Tested,
}

/// Tests two series of ranks of the same months, the worst highest. `sides` says how many figures there are on people and on systems.
#[must_use]
pub fn adverse(people: &[usize], systems: &[usize], sides: (usize, usize)) -> Option<Together> {
    if people.len() != systems.len() || people.len() < FEWEST {
        return None;
    }
    let windows = windows(people.len());
    let shared = windows.len() as u128;
    windows.iter().find_map(|window| {
        let from = people.len() - window;
        let (people, systems) = (people.get(from..)?, systems.get(from..)?);
        let found = Together { people: test(people), systems: test(systems) };
        let enough = |side: Tested, figures: usize| side.s > 0 && side.chance.at_most(LEVEL * shared * figures.max(1) as u128);
        let both = enough(found.people, sides.0) && enough(found.systems, sides.1);
        (both && beyond_shared_noise(people, systems, found.people.s + found.systems.s)).then_some(found)
    })
}

/// Whether the sum of both S is too large for one noise counted twice. S goes up in steps of two: the usual correction takes one off.
fn beyond_shared_noise(people: &[usize], systems: &[usize], sum: i64) -> bool {
    let distance = i128::from((sum - 1).max(0));
    let variance = eighteen_variances(people) + eighteen_variances(systems) + 12 * three_covariances(people, systems);
    distance * distance * 18 * 1000 >= QUANTILE_SQUARED * variance && variance > 0
}

/// 18 times the variance of S when every order is equally likely.
fn eighteen_variances(ranks: &[usize]) -> i128 {
    let term = |n: usize| (n as i128) * (n as i128 - 1) * (2 * n as i128 + 5);
    let most = ranks.iter().max().map_or(0, |m| m + 1);
    let ties = (0..most).map(|rank| term(ranks.iter().filter(|r| **r == rank).count()));
    term(ranks.len()) - ties.sum::<i128>()
}

/// 3 times the covariance of two S when every order of the months is equally likely.
fn three_covariances(a: &[usize], b: &[usize]) -> i128 {
    let n = a.len() as i128;
    let sign = |x: usize, y: usize| (y > x) as i128 - ((y < x) as i128);
    let both: Vec<(usize, usize)> = a.iter().copied().zip(b.iter().copied()).collect();
    let mut together = 0;
    for (i, (a2, b2)) in both.iter().enumerate() {
        together += both.iter().take(i).map(|(a1, b1)| sign(*a1, *a2) * sign(*b1, *b2)).sum::<i128>();
    }
    let (twice_a, twice_b) = (twice_average_ranks(a), twice_average_ranks(b));
    together + twice_a.iter().zip(&twice_b).map(|(x, y)| x * y).sum::<i128>() - n * (n + 1) * (n + 1)
}

/// Twice the rank from 1, equal values sharing the middle of theirs.
fn twice_average_ranks(ranks: &[usize]) -> Vec<i128> {
    let below = |r: usize| ranks.iter().filter(|o| **o < r).count() as i128;
    let equal = |r: usize| ranks.iter().filter(|o| **o == r).count() as i128;
    ranks.iter().map(|r| 2 * below(*r) + equal(*r) + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::super::trend::ranks;
    use super::*;

    /// All orders of 0..n.
    fn orders(n: usize) -> Vec<Vec<usize>> {
        let mut all = vec![Vec::new()];
        for i in 0..n {
            let longer =
                |order: &Vec<usize>| (0..=order.len()).map(|at| [&order[..at], &[i], &order[at..]].concat()).collect::<Vec<_>>();
            all = all.iter().flat_map(longer).collect();
        }
        all
    }

    /// The variance is exact: the same as over every order of the months, both series moving together.
    #[test]
    fn variance_and_covariance_are_those_of_counting_every_order() {
        for (a, b) in [
            ([0, 1, 2, 3, 4, 5], [5, 0, 3, 1, 4, 2]),
            ([0, 0, 1, 1, 2, 3], [1, 2, 2, 0, 1, 0]),
            ([1, 1, 1, 0, 0, 2], [1, 1, 1, 0, 0, 2]),
        ] {
            let (a, b) = (ranks(&a, |x: &i32, y| x.cmp(y)), ranks(&b, |x: &i32, y| x.cmp(y)));
            let (mut aa, mut ab, mut count) = (0i128, 0i128, 0i128);
            for order in orders(6) {
                let pick = |of: &[usize]| test(&order.iter().map(|i| of[*i]).collect::<Vec<_>>()).s;
                let (x, y) = (i128::from(pick(&a)), i128::from(pick(&b)));
                (aa, ab, count) = (aa + x * x, ab + x * y, count + 1);
            }
            assert_eq!(18 * aa, eighteen_variances(&a) * count);
            assert_eq!(3 * ab, three_covariances(&a, &b) * count);
        }
    }

    #[test]
    fn two_weak_signs_make_one_strong_one_and_one_noise_does_not() {
        // Each alone is far from one in a thousand.
        let people = [0, 2, 1, 4, 3, 6, 9, 5, 8, 7, 11, 10];
        let systems = [1, 0, 3, 2, 7, 5, 4, 8, 6, 10, 9, 11];
        assert!(adverse(&people, &systems, (3, 3)).is_some());
        let slow = [5, 2, 0, 1, 7, 4, 3, 9, 11, 6, 8, 10];
        let alone = test(&slow);
        assert!(alone.chance.at_most(LEVEL) && !alone.chance.at_most(100), "{alone:?}");
        assert!(adverse(&slow, &slow, (1, 1)).is_none(), "the same noise twice");
        let down: Vec<usize> = (0..12).rev().collect();
        assert!(adverse(&people, &down, (1, 1)).is_none());
    }
}
