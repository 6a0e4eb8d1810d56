//! Each planted mistake is told, once, as what it is, and nothing else is.

use super::{GOOD, codes, told, with};

#[test]
fn the_good_record_is_in_order() {
    let told: Vec<String> = told(GOOD).into_iter().map(|d| format!("{}: {}", d.code, d.message)).collect();
    assert_eq!(told, Vec::<String>::new());
}

/// What is changed, and the codes that are told then.
type Planted<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str]);

#[test]
fn every_item_of_a_report_is_missed_by_itself() {
    let gone: &[&str] = &[
        "      kind: inspection\n",
        "      monitored: The gate\n",
        "      at: \"09:00\"\n",
        "      auditors: [insp]\n",
        "      scope: One morning\n",
        "    found: The gate stood open.\n",
        "    provision: uk-300-2008#art12.1\n",
        "    recommendation: Close it.\n",
        "    correct-by: 2026-06-30\n",
    ];
    for line in gone {
        assert_eq!(codes(&with(&[(line, "")])), ["report-item"], "without `{}`", line.trim());
    }
    assert_eq!(codes(&with(&[("      on: 2026-03-02\n", "")])), ["report-item"]);
    assert_eq!(codes(&with(&[("auditors: [insp]", "auditors: []")])), ["report-item"]);
    assert_eq!(codes(&with(&[("    class: not-compliant\n", "")])), ["report-item"]);
    assert_eq!(codes(&with(&[("    origin: authority-monitoring\n", "")])), ["missing-key"]);
    assert_eq!(codes(&with(&[("    entity: NRA\n", "")])), ["missing-key"]);
}

