//! Explanations say what is so, and point at where it stands.

use abide::assess;
use abide::base::{Date, FileId, Source, Sources};
use abide::evidence::{MemoryFolder, ReadOptions, Reader};
use abide::library;
use abide::report::{self, Context, Style};
use abide::syntax;

use crate::support::{abide, command, root, stderr, stdout};

const RULES: &str = r#"
vocabulary entity-kind { airport "Airport operator" }

vocabulary topic { fire "Fire" flood "Flood" }

component security-education "Security education" { number 1 }

evidence person "Person" { proves present }

evidence plan "Plan" { date date good bool? topics list of topic? proves operating }

evidence review "Review" { plan plan? date date proves operating }

requirement latest-plan "The latest plan is good" {
  shows      security-education operating
  decided by machine
  severity   major
  applies to all
  expect good { latest plan as p by p.date satisfies p.good }
}

requirement covers-fire "Each plan covers fire" {
  shows      security-education operating
  decided by machine
  severity   major
  applies to all
  expect fire { every plan as p satisfies p.topics contains fire }
}

requirement reviewed-fire "Each review is of a plan that covers fire" {
  shows      security-education operating
  decided by machine
  severity   major
  applies to all
  expect fire { every review as r satisfies r.plan.topics contains fire }
}
"#;

/// The tree of grounds of a requirement, each text on one line.
fn why(requirement: &str, evidence: &str) -> String {
    let mut sources = Sources::default();
    sources.add(Source::new("rules.abide", RULES));
    let parsed = syntax::parse(FileId(0), RULES);
    let (library, problems) = library::check(sources, &[parsed.file]);
    let library = library.unwrap_or_else(|| panic!("{problems:?}"));
    let bundle = format!("abide: 1\nentity: {{ id: E1, name: Example, kind: airport }}\nevidence:\n{evidence}");
    let read = Reader::new(&library).read(&MemoryFolder::new([("bundle.yaml", bundle)]), &ReadOptions::default());
    let bundle = read.bundle.unwrap_or_else(|| panic!("{:?}", read.diagnostics));
    let date = Date::parse("2026-11-23").unwrap();
    let mut assessment = assess::assess(&library, &bundle, date, crate::policies());
    let id = library.names.requirements[requirement];
    assessment.outcomes[id.0 as usize] = assess::explain(&library, &bundle, date, crate::policies(), id);
    let style = Style { width: 300, ..Style::default() };
    let context =
        Context { library: &library, bundle: &bundle, assessment: &assessment, fingerprint: None, withheld: None, style };
    let mut text = String::new();
    report::why(&context, &assessment.outcomes[id.0 as usize], &mut text);
    text
}

fn says(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "`{part}` is not in\n{text}");
    }
}

#[test]
fn the_latest_is_named_whether_it_will_do_or_not() {
    let old = "  - { id: P1, kind: plan, facts: { date: 2025-01-01, good: false } }\n";
    let new = "  - { id: P2, kind: plan, facts: { date: 2026-01-01, good: true } }\n";
    let newer = "  - { id: P3, kind: plan, facts: { date: 2026-02-01, good: false } }\n";
    says(&why("latest-plan", &format!("{old}{new}")), &["✓ met", "✓ the latest is plan P2"]);
    let failing = why("latest-plan", &format!("{old}{new}{newer}"));
    says(&failing, &["✗ not met", "✗ the latest is plan P3"]);
    assert!(!failing.contains("P1"), "an earlier one is no reason\n{failing}");
    says(&why("latest-plan", "  - { id: X, kind: person }\n"), &["there is no plan"]);
}

#[test]
fn a_list_that_is_not_stated_is_pointed_at() {
    let plan = "  - { id: P1, kind: plan, facts: { date: 2025-01-01 } }\n";
    says(&why("covers-fire", plan), &["? `topics` of plan P1 is not stated", "evidence bundle.yaml:4"]);
    let review = "  - { id: R1, kind: review, facts: { plan: P1, date: 2025-01-01 } }\n";
    says(&why("reviewed-fire", &format!("{plan}{review}")), &["? `topics` of plan P1 is not stated", "evidence bundle.yaml:4"]);
    let loose = "  - { id: R1, kind: review, facts: { date: 2025-01-01 } }\n";
    says(&why("reviewed-fire", &format!("{plan}{loose}")), &["? `plan` of review R1 is not stated", "evidence bundle.yaml:5"]);
}

#[test]
fn a_list_that_a_reference_leads_to_is_shown() {
    let plan = "  - { id: P1, kind: plan, facts: { date: 2025-01-01, topics: [flood] } }\n";
    let review = "  - { id: R1, kind: review, facts: { plan: P1, date: 2025-01-01 } }\n";
    says(&why("reviewed-fire", &format!("{plan}{review}")), &["is not listed, only flood"]);
}

#[test]
fn on_a_narrow_screen_sentences_wrap_and_places_stay_whole() {
    let said = stdout(&abide(["why", "examples/northfield-airport", "awareness-training", "--width", "80"]));
    let head: Vec<&str> = said.lines().take_while(|l| !l.is_empty()).collect();
    assert!(head.len() > 3 && head.iter().all(|l| l.chars().count() <= 80), "{said}");
    for line in said.lines().filter(|l| l.contains(" rule ") && l.ends_with("...")) {
        let cut = line.trim_end_matches('.');
        assert!(!cut.ends_with(|c: char| c.is_ascii_digit()), "{line}");
    }
}

#[test]
fn the_bundle_may_be_left_out_in_its_folder_and_what_is_misplaced_is_told() {
    let here = |folder: &str, arguments: &[&str]| {
        let output = command(arguments).current_dir(root().join(folder)).output().unwrap();
        (output.status.code(), stdout(&output), stderr(&output))
    };
    let (code, found, _) = here("examples/tern-valley-parts", &["why", "policy-signed"]);
    assert_eq!((code, found), {
        let (code, found, _) = here(".", &["why", "examples/tern-valley-parts", "policy-signed"]);
        (code, found)
    });
    let (code, _, said) = here("examples/tern-valley-parts", &["why", "."]);
    assert!(code == Some(2) && said.contains("say which requirement too"), "{said}");
    let (code, _, said) = here("examples", &["why", "policy-signed", "tern-valley-parts"]);
    assert!(code == Some(2) && said.contains("the bundle comes first"), "{said}");
    let (code, _, said) = here("examples", &["why", "policy-signed"]);
    assert!(code == Some(2) && said.contains("this folder holds no bundle"), "{said}");
}
