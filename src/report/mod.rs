//! Assessment to bytes, one file per format. Reporters add no judgement, read no rules' syntax and touch no file.
//!
//! To add a format: one file with a `render`, one row in [`Format`].

use crate::assess::Assessment;
use crate::evidence::Bundle;
use crate::library::{Checked, Library};

/// What a report is made from.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The rules.
    pub library: &'a Checked<Library>,
    /// The evidence.
    pub bundle: &'a Bundle,
    /// The result.
    pub assessment: &'a Assessment,
    /// How it should look.
    pub style: Style,
}

/// How a report should look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns available.
    pub width: usize,
    /// Whether colours may be used.
    pub colour: bool,
    /// Whether characters outside ASCII may be used.
    pub unicode: bool,
    /// Whether line and column numbers are written where the format leaves that open (JSON).
    pub lines: bool,
}
