//! Answers a planned requirement against a bundle: does it hold. The reasons are given by [`super::explain`], on the same plan.

use std::cell::OnceCell;
use std::cmp::Ordering;

use super::index::Index;
use super::plan::{Node, NodeKind, Plan, Planned, Slot, Walk};
use super::value::{self, Val, holds};
use crate::base::Truth;
use crate::evidence::{At, Bundle, DANGLING, MISSING, NilOf};
use crate::library::model::{
    CompareOp, Expr, ExprKind, KindId, Library, RequirementId, Scalar, Source, TableId, TextId, Value, VarId,
};
use crate::policy::Admissibility;

/// A variable that is not bound.
pub(crate) const UNBOUND: u32 = u32::MAX;

/// One run of a plan over a bundle.
pub(crate) struct Run<'a> {
    pub(crate) plan: &'a Plan<'a>,
    pub(crate) library: &'a Library,
    pub(crate) bundle: &'a Bundle,
    /// What may be relied on.
    pub(crate) admissibility: &'a Admissibility,
    cells: Vec<&'a [i64]>,
    pub(super) indexes: Vec<OnceCell<Index>>,
}

/// The rows that variables hold while a requirement is looked at.
pub(crate) struct Frame<'a> {
    pub(crate) rows: Vec<u32>,
    pub(crate) planned: &'a Planned<'a>,
    /// A list that the last walk came to and that is not stated: what would be in it is not known.
    pub(crate) unstated: Option<At>,
}

impl<'a> Run<'a> {
    pub(crate) fn new(plan: &'a Plan<'a>, bundle: &'a Bundle, admissibility: &'a Admissibility) -> Self {
        let cells = plan.columns.iter().map(|(t, c)| bundle.rows(*t).columns[c.0 as usize].as_slice()).collect();
        let indexes = plan.indexes.iter().map(|_| OnceCell::new()).collect();
        Self { plan, library: plan.library, bundle, admissibility, cells, indexes }
    }

