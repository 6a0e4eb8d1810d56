//! Second pass: vocabularies, facts, and kinds as flat tables.

mod tables;
mod terms;

pub(super) use terms::Terms;

use std::collections::BTreeMap;

use super::declare::{Declared, TYPES};
use super::errors::{self, Sort};
use super::model::{FactDef, KindId, Library, Scalar, Term, Vocabulary};
use crate::base::Span;
use crate::diagnostics::Diagnostic;
use crate::syntax::ast::{self, FieldType};

/// Lays out everything that evidence can hold.
pub(super) fn build<'a>(declared: &Declared<'a>, library: &mut Library, problems: &mut Vec<Diagnostic>) -> Terms<'a> {
    library.vocabularies = declared.vocabularies.iter().map(|v| vocabulary(v, problems)).collect();
    for fact in &declared.facts {
        let of = fact_type(fact, library, problems);
        library.facts.push(FactDef {
            name: fact.name.value.clone(),
            title: fact.title.value.clone(),
            doc: fact.doc.clone(),
            of: of.unwrap_or(Scalar::Bool),
            span: fact.span,
        });
    }
    tables::build(declared, library, problems);
    Terms::new(declared)
}

fn vocabulary(written: &ast::Vocabulary, problems: &mut Vec<Diagnostic>) -> Vocabulary {
    repeated(written.terms.iter().map(|t| &t.name), "term", problems);
    Vocabulary {
        name: written.name.value.clone(),
        doc: written.doc.clone(),
        ordered: written.ordered,
        terms: written.terms.iter().map(term).collect(),
        span: written.span,
    }
}

/// A name with a text; the name is the text where none was written.
pub(super) fn term(written: &ast::Term) -> Term {
    let title = written.title.as_ref().map_or_else(|| written.name.value.clone(), |t| t.value.clone());
    Term { name: written.name.value.clone(), title }
}

/// Reports names that stand twice in one list.
pub(super) fn repeated<'a>(names: impl IntoIterator<Item = &'a ast::Name>, what: &str, problems: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for name in names {
        if let Some(before) = seen.get(name.value.as_str()) {
            problems.push(errors::duplicate(what, &name.value, name.span, *before));
        } else {
            seen.insert(&name.value, name.span);
        }
    }
}

fn fact_type(fact: &ast::Fact, library: &Library, problems: &mut Vec<Diagnostic>) -> Option<Scalar> {
    match &fact.of {
        FieldType::Named(name) => scalar(name, library, problems),
        FieldType::List(_) | FieldType::Record(_) => {
            let what = format!("the fact `{}`", fact.name.value);
            problems.push(errors::unsupported_type(fact.name.span, &what, "use an evidence kind for lists and records"));
            None
        }
    }
}

/// The type with this name.
pub(super) fn scalar(name: &ast::Name, library: &Library, problems: &mut Vec<Diagnostic>) -> Option<Scalar> {
    let found = scalar_named(&name.value, library);
    if found.is_none() {
        let known = library.names.vocabularies.keys().chain(library.names.kinds.keys()).map(String::as_str).chain(TYPES);
        problems.push(errors::unknown(Sort::Type, name, known));
    }
    found
}

fn scalar_named(name: &str, library: &Library) -> Option<Scalar> {
    Some(match name {
        "bool" => Scalar::Bool,
        "whole" => Scalar::Whole,
        "decimal" => Scalar::Decimal,
        "text" => Scalar::Text,
        "date" => Scalar::Date,
        "period" => Scalar::Period,
        "interval" => Scalar::Interval,
        "percent" => Scalar::Percent,
        other => match library.names.vocabularies.get(other) {
            Some(vocabulary) => Scalar::Term(*vocabulary),
            None => Scalar::Ref(*library.names.kinds.get(other)?),
        },
    })
}

/// The kind with this name.
pub(super) fn kind(name: &ast::Name, library: &Library, problems: &mut Vec<Diagnostic>) -> Option<KindId> {
    let found = library.names.kinds.get(&name.value).copied();
    if found.is_none() {
        problems.push(errors::unknown(Sort::Kind, name, library.names.kinds.keys().map(String::as_str)));
    }
    found
}
