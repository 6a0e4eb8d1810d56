//! Headings of the strategy, vocabularies, facts; and words that several pages need.

use crate::cli::page::Page;
use crate::library::model::{FactId, Link, LinkTarget, Shows, StrategicId, VocabularyId};
use crate::library::words::{level, scalar, strategic_kind, target};
use crate::library::{Library, links};

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

pub(super) fn shows(library: &Library, shows: Shows) -> String {
    format!("{} {}", target(library, LinkTarget { to: shows.component, part: shows.element }), level(shows.level))
}

pub(super) fn bracketed(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("({text})") }
}
