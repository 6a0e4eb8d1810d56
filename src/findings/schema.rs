//! The JSON Schema (2020-12) of a register of findings, for editors. The reader tells more than it can: who may do what, and which date comes first.

use serde_json::{Value, json};

use super::words::{ActionKind, ActivityKind, Category, Class, Method, Nation, Origin, State, Step, Word, WorksBy};
use crate::library::Library;

/// The schema of a register for this library.
#[must_use]
pub fn schema(library: &Library) -> Value {
    let provisions: Vec<&str> = library.provisions.iter().map(|p| p.name.as_str()).collect();
    let components: Vec<&str> = library.components().map(|(_, c)| c.name.as_str()).collect();
    let finding = record(
        json!({
            "id": text("its id"),
            "entity": text("the id of the entity, as in its bundle"),
            "activity": record(json!({
                "kind": word::<ActivityKind>(), "monitored": text("who was monitored"), "on": date("the day"),
                "at": text("the time of day"), "auditors": texts("who did it, by id"), "scope": text("to what scope"),
            }), &[]),
            "origin": word::<Origin>(),
            "found": text("what was found"),
            "provision": { "enum": provisions, "description": "the provision it is measured against" },
            "read-on": date("the day on which the provision is read, where that is not the day of the activity"),
            "measures": text("the set of directly linked measures that the class is for"),
            "component": { "enum": components },
            "class": word::<Class>(),
            "recommendation": text("what the inspector advises"),
            "correct-by": date("the day by which it is to be put right"),
            "evidence": texts("what it rests on"),
            "containment": record(json!({ "on": date("the day"), "by": text("who"), "what": text("how it was put right") }), &[]),
            "analysis": record(json!({
                "method": word::<Method>(), "completed": date("the day it was finished"), "by": text("who led it"),
                "human-factors": text("what human factors had to do with it"),
                "recurrence": text("what the search for the same cause elsewhere brought up"),
                "causes": list(record(json!({
                    "id": text("its id"), "summary": text("what it is"), "systemic": { "type": "boolean" }, "category": word::<Category>(),
                }), &["id"])),
            }), &[]),
            "actions": list(action()),
            "moves": list(record(json!({ "to": word::<State>(), "on": date("the day"), "by": text("who moved it") }), &[])),
            "ladder": list(record(json!({
                "step": word::<Step>(), "on": date("the day"), "by": text("who took it"),
                "comply-by": date("the last day to comply with a notice"),
                "works": { "type": "boolean", "description": "it asks for building works" },
                "skips-because": text("why steps before it are skipped"),
            }), &[])),
            "repeats": text("the id of the earlier finding that it repeats"),
            "marking": text("how far it may travel; official-sensitive where it is not stated"),
            "nation": word::<Nation>(),
        }),
        &["id"],
    );
    let person = record(
        json!({ "id": text("the id by which records name them"), "name": text("what they are called"), "roles": texts("posts they hold") }),
        &["id"],
    );
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Abide register of findings",
        "description": "What inspectors found. A register may be several files; each holds some of these keys.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "abide": { "const": 1, "description": "the version of this form" },
            "nation": word::<Nation>(),
            "people": list(person),
            "findings": list(finding),
        },
    })
}

fn action() -> Value {
    record(
        json!({
            "id": text("its id"),
            "kind": word::<ActionKind>(),
            "what": text("what is done"),
            "causes": texts("the causes it removes, by id"),
            "works-by": word::<WorksBy>(),
            "owner": text("who answers for it"),
            "since": date("the first day of a compensatory measure"),
            "due": date("the day by which it is done"),
            "until": date("the first day on which a compensatory measure no longer counts"),
            "completed": date("the day it was done"),
            "proof": text("what shows that it was done"),
            "verified": record(json!({ "on": date("the day"), "by": text("who looked"), "how": text("by which method") }), &[]),
            "effect": record(json!({ "on": date("the day"), "by": text("who looked"), "result": text("what they saw") }), &[]),
            "extended": list(record(json!({
                "was": date("the day it was due"), "now": date("the day it is due now"), "on": date("the day it was allowed"),
                "by": text("who allowed it"), "because": text("why"),
            }), &[])),
        }),
        &["id"],
    )
}

fn record(properties: Value, needed: &[&str]) -> Value {
    json!({ "type": "object", "additionalProperties": false, "properties": properties, "required": needed })
}

fn list(of: Value) -> Value {
    json!({ "type": "array", "items": of })
}

fn text(what: &str) -> Value {
    json!({ "type": "string", "minLength": 1, "description": what })
}

fn texts(what: &str) -> Value {
    json!({ "type": "array", "items": { "type": "string", "minLength": 1 }, "description": what })
}

fn date(what: &str) -> Value {
    json!({ "type": "string", "format": "date", "description": what })
}

fn word<W: Word>() -> Value {
    json!({ "enum": W::ALL.iter().map(|w| w.word()).collect::<Vec<_>>() })
}
