//! The words of a record are the terms of the library's vocabularies, and the provisions it cites are in the library.

use abide::findings::{Category, Class, Origin, Role, State, Step, Word, WorksBy};

use crate::support::built_in;

fn same<W: Word>(vocabulary: &str) {
    let found = built_in().vocabularies.iter().find(|v| v.name == vocabulary).unwrap();
    let terms: Vec<&str> = found.terms.iter().map(|t| t.name.as_str()).collect();
    let words: Vec<&str> = W::ALL.iter().map(|w| w.word()).collect();
    assert_eq!(words, terms, "{vocabulary}");
}

#[test]
fn words_are_those_of_the_library() {
    same::<Class>("compliance-class");
    same::<State>("finding-status");
    same::<Origin>("finding-origin");
    same::<WorksBy>("action-type");
    same::<Category>("cause-category");
    let roles = built_in().vocabularies.iter().find(|v| v.name == "role").unwrap();
    for role in Role::ALL {
        assert!(roles.terms.iter().any(|t| t.name == role.word()), "{}", role.word());
    }
}

#[test]
fn words_are_told_apart() {
    for step in Step::ALL {
        assert_eq!(Step::parse(step.word()), Some(*step));
    }
    assert_eq!(Step::parse("warning"), None);
}

#[test]
fn the_schema_knows_every_word_and_key_of_the_good_record() {
    let schema = abide::findings::schema(built_in());
    let validator = jsonschema::validator_for(&schema).unwrap();
    let good: serde_json::Value = serde_json::json!({
        "abide": 1,
        "people": [{ "id": "insp", "name": "An Inspector", "roles": ["caa-inspector"] }],
        "findings": [{ "id": "F-1", "class": "not-compliant", "moves": [{ "to": "raised", "on": "2026-03-02", "by": "insp" }] }],
    });
    assert!(validator.is_valid(&good));
    assert!(!validator.is_valid(&serde_json::json!({ "findings": [{ "id": "F-1", "class": "bad" }] })));
    assert!(!validator.is_valid(&serde_json::json!({ "findings": [{ "id": "F-1", "clas": "not-compliant" }] })));
}
