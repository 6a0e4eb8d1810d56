//! Chooses: for each gap one of its fixes, so that together they take the fewest changes, and of as few the least work.
//!
//! Exact by branch and bound on groups of gaps that share changes; a group that is too large for that is solved greedily and then improved, one
//! gap at a time. With a limit, the gaps that matter most are closed with so many changes. Whole numbers only; ties go to what comes first.

use std::collections::{BTreeMap, BTreeSet};

/// A choice to make. Gaps and changes are known by their positions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Instance {
    /// For each gap, how much it matters.
    pub weights: Vec<u64>,
    /// For each gap, its fixes: sets of changes.
    pub options: Vec<Vec<BTreeSet<usize>>>,
    /// For each change, its work.
    pub efforts: Vec<u32>,
}

/// What was chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// For each gap, which of its fixes; `None` when it stays.
    pub chosen: Vec<Option<usize>>,
    /// Whether there certainly is nothing better.
    pub optimal: bool,
}

/// How good a choice is: greater is better.
type Score = (u64, std::cmp::Reverse<usize>, std::cmp::Reverse<u32>);

/// So many steps are taken for one group before it is solved greedily.
const MOST_STEPS: u32 = 200_000;

/// The best choice, within so many changes where there is a limit.
#[must_use]
pub fn choose(instance: &Instance, limit: Option<usize>) -> Choice {
    let groups = groups(instance);
    let mut choice = Choice { chosen: vec![None; instance.options.len()], optimal: true };
    let Some(limit) = limit else {
        for group in groups {
            let mut search = Search::new(instance, &group, None);
            search.run();
            choice.optimal &= search.exact();
            for (gap, chosen) in group.iter().zip(search.best) {
                choice.chosen[*gap] = chosen;
            }
        }
        return choice;
    };
    // For each number of changes, the best that the groups so far can do with it.
    let mut tables: Vec<(Score, Vec<(usize, Option<usize>)>)> = vec![(zero(), Vec::new()); limit + 1];
    for group in groups {
        let fronts: Vec<(Score, Vec<Option<usize>>)> = (0..=limit)
            .map(|changes| {
                let mut search = Search::new(instance, &group, Some(changes));
                search.run();
                choice.optimal &= search.exact();
                (search.score(), search.best)
            })
            .collect();
        tables = (0..=limit)
            .map(|total| {
                let mut best: Option<(Score, usize)> = None;
                for (here, front) in fronts.iter().enumerate().take(total + 1) {
                    let score = plus(front.0, tables[total - here].0);
                    if best.is_none_or(|(b, _)| score > b) {
                        best = Some((score, here));
                    }
                }
                let (score, here) = best.unwrap_or((tables[total].0, 0));
                let mut chosen = tables[total - here].1.clone();
                chosen.extend(group.iter().copied().zip(fronts[here].1.iter().copied()));
                (score, chosen)
            })
            .collect();
    }
    for (gap, chosen) in tables.pop().map(|(_, c)| c).unwrap_or_default() {
        choice.chosen[gap] = chosen;
    }
    choice
}

const fn zero() -> Score {
    (0, std::cmp::Reverse(0), std::cmp::Reverse(0))
}

fn plus(a: Score, b: Score) -> Score {
    (a.0 + b.0, std::cmp::Reverse(a.1.0 + b.1.0), std::cmp::Reverse(a.2.0 + b.2.0))
}

