//! Who did what: everybody named is known, and the policies permit what they did.

use super::Case;
use crate::base::{Spanned, nearest};
use crate::findings::errors::people as errors;
use crate::findings::{Finding, State, Word};
use crate::policy::{ActedOn, RegisterAct};

pub(super) fn check(case: &mut Case<'_>) {
    let finding = case.finding();
    let ids: Vec<&str> = case.register.people.iter().map(|p| p.id.value.as_str()).collect();
    for person in named(finding) {
        if case.register.person(&person.value).is_none() {
            case.tell(errors::unknown_member(person, ids.iter().copied()));
        }
        roles(case, person);
    }
    auditors(case);
    moves(case);
    rungs(case);
    for action in &finding.actions {
        let origin = finding.origin.get().map(|o| o.word());
        let owner = action.owner.get().map(String::as_str);
        if let Some(by) = action.verified.as_ref().and_then(|v| v.by.stated()) {
            ask(case, "verify", by, ActedOn::Action { origin, owner });
        }
        for by in action.extended.iter().filter_map(|e| e.by.stated()) {
            ask(case, "extend", by, ActedOn::Action { origin, owner });
        }
    }
}

/// Who looked: nobody audits for the authority who may not raise what the authority finds. Of somebody of whom that is not known, `moves` asks.
fn auditors(case: &mut Case<'_>) {
    let finding = case.finding();
    for auditor in finding.activity.auditors.get().into_iter().flatten() {
        let of = ActedOn::Finding {
            origin: finding.origin.get().map(|o| o.word()),
            class: finding.class.get().map(|c| c.word()),
            state: "none",
            owners: Some(Vec::new()),
            filed_by: Some(""),
        };
        let act = RegisterAct { verb: "raise", by: &auditor.value, roles: held(case, auditor), of };
        for objection in case.policies.objections(&act).into_iter().filter(|objection| objection.needs.is_empty()) {
            case.tell(errors::not_permitted(auditor, &objection));
        }
    }
}

/// The roles of a person, where the register states them.
fn held<'a>(case: &Case<'a>, person: &Spanned<String>) -> Option<Vec<&'a str>> {
    let roles = case.register.person(&person.value)?.roles.get()?;
    Some(roles.iter().map(|role| role.value.as_str()).collect())
}

fn moves(case: &mut Case<'_>) {
    let finding = case.finding();
    let owners = finding.actions.iter().map(|a| a.owner.get().map(String::as_str)).collect::<Option<Vec<_>>>();
    let (mut state, mut filed_by) = ("none", Some(""));
    for step in &finding.moves {
        let Some(to) = step.to.get().copied() else { continue };
        if let Some(by) = step.by.stated() {
            let of = ActedOn::Finding {
                origin: finding.origin.get().map(|o| o.word()),
                class: finding.class.get().map(|c| c.word()),
                state,
                owners: owners.clone(),
                filed_by,
            };
            ask(case, verb(to), by, of);
        }
        if to == State::PlanFiled {
            filed_by = step.by.get().map(String::as_str);
        }
        state = to.word();
    }
}

/// Roles are free words, but one that reads like a known one and is not decides nothing, and nobody would notice.
fn roles(case: &mut Case<'_>, person: &Spanned<String>) {
    let Some(vocabulary) = case.library.names.vocabularies.get("role") else { return };
    let known: Vec<&str> = case.library.vocabulary(*vocabulary).terms.iter().map(|term| term.name.as_str()).collect();
    let held = case.register.person(&person.value).and_then(|member| member.roles.get());
    for role in held.into_iter().flatten().filter(|role| !known.contains(&role.value.as_str())) {
        if let Some(near) = nearest(&role.value, known.iter().copied()) {
            case.tell(errors::misspelt_role(role, near));
        }
    }
}

/// Who climbed the ladder: each step is asked of the policies as if the finding was escalated.
fn rungs(case: &mut Case<'_>) {
    let finding = case.finding();
    let owners = finding.actions.iter().map(|a| a.owner.get().map(String::as_str)).collect::<Option<Vec<_>>>();
    let filed = finding.moves.iter().rev().find(|m| m.to.get() == Some(&State::PlanFiled));
    for rung in &finding.ladder {
        let Some(by) = rung.by.stated() else { continue };
        let state = rung.on.get().and_then(|on| finding.state_on(*on));
        let of = ActedOn::Finding {
            origin: finding.origin.get().map(|o| o.word()),
            class: finding.class.get().map(|c| c.word()),
            state: state.map_or("none", |state| state.word()),
            owners: owners.clone(),
            filed_by: filed.map_or(Some(""), |m| m.by.get().map(String::as_str)),
        };
        ask(case, "escalate", by, of);
    }
}

/// The action of the policies that moves a finding to a state.
const fn verb(to: State) -> &'static str {
    match to {
        State::Raised => "raise",
        State::Contained => "contain",
        State::Analysed => "analyse",
        State::PlanFiled => "file",
        State::PlanAgreed => "agree",
        State::UnderWay => "start",
        State::Reported => "report",
        State::Checked => "verify",
        State::Shut => "close",
        State::Escalated => "escalate",
    }
}

fn ask<'a>(case: &mut Case<'a>, verb: &'static str, by: &'a Spanned<String>, of: ActedOn<'a>) {
    let member = case.register.person(&by.value);
    let act = RegisterAct { verb, by: &by.value, roles: held(case, by), of };
    for objection in case.policies.objections(&act) {
        if objection.needs.is_empty() {
            case.tell(errors::not_permitted(by, &objection));
        } else if member.is_some() && !objection.needs.iter().all(|need| is_told(case.finding(), need)) {
            // Of somebody who is not known at all, that has been said.
            case.tell(errors::not_known(by, &objection));
        }
    }
}

/// Whether it is said of the finding anyway that this is missing from it, or cannot be read.
fn is_told(finding: &Finding, need: &str) -> bool {
    match need {
        "origin" => finding.origin.get().is_none(),
        "class" => finding.class.get().is_none(),
        "owner" | "owners" => finding.actions.iter().any(|a| a.owner.get().is_none()),
        "filed_by" => finding.moves.iter().any(|m| m.by.get().is_none()),
        _ => false,
    }
}

/// Everybody whom a record names, with the place.
fn named(finding: &Finding) -> Vec<&Spanned<String>> {
    let mut named: Vec<&Spanned<String>> = finding.activity.auditors.get().into_iter().flatten().collect();
    named.extend(finding.containment.iter().filter_map(|c| c.by.stated()));
    named.extend(finding.analysis.iter().filter_map(|a| a.by.stated()));
    for action in &finding.actions {
        named.extend(action.owner.stated());
        named.extend(action.verified.iter().filter_map(|v| v.by.stated()));
        named.extend(action.effect.iter().filter_map(|e| e.by.stated()));
        named.extend(action.extended.iter().filter_map(|e| e.by.stated()));
    }
    named.extend(finding.moves.iter().filter_map(|m| m.by.stated()));
    named.extend(finding.ladder.iter().filter_map(|r| r.by.stated()));
    named
}
