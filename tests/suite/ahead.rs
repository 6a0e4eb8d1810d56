//! Forecasts: for every day they say what a fresh assessment of that day says; calendars are what RFC 5545 calls one.

use std::collections::BTreeSet;

use abide::assess::{self, Verdict};
use abide::base::Date;
use abide::disclose;
use abide::evidence::{Bundle, ReadOptions, Reader};
use abide::forecast::{Forecast, LawChange, forecast};
use abide::host::DiskFolder;
use abide::library::model::RequirementId;
use abide::library::{Checked, Library};
use abide::policy::{Audience, Policies};
use abide::report::Style;
use abide::report::forecast::{ForecastContext, ForecastFormat};
use serde_json::Value;

use crate::support::{Scratch, abide, built_in, fits_schema, root, stderr, stdout};

const EXAMPLES: [&str; 5] = ["northfield-airport", "westmere-air", "brackwater-cargo", "tern-valley-parts", "larkfield-training"];

fn example(name: &str) -> Bundle {
    let options = ReadOptions::default();
    let folder = DiskFolder::open(&root().join("examples").join(name), options.limits.file_bytes).unwrap();
    Reader::new(built_in()).read(&folder, &options).bundle.unwrap()
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// Every so many days, so that a run stays short; the days on which something changes, and those before them, always.
pub(crate) fn agrees(library: &Checked<Library>, bundle: &Bundle, policies: &Policies, ahead: &Forecast, step: usize) {
    let (first, last) = (ahead.start.date.day_number(), ahead.until.day_number());
    let events: BTreeSet<i32> = ahead.days.iter().map(|d| d.assessment.date.day_number()).collect();
    let wanted =
        |n: &i32| ((n - first) as usize).is_multiple_of(step) || events.contains(n) || events.contains(&(n + 1)) || *n == last;
    for n in (first..=last).filter(wanted) {
        let date = Date::from_day_number(n).unwrap();
        let fresh = assess::assess(library, bundle, date, policies);
        for outcome in &fresh.outcomes {
            let told = ahead.verdict_on(outcome.requirement, date);
            let name = &library.requirement(outcome.requirement).name;
            assert_eq!(told, Some(outcome.verdict), "{name} on {date}");
        }
        // What a day shows is what was found on it.
        for shown in ahead.days.iter().filter(|d| d.assessment.date == date).flat_map(|d| &d.assessment.outcomes) {
            assert_eq!(Some(shown), fresh.outcomes.get(shown.requirement.0 as usize));
        }
    }
}

#[test]
fn forecasts_of_the_examples_agree_with_a_check_of_each_day() {
    let policies = Policies::embedded();
    for name in EXAMPLES {
        let bundle = example(name);
        let from = bundle.assessment_date.unwrap();
        let until = Date::from_day_number(from.day_number() + 60).unwrap();
        let ahead = forecast(built_in(), &bundle, &policies, from, until);
        assert!(ahead.days.iter().any(|d| !d.changes.is_empty()), "{name}: nothing changes in two months");
        agrees(built_in(), &bundle, &policies, &ahead, 9);
        for (id, verdict) in &ahead.end {
            assert_eq!(ahead.verdict_on(*id, until), Some(*verdict));
        }
    }
}

#[test]
fn every_lapse_that_a_check_lists_is_on_its_day() {
    let bundle = example("northfield-airport");
    let (from, until) = (day("2027-01-15"), day("2027-02-28"));
    let ahead = forecast(built_in(), &bundle, &Policies::embedded(), from, until);
    let told: Vec<_> = ahead.days.iter().flat_map(|d| d.lapses.iter().map(|l| (d.assessment.date, l.clone()))).collect();
    let listed: Vec<_> = ahead.start.lapses.iter().filter(|l| l.on <= until).map(|l| (l.on, l.clone())).collect();
    assert!(!told.is_empty());
    assert_eq!(told, listed);
}

const RULES: &str = r#"vocabulary entity-kind { airport "Airport operator" }

component security-education "Security education" { number 1 }

instrument law "A law" { kind law extent uk citation "Law" }

provision law#1 "Ends" {
  binds    all
  duty     must
  basis    read
  version  from 2020-01-01 until 2027-01-01 { summary "Old." }
  supports security-education
}

provision law#2 "Changes" {
  binds    all
  duty     must
  basis    read
  version  from 2020-01-01 until 2026-12-20 { summary "Before." }
  version  from 2026-12-20 { summary "After." }
  supports security-education
}