/// Gaps that share changes, directly or through others, belong to one group.
fn groups(instance: &Instance) -> Vec<Vec<usize>> {
    let mut group_of: Vec<usize> = (0..instance.options.len()).collect();
    let mut users: BTreeMap<usize, usize> = BTreeMap::new();
    for (gap, options) in instance.options.iter().enumerate() {
        for change in options.iter().flatten() {
            let first = *users.entry(*change).or_insert(gap);
            let (a, b) = (root(&group_of, first), root(&group_of, gap));
            group_of[a.max(b)] = a.min(b);
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for gap in 0..instance.options.len() {
        groups.entry(root(&group_of, gap)).or_default().push(gap);
    }
    groups.into_values().collect()
}

fn root(group_of: &[usize], mut gap: usize) -> usize {
    while group_of[gap] != gap {
        gap = group_of[gap];
    }
    gap
}

/// A search through the choices of one group.
struct Search<'i> {
    instance: &'i Instance,
    group: &'i [usize],
    limit: Option<usize>,
    /// How much the gaps from here on matter together.
    rest: Vec<u64>,
    used: BTreeMap<usize, u32>,
    effort: u32,
    weight: u64,
    current: Vec<Option<usize>>,
    best: Vec<Option<usize>>,
    best_score: Score,
    steps: u32,
}

impl<'i> Search<'i> {
    fn new(instance: &'i Instance, group: &'i [usize], limit: Option<usize>) -> Self {
        let mut rest = vec![0; group.len() + 1];
        for (i, gap) in group.iter().enumerate().rev() {
            rest[i] = rest[i + 1] + if instance.options[*gap].is_empty() { 0 } else { instance.weights[*gap] };
        }
        Self {
            instance,
            group,
            limit,
            rest,
            used: BTreeMap::new(),
            effort: 0,
            weight: 0,
            current: vec![None; group.len()],
            best: vec![None; group.len()],
            best_score: zero(),
            steps: 0,
        }
    }

    fn exact(&self) -> bool {
        self.steps < MOST_STEPS
    }

    const fn score(&self) -> Score {
        self.best_score
    }

    fn run(&mut self) {
        self.greedy();
        self.branch(0);
    }

    fn now(&self) -> Score {
        (self.weight, std::cmp::Reverse(self.used.len()), std::cmp::Reverse(self.effort))
    }

    fn keep(&mut self) {
        if self.now() > self.best_score {
            self.best_score = self.now();
            self.best.clone_from(&self.current);
        }
    }

    fn fits(&self, option: &BTreeSet<usize>) -> bool {
        let more = option.iter().filter(|c| !self.used.contains_key(c)).count();
        self.limit.is_none_or(|limit| self.used.len() + more <= limit)
    }

    fn take(&mut self, at: usize, number: usize) {
        let gap = self.group[at];
        for change in &self.instance.options[gap][number] {
            let uses = self.used.entry(*change).or_default();
            *uses += 1;
            if *uses == 1 {
                self.effort += self.instance.efforts[*change];
            }
        }
        self.weight += self.instance.weights[gap];
        self.current[at] = Some(number);
    }

    fn drop(&mut self, at: usize) {
        let gap = self.group[at];
        let Some(number) = self.current[at].take() else { return };
        for change in &self.instance.options[gap][number] {
            if let Some(uses) = self.used.get_mut(change) {
                *uses -= 1;
                if *uses == 0 {
                    self.used.remove(change);
                    self.effort -= self.instance.efforts[*change];
                }
            }
        }
        self.weight -= self.instance.weights[gap];
    }

    /// A good start: gap by gap what adds least, then each gap once more beside all others.
    fn greedy(&mut self) {
        let mut order: Vec<usize> = (0..self.group.len()).collect();
        order.sort_by_key(|i| std::cmp::Reverse(self.instance.weights[self.group[*i]]));
        for _ in 0..3 {
            for at in &order {
                self.drop(*at);
                let gap = self.group[*at];
                let added = |option: &BTreeSet<usize>| {
                    let new = option.iter().filter(|c| !self.used.contains_key(c));
                    new.fold((0usize, 0u32), |(n, e), c| (n + 1, e + self.instance.efforts[*c]))
                };
                let options = self.instance.options[gap].iter().enumerate().filter(|(_, o)| self.fits(o));
                if let Some((number, _)) = options.min_by_key(|(_, o)| added(o)) {
                    self.take(*at, number);
                }
            }
            self.keep();
        }
        for at in 0..self.group.len() {
            self.drop(at);
        }
    }

    fn branch(&mut self, at: usize) {
        self.steps += 1;
        if self.steps >= MOST_STEPS {
            return;
        }
        // At best all that is left is closed with what is there.
        let bound = (self.weight + self.rest[at], std::cmp::Reverse(self.used.len()), std::cmp::Reverse(self.effort));
        if bound <= self.best_score {
            return;
        }
        if at == self.group.len() {
            self.keep();
            return;
        }
        let gap = self.group[at];
        for number in 0..self.instance.options[gap].len() {
            if self.fits(&self.instance.options[gap][number]) {
                self.take(at, number);
                self.branch(at + 1);
                self.drop(at);
            }
        }
        // Without a limit every gap that can be closed is.
        if self.limit.is_some() || self.instance.options[gap].is_empty() {
            self.branch(at + 1);
        }
    }
}
