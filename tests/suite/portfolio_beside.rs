//! A portfolio beside a register of findings: who sees what, which day it is, what counts as a look, and slips that would be read as something else.

use serde_json::Value;

use crate::support::{Scratch, abide, stderr, stdout};

/// An airport above two million passengers, with a figure so that it has some evidence.
fn airport(id: &str, day: &str, facts: &str) -> String {
    format!(
        "abide: 1\nentity: {{ id: {id}, name: Airport, kind: airport, facts: {{ {facts} }} }}\nassessment-date: {day}\nevidence:\n  - {{ id: K, kind: kpi-report, indicator: Faults, period-end: 2025-01-31, value: 1 }}\n"
    )
}

const LARGE: &str = "annual-passengers: 3000000";

/// A record of an inspection.
fn record(id: &str, entity: &str, day: &str, more: &str) -> String {
    let more = if more.contains("origin:") { more.to_owned() } else { format!("origin: authority-monitoring, {more}") };
    format!("  - {{ id: {id}, entity: {entity}, activity: {{ kind: inspection, on: {day} }}, {more} }}\n")
}

const SERIOUS: &str = "class: seriously-deficient";

/// The exit code, what is printed and what is told; the page without its line breaks, so that it may be of any width.
fn run(scratch: &Scratch, more: &[&str]) -> (Option<i32>, String, String) {
    let path = scratch.path().join("p").to_str().unwrap().to_owned();
    let output = abide(["portfolio", &path].into_iter().chain(more.iter().copied()));
    let flat = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    (output.status.code(), flat(stdout(&output)), flat(stderr(&output)))
}

fn json(scratch: &Scratch, more: &[&str]) -> Value {
    let (_, text, told) = run(scratch, &[&["--format", "json"], more].concat());
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}{told}"))
}

fn factor(of: &Value, id: &str, name: &str) -> Value {
    let entities = of["priority"].as_array().unwrap();
    entities.iter().find(|e| e["entity"]["id"] == id).unwrap_or_else(|| panic!("{id}: {of:#}"))["factors"][name].clone()
}

#[test]
fn what_an_inspector_may_not_see_is_counted_and_not_shown() {
    let scratch = Scratch::new("beside-marking");
    scratch.write("p/e.yaml", airport("AP1", "2026-03-31", LARGE));
    let records = [
        record("VAULT-1", "AP1", "2026-02-01", &format!("marking: secret, provision: uk-300-2008#art12.1, {SERIOUS}")),
        record("TYPO-1", "AP1", "2026-02-02", &format!("marking: offical, {SERIOUS}")),
        record("OPEN-1", "AP1", "2026-02-03", "class: not-compliant"),
    ];
    scratch.write("p/findings/f.yaml", format!("findings:\n{}", records.concat()));
    let whole = json(&scratch, &[]);
    assert_eq!(
        (&whole["records"], &whole["withheld"], factor(&whole, "AP1", "open-serious")),
        (&3.into(), &Value::Null, 2.into())
    );
    let seen = json(&scratch, &["--audience", "inspector"]);
    assert_eq!((&seen["records"], &seen["withheld"]["findings"]), (&1.into(), &2.into()));
    assert_eq!((factor(&seen, "AP1", "open-serious"), factor(&seen, "AP1", "open-findings")), (0.into(), 1.into()));
    let (_, page, told) = run(&scratch, &["--audience", "inspector"]);
    assert!(page.contains("1 record in the register") && page.contains("2 records withheld from an inspector"), "{page}");
    assert!(!format!("{page}{told}{seen}").contains("VAULT") && !seen.to_string().contains("TYPO"));
}

/// What is withheld proves nothing: neither that nobody looked, nor that nothing is open.
#[test]
fn no_lateness_is_read_from_what_is_withheld() {
    let scratch = Scratch::new("beside-withheld");
    scratch.write("p/e.yaml", airport("AP1", "2026-03-31", LARGE));
    scratch.write("p/findings/f.yaml", format!("findings:\n{}", record("F-1", "AP1", "2026-02-01", SERIOUS)));
    let whole = json(&scratch, &[]);
    assert_eq!(factor(&whole, "AP1", "days-since-look"), 58);
    let seen = json(&scratch, &["--audience", "front-line"]);
    assert_eq!(seen["withheld"]["register"], true);
    for name in
        ["floor-days-late", "floor-not-shown", "floor-not-known", "floor-near", "days-since-look", "open-serious", "overdue"]
    {
        assert_eq!(factor(&seen, "AP1", name), Value::Null, "{name}");
    }
    let (_, page, _) = run(&scratch, &["--audience", "front-line"]);
    assert!(page.contains("the register of findings is withheld from front-line staff"), "{page}");
    assert!(!page.contains("no register") && !page.contains("no look on record:"), "{page}");
}

