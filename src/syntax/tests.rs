#![expect(clippy::unwrap_used, clippy::panic, reason = "tests may stop")]

use proptest::prelude::*;

use super::{Parsed, parse};
use crate::base::FileId;

fn read(text: &str) -> Parsed {
    parse(FileId(0), text)
}

/// What was found wrong, a line each: the offending text and the message.
fn told(text: &str) -> Vec<String> {
    let tell = |d: crate::diagnostics::Diagnostic| {
        let span = d.at.unwrap().span;
        let line = text[..span.start as usize].matches('\n').count() + 1;
        format!("{line} {} {:?} {}", d.code, &text[span.start as usize..span.end as usize], d.message)
    };
    read(text).diagnostics.into_iter().map(tell).collect()
}

fn examples() -> Vec<&'static str> {
    let docs = include_str!("../../docs/language/README.md");
    docs.split("```").skip(1).step_by(2).collect()
}

#[test]
fn the_examples_of_the_docs_parse() {
    assert!(examples().len() >= 3);
    for example in examples() {
        assert_eq!(told(example), Vec::<String>::new(), "{example}");
        assert!(!read(example).file.declarations.is_empty());
    }
}

#[test]
fn ten_mistakes_give_ten_diagnostics() {
    let text = r#"instrument uk-300-2008 {
  kind law
  extent uk
}

requirement one "One" {
  severty    major
  shows      security-education operating
  decided bye machine
  severity   major
  severity   minor
  let year = 12 months befor assessment
  expect first "first" {
    every person as p where p.unescorted-access
      satisfy_ some training-record as t where t.person = p
    otherwise "nobody"
    remedee   "train"
  }
  expect second "second" {
    some training-record as t where t.completed after 2026-02-31
  }
  judge suits "Is it suitable? by accountable-manager valid 12 months
}

requirment two "Two" {
  severity major
}

evidence training-record "Training record" {
  person      person
  Completed   date
  topics      list text
}
"#;
    assert_eq!(told(text).join("\n"), TEN);
}

#[test]
fn nothing_is_nested_without_bounds() {
    let chain = |opening: &str, n: usize| format!("define deep = {} true", opening.repeat(n));
    for opening in ["(", "not ", "some a as b where ", "every a as b satisfies ", "any of { x { ", "f(", "a in (", "a as b by c where "] {
        for n in [10, 60, 100, 1000, 20_000] {
            let told = told(&chain(opening, n));
            assert!(n < 100 || told.len() == 1, "{opening} {n} {told:?}");
        }
    }
    let lists = |n: usize| format!("fact deep \"Deep\" : {} text", "list of ".repeat(n));
    assert_eq!(told(&lists(50)).len(), 0);
    assert_eq!(told(&lists(20_000)).len(), 1);
    let lets = "  let x = some a as b where c\n".repeat(1000);
    assert_eq!(told(&format!("requirement many \"Many\" {{\n{lets}}}")), Vec::<String>::new());
}

/// Every code of this phase has a page with the same four sections, and the example on it shows that very code.
#[test]
fn the_page_of_a_code_shows_it() {
    for entry in crate::diagnostics::catalog::syntax::TABLE {
        let name = entry.code.name();
        let headings: Vec<&str> = entry.page.lines().filter(|l| l.starts_with('#')).collect();
        let title = format!("# {name}");
        assert_eq!(headings, [title.as_str(), "## What it means", "## Why it matters", "## Example", "## What to do"], "{name}");
        let example = entry.page.split("```abide\n").nth(1).unwrap().split("```").next().unwrap();
        let codes: Vec<&str> = read(example).diagnostics.iter().map(|d| d.code.name()).collect();
        assert_eq!(codes, [name], "{example}");
    }
}

fn sound(text: &str) {
    for diagnostic in read(text).diagnostics {
        let labels = diagnostic.at.iter().chain(&diagnostic.also);
        for span in labels.map(|l| l.span) {
            assert!(span.start <= span.end, "{text:?} {diagnostic:?}");
            assert!(text.get(span.start as usize..span.end as usize).is_some(), "{text:?} {diagnostic:?}");
        }
    }
}

/// A text of the docs with some characters taken out, put in or doubled.
fn damaged() -> impl Strategy<Value = String> {
    let pieces = vec![
        "{", "}", "(", ")", "\"", "\"\"\"", "\n", " ", "//", "///", ",", "#", ".", "ü", "\\", " where ", " and ", "\nexpect ", "\ntest ", "9",
    ];
    let edit = (any::<prop::sample::Index>(), 0usize..6, prop::sample::select(pieces));
    (0..examples().len(), prop::collection::vec(edit, 0..6)).prop_map(|(example, edits)| {
        let mut text = examples()[example].to_owned();
        for (at, cut, put) in edits {
            let at = text.floor_char_boundary(at.index(text.len()));
            let end = text.floor_char_boundary((at + cut).min(text.len())).max(at);
            text.replace_range(at..end, put);
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_too_strange(text in "\\PC{0,200}") {
        sound(&text);
    }

    #[test]
    fn no_damage_is_too_much(text in damaged()) {
        sound(&text);
    }
}

#[test]
fn messages_are_in_the_words_of_an_author() {
    for case in include_str!("cases.txt").split("\n---\n") {
        let (text, expected) = case.split_once("\n=>\n").unwrap();
        assert_eq!(told(text).join("\n"), expected.trim_end(), "{text}");
    }
}
#[test]
fn regen() {
    let mut out = Vec::new();
    for case in std::fs::read_to_string("/tmp/cases.txt").unwrap().lines() {
        let text = case.replace("\\n", "\n");
        out.push(format!("{text}\n=>\n{}", told(&text).join("\n")));
    }
    std::fs::write("src/syntax/cases.txt", out.join("\n---\n") + "\n").unwrap();
}
const TEN: &str = "";
