//! Tables for spreadsheets: CSV as RFC 4180 has it, in UTF-8, with a first row of names.
//!
//! A cell that a spreadsheet would take for a formula gets an apostrophe in front: names come from whoever wrote a bundle.

use std::borrow::Cow;

use super::visits::floors;
use crate::diagnostics::render::clean::is_hostile;
use crate::findings::reconcile::MINIMUM;
use crate::portfolio::line::Line;
use crate::portfolio::overview::Overview;
use crate::portfolio::priority::FACTORS;
use crate::portfolio::series::Trend;

/// Rows of a table, as bytes.
#[derive(Debug, Default)]
pub struct Rows(Vec<u8>);

impl Rows {
    /// The table of assessments, one row for each line.
    #[must_use]
    pub fn of_assessments() -> Self {
        let mut rows = Self::default();
        rows.row(
            ["bundle", "state", "entity", "name", "kind", "sems", "assessed-on", "items", "met", "not-met", "not-confirmed"]
                .into_iter()
                .chain(["needs-judgement", "not-applicable", "sealed", "critical-not-met", "major-not-met", "first-problem"]),
        );
        rows
    }

    /// Adds the row of a line.
    pub fn add(&mut self, line: &Line) {
        let problem = line.diagnostics.first().map_or("", |told| told.message.as_str());
        let Some(a) = &line.assessed else {
            let cells = [line.bundle.as_str(), "not assessed"];
            return self.row(cells.into_iter().chain(std::iter::repeat_n("", 14)).chain([problem]));
        };
        let not_met = |severity: &str| a.gaps.iter().filter(|g| g.verdict == "not met" && g.severity == severity).count();
        let c = a.counts;
        let counts = [c.met, c.not_met, c.not_confirmed, c.needs_judgement, c.not_applicable, c.sealed];
        let numbers: Vec<String> =
            counts.into_iter().chain([not_met("critical"), not_met("major")]).map(|n| n.to_string()).collect();
        let items = a.items.to_string();
        let head = [line.bundle.as_str(), "assessed", &a.entity.id, &a.entity.name, a.entity.kind.as_deref().unwrap_or("")];
        let then = [a.entity.sems.as_deref().unwrap_or(""), &a.on, &items];
        self.row(head.into_iter().chain(then).chain(numbers.iter().map(String::as_str)).chain([problem]));
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(self) -> Vec<u8> {
        self.0
    }

    fn row<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>) {
        for (i, cell) in cells.into_iter().enumerate() {
            if i > 0 {
                self.0.push(b',');
            }
            self.cell(cell);
        }
        self.0.extend_from_slice(b"\r\n");
    }

    fn cell(&mut self, cell: &str) {
        let cell = &*tame(cell);
        let number = !cell.is_empty() && cell.trim_start_matches('-').bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !number;
        let quoted = formula || cell.contains([',', '"', '\n', '\r']) || cell.starts_with(' ') || cell.ends_with(' ');
        if !quoted {
            return self.0.extend_from_slice(cell.as_bytes());
        }
        self.0.push(b'"');
        if formula {
            self.0.push(b'\'');
        }
        self.0.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
        self.0.push(b'"');
    }
}

/// A cell whose text can neither move a cursor nor be shown in another order than it is written. Line breaks and tabs stay.
fn tame(cell: &str) -> Cow<'_, str> {
    let hostile = |c: char| is_hostile(c) && !matches!(c, '\n' | '\r' | '\t');
    if cell.contains(hostile) { cell.replace(hostile, "?").into() } else { cell.into() }
}

/// The tables made from the whole, with the names of their files.
#[must_use]
pub fn overview(overview: &Overview) -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("components.csv", components(overview).bytes()),
        ("priority.csv", priority(overview).bytes()),
        ("provisions.csv", provisions(overview).bytes()),
        ("reconciled.csv", reconciled(overview).bytes()),
        ("trends.csv", trends(overview).bytes()),
    ]
}

fn components(overview: &Overview) -> Rows {
    let mut rows = Rows::default();
    rows.row(["entity", "component", "reached", "level", "met", "not-met", "not-confirmed", "needs-judgement"]);
    let mut sorted: Vec<_> = overview.entities.iter().collect();
    sorted.sort_by(|a, b| a.entity.id.cmp(&b.entity.id));
    for standing in sorted {
        for component in &standing.components {
            for (level, counts) in ["present", "suitable", "operating", "effective"].iter().zip(component.levels) {
                let numbers = counts.map(|n| n.to_string());
                let head = [standing.entity.id.as_str(), &component.name, component.reached.as_deref().unwrap_or(""), level];
                rows.row(head.into_iter().chain(numbers.iter().map(String::as_str)));
            }
        }
    }
    rows
}

