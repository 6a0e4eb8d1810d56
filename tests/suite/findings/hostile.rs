//! Whatever a register holds, there is an answer and no panic.

use proptest::prelude::*;

use super::{GOOD, codes, register, told};

#[test]
fn nothing_is_no_register() {
    assert_eq!(codes(""), ["no-findings"]);
    assert_eq!(codes("abide: 1\n"), ["no-findings"]);
    assert_eq!(codes("findings: []\n"), Vec::<&str>::new());
    // Silence is not an empty register, and a key with nothing after it is silence.
    assert_eq!(codes("findings:\n"), ["no-findings"]);
    assert_eq!(register(&[]).diagnostics.len(), 1);
}

#[test]
fn strange_shapes_are_told() {
    assert_eq!(codes("- 1\n- 2\n")[0], "wrong-value");
    assert_eq!(codes("findings: 7\n"), ["wrong-value"]);
    assert_eq!(codes("findings: [7, null, []]\n"), ["wrong-value", "wrong-value", "wrong-value"]);
    assert_eq!(codes("findings: [{ entity: X }]\n"), ["missing-key"]);
    assert_eq!(codes("abide: 2\nfindings: []\n"), ["bundle-version"]);
    assert_eq!(codes("findings: []\nfindngs: []\n"), ["no-such-key"]);
    assert!(
        codes("findings: [{ id: F, activity: [1], actions: {}, moves: x, class: [a], evidence: yes, correct-by: {} }]").len()
            >= 6
    );
    assert!(codes("findings: [{ id: F, provision: { a: b } }]").contains(&"wrong-value"));
}

#[test]
fn two_files_are_one_register() {
    let second = GOOD.replace("id: F-1", "id: F-2");
    let second = second.split("findings:\n").nth(1).map(|rest| format!("findings:\n{rest}")).unwrap();
    let read = register(&[("a.yaml", GOOD), ("b.yaml", &second)]);
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    assert_eq!(read.register.findings.len(), 2);
    let twice = register(&[("a.yaml", GOOD), ("b.yaml", GOOD)]);
    let names: Vec<&str> = twice.diagnostics.iter().map(|d| d.code.name()).collect();
    assert_eq!(names.iter().filter(|c| **c == "duplicate-item").count(), 5, "{names:?}");
}

#[test]
fn beside_a_bundle_the_rest_is_the_bundles_business() {
    let bundle = "abide: 1\nentity: { id: NRA, name: N, kind: airport }\npeople: [{ id: insp, name: I, roles: [caa-inspector], tasks: [] }]\nevidence: []\n";
    let findings = "findings:\n  - { id: F-1, class: fully-compliant, activity: { on: 2026-01-01 } }\n";
    let read = register(&[("bundle.yaml", bundle), ("findings/one.yaml", findings)]);
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    assert_eq!(read.register.findings[0].entity_id(), "NRA");
    assert!(read.register.person("insp").is_some());
}

#[test]
fn beside_a_bundle_a_finding_is_of_its_entity_and_of_law_that_binds_it() {
    let told = |findings: &str| {
        let text = format!(
            "abide: 1\nentity: {{ id: E, name: N, kind: known-consignor }}\nfindings:\n  - {{ id: F, activity: {{ on: 2026-03-02 }}, {findings} }}\n"
        );
        codes(&text).into_iter().filter(|c| matches!(*c, "binds-others" | "other-entity")).collect::<Vec<_>>()
    };
    assert_eq!(told("provision: uk-300-2008#art12.1, class: not-compliant"), ["binds-others"]);
    assert_eq!(told("provision: uk-300-2008#art12.1, class: class-not-applicable"), Vec::<&str>::new());
    assert_eq!(told("entity: E"), Vec::<&str>::new());
    assert_eq!(told("entity: OTHER, provision: uk-300-2008#art12.1, class: not-compliant"), ["other-entity"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// A stretch of the good record is cut out, or put elsewhere.
    #[test]
    fn a_mangled_record_is_read_or_told(start in 0usize..3000, len in 0usize..400, to in 0usize..3000) {
        let mut text: Vec<char> = GOOD.chars().collect();
        let start = start.min(text.len());
        let end = (start + len).min(text.len());
        let cut: Vec<char> = text.drain(start..end).collect();
        let to = to.min(text.len());
        text.splice(to..to, cut);
        let text: String = text.into_iter().collect();
        let first = told(&text);
        prop_assert_eq!(&first, &told(&text));
        for diagnostic in &first {
            if let Some(at) = &diagnostic.at {
                prop_assert!(text.get(at.span.start as usize..at.span.end as usize).is_some());
            }
        }
    }
}
