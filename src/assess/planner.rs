//! Makes plans: constants folded, comparisons of a field with a constant reduced to comparing integers, conditions moved to the first source
//! where they can be decided, references turned into index look-ups.

use rustc_hash::FxHashMap;

use super::plan::{Access, ElementsPlan, Node, NodeKind, Plan, Planned, RhythmPlan, Slot, Walk, Walked};
use super::reading::{conjuncts, constant, later_variables, reads_any, reads_variable};
use super::value::{self, Val};
use crate::base::{Date, Interval, Truth};
use crate::evidence::{encode_interval, encode_period};
use crate::library::model::{
    Basis, ColumnId, CompareOp, Expr, ExprKind, Library, ProvisionId, Quantifier, Requirement, RequirementId, Scalar, Source,
    TableId, Type, Value, VarId, WindowOp,
};

impl<'l> Plan<'l> {
    /// Makes the requirements of a library ready for a date.
    #[must_use]
    pub fn new(library: &'l Library, date: Date) -> Self {
        let current = RequirementId(0);
        let mut planner =
            Planner { library, current, date, columns: Vec::new(), slots: FxHashMap::default(), indexes: Vec::new() };
        let requirements =
            (0u32..).map(RequirementId).zip(&library.requirements).map(|(id, r)| planner.requirement(id, r)).collect();
        let readers = super::lapses::readers(library);
        Self { library, date, requirements, columns: planner.columns, indexes: planner.indexes, readers }
    }
}

struct Planner<'l> {
    library: &'l Library,
    /// The requirement that is being planned.
    current: RequirementId,
    date: Date,
    columns: Vec<(TableId, ColumnId)>,
    slots: FxHashMap<(TableId, ColumnId), Slot>,
    indexes: Vec<(TableId, ColumnId, bool)>,
}

