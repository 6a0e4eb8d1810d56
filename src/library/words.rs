//! The closed words of the library as people read them.

use super::model::{
    Duty, Expr, ExprKind, Extent, InForce, InstrumentKind, Level, Library, LinkTarget, Scalar, Severity, StrategicKind, TermId,
    TextPart, Value,
};

/// What a link leads to: a heading, and the part of it.
#[must_use]
pub fn target(library: &Library, target: LinkTarget) -> String {
    let heading = library.strategic(target.to);
    let parts = if heading.kind == StrategicKind::Objective { &heading.measures } else { &heading.elements };
    match target.part.and_then(|part| parts.get(part.0 as usize)) {
        Some(part) => format!("{}.{}", heading.name, part.name),
        None => heading.name.clone(),
    }
}

/// Entity kinds by name.
#[must_use]
pub fn kinds(library: &Library, kinds: &[TermId]) -> String {
    let terms = &library.vocabulary(library.entity_kinds).terms;
    kinds.iter().filter_map(|k| terms.get(k.0 as usize)).map(|t| t.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// A type as an author writes it.
#[must_use]
pub fn scalar(library: &Library, of: Scalar) -> String {
    match of {
        Scalar::Bool => "bool".to_owned(),
        Scalar::Whole => "whole".to_owned(),
        Scalar::Decimal => "decimal".to_owned(),
        Scalar::Text => "text".to_owned(),
        Scalar::Date => "date".to_owned(),
        Scalar::Period => "period".to_owned(),
        Scalar::Interval => "interval".to_owned(),
        Scalar::Percent => "percent".to_owned(),
        Scalar::Term(id) => library.vocabulary(id).name.clone(),
        Scalar::Ref(id) => library.kind(id).name.clone(),
    }
}

/// A literal as an author writes it.
#[must_use]
pub fn literal(library: &Library, expr: &Expr) -> String {
    let ExprKind::Literal(value) = &expr.kind else { return library.sources.slice(expr.span).to_owned() };
    match value {
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Whole(n) => n.to_string(),
        Value::Decimal(n) => n.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Period(period) => period.to_string(),
        Value::Percent(percent) => percent.to_string(),
        Value::Text(_) | Value::Interval(_) | Value::Term(_) => library.sources.slice(expr.span).to_owned(),
    }
}

/// A level.
#[must_use]
pub const fn level(level: Level) -> &'static str {
    match level {
        Level::Present => "present",
        Level::Suitable => "suitable",
        Level::Operating => "operating",
        Level::Effective => "effective",
    }
}

/// Which heading of the strategy.
#[must_use]
pub const fn strategic_kind(kind: StrategicKind) -> &'static str {
    match kind {
        StrategicKind::Component => "component",
        StrategicKind::Objective => "objective",
        StrategicKind::Initiative => "initiative",
        StrategicKind::Enabler => "enabler",
        StrategicKind::Foundation => "foundation",
    }
}

/// Days in force.
#[must_use]
pub fn in_force(days: InForce) -> String {
    match (days.from, days.until) {
        (None, None) => "always".to_owned(),
        (Some(from), None) => format!("from {from}"),
        (None, Some(until)) => format!("until {until}"),
        (Some(from), Some(until)) => format!("from {from} until {until}"),
    }
}

/// How binding.
#[must_use]
pub const fn duty(duty: Duty) -> &'static str {
    match duty {
        Duty::Must => "must",
        Duty::Should => "should",
        Duty::May => "may",
        Duty::Defines => "defines",
        Duty::Empowers => "empowers",
    }
}

/// What an instrument is.
#[must_use]
pub const fn instrument_kind(kind: InstrumentKind) -> &'static str {
    match kind {
        InstrumentKind::Law => "law",
        InstrumentKind::Direction => "direction",
        InstrumentKind::Programme => "programme",
        InstrumentKind::Guidance => "guidance",
        InstrumentKind::Standard => "standard",
        InstrumentKind::Strategy => "strategy",
    }
}

/// Where an instrument binds.
#[must_use]
pub const fn extent(extent: Extent) -> &'static str {
    match extent {
        Extent::Uk => "United Kingdom",
        Extent::Eu => "European Union only: never binds an entity in the United Kingdom",
        Extent::Icao => "ICAO: binds States",
    }
}

/// How much a gap matters.
#[must_use]
pub const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Minor => "minor",
        Severity::Major => "major",
        Severity::Critical => "critical",
    }
}

/// A text with its places to fill in as they are written.
#[must_use]
pub fn filled_in_later(parts: &[TextPart]) -> String {
    parts
        .iter()
        .map(|part| match part {
            TextPart::Plain(text) => text.clone(),
            TextPart::Path(part) => format!("{{{}}}", part.text),
        })
        .collect()
}

/// Lines without the indentation they share; the first starts where the expression does.
#[must_use]
pub fn dedented(text: &str) -> Vec<&str> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let shared = text.lines().skip(1).filter(|l| !l.trim().is_empty()).map(indent).min().unwrap_or(0);
    text.lines().enumerate().map(|(i, line)| if i == 0 { line } else { line.get(shared..).unwrap_or("") }).collect()
}
