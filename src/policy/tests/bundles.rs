//! Whole bundles: who held which post on the day, and how often Cedar is asked.

use std::fmt::Write;

use crate::base::{FileId, Source, Sources};
use crate::evidence::{Bundle, MemoryFolder, ReadOptions, Reader};
use crate::library::{self, Checked, Library};
use crate::policy::*;
use crate::syntax;

const RULES: &str = r#"
vocabulary entity-kind { airport "Airport operator" }
vocabulary role { accountable-manager "AM" security-manager "SM" line-manager "LM" }
vocabulary rating ordered { low "Low" medium "Medium" high "High" }
evidence person "Person" { roles list of role? proves present }
evidence appointment "Appointment" { holder person post role starts date ends date? proves present }
evidence risk "Risk" { residual rating? owner person? proves present }
evidence risk-acceptance "Acceptance" {
  risk risk residual rating accepted-by person accepted date? proves operating
  act accept risk by accepted-by on accepted
}
"#;

const PEOPLE: &str = r"abide: 1
entity: { id: E, name: N, kind: airport }
people:
  - { id: am, roles: [accountable-manager] }
  - { id: lm, roles: [line-manager] }
  - { id: none, roles: [] }
  - { id: silent }
  - { id: once, roles: [accountable-manager] }
  - { id: letter }
evidence:
  - { id: A1, kind: appointment, holder: once, post: accountable-manager, starts: 2020-01-01, ends: 2024-01-01 }
  - { id: A2, kind: appointment, holder: letter, post: accountable-manager, starts: 2024-01-01 }
  - { id: R1, kind: risk, residual: high }
";

fn rules() -> Checked<Library> {
    let mut sources = Sources::default();
    sources.add(Source::new("rules.abide", RULES));
    let parsed = syntax::parse(FileId(0), RULES);
    assert_eq!(parsed.diagnostics, []);
    library::check(sources, &[parsed.file]).0.unwrap()
}

fn bundle(library: &Checked<Library>, evidence: &str) -> Bundle {
    let folder = MemoryFolder::new([("bundle.yaml", format!("{PEOPLE}{evidence}"))]);
    Reader::new(library).read(&folder, &ReadOptions::default()).bundle.unwrap()
}

/// The acceptance of a high risk by somebody on a day.
fn accepted(by: &str, on: &str) -> String {
    let library = rules();
    let on = if on.is_empty() { String::new() } else { format!(", accepted: {on}") };
    let item = format!("  - {{ id: X, kind: risk-acceptance, risk: R1, residual: high, accepted-by: {by}{on} }}\n");
    let bundle = bundle(&library, &item);
    let found = Policies::embedded().admissibility(&library, &bundle);
    match (found.barred.first(), found.doubted.first()) {
        (Some(barred), _) => {
            assert_eq!(found.admits(TableId(barred.kind.0), barred.row), crate::base::Truth::False);
            assert!(barred.field.is_some() && barred.at.is_some());
            "barred".to_owned()
        }
        (None, Some(doubted)) => {
            assert_eq!(found.admits(TableId(doubted.kind.0), doubted.row), crate::base::Truth::Unknown);
            format!("needs {}", doubted.needs.join(", "))
        }
        (None, None) => "permitted".to_owned(),
    }
}

#[test]
fn the_post_must_be_held_on_the_day() {
    assert_eq!(accepted("am", "2025-06-01"), "permitted");
    assert_eq!(accepted("lm", "2025-06-01"), "barred");
    assert_eq!(accepted("none", "2025-06-01"), "barred");
    // Where there is a letter, its days count, not the list of roles.
    assert_eq!(accepted("once", "2023-12-31"), "permitted");
    assert_eq!(accepted("once", "2024-01-01"), "barred");
    assert_eq!(accepted("letter", "2024-01-01"), "permitted");
}

#[test]
fn what_nobody_states_is_open() {
    assert_eq!(accepted("silent", "2025-06-01"), "needs roles");
    assert_eq!(accepted("letter", "2023-12-31"), "barred");
    assert_eq!(accepted("once", ""), "needs roles");
    assert_eq!(accepted("am", ""), "permitted");
    assert_eq!(accepted("nobody", "2025-06-01"), "needs roles");
}

#[test]
fn without_policies_nothing_is_barred() {
    let library = rules();
    let item = "  - { id: X, kind: risk-acceptance, risk: R1, residual: high, accepted-by: none, accepted: 2025-01-01 }\n";
    let found = Policies::none().admissibility(&library, &bundle(&library, item));
    assert_eq!(found, Admissibility::default());
}

/// How many items are barred; one may be barred by several policies.
fn rows(found: &Admissibility) -> usize {
    found.barred.iter().map(|b| b.row).collect::<BTreeSet<_>>().len()
}

/// Cedar is slow beside everything else here: it is asked once for every act that differs from all before, not once for each item.
#[test]
fn cedar_is_asked_once_for_each_distinct_act() {
    let library = rules();
    let items = |count: usize| {
        let mut text = String::new();
        for i in 0..count {
            let (by, level) = (["am", "lm", "none", "once"][i % 4], ["low", "medium", "high"][i / 4 % 3]);
            let day = 1 + i % 28;
            let item = format!("risk: R1, residual: {level}, accepted-by: {by}, accepted: 2025-03-{day:02}");
            writeln!(text, "  - {{ id: X{i}, kind: risk-acceptance, {item} }}").unwrap();
        }
        text
    };
    let policies = Policies::embedded();
    let found = policies.admissibility(&library, &bundle(&library, &items(20_000)));
    // Three scores, and three sets of posts: the manager's, the line manager's, and none, which two of the people hold.
    assert_eq!(policies.times_asked(), 9);
    assert_eq!(rows(&found), 15_000);
    // Another bundle with the same acts asks nothing more.
    let few = policies.admissibility(&library, &bundle(&library, &items(12)));
    assert_eq!(policies.times_asked(), 9);
    assert_eq!(rows(&few), 9);
}
