//! Conditions that can never be true: contradictory bounds on one path, or an order of two paths that excludes itself.

use std::collections::BTreeMap;

use super::bounds::{Bounds, number};
use crate::diagnostics::Diagnostic;
use crate::library::errors;
use crate::library::model::{CompareOp, Expr, ExprKind, Library, Requirement, Scalar, Type, Value};

/// Looks at every conjunction of a requirement.
pub(super) fn check(requirement: &Requirement, library: &Library, problems: &mut Vec<Diagnostic>) {
    if let Some(when) = &requirement.applies.when {
        condition(when, library, problems);
    }
    requirement.clauses.iter().for_each(|c| condition(&c.body, library, problems));
}

fn condition(expr: &Expr, library: &Library, problems: &mut Vec<Diagnostic>) {
    let mut parts = Vec::new();
    conjuncts(expr, &mut parts);
    together(expr, &parts, library, problems);
    for part in parts {
        part.each_child(&mut |child| {
            if child.of == Type::Scalar(Scalar::Bool) && !matches!(child.kind, ExprKind::Column(..) | ExprKind::Literal(_)) {
                condition(child, library, problems);
            } else {
                inside(child, library, problems);
            }
        });
    }
}

/// Conditions inside something that is not one: `count of K as x where …`.
fn inside(expr: &Expr, library: &Library, problems: &mut Vec<Diagnostic>) {
    expr.each_child(&mut |child| {
        if child.of == Type::Scalar(Scalar::Bool) {
            condition(child, library, problems);
        } else {
            inside(child, library, problems);
        }
    });
}

/// Everything that must hold at once.
fn conjuncts<'e>(expr: &'e Expr, parts: &mut Vec<&'e Expr>) {
    if let ExprKind::And(many) = &expr.kind {
        many.iter().for_each(|e| conjuncts(e, parts));
    } else if let ExprKind::Named(_, inner) = &expr.kind {
        conjuncts(inner, parts);
    } else {
        parts.push(expr);
    }
}

/// Which of less, equal, greater two paths may still stand in.
const LESS: u8 = 1;
const EQUAL: u8 = 2;
const GREATER: u8 = 4;

fn together(whole: &Expr, parts: &[&Expr], library: &Library, problems: &mut Vec<Diagnostic>) {
    let mut bounds: BTreeMap<String, (Bounds, &Expr)> = BTreeMap::new();
    let mut orders: BTreeMap<(String, String), (u8, &Expr)> = BTreeMap::new();
    for part in parts {
        reads(part, &mut |path| limit(&mut bounds, path, library, |x| x.read = true));
        match &part.kind {
            ExprKind::Compare(op, a, b) => match (value(b), value(a)) {
                (Some(v), None) => limit(&mut bounds, a, library, |x| x.compare(*op, v)),
                (None, Some(v)) => limit(&mut bounds, b, library, |x| x.compare(turned(*op), v)),
                (None, None) => order(&mut orders, *op, a, b, part),
                (Some(_), Some(_)) => {}
            },
            ExprKind::OneOf { of, among, negated } => {
                if let Some(values) = among.iter().map(value).collect::<Option<Vec<_>>>() {
                    limit(&mut bounds, of, library, |x| x.among(&values, *negated));
                }
            }
            ExprKind::Present { of, stated: false } => limit(&mut bounds, of, library, |x| x.missing = true),
            ExprKind::Present { of, stated: true } => limit(&mut bounds, of, library, |x| x.read = true),
            ExprKind::Not(inner) => {
                if let (ExprKind::Column(..) | ExprKind::Follow { .. } | ExprKind::Fact(_), Some(no)) =
                    (&inner.kind, truth(false))
                {
                    limit(&mut bounds, inner, library, |x| x.compare(CompareOp::Equal, no));
                }
            }
            ExprKind::Column(..) | ExprKind::Follow { .. } | ExprKind::Fact(_) => {
                if let Some(yes) = truth(true) {
                    limit(&mut bounds, part, library, |x| x.compare(CompareOp::Equal, yes));
                }
            }
            // Nothing else narrows a path by itself.
            _ => {}
        }
    }
    for (bound, at) in bounds.values() {
        if let Some(why) = bound.contradiction() {
            let subject = named(at, library);
            let place = if parts.len() > 1 { whole } else { at };
            problems.push(errors::contradiction(place.span, &subject, why));
        }
    }
    for (left, at) in orders.values() {
        if *left == 0 {
            problems.push(errors::contradiction(whole.span, &named(at, library), "the order excludes itself"));
        }
    }
}