impl<'l> Planner<'l> {
    fn requirement(&mut self, id: RequirementId, requirement: &'l Requirement) -> Planned<'l> {
        self.current = id;
        let mut tables = vec![TableId::default(); requirement.variables as usize];
        let exprs = requirement.clauses.iter().map(|c| &c.body).chain(requirement.applies.when.as_ref());
        let mut quantities = Vec::new();
        for expr in exprs {
            expr.collect_tables(&mut tables);
            expr.visit(&mut |e| {
                if matches!(e.kind, ExprKind::Aggregate { .. }) {
                    quantities.push(e);
                }
            });
        }
        let aggregates = quantities.into_iter().filter_map(|e| match &e.kind {
            ExprKind::Aggregate { over, filter, .. } => Some((e, self.walk(over, filter.as_deref(), &tables, true, true))),
            _ => None,
        });
        let aggregates = aggregates.collect();
        let when = requirement.applies.when.as_ref().map(|e| self.node(e, &tables, true));
        let clauses = requirement.clauses.iter().map(|c| self.node(&c.body, &tables, true)).collect();
        let provisions: Vec<ProvisionId> =
            requirement.discharges.iter().copied().filter(|p| self.library.provision(*p).in_force_on(self.date)).collect();
        let basis = provisions.iter().map(|p| self.library.provision(*p).basis).max();
        Planned {
            when,
            clauses,
            aggregates,
            tables,
            in_force: requirement.in_force.contains(self.date) && (!provisions.is_empty() || requirement.discharges.is_empty()),
            sealed: !provisions.is_empty() && provisions.iter().all(|p| self.library.provision(*p).basis == Basis::Sealed),
            basis,
            provisions,
        }
    }

    fn slot(&mut self, table: TableId, column: ColumnId) -> Slot {
        let columns = &mut self.columns;
        *self.slots.entry((table, column)).or_insert_with(|| {
            columns.push((table, column));
            columns.len() as Slot - 1
        })
    }

    fn index(&mut self, table: TableId, column: ColumnId) -> u32 {
        let is_ref = matches!(self.library.table(table).columns[column.0 as usize].of, Scalar::Ref(_));
        let wanted = (table, column, is_ref);
        if let Some(found) = self.indexes.iter().position(|i| *i == wanted) {
            return found as u32;
        }
        self.indexes.push(wanted);
        self.indexes.len() as u32 - 1
    }

    /// `positive`: whether making this true can only help the requirement.
    fn node(&mut self, expr: &'l Expr, tables: &[TableId], positive: bool) -> Node<'l> {
        let kind = match &expr.kind {
            ExprKind::And(parts) => NodeKind::And(parts.iter().map(|p| self.node(p, tables, positive)).collect()),
            ExprKind::Or(parts) => NodeKind::Or(parts.iter().map(|p| self.node(p, tables, positive)).collect()),
            ExprKind::Not(inner) => NodeKind::Not(Box::new(self.node(inner, tables, !positive))),
            ExprKind::Named(_, inner) => NodeKind::Named(Box::new(self.node(inner, tables, positive))),
            ExprKind::Group { at_least, members } => NodeKind::Group {
                at_least: *at_least,
                members: members.iter().map(|m| self.node(&m.body, tables, positive)).collect(),
            },
            ExprKind::Quantified { quantifier, over, filter, body } => {
                self.quantified(quantifier, over, filter.as_deref(), body.as_deref(), tables, positive)
            }
            ExprKind::Recurs { over, by, filter, every, throughout, allowing, max_gap } => {
                let mut walk = self.walk(std::slice::from_ref(over), filter.as_deref(), tables, positive, positive);
                if let Some((_, window)) = walk.kinds.first_mut() {
                    *window = constant(self.library, self.date, throughout).and_then(Val::interval);
                }
                NodeKind::Rhythm(Box::new(RhythmPlan {
                    walk,
                    by,
                    every,
                    throughout,
                    allowing: *allowing,
                    max_gap: max_gap.as_deref(),
                }))
            }
            ExprKind::Compare(op, left, right) => self.compare(*op, left, right, tables),
            ExprKind::InWindow(WindowOp::Within, left, right) => self.within(left, right, tables),
            ExprKind::Present { of, stated } => match of.kind {
                ExprKind::Column(var, column) => {
                    NodeKind::CellStated { var, slot: self.slot(tables[var.0 as usize], column), stated: *stated }
                }
                _ => NodeKind::Computed { positive: true },
            },
            ExprKind::Column(var, column) => NodeKind::CellTrue { var: *var, slot: self.slot(tables[var.0 as usize], *column) },
            _ => constant(self.library, self.date, expr)
                .map_or(NodeKind::Computed { positive: true }, |v| NodeKind::Constant(v.truth())),
        };
        let kind = if matches!(kind, NodeKind::Computed { .. }) { NodeKind::Computed { positive } } else { kind };
        Node { expr, kind }
    }

    fn quantified(
        &mut self,
        quantifier: &'l Quantifier,
        over: &[(VarId, Source)],
        filter: Option<&'l Expr>,
        body: Option<&'l Expr>,
        tables: &[TableId],
        positive: bool,
    ) -> NodeKind<'l> {
        // For these, an element more can only hurt: the filter works against the requirement, and a barred item stays in the population.
        let (filter_positive, keeps_barred) = match quantifier {
            Quantifier::Some | Quantifier::AtLeast(_) | Quantifier::Exactly(_) | Quantifier::Latest(_) => (positive, !positive),
            Quantifier::ShareAtLeast(_) | Quantifier::ShareAtMost(_) => (!positive, true),
            Quantifier::No | Quantifier::AtMost(_) | Quantifier::Every => (!positive, positive),
        };
        let walk = self.walk(over, filter, tables, filter_positive, !keeps_barred);
        let body = body.map(|b| self.node(b, tables, positive));
        NodeKind::Elements(Box::new(ElementsPlan { quantifier, walk, body, positive }))
    }

    fn walk(
        &mut self,
        over: &[(VarId, Source)],
        filter: Option<&'l Expr>,
        tables: &[TableId],
        filter_positive: bool,
        positive: bool,
    ) -> Walk<'l> {
        let mut conditions = Vec::new();
        if let Some(filter) = filter {
            conjuncts(filter, &mut conditions);
        }
        let mut unbound: Vec<VarId> = over.iter().map(|(v, _)| *v).collect();
        let mut levels = Vec::with_capacity(over.len());
        let mut kinds = Vec::new();
        for (i, (var, source)) in over.iter().enumerate() {
            unbound.retain(|v| v != var);
            let last = i + 1 == over.len();
            let (here, later): (Vec<_>, Vec<_>) = conditions.into_iter().partition(|c| last || !reads_any(c, &unbound));
            conditions = later;
            let table = tables[var.0 as usize];
            if let Source::Kind(kind) = source {
                kinds.push((*kind, here.iter().find_map(|c| self.constant_window(c, *var))));
            }
            let access = match source {
                Source::Kind(_) => self.access(*var, table, &here, over),
                Source::List { of, list, .. } => Access::List { of: *of, list: *list },
                Source::FollowedList { of, through, kind, list, .. } => Access::FollowedList {
                    of: *of,
                    through: self.slot(tables[of.0 as usize], *through),
                    table: TableId(kind.0),
                    list: *list,
                },
            };
            let filters: Vec<_> = here.into_iter().map(|c| self.node(c, tables, filter_positive)).collect();
            let equal = if matches!(access, Access::All) { self.equal(*var, &filters) } else { None };
            levels.push(Walked { var: *var, table, access, equal, filters });
        }
        Walk { levels, positive, requirement: self.current, kinds }
    }

