//! `contains`, `in (…)`, `is stated`, `is missing`.

use super::path::{Found, ListFound};
use super::{Checker, truth};
use crate::base::Span;
use crate::library::errors;
use crate::library::model::{Expr, ExprKind, Scalar, Source, Type};
use crate::syntax::ast;

impl<'a> Checker<'a, '_> {
    /// `list contains value`
    pub(super) fn contains(&mut self, a: &'a ast::Expr, b: &'a ast::Expr, span: Span) -> Option<Expr> {
        let found = if let ast::ExprKind::Path(name, fields) = &a.kind {
            self.resolve(name, fields, a.span, None)?
        } else {
            Found::Value(self.expr(a, None)?)
        };
        let text = || self.library.sources.slice(a.span).to_owned();
        let Found::List(ListFound { source, table, scalar }) = found else {
            let problem =
                errors::not_a_value(a.span, &text(), "not a list", "name a field of type `list of …` before `contains`");
            self.problems.push(problem);
            return None;
        };
        let of = self.library.table(table).columns.first().map(|c| c.of).filter(|_| scalar);
        let Some(of) = of else {
            let help = "bind the elements and compare a field: `some x.list as e where e.field = …`";
            let problem = errors::not_a_value(a.span, &text(), "a list of records", help);
            self.problems.push(problem);
            return None;
        };
        let value = Box::new(self.typed(b, of)?);
        Some(truth(ExprKind::Contains { list: source, value }, span))
    }

    /// `x in (a, b)`
    pub(super) fn one_of(&mut self, of: &'a ast::Expr, among: &'a [ast::Expr], negated: bool, span: Span) -> Option<Expr> {
        let mut value = self.expr(of, None)?;
        let want = match value.of {
            Type::Scalar(of) => Some(of),
            Type::Row(_) => None,
        };
        let mut found = Vec::with_capacity(among.len());
        for one in among {
            let one = self.expr(one, want);
            found.push(one.and_then(|one| {
                let at = one.span;
                let (left, right) = self.alike(value.clone(), one, at)?;
                if left.of != value.of {
                    value = left;
                }
                Some(right)
            }));
        }
        let among = found.into_iter().collect::<Option<Vec<Expr>>>()?;
        let decimal = value.of == Type::Scalar(Scalar::Decimal);
        let alike = |e: Expr| if decimal && e.of == Type::Scalar(Scalar::Whole) { super::as_decimal(e) } else { e };
        let among = among.into_iter().map(alike).collect();
        Some(truth(ExprKind::OneOf { of: Box::new(value), among, negated }, span))
    }

    /// `x is stated`
    pub(super) fn presence(&mut self, of: &'a ast::Expr, stated: bool, span: Span) -> Option<Expr> {
        let found = if let ast::ExprKind::Path(name, fields) = &of.kind {
            self.resolve(name, fields, of.span, None)?
        } else {
            Found::Value(self.expr(of, None)?)
        };
        let asked = match found {
            Found::Value(value) => readable(value),
            Found::Row(..) => None,
            Found::List(ListFound { source: Source::List { of: var, list, .. }, .. }) => {
                Some(truth(ExprKind::ListStated(var, list), of.span))
            }
            Found::List(_) => {
                self.problems.push(errors::list_out_of_reach(of.span, self.library.sources.slice(of.span)));
                return None;
            }
        };
        let Some(asked) = asked else {
            let help = "name a field or a fact before `is stated` or `is missing`";
            let text = self.library.sources.slice(of.span);
            self.problems.push(errors::not_a_value(of.span, text, "always there", help));
            return None;
        };
        Some(truth(ExprKind::Present { of: Box::new(asked), stated }, span))
    }
}

/// A field or fact, out of the `let` that names it.
fn readable(value: Expr) -> Option<Expr> {
    if let ExprKind::Named(_, inner) = value.kind {
        return readable(*inner);
    }
    let field = matches!(value.kind, ExprKind::Column(..) | ExprKind::Follow { .. } | ExprKind::Fact(_) | ExprKind::EntitySems);
    field.then_some(value)
}
