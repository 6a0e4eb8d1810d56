//! The binary as its users meet it: exit codes, what is printed where, files written whole, hostile bundles.

use std::io::Read;
use std::process::Stdio;

use crate::support::{Scratch, abide, command, stderr, stdout};

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
"#;

fn bundle(evidence: &str) -> String {
    format!("abide: 1\nentity: {{ id: E1, name: Example, kind: airport }}\nassessment-date: 2026-11-23\nevidence:{evidence}\n")
}

const AUDITED: &str = "\n  - { id: A1, kind: audit, facts: { date: 2026-03-01, score: 80 } }";
const OLD: &str = "\n  - { id: A1, kind: audit, facts: { date: 2020-03-01, score: 80 } }";
const NO_SCORE: &str = "\n  - { id: A1, kind: audit, facts: { date: 2026-03-01 } }";

fn scratch(name: &str, evidence: &str) -> Scratch {
    let scratch = Scratch::new(name);
    scratch.write("rules.abide", RULES);
    scratch.write("bundle.yaml", bundle(evidence));
    scratch
}

fn check(scratch: &Scratch, more: &[&str]) -> std::process::Output {
    let path = |name: &str| scratch.path().join(name).into_os_string();
    let arguments = ["check".into(), path("bundle.yaml"), "--library".into(), path("rules.abide")];
    abide(arguments.into_iter().chain(more.iter().map(Into::into)))
}

#[test]
fn exit_codes_say_what_was_found() {
    for (name, evidence, code) in [("met", AUDITED, 0), ("not-met", OLD, 1), ("open", NO_SCORE, 3), ("wrong", "\n  - 7", 2)] {
        let output = check(&scratch(name, evidence), &[]);
        assert_eq!(output.status.code(), Some(code), "{name}\n{}{}", stdout(&output), stderr(&output));
    }
}

#[test]
fn why_ends_with_the_code_of_its_verdict() {
    let scratch = scratch("why", OLD);
    let rules = scratch.path().join("rules.abide");
    let why = |requirement: &str| {
        let bundle = scratch.path().join("bundle.yaml");
        abide(["why".as_ref(), bundle.as_os_str(), requirement.as_ref(), "--library".as_ref(), rules.as_os_str()])
    };
    let output = why("audited");
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stdout(&output).contains("2020-03-01") || stdout(&output).contains("bundle.yaml:5"), "{}", stdout(&output));
    let output = why("auditd");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean `audited`?"), "{}", stderr(&output));
}

#[test]
fn usage_errors_end_with_2() {
    for arguments in [
        &["check"][..],
        &["check", "no/such/bundle"],
        &["check", ".", "--as-of", "yesterday"],
        &["check", ".", "--format", "colourful"],
        &["explain", "no-such-thing-at-all"],
        &["test", "no/such/folder"],
        &["nonsense"],
        &[],
    ] {
        let output = abide(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}\n{}", stderr(&output));
    }
}

#[test]
fn a_day_that_is_written_right_and_is_none_is_told_so() {
    let said = stderr(&abide(["check", ".", "--as-of", "2026-02-30"]));
    assert!(said.contains("the calendar has no such day") && !said.contains("is written year-month-day"), "{said}");
    let said = stderr(&abide(["check", ".", "--as-of", "23/11/2026"]));
    assert!(said.contains("is written year-month-day"), "{said}");
}

