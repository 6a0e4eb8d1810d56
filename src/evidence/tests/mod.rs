//! Tests of reading bundles: a small library, and bundles held in memory.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::string_slice, reason = "a test may fail loudly")]

mod disk;
mod good;
mod hostile;
mod many;
mod mistakes;
mod pages;
mod schemas;
mod sheets;
mod tables;

use std::sync::OnceLock;

use super::{Bundle, MemoryFolder, ReadOptions, ReadOutcome, Reader};
use crate::base::{Source, Sources};
use crate::diagnostics::{Diagnostic, Severity};
use crate::library::model::{Column, Scalar};
use crate::library::{Checked, Library, check};
use crate::syntax;

/// The library that the bundles of these tests are read against.
fn library() -> &'static Checked<Library> {
    static LIBRARY: OnceLock<Checked<Library>> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let mut sources = Sources::default();
        let file = sources.add(Source::new("rules.abide", include_str!("rules.abide")));
        let parsed = syntax::parse(file, include_str!("rules.abide"));
        assert!(parsed.diagnostics.is_empty(), "{:#?}", parsed.diagnostics);
        let (library, diagnostics) = check(sources, &[parsed.file]);
        let errors: Vec<&Diagnostic> = diagnostics.iter().filter(|d| d.severity() == Severity::Error).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        library.expect("a library without errors")
    })
}

fn reader() -> &'static Reader<'static> {
    static READER: OnceLock<Reader<'static>> = OnceLock::new();
    READER.get_or_init(|| Reader::new(library()))
}

/// Reads files held in memory.
fn read_files(files: &[(&str, &str)]) -> ReadOutcome {
    read_with(files, &ReadOptions::default())
}

fn read_with(files: &[(&str, &str)], options: &ReadOptions) -> ReadOutcome {
    let folder = MemoryFolder::new(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())));
    reader().read(&folder, options)
}

/// Reads one YAML file.
fn read(yaml: &str) -> ReadOutcome {
    read_files(&[("bundle.yaml", yaml)])
}

/// Reads a bundle without errors.
fn good(files: &[(&str, &str)]) -> Bundle {
    let outcome = read_files(files);
    let shown = told(&outcome);
    outcome.bundle.unwrap_or_else(|| panic!("{shown:#?}"))
}

/// Diagnostics as `code place message`.
fn told(outcome: &ReadOutcome) -> Vec<String> {
    outcome.diagnostics.iter().map(|d| line(d, &outcome.sources)).collect()
}

fn line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let place = diagnostic.at.as_ref().map_or("-".to_owned(), |l| sources.describe(l.span));
    format!("{} {place} {}", diagnostic.code, diagnostic.message)
}

/// Errors only.
fn errors(outcome: &ReadOutcome) -> Vec<String> {
    let of = |d: &&Diagnostic| d.severity() == Severity::Error;
    outcome.diagnostics.iter().filter(of).map(|d| line(d, &outcome.sources)).collect()
}

/// A table as text: one line per row.
fn dump(bundle: &Bundle) -> Vec<String> {
    let library = library();
    let mut lines = vec![format!("{:?}", bundle.entity.facts)];
    for (shape, rows) in library.tables.iter().zip(&bundle.tables) {
        for row in 0..rows.len as usize {
            // The numbers of texts and decimals follow the order of reading and mean nothing beyond this bundle.
            let cell = |(column, cells): (&Column, &Vec<i64>)| match (column.of, usize::try_from(cells[row])) {
                (Scalar::Text, Ok(text)) => bundle.pool.texts.get(text).unwrap().to_owned(),
                (Scalar::Decimal | Scalar::Percent, Ok(decimal)) => bundle.pool.decimals[decimal].to_string(),
                _ => cells[row].to_string(),
            };
            let cells: Vec<String> = shape.columns.iter().zip(&rows.columns).map(cell).collect();
            lines.push(format!("{} {cells:?} {:?}", shape.name, rows.parents.get(row)));
        }
        for list in &rows.lists {
            assert_eq!(list.starts.len(), rows.len as usize + 1);
            lines.push(format!("{} {:?} {:?}", shape.name, list.starts, list.stated));
        }
    }
    lines
}
