//! Bundles without mistakes: every type, both forms, any order.

use super::{dump, good, library, reader, told};
use crate::base::{Date, Decimal, Percent, Period, Unit};
use crate::evidence::{At, AttachmentState, Bundle, ExemptionKind, FieldAt, MISSING, fingerprint};
use crate::library::model::{TableId, Value};

pub(super) const YAML: &str = r#"abide: 1
entity:
  id: EGNF
  name: Northfield Regional Airport
  kind: airport
  sems: framework
  facts: { pass-holders: 1_900_000, nickname: "the \u0041irport" }
assessment-date: 2026-11-23
people:
  - id: p-am
    name: Ada
    unescorted-access: true
    employer: Acme
  - id: p-sec
    name: "Žofie ✈"
    employer: null
nil-returns:
  - { kind: incident, period: 2025-11-23/2026-11-23, made-by: p-sec }
evidence:
  - id: T-2
    kind: training-record
    title: General awareness
    author: p-sec
    approver: p-am
    issued: 2026-10-02
    received: 2026-10-09
    facts: { person: p-am, course: general-awareness, completed: 2026-03-01, score: 95%, hours: 3.50, repeats: 5 years }
  - id: T-1
    kind: training-record
    person: p-sec
    course: screener
    completed: 2025-03-01
    valid-until: ~
    repeats: P12M
  - id: Q-1
    kind: qc-plan
    period: 2026-01-01/2026-12-31
    budget: { amount: 12.5, owner: p-am, notes: [one, two] }
    activities:
      - { id: a1, planned: 2026-02-01, topics: [x, y] }
      - { id: a2, planned: 2026-03-01 }
    tags: []
  - id: I-1
    kind: incident
    severity: serious
    detected: 2026-05-05
    people: [p-am, p-sec]
    count: -3
    attachments: [{ file: attachments/a.txt, sha256: 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824 }]
judgements:
  - { requirement: suited, of: suits, answer: yes, by: p-am, role: accountable-manager, on: 2026-09-01, reason: fits }
waivers:
  - { id: W1, requirement: trained, from: 2026-01-01, until: 2026-12-31, granted-by: CAA, reference: W/12 }
derogations:
  - { id: D1, provision: "uk-act#1", from: 2026-01-01 }
"#;

pub(super) const JSON: &str = r#"{
  "derogations": [{ "id": "D1", "provision": "uk-act#1", "from": "2026-01-01" }],
  "evidence": [
    { "count": -3, "kind": "incident", "id": "I-1", "severity": "serious", "detected": "2026-05-05", "people": ["p-am", "p-sec"],
      "attachments": [{ "file": "attachments/a.txt", "sha256": "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824" }] },
    { "id": "Q-1", "kind": "qc-plan", "period": "2026-01-01/2026-12-31",
      "budget": { "notes": ["one", "two"], "owner": "p-am", "amount": 12.5 },
      "activities": [{ "id": "a1", "planned": "2026-02-01", "topics": ["x", "y"] }, { "planned": "2026-03-01", "id": "a2" }], "tags": [] },
    { "id": "T-1", "kind": "training-record", "completed": "2025-03-01", "person": "p-sec", "course": "screener", "repeats": "P12M" },
    { "facts": { "repeats": "5 years", "hours": 3.5, "score": "95%", "completed": "2026-03-01", "course": "general-awareness", "person": "p-am" },
      "id": "T-2", "kind": "training-record", "title": "General awareness", "issued": "2026-10-02", "received": "2026-10-09",
      "author": "p-sec", "approver": "p-am" }
  ],
  "waivers": [{ "id": "W1", "requirement": "trained", "from": "2026-01-01", "until": "2026-12-31", "granted-by": "CAA", "reference": "W/12" }],
  "judgements": [{ "requirement": "suited", "of": "suits", "answer": true, "by": "p-am", "role": "accountable-manager",
                   "on": "2026-09-01", "reason": "fits" }],
  "nil-returns": [{ "kind": "incident", "period": "2025-11-23/2026-11-23", "made-by": "p-sec" }],
  "people": [{ "id": "p-sec", "name": "\u017dofie \u2708" }, { "id": "p-am", "employer": "Acme", "name": "Ada", "unescorted-access": true }],
  "assessment-date": "2026-11-23",
  "entity": { "facts": { "nickname": "the Airport", "pass-holders": 1900000 }, "sems": "framework", "kind": "airport",
              "name": "Northfield Regional Airport", "id": "EGNF" },
  "abide": 1
}"#;

