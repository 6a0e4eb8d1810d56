//! Any bytes as a table with a mapping; the mapping's date form and separator hang on the first byte.

#![no_main]

mod library;

use std::sync::LazyLock;

use abide::evidence::{Limits, MemoryFolder, ReadOptions, Reader};
use abide::library::{Checked, Library};
use libfuzzer_sys::fuzz_target;

static LIBRARY: LazyLock<Checked<Library>> = LazyLock::new(library::library);

const FORMS: [&str; 4] = ["", "    date-format: DD/MM/YYYY\n", "    date-format: MM-DD-YYYY\n", "    date-format: YYYY.MM.DD\n"];

fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    let bundle = format!(
        "abide: 1\nentity: {{ id: E, name: E, kind: airport, sems: framework, facts: {{ staff: 4 }} }}\ntables:\n  - kind: record\n    from: t.csv\n    \
         columns: {{ id: a, person: b, done: c, grade: d, score: e, days: f }}\n{}",
        FORMS[usize::from(first % 4)]
    );
    let options = ReadOptions { limits: Limits { rows: 10_000, ..Limits::default() }, ..ReadOptions::default() };
    let folder = MemoryFolder::new([("bundle.yaml", bundle.as_bytes()), ("t.csv", bytes)]);
    let outcome = Reader::new(&LIBRARY).read(&folder, &options);
    for label in outcome.diagnostics.iter().flat_map(|d| d.at.iter().chain(&d.also)) {
        let text = outcome.sources.get(label.span.file).map_or("", |s| s.text());
        assert!(text.get(label.span.start as usize..label.span.end as usize).is_some(), "{:?} lies outside", label.span);
    }
});
