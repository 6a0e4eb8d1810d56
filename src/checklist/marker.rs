//! The hidden sheet by which a checklist is known again: what it was made from, and in which form.

use super::cells::Sheet;

/// The name of the hidden sheet.
pub const MARKER: &str = "abide";
/// What its first cell holds.
const KIND: &str = "abide-checklist";
/// The form that is written, and the only one that is read.
const VERSION: &str = "1";

/// What a checklist was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marker {
    /// The form.
    pub version: String,
    /// The entity's id.
    pub entity: String,
    /// The assessment date.
    pub date: String,
    /// The SHA-256 of the rules.
    pub library: String,
    /// The SHA-256 of the evidence.
    pub evidence: String,
    /// Whom it was made for; empty for the entity itself.
    pub audience: String,
}

impl Marker {
    /// The marker of a checklist that is written now.
    #[must_use]
    pub fn new(entity: &str, date: &str, library: &str, evidence: &str, audience: &str) -> Self {
        let [version, entity, date, library, evidence, audience] =
            [VERSION, entity, date, library, evidence, audience].map(str::to_owned);
        Self { version, entity, date, library, evidence, audience }
    }

    /// Names and values, in the order of rows.
    #[must_use]
    pub fn rows(&self) -> [(&'static str, &str); 6] {
        [
            (KIND, &self.version),
            ("entity", &self.entity),
            ("assessment-date", &self.date),
            ("library-sha256", &self.library),
            ("evidence-sha256", &self.evidence),
            ("audience", &self.audience),
        ]
    }

    /// The marker of a workbook; none when it is no checklist.
    #[must_use]
    pub fn of(sheets: &[Sheet]) -> Option<Self> {
        let sheet = sheets.iter().find(|s| s.name == MARKER && s.text(0, 0) == KIND)?;
        let value = |name: &str| {
            let row = sheet.rows().find(|row| sheet.text(*row, 0) == name);
            row.map(|row| sheet.text(row, 1)).unwrap_or_default()
        };
        Some(Self {
            version: value(KIND),
            entity: value("entity"),
            date: value("assessment-date"),
            library: value("library-sha256"),
            evidence: value("evidence-sha256"),
            audience: value("audience"),
        })
    }

    /// Whether its form is the one that is read.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.version == VERSION
    }
}
