//! `let` and `define`: written out where they are used.

use super::{Bound, Checker, Target};
use crate::base::Span;
use crate::library::declare::forbid_variable;
use crate::library::errors::{self, Sort};
use crate::library::model::{Expr, ExprKind, Scalar, TableId, Type, VarId};
use crate::library::shape;
use crate::syntax::ast::{self, Define, Name};

impl<'a> Checker<'a, '_> {
    /// Whether a name is a `let`, or a definition without brackets.
    pub(super) fn is_defined(&self, name: &str) -> bool {
        self.lets.contains_key(name) || self.declared.defines.get(name).is_some_and(|d| d.parameters.is_empty())
    }

    /// A `let` or a definition without brackets, written out.
    pub(super) fn unfold(&mut self, name: &Name, span: Span) -> Option<Expr> {
        let (name, body, declared): (&'a str, &'a ast::Expr, Span) = match self.lets.get(name.value.as_str()) {
            Some(found) => (&found.name.value, &found.value, found.name.span),
            None => {
                let define = self.declared.defines.get(name.value.as_str())?;
                (&define.name.value, &define.body, define.name.span)
            }
        };
        self.written_out(name, body, Vec::new(), declared, span)
    }

    /// `approved(d)`
    pub(super) fn call(&mut self, name: &Name, arguments: &'a [ast::Expr], span: Span) -> Option<Expr> {
        let Some(define) = self.declared.defines.get(name.value.as_str()).copied() else {
            if arguments.is_empty() && self.is_defined(&name.value) {
                return self.unfold(name, span);
            }
            let known = self.declared.defines.keys().copied();
            let problem = errors::unknown(Sort::Definition, name, known);
            self.problems.push(problem);
            return None;
        };
        if define.parameters.len() != arguments.len() {
            let problem = errors::wrong_arguments(span, &name.value, define.parameters.len(), arguments.len());
            self.problems.push(problem);
            return None;
        }
        let mut bound = Vec::with_capacity(arguments.len());
        for ((parameter, of), argument) in define.parameters.iter().zip(arguments) {
            let of = shape::scalar(of, self.library, &mut Vec::new())?;
            let value = self.typed(argument, of);
            bound.push(value.map(|value| {
                let to = match (&value.kind, value.of) {
                    (ExprKind::Item(var), Type::Scalar(Scalar::Ref(kind))) => Target::Row { var: *var, table: TableId(kind.0) },
                    (_, Type::Scalar(_) | Type::Row(_)) => Target::Value(value),
                };
                Bound { name: parameter.value.clone(), to, span: parameter.span, used: false }
            }));
        }
        let bound: Option<Vec<Bound>> = bound.into_iter().collect();
        self.written_out(&define.name.value, &define.body, bound?, define.name.span, span)
    }

    fn written_out(&mut self, name: &'a str, body: &'a ast::Expr, bound: Vec<Bound>, declared: Span, span: Span) -> Option<Expr> {
        if let Some(start) = self.unfolding.iter().position(|n| *n == name) {
            self.report_cycle(start, declared);
            return None;
        }
        let outside = std::mem::replace(&mut self.scope, bound);
        self.unfolding.push(name);
        let done = self.expr(body, None);
        self.unfolding.pop();
        self.scope = outside;
        let done = done?;
        Some(Expr { of: done.of, kind: ExprKind::Named(name.to_owned(), Box::new(done)), span })
    }

    /// Tells a circle once, from its first name in the alphabet, wherever it was entered.
    fn report_cycle(&mut self, start: usize, declared: Span) {
        let mut circle: Vec<&str> = self.unfolding.get(start..).unwrap_or_default().to_vec();
        let first = circle.iter().enumerate().min_by_key(|(_, n)| **n).map_or(0, |(i, _)| i);
        circle.rotate_left(first);
        circle.extend(circle.first().copied());
        let at = circle.first().and_then(|name| {
            let of_let = self.lets.get(name).map(|l| l.name.span);
            of_let.or_else(|| self.declared.defines.get(name).map(|d| d.name.span))
        });
        let problem = errors::cycle(at.unwrap_or(declared), &circle);
        self.problems.push(problem);
    }

    /// A definition by itself, whether or not anything uses it.
    pub(in crate::library) fn definition(&mut self, define: &'a Define) {
        shape::repeated(define.parameters.iter().map(|(name, _)| name), "name", self.problems);
        let mut bound = Vec::with_capacity(define.parameters.len());
        for (name, of) in &define.parameters {
            forbid_variable(name, self.problems);
            let Some(of) = shape::scalar(of, self.library, self.problems) else { return };
            let var = VarId(self.variables.len() as u32);
            self.variables.push(name.value.clone());
            let to = match of {
                Scalar::Ref(kind) => Target::Row { var, table: TableId(kind.0) },
                Scalar::Bool
                | Scalar::Whole
                | Scalar::Decimal
                | Scalar::Text
                | Scalar::Date
                | Scalar::Period
                | Scalar::Interval
                | Scalar::Percent
                | Scalar::Term(_) => Target::Element { var, of },
            };
            bound.push(Bound { name: name.value.clone(), to, span: name.span, used: false });
        }
        self.scope = bound;
        self.unfolding.push(&define.name.value);
        let _ = self.expr(&define.body, None);
        self.unfolding.pop();
        for bound in std::mem::take(&mut self.scope) {
            if !bound.used {
                self.problems.push(errors::unused_variable(bound.span, &bound.name));
            }
        }
        self.end_clause();
    }

    /// A `let` by itself, whether or not anything uses it.
    pub(in crate::library) fn let_alone(&mut self, written: &'a ast::Let) {
        let _ = self.unfold(&written.name, written.name.span);
        self.end_clause();
    }
}
