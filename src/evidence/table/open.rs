//! The file of a table: a CSV text, or a sheet of a workbook.

use super::mapping::Mapping;
use crate::base::{Date, FileId, Source};
use crate::diagnostics::Diagnostic;
use crate::evidence::documents::{read_bytes, text_of};
use crate::evidence::errors::{files, tables as errors};
use crate::evidence::folder::Folder;
use crate::evidence::options::Limits;
use crate::sheet::{DateFormat, Most, Problem, Read, Sheet, Workbook, looks_like_one};

/// A table that was opened.
pub(super) struct Opened {
    /// Its text.
    pub(super) source: Source,
    /// Its cells, when it is a sheet.
    pub(super) sheet: Option<Sheet>,
    /// Whether it could be read.
    pub(super) whole: bool,
}

impl Opened {
    /// Whether its workbook counts days from 1904.
    pub(super) fn from_1904(&self) -> bool {
        self.sheet.as_ref().is_some_and(|s| s.from_1904)
    }

    /// The day a number would be.
    pub(super) fn day_of(&self, number: &str) -> Option<Date> {
        let serial = DateFormat::named("serial")?;
        match serial.read(number, self.from_1904()) {
            Read::Day(day) => Some(day),
            Read::NoSuchDay | Read::Form => None,
        }
    }
}

/// Opens the file that an entry names.
pub(super) fn open(
    folder: &dyn Folder,
    mapping: &Mapping<'_>,
    limits: &Limits,
    file: FileId,
    diagnostics: &mut Vec<Diagnostic>,
) -> Opened {
    let (path, named) = (mapping.path.as_str(), mapping.from.span());
    let nothing = || Opened { source: Source::new(path, ""), sheet: None, whole: false };
    let Some(bytes) = read_bytes(folder, path, limits, Some(named), diagnostics) else { return nothing() };
    if !looks_like_one(&bytes) {
        if let Some(sheet) = mapping.sheet {
            diagnostics.push(files::workbook(Some(sheet.span()), path, &Problem::NotAWorkbook));
            return nothing();
        }
        let text = text_of(bytes, path, file, diagnostics);
        return Opened { source: Source::new(path, text.text), sheet: None, whole: text.whole };
    }
    match sheet(&bytes, mapping, diagnostics) {
        Ok(sheet) => {
            let name = sheet.name.clone().unwrap_or_default();
            Opened { source: Source::sheet(path, name, sheet.text.as_str()), sheet: Some(sheet), whole: true }
        }
        Err(problem) => {
            let at = mapping.sheet.filter(|_| matches!(problem, Problem::NoSheet(_))).map_or(named, |s| s.span());
            diagnostics.push(match problem {
                Problem::NoSheet(tabs) => errors::no_such_sheet(at, mapping.sheet.and_then(|s| s.text()), path, &tabs),
                other => files::workbook(Some(at), path, &other),
            });
            nothing()
        }
    }
}

/// The sheet an entry means: the one it names, or the only one there is.
fn sheet(bytes: &[u8], mapping: &Mapping<'_>, diagnostics: &mut Vec<Diagnostic>) -> Result<Sheet, Problem> {
    let mut workbook = Workbook::open(bytes, Most::default())?;
    if workbook.macros {
        diagnostics.push(files::macros(mapping.from.span(), &mapping.path));
    }
    let only = match workbook.tabs.as_slice() {
        [only] => Some(only.name.clone()),
        _ => None,
    };
    match mapping.sheet.and_then(|s| s.text()).map(str::to_owned).or(only) {
        Some(name) => workbook.read(&name),
        None => Err(Problem::NoSheet(workbook.tabs.into_iter().map(|t| t.name).collect())),
    }
}