#[test]
fn help_and_version_are_no_errors() {
    for arguments in [&["--help"][..], &["--version"], &["check", "--help"], &["man"], &["completions", "zsh"]] {
        let output = abide(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(!output.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn only_narrows_and_never_to_nothing() {
    let scratch = scratch("only", OLD);
    assert_eq!(check(&scratch, &["--only", "audited"]).status.code(), Some(1));
    assert_eq!(check(&scratch, &["--only", "security-education"]).status.code(), Some(1));
    let output = check(&scratch, &["--only", "audit"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("`audit` is no requirement"), "{}", stderr(&output));
}

/// Two requirements that share nothing: what belongs to the one is not in a report on the other.
#[test]
fn only_narrows_everything_a_report_shows() {
    let more = r#"
component resources "Resources are there" { number 2 }

evidence contract "Contract" { until date? lapses on until proves operating }

requirement contracted "There is a contract" {
  shows      resources operating
  decided by machine
  severity   major
  applies to all
  expect there { some contract as c }
}
"#;
    let evidence = "
  - { id: P1, kind: person, title: Somebody }
  - { id: A1, kind: audit, title: The barred audit, author: P1, approver: P1, facts: { date: 2026-03-01, score: 80 } }
  - { id: C1, kind: contract, title: The lapsing contract, facts: { until: 2026-12-01 } }
  - { id: C2, kind: contract, title: The barred contract, author: P1, approver: P1, facts: { until: 2030-12-01 } }";
    let scratch = scratch("only-all", evidence);
    scratch.write("rules.abide", format!("{RULES}{more}"));
    let of_contracts = ["Resources are there", "The lapsing contract", "The barred contract"];
    let of_audits = ["Security education", "The barred audit"];
    for format in ["terminal", "narrated", "json", "markdown"] {
        let report = |only: &[&str]| {
            // In full, a line of the bundle is shown between its neighbours, whoever's they are.
            let output = check(&scratch, &[&["--summary", "--format", format], only].concat());
            // Names may be broken over lines.
            stdout(&output).split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let has = |report: &str, parts: &[&str], yes: bool| {
            for part in parts {
                assert_eq!(report.contains(part), yes, "{format}: {part}\n{report}");
            }
        };
        let whole = report(&[]);
        has(&whole, &of_contracts, true);
        has(&whole, &of_audits, true);
        let contracts = report(&["--only", "contracted"]);
        has(&contracts, &of_contracts, true);
        has(&contracts, &of_audits, false);
        let audits = report(&["--only", "security-education"]);
        has(&audits, &of_audits, true);
        has(&audits, &of_contracts, false);
    }
}

/// What defines a word or gives a power cannot be unmet, so no report counts it among what is left to encode.
#[test]
fn what_imposes_nothing_is_not_missing() {
    let provision = |point: &str, duty: &str| {
        format!(
            "provision law#{point} \"Point {point}\" {{\n  binds all\n  duty {duty}\n  basis read\n  source \"https://example.org\"\n  version from 2010-01-01 {{ summary \"It says so.\" }}\n  supports security-education\n}}\n"
        )
    };
    let law = "instrument law \"The law\" { kind law extent uk citation \"The law\" }\n";
    let points = [("1", "defines"), ("2", "empowers"), ("3", "must"), ("4", "may")].map(|(point, duty)| provision(point, duty));
    let scratch = scratch("no-duty", AUDITED);
    scratch.write("rules.abide", format!("{RULES}{law}{}", points.concat()));
    let report = |format: &str| {
        let text = stdout(&check(&scratch, &["--format", format]));
        text.replace('\\', "").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for format in ["terminal", "narrated", "markdown"] {
        let text = report(format);
        let counted = "2 not covered by any requirement yet; 2 define or empower, so that nothing in them could be unmet.";
        assert!(text.contains(counted), "{format}: {text}");
        assert!(text.contains("Not covered: law#3, law#4."), "{format}: {text}");
    }
    let json: serde_json::Value = serde_json::from_str(&report("json")).unwrap();
    assert_eq!(json["rests_on"]["provisions_not_encoded"], serde_json::json!(["law#3", "law#4"]));
    assert_eq!(json["rests_on"]["provisions_without_duty"], 2);
    let status: Vec<_> = json["provisions"].as_array().unwrap().iter().map(|p| p["status"].as_str().unwrap()).collect();
    assert_eq!(status, ["no duty", "no duty", "not encoded", "not encoded"]);
}

/// The same rules are the same rules, wherever they lie and however one gets there.
#[test]
fn the_fingerprint_of_rules_does_not_hang_on_their_folder() {
    let scratch = scratch("fingerprint", AUDITED);
    let fingerprint = |folder: &std::path::Path, library: &str| {
        let bundle = scratch.path().join("bundle.yaml");
        let arguments =
            ["check".as_ref(), bundle.as_os_str(), "--format".as_ref(), "json".as_ref(), "--library".as_ref(), library.as_ref()];
        let output = command(arguments).current_dir(folder).output().unwrap();
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        json["fingerprints"]["rules"].as_str().unwrap().to_owned()
    };
    let rules = scratch.path().join("one");
    scratch.write("one/law/rules.abide", RULES);
    scratch.write("two/law/rules.abide", RULES);
    let first = fingerprint(scratch.path(), rules.to_str().unwrap());
    for (folder, library) in [(scratch.path(), "one"), (scratch.path(), "./one/"), (&rules, "."), (scratch.path(), "two")] {
        assert_eq!(fingerprint(folder, library), first, "{library} in {}", folder.display());
    }
    scratch.write("two/other.abide", "component resources \"Resources\" { number 2 }\n");
    assert_ne!(fingerprint(scratch.path(), "two"), first);
    // A file by itself is known by its own name.
    let file = fingerprint(scratch.path(), "one/law/rules.abide");
    assert_eq!(file, fingerprint(&rules.join("law"), "rules.abide"));
}

#[test]
fn an_earlier_day_changes_the_verdict() {
    let scratch = scratch("as-of", OLD);
    assert_eq!(check(&scratch, &["--as-of", "2020-06-01"]).status.code(), Some(0));
    assert_eq!(check(&scratch, &["--as-of", "2020-01-01"]).status.code(), Some(1));
}

#[test]
fn colours_only_when_asked_for() {
    let scratch = scratch("colour", OLD);
    let plain = check(&scratch, &[]);
    assert!(!stdout(&plain).contains('\u{1b}'));
    let coloured = check(&scratch, &["--colour", "always"]);
    assert!(stdout(&coloured).contains('\u{1b}'));
    let never = command(["trace", "--colour", "auto"]).env("NO_COLOR", "1").output().unwrap();
    assert!(!stdout(&never).contains('\u{1b}'));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let scratch = scratch("same", OLD);
    for format in ["terminal", "concise", "narrated", "json"] {
        let once = check(&scratch, &["--format", format]).stdout;
        assert!(!once.is_empty(), "{format}");
        assert_eq!(once, check(&scratch, &["--format", format]).stdout, "{format}");
    }
}

#[test]
fn reports_are_written_whole_or_not_at_all() {
    let scratch = scratch("output", OLD);
    let report = scratch.write("report.json", "what was there before");
    let to = report.to_str().unwrap();
    let output = check(&scratch, &["--format", "json", "--output", to]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(output.stdout.is_empty());
    let text = std::fs::read_to_string(&report).unwrap();
    assert!(text.starts_with('{') && text.trim_end().ends_with('}'), "{text}");

    scratch.write("bundle.yaml", "abide: 1\nentity: [");
    assert_eq!(check(&scratch, &["--format", "json", "--output", to]).status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(&report).unwrap(), text, "a failed run changed the report");

    scratch.write("bundle.yaml", bundle(OLD));
    let nowhere = scratch.path().join("none/report.json");
    let output = check(&scratch, &["--output", nowhere.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("unwritable-output"), "{}", stderr(&output));
    let left: Vec<_> = std::fs::read_dir(scratch.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "something was left behind: {left:?}");
}

#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let mut child = command(["trace", "--library", "regulations"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{said}");
    assert_eq!(said, "");
}

#[test]
fn hostile_bundles_are_refused_with_their_place() {
    let deep = format!("abide: 1\nentity: {}{}", "[".repeat(20_000), "]".repeat(20_000));
    let aliases: String = (1..40).map(|i| format!("a{i}: &a{i} [*a{0}, *a{0}, *a{0}, *a{0}]\n", i - 1)).collect();
    let escape =
        bundle("\n  - { id: A1, kind: audit, attachments: [{ file: ../../../etc/passwd }], facts: { date: 2026-03-01 } }");
    let twice = bundle(
        "\n  - { id: A1, kind: audit, facts: { date: 2026-03-01 } }\n  - { id: A1, kind: audit, facts: { date: 2026-03-02 } }",
    );
    let cases: [(&str, Vec<u8>); 9] = [
        ("deep", deep.into_bytes()),
        ("aliases", format!("abide: 1\na0: &a0 x\n{aliases}").into_bytes()),
        ("escape", escape.into_bytes()),
        ("twice", twice.into_bytes()),
        ("latin-1", b"abide: 1\nentity: { name: Malm\xf6 }".to_vec()),
        ("empty", Vec::new()),
        ("a-list", b"- 1\n- 2\n".to_vec()),
        ("two-documents", format!("{}---\n{}", bundle(AUDITED), bundle(AUDITED)).into_bytes()),
        ("unknown-key", bundle("\n  - { id: A1, kind: audit, colour: red, facts: { date: 2026-03-01 } }").into_bytes()),
    ];
    for (name, text) in cases {
        let scratch = scratch(name, AUDITED);
        scratch.write("bundle.yaml", text);
        let output = check(&scratch, &[]);
        assert_eq!(output.status.code(), Some(2), "{name}\n{}{}", stdout(&output), stderr(&output));
        let placed = stderr(&output).contains("bundle.yaml") || name == "empty";
        assert!(placed, "{name} has no place\n{}", stderr(&output));
        assert!(!stderr(&output).contains("panicked"), "{name}\n{}", stderr(&output));
    }
}

#[test]
fn diagnostics_come_as_json_where_json_is_asked_for() {
    let scratch = scratch("json-errors", "\n  - { id: A1, kind: audti, facts: { date: 2026-03-01 } }");
    let output = check(&scratch, &["--format", "json"]);
    assert_eq!(output.status.code(), Some(2));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(json.to_string().contains("did you mean `audit`?"), "{json}");
}

#[test]
fn a_failing_test_shows_both_sides() {
    let scratch = Scratch::new("tests");
    let test = "\ntest \"an audit is enough\" of audited at 2026-11-23 {\n  entity { kind: airport }\n  audit a1 { date: 2020-03-01, score: 80 }\n  expect met\n}\n";
    let rules = scratch.write("rules.abide", format!("{RULES}{test}"));
    let output = abide(["test".as_ref(), rules.as_os_str()]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let said = stdout(&output);
    for part in ["expected: met", "actual:   not met because stale", "1 tests: 0 pass, 1 fail"] {
        assert!(said.contains(part), "{said}");
    }
    let rules = scratch.write("none.abide", RULES);
    let output = abide(["test".as_ref(), rules.as_os_str()]);
    assert_eq!(output.status.code(), Some(2), "rules without tests are not green");
}

#[test]
fn formatting_touches_nothing_that_is_wrong() {
    let scratch = Scratch::new("fmt");
    let good = scratch.write("good.abide", "component   education   \"Education\"   { number 1 }\n");
    let bad_text = "component education { number }\n";
    let bad = scratch.write("bad.abide", bad_text);
    assert_eq!(abide(["fmt".as_ref(), "--check".as_ref(), good.as_os_str()]).status.code(), Some(1));
    assert_eq!(abide(["fmt".as_ref(), scratch.path().as_os_str()]).status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(&bad).unwrap(), bad_text);
    assert_eq!(abide(["fmt".as_ref(), "--check".as_ref(), good.as_os_str()]).status.code(), Some(0));
}

#[test]
fn policies_of_ones_own_bar_more_and_their_mistakes_stop_everything() {
    let scratch = scratch("policies", AUDITED);
    let fingerprint = |output: &std::process::Output| {
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        (json["fingerprints"]["policies"].as_str().unwrap().to_owned(), json["barred"].as_array().unwrap().len())
    };
    let before = fingerprint(&check(&scratch, &["--format", "json"]));
    let own = "@id(\"no-audits\")\n@because(\"audits do not count\")\nforbid (principal, action == Action::\"rely-on\", resource is Item) when { resource.kind == \"audit\" };\n";
    let path = scratch.write("own/a.cedar", own);
    let path = path.to_str().unwrap();
    let after = fingerprint(&check(&scratch, &["--format", "json", "--policies", path]));
    assert_ne!(before.0, after.0);
    assert_eq!((before.1, after.1), (0, 1));
    let explained = abide(["explain", "no-audits", "--policies", path]);
    assert!(stdout(&explained).contains("audits do not count"), "{}", stdout(&explained));

    scratch.write("own/b.cedar", "forbid (principal, action, resource) when { resource.colour };\n@id(\"x\") permit (");
    let output = check(&scratch, &["--policies", scratch.path().join("own").to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2), "{}", stdout(&output));
    let said = stderr(&output);
    for part in ["missing-annotation", "policy-schema", "policy-syntax", "b.cedar:1:", "b.cedar:2:"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}