#[test]
fn what_was_seen_after_the_last_assessment_counts() {
    let scratch = Scratch::new("beside-later");
    scratch.write("p/e.yaml", airport("AP1", "2026-03-31", LARGE));
    scratch.write("p/findings/f.yaml", format!("findings:\n{}", record("F-1", "AP1", "2026-05-12", SERIOUS)));
    let found = json(&scratch, &[]);
    assert_eq!(
        (&found["on"], factor(&found, "AP1", "open-serious"), &found["records_later"]),
        (&"2026-05-12".into(), 1.into(), &0.into())
    );
    let then = json(&scratch, &["--as-of", "2026-03-31"]);
    assert_eq!((factor(&then, "AP1", "open-serious"), &then["records_later"]), (0.into(), &1.into()));
    assert!(run(&scratch, &["--as-of", "2026-03-31"]).1.contains("1 of them of a later day left out"));
}

#[test]
fn one_mistyped_year_moves_nobodys_day() {
    let scratch = Scratch::new("beside-year");
    scratch.write("p/a.yaml", airport("AP1", "2026-03-31", LARGE));
    scratch.write("p/b.yaml", airport("AP2", "9999-12-31", LARGE));
    scratch.write("p/findings/f.yaml", format!("findings:\n{}", record("F-1", "AP1", "9998-05-12", SERIOUS)));
    let found = json(&scratch, &[]);
    assert_eq!((&found["on"], &found["later"], &found["records_later"]), (&"2026-03-31".into(), &1.into(), &1.into()));
    assert_eq!(found["dated_after_today"][0]["bundle"], "b.yaml");
    assert!(run(&scratch, &[]).1.contains("b.yaml: dated 9999-12-31, after today"));
    // Whoever asks for a day gets it.
    assert_eq!(json(&scratch, &["--as-of", "9999-12-31"])["later"], 0);
}

#[test]
fn two_entities_under_one_id_are_told_and_blanks_are_no_id() {
    let scratch = Scratch::new("beside-id");
    scratch.write("p/a.yaml", airport("AP1", "2026-03-31", LARGE));
    scratch.write("p/b.yaml", airport("\" AP1 \"", "2026-04-30", LARGE).replace("name: Airport", "name: Another"));
    scratch.write("p/c.yaml", airport("\"  \"", "2026-04-30", LARGE));
    let found = json(&scratch, &[]);
    assert_eq!(found["priority"].as_array().unwrap().len(), 1, "{found:#}");
    assert_eq!(found["refused"][0]["bundle"], "c.yaml");
    let said: Vec<&str> =
        found["one_id_for_several"][0]["said"].as_array().unwrap().iter().map(|s| s["name"].as_str().unwrap()).collect();
    assert_eq!(said, ["Airport", "Another"]);
    assert!(run(&scratch, &[]).1.contains("AP1 is stated as \"Airport\", airport (a.yaml) and as \"Another\", airport (b.yaml)"));
}

#[test]
fn records_beside_bundles_are_counted_and_folders_named_findings_are_looked_through() {
    let scratch = Scratch::new("beside-bundles");
    scratch.write("p/E1/bundle.yaml", airport("AP1", "2026-03-31", LARGE));
    scratch.write("p/E1/findings.yaml", "findings:\n  - { id: F-1 }\n  - { id: F-2 }\n");
    scratch.write("p/north/findings/e2.yaml", airport("AP2", "2026-03-31", LARGE));
    let found = json(&scratch, &[]);
    assert_eq!((&found["records_beside_bundles"], found["priority"].as_array().unwrap().len()), (&2.into(), 2));
    assert!(run(&scratch, &[]).1.contains("2 records beside 1 bundle not read"));
}

#[test]
fn a_fact_that_is_left_out_is_no_way_out_of_the_law_and_floors_are_named() {
    let scratch = Scratch::new("beside-floors");
    scratch.write("p/a.yaml", airport("AP1", "2026-03-31", ""));
    scratch.write("p/b.yaml", airport("AP2", "2026-03-31", LARGE));
    scratch.write("p/c.yaml", airport("AP3", "2026-03-31", "annual-passengers: 20000"));
    scratch.write("p/findings/f.yaml", format!("findings:\n{}", record("F-1", "AP2", "2024-02-01", "class: fully-compliant")));
    let found = json(&scratch, &[]);
    let of = |id: &str| {
        ["floor-days-late", "floor-not-shown", "floor-not-known"].map(|name| factor(&found, id, name).as_i64().unwrap())
    };
    assert_eq!((of("AP1"), of("AP3")), ([0, 0, 2], [0, 0, 0]));
    assert!(of("AP2")[0] > 365, "{found:#}");
    let (_, page, _) = run(&scratch, &[]);
    assert!(page.contains("inspection (uk-300-2008#annex2-7.5): was due on 2025-02-01, last on 2024-02-01"), "{page}");
    assert!(page.contains("whether it applies is not known"), "{page}");
    let results = scratch.path().join("results");
    run(&scratch, &["--output", results.to_str().unwrap()]);
    let table = std::fs::read_to_string(results.join("priority.csv")).unwrap();
    assert!(table.contains(",floor-not-known,") && table.contains("uk-300-2008#annex2-7.5"), "{table}");
}

