//! A cold `check` of a bundle of two hundred items: from starting the program to its end, and the most memory it held.

#![expect(
    clippy::panic,
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "a benchmark that cannot run says so, and prints what it found"
)]

mod workload;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs};

use workload::{bundle, requirements, rules};

const RUNS: usize = 30;

fn main() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("process");
    write(&folder.join("bundle/bundle.json"), &bundle::json(200, 1));
    write(&folder.join("library/workload.abide"), &rules::library(&requirements()));
    let (bundle, library) = (folder.join("bundle"), folder.join("library"));
    let workload = ["--library".as_ref(), library.as_os_str()];
    report("a hundred requirements, two hundred items", &bundle, &workload);
    // The whole embedded library, on an example of 222 items and on one of 685.
    for example in ["brackwater-cargo", "northfield-airport"] {
        let bundle = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(example);
        if bundle.exists() {
            report(&format!("the embedded library on examples/{example}"), &bundle, &[]);
        }
    }
}

fn write(path: &Path, text: &str) {
    let made = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, text));
    if let Err(e) = made {
        panic!("{} cannot be written: {e}", path.display());
    }
}

fn report(title: &str, bundle: &Path, rest: &[&std::ffi::OsStr]) {
    let program = env!("CARGO_BIN_EXE_abide");
    let mut best = Duration::MAX;
    let mut all = Vec::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        let status =
            Command::new(program).arg("check").arg(bundle).args(rest).stdout(Stdio::null()).stderr(Stdio::null()).status();
        let took = start.elapsed();
        match status.map(|s| s.code()) {
            Ok(Some(0 | 1 | 3)) => {}
            other => panic!("the check did not run: {other:?}"),
        }
        best = best.min(took);
        all.push(took);
    }
    all.sort_unstable();
    let millis = |d: Duration| d.as_secs_f64() * 1e3;
    println!(
        "{title}: fastest {:.1} ms, median {:.1} ms of {RUNS} cold runs (wanted: under 40 ms)",
        millis(best),
        millis(all[RUNS / 2])
    );
    match peak(program, bundle, rest) {
        Some(kilobytes) => println!("{title}: at most {:.1} MB held (wanted: under 64 MB)", kilobytes as f64 / 1024.0),
        None => println!("{title}: the memory held is not known here: `/usr/bin/time` is not installed"),
    }
}

/// The most memory a run held, in kilobytes, as GNU time tells it.
fn peak(program: &str, bundle: &Path, rest: &[&std::ffi::OsStr]) -> Option<u64> {
    let mut time = Command::new("/usr/bin/time");
    let run = time.args(["-f", "%M", program, "check"]).arg(bundle).args(rest).stdout(Stdio::null()).output().ok()?;
    String::from_utf8(run.stderr).ok()?.lines().next_back()?.trim().parse().ok()
}
