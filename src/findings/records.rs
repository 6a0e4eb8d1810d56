//! One record to one [`Finding`]: every key it may have, in the order of the documentation.

use super::errors;
use super::fields::{Field, Record};
use super::model::{
    Action, Activity, Analysis, Cause, Containment, Effect, Extension, Finding, Member, Move, Rung, Verification,
};
use super::provision::Cited;
use crate::base::Spanned;
use crate::evidence::errors::{items, values};
use crate::evidence::tree::View;
use crate::library::model::TermId;

/// Keys of a finding.
pub(super) const FINDING: &[&str] = &[
    "id",
    "entity",
    "activity",
    "origin",
    "found",
    "provision",
    "read-on",
    "measures",
    "component",
    "class",
    "recommendation",
    "correct-by",
    "evidence",
    "containment",
    "analysis",
    "actions",
    "moves",
    "ladder",
    "repeats",
    "marking",
    "nation",
];
/// Keys of a person, in a register that stands by itself.
pub(super) const PERSON: &[&str] = &["id", "name", "roles"];
const ACTIVITY: &[&str] = &["kind", "monitored", "on", "at", "auditors", "scope"];
const CONTAINMENT: &[&str] = &["on", "by", "what"];
const ANALYSIS: &[&str] = &["method", "completed", "by", "human-factors", "recurrence", "causes"];
const CAUSE: &[&str] = &["id", "summary", "systemic", "category"];
const ACTION: &[&str] = &[
    "id",
    "kind",
    "what",
    "causes",
    "works-by",
    "owner",
    "since",
    "due",
    "until",
    "completed",
    "proof",
    "verified",
    "effect",
    "extended",
];
const VERIFIED: &[&str] = &["on", "by", "how"];
const EFFECT: &[&str] = &["on", "by", "result"];
const EXTENDED: &[&str] = &["was", "now", "on", "by", "because"];
const MOVE: &[&str] = &["to", "on", "by"];
const RUNG: &[&str] = &["step", "on", "by", "comply-by", "works", "skips-because"];

/// Reads a finding; `entity` is whose bundle it stands beside. `None`, and told, when it has no id.
pub(super) fn finding(record: &mut Record<'_, '_>, entity: Option<&Spanned<String>>) -> Option<Finding> {
    let id = record.id("a finding");
    let beside = || entity.cloned().map_or(Field::Missing, Field::Stated);
    let finding = Finding {
        span: record.whole(),
        entity: match record.text("entity") {
            Field::Missing => beside(),
            stated => stated,
        },
        activity: activity(record),
        origin: record.word("origin"),
        found: record.text("found"),
        provision: cited(record),
        read_on: record.date("read-on"),
        measures: record.text("measures"),
        component: component(record),
        class: record.word("class"),
        recommendation: record.text("recommendation"),
        correct_by: record.date("correct-by"),
        evidence: record.texts("evidence"),
        containment: record.inside("containment", CONTAINMENT).map(|mut r| Containment {
            span: r.span(),
            on: r.date("on"),
            by: r.text("by"),
            what: r.text("what"),
        }),
        analysis: record.inside("analysis", ANALYSIS).map(|mut r| analysis(&mut r)),
        actions: record.each("actions", ACTION, action),
        moves: record
            .each("moves", MOVE, |r| Some(Move { span: r.span(), to: r.word("to"), on: r.date("on"), by: r.text("by") })),
        ladder: record.each("ladder", RUNG, |r| {
            Some(Rung {
                span: r.span(),
                step: r.word("step"),
                on: r.date("on"),
                by: r.text("by"),
                comply_by: r.date("comply-by"),
                works: r.bool("works"),
                skips_because: r.text("skips-because"),
            })
        }),
        repeats: record.text("repeats"),
        marking: record.text("marking"),
        nation: record.word("nation"),
        id: id?,
    };
    told_twice(record, finding.actions.iter().map(|a| &a.id), "action");
    told_twice(record, finding.analysis.iter().flat_map(|a| &a.causes).map(|c| &c.id), "cause");
    Some(finding)
}

/// Reads a person.
pub(super) fn person(record: &mut Record<'_, '_>) -> Option<Member> {
    let id = record.id("a person")?;
    Some(Member { id, name: record.text("name"), roles: record.texts("roles") })
}

