//! What evidence is worth: what is not used, what carries, what is there twice; for everybody as far as they may see it.

use abide::assess::{self, Assessment, Economics, Same};
use abide::base::Date;
use abide::disclose;
use abide::evidence::{Bundle, MemoryFolder, ReadOptions, Reader};
use abide::policy::{Audience, Policies};
use serde_json::Value;

use crate::support::{abide, built_in, stderr, stdout};

const NORTHFIELD: &str = "examples/northfield-airport";

/// An airport with two records that say the same, two items with the same file, and a certificate that nothing about an airport without it reads.
const BUNDLE: &str = r#"abide: 1
entity: { id: E, name: Entity, kind: airport, sems: framework, facts: { pass-holders: 1 } }
evidence:
  - { id: p-1, kind: person, facts: { name: Ada, unescorted-access: true } }
  - { id: T-1, kind: training-record, facts: { person: p-1, course: general-awareness, completed: 2026-01-01, outcome: passed } }
  - { id: T-2, kind: training-record, facts: { person: p-1, course: general-awareness, completed: 2026-01-01, outcome: passed } }
  - { id: T-3, kind: training-record, facts: { person: p-1, course: general-awareness, completed: 2026-01-02, outcome: passed } }
  - { id: C-1, kind: communication, attachments: [{ file: one.txt }, { file: two.txt }] }
  - { id: C-2, kind: communication, title: another, attachments: [{ file: three.txt }] }
"#;

fn read(text: &str) -> Bundle {
    let files = [("bundle.yaml", text), ("one.txt", "the same"), ("two.txt", "another"), ("three.txt", "the same")];
    let read = Reader::new(built_in()).read(&MemoryFolder::new(files), &ReadOptions::default());
    read.bundle.unwrap_or_else(|| panic!("{:#?}", read.diagnostics))
}

fn weighed(bundle: &Bundle) -> Assessment {
    let mut assessment = assess::assess(built_in(), bundle, Date::parse("2026-11-23").unwrap(), &Policies::embedded());
    assert_eq!(assessment.economics, None, "nobody asked");
    assess::weigh(built_in(), bundle, &Policies::embedded(), &mut assessment);
    assessment
}

fn ids(bundle: &Bundle, items: &[assess::Item]) -> Vec<String> {
    items.iter().map(|(kind, row)| bundle.item_id(*kind, *row).to_owned()).collect()
}

fn of(assessment: &Assessment) -> &Economics {
    assessment.economics.as_ref().unwrap()
}

#[test]
fn what_says_the_same_is_found_by_content_and_by_file() {
    let bundle = read(BUNDLE);
    let assessment = weighed(&bundle);
    let twice: Vec<(Same, Vec<String>)> = of(&assessment).twice.iter().map(|t| (t.same, ids(&bundle, &t.items))).collect();
    let pair = |one: &str, two: &str| vec![one.to_owned(), two.to_owned()];
    assert!(twice.contains(&(Same::Content, pair("T-1", "T-2"))), "{twice:?}");
    assert!(twice.contains(&(Same::Attachment, pair("C-1", "C-2"))), "{twice:?}");
    assert_eq!(twice.len(), 2, "{twice:?}");
}

/// Of three records any one would do; of one, nothing else would.
#[test]
fn a_record_is_alone_when_no_other_would_do() {
    let requirement = built_in().names.requirements["awareness-training"];
    let carrying = |text: &str| -> Vec<(String, bool)> {
        let bundle = read(text);
        let assessment = weighed(&bundle);
        let all = of(&assessment).carrying.iter().filter(|c| c.rests.contains(&requirement));
        all.map(|c| (ids(&bundle, &[c.item]).remove(0), c.alone.contains(&requirement))).collect()
    };
    let with = |records: usize| -> String {
        BUNDLE
            .lines()
            .filter(|l| !(records..=3).any(|n| l.contains(&format!("id: T-{}", n + 1))))
            .map(|l| format!("{l}\n"))
            .collect()
    };
    let three = carrying(BUNDLE);
    assert_eq!(three.iter().filter(|(id, alone)| id.starts_with("T-") && !alone).count(), 1, "{three:?}");
    assert_eq!(three.iter().filter(|(_, alone)| *alone).count(), 1, "only the one person there is to ask about: {three:?}");
    let one = carrying(&with(1));
    assert!(one.contains(&("T-1".to_owned(), true)), "{one:?}");
    assert!(carrying(&with(0)).is_empty(), "a verdict that is not met rests on nothing");
}

