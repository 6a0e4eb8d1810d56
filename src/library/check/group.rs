//! `all of { … }`, `any of { … }`, `at least N of { … }`.

use super::{Checker, truth};
use crate::base::Span;
use crate::library::errors;
use crate::library::model::{Expr, ExprKind, Member};
use crate::library::shape::repeated;
use crate::syntax::ast;

impl<'a> Checker<'a, '_> {
    pub(super) fn group(&mut self, at_least: Option<u32>, members: &'a [ast::Member], span: Span) -> Option<Expr> {
        repeated(members.iter().map(|m| &m.label), "label", self.problems);
        let mut found = Vec::with_capacity(members.len());
        for member in members {
            found.push(self.truth(&member.body).map(|body| Member {
                label: member.label.value.clone(),
                title: member.title.as_ref().map_or_else(|| member.label.value.clone(), |t| t.value.clone()),
                body,
            }));
        }
        let all = u32::try_from(members.len()).unwrap_or(u32::MAX);
        let at_least = at_least.unwrap_or(all);
        if at_least > all {
            let why = format!("{at_least} are asked for, and there are {all}");
            self.problems.push(errors::contradiction(span, "this group", &why));
            return None;
        }
        let members = found.into_iter().collect::<Option<Vec<Member>>>()?;
        Some(truth(ExprKind::Group { at_least, members }, span))
    }
}
