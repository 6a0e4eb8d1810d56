//! Bundles: blocks of two hundred items with references between them, and gaps where the seed says so.

use std::fmt::Write;

use abide::base::{Date, Period, Unit};

use super::random::{Random, hash};
use super::terms::{Area, Asset, Category, Check, Course, Forum, Indicator, Role, Scenario, Severity, Supplier, Topic, Zone};
use super::{TODAY, words::today};

/// One item, its facts in JSON.
struct Item {
    id: String,
    kind: &'static str,
    title: String,
    facts: String,
}

struct Maker {
    random: Random,
    seed: u64,
    items: Vec<Item>,
}

/// A bundle of so many items (a multiple of two hundred) as JSON.
pub(crate) fn json(items: usize, seed: u64) -> String {
    let mut maker = Maker { random: Random::new(seed), seed, items: Vec::with_capacity(items) };
    for block in 0..items / 200 {
        maker.block(block);
    }
    assert_eq!(maker.items.len(), items, "a block holds two hundred items");
    maker.random.shuffle(&mut maker.items);

    let mut out = String::from(
        "{\n  \"abide\": 1,\n  \"entity\": {\n    \"id\": \"EGNF\",\n    \"name\": \"Northfield Regional Airport\",\n",
    );
    out.push_str("    \"kind\": \"airport\",\n    \"sems\": \"framework\",\n    \"facts\": { \"pass-holders\": 412, \"staff\": 310 }\n  },\n");
    _ = write!(out, "  \"assessment-date\": \"{TODAY}\",\n  \"evidence\": [\n");
    for (i, item) in maker.items.iter().enumerate() {
        let comma = if i + 1 == maker.items.len() { "" } else { "," };
        let Item { id, kind, title, facts } = item;
        _ = writeln!(
            out,
            "    {{ \"id\": \"{id}\", \"kind\": \"{kind}\", \"title\": \"{title}\", \"facts\": {{ {facts} }} }}{comma}"
        );
    }
    out.push_str("  ]\n}\n");
    out
}

impl Maker {
    fn add(&mut self, block: usize, n: usize, kind: &'static str, title: &str, facts: String) -> String {
        let id = format!("{kind}-{block:03}-{n:02}");
        self.items.push(Item { id: id.clone(), kind, title: format!("{title} {n} of unit {block}"), facts });
        id
    }

    /// Whether this part of the evidence has gaps.
    fn gappy(&self, part: &str) -> bool {
        hash(self.seed, part).is_multiple_of(3)
    }

    /// A day so many days ago.
    fn ago(&mut self, least: i64, most: i64) -> Date {
        day_before(self.random.between(least, most))
    }

