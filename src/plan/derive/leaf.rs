//! Conditions on single values.

use super::values::{Sym, scalar};
use super::{Deriver, State, Stuck};
use crate::assess::{Val, compare, in_window};
use crate::base::{Interval, Truth};
use crate::evidence::{At, FieldAt, NilOf};
use crate::library::model::{
    Aggregate, ColumnId, CompareOp, Expr, ExprKind, ListId, Scalar, Source, TableId, Value, VarId, WindowOp,
};
use crate::plan::fix::{Draft, Place};
use crate::plan::none;
use crate::plan::spec::Spec;

impl<'a> Deriver<'a> {
    pub(super) fn leaf(&self, expr: &'a Expr, wanted: bool, state: State) -> Vec<State> {
        match &expr.kind {
            ExprKind::Compare(op, left, right) => {
                let op = if wanted { *op } else { opposite(*op) };
                self.compare(op, left, right, state)
            }
            ExprKind::InWindow(op, left, right) => self.in_window(*op, left, right, wanted, state),
            ExprKind::Present { of, stated } if *stated == wanted => self.state_it(of, state),
            // What is stated is not taken back.
            ExprKind::Present { .. } => self.stuck(Stuck::Happened),
            ExprKind::OneOf { of, among, negated } => self.one_of(of, among, *negated != wanted, state),
            ExprKind::Contains { list, value } if wanted => self.contains(list, value, state),
            ExprKind::Named(_, inner) => self.leaf(inner, wanted, state),
            ExprKind::Column(..) | ExprKind::Follow { .. } | ExprKind::Fact(_) => {
                if self.sym(expr, &state) == Sym::Val(Val::Known(Value::Bool(wanted))) {
                    return vec![state];
                }
                self.say(expr, &Spec::cell(i64::from(wanted)), &state)
            }
            _ => Vec::new(),
        }
    }

    fn compare(&self, op: CompareOp, left: &'a Expr, right: &'a Expr, state: State) -> Vec<State> {
        let (a, b) = (self.sym(left, &state), self.sym(right, &state));
        let holds = match (a, b) {
            (Sym::Val(a), Sym::Val(b)) => compare(op, a, b) == Truth::True,
            (Sym::New(a), Sym::New(b)) => (a == b) == (op == CompareOp::Equal),
            (Sym::New(_), Sym::Val(Val::Item(_))) | (Sym::Val(Val::Item(_)), Sym::New(_)) => op == CompareOp::NotEqual,
            _ => false,
        };
        if let Some(counted) = self.counted(left).or_else(|| self.counted(right)) {
            let (op, limit) = if self.counted(left).is_some() { (op, b) } else { (mirrored(op), a) };
            return self.count(counted, op, limit, state);
        }
        if holds {
            return vec![state];
        }
        let mut ways = Vec::new();
        for (mine, op, other) in [(left, op, b), (right, mirrored(op), a)] {
            if let Some(spec) = self.spec_of(op, scalar(mine), other) {
                ways.extend(self.say(mine, &spec, &state));
            }
        }
        let known = |s: Sym| !matches!(s, Sym::Val(Val::Unknown | Val::Dangling));
        if ways.is_empty() && !known(a) && !known(b) {
            ways = self.both(op, left, right, &state);
        }
        if ways.is_empty() && is_figure(left, right) {
            return self.stuck(Stuck::Figure);
        }
        self.best(ways)
    }

    /// Neither side is known: one is given a value, and the other follows.
    fn both(&self, op: CompareOp, left: &'a Expr, right: &'a Expr, state: &State) -> Vec<State> {
        let of = scalar(right);
        let Some(target) = self.target(right, state) else { return Vec::new() };
        let before = match &target {
            super::values::Target::New(path, column) => state.fix.draft(path).and_then(|d| d.fields.get(column)).cloned(),
            super::values::Target::Cell(at) => state.fix.sets.get(at).cloned(),
            super::values::Target::Fact(fact) => state.fix.facts.get(fact).cloned(),
        };
        let Some(cell) = before.unwrap_or(Spec::Any).pick(self.library, self.bundle, of, self.date) else { return Vec::new() };
        let states = self.constrain(&target, &Spec::cell(cell), state.clone());
        states
            .into_iter()
            .flat_map(|s| {
                let value = self.sym(right, &s);
                self.spec_of(op, scalar(left), value).map_or_else(Vec::new, |spec| self.say(left, &spec, &s))
            })
            .collect()
    }