    /// The first condition that wants one term of a vocabulary in a column of a source.
    fn equal(&mut self, var: VarId, filters: &[Node<'l>]) -> Option<(u32, i64)> {
        let (slot, cell) = filters.iter().find_map(|f| match f.kind {
            NodeKind::CellCompare { var: of, slot, op: CompareOp::Equal, cell } if of == var => {
                let (table, column) = self.columns[slot as usize];
                let is_term = matches!(self.library.table(table).columns[column.0 as usize].of, Scalar::Term(_));
                is_term.then_some((slot, cell))
            }
            _ => None,
        })?;
        let (table, column) = self.columns[slot as usize];
        Some((self.index(table, column), cell))
    }

    /// `x.date within W` with constant days.
    fn constant_window(&self, condition: &Expr, var: VarId) -> Option<Interval> {
        match &condition.kind {
            ExprKind::InWindow(WindowOp::Within, value, window) => match value.kind {
                ExprKind::Column(v, _) if v == var => constant(self.library, self.date, window)?.interval(),
                _ => None,
            },
            ExprKind::Named(_, inner) => self.constant_window(inner, var),
            _ => None,
        }
    }

    /// The best way to find the rows: by a reference or a key known before this source, else all.
    fn access(&mut self, var: VarId, table: TableId, conditions: &[&'l Expr], over: &[(VarId, Source)]) -> Access<'l> {
        let mut found = None;
        for condition in conditions {
            let ExprKind::Compare(CompareOp::Equal, left, right) = &condition.kind else { continue };
            for (mine, key) in [(left, right), (right, left)] {
                let known_before = !reads_any(key, &[var]) && !reads_any(key, &later_variables(over, var)) && reads_variable(key);
                if !known_before {
                    continue;
                }
                match mine.kind {
                    ExprKind::Item(v) if v == var => return Access::Row { key },
                    ExprKind::Column(v, column) if v == var && found.is_none() => found = Some((column, &**key)),
                    _ => {}
                }
            }
        }
        found.map_or(Access::All, |(column, key)| {
            let numeric = matches!(self.library.table(table).columns[column.0 as usize].of, Scalar::Decimal | Scalar::Percent);
            let same = self.library.table(table).columns[column.0 as usize].of;
            if numeric || key.of != Type::Scalar(same) {
                Access::All
            } else {
                Access::Equal { index: self.index(table, column), key }
            }
        })
    }

    fn compare(&mut self, op: CompareOp, left: &'l Expr, right: &'l Expr, tables: &[TableId]) -> NodeKind<'l> {
        match (&left.kind, &right.kind) {
            (ExprKind::Column(a, ca), ExprKind::Column(b, cb)) if left.of == right.of && raw(left.of) => NodeKind::CellPair {
                left: (*a, self.slot(tables[a.0 as usize], *ca)),
                op,
                right: (*b, self.slot(tables[b.0 as usize], *cb)),
            },
            (ExprKind::Column(var, column), ExprKind::Item(item)) | (ExprKind::Item(item), ExprKind::Column(var, column))
                if matches!(op, CompareOp::Equal | CompareOp::NotEqual) =>
            {
                let slot = self.slot(tables[var.0 as usize], *column);
                NodeKind::CellItem { var: *var, slot, item: *item, equal: op == CompareOp::Equal }
            }
            (ExprKind::Column(var, column), _) if raw(left.of) && left.of == right.of => {
                self.cell_compare(*var, *column, op, right, tables)
            }
            (_, ExprKind::Column(var, column)) if raw(left.of) && left.of == right.of => {
                self.cell_compare(*var, *column, mirrored(op), left, tables)
            }
            _ => match (constant(self.library, self.date, left), constant(self.library, self.date, right)) {
                (Some(a), Some(b)) => NodeKind::Constant(value::compare(op, a, b)),
                _ => NodeKind::Computed { positive: true },
            },
        }
    }

    fn cell_compare(&mut self, var: VarId, column: ColumnId, op: CompareOp, other: &'l Expr, tables: &[TableId]) -> NodeKind<'l> {
        match constant(self.library, self.date, other) {
            Some(Val::Known(known)) => {
                let slot = self.slot(tables[var.0 as usize], column);
                encode(known).map_or(NodeKind::Computed { positive: true }, |cell| NodeKind::CellCompare { var, slot, op, cell })
            }
            Some(_) => NodeKind::Constant(Truth::Unknown),
            None => NodeKind::Computed { positive: true },
        }
    }

    fn within(&mut self, left: &'l Expr, right: &'l Expr, tables: &[TableId]) -> NodeKind<'l> {
        match (&left.kind, constant(self.library, self.date, right)) {
            (ExprKind::Column(var, column), Some(window)) if left.of == Type::Scalar(Scalar::Date) => match window.interval() {
                Some(days) => NodeKind::CellRange {
                    var: *var,
                    slot: self.slot(tables[var.0 as usize], *column),
                    first: i64::from(days.first.day_number()),
                    last: i64::from(days.last.day_number()),
                },
                None => NodeKind::Constant(Truth::Unknown),
            },
            _ => NodeKind::Computed { positive: true },
        }
    }
}

/// Whether comparing cells compares values.
fn raw(of: Type) -> bool {
    match of {
        Type::Scalar(Scalar::Bool | Scalar::Whole | Scalar::Date | Scalar::Term(_) | Scalar::Text) => true,
        Type::Scalar(Scalar::Ref(_) | Scalar::Decimal | Scalar::Percent | Scalar::Period | Scalar::Interval) | Type::Row(_) => {
            false
        }
    }
}

/// The cell of a constant, where cells compare like values.
fn encode(value: Value) -> Option<i64> {
    match value {
        Value::Bool(b) => Some(i64::from(b)),
        Value::Whole(n) => Some(n),
        Value::Date(d) => Some(i64::from(d.day_number())),
        Value::Term(t) => Some(i64::from(t)),
        Value::Text(t) => Some(i64::from(t.0)),
        Value::Period(_) | Value::Interval(_) | Value::Decimal(_) | Value::Percent(_) => None,
    }
}

/// The cell of a value used as a key in an index; decimals are never keys.
pub(super) fn key_cell(value: Value) -> Option<i64> {
    match value {
        Value::Period(p) => Some(encode_period(p)),
        Value::Interval(i) => Some(encode_interval(i)),
        Value::Bool(_) | Value::Whole(_) | Value::Date(_) | Value::Term(_) | Value::Text(_) => encode(value),
        Value::Decimal(_) | Value::Percent(_) => None,
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
