//! `compare` and `check --watch`, as their users meet them.

use std::io::{BufRead, BufReader};
use std::process::{Child, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};

use serde_json::Value;

use crate::support::{Scratch, abide, command, fits_schema, stderr, stdout};

const RULES: &str = r#"vocabulary entity-kind { airport "Airport operator" }

component security-education "Security education" { number 1 }

evidence person "Person" { name text? proves present }

evidence audit "Audit" { date date score whole? proves operating }

requirement audited "The entity is audited every year" {
  shows      security-education operating
  decided by machine
  severity   major
  applies to all
  expect done "an audit in the last year scored enough" {
    some audit as a where a.date within 12 months before assessment and a.score >= 50
  }
}

requirement named "Everybody has a name" {
  shows      security-education present
  decided by machine
  severity   minor
  applies to all
  expect all "each person has a name" { every person as p satisfies p.name is stated }
}
"#;

fn bundle(score: u32, people: &str) -> String {
    format!(
        "abide: 1\nentity: {{ id: E1, name: Example, kind: airport }}\nassessment-date: 2026-11-23\nevidence:\n  - {{ id: A1, kind: audit, facts: {{ date: 2026-03-01, score: {score} }} }}\npeople:\n  - {{ id: P1, name: One }}\n{people}"
    )
}

fn made(name: &str) -> Scratch {
    let scratch = Scratch::new(name);
    scratch.write("rules.abide", RULES);
    scratch.write("old/bundle.yaml", bundle(80, ""));
    scratch.write("new/bundle.yaml", bundle(40, "  - { id: P2 }\n"));
    scratch
}

fn path(scratch: &Scratch, name: &str) -> String {
    scratch.path().join(name).to_str().unwrap().to_owned()
}

fn compared(scratch: &Scratch, old: &str, new: &str, more: &[&str]) -> Output {
    let (old, new, rules) = (path(scratch, old), path(scratch, new), path(scratch, "rules.abide"));
    abide(["compare", &old, &new, "--library", &rules].iter().chain(more))
}

fn kept(scratch: &Scratch, bundle: &str, name: &str, more: &[&str]) {
    let (from, to, rules) = (path(scratch, bundle), path(scratch, name), path(scratch, "rules.abide"));
    let output = abide(["check", &from, "--library", &rules, "--format", "json", "--output", &to].iter().chain(more));
    assert_ne!(output.status.code(), Some(2), "{}", stderr(&output));
}

