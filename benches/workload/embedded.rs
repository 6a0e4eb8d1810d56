//! Bundles for the embedded library: two hundred items of the kinds an entity has most of, with gaps where the seed says so.

use serde_json::{Map, Value, json};

use super::random::Random;

/// A bundle of two hundred items.
pub(crate) fn bundle(seed: u64) -> Value {
    let mut random = Random::new(seed);
    let day = |random: &mut Random, from: i64, until: i64| {
        format!("{}-{:02}-{:02}", random.between(from, until), random.between(1, 13), random.between(1, 29))
    };
    let mut people = Vec::new();
    let mut evidence = Vec::new();
    for i in 0..50 {
        let (roles, tasks) = match i {
            0 => (json!(["accountable-manager"]), json!([])),
            1 => (json!(["security-manager"]), json!([])),
            2..10 => (json!([]), json!(["image-screening"])),
            10..30 => (json!([]), json!(["access-control"])),
            _ => (json!([]), json!([])),
        };
        people.push(json!({ "id": format!("p{i}"), "name": format!("Person {i}"), "unescorted-access": i % 7 != 0, "roles": roles, "tasks": tasks }));
        let course = if random.percent(90) { "general-awareness" } else { "basic-security" };
        evidence.push(json!({ "id": format!("T{i}"), "kind": "training-record", "person": format!("p{i}"), "course": course, "outcome": "passed", "completed": day(&mut random, 2019, 2026) }));
        if i % 2 == 0 {
            evidence.push(json!({ "id": format!("B{i}"), "kind": "background-check", "person": format!("p{i}"), "outcome": "passed", "completed": day(&mut random, 2019, 2026) }));
        }
    }
    for i in 0..24 {
        let (year, month) = (2025 + i / 12, i % 12 + 1);
        evidence.push(json!({ "id": format!("K{i}"), "kind": "kpi-report", "indicator": "Threat images found", "period-end": format!("{year}-{month:02}-28"), "value": random.between(70, 95), "people-data": true, "quality-checked": random.percent(80) }));
    }
    for i in 0..10 {
        evidence.push(json!({ "id": format!("E{i}"), "kind": "equipment-item", "asset": format!("X-ray {i}"), "installed": day(&mut random, 2018, 2024) }));
        evidence.push(json!({ "id": format!("ET{i}"), "kind": "equipment-test", "equipment": format!("E{i}"), "tested": day(&mut random, 2025, 2027), "outcome": "passed" }));
    }
    for i in 0..31 {
        evidence.push(match i % 3 {
            0 => json!({ "id": format!("I{i}"), "kind": "incident", "detected": day(&mut random, 2024, 2027), "title": format!("Door {i} found open") }),
            1 => json!({ "id": format!("S{i}"), "kind": "security-test", "date": day(&mut random, 2024, 2027), "outcome": if random.percent(80) { "passed" } else { "failed" } }),
            _ => json!({ "id": format!("A{i}"), "kind": "audit", "date": day(&mut random, 2024, 2027) }),
        });
    }
    json!({
        "abide": 1,
        "entity": {
            "id": format!("E{seed}"), "name": format!("Entity {seed}"), "kind": "airport", "sems": "framework",
            "facts": { "pass-holders": 412, "staff": 310, "annual-passengers": 1_900_000 },
        },
        "assessment-date": "2026-11-23",
        "people": people,
        "evidence": evidence,
    })
}

/// A value as YAML, in blocks, as people write it.
pub(crate) fn yaml(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::Object(map) => mapping(map, 0, &mut out),
        other => out.push_str(&scalar(other)),
    }
    out
}

fn mapping(map: &Map<String, Value>, indent: usize, out: &mut String) {
    for (at, (key, value)) in map.iter().enumerate() {
        // The first key stands behind the dash of its element.
        if at > 0 || indent == 0 || !out.ends_with("- ") {
            out.push_str(&" ".repeat(indent));
        }
        out.push_str(key);
        out.push(':');
        match value {
            Value::Object(inside) if !inside.is_empty() => {
                out.push('\n');
                mapping(inside, indent + 2, out);
            }
            Value::Array(items) if items.iter().any(Value::is_object) => {
                out.push('\n');
                for item in items {
                    out.push_str(&" ".repeat(indent + 2));
                    out.push_str("- ");
                    match item {
                        Value::Object(inside) => mapping(inside, indent + 4, out),
                        other => {
                            out.push_str(&scalar(other));
                            out.push('\n');
                        }
                    }
                }
            }
            other => {
                out.push(' ');
                out.push_str(&scalar(other));
                out.push('\n');
            }
        }
    }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => format!("[{}]", items.iter().map(scalar).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}
