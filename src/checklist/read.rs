//! What people filled in, from cells to entries. Rows are known by their ids and columns by their heads, so both may have been moved. Nothing that
//! somebody wrote is left out in silence: what cannot be taken is an error, and then nothing is taken.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::{Cell, Sheet, address};
use super::marker::Marker;
use super::{Column, SHEET, contradiction, errors};
use crate::assess::Assessment;
use crate::base::{Date, nearest};
use crate::diagnostics::{Diagnostic, Severity};
use crate::evidence::{Bundle, ChecklistEntry, Claim, MOST_IN_CELL, Own};
use crate::library::Library;
use crate::library::model::RequirementId;

/// How many rows may stand above the heads of the columns.
const ABOVE: u32 = 50;

/// What somebody filled in about one requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// About which.
    pub requirement: RequirementId,
    /// The claim.
    pub claim: Option<Claim>,
    /// The texts, in the order of [`Own::ALL`].
    pub texts: [String; 5],
}

impl From<&ChecklistEntry> for Filled {
    fn from(entry: &ChecklistEntry) -> Self {
        Self { requirement: entry.requirement, claim: entry.claim, texts: entry.texts.clone() }
    }
}

impl Filled {
    fn is_empty(&self) -> bool {
        self.claim.is_none() && self.texts.iter().all(String::is_empty)
    }
}

/// What comes of a checklist.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    /// All that the bundle's checklist says from now on, by requirement. Nothing of it counts when there is an error.
    pub entries: Vec<Filled>,
    /// How many of them are new.
    pub new: usize,
    /// How many say something else than before.
    pub changed: usize,
    /// How many were blanked.
    pub removed: usize,
    /// What is wrong, in the order of rows.
    pub diagnostics: Vec<Diagnostic>,
}

impl Taken {
    /// Whether something is wrong, so that nothing may be taken.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity() == Severity::Error)
    }
}

/// Reads a filled-in checklist beside what the bundle says so far. `fingerprint` is that of the bundle's evidence.
#[must_use]
pub fn read(sheets: &[Sheet], library: &Library, bundle: &Bundle, assessment: &Assessment, fingerprint: &str) -> Taken {
    let mut taken = Taken::default();
    let Some(marker) = Marker::of(sheets) else {
        taken.diagnostics.push(errors::no_marker());
        return taken;
    };
    taken.diagnostics.extend(foreign(&marker, bundle));
    let Some(sheet) = sheets.iter().find(|s| s.name == SHEET) else {
        taken.diagnostics.push(errors::no_sheet(SHEET));
        return taken;
    };
    let Some(heads) = heads(sheet, &mut taken.diagnostics).filter(|_| !taken.is_refused()) else {
        return taken;
    };
    if marker.library != library.fingerprint {
        taken.diagnostics.push(errors::other_rules());
    }
    if marker.evidence != fingerprint {
        taken.diagnostics.push(errors::other_evidence(&marker.date));
    }
    let mut rows =
        Rows { library, sheet, heads: &heads, titles: titles(library), found: BTreeMap::new(), diagnostics: Vec::new() };
    for row in sheet.rows().filter(|row| *row > heads.row) {
        rows.row(row);
    }
    let Rows { found, mut diagnostics, .. } = rows;
    for (filled, row) in found.values() {
        let outcome = assessment.outcomes.iter().find(|o| o.requirement == filled.requirement);
        if let (Some(claim), Some(outcome)) = (filled.claim, outcome)
            && let Some(why) = contradiction(claim, outcome.verdict)
        {
            let at = address(&sheet.name, *row, heads.of(Column::Claim));
            diagnostics.push(errors::contradicted(&at, &library.requirement(filled.requirement).name, claim, why));
        }
    }
    let gone: Vec<&str> = assessment
        .outcomes
        .iter()
        .filter(|o| !found.contains_key(&o.requirement))
        .map(|o| library.requirement(o.requirement).name.as_str())
        .collect();
    // A row that cannot be taken is told already.
    if !gone.is_empty() && diagnostics.iter().all(|d| d.severity() != Severity::Error) {
        diagnostics.push(errors::rows_gone(&gone));
    }
    taken.diagnostics.extend(diagnostics);
    merge(&mut taken, bundle, found.into_iter().map(|(id, (filled, _))| (id, filled)).collect());
    taken
}

