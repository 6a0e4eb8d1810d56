//! The formatter: one layout, comments kept, meaning unchanged, formatting again changes nothing.

#![expect(clippy::unwrap_used, reason = "tests may stop")]

use proptest::prelude::*;

use super::format;
use crate::base::FileId;
use crate::syntax::parse;

fn examples() -> Vec<&'static str> {
    include_str!("../../docs/language/README.md").split("```").skip(1).step_by(2).collect()
}

/// The tree without its places.
fn meaning(text: &str) -> String {
    let tree = format!("{:?}", parse(FileId(0), text).file);
    let mut parts = tree.split("Span {");
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        out.push_str(part.split_once('}').unwrap().1);
    }
    out
}

fn comments(text: &str) -> Vec<&str> {
    text.lines().filter_map(|l| l.find("//").and_then(|at| l.get(at..))).map(str::trim_end).collect()
}

fn holds(text: &str) {
    let Ok(once) = format(text) else { return };
    assert_eq!(meaning(&once), meaning(text), "{text}\n-----\n{once}");
    let twice = format(&once).map_err(|d| format!("{d:?}\n{once}")).unwrap();
    assert_eq!(twice, once, "{text}");
    assert!(!once.contains("\n\n\n"), "{once}");
    assert!(once.lines().all(|l| l.trim_end() == l) || text.contains("\"\"\""), "{once}");
}

#[test]
fn the_examples_of_the_docs_keep_their_meaning_and_comments() {
    for example in examples() {
        holds(example);
        assert_eq!(comments(&format(example).unwrap()), comments(example));
    }
}

#[test]
fn a_text_with_mistakes_is_left_alone() {
    assert_eq!(format("requirement a \"A\" { severty major }").unwrap_err().len(), 1);
}

#[test]
fn one_layout() {
    let text = r#"// Begins the file.


/// What it is.
requirement rhythm "Performance is reported" { severity major
  decided   by machine // a machine

  let year = 12 months   before assessment


  // About the plan.
  expect chain { every incident as i where i.severity >= serious and i.detected within 24 months before assessment satisfies some root-cause-analysis as r where r.incident = i and (r.done or not r.open) }
  expect rhythm "performance is reported every month" {
    kpi-report as k by k.period-end where k.kind in (a, b) recurs every 1 month throughout year allowing 1 missed and no gap over 45 days
  }
  expect group "some of these" { at least 2 of { first "The first one, with a good long text to it" { some k as x } second { approved(x) and later of (a, b) <= c + 2 days }
    third "The third" { x is stated } } }
  shows a.b operating c present
}
// Ends the file.
"#;
    let expected = r#"// Begins the file.

/// What it is.
requirement rhythm "Performance is reported" {
  severity   major
  decided by machine // a machine

  let year = 12 months before assessment

  // About the plan.
  expect chain {
    every incident as i
      where i.severity >= serious and i.detected within 24 months before assessment
      satisfies some root-cause-analysis as r where r.incident = i and (r.done or not r.open)
  }
  expect rhythm "performance is reported every month" {
    kpi-report as k by k.period-end
      where k.kind in (a, b)
      recurs every 1 month throughout year allowing 1 missed and no gap over 45 days
  }
  expect group "some of these" {
    at least 2 of {
      first "The first one, with a good long text to it" { some k as x }
      second { approved(x) and later of (a, b) <= c + 2 days }
      third "The third" { x is stated }
    }
  }
  shows      a.b operating
             c present
}
// Ends the file.
"#;
    assert_eq!(format(text).unwrap(), expected);
    holds(text);
}

/// A text of the docs whose white space was changed.
fn respaced() -> impl Strategy<Value = String> {
    let spaces = vec![" ", "\n", "\n\n\n", "  ", " // why\n", "\n// why\n", "\n\n/// what\n\n", "\n    "];
    let edit = (any::<prop::sample::Index>(), prop::sample::select(spaces));
    (0..examples().len(), prop::collection::vec(edit, 0..20)).prop_map(|(example, edits)| {
        let mut text = examples()[example].to_owned();
        for (at, put) in edits {
            let places: Vec<usize> = text.match_indices(' ').map(|(i, _)| i).collect();
            let at = *at.get(&places);
            text.replace_range(at..=at, put);
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn white_space_means_nothing(text in respaced()) {
        holds(&text);
    }
}
