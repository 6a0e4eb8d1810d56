//! Diagnostics to bytes, one file per form. The only layer that knows the library that draws snippets.

pub mod clean;
mod concise;
mod json;
mod narrated;
pub mod paint;
pub mod snippet;
mod terminal;
#[cfg(test)]
mod tests;

pub use concise::concise;
pub use json::{json, json_value};
pub use narrated::narrated;
pub use terminal::terminal;

use super::{Diagnostic, Severity};

/// How text for a terminal should style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns available.
    pub width: usize,
    /// Whether colours may be used.
    pub colour: bool,
    /// Whether characters outside ASCII may be used for drawing.
    pub unicode: bool,
}

impl Style {
    /// The narrowest width that is drawn for; below it, lines run over.
    pub const NARROWEST: usize = 40;

    /// The columns to draw for.
    #[must_use]
    pub fn columns(self) -> usize {
        self.width.clamp(Self::NARROWEST, 160)
    }
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// "3 errors, 1 warning"; `None` when there is nothing to count.
#[must_use]
pub fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    let errors = diagnostics.iter().filter(|d| d.severity() == Severity::Error).count();
    let count = |n: usize, word: &str| (n > 0).then(|| format!("{n} {word}{}", if n == 1 { "" } else { "s" }));
    let parts: Vec<_> = [count(errors, "error"), count(diagnostics.len() - errors, "warning")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