/// What makes a checklist one of another bundle, or of another reader.
fn foreign(marker: &Marker, bundle: &Bundle) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    if !marker.is_known() {
        told.push(errors::version(&marker.version));
    }
    if marker.entity != bundle.entity.id {
        told.push(errors::other_entity(&marker.entity, &bundle.entity.id));
    }
    if !marker.audience.is_empty() {
        told.push(errors::for_audience(&marker.audience));
    }
    told
}

/// Puts what was filled in beside what was there. Requirements without a row keep what was said of them.
fn merge(taken: &mut Taken, bundle: &Bundle, mut found: BTreeMap<RequirementId, Filled>) {
    for before in &bundle.checklist {
        match found.get(&before.requirement) {
            None => {
                found.insert(before.requirement, before.into());
            }
            Some(now) if now.is_empty() => taken.removed += usize::from(!before.is_empty()),
            Some(now) => taken.changed += usize::from(*now != Filled::from(before)),
        }
    }
    let known: BTreeSet<RequirementId> = bundle.checklist.iter().map(|e| e.requirement).collect();
    taken.entries = found.into_values().filter(|f| !f.is_empty()).collect();
    taken.new = taken.entries.iter().filter(|f| !known.contains(&f.requirement)).count();
}

/// Where the columns are.
struct Heads {
    row: u32,
    columns: Vec<(Column, u32)>,
}

impl Heads {
    fn of(&self, column: Column) -> u32 {
        self.columns.iter().find(|(c, _)| *c == column).map_or(u32::MAX, |(_, at)| *at)
    }
}

/// The columns that are needed to take a checklist back.
fn needed() -> impl Iterator<Item = Column> {
    Column::ALL.into_iter().filter(|c| c.is_own() || matches!(c, Column::Requirement | Column::Id))
}

fn heads(sheet: &Sheet, told: &mut Vec<Diagnostic>) -> Option<Heads> {
    let is_head = |row: u32, column: u32, of: Column| sheet.text(row, column).trim().eq_ignore_ascii_case(of.head());
    let in_row = |row: u32| sheet.cells.range((row, 0)..(row + 1, 0)).map(|((_, column), _)| *column);
    // The row in which most of the heads are: a title may be called like one of them.
    let count = |row: u32| needed().filter(|of| in_row(row).any(|column| is_head(row, column, *of))).count();
    let row = sheet.rows().take_while(|row| *row < ABOVE).max_by_key(|row| (count(*row), std::cmp::Reverse(*row)));
    let row = row.filter(|row| count(*row) > 1);
    let mut columns = Vec::new();
    for of in needed() {
        let mut at = row.into_iter().flat_map(|row| in_row(row).filter(move |column| is_head(row, *column, of)));
        match at.next() {
            Some(column) => columns.push((of, column)),
            None => told.push(errors::no_column(&sheet.name, of.head())),
        }
        if let (Some(second), Some((_, first)), Some(row)) = (at.next(), columns.last(), row) {
            let [second, first] = [second, *first].map(|column| address(&sheet.name, row, column));
            told.push(errors::column_twice(&second, of.head(), &first));
        }
    }
    row.map(|row| Heads { row, columns })
}

/// Requirements by their titles; a title that several have tells nothing.
fn titles(library: &Library) -> BTreeMap<String, Option<RequirementId>> {
    let mut titles = BTreeMap::new();
    for (id, requirement) in (0u32..).map(RequirementId).zip(&library.requirements) {
        let title = crate::diagnostics::render::clean::line(&requirement.title).into_owned();
        titles.entry(title).and_modify(|of| *of = None).or_insert(Some(id));
    }
    titles
}