#[test]
fn a_bundle_and_its_own_report_do_not_differ() {
    let scratch = made("compare-same");
    kept(&scratch, "old", "old.json", &[]);
    for (one, other) in [("old", "old.json"), ("old.json", "old"), ("old.json", "old.json"), ("old", "old")] {
        let output = compared(&scratch, one, other, &["--format", "json"]);
        let json: Value = serde_json::from_str(&stdout(&output)).unwrap();
        fits_schema("comparison", &json);
        assert_eq!(json["changed"], serde_json::json!([]), "{one} {other}");
        assert_eq!(json["differs"], serde_json::json!([]), "{one} {other}");
        assert_eq!(json["counts"]["unchanged"], 2);
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn what_got_worse_is_told_with_its_evidence_and_its_cause() {
    let scratch = made("compare-worse");
    let output = compared(&scratch, "old", "new", &["--format", "json"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let json: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let of = |name: &str| json["changed"].as_array().unwrap().iter().find(|c| c["requirement"] == name).cloned().unwrap();
    let audited = of("audited");
    assert_eq!((audited["turn"].as_str(), audited["cause"].as_str()), (Some("worse"), Some("the evidence")));
    assert_eq!(audited["evidence"], serde_json::json!([{ "how": "changed", "kind": "audit", "item": "A1" }]));
    assert_eq!(of("named")["evidence"], serde_json::json!([{ "how": "added", "kind": "person", "item": "P2" }]));
    assert_eq!(compared(&scratch, "new", "old", &[]).status.code(), Some(0), "the other way it got better");
    // The date alone.
    let output = compared(&scratch, "old", "old", &["--new-as-of", "2027-06-01"]);
    let said = stdout(&output);
    assert!(said.contains("Because of the date.") && said.contains("Only the date differs."), "{said}");
    // Both, where either would have done it.
    let said = stdout(&compared(&scratch, "old", "new", &["--new-as-of", "2027-06-01"]));
    assert!(said.contains("Because of the date or the evidence, each by itself."), "{said}");
    // Of a report nobody knows which items differ, and that is said by saying nothing of them.
    kept(&scratch, "old", "old.json", &[]);
    let said = stdout(&compared(&scratch, "old.json", "new", &[]));
    assert!(said.contains("Because of the evidence.") && !said.contains("Evidence it reads"), "{said}");
    for format in ["terminal", "concise", "markdown"] {
        let said = stdout(&compared(&scratch, "old", "new", &["--format", format]));
        assert!(said.contains("audited") && said.contains("not met"), "{format}: {said}");
    }
}

#[test]
fn other_rules_are_told_and_a_person_must_look() {
    let scratch = made("compare-rules");
    kept(&scratch, "old", "old.json", &[]);
    scratch.write("rules.abide", RULES.replace("requirement named", "requirement called"));
    let output = compared(&scratch, "old.json", "old", &[]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    let said = stdout(&output);
    assert!(said.contains("The rules differ") && said.contains("Only in the new") && said.contains("Only in the old"), "{said}");
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let scratch = made("compare-refused");
    kept(&scratch, "old", "old.json", &[]);
    kept(&scratch, "old", "shown.json", &["--audience", "inspector"]);
    let refused = |old: &str, new: &str, more: &[&str], words: &str| {
        let output = compared(&scratch, old, new, more);
        assert_eq!(output.status.code(), Some(2), "{old} {new} {more:?}");
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
    };
    refused("old.json", "shown.json", &[], "Make both for the same audience");
    refused("old.json", "old.json", &["--audience", "inspector"], "make them with `abide check --audience inspector`");
    refused("old.json", "old", &["--old-as-of", "2026-01-01"], "is a report, which was made for its own day");
    let whole = std::fs::read_to_string(scratch.path().join("old.json")).unwrap();
    scratch.write("cut.json", &whole[..whole.len() / 2]);
    refused("cut.json", "old", &[], "it is not JSON");
    scratch.write("other.json", whole.replace("\"version\": 1", "\"version\": 7"));
    refused("other.json", "old", &[], "this Abide reads version 1");
    refused("no-such.json", "old", &[], "no-such.json");
    // Texts of a report are somebody else's: none of them reaches the terminal as it is.
    scratch.write("hostile.json", whole.replace("Everybody has a name", "\\u001b[2Jgone"));
    let said = stdout(&compared(&scratch, "hostile.json", "new", &[]));
    assert!(!said.contains('\u{1b}'), "{said:?}");
}

/// A watch that is under way; it ends with the test.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn new(scratch: &Scratch, more: &[&str]) -> Self {
        let (bundle, rules) = (path(scratch, "old"), path(scratch, "rules.abide"));
        let mut command = command(["check", &bundle, "--library", &rules, "--watch"].iter().chain(more));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, lines) = channel();
        let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let other = sender.clone();
        std::thread::spawn(move || BufReader::new(out).lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        std::thread::spawn(move || BufReader::new(err).lines().map_while(Result::ok).try_for_each(|line| other.send(line)));
        Self { child, lines }
    }

    /// Everything up to a line that says this.
    fn until(&self, words: &str) -> String {
        let mut said = String::new();
        loop {
            // Long enough for any machine: what comes is waited for, not timed.
            match self.lines.recv_timeout(std::time::Duration::from_secs(60)) {
                Ok(line) => {
                    said.push_str(&line);
                    said.push('\n');
                    if line.contains(words) {
                        return said;
                    }
                }
                Err(_) => panic!("`{words}` never came:\n{said}"),
            }
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn every_save_is_checked_and_only_what_changed_is_told() {
    let scratch = made("watch");
    let watching = Watching::new(&scratch, &[]);
    watching.until("2 requirements on 2026-11-23: 2 met");
    scratch.write("old/bundle.yaml", bundle(40, ""));
    let said = watching.until("1 met, 1 not met");
    assert!(said.contains("audited") && said.contains("met → not met") && !said.contains("named"), "{said}");
    assert!(said.contains("audit A1 changed"), "{said}");
    // Half written: told, and watched on.
    scratch.write("old/bundle.yaml", "abide: 1\nentity: { id: ");
    watching.until("not checked: the last result stands");
    // Written beside and renamed, as editors do.
    scratch.write("old/.bundle.yaml.new", bundle(80, ""));
    std::fs::rename(scratch.path().join("old/.bundle.yaml.new"), scratch.path().join("old/bundle.yaml")).unwrap();
    let said = watching.until("2 met");
    assert!(said.contains("not met (insufficient) → met") || said.contains("→ met"), "{said}");
    // A file that appears, and one that goes.
    scratch.write("old/more.yaml", "people:\n  - { id: P9 }\n");
    let said = watching.until("1 met, 1 not met");
    assert!(said.contains("named") && said.contains("person P9 added"), "{said}");
    std::fs::remove_file(scratch.path().join("old/more.yaml")).unwrap();
    let said = watching.until("2 met");
    assert!(said.contains("person P9 removed"), "{said}");
    // What changes no verdict says so.
    scratch.write("old/more.yaml", "people:\n  - { id: P9, name: Nine }\n");
    watching.until("no verdict changed");
}

#[test]
fn a_watch_tells_what_is_new_what_is_solved_and_what_went() {
    let scratch = made("watch-told");
    let dangling = |id: &str| format!("  - {{ id: A2, kind: audit, author: {id}, facts: {{ date: 2026-04-01, score: 90 }} }}\n");
    let with = |more: &str| bundle(80, "").replace("people:\n", &format!("{more}people:\n"));
    scratch.write("old/bundle.yaml", with(&dangling("nobody")));
    let watching = Watching::new(&scratch, &[]);
    // The counts come by one way and what is told by another: both are waited for.
    watching.until("the id `nobody`");
    // Another line above it, and a second one beside it: the first is not told again.
    let third = dangling("noone").replace("A2", "A3");
    scratch.write("old/bundle.yaml", format!("# a remark\n{}", with(&format!("{}{third}", dangling("nobody")))));
    let said = watching.until("the id `noone`");
    assert!(!said.contains("the id `nobody`"), "{said}");
    scratch.write("old/bundle.yaml", with(&dangling("nobody")));
    let said = watching.until("solved: dangling-reference: no item has the id `noone`");
    assert!(!said.contains("the id `nobody`"), "{said}");
    scratch.write("old/more.yaml", format!("evidence:\n{}", dangling("ghost").replace("A2", "A9")));
    watching.until("the id `ghost`");
    std::fs::remove_file(scratch.path().join("old/more.yaml")).unwrap();
    let said = watching.until("solved: dangling-reference: no item has the id `ghost`");
    assert!(said.contains("gone: ") && said.contains("more.yaml"), "{said}");
}

#[test]
fn what_was_never_there_is_not_waited_for() {
    let output = abide(["check", "no/such/bundle", "--watch"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no/such/bundle") && !stderr(&output).contains("last result"), "{}", stderr(&output));
    // What is there and cannot be read may become readable.
    let scratch = made("watch-nothing");
    scratch.write("old/bundle.yaml", "abide: 1\nentity: { id: ");
    let watching = Watching::new(&scratch, &[]);
    watching.until("nothing is checked yet");
    scratch.write("old/bundle.yaml", bundle(80, ""));
    watching.until("2 met");
}

#[test]
fn what_differs_is_told_before_what_changed() {
    let scratch = made("compare-order");
    let said = stdout(&compared(&scratch, "old", "new", &[]));
    let at = |words: &str| said.find(words).unwrap_or_else(|| panic!("{words}: {said}"));
    assert!(at("differs.") < at("audited ("), "{said}");
}

#[test]
fn watching_writes_to_a_terminal_alone() {
    for more in [&["--output", "x"][..], &["--format", "json"], &["--summary"]] {
        let output = abide(["check", "examples/northfield-airport", "--watch"].iter().chain(more));
        assert_eq!(output.status.code(), Some(2), "{more:?}");
    }
}
