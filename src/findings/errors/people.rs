//! About people and what they may do.

use crate::base::{Spanned, nearest};
use crate::diagnostics::{Diagnostic, catalog::findings as code};
use crate::evidence::errors::shown;
use crate::policy::Objection;

/// Somebody is named whom nobody introduces.
pub(in crate::findings) fn unknown_member<'a>(person: &Spanned<String>, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(code::UNKNOWN_MEMBER, person.span, format!("nobody in `people` has the id `{}`", shown(&person.value)))
            .label("who is this?")
            .note("whether they may do what they did hangs on their roles, and those are not known");
    match nearest(&person.value, known) {
        Some(near) => diagnostic.did_you_mean(Some(near)),
        None => diagnostic.help(format!("add `{{ id: {}, name: …, roles: […] }}` to `people`", shown(&person.value))),
    }
}

/// A role that is nearly one that policies and rules know.
pub(in crate::findings) fn misspelt_role(role: &Spanned<String>, near: &str) -> Diagnostic {
    Diagnostic::new(code::MISSPELT_ROLE, role.span, format!("nobody knows the role `{}`", shown(&role.value)))
        .label("reads like one that is known")
        .note("policies ask for roles by their exact names: with this one, whoever holds it may not do what the role is for")
        .did_you_mean(Some(near))
}

/// A policy says that they may not.
pub(in crate::findings) fn not_permitted(by: &Spanned<String>, objection: &Objection) -> Diagnostic {
    let because = &objection.because;
    Diagnostic::new(code::NOT_PERMITTED, by.span, format!("`{}` may not do this: {because}", shown(&by.value)))
        .label("did it")
        .note(said(objection))
        .help(format!("have somebody do it who may, and record that; `abide explain {}` shows the policy", objection.policy))
}

/// Whether they may is not known.
pub(in crate::findings) fn not_known(by: &Spanned<String>, objection: &Objection) -> Diagnostic {
    let needs: Vec<String> = objection.needs.iter().map(|need| format!("`{need}`")).collect();
    let message = format!("whether `{}` may do this is not known: it hangs on {}", shown(&by.value), needs.join(", "));
    Diagnostic::new(code::AUTHORITY_NOT_KNOWN, by.span, message)
        .label("did it")
        .note(said(objection))
        .help("state it: roles stand with the person in `people`, everything else in the finding")
}

fn said(objection: &Objection) -> String {
    let law = objection.provision.as_ref().map_or_else(String::new, |p| format!(", which rests on `{p}`"));
    format!("the policy `{}`{law}", objection.policy)
}
