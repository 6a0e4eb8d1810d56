//! What a line keeps of a bundle and its assessment. Of an audience's view it keeps what the view shows.
//!
//! Figures, visits and validations are found by the names of their kinds and fields; a library without them has none.

use std::collections::BTreeMap;

use super::line::{Component, Counts, Entity, Figure, Fingerprints, Visit};
use crate::assess::{Assessment, ProvisionStatus, Tally};
use crate::base::{Date, Decimal, FileId};
use crate::evidence::tree::Doc;
use crate::evidence::{Bundle, MISSING};
use crate::library::Library;
use crate::library::model::{ColumnId, Scalar, TableId, Value};
use crate::library::words;

/// What a line rests on.
#[must_use]
pub fn fingerprints(library: &Library, assessment: &Assessment, evidence: &str) -> Fingerprints {
    Fingerprints {
        rules: library.fingerprint.clone(),
        evidence: evidence.to_owned(),
        policies: assessment.policies.as_ref().map(|used| used.fingerprint.clone()),
    }
}

/// Whom a bundle is about.
#[must_use]
pub fn entity(library: &Library, bundle: &Bundle) -> Entity {
    let entity = &bundle.entity;
    let term = |vocabulary, term: Option<crate::library::model::TermId>| {
        library.vocabulary(vocabulary).terms.get(term?.0 as usize).map(|t| t.name.clone())
    };
    let whole = library.facts.iter().zip(&entity.facts).filter(|(fact, cell)| fact.of == Scalar::Whole && **cell != MISSING);
    Entity {
        id: entity.id.clone(),
        name: entity.name.clone(),
        kind: term(library.entity_kinds, entity.kind),
        sems: term(library.sems, entity.sems),
        facts: whole.map(|(fact, cell)| (fact.name.clone(), *cell)).collect(),
    }
}

/// Verdicts, counted.
#[must_use]
pub const fn counts(tally: Tally) -> Counts {
    let [not_met, not_confirmed, needs_judgement, sealed, met, not_applicable] = tally.verdicts;
    Counts { met, not_met, not_confirmed, needs_judgement, not_applicable, sealed }
}

/// Components with their levels.
#[must_use]
pub fn components(library: &Library, assessment: &Assessment) -> Vec<Component> {
    let component = |outcome: &crate::assess::ComponentOutcome| Component {
        name: library.strategic(outcome.component).name.clone(),
        reached: outcome.reached.map(|level| words::level(level).to_owned()),
        levels: outcome.levels.map(|l| [l.met, l.not_met, l.not_confirmed, l.needs_judgement]),
    };
    assessment.components.iter().map(component).collect()
}

/// The verdicts of provisions.
#[must_use]
pub fn provisions(library: &Library, assessment: &Assessment) -> BTreeMap<String, String> {
    let verdict = |status| match status {
        ProvisionStatus::Verdict(verdict) | ProvisionStatus::Equivalent(_, verdict) => Some(verdict.words().to_owned()),
        ProvisionStatus::NotEncoded
        | ProvisionStatus::NoDuty
        | ProvisionStatus::NotBound
        | ProvisionStatus::NotInForce
        | ProvisionStatus::Sealed
        | ProvisionStatus::Withheld => None,
    };
    let named = |c: &crate::assess::Coverage| Some((library.provision(c.provision).name.clone(), verdict(c.status)?));
    assessment.provisions.iter().filter_map(named).collect()
}

/// A kind's table and the fields asked for, by name.
struct Fields<'a, const N: usize> {
    library: &'a Library,
    bundle: &'a Bundle,
    table: TableId,
    columns: [Option<ColumnId>; N],
}

impl<'a, const N: usize> Fields<'a, N> {
    fn of(library: &'a Library, bundle: &'a Bundle, kind: &str, fields: [&str; N]) -> Option<Self> {
        let table = TableId(library.names.kinds.get(kind)?.0);
        let columns = fields.map(|field| library.table(table).column(field));
        Some(Self { library, bundle, table, columns })
    }

    fn rows(&self) -> std::ops::Range<u32> {
        0..self.bundle.rows(self.table).len
    }

    fn cell(&self, row: u32, field: usize) -> Option<(Scalar, i64)> {
        let column = (*self.columns.get(field)?)?;
        let of = self.library.table(self.table).columns.get(column.0 as usize)?.of;
        Some((of, self.bundle.cell(self.table, row, column))).filter(|(_, cell)| *cell != MISSING)
    }

    fn value(&self, row: u32, field: usize) -> Option<Value> {
        let (of, cell) = self.cell(row, field)?;
        self.bundle.value(of, cell)
    }

    fn date(&self, row: u32, field: usize) -> Option<Date> {
        match self.value(row, field)? {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }

    fn decimal(&self, row: u32, field: usize) -> Option<Decimal> {
        match self.value(row, field)? {
            Value::Decimal(decimal) => Some(decimal),
            Value::Whole(whole) => Some(Decimal::from(whole)),
            _ => None,
        }
    }

    fn yes(&self, row: u32, field: usize) -> Option<bool> {
        match self.value(row, field)? {
            Value::Bool(yes) => Some(yes),
            _ => None,
        }
    }

    fn text(&self, row: u32, field: usize) -> Option<&'a str> {
        match self.cell(row, field)? {
            (Scalar::Text, cell) => usize::try_from(cell).ok().and_then(|i| self.bundle.pool.texts.get(i)),
            _ => None,
        }
    }

