//! The strategy's headings other than components: objectives with their measures, initiatives, enablers, foundations.

use super::refer::because;
use super::{File, Site, address, frame};
use crate::library::links;
use crate::library::model::{ElementId, LinkTarget, Strategic, StrategicId, StrategicKind};
use crate::report::markup::Html;

const KINDS: [(StrategicKind, &str, &str); 4] = [
    (StrategicKind::Objective, "objectives", "Objectives"),
    (StrategicKind::Initiative, "initiatives", "Initiatives"),
    (StrategicKind::Enabler, "enablers", "Enablers"),
    (StrategicKind::Foundation, "foundations", "Foundations"),
];

pub(super) fn page(site: &Site<'_>) -> File {
    frame::page(site, address::STRATEGY, "", "Strategy", |h| {
        h.block("p", &[], |h| {
            h.text("What the library serves, and how its parts lead there. The ");
            h.link(&address::Address::at(address::INDEX, "components"), "components");
            h.text(" have pages of their own.");
        });
        frame::contents(h, &KINDS.map(|(_, place, title)| (place, title)));
        for (kind, place, title) in KINDS {
            h.heading("h2", place, title);
            let of: Vec<_> = site.headings().filter(|id| site.library.strategic(*id).kind == kind).collect();
            if of.is_empty() {
                h.paragraph("None is declared.");
            }
            of.into_iter().for_each(|id| heading(h, site, id));
        }
    })
}

fn heading(h: &mut Html, site: &Site<'_>, id: StrategicId) {
    let heading = site.library.strategic(id);
    h.around("article", &[("id", &site.heading_place(id).place)], |h| {
        h.block("h3", &[], |h| h.text(&heading.title));
        h.block("p", &[("class", "tags")], |h| h.name(&heading.name));
        h.paragraph(&heading.summary);
        h.fields(|h| {
            if let Some(source) = heading.source {
                h.field("Source", |h| site.provision(h, source));
            }
            if !heading.measures.is_empty() {
                h.field("Measures of success", |h| measures(h, site, id, heading));
            }
            if !heading.links.is_empty() {
                h.field("Linked to", |h| site.links(h, &heading.links));
            }
            let headings = links::headings_of_strategic(site.library, id);
            if !headings.is_empty() {
                h.field("Advanced by", |h| h.list(headings, "", |h, heading| site.heading(h, heading)));
            }
            h.field("Provisions", |h| provisions(h, site, id));
            h.field("Requirements", |h| {
                h.list(links::requirements_of_strategic(site.library, id), "None.", |h, requirement| {
                    site.requirement(h, requirement);
                    let links = &site.library.requirement(requirement).links;
                    links.iter().filter(|l| l.target.to == id).for_each(|l| because(h, l));
                });
            });
        });
    });
}

fn measures(h: &mut Html, site: &Site<'_>, id: StrategicId, heading: &Strategic) {
    h.list(heading.measures.iter().zip(0u32..), "", |h, (measure, part)| {
        let place = site.target_place(LinkTarget { to: id, part: Some(ElementId(part)) }).place;
        h.inline("span", &[("id", &place)], |h| h.text(&measure.title));
        h.text(" ");
        h.name(&measure.name);
    });
}

fn provisions(h: &mut Html, site: &Site<'_>, id: StrategicId) {
    h.list(links::provisions_of_strategic(site.library, id), "None.", |h, provision| {
        site.provision(h, provision);
        let links = &site.library.provision(provision).links;
        links.iter().filter(|l| l.target.to == id).for_each(|l| because(h, l));
    });
}
