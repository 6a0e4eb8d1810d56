//! Expressions: every name resolved, every type known. One file per family of forms.
//!
//! A check answers `None` after it has reported what is wrong; whoever needs the answer then says nothing more, so that one mistake is told
//! once. The parts of an expression are all looked at, whether or not one of them is wrong.

mod aggregate;
mod arithmetic;
mod bind;
mod compare;
mod definition;
mod group;
mod interpolation;
mod membership;
mod path;
mod quantified;
mod recurs;
mod window;

use std::collections::BTreeMap;

use super::declare::Declared;
use super::errors;
use super::model::{Arithmetic, Expr, ExprKind, Library, Scalar, TableId, TextId, Type, Value, VarId};
use super::shape::Terms;
use crate::base::{Decimal, Span};
use crate::diagnostics::Diagnostic;
use crate::syntax::ast::{self, BinaryOp};

/// The `let`s of a requirement by name.
pub(super) type Lets<'a> = BTreeMap<&'a str, &'a ast::Let>;

/// Checks the expressions of one requirement.
pub(super) struct Checker<'a, 'p> {
    declared: &'p Declared<'a>,
    terms: &'p Terms<'a>,
    library: &'p Library,
    lets: &'p Lets<'a>,
    pub(super) problems: &'p mut Vec<Diagnostic>,
    /// Variables in sight, innermost last.
    scope: Vec<Bound>,
    /// Variables bound anywhere in the clause at hand: what its texts may name.
    seen: Vec<Bound>,
    /// Variables of the clause at hand that nothing has read so far.
    idle: Vec<(VarId, Span, String)>,
    /// Names of all variables, by slot.
    pub(super) variables: Vec<String>,
    /// Definitions that are being written out.
    unfolding: Vec<&'a str>,
    nodes: usize,
    depth: usize,
    /// That an expression was too large has been said.
    pub(super) too_large: bool,
}

/// A variable.
#[derive(Debug, Clone)]
struct Bound {
    name: String,
    to: Target,
    span: Span,
    used: bool,
}

/// What a variable stands for.
#[derive(Debug, Clone)]
enum Target {
    /// A row of a kind, or of a list of records.
    Row { var: VarId, table: TableId },
    /// An element of a list of values.
    Element { var: VarId, of: Scalar },
    /// What was put into the brackets of a definition.
    Value(Expr),
}

/// Expressions of one requirement after which definitions are taken to multiply without end.
const MOST_NODES: usize = 20_000;
/// Levels of nesting after which an expression is too deep to evaluate.
const MOST_DEPTH: usize = 240;

impl<'a, 'p> Checker<'a, 'p> {
    pub(super) fn new(
        declared: &'p Declared<'a>,
        terms: &'p Terms<'a>,
        library: &'p Library,
        lets: &'p Lets<'a>,
        problems: &'p mut Vec<Diagnostic>,
    ) -> Self {
        let (scope, seen, idle, variables, unfolding) = Default::default();
        Self {
            declared,
            terms,
            library,
            lets,
            problems,
            scope,
            seen,
            idle,
            variables,
            unfolding,
            nodes: 0,
            depth: 0,
            too_large: false,
        }
    }

    /// A condition.
    pub(super) fn truth(&mut self, expr: &'a ast::Expr) -> Option<Expr> {
        self.typed(expr, Scalar::Bool)
    }

    /// An expression that must have a type.
    fn typed(&mut self, expr: &'a ast::Expr, want: Scalar) -> Option<Expr> {
        let found = self.expr(expr, Some(want))?;
        self.fit(found, want)
    }

    /// The expression, if it has the type or can be read as one that does.
    fn fit(&mut self, found: Expr, want: Scalar) -> Option<Expr> {
        match (found.of, want) {
            (of, _) if of == Type::Scalar(want) => Some(found),
            (Type::Scalar(Scalar::Whole), Scalar::Decimal) => Some(as_decimal(found)),
            (of, _) => {
                let (wanted, is) = (self.library.words(Type::Scalar(want)), self.library.words(of));
                self.problems.push(errors::mismatch(found.span, &wanted, &is, self.hint(of, Type::Scalar(want))));
                None
            }
        }
    }

