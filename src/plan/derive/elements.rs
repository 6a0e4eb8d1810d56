//! Conditions on elements: what there has to be, what must not be, and what all of them have to be.

use std::cmp::Reverse;
use std::ops::ControlFlow;

use super::values::Sym;
use super::{Deriver, State, Stuck, WAYS};
use crate::assess::{Access, ElementsPlan, Frame, Node, Val, Walk};
use crate::base::{Percent, Truth};
use crate::evidence::{At, AttachmentState, FieldAt, MISSING};
use crate::library::model::{ColumnId, Common, Expr, KindId, ListId, Quantifier, TableId, VarId};
use crate::plan::fix::{Draft, Path, Place, Root};
use crate::plan::spec::Spec;

/// So many elements are mended for one condition, and no more.
const MOST_ELEMENTS: usize = 200;
/// So many items are added for one condition, and no more.
const MOST_NEW: u32 = 12;
/// An item that fails more conditions than this is not the one that is meant.
const MOST_MISSES: usize = 4;

/// An element that a walk came to.
struct Found {
    rows: Vec<u32>,
    member: Truth,
    holds: Truth,
    admits: Truth,
}

impl<'a> Deriver<'a> {
    pub(super) fn elements(&self, plan: &ElementsPlan<'a>, expr: &'a Expr, wanted: bool, state: State) -> Vec<State> {
        let new = self.reads_new(expr, &state);
        let vars: Vec<VarId> = plan.walk.levels.iter().map(|l| l.var).collect();
        let ways = match (plan.quantifier, wanted) {
            (Quantifier::Some, true) | (Quantifier::No, false) => self.at_least(plan, 1, new, state),
            (Quantifier::AtLeast(n), true) => self.at_least(plan, *n, new, state),
            (Quantifier::AtMost(n), false) => self.at_least(plan, n.saturating_add(1), new, state),
            (Quantifier::Some, false) | (Quantifier::No, true) => self.at_most(plan, 0, new, state),
            (Quantifier::AtMost(n), true) => self.at_most(plan, *n, new, state),
            (Quantifier::AtLeast(n), false) => n.checked_sub(1).map_or_else(Vec::new, |n| self.at_most(plan, n, new, state)),
            (Quantifier::Exactly(n), true) => {
                let more = self.at_least(plan, *n, new, state.clone());
                if more.is_empty() { self.at_most(plan, *n, new, state) } else { more }
            }
            (Quantifier::Every, true) => self.every(plan, new, state),
            (Quantifier::ShareAtLeast(percent), true) if !new => self.share(plan, *percent, state),
            (Quantifier::Latest(by), true) => self.latest(plan, by, new, state),
            (
                Quantifier::Exactly(_)
                | Quantifier::Every
                | Quantifier::ShareAtLeast(_)
                | Quantifier::ShareAtMost(_)
                | Quantifier::Latest(_),
                _,
            ) => Vec::new(),
        };
        let free = |mut state: State| {
            for var in &vars {
                if let Some(place) = state.rows.get_mut(var.0 as usize) {
                    *place = Place::Unbound;
                }
            }
            state
        };
        ways.into_iter().map(free).collect()
    }

    /// All elements that a walk comes to, with what the body comes to.
    fn found(&self, plan: &ElementsPlan<'a>, frame: &mut Frame<'a>) -> Vec<Found> {
        let mut found = Vec::new();
        let _ = self.run.walk(&plan.walk, frame, &mut |frame, member| {
            let holds = plan.body.as_ref().map_or(Truth::True, |b| self.run.truth(b, frame));
            let rows = plan.walk.levels.iter().map(|l| frame.rows[l.var.0 as usize]).collect();
            found.push(Found { rows, member, holds, admits: self.run.admits(&plan.walk, frame) });
            ControlFlow::Continue(())
        });
        found
    }

    fn bound(&self, walk: &Walk<'a>, rows: &[u32], mut state: State) -> State {
        for (level, row) in walk.levels.iter().zip(rows) {
            if let Some(place) = state.rows.get_mut(level.var.0 as usize) {
                *place = Place::Row(*row);
            }
        }
        state
    }

