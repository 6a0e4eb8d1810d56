//! A share of a whole, exact.

use std::fmt;

use super::Decimal;

/// A percentage; `95 %` holds the decimal 95.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Percent(pub Decimal);

impl Percent {
    /// Whether `part` of `whole` is at least this share. Counted exactly, without division.
    #[must_use]
    pub fn reached_by(self, part: usize, whole: usize) -> bool {
        Decimal::from(part) * Decimal::ONE_HUNDRED >= self.0 * Decimal::from(whole)
    }

    /// Reads `95%`, `95 %` or `99.5%`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Decimal::from_str_exact(text.trim().strip_suffix('%')?.trim_end()).ok().map(Self)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", self.0.normalize())
    }
}
