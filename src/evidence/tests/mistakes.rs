//! One mistake, one diagnostic: by code, place and sentence.

use super::{errors, good, read, read_files, told};

const HEAD: &str = "abide: 1\nentity: { id: E, kind: airport }\n";

/// The errors of a bundle with these items.
fn with(items: &str) -> Vec<String> {
    errors(&read(&format!("{HEAD}evidence:\n{items}")))
}

fn incident(field: &str) -> Vec<String> {
    with(&format!("  - id: I\n    kind: incident\n    severity: minor\n    detected: 2026-01-01\n    {field}\n"))
}

fn training(field: &str) -> Vec<String> {
    with(&format!("  - id: T\n    kind: training-record\n    course: screener\n    {field}\n"))
}

#[test]
fn values_of_another_type() {
    let cases = [
        (incident("count: many"), "wrong-value bundle.yaml:8:12 `count` is a whole number, and `many` is not"),
        (incident("count: \"3\""), "wrong-value bundle.yaml:8:12 `count` is a whole number, and `3` is not"),
        (incident("count: 3.5"), "wrong-value bundle.yaml:8:12 `count` is a whole number, and `3.5` is not"),
        (incident("count: 0755"), "wrong-value bundle.yaml:8:12 `count` is a whole number, and `0755` is not"),
        (incident("count: [1]"), "wrong-value bundle.yaml:8:12 `count` is a whole number, and a list is not"),
        (incident("people: p"), "wrong-value bundle.yaml:8:13 `people` is a list, and `p` is not"),
        (incident("people: [~]"), "wrong-value bundle.yaml:8:14 the list `people` has an element that says nothing"),
        (incident("title: true"), "wrong-value bundle.yaml:8:12 `title` is text, and `true` is not"),
        (incident("issued: 3 May"), "wrong-value bundle.yaml:8:13 `issued` is a date, and `3 May` is not"),
        (incident("issued: 2026-02-31"), "no-such-day bundle.yaml:8:13 the calendar has no day `2026-02-31`"),
        (training("score: 95"), "wrong-value bundle.yaml:7:12 `score` is a percentage, and `95` is not"),
        (training("hours: 3,5"), "wrong-value bundle.yaml:7:12 `hours` is a number, and `3,5` is not"),
        (training("repeats: often"), "wrong-value bundle.yaml:7:14 `repeats` is a period, and `often` is not"),
        (training("facts: 3"), "wrong-value bundle.yaml:7:12 `facts` is a record, and `3` is not"),
        (
            with("  - { id: Q, kind: qc-plan, period: 2026-12-31/2026-01-01 }\n"),
            "backwards bundle.yaml:4:37 the period ends on 2026-01-01, before it begins on 2026-12-31",
        ),
        (
            with("  - { id: Q, kind: qc-plan, period: 2026-12-31/2026-02-30 }\n"),
            "no-such-day bundle.yaml:4:37 the calendar has no day `2026-02-30`",
        ),
        (
            with("  - { id: Q, kind: qc-plan, activities: [a] }\n"),
            "wrong-value bundle.yaml:4:42 `activities` is a record, and `a` is not",
        ),
        (
            with("  - { id: P, kind: person, unescorted-access: yes }\n"),
            "wrong-value bundle.yaml:4:47 `unescorted-access` is `true` or `false`, and `yes` is not",
        ),
        (
            with("  - { id: P, kind: person, unescorted-access: NO }\n"),
            "wrong-value bundle.yaml:4:47 `unescorted-access` is `true` or `false`, and `NO` is not",
        ),
    ];
    for (is, wanted) in cases {
        assert_eq!(is, [wanted]);
    }
}

#[test]
fn a_fact_that_is_a_count_is_not_negative() {
    let of = |facts: &str| errors(&read(&format!("abide: 1\nentity: {{ id: E, kind: airport, facts: {{ {facts} }} }}\n")));
    assert_eq!(of("pass-holders: -1"), ["wrong-value bundle.yaml:2:56 `pass-holders` is a count, and `-1` is less than none"]);
    assert_eq!(of("pass-holders: 0"), Vec::<String>::new());
}

