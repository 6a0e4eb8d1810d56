//! Provisions, instruments, parameters, equivalences.

use super::words::links;
use crate::base::Date;
use crate::cli::page::Page;
use crate::library::model::{Basis, Duty, Equivalence, InForce, InstrumentId, ParameterId, ProvisionId, Version};
use crate::library::words::{duty, extent, in_force, instrument_kind, kinds, literal};
use crate::library::{Library, links};

pub(super) fn provision(page: &mut Page, library: &Library, id: ProvisionId, day: Option<Date>) {
    let provision = library.provision(id);
    let instrument = library.instrument(provision.key.instrument);
    page.title("provision", &provision.name, &provision.title);
    page.field("in", &format!("{} ({})", instrument.title, instrument.citation));
    page.field("note", provision.doc.as_deref().unwrap_or_default());
    let binds = if provision.binds_all { "every kind of entity".to_owned() } else { kinds(library, &provision.binds) };
    page.field("binds", if binds.is_empty() { "the State" } else { &binds });
    page.field("duty", duty(provision.duty));
    page.field("basis", basis(provision.basis));
    page.field("source", provision.source.as_deref().unwrap_or_default());
    page.field("sealed", provision.sealed.as_deref().unwrap_or_default());
    let now = day.and_then(|day| provision.version_on(day).map(|version| (day, version)));
    if let Some((day, version)) = now {
        page.heading(&format!("On {day}"));
        page.paragraph(&version.summary, 2);
    } else if let (Some(day), false) = (day, provision.versions.is_empty()) {
        page.heading(&format!("On {day}"));
        page.paragraph("not in force", 2);
    }
    if provision.versions.len() > 1 || (now.is_none() && !provision.versions.is_empty()) {
        page.heading("Versions");
        provision.versions.iter().for_each(|v| self::version(page, library, v));
    } else if let Some(version) = provision.versions.first() {
        page.field("version", &in_force(version.in_force));
    }
    links(page, library, "Linked to", &provision.links);
    if !provision.observed.is_empty() {
        page.heading("Seen where it is not kept (no law)");
        provision.observed.iter().for_each(|line| page.item(0, "*", line));
    }
    let discharged_by = links::requirements_of_provision(library, id);
    page.heading("Discharged by");
    if discharged_by.is_empty() {
        let why = match provision.duty {
            Duty::Defines | Duty::Empowers => "it defines or empowers, so that nothing in it could be unmet",
            Duty::Must | Duty::Should | Duty::May => "it is not encoded",
        };
        page.paragraph(&format!("no requirement: {why}"), 2);
    }
    for id in discharged_by {
        let requirement = library.requirement(id);
        page.item(0, &requirement.name, &requirement.title);
    }
    let equivalences = library.equivalences.iter().filter(|e| e.treats.contains(&id) || e.counts_as.contains(&id));
    for equivalence in equivalences {
        page.field("equivalence", &format!("{}: {}", equivalence.name, equivalence.title));
    }
}

fn version(page: &mut Page, library: &Library, version: &Version) {
    let by = version.amended_by.map(|id| format!(" (by {})", library.instrument(id).name)).unwrap_or_default();
    page.item(0, &format!("{}{by}", in_force(version.in_force)), &version.summary);
}

pub(super) fn instrument(page: &mut Page, library: &Library, id: InstrumentId) {
    let instrument = library.instrument(id);
    page.title("instrument", &instrument.name, &instrument.title);
    page.field("note", instrument.doc.as_deref().unwrap_or_default());
    page.field("kind", instrument_kind(instrument.kind));
    page.field("extent", extent(instrument.extent));
    page.field("citation", &instrument.citation);
    page.field("url", instrument.url.as_deref().unwrap_or_default());
    if instrument.in_force != InForce::ALWAYS {
        page.field("in force", &in_force(instrument.in_force));
    }
    page.heading("Provisions");
    for provision in library.provisions.iter().filter(|p| p.key.instrument == id) {
        page.item(0, &provision.name, &provision.title);
    }
}

pub(super) fn parameter(page: &mut Page, library: &Library, id: ParameterId, day: Option<Date>) {
    let parameter = library.parameter(id);
    page.title("parameter", &parameter.name, &parameter.title);
    for (value, days, provision) in &parameter.values {
        let by = provision.map(|id| format!(", by {}", library.provision(id).name)).unwrap_or_default();
        let now = if day.is_some_and(|day| days.contains(day)) { " (now)" } else { "" };
        page.item(0, &literal(library, value), &format!("{}{by}{now}", in_force(*days)));
    }
    page.heading("Used by");
    for id in links::requirements_of_parameter(library, id) {
        let requirement = library.requirement(id);
        page.item(0, &requirement.name, &requirement.title);
    }
}

pub(super) fn equivalence(page: &mut Page, library: &Library, equivalence: &Equivalence) {
    let names = |ids: &[ProvisionId]| ids.iter().map(|id| library.provision(*id).name.as_str()).collect::<Vec<_>>().join(", ");
    page.title("equivalence", &equivalence.name, &equivalence.title);
    page.field("treats", &names(&equivalence.treats));
    page.field("as", &names(&equivalence.counts_as));
    page.field("for", &kinds(library, &equivalence.for_kinds));
    page.field("basis", equivalence.basis.map(|id| library.provision(id).name.as_str()).unwrap_or_default());
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Read => "read: the text was read",
        Basis::Excerpt => "excerpt: part of the text was read",
        Basis::Unverified => "unverified: not checked against the text",
        Basis::Sealed => "sealed: the text is not public",
    }
}
