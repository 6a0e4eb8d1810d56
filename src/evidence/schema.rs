//! The JSON Schema (2020-12) of a bundle, made from the evidence kinds. Editors get all of it; the reader holds each item against its kind's part.

use serde_json::{Map, Value, json};

use crate::library::Library;
use crate::library::model::{Column, Common, KindId, Scalar, Table, TableId, VocabularyId};
use crate::sheet::DateFormat;

/// The schema of a bundle for this library.
#[must_use]
pub fn schema(library: &Library) -> Value {
    let mut defs = Map::new();
    let mut branches = Vec::new();
    for (index, kind) in (0u32..).zip(&library.kinds) {
        let name = format!("kind-{}", kind.name);
        branches.push(json!({
            "if": { "properties": { "kind": { "const": kind.name } } },
            "then": { "$ref": format!("#/$defs/{name}") },
        }));
        defs.insert(name, item(library, KindId(index)));
    }
    let kinds: Vec<&str> = library.kinds.iter().map(|k| k.name.as_str()).collect();
    defs.insert(
        "item".to_owned(),
        json!({
            "type": "object",
            "required": ["id", "kind"],
            "properties": { "kind": { "enum": kinds, "description": "the evidence kind" } },
            "allOf": branches,
        }),
    );
    let person = format!("#/$defs/kind-{}", library.kind(library.person).name);
    let text = || scalar(library, Scalar::Text, false);
    let date = || scalar(library, Scalar::Date, false);
    let requirements: Vec<&str> = library.requirements.iter().map(|r| r.name.as_str()).collect();
    let provisions: Vec<&str> = library.provisions.iter().map(|p| p.name.as_str()).collect();
    let exemption = |needed: &[&str], title: &str| {
        let properties = json!({
            "id": text(), "requirement": { "enum": requirements }, "provision": { "enum": provisions },
            "from": date(), "until": date(), "granted-by": text(), "reference": text(),
        });
        let mut record = closed(properties, needed);
        record["description"] = json!(title);
        record["oneOf"] = json!([{ "required": ["requirement"] }, { "required": ["provision"] }]);
        record
    };
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Abide evidence bundle",
        "description": "What an entity shows: who it is, and its items of evidence. A bundle may be several files; each holds some of these keys.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "abide": { "const": 1, "description": "the version of this form" },
            "entity": entity(library),
            "assessment-date": date(),
            "people": list(json!({ "$ref": person })),
            "evidence": list(json!({ "$ref": "#/$defs/item" })),
            "nil-returns": list(closed(
                json!({
                    "kind": { "enum": kinds }, "requirement": { "enum": requirements },
                    "period": scalar(library, Scalar::Interval, false), "made-by": text(),
                }),
                &["period", "made-by"],
            )),
            "judgements": list(closed(
                json!({
                    "requirement": { "enum": requirements }, "of": text(), "answer": { "enum": ["yes", "no", true, false] },
                    "by": text(), "role": text(), "on": date(), "reason": text(),
                }),
                &["requirement", "of", "answer", "role", "on"],
            )),
            "waivers": list(exemption(&["id", "from", "until", "granted-by"], "an authority tolerates, for a time")),
            "derogations": list(exemption(&["id", "from"], "law displaces law")),
            "checklist": list(closed(
                json!({
                    "requirement": { "enum": requirements },
                    "status": { "enum": crate::evidence::Claim::ALL.map(crate::evidence::Claim::word) },
                    "evidence": text(), "gap": text(), "action": text(), "owner": text(), "target-date": text(),
                }),
                &["requirement"],
            )),
            "tables": list(table(&kinds)),
            "findings": { "type": "array", "description": "what inspectors found here; `abide findings check` reads it" },
        },
        "$defs": defs,
    })
}

