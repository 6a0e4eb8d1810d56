//! Cells of a spreadsheet as plain data, to be looked up by row and column.

use std::collections::BTreeMap;

use crate::base::{Date, column_letters, sheet_prefix};
use crate::sheet::{self, Most, Problem, Value, Workbook};

/// The sheets of a workbook, hidden ones too, to the last blank of each cell.
///
/// # Errors
/// When it is no workbook, or larger than the bounds.
pub fn sheets(bytes: &[u8], most: Most) -> Result<Vec<Sheet>, Problem> {
    let mut book = Workbook::open(bytes, most)?;
    book.tabs.clone().iter().map(|tab| book.read_verbatim(&tab.name).map(|sheet| Sheet::of(&tab.name, &sheet))).collect()
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// A number, in digits.
    Number(String),
    /// A day.
    Day(Date),
    /// A day with a time, or a time: as it would be written.
    Time(String),
    /// Yes or no.
    Bool(bool),
    /// A formula without a result: `#REF!`, or one that was never worked out.
    Error(String),
}

impl Cell {
    /// What it says, as text. Nothing when it holds an error.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Time(text) => Some(text.clone()),
            Self::Day(day) => Some(day.to_string()),
            Self::Bool(yes) => Some(if *yes { "TRUE" } else { "FALSE" }.to_owned()),
            Self::Error(_) => None,
        }
    }

    /// Whether there is nothing in it but blanks.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }
}

/// A sheet: its cells by row and column, both from 0.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub cells: BTreeMap<(u32, u32), Cell>,
}

impl Sheet {
    fn of(name: &str, sheet: &sheet::Sheet) -> Self {
        let cells = sheet.rows.iter().flat_map(|row| sheet.of(row).iter().map(|cell| (row.number - 1, cell)));
        let held = |cell: &sheet::Cell| {
            let says = sheet.says(cell).to_owned();
            match cell.value {
                Value::Text => Cell::Text(says),
                Value::Number => Cell::Number(says),
                // A time of day makes the text longer than the day.
                Value::Day(day) if says == day.to_string() => Cell::Day(day),
                Value::Day(_) | Value::NoSuchDay => Cell::Time(says),
                Value::Bool(yes) => Cell::Bool(yes),
                Value::Error | Value::Uncalculated => Cell::Error(says),
            }
        };
        Self { name: name.to_owned(), cells: cells.map(|(row, cell)| ((row, cell.column), held(cell))).collect() }
    }

    /// A cell that holds something.
    #[must_use]
    pub fn get(&self, row: u32, column: u32) -> Option<&Cell> {
        self.cells.get(&(row, column)).filter(|cell| !cell.is_blank())
    }

    /// What a cell says; empty when it holds nothing.
    #[must_use]
    pub fn text(&self, row: u32, column: u32) -> String {
        self.get(row, column).and_then(Cell::text).unwrap_or_default()
    }

    /// The rows in which something is.
    pub fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        let mut last = None;
        self.cells.keys().map(|(row, _)| *row).filter(move |row| last.replace(*row) != Some(*row))
    }
}

/// A cell as people call it: `Checklist!C17`.
#[must_use]
pub fn address(sheet: &str, row: u32, column: u32) -> String {
    format!("{}!{}{}", sheet_prefix(sheet), column_letters(column.saturating_add(1)), u64::from(row) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_a_spreadsheet() {
        assert_eq!(address("Checklist", 16, 2), "Checklist!C17");
        assert_eq!(address("My list", 0, 25), "'My list'!Z1");
        assert_eq!(address("S", 1_048_575, 16_383), "S!XFD1048576");
        assert_eq!(address("S", 0, 26), "S!AA1");
        assert!(!address("S", u32::MAX, u32::MAX).is_empty());
    }

    #[test]
    fn each_row_is_told_once() {
        let cell = || Cell::Text("x".to_owned());
        let sheet = Sheet { name: "S".to_owned(), cells: [((1, 0), cell()), ((1, 4), cell()), ((7, 2), cell())].into() };
        assert_eq!(sheet.rows().collect::<Vec<_>>(), [1, 7]);
    }
}
