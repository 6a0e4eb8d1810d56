//! Two assessments, compared, to bytes: one file per format.
//!
//! To add a format: one file with a `render`, one row in [`CompareFormat`].

mod concise;
mod json;
mod markdown;
mod terminal;
mod told;

pub use terminal::{changes as changes_in_text, line as line_of};

use super::Style;
use crate::compare::Comparison;

/// A form a comparison can take.
#[derive(Debug, Clone, Copy)]
pub struct CompareFormat {
    /// Its name on the command line.
    pub name: &'static str,
    write: fn(&Comparison<'_>, Style, &mut String),
}

impl CompareFormat {
    /// All of them, the usual one first.
    pub const ALL: &'static [Self] = &[
        Self { name: "terminal", write: terminal::render },
        Self { name: "concise", write: concise::render },
        Self { name: "json", write: json::render },
        Self { name: "markdown", write: markdown::render },
    ];

    /// The format with this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|f| f.name == name).copied()
    }

    /// The comparison, as it is written to a file.
    #[must_use]
    pub fn render(self, comparison: &Comparison<'_>, style: Style) -> Vec<u8> {
        let mut text = String::new();
        (self.write)(comparison, style, &mut text);
        text.into_bytes()
    }
}