    /// A frame for a requirement, in the memory of one that is done with.
    pub(crate) fn frame(&self, requirement: RequirementId, mut rows: Vec<u32>) -> Frame<'a> {
        let planned = &self.plan.requirements[requirement.0 as usize];
        rows.clear();
        rows.resize(planned.tables.len(), UNBOUND);
        Frame { rows, planned, unstated: None }
    }

    /// A cell that the plan named beforehand.
    pub(crate) fn cell(&self, frame: &Frame<'_>, var: VarId, slot: Slot) -> i64 {
        self.cells[slot as usize][frame.rows[var.0 as usize] as usize]
    }

    pub(crate) fn is_barred(&self, table: TableId, row: u32) -> bool {
        self.admissibility.admits(table, row) == Truth::False
    }

    /// Whether a step holds.
    #[inline]
    pub(crate) fn truth(&self, node: &Node<'a>, frame: &mut Frame<'a>) -> Truth {
        match &node.kind {
            NodeKind::CellCompare { var, slot, op, cell, .. } => match self.cell(frame, *var, *slot) {
                MISSING => Truth::Unknown,
                here => holds(*op, here.cmp(cell)).into(),
            },
            NodeKind::CellRange { var, slot, first, last, .. } => match self.cell(frame, *var, *slot) {
                MISSING => Truth::Unknown,
                here => (*first <= here && here <= *last).into(),
            },
            _ => self.other(node, frame),
        }
    }

    /// Whether a step that is not the commonest kind of comparison holds.
    fn other(&self, node: &Node<'a>, frame: &mut Frame<'a>) -> Truth {
        match &node.kind {
            NodeKind::CellCompare { .. } | NodeKind::CellRange { .. } => self.truth(node, frame),
            NodeKind::Constant(truth) => *truth,
            NodeKind::CellPair { left, op, right } => {
                match (self.cell(frame, left.0, left.1), self.cell(frame, right.0, right.1)) {
                    (MISSING, _) | (_, MISSING) => Truth::Unknown,
                    (a, b) => holds(*op, a.cmp(&b)).into(),
                }
            }
            NodeKind::CellItem { var, slot, item, equal } => match self.cell(frame, *var, *slot) {
                MISSING => Truth::Unknown,
                DANGLING => {
                    if *equal {
                        Truth::False
                    } else {
                        Truth::Unknown
                    }
                }
                row => ((row == i64::from(frame.rows[item.0 as usize])) == *equal).into(),
            },
            NodeKind::CellTrue { var, slot } => match self.cell(frame, *var, *slot) {
                MISSING => Truth::Unknown,
                cell => (cell != 0).into(),
            },
            NodeKind::CellStated { var, slot, stated } => ((self.cell(frame, *var, *slot) != MISSING) == *stated).into(),
            NodeKind::Computed { positive } => self.computed(node.expr, *positive, frame),
            NodeKind::And(parts) => self.all(parts, frame),
            NodeKind::Or(parts) => {
                let mut best = Truth::False;
                for part in parts {
                    best = best.or(self.truth(part, frame));
                    if best == Truth::True {
                        break;
                    }
                }
                best
            }
            NodeKind::Not(inner) => self.truth(inner, frame).not(),
            NodeKind::Named(inner) => self.truth(inner, frame),
            NodeKind::Group { at_least, members } => {
                let truths = members.iter().map(|m| self.truth(m, frame));
                at_least_of(*at_least, truths)
            }
            NodeKind::Elements(plan) => self.elements(plan, frame),
            NodeKind::Rhythm(plan) => self.rhythm(plan, frame).0,
        }
    }

    /// Whether all hold.
    pub(crate) fn all(&self, parts: &[Node<'a>], frame: &mut Frame<'a>) -> Truth {
        let mut worst = Truth::True;
        for part in parts {
            worst = worst.and(self.truth(part, frame));
            if worst == Truth::False {
                break;
            }
        }
        worst
    }

    fn computed(&self, expr: &'a Expr, positive: bool, frame: &mut Frame<'a>) -> Truth {
        match &expr.kind {
            ExprKind::Compare(op, left, right) => {
                let truth = value::compare(*op, self.value(left, frame), self.value(right, frame));
                // A count of nothing, when nobody said that there was nothing, proves nothing; nor does, under `not`, that it is not reached.
                if (truth == Truth::True || (truth == Truth::False && !positive))
                    && [left, right].into_iter().any(|e| self.counts_nothing(e, frame))
                {
                    return Truth::Unknown;
                }
                truth
            }
            ExprKind::InWindow(op, left, right) => value::in_window(*op, self.value(left, frame), self.value(right, frame)),
            ExprKind::Present { of, stated } => self.presence(of, *stated, frame),
            ExprKind::OneOf { of, among, negated } => {
                let of = self.value(of, frame);
                let any = among
                    .iter()
                    .map(|e| value::compare(CompareOp::Equal, of, self.value(e, frame)))
                    .fold(Truth::False, Truth::or);
                if *negated { any.not() } else { any }
            }
            ExprKind::Contains { list, value: wanted } => self.contains(list, wanted, frame),
            _ => self.value(expr, frame).truth(),
        }
    }

    fn presence(&self, of: &'a Expr, stated: bool, frame: &mut Frame<'a>) -> Truth {
        let is_stated = match &of.kind {
            ExprKind::ListStated(var, list) => {
                let table = frame.planned.tables[var.0 as usize];
                let lists = &self.bundle.rows(table).lists[list.0 as usize];
                Some(lists.stated.get(frame.rows[var.0 as usize] as usize).copied().unwrap_or(false))
            }
            // Whether the field of an item that is itself not known is stated is not known.
            ExprKind::Follow { reference, table, column } => match self.value(reference, frame) {
                Val::Item(row) => Some(self.bundle.cell(*table, row, *column) != MISSING),
                Val::Known(_) | Val::Dangling | Val::Unknown => None,
            },
            ExprKind::Named(_, inner) => return self.presence(inner, stated, frame),
            _ => Some(self.value(of, frame) != Val::Unknown),
        };
        is_stated.map_or(Truth::Unknown, |s| (s == stated).into())
    }

    fn contains(&self, list: &Source, wanted: &'a Expr, frame: &mut Frame<'a>) -> Truth {
        let wanted = self.value(wanted, frame);
        let Some((table, first, end)) = self.list_rows(list, frame) else { return Truth::Unknown };
        let of = self.library.table(table).columns[0].of;
        let column = &self.bundle.rows(table).columns[0];
        let cells = column.get(first as usize..end as usize).unwrap_or(&[]);
        cells.iter().map(|c| value::compare(CompareOp::Equal, self.decode(of, *c), wanted)).fold(Truth::False, Truth::or)
    }

    /// The rows of a list; `None` when the list is not stated.
    pub(crate) fn list_rows(&self, list: &Source, frame: &Frame<'a>) -> Option<(TableId, u32, u32)> {
        let (parent, row, list, table) = match *list {
            Source::Kind(_) => return None,
            Source::List { of, list, table } => (frame.planned.tables[of.0 as usize], frame.rows[of.0 as usize], list, table),
            Source::FollowedList { of, through, kind, list, table } => {
                let cell = self.bundle.cell(frame.planned.tables[of.0 as usize], frame.rows[of.0 as usize], through);
                (TableId(kind.0), u32::try_from(cell).ok()?, list, table)
            }
        };
        let elements = &self.bundle.rows(parent).lists[list.0 as usize];
        elements.stated.get(row as usize).copied().filter(|s| *s)?;
        Some((table, elements.starts[row as usize], elements.starts[row as usize + 1]))
    }

    fn counts_nothing(&self, expr: &'a Expr, frame: &mut Frame<'a>) -> bool {
        match &expr.kind {
            ExprKind::Named(_, inner) => self.counts_nothing(inner, frame),
            ExprKind::Aggregate { .. } => self.aggregate_walk(expr, frame).is_some_and(|walk| self.nothing_there(walk)),
            _ => false,
        }
    }

    pub(crate) fn aggregate_walk(&self, expr: &Expr, frame: &Frame<'a>) -> Option<&'a Walk<'a>> {
        frame.planned.aggregates.iter().find(|(e, _)| std::ptr::eq(*e, expr)).map(|(_, walk)| walk)
    }

    /// Whether a kind that a walk ranges over has no item to look at, and no nil return says that this is right.
    pub(crate) fn nothing_there(&self, walk: &Walk<'a>) -> bool {
        self.empty_kind(walk).is_some() && self.nil_return(walk).is_none()
    }

    /// The first kind of a walk that has no items.
    pub(crate) fn empty_kind(&self, walk: &Walk<'a>) -> Option<KindId> {
        walk.kinds.iter().map(|(kind, _)| *kind).find(|kind| self.bundle.rows(TableId(kind.0)).len == 0)
    }

    /// A nil return that covers a walk: for one of its kinds, and the days the walk asks about (the assessment date where it names none).
    pub(crate) fn nil_return(&self, walk: &Walk<'a>) -> Option<u32> {
        let of_kinds = walk.kinds.iter().find_map(|(kind, window)| self.nil_return_of(NilOf::Kind(*kind), *window));
        of_kinds.or_else(|| {
            let (_, window) = walk.kinds.first()?;
            self.nil_return_of(NilOf::Requirement(walk.requirement), *window)
        })
    }

    fn nil_return_of(&self, of: NilOf, window: Option<crate::base::Interval>) -> Option<u32> {
        let mut wanted = window.unwrap_or(crate::base::Interval::new(self.plan.date, self.plan.date));
        // Nothing can be stated about days to come: a window that reaches past the assessment date is covered when it is covered up to it.
        wanted.last = wanted.last.min(self.plan.date).max(wanted.first);
        let mut last = None;
        // Sorted by what they are of and by period, so that neighbouring returns may cover the days together.
        for (i, nil) in (0u32..).zip(&self.bundle.nil_returns) {
            // A statement that nobody answers for states nothing.
            if nil.of == of && nil.made_by.is_some() && nil.period.first <= wanted.first && wanted.first <= nil.period.last {
                last = Some(i);
                if nil.period.last >= wanted.last {
                    return last;
                }
                wanted.first = crate::base::Date::from_day_number(nil.period.last.day_number() + 1)?;
            }
        }
        last.filter(|_| wanted.first > wanted.last)
    }

    /// The value of an expression.
    pub(crate) fn value(&self, expr: &'a Expr, frame: &mut Frame<'a>) -> Val {
        match &expr.kind {
            ExprKind::Literal(value) => Val::Known(*value),
            ExprKind::Column(var, column) => {
                let table = frame.planned.tables[var.0 as usize];
                let row = frame.rows[var.0 as usize];
                if row == UNBOUND {
                    return Val::Unknown;
                }
                self.decode(self.library.table(table).columns[column.0 as usize].of, self.bundle.cell(table, row, *column))
            }
            ExprKind::Item(var) => match frame.rows[var.0 as usize] {
                UNBOUND => Val::Unknown,
                row => Val::Item(row),
            },
            ExprKind::Follow { reference, table, column } => match self.value(reference, frame) {
                Val::Item(row) => {
                    self.decode(self.library.table(*table).columns[column.0 as usize].of, self.bundle.cell(*table, row, *column))
                }
                Val::Known(_) | Val::Dangling | Val::Unknown => Val::Unknown,
            },
            ExprKind::Fact(fact) => self.decode(self.library.fact(*fact).of, self.bundle.fact(*fact)),
            ExprKind::EntityKind => self.bundle.entity.kind.map_or(Val::Unknown, |t| Val::Known(Value::Term(t.0))),
            ExprKind::EntitySems => self.bundle.entity.sems.map_or(Val::Unknown, |t| Val::Known(Value::Term(t.0))),
            ExprKind::EntityId => {
                // A text that no rule names equals no literal.
                let id = self.library.texts.binary_search(&self.bundle.entity.id).map_or(u32::MAX, |i| i as u32);
                Val::Known(Value::Text(TextId(id)))
            }
            ExprKind::Assessment | ExprKind::Parameter(_) => {
                super::reading::constant(self.library, self.plan.date, expr).unwrap_or(Val::Unknown)
            }
            ExprKind::Named(_, inner) => self.value(inner, frame),
            ExprKind::Window(side, period, date) => value::window(*side, self.value(period, frame), self.value(date, frame)),
            ExprKind::Pick { later, of } => {
                let mut values = of.iter().map(|e| self.value(e, frame));
                let first = values.next().unwrap_or(Val::Unknown);
                values.fold(first, |best, next| value::pick(*later, best, next))
            }
            ExprKind::Arithmetic(op, a, b) => value::arithmetic(*op, self.value(a, frame), self.value(b, frame)),
            ExprKind::Aggregate { of, value, throughout, .. } => match self.aggregate_walk(expr, frame) {
                Some(walk) => self.aggregate(*of, value.as_deref(), throughout.as_deref(), walk, frame),
                None => Val::Unknown,
            },
            ExprKind::Compare(..)
            | ExprKind::InWindow(..)
            | ExprKind::Present { .. }
            | ExprKind::OneOf { .. }
            | ExprKind::Contains { .. } => known(self.computed(expr, true, frame)),
            // Steps of logic inside a value (`(some …) = true`) have no plan of their own; authors write them as conditions.
            ExprKind::Or(_)
            | ExprKind::And(_)
            | ExprKind::Not(_)
            | ExprKind::Quantified { .. }
            | ExprKind::Recurs { .. }
            | ExprKind::Group { .. }
            | ExprKind::ListStated(..) => Val::Unknown,
        }
    }

    /// What a cell says.
    pub(crate) fn decode(&self, of: Scalar, cell: i64) -> Val {
        match (of, cell) {
            (_, MISSING) => Val::Unknown,
            (Scalar::Ref(_), DANGLING) => Val::Dangling,
            (Scalar::Ref(_), row) => u32::try_from(row).map_or(Val::Dangling, Val::Item),
            _ => self.bundle.value(of, cell).map_or(Val::Unknown, Val::Known),
        }
    }
}

/// Whether at least so many of the truths are true.
pub(crate) fn at_least_of(wanted: u32, truths: impl Iterator<Item = Truth>) -> Truth {
    let (mut yes, mut open) = (0u32, 0u32);
    for truth in truths {
        match truth {
            Truth::True => yes += 1,
            Truth::Unknown => open += 1,
            Truth::False => {}
        }
    }
    at_least(wanted, yes, open)
}

/// Whether at least `wanted` hold, when `yes` do and `open` may.
pub(crate) fn at_least(wanted: u32, yes: u32, open: u32) -> Truth {
    if yes >= wanted {
        Truth::True
    } else if yes + open < wanted {
        Truth::False
    } else {
        Truth::Unknown
    }
}

fn known(truth: Truth) -> Val {
    match truth {
        Truth::True => Val::Known(Value::Bool(true)),
        Truth::False => Val::Known(Value::Bool(false)),
        Truth::Unknown => Val::Unknown,
    }
}

/// The order of two dates held in values, for `latest`.
pub(crate) fn later(a: Val, b: Val) -> Option<Ordering> {
    Some(a.date()?.cmp(&b.date()?))
}
