//! OSCAL: the official schemas, every reference, identifiers that keep.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{Made, against, airport, airport_bundle, for_audience, hostile, objects, schemas, with};
use crate::support::built_in;

const RESULTS: [&str; 3] = [
    "oscal/oscal_assessment-results_schema.json",
    "oscal/oscal_complete_schema_1.2.1.json",
    "oscal/oscal_complete_schema_1.2.3.json",
];
const PLAN: [&str; 3] =
    ["oscal/oscal_poam_schema.json", "oscal/oscal_complete_schema_1.2.1.json", "oscal/oscal_complete_schema_1.2.3.json"];

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// What is wrong with a document that no schema sees: identifiers used twice, references that lead nowhere, states that do not fit.
fn problems(document: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut named: BTreeMap<String, String> = BTreeMap::new();
    objects(document, "", &mut |path, object| {
        if let Some(uuid) = object.get("uuid").and_then(Value::as_str)
            && let Some(other) = named.insert(uuid.to_owned(), path.to_owned())
        {
            wrong.push(format!("{path} and {other} have one identifier"));
        }
    });
    let resources: BTreeSet<&String> =
        named.iter().filter(|(_, path)| path.contains("/back-matter/")).map(|(id, _)| id).collect();
    let mut objectives = BTreeSet::new();
    objects(document, "", &mut |_, object| {
        objectives.extend(object.get("objective-id").and_then(Value::as_str));
    });
    let of_results = document.get("assessment-results").is_some();
    objects(document, "", &mut |path, object| {
        for (key, value) in object.iter().filter(|(key, _)| key.ends_with("-uuid")) {
            if !value.as_str().is_some_and(|id| named.contains_key(id)) {
                wrong.push(format!("{path}/{key} leads nowhere: {value}"));
            }
        }
        if let Some(href) = object.get("href").and_then(Value::as_str) {
            let leads = href.strip_prefix('#').is_none_or(|id| resources.contains(&id.to_owned()));
            if !leads || href.is_empty() || href.contains(' ') {
                wrong.push(format!("{path}/href leads nowhere: {href}"));
            }
        }
        if let Some(target) = object.get("target-id").and_then(Value::as_str)
            && of_results
            && !objectives.contains(target)
        {
            wrong.push(format!("{path}: {target} was not reviewed"));
        }
        if let Some(status) = object.get("status").filter(|s| s.get("reason").is_some()) {
            let fits = (status["state"] == "satisfied") == (status["reason"] == "pass");
            if !fits {
                wrong.push(format!("{path}: {status}"));
            }
        }
    });
    wrong
}

#[test]
fn documents_are_valid_and_every_reference_leads_somewhere() {
    for (format, files) in [("oscal", RESULTS), ("oscal-poam", PLAN)] {
        let schemas = schemas(&files);
        let texts = [
            ("the airport", airport().written(format)),
            ("hostile texts", hostile().written(format)),
            ("an inspector", for_audience(airport(), "inspector", format)),
            ("the public", for_audience(airport(), "public", format)),
        ];
        for (what, text) in texts {
            let document = parsed(&text);
            assert_eq!(problems(&document), Vec::<String>::new(), "{format}: {what}");
            assert_eq!(against(&schemas, &document), Vec::<String>::new(), "{format}: {what}");
        }
    }
}

/// By requirement: state and reason of its finding.
fn findings(document: &Value) -> BTreeMap<String, (String, String)> {
    let all = document["assessment-results"]["results"][0]["findings"].as_array().unwrap();
    let targets = all.iter().map(|f| &f["target"]);
    let word = |value: &'_ Value| value.as_str().map(str::to_owned).unwrap();
    targets.map(|t| (word(&t["target-id"]), (word(&t["status"]["state"]), word(&t["status"]["reason"])))).collect()
}

#[test]
fn every_verdict_is_a_finding_and_every_gap_a_risk() {
    let document = parsed(&airport().written("oscal"));
    let found = findings(&document);
    let mut gaps = 0;
    for outcome in &airport().assessment.outcomes {
        let name = built_in().requirement(outcome.requirement).name.as_str();
        let wanted = match outcome.verdict.words() {
            "met" => Some(("satisfied", "pass")),
            "not met" => Some(("not-satisfied", "fail")),
            "not confirmed" | "needs judgement" => Some(("not-satisfied", "other")),
            _ => None,
        };
        gaps += usize::from(wanted.is_some_and(|w| w.0 == "not-satisfied"));
        assert_eq!(found.get(name).map(|(state, reason)| (state.as_str(), reason.as_str())), wanted, "{name}");
    }
    let result = &document["assessment-results"]["results"][0];
    assert_eq!(result["risks"].as_array().unwrap().len(), gaps);
    assert_eq!(result["observations"].as_array().unwrap().len(), airport().assessment.outcomes.len());
    let plan = parsed(&airport().written("oscal-poam"));
    let items = plan["plan-of-action-and-milestones"]["poam-items"].as_array().unwrap();
    assert_eq!(items.len(), gaps);
    let first = airport().assessment.gaps(built_in())[0].requirement;
    let title = &built_in().requirement(first).title;
    assert!(items[0]["title"].as_str().unwrap().ends_with(title.as_str()), "those that matter most first: {}", items[0]["title"]);
}

