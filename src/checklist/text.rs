//! Entries as a file of the bundle. Every text is in quotes with its odd characters escaped, so that what comes back is what went in, byte for byte.

use super::read::Filled;
use crate::evidence::Own;
use crate::library::Library;

/// The file of the bundle that holds them.
pub const FILE: &str = "checklist.yaml";
/// How such a file begins. One that begins otherwise is somebody's own.
pub const FIRST_LINE: &str =
    "# What we say of ourselves. `abide export --back` writes this file anew: it keeps what is said, not how it is written.";

/// The file.
#[must_use]
pub fn write(library: &Library, entries: &[Filled]) -> String {
    let mut out = format!(
        "{FIRST_LINE}\n# These are our own words. They are no evidence and change no verdict. See docs/checklist.md.\nchecklist:\n"
    );
    for entry in entries {
        out.push_str(&format!("  - requirement: {}\n", library.requirement(entry.requirement).name));
        if let Some(claim) = entry.claim {
            out.push_str(&format!("    status: {}\n", quoted(claim.word())));
        }
        for (own, text) in Own::ALL.into_iter().zip(&entry.texts).filter(|(_, text)| !text.is_empty()) {
            out.push_str(&format!("    {}: {}\n", own.key(), quoted(text)));
        }
    }
    out
}

/// A text in double quotes, on one line.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Not printable in YAML, or ends a line, or cannot be seen.
            c if crate::diagnostics::render::clean::is_hostile(c) || matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{a0}') => {
                out.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