    fn in_window(&self, op: WindowOp, left: &'a Expr, right: &'a Expr, wanted: bool, state: State) -> Vec<State> {
        let val = |s: Sym| if let Sym::Val(v) = s { v } else { Val::Unknown };
        let (a, b) = (val(self.sym(left, &state)), val(self.sym(right, &state)));
        if in_window(op, a, b) == Truth::from(wanted) {
            return vec![state];
        }
        let mut ways = Vec::new();
        if let Some(days) = b.interval() {
            for spec in specs_within(op, scalar(left), days, wanted) {
                ways.extend(self.say(left, &spec, &state));
            }
        } else if let (true, Some(value), ExprKind::Window(_, _, day)) = (wanted, a.date(), &right.kind) {
            // The window hangs on a day that is not stated: the same day does.
            ways = self.say(day, &Spec::cell(i64::from(value.day_number())), &state);
        } else if let (true, ExprKind::Window(_, _, day)) = (wanted, &right.kind)
            && let Some(target) = self.target(day, &state)
        {
            let today = i64::from(self.date.day_number());
            for s in self.constrain(&target, &Spec::cell(today), state.clone()) {
                ways.extend(self.in_window(op, left, right, wanted, s));
            }
        }
        self.best(ways)
    }

    fn state_it(&self, of: &'a Expr, state: State) -> Vec<State> {
        match &of.kind {
            ExprKind::ListStated(var, list) => self.element(*var, *list, state, Draft::new),
            ExprKind::Named(_, inner) => self.state_it(inner, state),
            _ if !matches!(self.sym(of, &state), Sym::Val(Val::Unknown)) => vec![state],
            _ => self.say(of, &Spec::Any, &state),
        }
    }

    /// A further element of a list of what a variable holds.
    pub(super) fn element(&self, var: VarId, list: ListId, state: State, make: impl FnOnce(TableId) -> Draft) -> Vec<State> {
        self.element_at(var, list, state, make).map(|(state, _)| state).into_iter().collect()
    }

    fn one_of(&self, of: &'a Expr, among: &'a [Expr], wanted: bool, state: State) -> Vec<State> {
        let cells: Option<std::collections::BTreeSet<i64>> = among
            .iter()
            .map(|e| match self.spec_of(CompareOp::Equal, scalar(of), self.sym(e, &state)) {
                Some(Spec::Cells(cells)) => cells.single(),
                _ => None,
            })
            .collect();
        let Some(cells) = cells else { return Vec::new() };
        let spec = if wanted { Spec::one_of(cells) } else { Spec::except(cells) };
        if let Sym::Val(Val::Known(value)) = self.sym(of, &state)
            && let Some(Spec::Cells(here)) = self.spec_of(CompareOp::Equal, scalar(of), Sym::Val(Val::Known(value)))
            && spec.and(&Spec::Cells(here)).is_some()
        {
            return vec![state];
        }
        self.say(of, &spec, &state)
    }

    fn contains(&self, list: &Source, value: &'a Expr, state: State) -> Vec<State> {
        let Source::List { of, list, table } = *list else { return self.followed(list, value, state) };
        let of_element = self.library.table(table).columns.first().map_or(Scalar::Bool, |c| c.of);
        let Some(spec) = self.spec_of(CompareOp::Equal, of_element, self.sym(value, &state)) else {
            // Any element of the list would do: the value may be named after it.
            return self.named_after(of, list, table, value, &state);
        };
        if let Some(Place::New(path)) = state.rows.get(of.0 as usize) {
            let there = state.fix.draft(path).and_then(|d| d.lists.get(&list));
            if there.into_iter().flatten().any(|d| d.fields.get(&ColumnId(0)) == Some(&spec)) {
                return vec![state];
            }
        }
        self.element(of, list, state, |table| {
            let mut draft = Draft::new(table);
            draft.fields.insert(ColumnId(0), spec);
            draft
        })
    }

    fn named_after(&self, of: VarId, list: ListId, table: TableId, value: &'a Expr, state: &State) -> Vec<State> {
        let Some(Place::Row(row)) = state.rows.get(of.0 as usize) else { return Vec::new() };
        let elements = &self.bundle.rows(self.table(of)).lists[list.0 as usize];
        let (first, end) = (elements.starts[*row as usize], elements.starts[*row as usize + 1]);
        let cells = (first..end).take(3).map(|r| self.bundle.cell(table, r, ColumnId(0)));
        cells.flat_map(|cell| self.say(value, &Spec::cell(cell), state)).collect()
    }

    /// A list of the item that a reference leads to.
    fn followed(&self, list: &Source, value: &'a Expr, mut state: State) -> Vec<State> {
        let Source::FollowedList { of, through, kind, list, table } = *list else { return Vec::new() };
        let Some(Place::Row(row)) = state.rows.get(of.0 as usize) else { return Vec::new() };
        let Ok(target) = u32::try_from(self.bundle.cell(self.table(of), *row, through)) else { return Vec::new() };
        let of_element = self.library.table(table).columns.first().map_or(Scalar::Bool, |c| c.of);
        let Some(spec) = self.spec_of(CompareOp::Equal, of_element, self.sym(value, &state)) else { return Vec::new() };
        let mut draft = Draft::new(table);
        draft.fields.insert(ColumnId(0), spec);
        let at = At { table: TableId(kind.0), row: target, field: Some(FieldAt::List(list)) };
        state.fix.appends.push((at, draft));
        vec![state]
    }

