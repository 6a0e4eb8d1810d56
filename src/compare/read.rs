//! Reads a JSON report of `abide check`. It may be old, cut off, or no report at all: everything that is wrong is told, and nothing is guessed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{Snapshot, Stand};
use crate::assess::Verdict;
use crate::base::Date;
use crate::base::nearest;

/// The version of the report that is read.
const VERSION: u64 = 1;
/// How many mistakes are told.
const MOST: usize = 20;

/// Why a text is no report that can be compared.
pub(super) type Problems = Vec<String>;

impl Snapshot {
    /// Whether a JSON text is a bundle, and so no report: a bundle says `abide` at its top.
    #[must_use]
    pub fn is_bundle(text: &str) -> bool {
        let value: Option<Value> = serde_json::from_str(text).ok();
        value.is_some_and(|v| v.get("abide").is_some())
    }

    /// The snapshot that a report holds.
    ///
    /// # Errors
    /// What is wrong with it, at most twenty sentences.
    pub fn read(text: &str) -> Result<Self, Problems> {
        Self::of(&serde_json::from_str(text).map_err(|e| vec![format!("it is not JSON: {e}")])?)
    }

    /// The snapshot that a report holds which nobody has written down yet.
    ///
    /// # Errors
    /// As [`Snapshot::read`].
    pub fn of(report: &Value) -> Result<Self, Problems> {
        let Value::Object(report) = report else { return Err(vec!["it is not a JSON object".to_owned()]) };
        match report.get("format").and_then(Value::as_str) {
            Some("abide-report") => {}
            Some(other) => {
                return Err(vec![format!("`format` is {other:?}: only reports of `abide check --format json` can be compared")]);
            }
            None => return Err(vec!["`format` is not there, so it is no report of `abide check --format json`".to_owned()]),
        }
        match report.get("version").and_then(Value::as_u64) {
            Some(VERSION) => {}
            Some(other) => return Err(vec![format!("it has version {other}, and this Abide reads version {VERSION}")]),
            None => return Err(vec!["`version` is not there or no number".to_owned()]),
        }
        let mut reader = Reader { problems: Vec::new() };
        let snapshot = reader.report(report);
        let more = reader.problems.len().saturating_sub(MOST);
        reader.problems.truncate(MOST);
        if more > 0 {
            reader.problems.push(format!("and {more} more"));
        }
        if reader.problems.is_empty() { Ok(snapshot) } else { Err(reader.problems) }
    }
}

struct Reader {
    problems: Problems,
}

impl Reader {
    fn report(&mut self, report: &Map<String, Value>) -> Snapshot {
        let empty = Map::new();
        let mut part = |name: &str| match report.get(name) {
            Some(Value::Object(part)) => part,
            _ => {
                self.problems.push(format!("`{name}` is not there or no object"));
                &empty
            }
        };
        let (assessed, prints, entity) = (part("assessed"), part("fingerprints"), part("entity"));
        let disclosure = report.get("disclosure").and_then(Value::as_object);
        let withheld = disclosure.and_then(|d| d.get("withheld")).and_then(|w| w.get("verdicts")).and_then(Value::as_u64);
        let optional = |of: &Map<String, Value>, name: &str| of.get(name).and_then(Value::as_str).map(str::to_owned);
        Snapshot {
            on: self.date(assessed, "assessed", "on").unwrap_or(Date::MIN),
            known_at: assessed.get("known_at").filter(|v| !v.is_null()).and_then(|_| self.date(assessed, "assessed", "known_at")),
            rules: self.text(prints, "fingerprints", "rules"),
            evidence: optional(prints, "evidence"),
            policies: optional(prints, "policies"),
            entity: (self.text(entity, "entity", "id"), optional(entity, "name").unwrap_or_default()),
            audience: disclosure.map(|d| self.text(d, "disclosure", "audience")),
            withheld: withheld.unwrap_or(0),
            requirements: self.requirements(report),
        }
    }

    fn requirements(&mut self, report: &Map<String, Value>) -> BTreeMap<String, Stand> {
        let Some(Value::Array(all)) = report.get("requirements") else {
            self.problems.push("`requirements` is not there or no list".to_owned());
            return BTreeMap::new();
        };
        let mut found = BTreeMap::new();
        for (i, one) in all.iter().enumerate() {
            let place = format!("requirements[{i}]");
            let Value::Object(one) = one else {
                self.problems.push(format!("`{place}` is no object"));
                continue;
            };
            let name = self.text(one, &place, "name");
            let stand = self.stand(one, &place);
            if let Some(stand) = stand
                && found.insert(name.clone(), stand).is_some()
            {
                self.problems.push(format!("requirement {name:?} is there twice"));
            }
        }
        found
    }

    fn stand(&mut self, one: &Map<String, Value>, place: &str) -> Option<Stand> {
        let words = self.text(one, place, "verdict");
        let reason = one.get("reason").and_then(Value::as_str);
        let verdict = Verdict::parse(&words, reason);
        if verdict.is_none() && one.contains_key("verdict") {
            let known = ["met", "not met", "not confirmed", "needs judgement", "not applicable", "sealed"];
            let near = nearest(&words, known.iter().copied()).map_or(String::new(), |n| format!(": did you mean {n:?}?"));
            let why = reason.map_or(String::new(), |r| format!(" with the reason {r:?}"));
            self.problems.push(format!("`{place}.verdict` is {words:?}{why}, which is no verdict{near}"));
        }
        let gaps = one.get("gaps").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let list = |gap: &Value, name: &str| gap.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        let size = gaps.iter().map(|gap| {
            let more = gap.get("more").and_then(Value::as_u64).unwrap_or(0);
            (list(gap, "sentences").len() as u64).saturating_add(more)
        });
        let text = |of: &Value, name: &str| of.get(name).and_then(Value::as_str).unwrap_or("").to_owned();
        let places = gaps.iter().flat_map(|gap| list(gap, "places"));
        let items: BTreeSet<_> = places.map(|place| (text(&place, "kind"), text(&place, "item"))).collect();
        let scope = one.get("scope").map_or_else(String::new, |scope| text(scope, "state"));
        Some(Stand {
            title: self.text(one, place, "title"),
            severity: self.text(one, place, "severity"),
            verdict: verdict?,
            scope,
            sentence: self.text(one, place, "sentence"),
            size: size.fold(0, u64::saturating_add),
            items,
        })
    }

    fn text(&mut self, of: &Map<String, Value>, place: &str, name: &str) -> String {
        match of.get(name) {
            Some(Value::String(text)) => text.clone(),
            other => {
                // What misses as a whole was told already.
                if !of.is_empty() {
                    let what = if other.is_some() { "no text" } else { "not there" };
                    self.problems.push(format!("`{place}.{name}` is {what}"));
                }
                String::new()
            }
        }
    }

    fn date(&mut self, of: &Map<String, Value>, place: &str, name: &str) -> Option<Date> {
        let text = self.text(of, place, name);
        let date = Date::parse(&text).ok();
        if date.is_none() && of.contains_key(name) && !text.is_empty() {
            self.problems.push(format!("`{place}.{name}` is {text:?}, which is no day"));
        }
        date
    }
}
