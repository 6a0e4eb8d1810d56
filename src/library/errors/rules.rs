//! Requirements as a whole.

use crate::base::Span;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::catalog::library as codes;
use crate::syntax::ast::Name;

/// A machine that would judge.
pub(in crate::library) fn machine_judges(at: Span, requirement: &str, what: &str) -> Diagnostic {
    Diagnostic::new(codes::MACHINE_JUDGES, at, format!("`{requirement}` is decided by machine, yet it {what}"))
        .label("this takes a person")
        .note("software may decide what is present and operating; what is suitable or effective, a named person judges")
        .help("write `decided by person` with a `judge`, or remove this line")
}

/// A person who is asked nothing.
pub(in crate::library) fn judgement_missing(at: Span, requirement: &str) -> Diagnostic {
    Diagnostic::new(codes::JUDGEMENT_MISSING, at, format!("`{requirement}` is decided by a person, who is asked nothing"))
        .label("there is no `judge`")
        .note("a judgement is an answer to a question that is put in writing")
        .help("add `judge name \"question\" by role`, or write `decided by machine`")
}

/// A level that the kinds read cannot show.
pub(in crate::library) fn level_not_proved(at: Span, level: &str, requirement: &str) -> Diagnostic {
    Diagnostic::new(codes::LEVEL_NOT_PROVED, at, format!("nothing that `{requirement}` reads can show `{level}`"))
        .label("no kind of evidence in its clauses proves this")
        .note("a document shows that something is present; only records of use show that it is operating")
        .help(format!("read an evidence kind that proves {level}, or show a lower level"))
}

/// Clauses that read no evidence.
pub(in crate::library) fn clause_without_evidence(name: &Name) -> Diagnostic {
    Diagnostic::new(codes::CLAUSE_WITHOUT_EVIDENCE, name.span, format!("`{}` reads no evidence", name.value))
        .label("no clause looks at any evidence kind")
        .note("no evidence could satisfy it, or none would be needed to")
        .help("ask for evidence with `some`, `every` or `recurs`; put a condition on the entity into `applies to … when`")
}

/// A requirement that asks for nothing.
pub(in crate::library) fn nothing_to_check(name: &Name) -> Diagnostic {
    Diagnostic::new(codes::NOTHING_TO_CHECK, name.span, format!("`{}` expects nothing", name.value))
        .label("no `expect`, no route, no `judge`")
        .note("a requirement with nothing to check would be met by everybody")
        .help("add an `expect` or a `judge`; only where every provision it discharges is sealed may both be left out")
}

/// Rules made from text that is not public.
pub(in crate::library) fn discharges_sealed(at: Span, requirement: &str, provision: &str) -> Diagnostic {
    Diagnostic::new(codes::DISCHARGES_SEALED, at, format!("`{requirement}` has clauses for `{provision}`, which is sealed"))
        .label("its text is not public")
        .note("a clause would put into words what is not public, or invent what it says")
        .help("discharge a public provision, or keep this one in a requirement without `expect`")
}

/// Law of elsewhere.
pub(in crate::library) fn discharges_foreign(at: Span, provision: &str, extent: &str) -> Diagnostic {
    Diagnostic::new(codes::DISCHARGES_FOREIGN, at, format!("`{provision}` does not bind anybody in the United Kingdom"))
        .label(format!("its instrument has the extent `{extent}`"))
        .note("law of the European Union alone and standards for States are there for comparison")
        .help("discharge the provision of United Kingdom law, and link the two with an `equivalence`")
}

/// A bearer whom no provision binds.
pub(in crate::library) fn bearer_mismatch(at: Span, requirement: &str, who: &str) -> Diagnostic {
    Diagnostic::new(codes::BEARER_MISMATCH, at, format!("`{requirement}` applies to {who}, whom none of its provisions binds"))
        .label("bound by none of them")
        .note("a gap would be held against somebody who has no such duty")
        .help("take the kind out of `applies to`, correct `binds`, or discharge a provision that binds it")
}

/// A requirement whose days and whose provisions' days never meet.
pub(in crate::library) fn never_in_force(at: Span, requirement: &str) -> Diagnostic {
    Diagnostic::new(codes::NEVER_IN_FORCE, at, format!("`{requirement}` is in force on no day on which its provisions are"))
        .label("none of the provisions it discharges is in force then")
        .note("it would never be assessed, and its provisions would look covered")
        .help("correct `in force`, or the versions of the provisions")
}

/// A parameter that never has a value.
pub(in crate::library) fn parameter_without_value(at: Span, name: &str, declared: Span) -> Diagnostic {
    Diagnostic::new(codes::PARAMETER_WITHOUT_VALUE, at, format!("the parameter `{name}` has no value on any day"))
        .label("read here")
        .also(declared, "declared here without a value")
        .note("everything that reads it would be unknown for ever")
        .help("give it a value with the day from which it holds: `5 years from 2016-02-01`")
}
