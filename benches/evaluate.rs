//! Abide beside what people would use instead, on the same hundred requirements and the same bundles, in one run.
//!
//! * **abide**: `assess_planned` with its embedded policies, explanations and places kept; the plan is made beforehand, as regorus's policies are
//!   prepared and the hand-written evaluator is compiled. `assess`, which makes the plan anew, stands beside it.
//! * **regorus**: one engine, interpreted, with its policies and the windows of the day loaded beforehand and used again and again; an evaluation sets
//!   the input (already a value) and asks for the report. Indexes by hand, see `workload/regorus.rs`.
//! * **hand-written**: Rust over typed structs, hash maps for references, see `workload/handwritten.rs`.
//!
//! All give the same verdict on every requirement of every bundle, which is asserted before anything is measured. After criterion's groups comes a
//! table of the fastest of many runs, with the ratios: on a busy machine trust those.

#![expect(clippy::print_stdout, clippy::float_arithmetic, reason = "a benchmark prints what it found, with ratios")]

mod workload;

use std::hint::black_box;
use std::time::{Duration, Instant};

use abide::assess::Plan;
use abide::evidence::Reader;
use abide::policy::Policies;
use criterion::{BenchmarkId, Criterion, Throughput};

use workload::words::today;
use workload::{abide as engine, bundle, handwritten, regorus, requirements, rules, typed};

const SIZES: [usize; 3] = [200, 2_000, 20_000];

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let requirements = requirements();
    let text = rules::library(&requirements);
    let library = engine::library(&text);
    let policies = Policies::embedded();
    let reader = Reader::new(&library);
    let mut rego = regorus::engine(&requirements, today());

    let plan = Plan::new(&library, today());

    let mut evaluated = Vec::new();
    let mut unplanned = Vec::new();
    let mut loaded = Vec::new();
    let mut both = Vec::new();
    for size in SIZES {
        let json = bundle::json(size, 1);
        let folder = engine::folder(&json);
        let ours = engine::read(&reader, &folder);
        let structs = typed::read(&json);
        let value = regorus::read(&json);

        let verdicts = engine::verdicts(&library, &engine::evaluate(&library, &ours, &policies), &requirements);
        let by_hand: Vec<_> = handwritten::evaluate(&structs, &requirements, today()).iter().map(|o| o.verdict).collect();
        let by_rego = regorus::verdicts(&regorus::evaluate(&mut rego, value.clone()), &requirements);
        for (i, requirement) in requirements.iter().enumerate() {
            assert_eq!(verdicts[i], by_hand[i], "abide and the hand-written evaluator differ on {}", requirement.name);
            assert_eq!(by_rego[i], by_hand[i], "regorus and the hand-written evaluator differ on {}", requirement.name);
        }

        let mut evaluate_abide = || drop(black_box(engine::evaluate_planned(&plan, &library, black_box(&ours), &policies)));
        let mut assess_abide = || drop(black_box(engine::evaluate(&library, black_box(&ours), &policies)));
        let mut evaluate_rego = || drop(black_box(regorus::evaluate(&mut rego, value.clone())));
        let mut evaluate_by_hand = || drop(black_box(handwritten::evaluate(black_box(&structs), &requirements, today())));
        let mut group = criterion.benchmark_group("evaluate and explain");
        group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
        group.bench_function(BenchmarkId::new("abide", size), |b| b.iter(&mut evaluate_abide));
        group.bench_function(BenchmarkId::new("abide, planning too", size), |b| b.iter(&mut assess_abide));
        group.bench_function(BenchmarkId::new("regorus", size), |b| b.iter(&mut evaluate_rego));
        group.bench_function(BenchmarkId::new("hand-written", size), |b| b.iter(&mut evaluate_by_hand));
        group.finish();
        unplanned.push(best(&mut assess_abide));
        evaluated.push([best(&mut evaluate_abide), best(&mut evaluate_rego), best(&mut evaluate_by_hand)]);

        let mut load_abide = || drop(black_box(engine::read(&reader, black_box(&folder))));
        let mut load_rego = || drop(black_box(regorus::read(black_box(&json))));
        let mut load_typed = || drop(black_box(typed::read(black_box(&json))));
        let mut group = criterion.benchmark_group("load JSON");
        group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
        group.throughput(Throughput::Bytes(json.len() as u64));
        group.bench_function(BenchmarkId::new("abide, with places", size), |b| b.iter(&mut load_abide));
        group.bench_function(BenchmarkId::new("regorus value", size), |b| b.iter(&mut load_rego));
        group.bench_function(BenchmarkId::new("serde_json, typed", size), |b| b.iter(&mut load_typed));
        group.finish();
        loaded.push([best(&mut load_abide), best(&mut load_rego), best(&mut load_typed)]);

        let mut both_abide =
            || drop(black_box(engine::evaluate_planned(&plan, &library, &engine::read(&reader, black_box(&folder)), &policies)));
        let mut both_rego = || drop(black_box(regorus::evaluate(&mut rego, regorus::read(black_box(&json)))));
        let mut both_by_hand = || {
            let structs = typed::read(black_box(&json));
            drop(black_box(handwritten::evaluate(&structs, &requirements, today())));
        };
        let mut group = criterion.benchmark_group("load, evaluate and explain");
        group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
        group.bench_function(BenchmarkId::new("abide", size), |b| b.iter(&mut both_abide));
        group.bench_function(BenchmarkId::new("regorus", size), |b| b.iter(&mut both_rego));
        group.bench_function(BenchmarkId::new("hand-written", size), |b| b.iter(&mut both_by_hand));
        group.finish();
        both.push([best(&mut both_abide), best(&mut both_rego), best(&mut both_by_hand)]);
    }

    let mut compile = || drop(black_box(engine::library(black_box(&text))));
    let mut group = criterion.benchmark_group("compile the library");
    group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("abide", |b| b.iter(&mut compile));
    group.finish();
    let compiled = best(&mut compile);
    criterion.final_summary();

    table("evaluate and explain", &evaluated);
    for (size, time) in SIZES.iter().zip(&unplanned) {
        println!("{size:>8}  {:>12}  with the plan made anew", show(*time));
    }
    table("load JSON", &loaded);
    table("load, evaluate and explain", &both);
    let rate = text.len() as f64 / compiled.as_secs_f64() / 1e6;
    println!("\ncompile the library: {} bytes in {}: {rate:.1} MB/s (wanted: 10 or more)", text.len(), show(compiled));
    println!("\nwanted, and what is:");
    for (what, is, met) in [
        (
            "evaluation at 200 items, times faster than regorus (50 or more)",
            ratio(evaluated[0], 1, 0),
            ratio(evaluated[0], 1, 0) >= 50.0,
        ),
        ("evaluation at 200 items, times hand-written (4 or less)", ratio(evaluated[0], 0, 2), ratio(evaluated[0], 0, 2) <= 4.0),
        (
            "evaluation at 20,000 items, times hand-written (1 or less)",
            ratio(evaluated[2], 0, 2),
            ratio(evaluated[2], 0, 2) <= 1.0,
        ),
        ("exponent from 200 to 20,000 items (1.1 or less)", exponent(&evaluated, 0), exponent(&evaluated, 0) <= 1.1),
        ("load at 200 items, times typed serde_json (4 or less)", ratio(loaded[0], 0, 2), ratio(loaded[0], 0, 2) <= 4.0),
        ("load at 20,000 items, times typed serde_json (4 or less)", ratio(loaded[2], 0, 2), ratio(loaded[2], 0, 2) <= 4.0),
        (
            "bundles of 200 items a second, loaded and assessed (1,500 or more)",
            1.0 / both[0][0].as_secs_f64(),
            both[0][0].as_secs_f64() <= 1.0 / 1500.0,
        ),
    ] {
        println!("  {} {what}: {is:.2}", if met { "yes" } else { "no " });
    }
}

