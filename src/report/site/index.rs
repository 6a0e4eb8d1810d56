//! The first page: what there is, and where.

use super::{File, Site, address, frame};
use crate::library::links;
use crate::library::model::{Basis, Extent, InstrumentId};
use crate::library::words::instrument_kind;
use crate::report::markup::Html;

/// The groups of instruments: where they bind, and what that means.
const EXTENTS: [(Extent, &str, &str); 3] = [
    (Extent::Uk, "United Kingdom", ""),
    (Extent::Eu, "European Union", "To compare with: these bind nobody in the United Kingdom."),
    (Extent::Icao, "ICAO", "These bind States."),
];

pub(super) fn page(site: &Site<'_>) -> File {
    frame::page(site, address::INDEX, "", "Rule library", |h| {
        h.paragraph(
            "Which provision needs which evidence, and which component of a security management system that evidence shows at work.",
        );
        numbers(h, site);
        h.heading("h2", "components", "Components");
        components(h, site);
        h.heading("h2", "instruments", "Law and guidance");
        for (extent, title, note) in EXTENTS {
            let of: Vec<_> = site.instruments().filter(|id| site.library.instrument(*id).extent == extent).collect();
            if of.is_empty() {
                continue;
            }
            h.block("h3", &[], |h| h.text(title));
            h.paragraph(note);
            instruments(h, site, title, &of);
        }
    })
}

fn numbers(h: &mut Html, site: &Site<'_>) {
    let library = site.library;
    let sealed = library.provisions.iter().filter(|p| p.basis == Basis::Sealed).count();
    let numbers = [
        (library.instruments.len(), "instruments".to_owned()),
        (library.provisions.len(), format!("provisions, {sealed} of them sealed: their text is not public")),
        (library.requirements.len(), "requirements".to_owned()),
        (library.kinds.len(), "kinds of evidence".to_owned()),
        (library.components().count(), "components of a security management system".to_owned()),
    ];
    h.around("ul", &[("class", "numbers")], |h| {
        for (number, what) in numbers {
            h.block("li", &[], |h| {
                h.inline("strong", &[], |h| h.text(&number.to_string()));
                h.text(&format!(" {what}"));
            });
        }
    });
}

fn components(h: &mut Html, site: &Site<'_>) {
    h.table("Components", &["No", "Component", "Provisions", "Requirements"], |h| {
        for (id, component) in site.library.components() {
            h.block("tr", &[], |h| {
                h.cell(|h| h.text(&component.number.map(|n| n.to_string()).unwrap_or_default()));
                h.row_head(|h| h.link(&site.heading_place(id), &component.title));
                h.cell(|h| h.text(&links::provisions_of_strategic(site.library, id).len().to_string()));
                h.cell(|h| h.text(&links::requirements_of_strategic(site.library, id).len().to_string()));
            });
        }
    });
}

fn instruments(h: &mut Html, site: &Site<'_>, title: &str, of: &[InstrumentId]) {
    h.table(&format!("Instruments: {title}"), &["Instrument", "Citation", "Kind", "Provisions"], |h| {
        for id in of {
            let instrument = site.library.instrument(*id);
            h.block("tr", &[], |h| {
                h.row_head(|h| h.link(&site.instrument_page(*id), &instrument.title));
                h.cell(|h| h.text(&instrument.citation));
                h.cell(|h| h.text(instrument_kind(instrument.kind)));
                h.cell(|h| h.text(&site.provisions_of(*id).count().to_string()));
            });
        }
    });
}
