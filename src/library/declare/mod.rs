//! First pass: every declared name, in order, and each only once. Ids are positions in these lists.

mod built_in;
mod order;

use std::collections::BTreeMap;

pub(super) use built_in::BuiltIn;
pub(super) use order::natural;

use super::errors;
use super::model::{
    FactId, InstrumentId, KindId, Library, ParameterId, ProvisionId, RequirementId, StrategicId, StrategicKind, VocabularyId,
};
use crate::base::Span;
use crate::diagnostics::Diagnostic;
use crate::syntax::ast::{self, Declaration};

/// Names of built-in types.
pub(super) const TYPES: [&str; 8] = ["bool", "whole", "decimal", "text", "date", "period", "interval", "percent"];
/// Words that stand for something in every expression.
const WORDS: [&str; 4] = ["entity", "assessment", "true", "false"];
/// Kinds of items of a test that are not evidence.
pub(super) const FORMS: [&str; 5] = ["entity", "nil-return", "judgement", "waiver", "derogation"];

/// What the files declare, each sort in the order of its ids.
#[derive(Default)]
pub(super) struct Declared<'a> {
    pub(super) instruments: Vec<&'a ast::Instrument>,
    pub(super) provisions: Vec<&'a ast::Provision>,
    /// `instrument#point`, beside `provisions`.
    pub(super) citations: Vec<String>,
    pub(super) strategy: Vec<&'a ast::Strategic>,
    pub(super) vocabularies: Vec<&'a ast::Vocabulary>,
    pub(super) facts: Vec<&'a ast::Fact>,
    pub(super) kinds: Vec<&'a ast::Evidence>,
    pub(super) parameters: Vec<&'a ast::Parameter>,
    pub(super) defines: BTreeMap<&'a str, &'a ast::Define>,
    pub(super) requirements: Vec<&'a ast::Requirement>,
    pub(super) equivalences: Vec<&'a ast::Equivalence>,
    pub(super) tests: Vec<&'a ast::Test>,
}

/// Collects the names and gives out the ids.
pub(super) fn collect<'a>(
    files: &'a [ast::File],
    built_in: &'a BuiltIn,
    library: &mut Library,
    problems: &mut Vec<Diagnostic>,
) -> Declared<'a> {
    let mut all = sort_out(files);
    let mut defines = std::mem::take(&mut all.definitions);
    let mut declared = all.declared;

    for vocabulary in &declared.vocabularies {
        forbid(&vocabulary.name, &[&TYPES[..], &["sems", "all", "state"]].concat(), "a vocabulary", problems);
    }
    for kind in &declared.kinds {
        forbid(&kind.name, &[&TYPES[..], &FORMS[..], &["sems"]].concat(), "an evidence kind", problems);
    }
    if !declared.vocabularies.iter().any(|v| v.name.value == "sems") {
        declared.vocabularies.push(&built_in.sems);
    }
    if !declared.kinds.iter().any(|k| k.name.value == "person") {
        declared.kinds.push(&built_in.person);
    }

    unique(&mut declared.instruments, |i| (&i.id.value, i.id.span), "instrument", problems);
    unique(&mut declared.vocabularies, |v| (&v.name.value, v.name.span), "vocabulary", problems);
    unique(&mut declared.facts, |f| (&f.name.value, f.name.span), "fact", problems);
    unique(&mut declared.kinds, |k| (&k.name.value, k.name.span), "evidence kind", problems);
    unique(&mut declared.parameters, |p| (&p.name.value, p.name.span), "parameter", problems);
    unique(&mut defines, |d| (&d.name.value, d.name.span), "definition", problems);
    unique(&mut declared.requirements, |r| (&r.name.value, r.name.span), "requirement", problems);
    unique(&mut declared.equivalences, |e| (&e.name.value, e.name.span), "equivalence", problems);
    unique(&mut declared.strategy, |s| (&s.id.value, s.id.span), "heading", problems);
    declared.defines = defines.into_iter().map(|d| (d.name.value.as_str(), d)).collect();

    across(&declared, problems);
    facts_and_values(&declared, problems);
    order_strategy(&mut declared.strategy, problems);
    order_provisions(&mut declared, problems);
    name(&declared, library);
    match library.names.vocabularies.get("entity-kind") {
        Some(id) => library.entity_kinds = *id,
        None => problems.push(errors::missing_entity_kinds(all.first)),
    }
    declared
}

