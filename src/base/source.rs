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
    text: Box<str>,
    line_starts: OnceLock<Vec<u32>>,
}

/// A line and a column as an editor shows them: both from 1, the column in characters.
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
        Self::made(name.into(), None, text.into())
    }

    /// A text that was found in a folder, with its name from there.
    pub fn inside(name: impl Into<String>, inside: impl Into<String>, text: impl Into<Box<str>>) -> Self {
        Self::made(name.into(), Some(inside.into()), text.into())
    }

    fn made(name: String, inside: Option<String>, text: Box<str>) -> Self {
        Self { inner: Arc::new(Inner { name, inside, text, line_starts: OnceLock::new() }) }
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
        Place { line: line as u32 + 1, column: before.chars().count() as u32 + 1 }
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

    /// `name:line:column` of the start of a range; `?` for a file that is not here.
    #[must_use]
    pub fn describe(&self, span: Span) -> String {
        self.get(span.file).map_or_else(
            || "?".to_owned(),
            |source| {
                let place = source.place(span.start);
                format!("{}:{}:{}", source.name(), place.line, place.column)
            },
        )
    }
}
