//! Many bundles: a bad one stops nothing, results are those of single runs, and a run that was killed ends like one that was not.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Output, Stdio};

use abide::portfolio::{Gathering, Line};
use abide::report::portfolio as report;
use serde_json::Value;

use crate::support::{Scratch, abide, built_in, command, files_below, root, stderr, stdout};

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

fn bundle(id: usize, score: usize) -> String {
    format!(
        "abide: 1\nentity: {{ id: E{id}, name: \"Entity {id}, the {id}th\", kind: airport }}\nassessment-date: 2026-11-{:02}\nevidence:\n  - {{ id: A1, kind: audit, date: 2026-03-01, score: {score} }}\n",
        id % 20 + 1
    )
}

/// A portfolio of twelve bundles in both forms, one of them bad, with a register to stay away from.
fn portfolio(name: &str) -> Scratch {
    let scratch = Scratch::new(name);
    scratch.write("rules.abide", RULES);
    for id in 0..12 {
        let path = if id % 3 == 0 { format!("p/north/e{id}/bundle.yaml") } else { format!("p/south/e{id}.yaml") };
        scratch.write(&path, bundle(id, 30 + 4 * id));
    }
    scratch.write("p/south/bad.yaml", "abide: 1\nentity: [");
    scratch.write("p/south/notes.txt", "not a bundle");
    scratch.write("p/.hidden/x.yaml", "not looked at");
    scratch
}

fn run(scratch: &Scratch, more: &[&str]) -> Output {
    let path = |name: &str| scratch.path().join(name).into_os_string();
    let arguments = ["portfolio".into(), path("p"), "--library".into(), path("rules.abide")];
    let more = more.iter().map(|m| if m.starts_with("--") { (*m).into() } else { path(m) });
    abide(arguments.into_iter().chain(more))
}

/// Files of a folder with their bytes.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
    files_below(folder, "").iter().map(|path| (name(path), std::fs::read(path).unwrap())).collect()
}

