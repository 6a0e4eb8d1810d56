//! The texts that were read, and how a byte offset becomes a line and a column.

use std::sync::{Arc, OnceLock};

use super::{FileId, Span};

/// One text with a name to show. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Source {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    name: String,
    /// The name inside the folder it was found in, where that is another.
    inside: Option<String>,
    /// The sheet of a workbook that the text shows: a line is a row, and [`BETWEEN_CELLS`] stands between its cells.
    sheet: Option<String>,
    text: Box<str>,
    line_starts: OnceLock<Vec<u32>>,
}

/// What stands between the cells of a row in the text of a sheet, and nowhere else in it.
pub const BETWEEN_CELLS: char = '|';

/// A line and a column as an editor shows them: both from 1, the column in characters. Of a sheet, row and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl Source {
    /// A text and the name it is shown under (a path as the user wrote it, with `/`).
    pub fn new(name: impl Into<String>, text: impl Into<Box<str>>) -> Self {
        Self::made(name.into(), None, None, text.into())
    }

    /// The text of a sheet of a workbook: each line is the row of its number, with [`BETWEEN_CELLS`] between its cells. Places in it are told
    /// as addresses of cells.
    pub fn sheet(name: impl Into<String>, sheet: impl Into<String>, text: impl Into<Box<str>>) -> Self {
        Self::made(name.into(), None, Some(sheet.into()), text.into())
    }

    /// A text that was found in a folder, with its name from there.
    pub fn inside(name: impl Into<String>, inside: impl Into<String>, text: impl Into<Box<str>>) -> Self {
        Self::made(name.into(), Some(inside.into()), None, text.into())
    }

    /// Another text in the place of this one, with the same lines (and cells).
    #[must_use]
    pub fn rewritten(&self, name: impl Into<String>, text: impl Into<Box<str>>) -> Self {
        Self::made(name.into(), None, self.inner.sheet.clone(), text.into())
    }

    fn made(name: String, inside: Option<String>, sheet: Option<String>, text: Box<str>) -> Self {
        Self { inner: Arc::new(Inner { name, inside, sheet, text, line_starts: OnceLock::new() }) }
    }

    /// The name of the sheet, when the text is one.
    #[must_use]
    pub fn sheet_name(&self) -> Option<&str> {
        self.inner.sheet.as_deref()
    }

    /// What tells it from its neighbours: its name without the folder that all of them were found in.
    #[must_use]
    pub fn name_inside(&self) -> &str {
        self.inner.inside.as_deref().unwrap_or(&self.inner.name)
    }

    /// The name to show.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.inner.name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.inner.text
    }

    /// Byte offsets at which lines start; the first is 0. Made on first use.
    #[must_use]
    pub fn line_starts(&self) -> &[u32] {
        self.inner.line_starts.get_or_init(|| {
            let newlines = self.inner.text.bytes().zip(1u32..).filter(|(b, _)| *b == b'\n');
            std::iter::once(0).chain(newlines.map(|(_, after)| after)).collect()
        })
    }

    /// The place of a byte offset. Offsets past the end give the end.
    #[must_use]
    pub fn place(&self, offset: u32) -> Place {
        let starts = self.line_starts();
        let line = starts.partition_point(|s| *s <= offset).saturating_sub(1);
        let start = starts.get(line).copied().unwrap_or(0);
        let before = self.text().get(start as usize..(offset as usize).min(self.text().len())).unwrap_or("");
        let column = match self.inner.sheet {
            None => before.chars().count(),
            Some(_) => before.matches(BETWEEN_CELLS).count(),
        };
        Place { line: line as u32 + 1, column: column as u32 + 1 }
    }

    /// A place as it is shown after the name of the file: `31:23`, or `Training!D31` in a sheet.
    #[must_use]
    pub fn address(&self, offset: u32) -> String {
        let Place { line, column } = self.place(offset);
        match &self.inner.sheet {
            None => format!("{line}:{column}"),
            Some(sheet) => format!("{}!{}{line}", sheet_prefix(sheet), column_letters(column)),
        }
    }

    /// A place as it is read aloud: `line 31, column 23`, or `sheet Training, cell D31`.
    #[must_use]
    pub fn spoken_address(&self, offset: u32) -> String {
        let Place { line, column } = self.place(offset);
        match &self.inner.sheet {
            None => format!("line {line}, column {column}"),
            Some(sheet) => format!("sheet {sheet}, cell {}{line}", column_letters(column)),
        }
    }

    /// The text in a range, or `""` when the range is not inside this text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text().get(span.start as usize..span.end as usize).unwrap_or("")
    }
}

/// All texts of one run. A [`FileId`] is an index into it.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl FromIterator<Source> for Sources {
    fn from_iter<I: IntoIterator<Item = Source>>(texts: I) -> Self {
        Self { files: texts.into_iter().collect() }
    }
}

impl Sources {
    /// Adds a text and answers its id.
    pub fn add(&mut self, source: Source) -> FileId {
        self.files.push(source);
        FileId(self.files.len() as u32 - 1)
    }

    /// The id the next added text will get.
    #[must_use]
    pub fn next_id(&self) -> FileId {
        FileId(self.files.len() as u32)
    }

    /// The text of `file`, if there is one.
    #[must_use]
    pub fn get(&self, file: FileId) -> Option<&Source> {
        self.files.get(file.0 as usize)
    }

    /// The text in a range, or `""`.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file).map_or("", |s| s.slice(span))
    }

    /// All texts with their ids, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        (0u32..).map(FileId).zip(&self.files)
    }

    /// `name:line:column` of the start of a range, or `name:sheet!cell`; `?` for a file that is not here.
    #[must_use]
    pub fn describe(&self, span: Span) -> String {
        self.get(span.file).map_or_else(|| "?".to_owned(), |source| format!("{}:{}", source.name(), source.address(span.start)))
    }
}

/// The letters of a column, from 1: `A`, `Z`, `AA`, `XFD`.
#[must_use]
pub fn column_letters(column: u32) -> String {
    let (mut left, mut letters) = (column, Vec::new());
    while left > 0 {
        letters.push(char::from(b'A' + ((left - 1) % 26) as u8));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The name of a sheet as it stands before `!`: in quotes where a spreadsheet would write them.
#[must_use]
pub fn sheet_prefix(sheet: &str) -> String {
    let plain = sheet.chars().all(|c| c.is_alphanumeric() || c == '_') && !sheet.starts_with(|c: char| c.is_ascii_digit());
    if plain { sheet.to_owned() } else { format!("'{}'", sheet.replace('\'', "''")) }
}

#[cfg(test)]
mod tests {
    use super::{Source, column_letters};

    #[test]
    fn columns_have_letters() {
        let all = [1, 26, 27, 52, 703, 16_384].map(column_letters);
        assert_eq!(all, ["A", "Z", "AA", "AZ", "AAA", "XFD"]);
    }

    #[test]
    fn places_of_a_sheet_are_cells() {
        let source = Source::sheet("t.xlsx", "Staff 2026", "\na | é | c\n | x");
        let at = |text: &str| source.address(source.text().find(text).unwrap_or(0) as u32);
        assert_eq!(
            [at("a"), at("é"), at("c"), at("x")],
            ["'Staff 2026'!A2", "'Staff 2026'!B2", "'Staff 2026'!C2", "'Staff 2026'!B3"]
        );
        assert_eq!(source.spoken_address(source.text().len() as u32), "sheet Staff 2026, cell B3");
    }
}