/// The fastest of many runs: at least three, and as many as fit into a second.
fn best(run: &mut dyn FnMut()) -> Duration {
    let (start, mut best, mut runs) = (Instant::now(), Duration::MAX, 0);
    while runs < 3 || (start.elapsed() < Duration::from_secs(1) && runs < 5_000) {
        let one = Instant::now();
        run();
        best = best.min(one.elapsed());
        runs += 1;
    }
    best
}

fn ratio(times: [Duration; 3], a: usize, b: usize) -> f64 {
    times[a].as_secs_f64() / times[b].as_secs_f64()
}

/// The power of the size with which the time grows, from the smallest to the largest bundle.
fn exponent(times: &[[Duration; 3]], engine: usize) -> f64 {
    let (first, last) = (times[0][engine].as_secs_f64(), times[times.len() - 1][engine].as_secs_f64());
    (last / first).log10() / (SIZES[SIZES.len() - 1] as f64 / SIZES[0] as f64).log10()
}

fn table(title: &str, times: &[[Duration; 3]]) {
    println!(
        "\n{title}, fastest of many runs\n{:>8}  {:>12}  {:>12}  {:>12}  {:>16}  {:>18}",
        "items", "abide", "regorus", "by hand", "regorus / abide", "abide / by hand"
    );
    for (size, row) in SIZES.iter().zip(times) {
        println!(
            "{size:>8}  {:>12}  {:>12}  {:>12}  {:>16.1}  {:>18.2}",
            show(row[0]),
            show(row[1]),
            show(row[2]),
            ratio(*row, 1, 0),
            ratio(*row, 0, 2)
        );
    }
    println!("exponent  {:>12.2}  {:>12.2}  {:>12.2}", exponent(times, 0), exponent(times, 1), exponent(times, 2));
}

fn show(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    if micros < 1e3 { format!("{micros:.1} µs") } else { format!("{:.2} ms", micros / 1e3) }
}
