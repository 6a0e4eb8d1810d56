//! A requirement: what it renders, what it asks, what it reads.

use super::words::{links, shows};
use crate::cli::page::Page;
use crate::library::model::{Clause, ClauseId, Decider, Judge, Requirement, RequirementId};
use crate::library::words::{dedented, filled_in_later, kinds, severity};
use crate::library::{Library, links};

pub(super) fn page(page: &mut Page, library: &Library, id: RequirementId) {
    let requirement = library.requirement(id);
    page.title("requirement", &requirement.name, &requirement.title);
    page.field("note", requirement.doc.as_deref().unwrap_or_default());
    for (i, provision) in requirement.discharges.iter().map(|id| library.provision(*id)).enumerate() {
        page.field(if i == 0 { "discharges" } else { "" }, &format!("{}  {}", provision.name, provision.title));
    }
    let shown: Vec<_> = requirement.shows.iter().map(|s| shows(library, *s)).collect();
    page.field("shows", &shown.join(", "));
    page.field(
        "decided by",
        match requirement.decided_by {
            Decider::Machine => "machine",
            Decider::Person => "person",
        },
    );
    page.field("severity", severity(requirement.severity));
    page.field("applies to", &applies(library, requirement));
    page.field("declared at", &library.sources.describe(requirement.name_span));
    links(page, library, "Linked to", &requirement.links);
    if !requirement.clauses.is_empty() {
        page.heading("What is expected");
    }
    requirement.required.iter().for_each(|id| clause(page, library, requirement, *id));
    for route in &requirement.routes {
        page.heading(&format!("Or, by the route {}: {}", route.name, route.title));
        route.clauses.iter().for_each(|id| clause(page, library, requirement, *id));
    }
    if !requirement.judges.is_empty() {
        page.heading("What a person judges");
        requirement.judges.iter().for_each(|j| judge(page, j));
        if let Some(guidance) = &requirement.guidance {
            page.item(0, "guidance:", guidance);
        }
    }
    page.heading("Evidence it reads");
    for kind in links::kinds_of_requirement(library, requirement).into_iter().map(|id| library.kind(id)) {
        page.item(0, &kind.name, &kind.title);
    }
}

fn applies(library: &Library, requirement: &Requirement) -> String {
    let applies = &requirement.applies;
    let who = if applies.all { "all".to_owned() } else { kinds(library, &applies.kinds) };
    match &applies.when {
        Some(when) => format!("{who} when {}", one_line(library.sources.slice(when.span))),
        None => who,
    }
}

fn clause(page: &mut Page, library: &Library, requirement: &Requirement, id: ClauseId) {
    let Clause { name, title, body, otherwise, remedy, guidance, .. } = &requirement.clauses[id.0 as usize];
    page.item(0, name, title);
    for line in dedented(library.sources.slice(body.span)) {
        page.line(&format!("      {line}"));
    }
    for (word, text) in [("otherwise:", filled_in_later(otherwise)), ("remedy:", filled_in_later(remedy))] {
        if !text.is_empty() {
            page.item(1, word, &text);
        }
    }
    if let Some(guidance) = guidance {
        page.item(1, "guidance:", guidance);
    }
}

fn judge(page: &mut Page, judge: &Judge) {
    page.item(0, &judge.name, &judge.question);
    let valid = judge.valid.map(|period| format!(", valid {period}")).unwrap_or_default();
    page.item(1, "by", &format!("{}{valid}", judge.by.join(", ")));
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
