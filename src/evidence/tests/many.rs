//! Any input at all: no panic, every place inside its file.

use proptest::prelude::*;

use super::reader;
use crate::evidence::{MemoryFolder, ReadOptions, ReadOutcome};

/// Words that make random texts look like bundles.
const WORDS: [&str; 44] = [
    "abide",
    "entity",
    "evidence",
    "people",
    "tables",
    "kind",
    "id",
    "facts",
    "training-record",
    "person",
    "incident",
    ":",
    ": ",
    "\n",
    "\n  ",
    "\n  - ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\"",
    "'",
    "&a",
    "*a",
    "!!str",
    "<<",
    "|",
    ">",
    "#",
    "\t",
    "~",
    "null",
    "true",
    "yes",
    "2026-02-31",
    "2026-01-01",
    "é",
    "\u{feff}",
    "\\",
    "\\u12",
    "1_0",
    "---",
    "attachments",
];

fn places_hold(outcome: &ReadOutcome) -> Result<(), TestCaseError> {
    for diagnostic in &outcome.diagnostics {
        for label in diagnostic.at.iter().chain(&diagnostic.also) {
            let source = outcome.sources.get(label.span.file);
            let inside = source.is_some_and(|s| s.text().get(label.span.start as usize..label.span.end as usize).is_some());
            prop_assert!(inside, "{diagnostic:?}");
        }
    }
    if let Some(bundle) = &outcome.bundle {
        for tree in &bundle.trees {
            let text = bundle.sources.get(crate::base::FileId(tree.file)).map_or("", |s| s.text());
            for node in &tree.nodes {
                prop_assert!(text.get(node.start as usize..node.end as usize).is_some());
            }
        }
    }
    Ok(())
}

fn read(name: &str, bytes: Vec<u8>) -> ReadOutcome {
    let csv = bytes.clone();
    let yaml = "tables: [{ kind: person, from: t.csv, columns: { id: id, name: kind } }]\n";
    let folder = MemoryFolder::new([(name.to_owned(), bytes), ("t.csv".to_owned(), csv), ("z.yaml".to_owned(), yaml.into())]);
    reader().read(&folder, &ReadOptions::default())
}

proptest! {
    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for name in ["b.yaml", "b.json"] {
            places_hold(&read(name, bytes.clone()))?;
        }
    }

    #[test]
    fn random_words(words in prop::collection::vec(prop::sample::select(WORDS.to_vec()), 0..60)) {
        for name in ["b.yaml", "b.json"] {
            places_hold(&read(name, words.concat().into_bytes()))?;
        }
    }

    #[test]
    fn damaged_bundles(at in 0usize..3000, with in prop::sample::select(WORDS.to_vec()), cut in 0usize..10) {
        for (name, text) in [("b.yaml", super::good::YAML), ("b.json", super::good::JSON)] {
            let mut start = at % text.len();
            while !text.is_char_boundary(start) { start -= 1; }
            let mut end = (start + cut).min(text.len());
            while !text.is_char_boundary(end) { end += 1; }
            let damaged = format!("{}{with}{}", &text[..start], &text[end..]);
            places_hold(&read(name, damaged.into_bytes()))?;
        }
    }

    /// Whatever JSON accepts, the strict reader accepts, and the other way round.
    #[test]
    fn json_is_json(words in prop::collection::vec(prop::sample::select(vec!["{", "}", "[", "]", ",", ":", "\"a\"", "1", "-0.5e3", "01", "true", "nul", "null", " ", "\"\\n\"", "\"\\x\""]), 0..12)) {
        let text = words.concat();
        let mut diagnostics = Vec::new();
        crate::evidence::tree::json::parse(&text, crate::base::FileId(0), &crate::evidence::Limits::default(), &mut diagnostics);
        let syntax = diagnostics.iter().any(|d| d.code.name() == "json");
        prop_assert_eq!(!syntax, serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{}", text);
    }
}
