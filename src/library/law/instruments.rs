//! Instruments.

use super::dates;
use crate::diagnostics::Diagnostic;
use crate::library::declare::Declared;
use crate::library::errors;
use crate::library::model::{Extent, InForce, Instrument, InstrumentKind, Library};
use crate::syntax::ast;

const KINDS: [(&str, InstrumentKind); 6] = [
    ("law", InstrumentKind::Law),
    ("direction", InstrumentKind::Direction),
    ("programme", InstrumentKind::Programme),
    ("guidance", InstrumentKind::Guidance),
    ("standard", InstrumentKind::Standard),
    ("strategy", InstrumentKind::Strategy),
];
const EXTENTS: [(&str, Extent); 3] = [("uk", Extent::Uk), ("eu", Extent::Eu), ("icao", Extent::Icao)];

/// Fills `instruments`.
pub(super) fn build(declared: &Declared<'_>, library: &mut Library, problems: &mut Vec<Diagnostic>) {
    library.instruments = declared.instruments.iter().map(|i| instrument(i, problems)).collect();
}

fn instrument(written: &ast::Instrument, problems: &mut Vec<Diagnostic>) -> Instrument {
    let mut missing = |line: &str, help: &str| problems.push(errors::missing_line(&written.id, "the instrument", line, help));
    if written.kind.is_none() {
        missing("kind", "write `kind law`, or direction, programme, guidance, standard or strategy");
    }
    if written.extent.is_none() {
        missing("extent", "write `extent uk`, or `eu` or `icao` for what is there for comparison");
    }
    Instrument {
        name: written.id.value.clone(),
        title: written.title.value.clone(),
        doc: written.doc.clone(),
        kind: word("kind", written.kind.as_ref(), &KINDS, problems).unwrap_or(InstrumentKind::Law),
        extent: word("extent", written.extent.as_ref(), &EXTENTS, problems).unwrap_or(Extent::Uk),
        citation: written.citation.as_ref().unwrap_or(&written.title).value.clone(),
        url: written.url.as_ref().map(|u| u.value.clone()),
        in_force: written.in_force.as_ref().map_or(InForce::ALWAYS, |v| dates::in_force(v, problems)),
        span: written.span,
    }
}

/// What a word of a fixed list stands for.
pub(super) fn word<T: Copy>(
    line: &str,
    written: Option<&ast::Name>,
    words: &[(&str, T)],
    problems: &mut Vec<Diagnostic>,
) -> Option<T> {
    let written = written?;
    let found = words.iter().find(|(word, _)| *word == written.value).map(|(_, meaning)| *meaning);
    if found.is_none() {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        problems.push(errors::unknown_word(line, written, &known));
    }
    found
}
