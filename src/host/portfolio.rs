//! A folder of bundles on disk: which there are.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::errors;
use super::library::shown;
use crate::diagnostics::Diagnostic;

/// The folder in a portfolio that holds a register of findings, not bundles.
pub const REGISTER: &str = "findings";
/// How many folders may stand inside each other.
const MOST_DEPTH: usize = 16;

/// A bundle of a portfolio.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Its path in the portfolio, with `/`; the file's own name when a file was given.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
}

/// The bundles below a folder, by name. A folder that holds `bundle.yaml`, `bundle.yml` or `bundle.json` is one, with everything in it. In other folders each
/// YAML or JSON file is one, and the folders in them are looked through; hidden ones, registers of findings, results of
/// earlier runs, and those that a link leads to are not.
///
/// # Errors
/// The first folder that cannot be listed.
pub fn bundles(folder: &Path) -> Result<Vec<Found>, Box<Diagnostic>> {
    let mut found = Vec::new();
    let at_root = fs::metadata(folder).map_err(|e| unreadable(folder, &e))?;
    if at_root.is_dir() {
        list(folder, "", 0, &mut found)?;
    } else {
        let name = folder.file_name().map_or_else(String::new, |name| shown(Path::new(name)));
        found.push(Found { name, path: folder.to_owned() });
    }
    found.sort();
    Ok(found)
}

fn list(folder: &Path, name: &str, depth: usize, found: &mut Vec<Found>) -> Result<(), Box<Diagnostic>> {
    if super::results::is_results(folder) {
        return Ok(());
    }
    if is_bundle(folder) {
        let name = if name.is_empty() { "." } else { name };
        found.push(Found { name: name.to_owned(), path: folder.to_owned() });
        return Ok(());
    }
    for entry in fs::read_dir(folder).map_err(|e| unreadable(folder, &e))? {
        let entry = entry.map_err(|e| unreadable(folder, &e))?;
        let (path, file_name) = (entry.path(), shown(Path::new(&entry.file_name())));
        if file_name.starts_with('.') {
            continue;
        }
        let inside = if name.is_empty() { file_name.clone() } else { format!("{name}/{file_name}") };
        let kind = entry.file_type().map_err(|e| unreadable(&path, &e))?;
        if kind.is_dir() {
            if file_name == REGISTER {
                continue;
            }
            if depth >= MOST_DEPTH {
                return Err(unreadable(&path, &io::Error::other("too many folders stand inside each other")));
            }
            list(&path, &inside, depth + 1, found)?;
        } else if matches!(path.extension().and_then(|e| e.to_str()), Some("yaml" | "yml" | "json")) || is_bundle(&path) {
            found.push(Found { name: inside, path });
        }
    }
    Ok(())
}

fn is_bundle(folder: &Path) -> bool {
    ["bundle.yaml", "bundle.yml", "bundle.json"].iter().any(|name| folder.join(name).is_file())
}

/// The register of findings in a portfolio, when there is one.
#[must_use]
pub fn register(folder: &Path) -> Option<PathBuf> {
    let register = folder.join(REGISTER);
    register.is_dir().then_some(register)
}

fn unreadable(path: &Path, why: &io::Error) -> Box<Diagnostic> {
    Box::new(errors::unreadable_portfolio(&shown(path), &why.to_string()))
}
