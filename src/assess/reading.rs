//! What an expression reads, and its value when it reads no evidence: what planning asks of expressions.

use super::value::{self, Val};
use crate::base::Date;
use crate::library::model::{Expr, ExprKind, Library, Source, Value, VarId};

/// The value of an expression that reads no evidence; `None` when it reads some.
pub(crate) fn constant(library: &Library, date: Date, expr: &Expr) -> Option<Val> {
    let of = |e: &Expr| constant(library, date, e);
    match &expr.kind {
        ExprKind::Literal(value) => Some(Val::Known(*value)),
        ExprKind::Assessment => Some(Val::Known(Value::Date(date))),
        ExprKind::Parameter(id) => {
            let value = library.parameter(*id).values.iter().find(|(_, days, _)| days.contains(date));
            Some(value.and_then(|(e, _, _)| of(e)).unwrap_or(Val::Unknown))
        }
        ExprKind::Named(_, inner) => of(inner),
        ExprKind::Window(side, period, day) => Some(value::window(*side, of(period)?, of(day)?)),
        ExprKind::Arithmetic(op, a, b) => Some(value::arithmetic(*op, of(a)?, of(b)?)),
        ExprKind::Pick { later, of: days } => {
            let mut values = days.iter().map(of);
            let first = values.next()??;
            values.try_fold(first, |best, next| Some(value::pick(*later, best, next?)))
        }
        _ => None,
    }
}

/// Whether the value hangs on the assessment date.
pub(crate) fn mentions_assessment(expr: &Expr) -> bool {
    let mut found = false;
    expr.visit(&mut |e| found |= matches!(e.kind, ExprKind::Assessment));
    found
}

pub(crate) fn conjuncts<'l>(expr: &'l Expr, into: &mut Vec<&'l Expr>) {
    match &expr.kind {
        ExprKind::And(parts) => parts.iter().for_each(|p| conjuncts(p, into)),
        _ => into.push(expr),
    }
}

pub(crate) fn later_variables(over: &[(VarId, Source)], var: VarId) -> Vec<VarId> {
    over.iter().map(|(v, _)| *v).skip_while(|v| *v != var).skip(1).collect()
}

pub(crate) fn reads_variable(expr: &Expr) -> bool {
    let mut found = false;
    expr.visit(&mut |e| found |= matches!(e.kind, ExprKind::Column(..) | ExprKind::Item(_)));
    found
}

/// Whether an expression reads one of the variables.
pub(crate) fn reads_any(expr: &Expr, variables: &[VarId]) -> bool {
    if variables.is_empty() {
        return false;
    }
    let mut found = false;
    expr.visit(&mut |e| {
        found |= match &e.kind {
            ExprKind::Column(v, _) | ExprKind::Item(v) | ExprKind::ListStated(v, _) => variables.contains(v),
            ExprKind::Contains { list, .. } => source_reads(list, variables),
            ExprKind::Quantified { over, .. } | ExprKind::Aggregate { over, .. } => {
                over.iter().any(|(_, s)| source_reads(s, variables))
            }
            ExprKind::Recurs { over, .. } => source_reads(&over.1, variables),
            _ => false,
        }
    });
    found
}

fn source_reads(source: &Source, variables: &[VarId]) -> bool {
    match source {
        Source::Kind(_) => false,
        Source::List { of, .. } | Source::FollowedList { of, .. } => variables.contains(of),
    }
}