parameter interval : period { 6 months from 2020-01-01 until 2026-12-10 by law#2
  1 year from 2026-12-10 by law#2 }

evidence person "Person" { name text? proves present }

evidence audit "Audit" { date date good-until date? proves operating lapses on good-until }

requirement ends "Asked until the law ends" {
  discharges law#1
  shows      security-education operating
  decided by machine
  severity   major
  applies to all
  expect done "an audit of this year" { some audit as a where a.date after 2026-12-31 }
}

requirement eases "Asked less often later" {
  discharges law#2
  shows      security-education operating
  decided by machine
  severity   critical
  applies to all
  expect done "an audit within the interval" { some audit as a where a.date within interval before assessment }
}
"#;

const BUNDLE: &str = "abide: 1\nentity: { id: E1, name: \"Example, Ltd; é\", kind: airport }\nassessment-date: 2026-11-23\nevidence:\n  - { id: A1, kind: audit, facts: { date: 2026-06-01, good-until: 2026-12-24 } }\n";

fn made(name: &str) -> Scratch {
    let scratch = Scratch::new(name);
    scratch.write("rules.abide", RULES);
    scratch.write("bundle.yaml", BUNDLE);
    scratch
}

fn ahead(scratch: &Scratch, until: &str, more: &[&str]) -> std::process::Output {
    let path = |name: &str| scratch.path().join(name).to_str().unwrap().to_owned();
    let (bundle, rules) = (path("bundle.yaml"), path("rules.abide"));
    abide(["forecast", &bundle, "--library", &rules, "--until", until].iter().chain(more))
}

#[test]
fn falls_recoveries_lapses_and_law_are_told_on_their_days() {
    let scratch = made("ahead");
    let output = ahead(&scratch, "2027-06-30", &["--format", "concise"]);
    let said = stdout(&output);
    let lines: Vec<Vec<&str>> = said.lines().map(|l| l.split('\t').take(5).collect()).collect();
    let expected = [
        // The last day is 1 December; from 10 December the interval is a year.
        ["2026-12-02", "worse", "eases", "met", "not met (stale)"],
        ["2026-12-10", "better", "eases", "not met (stale)", "met"],
        ["2026-12-10", "law", "interval", "-", "-"],
        ["2026-12-20", "law", "law#2", "-", "-"],
        ["2026-12-25", "lapses", "audit A1", "-", "-"],
        ["2027-01-01", "better", "ends", "not met (insufficient)", "not applicable"],
        ["2027-01-01", "law", "law#1", "-", "-"],
        ["2027-06-02", "worse", "eases", "met", "not met (stale)"],
    ];
    let found: Vec<_> = lines.iter().map(|l| l.as_slice()).filter(|l| l.len() == 5).collect();
    assert_eq!(found, expected.iter().map(|l| l.as_slice()).collect::<Vec<_>>(), "{said}{}", stderr(&output));
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("`interval` becomes 1 year; it was 6 months"), "{said}");
    assert!(said.contains("reads differently from this day on") && said.contains("is in force no longer"), "{said}");
    // Up to a day before anything falls, all is well; nothing is said of nothing.
    let quiet = ahead(&scratch, "2026-11-30", &[]);
    assert_eq!(quiet.status.code(), Some(0));
    assert!(stdout(&quiet).contains("nothing lapses and no verdict changes"), "{}", stdout(&quiet));
}

#[test]
fn only_narrows_a_forecast() {
    let scratch = made("ahead-only");
    let said = stdout(&ahead(&scratch, "2027-06-30", &["--format", "concise", "--only", "ends"]));
    assert!(said.contains("\tends\t") && !said.contains("\teases\t") && !said.contains("interval"), "{said}");
}

