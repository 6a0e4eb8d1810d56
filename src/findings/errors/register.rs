//! About a register as a whole.

use crate::base::{Span, Spanned};
use crate::diagnostics::{Diagnostic, catalog::evidence, catalog::findings as code};
use crate::evidence::errors::shown;
use crate::evidence::tree::View;

/// Nothing in the folder is a register.
pub(in crate::findings) fn no_findings() -> Diagnostic {
    Diagnostic::nowhere(code::NO_FINDINGS, "there is no `findings:` in any YAML or JSON file here")
        .note("a register that holds nothing is written `findings: []`; silence is not an empty register")
        .help("name the folder or file of the register, or of the bundle that the findings stand beside")
}

/// The form of the file is not one that is known.
pub(in crate::findings) fn version(value: View<'_>) -> Diagnostic {
    Diagnostic::new(evidence::BUNDLE_VERSION, value.span(), "a register says `abide: 1`, and this is something else")
        .label("not a form that is known")
        .help("write `abide: 1`")
}

/// Two files give the register two nations.
pub(in crate::findings) fn second_nation(at: Span, first: Span) -> Diagnostic {
    Diagnostic::new(evidence::DUPLICATE_FIELD, at, "the register names two nations")
        .label("another one here")
        .also(first, "the first here")
        .note("bank holidays differ between them, and so do the days on which something is due")
        .help("keep one at the top, and write `nation:` at the findings of the other")
}

/// Two things of one sort have the same id.
pub(in crate::findings) fn same_id(id: &Spanned<String>, first: Span, what: &str) -> Diagnostic {
    Diagnostic::new(evidence::DUPLICATE_ITEM, id.span, format!("two of them have the id `{}`: one {what} more", shown(&id.value)))
        .label("again here")
        .also(first, "first here")
        .note("whatever refers to it could mean either")
        .help(format!("give this {what} another id"))
}
