//! Variables: `K as x, x.list as y`.

use super::path::{Found, ListFound};
use super::{Bound, Checker, Target};
use crate::library::declare::forbid_variable;
use crate::library::errors;
use crate::library::model::{Source, TableId, VarId};
use crate::library::shape;
use crate::syntax::ast::{self, Binding};

impl<'a> Checker<'a, '_> {
    /// Binds variables; the answer is what they range over. What was in sight before is so again after [`Checker::unbind`].
    pub(super) fn bind(&mut self, over: &'a [Binding]) -> Option<Vec<(VarId, Source)>> {
        let before = self.scope.len();
        let mut bound = Vec::with_capacity(over.len());
        for binding in over {
            match self.bind_one(binding) {
                Some(one) => bound.push(one),
                None => {
                    self.scope.truncate(before);
                    return None;
                }
            }
        }
        Some(bound)
    }

    /// Binds one variable.
    pub(super) fn bind_one(&mut self, binding: &'a Binding) -> Option<(VarId, Source)> {
        let (source, table, values) = self.source(&binding.source)?;
        let name = &binding.variable;
        forbid_variable(name, self.problems);
        if let Some(before) = self.scope.iter().find(|b| b.name == name.value) {
            let problem = errors::duplicate("variable", &name.value, name.span, before.span);
            self.problems.push(problem);
        }
        let var = VarId(self.variables.len() as u32);
        self.variables.push(name.value.clone());
        let of = self.library.table(table).columns.first().map(|c| c.of);
        let to = match of {
            Some(of) if values => Target::Element { var, of },
            Some(_) | None => Target::Row { var, table },
        };
        let bound = Bound { name: name.value.clone(), to, span: name.span, used: false };
        if self.unfolding.is_empty() {
            self.seen.push(bound.clone());
        }
        self.scope.push(bound);
        Some((var, source))
    }

    /// Takes variables out of sight. With `conditions`, those that nothing has read are remembered.
    pub(super) fn unbind(&mut self, count: usize, conditions: bool) {
        let from = self.scope.len().saturating_sub(count);
        for bound in self.scope.split_off(from) {
            let var = match bound.to {
                Target::Row { var, .. } | Target::Element { var, .. } => var,
                Target::Value(_) => continue,
            };
            if conditions && !bound.used {
                self.idle.push((var, bound.span, bound.name));
            }
        }
    }

    /// A kind, or a path to a list: where elements come from, their table, and whether they are single values.
    fn source(&mut self, written: &'a ast::Expr) -> Option<(Source, TableId, bool)> {
        let ast::ExprKind::Path(name, fields) = &written.kind else {
            let help = "name an evidence kind, or a list of a variable";
            let text = self.library.sources.slice(written.span).to_owned();
            self.problems.push(errors::not_a_value(written.span, &text, "nothing that has elements", help));
            return None;
        };
        if fields.is_empty() {
            let kind = shape::kind(name, self.library, self.problems)?;
            return Some((Source::Kind(kind), TableId(kind.0), false));
        }
        match self.resolve(name, fields, written.span, None)? {
            Found::List(ListFound { source, table, scalar }) => Some((source, table, scalar)),
            Found::Value(_) | Found::Row(..) => {
                let help = "elements come from an evidence kind, or from a field of type `list of …`";
                let text = super::path::dotted(name, fields);
                self.problems.push(errors::not_a_value(written.span, &text, "not a list", help));
                None
            }
        }
    }
}
