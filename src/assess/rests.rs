//! On which items a clause that holds rests: the items that were found where one was asked for. Follows the same plan as [`super::run`].
//!
//! A step rests on an item when the item is what made it true: what a `some` found, the first so many of `at least`, the latest of `latest`, the rows
//! of a rhythm or a quantity, what a reference leads to. The elements of `every` are what is asked about, not what answers: only what holds of them
//! answers. That something is absent rests on nothing.
//!
//! *Alone* means that no other item would do in its place, so that without it the clause would not hold. It is said only where a kind is asked about
//! once: what an item keeps from holding elsewhere is not looked into.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use super::plan::{ElementsPlan, Node, NodeKind, Planned, RhythmPlan, Walk};
use super::run::{Frame, Run, UNBOUND, later};
use super::value::Val;
use super::{Outcome, Verdict};
use crate::base::Truth;
use crate::library::model::{ClauseId, Expr, ExprKind, KindId, Library, Quantifier, Requirement, Source};

/// Items, and whether each is alone.
pub(super) type Rests = BTreeMap<(KindId, u32), bool>;

/// Adds what a step rests on. An item that is alone in one place is alone.
fn add(rests: &mut Rests, item: (KindId, u32), alone: bool) {
    *rests.entry(item).or_default() |= alone;
}

impl<'a> Run<'a> {
    /// What a verdict rests on: nothing unless it is *met*.
    pub(super) fn rests_of(&self, outcome: &Outcome, frame: &mut Frame<'a>) -> Rests {
        let mut rests = Rests::new();
        if outcome.verdict != Verdict::Met {
            return rests;
        }
        let requirement = self.library.requirement(outcome.requirement);
        for id in &requirement.required {
            self.rests_of_clauses(requirement, &[*id], &[*id], true, frame, &mut rests);
        }
        let truth = |id: &ClauseId| outcome.clauses.get(id.0 as usize).map_or(Truth::Unknown, |c| c.truth);
        let holds = requirement.routes.iter().filter(|r| r.clauses.iter().all(|id| truth(id) == Truth::True)).count();
        if let Some(route) = outcome.route.and_then(|r| requirement.routes.get(r as usize)) {
            let ways: Vec<ClauseId> = requirement.routes.iter().flat_map(|r| &r.clauses).copied().collect();
            self.rests_of_clauses(requirement, &route.clauses, &ways, holds == 1, frame, &mut rests);
        }
        rests
    }

    /// What clauses rest on. `ways` are all clauses that could hold in their place, they themselves among them.
    fn rests_of_clauses(
        &self,
        requirement: &Requirement,
        clauses: &[ClauseId],
        ways: &[ClauseId],
        alone: bool,
        frame: &mut Frame<'a>,
        into: &mut Rests,
    ) {
        let planned: &'a Planned<'a> = frame.planned;
        let mut found = Rests::new();
        for node in clauses.iter().filter_map(|id| planned.clauses.get(id.0 as usize)) {
            self.rests(node, true, alone, frame, &mut found);
        }
        let asked = times(self.library, ways.iter().filter_map(|id| requirement.clauses.get(id.0 as usize)).map(|c| &c.body));
        for (item, one) in found {
            // Asked about in two places, an item may keep from holding in one what it makes hold in the other.
            let once = asked.get(&item.0).is_none_or(|times| *times <= 1);
            add(into, item, one && once);
        }
    }

