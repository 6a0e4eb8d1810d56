//! Registers of findings: read, checked, followed and reconciled. Mistakes are planted one at a time in a record that is in order.

mod check;
mod due;
mod hostile;
mod link;
mod policies;
mod reconcile;
mod words;

use abide::diagnostics::Diagnostic;
use abide::evidence::{Limits, MemoryFolder};
use abide::findings::{self, ReadRegister};
use abide::policy::Policies;

use crate::support::built_in;

/// A register with one record that is in order.
pub(crate) const GOOD: &str = include_str!("good.yaml");

/// A register of these texts.
pub(crate) fn register(files: &[(&str, &str)]) -> ReadRegister {
    let folder = MemoryFolder::new(files.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())));
    findings::read(built_in(), &folder, &Limits::default())
}

/// Everything that is told of a register in one file.
pub(crate) fn told(text: &str) -> Vec<Diagnostic> {
    let read = register(&[("findings.yaml", text)]);
    let mut told = read.diagnostics.clone();
    told.extend(findings::check(built_in(), &read.register, &Policies::embedded()));
    told
}

/// The codes that are told of a text, each as often as it is.
fn codes(text: &str) -> Vec<&'static str> {
    let mut codes: Vec<&'static str> = told(text).iter().map(|d| d.code.name()).collect();
    codes.sort_unstable();
    codes
}

/// The good record with something replaced; what is replaced has to be there.
fn with(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(GOOD.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "`{from}` is not in the record");
        text.replacen(from, to, 1)
    })
}