#[derive(Default)]
struct Sorted<'a> {
    declared: Declared<'a>,
    definitions: Vec<&'a ast::Define>,
    first: Option<Span>,
}

fn sort_out(files: &[ast::File]) -> Sorted<'_> {
    let mut all = Sorted::default();
    let d = &mut all.declared;
    for declaration in files.iter().flat_map(|f| &f.declarations) {
        let span = match declaration {
            Declaration::Instrument(x) => (d.instruments.push(x), x.span).1,
            Declaration::Provision(x) => (d.provisions.push(x), x.span).1,
            Declaration::Strategic(x) => (d.strategy.push(x), x.span).1,
            Declaration::Vocabulary(x) => (d.vocabularies.push(x), x.span).1,
            Declaration::Fact(x) => (d.facts.push(x), x.span).1,
            Declaration::Evidence(x) => (d.kinds.push(x), x.span).1,
            Declaration::Parameter(x) => (d.parameters.push(x), x.span).1,
            Declaration::Define(x) => (all.definitions.push(x), x.span).1,
            Declaration::Requirement(x) => (d.requirements.push(x), x.span).1,
            Declaration::Equivalence(x) => (d.equivalences.push(x), x.span).1,
            Declaration::Test(x) => (d.tests.push(x), x.span).1,
        };
        all.first.get_or_insert(span);
    }
    all
}

/// Sorts by name and keeps the first of each.
fn unique<'a, T>(items: &mut Vec<&'a T>, key: impl Fn(&'a T) -> (&'a String, Span), what: &str, problems: &mut Vec<Diagnostic>) {
    items.sort_by(|a, b| key(a).cmp(&key(b)));
    items.dedup_by(|later, first| {
        let ((name, at), (same, before)) = (key(later), key(first));
        let twice = name == same;
        if twice {
            problems.push(errors::duplicate(what, name, at, before));
        }
        twice
    });
}

/// Names of different sorts that would be read for one another.
fn across(declared: &Declared<'_>, problems: &mut Vec<Diagnostic>) {
    let kinds: BTreeMap<&str, Span> = declared.kinds.iter().map(|k| (k.name.value.as_str(), k.name.span)).collect();
    for vocabulary in &declared.vocabularies {
        if let Some(kind) = kinds.get(vocabulary.name.value.as_str()) {
            problems.push(errors::duplicate("type", &vocabulary.name.value, vocabulary.name.span, *kind));
        }
    }
    for parameter in &declared.parameters {
        if let Some(define) = declared.defines.get(parameter.name.value.as_str()) {
            problems.push(errors::duplicate("value", &parameter.name.value, parameter.name.span, define.name.span));
        }
    }
}

fn facts_and_values(declared: &Declared<'_>, problems: &mut Vec<Diagnostic>) {
    for fact in &declared.facts {
        forbid(&fact.name, &["kind", "sems", "id", "name"], "a fact", problems);
    }
    for parameter in &declared.parameters {
        forbid(&parameter.name, &WORDS, "a parameter", problems);
    }
    for define in declared.defines.values() {
        forbid(&define.name, &WORDS, "a definition", problems);
    }
    for requirement in &declared.requirements {
        for l in &requirement.lets {
            forbid(&l.name, &WORDS, "a `let`", problems);
            let other = declared.defines.get(l.name.value.as_str()).map(|d| d.name.span);
            let parameter = || declared.parameters.binary_search_by(|p| p.name.value.cmp(&l.name.value)).ok();
            let other = other.or_else(|| parameter().and_then(|i| declared.parameters.get(i)).map(|p| p.name.span));
            if let Some(before) = other {
                problems.push(errors::duplicate("value", &l.name.value, l.name.span, before));
            }
        }
    }
}

