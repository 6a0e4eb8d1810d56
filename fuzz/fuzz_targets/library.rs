//! A small library for the targets that read evidence.

use abide::base::{FileId, Source, Sources};
use abide::library::{Checked, Library, check};
use abide::syntax;

const RULES: &str = r#"
vocabulary entity-kind { airport "Airport" agent "Agent" }
vocabulary grade ordered { low "Low" high "High" }
fact staff "Staff" : whole
component monitoring "Monitoring" { number 1 summary "It is watched." }
evidence person "Person" { active bool?  proves operating }
evidence record "Record" {
  person  person
  done    date
  grade   grade?
  score   whole?
  rate    decimal?
  share   percent?
  term    period?
  days    interval?
  topics  list of text?
  causes  list of { id text  amount whole?  seen date? }
  place   { name text?  open bool? }?
  proves operating
  dated by done
  lapses on done
}
requirement done "It is done" {
  supports monitoring
  shows monitoring operating
  decided by machine
  severity minor
  applies to all when entity.staff > 3
  expect every "everybody did it" {
    every person as p where p.active satisfies some record as r where r.person = p and r.done within 12 months before assessment
  }
  expect again "again and again" {
    record as r by r.done where r.grade >= low recurs every 1 month throughout 12 months before assessment allowing 1 missed
  }
  expect amounts "not too much" { every record as r, r.causes as c satisfies c.amount <= 3 and c.seen after r.done }
}
"#;

/// The library.
pub fn library() -> Checked<Library> {
    let parsed = syntax::parse(FileId(0), RULES);
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    let mut sources = Sources::default();
    sources.add(Source::new("rules.abide", RULES));
    let (library, problems) = check(sources, &[parsed.file]);
    library.unwrap_or_else(|| panic!("{problems:?}"))
}
