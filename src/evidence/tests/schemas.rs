//! The schema editors get, and the one items are held against.

use serde_json::Value;

use super::library;
use crate::evidence::schema;
use crate::library::model::KindId;

#[test]
fn the_schema_accepts_a_good_bundle_and_refuses_a_bad_one() {
    let schema = schema(library());
    let validator = jsonschema::options().should_validate_formats(true).offline().build(&schema).expect("a schema");
    let good: Value = serde_json::from_str(super::good::JSON).expect("JSON");
    let errors: Vec<String> = validator.iter_errors(&good).map(|e| format!("{} {e}", e.instance_path())).collect();
    assert_eq!(errors, Vec::<String>::new());
    for (from, to) in [
        ("\"count\"", "\"cuont\""),
        ("2026-05-05", "5 May"),
        ("serious", "huge"),
        ("\"abide\": 1", "\"abide\": 2"),
        ("1900000", "-1"),
    ] {
        let bad: Value = serde_json::from_str(&super::good::JSON.replace(from, to)).expect("JSON");
        assert!(!validator.is_valid(&bad), "{from} for {to}");
    }
}

#[test]
fn every_kind_compiles() {
    for kind in 0..library().kinds.len() as u32 {
        assert!(crate::evidence::validate::compile(library(), KindId(kind)).is_some());
    }
}

/// Every single value of a good bundle, replaced by something else: where the schema of its item refuses, reading refuses too.
#[test]
fn reading_refuses_what_the_schema_refuses() {
    let schema = schema(library());
    let validator = jsonschema::options()
        .with_format("date", |text: &str| crate::base::Date::parse(text).is_ok())
        .should_validate_formats(true)
        .offline()
        .build(&schema)
        .expect("a schema");
    let good: Value = serde_json::from_str(super::good::JSON).expect("JSON");
    let mut pointers = Vec::new();
    collect(&good, String::new(), &mut pointers);
    for pointer in pointers {
        for other in [
            Value::Bool(true),
            Value::from(3),
            Value::from("x"),
            Value::from(2.5),
            Value::Array(vec![]),
            Value::from("2026-02-31"),
        ] {
            let mut changed = good.clone();
            *changed.pointer_mut(&pointer).expect("a value") = other.clone();
            let outcome = super::read_files(&[("b.json", &changed.to_string()), ("attachments/a.txt", "hello")]);
            let codes: Vec<&str> = outcome.diagnostics.iter().map(|d| d.code.name()).collect();
            assert!(!codes.contains(&"schema"), "{pointer} {other}: {:?}", super::told(&outcome));
            if !validator.is_valid(&changed) {
                assert!(outcome.bundle.is_none(), "{pointer} {other}: the schema refuses it");
            }
        }
    }
}

fn collect(value: &Value, at: String, pointers: &mut Vec<String>) {
    match value {
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                collect(element, format!("{at}/{index}"), pointers);
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                collect(field, format!("{at}/{key}"), pointers);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    pointers.push(at);
}
