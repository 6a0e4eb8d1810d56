//! Reports as they may come, and what is said of two.

use serde_json::{Value, json};

use super::{Cause, Corners, Snapshot, compare};
use crate::assess::{Reason, Turn, Verdict};

fn requirement(name: &str, verdict: &str, reason: Option<&str>, items: &[&str]) -> Value {
    let places: Vec<_> = items.iter().map(|id| json!({ "kind": "person", "item": id })).collect();
    json!({
        "name": name, "title": "T", "verdict": verdict, "reason": reason, "severity": "major", "sentence": "why",
        "scope": { "state": "applies" },
        "gaps": [{ "sentences": items, "more": 0, "places": places }],
    })
}

fn report(on: &str, evidence: &str, requirements: &[Value]) -> Value {
    json!({
        "format": "abide-report", "version": 1,
        "assessed": { "on": on, "known_at": null },
        "fingerprints": { "rules": "r", "evidence": evidence, "policies": "p" },
        "disclosure": null,
        "entity": { "id": "E", "name": "Entity" },
        "requirements": requirements,
    })
}

fn read(value: &Value) -> Snapshot {
    Snapshot::read(&value.to_string()).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn problems(value: &Value) -> Vec<String> {
    Snapshot::read(&value.to_string()).err().unwrap_or_default()
}

#[test]
fn what_is_no_report_is_told() {
    assert!(Snapshot::read("{").err().is_some_and(|p| p[0].starts_with("it is not JSON")));
    assert_eq!(problems(&json!([])), ["it is not a JSON object"]);
    assert!(problems(&json!({}))[0].contains("`format` is not there"));
    assert!(problems(&json!({ "format": "abide-forecast" }))[0].contains("only reports of `abide check --format json`"));
    assert!(problems(&json!({ "format": "abide-report", "version": 2 }))[0].contains("version 2"));
    let deep = "[".repeat(100_000);
    assert!(Snapshot::read(&deep).is_err(), "a text that nests too deep is refused");
    assert!(Snapshot::is_bundle("{ \"abide\": 1 }") && !Snapshot::is_bundle("{ \"format\": \"abide-report\" }"));
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let mut broken = report(
        "2026-13-01",
        "e",
        &[requirement("a", "mett", None, &[]), json!(7), requirement("b", "not met", Some("lost"), &[])],
    );
    broken["entity"] = json!({ "id": 4 });
    let told = problems(&broken).join("\n");
    for wanted in [
        "2026-13-01",
        "did you mean \"met\"?",
        "`requirements[1]` is no object",
        "with the reason \"lost\"",
        "`entity.id` is no text",
    ] {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
    let twice = report("2026-11-23", "e", &[requirement("a", "met", None, &[]), requirement("a", "met", None, &[])]);
    assert_eq!(problems(&twice), ["requirement \"a\" is there twice"]);
    let many: Vec<_> = (0..40).map(|_| json!(0)).collect();
    assert_eq!(problems(&report("2026-11-23", "e", &many)).last().map(String::as_str), Some("and 20 more"));
}

#[test]
fn better_and_worse_are_told_apart() {
    let old = read(&report(
        "2026-11-23",
        "e",
        &[
            requirement("falls", "met", None, &[]),
            requirement("grows", "not met", Some("stale"), &["p1"]),
            requirement("heals", "not met", Some("stale"), &["p1"]),
            requirement("same", "not met", Some("stale"), &["p1"]),
            requirement("gone", "met", None, &[]),
            requirement("ends", "not confirmed", None, &[]),
        ],
    ));
    let new = read(&report(
        "2026-11-24",
        "e",
        &[
            requirement("falls", "not met", Some("absent"), &["p2"]),
            requirement("grows", "not met", Some("stale"), &["p1", "p2"]),
            requirement("heals", "met", None, &[]),
            requirement("same", "not met", Some("stale"), &["p1"]),
            requirement("new", "not met", Some("absent"), &[]),
            requirement("ends", "not applicable", None, &[]),
        ],
    ));
    let compared = compare(&old, &new, None);
    let turns: Vec<_> = compared.changed.iter().map(|c| (c.name, c.turn, c.cause)).collect();
    assert_eq!(
        turns,
        [
            ("falls", Turn::Worse, Some(Cause::Date)),
            ("grows", Turn::Worse, Some(Cause::Date)),
            ("heals", Turn::Better, Some(Cause::Date)),
            ("ends", Turn::Other, Some(Cause::Date)),
        ]
    );
    assert_eq!(compared.changed[1].come.iter().map(|(_, id)| id.as_str()).collect::<Vec<_>>(), ["p2"]);
    assert_eq!((compared.added.len(), compared.removed.len(), compared.unchanged), (1, 1, 1));
    assert_eq!(compared.exit_code(), 1);
    assert_eq!(compare(&old, &old, None).exit_code(), 0);
    assert!(compare(&old, &old, None).is_same());
}

#[test]
fn the_cause_is_said_only_when_it_is_known() {
    let not_met = Verdict::NotMet(Reason::Stale);
    let old = read(&report("2026-11-23", "e", &[requirement("a", "met", None, &[])]));
    let new = read(&report("2026-11-24", "f", &[requirement("a", "not met", Some("stale"), &[])]));
    assert_eq!(compare(&old, &new, None).changed[0].cause, None);
    let cause = |date, evidence| {
        let one = |verdict| [("a".to_owned(), verdict)].into();
        compare(&old, &new, Some(&Corners { date_moved: one(date), evidence_moved: one(evidence) })).changed[0].cause
    };
    assert_eq!(cause(not_met, Verdict::Met), Some(Cause::Date));
    assert_eq!(cause(Verdict::Met, not_met), Some(Cause::Evidence));
    assert_eq!(cause(not_met, not_met), Some(Cause::Either));
    assert_eq!(cause(Verdict::Met, Verdict::Met), Some(Cause::Both));
}
