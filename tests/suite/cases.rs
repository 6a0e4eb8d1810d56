//! Runs every `tests/cases/<area>/<case>/`. A new case needs no Rust.
//!
//! | file | what |
//! |---|---|
//! | `case.yaml` | `why` (one sentence), `date`, and where needed `known-at` and `extend: yes` (the built-in rules too) |
//! | `rules.abide` | the rules; without it, the built-in ones |
//! | `policies/` | policies beside the built-in ones |
//! | `bundle.yaml` or `bundle/` | the evidence |
//! | `expect.verdicts` | what it comes to: one line for each requirement, or for each diagnostic; mandatory |
//! | `expect.<extension>` | looks, where looks are the point: `txt` (terminal), `json`, `md` |
//!
//! `UPDATE_EXPECT=1 cargo test` rewrites what is expected.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use abide::assess::{self, Recorded, Verdict};
use abide::base::{Date, Sources};
use abide::diagnostics::Diagnostic;
use abide::evidence::{ReadOptions, Reader};
use abide::host::DiskFolder;
use abide::host::library::{self, Choice, Loaded};
use abide::host::policies;
use abide::report::{Context, Format, Style};
use abide::syntax::Tests;

use crate::support::short;

/// Looks that a case may ask for: the file and the format.
const LOOKS: [(&str, &str); 3] = [("expect.txt", "terminal"), ("expect.json", "json"), ("expect.md", "markdown")];

#[test]
fn every_case_comes_out_as_expected() {
    let cases = cases();
    assert!(cases.len() >= 5, "the cases were not found");
    let wrong: Vec<String> = cases.iter().filter_map(|case| run(case).err()).collect();
    assert!(wrong.is_empty(), "\n{}\nUPDATE_EXPECT=1 cargo test rewrites what is expected", wrong.join("\n"));
}

fn cases() -> Vec<PathBuf> {
    let folders = |path: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(path).unwrap().map(|e| e.unwrap().path());
        let mut found: Vec<_> = entries.filter(|p| p.is_dir()).collect();
        found.sort();
        found
    };
    // From the project's folder, where tests run: what rules are called is part of their fingerprint.
    folders(Path::new("tests/cases")).iter().flat_map(|area| folders(area)).collect()
}

fn run(case: &Path) -> Result<(), String> {
    let header = header(case)?;
    let known = ["case.yaml", "rules.abide", "policies", "bundle.yaml", "bundle", "expect.verdicts"];
    for entry in std::fs::read_dir(case).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if !known.contains(&name.as_str()) && !LOOKS.iter().any(|(file, _)| *file == name) {
            return Err(format!("{}: nothing reads `{name}`", short(case)));
        }
    }
    let (verdicts, looks) = outcome(case, &header)?;
    let mut wrong = compare(&case.join("expect.verdicts"), &verdicts, true);
    for (file, format) in LOOKS {
        if let Some(text) = looks.get(format) {
            wrong.extend(compare(&case.join(file), text, false));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("{} ({})\n{}", short(case), header["why"], wrong.join("\n"))) }
}

/// `key: value` lines.
fn header(case: &Path) -> Result<BTreeMap<String, String>, String> {
    let text = std::fs::read_to_string(case.join("case.yaml")).map_err(|e| format!("{}: case.yaml: {e}", short(case)))?;
    let mut header = BTreeMap::new();
    for line in text.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')) {
        let (key, value) = line.split_once(": ").ok_or_else(|| format!("{}: `{line}` is no `key: value`", short(case)))?;
        if !["why", "date", "known-at", "extend"].contains(&key) {
            return Err(format!("{}: nothing reads the key `{key}`", short(case)));
        }
        header.insert(key.to_owned(), value.trim().to_owned());
    }
    if header.contains_key("why") { Ok(header) } else { Err(format!("{}: it does not say `why`", short(case))) }
}

