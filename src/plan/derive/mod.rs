//! From a condition that does not hold to fixes that would make it hold.
//!
//! It follows the judge's own plan of a requirement node by node, with a wanted truth: all of an `and`, one of an `or`, an element for a `some`,
//! every element of an `every`. At the leaves a condition on a field narrows what the field would have to say. Whatever comes out is only a
//! proposal: [`super::trial`] tries each on a copy of the bundle, and what does not turn its verdict there is not proposed.
//!
//! What has happened is not changed: a stated day, number of days or approval stays as it is, and an item more is proposed instead. To teach it a
//! construct: its arm in [`Deriver::solve`] or in [`leaf`]; a construct without one is a gap without a repair, never a wrong one.

mod elements;
mod leaf;
mod rhythm;
mod values;

use std::cell::Cell;

use super::effort;
use super::fix::{Fix, Place};
use crate::assess::{ClauseOutcome, Frame, Node, NodeKind, Outcome, Run, Scope, UNBOUND, reads_any};
use crate::base::{Date, Truth};
use crate::evidence::Bundle;
use crate::library::Library;
use crate::library::model::{ClauseId, Expr, RequirementId, VarId};

/// How many ways are kept at each step.
const WAYS: usize = 4;
/// How many conditions are looked at for one requirement.
const MOST_STEPS: u32 = 60_000;

/// Looks for fixes of one requirement.
pub(super) struct Deriver<'a> {
    pub(super) run: &'a Run<'a>,
    pub(super) library: &'a Library,
    pub(super) bundle: &'a Bundle,
    pub(super) date: Date,
    pub(super) requirement: RequirementId,
    steps: Cell<u32>,
    stuck: Cell<Option<Stuck>>,
}

/// Why nothing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stuck {
    /// Whether the requirement applies hangs on a fact: either answer decides, and neither is to be proposed.
    Scope,
    /// A person answered no.
    AnsweredNo,
    /// Something that is stated as it happened stands against it.
    Happened,
    /// It is a figure worked out over many items.
    Figure,
    /// There are too many things to change.
    TooMany,
    /// Nothing that could be filed was found.
    Nothing,
    /// What was found did not turn the verdict, or took another one that was met away.
    NotVerified,
}

/// A fix in the making: what variables hold, and the changes so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct State {
    pub(super) rows: Vec<Place>,
    pub(super) fix: Fix,
}

impl<'a> Deriver<'a> {
    pub(super) fn new(run: &'a Run<'a>, requirement: RequirementId) -> Self {
        let (steps, stuck) = (Cell::new(0), Cell::new(None));
        Self { run, library: run.library, bundle: run.bundle, date: run.plan.date, requirement, steps, stuck }
    }

    /// Fixes that would make the clauses of a requirement hold, the least first.
    pub(super) fn fixes(&self, outcome: &Outcome) -> Result<Vec<Fix>, Stuck> {
        if matches!(outcome.scope, Scope::Unknown(_)) {
            return Err(Stuck::Scope);
        }
        let requirement = self.library.requirement(self.requirement);
        let planned = &self.run.plan.requirements[self.requirement.0 as usize];
        let start = State { rows: vec![Place::Unbound; planned.tables.len()], fix: Fix::default() };
        let all = |mut states: Vec<State>, clauses: &[ClauseId]| {
            for id in clauses {
                let open = |c: &ClauseOutcome| c.clause == *id && c.truth != Truth::True;
                if let (true, Some(node)) = (outcome.clauses.iter().any(open), planned.clauses.get(id.0 as usize)) {
                    states = self.each(states, |s| self.solve(node, true, s));
                }
            }
            states
        };
        let required = all(vec![start], &requirement.required);
        let states = if requirement.routes.is_empty() {
            required
        } else {
            let routes = requirement.routes.iter().flat_map(|r| all(required.clone(), &r.clauses));
            self.best(routes.collect())
        };
        let fixes: Vec<Fix> = states.into_iter().map(|s| s.fix).filter(|f| f.len() > 0).collect();
        if fixes.is_empty() {
            return Err(self.stuck.get().unwrap_or(Stuck::Nothing));
        }
        Ok(fixes)
    }

