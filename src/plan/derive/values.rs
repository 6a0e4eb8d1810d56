//! Values where some of what is read is not there yet, and the fields that may be filled in.

use std::collections::BTreeSet;

use super::{Deriver, State, Stuck};
use crate::assess::{Val, arithmetic, constant, decimal, pick, window};
use crate::evidence::{At, DANGLING, FieldAt, MISSING};
use crate::library::model::{ColumnId, Common, CompareOp, Expr, ExprKind, FactId, Scalar, TableId, Type, Value, VarId};
use crate::plan::fix::{Path, Place, Root};
use crate::plan::spec::Spec;

/// A value, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sym {
    Val(Val),
    /// The new item with this number.
    New(usize),
}

/// Something that can be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    Cell(At),
    New(Path, ColumnId),
    Fact(FactId),
}

/// The type of an expression's value.
pub(super) fn scalar(expr: &Expr) -> Scalar {
    match expr.of {
        Type::Scalar(of) => of,
        Type::Row(_) => Scalar::Bool,
    }
}

impl<'a> Deriver<'a> {
    pub(super) fn table(&self, var: VarId) -> TableId {
        self.run.plan.requirements[self.requirement.0 as usize].tables.get(var.0 as usize).copied().unwrap_or_default()
    }

    pub(super) fn at(&self, var: VarId, row: u32, column: ColumnId) -> At {
        At { table: self.table(var), row, field: Some(FieldAt::Column(column)) }
    }

    fn cell(&self, at: At, column: ColumnId, state: &State) -> Sym {
        let of = self.library.table(at.table).columns[column.0 as usize].of;
        match state.fix.sets.get(&at) {
            Some(spec) => self.said(spec, of),
            None => Sym::Val(self.run.decode(of, self.bundle.cell(at.table, at.row, column))),
        }
    }

    /// What a condition leaves no choice about.
    fn said(&self, spec: &Spec, of: Scalar) -> Sym {
        match (spec, of) {
            (Spec::New(number), _) => Sym::New(*number),
            (Spec::Cells(cells), Scalar::Ref(_)) => {
                let row = cells.single().and_then(|c| u32::try_from(c).ok());
                Sym::Val(row.map_or(Val::Unknown, Val::Item))
            }
            _ => Sym::Val(spec.known(self.bundle, of).map_or(Val::Unknown, Val::Known)),
        }
    }