struct Rows<'a> {
    library: &'a Library,
    sheet: &'a Sheet,
    heads: &'a Heads,
    titles: BTreeMap<String, Option<RequirementId>>,
    found: BTreeMap<RequirementId, (Filled, u32)>,
    diagnostics: Vec<Diagnostic>,
}

impl Rows<'_> {
    fn at(&self, row: u32, column: Column) -> String {
        address(&self.sheet.name, row, self.heads.of(column))
    }

    fn row(&mut self, row: u32) {
        let used = |column: &(Column, u32)| self.sheet.get(row, column.1).is_some();
        if !self.heads.columns.iter().any(used) {
            return;
        }
        let id = self.sheet.text(row, self.heads.of(Column::Id));
        let id = id.trim();
        if id.is_empty() {
            return self.diagnostics.push(errors::no_id(&self.at(row, Column::Requirement)));
        }
        let at = self.at(row, Column::Id);
        let Some(requirement) = self.library.names.requirements.get(id).copied() else {
            let near = nearest(id, self.library.names.requirements.keys().map(String::as_str));
            return self.diagnostics.push(errors::unknown_id(&at, id, near));
        };
        if let Some((_, first)) = self.found.get(&requirement) {
            let first = self.at(*first, Column::Id);
            return self.diagnostics.push(errors::second_row(&at, id, &first));
        }
        let title = self.sheet.text(row, self.heads.of(Column::Requirement));
        if self.titles.get(title.trim()).is_some_and(|of| of.is_some_and(|of| of != requirement)) {
            let at = self.at(row, Column::Requirement);
            return self.diagnostics.push(errors::torn(&at, &title, id));
        }
        let claim = self.claim(row);
        let texts = Own::ALL.map(|own| self.own(row, own));
        self.found.insert(requirement, (Filled { requirement, claim, texts }, row));
    }

    fn claim(&mut self, row: u32) -> Option<Claim> {
        let column = self.heads.of(Column::Claim);
        let written = self.value(row, column)?;
        let claim = Claim::parse(&written.trim().to_lowercase());
        if claim.is_none() {
            self.diagnostics.push(errors::status(&self.at(row, Column::Claim), &written));
        }
        claim
    }

    fn own(&mut self, row: u32, own: Own) -> String {
        let column = self.heads.of(Column::Own(own));
        let Some(text) = self.value(row, column) else { return String::new() };
        if text.encode_utf16().count() > MOST_IN_CELL {
            self.diagnostics.push(errors::too_long(&address(&self.sheet.name, row, column), MOST_IN_CELL));
            return String::new();
        }
        if own == Own::TargetDate && Date::parse(&text).is_err() {
            let help = self.advice(row, column);
            self.diagnostics.push(errors::not_a_day(&address(&self.sheet.name, row, column), &text, help));
        }
        text
    }

    /// What a cell says. An error of a formula is told.
    fn value(&mut self, row: u32, column: u32) -> Option<String> {
        let cell = self.sheet.get(row, column)?;
        if let Cell::Error(error) = cell {
            self.diagnostics.push(errors::no_value(&address(&self.sheet.name, row, column), error));
        }
        cell.text()
    }

    /// What to write instead of something that is no day.
    fn advice(&self, row: u32, column: u32) -> String {
        let serial = match self.sheet.get(row, column) {
            // Spreadsheets count days from 30 December 1899.
            Some(Cell::Number(digits)) => digits.parse::<i32>().ok().filter(|n| (20_000..80_000).contains(n)),
            Some(Cell::Text(_) | Cell::Day(_) | Cell::Time(_) | Cell::Bool(_) | Cell::Error(_)) | None => None,
        };
        match serial.and_then(|n| Date::from_day_number(n - 25_569)) {
            Some(day) => format!("if {day} is meant, give the cell the form of a date, or write `{day}`"),
            None => "write year, month and day, such as `2026-11-23`, or enter a date".to_owned(),
        }
    }
}
