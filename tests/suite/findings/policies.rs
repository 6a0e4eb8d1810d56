//! Who may move a finding, both ways: each policy forbids what it means to, and permits the same act by somebody who may.

use super::{codes, told, with};

/// The policies that object to a text.
fn objections(text: &str) -> Vec<String> {
    let notes = told(text).into_iter().filter(|d| d.code.name() == "not-permitted").filter_map(|d| d.note);
    let mut names: Vec<String> = notes.filter_map(|n| n.split('`').nth(1).map(str::to_owned)).collect();
    names.sort();
    names
}

#[test]
fn what_is_the_authoritys_is_not_the_entitys() {
    let forbidden = [
        ("to: raised, on: 2026-03-02, by: insp", "to: raised, on: 2026-03-02, by: lead", "authority-finding-raised-by-entity"),
        (
            "to: plan-agreed, on: 2026-04-01, by: insp",
            "to: plan-agreed, on: 2026-04-01, by: lead",
            "authority-plan-agreed-by-entity",
        ),
        (
            "to: plan-filed, on: 2026-03-25, by: sec",
            "to: plan-filed, on: 2026-03-25, by: other-insp",
            "entity-part-done-by-authority",
        ),
        ("to: reported, on: 2026-05-03, by: sec", "to: reported, on: 2026-05-03, by: insp", "entity-part-done-by-authority"),
    ];
    for (from, to, policy) in forbidden {
        assert_eq!(objections(&with(&[(from, to)])), [policy], "{to}");
    }
    // Somebody of the authority who did not raise it may do the rest.
    for from in [
        "to: plan-agreed, on: 2026-04-01, by: insp",
        "to: checked, on: 2026-05-10, by: insp",
        "to: shut, on: 2026-08-20, by: insp",
    ] {
        let other = with(&[(from, &from.replace("insp", "other-insp"))]);
        assert_eq!(codes(&other), Vec::<&str>::new(), "{from}");
    }
}

#[test]
fn the_entity_never_closes_or_verifies_an_inspectors_finding() {
    let closed = with(&[("to: shut, on: 2026-08-20, by: insp", "to: shut, on: 2026-08-20, by: sec")]);
    assert_eq!(objections(&closed), ["authority-finding-closed-by-entity", "finding-verified-or-closed-by-owner"]);
    let checked = with(&[("to: checked, on: 2026-05-10, by: insp", "to: checked, on: 2026-05-10, by: lead")]);
    assert_eq!(objections(&checked), ["authority-remedy-verified-by-entity", "finding-verified-or-closed-by-owner"]);
}

#[test]
fn a_second_person_verifies() {
    let own = with(&[(
        "verified: { on: 2026-05-10, by: insp, how: observation }",
        "verified: { on: 2026-05-10, by: lead, how: observation }",
    )]);
    assert_eq!(objections(&own), ["verifier-is-owner"]);
    let second = with(&[(
        "verified: { on: 2026-05-10, by: insp, how: observation }",
        "verified: { on: 2026-05-10, by: sec, how: observation }",
    )]);
    assert_eq!(codes(&second), Vec::<&str>::new());
}

#[test]
fn more_time_is_allowed_by_the_authority() {
    let more = |by: &str| {
        with(&[(
            "        due: 2026-05-01\n",
            &format!(
                "        due: 2026-05-01\n        extended: [{{ was: 2026-04-15, now: 2026-05-01, on: 2026-04-10, by: {by}, because: Late. }}]\n"
            ),
        )])
    };
    assert_eq!(objections(&more("insp")), Vec::<String>::new());
    assert_eq!(objections(&more("sec")), ["authority-time-extended-by-entity"]);
    assert_eq!(objections(&more("lead")), ["authority-time-extended-by-entity", "more-time-allowed-by-owner"]);
}

#[test]
fn the_ladder_is_the_authoritys() {
    let escalated = |by: &str| {
        with(&[(
            "      - { to: reported",
            &format!("      - {{ to: escalated, on: 2026-05-02, by: {by} }}\n      - {{ to: reported"),
        )])
    };
    assert_eq!(codes(&escalated("insp")), Vec::<&str>::new());
    assert_eq!(objections(&escalated("sec")), ["authority-finding-escalated-by-entity"]);
    // A step of the ladder is climbed by whoever may escalate.
    let step = |by: &str| with(&[("step: advice, on: 2026-03-02, by: insp", &format!("step: advice, on: 2026-03-02, by: {by}"))]);
    assert_eq!(codes(&step("other-insp")), Vec::<&str>::new());
    assert_eq!(objections(&step("sec")), ["authority-finding-escalated-by-entity"]);
}

#[test]
fn an_internal_finding_is_the_entitys_own() {
    let internal = with(&[
        ("origin: authority-monitoring", "origin: internal-quality-control"),
        ("    ladder:\n      - { step: advice, on: 2026-03-02, by: insp }\n", ""),
        ("to: raised, on: 2026-03-02, by: insp", "to: raised, on: 2026-03-02, by: sec"),
        ("to: plan-agreed, on: 2026-04-01, by: insp", "to: plan-agreed, on: 2026-04-01, by: lead"),
    ]);
    assert_eq!(codes(&internal), Vec::<&str>::new());
    // But whoever filed the plan does not agree to it.
    let alone = with(&[
        ("origin: authority-monitoring", "origin: internal-quality-control"),
        ("    ladder:\n      - { step: advice, on: 2026-03-02, by: insp }\n", ""),
        ("to: plan-agreed, on: 2026-04-01, by: insp", "to: plan-agreed, on: 2026-04-01, by: sec"),
    ]);
    assert_eq!(objections(&alone), ["plan-agreed-by-its-author"]);
}

#[test]
fn what_is_not_known_is_neither_permitted_nor_forbidden() {
    let unknown = with(&[("name: An Inspector, roles: [caa-inspector]", "name: An Inspector")]);
    let found = codes(&unknown);
    assert!(!found.is_empty() && found.iter().all(|c| *c == "authority-not-known"), "{found:?}");
    // `roles: []` is known: there are none.
    let none = with(&[("name: An Inspector, roles: [caa-inspector]", "name: An Inspector, roles: []")]);
    assert!(objections(&none).contains(&"authority-finding-raised-by-entity".to_owned()));
}
