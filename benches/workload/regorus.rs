//! The requirements as Rego, with indexes by hand (items by kind and term, records by the item they refer to, so that no rule scans what it need
//! not). Days are compared as text where that is enough; windows are written out as constants.
//!
//! Everything stands in one package: the interpreter looks through all packages whenever a rule of another one, or data, is read, which with a
//! package for each requirement costs it 40 ms in every evaluation.

use std::fmt::Write;

use abide::base::Date;
use regorus::{Engine, Value};

use super::terms::Severity;
use super::words::{Word, last_months};
use super::{Applies, Chain, ForAll, Member, Pick, Requirement, Rhythm, Rule, Series};

const INDEXES: &str = r#"package abide
import rego.v1

of[kind] contains i if { some i, e in input.evidence; kind := e.kind }

people[id] := facts if { some i in of.person; e := input.evidence[i]; id := e.id; facts := e.facts }
active contains id if { some id, p in people; p.active }
role[r] contains id if { some id in active; r := people[id].role }

document[t] contains i if { some i in of.document; t := input.evidence[i].facts.topic }
risk[t] contains i if { some i in of["risk-assessment"]; t := input.evidence[i].facts.asset }
supplier[t] contains i if { some i in of["supplier-review"]; t := input.evidence[i].facts.class }
audit[t] contains i if { some i in of.audit; t := input.evidence[i].facts.area }
exercise[t] contains i if { some i in of.exercise; t := input.evidence[i].facts.scenario }
meeting[t] contains i if { some i in of.meeting; t := input.evidence[i].facts.forum }
kpi[t] contains i if { some i in of["kpi-report"]; t := input.evidence[i].facts.indicator }
course[t] contains i if { some i in of["training-record"]; t := input.evidence[i].facts.course }
zone[t] contains i if { some i in of["access-pass"]; t := input.evidence[i].facts.zone }
category[t] contains i if { some i in of.incident; t := input.evidence[i].facts.category }

training[p] contains i if { some i in of["training-record"]; p := input.evidence[i].facts.person }
checks[p] contains i if { some i in of["background-check"]; p := input.evidence[i].facts.person }
analyses[id] contains i if { some i in of["root-cause-analysis"]; id := input.evidence[i].facts.incident }
actions[id] contains i if { some i in of["corrective-action"]; id := input.evidence[i].facts.analysis }

severity := {"minor": 0, "serious": 1, "major": 2}
day(d) := time.parse_ns("2006-01-02", d) / 86400000000000
"#;

/// An engine with the policies and the windows of a day, prepared.
pub(crate) fn engine(requirements: &[Requirement], on: Date) -> Engine {
    let year = last_months(on, 12);
    let mut policy = INDEXES.to_owned();
    let mut report = String::from("report := {\n");
    for (i, requirement) in requirements.iter().enumerate() {
        let mut text = own(&rules(requirement), i)
            .replace("@today", &format!("\"{on}\""))
            .replace("@first", &year.first.day_number().to_string())
            .replace("@last", &year.last.day_number().to_string());
        for months in WINDOWS {
            text = text.replace(&format!("@before_{months}_"), &format!("\"{}\"", last_months(on, months).first));
        }
        policy.push_str(&text);
        _ = writeln!(report, "  \"{}\": result_{i},", requirement.name);
    }
    policy.push_str(&report);
    policy.push_str("}\n");
    let mut engine = Engine::new();
    if let Err(e) = engine.add_policy("abide.rego".to_owned(), policy) {
        panic!("the policies are well-formed: {e}");
    }
    engine
}

/// The windows that requirements use, in months.
const WINDOWS: [u32; 8] = [6, 9, 12, 18, 24, 36, 48, 60];

/// Rules that every requirement has of its own.
const OWN: [&str; 24] = [
    "applies",
    "result",
    "holds",
    "found",
    "near",
    "days",
    "filled",
    "slots",
    "missed",
    "points",
    "gaps",
    "longest",
    "from",
    "population",
    "trained",
    "checked",
    "valid",
    "failing",
    "why",
    "analysed",
    "considered",
    "verified",
    "reached",
    "holding",
];