    fn block(&mut self, block: usize) {
        let people = self.people(block);
        self.incidents(block, &people);
        for (i, forum) in Forum::ALL.into_iter().enumerate() {
            self.series(block, i, "meeting", forum.word(), "forum", "date", "attendees", (3, 14), &people);
        }
        for (i, indicator) in Indicator::ALL.into_iter().enumerate() {
            self.series(block, i, "kpi-report", indicator.word(), "indicator", "period-end", "value", (80, 101), &people);
        }
        for n in 0..8 {
            let area = Area::ALL[n % 4].word();
            let date = if self.gappy(&format!("audit {area}")) { self.ago(560, 900) } else { self.ago(1, 500) };
            let (findings, lead) = (self.random.between(0, 8), &people[n % people.len()]);
            let facts = format!("\"area\": \"{area}\", \"date\": \"{date}\", \"findings\": {findings}, \"lead\": \"{lead}\"");
            self.add(block, n, "audit", "Audit", facts);
        }
        for n in 0..6 {
            let scenario = Scenario::ALL[n % 3].word();
            let gappy = self.gappy(&format!("exercise {scenario}"));
            let (date, participants) =
                (self.ago(1, 700), self.random.between(if gappy { 1 } else { 5 }, if gappy { 5 } else { 40 }));
            let grade = if self.random.percent(85) { "pass" } else { "fail" };
            let facts = format!(
                "\"scenario\": \"{scenario}\", \"date\": \"{date}\", \"participants\": {participants}, \"grade\": \"{grade}\""
            );
            self.add(block, n, "exercise", "Exercise", facts);
        }
        for n in 0..6 {
            let asset = Asset::ALL[n].word();
            let gappy = self.gappy(&format!("risk {asset}"));
            let reviewed = if gappy { self.ago(400, 700) } else { self.ago(1, 170) };
            let (score, owner) = (self.random.between(1, 13), &people[n % people.len()]);
            let facts =
                format!("\"asset\": \"{asset}\", \"reviewed\": \"{reviewed}\", \"score\": {score}, \"owner\": \"{owner}\"");
            self.add(block, n, "risk-assessment", "Risk assessment", facts);
        }
        for n in 0..10 {
            let topic = Topic::ALL[n].word();
            let gappy = self.gappy(&format!("document {topic}"));
            let (approved, stage) = match (gappy, self.random.percent(50)) {
                (true, true) => (self.ago(800, 1500), "approved"),
                (true, false) => (self.ago(1, 300), if n % 2 == 0 { "draft" } else { "withdrawn" }),
                (false, _) => (self.ago(1, 360), "approved"),
            };
            let owner = &people[n % people.len()];
            let facts = format!(
                "\"topic\": \"{topic}\", \"stage\": \"{stage}\", \"approved\": \"{approved}\", \"version\": {}, \"owner\": \"{owner}\"",
                self.random.between(1, 9)
            );
            self.add(block, n, "document", "Document", facts);
        }
        for n in 0..8 {
            let class = Supplier::ALL[n].word();
            let gappy = self.gappy(&format!("supplier {class}"));
            let (date, grade) = (self.ago(1, 360), if gappy { "fail" } else { "pass" });
            let facts = format!("\"class\": \"{class}\", \"date\": \"{date}\", \"grade\": \"{grade}\", \"score\": {}", n * 7);
            self.add(block, n, "supplier-review", "Supplier review", facts);
        }
    }

    fn people(&mut self, block: usize) -> Vec<String> {
        let mut people = Vec::new();
        for n in 0..18 {
            let (role, active, unescorted) = (Role::ALL[n % 4], n != 17, n % 8 < 4);
            let facts = format!(
                "\"name\": \"Person {block}/{n}\", \"role\": \"{}\", \"active\": {active}, \"unescorted\": {unescorted}",
                role.word()
            );
            let person = self.add(block, n, "person", "Person", facts);
            for (i, course) in [Course::ALL[n % 4], Course::ALL[(n % 4 + 1) % 4]].into_iter().enumerate() {
                let gappy = self.gappy(&format!("training {} {}", role.word(), course.word()));
                let (completed, grade) = match (gappy && self.random.percent(8)) || (gappy && block == 0 && n < 8) {
                    true if self.random.percent(50) => (self.ago(900, 1500), "pass"),
                    true => (self.ago(1, 300), "fail"),
                    false => (self.ago(1, 360), "pass"),
                };
                let facts = format!(
                    "\"person\": \"{person}\", \"course\": \"{}\", \"completed\": \"{completed}\", \"grade\": \"{grade}\"",
                    course.word()
                );
                self.add(block, n * 2 + i, "training-record", "Training record", facts);
            }
            if n % 8 < 4 && n < 12 || n == 16 {
                let check = Check::ALL[n % 2];
                let gappy = self.gappy(&format!("check {}", role.word()));
                let completed = if gappy && n < 4 { self.ago(1_900, 2_500) } else { self.ago(1, 1_800) };
                let facts = format!(
                    "\"person\": \"{person}\", \"level\": \"{}\", \"completed\": \"{completed}\", \"grade\": \"pass\"",
                    check.word()
                );
                self.add(block, n, "background-check", "Background check", facts);
            }
            if n < 9 {
                let zone = Zone::ALL[n % 3];
                let gappy = self.gappy(&format!("pass {}", zone.word()));
                let late = gappy && self.random.percent(if block == 0 { 60 } else { 10 });
                let expires = if late { self.ago(1, 90) } else { self.ago(-900, 0) };
                let facts = format!(
                    "\"holder\": \"{person}\", \"zone\": \"{}\", \"expires\": \"{expires}\", \"returned\": {}",
                    zone.word(),
                    n == 8
                );
                self.add(block, n, "access-pass", "Access pass", facts);
            }
            people.push(person);
        }
        people
    }

