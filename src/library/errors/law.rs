//! Instruments, provisions, dates and links.

use crate::base::{Span, with_article};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::catalog::library as codes;
use crate::syntax::ast::Name;

/// Days that never come.
pub(in crate::library) fn empty_version(at: Span) -> Diagnostic {
    Diagnostic::new(codes::EMPTY_VERSION, at, "this version is in force on no day")
        .label("ends on or before the day it begins")
        .note("`until` is the first day that it is no longer in force")
        .help("put the later date after `until`")
}

/// Two versions on one day.
pub(in crate::library) fn overlapping(what: &str, at: Span, before: Span) -> Diagnostic {
    Diagnostic::new(codes::OVERLAPPING_VERSIONS, at, format!("two {what} are in force on the same day"))
        .label("begins before the other one ends")
        .also(before, "this one is still in force then")
        .note("on every day the law reads in one way; two readings at once cannot be assessed")
        .help("end the earlier one with `until` on the day that the later one begins")
}

/// Text for what is not public.
pub(in crate::library) fn sealed_with_text(at: Span, name: &str, text: &str) -> Diagnostic {
    Diagnostic::new(codes::SEALED_WITH_TEXT, at, format!("`{name}` is sealed, yet it has {text}"))
        .label("says what is not public")
        .note("a sealed provision is named and linked, never put into words")
        .help("remove it, or remove `sealed` if the text is public")
}

/// A heading of another sort.
pub(in crate::library) fn wrong_heading(to: &Name, line: &str, what: &str) -> Diagnostic {
    let (code, other) = match line {
        "supports" => (codes::UNKNOWN_COMPONENT, "advances"),
        _ => (codes::UNKNOWN_HEADING, "supports"),
    };
    Diagnostic::new(code, to.span, format!("`{line}` cannot name the {what} `{}`", to.value))
        .label(format!("this is {}", with_article(what)))
        .note("components are supported; objectives, initiatives, enablers and foundations are advanced")
        .help(format!("write `{other} {}`", to.value))
}

/// Nothing leads from a provision to a component.
pub(in crate::library) fn unlinked_provision(at: Span, name: &str) -> Diagnostic {
    Diagnostic::new(codes::UNLINKED_PROVISION, at, format!("`{name}` is linked to no component"))
        .label("supports nothing, and no requirement that discharges it does")
        .note("an entity could not see which part of its security management system this provision belongs to")
        .help("add `supports` with a component and the reason")
}

/// Nothing leads from a requirement to a component.
pub(in crate::library) fn unlinked_requirement(name: &Name) -> Diagnostic {
    Diagnostic::new(codes::UNLINKED_REQUIREMENT, name.span, format!("`{}` is linked to no component", name.value))
        .label("neither shows nor supports one, and neither do its provisions")
        .note("meeting it would not count towards any component of the security management system")
        .help("add `shows` with a component and a level, or `supports`")
}