#[test]
fn a_stale_record_is_evidence_with_its_file_and_remedy() {
    let document = parsed(&airport().written("oscal"));
    let result = &document["assessment-results"]["results"][0];
    let of = |part: &str| {
        let all = result[part].as_array().unwrap();
        all.iter().find(|o| o["props"].as_array().unwrap().iter().any(|p| p["value"] == "awareness-training")).unwrap().clone()
    };
    let observation = of("observations");
    let evidence = &observation["relevant-evidence"][0];
    let resource = evidence["href"].as_str().unwrap().strip_prefix('#').unwrap();
    let resources = document["assessment-results"]["back-matter"]["resources"].as_array().unwrap();
    let file = resources.iter().find(|r| r["uuid"] == resource).unwrap();
    assert_eq!(file["rlinks"][0]["href"], "tables/training-records.csv");
    assert_eq!(of("risks")["remediations"][0]["lifecycle"], "recommendation");
    assert_eq!(observation["collected"], "2026-11-23T00:00:00Z");
    let interview = parsed(&hostile().written("oscal"));
    let methods: BTreeSet<String> = interview["assessment-results"]["results"][0]["observations"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|o| o["methods"].as_array().unwrap())
        .map(|m| m.as_str().unwrap().to_owned())
        .collect();
    assert_eq!(methods, BTreeSet::from(["EXAMINE".to_owned(), "INTERVIEW".to_owned()]));
}

#[test]
fn identifiers_keep_from_day_to_day_and_the_documents_own_does_not() {
    let later = Made::of(airport_bundle(), "2026-11-24");
    let ids = |text: &str, part: &str| -> BTreeSet<String> {
        let document = parsed(text);
        let all = document["assessment-results"]["results"][0][part].as_array().unwrap().clone();
        all.iter().map(|o| o["uuid"].as_str().unwrap().to_owned()).collect()
    };
    let (one, other) = (airport().written("oscal"), later.written("oscal"));
    assert_eq!(ids(&one, "observations"), ids(&other, "observations"));
    assert!(ids(&one, "findings").intersection(&ids(&other, "findings")).count() > 200);
    assert_ne!(parsed(&one)["assessment-results"]["uuid"], parsed(&other)["assessment-results"]["uuid"]);
    // What results and plan both name is the same thing.
    let plan = parsed(&airport().written("oscal-poam"));
    let risks = plan["plan-of-action-and-milestones"]["risks"].as_array().unwrap().clone();
    let named: BTreeSet<String> = risks.iter().map(|r| r["uuid"].as_str().unwrap().to_owned()).collect();
    assert_eq!(named, ids(&one, "risks"));
}

/// A schema or a check that takes everything would prove nothing.
#[test]
fn planted_errors_are_found() {
    let document = parsed(&airport().written("oscal"));
    let plan = parsed(&airport().written("oscal-poam"));
    let results = |change: fn(&mut Value)| with(&document, |d| change(&mut d["assessment-results"]));
    let items = |change: fn(&mut Value)| with(&plan, |d| change(&mut d["plan-of-action-and-milestones"]));
    let by_ourselves = [
        results(|r| r["import-ap"]["href"] = json!("#00000000-0000-4000-8000-000000000000")),
        results(|r| {
            r["results"][0]["findings"][0]["related-observations"][0]["observation-uuid"] =
                json!("00000000-0000-4000-8000-000000000000")
        }),
        results(|r| r["results"][0]["observations"][1]["uuid"] = r["results"][0]["observations"][0]["uuid"].clone()),
        results(|r| r["results"][0]["findings"][0]["target"]["target-id"] = json!("nobody-reviewed-this")),
        results(|r| drop(r["back-matter"]["resources"].as_array_mut().unwrap().pop())),
        items(|p| p["poam-items"][0]["related-risks"][0]["risk-uuid"] = json!("00000000-0000-4000-8000-000000000000")),
    ];
    for (i, broken) in by_ourselves.iter().enumerate() {
        assert!(!problems(broken).is_empty(), "error {i} is not found");
    }
    let by_schema = [
        (false, results(|r| drop(r["metadata"].as_object_mut().unwrap().remove("last-modified")))),
        (false, results(|r| drop(r.as_object_mut().unwrap().remove("import-ap")))),
        (false, results(|r| r["results"][0]["start"] = json!("2026-11-23"))),
        (false, results(|r| r["results"][0]["findings"][0]["target"]["status"]["state"] = json!("partly-satisfied"))),
        (false, results(|r| r["results"][0]["observations"][0]["uuid"] = json!("not-a-uuid"))),
        (
            false,
            results(|r| {
                r["results"][0]["reviewed-controls"]["control-selections"][0]["include-controls"][0]["control-id"] = json!("a#b")
            }),
        ),
        (false, results(|r| r["results"][0]["verdict"] = json!("met"))),
        (true, items(|p| p["poam-items"] = json!([]))),
        (true, items(|p| drop(p["risks"][0].as_object_mut().unwrap().remove("statement")))),
        (true, items(|p| p["poam-items"][0]["title"] = json!("two\nlines"))),
    ];
    let (of_results, of_plan) = (schemas(&RESULTS), schemas(&PLAN));
    for (i, (is_plan, broken)) in by_schema.iter().enumerate() {
        let (schemas, files) = if *is_plan { (&of_plan, PLAN) } else { (&of_results, RESULTS) };
        for (schema, file) in schemas.iter().zip(files) {
            assert!(!schema.is_valid(broken), "error {i} is not found by {file}");
        }
    }
}
