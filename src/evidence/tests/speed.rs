//! How fast reading is, side by side with typed `serde_json`. Not a test of anything: run it by name, in release.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use serde::Deserialize;

use super::reader;
use crate::evidence::{Limits, MemoryFolder, ReadOptions, ReadOutcome};

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(dead_code, reason = "what typed reading would give")]
struct Typed {
    abide: u32,
    people: Vec<Person>,
    evidence: Vec<Record>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(dead_code, reason = "what typed reading would give")]
struct Person {
    id: String,
    name: String,
    employer: String,
    unescorted_access: bool,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "what typed reading would give")]
struct Record {
    id: String,
    kind: String,
    title: String,
    issued: String,
    received: String,
    author: String,
    person: String,
    course: String,
    completed: String,
    hours: f64,
    repeats: String,
}

/// A bundle of so many items, one sixth of them people.
fn bundle(items: usize) -> String {
    let people = (items / 6).max(1);
    let mut text = "{\n  \"abide\": 1,\n  \"entity\": {\"id\": \"E\", \"kind\": \"airport\"},\n  \"people\": [\n".to_owned();
    for n in 0..people {
        let comma = if n + 1 < people { "," } else { "" };
        writeln!(text, "    {{\"id\": \"p-{n}\", \"name\": \"Person number {n}\", \"employer\": \"Company {}\", \"unescorted-access\": {}}}{comma}", n % 40, n % 3 == 0).expect("text");
    }
    text.push_str("  ],\n  \"evidence\": [\n");
    for n in 0..items - people {
        let comma = if n + 1 < items - people { "," } else { "" };
        writeln!(
            text,
            "    {{\"id\": \"T-{n}\", \"kind\": \"training-record\", \"title\": \"Training record number {n} of the year\", \"issued\": \"2026-{:02}-{:02}\", \"received\": \"2026-10-09\", \"author\": \"p-{}\", \"person\": \"p-{}\", \"course\": \"general-awareness\", \"completed\": \"2025-{:02}-{:02}\", \"hours\": {}.5, \"repeats\": \"5 years\"}}{comma}",
            n % 12 + 1, n % 28 + 1, n % people, (n * 7) % people, n % 12 + 1, n % 28 + 1, n % 9
        )
        .expect("text");
    }
    text.push_str("  ]\n}\n");
    text
}

fn best(times: usize, mut run: impl FnMut()) -> Duration {
    (0..times)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .min()
        .expect("a time")
}

#[test]
#[ignore = "measures; run by name"]
#[expect(clippy::print_stdout, clippy::float_arithmetic, reason = "a measurement")]
fn speed() {
    for items in [200, 2_000, 20_000] {
        let json = bundle(items);
        let times = 400_000 / items;
        let rate = |time: Duration| json.len() as f64 / 1e6 / time.as_secs_f64();
        let folder = MemoryFolder::new([("b.json", json.as_bytes())]);
        let options = ReadOptions::default();
        let read = |folder: &MemoryFolder| -> ReadOutcome { reader().read(folder, &options) };
        assert!(read(&folder).bundle.is_some());
        let typed = best(times, || drop(serde_json::from_str::<Typed>(&json).expect("JSON")));
        let whole = best(times, || drop(read(&folder)));
        let parse = best(times, || {
            let mut told = Vec::new();
            drop(crate::evidence::tree::json::parse(&json, crate::base::FileId(0), &Limits::default(), &mut told));
        });
        let yaml = MemoryFolder::new([("b.yaml", json.as_bytes())]);
        let as_yaml = best(times.min(20), || drop(read(&yaml)));
        println!(
            "{items} items, {} kB: typed serde_json {typed:?} ({:.0} MB/s), read {whole:?} ({:.0} MB/s, {:.1} times), tree alone {parse:?} ({:.0} MB/s), as YAML {as_yaml:?} ({:.0} MB/s)",
            json.len() / 1000,
            rate(typed),
            rate(whole),
            whole.as_secs_f64() / typed.as_secs_f64(),
            rate(parse),
            rate(as_yaml)
        );
    }
}
