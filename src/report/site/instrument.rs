//! An instrument and its provisions.

use super::{File, Site, frame};
use crate::library::links;
use crate::library::model::{Basis, Duty, Extent, InstrumentId, Provision, ProvisionId};
use crate::library::words::{duty, extent, in_force, instrument_kind};
use crate::report::markup::Html;

pub(super) fn page(site: &Site<'_>, id: InstrumentId) -> File {
    let instrument = site.library.instrument(id);
    let name = site.instrument_page(id).page;
    frame::page(site, &name, "Instrument", &instrument.title, |h| {
        h.paragraph(instrument.doc.as_deref().unwrap_or_default());
        h.fields(|h| {
            h.field("Name", |h| h.name(&instrument.name));
            h.field_text("Citation", &instrument.citation);
            h.field_text("Kind", instrument_kind(instrument.kind));
            h.field_text("Extent", extent(instrument.extent));
            if let Some(url) = &instrument.url {
                h.field("Source", |h| h.outside(url));
            }
            site.days(h, "In force", instrument.in_force);
        });
        amended(h, site, id);
        h.heading("h2", "provisions", "Provisions");
        h.around("div", &[("class", "columns")], |h| {
            h.list(site.provisions_of(id), "None is declared.", |h, provision| {
                let p = site.library.provision(provision);
                h.link(&site.provision_place(provision), &format!("{}: {}", p.key.point, p.title));
            });
        });
        site.provisions_of(id).for_each(|provision| self::provision(h, site, provision));
    })
}

/// What this instrument changed in others.
fn amended(h: &mut Html, site: &Site<'_>, id: InstrumentId) {
    let made = |p: &Provision| p.versions.iter().any(|v| v.amended_by == Some(id));
    let changed: Vec<_> = links::provisions(site.library).filter(|p| made(site.library.provision(*p))).collect();
    if !changed.is_empty() {
        h.heading("h2", "amends", "Provisions it changed");
        h.list(changed, "", |h, provision| site.provision(h, provision));
    }
}

fn provision(h: &mut Html, site: &Site<'_>, id: ProvisionId) {
    let provision = site.library.provision(id);
    h.around("article", &[("id", &site.provision_place(id).place)], |h| {
        h.block("h3", &[], |h| h.text(&format!("{}: {}", provision.key.point, provision.title)));
        h.block("p", &[("class", "tags")], |h| tags(h, site, id));
        h.paragraph(provision.doc.as_deref().unwrap_or_default());
        if let Some(why) = &provision.sealed {
            h.block("p", &[("class", "sealed")], |h| {
                h.inline("strong", &[], |h| h.text("Sealed: its text is not public."));
                h.text(&format!(" Why: {why}."));
            });
        }
        versions(h, site, provision);
        h.fields(|h| {
            h.field("Binds", |h| h.text(&bearers(site, provision)));
            h.field_text("Basis", basis(provision.basis));
            if let Some(source) = &provision.source {
                h.field("Source", |h| h.outside(source));
            }
            linked(h, site, id);
        });
    });
}

/// The name, and what can be said in a word.
fn tags(h: &mut Html, site: &Site<'_>, id: ProvisionId) {
    let provision = site.library.provision(id);
    h.name(&provision.name);
    for tag in [duty(provision.duty), short_basis(provision.basis)] {
        h.text(" ");
        h.inline("span", &[("class", "tag")], |h| h.text(tag));
    }
    if let Some(day) = site.day.filter(|day| !provision.in_force_on(*day)) {
        h.text(" ");
        h.inline("span", &[("class", "tag off")], |h| h.text(&format!("not in force on {day}")));
    }
}

fn versions(h: &mut Html, site: &Site<'_>, provision: &Provision) {
    if provision.versions.is_empty() {
        return;
    }
    h.around("ol", &[("class", "versions")], |h| {
        for version in &provision.versions {
            h.around("li", &[], |h| {
                h.block("p", &[("class", "days")], |h| {
                    h.text(&in_force(version.in_force));
                    if let Some(by) = version.amended_by {
                        h.text(", by ");
                        h.link(&site.instrument_page(by), &site.library.instrument(by).citation);
                    }
                    site.mark(h, version.in_force);
                });
                // A sealed version has days and no text.
                h.paragraph(&version.summary);
            });
        }
    });
}

/// Everything that leads to a provision or away from it.
fn linked(h: &mut Html, site: &Site<'_>, id: ProvisionId) {
    let library = site.library;
    let provision = library.provision(id);
    if !provision.links.is_empty() {
        h.field("Linked to", |h| site.links(h, &provision.links));
    }
    if !provision.observed.is_empty() {
        h.field("Seen where it is not kept (no law)", |h| h.list(&provision.observed, "", |h, line| h.text(line)));
    }
    h.field("Discharged by", |h| match site.discharged_by(id) {
        [] => h.text(unmatched(library.instrument(provision.key.instrument).extent, provision)),
        found => h.list(found, "", |h, requirement| site.requirement(h, *requirement)),
    });
    let parameters: Vec<_> = site.parameters().filter(|p| library.parameter(*p).values.iter().any(|v| v.2 == Some(id))).collect();
    if !parameters.is_empty() {
        h.field("Parameters", |h| h.commas(parameters, |h, p| h.link(&site.parameter_place(p), &library.parameter(p).title)));
    }
    let kept: Vec<_> = site.kinds().filter(|k| library.kind(*k).retained.as_ref().is_some_and(|(_, by)| *by == id)).collect();
    if !kept.is_empty() {
        h.field("Says how long to keep", |h| h.commas(kept, |h, k| site.kind(h, k)));
    }
    let headings: Vec<_> = site.headings().filter(|s| library.strategic(*s).source == Some(id)).collect();
    if !headings.is_empty() {
        h.field("Source of", |h| h.commas(headings, |h, s| h.link(&site.heading_place(s), &library.strategic(s).title)));
    }
    for equivalence in &library.equivalences {
        let involved = [&equivalence.treats, &equivalence.counts_as].iter().any(|ids| ids.contains(&id));
        if involved || equivalence.basis == Some(id) {
            h.field("Equivalence", |h| h.link(&site.equivalence_place(equivalence), &equivalence.title));
        }
    }
}

/// Why a provision has no requirement.
const fn unmatched(extent: Extent, provision: &Provision) -> &'static str {
    match (extent, provision.duty, provision.basis) {
        (Extent::Eu | Extent::Icao, ..) => "No requirement: it binds nobody in the United Kingdom.",
        (Extent::Uk, Duty::Defines | Duty::Empowers, _) => {
            "No requirement: it defines or empowers, so that nothing in it could be unmet."
        }
        (Extent::Uk, _, Basis::Sealed) => "No requirement: its text is not public.",
        (Extent::Uk, ..) => "No requirement: it is not encoded.",
    }
}

fn bearers(site: &Site<'_>, provision: &Provision) -> String {
    if provision.binds_all {
        return "every kind of entity".to_owned();
    }
    if provision.binds.is_empty() {
        return "the State".to_owned();
    }
    site.entity_kinds(&provision.binds)
}

const fn short_basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Read => "text read",
        Basis::Excerpt => "excerpt read",
        Basis::Unverified => "unverified",
        Basis::Sealed => "sealed",
    }
}

const fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Read => "read: the text itself was read",
        Basis::Excerpt => "excerpt: part of the text, or a page about it, was read",
        Basis::Unverified => "unverified: not checked against the text",
        Basis::Sealed => "sealed: the text is not public",
    }
}
