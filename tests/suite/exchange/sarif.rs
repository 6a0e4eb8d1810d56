//! SARIF: the official schema, another maker's types, and every index and identifier.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{against, airport, for_audience, hostile, objects, schemas, with};
use crate::support::built_in;

const SCHEMA: [&str; 1] = ["sarif/sarif-schema-2.1.0.oasis-main.json"];

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// What is wrong with a log that no schema sees.
fn problems(log: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    if let Err(e) = serde_json::from_value::<serde_sarif::sarif::Sarif>(log.clone()) {
        wrong.push(format!("another reader: {e}"));
    }
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    let index = |of: &Value| usize::try_from(of["index"].as_u64().unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
    for result in run["results"].as_array().unwrap() {
        let id = &result["ruleId"];
        let at = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        if driver["rules"][at]["id"] != *id {
            wrong.push(format!("{id}: its rule is not at {at}"));
        }
        if result["message"]["text"].as_str().is_none_or(str::is_empty) {
            wrong.push(format!("{id}: no message"));
        }
        if result["kind"] != "fail" && result["level"] != "none" {
            wrong.push(format!("{id}: a level without a failure"));
        }
        if result["locations"].as_array().is_none_or(Vec::is_empty) {
            wrong.push(format!("{id}: nowhere"));
        }
        let related: Vec<&Value> = result["relatedLocations"].as_array().into_iter().flatten().map(|l| &l["id"]).collect();
        if related.iter().map(|id| id.to_string()).collect::<BTreeSet<_>>().len() != related.len() {
            wrong.push(format!("{id}: two related locations of one id"));
        }
    }
    let prints: Vec<_> = run["results"].as_array().unwrap().iter().map(|r| r["partialFingerprints"].to_string()).collect();
    if prints.iter().collect::<BTreeSet<_>>().len() != prints.len() {
        wrong.push("two results of one fingerprint".to_owned());
    }
    objects(log, "", &mut |path, object| {
        if let (Some(uri), Some(base)) =
            (object.get("uri").and_then(Value::as_str), object.get("uriBaseId").and_then(Value::as_str))
        {
            if run["originalUriBaseIds"].get(base).is_none() {
                wrong.push(format!("{path}: no base {base}"));
            }
            let plain = uri.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~/%".contains(&b));
            if !plain || uri.starts_with('/') || uri.split('/').any(|part| part == "..") {
                wrong.push(format!("{path}: {uri} is no relative address"));
            }
        }
        if let Some(target) = object.get("target") {
            let taxonomy = &run["taxonomies"][index(&target["toolComponent"])];
            if taxonomy["taxa"][index(target)]["id"] != target["id"] || taxonomy["name"] != target["toolComponent"]["name"] {
                wrong.push(format!("{path}: leads to no taxon"));
            }
        }
        if let Some(descriptor) = object.get("descriptor")
            && driver["notifications"][index(descriptor)]["id"] != descriptor["id"]
        {
            wrong.push(format!("{path}: leads to no notification"));
        }
        if let (Some(start), Some(end)) = (object.get("startLine"), object.get("endLine")) {
            let place = |line: &Value, column: &str| (line.as_u64(), object.get(column).and_then(Value::as_u64));
            if place(start, "startColumn") > place(end, "endColumn") || place(start, "startColumn").1 < Some(1) {
                wrong.push(format!("{path}: ends before it starts"));
            }
        }
    });
    wrong
}

#[test]
fn logs_are_valid_and_every_reference_leads_somewhere() {
    let schemas = schemas(&SCHEMA);
    let texts = [
        ("the airport", airport().written("sarif")),
        ("hostile texts", hostile().written("sarif")),
        ("an inspector", for_audience(airport(), "inspector", "sarif")),
        ("the public", for_audience(airport(), "public", "sarif")),
    ];
    for (what, text) in texts {
        let log = parsed(&text);
        assert_eq!(problems(&log), Vec::<String>::new(), "{what}");
        assert_eq!(against(&schemas, &log), Vec::<String>::new(), "{what}");
    }
}

#[test]
fn there_is_one_result_for_each_verdict_of_the_right_kind() {
    let log = parsed(&airport().written("sarif"));
    let results = log["runs"][0]["results"].as_array().unwrap();
    let outcomes = &airport().assessment.outcomes;
    assert_eq!(results.len(), outcomes.len());
    let mut seen = BTreeSet::new();
    for (result, outcome) in results.iter().zip(outcomes) {
        let requirement = built_in().requirement(outcome.requirement);
        assert_eq!(result["ruleId"], json!(requirement.name));
        let wanted = match outcome.verdict.words() {
            "met" => "pass",
            "not met" => "fail",
            "not confirmed" => "open",
            "needs judgement" | "sealed" => "review",
            _ => "notApplicable",
        };
        assert_eq!(result["kind"], wanted, "{}", requirement.name);
        seen.insert(wanted);
    }
    assert_eq!(seen.len(), 5, "the airport has one of each: {seen:?}");
    assert_eq!(log["runs"][0]["invocations"][0]["exitCode"], 1);
}

#[test]
fn a_gap_is_at_both_ends() {
    let log = parsed(&airport().written("sarif"));
    let results = log["runs"][0]["results"].as_array().unwrap();
    let gap = results.iter().find(|r| r["ruleId"] == "awareness-training").unwrap();
    let end = &gap["locations"][0]["physicalLocation"];
    assert_eq!(end["artifactLocation"], json!({ "uri": "tables/training-records.csv", "uriBaseId": "BUNDLE" }));
    assert_eq!(end["region"]["snippet"]["text"], "16/06/2021");
    assert_eq!(
        (&end["region"]["startLine"], &end["region"]["startColumn"], &end["region"]["endColumn"]),
        (&json!(31), &json!(23), &json!(33))
    );
    let rule = &gap["relatedLocations"][0]["physicalLocation"];
    assert_eq!(
        rule["artifactLocation"],
        json!({ "uri": "regulations/requirements/security-education/awareness.abide", "uriBaseId": "RULES" })
    );
    for result in results.iter().filter(|r| ["fail", "open", "review"].contains(&r["kind"].as_str().unwrap())) {
        let bases: BTreeSet<&str> = ["locations", "relatedLocations"]
            .iter()
            .flat_map(|key| result[key].as_array().into_iter().flatten())
            .filter_map(|l| l["physicalLocation"]["artifactLocation"]["uriBaseId"].as_str())
            .collect();
        assert_eq!(bases, BTreeSet::from(["BUNDLE", "RULES"]), "{}", result["ruleId"]);
    }
}

#[test]
fn addresses_are_encoded_and_links_are_texts() {
    let text = hostile().written("sarif");
    assert!(text.contains("my%20files/%C3%BC%20%5B1%5D%20%232%20100%25.json"), "the file name is encoded");
    objects(&parsed(&text), "", &mut |path, object| {
        if let Some(said) = object.get("text").and_then(Value::as_str).filter(|_| path.ends_with("message")) {
            assert!(!said.contains("[x](") && !said.replace("{{", "").contains("{0}"), "{path}: {said}");
        }
    });
}

/// A schema or a reader that takes everything would prove nothing.
#[test]
fn planted_errors_are_found() {
    let log = parsed(&airport().written("sarif"));
    let run = |change: fn(&mut Value)| with(&log, |log| change(&mut log["runs"][0]));
    let by_ourselves = [
        run(|r| r["results"][0]["ruleIndex"] = json!(1)),
        run(|r| r["results"][0]["message"]["text"] = json!("")),
        run(|r| r["results"][1]["partialFingerprints"] = r["results"][0]["partialFingerprints"].clone()),
        run(|r| r["tool"]["driver"]["rules"][0]["relationships"][0]["target"]["index"] = json!(9_999)),
        run(|r| r["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uriBaseId"] = json!("ELSEWHERE")),
        run(|r| r["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] = json!("a b.json")),
        run(|r| r["results"][0]["message"] = json!(7)),
    ];
    for (i, broken) in by_ourselves.iter().enumerate() {
        assert!(!problems(broken).is_empty(), "error {i} is not found");
    }
    let schemas = schemas(&SCHEMA);
    let by_schema = [
        with(&log, |l| drop(l.as_object_mut().unwrap().remove("version"))),
        run(|r| drop(r["tool"]["driver"].as_object_mut().unwrap().remove("name"))),
        run(|r| r["results"][0]["kind"] = json!("passed")),
        run(|r| r["results"][0]["level"] = json!("fatal")),
        run(|r| drop(r["results"][0].as_object_mut().unwrap().remove("message"))),
        run(|r| r["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = json!(0)),
        run(|r| r["tool"]["driver"]["rules"][0]["helpUri"] = json!("not an address")),
    ];
    for (i, broken) in by_schema.iter().enumerate() {
        assert!(schemas.is_empty() || !against(&schemas, broken).is_empty(), "error {i} is not found");
    }
}