    /// What it rests on that a step is true, or with `wanted` false, that it is false.
    fn rests(&self, node: &Node<'a>, wanted: bool, alone: bool, frame: &mut Frame<'a>, into: &mut Rests) {
        if self.truth(node, frame) != Truth::from(wanted) {
            return;
        }
        match (&node.kind, wanted) {
            (NodeKind::And(parts), true) | (NodeKind::Or(parts), false) => {
                parts.iter().for_each(|part| self.rests(part, wanted, alone, frame, into));
            }
            (NodeKind::Or(parts), true) | (NodeKind::And(parts), false) => self.first(parts, 1, wanted, alone, frame, into),
            (NodeKind::Group { at_least, members }, true) => self.first(members, *at_least as usize, wanted, alone, frame, into),
            (NodeKind::Group { .. }, false) => {}
            (NodeKind::Not(inner), _) => self.rests(inner, !wanted, alone, frame, into),
            (NodeKind::Named(inner), _) => self.rests(inner, wanted, alone, frame, into),
            (NodeKind::Elements(plan), true) => self.rests_elements(plan, alone, frame, into),
            (NodeKind::Rhythm(plan), true) => self.rests_rhythm(plan, frame, into),
            (NodeKind::Elements(_) | NodeKind::Rhythm(_), false) => {}
            (NodeKind::Computed { .. }, _) => self.rests_value(node.expr, frame, into),
            (
                NodeKind::Constant(_)
                | NodeKind::CellCompare { .. }
                | NodeKind::CellRange { .. }
                | NodeKind::CellPair { .. }
                | NodeKind::CellItem { .. }
                | NodeKind::CellTrue { .. }
                | NodeKind::CellStated { .. },
                _,
            ) => {}
        }
    }

