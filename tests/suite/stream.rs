//! `check --stream`: one line of output for each line of input, in order, each as a run of its own would give it.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::support::{Scratch, abide, command, root, stdout};

fn bundle(id: &str, completed: &str) -> Value {
    json!({
        "abide": 1,
        "entity": { "id": id, "name": "Example", "kind": "airport", "facts": { "pass-holders": 1 } },
        "assessment-date": "2026-11-23",
        "people": [{ "id": "p1", "unescorted-access": true, "roles": [], "tasks": [] }],
        "evidence": [{ "id": "T1", "kind": "training-record", "person": "p1", "course": "general-awareness", "completed": completed }],
    })
}

/// What the stream answers, line by line.
fn stream(input: &[u8], more: &[&str]) -> (Vec<Value>, Option<i32>) {
    let arguments = ["check", "--stream"].into_iter().chain(more.iter().copied());
    let mut child = command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let lines = stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (lines, output.status.code())
}

#[test]
fn nothing_in_is_said() {
    let output = abide(["check", "--stream"]);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(0), ""));
    assert!(crate::support::stderr(&output).contains("no bundle was assessed"));
}

#[test]
fn each_line_is_what_check_says_of_that_bundle() {
    let bundles: Vec<Value> = (0..9).map(|i| bundle(&format!("E{i}"), &format!("202{i}-01-15"))).collect();
    let input: String = bundles.iter().map(|b| format!("{b}\n")).collect();
    for more in [&[][..], &["--lines"], &["--audience", "inspector"], &["--as-of", "2025-05-05", "--known-at", "2025-01-01"]] {
        let (answers, code) = stream(input.as_bytes(), more);
        assert_eq!((answers.len(), code), (9, Some(0)));
        for (bundle, answer) in bundles.iter().zip(&answers) {
            let scratch = Scratch::new("stream-single");
            scratch.write("bundle.json", bundle.to_string());
            let path = scratch.path().join("bundle.json");
            let arguments = ["check".as_ref(), path.as_os_str(), "--format".as_ref(), "json".as_ref()];
            let single = abide(arguments.into_iter().chain(more.iter().map(AsRef::as_ref)));
            assert_eq!(*answer, serde_json::from_str::<Value>(&stdout(&single)).unwrap(), "{more:?}");
        }
    }
}

#[test]
fn a_bad_line_gives_an_error_record_and_the_next_is_answered() {
    let good = bundle("E1", "2024-01-15");
    let long = format!("{{\"x\": \"{}\"}}", "y".repeat(17 << 20));
    let table = json!({ "abide": 1, "entity": { "id": "E2", "kind": "airport" }, "tables": [{ "kind": "training-record", "from": "../../etc/passwd" }] });
    let mut input = Vec::new();
    for line in ["{", "", "7", "null", "[]", &long, &table.to_string(), "{\"abide\": 1}", &good.to_string()] {
        input.extend_from_slice(line.as_bytes());
        input.push(b'\n');
    }
    input.extend_from_slice(b"\xff\xfe\n\0\n");
    // The last line has no end.
    input.extend_from_slice(good.to_string().as_bytes());
    let (answers, code) = stream(&input, &[]);
    assert_eq!((answers.len(), code), (12, Some(2)));
    for (i, answer) in answers.iter().enumerate() {
        if i == 8 || i == 11 {
            assert_eq!((&answer["format"], &answer["entity"]["id"]), (&json!("abide-report"), &json!("E1")));
        } else {
            assert_eq!((&answer["format"], &answer["line"]), (&json!("abide-stream-error"), &json!(i + 1)), "{answer}");
            assert!(answer["errors"].as_u64().unwrap() > 0 && answer["diagnostics"][0]["code"].is_string(), "{answer}");
        }
    }
    assert_eq!(answers[5]["diagnostics"][0]["code"], "unusable-line");
}

#[test]
fn an_engine_that_waits_for_each_answer_gets_it() {
    let mut child = command(["check", "--stream"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for i in 0..3 {
        writeln!(stdin, "{}", bundle(&format!("E{i}"), "2024-01-15")).unwrap();
        stdin.flush().unwrap();
        let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["entity"]["id"], format!("E{i}"));
    }
    drop(stdin);
    assert!(answers.next().is_none());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn nobody_who_listens_any_more_is_no_error() {
    let line = format!("{}\n", bundle("E1", "2024-01-15"));
    let mut child = command(["check", "--stream"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        // Ends when the other side has gone.
        for _ in 0..200 {
            if stdin.write_all(line.as_bytes()).is_err() {
                break;
            }
        }
    });
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    writer.join().unwrap();
}

#[test]
fn a_stream_goes_with_no_bundle_and_no_other_form() {
    let northfield = root().join("examples/northfield-airport");
    for more in
        [&["--format", "markdown"][..], &["--summary"], &["--only", "security-education"], &[northfield.to_str().unwrap()]]
    {
        let output = abide(["check", "--stream"].into_iter().chain(more.iter().copied()));
        assert_eq!(output.status.code(), Some(2), "{more:?}");
    }
    assert_eq!(abide(["check"]).status.code(), Some(2));
}
