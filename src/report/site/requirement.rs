//! A requirement in full, as it stands on its component's page; and the page of all requirements.

use super::{File, Site, address, frame};
use crate::library::links;
use crate::library::model::{Clause, ClauseId, Decider, Judge, LinkTarget, Requirement, RequirementId, Shows};
use crate::library::words::{dedented, filled_in_later, level, severity};
use crate::report::markup::Html;

/// All requirements by name, with those that belong to no component in full.
pub(super) fn index(site: &Site<'_>) -> File {
    frame::page(site, address::REQUIREMENTS, "", "Requirements", |h| {
        h.paragraph("Each stands in full on the page of the component it shows first.");
        let homeless: Vec<_> =
            links::requirements(site.library).map(|(id, _)| id).filter(|id| site.home(*id).is_none()).collect();
        h.table("Requirements", &["Requirement", "Name", "Shows", "Severity"], |h| {
            for (id, requirement) in links::requirements(site.library) {
                h.block("tr", &[], |h| {
                    h.row_head(|h| site.requirement(h, id));
                    h.cell(|h| h.name(&requirement.name));
                    h.cell(|h| h.commas(&requirement.shows, |h, s| shows(h, site, s)));
                    h.cell(|h| h.text(severity(requirement.severity)));
                });
            }
        });
        if !homeless.is_empty() {
            h.heading("h2", "no-component", "Linked to no component");
            homeless.iter().for_each(|id| full(h, site, *id, "h3"));
        }
    })
}

/// A requirement with all it asks and all it is linked to.
pub(super) fn full(h: &mut Html, site: &Site<'_>, id: RequirementId, heading: &'static str) {
    let requirement = site.library.requirement(id);
    h.around("article", &[("id", &site.requirement_place(id).place)], |h| {
        h.block(heading, &[], |h| h.text(&requirement.title));
        h.block("p", &[("class", "tags")], |h| {
            h.name(&requirement.name);
            for tag in [severity(requirement.severity), decider(requirement.decided_by)] {
                h.text(" ");
                h.inline("span", &[("class", "tag")], |h| h.text(tag));
            }
        });
        h.paragraph(requirement.doc.as_deref().unwrap_or_default());
        h.fields(|h| fields(h, site, requirement));
        requirement.required.iter().for_each(|id| clause(h, site, requirement, *id));
        for route in &requirement.routes {
            h.block("p", &[("class", "route")], |h| {
                h.inline("strong", &[], |h| h.text("One way to meet it: "));
                h.text(&route.title);
            });
            route.clauses.iter().for_each(|id| clause(h, site, requirement, *id));
        }
        requirement.judges.iter().for_each(|j| judge(h, j));
        h.fields(|h| {
            if let Some(guidance) = &requirement.guidance {
                h.field("To learn how", |h| h.outside(guidance));
            }
            h.field("Evidence it reads", |h| h.list(site.reads(id), "None.", |h, kind| site.kind(h, *kind)));
            let parameters = links::parameters_of_requirement(requirement);
            if !parameters.is_empty() {
                h.field("Parameters it uses", |h| h.list(parameters, "", |h, parameter| site.parameter(h, parameter)));
            }
        });
    });
}

fn fields(h: &mut Html, site: &Site<'_>, requirement: &Requirement) {
    if !requirement.shows.is_empty() {
        h.field("Shows", |h| h.commas(&requirement.shows, |h, s| shows(h, site, s)));
    }
    h.field("Applies to", |h| {
        let applies = &requirement.applies;
        let who = if applies.all { "every kind of entity".to_owned() } else { site.entity_kinds(&applies.kinds) };
        h.text(&who);
        if let Some(when) = &applies.when {
            h.text(" when ");
            h.name(site.library.sources.slice(when.span));
        }
    });
    site.days(h, "In force", requirement.in_force);
    h.field("Discharges", |h| {
        h.list(&requirement.discharges, "No provision: it is good practice.", |h, id| site.provision(h, *id));
    });
    if !requirement.links.is_empty() {
        h.field("Linked to", |h| site.links(h, &requirement.links));
    }
}

fn shows(h: &mut Html, site: &Site<'_>, shows: &Shows) {
    site.target(h, LinkTarget { to: shows.component, part: shows.element });
    h.text(&format!(" ({})", level(shows.level)));
}

fn clause(h: &mut Html, site: &Site<'_>, requirement: &Requirement, id: ClauseId) {
    let Clause { name, title, body, otherwise, remedy, guidance, .. } = &requirement.clauses[id.0 as usize];
    h.around("section", &[("class", "clause")], |h| {
        h.block("p", &[], |h| {
            h.inline("strong", &[], |h| h.text("Expected: "));
            h.text(title);
            h.text(" ");
            h.name(name);
        });
        h.block("pre", &[], |h| h.inline("code", &[], |h| h.lines(&dedented(site.library.sources.slice(body.span)).join("\n"))));
        if otherwise.is_empty() && remedy.is_empty() && guidance.is_none() {
            return;
        }
        h.fields(|h| {
            h.field_text("Otherwise", &filled_in_later(otherwise));
            h.field_text("To do", &filled_in_later(remedy));
            if let Some(guidance) = guidance {
                h.field("To learn how", |h| h.outside(guidance));
            }
        });
    });
}

fn judge(h: &mut Html, judge: &Judge) {
    h.around("section", &[("class", "clause")], |h| {
        h.block("p", &[], |h| {
            h.inline("strong", &[], |h| h.text("A person judges: "));
            h.text(&judge.question);
            h.text(" ");
            h.name(&judge.name);
        });
        h.fields(|h| {
            h.field_text("Who", &judge.by.join(", "));
            h.field_text("Valid", &judge.valid.map(|period| period.to_string()).unwrap_or_default());
        });
    });
}

const fn decider(decider: Decider) -> &'static str {
    match decider {
        Decider::Machine => "decided by machine",
        Decider::Person => "decided by a person",
    }
}
