//! A bundle, read: items laid out in the library's tables, every value with its place.
//!
//! Every scalar is one `i64` cell, so that comparing two is comparing two integers:
//!
//! | type | cell |
//! |---|---|
//! | bool | 0 or 1 |
//! | whole | the number |
//! | decimal, percent | index into [`Pool::decimals`] |
//! | text | index into [`Pool::texts`]; the library's literals come first, with the same numbers |
//! | date | days since 1970-01-01 |
//! | period | count × 8 + unit |
//! | interval | first day in the high half, last day in the low half |
//! | term | position in its vocabulary |
//! | reference | row in the table of the kind referred to, or [`DANGLING`] |
//!
//! Rows of a kind are sorted by item id, rows of a list by parent row and position: the order of items in files never shows.

use super::checklist::ChecklistEntry;
use super::tree::{NodeRef, Tree};
use crate::base::{Date, Decimal, Interval, Percent, Period, Sources, Span, Unit};
use crate::library::model::{
    ColumnId, Common, FactId, KindId, ListId, ProvisionId, RequirementId, Scalar, Table as Shape, TableId, TermId, TextId, Value,
};

/// The cell of a value that is not stated.
pub const MISSING: i64 = i64::MIN;
/// The cell of a reference that is written but leads to no item.
pub const DANGLING: i64 = i64::MIN + 1;

/// An entity's evidence.
#[derive(Debug, Clone)]
pub struct Bundle {
    /// The texts it was read from. Spans in a bundle are of these, spans in a library of the library's.
    pub sources: Sources,
    /// The trees of those texts.
    pub trees: Vec<Tree>,
    /// Who it is about.
    pub entity: Entity,
    /// `assessment-date`, when stated.
    pub assessment_date: Option<Date>,
    /// Rows, by [`TableId`]; as many as the library has tables.
    pub tables: Vec<Rows>,
    /// Texts and decimals that cells point into.
    pub pool: Pool,
    /// Statements that there was nothing to record; sorted by kind and period.
    pub nil_returns: Vec<NilReturn>,
    /// Recorded judgements; sorted by requirement, judge, date.
    pub judgements: Vec<Judgement>,
    /// Waivers and derogations; sorted by what they are of, then by date.
    pub exemptions: Vec<Exemption>,
    /// What the entity says of itself, by requirement. Evidence of nothing.
    pub checklist: Vec<ChecklistEntry>,
    /// Attachments; sorted by kind and row.
    pub attachments: Vec<Attachment>,
    /// How many items were left out because they were received after the knowledge date.
    pub not_yet_known: u32,
}

/// Who the bundle is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its kind: a term of `entity-kind`.
    pub kind: Option<TermId>,
    /// Its route: a term of `sems`.
    pub sems: Option<TermId>,
    /// Cells, by [`FactId`].
    pub facts: Vec<i64>,
    /// Where each fact is stated.
    pub fact_places: Vec<Option<Span>>,
    /// Where the kind is stated.
    pub kind_place: Option<Span>,
    /// Where the route is stated.
    pub sems_place: Option<Span>,
    /// Where the entity is described.
    pub span: Span,
}

/// The rows of one table.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// How many.
    pub len: u32,
    /// Cells, by column then row.
    pub columns: Vec<Vec<i64>>,
    /// For a list: the parent row of each row, ascending.
    pub parents: Vec<u32>,
    /// For each list of this table: where each row's elements are.
    pub lists: Vec<Elements>,
    /// Where each row was read.
    pub nodes: Vec<NodeRef>,
}

/// Where the elements of a list are, row by row.
#[derive(Debug, Clone, Default)]
pub struct Elements {
    /// `starts[r]..starts[r + 1]` are the rows of the list's table that belong to row `r`; one longer than the rows.
    pub starts: Vec<u32>,
    /// Whether the list is stated at all (an empty list is).
    pub stated: Vec<bool>,
}

/// What cells point into.
#[derive(Debug, Clone, Default)]
pub struct Pool {
    /// Texts.
    pub texts: Texts,
    /// Decimals.
    pub decimals: Vec<Decimal>,
}

