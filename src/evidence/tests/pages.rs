//! The example of every page triggers its code, and every page has its four parts.

use super::{read_files, told};
use crate::diagnostics::catalog::{evidence, host};

/// The fenced example of a page, with its language.
fn example(page: &str) -> (&str, &str) {
    let (_, rest) = page.split_once("## Example\n\n```").expect("an example");
    let (language, rest) = rest.split_once('\n').expect("a language");
    let (text, _) = rest.split_once("\n```").expect("an end");
    (language, text)
}

#[test]
fn examples_trigger_their_codes() {
    for entry in evidence::TABLE.iter().chain(host::TABLE) {
        let (language, text) = example(entry.page);
        if matches!(language, "text" | "console") {
            continue;
        }
        let outcome = read_files(&[(&format!("bundle.{language}"), text)]);
        assert!(outcome.diagnostics.iter().any(|d| d.code == entry.code), "{}: {:#?}", entry.code, told(&outcome));
        let others = outcome.diagnostics.iter().filter(|d| d.code != entry.code).count();
        assert_eq!(others, 0, "{}: {:#?}", entry.code, told(&outcome));
    }
}

#[test]
fn pages_have_their_parts() {
    for entry in evidence::TABLE {
        let parts: Vec<&str> = entry.page.lines().filter(|l| l.starts_with('#')).collect();
        let title = format!("# {}", entry.code);
        assert_eq!(parts, [title.as_str(), "## What it means", "## Why it matters", "## Example", "## What to do"]);
    }
    assert!(evidence::TABLE.is_sorted_by_key(|e| e.code.name()));
}
