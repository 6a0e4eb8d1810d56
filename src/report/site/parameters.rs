//! Numbers of the law with the days they hold, and what law counts as what.

use super::{File, Site, address, frame};
use crate::library::model::{Equivalence, ParameterId, ProvisionId};
use crate::library::words::{in_force, literal};
use crate::report::markup::Html;

pub(super) fn page(site: &Site<'_>) -> File {
    frame::page(site, address::PARAMETERS, "", "Parameters and equivalences", |h| {
        frame::contents(h, &[("parameters", "Parameters"), ("equivalences", "Equivalences")]);
        h.heading("h2", "parameters", "Parameters");
        h.paragraph("Numbers of the law, each with the days it holds. A requirement takes the one of the day it is assessed.");
        site.parameters().for_each(|id| parameter(h, site, id));
        h.heading("h2", "equivalences", "Equivalences");
        h.paragraph("Where law says that one set of provisions counts as another.");
        if site.library.equivalences.is_empty() {
            h.paragraph("None is declared.");
        }
        site.library.equivalences.iter().for_each(|e| equivalence(h, site, e));
    })
}

fn parameter(h: &mut Html, site: &Site<'_>, id: ParameterId) {
    let parameter = site.library.parameter(id);
    h.around("article", &[("id", &site.parameter_place(id).place)], |h| {
        h.block("h3", &[], |h| h.text(&parameter.title));
        h.block("p", &[("class", "tags")], |h| h.name(&parameter.name));
        h.around("ol", &[("class", "versions")], |h| {
            for (value, days, provision) in &parameter.values {
                h.around("li", &[], |h| {
                    h.block("p", &[("class", "days")], |h| {
                        h.text(&format!("{}, {}", literal(site.library, value), in_force(*days)));
                        site.mark(h, *days);
                    });
                    if let Some(provision) = provision {
                        h.block("p", &[], |h| site.provision(h, *provision));
                    }
                });
            }
        });
        h.fields(|h| h.field("Used by", |h| h.list(site.users(id), "No requirement.", |h, id| site.requirement(h, id))));
    });
}

fn equivalence(h: &mut Html, site: &Site<'_>, equivalence: &Equivalence) {
    let all = |h: &mut Html, ids: &[ProvisionId]| h.list(ids, "None.", |h, id| site.provision(h, *id));
    h.around("article", &[("id", &site.equivalence_place(equivalence).place)], |h| {
        h.block("h3", &[], |h| h.text(&equivalence.title));
        h.block("p", &[("class", "tags")], |h| h.name(&equivalence.name));
        h.fields(|h| {
            h.field("These", |h| all(h, &equivalence.treats));
            h.field("Count as", |h| all(h, &equivalence.counts_as));
            let kinds = site.entity_kinds(&equivalence.for_kinds);
            h.field_text("For", if kinds.is_empty() { "every kind of entity" } else { &kinds });
            if let Some(basis) = equivalence.basis {
                h.field("Says so", |h| site.provision(h, basis));
            }
        });
    });
}
