//! What an entity says of itself beside what inspectors found.

use std::collections::BTreeMap;

use abide::assess::{self, Assessment};
use abide::base::Date;
use abide::evidence::{MemoryFolder, ReadOptions, Reader};
use abide::findings::reconcile::{self, Outcome, Reconciled, Why};
use abide::policy::Policies;

use super::register;
use crate::support::{abide, built_in, stderr, stdout};

fn at(day: &str) -> Date {
    Date::parse(day).unwrap()
}

/// An airport whose awareness training is in order until 1 June 2026 and lapses then.
const BUNDLE: &str = "abide: 1
entity: { id: E, name: E, kind: airport, facts: { pass-holders: 1 } }
people: [{ id: p, name: P, unescorted-access: true, access-granted: 2021-06-03 }]
evidence:
  - { id: T, kind: training-record, person: p, course: general-awareness, completed: 2021-06-01, outcome: passed, received: 2021-06-02 }
";

fn assessed(day: &str) -> Assessment {
    let folder = MemoryFolder::new([("bundle.yaml", BUNDLE)]);
    let bundle = Reader::new(built_in()).read(&folder, &ReadOptions::default()).bundle.unwrap();
    assess::assess(built_in(), &bundle, at(day), &Policies::embedded())
}

/// What a finding of a day, a provision and a class comes to.
fn outcome(day: &str, provision: &str, class: &str) -> Outcome {
    let text = format!(
        "findings:\n  - {{ id: F, entity: E, origin: authority-monitoring, activity: {{ on: {day} }}, provision: {provision}, class: {class} }}\n"
    );
    let read = register(&[("f.yaml", &text)]);
    assert!(!read.is_broken(), "{:?}", read.diagnostics);
    let answers = BTreeMap::from([(at(day), assessed(day))]);
    let found: Reconciled<'_> = reconcile::reconcile(built_in(), &read.register, "E", &answers, &assessed(day));
    found.findings[0].outcome
}

#[test]
fn the_entitys_answer_is_that_of_the_day() {
    let awareness = "uk-2015-1998#11.2.6.1";
    assert_eq!(outcome("2026-05-01", awareness, "fully-compliant"), Outcome::Agreed);
    assert_eq!(outcome("2026-05-01", awareness, "not-compliant"), Outcome::BlindSpot);
    assert_eq!(outcome("2026-07-01", awareness, "seriously-deficient"), Outcome::Agreed);
    assert_eq!(outcome("2026-07-01", awareness, "compliant-improvable"), Outcome::OverReported);
}

#[test]
fn what_is_open_on_one_side_is_never_agreement() {
    let awareness = "uk-2015-1998#11.2.6.1";
    let open = |why| Outcome::NotComparable(why);
    assert_eq!(outcome("2026-05-01", awareness, "class-not-confirmed"), open(Why::NotSeen));
    assert_eq!(outcome("2026-05-01", awareness, "class-not-applicable"), open(Why::DoesNotArise));
    assert_eq!(outcome("2026-05-01", "nasp#culture", "not-compliant"), open(Why::Sealed));
    assert_eq!(outcome("2026-05-01", "uk-2015-1998#1.3", "not-compliant"), open(Why::NoProvision));
    assert_eq!(outcome("2026-05-01", "uk-2015-1998#6.3.2.9", "not-compliant"), open(Why::NotBound));
    assert_eq!(outcome("2026-05-01", "uk-300-2008#annex2-12.2", "not-compliant"), open(Why::EntityOpen));
}

#[test]
fn counts_add_up_and_no_share_is_given_of_few() {
    let finding = |i: usize, class: &str| {
        format!(
            "  - {{ id: F-{i}, entity: E, origin: authority-monitoring, activity: {{ on: 2026-05-01 }}, provision: uk-2015-1998#11.2.6.1, class: {class} }}\n"
        )
    };
    let text: String =
        (0..7).map(|i| finding(i, "fully-compliant")).chain((7..10).map(|i| finding(i, "not-compliant"))).collect();
    let read = register(&[("f.yaml", &format!("findings:\n{text}"))]);
    let answers = BTreeMap::from([(at("2026-05-01"), assessed("2026-05-01"))]);
    let found = reconcile::reconcile(built_in(), &read.register, "E", &answers, &assessed("2026-05-01"));
    assert_eq!((found.counts.agreed_met, found.counts.blind_spots, found.counts.compared()), (7, 3, 10));
    assert_eq!(found.counts.agreement(10), Some((7, 10)));
    assert_eq!(found.counts.agreement(11), None);
    assert!(found.not_looked_at.iter().all(|(id, _)| built_in().provision(*id).name != "uk-2015-1998#11.2.6.1"));
    assert_eq!(found.counts.not_looked_at, found.not_looked_at.len());
    // A component never has more than the entity.
    assert!(found.components.iter().all(|(_, c)| c.blind_spots <= 3 && c.agreed_met <= 7));
    assert!(!found.components.is_empty());
    let other = reconcile::reconcile(built_in(), &read.register, "X", &answers, &assessed("2026-05-01"));
    assert_eq!(other.counts.compared(), 0);
}

