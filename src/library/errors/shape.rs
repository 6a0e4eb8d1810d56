//! Vocabularies, facts and kinds.

use crate::base::Span;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::catalog::library as codes;
use crate::syntax::ast::Name;

/// No `vocabulary entity-kind` anywhere.
pub(in crate::library) fn missing_entity_kinds(first: Option<Span>) -> Diagnostic {
    let message = "the library declares no `vocabulary entity-kind`";
    let said = match first {
        Some(at) => Diagnostic::new(codes::MISSING_ENTITY_KINDS, at, message).label("the first declaration of the library"),
        None => Diagnostic::nowhere(codes::MISSING_ENTITY_KINDS, message),
    };
    said.note("every requirement applies to kinds of entities, and every bundle names one")
        .help("add `vocabulary entity-kind { airport \"Airport operator\" }` with the kinds that you regulate")
}

/// A line that must be there is not.
pub(in crate::library) fn missing_line(owner: &Name, what: &str, line: &str, help: &str) -> Diagnostic {
    missing_line_at(owner.span, &format!("{what} `{}`", owner.value), line, help)
}

/// A line that must be there is not, in something that has no name.
pub(in crate::library) fn missing_line_at(at: Span, what: &str, line: &str, help: &str) -> Diagnostic {
    Diagnostic::new(codes::MISSING_LINE, at, format!("{what} has no `{line}`"))
        .label(format!("`{line}` is missing"))
        .note("it is never guessed, because an assessment would rest on the guess")
        .help(help.to_owned())
}

/// A type that cannot stand in this place.
pub(in crate::library) fn unsupported_type(at: Span, what: &str, help: &str) -> Diagnostic {
    Diagnostic::new(codes::UNSUPPORTED_TYPE, at, format!("{what} cannot have this type"))
        .label("not possible here")
        .note("facts and parameters are single values, and a list holds values or records")
        .help(help.to_owned())
}