fn priority(overview: &Overview) -> Rows {
    let mut rows = Rows::default();
    let head = ["order", "entity", "name", "kind", "stands-before-the-next-by"];
    rows.row(head.into_iter().chain(FACTORS.iter().map(|(name, _)| *name)).chain(["floors"]));
    for (i, standing) in overview.entities.iter().enumerate() {
        let order = (i + 1).to_string();
        let by = standing.decides.and_then(|at| FACTORS.get(at)).map_or("", |(name, _)| name);
        let entity = &standing.entity;
        let head = [order.as_str(), &entity.id, &entity.name, entity.kind.as_deref().unwrap_or(""), by];
        let factors = standing.shown_factors().map(|factor| factor.map_or_else(String::new, |factor| factor.to_string()));
        let floors = overview.on.map_or_else(String::new, |on| floors(standing, on).join("; "));
        rows.row(head.into_iter().chain(factors.iter().map(String::as_str)).chain([floors.as_str()]));
    }
    rows
}

fn provisions(overview: &Overview) -> Rows {
    let mut rows = Rows::default();
    rows.row(["provision", "entities", "met", "not-met", "not-confirmed", "needs-judgement"]);
    for p in overview.provisions.iter().filter(|p| p.shown()) {
        let numbers = [p.entities, p.met, p.not_met, p.not_confirmed, p.needs_judgement].map(|n| n.to_string());
        rows.row([p.name.as_str()].into_iter().chain(numbers.iter().map(String::as_str)));
    }
    rows
}

fn reconciled(overview: &Overview) -> Rows {
    let mut rows = Rows::default();
    rows.row(["entity", "finding", "on", "provision", "result", "because", "compared-of-entity", "enough-for-a-share"]);
    let mut sorted: Vec<_> = overview.entities.iter().collect();
    sorted.sort_by(|a, b| a.entity.id.cmp(&b.entity.id));
    for standing in sorted {
        let all = standing.comparable();
        let (of, enough) = (all.to_string(), if all >= MINIMUM { "yes" } else { "no" });
        for c in &standing.compared {
            let because = c.because().unwrap_or("");
            let on = c.on.to_string();
            rows.row([&standing.entity.id, &c.finding, &on, &c.provision, c.result.words(), because, &of, enough]);
        }
    }
    rows
}

fn trends(overview: &Overview) -> Rows {
    let mut rows = Rows::default();
    rows.row(["entity", "alert", "series", "about", "from", "first", "to", "last", "values", "one-in"]);
    let mut sorted: Vec<_> = overview.entities.iter().collect();
    sorted.sort_by(|a, b| a.entity.id.cmp(&b.entity.id));
    for standing in sorted {
        let id = standing.entity.id.as_str();
        for (i, joint) in standing.reading.joint.iter().enumerate() {
            let alert = format!("together-{}", i + 1);
            trend(&mut rows, id, &alert, &joint.people);
            trend(&mut rows, id, &alert, &joint.systems);
        }
        standing.reading.trends.iter().for_each(|t| trend(&mut rows, id, "alone", t));
    }
    rows
}

fn trend(rows: &mut Rows, entity: &str, alert: &str, t: &Trend) {
    let (from, to) = (t.from.0.to_string(), t.to.0.to_string());
    let (first, last) = (t.from.1.shown(), t.to.1.shown());
    let (points, one_in) = (t.tested.points.to_string(), t.tested.chance.one_in().to_string());
    rows.row([entity, alert, &t.name, t.about.word(), &from, &first, &to, &last, &points, &one_in]);
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop; that is how it fails")]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be_and_formulas_are_not_run() {
        let mut rows = Rows::default();
        rows.row(["plain", "a,b", "say \"so\"", "=1+1", "-12", "-1.5", "-SUM(A1)", "@x", "two\nlines", ""]);
        let text = String::from_utf8(rows.bytes()).unwrap();
        assert_eq!(text, "plain,\"a,b\",\"say \"\"so\"\"\",\"'=1+1\",-12,-1.5,\"'-SUM(A1)\",\"'@x\",\"two\nlines\",\r\n");
    }

    #[test]
    fn no_cell_moves_a_cursor_or_turns_the_writing() {
        let mut rows = Rows::default();
        rows.row(["a\u{1b}[31mred", "\u{202e}gnp.exe", "two\nlines"]);
        let text = String::from_utf8(rows.bytes()).unwrap();
        assert_eq!(text, "a?[31mred,?gnp.exe,\"two\nlines\"\r\n");
    }
}
