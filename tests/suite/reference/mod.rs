//! A second evaluator, as plain as possible: nested loops over all items, no joins, no indexes, no plan. It reads the typed expressions and the
//! bundle, and follows the pages of the language, so that the engine can be held against it.

mod elements;
mod value;

use abide::base::{Date, Truth};
use abide::evidence::{Bundle, NilOf};
use abide::library::model::{CompareOp, Expr, ExprKind, KindId, Library, ListId, Source, TableId, VarId};

use value::Answer;

/// The evaluator.
pub(crate) struct Reference<'a> {
    library: &'a Library,
    bundle: &'a Bundle,
    date: Date,
}

/// What a variable holds.
#[derive(Debug, Clone, Copy)]
struct Bound {
    table: TableId,
    /// The row; `None` stands for whatever a list that is not stated may hold.
    row: Option<u32>,
}

type Scope = Vec<Option<Bound>>;

impl<'a> Reference<'a> {
    /// One for a bundle on a date.
    pub(crate) fn new(library: &'a Library, bundle: &'a Bundle, date: Date) -> Self {
        Self { library, bundle, date }
    }

    /// Whether a clause holds.
    pub(crate) fn clause(&self, body: &Expr, variables: u32) -> Truth {
        self.truth(body, &vec![None; variables as usize], true)
    }

    /// `positive`: whether an odd number of `not` stands around the condition or not.
    fn truth(&self, expr: &Expr, scope: &Scope, positive: bool) -> Truth {
        match &expr.kind {
            ExprKind::Or(parts) => parts.iter().fold(Truth::False, |t, e| t.or(self.truth(e, scope, positive))),
            ExprKind::And(parts) => parts.iter().fold(Truth::True, |t, e| t.and(self.truth(e, scope, positive))),
            ExprKind::Not(inner) => self.truth(inner, scope, !positive).not(),
            ExprKind::Named(_, inner) => self.truth(inner, scope, positive),
            ExprKind::Compare(op, a, b) => {
                let truth = self.value(a, scope).compare(*op, &self.value(b, scope));
                shown(truth, [a, b].into_iter().any(|e| self.of_nothing(e)), positive)
            }
            ExprKind::InWindow(op, a, b) => self.value(a, scope).in_window(*op, &self.value(b, scope)),
            ExprKind::Present { of, stated } => self.present(of, *stated, scope),
            ExprKind::OneOf { of, among, negated } => {
                let of = self.value(of, scope);
                let any = among.iter().fold(Truth::False, |t, e| t.or(of.compare(CompareOp::Equal, &self.value(e, scope))));
                if *negated { any.not() } else { any }
            }
            ExprKind::Contains { list, value } => match self.list(*list, scope) {
                None => Truth::Unknown,
                Some((table, rows)) => {
                    let wanted = self.value(value, scope);
                    let column = |row| self.cell(table, Some(row), 0);
                    rows.fold(Truth::False, |t, row| t.or(column(row).compare(CompareOp::Equal, &wanted)))
                }
            },
            ExprKind::Quantified { quantifier, over, filter, body } => {
                self.quantified(quantifier, over, filter.as_deref(), body.as_deref(), scope, positive)
            }
            ExprKind::Recurs { .. } => self.recurs(expr, scope, positive),
            ExprKind::Group { at_least, members } => {
                let truths: Vec<Truth> = members.iter().map(|m| self.truth(&m.body, scope, positive)).collect();
                let count = |wanted| truths.iter().filter(|t| **t == wanted).count() as u32;
                let (yes, open) = (count(Truth::True), count(Truth::Unknown));
                if yes >= *at_least {
                    Truth::True
                } else if yes + open >= *at_least {
                    Truth::Unknown
                } else {
                    Truth::False
                }
            }
            ExprKind::Literal(_)
            | ExprKind::Column(..)
            | ExprKind::Item(_)
            | ExprKind::Follow { .. }
            | ExprKind::ListStated(..)
            | ExprKind::Fact(_)
            | ExprKind::EntityKind
            | ExprKind::EntitySems
            | ExprKind::EntityId
            | ExprKind::Assessment
            | ExprKind::Parameter(_)
            | ExprKind::Window(..)
            | ExprKind::Pick { .. }
            | ExprKind::Arithmetic(..)
            | ExprKind::Aggregate { .. } => self.value(expr, scope).truth(),
        }
    }

    fn present(&self, of: &Expr, stated: bool, scope: &Scope) -> Truth {
        match &of.kind {
            ExprKind::Named(_, inner) => self.present(inner, stated, scope),
            ExprKind::ListStated(var, list) => match scope[var.0 as usize] {
                Some(Bound { table, row: Some(row) }) => {
                    (self.bundle.rows(table).lists[list.0 as usize].stated[row as usize] == stated).into()
                }
                _ => Truth::Unknown,
            },
            ExprKind::Column(var, _) if scope[var.0 as usize].is_some_and(|b| b.row.is_none()) => Truth::Unknown,
            // Whether a field of an item is stated is not known when it is not known which item is meant.
            ExprKind::Follow { reference, .. } if !matches!(self.value(reference, scope), Answer::Item(_)) => Truth::Unknown,
            _ => ((self.value(of, scope) != Answer::Unknown) == stated).into(),
        }
    }