fn at(kind: &str, id: &str, field: &str) -> At {
    let library = library();
    let kind_id = library.names.kinds[kind];
    let bundle = yaml();
    let row = (0..bundle.rows(TableId(kind_id.0)).len).find(|r| bundle.item_id(kind_id, *r) == id).expect("an item");
    let column = library.table_of(kind_id).column(field).map(FieldAt::Column);
    At { table: TableId(kind_id.0), row, field: column.or_else(|| library.table_of(kind_id).list(field).map(FieldAt::List)) }
}

fn value(bundle: &Bundle, at: At) -> Option<Value> {
    let Some(FieldAt::Column(column)) = at.field else { panic!("no column") };
    let of = library().table(at.table).columns[column.0 as usize].of;
    bundle.value(of, bundle.cell(at.table, at.row, column))
}

fn yaml() -> Bundle {
    good(&[("bundle.yaml", YAML), ("attachments/a.txt", "hello")])
}

#[test]
fn every_type_is_read() {
    let bundle = yaml();
    let library = library();
    let is = |kind, id, field| value(&bundle, at(kind, id, field));
    assert_eq!(is("training-record", "T-2", "completed"), Some(Value::Date(Date::from_ymd(2026, 3, 1).unwrap())));
    assert_eq!(is("training-record", "T-2", "score"), Some(Value::Percent(Percent(Decimal::from(95)))));
    assert_eq!(is("training-record", "T-2", "hours"), Some(Value::Decimal(Decimal::new(35, 1))));
    assert_eq!(is("training-record", "T-2", "repeats"), Some(Value::Period(Period::new(5, Unit::Years))));
    assert_eq!(is("training-record", "T-1", "repeats"), Some(Value::Period(Period::new(12, Unit::Months))));
    assert_eq!(is("training-record", "T-1", "valid-until"), None);
    assert_eq!(is("training-record", "T-1", "course"), Some(Value::Term(1)));
    assert_eq!(is("person", "p-am", "unescorted-access"), Some(Value::Bool(true)));
    assert_eq!(is("incident", "I-1", "count"), Some(Value::Whole(-3)));
    assert_eq!(is("qc-plan", "Q-1", "budget.amount"), Some(Value::Decimal(Decimal::new(125, 1))));
    let Some(Value::Interval(period)) = is("qc-plan", "Q-1", "period") else { panic!("an interval") };
    assert_eq!(period.to_string(), "2026-01-01 to 2026-12-31");
    assert_eq!(bundle.fact(library.names.facts["pass-holders"]), 1_900_000);
    assert_eq!(bundle.entity.name, "Northfield Regional Airport");
    assert_eq!(bundle.entity.sems.map(|t| library.vocabulary(library.sems).terms[t.0 as usize].name.as_str()), Some("framework"));
    let person = library.table_of(library.names.kinds["training-record"]).column("person").unwrap();
    let row = bundle.cell(TableId(library.names.kinds["training-record"].0), 0, person);
    assert_eq!(bundle.item_id(library.person, u32::try_from(row).unwrap()), "p-sec", "rows are sorted by id: T-1 is first");
}

#[test]
fn statements_are_read() {
    let bundle = yaml();
    assert_eq!(bundle.nil_returns.len(), 1);
    assert!(bundle.judgements[0].answer);
    assert_eq!(bundle.judgements[0].reason.as_deref(), Some("fits"));
    assert_eq!(bundle.exemptions.iter().map(|e| e.kind).collect::<Vec<_>>(), [ExemptionKind::Waiver, ExemptionKind::Derogation]);
    assert_eq!(bundle.attachments[0].state, AttachmentState::Intact);
    assert_eq!(bundle.assessment_date, Date::from_ymd(2026, 11, 23));
}

