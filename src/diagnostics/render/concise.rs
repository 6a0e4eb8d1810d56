//! One line each, as editors and `grep` like them: `file:line:column: error[code]: message`.

use super::{Style, clean};
use crate::base::Sources;
use crate::diagnostics::Diagnostic;

/// One line for each diagnostic, in the order given.
#[must_use]
pub fn concise(diagnostics: &[Diagnostic], sources: &Sources, _style: Style) -> String {
    let mut out = String::new();
    for d in diagnostics {
        if let Some(at) = &d.at {
            out.push_str(&clean::line(&sources.describe(at.span)));
            out.push_str(": ");
        }
        out.push_str(&format!("{}[{}]: {}\n", d.severity().word(), d.code, clean::line(&d.message)));
    }
    out
}
