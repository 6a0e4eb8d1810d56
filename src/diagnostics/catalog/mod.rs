//! Every code there is: its name, how bad it is, one sentence, and its page. One table per phase, each sorted by name; a test checks
//! that, and that every page exists and its example triggers the code.

use super::Severity;

/// A stable kebab-case name. Only the tables of this module make them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

/// What the catalog knows of a code.
#[derive(Debug)]
pub struct Entry {
    /// Its name.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence: what it means.
    pub summary: &'static str,
    /// Its page, in Markdown.
    pub page: &'static str,
}

impl Code {
    /// The name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0
    }

    /// Its row. Codes are only made together with their row, so there always is one.
    #[must_use]
    pub fn entry(self) -> &'static Entry {
        all().find(|e| e.code == self).unwrap_or(&syntax::TABLE[0])
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// Every row of every table.
pub fn all() -> impl Iterator<Item = &'static Entry> {
    [syntax::TABLE, library::TABLE, evidence::TABLE, policy::TABLE, checklist::TABLE, findings::TABLE, host::TABLE]
        .into_iter()
        .flatten()
}

/// The row of the code with this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Entry> {
    all().find(|e| e.code.name() == name)
}

macro_rules! table {
    ($($constant:ident $severity:ident $name:literal $summary:literal;)*) => {
        $(#[doc = $summary] pub const $constant: $crate::diagnostics::Code = $crate::diagnostics::catalog::Code($name);)*
        /// The rows of this phase, sorted by name.
        pub const TABLE: &[$crate::diagnostics::Entry] = &[$($crate::diagnostics::Entry {
            code: $constant,
            severity: $crate::diagnostics::Severity::$severity,
            summary: $summary,
            page: include_str!(concat!("../../../docs/codes/", $name, ".md")),
        },)*];
    };
}

pub mod checklist;
pub mod evidence;
pub mod findings;
pub mod host;
pub mod library;
pub mod policy;
pub mod syntax;