#[test]
fn a_bad_bundle_is_told_and_stops_nothing() {
    let scratch = portfolio("portfolio-bad");
    let output = run(&scratch, &["--output", "results"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    let page = stdout(&output);
    assert!(page.contains("12 assessed of 13 bundles") && page.contains("south/bad.yaml"), "{page}");
    let files = contents(&scratch.path().join("results"));
    let lines = String::from_utf8(files["assessments.ndjson"].clone()).unwrap();
    let names: Vec<String> =
        lines.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()["bundle"].as_str().unwrap().to_owned()).collect();
    let mut sorted = names.clone();
    sorted.sort();
    assert_eq!((names.len(), &names), (13, &sorted));
    let schema: Value = serde_json::from_str(include_str!("../../docs/portfolio-line.schema.json")).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    for line in lines.lines() {
        let line = serde_json::from_str(line).unwrap();
        let errors: Vec<_> = validator.iter_errors(&line).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    let bad: Value = serde_json::from_str(lines.lines().find(|l| l.contains("bad.yaml")).unwrap()).unwrap();
    assert!(bad["assessed"].is_null() && bad["diagnostics"][0]["severity"] == "error", "{bad}");
    assert!(!files.contains_key("journal.ndjson"));
    let table = String::from_utf8(files["assessments.csv"].clone()).unwrap();
    assert_eq!(table.lines().count(), 14);
    assert!(table.contains("\"Entity 3, the 3th\""), "{table}");
}

#[test]
fn the_same_bytes_with_any_number_of_threads_and_however_often_it_is_run() {
    let scratch = portfolio("portfolio-threads");
    let mut all = Vec::new();
    for threads in ["1", "3", "8"] {
        let folder = format!("results-{threads}");
        let path = |name: &str| scratch.path().join(name).into_os_string();
        let mut command =
            command(["portfolio".into(), path("p"), "--library".into(), path("rules.abide"), "--output".into(), path(&folder)]);
        let output = command.env("RAYON_NUM_THREADS", threads).output().unwrap();
        let again = run(&scratch, &["--output", &folder]);
        assert_eq!(stdout(&output), stdout(&again));
        assert_eq!(stdout(&output), stdout(&run(&scratch, &[])), "with results and without");
        all.push(contents(&scratch.path().join(folder)));
    }
    assert!(all.windows(2).all(|pair| pair[0] == pair[1]));
}

/// A run may be killed between any two bytes of its journal.
#[test]
fn whatever_was_written_when_it_was_killed_the_next_run_ends_with_the_same_bytes() {
    let scratch = portfolio("portfolio-torn");
    run(&scratch, &["--output", "whole"]);
    let whole = contents(&scratch.path().join("whole"));
    let lines: Vec<&str> = std::str::from_utf8(&whole["assessments.ndjson"]).unwrap().split_inclusive('\n').collect();
    // Threads finish in any order.
    let journal: String = [5, 0, 11, 3, 12, 1].map(|i| lines[i]).concat();
    let mark = &whole["abide-portfolio.txt"];
    let cuts = [0, 1, lines[5].len() - 1, lines[5].len(), lines[5].len() + 40, journal.len() - 1, journal.len()];
    for (i, cut) in cuts.into_iter().enumerate() {
        let folder = scratch.path().join(format!("torn-{i}"));
        std::fs::create_dir_all(&folder).unwrap();
        // The mark itself may be torn too.
        std::fs::write(folder.join("abide-portfolio.txt"), &mark[..mark.len().min(cut + 3)]).unwrap();
        std::fs::write(folder.join("journal.ndjson"), &journal.as_bytes()[..cut]).unwrap();
        std::fs::write(folder.join("priority.csv.unfinished"), "half a ta").unwrap();
        run(&scratch, &["--output", &format!("torn-{i}")]);
        assert_eq!(contents(&folder), whole, "cut at {cut}");
    }
    // Killed between the files of results: some are new, the journal is still there.
    let folder = scratch.path().join("between");
    std::fs::create_dir_all(&folder).unwrap();
    for name in ["abide-portfolio.txt", "assessments.ndjson", "components.csv"] {
        std::fs::write(folder.join(name), &whole[name]).unwrap();
    }
    std::fs::write(folder.join("journal.ndjson"), lines.concat()).unwrap();
    run(&scratch, &["--output", "between"]);
    assert_eq!(contents(&folder), whole);
}

#[test]
fn killed_for_real_again_and_again_it_still_ends_with_the_same_bytes() {
    let scratch = portfolio("portfolio-killed");
    for id in 20..200 {
        scratch.write(&format!("p/many/e{id}.yaml"), bundle(id, 40 + id % 30));
    }
    run(&scratch, &["--output", "whole"]);
    let path = |name: &str| scratch.path().join(name).into_os_string();
    for wait in [1, 3, 5, 8, 12, 20, 30, 45, 70] {
        let mut child =
            command(["portfolio".into(), path("p"), "--library".into(), path("rules.abide"), "--output".into(), path("killed")])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        let _ = child.kill();
        let _ = child.wait();
    }
    run(&scratch, &["--output", "killed"]);
    assert_eq!(contents(&scratch.path().join("killed")), contents(&scratch.path().join("whole")));
}

#[test]
fn only_what_has_changed_is_assessed_again() {
    let scratch = portfolio("portfolio-again");
    run(&scratch, &["--output", "results"]);
    let path = scratch.path().join("results/assessments.ndjson");
    // A line that is used again keeps what stands in it, as long as it is as it was written.
    let renamed = |line: &str| {
        let mut value: Value = serde_json::from_str(&line.replace("Entity ", "Kept ")).unwrap();
        value.as_object_mut().unwrap().remove("digest");
        String::from_utf8(serde_json::from_value::<Line>(value).unwrap().write()).unwrap()
    };
    let marked: String = std::fs::read_to_string(&path).unwrap().lines().map(renamed).collect();
    std::fs::write(&path, &marked).unwrap();
    scratch.write("p/south/e4.yaml", bundle(4, 99));
    std::fs::remove_file(scratch.path().join("p/south/e5.yaml")).unwrap();
    scratch.write("p/north/e3/more.yaml", "people:\n  - { id: p1 }\n");
    run(&scratch, &["--output", "results"]);
    let after = std::fs::read_to_string(&path).unwrap();
    let again: Vec<Value> = after.lines().filter(|l| l.contains("Entity ")).map(|l| serde_json::from_str(l).unwrap()).collect();
    let names: Vec<&str> = again.iter().map(|l| l["bundle"].as_str().unwrap()).collect();
    assert_eq!(names, ["north/e3", "south/e4.yaml"]);
    assert_eq!(after.lines().count(), 12);
    // A line that somebody edited is not what was worked out.
    let edited = std::fs::read_to_string(&path).unwrap().replacen("Kept 6", "Edited 6", 1);
    assert!(edited.contains("Edited 6"));
    std::fs::write(&path, edited).unwrap();
    run(&scratch, &["--output", "results"]);
    let mended = std::fs::read_to_string(&path).unwrap();
    assert!(!mended.contains("Edited") && mended.contains("Entity 6") && mended.contains("Kept 7"), "{mended}");
    // Other policies, or another day to look from: all is assessed again.
    run(&scratch, &["--output", "results", "--as-of=2026-11-30"]);
    assert!(!std::fs::read_to_string(&path).unwrap().contains("Kept "));
}

#[test]
fn a_folder_that_is_not_ours_is_left_alone() {
    let scratch = portfolio("portfolio-foreign");
    scratch.write("mine/thesis.txt", "years of work");
    let output = run(&scratch, &["--output", "mine"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("foreign-files"), "{}", stderr(&output));
    assert_eq!(contents(&scratch.path().join("mine")).len(), 1);
    let empty = Scratch::new("portfolio-empty");
    let output = abide(["portfolio".as_ref(), empty.path().as_os_str()]);
    assert!(output.status.code() == Some(2) && stderr(&output).contains("no-bundles"), "{}", stderr(&output));
}

#[test]
fn an_assessment_of_a_later_day_does_not_count() {
    let scratch = portfolio("portfolio-until");
    let page = stdout(&run(&scratch, &["--as-of=2026-11-05"]));
    // Days 1 to 5 of the month belong to entities 0 to 4.
    assert!(page.contains("Portfolio of 5 entities, seen from 5 November 2026"), "{page}");
    assert!(page.contains("7 of a later day left out"), "{page}");
}

/// Threads hand lines on in any order, and nothing hangs on it: not which bundle of a day counts, not whose value of a figure.
#[test]
fn lines_may_come_in_any_order() {
    let scratch = Scratch::new("portfolio-order");
    for (i, day) in ["2025-03-31", "2025-06-30", "2025-06-30", "2025-09-30", "2026-03-31"].iter().enumerate() {
        for entity in 0..4 {
            let value = 10 * i + entity;
            scratch.write(
                &format!("p/{entity}/{i}.yaml"),
                format!(
                    "abide: 1\nentity: {{ id: E{entity}, name: N{i}, kind: airport, facts: {{ annual-passengers: {value} }} }}\nassessment-date: {day}\nevidence:\n  - {{ id: K, kind: kpi-report, indicator: Faults, period-end: 2025-01-31, value: {value}, target: 1, alert-level: {} }}\n",
                    i % 2 + 1
                ),
            );
        }
    }
    let path = |name: &str| scratch.path().join(name).into_os_string();
    abide(["portfolio".into(), path("p"), "--output".into(), path("results")]);
    let text = std::fs::read(scratch.path().join("results/assessments.ndjson")).unwrap();
    let mut lines: Vec<Line> = text.split_inclusive(|b| *b == b'\n').map(|line| Line::parse(line).unwrap()).collect();
    assert_eq!(lines.len(), 20);
    let overview = |lines: &[Line]| {
        let mut gathering = Gathering::new(None, None);
        lines.iter().for_each(|line| gathering.add(line));
        String::from_utf8(report::json(&gathering.finish(built_in(), None))).unwrap()
    };
    let expected = overview(&lines);
    assert!(expected.contains("\"E3\""));
    let mut seed = 1u64;
    for _ in 0..50 {
        for i in (1..lines.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            lines.swap(i, (seed >> 33) as usize % (i + 1));
        }
        assert_eq!(overview(&lines), expected);
    }
}

/// A line tells its gaps in short, without working out the rest of what the full report says; what it says must be the same.
#[test]
fn a_line_says_of_each_gap_what_the_full_report_says() {
    let scratch = Scratch::new("portfolio-short");
    for example in ["brackwater-cargo", "northfield-airport", "tern-valley-parts", "westmere-air"] {
        let from = root().join("examples").join(example);
        for file in files_below(&from, "") {
            let name = file.strip_prefix(&from).unwrap().to_string_lossy().into_owned();
            scratch.write(&format!("p/{example}/{name}"), std::fs::read(&file).unwrap());
        }
        // Whom it is about, and nothing else: what is not known is said in other words.
        let whole = std::fs::read_to_string(from.join("bundle.yaml")).unwrap();
        let about: Vec<&str> = whole.lines().take_while(|line| !["people:", "judgements:"].contains(line)).collect();
        scratch.write(&format!("p/{example}-bare/bundle.yaml"), about.join("\n"));
    }
    let path = |name: &str| scratch.path().join(name).into_os_string();
    let output = abide(["portfolio".into(), path("p"), "--output".into(), path("results")]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let lines = std::fs::read_to_string(scratch.path().join("results/assessments.ndjson")).unwrap();
    let mut gaps = 0;
    for line in lines.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let name = format!("p/{}", line["bundle"].as_str().unwrap());
        let report: Value = serde_json::from_slice(&abide(["check".into(), path(&name), "--format=json".into()]).stdout).unwrap();
        for gap in line["assessed"]["gaps"].as_array().unwrap() {
            let full = report["requirements"].as_array().unwrap().iter().find(|r| r["name"] == gap["requirement"]).unwrap();
            let mut remedies = full["gaps"].as_array().unwrap().iter().flat_map(|part| part["remedies"].as_array().unwrap());
            let first = remedies.next().cloned().unwrap_or_default();
            assert_eq!((&gap["sentence"], &gap["remedy"]), (&full["sentence"], &first), "{name}: {}", gap["requirement"]);
            gaps += 1;
        }
    }
    assert!(gaps > 500, "{gaps}");
}
