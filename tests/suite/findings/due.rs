//! What is late, which step is next, what came back.

use abide::base::Date;
use abide::findings::due::{self, Due, LateThing, MONTHS};
use abide::findings::{ReadRegister, Step};

use super::{GOOD, register, with};
use crate::support::built_in;

fn at(day: &str) -> Date {
    Date::parse(day).unwrap()
}

fn due<'r>(read: &'r ReadRegister, day: &str, months: u32) -> Due<'r> {
    due::due(built_in(), &read.register, at(day), months)
}

/// The good record, open: without completion and what follows from it.
fn open() -> String {
    let mut text = GOOD.to_owned();
    for gone in [
        "        completed: 2026-04-20\n        verified: { on: 2026-05-10, by: insp, how: observation }\n        effect: { on: 2026-08-10, by: sec, result: It stays closed. }\n",
        "      - { to: reported, on: 2026-05-03, by: sec }\n      - { to: checked, on: 2026-05-10, by: insp }\n      - { to: shut, on: 2026-08-20, by: insp }\n",
    ] {
        assert!(text.contains(gone));
        text = text.replace(gone, "");
    }
    text
}

#[test]
fn what_is_done_in_time_is_quiet() {
    let read = register(&[("f.yaml", GOOD)]);
    for day in ["2026-03-10", "2026-05-01", "2026-08-19", "2027-03-01"] {
        assert!(due(&read, day, MONTHS).is_quiet(), "{day}");
    }
    assert_eq!(due(&read, "2026-08-19", MONTHS).open, 1);
    assert_eq!(due(&read, "2026-08-20", MONTHS).open, 0);
    assert_eq!(due(&read, "2026-03-01", MONTHS).open, 0);
}

#[test]
fn an_action_is_late_the_day_after_it_was_due() {
    let text = open();
    let read = register(&[("f.yaml", &text)]);
    assert!(due(&read, "2026-05-01", MONTHS).late.is_empty());
    let late = due(&read, "2026-05-05", MONTHS).late;
    let [one] = late.as_slice() else { panic!("{late:?}") };
    assert!(matches!(one.what, LateThing::Action(action) if action.id.value == "A1"));
    // From Friday to Tuesday, and Monday 4 May is a bank holiday in Scotland.
    assert_eq!((one.days, one.working_days), (4, Some(1)));
    let england = text.replace("nation: scotland", "nation: england-and-wales");
    let read = register(&[("f.yaml", &england)]);
    let on = |day| due(&read, day, MONTHS).late[0].working_days;
    assert_eq!(on("2026-05-05"), Some(1));
    // 15 June 2026 is one in Scotland alone.
    assert_eq!(on("2026-06-16"), Some(30));
    let read = register(&[("f.yaml", &text)]);
    assert_eq!(due(&read, "2026-06-16", MONTHS).late[0].working_days, Some(29));
    let nowhere = text.replace("    nation: scotland\n", "");
    let read = register(&[("f.yaml", &nowhere)]);
    assert_eq!(due(&read, "2026-05-05", MONTHS).late[0].working_days, None);
}

#[test]
fn past_what_is_known_working_days_are_not_guessed() {
    let text = open();
    let read = register(&[("f.yaml", &text)]);
    let found = due(&read, "2028-01-04", MONTHS);
    assert!(found.late.iter().all(|l| l.working_days.is_none()));
    assert!(!found.diagnostics.is_empty());
    assert!(found.diagnostics.iter().all(|d| d.code.name() == "holidays-not-known"));
    assert!(due(&read, "2027-12-31", MONTHS).diagnostics.is_empty());
}