    fn term(&self, row: u32, field: usize) -> Option<&'a str> {
        match self.cell(row, field)? {
            (Scalar::Term(vocabulary), cell) => {
                let terms = &self.library.vocabulary(vocabulary).terms;
                usize::try_from(cell).ok().and_then(|i| terms.get(i)).map(|t| t.name.as_str())
            }
            _ => None,
        }
    }

    /// The row of the item referred to.
    fn row(&self, row: u32, field: usize) -> Option<u32> {
        match self.cell(row, field)? {
            (Scalar::Ref(_), cell) => u32::try_from(cell).ok(),
            _ => None,
        }
    }
}

/// Figures on performance: values from performance reports; what they are about and which way is worse from the indicator, or from the report itself.
///
/// Worse is away from the target towards the alert level; without both it is not known, and never guessed.
#[must_use]
pub fn figures(library: &Library, bundle: &Bundle) -> Vec<Figure> {
    let reports = [
        "indicator",
        "period-end",
        "value",
        "set-out-in",
        "target",
        "alert-level",
        "people-data",
        "systems-data",
        "data-doubtful",
        "doubt-resolved",
    ];
    let Some(reports) = Fields::of(library, bundle, "kpi-report", reports) else { return Vec::new() };
    let indicators = Fields::of(library, bundle, "indicator", ["name", "subject", "target", "alert-level"]);
    let named: BTreeMap<&str, u32> =
        indicators.iter().flat_map(|i| i.rows().filter_map(|row| Some((i.text(row, 0)?, row)))).collect();

    let mut figures: BTreeMap<&str, Figure> = BTreeMap::new();
    for row in reports.rows() {
        let (Some(name), Some(end), Some(value)) = (reports.text(row, 0), reports.date(row, 1), reports.decimal(row, 2)) else {
            continue;
        };
        let indicator = reports.row(row, 3).or_else(|| named.get(name).copied());
        let set_out = indicators.as_ref().zip(indicator);
        let about = set_out.and_then(|(i, row)| i.term(row, 1)).and_then(subject);
        let read = (reports.yes(row, 6).unwrap_or(false), reports.yes(row, 7).unwrap_or(false));
        let about = about.or(match read {
            (true, true) => Some("both"),
            (true, false) => Some("people"),
            (false, true) => Some("systems"),
            (false, false) => None,
        });
        let target = set_out.and_then(|(i, row)| i.decimal(row, 2)).or_else(|| reports.decimal(row, 4));
        let alert = set_out.and_then(|(i, row)| i.decimal(row, 3)).or_else(|| reports.decimal(row, 5));
        let figure = figures.entry(name).or_insert_with(|| Figure {
            name: name.to_owned(),
            about: None,
            worse: None,
            values: BTreeMap::new(),
            doubtful: 0,
        });
        figure.about = figure.about.take().or(about.map(str::to_owned));
        let worse = target.zip(alert).and_then(|(target, alert)| worse(target, alert));
        figure.worse = figure.worse.take().or(worse.map(str::to_owned));
        if reports.yes(row, 8) == Some(true) && reports.date(row, 9).is_none() {
            figure.doubtful += 1;
        } else {
            figure.values.insert(end.to_string(), value.normalize().to_string());
        }
    }
    figures.into_values().collect()
}

fn subject(term: &str) -> Option<&'static str> {
    match term {
        "about-people" => Some("people"),
        "about-systems" => Some("systems"),
        "about-both" => Some("both"),
        _ => None,
    }
}

fn worse(target: Decimal, alert: Decimal) -> Option<&'static str> {
    match alert.cmp(&target) {
        std::cmp::Ordering::Greater => Some("up"),
        std::cmp::Ordering::Less => Some("down"),
        std::cmp::Ordering::Equal => None,
    }
}

/// How many records of findings stand beside a bundle, in its own files.
#[must_use]
pub fn findings_beside(bundle: &Bundle) -> u32 {
    let mut found = 0u32;
    for (index, tree) in (0u32..).zip(&bundle.trees) {
        let Some(source) = bundle.sources.get(FileId(tree.file)) else { continue };
        let doc = Doc { tree, index, text: source.text() };
        let list = doc.root().and_then(|root| root.get("findings")).filter(|list| list.is_sequence());
        found = found.saturating_add(list.map_or(0, |list| list.elements().count() as u32));
    }
    found
}

/// Looks by the authority whose day is not there: of an audience's view, it is withheld.
#[must_use]
pub fn looks_without_day(library: &Library, bundle: &Bundle) -> u32 {
    let kinds = [("inspection-visit", "date"), ("status-validation", "validated")];
    let missing = |(kind, field): (&str, &str)| {
        let fields = Fields::of(library, bundle, kind, [field])?;
        Some(fields.rows().filter(|row| fields.date(*row, 0).is_none()).count() as u32)
    };
    kinds.into_iter().filter_map(missing).sum()
}

/// Looks by the authority up to the assessment date: visits, and validations of a standing.
#[must_use]
pub fn visits(library: &Library, bundle: &Bundle, until: Date) -> Vec<Visit> {
    let mut found = Vec::new();
    if let Some(visits) = Fields::of(library, bundle, "inspection-visit", ["date"]) {
        let days = visits.rows().filter_map(|row| visits.date(row, 0)).filter(|day| *day <= until);
        found.extend(days.map(|day| Visit { on: day.to_string(), what: "visit".to_owned(), standing: None }));
    }
    if let Some(validations) = Fields::of(library, bundle, "status-validation", ["validated", "status"]) {
        for row in validations.rows() {
            if let Some(day) = validations.date(row, 0).filter(|day| *day <= until) {
                let standing = validations.term(row, 1).map(str::to_owned);
                found.push(Visit { on: day.to_string(), what: "validation".to_owned(), standing });
            }
        }
    }
    found.sort();
    found.dedup();
    found
}
