//! RFC 4180 with the place of every cell. (The `csv` crate tells where a record starts, but not where its cells do.)

use super::Value;

/// A cell: its bytes in the text, without quotes and without blanks around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scanned {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Whether a quote stands doubled in it.
    pub doubled: bool,
    /// What it holds; a CSV text only has texts.
    pub value: Value,
    /// What it says, when that is not what stands there: an index into `Sheet::texts`.
    pub other: Option<u32>,
}

impl Scanned {
    /// A cell of a CSV text.
    #[must_use]
    pub const fn text(start: usize, end: usize, doubled: bool) -> Self {
        Self { start, end, doubled, value: Value::Text, other: None }
    }

    /// The cell without blanks around what it says: inside quotes too, and those of other alphabets, which web pages leave behind.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let own = text.get(self.start..self.end).unwrap_or("");
        let after = own.trim_start();
        let start = self.start + (own.len() - after.len());
        Self { start, end: start + after.trim_end().len(), ..self }
    }
}

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A quote is never closed; the place of the opening one.
    Open(usize),
    /// Something follows a closing quote.
    AfterQuote(usize),
}

/// Walks over rows.
#[derive(Debug, Clone)]
pub struct Scanner<'s> {
    text: &'s str,
    delimiter: u8,
    at: usize,
    line: u32,
}

/// Where a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// First byte.
    pub start: usize,
    /// One past the last byte, without the line break.
    pub end: usize,
    /// The line it starts on, from 1.
    pub line: u32,
}

impl<'s> Scanner<'s> {
    /// A scanner; a byte-order mark is no part of the first cell.
    #[must_use]
    pub fn new(text: &'s str, delimiter: u8) -> Self {
        Self { text, delimiter, at: if text.starts_with('\u{feff}') { 3 } else { 0 }, line: 1 }
    }

    /// The next row that is not an empty line.
    pub fn next(&mut self, cells: &mut Vec<Scanned>, faults: &mut Vec<Fault>) -> Option<Stretch> {
        cells.clear();
        let bytes = self.text.as_bytes();
        while let Some(b'\n' | b'\r') = bytes.get(self.at) {
            self.line += u32::from(bytes.get(self.at) == Some(&b'\n'));
            self.at += 1;
        }
        if self.at >= bytes.len() {
            return None;
        }
        let (start, line) = (self.at, self.line);
        loop {
            cells.push(self.cell(bytes, faults));
            match bytes.get(self.at) {
                Some(b) if *b == self.delimiter => self.at += 1,
                _ => break,
            }
        }
        Some(Stretch { start, end: self.at, line })
    }

    fn cell(&mut self, bytes: &[u8], faults: &mut Vec<Fault>) -> Scanned {
        while self.blank(bytes.get(self.at)) {
            self.at += 1;
        }
        if bytes.get(self.at) == Some(&b'"') {
            return self.quoted(bytes, faults);
        }
        let start = self.at;
        self.at = self.end_of_cell(bytes);
        let mut end = self.at;
        while end > start && self.blank(bytes.get(end - 1)) {
            end -= 1;
        }
        Scanned::text(start, end, false)
    }

    fn quoted(&mut self, bytes: &[u8], faults: &mut Vec<Fault>) -> Scanned {
        let start = self.at + 1;
        let mut doubled = false;
        self.at = start;
        loop {
            match (bytes.get(self.at), bytes.get(self.at + 1)) {
                (Some(b'"'), Some(b'"')) => {
                    doubled = true;
                    self.at += 2;
                }
                (Some(b'"'), _) => break,
                (Some(b), _) => {
                    self.line += u32::from(*b == b'\n');
                    self.at += 1;
                }
                (None, _) => {
                    faults.push(Fault::Open(start - 1));
                    return Scanned::text(start, self.at, doubled);
                }
            }
        }
        let end = self.at;
        self.at += 1;
        let after = self.at;
        self.at = self.end_of_cell(bytes);
        let rest = self.text.get(after..self.at).unwrap_or("");
        if !rest.trim().is_empty() {
            faults.push(Fault::AfterQuote(after));
        }
        Scanned::text(start, end, doubled)
    }

    fn end_of_cell(&self, bytes: &[u8]) -> usize {
        let rest = bytes.get(self.at..).unwrap_or(&[]);
        rest.iter().position(|b| *b == self.delimiter || matches!(b, b'\n' | b'\r')).map_or(bytes.len(), |n| self.at + n)
    }

    fn blank(&self, byte: Option<&u8>) -> bool {
        byte.is_some_and(|b| matches!(b, b' ' | b'\t') && *b != self.delimiter)
    }
}