#[test]
fn planted_mistakes_are_found_one_by_one() {
    let planted: &[Planted<'_>] = &[
        // The provision.
        (&[("uk-300-2008#art12.1", "uk-2015-1998#1.3")], &["not-law-that-day"]),
        (&[("uk-300-2008#art12.1", "uk-300-2008#art12.9")], &["no-such-rule"]),
        (&[("uk-300-2008#art12.1", "eu-2015-1998#11.1.11")], &["cites-foreign"]),
        (&[("uk-300-2008#art12.1", "nasp#culture")], &["cites-sealed"]),
        (&[("uk-300-2008#art12.1", "uk-300-2008#annex2-2.3")], &["asks-nothing"]),
        // Law of another day holds nobody to what was seen, unless it read the same.
        (&[("uk-300-2008#art12.1", "uk-2015-1998#1.3\n    read-on: 2023-01-30")], &["not-law-that-day"]),
        (&[("uk-300-2008#art12.1", "uk-300-2008#art12.1\n    read-on: 2026-03-09")], &[]),
        // The class.
        (&[("kind: inspection", "kind: survey")], &["class-for-survey"]),
        (&[("class: not-compliant", "class: fully-compliant")], &["class-contradicted"]),
        (&[("class: not-compliant", "class: compliant")], &["wrong-value"]),
        (&[("    evidence: [Photograph 1]\n", "")], &["no-evidence"]),
        // Correction.
        (&[("    containment: { on: 2026-03-02, by: lead, what: It was closed. }\n", "")], &["not-contained"]),
        (&[("by: lead, what: It was closed.", "by: lead")], &["not-contained"]),
        // The cause.
        (&[("      method: five-whys\n", "")], &["analysis-item"]),
        (&[("      completed: 2026-03-20\n", "")], &["analysis-item"]),
        (&[("      human-factors: Two duties at once.\n", "")], &["analysis-item"]),
        (&[("human-factors: Two duties at once.", "human-factors: \"\"")], &["wrong-value"]),
        (&[("      recurrence: No other gate.\n", "")], &["recurrence-not-sought"]),
        (
            &[("organisation }", "people }"), ("systemic: true", "systemic: false"), ("systemic: true", "systemic: false")],
            &["no-systemic-cause"],
        ),
        (&[(", category: organisation", "")], &["analysis-item"]),
        // Actions and causes.
        (&[("causes: [C2]", "causes: [C1]")], &["cause-without-action"]),
        (&[("causes: [C2]", "causes: [C1, C2, C3]")], &["unknown-cause"]),
        (&[("causes: [C2]", "causes: []")], &["action-without-cause", "cause-without-action"]),
        (&[("works-by: equipment-change", "works-by: reminder-only")], &["only-reminders"]),
        (&[("        owner: lead\n", "")], &["action-item"]),
        (&[("        due: 2026-05-01\n", "")], &["action-item"]),
        (&[("        works-by: process-change\n", "")], &["action-item"]),
        (&[("kind: corrective", "kind: preventive")], &["no-action-plan"]),
        (&[("kind: corrective", "kind: corective")], &["wrong-value"]),
        // Done, verified, looked at again.
        (&[("        verified: { on: 2026-05-10, by: insp, how: observation }\n", "")], &["not-verified"]),
        (&[("by: insp, how: observation", "by: insp")], &["not-verified"]),
        (&[("        completed: 2026-04-20\n", "")], &["not-completed", "not-completed"]),
        (&[("        effect: { on: 2026-08-10, by: sec, result: It stays closed. }\n", "")], &["effect-not-checked"]),
        // The states.
        (&[("      - { to: plan-agreed, on: 2026-04-01, by: insp }\n", "")], &["impossible-move"]),
        (&[("      - { to: checked, on: 2026-05-10, by: insp }\n", "")], &["impossible-move"]),
        (&[("to: raised, on: 2026-03-02, by: insp", "to: raised, on: 2026-03-02")], &["move-item"]),
        (
            &[(
                "to: shut, on: 2026-08-20, by: insp }",
                "to: shut, on: 2026-08-20, by: insp }\n      - { to: under-way, on: 2026-09-01, by: lead }",
            )],
            &["impossible-move"],
        ),
        // The ladder.
        (&[("step: advice", "step: formal-warning")], &["rung-skipped"]),
        (&[("step: advice, on: 2026-03-02, by: insp", "step: advice, by: insp")], &["rung-item"]),
        (
            &[(
                "step: advice, on: 2026-03-02, by: insp }",
                "step: enforcement-notice, on: 2026-04-01, by: insp, comply-by: 2026-04-07, skips-because: It is serious. }",
            )],
            &["short-notice"],
        ),
        (
            &[(
                "step: advice, on: 2026-03-02, by: insp }",
                "step: enforcement-notice, on: 2026-04-01, by: insp, comply-by: 2026-04-08, skips-because: It is serious. }",
            )],
            &[],
        ),
        (
            &[(
                "step: advice, on: 2026-03-02, by: insp }",
                "step: enforcement-notice, on: 2026-04-01, by: insp, works: true, comply-by: 2026-04-30, skips-because: It is serious. }",
            )],
            &["short-notice"],
        ),
        // A word that names no finding excuses nothing.
        (
            &[("step: advice", "step: formal-warning"), ("    nation: scotland", "    nation: scotland\n    repeats: F-0")],
            &["rung-skipped", "unknown-finding"],
        ),
        (
            &[(
                "      - { step: advice, on: 2026-03-02, by: insp }",
                "      - { step: advice, on: 2026-03-09, by: insp }\n      - { step: formal-warning, on: 2026-03-08, by: insp }",
            )],
            &["dates-out-of-order"],
        ),
        (&[("step: advice, on: 2026-03-02, by: insp", "step: advice, on: 2026-03-02, by: sec")], &["not-permitted"]),
        // More time.
        (
            &[(
                "        due: 2026-05-01\n",
                "        due: 2027-12-31\n        extended: [{ was: 2026-04-15, now: 2026-05-01, on: 2026-04-10, by: insp, because: Late. }]\n",
            )],
            &["due-not-allowed"],
        ),
        // Dates.
        (
            &[("verified: { on: 2026-05-10, by: insp, how: test }", "verified: { on: 2026-05-01, by: insp, how: test }")],
            &["dates-out-of-order"],
        ),
        (&[("correct-by: 2026-06-30", "correct-by: 2026-02-30")], &["no-such-day"]),
        (&[("correct-by: 2026-06-30", "correct-by: 2026-03-01")], &["dates-out-of-order"]),
        (&[("to: plan-filed, on: 2026-03-25", "to: plan-filed, on: 2026-03-19")], &["dates-out-of-order"]),
        (&[("containment: { on: 2026-03-02", "containment: { on: 2026-03-01")], &["dates-out-of-order"]),
        // It cannot be contained before anything contains it, nor closed before its effect was seen.
        (
            &[
                ("to: contained, on: 2026-03-02", "to: contained, on: 2026-03-05"),
                ("containment: { on: 2026-03-02", "containment: { on: 2026-03-08"),
            ],
            &["dates-out-of-order"],
        ),
        (&[("effect: { on: 2026-08-10, by: sec", "effect: { on: 2026-08-21, by: sec")], &["dates-out-of-order"]),
        (&[("step: advice, on: 2026-03-02", "step: advice, on: 2026-08-21")], &["dates-out-of-order"]),
        // An action later than the finding allows, and more time that nobody gave.
        (&[("correct-by: 2026-06-30", "correct-by: 2026-04-30")], &["due-not-allowed"]),
        (
            &[(
                "        due: 2026-05-01\n",
                "        due: 2026-06-01\n        extended:\n          - { was: 2026-04-01, now: 2026-04-15, on: 2026-03-30, by: insp, because: Late. }\n          - { was: 2026-05-01, now: 2026-06-01, on: 2026-04-10, by: insp, because: Late. }\n",
            )],
            &["due-not-allowed"],
        ),
        (
            &[(
                "        due: 2026-05-01\n",
                "        due: 2026-05-01\n        extended: [{ was: 2026-04-15, now: 2026-05-01, on: 2026-04-10, by: insp }]\n",
            )],
            &["action-item"],
        ),
        // The ladder is the authority's.
        (&[("    origin: authority-monitoring", "    origin: internal-quality-control")], &["ladder-not-ours"]),
        // People, keys, references.
        (&[("auditors: [insp]", "auditors: [insp, insq]")], &["unknown-member"]),
        (&[("roles: [security-manager]", "roles: [security-manger]")], &["misspelt-role"]),
        (&[("auditors: [insp]", "auditors: [insp, sec]")], &["not-permitted"]),
        (&[("roles: [security-manager]", "roles: [head-of-the-night-shift]")], &[]),
        (&[("    nation: scotland", "    nation: scotland\n    marking: offical")], &["unknown-marking"]),
        (&[("    found:", "    fuond: x\n    found:")], &["no-such-key"]),
        (&[("    nation: scotland", "    nation: scotland\n    repeats: F-0")], &["unknown-finding"]),
        (&[("    nation: scotland", "    nation: scotland\n    repeats: F-1")], &["dates-out-of-order"]),
        (&[("id: A2", "id: A1")], &["duplicate-item"]),
    ];
    for (changes, wanted) in planted {
        let found = codes(&with(changes));
        assert_eq!(&found, wanted, "after {changes:?}");
    }
}