/// The schema of an item of a kind; it refers to nothing outside itself.
pub(super) fn item(library: &Library, kind: KindId) -> Value {
    let shape = library.table_of(kind);
    let own = fields(library, shape, Common::ALL.len());
    let mut properties = own.clone();
    for column in shape.columns.iter().take(Common::ALL.len()) {
        properties.insert(column.name.clone(), scalar(library, column.of, column.name != "id"));
    }
    let definition = library.kind(kind);
    properties.insert("kind".to_owned(), json!({ "const": definition.name, "description": definition.title }));
    properties.insert("facts".to_owned(), nullable(record(own)));
    let attachment = json!({
        "type": "object",
        "required": ["file"],
        "additionalProperties": false,
        "properties": {
            "file": { "type": ["string", "number"], "description": "path in the bundle's folder" },
            "sha256": { "type": ["string", "number", "null"], "pattern": "^[0-9a-fA-F]{64}$" },
        },
    });
    properties.insert("attachments".to_owned(), list(attachment));
    let mut schema = record(properties);
    schema["title"] = json!(definition.title);
    schema["required"] = json!(["id"]);
    if let Some(doc) = &definition.doc {
        schema["description"] = json!(doc);
    }
    schema
}

/// The fields of a table, records within records.
fn fields(library: &Library, shape: &Table, skip: usize) -> Map<String, Value> {
    let mut fields = Map::new();
    for column in shape.columns.iter().skip(skip) {
        insert(&mut fields, &column.name, described(library, column));
    }
    for list in &shape.lists {
        let mut schema = self::list(element(library, list.table, list.scalar));
        if let Some(doc) = &list.doc {
            schema["description"] = json!(doc);
        }
        insert(&mut fields, &list.name, schema);
    }
    fields
}

fn element(library: &Library, table: TableId, is_scalar: bool) -> Value {
    let shape = library.table(table);
    match shape.columns.first() {
        Some(column) if is_scalar => scalar(library, column.of, false),
        _ => record(fields(library, shape, 0)),
    }
}

/// Puts `a.b` as `b` into the record `a`.
fn insert(fields: &mut Map<String, Value>, name: &str, schema: Value) {
    let Some((record, rest)) = name.split_once('.') else {
        fields.insert(name.to_owned(), schema);
        return;
    };
    let inner = fields.entry(record).or_insert_with(|| nullable(self::record(Map::new())));
    if let Some(properties) = inner.get_mut("properties").and_then(Value::as_object_mut) {
        insert(properties, rest, schema);
    }
}

fn described(library: &Library, column: &Column) -> Value {
    let mut schema = scalar(library, column.of, true);
    if let Some(doc) = &column.doc {
        schema["description"] = json!(doc);
    }
    schema
}

/// The schema of a scalar. `null` says that it is not stated.
fn scalar(library: &Library, of: Scalar, may_be_null: bool) -> Value {
    let types = |types: &[&str]| {
        let mut types: Vec<&str> = types.to_vec();
        types.extend(may_be_null.then_some("null"));
        json!(types)
    };
    match of {
        Scalar::Bool => json!({ "type": types(&["boolean"]) }),
        Scalar::Whole => json!({ "type": types(&["integer", "string"]), "pattern": "^-?[0-9]+(_[0-9]+)+$" }),
        Scalar::Decimal => json!({ "type": types(&["number", "string"]), "pattern": "^-?[0-9]+(_[0-9]+)+([.][0-9]+)?$" }),
        Scalar::Text => json!({ "type": types(&["string", "number"]) }),
        Scalar::Date => json!({ "type": types(&["string"]), "format": "date" }),
        Scalar::Period => json!({
            "type": types(&["string"]),
            "pattern": "^([0-9_]+ (working day|day|week|month|year)s?|P[0-9_]+[DWMY])$",
            "description": "a period, such as 5 years or P5Y",
        }),
        Scalar::Interval => json!({
            "type": types(&["string"]),
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2}$",
            "description": "first and last day, such as 2025-11-23/2026-11-23",
        }),
        Scalar::Percent => json!({
            "type": types(&["string"]), "pattern": "^-?[0-9][0-9_]*([.][0-9]+)? *%$", "description": "a percentage, such as 95%",
        }),
        Scalar::Term(vocabulary) => terms(library, vocabulary, may_be_null),
        Scalar::Ref(kind) => json!({
            "type": types(&["string", "number"]), "description": format!("the id of a {}", library.kind(kind).name),
        }),
    }
}

