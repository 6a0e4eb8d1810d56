//! Input made to hurt: each gets a diagnostic, none a panic, a hang, or the machine's memory.

use std::fmt::Write as _;

use super::{errors, read, read_files, read_with, reader};
use crate::evidence::{Limits, MemoryFolder, ReadOptions};

const HEAD: &str = "abide: 1\nentity: { id: E, kind: airport }\n";

fn codes(yaml: &str) -> Vec<String> {
    read(yaml).diagnostics.iter().map(|d| d.code.to_string()).collect()
}

#[test]
fn a_billion_laughs() {
    let mut yaml = format!("{HEAD}evidence:\n  - &a0 [x, x, x, x, x, x, x, x, x]\n");
    for n in 1..12 {
        let row = format!("*a{}, ", n - 1).repeat(9);
        writeln!(yaml, "  - &a{n} [{row}]").expect("text");
    }
    assert_eq!(codes(&yaml), ["alias-limit"]);
}

#[test]
fn aliases_share() {
    let yaml = format!("{HEAD}people:\n  - {{ id: a, name: &n Ada }}\n  - {{ id: b, name: *n }}\n");
    assert_eq!(errors(&read(&yaml)), Vec::<String>::new());
    assert_eq!(codes(&format!("{HEAD}people: &p [{{ id: a, name: *p }}]\n")), ["yaml-feature"]);
    assert_eq!(codes(&format!("{HEAD}people: [{{ id: a, name: *nobody }}]\n")), ["yaml-feature"]);
}

#[test]
fn parts_of_yaml_that_are_refused() {
    for (yaml, code) in [
        (format!("{HEAD}people: [{{ id: a, <<: {{ name: x }} }}]\n"), "yaml-feature"),
        (format!("{HEAD}people: [{{ id: !!str 3 }}]\n"), "yaml-feature"),
        (format!("{HEAD}people: [{{ id: !!python/object 3 }}]\n"), "yaml-feature"),
        (format!("{HEAD}? [a, b]\n: c\n"), "yaml-feature"),
        (format!("{HEAD}---\nabide: 1\n"), "yaml-feature"),
        (format!("{HEAD}people: [\n"), "yaml"),
        (format!("{HEAD}\tpeople: 3\n"), "yaml"),
    ] {
        let told = codes(&yaml);
        assert!(told.iter().any(|c| c == code), "{yaml}: {told:?}");
        assert!(read(&yaml).bundle.is_none());
    }
}

#[test]
fn deep_nesting() {
    let deep = |open: &str, n: usize| open.repeat(n);
    assert_eq!(codes(&format!("{HEAD}people: {}\n", deep("[", 100_000))), ["too-deep"]);
    let json = read_files(&[("b.json", &deep("[", 100_000))]);
    assert_eq!(errors(&json), ["too-deep b.json:1:65 values are nested more than 64 deep"]);
    let json = read_files(&[("b.json", &deep("{\"a\":", 100_000))]);
    assert_eq!(json.diagnostics[0].code.name(), "too-deep");
}

#[test]
fn one_long_line() {
    let limits = Limits { file_bytes: 1000, ..Limits::default() };
    let options = ReadOptions { limits, ..ReadOptions::default() };
    let outcome = read_with(&[("b.yaml", &format!("{HEAD}people: {}\n", "x".repeat(2000)))], &options);
    assert_eq!(errors(&outcome), ["too-large - the file `b.yaml` has 2051 bytes, and at most 1000 are read"]);
}

#[test]
fn too_many_values() {
    let limits = Limits { nodes: 100, ..Limits::default() };
    let options = ReadOptions { limits, ..ReadOptions::default() };
    for (name, text) in [("b.yaml", format!("people: [{}]", "x, ".repeat(200))), ("b.json", format!("[{}1]", "1, ".repeat(200)))]
    {
        let outcome = read_with(&[(name, &text)], &options);
        assert_eq!(outcome.diagnostics[0].code.name(), "too-large", "{name}");
    }
}

