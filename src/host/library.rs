//! Where rules come from: those built in, those in folders, or both. Reads texts and parses them; what they mean is the library's business.

use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use rayon::prelude::*;

use super::errors;
use crate::base::{FileId, Source, Sources};
use crate::diagnostics::{Diagnostic, Severity};
use crate::library::{self, Checked, Library, stored};
use crate::syntax::{self, Tests, ast};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/regulations");
/// What the built-in rules mean, worked out when the program was built; nothing when something is wrong with them.
static STORED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/library.bin"));

/// Which rules are meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Folders or files of rules.
    pub paths: Vec<PathBuf>,
    /// The built-in rules too, not only those.
    pub extend: bool,
}

/// Rules, read and checked.
#[derive(Debug)]
pub struct Loaded {
    /// The library; `None` when there are errors.
    pub library: Option<Checked<Library>>,
    /// The texts, also when there is no library.
    pub sources: Sources,
    /// What is wrong with them.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads and checks rules.
#[must_use]
pub fn load(choice: &Choice, tests: Tests) -> Loaded {
    if choice.paths.is_empty() && tests == Tests::Skip {
        let sources: Sources = embedded().into_iter().collect();
        if let Some(library) = stored::decode(STORED, sources.clone()) {
            return Loaded { library: Some(library), sources, diagnostics: Vec::new() };
        }
    }
    let mut diagnostics = Vec::new();
    let mut texts = Vec::new();
    if choice.paths.is_empty() || choice.extend {
        texts.extend(embedded());
    }
    for path in &choice.paths {
        texts.extend(in_path(path, &mut diagnostics));
    }
    let (sources, files) = parse(texts, tests, &mut diagnostics);
    // A text that cannot be read may hold what the others need: saying more would only confuse.
    if diagnostics.iter().any(|d| d.severity() == Severity::Error) {
        return Loaded { library: None, sources, diagnostics };
    }
    let (library, found) = library::check(sources.clone(), &files);
    diagnostics.extend(found);
    let library = library.filter(|_| diagnostics.iter().all(|d| d.severity() != Severity::Error));
    Loaded { library, sources, diagnostics }
}

/// The built-in rules, in the order of their paths.
#[must_use]
pub fn embedded() -> Vec<Source> {
    fn collect(dir: &'static Dir<'static>, into: &mut Vec<(String, &'static str)>) {
        for file in dir.files().filter(|f| f.path().extension().is_some_and(|e| e == "abide")) {
            into.extend(file.contents_utf8().map(|text| (shown(file.path()), text)));
        }
        dir.dirs().for_each(|dir| collect(dir, into));
    }
    let mut found = Vec::new();
    collect(&EMBEDDED, &mut found);
    found.sort_unstable();
    found.into_iter().map(|(path, text)| Source::inside(format!("regulations/{path}"), path, text)).collect()
}

/// The rules in a folder (with the folders in it) or a file, in the order of their paths.
pub fn in_path(path: &Path, diagnostics: &mut Vec<Diagnostic>) -> Vec<Source> {
    let mut files = Vec::new();
    if let Err((path, why)) = files_in(path, "abide", &mut files) {
        diagnostics.push(errors::unreadable_rules(&shown(&path), &why.to_string()));
        return Vec::new();
    }
    if files.is_empty() {
        diagnostics.push(errors::no_rules(&shown(path)));
    }
    let mut texts = Vec::new();
    for file in files {
        match std::fs::read(&file).map(String::from_utf8) {
            Ok(Ok(text)) => texts.push(Source::inside(shown(&file), inside(path, &file), text)),
            Ok(Err(_)) => diagnostics.push(errors::unreadable_rules(&shown(&file), "it is not UTF-8 text")),
            Err(e) => diagnostics.push(errors::unreadable_rules(&shown(&file), &e.to_string())),
        }
    }
    texts
}

/// A file's name from the folder that was given; of a file that was given itself, its own.
fn inside(folder: &Path, file: &Path) -> String {
    match file.strip_prefix(folder) {
        Ok(inside) if !inside.as_os_str().is_empty() => shown(inside),
        _ => file.file_name().map_or_else(String::new, |name| shown(Path::new(name))),
    }
}

/// The `.abide` files in a folder and the folders in it, as [`files_in`] finds them.
///
/// # Errors
/// The first path that cannot be listed.
pub fn rule_files(path: &Path, into: &mut Vec<PathBuf>) -> Result<(), (PathBuf, std::io::Error)> {
    files_in(path, "abide", into)
}

/// The files in a folder and the folders in it whose names end like this, sorted; a file as such is taken whatever its name. Hidden folders and links
/// to folders are left out.
///
/// # Errors
/// The first path that cannot be listed.
pub(super) fn files_in(path: &Path, ending: &str, into: &mut Vec<PathBuf>) -> Result<(), (PathBuf, std::io::Error)> {
    let at = |e| (path.to_owned(), e);
    if !std::fs::metadata(path).map_err(at)?.is_dir() {
        into.push(path.to_owned());
        return Ok(());
    }
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(path).map_err(at)? {
        entries.push(entry.map_err(at)?);
    }
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let (path, kind) = (entry.path(), entry.file_type().map_err(at)?);
        if kind.is_dir() {
            if !entry.file_name().as_encoded_bytes().starts_with(b".") {
                files_in(&path, ending, into)?;
            }
        } else if path.extension().is_some_and(|e| e == ending) && path.is_file() {
            into.push(path);
        }
    }
    Ok(())
}

/// The names of what a folder holds, sorted; hidden ones left out. None when it cannot be listed.
#[must_use]
pub fn entries(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names
}

/// Parses texts, several at a time; ids follow the order of the texts.
fn parse(texts: Vec<Source>, tests: Tests, diagnostics: &mut Vec<Diagnostic>) -> (Sources, Vec<ast::File>) {
    let parsed: Vec<_> = (0u32..)
        .map(FileId)
        .zip(&texts)
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|(id, text)| syntax::parse_with(id, text.text(), tests))
        .collect();
    let sources: Sources = texts.into_iter().collect();
    let mut files = Vec::with_capacity(parsed.len());
    for parsed in parsed {
        diagnostics.extend(parsed.diagnostics);
        files.push(parsed.file);
    }
    (sources, files)
}

/// A path as it is shown: with `/`.
#[must_use]
pub fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '\\' { text.replace('\\', "/") } else { text.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_what_the_texts_mean() {
        let mut diagnostics = Vec::new();
        let (sources, files) = parse(embedded(), Tests::Skip, &mut diagnostics);
        let (library, found) = library::check(sources, &files);
        assert_eq!((diagnostics, found), (Vec::new(), Vec::new()));
        let stored = |library: Option<Checked<Library>>| library.and_then(|library| stored::encode(&library));
        assert!(stored(library).as_deref() == Some(STORED), "the library that was stored is another one");
        let loaded = load(&Choice::default(), Tests::Skip);
        assert_eq!(loaded.sources.iter().count(), embedded().len());
        assert!(loaded.library.as_ref().is_some_and(|library| library.sources.iter().count() == embedded().len()));
        assert!(stored(loaded.library).as_deref() == Some(STORED));
    }

    #[test]
    fn what_is_not_stored_is_read_from_the_texts() {
        assert!(stored::decode(&[], Sources::default()).is_none());
        assert!(STORED.len() > 1_000 && stored::decode(&STORED[..STORED.len() / 2], Sources::default()).is_none());
    }
}
