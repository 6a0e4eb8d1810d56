//! `K as k by k.date recurs every P throughout W`.

use super::{Checker, optional, truth};
use crate::base::Span;
use crate::library::model::{Expr, ExprKind, Scalar};
use crate::syntax::ast::{self, Binding};

/// The parts of a rhythm as written.
pub(super) struct Parts<'a> {
    pub(super) over: &'a Binding,
    pub(super) by: &'a ast::Expr,
    pub(super) filter: Option<&'a ast::Expr>,
    pub(super) every: &'a ast::Expr,
    pub(super) throughout: &'a ast::Expr,
    pub(super) max_gap: Option<&'a ast::Expr>,
}

impl<'a> Checker<'a, '_> {
    pub(super) fn recurs(&mut self, parts: &Parts<'a>, allowing: u32, span: Span) -> Option<Expr> {
        let every = self.typed(parts.every, Scalar::Period);
        let throughout = self.typed(parts.throughout, Scalar::Interval);
        let max_gap = optional(parts.max_gap, |e| self.typed(e, Scalar::Period));
        let over = self.bind_one(parts.over)?;
        let by = self.typed(parts.by, Scalar::Date);
        let filter = optional(parts.filter, |e| self.truth(e));
        self.unbind(1, true);
        let kind = ExprKind::Recurs {
            over,
            by: Box::new(by?),
            filter: filter?,
            every: Box::new(every?),
            throughout: Box::new(throughout?),
            allowing,
            max_gap: max_gap?,
        };
        Some(truth(kind, span))
    }
}