fn terms(library: &Library, vocabulary: VocabularyId, may_be_null: bool) -> Value {
    let vocabulary = library.vocabulary(vocabulary);
    let mut terms: Vec<Value> = vocabulary.terms.iter().map(|t| json!(t.name)).collect();
    let texts: Vec<String> = vocabulary.terms.iter().map(|t| format!("{}: {}", t.name, t.title)).collect();
    terms.extend(may_be_null.then_some(Value::Null));
    json!({ "enum": terms, "description": texts.join("; ") })
}

fn entity(library: &Library) -> Value {
    let facts: Map<String, Value> = library
        .facts
        .iter()
        .map(|fact| {
            let mut schema = scalar(library, fact.of, true);
            schema["description"] = json!(fact.doc.as_ref().unwrap_or(&fact.title));
            // A fact in whole numbers is a count.
            if fact.of == Scalar::Whole {
                schema["minimum"] = json!(0);
                schema["pattern"] = json!("^[0-9]+(_[0-9]+)+$");
            }
            (fact.name.clone(), schema)
        })
        .collect();
    let mut properties = facts.clone();
    properties.insert("id".to_owned(), scalar(library, Scalar::Text, false));
    properties.insert("name".to_owned(), scalar(library, Scalar::Text, true));
    properties.insert("kind".to_owned(), terms(library, library.entity_kinds, false));
    properties.insert("sems".to_owned(), terms(library, library.sems, true));
    properties.insert("facts".to_owned(), nullable(record(facts)));
    closed(Value::Object(properties), &["id", "kind"])
}

fn table(kinds: &[&str]) -> Value {
    let words = json!({ "type": "array", "items": { "type": ["string", "number", "boolean"] } });
    closed(
        json!({
            "kind": { "enum": kinds },
            "from": { "type": "string", "description": "path of a CSV file or a workbook (.xlsx) in the bundle's folder" },
            "columns": { "type": "object", "additionalProperties": { "type": ["string", "number"] }, "description": "field: header" },
            "date-format": { "oneOf": [{ "enum": DateFormat::names() }, { "type": "array", "items": { "enum": DateFormat::names() } }] },
            "sheet": { "type": ["string", "number"], "description": "which sheet of a workbook" },
            "header": { "type": ["integer", "string"], "description": "the row of the headings, or the first and last: 3-4" },
            "skip": { "type": "array", "items": { "type": ["string", "number"] }, "description": "what rows that are no records begin with; * stands for any ending" },
            "id-prefix": { "type": ["string", "number"], "description": "what the ids of rows begin with, where no column holds them" },
            "delimiter": { "enum": [",", ";", "|", "tab"] },
            "booleans": { "type": "object", "additionalProperties": false, "properties": { "yes": words, "no": words } },
            "terms": { "type": "object", "additionalProperties": { "type": "object" }, "description": "field: { text: term }" },
        }),
        &["kind", "from", "columns"],
    )
}

fn list(items: Value) -> Value {
    nullable(object([("type", json!("array")), ("items", items)]))
}

fn closed(properties: Value, required: &[&str]) -> Value {
    object([
        ("type", json!("object")),
        ("additionalProperties", json!(false)),
        ("required", json!(required)),
        ("properties", properties),
    ])
}

/// A record that has these fields and no others.
fn record(properties: Map<String, Value>) -> Value {
    let properties = Value::Object(properties);
    object([("type", json!("object")), ("additionalProperties", json!(false)), ("properties", properties)])
}

/// An object of parts that are there already: `json!` would copy each of them whole.
fn object<const N: usize>(parts: [(&str, Value); N]) -> Value {
    Value::Object(parts.into_iter().map(|(name, part)| (name.to_owned(), part)).collect())
}

fn nullable(mut schema: Value) -> Value {
    if let Some(of) = schema.get_mut("type") {
        *of = Value::Array(vec![of.take(), json!("null")]);
    }
    schema
}
