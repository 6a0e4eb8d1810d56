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
    /// Why it cannot be looked into: a folder that cannot be listed may hold bundles, and is told like a bundle that cannot be read.
    pub refused: Option<String>,
}

/// What a folder of bundles holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// The bundles, by name; no two have the same.
    pub bundles: Vec<Found>,
    /// Links that may lead to bundles, and were not followed; by name.
    pub links: Vec<String>,
}

/// The bundles below a folder, by name. A folder that holds `bundle.yaml`, `bundle.yml` or `bundle.json` is one, with everything in it. In other folders each
/// YAML or JSON file is one, and the folders in them are looked through; hidden ones, the register of findings at the top, results of
/// earlier runs, and those that a link leads to are not.
///
/// # Errors
/// When the folder itself cannot be listed. One inside it that cannot stops nothing.
pub fn bundles(folder: &Path) -> Result<Listed, Box<Diagnostic>> {
    let mut listed = Listed::default();
    let at_root = fs::metadata(folder).map_err(|e| unreadable(folder, &e))?;
    if at_root.is_dir() {
        list(folder, "", 0, &mut listed).map_err(|e| unreadable(folder, &e))?;
    } else {
        let name = folder.file_name().map_or_else(String::new, |name| shown(Path::new(name)));
        listed.bundles.push(Found { name, path: folder.to_owned(), refused: None });
    }
    listed.bundles.sort();
    listed.links.sort();
    // Names that are no UTF-8 can look the same, and lines are found by name.
    let mut before: Option<(String, usize)> = None;
    for found in &mut listed.bundles {
        let times = before.take().filter(|(name, _)| *name == found.name).map_or(1, |(_, times)| times + 1);
        before = Some((found.name.clone(), times));
        if times > 1 {
            found.name.push_str(&format!(" ({times})"));
        }
    }
    Ok(listed)
}

/// Lists what is in a folder. What cannot be looked into stands among the bundles, refused.
///
/// # Errors
/// When the folder cannot be listed.
fn list(folder: &Path, name: &str, depth: usize, listed: &mut Listed) -> io::Result<()> {
    if super::results::is_results(folder) {
        return Ok(());
    }
    if is_bundle(folder) {
        let name = if name.is_empty() { "." } else { name };
        listed.bundles.push(Found { name: name.to_owned(), path: folder.to_owned(), refused: None });
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, file_name) = (entry.path(), shown(Path::new(&entry.file_name())));
        if file_name.starts_with('.') || (depth == 0 && file_name == REGISTER) {
            continue;
        }
        let inside = if name.is_empty() { file_name } else { format!("{name}/{file_name}") };
        let refused = |why: String| Found { name: inside.clone(), path: path.clone(), refused: Some(why) };
        let kind = match entry.file_type() {
            Ok(kind) => kind,
            Err(e) => {
                listed.bundles.push(refused(e.to_string()));
                continue;
            }
        };
        let is_file = matches!(path.extension().and_then(|e| e.to_str()), Some("yaml" | "yml" | "json"));
        if kind.is_symlink() {
            if is_file || path.is_dir() {
                listed.links.push(inside);
            }
        } else if kind.is_dir() {
            if depth >= MOST_DEPTH {
                listed.bundles.push(refused("too many folders stand inside each other".to_owned()));
            } else if let Err(e) = list(&path, &inside, depth + 1, listed) {
                listed.bundles.push(refused(e.to_string()));
            }
        } else if is_file {
            listed.bundles.push(Found { name: inside, path, refused: None });
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
