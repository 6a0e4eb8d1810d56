//! `some`, `no`, `every`, `at least`, `at most`, `exactly`, shares, `latest`.

use super::{Checker, optional, truth};
use crate::base::Span;
use crate::library::errors;
use crate::library::model::{Expr, ExprKind, Quantifier, Scalar};
use crate::syntax::ast::{self, Binding};

impl<'a> Checker<'a, '_> {
    pub(super) fn quantified(
        &mut self,
        quantifier: &'a ast::Quantifier,
        over: &'a [Binding],
        filter: Option<&'a ast::Expr>,
        body: Option<&'a ast::Expr>,
        span: Span,
    ) -> Option<Expr> {
        let bound = self.bind(over)?;
        let word = match quantifier {
            ast::Quantifier::Every => Some("every"),
            ast::Quantifier::ShareAtLeast(_) => Some("at least … % of"),
            ast::Quantifier::ShareAtMost(_) => Some("at most … % of"),
            ast::Quantifier::Latest(_) => Some("latest"),
            ast::Quantifier::Some
            | ast::Quantifier::No
            | ast::Quantifier::AtLeast(_)
            | ast::Quantifier::AtMost(_)
            | ast::Quantifier::Exactly(_) => None,
        };
        if let (Some(word), None) = (word, body) {
            let help = "say what each of them must satisfy: `satisfies …`";
            self.problems.push(errors::missing_line_at(span, &format!("`{word}`"), "satisfies", help));
        }
        let quantifier = self.quantifier(quantifier);
        let filter = optional(filter, |e| self.truth(e));
        let conditions = body.is_some() || matches!(&filter, Some(Some(_)) | None);
        let body = optional(body, |e| self.truth(e));
        self.unbind(bound.len(), conditions);
        let kind = ExprKind::Quantified { quantifier: quantifier?, over: bound, filter: filter?, body: body? };
        Some(truth(kind, span))
    }

    fn quantifier(&mut self, written: &'a ast::Quantifier) -> Option<Quantifier> {
        Some(match written {
            ast::Quantifier::Some => Quantifier::Some,
            ast::Quantifier::No => Quantifier::No,
            ast::Quantifier::Every => Quantifier::Every,
            ast::Quantifier::AtLeast(n) => Quantifier::AtLeast(n.value),
            ast::Quantifier::AtMost(n) => Quantifier::AtMost(n.value),
            ast::Quantifier::Exactly(n) => Quantifier::Exactly(n.value),
            ast::Quantifier::ShareAtLeast(p) => Quantifier::ShareAtLeast(p.value),
            ast::Quantifier::ShareAtMost(p) => Quantifier::ShareAtMost(p.value),
            ast::Quantifier::Latest(by) => Quantifier::Latest(Box::new(self.typed(by, Scalar::Date)?)),
        })
    }
}
