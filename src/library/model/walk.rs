//! Walking over typed expressions.

use super::{Expr, ExprKind, Quantifier, Source, TableId};

impl Expr {
    /// Calls `f` with this expression and everything below it.
    pub fn visit<'a>(&'a self, f: &mut dyn FnMut(&'a Self)) {
        f(self);
        self.each_child(&mut |child| child.visit(f));
    }

    /// Notes in `tables`, by variable, the table that each variable of this expression ranges over.
    pub fn collect_tables(&self, tables: &mut [TableId]) {
        self.visit(&mut |e| {
            let over = match &e.kind {
                ExprKind::Quantified { over, .. } | ExprKind::Aggregate { over, .. } => over.as_slice(),
                ExprKind::Recurs { over, .. } => std::slice::from_ref(over),
                _ => &[],
            };
            for (var, source) in over {
                if let Some(table) = tables.get_mut(var.0 as usize) {
                    *table = source.table();
                }
            }
        });
    }

    /// Calls `visit` with every direct part of this expression, in the order they are written.
    pub fn each_child<'a>(&'a self, visit: &mut dyn FnMut(&'a Self)) {
        match &self.kind {
            ExprKind::Literal(_)
            | ExprKind::Column(..)
            | ExprKind::Item(_)
            | ExprKind::ListStated(..)
            | ExprKind::Fact(_)
            | ExprKind::EntityKind
            | ExprKind::EntitySems
            | ExprKind::EntityId
            | ExprKind::Assessment
            | ExprKind::Parameter(_) => {}
            ExprKind::Follow { reference: one, .. }
            | ExprKind::Named(_, one)
            | ExprKind::Not(one)
            | ExprKind::Contains { value: one, .. }
            | ExprKind::Present { of: one, .. } => visit(one),
            ExprKind::Or(many) | ExprKind::And(many) | ExprKind::Pick { of: many, .. } => many.iter().for_each(visit),
            ExprKind::Compare(_, a, b)
            | ExprKind::Window(_, a, b)
            | ExprKind::InWindow(_, a, b)
            | ExprKind::Arithmetic(_, a, b) => {
                visit(a);
                visit(b);
            }
            ExprKind::OneOf { of, among, .. } => {
                visit(of);
                among.iter().for_each(visit);
            }
            ExprKind::Quantified { quantifier, filter, body, .. } => {
                match quantifier {
                    Quantifier::Latest(by) => visit(by),
                    Quantifier::Some
                    | Quantifier::No
                    | Quantifier::Every
                    | Quantifier::AtLeast(_)
                    | Quantifier::AtMost(_)
                    | Quantifier::Exactly(_)
                    | Quantifier::ShareAtLeast(_)
                    | Quantifier::ShareAtMost(_) => {}
                }
                [filter, body].into_iter().flatten().for_each(|e| visit(e));
            }
            ExprKind::Aggregate { value, filter, throughout, .. } => {
                [value, filter, throughout].into_iter().flatten().for_each(|e| visit(e));
            }
            ExprKind::Recurs { by, filter, every, throughout, max_gap, .. } => {
                visit(by);
                filter.iter().for_each(|e| visit(e));
                visit(every);
                visit(throughout);
                max_gap.iter().for_each(|e| visit(e));
            }
            ExprKind::Group { members, .. } => members.iter().for_each(|m| visit(&m.body)),
        }
    }

    /// Calls `visit` with everything that this expression itself (not its parts) takes elements from.
    pub fn each_source(&self, visit: &mut dyn FnMut(Source)) {
        match &self.kind {
            ExprKind::Quantified { over, .. } | ExprKind::Aggregate { over, .. } => over.iter().for_each(|(_, s)| visit(*s)),
            ExprKind::Recurs { over, .. } => visit(over.1),
            ExprKind::Contains { list, .. } => visit(*list),
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
            | ExprKind::Named(..)
            | ExprKind::Or(_)
            | ExprKind::And(_)
            | ExprKind::Not(_)
            | ExprKind::Compare(..)
            | ExprKind::Window(..)
            | ExprKind::InWindow(..)
            | ExprKind::Present { .. }
            | ExprKind::OneOf { .. }
            | ExprKind::Pick { .. }
            | ExprKind::Arithmetic(..)
            | ExprKind::Group { .. } => {}
        }
    }
}

impl Source {
    /// The table of its elements.
    #[must_use]
    pub const fn table(&self) -> TableId {
        match self {
            Self::Kind(kind) => TableId(kind.0),
            Self::List { table, .. } | Self::FollowedList { table, .. } => *table,
        }
    }
}