#[test]
fn literals_of_the_library_come_first() {
    let bundle = yaml();
    assert!(!library().texts.is_empty());
    assert!(bundle.pool.texts.iter().take(library().texts.len()).eq(&library().texts));
}

#[test]
fn json_and_yaml_give_the_same() {
    let (yaml, json) = (yaml(), good(&[("bundle.json", JSON), ("attachments/a.txt", "hello")]));
    assert_eq!(dump(&yaml), dump(&json));
    assert_eq!(fingerprint(&yaml, library()), fingerprint(&json, library()));
}

#[test]
fn order_and_files_do_not_show() {
    let whole = yaml();
    let split = YAML.find("evidence:").unwrap();
    let judged = YAML.find("judgements:").unwrap();
    let (head, items, tail) = (&YAML[..split], &YAML[split..judged], &YAML[judged..]);
    let (first, rest) = items.split_once("  - id: Q-1").unwrap();
    let later = format!("evidence:\n  - id: Q-1{rest}");
    let files = [
        ("z/head.yaml", head),
        ("b.yml", first),
        ("a.yaml", later.as_str()),
        ("tail.yaml", tail),
        ("attachments/a.txt", "hello"),
    ];
    let split = good(&files);
    assert_eq!(dump(&whole), dump(&split));
    assert_eq!(fingerprint(&whole, library()), fingerprint(&split, library()));
}

#[test]
fn another_value_is_another_fingerprint() {
    let other = good(&[("bundle.yaml", &YAML.replace("2025-03-01", "2025-03-02")), ("attachments/a.txt", "hello")]);
    assert_ne!(fingerprint(&yaml(), library()), fingerprint(&other, library()));
}

#[test]
fn places_are_those_of_values() {
    let bundle = yaml();
    let slice = |at: At| bundle.sources.slice(bundle.place(library(), at)).to_owned();
    assert_eq!(slice(at("training-record", "T-2", "completed")), "2026-03-01");
    assert_eq!(slice(at("training-record", "T-1", "course")), "screener");
    assert_eq!(slice(at("qc-plan", "Q-1", "budget.amount")), "12.5");
    assert_eq!(slice(at("training-record", "T-1", "valid-until")), "T-1", "what is not stated is shown at the item's id");
    let key = bundle.key_place(library(), at("training-record", "T-1", "course"));
    assert_eq!(bundle.sources.slice(key), "course");
}

#[test]
fn no_diagnostics() {
    let outcome = super::read_files(&[("bundle.yaml", YAML), ("attachments/a.txt", "hello")]);
    assert_eq!(told(&outcome), Vec::<String>::new());
}

#[test]
fn a_test_is_a_bundle() {
    let library = library();
    let test = &library.tests[0].written;
    let (bundle, diagnostics) = reader().from_test(test, &library.sources);
    assert_eq!(diagnostics, []);
    let bundle = bundle.unwrap();
    let record = library.names.kinds["training-record"];
    assert_eq!(bundle.item_id(record, 0), "t1");
    let completed = library.table_of(record).column("completed").unwrap();
    let at = At { table: TableId(record.0), row: 0, field: Some(FieldAt::Column(completed)) };
    assert_eq!(bundle.sources.slice(bundle.place(library, at)), "2026-03-01");
    let title = At { field: Some(FieldAt::Column(crate::library::model::Common::Title.column())), ..at };
    assert!(bundle.sources.describe(bundle.place(library, title)).starts_with("rules.abide:"));
    assert_eq!(bundle.cell(at.table, 0, crate::library::model::Common::Title.column()), MISSING);
    assert_eq!((bundle.nil_returns.len(), bundle.judgements.len(), bundle.exemptions.len()), (1, 1, 1));
    assert_eq!(bundle.exemptions[0].id, "w1");
}