#[test]
fn the_example_is_reconciled() {
    let output = abide([
        "findings",
        "reconcile",
        "examples/northfield-airport",
        "examples/brackwater-cargo",
        "--findings",
        "examples/inspection-findings",
        "--format",
        "json",
    ]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let found: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    let outcomes: Vec<String> = found["entities"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|e| e["findings"].as_array().unwrap())
        .map(|f| format!("{} {}", f["id"].as_str().unwrap(), f["outcome"].as_str().unwrap()))
        .collect();
    assert_eq!(
        outcomes,
        [
            "F-25-11 agreed",
            "F-26-21 blind spot",
            "F-26-22 agreed",
            "F-26-23 agreed",
            "F-24-03 agreed",
            "F-26-01 blind spot",
            "F-26-02 agreed",
            "F-26-03 agreed",
            "F-26-04 over-reported",
            "F-26-05 not comparable",
            "F-26-06 blind spot",
            "F-26-07 not comparable",
        ]
    );
}

#[test]
fn an_audience_without_need_to_know_sees_counts_alone() {
    let runs: [&[&str]; 5] = [
        &["check", "examples/inspection-findings", "--format", "terminal"],
        &["check", "examples/inspection-findings", "--format", "concise"],
        &["check", "examples/inspection-findings", "--format", "json"],
        &["due", "examples/inspection-findings", "--as-of", "2026-11-23", "--format", "narrated"],
        &["due", "examples/inspection-findings", "--as-of", "2026-11-23", "--format", "json"],
    ];
    for run in runs {
        let output = abide(["findings"].iter().chain(run).chain(&["--audience", "public"]));
        let all = format!("{}{}", stdout(&output), stderr(&output));
        for secret in ["F-26", "h.marsh", "Marsh", "gate 2", "NRA", "five o'clock"] {
            assert!(!all.contains(secret), "{run:?} shows `{secret}`:\n{all}");
        }
        assert_eq!(output.status.code(), Some(3), "{run:?}");
    }
    let output = abide([
        "findings",
        "reconcile",
        "examples/northfield-airport",
        "--findings",
        "examples/inspection-findings",
        "--audience",
        "front-line",
    ]);
    let all = format!("{}{}", stdout(&output), stderr(&output));
    assert!(!all.contains("F-26") && !all.contains("blind spot at"), "{all}");
}

#[test]
fn no_excerpt_shows_what_stands_beside_a_shown_record() {
    let scratch = crate::support::Scratch::new("seen");
    let record = |id: &str, marking: &str, found: &str| {
        format!("  - {{ id: {id}, entity: E, marking: {marking}, class: fully-compliant, found: {found}, repeats: S-1 }}\n")
    };
    let secret = record("S-1", "secret", "the vault stood open");
    let text = format!("# a note on the vault\nfindings:\n{secret}{}{secret}", record("O-1", "official", "the door was shut"))
        .replacen("S-1, entity", "S-2, entity", 1);
    scratch.write("findings.yaml", &text);
    let path = scratch.path().to_str().unwrap().to_owned();
    let run = |format: &str| {
        let output = abide(["findings", "check", &path, "--audience", "inspector", "--format", format]);
        format!("{}{}", stdout(&output), stderr(&output))
    };
    for format in ["terminal", "concise", "narrated", "json"] {
        let all = run(format);
        assert!(!all.contains("vault") && !all.contains("S-2"), "{format}:\n{all}");
        assert!(!all.contains("unknown-finding"), "{format}:\n{all}");
    }
    assert!(run("terminal").contains("the door was shut"));
    assert!(run("json").contains("\"withheld\": 2"));
}

/// The training lapses on 1 June. Whatever day the provision is read on, the entity answers for the day it was looked at.
#[test]
fn the_entity_answers_for_the_day_of_the_activity() {
    let text = "findings:\n  - { id: F, entity: E, origin: authority-monitoring, activity: { on: 2026-07-01 }, read-on: 2026-05-01, provision: uk-2015-1998#11.2.6.1, class: not-compliant }\n";
    let read = register(&[("f.yaml", text)]);
    assert_eq!(reconcile::days(&read.register, "E").into_iter().collect::<Vec<_>>(), [at("2026-07-01")]);
    let answers = BTreeMap::from([(at("2026-05-01"), assessed("2026-05-01")), (at("2026-07-01"), assessed("2026-07-01"))]);
    let found = reconcile::reconcile(built_in(), &read.register, "E", &answers, &assessed("2026-07-01"));
    assert_eq!(found.findings[0].outcome, Outcome::Agreed);
}

#[test]
fn what_was_seen_after_the_day_is_left_out_and_counted() {
    let output = abide([
        "findings",
        "reconcile",
        "examples/northfield-airport",
        "--findings",
        "examples/inspection-findings",
        "--as-of",
        "2025-06-01",
        "--format",
        "json",
    ]);
    let found: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    let ids: Vec<&str> = found["entities"][0]["findings"].as_array().unwrap().iter().map(|f| f["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["F-24-03"]);
    assert!(stderr(&output).contains("12 of 13 findings"), "{}", stderr(&output));
}
