//! The house is in order: files say what they are and stay small, codes have pages, requirements have tests, rules are formatted.

use std::collections::BTreeSet;

use abide::diagnostics::catalog;
use abide::library::model::{Decider, Expected, TestVerdict};

use crate::support::{built_in, files_below, root, short};

/// Lines of code in one file. Aim for 300.
const MOST_LINES: usize = 700;
const SECTIONS: [&str; 4] = ["What it means", "Why it matters", "Example", "What to do"];

#[test]
fn every_source_file_says_what_it_is_and_is_not_too_long() {
    let mut wrong = Vec::new();
    for folder in ["src", "tests/suite", "benches"] {
        for file in files_below(&root().join(folder), ".rs") {
            let text = std::fs::read_to_string(&file).unwrap();
            if !text.starts_with("//!") {
                wrong.push(format!("{} does not start with `//!`", short(&file)));
            }
            let lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with("//")).count();
            if lines >= MOST_LINES {
                wrong.push(format!("{} has {lines} lines of code, {MOST_LINES} are too many", short(&file)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_is_in_order_and_has_a_page() {
    let mut wrong = Vec::new();
    let tables = [
        catalog::syntax::TABLE,
        catalog::library::TABLE,
        catalog::evidence::TABLE,
        catalog::policy::TABLE,
        catalog::checklist::TABLE,
        catalog::findings::TABLE,
        catalog::host::TABLE,
    ];
    for table in tables {
        for pair in table.windows(2) {
            if pair[0].code.name() >= pair[1].code.name() {
                wrong.push(format!("`{}` stands before `{}`", pair[0].code, pair[1].code));
            }
        }
    }
    let mut names = BTreeSet::new();
    for entry in catalog::all() {
        if !names.insert(entry.code.name()) {
            wrong.push(format!("`{}` is there twice", entry.code));
        }
        if entry.page.lines().next() != Some(&format!("# {}", entry.code)) {
            wrong.push(format!("the page of `{}` does not start with its name", entry.code));
        }
        let sections: Vec<&str> = entry.page.lines().filter_map(|l| l.strip_prefix("## ")).collect();
        if sections != SECTIONS {
            wrong.push(format!("the page of `{}` has the sections {sections:?}", entry.code));
        }
        if entry.summary.ends_with('.') || entry.summary.starts_with(char::is_uppercase) {
            wrong.push(format!("the summary of `{}` is a sentence with a capital or a full stop", entry.code));
        }
    }
    for page in files_below(&root().join("docs/codes"), ".md") {
        let name = page.file_stem().unwrap().to_str().unwrap().to_owned();
        if !names.contains(name.as_str()) {
            wrong.push(format!("{} is the page of no code", short(&page)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_requirement_is_tested_three_ways() {
    let library = built_in();
    assert!(!library.requirements.is_empty());
    let mut wrong = Vec::new();
    for (requirement, id) in library.requirements.iter().zip(0u32..) {
        let tests = library.tests.iter().filter(|t| t.of.0 == id);
        let shown: BTreeSet<TestVerdict> = tests
            .flat_map(|t| &t.written.expected)
            .filter_map(|e| if let Expected::Verdict { verdict, .. } = e { Some(verdict.value) } else { None })
            .collect();
        let open = match requirement.decided_by {
            Decider::Machine => TestVerdict::NotConfirmed,
            Decider::Person => TestVerdict::NeedsJudgement,
        };
        // What is sealed never gets as far as evidence.
        if shown.contains(&TestVerdict::Sealed) {
            continue;
        }
        for wanted in [TestVerdict::Met, TestVerdict::NotMet, open] {
            if !shown.contains(&wanted) {
                wrong.push(format!("`{}` has no test that expects {wanted:?}", requirement.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_built_in_rules_pass_their_tests() {
    let library = built_in();
    let report = abide::testing::run(library, &abide::policy::Policies::embedded());
    assert!(!report.results.is_empty());
    let mut wrong = Vec::new();
    for result in report.failing() {
        let test = &library.tests[result.test].written;
        wrong.push(format!("{}: {}", library.sources.describe(test.span), test.title.value));
        wrong.extend(result.failures.iter().map(|f| format!("    expected {}, but {}", f.expected, f.actual)));
        wrong.extend(result.diagnostics.iter().map(|d| format!("    {}: {}", d.code, d.message)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A word the fuzzer does not know it finds by chance only.
#[test]
fn the_fuzzer_knows_every_word_of_the_language() {
    let grammar = std::fs::read_to_string(root().join("grammar/abide.pest")).unwrap();
    let dictionary = std::fs::read_to_string(root().join("fuzz/abide.dict")).unwrap();
    let words = grammar.lines().filter(|line| line.starts_with("kw_")).filter_map(|line| line.split('"').nth(1));
    // Up to three letters come up by chance.
    let missing: Vec<&str> =
        words.filter(|word| word.len() > 3 && !dictionary.lines().any(|line| line == format!("\"{word}\""))).collect();
    assert!(missing.is_empty(), "not in fuzz/abide.dict: {}", missing.join(", "));
}

#[test]
fn rules_are_formatted() {
    let mut rules = files_below(&root().join("regulations"), ".abide");
    assert!(!rules.is_empty());
    rules.extend(files_below(&root().join("tests/cases"), ".abide"));
    rules.extend(files_below(&root().join("examples"), ".abide"));
    let mut wrong = Vec::new();
    for file in rules {
        let text = std::fs::read_to_string(&file).unwrap();
        match abide::format::format(&text) {
            Ok(formatted) if formatted == text => {}
            Ok(_) => wrong.push(format!("{} is not formatted: abide fmt", short(&file))),
            // A case may be about rules that are wrong.
            Err(_) if file.starts_with(root().join("tests/cases")) => {}
            Err(diagnostics) => wrong.push(format!("{}: {}", short(&file), diagnostics[0].message)),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