    fn incidents(&mut self, block: usize, people: &[String]) {
        let mut actions = 0;
        for n in 0..8 {
            let category = Category::ALL[n % 4];
            let severity = if n < 4 { Severity::Major } else { Severity::ALL[(n + block) % 2] };
            let (detected, late) = (self.ago(200, 700), self.gappy(&format!("late {}", category.word())));
            let recent = late && self.random.percent(40);
            let detected = if recent { self.ago(150, 350) } else { detected };
            let reported = detected.plus(days(if recent { 9 } else { 1 })).unwrap_or(detected);
            let facts = format!(
                "\"severity\": \"{}\", \"category\": \"{}\", \"detected\": \"{detected}\", \"reported\": \"{reported}\"",
                severity.word(),
                category.word()
            );
            let incident = self.add(block, n, "incident", "Incident", facts);
            if n >= 6 {
                continue;
            }
            let broken =
                self.gappy(&format!("chain {}", category.word())) && self.random.percent(if block == 0 { 80 } else { 6 });
            let stage = if broken { self.random.between(0, 4) } else { 4 };
            let took = if stage == 0 { self.random.between(130, 200) } else { self.random.between(5, 40) };
            let completed = detected.plus(days(took as u32)).unwrap_or(detected);
            let facts = format!(
                "\"incident\": \"{incident}\", \"completed\": \"{completed}\", \"human-factors\": {}, \"lead\": \"{}\"",
                stage != 1,
                people[n]
            );
            let analysis = self.add(block, n, "root-cause-analysis", "Root cause analysis", facts);
            for _ in 0..if n < 2 { 2 } else { 1 } {
                let (owner, other) = (&people[n], &people[n + 1]);
                let (status, verifier) = match stage {
                    2 => ("open", other),
                    3 => ("verified", owner),
                    _ => ("verified", other),
                };
                let updated = completed.plus(days(self.random.between(5, 90) as u32)).unwrap_or(completed);
                let facts = format!(
                    "\"analysis\": \"{analysis}\", \"owner\": \"{owner}\", \"verifier\": \"{verifier}\", \"status\": \"{status}\", \
                     \"updated\": \"{updated}\""
                );
                self.add(block, actions, "corrective-action", "Corrective action", facts);
                actions += 1;
            }
        }
    }

    /// Twelve or thirteen dates a year, or four; with a hole where the seed says so.
    #[expect(clippy::too_many_arguments, reason = "one row of a table of series")]
    fn series(
        &mut self,
        block: usize,
        i: usize,
        kind: &'static str,
        term: &str,
        key: &str,
        date: &str,
        number: &str,
        range: (i64, i64),
        people: &[String],
    ) {
        let monthly = i < 2;
        let (step, count) = if monthly { (28, 13) } else { (85, 4) };
        let gappy = self.gappy(&format!("{kind} {term}"));
        for n in 0..count {
            let mut back = 5 + n * step + self.random.between(0, if monthly { 3 } else { 6 });
            if gappy && (120..=230).contains(&back) {
                back += 400;
            }
            let value = self.random.between(range.0, range.1);
            let facts = format!(
                "\"{key}\": \"{term}\", \"{date}\": \"{}\", \"{number}\": {value}, \"lead\": \"{}\"",
                day_before(back),
                people[n as usize]
            );
            self.add(block, i * 13 + n as usize, kind, "Entry", facts);
        }
    }
}

fn days(count: u32) -> Period {
    Period::new(count, Unit::Days)
}

/// The day so many days before the assessment; after it when negative.
fn day_before(back: i64) -> Date {
    let shifted = if back < 0 { today().plus(days(back.unsigned_abs() as u32)) } else { today().minus(days(back as u32)) };
    shifted.unwrap_or(today())
}
