//! A portfolio of two thousand bundles of two hundred items, on one thread: read, assess, explain, and write the line of each.
//!
//! With the hundred requirements of the workload and with the embedded library, from JSON and from YAML; and the most memory held after a fifth of the bundles
//! and at the end, which should be the same. `cargo bench --bench portfolio -- "hundred requirements, JSON"` measures one of the four.

#![expect(clippy::panic, clippy::print_stdout, clippy::float_arithmetic, reason = "a benchmark prints what it found, with rates")]

mod workload;

use std::hint::black_box;
use std::time::{Duration, Instant};

use abide::assess::{Plans, assess_planned};
use abide::evidence::{MemoryFolder, ReadOptions, Reader, Watched, fingerprint};
use abide::host::library::{Choice, load};
use abide::library::{Checked, Library};
use abide::policy::Policies;
use abide::portfolio::{Gathering, Line};
use abide::report::{Context, Style, portfolio as report};
use abide::syntax::Tests;

use workload::{abide as engine, bundle, embedded, requirements, rules};

const BUNDLES: usize = 2_000;
/// Different bundles; they are read again and again.
const KINDS: usize = 50;

fn main() {
    let hundred = engine::library(&rules::library(&requirements()));
    let whole = load(&Choice::default(), Tests::Skip).library.unwrap_or_else(|| panic!("the embedded rules are right"));
    let json: Vec<String> = (1..=KINDS as u64).map(|seed| bundle::json(200, seed)).collect();
    let values: Vec<serde_json::Value> = (1..=KINDS as u64).map(embedded::bundle).collect();
    let ours: Vec<String> = values.iter().map(|v| format!("{v:#}")).collect();
    let yaml = |text: &String| embedded::yaml(&serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}")));
    println!("{BUNDLES} bundles of 200 items, one thread: read, assess, explain, write the line");
    println!("{:<42} {:>9} {:>12} {:>16}  most memory after a fifth, at the end", "", "per bundle", "bundles/s", "fastest tenth");
    run("a hundred requirements, JSON", &hundred, "bundle.json", &json);
    run("a hundred requirements, YAML", &hundred, "bundle.yaml", &json.iter().map(yaml).collect::<Vec<_>>());
    run("the embedded library, JSON", &whole, "bundle.json", &ours);
    run("the embedded library, YAML", &whole, "bundle.yaml", &ours.iter().map(yaml).collect::<Vec<_>>());
}

fn run(what: &str, library: &Checked<Library>, name: &str, texts: &[String]) {
    let mut asked = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).peekable();
    if asked.peek().is_some() && !asked.any(|part| what.contains(&part)) {
        println!("{what:<42} not asked for");
        return;
    }
    let policies = Policies::embedded();
    let (reader, plans) = (Reader::new(library), Plans::new(library));
    let folders: Vec<MemoryFolder> = texts.iter().map(|text| MemoryFolder::new([(name, text.as_str())])).collect();
    let mut gathering = Gathering::new(None, None);
    let (mut parts, mut early) = ([Duration::ZERO; 4], 0);
    let (start, mut tenth, mut fastest) = (Instant::now(), Instant::now(), Duration::MAX);
    for (i, folder) in folders.iter().cycle().take(BUNDLES).enumerate() {
        let began = Instant::now();
        let watched = Watched::new(folder);
        let read = reader.read(&watched, &ReadOptions::default());
        let bundle =
            read.bundle.unwrap_or_else(|| panic!("the workload's bundle is well-formed: {:#?}", read.diagnostics.first()));
        let after_read = Instant::now();
        let date = bundle.assessment_date.unwrap_or_else(|| panic!("it has a date"));
        let assessment = assess_planned(&plans.on(date), &bundle, &policies.admissibility(library, &bundle));
        let after_assess = Instant::now();
        let print = fingerprint(&bundle, library);
        let after_print = Instant::now();
        let style = Style::default();
        let context =
            Context { library, bundle: &bundle, assessment: &assessment, fingerprint: Some(&print), withheld: None, style };
        let mut line = Line::new(&format!("b{i}"), "bench");
        line.assessed = Some(report::assessed(&context, "bundle"));
        line.inputs = watched.seen();
        gathering.add(&line);
        black_box(line.write());
        for (part, spent) in parts.iter_mut().zip([
            after_read - began,
            after_assess - after_read,
            after_print - after_assess,
            after_print.elapsed(),
        ]) {
            *part += spent;
        }
        if i + 1 == BUNDLES / 5 {
            early = memory();
        }
        if (i + 1) % (BUNDLES / 10) == 0 {
            fastest = fastest.min(tenth.elapsed());
            tenth = Instant::now();
        }
    }
    let each = start.elapsed() / BUNDLES as u32;
    black_box(gathering.finish(library, None));
    let [read, assess, print, line] = parts.map(|part| part.as_micros() / BUNDLES as u128);
    let at_best = (BUNDLES / 10) as f64 / fastest.as_secs_f64();
    let rate = 1.0 / each.as_secs_f64();
    println!("{what:<42} {:>7} µs {rate:>12.0} {at_best:>16.0}  {early} kB, {} kB", each.as_micros(), memory());
    println!("{:<42} read {read}, assess {assess}, fingerprint {print}, line {line} µs", "");
}

/// The most memory held so far, in kB; 0 where the system does not say.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0)
}
