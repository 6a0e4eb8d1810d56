//! The texts that rules compare with, collected before anything refers to them by number.

use super::declare::Declared;
use super::model::Library;
use crate::syntax::ast::{Expr, ExprKind, Quantifier};

/// Fills `Library::texts`: sorted, each once.
pub(super) fn collect(declared: &Declared<'_>, library: &mut Library) {
    let mut texts: Vec<&str> = Vec::new();
    for parameter in &declared.parameters {
        parameter.values.iter().for_each(|v| gather(&v.value, &mut texts));
    }
    for define in declared.defines.values() {
        gather(&define.body, &mut texts);
    }
    for requirement in &declared.requirements {
        requirement.lets.iter().for_each(|l| gather(&l.value, &mut texts));
        requirement.applies_to.iter().filter_map(|a| a.when.as_ref()).for_each(|e| gather(e, &mut texts));
        let routed = requirement.routes.iter().flat_map(|r| &r.expects);
        requirement.expects.iter().chain(routed).for_each(|e| gather(&e.body, &mut texts));
    }
    texts.sort_unstable();
    texts.dedup();
    library.texts = texts.into_iter().map(str::to_owned).collect();
}

fn gather<'a>(expr: &'a Expr, texts: &mut Vec<&'a str>) {
    if let ExprKind::Text(text) = &expr.kind {
        texts.push(text);
    }
    each_child(expr, &mut |child| gather(child, texts));
}

/// Calls `visit` with every direct part of an expression.
fn each_child<'a>(expr: &'a Expr, visit: &mut dyn FnMut(&'a Expr)) {
    match &expr.kind {
        ExprKind::Bool(_)
        | ExprKind::Whole(_)
        | ExprKind::Decimal(_)
        | ExprKind::Text(_)
        | ExprKind::Date(_)
        | ExprKind::Period(_)
        | ExprKind::Percent(_)
        | ExprKind::Path(..)
        | ExprKind::Provision(_) => {}
        ExprKind::Call(_, many) | ExprKind::Or(many) | ExprKind::And(many) | ExprKind::Pick { of: many, .. } => {
            many.iter().for_each(visit);
        }
        ExprKind::Not(one) | ExprKind::Presence { of: one, .. } => visit(one),
        ExprKind::Binary(_, a, b) => {
            visit(a);
            visit(b);
        }
        ExprKind::OneOf { of, among, .. } => {
            visit(of);
            among.iter().for_each(visit);
        }
        ExprKind::Quantified { quantifier, over, filter, body } => {
            if let Quantifier::Latest(by) = quantifier {
                visit(by);
            }
            over.iter().for_each(|b| visit(&b.source));
            [filter, body].into_iter().flatten().for_each(|e| visit(e));
        }
        ExprKind::Aggregate { value, over, filter, throughout, .. } => {
            over.iter().for_each(|b| visit(&b.source));
            [value, filter, throughout].into_iter().flatten().for_each(|e| visit(e));
        }
        ExprKind::Recurs { over, by, filter, every, throughout, max_gap, .. } => {
            visit(&over.source);
            [by, every, throughout].into_iter().for_each(|e| visit(e));
            [filter, max_gap].into_iter().flatten().for_each(|e| visit(e));
        }
        ExprKind::Group { members, .. } => members.iter().for_each(|m| visit(&m.body)),
    }
}
