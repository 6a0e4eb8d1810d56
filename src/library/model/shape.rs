//! The shape of evidence: vocabularies, facts, kinds, and the flat tables that items are laid out in.
//!
//! An item's scalar fields, and those of its nested records (`a.b`), are columns of its kind's table. Each list is a table of its own whose rows
//! know their parent row; a list of scalars has the single column `value`.

use super::ProvisionId;
use crate::base::Span;

macro_rules! id {
    ($($name:ident $doc:literal;)*) => {
        $(#[doc = $doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
        pub struct $name(pub u32);)*
    };
}
pub(super) use id;

id! {
    VocabularyId "A vocabulary of the library.";
    TermId "A term: its position in its vocabulary, least first where the vocabulary is ordered.";
    FactId "A fact about an entity.";
    KindId "An evidence kind.";
    TableId "A table: of a kind, or of a list.";
    ColumnId "A column: its position in its table. The first eight of a kind are `Common`.";
    ListId "A list field: its position in its table's `lists`.";
}

/// A closed list of terms.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Vocabulary {
    /// Its name.
    pub name: String,
    /// Its `///` text.
    pub doc: Option<String>,
    /// Whether terms may be compared with `<`.
    pub ordered: bool,
    /// Its terms.
    pub terms: Vec<Term>,
    /// Where it is declared.
    pub span: Span,
}

/// A term of a vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Term {
    /// Its name.
    pub name: String,
    /// Its text; the name where none was written.
    pub title: String,
}

/// A fact a bundle may state about its entity.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FactDef {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its `///` text.
    pub doc: Option<String>,
    /// Its type.
    pub of: Scalar,
    /// Where it is declared.
    pub span: Span,
}

/// The most an evidence kind can show. *Suitable* and *effective* are never shown by evidence alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Proves {
    /// That something exists.
    Present,
    /// That it is in use (and so exists).
    Operating,
}

/// An evidence kind.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Kind {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its `///` text.
    pub doc: Option<String>,
    /// The most it can show.
    pub proves: Proves,
    /// The date column that freshness and forecasts use.
    pub dated_by: Option<ColumnId>,
    /// The date column after which the item no longer counts.
    pub lapses_on: Option<ColumnId>,
    /// The acts of persons that an item records, in the order they are written.
    pub acts: Vec<Act>,
    /// How long items are kept, and the provision that says so.
    pub retained: Option<(String, ProvisionId)>,
    /// The marking of items that state none.
    pub marking: Option<String>,
    /// Where it is declared.
    pub span: Span,
}

/// What a person does that not everybody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Verb {
    /// Takes a risk on.
    Accept,
    /// Says that it may go ahead.
    Approve,
    /// Says that it is done with.
    Close,
    /// Puts a name under it.
    Sign,
    /// Says that somebody looked and it is so.
    Verify,
}

impl Verb {
    /// All of them, in the order of their words.
    pub const ALL: [Self; 5] = [Self::Accept, Self::Approve, Self::Close, Self::Sign, Self::Verify];

    /// The word rules and policies use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Approve => "approve",
            Self::Close => "close",
            Self::Sign => "sign",
            Self::Verify => "verify",
        }
    }
}

/// `act verb [to] by person on day` : an act that an item records, by the columns that say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Act {
    /// What was done.
    pub verb: Verb,
    /// The reference to what it was done to; `None` for the item itself.
    pub to: Option<(ColumnId, KindId)>,
    /// Who did it.
    pub by: ColumnId,
    /// On which day.
    pub on: ColumnId,
    /// Where it is declared.
    pub span: Span,
}

/// The columns every kind has, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Common {
    /// `id`, text.
    Id = 0,
    /// `title`, text.
    Title = 1,
    /// `issued`, date.
    Issued = 2,
    /// `received`, date: when it reached the file.
    Received = 3,
    /// `author`, a person.
    Author = 4,
    /// `approver`, a person.
    Approver = 5,
    /// `marking`, text.
    Marking = 6,
    /// `technique`, text.
    Technique = 7,
}

impl Common {
    /// All of them, in the order of their columns.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::Id, "id"),
        (Self::Title, "title"),
        (Self::Issued, "issued"),
        (Self::Received, "received"),
        (Self::Author, "author"),
        (Self::Approver, "approver"),
        (Self::Marking, "marking"),
        (Self::Technique, "technique"),
    ];

    /// Its column.
    #[must_use]
    pub const fn column(self) -> ColumnId {
        ColumnId(self as u32)
    }
}

/// A flat table.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Table {
    /// `training-record`, or `qc-plan.activities` for a list.
    pub name: String,
    /// The kind whose items (or parts of items) it holds.
    pub kind: KindId,
    /// For a list: the table and the list it is.
    pub parent: Option<(TableId, ListId)>,
    /// Its columns. A kind's first eight are [`Common`].
    pub columns: Vec<Column>,
    /// Its lists.
    pub lists: Vec<List>,
}

impl Table {
    /// The column with this name (`completed`, or `a.b` inside a record).
    #[must_use]
    pub fn column(&self, name: &str) -> Option<ColumnId> {
        self.columns.iter().position(|c| c.name == name).map(|i| ColumnId(i as u32))
    }

    /// The list with this name.
    #[must_use]
    pub fn list(&self, name: &str) -> Option<ListId> {
        self.lists.iter().position(|l| l.name == name).map(|i| ListId(i as u32))
    }
}

/// A column of scalars.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Column {
    /// Field name; of a nested record: `record.field`.
    pub name: String,
    /// Its `///` text.
    pub doc: Option<String>,
    /// Its type.
    pub of: Scalar,
    /// Whether the author said that it may be missing (`?`, or inside an optional record).
    pub optional: bool,
    /// Where it is declared; `None` for the common ones.
    pub span: Option<Span>,
}

/// A list field.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct List {
    /// Field name; inside a nested record: `record.field`.
    pub name: String,
    /// Its `///` text.
    pub doc: Option<String>,
    /// The table of its elements.
    pub table: TableId,
    /// Whether its elements are scalars (then the table has the single column `value`).
    pub scalar: bool,
    /// Whether it may be missing.
    pub optional: bool,
    /// Where it is declared.
    pub span: Span,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Scalar {
    /// Yes or no.
    Bool,
    /// A whole number.
    Whole,
    /// An exact decimal number.
    Decimal,
    /// Text.
    Text,
    /// A day.
    Date,
    /// A length of calendar time.
    Period,
    /// A stretch of days.
    Interval,
    /// A share.
    Percent,
    /// A term of a vocabulary.
    Term(VocabularyId),
    /// Another item.
    Ref(KindId),
}

/// The type of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Type {
    /// A scalar.
    Scalar(Scalar),
    /// A row of a list's table: an element that is a record.
    Row(TableId),
}