    /// Ways to give a step a truth.
    pub(super) fn solve(&self, node: &Node<'a>, wanted: bool, state: State) -> Vec<State> {
        if !self.step() {
            return Vec::new();
        }
        if !self.reads_new(node.expr, &state) && self.truth(node, &state) == Truth::from(wanted) {
            return vec![state];
        }
        match (&node.kind, wanted) {
            (NodeKind::Constant(_), _) => Vec::new(),
            (NodeKind::And(parts), true) | (NodeKind::Or(parts), false) => {
                parts.iter().fold(vec![state], |states, part| self.each(states, |s| self.solve(part, wanted, s)))
            }
            (NodeKind::Or(parts), true) | (NodeKind::And(parts), false) => {
                self.best(parts.iter().flat_map(|part| self.solve(part, wanted, state.clone())).collect())
            }
            (NodeKind::Not(inner), _) => self.solve(inner, !wanted, state),
            (NodeKind::Named(inner), _) => self.solve(inner, wanted, state),
            (NodeKind::Group { at_least, members }, _) => {
                let enough = if wanted { *at_least as usize } else { (members.len() + 1).saturating_sub(*at_least as usize) };
                self.some_of(members, enough, wanted, state)
            }
            (NodeKind::Elements(plan), _) => self.elements(plan, node.expr, wanted, state),
            (NodeKind::Rhythm(plan), true) => self.rhythm(plan, state),
            (NodeKind::Rhythm(_), false) => Vec::new(),
            (
                NodeKind::CellCompare { .. }
                | NodeKind::CellRange { .. }
                | NodeKind::CellPair { .. }
                | NodeKind::CellItem { .. }
                | NodeKind::CellTrue { .. }
                | NodeKind::CellStated { .. }
                | NodeKind::Computed { .. },
                _,
            ) => self.leaf(node.expr, wanted, state),
        }
    }

    /// So many of the members, those first that take least.
    fn some_of(&self, members: &[Node<'a>], enough: usize, wanted: bool, state: State) -> Vec<State> {
        let mut ranked: Vec<(usize, &Node<'a>)> = Vec::new();
        let mut held = 0;
        for member in members {
            let ways = self.solve(member, wanted, state.clone());
            match ways.first() {
                Some(way) if way.fix == state.fix => held += 1,
                Some(way) => ranked.push((way.fix.len(), member)),
                None => {}
            }
        }
        let needed = enough.saturating_sub(held);
        if ranked.len() < needed {
            return Vec::new();
        }
        ranked.sort_by_key(|(len, _)| *len);
        ranked.iter().take(needed).fold(vec![state], |states, (_, m)| self.each(states, |s| self.solve(m, wanted, s)))
    }

    /// What each way leads to; the best of all.
    pub(super) fn each(&self, states: Vec<State>, way: impl Fn(State) -> Vec<State>) -> Vec<State> {
        self.best(states.into_iter().flat_map(way).collect())
    }

    /// The ways that take least, each once.
    pub(super) fn best(&self, mut states: Vec<State>) -> Vec<State> {
        let rank = |s: &State| effort::rank(self.library, self.bundle, self.date, &s.fix);
        states.sort_by_cached_key(|s| (rank(s), s.fix.clone()));
        states.dedup_by(|a, b| a.fix == b.fix && a.rows == b.rows);
        states.truncate(WAYS);
        states
    }

    pub(super) fn truth(&self, node: &Node<'a>, state: &State) -> Truth {
        self.run.truth(node, &mut self.frame(state))
    }

    /// The rows at hand as the judge holds them; what is new is not bound.
    pub(super) fn frame(&self, state: &State) -> Frame<'a> {
        let mut frame = self.run.frame(self.requirement, Vec::new());
        for (slot, place) in frame.rows.iter_mut().zip(&state.rows) {
            *slot = match place {
                Place::Row(row) => *row,
                Place::Unbound | Place::New(_) => UNBOUND,
            };
        }
        frame
    }

    /// Whether an expression reads something that is not there yet.
    pub(super) fn reads_new(&self, expr: &Expr, state: &State) -> bool {
        let new: Vec<VarId> =
            (0u32..).map(VarId).zip(&state.rows).filter(|(_, p)| matches!(p, Place::New(_))).map(|(v, _)| v).collect();
        reads_any(expr, &new)
    }

    pub(super) fn stuck(&self, why: Stuck) -> Vec<State> {
        if self.stuck.get().is_none() {
            self.stuck.set(Some(why));
        }
        Vec::new()
    }

    fn step(&self) -> bool {
        self.steps.set(self.steps.get() + 1);
        let more = self.steps.get() <= MOST_STEPS;
        if !more {
            self.stuck.set(Some(Stuck::TooMany));
        }
        more
    }
}
