//! The items for which a requirement fails: so that one more can be told from none, though the verdict stays.

use std::collections::BTreeSet;

use crate::assess::{Element, Elements, Ground, Outcome, Step, Verdict, Wanted};
use crate::base::Truth;
use crate::evidence::At;
use crate::library::model::{ClauseId, Requirement};

/// Items that fail, clause by clause.
#[derive(Debug, Default)]
pub(super) struct Failing {
    rows: BTreeSet<(u32, At)>,
    /// How many there are, also of those that grounds do not show.
    pub(super) count: u32,
    /// Grounds name the first few alone, so that which are new cannot be told.
    cut: bool,
}

impl Failing {
    /// Of what is not met alone: a route not taken may fail for many and matters to nobody.
    pub(super) fn of(requirement: &Requirement, outcome: &Outcome) -> Self {
        let mut failing = Self::default();
        if !matches!(outcome.verdict, Verdict::NotMet(_)) {
            return failing;
        }
        let route = |clause: ClauseId| requirement.clauses.get(clause.0 as usize).and_then(|c| c.route);
        let counts = |clause: ClauseId| route(clause).is_none_or(|r| Some(r) == outcome.route);
        for clause in outcome.clauses.iter().filter(|c| c.truth == Truth::False && counts(c.clause)) {
            if let Some(ground) = &clause.ground {
                failing.collect(clause.clause.0, ground);
            }
        }
        failing
    }

    /// Items that fail here and not there; none when that is not known.
    pub(super) fn without(&self, other: &Self) -> Vec<At> {
        if self.cut || other.cut {
            return Vec::new();
        }
        let new: BTreeSet<At> = self.rows.difference(&other.rows).map(|(_, at)| *at).collect();
        new.into_iter().collect()
    }

    /// Those of some items that fail here.
    pub(super) fn among(&self, items: &[At]) -> Vec<At> {
        items.iter().copied().filter(|at| self.rows.iter().any(|(_, row)| row == at)).collect()
    }

    fn collect(&mut self, clause: u32, ground: &Ground) {
        match &ground.step {
            Step::Elements(found) => self.elements(clause, found),
            Step::And | Step::Or | Step::Group { .. } | Step::Named(_) => {
                ground.below.iter().filter(|g| g.truth == Truth::False).for_each(|g| self.collect(clause, g));
            }
            Step::Value(_)
            | Step::Compare { .. }
            | Step::Window { .. }
            | Step::Presence { .. }
            | Step::Among { .. }
            | Step::Not
            | Step::Rhythm(_)
            | Step::Withheld => {}
        }
    }

    fn elements(&mut self, clause: u32, found: &Elements) {
        let (count, fails): (u32, fn(&Element) -> bool) = match found.wanted {
            Wanted::Every | Wanted::ShareAtLeast(_) => (found.failing, |e| e.truth == Truth::False),
            Wanted::No | Wanted::AtMost(_) => (found.population, |e| e.truth == Truth::True),
            Wanted::Some | Wanted::AtLeast(_) | Wanted::Exactly(_) | Wanted::ShareAtMost(_) | Wanted::Latest => return,
        };
        self.count += count;
        self.cut |= found.more > 0;
        let rows = found.shown.iter().filter(|e| fails(e)).filter_map(|e| e.rows.last());
        self.rows.extend(rows.map(|at| (clause, At { field: None, ..*at })));
    }
}
