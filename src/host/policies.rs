//! Where policies come from: those built in, and those in folders that are added to them.

use std::path::PathBuf;

use super::errors;
use super::library::{files_in, shown};
use crate::base::{Source, Sources};
use crate::diagnostics::Diagnostic;
use crate::policy::{self, Policies};

/// Reads policies from folders and files and adds them to the built-in ones. No policies when something is wrong with them; everything that is wrong is
/// told.
#[must_use]
pub fn load(paths: &[PathBuf]) -> (Option<Policies>, Sources, Vec<Diagnostic>) {
    if paths.is_empty() {
        return (Some(Policies::embedded()), Sources::default(), Vec::new());
    }
    let (mut texts, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        let mut files = Vec::new();
        match files_in(path, "cedar", &mut files) {
            Err((path, why)) => problems.push(errors::unreadable_policies(&shown(&path), &why.to_string())),
            // No policy where somebody named some is a mistake, not a wish to forbid nothing.
            Ok(()) if files.is_empty() => problems.push(errors::no_policies(&shown(path))),
            Ok(()) => {}
        }
        for file in files {
            match std::fs::read(&file).map(String::from_utf8) {
                Ok(Ok(text)) => texts.push(Source::new(shown(&file), text)),
                Ok(Err(_)) => problems.push(errors::unreadable_policies(&shown(&file), "it is not UTF-8 text")),
                Err(e) => problems.push(errors::unreadable_policies(&shown(&file), &e.to_string())),
            }
        }
    }
    let policy::Read { policies, sources, diagnostics } = Policies::read(texts);
    problems.extend(diagnostics);
    (policies.filter(|_| problems.is_empty()), sources, problems)
}
