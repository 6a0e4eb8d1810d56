//! The language page, the pages of all codes, and a library that exercises every form.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use super::model::*;
use super::{Checked, check};
use crate::base::{Date, Source, Sources};
use crate::diagnostics::{Diagnostic, catalog};
use crate::syntax;

fn read(texts: &[&str]) -> (Option<Checked<Library>>, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        let id = sources.add(Source::new(format!("{number}.abide"), *text));
        let parsed = syntax::parse(id, text);
        problems.extend(parsed.diagnostics);
        files.push(parsed.file);
    }
    let (library, found) = check(sources, &files);
    problems.extend(found);
    (library, problems)
}

fn codes(text: &str) -> Vec<&'static str> {
    read(&[text]).1.iter().map(|p| p.code.name()).collect()
}

fn good(texts: &[&str]) -> Library {
    let (library, problems) = read(texts);
    let said: Vec<String> = problems.iter().map(|p| format!("{}: {}", p.code, p.message)).collect();
    library.unwrap_or_else(|| panic!("{said:#?}")).0
}

#[test]
fn every_page_has_its_parts_and_its_example_triggers_its_code() {
    let mut wrong = Vec::new();
    for entry in catalog::library::TABLE {
        let name = entry.code.name();
        let headings: Vec<&str> = entry.page.lines().filter(|l| l.starts_with('#')).collect();
        let expected = [&format!("# {name}"), "## What it means", "## Why it matters", "## Example", "## What to do"];
        assert_eq!(headings, expected, "{name}");
        let example = entry.page.split("```abide\n").nth(1).and_then(|e| e.split("```").next()).expect("an example");
        let found = codes(example);
        if !found.contains(&name)
            || found.iter().any(|c| c.starts_with("syntax") || catalog::syntax::TABLE.iter().any(|e| e.code.name() == *c))
        {
            wrong.push(format!("{name}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn codes_are_sorted() {
    let names: Vec<&str> = catalog::library::TABLE.iter().map(|e| e.code.name()).collect();
    assert!(names.is_sorted(), "{names:?}");
}

const SHAPE: &str = r#"
vocabulary entity-kind { airport "Airport operator"  air-carrier "Air carrier" }
vocabulary incident-severity ordered { minor "Minor"  serious "Serious"  major "Major" }
vocabulary status { open "Open"  verified "Verified" }
vocabulary course { general-awareness "General"  screener "Screener" }
fact pass-holders "People who hold a pass" : whole
component security-education "Security Education" { number 2  summary "s"  element awareness "Awareness" }
component performance-monitoring "Performance Monitoring" { number 1  summary "s" }
objective embed-human-factors "Embed" { summary "s"  measure design-stage "At design stage" }
initiative training "Training" { summary "s" }
instrument uk-1 "Regulation 1" { kind law  extent uk  citation "Reg 1"  url "https://example.org" }
provision uk-1#11.10 "Ten" { binds all  duty must  basis read  version from 2010-01-01 { summary "s" }  supports security-education because "b" }
provision uk-1#11.2 "Two" {
  binds airport
  duty must
  basis read
  version from 2010-01-01 until 2020-01-01 { summary "s" }
  version from 2020-01-01 { summary "t" amended-by uk-1 }
  supports security-education because "b"
}
evidence person "Person" { unescorted-access bool  employer text? }
evidence training-record "Training record" { person person  course course  completed date  proves operating  dated by completed }
evidence qc-plan "Plan" { period interval  activities list of { id text  planned date  where { terminal text  zones list of text } }  tags list of text  proves present }
evidence audit "Audit" { activity text  date date  plan qc-plan?  hours decimal  proves operating  dated by date }
evidence incident "Incident" { severity incident-severity  detected date  closed date?  proves operating  dated by detected }
evidence kpi-report "Report" { period-end date  proves operating }
parameter awareness-interval "Repeat" : period { 5 years from 2016-02-01 by uk-1#11.2 }
parameter worst : incident-severity { serious from 2016-02-01 }
define recent(t: training-record) = t.completed within awareness-interval before assessment
define year = 12 months before assessment
"#;

const RULES: &str = r#"
requirement awareness-training "Everyone holds current training" {
  discharges uk-1#11.2
  shows      security-education.awareness operating
  advances   embed-human-factors.design-stage, training
  decided by machine
  severity   major
  applies to airport when entity.pass-holders > 0
  let window = awareness-interval before assessment

  expect current "each pass holder has a record" {
    every person as p where p.unescorted-access
      satisfies some training-record as t
        where t.person = p and t.course = general-awareness and t.completed within window and recent(t)
    otherwise "{p} has none in the {awareness-interval} before {assessment}, nor {p.employer}, {entity.pass-holders}"
    remedy "Train {p}."
  }
  expect done "planned activities were carried out" {
    every qc-plan as q, q.activities as a where a.planned within year and q.tags contains "x" and a.where.terminal is stated
      satisfies some audit as r where r.activity = a.id and r.date within 30 days of a.planned
    otherwise "{a} was not done, {a.id}"
  }
  expect zones "zones" { some qc-plan as q, q.activities as a, a.where.zones as z where z = "north" and a.where.zones contains "south" }
  expect rhythm "monthly" {
    kpi-report as k by k.period-end recurs every 1 month throughout year allowing 1 missed and no gap over 45 days
  }
  expect many "counted" {
    (count of audit as a where a.hours > 2) >= 2
      and (sum of a.hours over audit as a) / 2 >= 0.5
      and (longest gap of a.date over audit as a throughout year) <= 6 weeks
      and (latest incident as i by i.detected where serious <= i.severity satisfies i.severity != minor and i.severity >= worst)
  }
  expect groups "labelled" {
    all of {
      first "one" { some incident as i where i.severity in (minor, major) and i.closed is missing }
      second { at least 50% of audit as a where a.hours > 1 satisfy a.plan.tags contains "b" and a.plan.period covers a.date }
    }
  }
  expect followed "through references" {
    some audit as a, a.plan.activities as b where b.planned on or before a.date and a.approver.employer = "x"
      and later of (a.date, b.planned) after a.date - 3 days
  }
}
"#;

#[test]
fn a_library_with_every_form_is_good() {
    let library = good(&[SHAPE, RULES]);
    let provisions: Vec<&str> = library.provisions.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(provisions, ["uk-1#11.2", "uk-1#11.10"]);
    assert_eq!(library.strategy.first().unwrap().name, "performance-monitoring");
    assert_eq!(library.texts, ["b", "north", "south", "x"]);
    let requirement = library.requirements.first().unwrap();
    assert_eq!(requirement.clauses.len(), 7);
    assert_eq!(requirement.variables as usize, requirement.variable_names.len());
    let plan = library.names.kinds.get("qc-plan").unwrap();
    let table = library.table_of(*plan);
    assert_eq!(table.columns.len(), 9);
    let activities = library.table(table.lists.first().unwrap().table);
    let columns: Vec<&str> = activities.columns.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(columns, ["id", "planned", "where.terminal"]);
    assert_eq!(activities.name, "qc-plan.activities");
    assert_eq!(activities.lists.first().unwrap().name, "where.zones");
    assert!(library.provisions.iter().all(|p| p.in_force_on(Date::from_ymd(2021, 1, 1).unwrap())));
}

#[test]
fn kinds_say_how_they_are_kept_and_marked_and_requirements_where_to_learn() {
    let text = |retained: &str, marking: &str| {
        format!(
            r#"
vocabulary marking-level ordered {{ official "O"  official-sensitive "OS" }}
evidence test-result "Test" {{ on date  proves operating  dated by on  retained "a year" by {retained}  marking {marking} }}
requirement tested "Tested" {{
  shows performance-monitoring operating
  decided by machine
  severity minor
  guidance "https://example.org/all"
  expect own {{ some test-result as t where t.on is stated guidance "https://example.org/own" }}
  expect same {{ some test-result as t where t.on is stated }}
}}
"#
        )
    };
    let library = good(&[SHAPE, &text("uk-1#11.2", "official-sensitive")]);
    let kind = library.kind(*library.names.kinds.get("test-result").unwrap());
    let (kept, by) = kind.retained.as_ref().unwrap();
    assert_eq!((kept.as_str(), library.provision(*by).name.as_str()), ("a year", "uk-1#11.2"));
    assert_eq!(kind.marking.as_deref(), Some("official-sensitive"));
    let requirement = library.requirements.first().unwrap();
    let learn: Vec<_> = requirement.clauses.iter().map(|c| c.guidance.as_deref().unwrap()).collect();
    assert_eq!(learn, ["https://example.org/own", "https://example.org/all"]);
    assert_eq!(codes(&format!("{SHAPE}{}", text("uk-1#99", "official"))), ["unknown-provision"]);
    assert_eq!(codes(&format!("{SHAPE}{}", text("uk-1#11.2", "offical"))), ["unknown-word"]);
}

#[test]
fn ids_do_not_depend_on_the_order_of_files() {
    let (a, b) = (good(&[SHAPE, RULES]), good(&[RULES, SHAPE]));
    let names = |l: &Library| l.tables.iter().map(|t| t.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&a), names(&b));
    assert_eq!(a.names.provisions, b.names.provisions);
    assert_eq!(a.texts, b.texts);
}

#[test]
fn a_library_without_problems_says_nothing() {
    let (_, problems) = read(&[SHAPE, RULES]);
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn definitions_are_written_out_with_fresh_variables() {
    let text = r#"
define audited = some audit as a where a.hours > 1
requirement twice "Twice" {
  shows performance-monitoring operating
  decided by machine
  severity minor
  expect both { audited and (audited or some audit as a where a.hours > 9) }
}"#;
    let library = good(&[SHAPE, text]);
    assert_eq!(library.requirements.first().unwrap().variables, 3);
}

fn clause(body: &str) -> String {
    let shows = "shows performance-monitoring operating\n decided by machine\n severity minor";
    format!("{SHAPE}\nrequirement r \"R\" {{ {shows}\n expect c {{ {body} }} }}")
}

#[test]
fn conditions_that_can_never_be_true() {
    for body in [
        "some audit as a where a.hours > 5 and a.hours < 3",
        "some audit as a where a.hours > 5 and (a.hours < 7 and a.hours = 9)",
        "some incident as i where i.severity = minor and i.severity = major",
        "some incident as i where i.severity != minor and i.severity not in (major, serious)",
        "some incident as i where i.severity < minor",
        "some incident as i where i.closed is missing and i.closed before assessment",
        "some incident as i where i.closed before i.detected and i.closed after i.detected",
        "some audit as a, person as p where a.author = p and p.unescorted-access and not p.unescorted-access",
        "some audit as a where a.date > 2020-01-01 and a.date before 2020-01-02",
        "(count of audit as a where a.hours > 5 and a.hours < 3) > 1",
    ] {
        assert_eq!(codes(&clause(body)), ["contradiction"], "{body}");
    }
    for body in [
        "some audit as a where a.hours >= 5 and a.hours <= 5",
        "some audit as a where a.hours > 5 and a.hours < 6",
        "some audit as a where a.hours > 5 or a.hours < 3",
        "some incident as i where i.severity != minor and i.severity < major",
        "some incident as i where i.closed is missing or i.closed before assessment",
    ] {
        assert_eq!(codes(&clause(body)), [""; 0], "{body}");
    }
}

#[test]
fn types_must_fit() {
    for (body, code) in [
        ("some audit as a where a.hours = a.date", "type-mismatch"),
        ("some audit as a where a.hours", "type-mismatch"),
        ("some audit as a where a.plan = a", "type-mismatch"),
        ("some audit as a where a.activity < \"x\"", "type-mismatch"),
        ("some qc-plan as q where q.activities = \"x\"", "type-mismatch"),
        ("some qc-plan as q, q.activities as a where a = \"x\"", "type-mismatch"),
        ("some qc-plan as q where q.activities contains \"x\"", "type-mismatch"),
        ("some audit as a where a.date within 3 days", "type-mismatch"),
        ("some audit as a where a.date on or before 3 days before assessment", "type-mismatch"),
        ("some audit as a where a.hours >= 80%", "type-mismatch"),
        ("some audit as a where 1 month > 3 weeks and a.hours > 1", "unlike-periods"),
        ("some audit as a where entity > 1 and a.hours > 1", "type-mismatch"),
        ("some audit as a where a.hours > 1 and (some audit as a where a.hours > 2)", "duplicate-name"),
        ("some incident as i where i.severity = seriuos", "unknown-term"),
        ("some incident as i where i.severity = general-awareness", "unknown-term"),
        ("some incident as i where serious = minor and i.closed is stated", "unknown-name"),
        ("every audit as a satisfies (some q.tags as t where t = \"x\") and a.hours > 1", "unknown-name"),
    ] {
        assert!(codes(&clause(body)).contains(&code), "{body}: {:?}", codes(&clause(body)));
    }
}

#[test]
fn one_mistake_is_told_once() {
    assert_eq!(codes(&clause("some audit as a where a.huors > 5 and a.huors < 3")), ["unknown-field", "unknown-field"]);
    assert_eq!(codes(&clause("every audit as a satisfies x and a.hours > 1")), ["unknown-name"]);
    let cycle = format!(
        "{SHAPE}\ndefine b = c\ndefine c = not b\n{}",
        "requirement r \"R\" { shows performance-monitoring operating\n decided by machine\n severity minor\n expect c { b and c } }"
    );
    assert_eq!(codes(&cycle), ["cycle"]);
}

#[test]
fn sealed_provisions_may_be_discharged_without_clauses() {
    let sealed = r#"
provision uk-1#s "Sealed" { binds all  sealed because "not public"  supports security-education because "b" }
requirement sealed-duty "Sealed" { discharges uk-1#s  decided by machine  severity minor }
"#;
    assert_eq!(codes(&format!("{SHAPE}{sealed}")), [""; 0]);
    let told = sealed.replace("sealed because", "observed \"nobody looked\"  sealed because");
    assert_eq!(codes(&format!("{SHAPE}{told}")), ["sealed-with-text"]);
}

#[test]
fn what_is_seen_may_be_said_in_several_lines() {
    let text = r#"
provision uk-1#o "O" {
  binds all  duty must  basis read
  version from 2020-01-01 { summary "s" }
  observed "badge tucked away"
  observed "nobody stopped him"
  supports security-education because "b"
}
"#;
    let library = good(&[SHAPE, text]);
    let found = library.provisions.iter().find(|p| p.name == "uk-1#o").unwrap();
    assert_eq!(found.observed, ["badge tucked away", "nobody stopped him"]);
}

#[test]
fn bearers_come_from_the_provisions() {
    let text = r#"
requirement r "R" { discharges uk-1#11.2  shows performance-monitoring operating  decided by machine  severity minor
  expect c { some audit as a where a.hours > 1 } }
"#;
    let library = good(&[SHAPE, text]);
    let applies = &library.requirements.first().unwrap().applies;
    assert_eq!((applies.all, applies.kinds.as_slice()), (false, [TermId(0)].as_slice()));
}

#[test]
fn fingerprints_tell_libraries_apart() {
    let print = |texts: &[&str]| good(texts).fingerprint;
    assert_eq!(print(&[SHAPE]).len(), 64);
    assert_ne!(print(&[SHAPE]), print(&[SHAPE, "// more"]));
}

#[test]
fn the_snippets_of_the_language_page_are_in_the_language() {
    let page = include_str!("../../docs/language/README.md");
    for snippet in page.split("\n```\n").skip(1).step_by(2) {
        if !snippet.contains('{') || snippet.contains("expect … {") {
            continue;
        }
        let found = codes(snippet);
        assert!(!found.contains(&"syntax"), "{snippet}\n{found:?}");
    }
}

/// Reads every rule file under a folder.
fn folder(
    path: &std::path::Path,
    sources: &mut Sources,
    files: &mut Vec<crate::syntax::ast::File>,
    problems: &mut Vec<Diagnostic>,
) {
    let Ok(entries) = std::fs::read_dir(path) else { return };
    let mut paths: Vec<_> = entries.map(|e| e.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            folder(&path, sources, files, problems);
        } else if path.extension().is_some_and(|e| e == "abide") {
            let text = std::fs::read_to_string(&path).unwrap();
            let id = sources.add(Source::new(path.display().to_string(), text.as_str()));
            let parsed = syntax::parse(id, &text);
            problems.extend(parsed.diagnostics);
            files.push(parsed.file);
        }
    }
}

#[test]
fn the_regulations_check() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/regulations");
    let (mut sources, mut files, mut problems) = (Sources::default(), Vec::new(), Vec::new());
    folder(std::path::Path::new(root), &mut sources, &mut files, &mut problems);
    if files.is_empty() {
        return;
    }
    let (_, found) = check(sources.clone(), &files);
    problems.extend(found);
    let said: Vec<String> = problems
        .iter()
        .map(|p| {
            format!(
                "{} {}: {} ({})",
                p.at.as_ref().map_or(String::new(), |a| sources.describe(a.span)),
                p.code,
                p.message,
                p.help.clone().unwrap_or_default()
            )
        })
        .collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
}

#[test]
fn definitions_neither_overflow_nor_explode() {
    let chain: String = (1..2000).map(|n| format!("define d{n} = not d{}\n", n - 1)).collect();
    assert!(codes(&format!("{SHAPE}\ndefine d0 = true\n{chain}")).iter().all(|c| *c == "definition-too-large"));
    let calls = (0..40).fold("a.hours > 1".to_owned(), |inner, _| format!("f({inner})"));
    let text = format!("define f(x: bool) = x and x\n{}", clause(&format!("some audit as a where {calls}")));
    assert_eq!(codes(&text), ["definition-too-large"]);
    let deep = (0..100).fold("d.score".to_owned(), |inner, _| format!("({inner} + 1)"));
    assert!(!codes(&clause(&format!("some audit as d where {deep} > 1"))).is_empty());
}

#[test]
fn versions_and_values_share_no_day() {
    let text = format!(
        "{SHAPE}\nparameter twice : whole {{ 1 from 2010-01-01 until 2020-01-01  2 from 2019-12-31  3 from 2019-01-01 until 2018-01-01 }}"
    );
    assert_eq!(codes(&text), ["overlapping-versions", "empty-version"]);
    let text = format!("{SHAPE}\nparameter twice : whole {{ 1 from 2010-01-01 until 2020-01-01  2 from 2020-01-01 }}");
    assert_eq!(codes(&text), [""; 0]);
}

#[test]
fn a_built_in_kind_is_not_declared_anywhere() {
    assert_eq!(codes("vocabulary entity-kind { airport }\nvocabulary person { a }"), ["duplicate-name"]);
    assert_eq!(codes("vocabulary entity-kind { airport }\nvocabulary sems { a }"), ["reserved-name"]);
    assert_eq!(codes(""), ["missing-entity-kinds"]);
}

#[test]
fn texts_name_only_what_their_clause_knows() {
    let text = clause(
        "some audit as a where a.hours > 1 otherwise \"{a.date} {a.plan.period} {assessment} {entity.pass-holders} {worst}\"",
    );
    assert_eq!(codes(&text), [""; 0]);
    for path in ["b", "a.dat", "a.plan.tags", "entity", "entity.staff", "", "a."] {
        let text = clause(&format!("some audit as a where a.hours > 1 otherwise \"{{{path}}}\""));
        assert_eq!(codes(&text), ["text-out-of-scope"], "{path}");
    }
    let place = clause("some audit as a where a.hours > 1 otherwise \"x {b}\"");
    let (_, problems) = read(&[&place]);
    let span = problems.first().unwrap().at.as_ref().unwrap().span;
    assert_eq!(place.get(span.start as usize..span.end as usize), Some("{b}"));
}
