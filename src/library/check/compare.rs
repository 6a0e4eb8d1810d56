//! `=`, `!=`, `<`, `<=`, `>`, `>=`.

use super::{Checker, as_decimal, truth};
use crate::base::{Span, Unit};
use crate::library::errors;
use crate::library::model::{Aggregate, CompareOp, Expr, ExprKind, Scalar, Type, Value};
use crate::syntax::ast::{self, BinaryOp};

/// What periods of one sort are counted in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Units {
    Days,
    WorkingDays,
    Months,
}

impl Units {
    const fn word(self) -> &'static str {
        match self {
            Self::Days => "a period in days or weeks",
            Self::WorkingDays => "a period in working days",
            Self::Months => "a period in months or years",
        }
    }
}

impl<'a> Checker<'a, '_> {
    pub(super) fn compare(&mut self, op: BinaryOp, a: &'a ast::Expr, b: &'a ast::Expr, span: Span) -> Option<Expr> {
        let (a, b) = self.sides(a, b)?;
        let (a, b) = self.alike(a, b, span)?;
        let (op, sign) = match op {
            BinaryOp::Less => (CompareOp::Less, "<"),
            BinaryOp::AtMost => (CompareOp::AtMost, "<="),
            BinaryOp::Greater => (CompareOp::Greater, ">"),
            BinaryOp::AtLeast => (CompareOp::AtLeast, ">="),
            BinaryOp::NotEqual => (CompareOp::NotEqual, "!="),
            BinaryOp::Equal
            | BinaryOp::Before
            | BinaryOp::After
            | BinaryOp::Of
            | BinaryOp::OnOrBefore
            | BinaryOp::OnOrAfter
            | BinaryOp::Within
            | BinaryOp::Covers
            | BinaryOp::Overlaps
            | BinaryOp::Contains
            | BinaryOp::Plus
            | BinaryOp::Minus
            | BinaryOp::Times
            | BinaryOp::Divide => (CompareOp::Equal, "="),
        };
        if !matches!(op, CompareOp::Equal | CompareOp::NotEqual) {
            self.ordered(&a, sign)?;
        }
        Some(truth(ExprKind::Compare(op, Box::new(a), Box::new(b)), span))
    }

    /// Both sides; the one whose type is plain is looked at first, so that the other may be a bare term.
    pub(super) fn sides(&mut self, a: &'a ast::Expr, b: &'a ast::Expr) -> Option<(Expr, Expr)> {
        if self.may_be_term(a) && !(self.may_be_term(b) && self.in_sight(a)) {
            let right = self.expr(b, None);
            let want = right.as_ref().and_then(kind_of_value);
            let left = if right.is_some() { self.expr(a, want) } else { None };
            return left.zip(right);
        }
        let left = self.expr(a, None);
        let want = left.as_ref().and_then(kind_of_value);
        let right = if left.is_some() || !self.may_be_term(b) { self.expr(b, want) } else { None };
        left.zip(right)
    }

    fn may_be_term(&self, e: &ast::Expr) -> bool {
        matches!(&e.kind, ast::ExprKind::Path(_, fields) if fields.is_empty())
    }

    fn in_sight(&self, e: &ast::Expr) -> bool {
        matches!(&e.kind, ast::ExprKind::Path(name, _) if self.is_known(&name.value))
    }

    /// Both sides with one type.
    pub(super) fn alike(&mut self, a: Expr, b: Expr, span: Span) -> Option<(Expr, Expr)> {
        let (a, b) = match (a.of, b.of) {
            (Type::Scalar(Scalar::Whole), Type::Scalar(Scalar::Decimal)) => (as_decimal(a), b),
            (Type::Scalar(Scalar::Decimal), Type::Scalar(Scalar::Whole)) => (a, as_decimal(b)),
            _ => (a, b),
        };
        if a.of != b.of {
            let help = self.hint(b.of, a.of).or_else(|| self.hint(a.of, b.of));
            let (left, right) = (self.library.words(a.of), self.library.words(b.of));
            self.problems.push(errors::incomparable(span, &left, &right, help));
            return None;
        }
        if let (Some(x), Some(y)) = (self.units(&a), self.units(&b))
            && x != y
        {
            self.problems.push(errors::unlike_periods(span, x.word(), y.word()));
            return None;
        }
        Some((a, b))
    }

    fn ordered(&mut self, e: &Expr, sign: &str) -> Option<()> {
        let help = match e.of {
            Type::Scalar(Scalar::Whole | Scalar::Decimal | Scalar::Date | Scalar::Percent | Scalar::Period) => return Some(()),
            Type::Scalar(Scalar::Term(v)) if self.library.vocabulary(v).ordered => return Some(()),
            Type::Scalar(Scalar::Term(v)) => {
                let name = &self.library.vocabulary(v).name;
                format!("declare it as `vocabulary {name} ordered`, or use `=` or `in`")
            }
            Type::Scalar(Scalar::Interval) => "use `covers`, `overlaps` or `within`".to_owned(),
            Type::Scalar(Scalar::Bool | Scalar::Text | Scalar::Ref(_)) | Type::Row(_) => "use `=` or `!=`".to_owned(),
        };
        let found = self.library.words(e.of);
        self.problems.push(errors::not_for(e.span, sign, &found, &help));
        None
    }

    /// What a period is counted in, where that is known before any evidence is.
    fn units(&self, e: &Expr) -> Option<Units> {
        if let ExprKind::Literal(Value::Period(p)) = &e.kind {
            return Some(match p.unit {
                Unit::Days | Unit::Weeks => Units::Days,
                Unit::WorkingDays => Units::WorkingDays,
                Unit::Months | Unit::Years => Units::Months,
            });
        }
        if let ExprKind::Named(_, inner) = &e.kind {
            return self.units(inner);
        }
        if let ExprKind::Aggregate { of: Aggregate::LongestGap, .. } = &e.kind {
            return Some(Units::Days);
        }
        let ExprKind::Parameter(id) = &e.kind else { return None };
        let mut units = self.library.parameter(*id).values.iter().map(|(v, ..)| self.units(v));
        let first = units.next()??;
        units.all(|u| u == Some(first)).then_some(first)
    }
}

fn kind_of_value(e: &Expr) -> Option<Scalar> {
    match e.of {
        Type::Scalar(of) => Some(of),
        Type::Row(_) => None,
    }
}