/// Reports a name that the language keeps for itself.
pub(super) fn forbid(name: &ast::Name, words: &[&str], what: &str, problems: &mut Vec<Diagnostic>) {
    if words.contains(&name.value.as_str()) {
        problems.push(errors::reserved(name, what));
    }
}

/// Reports variables that the language keeps for itself.
pub(super) fn forbid_variable(name: &ast::Name, problems: &mut Vec<Diagnostic>) {
    forbid(name, &WORDS, "a variable", problems);
}

fn order_strategy(strategy: &mut [&ast::Strategic], problems: &mut Vec<Diagnostic>) {
    let number = |s: &ast::Strategic| s.number.as_ref().map_or(u32::MAX, |n| n.value);
    strategy.sort_by(|a, b| {
        let components = a.kind == StrategicKind::Component && b.kind == StrategicKind::Component;
        let numbers = if components { number(a).cmp(&number(b)) } else { std::cmp::Ordering::Equal };
        a.kind.cmp(&b.kind).then(numbers).then_with(|| a.id.value.cmp(&b.id.value))
    });
    for pair in strategy.windows(2) {
        if let [a, b] = pair
            && let (StrategicKind::Component, StrategicKind::Component, Some(x), Some(y)) = (a.kind, b.kind, &a.number, &b.number)
            && x.value == y.value
        {
            problems.push(errors::duplicate("component number", &y.value.to_string(), y.span, x.span));
        }
    }
}

fn order_provisions(declared: &mut Declared<'_>, problems: &mut Vec<Diagnostic>) {
    let mut provisions = std::mem::take(&mut declared.provisions);
    provisions.retain(|p| {
        if p.id.point.is_none() {
            problems.push(errors::whole_instrument(&p.id));
        }
        p.id.point.is_some()
    });
    let point = |p: &ast::Provision| p.id.point.as_ref().map_or("", |n| n.value.as_str()).to_owned();
    provisions.sort_by(|a, b| {
        let instruments = a.id.instrument.value.cmp(&b.id.instrument.value);
        instruments.then_with(|| natural(&point(a), &point(b))).then(a.id.span.cmp(&b.id.span))
    });
    provisions.dedup_by(|later, first| {
        let twice = later.id.instrument.value == first.id.instrument.value && point(later) == point(first);
        if twice {
            problems.push(errors::duplicate("provision", &citation(&later.id), later.id.span, first.id.span));
        }
        twice
    });
    declared.citations = provisions.iter().map(|p| citation(&p.id)).collect();
    declared.provisions = provisions;
}

/// `instrument#point`
pub(super) fn citation(of: &ast::ProvisionRef) -> String {
    match &of.point {
        Some(point) => format!("{}#{}", of.instrument.value, point.value),
        None => of.instrument.value.clone(),
    }
}

fn name(declared: &Declared<'_>, library: &mut Library) {
    let names = &mut library.names;
    names.instruments = numbered(declared.instruments.iter().map(|i| &i.id.value), InstrumentId);
    names.provisions = numbered(&declared.citations, ProvisionId);
    names.strategy = numbered(declared.strategy.iter().map(|s| &s.id.value), StrategicId);
    names.vocabularies = numbered(declared.vocabularies.iter().map(|v| &v.name.value), VocabularyId);
    names.facts = numbered(declared.facts.iter().map(|f| &f.name.value), FactId);
    names.kinds = numbered(declared.kinds.iter().map(|k| &k.name.value), KindId);
    names.parameters = numbered(declared.parameters.iter().map(|p| &p.name.value), ParameterId);
    names.requirements = numbered(declared.requirements.iter().map(|r| &r.name.value), RequirementId);
    library.sems = names.vocabularies.get("sems").copied().unwrap_or_default();
    library.person = names.kinds.get("person").copied().unwrap_or_default();
}

fn numbered<'a, Id>(names: impl IntoIterator<Item = &'a String>, id: impl Fn(u32) -> Id) -> BTreeMap<String, Id> {
    names.into_iter().cloned().zip((0u32..).map(id)).collect()
}