#[test]
fn why_two_accounts_cannot_be_compared_is_what_reconcile_says() {
    let scratch = Scratch::new("beside-why");
    scratch.write("p/a.yaml", airport("AP1", "2026-03-31", LARGE));
    let cited = ["nasp#culture", "uk-2015-1998#6.3.2.9", "uk-2015-1998#1.3", "eu-2015-1998#11.1.11"];
    let records: String = (0..)
        .zip(cited)
        .map(|(i, p)| record(&format!("F-{i}"), "AP1", "2026-04-01", &format!("class: not-compliant, provision: {p}")))
        .collect();
    scratch.write("p/findings/f.yaml", format!("findings:\n{records}"));
    let found = json(&scratch, &[]);
    let because: Vec<&str> = found["priority"][0]["reconciled"]["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["because"].as_str().unwrap())
        .collect();
    let path = |name: &str| scratch.path().join("p").join(name).to_str().unwrap().to_owned();
    let reconciled = abide(["findings", "reconcile", &path("a.yaml"), "--findings", &path("findings"), "--format", "json"]);
    let reconciled: Value = serde_json::from_str(&stdout(&reconciled)).unwrap();
    let why: Vec<&str> =
        reconciled["entities"][0]["findings"].as_array().unwrap().iter().map(|f| f["why"].as_str().unwrap()).collect();
    assert_eq!(because, why);
    assert_eq!(because[0], "the provision is not public");
}

#[test]
fn nobody_goes_up_for_finding_their_own_faults() {
    let scratch = Scratch::new("beside-own");
    scratch.write("p/a.yaml", airport("AP1", "2026-03-31", LARGE));
    let own =
        "origin: internal-quality-control, class: seriously-deficient, correct-by: 2026-02-10, provision: uk-300-2008#art12.1";
    let records = [record("Q-1", "AP1", "2026-01-05", own), record("Q-2", "AP1", "2026-02-05", own)].concat();
    scratch.write("p/findings/f.yaml", format!("findings:\n{records}"));
    let found = json(&scratch, &[]);
    for name in ["open-serious", "overdue", "repeats", "open-findings"] {
        assert_eq!(factor(&found, "AP1", name), 0, "{name}");
    }
}

#[test]
fn a_folder_too_deep_stops_nothing() {
    let scratch = Scratch::new("beside-deep");
    scratch.write("p/a.yaml", airport("AP1", "2026-03-31", LARGE));
    let deep: String = (0..20).map(|i| format!("d{i}/")).collect();
    scratch.write(&format!("p/{deep}e.yaml"), airport("AP2", "2026-03-31", LARGE));
    let (code, page, _) = run(&scratch, &[]);
    assert_eq!(code, Some(2));
    assert!(page.contains("1 assessed of 2 bundles") && page.contains("too many folders stand inside each other"), "{page}");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_that_is_said() {
    let scratch = Scratch::new("beside-links");
    scratch.write("p/a.yaml", airport("AP1", "2026-03-31", LARGE));
    let outside = scratch.write("outside/b.yaml", airport("AP2", "2026-03-31", LARGE));
    std::os::unix::fs::symlink(&outside, scratch.path().join("p/b.yaml")).unwrap();
    std::os::unix::fs::symlink(scratch.path().join("outside"), scratch.path().join("p/more")).unwrap();
    let (code, page, told) = run(&scratch, &[]);
    assert_eq!(code, Some(0), "{told}");
    assert!(page.contains("1 assessed of 1 bundle") && told.contains("because they are links: b.yaml, more"), "{page}{told}");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_look_the_same_are_two_bundles() {
    use std::os::unix::ffi::OsStrExt;
    let scratch = Scratch::new("beside-names");
    scratch.write("p/a.yaml", airport("AP1", "2026-03-31", LARGE));
    for byte in [0xfeu8, 0xff] {
        let name = [b"x", [byte].as_slice(), b".yaml"].concat();
        std::fs::write(scratch.path().join("p").join(std::ffi::OsStr::from_bytes(&name)), "abide: [").unwrap();
    }
    let found = json(&scratch, &[]);
    assert_eq!((&found["bundles"], &found["assessed"], found["refused"].as_array().unwrap().len()), (&3.into(), &1.into(), 2));
}

#[test]
fn nobody_assessed_by_the_day_is_said() {
    let scratch = Scratch::new("beside-early");
    scratch.write("p/a.yaml", airport("AP1", "2026-03-31", LARGE));
    let (code, _, told) = run(&scratch, &["--as-of", "2020-01-01"]);
    assert_eq!(code, Some(0));
    assert!(told.contains("no entity has an assessment of 2020-01-01 or before"), "{told}");
}
