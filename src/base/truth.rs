//! Strong Kleene logic: true, false, and not known.
//!
//! The order `False < Unknown < True` makes `and` the least and `or` the greatest of its operands.

/// A truth value. `Unknown` is neither a pass nor a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Truth {
    /// Shown false.
    False = 0,
    /// Not decided by the facts that are there.
    Unknown = 1,
    /// Shown true.
    True = 2,
}

impl Truth {
    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// Either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// The opposite; the opposite of unknown is unknown.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "the operator `!` would hide that there are three values")]
    pub fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}
