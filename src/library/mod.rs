//! Tree to meaning: names, types, time. Makes [`Checked`]`<`[`Library`]`>`, which is all that evaluation accepts.
//!
//! The passes stand in [`check`], in order; each reports everything it finds, and the next one starts only when there was no error, so that
//! one mistake is told once. To add a check: a row in `diagnostics::catalog::library`, a constructor in `errors`, a page in `docs/codes`
//! whose example triggers it. To add a form of expression: a file in `check`; the missing match arms lead the way.

mod check;
mod declare;
mod errors;
mod fingerprint;
mod law;
pub mod model;
mod requirements;
mod scenarios;
mod shape;
mod statics;
#[cfg(test)]
mod tests;
mod texts;

pub use model::{Checked, Library};

use crate::base::Sources;
use crate::diagnostics::{Diagnostic, Severity};
use crate::syntax::ast;

/// Checks a set of files as one library. The library is there when nothing worse than a warning was found.
#[must_use]
pub fn check(sources: Sources, files: &[ast::File]) -> (Option<Checked<Library>>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let mut library = Library { fingerprint: fingerprint::of(&sources), sources, ..Library::default() };
    let complete = passes(&mut library, files, &mut problems);
    arrange(&library.sources, &mut problems);
    (complete.then_some(Checked(library)), problems)
}

/// Runs the passes; whether all of them ran and found no error.
fn passes(library: &mut Library, files: &[ast::File], problems: &mut Vec<Diagnostic>) -> bool {
    let built_in = declare::BuiltIn::new();
    let declared = declare::collect(files, &built_in, library, problems);
    if failed(problems) {
        return false;
    }
    let terms = shape::build(&declared, library, problems);
    if failed(problems) {
        return false;
    }
    texts::collect(&declared, library);
    law::build(&declared, &terms, library, problems);
    if failed(problems) {
        return false;
    }
    requirements::build(&declared, &terms, library, problems);
    if failed(problems) {
        return false;
    }
    scenarios::build(&declared, library, problems);
    statics::check(&declared, library, problems);
    !failed(problems)
}

fn failed(problems: &[Diagnostic]) -> bool {
    problems.iter().any(|p| p.severity() == Severity::Error)
}

/// Sorts by place and drops what was found twice (a definition is read once for itself and once for each use).
fn arrange(sources: &Sources, problems: &mut Vec<Diagnostic>) {
    problems.sort_by_cached_key(|p| {
        let place = p.at.as_ref().map(|at| {
            let file = sources.get(at.span.file).map_or("", |s| s.name());
            (file.to_owned(), at.span.file, at.span.start, at.span.end)
        });
        (place, p.code, p.message.clone())
    });
    problems.dedup();
}
