//! What policies are asked: one question, one file of `policies/`.

/// What policies are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// May an assessment rely on this item?
    Admissibility,
    /// May this person sign, accept, judge, verify or close this?
    Authority,
    /// May this audience see this?
    Disclosure,
}

impl Question {
    /// Every question there is.
    pub const ALL: [Self; 3] = [Self::Admissibility, Self::Authority, Self::Disclosure];

    /// The word for it, which is also the name of its file.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Admissibility => "admissibility",
            Self::Authority => "authority",
            Self::Disclosure => "disclosure",
        }
    }

    /// The question.
    #[must_use]
    pub const fn asks(self) -> &'static str {
        match self {
            Self::Admissibility => "may this be relied on?",
            Self::Authority => "may this person do this?",
            Self::Disclosure => "may this audience see this?",
        }
    }

    /// The name and text of its built-in policies.
    pub(super) const fn embedded(self) -> (&'static str, &'static str) {
        match self {
            Self::Admissibility => ("policies/admissibility.cedar", include_str!("../../policies/admissibility.cedar")),
            Self::Authority => ("policies/authority.cedar", include_str!("../../policies/authority.cedar")),
            Self::Disclosure => ("policies/disclosure.cedar", include_str!("../../policies/disclosure.cedar")),
        }
    }
}