    /// The count that an expression is.
    fn counted(&self, expr: &'a Expr) -> Option<&'a Expr> {
        match &expr.kind {
            ExprKind::Aggregate { of: Aggregate::Count, .. } => Some(expr),
            ExprKind::Named(_, inner) => self.counted(inner),
            _ => None,
        }
    }

    /// Brings a count to where it has to be: by items more, or by a statement that there was none.
    fn count(&self, counted: &'a Expr, op: CompareOp, limit: Sym, state: State) -> Vec<State> {
        let Sym::Val(Val::Known(Value::Whole(limit))) = limit else { return self.stuck(Stuck::Figure) };
        if self.reads_new(counted, &state) {
            return Vec::new();
        }
        let mut frame = self.frame(&state);
        let Some(walk) = self.run.aggregate_walk(counted, &frame) else { return Vec::new() };
        let now = match self.run.value(counted, &mut frame) {
            Val::Known(Value::Whole(n)) => n,
            _ => return self.stuck(Stuck::Figure),
        };
        let wanted = match op {
            CompareOp::AtLeast | CompareOp::Equal => limit,
            CompareOp::Greater => limit.saturating_add(1),
            CompareOp::Less | CompareOp::AtMost if now == 0 && (op == CompareOp::AtMost || limit > 0) => {
                let mut state = state;
                return match self.nil(walk) {
                    Some(nil) => {
                        state.fix.nils.insert(nil);
                        vec![state]
                    }
                    None => Vec::new(),
                };
            }
            CompareOp::NotEqual | CompareOp::Less | CompareOp::AtMost => return self.stuck(Stuck::Happened),
        };
        let missing = wanted.saturating_sub(now);
        if !(1..=12).contains(&missing) {
            return self.stuck(if missing > 12 { Stuck::TooMany } else { Stuck::Happened });
        }
        (0..missing).fold(vec![state], |states, _| self.each(states, |s| self.new_element(walk, 0, s)))
    }

    /// A statement that there was nothing of what a walk asks about, for the days it asks about; none where the bundle speaks against it.
    pub(super) fn nil(&self, walk: &crate::assess::Walk<'a>) -> Option<(NilOf, Interval)> {
        let (kind, window) = walk.kinds.first()?;
        let days = none::asked(*window, self.date);
        if self.bundle.rows(TableId(kind.0)).len > 0 {
            return Some((NilOf::Requirement(walk.requirement), days));
        }
        (!none::contradicted(self.library, self.bundle, *kind)).then_some((NilOf::Kind(*kind), days))
    }
}

fn specs_within(op: WindowOp, of: Scalar, days: Interval, wanted: bool) -> Vec<Spec> {
    let (first, last) = (i64::from(days.first.day_number()), i64::from(days.last.day_number()));
    match (op, of, wanted) {
        (WindowOp::Within | WindowOp::Overlaps, Scalar::Date, true) => vec![Spec::between(Some(first), Some(last))],
        (WindowOp::Within | WindowOp::Overlaps, Scalar::Date, false) => {
            vec![Spec::between(Some(last + 1), None), Spec::between(None, Some(first - 1))]
        }
        (WindowOp::Covers, Scalar::Date, true) if days.first == days.last => vec![Spec::cell(first)],
        (WindowOp::Within, Scalar::Interval, true) => vec![Spec::Days { covers: None, within: Some(days) }],
        (WindowOp::Covers, Scalar::Interval, true) => vec![Spec::Days { covers: Some(days), within: None }],
        (WindowOp::Overlaps, Scalar::Interval, true) => {
            vec![Spec::Days { covers: Some(Interval::new(days.last, days.last)), within: None }]
        }
        _ => Vec::new(),
    }
}

/// Whether one side is a quantity over items.
fn is_figure(left: &Expr, right: &Expr) -> bool {
    let mut found = false;
    for side in [left, right] {
        side.visit(&mut |e| found |= matches!(e.kind, ExprKind::Aggregate { .. }));
    }
    found
}

fn opposite(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Equal => CompareOp::NotEqual,
        CompareOp::NotEqual => CompareOp::Equal,
        CompareOp::Less => CompareOp::AtLeast,
        CompareOp::AtMost => CompareOp::Greater,
        CompareOp::Greater => CompareOp::AtMost,
        CompareOp::AtLeast => CompareOp::Less,
    }
}

fn mirrored(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Equal | CompareOp::NotEqual => op,
        CompareOp::Less => CompareOp::Greater,
        CompareOp::AtMost => CompareOp::AtLeast,
        CompareOp::Greater => CompareOp::Less,
        CompareOp::AtLeast => CompareOp::AtMost,
    }
}
