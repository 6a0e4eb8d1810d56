#![expect(clippy::unwrap_used, clippy::panic, reason = "tests may stop")]

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
    assert_eq!(
        told(text),
        [
            "1 missing-title \"{\" \"expected the title of the instrument in quotes, found `{`\"",
            "7 unknown-statement \"severty\" \"`severty` does not begin a statement of the requirement\"",
        ]
    );
}