#[test]
fn names_that_are_not_known() {
    let cases = [
        (incident("cuont: 3"), "no-such-field bundle.yaml:8:5 `incident` has no field `cuont`"),
        (training("facts: { hourz: 3 }"), "no-such-field bundle.yaml:7:14 `training-record` has no field `hourz`"),
        (
            with("  - { id: Q, kind: qc-plan, budget: { amont: 3 } }\n"),
            "no-such-field bundle.yaml:4:39 `qc-plan` has no field `amont`",
        ),
        (with("  - { id: Q, kind: qc-plann }\n"), "no-such-kind bundle.yaml:4:20 there is no evidence kind `qc-plann`"),
        (
            with("  - { id: I, kind: incident, severity: sever }\n"),
            "no-such-term bundle.yaml:4:40 `sever` is not a term of `severity`",
        ),
        (
            errors(&read("abide: 1\nentity: { id: E, kind: airport, pass-holder: 3 }\n")),
            "no-such-fact bundle.yaml:2:33 no fact about an entity is named `pass-holder`",
        ),
        (errors(&read(&format!("{HEAD}evidense: []\n"))), "no-such-key bundle.yaml:3:1 `evidense` has no meaning in a bundle"),
        (
            errors(&read("abide: 1\nentity: { id: E, kind: airprt }\n")),
            "no-such-term bundle.yaml:2:24 `airprt` is not a term of `entity-kind`",
        ),
        (
            errors(&read(&format!(
                "{HEAD}waivers:\n  - {{ id: W, requirement: traind, from: 2026-01-01, until: 2026-02-01, granted-by: C }}\n"
            ))),
            "no-such-rule bundle.yaml:4:27 the library has no requirement `traind`",
        ),
        (
            errors(&read(&format!(
                "{HEAD}judgements:\n  - {{ requirement: suited, of: suit, answer: no, role: caa-assessor, on: 2026-01-01 }}\n"
            ))),
            "no-such-rule bundle.yaml:4:32 `suited` asks for no judgement `suit`",
        ),
    ];
    for (is, wanted) in cases {
        assert_eq!(is, [wanted]);
    }
}

#[test]
fn suggestions() {
    let help = |yaml: &str| {
        let told = read(yaml).diagnostics;
        told.into_iter().find(|d| d.severity() == crate::diagnostics::Severity::Error).and_then(|d| d.help)
    };
    assert_eq!(help(&format!("{HEAD}evidense: []\n")).as_deref(), Some("did you mean `evidence`?"));
    let far = help(&format!("{HEAD}evidence:\n  - {{ id: I, kind: incident, zzzzzzzz: 1 }}\n")).unwrap_or_default();
    assert!(far.starts_with("known are `approver`"), "{far}");
    let yes = help(&format!("{HEAD}people:\n  - {{ id: I, unescorted-access: yes }}\n")).unwrap_or_default();
    assert!(yes.starts_with("write `true`"), "{yes}");
}

#[test]
fn ids_and_references() {
    let two = with("  - { id: A, kind: incident }\n  - { id: A, kind: qc-plan }\n");
    assert_eq!(two, ["duplicate-item bundle.yaml:5:11 two items have the id `A`"]);
    let other = with("  - { id: A, kind: incident, author: B }\n  - { id: B, kind: qc-plan }\n");
    assert_eq!(other, ["reference-kind bundle.yaml:4:38 `B` is a `qc-plan`, and a `person` is needed here"]);
    let dangling = read(&format!("{HEAD}people: [{{ id: p-one }}]\nevidence:\n  - {{ id: A, kind: person, author: p-on }}\n"));
    assert_eq!(told(&dangling), ["dangling-reference bundle.yaml:5:36 no item has the id `p-on`"]);
    assert_eq!(dangling.diagnostics[0].help.as_deref(), Some("did you mean `p-one`?"));
    assert!(dangling.bundle.is_some());
}

#[test]
fn numbers_serve_as_ids() {
    let bundle = good(&[("b.yaml", &format!("{HEAD}people: [{{ id: 0042 }}, {{ id: 7, author: 0042 }}]\n"))]);
    assert_eq!(bundle.item_id(super::library().person, 0), "0042");
}

