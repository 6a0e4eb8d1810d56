//! Tables as people keep them: CSV texts and the sheets of workbooks, as cells that know where they stand. Knows nothing of evidence.
//!
//! A sheet is written out as a text: each line is the row of its number, with [`BETWEEN_CELLS`] between its cells. The text is what is shown; what a
//! cell *says* is [`Sheet::says`] and [`Cell::value`]. So a place is a range of bytes, as in every other text, and [`crate::base::Source`] turns it
//! into the address of a cell.
//!
//! Another form of workbook is a file beside `xlsx` that makes [`Sheet`]s. Whatever it reads is hostile: it goes past `guard` first.

mod dates;
mod decode;
mod guard;
mod heading;
mod scan;
#[cfg(test)]
pub(crate) mod tests;
mod values;
mod xlsx;

pub use dates::{DateFormat, Read};
pub use decode::{Decoded, Encoding, Undecodable, decode};
pub use guard::Problem;
pub use heading::{headings, lettered};
pub use scan::{Fault, Scanned, Scanner, Stretch};
pub use xlsx::{Tab, Workbook, looks_like_one};

use crate::base::Date;

/// How much of a workbook is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Most {
    /// Bytes of all its parts together, unpacked.
    pub unpacked: u64,
    /// Parts.
    pub parts: usize,
    /// Filled cells of one sheet.
    pub cells: usize,
    /// Bytes of a sheet, written out.
    pub text: usize,
}

impl Default for Most {
    fn default() -> Self {
        Self { unpacked: 256 << 20, parts: 10_000, cells: 3_000_000, text: 64 << 20 }
    }
}

/// What a cell holds, beside its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Text,
    /// A number.
    Number,
    /// A day (and perhaps a time of day, which only the text tells).
    Day(Date),
    /// A day that spreadsheets know and the calendar does not: 29 February 1900.
    NoSuchDay,
    /// Yes or no.
    Bool(bool),
    /// An error: `#REF!`.
    Error,
    /// A formula whose result is not in the file.
    Uncalculated,
}

/// A cell with something in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Its column, from 0.
    pub column: u32,
    /// Its first byte in the text.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// What it holds.
    pub value: Value,
    /// Index into [`Sheet::texts`], when the cell says something else than its text shows.
    pub other: Option<u32>,
}

/// A row with something in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Its number, from 1: the line it stands on.
    pub number: u32,
    /// Its first byte in the text.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// Its first cell: an index into [`Sheet::cells`].
    pub first: u32,
    /// How many cells of it are filled.
    pub len: u32,
}

/// The filled cells of a sheet, or of a CSV text.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Its name in its workbook; `None` for a CSV text.
    pub name: Option<String>,
    /// The text.
    pub text: String,
    /// Rows, ascending.
    pub rows: Vec<Row>,
    /// Cells, row by row, ascending.
    pub cells: Vec<Cell>,
    /// What cells say that show something else.
    pub texts: Vec<Box<str>>,
    /// Whether days are counted from 1904, as some old workbooks do.
    pub from_1904: bool,
}

impl Sheet {
    /// A CSV text as a sheet.
    #[must_use]
    pub fn csv(text: String, delimiter: u8) -> Self {
        let (mut sheet, mut cells, mut faults) = (Self::default(), Vec::new(), Vec::new());
        let mut scanner = Scanner::new(&text, delimiter);
        while let Some(row) = scanner.next(&mut cells, &mut faults) {
            let first = sheet.cells.len() as u32;
            for (column, cell) in
                (0u32..).zip(&cells).map(|(column, c)| (column, c.trimmed(&text))).filter(|(_, c)| c.start < c.end)
            {
                let other = cell.doubled.then(|| {
                    let says = text.get(cell.start..cell.end).unwrap_or("").replace("\"\"", "\"");
                    sheet.texts.push(says.into());
                    sheet.texts.len() as u32 - 1
                });
                sheet.cells.push(Cell { column, start: cell.start as u32, end: cell.end as u32, value: Value::Text, other });
            }
            let len = sheet.cells.len() as u32 - first;
            if len > 0 {
                sheet.rows.push(Row { number: row.line, start: row.start as u32, end: row.end as u32, first, len });
            }
        }
        sheet.text = text;
        sheet
    }

    /// The filled cells of a row.
    #[must_use]
    pub fn of(&self, row: &Row) -> &[Cell] {
        self.cells.get(row.first as usize..(row.first + row.len) as usize).unwrap_or(&[])
    }

    /// What a cell says.
    #[must_use]
    pub fn says(&self, cell: &Cell) -> &str {
        match cell.other {
            Some(other) => self.texts.get(other as usize).map_or("", AsRef::as_ref),
            None => self.text.get(cell.start as usize..cell.end as usize).unwrap_or(""),
        }
    }

    /// How many columns there are, up to the last filled one.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.rows.iter().filter_map(|row| self.of(row).last()).map(|c| c.column + 1).max().unwrap_or(0)
    }
}
