//! Fills in `otherwise` and `remedy` texts from the element that failed. What cannot be filled in is said in words, never left out.

use std::borrow::Cow;

use crate::base::{Date, Interval, with_article};
use crate::evidence::At;
use crate::library::model::{Arithmetic, Common, Expr, ExprKind, Part, Scalar, Side, TableId, TextPart, Type, Value, VarId};

use super::voice::Voice;
use crate::diagnostics::render::clean;

/// What variables held, by slot.
pub(super) type Bound<'a> = &'a [Option<At>];

/// What a path came to.
enum Found {
    Value(Scalar, Value),
    Row(At),
}

/// The text; `None` when the author wrote none.
pub(super) fn fill(voice: Voice<'_>, on: Date, parts: &[TextPart], bound: Bound<'_>) -> Option<String> {
    if parts.is_empty() {
        return None;
    }
    let filled: String = parts
        .iter()
        .map(|part| match part {
            TextPart::Plain(text) => clean::line(text),
            TextPart::Path(part) => Cow::Owned(path(voice, on, part, bound)),
        })
        .collect();
    Some(filled)
}

/// Whether every path can be filled in.
pub(super) fn complete(voice: Voice<'_>, on: Date, parts: &[TextPart], bound: Bound<'_>) -> bool {
    parts.iter().all(|part| match part {
        TextPart::Plain(_) => true,
        TextPart::Path(part) => evaluate(voice, on, &part.value, bound).is_some(),
    })
}

fn path(voice: Voice<'_>, on: Date, part: &Part, bound: Bound<'_>) -> String {
    match evaluate(voice, on, &part.value, bound) {
        Some(Found::Value(of, value)) => voice.plain(of, value),
        Some(Found::Row(at)) => voice.brief(at),
        None => in_words(voice, part),
    }
}

/// The path in words: `a person` for an item, `the valid until` for a field.
fn in_words(voice: Voice<'_>, part: &Part) -> String {
    let table = match part.value.of {
        Type::Scalar(Scalar::Ref(kind)) => Some(TableId(kind.0)),
        Type::Row(table) => Some(table),
        Type::Scalar(_) => None,
    };
    if let (ExprKind::Item(_), Some(table)) = (&part.value.kind, table) {
        return with_article(&voice.noun(table, 1));
    }
    let last = part.text.rsplit('.').next().unwrap_or(&part.text);
    format!("the {}", clean::line(last).replace('-', " "))
}

fn variable(bound: Bound<'_>, var: VarId) -> Option<At> {
    bound.get(var.0 as usize).copied().flatten().map(|at| At { field: None, ..at })
}

fn evaluate(voice: Voice<'_>, on: Date, expr: &Expr, bound: Bound<'_>) -> Option<Found> {
    let scalar = match expr.of {
        Type::Scalar(of) => of,
        Type::Row(_) => Scalar::Bool,
    };
    match &expr.kind {
        ExprKind::Literal(value) => Some(Found::Value(scalar, *value)),
        ExprKind::Item(var) => variable(bound, *var).map(Found::Row),
        ExprKind::Column(var, column) => {
            let at = variable(bound, *var)?;
            cell(voice, voice.cell(at.table, at.row, *column)?)
        }
        ExprKind::Follow { reference, table, column } => {
            let Found::Row(at) = evaluate(voice, on, reference, bound)? else { return None };
            (at.table == *table).then_some(())?;
            cell(voice, voice.cell(at.table, at.row, *column)?)
        }
        ExprKind::Fact(fact) => {
            let of = voice.library.facts.get(fact.0 as usize)?.of;
            cell(voice, (of, *voice.bundle.entity.facts.get(fact.0 as usize)?))
        }
        ExprKind::EntityKind => {
            voice.bundle.entity.kind.map(|t| Found::Value(Scalar::Term(voice.library.entity_kinds), Value::Term(t.0)))
        }
        ExprKind::EntitySems => {
            voice.bundle.entity.sems.map(|t| Found::Value(Scalar::Term(voice.library.sems), Value::Term(t.0)))
        }
        ExprKind::Assessment => Some(Found::Value(Scalar::Date, Value::Date(on))),
        ExprKind::Parameter(id) => {
            let parameter = voice.library.parameters.get(id.0 as usize)?;
            let (literal, ..) = parameter.values.iter().find(|(_, days, _)| days.contains(on))?;
            let ExprKind::Literal(value) = literal.kind else { return None };
            Some(Found::Value(parameter.of, value))
        }
        ExprKind::Named(_, inner) => evaluate(voice, on, inner, bound),
        ExprKind::Window(side, period, date) => {
            let (period, date) = (evaluate(voice, on, period, bound)?, evaluate(voice, on, date, bound)?);
            let (Found::Value(_, Value::Period(p)), Found::Value(_, Value::Date(d))) = (period, date) else { return None };
            let window = match side {
                Side::Before => d.window_before(p)?,
                Side::After => d.window_after(p)?,
                Side::Around => Interval::new(d.minus(p)?, d.plus(p)?),
            };
            Some(Found::Value(Scalar::Interval, Value::Interval(window)))
        }
        ExprKind::Arithmetic(how @ (Arithmetic::DatePlus | Arithmetic::DateMinus), date, period) => {
            let (date, period) = (evaluate(voice, on, date, bound)?, evaluate(voice, on, period, bound)?);
            let (Found::Value(_, Value::Date(d)), Found::Value(_, Value::Period(p))) = (date, period) else { return None };
            let day = if *how == Arithmetic::DatePlus { d.plus(p) } else { d.minus(p) }?;
            Some(Found::Value(Scalar::Date, Value::Date(day)))
        }
        ExprKind::EntityId
        | ExprKind::Arithmetic(..)
        | ExprKind::ListStated(..)
        | ExprKind::Or(_)
        | ExprKind::And(_)
        | ExprKind::Not(_)
        | ExprKind::Compare(..)
        | ExprKind::InWindow(..)
        | ExprKind::Contains { .. }
        | ExprKind::Present { .. }
        | ExprKind::OneOf { .. }
        | ExprKind::Pick { .. }
        | ExprKind::Quantified { .. }
        | ExprKind::Aggregate { .. }
        | ExprKind::Recurs { .. }
        | ExprKind::Group { .. } => None,
    }
}

fn cell(voice: Voice<'_>, (of, cell): (Scalar, i64)) -> Option<Found> {
    if let Scalar::Ref(kind) = of {
        let row = u32::try_from(cell).ok()?;
        voice.cell(TableId(kind.0), row, Common::Id.column())?;
        return Some(Found::Row(At { table: TableId(kind.0), row, field: None }));
    }
    Some(Found::Value(of, voice.bundle.value(of, cell)?))
}
