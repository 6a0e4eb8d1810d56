//! A small library, bundle and assessment built by hand, with one of each verdict.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail by panicking")]

mod assessment;
mod bundle;
mod library;

use super::{Context, Detail, Style};
use crate::assess::Assessment;
use crate::base::{Date, FileId, Span};
use crate::evidence::{At, Bundle, FieldAt};
use crate::library::model::{ColumnId, TableId};
use crate::library::{Checked, Library};

pub(super) const KPI: TableId = TableId(0);
pub(super) const PERSON: TableId = TableId(1);
pub(super) const TRAINING: TableId = TableId(2);
/// The first column after the common ones.
pub(super) const FIRST: ColumnId = ColumnId(8);
pub(super) const SECOND: ColumnId = ColumnId(9);

/// Everything a report is made from.
pub(super) struct Sample {
    pub(super) library: Checked<Library>,
    pub(super) bundle: Bundle,
    pub(super) assessment: Assessment,
}

impl Sample {
    pub(super) fn new(name: &str) -> Self {
        let library = library::library();
        let bundle = bundle::bundle(name);
        let assessment = assessment::assessment(&library);
        Self { library: Checked::trusted(library), bundle, assessment }
    }

    pub(super) fn empty() -> Self {
        let assessment = Assessment {
            date: date("2026-11-23"),
            known_at: None,
            outcomes: Vec::new(),
            provisions: Vec::new(),
            components: Vec::new(),
            policies: None,
            barred: Vec::new(),
            doubted: Vec::new(),
            refused: Vec::new(),
            lapses: Vec::new(),
            economics: None,
        };
        Self { library: Checked::trusted(Library::default()), bundle: bundle::empty(), assessment }
    }

    pub(super) fn render(&self, format: &str, style: Style) -> String {
        let bytes = super::Format::parse(format).unwrap().render(&self.context(style));
        if !bytes.starts_with(b"PK") {
            return String::from_utf8(bytes).unwrap();
        }
        // A workbook: the text of all its parts.
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let parts = (0..archive.len()).map(|at| std::io::read_to_string(archive.by_index(at).unwrap()).unwrap());
        parts.collect()
    }

    pub(super) fn context(&self, style: Style) -> Context<'_> {
        Context {
            library: &self.library,
            bundle: &self.bundle,
            assessment: &self.assessment,
            fingerprint: Some("b0b0"),
            withheld: None,
            style,
        }
    }
}

pub(super) fn style(width: usize, detail: Detail) -> Style {
    Style { width, detail, ..Style::default() }
}

pub(super) fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// The place of a piece of text; it must be there.
pub(super) fn span(text: &str, piece: &str) -> Span {
    let start = text.find(piece).unwrap_or_else(|| panic!("`{piece}` is not in the text")) as u32;
    Span::new(FileId(0), start, start + piece.len() as u32)
}

pub(super) const fn at(table: TableId, row: u32) -> At {
    At { table, row, field: None }
}

pub(super) const fn field(table: TableId, row: u32, column: ColumnId) -> At {
    At { table, row, field: Some(FieldAt::Column(column)) }
}

pub(super) use library::RULES;
