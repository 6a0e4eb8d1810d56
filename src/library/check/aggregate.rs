//! `count of`, `sum of`, `least of`, `greatest of`, `longest gap of`.

use super::{Checker, optional, scalar};
use crate::base::Span;
use crate::library::errors;
use crate::library::model::{Aggregate, Expr, ExprKind, Scalar, Type};
use crate::syntax::ast::{self, Binding};

/// The parts of a quantity as written.
pub(super) struct Parts<'a> {
    pub(super) value: Option<&'a ast::Expr>,
    pub(super) over: &'a [Binding],
    pub(super) filter: Option<&'a ast::Expr>,
    pub(super) throughout: Option<&'a ast::Expr>,
}

impl<'a> Checker<'a, '_> {
    pub(super) fn aggregate(&mut self, of: ast::Aggregate, parts: &Parts<'a>, span: Span) -> Option<Expr> {
        let throughout = optional(parts.throughout, |e| self.typed(e, Scalar::Interval));
        let bound = self.bind(parts.over)?;
        let value = optional(parts.value, |e| self.expr(e, None));
        let filter = optional(parts.filter, |e| self.truth(e));
        let conditions = parts.value.is_some() || parts.filter.is_some();
        self.unbind(bound.len(), conditions);
        let (value, filter, throughout) = (value?, filter?, throughout?);
        let (aggregate, result) = self.result(of, value.as_deref(), span)?;
        if aggregate == Aggregate::LongestGap && throughout.is_none() {
            let help = "say which days are looked at: `throughout 12 months before assessment`";
            self.problems.push(errors::missing_line_at(span, "`longest gap of`", "throughout", help));
            return None;
        }
        let kind = ExprKind::Aggregate { of: aggregate, value, over: bound, filter, throughout };
        Some(scalar(kind, result, span))
    }

    /// Which quantity, and of what type it is.
    fn result(&mut self, of: ast::Aggregate, value: Option<&Expr>, span: Span) -> Option<(Aggregate, Scalar)> {
        let (aggregate, word) = match of {
            ast::Aggregate::Count => return Some((Aggregate::Count, Scalar::Whole)),
            ast::Aggregate::Sum => (Aggregate::Sum, "sum of"),
            ast::Aggregate::Least => (Aggregate::Least, "least of"),
            ast::Aggregate::Greatest => (Aggregate::Greatest, "greatest of"),
            ast::Aggregate::LongestGap => (Aggregate::LongestGap, "longest gap of"),
        };
        let Some(value) = value else {
            let what = format!("`{word}`");
            self.problems.push(errors::missing_line_at(
                span,
                &what,
                "over",
                "name a field of the elements: `sum of x.hours over …`",
            ));
            return None;
        };
        let fits = match (aggregate, value.of) {
            (Aggregate::Sum, Type::Scalar(s @ (Scalar::Whole | Scalar::Decimal))) => Some(s),
            (Aggregate::Least | Aggregate::Greatest, Type::Scalar(s)) => {
                matches!(s, Scalar::Whole | Scalar::Decimal | Scalar::Date | Scalar::Percent).then_some(s)
            }
            (Aggregate::LongestGap, Type::Scalar(Scalar::Date)) => Some(Scalar::Period),
            (Aggregate::Count | Aggregate::Sum | Aggregate::LongestGap, Type::Scalar(_)) | (_, Type::Row(_)) => None,
        };
        let Some(result) = fits else {
            let found = self.library.words(value.of);
            let help = match aggregate {
                Aggregate::LongestGap => "name a field of type `date`",
                Aggregate::Sum => "name a field of type `whole` or `decimal`",
                Aggregate::Count | Aggregate::Least | Aggregate::Greatest => "name a number, a date or a percentage",
            };
            self.problems.push(errors::not_for(value.span, word, &found, help));
            return None;
        };
        Some((aggregate, result))
    }
}
