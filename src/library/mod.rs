//! Tree to meaning: names, types, time. Makes [`Checked`]`<`[`Library`]`>`, which is all that evaluation accepts.
//!
//! The passes stand in [`check`], in order; each reports everything it finds. Twice declared names end the check; after other errors the next
//! pass goes on, and `cascade` holds back what may only follow from them, so that one mistake is told once. To add a check: a row in `diagnostics::catalog::library`, a constructor in `errors`, a page in `docs/codes`
//! whose example triggers it. To add a form of expression: a file in `check`; the missing match arms lead the way.

mod cascade;
mod check;
mod declare;
mod errors;
mod fingerprint;
mod law;
pub mod links;
pub mod model;
mod requirements;
mod scenarios;
mod shape;
mod statics;
pub mod stored;
#[cfg(test)]
mod tests;
mod texts;
pub mod words;

pub use model::{Checked, Library};

use cascade::Suspects;

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
    let sources = library.sources.clone();
    let mut suspects = Suspects::new(files, &sources);
    let mut found = Vec::new();
    let terms = shape::build(&declared, library, &mut found);
    suspects.settle(std::mem::take(&mut found), problems);
    texts::collect(&declared, library);
    law::build(&declared, &terms, library, &mut found);
    suspects.settle(std::mem::take(&mut found), problems);
    requirements::build(&declared, &terms, library, &mut found);
    suspects.settle(std::mem::take(&mut found), problems);
    scenarios::build(&declared, library, &mut found);
    statics::check(&declared, library, &mut found);
    suspects.settle(found, problems);
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