#[test]
fn what_no_rule_that_applies_reads_is_not_used() {
    let bundle = read(BUNDLE);
    let assessment = weighed(&bundle);
    let unused = &of(&assessment).unused;
    for (kind, row) in unused {
        let readers = abide::library::links::requirements_of_kind(built_in(), *kind);
        let applying =
            readers.iter().map(|id| assessment.outcomes[id.0 as usize].verdict.words()).filter(|w| *w != "not applicable");
        assert_eq!(applying.count(), 0, "{}", bundle.item_id(*kind, *row));
    }
    // A training provider has no cargo, and what it files about it is read by nothing.
    let kind = built_in().kinds.iter().find(|k| {
        let readers = abide::library::links::requirements_of_kind(built_in(), built_in().names.kinds[&k.name]);
        !readers.is_empty() && readers.iter().all(|id| assessment.outcomes[id.0 as usize].verdict.words() == "not applicable")
    });
    let name = &kind.expect("some kind is for others than airports").name;
    let more = read(&format!("{BUNDLE}  - {{ id: X-1, kind: {name} }}\n"));
    let assessment = weighed(&more);
    assert!(ids(&more, &of(&assessment).unused).contains(&"X-1".to_owned()), "{name}");
}

#[test]
fn audiences_see_no_more_of_it_than_of_the_rest() {
    let bundle = read(BUNDLE);
    let assessment = weighed(&bundle);
    let (mut shown, whole) = (0, of(&assessment).carrying.len());
    for audience in Audience::ALL {
        let disclosure = Policies::embedded().disclosure(built_in(), &bundle, audience);
        let view = disclose::disclose(built_in(), &bundle, &assessment, &disclosure);
        let seen = view.assessment.economics.unwrap();
        shown += seen.carrying.len();
        assert!(seen.carrying.len() <= whole);
        if ["front-line", "public"].contains(&audience.name) {
            assert_eq!(seen.carrying.len(), 0, "{}: persons and their records are withheld", audience.name);
            assert!(seen.twice.iter().all(|t| t.same == Same::Attachment), "{}: records are withheld", audience.name);
        }
    }
    assert!(shown > 0, "the security manager sees some");
}

#[test]
fn it_is_told_when_asked_for_and_only_then() {
    let run = |more: &[&str]| {
        let output = abide(["check", NORTHFIELD, "--summary"].iter().chain(more));
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        stdout(&output)
    };
    for format in ["terminal", "narrated", "markdown", "html"] {
        let title = "What the evidence is worth";
        assert!(run(&["--format", format, "--economics"]).contains(title), "{format}");
        assert!(!run(&["--format", format]).contains(title), "{format}");
    }
    let plain: Value = serde_json::from_str(&run(&["--format", "json"])).unwrap();
    assert_eq!(plain.get("economics"), None);
    let report: Value = serde_json::from_str(&run(&["--format", "json", "--economics"])).unwrap();
    let schema: Value = serde_json::from_str(include_str!("../../docs/report.schema.json")).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let errors: Vec<_> = validator.iter_errors(&report).map(|e| format!("{}: {e}", e.instance_path())).take(5).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let carrying = report["economics"]["carrying"].as_array().unwrap();
    let counts: Vec<usize> = carrying.iter().map(|c| c["requirements"].as_array().unwrap().len()).collect();
    assert!(counts.windows(2).all(|w| w[0] >= w[1]) && counts[0] > 2, "the most first: {counts:?}");
    let met: Vec<&Value> =
        report["requirements"].as_array().unwrap().iter().filter(|r| r["verdict"] == "met").map(|r| &r["name"]).collect();
    for name in carrying.iter().flat_map(|c| c["requirements"].as_array().unwrap()) {
        assert!(met.contains(&name), "{name} is not met");
    }
    let output = abide(["check", NORTHFIELD, "--economics", "--only", "awareness-training"]);
    assert_eq!(output.status.code(), Some(2), "what one requirement does not use, another may");
}