/// What there was none of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NilOf {
    /// Items of a kind.
    Kind(KindId),
    /// Whatever a requirement asks about: there may be items of its kinds, but none is of the sort it means.
    Requirement(RequirementId),
}

/// Many texts in one piece of memory, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    all: String,
    ends: Vec<usize>,
}

impl Texts {
    /// Room for as many texts.
    pub(super) fn with_capacity(texts: usize) -> Self {
        Self { all: String::with_capacity(texts * 16), ends: Vec::with_capacity(texts) }
    }

    /// Adds a text, and says its number.
    pub fn push(&mut self, text: &str) -> usize {
        self.all.push_str(text);
        self.ends.push(self.all.len());
        self.ends.len() - 1
    }

    /// A text by its number.
    #[must_use]
    pub fn get(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)?;
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.all.get(start..end)
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All of them, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &str> + '_ {
        (0..self.len()).filter_map(|number| self.get(number))
    }
}

impl<T: AsRef<str>> FromIterator<T> for Texts {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        let mut all = Self::default();
        for text in texts {
            all.push(text.as_ref());
        }
        all
    }
}

/// "There was none": makes an empty population a known one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NilReturn {
    /// Of what.
    pub of: NilOf,
    /// For which days.
    pub period: Interval,
    /// By whom: a row of `person`. None when that person is not in the bundle; then nobody answers for it, and it does not count.
    pub made_by: Option<u32>,
    /// Where it is stated.
    pub span: Span,
}

/// A person's answer to a requirement's `judge` question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The requirement.
    pub requirement: RequirementId,
    /// The `judge`'s name.
    pub of: String,
    /// The answer.
    pub answer: bool,
    /// Who answered: a row of `person`. A judgement without a named person does not count.
    pub by: Option<u32>,
    /// In which role.
    pub role: String,
    /// When.
    pub on: Date,
    /// Why.
    pub reason: Option<String>,
    /// Where it is recorded.
    pub span: Span,
}

/// Whether an authority tolerates, or law displaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExemptionKind {
    /// An authority tolerating, dated, revocable.
    Waiver,
    /// Law displacing law.
    Derogation,
}

/// What is waived or displaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExemptionOf {
    /// One requirement.
    Requirement(RequirementId),
    /// All requirements whose provisions are all displaced.
    Provision(ProvisionId),
}

/// A waiver or derogation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exemption {
    /// Which.
    pub kind: ExemptionKind,
    /// Its id.
    pub id: String,
    /// Of what.
    pub of: ExemptionOf,
    /// First day.
    pub from: Date,
    /// First day no longer: half-open, like law. A waiver always ends.
    pub until: Option<Date>,
    /// Who granted it.
    pub granted_by: String,
    /// Its reference.
    pub reference: Option<String>,
    /// Where it is recorded.
    pub span: Span,
}

/// Whether a file is what the item says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttachmentState {
    /// There, and its SHA-256 is the one stated.
    Intact,
    /// There, but no SHA-256 was stated to compare it with.
    Unsealed,
    /// Not there, or not readable.
    Missing,
    /// There, but another content.
    Altered,
}

/// A file beside an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The item's kind.
    pub kind: KindId,
    /// The item's row.
    pub row: u32,
    /// Its path in the bundle's folder, as stated.
    pub file: String,
    /// What was found.
    pub state: AttachmentState,
    /// The SHA-256 of what was found; `None` when nothing was looked at.
    pub content: Option<[u8; 32]>,
    /// Where it is stated.
    pub span: Span,
}

/// A place in the tables: a row, and a field of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// The table.
    pub table: TableId,
    /// The row.
    pub row: u32,
    /// The field; `None` for the row itself.
    pub field: Option<FieldAt>,
}

/// A field of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldAt {
    /// A scalar.
    Column(ColumnId),
    /// A list.
    List(ListId),
}

