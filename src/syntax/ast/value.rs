//! Values of items in tests: the same shapes as in a bundle.

use super::Name;
use crate::base::Span;

/// A value and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// What it is.
    pub kind: ValueKind,
    /// Where it stands.
    pub span: Span,
}

/// The forms of a value. Scalars keep their text; the field's type says how to read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueKind {
    /// A word, number, date, period, interval or quoted text: `airport`, `42`, `2026-11-23`, `2025-11-23/2026-11-23`, `"…"`, `true`.
    Scalar {
        /// Without its quotes.
        text: String,
        /// Whether it stood in quotes.
        quoted: bool,
    },
    /// `[a, b]`
    List(Vec<Value>),
    /// `{ field: value, … }`
    Record(Vec<(Name, Value)>),
}
