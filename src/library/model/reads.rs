//! What expressions read of the evidence: tables, and fields of their rows.

use std::collections::{BTreeMap, BTreeSet};

use super::{ColumnId, Expr, ExprKind, KindId, Library, ListId, Requirement, Source, TableId, VarId};

/// What some expressions read.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Reads {
    /// Tables whose rows are looked at.
    pub tables: BTreeSet<TableId>,
    /// Scalar fields.
    pub columns: BTreeSet<(TableId, ColumnId)>,
    /// Lists.
    pub lists: BTreeSet<(TableId, ListId)>,
    /// Whether facts about the entity are read.
    pub facts: bool,
}

impl Reads {
    /// What one expression reads.
    #[must_use]
    pub fn of(expr: &Expr) -> Self {
        let mut reads = Self::default();
        reads.add(expr);
        reads
    }

    /// What a requirement reads: its clauses, and the condition under which it applies.
    #[must_use]
    pub fn of_requirement(requirement: &Requirement) -> Self {
        let mut reads = Self::default();
        requirement.applies.when.iter().chain(requirement.clauses.iter().map(|c| &c.body)).for_each(|e| reads.add(e));
        reads
    }

    /// The kinds of the tables that are looked at.
    #[must_use]
    pub fn kinds(&self, library: &Library) -> BTreeSet<KindId> {
        self.tables.iter().map(|t| library.table(*t).kind).collect()
    }

    fn add(&mut self, expr: &Expr) {
        // A slot may be used again, so a variable may stand for rows of several tables.
        let mut held: BTreeMap<VarId, BTreeSet<TableId>> = BTreeMap::new();
        each(expr, &mut |e| {
            for (var, source) in bindings(e) {
                held.entry(*var).or_default().insert(match source {
                    Source::Kind(kind) => TableId(kind.0),
                    Source::List { table, .. } | Source::FollowedList { table, .. } => *table,
                });
            }
        });
        let tables = |var: &VarId| held.get(var).into_iter().flatten().copied().collect::<Vec<_>>();
        each(expr, &mut |e| {
            e.each_source(&mut |source| self.source(source, &tables));
            match &e.kind {
                ExprKind::Column(var, column) => self.columns.extend(tables(var).into_iter().map(|t| (t, *column))),
                ExprKind::ListStated(var, list) => self.lists.extend(tables(var).into_iter().map(|t| (t, *list))),
                ExprKind::Follow { table, column, .. } => {
                    self.tables.insert(*table);
                    self.columns.insert((*table, *column));
                }
                ExprKind::Fact(_) => self.facts = true,
                _ => {}
            }
        });
    }

    fn source(&mut self, source: Source, tables: &dyn Fn(&VarId) -> Vec<TableId>) {
        match source {
            Source::Kind(kind) => {
                self.tables.insert(TableId(kind.0));
            }
            Source::List { of, list, table } => {
                self.lists.extend(tables(&of).into_iter().map(|t| (t, list)));
                self.tables.insert(table);
            }
            Source::FollowedList { of, through, kind, list, table } => {
                self.columns.extend(tables(&of).into_iter().map(|t| (t, through)));
                self.lists.insert((TableId(kind.0), list));
                self.tables.extend([TableId(kind.0), table]);
            }
        }
    }
}

fn bindings(expr: &Expr) -> &[(VarId, Source)] {
    match &expr.kind {
        ExprKind::Quantified { over, .. } | ExprKind::Aggregate { over, .. } => over,
        ExprKind::Recurs { over, .. } => std::slice::from_ref(over),
        _ => &[],
    }
}

fn each<'e>(expr: &'e Expr, visit: &mut dyn FnMut(&'e Expr)) {
    visit(expr);
    expr.each_child(&mut |child| each(child, visit));
}