impl Bundle {
    /// The rows of a table.
    #[must_use]
    pub fn rows(&self, table: TableId) -> &Rows {
        &self.tables[table.0 as usize]
    }

    /// A cell.
    #[must_use]
    pub fn cell(&self, table: TableId, row: u32, column: ColumnId) -> i64 {
        self.tables[table.0 as usize].columns[column.0 as usize][row as usize]
    }

    /// The id of an item.
    #[must_use]
    pub fn item_id(&self, kind: KindId, row: u32) -> &str {
        let cell = self.cell(TableId(kind.0), row, Common::Id.column());
        usize::try_from(cell).ok().and_then(|i| self.pool.texts.get(i)).unwrap_or("")
    }

    /// The item (kind's row) that a row of a list belongs to; a kind's own row is itself.
    #[must_use]
    pub fn item_of(&self, shapes: &[Shape], table: TableId, row: u32) -> (KindId, u32) {
        let (mut table, mut row) = (table, row);
        while let Some((parent, _)) = shapes[table.0 as usize].parent {
            row = self.tables[table.0 as usize].parents[row as usize];
            table = parent;
        }
        (KindId(table.0), row)
    }

    /// How many items there are, over all kinds.
    #[must_use]
    pub fn items(&self, kinds: usize) -> u32 {
        self.tables.iter().take(kinds).map(|t| t.len).sum()
    }

    /// The cell of a fact.
    #[must_use]
    pub fn fact(&self, fact: FactId) -> i64 {
        self.entity.facts[fact.0 as usize]
    }

    /// What a cell says, or `None` when it is missing or dangling. References have no value of their own.
    #[must_use]
    pub fn value(&self, of: Scalar, cell: i64) -> Option<Value> {
        if cell == MISSING || cell == DANGLING {
            return None;
        }
        let decimal = || usize::try_from(cell).ok().and_then(|i| self.pool.decimals.get(i)).copied();
        match of {
            Scalar::Bool => Some(Value::Bool(cell != 0)),
            Scalar::Whole => Some(Value::Whole(cell)),
            Scalar::Decimal => decimal().map(Value::Decimal),
            Scalar::Percent => decimal().map(|d| Value::Percent(Percent(d))),
            Scalar::Text => u32::try_from(cell).ok().map(|i| Value::Text(TextId(i))),
            Scalar::Date => i32::try_from(cell).ok().and_then(Date::from_day_number).map(Value::Date),
            Scalar::Period => decode_period(cell).map(Value::Period),
            Scalar::Interval => decode_interval(cell).map(Value::Interval),
            Scalar::Term(_) => u32::try_from(cell).ok().map(Value::Term),
            Scalar::Ref(_) => None,
        }
    }
}

/// The cell of a period.
#[must_use]
pub fn encode_period(period: Period) -> i64 {
    i64::from(period.count) * 8
        + match period.unit {
            Unit::Days => 0,
            Unit::WorkingDays => 1,
            Unit::Weeks => 2,
            Unit::Months => 3,
            Unit::Years => 4,
        }
}

/// The period in a cell.
#[must_use]
pub fn decode_period(cell: i64) -> Option<Period> {
    let unit = match cell.rem_euclid(8) {
        0 => Unit::Days,
        1 => Unit::WorkingDays,
        2 => Unit::Weeks,
        3 => Unit::Months,
        4 => Unit::Years,
        _ => return None,
    };
    u32::try_from(cell.div_euclid(8)).ok().map(|count| Period::new(count, unit))
}

/// The cell of an interval.
#[must_use]
pub fn encode_interval(interval: Interval) -> i64 {
    (i64::from(interval.first.day_number()) << 32) | (i64::from(interval.last.day_number()) & 0xffff_ffff)
}

/// The interval in a cell.
#[must_use]
pub fn decode_interval(cell: i64) -> Option<Interval> {
    let first = Date::from_day_number(i32::try_from(cell >> 32).ok()?)?;
    let last = Date::from_day_number(cell as i32)?;
    Some(Interval::new(first, last))
}
