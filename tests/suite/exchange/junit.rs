//! JUnit XML: read by another maker's reader, every number right, nothing green that is not met.

use std::collections::BTreeMap;

use junit_parser::{TestCase, TestStatus, TestSuites};

use super::{airport, for_audience, hostile};
use crate::support::built_in;

fn read(text: &str) -> Result<TestSuites, String> {
    junit_parser::from_reader(text.as_bytes()).map_err(|e| e.to_string())
}

fn status(case: &TestCase) -> &'static str {
    match case.status {
        TestStatus::Success => "passed",
        TestStatus::Error(_) => "error",
        TestStatus::Failure(_) => "failure",
        TestStatus::Skipped(_) => "skipped",
    }
}

/// What is wrong with a report.
fn problems(text: &str) -> Vec<String> {
    let suites = match read(text) {
        Ok(suites) => suites.suites,
        Err(e) => return vec![e],
    };
    let mut wrong = Vec::new();
    let legal = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    wrong.extend(text.chars().find(|c| !legal(*c)).map(|c| format!("{c:?} is no character of XML 1.0")));
    let mut names: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (suite, id) in suites.iter().zip(0..) {
        let count = |of: &str| suite.cases.iter().filter(|c| status(c) == of).count() as u64;
        let said = (suite.tests, suite.errors, suite.failures, suite.skipped);
        if said != (suite.cases.len() as u64, count("error"), count("failure"), count("skipped")) {
            wrong.push(format!("{}: says {said:?}", suite.name));
        }
        if suite.id.as_deref() != Some(format!("{id}").as_str()) || suite.timestamp.is_none() || suite.hostname.is_none() {
            wrong.push(format!("{}: an attribute is missing", suite.name));
        }
        for case in &suite.cases {
            *names.entry((case.classname.clone().unwrap_or_default(), case.original_name.clone())).or_default() += 1;
        }
    }
    wrong.extend(names.into_iter().filter(|(_, n)| *n > 1).map(|(name, _)| format!("{name:?} is there twice")));
    if suites.iter().all(|s| s.cases.is_empty()) {
        wrong.push("no test at all".to_owned());
    }
    wrong
}

#[test]
fn reports_are_read_and_their_numbers_are_right() {
    let texts = [
        ("the airport", airport().written("junit")),
        ("hostile texts", hostile().written("junit")),
        ("an inspector", for_audience(airport(), "inspector", "junit")),
        ("the public", for_audience(airport(), "public", "junit")),
    ];
    for (what, text) in texts {
        assert_eq!(problems(&text), Vec::<String>::new(), "{what}");
    }
}

#[test]
fn only_what_is_met_is_green() {
    let suites = read(&airport().written("junit")).unwrap();
    let cases: BTreeMap<String, &TestCase> =
        suites.suites.iter().flat_map(|s| &s.cases).map(|c| (c.original_name.clone(), c)).collect();
    let outcomes = &airport().assessment.outcomes;
    assert_eq!(cases.len(), outcomes.len(), "a case for each requirement");
    for outcome in outcomes {
        let name = &built_in().requirement(outcome.requirement).name;
        let case = cases[name];
        let wanted = match outcome.verdict.words() {
            "met" => "passed",
            "not met" => "failure",
            "not confirmed" | "needs judgement" => "error",
            _ => "skipped",
        };
        assert_eq!(status(case), wanted, "{name}");
    }
    let TestStatus::Failure(stale) = &cases["awareness-training"].status else { panic!("it fails") };
    assert_eq!(stale.failure_type, "not met (stale)");
    assert!(stale.message.contains("Felix Tamsin"), "{}", stale.message);
    assert!(stale.text.contains("tables/training-records.csv:31:23"), "{}", stale.text);
    assert!(stale.text.contains("To do: Train Felix Tamsin"), "{}", stale.text);
}

/// Whoever sees less must not see a better result.
#[test]
fn withheld_verdicts_fail_as_they_would() {
    let suites = read(&for_audience(airport(), "public", "junit")).unwrap().suites;
    let cases: Vec<&TestCase> = suites.iter().flat_map(|s| &s.cases).collect();
    assert_eq!(cases.len(), 1);
    assert_eq!((cases[0].original_name.as_str(), status(cases[0])), ("withheld-verdicts", "failure"));
}

#[test]
fn hostile_texts_stay_texts() {
    let written = hostile().written("junit");
    let suites = read(&written).unwrap();
    let case = suites.suites.iter().flat_map(|s| &s.cases).find(|c| c.original_name == "awareness-training").unwrap();
    let TestStatus::Failure(said) = &case.status else { panic!("it fails") };
    assert!(said.message.contains("</testcase> ]]> & \" [x](javascript:1)"), "{}", said.message);
    // This reader leaves entities out of texts, so the text is looked at as it is written.
    let text = "&lt;/testcase&gt; ]]&gt; &amp;";
    assert!(said.text.contains("javascript:1") && written.matches(text).count() > 2, "{}", said.text);
    assert!(!written.contains("]]>"), "the end of a section of raw text, in the middle of one");
}

#[test]
fn planted_errors_are_found() {
    let text = airport().written("junit");
    let broken = [
        text.replacen(" tests=\"", " tests=\"1", 1),
        text.replacen("</testcase>", "", 1),
        text.replacen(" failures=\"", " failures=\"9", 1),
        text.replacen(" hostname=\"localhost\"", "", 1),
        text.replacen("message=\"", "message=\"\u{1}", 1),
        text.replacen("<failure ", "<passed ", 1).replacen("</failure>", "</passed>", 1),
        "<testsuites></testsuites>".to_owned(),
    ];
    for (i, broken) in broken.iter().enumerate() {
        assert_ne!(*broken, text, "error {i} was not planted");
        assert!(!problems(broken).is_empty(), "error {i} is not found");
    }
}