/// Every path that must be there for a condition to be known.
fn reads<'e>(expr: &'e Expr, visit: &mut dyn FnMut(&'e Expr)) {
    if matches!(expr.kind, ExprKind::Column(..) | ExprKind::Fact(_) | ExprKind::Follow { .. }) {
        visit(expr);
    }
    if !may_be_known_without_its_parts(&expr.kind) {
        expr.each_child(&mut |child| reads(child, visit));
    }
}

/// One part of an alternative may decide it; presence is asked of what may be missing; elements are looked at one by one.
fn may_be_known_without_its_parts(kind: &ExprKind) -> bool {
    matches!(
        kind,
        ExprKind::Or(_)
            | ExprKind::And(_)
            | ExprKind::Present { .. }
            | ExprKind::Quantified { .. }
            | ExprKind::Aggregate { .. }
            | ExprKind::Recurs { .. }
            | ExprKind::Group { .. }
    )
}

fn truth(yes: bool) -> Option<super::bounds::Number> {
    number(&Value::Bool(yes))
}

fn limit<'e>(
    bounds: &mut BTreeMap<String, (Bounds, &'e Expr)>,
    of: &'e Expr,
    library: &Library,
    narrow: impl FnOnce(&mut Bounds),
) {
    if let Some(key) = path(of) {
        narrow(&mut bounds.entry(key).or_insert_with(|| (Bounds::of(of.of, library), of)).0);
    }
}

fn order<'e>(orders: &mut BTreeMap<(String, String), (u8, &'e Expr)>, op: CompareOp, a: &'e Expr, b: &'e Expr, at: &'e Expr) {
    let (Some(left), Some(right)) = (path(a), path(b)) else { return };
    let (key, op) = if left <= right { ((left, right), op) } else { ((right, left), turned(op)) };
    let allowed = match op {
        CompareOp::Equal => EQUAL,
        CompareOp::NotEqual => LESS | GREATER,
        CompareOp::Less => LESS,
        CompareOp::AtMost => LESS | EQUAL,
        CompareOp::Greater => GREATER,
        CompareOp::AtLeast => GREATER | EQUAL,
    };
    let start = if key.0 == key.1 { EQUAL } else { LESS | EQUAL | GREATER };
    orders.entry(key).or_insert((start, at)).0 &= allowed;
}

fn turned(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Equal => CompareOp::Equal,
        CompareOp::NotEqual => CompareOp::NotEqual,
        CompareOp::Less => CompareOp::Greater,
        CompareOp::AtMost => CompareOp::AtLeast,
        CompareOp::Greater => CompareOp::Less,
        CompareOp::AtLeast => CompareOp::AtMost,
    }
}

fn value(expr: &Expr) -> Option<super::bounds::Number> {
    if let ExprKind::Named(_, inner) = &expr.kind {
        return value(inner);
    }
    if let ExprKind::Literal(value) = &expr.kind { number(value) } else { None }
}

/// What makes two readings the same one.
fn path(expr: &Expr) -> Option<String> {
    Some(match &expr.kind {
        ExprKind::Column(var, column) => format!("{}.{}", var.0, column.0),
        ExprKind::Item(var) => format!("{}", var.0),
        ExprKind::Follow { reference, column, .. } => format!("{}>{}", path(reference)?, column.0),
        ExprKind::ListStated(var, list) => format!("{}[{}]", var.0, list.0),
        ExprKind::Fact(id) => format!("fact {}", id.0),
        ExprKind::EntityKind => "entity.kind".to_owned(),
        ExprKind::EntitySems => "entity.sems".to_owned(),
        ExprKind::Assessment => "assessment".to_owned(),
        ExprKind::Parameter(id) => format!("parameter {}", id.0),
        ExprKind::Named(_, inner) => path(inner)?,
        _ => return None,
    })
}

/// The path as the author wrote it.
fn named(expr: &Expr, library: &Library) -> String {
    let text = library.sources.slice(expr.span).trim();
    if text.is_empty() || text.contains('\n') { "the value".to_owned() } else { format!("`{text}`") }
}