/// Verdicts (or diagnostics) as lines, and reports by format.
fn outcome(case: &Path, header: &BTreeMap<String, String>) -> Result<(String, BTreeMap<&'static str, String>), String> {
    let day = |key: &str| header.get(key).map(|d| Date::parse(d).map_err(|_| format!("{}: `{key}` is no date", short(case))));
    let (date, known_at) = (day("date").transpose()?, day("known-at").transpose()?);
    let rules = case.join("rules.abide");
    let paths = if rules.exists() { vec![rules] } else { Vec::new() };
    let choice = Choice { extend: header.get("extend").is_some_and(|e| e == "yes"), paths };
    let Loaded { library, sources, diagnostics } = library::load(&choice, Tests::Skip);
    let Some(library) = library else { return Ok((refused(case, &diagnostics, &sources), BTreeMap::new())) };

    let folder = case.join("bundle");
    let path = if folder.exists() { folder } else { case.join("bundle.yaml") };
    let options = ReadOptions { known_at, ..ReadOptions::default() };
    let folder = match DiskFolder::open(&path, options.limits.file_bytes) {
        Ok(folder) => folder,
        Err(diagnostic) => return Ok((refused(case, &[diagnostic], &Sources::default()), BTreeMap::new())),
    };
    let read = Reader::new(&library).read(&folder, &options);
    let mut lines = refused(case, &read.diagnostics, &read.sources);
    let Some(bundle) = read.bundle else { return Ok((lines, BTreeMap::new())) };
    let date =
        date.or(bundle.assessment_date).ok_or_else(|| format!("{}: neither case nor bundle says the date", short(case)))?;
    let own = case.join("policies");
    let (policies, sources, diagnostics) = policies::load(&own.exists().then_some(own).into_iter().collect::<Vec<_>>());
    lines.push_str(&refused(case, &diagnostics, &sources));
    let Some(policies) = policies else { return Ok((lines, BTreeMap::new())) };
    let mut assessment = assess::assess(&library, &bundle, date, &policies);
    assessment.known_at = known_at;
    let width = library.requirements.iter().map(|r| r.name.len()).max().unwrap_or(0);
    for outcome in &assessment.outcomes {
        let name = &library.requirement(outcome.requirement).name;
        let reason = if let Verdict::NotMet(reason) = outcome.verdict { reason.word() } else { "" };
        let line = format!("{name:width$}  {:15}  {reason}", outcome.verdict.words());
        writeln!(lines, "{}", line.trim_end()).unwrap();
    }
    for barred in &assessment.barred {
        writeln!(lines, "barred {} by {}", bundle.item_id(barred.kind, barred.row), barred.policy).unwrap();
    }
    for doubted in &assessment.doubted {
        let item = bundle.item_id(doubted.kind, doubted.row);
        writeln!(lines, "doubted {item} by {}: needs {}", doubted.policy, doubted.needs.join(", ")).unwrap();
    }
    for refused in &assessment.refused {
        let what = match refused.what {
            Recorded::Judgement(i) => {
                let judgement = &bundle.judgements[i as usize];
                format!("judgement {} of {}", judgement.of, library.requirement(judgement.requirement).name)
            }
            Recorded::Exemption(i) => format!("waiver {}", bundle.exemptions[i as usize].id),
        };
        let needs = if refused.needs.is_empty() { String::new() } else { format!(": needs {}", refused.needs.join(", ")) };
        writeln!(lines, "refused {what} by {}{needs}", refused.policy).unwrap();
    }
    let style = Style { width: 100, ..Style::default() };
    let context =
        Context { library: &library, bundle: &bundle, assessment: &assessment, fingerprint: None, withheld: None, style };
    let looks = LOOKS.iter().filter(|(file, _)| case.join(file).exists()).map(|(_, format)| {
        let text = String::from_utf8(Format::parse(format).unwrap().render(&context)).unwrap();
        (*format, text.replace(&format!("{}/", case.display()), ""))
    });
    let looks = looks.collect();
    Ok((lines, looks))
}

/// One line for each diagnostic: how bad, its code, its place.
fn refused(case: &Path, diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut lines = String::new();
    for d in diagnostics {
        let place = d.at.as_ref().map_or_else(|| d.message.clone(), |at| sources.describe(at.span));
        let place = place.replace(&format!("{}/", case.display()), "");
        writeln!(lines, "{} {} {place}", d.severity().word(), d.code).unwrap();
    }
    lines
}

fn compare(path: &Path, actual: &str, mandatory: bool) -> Vec<String> {
    let expected = std::fs::read_to_string(path).ok();
    if expected.as_deref() == Some(actual) || (expected.is_none() && !mandatory) {
        return Vec::new();
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(path, actual).unwrap();
        return Vec::new();
    }
    let expected = expected.unwrap_or_default();
    let diff = similar::TextDiff::from_lines(expected.as_str(), actual);
    vec![format!("{}", diff.unified_diff().header(&short(path), "what it is"))]
}