    fn value(&self, expr: &Expr, scope: &Scope) -> Answer {
        match &expr.kind {
            ExprKind::Literal(value) => Answer::of(*value, |t| self.library.texts[t].clone()),
            ExprKind::Column(var, column) => match scope[var.0 as usize] {
                Some(bound) => self.cell(bound.table, bound.row, column.0),
                None => Answer::Unknown,
            },
            ExprKind::Item(var) => match scope[var.0 as usize] {
                Some(Bound { row: Some(row), .. }) => Answer::Item(row),
                _ => Answer::Unknown,
            },
            ExprKind::Follow { reference, table, column } => match self.value(reference, scope) {
                Answer::Item(row) => self.cell(*table, Some(row), column.0),
                _ => Answer::Unknown,
            },
            ExprKind::Fact(fact) => {
                let of = self.library.fact(*fact).of;
                Answer::read(self.bundle, of, self.bundle.fact(*fact))
            }
            ExprKind::EntityKind => self.bundle.entity.kind.map_or(Answer::Unknown, |t| Answer::Number(t.0.into())),
            ExprKind::EntitySems => self.bundle.entity.sems.map_or(Answer::Unknown, |t| Answer::Number(t.0.into())),
            ExprKind::EntityId => Answer::Text(self.bundle.entity.id.clone()),
            ExprKind::Assessment => Answer::Date(self.date),
            ExprKind::Parameter(id) => {
                let mut values = self.library.parameter(*id).values.iter();
                let today = values.find(|(_, days, _)| days.contains(self.date));
                today.map_or(Answer::Unknown, |(e, _, _)| self.value(e, scope))
            }
            ExprKind::Named(_, inner) => self.value(inner, scope),
            ExprKind::Window(side, period, date) => value::window(*side, &self.value(period, scope), &self.value(date, scope)),
            ExprKind::Pick { later, of } => {
                let dates: Option<Vec<Date>> = of.iter().map(|e| self.value(e, scope).date()).collect();
                let best = dates.and_then(|d| if *later { d.into_iter().max() } else { d.into_iter().min() });
                best.map_or(Answer::Unknown, Answer::Date)
            }
            ExprKind::Arithmetic(op, a, b) => value::arithmetic(*op, &self.value(a, scope), &self.value(b, scope)),
            ExprKind::Aggregate { of, value, over, filter, throughout } => {
                self.aggregate(*of, value.as_deref(), over, filter.as_deref(), throughout.as_deref(), scope)
            }
            ExprKind::Or(_)
            | ExprKind::And(_)
            | ExprKind::Not(_)
            | ExprKind::Compare(..)
            | ExprKind::InWindow(..)
            | ExprKind::Contains { .. }
            | ExprKind::Present { .. }
            | ExprKind::OneOf { .. }
            | ExprKind::Quantified { .. }
            | ExprKind::Recurs { .. }
            | ExprKind::Group { .. }
            | ExprKind::ListStated(..) => match self.truth(expr, scope, true) {
                Truth::True => Answer::Bool(true),
                Truth::False => Answer::Bool(false),
                Truth::Unknown => Answer::Unknown,
            },
        }
    }

    fn cell(&self, table: TableId, row: Option<u32>, column: u32) -> Answer {
        let of = self.library.table(table).columns[column as usize].of;
        match row {
            Some(row) => {
                Answer::read(self.bundle, of, self.bundle.tables[table.0 as usize].columns[column as usize][row as usize])
            }
            None => Answer::Unknown,
        }
    }

    /// The rows of a source; `None` when they are in a list that is not stated, or of an item that is not known.
    fn list(&self, source: Source, scope: &Scope) -> Option<(TableId, std::ops::Range<u32>)> {
        let elements = |parent: TableId, row: u32, list: ListId, table: TableId| {
            let elements = &self.bundle.rows(parent).lists[list.0 as usize];
            let stated = elements.stated[row as usize];
            stated.then(|| (table, elements.starts[row as usize]..elements.starts[row as usize + 1]))
        };
        match source {
            Source::Kind(KindId(kind)) => Some((TableId(kind), 0..self.bundle.rows(TableId(kind)).len)),
            Source::List { of, list, table } => {
                let Bound { table: parent, row } = scope[of.0 as usize]?;
                elements(parent, row?, list, table)
            }
            Source::FollowedList { of, through, kind, list, table } => {
                let Bound { table: parent, row } = scope[of.0 as usize]?;
                match self.cell(parent, row, through.0) {
                    Answer::Item(row) => elements(TableId(kind.0), row, list, table),
                    _ => None,
                }
            }
        }
    }

    fn source_table(source: Source) -> TableId {
        match source {
            Source::Kind(KindId(kind)) => TableId(kind),
            Source::List { table, .. } | Source::FollowedList { table, .. } => table,
        }
    }

    /// Whether there is a nil return for what is ranged over.
    fn nil_return(&self, over: &[(VarId, Source)]) -> bool {
        let stated = |kind: &KindId| self.bundle.nil_returns.iter().any(|n| n.of == NilOf::Kind(*kind) && n.made_by.is_some());
        over.iter().any(|(_, source)| matches!(source, Source::Kind(kind) if stated(kind)))
    }

    /// Whether there is no item at all of a kind ranged over, and nobody said that this is right.
    fn nothing(&self, over: &[(VarId, Source)]) -> bool {
        let empty = |kind: &KindId| self.bundle.tables[kind.0 as usize].len == 0;
        over.iter().any(|(_, source)| matches!(source, Source::Kind(kind) if empty(kind))) && !self.nil_return(over)
    }

    fn of_nothing(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Named(_, inner) => self.of_nothing(inner),
            ExprKind::Aggregate { over, .. } => self.nothing(over),
            _ => false,
        }
    }
}

/// What an answer shows that may rest on there being no item at all, when nobody said that this is right: that something holds is not shown, and,
/// under `not`, neither is that it does not.
fn shown(truth: Truth, of_nothing: bool, positive: bool) -> Truth {
    if of_nothing && (truth == Truth::True || !positive) { Truth::Unknown } else { truth }
}