fn activity(record: &mut Record<'_, '_>) -> Activity {
    let Some(mut r) = record.inside("activity", ACTIVITY) else { return Activity::default() };
    Activity {
        span: Some(r.span()),
        kind: r.word("kind"),
        monitored: r.text("monitored"),
        on: r.date("on"),
        at: r.text("at"),
        auditors: r.texts("auditors"),
        scope: r.text("scope"),
    }
}

fn cited(record: &mut Record<'_, '_>) -> Field<Cited> {
    record.read("provision", cite)
}

/// A provision by its name.
pub(super) fn cite(record: &mut Record<'_, '_>, value: View<'_>) -> Option<Cited> {
    let Some(name) = value.text() else {
        record.tell(values::not_text(value, "provision"));
        return None;
    };
    let names = &record.library().names.provisions;
    if let Some(id) = names.get(name) {
        return Some(Cited { name: name.to_owned(), id: *id });
    }
    let known: Vec<&str> = names.keys().map(String::as_str).collect();
    record.tell(items::no_such_rule(value, "provision", &known));
    None
}

/// A kind of entity by its name.
pub(super) fn entity_kind(record: &mut Record<'_, '_>, value: View<'_>) -> Option<TermId> {
    let library = record.library();
    let terms = &library.vocabulary(library.entity_kinds).terms;
    let found = (0u32..).zip(terms).find(|(_, term)| value.text() == Some(term.name.as_str()));
    if found.is_none() {
        let words: Vec<&str> = terms.iter().map(|term| term.name.as_str()).collect();
        record.tell(values::not_one_of(value, "entity-kind", &words));
    }
    found.map(|(term, _)| TermId(term))
}

fn component(record: &mut Record<'_, '_>) -> Field<String> {
    record.read("component", |record, value| {
        let known: Vec<&str> = record.library().components().map(|(_, c)| c.name.as_str()).collect();
        let name = value.text().filter(|name| known.contains(name));
        if name.is_none() {
            record.tell(values::not_one_of(value, "component", &known));
        }
        name.map(str::to_owned)
    })
}

fn analysis(r: &mut Record<'_, '_>) -> Analysis {
    Analysis {
        span: r.span(),
        method: r.word("method"),
        completed: r.date("completed"),
        by: r.text("by"),
        human_factors: r.text("human-factors"),
        recurrence: r.text("recurrence"),
        causes: r.each("causes", CAUSE, |c| {
            let id = c.id("a cause");
            let cause = |id| Cause { id, summary: c.text("summary"), systemic: c.bool("systemic"), category: c.word("category") };
            id.map(cause)
        }),
    }
}

fn action(r: &mut Record<'_, '_>) -> Option<Action> {
    let id = r.id("an action")?;
    Some(Action {
        id,
        span: r.span(),
        kind: r.word("kind"),
        what: r.text("what"),
        causes: r.texts("causes"),
        works_by: r.word("works-by"),
        owner: r.text("owner"),
        since: r.date("since"),
        due: r.date("due"),
        until: r.date("until"),
        completed: r.date("completed"),
        proof: r.text("proof"),
        verified: r.inside("verified", VERIFIED).map(|mut v| Verification {
            span: v.span(),
            on: v.date("on"),
            by: v.text("by"),
            how: v.text("how"),
        }),
        effect: r.inside("effect", EFFECT).map(|mut e| Effect {
            span: e.span(),
            on: e.date("on"),
            by: e.text("by"),
            result: e.text("result"),
        }),
        extended: r.each("extended", EXTENDED, |e| {
            Some(Extension {
                span: e.span(),
                was: e.date("was"),
                now: e.date("now"),
                on: e.date("on"),
                by: e.text("by"),
                because: e.text("because"),
            })
        }),
    })
}

/// Ids that stand twice in one finding.
fn told_twice<'a>(record: &mut Record<'_, '_>, ids: impl Iterator<Item = &'a Spanned<String>>, what: &str) {
    let mut seen: std::collections::BTreeMap<&str, &Spanned<String>> = std::collections::BTreeMap::new();
    for id in ids {
        match seen.get(id.value.as_str()) {
            Some(first) => record.tell(errors::register::same_id(id, first.span, what)),
            None => drop(seen.insert(&id.value, id)),
        }
    }
}