#[test]
fn a_compensatory_measure_ends_and_lasts() {
    let measure = |rest: &str| {
        with(&[(
            "      - id: A1\n",
            &format!("      - {{ id: M1, kind: compensatory, what: A guard, owner: sec{rest} }}\n      - id: A1\n"),
        )])
    };
    assert_eq!(codes(&measure("")), ["measure-without-end"]);
    assert_eq!(codes(&measure(", since: 2026-03-02, until: 2026-05-02")), Vec::<&str>::new());
    assert_eq!(codes(&measure(", since: 2026-03-02, until: 2026-04-19")), ["measure-ends-early"]);
    // It makes up for the deficiency, so nothing has to be put right at once.
    let instead = measure(", since: 2026-03-02, until: 2026-05-02")
        .replace("    containment: { on: 2026-03-02, by: lead, what: It was closed. }\n", "");
    assert_eq!(codes(&instead), Vec::<&str>::new());
}

#[test]
fn diagnostics_stand_at_their_places_and_cite_the_law_as_it_read() {
    let text = with(&[
        ("    recommendation: Close it.\n", ""),
        ("to: shut, on: 2026-08-20, by: insp", "to: shut, on: 2026-08-20, by: sec"),
    ]);
    let told = told(&text);
    let at = |code: &str| {
        let found = told.iter().find(|d| d.code.name() == code).unwrap();
        let span = found.at.as_ref().unwrap().span;
        (&text[span.start as usize..span.end as usize], found.note.as_deref().unwrap_or_default())
    };
    let (place, note) = at("report-item");
    assert_eq!(place, "F-1");
    assert!(note.starts_with("Regulation (EC) 300/2008, annex2-10.2: A report says"), "{note}");
    let (place, note) = at("not-permitted");
    assert_eq!(place, "sec");
    assert!(note.contains("authority-finding-closed-by-entity") && note.contains("uk-300-2008#annex2-13.1"), "{note}");
}