    pub(super) fn sym(&self, expr: &'a Expr, state: &State) -> Sym {
        let val = |e: &'a Expr| match self.sym(e, state) {
            Sym::Val(val) => val,
            Sym::New(_) => Val::Unknown,
        };
        let unknown = Sym::Val(Val::Unknown);
        match &expr.kind {
            ExprKind::Column(var, column) => match state.rows.get(var.0 as usize) {
                Some(Place::Row(row)) => self.cell(self.at(*var, *row, *column), *column, state),
                Some(Place::New(path)) => {
                    let said = state.fix.draft(path).and_then(|d| d.fields.get(column));
                    said.map_or(unknown, |spec| self.said(spec, scalar(expr)))
                }
                Some(Place::Unbound) | None => unknown,
            },
            ExprKind::Item(var) => match state.rows.get(var.0 as usize) {
                Some(Place::Row(row)) => Sym::Val(Val::Item(*row)),
                Some(Place::New(Path { root: Root::Add(number), steps })) if steps.is_empty() => Sym::New(*number),
                Some(Place::New(_) | Place::Unbound) | None => unknown,
            },
            ExprKind::Follow { reference, table, column } => match self.sym(reference, state) {
                Sym::Val(Val::Item(row)) => {
                    self.cell(At { table: *table, row, field: Some(FieldAt::Column(*column)) }, *column, state)
                }
                Sym::New(number) => {
                    let said = state.fix.adds.get(number).and_then(|d| d.fields.get(column));
                    said.map_or(unknown, |spec| self.said(spec, scalar(expr)))
                }
                Sym::Val(_) => unknown,
            },
            ExprKind::Fact(fact) => match state.fix.facts.get(fact) {
                Some(spec) => self.said(spec, scalar(expr)),
                None => Sym::Val(self.run.value(expr, &mut self.frame(state))),
            },
            ExprKind::Named(_, inner) => self.sym(inner, state),
            ExprKind::Window(side, period, day) => Sym::Val(window(*side, val(period), val(day))),
            ExprKind::Arithmetic(op, a, b) => Sym::Val(arithmetic(*op, val(a), val(b))),
            ExprKind::Pick { later, of } => {
                let mut values = of.iter().map(val);
                let first = values.next().unwrap_or(Val::Unknown);
                Sym::Val(values.fold(first, |best, next| pick(*later, best, next)))
            }
            ExprKind::Literal(_) | ExprKind::Assessment | ExprKind::Parameter(_) => {
                Sym::Val(constant(self.library, self.date, expr).unwrap_or(Val::Unknown))
            }
            _ if self.reads_new(expr, state) => unknown,
            _ => Sym::Val(self.run.value(expr, &mut self.frame(state))),
        }
    }

    /// The field or fact that an expression is.
    pub(super) fn target(&self, expr: &'a Expr, state: &State) -> Option<Target> {
        match &expr.kind {
            ExprKind::Column(var, column) => match state.rows.get(var.0 as usize)? {
                Place::Row(row) => Some(Target::Cell(self.at(*var, *row, *column))),
                Place::New(path) => Some(Target::New(path.clone(), *column)),
                Place::Unbound => None,
            },
            ExprKind::Follow { reference, table, column } => match self.sym(reference, state) {
                Sym::Val(Val::Item(row)) => Some(Target::Cell(At { table: *table, row, field: Some(FieldAt::Column(*column)) })),
                Sym::New(number) => Some(Target::New(Path { root: Root::Add(number), steps: Vec::new() }, *column)),
                Sym::Val(_) => None,
            },
            ExprKind::Fact(fact) => Some(Target::Fact(*fact)),
            ExprKind::Named(_, inner) => self.target(inner, state),
            _ => None,
        }
    }

    /// Has an expression say what a condition asks, where it is a field or a fact that may.
    pub(super) fn say(&self, expr: &'a Expr, spec: &Spec, state: &State) -> Vec<State> {
        if let Some(target) = self.target(expr, state) {
            return self.constrain(&target, spec, state.clone());
        }
        let inner = match &expr.kind {
            ExprKind::Named(_, inner) => inner,
            _ => expr,
        };
        // A field of an item that is not named yet: name one that is as it has to be.
        if let ExprKind::Follow { reference, table, column } = &inner.kind
            && self.target(reference, state).is_some()
        {
            let of = self.library.table(*table).columns[column.0 as usize].of;
            let fits = |row: &u32| {
                let cell = self.bundle.cell(*table, *row, *column);
                cell != MISSING && cell != DANGLING && self.fits(spec, of, cell)
            };
            let rows: Vec<u32> = (0..self.bundle.rows(*table).len).filter(fits).take(2).collect();
            return rows.into_iter().flat_map(|row| self.say(reference, &Spec::cell(i64::from(row)), state)).collect();
        }
        Vec::new()
    }

    fn fits(&self, spec: &Spec, of: Scalar, cell: i64) -> bool {
        match (spec, self.bundle.value(of, cell)) {
            (Spec::Any, _) => true,
            (Spec::Cells(_), _) => spec.and(&Spec::cell(cell)).is_some(),
            (Spec::Numbers { .. }, Some(value)) => {
                decimal(value).and_then(|d| Spec::number(CompareOp::Equal, d)).is_some_and(|s| spec.and(&s).is_some())
            }
            (Spec::Days { covers, within }, Some(Value::Interval(days))) => {
                covers.is_none_or(|c| days.covers(c)) && within.is_none_or(|w| w.covers(days))
            }
            _ => false,
        }
    }

    pub(super) fn constrain(&self, target: &Target, spec: &Spec, mut state: State) -> Vec<State> {
        match target {
            Target::New(path, column) => {
                let Some(draft) = state.fix.draft_mut(path) else { return Vec::new() };
                let both = draft.fields.get(column).map_or_else(|| Some(spec.clone()), |before| before.and(spec));
                match both {
                    Some(both) => {
                        draft.fields.insert(*column, both);
                        vec![state]
                    }
                    None => Vec::new(),
                }
            }
            Target::Cell(at) => {
                if let Some(before) = state.fix.sets.get(at) {
                    let Some(both) = before.and(spec) else { return Vec::new() };
                    state.fix.sets.insert(*at, both);
                    return vec![state];
                }
                if !self.may_say(*at, spec) {
                    return self.stuck(Stuck::Happened);
                }
                state.fix.sets.insert(*at, spec.clone());
                vec![state]
            }
            Target::Fact(fact) => {
                let before = state.fix.facts.get(fact);
                let stated = before.is_none() && self.bundle.fact(*fact) != MISSING;
                let both = before.map_or_else(|| Some(spec.clone()), |b| b.and(spec));
                match both {
                    // What an entity is, is not changed to suit a rule.
                    _ if stated => self.stuck(Stuck::Happened),
                    Some(both) => {
                        state.fix.facts.insert(*fact, both);
                        vec![state]
                    }
                    None => Vec::new(),
                }
            }
        }
    }

    /// Whether a field may come to say something else without a past event being rewritten: what is not stated yet, what leads nowhere, a day
    /// until which something holds, a no that becomes a yes, and what describes a state of things. Not an id, not who wrote it, not a day, a
    /// stretch of days or words, not how grave something was.
    fn may_say(&self, at: At, spec: &Spec) -> bool {
        let Some(FieldAt::Column(column)) = at.field else { return false };
        let is_kind = self.library.table(at.table).parent.is_none();
        if is_kind && column == Common::Id.column() {
            return false;
        }
        let cell = self.bundle.cell(at.table, at.row, column);
        if cell == MISSING || cell == DANGLING {
            return true;
        }
        if is_kind && column == Common::Author.column() {
            return false;
        }
        let dated = self.library.kind(self.library.table(at.table).kind).dated_by.is_some();
        match self.library.table(at.table).columns[column.0 as usize].of {
            // No becomes yes once it is done; a yes is not taken back.
            Scalar::Bool => cell == 0,
            // A record of something with a day says how it was. What has none describes how things are.
            Scalar::Term(vocabulary) => !dated && !self.library.vocabulary(vocabulary).ordered,
            Scalar::Whole | Scalar::Decimal | Scalar::Percent | Scalar::Period => !dated,
            // Somebody else may do it; a record of one person or thing never becomes that of another.
            Scalar::Ref(_) => matches!(spec, Spec::Cells(c) if c.single().is_none()),
            Scalar::Date => {
                let lapses = is_kind && self.library.kinds[at.table.0 as usize].lapses_on == Some(column);
                lapses && matches!(spec, Spec::Cells(c) if c.last > cell)
            }
            Scalar::Text | Scalar::Interval => false,
        }
    }

    /// The days, terms or items that compare with a value as asked.
    pub(super) fn spec_of(&self, op: CompareOp, of: Scalar, value: Sym) -> Option<Spec> {
        match value {
            Sym::New(number) => (op == CompareOp::Equal).then_some(Spec::New(number)),
            Sym::Val(Val::Item(row)) => match op {
                CompareOp::Equal => Some(Spec::cell(i64::from(row))),
                CompareOp::NotEqual => Some(Spec::except(BTreeSet::from([i64::from(row)]))),
                CompareOp::Less | CompareOp::AtMost | CompareOp::Greater | CompareOp::AtLeast => None,
            },
            Sym::Val(Val::Known(known)) => match (known, of) {
                (_, Scalar::Decimal | Scalar::Percent) => Spec::number(op, decimal(known)?),
                (Value::Bool(b), _) => Spec::compared(op, i64::from(b)),
                (Value::Whole(n), _) => Spec::compared(op, n),
                (Value::Date(d), _) => Spec::compared(op, i64::from(d.day_number())),
                (Value::Term(t), _) => Spec::compared(op, i64::from(t)),
                (Value::Text(t), _) => match op {
                    CompareOp::Equal | CompareOp::NotEqual => Spec::compared(op, i64::from(t.0)),
                    CompareOp::Less | CompareOp::AtMost | CompareOp::Greater | CompareOp::AtLeast => None,
                },
                (Value::Decimal(_) | Value::Period(_) | Value::Interval(_) | Value::Percent(_), _) => None,
            },
            Sym::Val(Val::Dangling | Val::Unknown) => None,
        }
    }
}