    fn at_least(&self, plan: &ElementsPlan<'a>, wanted: u32, new: bool, state: State) -> Vec<State> {
        let walk = &plan.walk;
        let mut have = 0;
        if !new {
            let _ = self.run.walk(walk, &mut self.frame(&state), &mut |frame, member| {
                have += u32::from(member.and(self.run.counts(walk, frame)) == Truth::True);
                ControlFlow::Continue(())
            });
        }
        let needed = wanted.saturating_sub(have);
        if needed == 1 {
            return self.any_element(walk, 0, state);
        }
        if needed == 0 || needed > MOST_NEW {
            return if needed == 0 { Vec::new() } else { self.stuck(Stuck::TooMany) };
        }
        (0..needed).fold(vec![state], |states, _| self.each(states, |s| self.new_element(walk, 0, s)))
    }

    /// Ways to have one element more: one that is there and nearly counts, or a new one.
    fn any_element(&self, walk: &Walk<'a>, depth: usize, state: State) -> Vec<State> {
        if depth >= walk.levels.len() {
            return vec![state];
        }
        let mut ways = self.near_elements(walk, depth, &state);
        ways.extend(self.new_element(walk, depth, state));
        self.best(ways)
    }

    fn near_elements(&self, walk: &Walk<'a>, depth: usize, state: &State) -> Vec<State> {
        let Some(level) = walk.levels.get(depth) else { return Vec::new() };
        let reads_new = match &level.access {
            Access::Equal { key, .. } | Access::Row { key } => self.reads_new(key, state),
            Access::All => false,
            Access::List { of, .. } | Access::FollowedList { of, .. } => {
                matches!(state.rows.get(of.0 as usize), Some(Place::New(_)))
            }
        };
        if reads_new {
            return Vec::new();
        }
        let mut frame = self.frame(state);
        let rows: Vec<u32> = self.run.candidates(&level.access, level.table, &mut frame).collect();
        let mut ranked: Vec<(usize, Reverse<i64>, u32)> = Vec::new();
        for row in rows {
            if let Some(slot) = frame.rows.get_mut(level.var.0 as usize) {
                *slot = row;
            }
            let fails =
                |f: &&Node<'a>| !self.reads_new(f.expr, state) && self.run.truth(f, &mut self.copied(&frame)) != Truth::True;
            let misses = level.filters.iter().filter(fails).count();
            if misses <= MOST_MISSES {
                ranked.push((misses, Reverse(self.day_of(level.table, row)), row));
            }
        }
        ranked.sort_unstable();
        let mut ways = Vec::new();
        for (_, _, row) in ranked.into_iter().take(WAYS) {
            let states = vec![self.bound_one(level.var, Place::Row(row), state.clone())];
            let states = level.filters.iter().fold(states, |states, f| self.each(states, |s| self.solve(f, true, s)));
            let states = self.each(states, |s| self.rely(level.table, row, s));
            ways.extend(self.each(states, |s| self.any_element(walk, depth + 1, s)));
        }
        ways
    }