#[test]
fn the_next_step_and_the_time_that_the_law_gives() {
    let text = open().replace("step: advice, on: 2026-03-02, by: insp }", "step: formal-warning, on: 2026-05-20, by: insp }");
    let read = register(&[("f.yaml", &text)]);
    let found = due(&read, "2026-06-01", MONTHS);
    let [next] = found.steps.as_slice() else { panic!("{:?}", found.steps) };
    assert_eq!((next.taken, next.next, next.serious || next.came_back), (Some(Step::Warning), Some(Step::Notice), false));
    let (least, first) = next.notice.unwrap();
    assert_eq!((least.to_string().as_str(), first), ("7 days", at("2026-06-08")));
    let (least, first) = next.works.unwrap();
    assert_eq!((least.to_string().as_str(), first), ("30 days", at("2026-07-01")));
    // A step that lies ahead is not taken yet.
    assert_eq!(due(&read, "2026-05-19", MONTHS).steps[0].taken, None);
}

#[test]
fn whoever_was_served_may_object_for_a_time() {
    let text = open().replace(
        "step: advice, on: 2026-03-02, by: insp }",
        "step: enforcement-notice, on: 2026-05-20, by: insp, comply-by: 2026-06-10, skips-because: Serious. }",
    );
    let read = register(&[("f.yaml", &text)]);
    let until = |day| due(&read, day, MONTHS).steps[0].objection_until;
    assert_eq!(until("2026-05-27"), Some(at("2026-05-27")));
    assert_eq!(until("2026-05-28"), None);
    // Before it is served nobody can object to it.
    assert_eq!(until("2026-05-19"), None);
    assert!(due(&read, "2026-06-11", MONTHS).late.iter().any(|l| matches!(l.what, LateThing::Notice)));
    assert!(!due(&read, "2026-06-10", MONTHS).late.iter().any(|l| matches!(l.what, LateThing::Notice)));
}

/// The good record again, as another finding of a later day.
fn again(day: &str, category: &str) -> String {
    let record = GOOD.split("findings:\n").nth(1).unwrap();
    let later = record.replace("id: F-1", "id: F-2").replace("      on: 2026-03-02", &format!("      on: {day}"));
    let later = later
        .replace("category: organisation", &format!("category: {category}"))
        .replace("category: equipment", &format!("category: {category}"));
    format!("{GOOD}{later}")
}

#[test]
fn the_same_provision_and_cause_within_so_many_months_came_back() {
    let text = again("2027-03-02", "equipment");
    let read = register(&[("f.yaml", &text)]);
    let repeats = |months| due(&read, "2027-06-01", months).repeats.len();
    assert_eq!((repeats(11), repeats(12), repeats(24)), (0, 1, 1));
    let found = due(&read, "2027-06-01", 24);
    assert!(!found.repeats[0].recorded && !found.repeats[0].cause_open);
    // Another cause is another matter.
    let text = again("2027-03-02", "people");
    let read = register(&[("f.yaml", &text)]);
    assert_eq!(due(&read, "2027-06-01", 24).repeats.len(), 0);
}

#[test]
fn a_measure_that_ended_is_late_from_that_day_on() {
    let text = open().replace("      - id: A1\n", "      - { id: M1, kind: compensatory, what: A guard, owner: sec, since: 2026-03-02, until: 2026-04-10 }\n      - id: A1\n");
    let read = register(&[("f.yaml", &text)]);
    assert!(due(&read, "2026-04-09", MONTHS).is_quiet());
    assert!(matches!(due(&read, "2026-04-10", MONTHS).late[0].what, LateThing::Measure(_)));
}

/// The good record, sent back to work after it was reported.
fn sent_back() -> String {
    with(&[(
        "      - { to: checked, on: 2026-05-10, by: insp }\n      - { to: shut, on: 2026-08-20, by: insp }\n",
        "      - { to: under-way, on: 2026-05-20, by: insp }\n",
    )])
}