#[test]
fn with_the_plan_carried_out_the_days_are_those_of_the_bundle_as_it_would_be() {
    let (library, policies) = (built_in(), Policies::embedded());
    let bundle = example("northfield-airport");
    let (from, until) = (day("2026-11-23"), day("2026-12-31"));
    let plan = abide::plan::propose(library, &bundle, from, &policies, &abide::plan::Options::default());
    let planned = abide::plan::apply(library, &bundle, &policies, &plan).unwrap();
    let wanted = forecast(library, &planned, &policies, from, until);
    let gaps = |f: &Forecast| f.start.outcomes.iter().filter(|o| matches!(o.verdict, Verdict::NotMet(_))).count();
    assert!(gaps(&wanted) < gaps(&forecast(library, &bundle, &policies, from, until)));
    agrees(library, &planned, &policies, &wanted, 7);
    let run = |format: &str| {
        stdout(&abide([
            "forecast",
            "examples/northfield-airport",
            "--until",
            "2026-12-31",
            "--assume",
            "plan",
            "--format",
            format,
        ]))
    };
    let json: Value = serde_json::from_str(&run("json")).unwrap();
    fits_schema("forecast", &json);
    assert!(json["assumed"].as_str().unwrap().contains("all that `abide plan` proposes"), "{json}");
    assert_eq!(json["days"].as_array().unwrap().len(), wanted.days.len());
    for format in ["terminal", "concise", "markdown"] {
        assert!(run(format).contains("ssumed"), "{format}");
    }
    assert!(run("ics").contains("if the plan is carried out"));
}

#[test]
fn what_is_assumed_is_for_the_entity_itself() {
    for more in [["--audience", "inspector"], ["--known-at", "2026-11-01"]] {
        let arguments = ["forecast", "examples/northfield-airport", "--until", "2026-12-31", "--assume", "plan"];
        assert_eq!(abide(arguments.iter().chain(&more)).status.code(), Some(2), "{more:?}");
    }
}

#[test]
fn looking_back_or_too_far_is_a_usage_error() {
    let scratch = made("ahead-usage");
    for until in ["2026-11-23", "2020-01-01", "2040-01-01", "soon"] {
        let output = ahead(&scratch, until, &[]);
        assert_eq!(output.status.code(), Some(2), "{until}");
        assert!(stderr(&output).contains("--until"), "{}", stderr(&output));
    }
    assert_eq!(ahead(&scratch, "2027-01-01", &["--format", "html"]).status.code(), Some(2));
}

#[test]
fn a_calendar_is_one_for_other_programs_too() {
    let scratch = made("ahead-ics");
    let output = ahead(&scratch, "2027-06-30", &["--format", "ics"]);
    let text = stdout(&output);
    assert_eq!(text, stdout(&ahead(&scratch, "2027-06-30", &["--format", "ics"])), "the same bytes each time");
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "every line ends with CRLF");
    let events = events(&text);
    assert_eq!(events.len(), 9, "{text}");
    let uids: BTreeSet<&str> = events.iter().map(|e| e.get("UID")).collect();
    assert_eq!(uids.len(), events.len(), "no UID is there twice");
    for event in &events {
        assert_eq!(event.get("DTSTAMP"), "20261123T000000Z");
        assert!(event.get("DTSTART;VALUE=DATE").len() == 8, "{event:?}");
    }
    assert!(text.contains("Example\\, Ltd\\; é"), "{text}");
    // A lapse that moves keeps its name; one day more changes nothing else.
    scratch.write("bundle.yaml", BUNDLE.replace("2026-12-24", "2027-02-01"));
    let moved = stdout(&ahead(&scratch, "2027-06-30", &["--format", "ics"]));
    let lapse = |text: &str| {
        self::events(text)
            .iter()
            .find(|e| e.get("SUMMARY") == "lapses: audit A1")
            .map(|e| (e.get("UID").to_owned(), e.get("DTSTART;VALUE=DATE").to_owned()))
            .unwrap()
    };
    assert_eq!(lapse(&text).0, lapse(&moved).0);
    assert_eq!((lapse(&text).1.as_str(), lapse(&moved).1.as_str()), ("20261225", "20270202"));
}

/// The properties of an event, unfolded.
#[derive(Debug)]
struct Event(Vec<(String, String)>);

impl Event {
    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }
}

fn events(calendar: &str) -> Vec<Event> {
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75), "a line is too long");
    let unfolded = calendar.replace("\r\n ", "");
    let mut lines = unfolded.split("\r\n");
    assert_eq!(lines.next(), Some("BEGIN:VCALENDAR"));
    let (mut found, mut open) = (Vec::new(), None);
    for line in lines.filter(|l| !l.is_empty()) {
        match (line, &mut open) {
            ("BEGIN:VEVENT", None) => open = Some(Vec::new()),
            ("END:VEVENT", Some(_)) => found.extend(open.take().map(Event)),
            (line, Some(event)) => event.push(line.split_once(':').map(|(n, v)| (n.to_owned(), v.to_owned())).unwrap()),
            (_, None) => {}
        }
    }
    assert!(open.is_none());
    found
}

