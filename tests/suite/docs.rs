//! What the documentation shows is true: its rules parse, its commands print what stands below them.

use std::path::PathBuf;

use abide::base::{FileId, Source};
use abide::policy::{Policies, Question};
use abide::syntax;

use crate::support::{abide, blocks, built_in, files_below, root, short, stderr, stdout};

fn pages() -> Vec<PathBuf> {
    let mut pages = files_below(&root().join("docs"), ".md");
    pages.push(root().join("README.md"));
    pages
}

#[test]
fn rules_in_the_language_pages_parse() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for page in files_below(&root().join("docs/language"), ".md") {
        for (language, text, line) in blocks(&std::fs::read_to_string(&page).unwrap()) {
            if language == "abide" {
                seen += 1;
                let found = syntax::parse(FileId(0), &text).diagnostics;
                wrong.extend(found.iter().map(|d| format!("{}:{line}: {}", short(&page), d.message)));
            }
        }
    }
    assert!(seen > 0, "no rules were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn policies_in_the_documentation_load() {
    let page = std::fs::read_to_string(root().join("docs/policies.md")).unwrap();
    let texts: Vec<String> = blocks(&page).into_iter().filter(|(l, ..)| l == "cedar").map(|(_, text, _)| text).collect();
    assert!(!texts.is_empty());
    for text in texts {
        let read = Policies::read(vec![Source::new("docs/policies.md", text.as_str())]);
        assert_eq!(read.diagnostics, []);
    }
    for policy in Policies::embedded().pages().iter().filter(|p| p.question == Some(Question::Authority)) {
        assert!(
            policy.id == "authority-default" || page.contains(&format!("`{}`", policy.id)),
            "{} is not on the page",
            policy.id
        );
    }
}

#[test]
fn policies_cite_what_the_library_has() {
    let mut cited = 0;
    for policy in Policies::embedded().pages() {
        if let Some(provision) = policy.provision {
            cited += 1;
            assert!(built_in().names.provisions.contains_key(&provision), "{} cites {provision}", policy.id);
        }
    }
    assert!(cited > 0);
}

/// In a `console` block: `$ abide …`, and below it what is printed, standard output before standard error. `…` stands for any lines.
#[test]
fn commands_print_what_is_shown() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for page in pages() {
        for (language, text, line) in blocks(&std::fs::read_to_string(&page).unwrap()) {
            if language != "console" {
                continue;
            }
            for shown in text.split("$ ").filter(|s| !s.trim().is_empty()) {
                let (command, expected) = shown.split_once('\n').unwrap_or((shown, ""));
                let mut words = command.split_whitespace();
                assert_eq!(words.next(), Some("abide"), "{}:{line}: only `abide` is run", short(&page));
                let output = abide(words);
                let actual = format!("{}{}", stdout(&output), stderr(&output));
                seen += 1;
                if !agrees(expected.trim(), actual.trim()) {
                    wrong.push(format!("{}:{line}: `{command}` prints\n{actual}", short(&page)));
                }
            }
        }
    }
    assert!(seen > 0, "no commands were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Line by line; a line `…` stands for any number of lines.
fn agrees(expected: &str, actual: &str) -> bool {
    let actual: Vec<&str> = actual.lines().map(str::trim_end).collect();
    let mut at = 0;
    let mut skipping = false;
    for line in expected.lines().map(str::trim_end) {
        if line == "…" {
            skipping = true;
            continue;
        }
        let found = actual[at..].iter().position(|l| *l == line);
        match found {
            Some(0) => at += 1,
            Some(n) if skipping => at += n + 1,
            _ => return false,
        }
        skipping = false;
    }
    skipping || at == actual.len()
}

/// Commands that a page invites the reader to try do work: none ends with "could not do it".
#[test]
fn commands_in_the_pages_work() {
    let mut wrong = Vec::new();
    for page in pages() {
        for (language, text, line) in blocks(&std::fs::read_to_string(&page).unwrap()) {
            for command in text.lines().filter(|_| language == "sh") {
                let command = command.split('#').next().unwrap_or_default();
                let Some(arguments) = command.strip_prefix("abide ").or_else(|| command.strip_prefix("cargo run --release -- "))
                else {
                    continue;
                };
                // What writes files or takes a reader's own paths is tried elsewhere.
                if arguments.contains(['>', '<', '|']) || arguments.contains("--output") || arguments.contains("--folder") {
                    continue;
                }
                // A page may stand in the folder of the examples; without that folder there is nothing to try.
                let examples = root().join("examples");
                let here = |word: &str| {
                    if word != "." && examples.join(word).is_dir() { format!("examples/{word}") } else { word.to_owned() }
                };
                if arguments.contains("northfield") && !examples.is_dir() {
                    continue;
                }
                let output = abide(arguments.split_whitespace().map(here));
                if output.status.code() == Some(2) || output.status.code().is_none() {
                    wrong.push(format!("{}:{line}: `{}`\n{}", short(&page), command.trim(), stderr(&output)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
