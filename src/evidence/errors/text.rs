//! About the text of a file: JSON, YAML, and their limits.

use super::shown;
use crate::base::Span;
use crate::diagnostics::{Diagnostic, catalog::evidence as code};
use crate::evidence::tree::{NodeId, Tree};

/// The text is not JSON.
pub(in crate::evidence) fn json(at: Span, what: &str, label: &str) -> Diagnostic {
    Diagnostic::new(code::JSON, at, what).label(label)
}

/// The text is not YAML.
pub(in crate::evidence) fn yaml(at: Span, what: &str) -> Diagnostic {
    Diagnostic::new(code::YAML, at, format!("this is not YAML: {}", shown(what)))
        .label("reading stopped here")
        .note("what follows in this file was not read, so there may be more to mend")
        .help("check indentation, colons and quotes near this place; texts with `: ` or ` #` in them need quotes")
}

/// A key stands twice in one mapping.
pub(in crate::evidence) fn duplicate_key(tree: &Tree, source: &str, first: NodeId, second: NodeId) -> Diagnostic {
    let key = shown(tree.text(source, second).unwrap_or(""));
    Diagnostic::new(code::DUPLICATE_KEY, tree.span(second), format!("the key `{key}` stands twice"))
        .label("again here")
        .also(tree.span(first), "first here")
        .note("which of the two values is meant cannot be known")
        .help("remove one of them, or rename it")
}

/// Values are nested too deeply.
pub(in crate::evidence) fn too_deep(at: Span, limit: u32) -> Diagnostic {
    Diagnostic::new(code::TOO_DEEP, at, format!("values are nested more than {limit} deep"))
        .label("one level too many")
        .help("a bundle needs less than ten levels; check for brackets that are never closed")
}

/// There are too many values.
pub(in crate::evidence) fn too_many_nodes(at: Span, limit: usize) -> Diagnostic {
    Diagnostic::new(code::TOO_LARGE, at, format!("the file holds more than {limit} values"))
        .label("reading stopped here")
        .help("split the file, or move bulk records to a CSV table")
}

/// Aliases would grow past the limit.
pub(in crate::evidence) fn alias_limit(at: Span, limit: usize) -> Diagnostic {
    Diagnostic::new(code::ALIAS_LIMIT, at, format!("aliases of this file stand for more than {limit} values"))
        .label("reading stopped at this alias")
        .note("aliases of aliases grow without bound and can be used to exhaust a machine")
        .help("write the values out, or use fewer aliases")
}

/// An alias inside what it stands for.
pub(in crate::evidence) fn alias_of_itself(at: Span) -> Diagnostic {
    Diagnostic::new(code::YAML_FEATURE, at, "this alias stands inside the value it refers to")
        .label("would never end")
        .help("write the value out")
}

/// An alias without an anchor.
pub(in crate::evidence) fn unknown_anchor(at: Span, alias: &str) -> Diagnostic {
    Diagnostic::new(code::YAML_FEATURE, at, format!("no anchor before this place is named as the alias `{}` says", shown(alias)))
        .label("refers to nothing")
        .help("define the anchor with `&` first; a text that starts with `*` needs quotes")
}

/// A tag.
pub(in crate::evidence) fn yaml_tag(at: Span) -> Diagnostic {
    Diagnostic::new(code::YAML_FEATURE, at, "YAML tags have no meaning in a bundle")
        .label("a tag")
        .note("the type of a value follows from its field")
        .help("remove the tag; a text that starts with `!` needs quotes")
}

/// More than one document.
pub(in crate::evidence) fn yaml_documents(at: Span) -> Diagnostic {
    Diagnostic::new(code::YAML_FEATURE, at, "a file of a bundle holds one YAML document")
        .label("a second document starts here")
        .help("remove the `---`, or move what follows to a file of its own")
}

/// `<<`.
pub(in crate::evidence) fn yaml_merge(at: Span) -> Diagnostic {
    Diagnostic::new(code::YAML_FEATURE, at, "merge keys `<<` are not part of YAML 1.2")
        .label("a merge key")
        .note("a value merged in has no place of its own that a verdict could point at")
        .help("write the fields out")
}

/// A key that is not text.
pub(in crate::evidence) fn yaml_key(at: Span) -> Diagnostic {
    Diagnostic::new(code::YAML_FEATURE, at, "a key must be text").label("not text").help("write the key as a word, or in quotes")
}