/// Gives the rules of a requirement names of its own. Text in quotes and fields after a dot stay.
fn own(rules: &str, number: usize) -> String {
    let mut out = String::new();
    for (i, part) in rules.split('"').enumerate() {
        if i > 0 {
            out.push('"');
        }
        if i % 2 == 1 {
            out.push_str(part);
            continue;
        }
        let mut before = ' ';
        for word in part.split_inclusive(|c: char| !c.is_ascii_alphanumeric() && c != '_') {
            let name = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            let mine = before != '.' && (OWN.contains(&name) || name.starts_with("found_"));
            out.push_str(name);
            if mine {
                _ = write!(out, "_{number}");
            }
            out.push_str(word.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_'));
            before = word.chars().next_back().unwrap_or(' ');
        }
    }
    out
}

/// Reads a bundle.
pub(crate) fn read(json: &str) -> Value {
    Value::from_json_str(json).unwrap_or_else(|e| panic!("the workload's bundle is well-formed: {e}"))
}

/// Evaluates all requirements with their explanations.
pub(crate) fn evaluate(engine: &mut Engine, input: Value) -> Value {
    engine.set_input(input);
    engine.eval_rule("data.abide.report".to_owned()).unwrap_or_else(|e| panic!("the policies evaluate: {e}"))
}

/// The verdicts in a report.
pub(crate) fn verdicts(report: &Value, requirements: &[Requirement]) -> Vec<Word> {
    let verdict = |r: &Requirement| match report[r.name.as_str()]["verdict"].as_string() {
        Ok(words) => Word::parse(words),
        Err(e) => panic!("{} has a verdict: {e}", r.name),
    };
    requirements.iter().map(verdict).collect()
}

fn rules(requirement: &Requirement) -> String {
    let mut out = String::from("\n");
    out.push_str(match requirement.applies {
        Applies::All => "applies := true\n",
        Applies::Airports => "default applies := false\napplies if input.entity.kind == \"airport\"\n",
        Applies::AirCarriers => "default applies := false\napplies if input.entity.kind == \"air-carrier\"\n",
        Applies::PassHoldersOver(_) => "default applies := false\n",
    });
    if let Applies::PassHoldersOver(n) = requirement.applies {
        _ = writeln!(out, "applies if input.entity.facts[\"pass-holders\"] > {n}");
    }
    out.push_str("result := {\"verdict\": \"not applicable\"} if not applies\n");
    out.push_str("result := {\"verdict\": \"met\"} if { applies; holds }\n");
    match &requirement.rule {
        Rule::Exists(pick) => at_least(&mut out, 1, *pick),
        Rule::Count(n, pick) => at_least(&mut out, *n, *pick),
        Rule::Recurs(series, rhythm) => recurs(&mut out, *series, *rhythm),
        Rule::ForAll(all) => for_all(&mut out, *all),
        Rule::Chain(chain) => chained(&mut out, *chain),
        Rule::Combination(n, members) => combination(&mut out, *n, members),
    }
    out
}

/// Items on the subject, their date, and the other conditions.
fn subject(pick: Pick) -> (String, &'static str, String) {
    let (items, date, rest) = match pick {
        Pick::Document(t, _) => {
            (format!("document[\"{}\"]", t.word()), "approved", "f.stage == \"approved\"; f.owner in active".to_owned())
        }
        Pick::Risk(t, _, n) => (format!("risk[\"{}\"]", t.word()), "reviewed", format!("f.score <= {n}")),
        Pick::Supplier(t, _) => (format!("supplier[\"{}\"]", t.word()), "date", "f.grade == \"pass\"".to_owned()),
        Pick::Audit(t, _, n) => (format!("audit[\"{}\"]", t.word()), "date", format!("f.findings <= {n}")),
        Pick::Exercise(t, _, n) => (format!("exercise[\"{}\"]", t.word()), "date", format!("f.participants >= {n}")),
        Pick::Meeting(t, _, n) => (format!("meeting[\"{}\"]", t.word()), "date", format!("f.attendees >= {n}")),
        Pick::Kpi(t, _, n) => (format!("kpi[\"{}\"]", t.word()), "period-end", format!("f.value >= {n}")),
        Pick::Training(t, _) => (format!("course[\"{}\"]", t.word()), "completed", "f.grade == \"pass\"".to_owned()),
        Pick::LateIncident(t, _) => (
            format!("category[\"{}\"]", t.word()),
            "detected",
            "severity[f.severity] >= 1; day(f.reported) - day(f.detected) > 3".to_owned(),
        ),
    };
    (items, date, rest)
}

fn picked(name: &str, pick: Pick) -> String {
    let (items, date, rest) = subject(pick);
    format!(
        "{name} contains i if {{ some i in {items}; f := input.evidence[i].facts; f[\"{date}\"] >= @before_{}_; f[\"{date}\"] <= \
         @today; {rest} }}\n",
        pick.months()
    )
}

fn near(name: &str, pick: Pick) -> String {
    let (items, date, _) = subject(pick);
    format!(
        "{{input.evidence[i].id: {{\"date\": input.evidence[i].facts[\"{date}\"], \"old\": input.evidence[i].facts[\"{date}\"] < \
         @before_{}_}} | some i in {items}; not i in {name}}}",
        pick.months()
    )
}

fn at_least(out: &mut String, needed: u32, pick: Pick) {
    out.push_str(&picked("found", pick));
    _ = writeln!(out, "holds if count(found) >= {needed}");
    _ = writeln!(
        out,
        "result := {{\"verdict\": \"not met\", \"why\": {{\"found\": count(found), \"needed\": {needed}, \"near\": near}}}} if {{ applies; not \
         holds }}"
    );
    _ = writeln!(out, "near := {}", near("found", pick));
}

fn recurs(out: &mut String, series: Series, rhythm: Rhythm) {
    let (items, date) = match series {
        Series::Meeting(t) => (format!("meeting[\"{}\"]", t.word()), "date"),
        Series::Kpi(t) => (format!("kpi[\"{}\"]", t.word()), "period-end"),
    };
    let Rhythm { every, missed, gap } = rhythm;
    _ = write!(
        out,
        "days contains n if {{ some i in {items}; d := input.evidence[i].facts[\"{date}\"]; d >= @before_12_; d <= @today; n := \
         day(d) }}
filled contains s if {{ some n in days; s := floor((n - @first) / {every}) }}
slots := floor((@last - @first + 1) / {every})
missed := [s | some s in numbers.range(0, slots - 1); not s in filled]
points := array.concat(array.concat([@first], [n | some n in days]), [@last])
gaps := [g | some i in numbers.range(1, count(points) - 1); g := points[i] - points[i - 1]]
longest := max(gaps)
holds if {{ count(missed) <= {missed}; longest <= {gap} }}
result := {{\"verdict\": \"not met\", \"why\": {{\"missed\": missed, \"longest\": longest, \"from\": from, \"dates\": count(days)}}}} if {{ applies; \
         not holds }}
from := [points[i] | some i, g in gaps; g == longest]
"
    );
}

fn for_all(out: &mut String, all: ForAll) {
    let why = match all {
        ForAll::Trained(role, course, months) => {
            _ = write!(
                out,
                "population := object.get(role, \"{}\", set())
trained(id) if {{ some i in training[id]; f := input.evidence[i].facts; f.course == \"{course}\"; f.grade == \"pass\"; f.completed >= \
                 @before_{months}_; f.completed <= @today }}
failing contains id if {{ some id in population; not trained(id) }}
",
                role.word(),
                course = course.word()
            );
            format!(
                "{{id: dates | some id in failing; dates := [f.completed | some i in training[id]; f := input.evidence[i].facts; f.course == \
                 \"{}\"]}}",
                course.word()
            )
        }
        ForAll::Checked(role, level, months) => {
            _ = write!(
                out,
                "population contains id if {{ some id in role[\"{}\"]; people[id].unescorted }}
checked(id) if {{ some i in checks[id]; f := input.evidence[i].facts; f.level == \"{level}\"; f.grade == \"pass\"; f.completed >= \
                 @before_{months}_; f.completed <= @today }}
failing contains id if {{ some id in population; not checked(id) }}
",
                role.word(),
                level = level.word()
            );
            "{id: dates | some id in failing; dates := [f.completed | some i in checks[id]; f := input.evidence[i].facts]}"
                .to_owned()
        }
        ForAll::Passes(zone) => {
            _ = write!(
                out,
                "population contains i if {{ some i in zone[\"{}\"]; not input.evidence[i].facts.returned }}
valid(i) if {{ f := input.evidence[i].facts; f.expires >= @today; f.holder in active }}
failing contains i if {{ some i in population; not valid(i) }}
",
                zone.word()
            );
            "{input.evidence[i].id: input.evidence[i].facts.expires | some i in failing}".to_owned()
        }
        ForAll::Risks(score, months) => {
            _ = write!(
                out,
                "population contains i if {{ some i in of[\"risk-assessment\"]; input.evidence[i].facts.score >= {score} }}
valid(i) if {{ f := input.evidence[i].facts; f.reviewed >= @before_{months}_; f.reviewed <= @today; f.owner in active }}
failing contains i if {{ some i in population; not valid(i) }}
"
            );
            "{input.evidence[i].id: input.evidence[i].facts.reviewed | some i in failing}".to_owned()
        }
    };
    population(out, &why);
}

fn population(out: &mut String, why: &str) {
    _ = write!(
        out,
        "holds if {{ count(population) > 0; count(failing) == 0 }}
result := {{\"verdict\": \"not confirmed\"}} if {{ applies; count(population) == 0 }}
result := {{\"verdict\": \"not met\", \"why\": why}} if {{ applies; count(failing) > 0 }}
why := {why}
"
    );
}

fn chained(out: &mut String, chain: Chain) {
    let Chain { category, severity, months, days } = chain;
    let items = category.map_or("of.incident".to_owned(), |c| format!("category[\"{}\"]", c.word()));
    let rank = Severity::ALL.iter().position(|s| *s == severity).unwrap_or(0);
    _ = write!(
        out,
        "population contains i if {{ some i in {items}; f := input.evidence[i].facts; severity[f.severity] >= {rank}; f.detected >= \
         @before_{months}_; f.detected <= @today }}
analysed(i) := {{r | e := input.evidence[i]; some r in analyses[e.id]; took := day(input.evidence[r].facts.completed) - \
         day(e.facts.detected); took >= 0; took <= {days}}}
considered(i) := {{r | some r in analysed(i); input.evidence[r].facts[\"human-factors\"]}}
verified(i) if {{ some r in considered(i); some a in actions[input.evidence[r].id]; f := input.evidence[a].facts; f.status == \"verified\"; \
         f.verifier != f.owner }}
failing contains i if {{ some i in population; not verified(i) }}
reached(i) := {{\"stuck\": \"not analysed\"}} if {{ not analyses[input.evidence[i].id] }}
else := {{\"stuck\": \"late\", \"at\": [input.evidence[r].id | some r in analyses[input.evidence[i].id]]}} if {{ count(analysed(i)) == 0 }}
else := {{\"stuck\": \"without human factors\", \"at\": [input.evidence[r].id | some r in analysed(i)]}} if {{ count(considered(i)) == 0 }}
else := {{\"stuck\": \"not verified\", \"at\": [input.evidence[a].id | some r in considered(i); some a in actions[input.evidence[r].id]]}}
"
    );
    population(out, "{input.evidence[i].id: reached(i) | some i in failing}");
}

fn combination(out: &mut String, needed: u32, members: &[(&'static str, Member)]) {
    for (label, member) in members {
        let (pick, condition, why) = match *member {
            Member::Some(pick) => (pick, format!("count(found_{label}) >= 1"), near(&format!("found_{label}"), pick)),
            Member::AtLeast(n, pick) => (pick, format!("count(found_{label}) >= {n}"), near(&format!("found_{label}"), pick)),
            Member::No(pick) => {
                (pick, format!("count(found_{label}) == 0"), format!("{{input.evidence[i].id | some i in found_{label}}}"))
            }
        };
        out.push_str(&picked(&format!("found_{label}"), pick));
        _ = writeln!(out, "holding contains \"{label}\" if {condition}");
        _ = writeln!(out, "failing[\"{label}\"] := why if {{ not {condition}; why := {why} }}");
    }
    _ = writeln!(out, "holds if count(holding) >= {needed}");
    _ = writeln!(
        out,
        "result := {{\"verdict\": \"not met\", \"why\": {{\"holding\": count(holding), \"needed\": {needed}, \"failing\": failing}}}} if {{ \
         applies; not holds }}"
    );
}
