//! RFC 4180 with the place of every cell. (The `csv` crate tells where a record starts, but not where its cells do.)

/// A cell: its bytes in the text, without quotes and without blanks around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Whether a quote stands doubled in it.
    pub(super) doubled: bool,
}

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// A quote is never closed; the place of the opening one.
    Open(usize),
    /// Something follows a closing quote.
    AfterQuote(usize),
}

/// Walks over rows.
#[derive(Debug)]
pub(super) struct Scanner<'s> {
    text: &'s str,
    delimiter: u8,
    at: usize,
    line: u32,
}

/// Where a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte, without the line break.
    pub(super) end: usize,
    /// The line it starts on, from 1.
    pub(super) line: u32,
}

impl<'s> Scanner<'s> {
    /// A scanner; a byte-order mark is no part of the first cell.
    pub(super) fn new(text: &'s str, delimiter: u8) -> Self {
        Self { text, delimiter, at: if text.starts_with('\u{feff}') { 3 } else { 0 }, line: 1 }
    }

    /// The next row that is not an empty line.
    pub(super) fn next(&mut self, cells: &mut Vec<Cell>, faults: &mut Vec<Fault>) -> Option<Row> {
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
        Some(Row { start, end: self.at, line })
    }

    fn cell(&mut self, bytes: &[u8], faults: &mut Vec<Fault>) -> Cell {
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
        Cell { start, end, doubled: false }
    }

    fn quoted(&mut self, bytes: &[u8], faults: &mut Vec<Fault>) -> Cell {
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
                    return Cell { start, end: self.at, doubled };
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
        Cell { start, end, doubled }
    }

    fn end_of_cell(&self, bytes: &[u8]) -> usize {
        let rest = bytes.get(self.at..).unwrap_or(&[]);
        rest.iter().position(|b| *b == self.delimiter || matches!(b, b'\n' | b'\r')).map_or(bytes.len(), |n| self.at + n)
    }

    fn blank(&self, byte: Option<&u8>) -> bool {
        byte.is_some_and(|b| matches!(b, b' ' | b'\t') && *b != self.delimiter)
    }
}
