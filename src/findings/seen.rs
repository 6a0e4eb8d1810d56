//! A register as an audience may see it: findings that are withheld are taken out, and so is the text of everything but those that are left. Reports get
//! the copy, so that no excerpt can show what stands beside a shown record.

use super::model::{Finding, Register};
use crate::base::{FileId, Source, Sources};

/// The register with the findings that are shown, and how many are not.
#[must_use]
pub fn seen(register: Register, shows: impl Fn(&Finding) -> bool) -> (Register, usize) {
    let before = register.findings.len();
    let findings: Vec<Finding> = register.findings.into_iter().filter(shows).collect();
    let withheld = before - findings.len();
    let mut sources = Sources::default();
    for (file, source) in register.sources.iter() {
        sources.add(Source::new(source.name(), blanked(source.text(), file, &findings)));
    }
    (Register { sources, findings, ..register }, withheld)
}

/// The text with spaces for everything outside shown records; every byte keeps its place.
fn blanked(text: &str, file: FileId, findings: &[Finding]) -> String {
    let mut shown: Vec<(usize, usize)> =
        findings.iter().filter(|f| f.span.file == file).map(|f| (f.span.start as usize, f.span.end as usize)).collect();
    shown.sort_unstable();
    let mut next = shown.into_iter().peekable();
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        while next.peek().is_some_and(|(_, end)| *end <= at) {
            next.next();
        }
        if c == '\n' || next.peek().is_some_and(|(start, _)| *start <= at) {
            out.push(c);
        } else {
            out.extend(std::iter::repeat_n(' ', c.len_utf8()));
        }
    }
    out
}