#[test]
fn law_changes_concern_what_they_may_concern() {
    let bundle = example("northfield-airport");
    let ahead = forecast(built_in(), &bundle, &Policies::embedded(), day("2027-03-15"), day("2027-04-15"));
    let law: Vec<_> = ahead.days.iter().flat_map(|d| &d.law).collect();
    assert!(law.iter().any(|l| matches!(l.what, LawChange::Value(_))), "a number of the Act changes each April");
    assert!(law.iter().all(|l| !matches!(l.what, LawChange::Value(_)) || !l.requirements.is_empty()));
}

#[test]
fn an_audience_sees_no_more_of_a_forecast_than_of_a_check() {
    let (library, bundle, policies) = (built_in(), example("northfield-airport"), Policies::embedded());
    let (from, until) = (day("2026-11-23"), day("2027-01-31"));
    let whole = forecast(library, &bundle, &policies, from, until);
    for audience in Audience::ALL {
        let disclosure = policies.disclosure(library, &bundle, audience);
        let view = disclose::disclose(library, &bundle, &whole.start, &disclosure);
        let mut seen = whole.clone();
        let kept = seen.disclose(library, &bundle, &view, &disclosure);
        let count =
            |f: &Forecast| f.days.iter().map(|d| (d.changes.len(), d.lapses.len())).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
        let (all, left) = (count(&whole), count(&seen));
        assert_eq!((left.0 + kept.changes as usize, left.1 + kept.lapses as usize), all, "{}", audience.name);
        let shown: BTreeSet<RequirementId> = view.assessment.outcomes.iter().map(|o| o.requirement).collect();
        assert!(seen.days.iter().flat_map(|d| &d.changes).all(|c| shown.contains(&c.requirement)));
        for format in ForecastFormat::ALL {
            let context = ForecastContext {
                library,
                bundle: &view.bundle,
                forecast: &seen,
                fingerprint: "",
                withheld: Some((&view.withheld, kept)),
                assumed: None,
                style: Style::default(),
            };
            let text = String::from_utf8(format.render(&context)).unwrap();
            // Ids of items that are withheld from this audience.
            for (kind, rows) in (0u32..).zip(&disclosure.items) {
                for (row, _) in (0u32..).zip(rows).filter(|(_, s)| !s.item) {
                    let id = bundle.item_id(abide::library::model::KindId(kind), row);
                    let words: BTreeSet<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '.').collect();
                    assert!(!words.contains(id), "{} {}: {id}", audience.name, format.name);
                }
            }
        }
    }
}

#[test]
fn json_tells_what_the_terminal_tells() {
    let scratch = made("ahead-json");
    let json: Value = serde_json::from_str(&stdout(&ahead(&scratch, "2027-06-30", &["--format", "json"]))).unwrap();
    assert_eq!(json["format"], "abide-forecast");
    assert_eq!(json["counts"]["first_day"]["not_met"], 1);
    let on = |date: &str| json["days"].as_array().unwrap().iter().find(|d| d["on"] == date).cloned().unwrap();
    let fall = &on("2026-12-02")["changes"][0];
    assert_eq!((fall["turn"].as_str(), fall["after"]["reason"].as_str()), (Some("worse"), Some("stale")));
    assert_eq!(fall["places"][0]["item"], "A1");
    assert_eq!(on("2026-12-10")["changes"][0]["with"][0], "`interval` becomes 1 year; it was 6 months");
    assert_eq!(
        Verdict::parse("not met", Some("stale")),
        Verdict::parse(fall["after"]["verdict"].as_str().unwrap(), Some("stale"))
    );
}

#[test]
fn on_a_narrow_screen_the_counts_stand_below_each_other() {
    let said =
        |width: &str| stdout(&abide(["forecast", "examples/northfield-airport", "--until", "2026-12-06", "--width", width]));
    let narrow = said("60");
    let table: Vec<&str> =
        narrow.lines().skip_while(|l| !l.ends_with("2026-11-23  2026-12-06")).take_while(|l| !l.is_empty()).collect();
    assert!(table.len() > 3 && table.iter().all(|l| l.chars().count() <= 60), "{narrow}");
    let wide = said("160");
    assert!(!wide.contains("2026-11-23  2026-12-06") && wide.lines().any(|l| l.starts_with("  2026-12-06  ")), "{wide}");
}