    /// What an author who mixed these two probably meant.
    fn hint(&self, found: Type, want: Type) -> Option<String> {
        match (found, want) {
            (Type::Row(table), _) | (_, Type::Row(table)) => {
                let columns = &self.library.table(table).columns;
                let field = columns.iter().find(|c| c.name == "id").or_else(|| columns.first())?;
                Some(format!("name a field of the element, such as `.{}`", field.name))
            }
            (Type::Scalar(Scalar::Ref(_)), Type::Scalar(Scalar::Text)) => {
                Some("name a field of the item, such as `.id`".to_owned())
            }
            (Type::Scalar(Scalar::Whole), Type::Scalar(Scalar::Period)) => Some("write the unit: `30 days`".to_owned()),
            (Type::Scalar(Scalar::Text), Type::Scalar(Scalar::Ref(_))) => {
                Some("compare with the item itself, or declare the field as a reference".to_owned())
            }
            (Type::Scalar(Scalar::Percent), Type::Scalar(Scalar::Decimal | Scalar::Whole)) => {
                Some("write the share as a number: `0.95` for `95%`".to_owned())
            }
            (Type::Scalar(_), Type::Scalar(Scalar::Interval)) => {
                Some("an interval is written `12 months before assessment`, or is a field of type `interval`".to_owned())
            }
            (Type::Scalar(Scalar::Term(_)), Type::Scalar(Scalar::Text)) => Some("write the term without quotes".to_owned()),
            (Type::Scalar(_), Type::Scalar(_)) => None,
        }
    }

    /// An expression of any type. `want` is what the place expects, which tells terms of vocabularies from other names.
    fn expr(&mut self, expr: &'a ast::Expr, want: Option<Scalar>) -> Option<Expr> {
        self.nodes += 1;
        if self.nodes > MOST_NODES || self.depth > MOST_DEPTH {
            let name = self.unfolding.first().copied().unwrap_or("this expression");
            if !self.too_large {
                self.problems.push(errors::too_large(expr.span, name));
            }
            self.too_large = true;
            return None;
        }
        self.depth += 1;
        let done = self.form(expr, want);
        self.depth -= 1;
        done
    }

    fn form(&mut self, expr: &'a ast::Expr, want: Option<Scalar>) -> Option<Expr> {
        let span = expr.span;
        match &expr.kind {
            ast::ExprKind::Bool(b) => Some(literal(Value::Bool(*b), Scalar::Bool, span)),
            ast::ExprKind::Whole(n) => Some(literal(Value::Whole(*n), Scalar::Whole, span)),
            ast::ExprKind::Decimal(n) => Some(literal(Value::Decimal(*n), Scalar::Decimal, span)),
            ast::ExprKind::Text(text) => Some(literal(Value::Text(self.text(text)), Scalar::Text, span)),
            ast::ExprKind::Date(d) => Some(literal(Value::Date(*d), Scalar::Date, span)),
            ast::ExprKind::Period(p) => Some(literal(Value::Period(*p), Scalar::Period, span)),
            ast::ExprKind::Percent(p) => Some(literal(Value::Percent(*p), Scalar::Percent, span)),
            ast::ExprKind::Path(name, fields) => self.path(name, fields, span, want),
            ast::ExprKind::Call(name, arguments) => self.call(name, arguments, span),
            ast::ExprKind::Or(parts) => Some(truth(ExprKind::Or(self.truths(parts)?), span)),
            ast::ExprKind::And(parts) => Some(truth(ExprKind::And(self.truths(parts)?), span)),
            ast::ExprKind::Not(part) => Some(truth(ExprKind::Not(Box::new(self.truth(part)?)), span)),
            ast::ExprKind::Binary(op, a, b) => self.binary(*op, a, b, span, want),
            ast::ExprKind::Presence { of, stated } => self.presence(of, *stated, span),
            ast::ExprKind::OneOf { of, among, negated } => self.one_of(of, among, *negated, span),
            ast::ExprKind::Pick { later, of } => self.pick(*later, of, span),
            ast::ExprKind::Quantified { quantifier, over, filter, body } => {
                self.quantified(quantifier, over, filter.as_deref(), body.as_deref(), span)
            }
            ast::ExprKind::Aggregate { of, value, over, filter, throughout } => {
                let parts = aggregate::Parts {
                    value: value.as_deref(),
                    over,
                    filter: filter.as_deref(),
                    throughout: throughout.as_deref(),
                };
                self.aggregate(*of, &parts, span)
            }
            ast::ExprKind::Recurs { over, by, filter, every, throughout, allowing, max_gap } => {
                let parts = recurs::Parts { over, by, filter: filter.as_deref(), every, throughout, max_gap: max_gap.as_deref() };
                self.recurs(&parts, allowing.value, span)
            }
            ast::ExprKind::Group { at_least, members } => self.group(*at_least, members, span),
            ast::ExprKind::Provision(_) => {
                self.problems.push(errors::not_a_value(
                    span,
                    self.library.sources.slice(span),
                    "a citation",
                    "cite provisions in `discharges`",
                ));
                None
            }
        }
    }

    fn truths(&mut self, parts: &'a [ast::Expr]) -> Option<Vec<Expr>> {
        let parts: Vec<Option<Expr>> = parts.iter().map(|p| self.truth(p)).collect();
        parts.into_iter().collect()
    }

