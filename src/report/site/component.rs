//! A component: its elements, the provisions that support it, its requirements in full, the evidence they read.

use std::collections::BTreeSet;

use super::refer::because;
use super::{File, Site, frame, requirement};
use crate::library::links;
use crate::library::model::{Level, ProvisionId, RequirementId, StrategicId};
use crate::report::markup::Html;

/// As an assessment climbs them.
const LEVELS: [(Level, &str, &str); 4] = [
    (Level::Present, "present", "Present: it is documented"),
    (Level::Suitable, "suitable", "Suitable: it fits the entity"),
    (Level::Operating, "operating", "Operating: it is in use"),
    (Level::Effective, "effective", "Effective: it achieves its aim"),
];

pub(super) fn page(site: &Site<'_>, id: StrategicId) -> File {
    let component = site.library.strategic(id);
    let requirements = links::requirements_of_strategic(site.library, id);
    let provisions = links::provisions_of_strategic(site.library, id);
    let what = component.number.map_or_else(|| "Component".to_owned(), |n| format!("Component {n}"));
    frame::page(site, &site.heading_place(id).page, &what, &component.title, |h| {
        h.paragraph(&component.summary);
        h.fields(|h| {
            h.field("Name", |h| h.name(&component.name));
            if let Some(source) = component.source {
                h.field("Source", |h| site.provision(h, source));
            }
            if !component.links.is_empty() {
                h.field("Linked to", |h| site.links(h, &component.links));
            }
            let headings = links::headings_of_strategic(site.library, id);
            if !headings.is_empty() {
                h.field("Advanced by", |h| h.commas(headings, |h, heading| site.heading(h, heading)));
            }
        });
        frame::contents(
            h,
            &[("elements", "Elements"), ("provisions", "Provisions"), ("requirements", "Requirements"), ("evidence", "Evidence")],
        );
        h.heading("h2", "elements", "Elements");
        h.list(&component.elements, "None is declared.", |h, element| {
            h.inline("span", &[("id", &format!("element-{}", element.name))], |h| h.text(&element.title));
            h.text(" ");
            h.name(&element.name);
        });
        h.heading("h2", "provisions", "Provisions");
        self::provisions(h, site, id, &provisions);
        h.heading("h2", "requirements", "Requirements");
        self::requirements(h, site, id, &requirements);
        h.heading("h2", "evidence", "Evidence");
        let kinds: BTreeSet<_> = requirements.iter().flat_map(|id| site.reads(*id)).collect();
        h.list(kinds, "Its requirements read none.", |h, kind| site.kind(h, *kind));
    })
}

/// By instrument, with the reason of each link.
fn provisions(h: &mut Html, site: &Site<'_>, component: StrategicId, provisions: &[ProvisionId]) {
    if provisions.is_empty() {
        h.paragraph("None supports it.");
    }
    for instrument in site.instruments() {
        let of = |id: &&ProvisionId| site.library.provision(**id).key.instrument == instrument;
        let own: Vec<_> = provisions.iter().filter(of).collect();
        if own.is_empty() {
            continue;
        }
        h.block("h3", &[("id", &site.law_on_component(component, instrument).place)], |h| {
            h.link(&site.instrument_page(instrument), &site.library.instrument(instrument).title);
        });
        h.list(own, "", |h, id| {
            site.provision(h, *id);
            for link in site.library.provision(*id).links.iter().filter(|l| l.target.to == component) {
                if let Some(part) = site.part(link.target) {
                    h.text(", for ");
                    h.link(&site.target_place(link.target), &part.title);
                }
                because(h, link);
            }
        });
    }
}

/// By level; those that stand in full elsewhere as links.
fn requirements(h: &mut Html, site: &Site<'_>, component: StrategicId, requirements: &[RequirementId]) {
    if requirements.is_empty() {
        h.paragraph("None shows it.");
    }
    let (own, elsewhere): (Vec<_>, Vec<_>) = requirements.iter().copied().partition(|id| site.home(*id) == Some(component));
    let level_of =
        |id: RequirementId| site.library.requirement(id).shows.iter().find(|s| s.component == component).map(|s| s.level);
    for (level, place, title) in LEVELS {
        let of: Vec<_> = own.iter().copied().filter(|id| level_of(*id) == Some(level)).collect();
        if !of.is_empty() {
            h.heading("h3", &format!("level-{place}"), title);
            of.into_iter().for_each(|id| requirement::full(h, site, id, "h4"));
        }
    }
    let linked: Vec<_> = own.iter().copied().filter(|id| level_of(*id).is_none()).collect();
    if !linked.is_empty() {
        h.heading("h3", "no-level", "Linked, without showing a level");
        linked.into_iter().for_each(|id| requirement::full(h, site, id, "h4"));
    }
    if !elsewhere.is_empty() {
        h.heading("h3", "elsewhere", "On the pages of other components");
        h.list(elsewhere, "", |h, id| site.requirement(h, id));
    }
}