#[test]
fn what_must_be_there() {
    assert_eq!(with("  - { kind: incident }\n"), ["missing-key bundle.yaml:4:5 an item of evidence needs `id`"]);
    assert_eq!(with("  - { id: A }\n"), ["missing-key bundle.yaml:4:11 an item of evidence needs `kind`"]);
    assert_eq!(errors(&read("abide: 1\n")), ["entity bundle.yaml:1:1 no file of this bundle states `entity`, whom it is about"]);
    assert_eq!(
        errors(&read("entity: { id: E, kind: airport }\n")),
        ["bundle-version bundle.yaml:1:1 no file of this bundle states `abide`, the version of its form"]
    );
    assert_eq!(
        errors(&read("abide: 2\nentity: { id: E, kind: airport }\n")),
        ["bundle-version bundle.yaml:1:8 the form of a bundle has version 1, and `2` is another"]
    );
    assert_eq!(errors(&read("abide: 1\nentity: { id: E }\n")), ["missing-key bundle.yaml:2:15 `entity` needs `kind`"]);
    let waiver = errors(&read(&format!("{HEAD}waivers: [{{ id: W, requirement: trained, from: 2026-01-01, granted-by: C }}]\n")));
    assert_eq!(waiver, ["missing-key bundle.yaml:3:17 a waiver needs `until`"]);
    assert_eq!(errors(&read_files(&[("notes.txt", "x")])), ["empty-bundle - there is no `.yaml`, `.yml` or `.json` file here"]);
}

#[test]
fn what_is_stated_twice() {
    let twice = training("hours: 3\n    facts: { hours: 3 }");
    assert_eq!(twice, ["duplicate-field bundle.yaml:8:14 the field `hours` is stated twice"]);
    let key = training("hours: 3\n    hours: 3");
    assert_eq!(key, ["duplicate-key bundle.yaml:8:5 the key `hours` stands twice"]);
    let files = [
        ("a.yaml", HEAD),
        ("b.yaml", "entity: { id: F, kind: airport }\nassessment-date: 2026-01-01"),
        ("c.yaml", "assessment-date: 2026-01-02"),
    ];
    assert_eq!(
        errors(&read_files(&files)),
        [
            "entity b.yaml:1:1 a bundle is about one entity",
            "duplicate-field c.yaml:1:18 `assessment-date` is stated in two files, with different values"
        ]
    );
}

#[test]
fn a_missing_field_is_a_warning() {
    let outcome = read(&format!(
        "{HEAD}people: [{{ id: p }}]\nevidence:\n  - {{ id: T, kind: training-record, person: p, course: null }}\n"
    ));
    assert_eq!(
        told(&outcome),
        [
            "missing-field bundle.yaml:5:11 this `training-record` does not state `completed`",
            "missing-field bundle.yaml:5:56 this `training-record` does not state `course`",
        ]
    );
    assert!(outcome.bundle.is_some());
}

#[test]
fn many_errors_in_one_run() {
    let a = "abide: 1\nentity: { id: E, kind: airprt, passholders: 3 }\nevidence:\n  - { id: A, kind: incident, severity: huge, detected: 2026-02-31 }\n";
    let b = "{ \"evidence\": [ { \"id\": \"A\", \"kind\": \"incident\", \"count\": \"x\" }, { \"id\": \"B\", \"kind\": \"nothing\" }, ] }";
    let c = "people: [ { id: p, nam: x } ";
    let outcome = read_files(&[("a.yaml", a), ("b.json", b), ("c.yaml", c)]);
    let codes: Vec<&str> = outcome.diagnostics.iter().map(|d| d.code.name()).collect();
    assert_eq!(
        codes,
        ["no-such-term", "no-such-fact", "no-such-term", "no-such-day", "duplicate-item", "no-such-kind", "json", "yaml"]
    );
    assert!(outcome.bundle.is_none());
}

#[test]
fn known_at_leaves_out_what_came_later() {
    let yaml = format!(
        "{HEAD}people: [{{ id: p }}, {{ id: q, issued: 2026-06-01 }}]\nevidence:\n  - {{ id: A, kind: incident, severity: minor, detected: 2026-01-01, received: 2026-05-01, author: q }}\n  - {{ id: B, kind: incident, received: 2026-05-02, issued: 2026-01-01 }}\n"
    );
    let known_at = crate::base::Date::from_ymd(2026, 5, 1);
    let outcome = super::read_with(&[("b.yaml", &yaml)], &crate::evidence::ReadOptions { known_at, ..Default::default() });
    assert_eq!(told(&outcome), Vec::<String>::new());
    let bundle = outcome.bundle.expect("a bundle");
    assert_eq!(bundle.not_yet_known, 2);
    let incident = super::library().names.kinds["incident"];
    let table = crate::library::model::TableId(incident.0);
    assert_eq!(bundle.rows(table).len, 1);
    assert_eq!(bundle.cell(table, 0, crate::library::model::Common::Author.column()), crate::evidence::MISSING);
}
