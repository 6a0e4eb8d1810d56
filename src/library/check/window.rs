//! Dates in order, and stretches of days: `before`, `after`, `of`, `within`, `covers`, `overlaps`, `later of`.

use super::{Checker, both, scalar, truth};
use crate::base::Span;
use crate::library::errors;
use crate::library::model::{CompareOp, Expr, ExprKind, Scalar, Side, Type, WindowOp};
use crate::syntax::ast::{self, BinaryOp};

impl<'a> Checker<'a, '_> {
    /// With a period first, a stretch of days; with a date first, an order.
    pub(super) fn order_or_window(&mut self, op: BinaryOp, a: &'a ast::Expr, b: &'a ast::Expr, span: Span) -> Option<Expr> {
        let (left, right) = (self.expr(a, None), self.typed(b, Scalar::Date));
        let (left, right) = both(left, right)?;
        let orders = [
            (BinaryOp::Before, CompareOp::Less, Some(Side::Before)),
            (BinaryOp::After, CompareOp::Greater, Some(Side::After)),
            (BinaryOp::OnOrBefore, CompareOp::AtMost, None),
            (BinaryOp::OnOrAfter, CompareOp::AtLeast, None),
        ];
        let order = orders.into_iter().find(|(word, ..)| *word == op).map(|(_, order, side)| (order, side));
        let side = order.map_or(Some(Side::Around), |(_, side)| side);
        match (left.of, order, side) {
            (Type::Scalar(Scalar::Period), _, Some(side)) => {
                Some(scalar(ExprKind::Window(side, Box::new(left), Box::new(right)), Scalar::Interval, span))
            }
            (Type::Scalar(Scalar::Date), Some((order, _)), _) => {
                Some(truth(ExprKind::Compare(order, Box::new(left), Box::new(right)), span))
            }
            (of, order, side) => {
                let wanted = match (order, side) {
                    (Some(_), Some(_)) => "a date or a period",
                    (Some(_), None) => "a date",
                    (None, _) => "a period",
                };
                self.problems.push(errors::mismatch(left.span, wanted, &self.library.words(of), None));
                None
            }
        }
    }

    pub(super) fn in_window(&mut self, op: BinaryOp, a: &'a ast::Expr, b: &'a ast::Expr, span: Span) -> Option<Expr> {
        let (op, left, right) = if op == BinaryOp::Covers {
            (WindowOp::Covers, self.typed(a, Scalar::Interval), self.days(b))
        } else if op == BinaryOp::Overlaps {
            (WindowOp::Overlaps, self.typed(a, Scalar::Interval), self.typed(b, Scalar::Interval))
        } else {
            (WindowOp::Within, self.days(a), self.typed(b, Scalar::Interval))
        };
        let (left, right) = both(left, right)?;
        Some(truth(ExprKind::InWindow(op, Box::new(left), Box::new(right)), span))
    }

    /// A date or an interval.
    fn days(&mut self, e: &'a ast::Expr) -> Option<Expr> {
        let found = self.expr(e, None)?;
        if matches!(found.of, Type::Scalar(Scalar::Date | Scalar::Interval)) {
            return Some(found);
        }
        let is = self.library.words(found.of);
        self.problems.push(errors::mismatch(found.span, "a date or an interval of days", &is, None));
        None
    }

    /// `later of (a, b)`
    pub(super) fn pick(&mut self, later: bool, of: &'a [ast::Expr], span: Span) -> Option<Expr> {
        let dates: Vec<Option<Expr>> = of.iter().map(|e| self.typed(e, Scalar::Date)).collect();
        let of = dates.into_iter().collect::<Option<Vec<Expr>>>()?;
        Some(scalar(ExprKind::Pick { later, of }, Scalar::Date, span))
    }
}
