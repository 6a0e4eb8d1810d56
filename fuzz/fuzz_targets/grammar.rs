//! Any text as rules.

#![no_main]

use abide::base::{FileId, Source, Sources};
use abide::diagnostics::Diagnostic;
use abide::format::format;
use abide::library::check;
use abide::syntax::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let parsed = parse(FileId(0), text);
    inside(text, &parsed.diagnostics);
    if let Ok(formatted) = format(text) {
        assert_eq!(format(&formatted).as_deref(), Ok(formatted.as_str()), "formatted text stays as it is");
    }
    let mut sources = Sources::default();
    sources.add(Source::new("rules.abide", text));
    let (_, problems) = check(sources, &[parsed.file]);
    inside(text, &problems);
});

fn inside(text: &str, diagnostics: &[Diagnostic]) {
    for label in diagnostics.iter().flat_map(|d| d.at.iter().chain(&d.also)) {
        let (start, end) = (label.span.start as usize, label.span.end as usize);
        assert!(text.get(start..end).is_some(), "{start}..{end} is not a place in a text of {} bytes", text.len());
    }
}