    fn binary(&mut self, op: BinaryOp, a: &'a ast::Expr, b: &'a ast::Expr, span: Span, want: Option<Scalar>) -> Option<Expr> {
        match op {
            BinaryOp::Equal | BinaryOp::NotEqual | BinaryOp::Less | BinaryOp::AtMost | BinaryOp::Greater | BinaryOp::AtLeast => {
                self.compare(op, a, b, span)
            }
            BinaryOp::Before | BinaryOp::After | BinaryOp::Of | BinaryOp::OnOrBefore | BinaryOp::OnOrAfter => {
                self.order_or_window(op, a, b, span)
            }
            BinaryOp::Within | BinaryOp::Covers | BinaryOp::Overlaps => self.in_window(op, a, b, span),
            BinaryOp::Contains => self.contains(a, b, span),
            BinaryOp::Plus | BinaryOp::Minus | BinaryOp::Times | BinaryOp::Divide => self.arithmetic(op, a, b, span, want),
        }
    }

    /// A literal of a type, where nothing else may stand.
    pub(super) fn constant(&mut self, expr: &'a ast::Expr, want: Scalar) -> Option<Expr> {
        if let (ast::ExprKind::Path(name, fields), Scalar::Term(vocabulary)) = (&expr.kind, want)
            && fields.is_empty()
        {
            return self.term(name, vocabulary);
        }
        let found = match expr.kind {
            ast::ExprKind::Bool(_)
            | ast::ExprKind::Whole(_)
            | ast::ExprKind::Decimal(_)
            | ast::ExprKind::Text(_)
            | ast::ExprKind::Date(_)
            | ast::ExprKind::Period(_)
            | ast::ExprKind::Percent(_) => self.expr(expr, Some(want))?,
            ast::ExprKind::Path(..)
            | ast::ExprKind::Call(..)
            | ast::ExprKind::Or(_)
            | ast::ExprKind::And(_)
            | ast::ExprKind::Not(_)
            | ast::ExprKind::Binary(..)
            | ast::ExprKind::Presence { .. }
            | ast::ExprKind::OneOf { .. }
            | ast::ExprKind::Pick { .. }
            | ast::ExprKind::Quantified { .. }
            | ast::ExprKind::Aggregate { .. }
            | ast::ExprKind::Recurs { .. }
            | ast::ExprKind::Group { .. }
            | ast::ExprKind::Provision(_) => {
                let wanted = self.library.words(Type::Scalar(want));
                self.problems.push(errors::mismatch(expr.span, &wanted, "not written out", None));
                return None;
            }
        };
        self.fit(found, want)
    }

    fn text(&self, text: &str) -> TextId {
        // INVARIANT: all texts of the rules were collected before, so the search always finds one.
        TextId(self.library.texts.binary_search_by(|t| t.as_str().cmp(text)).unwrap_or(0) as u32)
    }

    /// Ends a clause that was wrong: what its variables are for cannot be told.
    pub(super) fn abandon_clause(&mut self) {
        self.seen.clear();
        self.idle.clear();
    }

    /// Ends a clause: says which of its variables nothing has read.
    pub(super) fn end_clause(&mut self) {
        self.seen.clear();
        for (_, span, name) in std::mem::take(&mut self.idle) {
            self.problems.push(errors::unused_variable(span, &name));
        }
    }
}

fn literal(value: Value, of: Scalar, span: Span) -> Expr {
    Expr { kind: ExprKind::Literal(value), of: Type::Scalar(of), span }
}

fn truth(kind: ExprKind, span: Span) -> Expr {
    Expr { kind, of: Type::Scalar(Scalar::Bool), span }
}

fn scalar(kind: ExprKind, of: Scalar, span: Span) -> Expr {
    Expr { kind, of: Type::Scalar(of), span }
}

/// A whole number read as a decimal one. Anything but a literal is divided by one, since division gives decimals.
fn as_decimal(whole: Expr) -> Expr {
    let span = whole.span;
    if let ExprKind::Literal(Value::Whole(n)) = whole.kind {
        return literal(Value::Decimal(Decimal::from(n)), Scalar::Decimal, span);
    }
    let one = Box::new(literal(Value::Whole(1), Scalar::Whole, span));
    scalar(ExprKind::Arithmetic(Arithmetic::Divide, Box::new(whole), one), Scalar::Decimal, span)
}

/// Both, when both are there.
fn both(a: Option<Expr>, b: Option<Expr>) -> Option<(Expr, Expr)> {
    a.zip(b)
}

/// A part that may be left out: `None` when it was wrong, `Some(None)` when it was not written.
fn optional<'a>(part: Option<&'a ast::Expr>, check: impl FnOnce(&'a ast::Expr) -> Option<Expr>) -> Option<Option<Box<Expr>>> {
    match part {
        None => Some(None),
        Some(part) => check(part).map(|e| Some(Box::new(e))),
    }
}
