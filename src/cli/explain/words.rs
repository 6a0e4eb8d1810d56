//! Headings of the strategy, vocabularies, facts; and words that several pages need.

use crate::cli::links;
use crate::cli::page::Page;
use crate::library::Library;
use crate::library::model::{
    Expr, ExprKind, FactId, Level, Link, LinkTarget, Scalar, Shows, StrategicId, StrategicKind, TermId, Value, VocabularyId,
};

pub(super) fn heading(page: &mut Page, library: &Library, id: StrategicId) {
    let heading = library.strategic(id);
    let number = heading.number.map(|n| format!("{n}. ")).unwrap_or_default();
    page.title(strategic_kind(heading.kind), &heading.name, &format!("{number}{}", heading.title));
    page.field("says", &heading.summary);
    page.field("source", heading.source.map(|id| library.provision(id).name.as_str()).unwrap_or_default());
    for (what, parts) in [("Sub-elements", &heading.elements), ("Measures of success", &heading.measures)] {
        if !parts.is_empty() {
            page.heading(what);
            parts.iter().for_each(|part| page.item(0, &part.name, &part.title));
        }
    }
    links(page, library, "Linked to", &heading.links);
    let headings = links::headings_of_strategic(library, id);
    if !headings.is_empty() {
        page.heading("Advanced by");
        for id in headings {
            page.item(0, &library.strategic(id).name, &library.strategic(id).title);
        }
    }
    page.heading("Provisions");
    let provisions = links::provisions_of_strategic(library, id);
    if provisions.is_empty() {
        page.paragraph("none", 2);
    }
    for provision in provisions.into_iter().map(|id| library.provision(id)) {
        page.item(0, &provision.name, &provision.title);
        for because in provision.links.iter().filter(|l| l.target.to == id).filter_map(|l| l.because.as_deref()) {
            page.item(1, "because", because);
        }
    }
    page.heading("Requirements");
    let requirements = links::requirements_of_strategic(library, id);
    if requirements.is_empty() {
        page.paragraph("none", 2);
    }
    for requirement in requirements.into_iter().map(|id| library.requirement(id)) {
        let shown: Vec<_> =
            requirement.shows.iter().filter(|s| s.component == id).map(|s| format!("shows {}", level(s.level))).collect();
        page.item(0, &requirement.name, &format!("{} {}", requirement.title, bracketed(&shown.join(", "))));
    }
}

pub(super) fn vocabulary(page: &mut Page, library: &Library, id: VocabularyId) {
    let vocabulary = library.vocabulary(id);
    page.title("vocabulary", &vocabulary.name, if vocabulary.ordered { "ordered, least first" } else { "" });
    page.field("note", vocabulary.doc.as_deref().unwrap_or_default());
    vocabulary.terms.iter().for_each(|term| page.item(0, &term.name, &term.title));
}

pub(super) fn fact(page: &mut Page, library: &Library, id: FactId) {
    let fact = library.fact(id);
    page.title("fact", &fact.name, &fact.title);
    page.field("note", fact.doc.as_deref().unwrap_or_default());
    page.field("type", &scalar(library, fact.of));
}

/// Links with their reasons.
pub(super) fn links(page: &mut Page, library: &Library, title: &str, links: &[Link]) {
    if links.is_empty() {
        return;
    }
    page.heading(title);
    for link in links {
        let because = link.because.as_ref().map(|b| format!("because {b}")).unwrap_or_default();
        page.item(0, &target(library, link.target), &because);
    }
}

pub(super) fn target(library: &Library, target: LinkTarget) -> String {
    let heading = library.strategic(target.to);
    let parts = if heading.kind == StrategicKind::Objective { &heading.measures } else { &heading.elements };
    match target.part.and_then(|part| parts.get(part.0 as usize)) {
        Some(part) => format!("{}.{}", heading.name, part.name),
        None => heading.name.clone(),
    }
}

pub(super) fn shows(library: &Library, shows: Shows) -> String {
    format!("{} {}", target(library, LinkTarget { to: shows.component, part: shows.element }), level(shows.level))
}

/// Entity kinds by name.
pub(super) fn kinds(library: &Library, kinds: &[TermId]) -> String {
    let terms = &library.vocabulary(library.entity_kinds).terms;
    kinds.iter().filter_map(|k| terms.get(k.0 as usize)).map(|t| t.name.as_str()).collect::<Vec<_>>().join(", ")
}

pub(super) fn scalar(library: &Library, of: Scalar) -> String {
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
pub(super) fn literal(library: &Library, expr: &Expr) -> String {
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

pub(super) fn level(level: Level) -> &'static str {
    match level {
        Level::Present => "present",
        Level::Suitable => "suitable",
        Level::Operating => "operating",
        Level::Effective => "effective",
    }
}

pub(in crate::cli) fn strategic_kind(kind: StrategicKind) -> &'static str {
    match kind {
        StrategicKind::Component => "component",
        StrategicKind::Objective => "objective",
        StrategicKind::Initiative => "initiative",
        StrategicKind::Enabler => "enabler",
        StrategicKind::Foundation => "foundation",
    }
}

pub(super) fn bracketed(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("({text})") }
}