#[test]
fn invalid_utf8() {
    let mut bytes = HEAD.as_bytes().to_vec();
    bytes.extend(b"people: [{ id: caf\xe9 }]\n");
    let outcome = reader().read(&MemoryFolder::new([("b.yaml", bytes)]), &ReadOptions::default());
    assert_eq!(errors(&outcome), ["not-utf-8 b.yaml:3:19 `b.yaml` is not UTF-8 text: byte 61, on line 3, is not a character"]);
}

#[test]
fn paths_that_lead_out() {
    for path in ["../secret.txt", "/etc/passwd", "a/../../b", "C:/windows", "a\\\\..\\\\b", "~/x", "a//b", ""] {
        let yaml = format!("{HEAD}evidence: [{{ id: A, kind: person, attachments: [{{ file: \"{path}\" }}] }}]\n");
        assert_eq!(codes(&yaml), ["path-outside"], "{path}");
        let yaml = format!("{HEAD}tables: [{{ kind: person, from: \"{path}\", columns: {{ id: Id }} }}]\n");
        assert_eq!(codes(&yaml), ["path-outside"], "{path}");
    }
}

#[test]
fn broken_json() {
    let json = |text: &str| errors(&read_files(&[("b.json", text)]));
    let whole = |rest: &str| format!("{{\"abide\": 1, \"entity\": {{\"id\": \"E\", \"kind\": \"airport\"}}, {rest}}}");
    for (rest, wanted) in [
        ("\"people\": [],", "json b.json:1:68 a comma may not stand before the closing bracket"),
        ("\"people\": [{\"id\": \"a\",}]", "json b.json:1:77 a comma may not stand before the closing bracket"),
        ("\"people\": [{\"id\": \"a\"} {\"id\": \"b\"}]", "json b.json:1:79 a comma is missing"),
        ("\"people\": [{\"id\": \"\\q\"}]", "json b.json:1:75 this backslash starts no escape that JSON knows"),
        ("\"people\": [{\"id\": \"\\ud800\"}]", "json b.json:1:75 half of a pair of escapes is missing"),
        ("\"people\": [{\"id\": \"a\tb\"}]", "json b.json:1:76 a control character may not stand in a text as it is"),
        ("\"people\": [{\"id\": 007}]", "json b.json:1:74 this is not a number as JSON writes it"),
        ("\"people\": [] // none\n", "json b.json:1:69 JSON has no comments"),
        ("\"abide\": 1", "duplicate-key b.json:1:56 the key `abide` stands twice"),
    ] {
        assert_eq!(json(&whole(rest)), [wanted], "{rest}");
    }
    assert_eq!(json("{\"a\": tru}"), ["json b.json:1:7 a value is expected here"]);
    assert_eq!(json("{'a': 1}"), ["json b.json:1:2 a key in double quotes is expected here"]);
    assert_eq!(json("{\"a\" 1}"), ["json b.json:1:6 a `:` is expected between a key and its value"]);
    assert_eq!(json("[1"), ["json b.json:1:3 the file ends inside a bracket"]);
    assert_eq!(json("\"a"), ["json b.json:1:1 this text is not closed on its line"]);
    assert_eq!(json(""), ["json b.json:1:1 the file ends where a value is expected"]);
}

#[test]
fn many_equal_keys() {
    let text: String = (0..5000).map(|n| format!("\"k{}\": 1, ", n / 2)).collect();
    let outcome = read_files(&[("b.json", &format!("{{{text}\"z\": 1}}"))]);
    assert!(outcome.diagnostics.iter().filter(|d| d.code.name() == "duplicate-key").count() >= 100);
}

#[test]
fn surrogates_and_escapes() {
    let json = r#"{"abide": 1, "entity": {"id": "E", "kind": "airport", "name": "\ud834\udd1e \/ \u00e9\n"}}"#;
    let bundle = super::good(&[("b.json", json)]);
    assert_eq!(bundle.entity.name, "\u{1d11e} / é\n");
}
