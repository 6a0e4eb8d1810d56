//! Any bytes as a bundle: the first byte says whether as JSON or as YAML.

#![no_main]

mod library;

use std::sync::LazyLock;

use abide::assess::assess;
use abide::base::Date;
use abide::evidence::{Limits, MemoryFolder, ReadOptions, Reader};
use abide::library::{Checked, Library};
use abide::policy::Policies;
use libfuzzer_sys::fuzz_target;

static LIBRARY: LazyLock<Checked<Library>> = LazyLock::new(library::library);
static POLICIES: LazyLock<Policies> = LazyLock::new(Policies::embedded);

fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    let name = if first % 2 == 0 { "bundle.json" } else { "bundle.yaml" };
    let options = ReadOptions { limits: Limits { nodes: 100_000, expansion: 10_000, ..Limits::default() }, ..ReadOptions::default() };
    let outcome = Reader::new(&LIBRARY).read(&MemoryFolder::new([(name, bytes)]), &options);
    for label in outcome.diagnostics.iter().flat_map(|d| d.at.iter().chain(&d.also)) {
        let text = outcome.sources.get(label.span.file).map_or("", |s| s.text());
        assert!(text.get(label.span.start as usize..label.span.end as usize).is_some(), "{:?} lies outside", label.span);
    }
    if let (Some(bundle), Ok(date)) = (outcome.bundle, Date::parse("2026-11-23")) {
        let _ = assess(&LIBRARY, &bundle, date, &POLICIES);
    }
});
