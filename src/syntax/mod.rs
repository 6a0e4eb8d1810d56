//! Text to tree. The only user of the parser generator; never fails: broken input gives diagnostics and the rest of the tree.
//!
//! A file is cut into declarations by [`chunks`] and each is parsed alone, so that a mistake in one never hides another. A declaration
//! that does not parse as a whole is taken apart statement by statement by [`recover`].

pub mod ast;
mod chunks;
mod errors;
mod friendly;
mod from_pairs;
mod grammar;
pub(crate) mod outline;
mod reader;
mod recover;
pub(crate) mod scan;
mod shapes;

#[cfg(test)]
mod tests;

use crate::base::FileId;
use crate::diagnostics::Diagnostic;
use reader::Reader;

/// What became of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The tree: everything that could be read.
    pub file: ast::File,
    /// What could not, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Whether `test` declarations are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tests {
    /// They are not looked at: an assessment does not need them.
    Skip,
    /// They are read like everything else.
    Keep,
}

/// Reads a text of rules.
#[must_use]
pub fn parse(file: FileId, text: &str) -> Parsed {
    parse_with(file, text, Tests::Keep)
}

/// Reads a text of rules, with or without its tests.
#[must_use]
pub fn parse_with(file: FileId, text: &str, tests: Tests) -> Parsed {
    let mut reader = Reader::new(file, text);
    let mut declarations = Vec::new();
    if u32::try_from(text.len()).is_err() {
        reader.diagnostics.push(errors::text_too_long(file));
        return Parsed { file: ast::File { declarations }, diagnostics: reader.diagnostics };
    }
    for chunk in chunks::split(text) {
        if tests == Tests::Skip && chunk.keyword == "test" {
            continue;
        }
        recover::declaration(&mut reader, &chunk, &mut declarations);
    }
    reader.diagnostics.sort_by_key(|d| d.at.as_ref().map(|l| l.span.start));
    Parsed { file: ast::File { declarations }, diagnostics: reader.diagnostics }
}