    fn copied(&self, frame: &Frame<'a>) -> Frame<'a> {
        let mut copy = self.run.frame(self.requirement, Vec::new());
        copy.rows.clone_from(&frame.rows);
        copy
    }

    fn bound_one(&self, var: VarId, place: Place, mut state: State) -> State {
        if let Some(slot) = state.rows.get_mut(var.0 as usize) {
            *slot = place;
        }
        state
    }

    fn day_of(&self, table: TableId, row: u32) -> i64 {
        let column = self.library.kinds.get(table.0 as usize).and_then(|k| k.dated_by);
        column.map_or(MISSING, |c| self.bundle.cell(table, row, c))
    }

    /// A new item, or a new element of a list, for which the conditions hold.
    pub(super) fn new_element(&self, walk: &Walk<'a>, depth: usize, state: State) -> Vec<State> {
        let Some(level) = walk.levels.get(depth) else { return vec![state] };
        let made = match &level.access {
            // Nobody is hired to close a gap on paper.
            Access::All | Access::Equal { .. } | Access::Row { .. } if level.table.0 == self.library.person.0 => None,
            Access::All | Access::Equal { .. } | Access::Row { .. } => {
                let mut state = state;
                let path = Path { root: Root::Add(state.fix.adds.len()), steps: Vec::new() };
                state.fix.adds.push(Draft::new(level.table));
                Some((state, Place::New(path)))
            }
            Access::List { of, list } => self.element_at(*of, *list, state, Draft::new),
            Access::FollowedList { of, through, table, list } => match state.rows.get(of.0 as usize) {
                Some(Place::Row(_)) => {
                    let cell = self.run.cell(&self.frame(&state), *of, *through);
                    u32::try_from(cell)
                        .ok()
                        .map(|row| self.append(At { table: *table, row, field: Some(FieldAt::List(*list)) }, level.table, state))
                }
                _ => None,
            },
        };
        let Some((state, place)) = made else { return Vec::new() };
        let states = vec![self.bound_one(level.var, place, state)];
        let states = level.filters.iter().fold(states, |states, f| self.each(states, |s| self.solve(f, true, s)));
        self.each(states, |s| self.any_element(walk, depth + 1, s))
    }

    fn append(&self, at: At, table: TableId, mut state: State) -> (State, Place) {
        let path = Path { root: Root::Append(state.fix.appends.len()), steps: Vec::new() };
        state.fix.appends.push((at, Draft::new(table)));
        (state, Place::New(path))
    }

    /// A further element of a list of what a variable holds, and where it is.
    pub(super) fn element_at(
        &self,
        var: VarId,
        list: ListId,
        mut state: State,
        make: impl FnOnce(TableId) -> Draft,
    ) -> Option<(State, Place)> {
        let parent = self.table(var);
        let table = self.library.table(parent).lists.get(list.0 as usize)?.table;
        match state.rows.get(var.0 as usize)?.clone() {
            Place::Row(row) => {
                let path = Path { root: Root::Append(state.fix.appends.len()), steps: Vec::new() };
                state.fix.appends.push((At { table: parent, row, field: Some(FieldAt::List(list)) }, make(table)));
                Some((state, Place::New(path)))
            }
            Place::New(mut path) => {
                let elements = state.fix.draft_mut(&path)?.lists.entry(list).or_default();
                elements.push(make(table));
                path.steps.push((list, elements.len() - 1));
                Some((state, Place::New(path)))
            }
            Place::Unbound => None,
        }
    }

    fn every(&self, plan: &ElementsPlan<'a>, new: bool, state: State) -> Vec<State> {
        let walk = &plan.walk;
        let Some(body) = &plan.body else { return Vec::new() };
        if new {
            let states = self.new_element(walk, 0, state);
            return self.each(states, |s| self.solve(body, true, s));
        }
        let mut frame = self.frame(&state);
        let found = self.found(plan, &mut frame);
        let failing: Vec<&Found> = found.iter().filter(|f| f.member.not().or(f.holds.and(f.admits)) != Truth::True).collect();
        let unstated = self.unstated(walk, &state);
        if failing.is_empty() && unstated.is_empty() {
            return self.none_there(walk, found.is_empty(), state);
        }
        if failing.len() + unstated.len() > MOST_ELEMENTS {
            return self.stuck(Stuck::TooMany);
        }
        let mut states = vec![state];
        for element in failing {
            states = self.each(states, |s| self.hold(plan, element, self.bound(walk, &element.rows, s)));
        }
        let Some(last) = walk.levels.last() else { return states };
        for (of, list, rows) in unstated {
            states = self.each(states, |s| {
                let state = self.bound(walk, &rows, s);
                let Some((state, place)) = self.element_at(of, list, state, Draft::new) else { return Vec::new() };
                let states = vec![self.bound_one(last.var, place, state)];
                let states = last.filters.iter().fold(states, |states, f| self.each(states, |s| self.solve(f, true, s)));
                self.each(states, |s| self.solve(body, true, s))
            });
        }
        states
    }

    /// One element of an `every` that does not hold: its body is made to, or it turns out not to be one that is meant.
    fn hold(&self, plan: &ElementsPlan<'a>, element: &Found, state: State) -> Vec<State> {
        let mut ways = match &plan.body {
            Some(body) => self.solve(body, true, state.clone()),
            None => Vec::new(),
        };
        if element.admits != Truth::True {
            for (level, row) in plan.walk.levels.iter().zip(&element.rows) {
                ways = self.each(ways, |s| self.rely(level.table, *row, s));
            }
        }
        if ways.is_empty() && element.member == Truth::Unknown {
            let filters = plan.walk.levels.iter().flat_map(|l| &l.filters);
            let open = filters.filter(|f| self.truth(f, &state) == Truth::Unknown);
            ways = open.flat_map(|f| self.solve(f, false, state.clone())).collect();
        }
        ways
    }

    /// The lists that a walk ends in and that are not stated: whose, which, and the rows before.
    fn unstated(&self, walk: &Walk<'a>, state: &State) -> Vec<(VarId, ListId, Vec<u32>)> {
        let (Some(last), before) = (walk.levels.last(), walk.levels.len().saturating_sub(1)) else { return Vec::new() };
        let Access::List { of, list } = last.access else { return Vec::new() };
        let stated = |row: u32| {
            let lists = &self.bundle.rows(self.table(of)).lists[list.0 as usize];
            lists.stated.get(row as usize).copied().unwrap_or(true)
        };
        match (before, state.rows.get(of.0 as usize), walk.levels.first()) {
            (0, Some(Place::Row(row)), _) if !stated(*row) => vec![(of, list, Vec::new())],
            (1, _, Some(first)) if first.var == of => {
                let mut frame = self.frame(state);
                let rows: Vec<u32> = self.run.candidates(&first.access, first.table, &mut frame).collect();
                let mut open = Vec::new();
                for row in rows.into_iter().filter(|r| !stated(*r)) {
                    frame.rows[first.var.0 as usize] = row;
                    if self.run.all(&first.filters, &mut frame) != Truth::False {
                        open.push((of, list, vec![row]));
                    }
                }
                open
            }
            _ => Vec::new(),
        }
    }

    /// Nothing is there to look at: a statement that this is right.
    fn none_there(&self, walk: &Walk<'a>, nothing: bool, mut state: State) -> Vec<State> {
        match self.nil(walk).filter(|_| nothing) {
            Some(nil) => {
                state.fix.nils.insert(nil);
                vec![state]
            }
            None => Vec::new(),
        }
    }

    fn at_most(&self, plan: &ElementsPlan<'a>, most: u32, new: bool, state: State) -> Vec<State> {
        if new {
            return Vec::new();
        }
        let walk = &plan.walk;
        let mut frame = self.frame(&state);
        let offenders: Vec<Found> = self.found(plan, &mut frame);
        if offenders.is_empty() {
            return self.none_there(walk, true, state);
        }
        let surplus = offenders.len().saturating_sub(most as usize);
        if surplus > MOST_ELEMENTS {
            return self.stuck(Stuck::TooMany);
        }
        let mut states = vec![state];
        let (mut gone, mut kept) = (0, 0);
        for element in &offenders {
            if gone == surplus {
                break;
            }
            let next = self.each(states.clone(), |s| {
                let state = self.bound(walk, &element.rows, s);
                let filters = walk.levels.iter().flat_map(|l| &l.filters);
                self.best(filters.flat_map(|f| self.solve(f, false, state.clone())).collect())
            });
            if next.is_empty() {
                kept += 1;
                if kept > most {
                    return Vec::new();
                }
            } else {
                (states, gone) = (next, gone + 1);
            }
        }
        states
    }

    fn share(&self, plan: &ElementsPlan<'a>, percent: Percent, state: State) -> Vec<State> {
        let Some(body) = &plan.body else { return Vec::new() };
        let mut frame = self.frame(&state);
        let found = self.found(plan, &mut frame);
        if found.is_empty() {
            return self.none_there(&plan.walk, true, state);
        }
        let holding = found.iter().filter(|f| f.member == Truth::True && f.holds.and(f.admits) == Truth::True).count();
        let mut mendable: Vec<(usize, &Found)> = Vec::new();
        for element in found.iter().filter(|f| f.holds != Truth::True).take(MOST_ELEMENTS) {
            let ways = self.solve(body, true, self.bound(&plan.walk, &element.rows, state.clone()));
            mendable.extend(ways.first().map(|w| (w.fix.len(), element)));
        }
        mendable.sort_by_key(|(len, _)| *len);
        let Some(needed) = (0..=mendable.len()).find(|k| percent.reached_by(holding + k, found.len())) else {
            return Vec::new();
        };
        mendable.iter().take(needed).fold(vec![state], |states, (_, element)| {
            self.each(states, |s| self.solve(body, true, self.bound(&plan.walk, &element.rows, s)))
        })
    }

    /// A later one that is as it has to be; or the latest there is, put right.
    fn latest(&self, plan: &ElementsPlan<'a>, by: &'a Expr, new: bool, state: State) -> Vec<State> {
        let Some(body) = &plan.body else { return Vec::new() };
        let mut ways = Vec::new();
        let mut latest = None;
        if !new {
            let mut frame = self.frame(&state);
            latest = self.run.latest_date(&plan.walk, by, &mut frame).and_then(Val::date);
            let found = self.found(plan, &mut frame);
            let mut states = vec![state.clone()];
            let mut any = false;
            for element in found.iter().filter(|f| f.member == Truth::True && f.holds != Truth::True) {
                let bound = self.bound(&plan.walk, &element.rows, state.clone());
                if matches!(self.sym(by, &bound), Sym::Val(v) if v.date().is_some() && v.date() == latest) {
                    any = true;
                    states = self.each(states, |s| self.solve(body, true, self.bound(&plan.walk, &element.rows, s)));
                }
            }
            if any {
                ways.extend(states);
            }
        }
        let since = latest.map(|d| i64::from(d.day_number()));
        let states = self.new_element(&plan.walk, 0, state);
        let states = self.each(states, |s| self.say(by, &Spec::between(since, None), &s));
        ways.extend(self.each(states, |s| self.solve(body, true, s)));
        self.best(ways)
    }

    /// An item that may not be relied on is made one that may: its attachment put back, or somebody else has done it.
    fn rely(&self, table: TableId, row: u32, state: State) -> Vec<State> {
        if self.run.admissibility.admits(table, row) == Truth::True {
            return vec![state];
        }
        let (kind, row) = self.bundle.item_of(&self.library.tables, table, row);
        let mut states = vec![state];
        let lost = |a: &&crate::evidence::Attachment| {
            a.kind == kind && a.row == row && matches!(a.state, AttachmentState::Missing | AttachmentState::Altered)
        };
        if self.bundle.attachments.iter().any(|a| lost(&a)) {
            states[0].fix.attached.insert((kind, row));
        }
        let table = TableId(kind.0);
        let (author, approver) = (Common::Author.column(), Common::Approver.column());
        let wrote = self.bundle.cell(table, row, author);
        if wrote != MISSING && wrote == self.bundle.cell(table, row, approver) {
            states = self.each(states, |s| self.somebody(kind, row, approver, s));
        }
        let barred = self.run.admissibility.barred.iter().filter(|b| b.kind == kind && b.row == row);
        for field in barred.filter_map(|b| b.field) {
            if let FieldAt::Column(column) = field {
                states = self.each(states, |s| self.somebody(kind, row, column, s));
            }
        }
        states.into_iter().filter(|s| s.fix.len() > 0).collect()
    }

    /// Somebody who did the same for another item that may be relied on.
    fn somebody(&self, kind: KindId, row: u32, column: ColumnId, state: State) -> Vec<State> {
        let table = TableId(kind.0);
        let now = self.bundle.cell(table, row, column);
        let rows = &self.bundle.rows(table).columns[column.0 as usize];
        let mut others: Vec<i64> = (0u32..)
            .zip(rows)
            .filter(|(r, cell)| {
                *r != row && **cell >= 0 && **cell != now && self.run.admissibility.admits(table, *r) == Truth::True
            })
            .map(|(_, cell)| *cell)
            .collect();
        others.sort_unstable();
        others.dedup();
        let at = At { table, row, field: Some(FieldAt::Column(column)) };
        let person = |cell: i64| {
            let mut state = state.clone();
            state.fix.sets.insert(at, Spec::one_of([cell].into()));
            state
        };
        others.into_iter().take(WAYS).map(person).collect()
    }
}
