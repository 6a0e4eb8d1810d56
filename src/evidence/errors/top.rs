//! About a bundle as a whole.

use crate::base::Span;
use crate::diagnostics::{Diagnostic, catalog::evidence as code};
use crate::evidence::tree::View;

/// No file of the bundle says `abide: 1`.
pub(in crate::evidence) fn no_version(at: Option<Span>) -> Diagnostic {
    let message = "no file of this bundle states `abide`, the version of its form";
    let diagnostic = match at {
        Some(at) => Diagnostic::new(code::BUNDLE_VERSION, at, message).label("`abide` is missing"),
        None => Diagnostic::nowhere(code::BUNDLE_VERSION, message),
    };
    diagnostic.help("add `abide: 1` at the top of one file")
}

/// A version that is not known.
pub(in crate::evidence) fn version(value: View<'_>) -> Diagnostic {
    let is = super::values::describe(value);
    Diagnostic::new(code::BUNDLE_VERSION, value.span(), format!("the form of a bundle has version 1, and {is} is another"))
        .label("not known to this program")
        .help("write `abide: 1`, or use a program that knows this version")
}

/// Nothing says whom the bundle is about.
pub(in crate::evidence) fn no_entity(at: Option<Span>) -> Diagnostic {
    let message = "no file of this bundle states `entity`, whom it is about";
    let diagnostic = match at {
        Some(at) => Diagnostic::new(code::ENTITY, at, message).label("`entity` is missing"),
        None => Diagnostic::nowhere(code::ENTITY, message),
    };
    diagnostic.help("add `entity: { id: …, name: …, kind: … }`")
}

/// The bundle is about two.
pub(in crate::evidence) fn second_entity(at: Span, first: Span) -> Diagnostic {
    Diagnostic::new(code::ENTITY, at, "a bundle is about one entity")
        .label("a second one here")
        .also(first, "first here")
        .help("move what belongs to the other entity to a bundle of its own")
}

/// Something is stated in two files, differently or not.
pub(in crate::evidence) fn stated_twice(at: Span, key: &str, first: Span) -> Diagnostic {
    Diagnostic::new(code::DUPLICATE_FIELD, at, format!("`{key}` is stated in two files, with different values"))
        .label("again here")
        .also(first, "first here")
        .help("state it once")
}

/// Two entries of the checklist for one requirement.
pub(in crate::evidence) fn second_entry(at: Span, requirement: &str, first: Span) -> Diagnostic {
    Diagnostic::new(code::DUPLICATE_FIELD, at, format!("the checklist speaks of `{}` twice", super::shown(requirement)))
        .label("again here")
        .also(first, "first here")
        .help("put both into one entry")
}

/// A text that would not fit into a cell of the checklist.
pub(in crate::evidence) fn too_long_for_a_cell(at: Span, most: usize) -> Diagnostic {
    Diagnostic::new(code::TOO_LARGE, at, "this text is longer than a cell of a spreadsheet can be")
        .label(format!("more than {most} characters"))
        .note("the checklist would lose the rest of it")
        .help("put it into a paper of its own, and name that here")
}

/// A waiver that ends before it begins.
pub(in crate::evidence) fn ends_before(at: Span, what: &str) -> Diagnostic {
    Diagnostic::new(code::BACKWARDS, at, format!("this {what} ends before it begins"))
        .label("`until` is the first day it no longer holds, so it comes after `from`")
        .help("correct `from` or `until`")
}

/// Not one file of a folder belongs to a bundle.
pub(in crate::evidence) fn empty() -> Diagnostic {
    Diagnostic::nowhere(code::EMPTY_BUNDLE, "there is no `.yaml`, `.yml` or `.json` file here")
        .note("an empty bundle would show nothing, and nothing is not evidence")
        .help("name the folder or the file that holds the bundle")
}

/// What the schema refuses and nothing else explained.
pub(in crate::evidence) fn schema(at: Span, what: &str) -> Diagnostic {
    Diagnostic::new(code::SCHEMA, at, format!("this is not what the schema of a bundle allows: {}", super::shown(what)))
        .label("not allowed here")
        .help("see `abide schema` for what is allowed")
}

/// A digest that is none.
pub(in crate::evidence) fn digest(value: View<'_>) -> Diagnostic {
    let is = super::values::describe(value);
    Diagnostic::new(code::ATTACHMENT_DIGEST, value.span(), format!("a SHA-256 is 64 hexadecimal digits, and {is} is not"))
        .label("not a SHA-256")
        .help("run `sha256sum` on the file and copy what it prints; quotes keep a row of digits from being read as a number")
}

/// A waiver of a requirement and of a provision.
pub(in crate::evidence) fn both(what: &str, first: (Span, &str), second: (Span, &str)) -> Diagnostic {
    Diagnostic::new(code::DUPLICATE_FIELD, second.0, format!("this {what} is of a {} and of a {}", first.1, second.1))
        .label(format!("and of this {}", second.1))
        .also(first.0, format!("of this {}", first.1))
        .help("write one for each")
}