#[test]
fn what_was_sent_back_is_late_again() {
    let text = sent_back().replace("      - id: A1\n", "      - { id: M1, kind: compensatory, what: A guard, owner: sec, since: 2026-03-02, until: 2026-05-15 }\n      - id: A1\n");
    let read = register(&[("f.yaml", &text)]);
    assert!(due(&read, "2026-05-19", MONTHS).is_quiet(), "it was reported that day");
    let late = |day| due(&read, day, MONTHS).late.iter().map(|l| l.due.to_string()).collect::<Vec<_>>();
    assert_eq!(late("2026-05-20"), ["2026-05-15"]);
    assert_eq!(late("2026-07-01"), ["2026-05-15", "2026-06-30"]);
    assert_eq!(due(&read, "2026-07-01", MONTHS).open, 1);
}

#[test]
fn what_is_open_on_a_day_is_one_question() {
    let reopened = with(&[(
        "to: shut, on: 2026-08-20, by: insp }",
        "to: shut, on: 2026-08-20, by: insp }\n      - { to: under-way, on: 2026-09-01, by: lead }",
    )]);
    let read = register(&[("f.yaml", &reopened)]);
    let records = abide::portfolio::record::records(&read.register);
    for (day, open) in
        [("2026-03-01", 0), ("2026-03-02", 1), ("2026-08-19", 1), ("2026-08-20", 0), ("2026-08-31", 0), ("2026-09-01", 1)]
    {
        assert_eq!(due(&read, day, MONTHS).open, open, "{day}");
        assert_eq!(records.iter().filter(|r| r.is_open(at(day))).count(), open, "{day}");
    }
    // A move without a day closes nothing.
    let undated = with(&[("to: shut, on: 2026-08-20, by: insp", "to: shut, by: insp")]);
    let read = register(&[("f.yaml", &undated)]);
    assert_eq!(due(&read, "2027-01-01", MONTHS).open, 1);
}

#[test]
fn what_could_not_be_seen_waits_for_another_look() {
    let record = |id: &str, day: &str, class: &str| {
        format!(
            "  - {{ id: {id}, entity: E, origin: authority-monitoring, activity: {{ on: {day} }}, provision: uk-300-2008#art12.1, class: {class} }}\n"
        )
    };
    let first = record("F-1", "2026-03-02", "class-not-confirmed");
    let alone = register(&[("f.yaml", &format!("findings:\n{first}"))]);
    assert_eq!(due(&alone, "2026-03-01", MONTHS).unseen.len(), 0);
    assert_eq!(due(&alone, "2026-04-01", MONTHS).unseen.len(), 1);
    assert_eq!(due(&alone, "2026-04-01", MONTHS).open, 0);
    let again = register(&[("f.yaml", &format!("findings:\n{first}{}", record("F-2", "2026-05-01", "fully-compliant")))]);
    assert_eq!(due(&again, "2026-04-30", MONTHS).unseen.len(), 1);
    assert_eq!(due(&again, "2026-05-01", MONTHS).unseen.len(), 0);
}

/// Whoever may not close it closed it: nothing is open, and that is not all that is said.
#[test]
fn a_register_with_errors_is_never_quiet() {
    let scratch = crate::support::Scratch::new("due-errors");
    let path = |text: &str| scratch.write("findings.yaml", text).to_str().unwrap().to_owned();
    let run = |text: &str| {
        let output = crate::support::abide(["findings", "due", &path(text), "--as-of", "2027-03-01"]);
        (output.status.code(), crate::support::stdout(&output))
    };
    let (code, page) = run(GOOD);
    assert_eq!(code, Some(0), "{page}");
    let (code, page) = run(&with(&[("to: shut, on: 2026-08-20, by: insp", "to: shut, on: 2026-08-20, by: sec")]));
    assert_eq!(code, Some(3), "{page}");
    assert!(page.contains("0 open deficiencies") && page.contains("2 errors in this register: see `findings check`."), "{page}");
}

#[test]
fn nothing_late_is_hidden_by_a_date_that_cannot_be_read() {
    let text = with(&[("due: 2026-05-01", "due: soon")]);
    assert!(register(&[("f.yaml", &text)]).is_broken());
}