    /// The first so many of the parts that come out as wanted, which is enough. With more than enough, none is alone.
    fn first(&self, parts: &[Node<'a>], enough: usize, wanted: bool, alone: bool, frame: &mut Frame<'a>, into: &mut Rests) {
        let mut so: Vec<&Node<'a>> = Vec::new();
        for part in parts {
            if self.truth(part, frame) == Truth::from(wanted) {
                so.push(part);
            }
        }
        let alone = alone && so.len() <= enough;
        so.into_iter().take(enough).for_each(|part| self.rests(part, wanted, alone, frame, into));
    }

    fn rests_elements(&self, plan: &ElementsPlan<'a>, alone: bool, frame: &mut Frame<'a>, into: &mut Rests) {
        match plan.quantifier {
            Quantifier::Some => self.found(plan, Some(1), alone, frame, into),
            Quantifier::AtLeast(n) | Quantifier::Exactly(n) => self.found(plan, Some(*n as usize), alone, frame, into),
            Quantifier::Latest(by) => {
                let latest = self.latest_date(&plan.walk, by, frame);
                self.among(plan, None, alone, frame, into, &|run, frame| {
                    latest.is_some_and(|latest| later(run.value(by, frame), latest) == Some(std::cmp::Ordering::Equal))
                });
            }
            Quantifier::Every => self.holding(plan, alone, frame, into),
            Quantifier::ShareAtLeast(_) => self.holding(plan, false, frame, into),
            // That there are few or none rests on nothing.
            Quantifier::No | Quantifier::AtMost(_) | Quantifier::ShareAtMost(_) => {}
        }
    }

    fn found(&self, plan: &ElementsPlan<'a>, enough: Option<usize>, alone: bool, frame: &mut Frame<'a>, into: &mut Rests) {
        self.among(plan, enough, alone, frame, into, &|_, _| true);
    }

    /// The elements found, as many as are enough (`None`: all that are meant), with what makes them elements. An item is alone when without the elements
    /// it takes part in there would not be enough; where all are meant, when it takes part in every element there is.
    fn among(
        &self,
        plan: &ElementsPlan<'a>,
        enough: Option<usize>,
        alone: bool,
        frame: &mut Frame<'a>,
        into: &mut Rests,
        meant: &dyn Fn(&Self, &mut Frame<'a>) -> bool,
    ) {
        let walk = &plan.walk;
        let mut total = 0usize;
        let mut taking_part: BTreeMap<(KindId, u32), usize> = BTreeMap::new();
        let mut witnesses: BTreeSet<(KindId, u32)> = BTreeSet::new();
        let mut below = Rests::new();
        let _ = self.walk(walk, frame, &mut |frame, member| {
            if member.and(self.counts(walk, frame)) != Truth::True {
                return ControlFlow::Continue(());
            }
            let items = self.items(walk, frame);
            let is_meant = meant(self, frame);
            if is_meant && enough.is_none_or(|enough| witnesses.is_empty() || total < enough) {
                witnesses.extend(items.iter().copied());
                walk.levels.iter().flat_map(|l| &l.filters).for_each(|f| self.rests(f, true, false, frame, &mut below));
                if let Some(body) = &plan.body {
                    self.rests(body, true, false, frame, &mut below);
                }
            }
            total += 1;
            items.into_iter().for_each(|item| *taking_part.entry(item).or_default() += 1);
            ControlFlow::Continue(())
        });
        for item in witnesses {
            let without = total - taking_part.get(&item).copied().unwrap_or(0);
            add(into, item, alone && without < enough.unwrap_or(1));
        }
        below.into_keys().for_each(|item| add(into, item, false));
    }

    /// What holds of the elements of `every`; and the item that is all there is to ask about.
    fn holding(&self, plan: &ElementsPlan<'a>, alone: bool, frame: &mut Frame<'a>, into: &mut Rests) {
        let (walk, Some(body)) = (&plan.walk, &plan.body) else { return };
        let mut below = Rests::new();
        let mut all: Option<BTreeSet<(KindId, u32)>> = None;
        let _ = self.walk(walk, frame, &mut |frame, member| {
            if member == Truth::True {
                let items = self.items(walk, frame);
                all = Some(match all.take() {
                    None => items,
                    Some(before) => before.intersection(&items).copied().collect(),
                });
                self.rests(body, true, true, frame, &mut below);
            }
            ControlFlow::Continue(())
        });
        for (item, one) in below {
            add(into, item, alone && one);
        }
        let stated_empty = self.nil_return(walk).is_some();
        all.unwrap_or_default().into_iter().for_each(|item| add(into, item, alone && !stated_empty));
    }

    fn rests_rhythm(&self, plan: &RhythmPlan<'a>, frame: &mut Frame<'a>, into: &mut Rests) {
        let Some(window) = self.value(plan.throughout, frame).interval() else { return };
        let _ = self.walk(&plan.walk, frame, &mut |frame, member| {
            let counts = member.and(self.counts(&plan.walk, frame));
            if counts == Truth::True && self.value(plan.by, frame).date().is_some_and(|day| window.contains(day)) {
                self.items(&plan.walk, frame).into_iter().for_each(|item| add(into, item, false));
            }
            ControlFlow::Continue(())
        });
    }

    /// What the values of a comparison come from: items that references lead to, and those a quantity is over.
    fn rests_value(&self, expr: &'a Expr, frame: &mut Frame<'a>, into: &mut Rests) {
        if let ExprKind::Follow { reference, table, .. } = &expr.kind
            && let Val::Item(row) = self.value(reference, frame)
        {
            add(into, self.bundle.item_of(&self.library.tables, *table, row), false);
        }
        let walk = frame.planned.aggregates.iter().find(|(e, _)| std::ptr::eq(*e, expr)).map(|(_, walk)| walk);
        if let Some(walk) = walk {
            let _ = self.walk(walk, frame, &mut |frame, member| {
                if member.and(self.counts(walk, frame)) == Truth::True {
                    self.items(walk, frame).into_iter().for_each(|item| add(into, item, false));
                }
                ControlFlow::Continue(())
            });
            return;
        }
        let mut parts: Vec<&'a Expr> = Vec::new();
        expr.each_child(&mut |part| parts.push(part));
        parts.into_iter().for_each(|part| self.rests_value(part, frame, into));
    }

    /// The items at hand.
    fn items(&self, walk: &Walk<'a>, frame: &Frame<'a>) -> BTreeSet<(KindId, u32)> {
        let rows = walk.levels.iter().map(|l| (l.table, frame.rows[l.var.0 as usize])).filter(|(_, row)| *row != UNBOUND);
        rows.map(|(table, row)| self.bundle.item_of(&self.library.tables, table, row)).collect()
    }
}

/// How often each kind is asked about in some expressions.
fn times<'e>(library: &Library, exprs: impl Iterator<Item = &'e Expr>) -> BTreeMap<KindId, usize> {
    let mut times = BTreeMap::new();
    for expr in exprs {
        expr.visit(&mut |e| {
            let mut asked = |kind: KindId| *times.entry(kind).or_default() += 1;
            if let ExprKind::Follow { table, .. } = &e.kind {
                asked(library.table(*table).kind);
            }
            e.each_source(&mut |source| match source {
                Source::Kind(kind) | Source::FollowedList { kind, .. } => asked(kind),
                Source::List { .. } => {}
            });
        });
    }
    times
}
