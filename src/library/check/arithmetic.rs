//! `+`, `-`, `*`, `/` of numbers; a date and a period.

use super::{Checker, both, scalar};
use crate::base::Span;
use crate::library::errors;
use crate::library::model::{Arithmetic, Expr, ExprKind, Scalar, Type};
use crate::syntax::ast::{self, BinaryOp};

impl<'a> Checker<'a, '_> {
    pub(super) fn arithmetic(
        &mut self,
        op: BinaryOp,
        a: &'a ast::Expr,
        b: &'a ast::Expr,
        span: Span,
        want: Option<Scalar>,
    ) -> Option<Expr> {
        let numbers = want.filter(|w| matches!(w, Scalar::Whole | Scalar::Decimal));
        let (left, right) = both(self.expr(a, numbers), self.expr(b, None))?;
        let (op, dates, sign) = if op == BinaryOp::Plus {
            (Arithmetic::Plus, Some(Arithmetic::DatePlus), "+")
        } else if op == BinaryOp::Minus {
            (Arithmetic::Minus, Some(Arithmetic::DateMinus), "-")
        } else if op == BinaryOp::Divide {
            (Arithmetic::Divide, None, "/")
        } else {
            (Arithmetic::Times, None, "*")
        };
        match (left.of, right.of, dates) {
            (Type::Scalar(Scalar::Date), Type::Scalar(Scalar::Period), Some(op)) => {
                Some(scalar(ExprKind::Arithmetic(op, Box::new(left), Box::new(right)), Scalar::Date, span))
            }
            (Type::Scalar(Scalar::Whole), Type::Scalar(Scalar::Whole), _) => {
                let of = if op == Arithmetic::Divide { Scalar::Decimal } else { Scalar::Whole };
                Some(scalar(ExprKind::Arithmetic(op, Box::new(left), Box::new(right)), of, span))
            }
            (Type::Scalar(Scalar::Whole | Scalar::Decimal), Type::Scalar(Scalar::Whole | Scalar::Decimal), _) => {
                let (left, right) = self.alike(left, right, span)?;
                Some(scalar(ExprKind::Arithmetic(op, Box::new(left), Box::new(right)), Scalar::Decimal, span))
            }
            (l, r, _) => {
                let help = match l {
                    Type::Scalar(Scalar::Date) => "add or subtract a period: `r.date + 30 days`; compare two dates with `within`",
                    Type::Scalar(_) | Type::Row(_) => "use numbers, or a date first and a period second",
                };
                let (l, r) = (self.library.words(l), self.library.words(r));
                self.problems.push(errors::not_for(span, sign, &format!("{l} and {r}"), help));
                None
            }
        }
    }
}