#[test]
fn json_is_read_like_yaml() {
    let yaml = told("findings: [{ id: F-1, entity: X, class: not-compliant }]");
    let json = super::register(&[("f.json", r#"{ "findings": [{ "id": "F-1", "entity": "X", "class": "not-compliant" }] }"#)]);
    let found = abide::findings::check(crate::support::built_in(), &json.register, &abide::policy::Policies::embedded());
    let words = |all: &[abide::diagnostics::Diagnostic]| all.iter().map(|d| d.message.clone()).collect::<Vec<_>>();
    assert_eq!(words(&yaml), words(&found));
    assert!(!found.is_empty());
}

/// The inspector sends it back: what was reported is no longer, and no date of the first pass is out of order with the second.
#[test]
fn what_was_sent_back_is_judged_by_where_it_stands() {
    let back = "      - { to: checked, on: 2026-05-10, by: insp }\n      - { to: shut, on: 2026-08-20, by: insp }\n";
    let under_way = "      - { to: under-way, on: 2026-05-20, by: insp }\n";
    let done = "        completed: 2026-04-20\n        verified: { on: 2026-05-10, by: insp, how: observation }\n        effect: { on: 2026-08-10, by: sec, result: It stays closed. }\n";
    assert_eq!(codes(&with(&[(back, under_way), (done, "")])), Vec::<&str>::new());
    assert_eq!(codes(&with(&[(back, under_way), (done, "        completed: 2026-06-20\n")])), Vec::<&str>::new());
    // Reported again, it is measured by the second pass.
    let again = format!("{under_way}      - {{ to: reported, on: 2026-06-25, by: sec }}\n");
    assert_eq!(codes(&with(&[(back, &again), (done, "        completed: 2026-06-20\n")])), Vec::<&str>::new());
    assert_eq!(codes(&with(&[(back, &again), (done, "        completed: 2026-06-28\n")])), ["dates-out-of-order"]);
    assert_eq!(codes(&with(&[(back, &again), (done, "")])), ["not-completed"]);
}

#[test]
fn a_repeat_that_the_register_knows_excuses_a_skipped_step() {
    let record = GOOD.split("findings:\n").nth(1).unwrap().replace("id: F-1", "id: F-2");
    let later = record
        .replace("step: advice", "step: formal-warning")
        .replace("    nation: scotland", "    nation: scotland\n    repeats: F-1");
    assert_eq!(codes(&format!("{GOOD}{later}")), Vec::<&str>::new());
    let itself = later.replace("repeats: F-1", "repeats: F-2");
    assert!(codes(&format!("{GOOD}{itself}")).contains(&"rung-skipped"));
}

#[test]
fn only_the_same_matter_is_repeated() {
    let record = GOOD.split("findings:\n").nth(1).unwrap().replace("id: F-1", "id: F-2");
    let repeating =
        |text: &str, id: &str| text.replacen("    nation: scotland", &format!("    nation: scotland\n    repeats: {id}"), 1);
    let later = repeating(&record, "F-1");
    assert_eq!(codes(&format!("{GOOD}{later}")), Vec::<&str>::new());
    let other = later.replace("provision: uk-300-2008#art12.1", "provision: uk-300-2008#annex1-1.2");
    assert_eq!(codes(&format!("{GOOD}{other}")), ["repeats-other-matter"]);
    // Of two of one day, each names the other.
    assert_eq!(codes(&format!("{}{later}", repeating(GOOD, "F-2"))), ["repeats-other-matter", "repeats-other-matter"]);
}

#[test]
fn what_could_not_be_seen_may_have_a_measure_and_no_more() {
    let record = |rest: &str| format!("findings:\n  - {{ id: F, entity: E, class: class-not-confirmed, {rest} }}\n");
    let contradicted = |rest: &str| codes(&record(rest)).contains(&"class-contradicted");
    assert!(!contradicted("actions: [{ id: M, kind: compensatory }]"));
    assert!(contradicted("actions: [{ id: A, kind: corrective }]"));
    assert!(contradicted("correct-by: 2026-05-01"));
}

#[test]
fn a_plan_that_nobody_submitted_is_not_said_to_be() {
    let text = "findings:\n  - { id: F, entity: E, class: not-compliant, moves: [{ to: raised, on: 2026-03-02 }, { to: shut, on: 2026-03-03 }] }\n";
    let told = told(text);
    let plan = told.iter().find(|d| d.code.name() == "no-action-plan").unwrap();
    assert!(!plan.message.contains("submitted"), "{}", plan.message);
}
