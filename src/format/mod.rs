//! One way to lay out a text of rules. Meaning, comments and the grouping by blank lines are kept; everything else is decided here.
//!
//! [`leaves`] cuts the text into words with the comments before them, [`layout`] decides where lines break, and [`emit`] writes.

mod emit;
mod layout;
mod leaves;

#[cfg(test)]
mod tests;

use crate::base::FileId;
use crate::diagnostics::Diagnostic;
use crate::syntax;

/// Lays a text out anew.
///
/// # Errors
/// What is wrong with the text, when it does not parse. The text is then to be left as it is.
pub fn format(text: &str) -> Result<String, Vec<Diagnostic>> {
    let parsed = syntax::parse(FileId(0), text);
    if !parsed.diagnostics.is_empty() {
        return Err(parsed.diagnostics);
    }
    let outline = syntax::outline::outline(text);
    Ok(layout::lay_out(text, &outline))
}
