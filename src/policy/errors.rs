//! Diagnostics about policies: one constructor per code. What Cedar says of a policy is kept, its places moved to the file that the policy stands in.

use std::fmt::Display;

use miette::Diagnostic as FromCedar;

use crate::base::Span;
use crate::diagnostics::{Diagnostic, catalog::policy as code};

/// A text that Cedar cannot read. `policy` is where the text stands.
pub(super) fn syntax(policy: Span, error: &(impl FromCedar + Display)) -> Diagnostic {
    let said = Diagnostic::new(code::POLICY_SYNTAX, policy, format!("this is not a Cedar policy: {}", sentence(error)));
    told(said, policy, error)
}

/// A policy that the schema does not allow.
pub(super) fn schema(policy: Span, error: &(impl FromCedar + Display)) -> Diagnostic {
    let said =
        Diagnostic::new(code::POLICY_SCHEMA, policy, format!("the schema does not allow this policy: {}", sentence(error)));
    let said = told(said, policy, error).note("a policy that asks for what is never there would never bar anything");
    if said.help.is_some() {
        said
    } else {
        said.help("see which action goes with which principal and resource: `abide explain policy-schema`")
    }
}

/// A policy without `@id` or `@because`. `first` is its first line.
pub(super) fn missing_annotation(first: Span, name: &str) -> Diagnostic {
    let help = match name {
        "id" => "write `@id(\"a-name\")` before it: the name that reports use",
        _ => "write `@because(\"…\")` before it: the sentence that somebody reads whose evidence it bars",
    };
    Diagnostic::new(code::MISSING_ANNOTATION, first, format!("the policy has no `@{name}`"))
        .label(format!("no `@{name}`"))
        .note("whoever is told no is told by which policy, and why")
        .help(help)
}

/// Two policies of one name.
pub(super) fn duplicate(first: Span, id: &str, before: Span) -> Diagnostic {
    Diagnostic::new(code::DUPLICATE_POLICY, first, format!("there are two policies `{id}`"))
        .label("this one again")
        .also(before, "the first")
        .note("a report that names the policy must name one")
        .help("give one of them another `@id`")
}

/// In the house style: no capital at the start, no full stop, one line, and no internal number of the policy.
fn sentence(error: &impl Display) -> String {
    let text = error.to_string();
    let text = match text.strip_prefix("for policy `").and_then(|rest| rest.split_once("`, ")) {
        Some((_, rest)) => rest,
        None => text.as_str(),
    };
    text.lines().collect::<Vec<_>>().join(" ").trim_end_matches('.').to_owned()
}

/// Points at what Cedar points at, and says what it suggests.
fn told(mut said: Diagnostic, policy: Span, error: &impl FromCedar) -> Diagnostic {
    if let Some(label) = error.labels().and_then(|mut labels| labels.next())
        && let Some(at) = &mut said.at
    {
        let inside = |offset: usize| policy.start.saturating_add(offset as u32).min(policy.end);
        at.span = Span::new(policy.file, inside(label.offset()), inside(label.offset() + label.len()));
        at.text = label.label().unwrap_or_default().to_owned();
    }
    match error.help() {
        Some(help) => said.help(help.to_string()),
        None => said,
    }
}
