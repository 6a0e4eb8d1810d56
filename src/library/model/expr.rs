//! Typed expressions. Definitions are already written out; every name is an id.

use super::{ColumnId, FactId, KindId, ListId, ParameterId, TableId, Type, shape::id};
use crate::base::{Date, Decimal, Interval, Percent, Period, Span};

id! {
    VarId "A variable slot of a requirement; holds a row of the table its binding ranges over.";
    TextId "A text literal: its position in the library's `texts`.";
}

/// An expression.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Its type.
    pub of: Type,
    /// Where it is written.
    pub span: Span,
}

/// A known value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Whole(i64),
    /// An exact decimal number.
    Decimal(Decimal),
    /// Text.
    Text(TextId),
    /// A day.
    Date(Date),
    /// A length of calendar time.
    Period(Period),
    /// A stretch of days.
    Interval(Interval),
    /// A share.
    Percent(Percent),
    /// A term: its position in the vocabulary that the expression's type names.
    Term(u32),
}

/// Comparisons with an answer of yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum CompareOp {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`, and `before`
    Less,
    /// `<=`, and `on or before`
    AtMost,
    /// `>`, and `after`
    Greater,
    /// `>=`, and `on or after`
    AtLeast,
}

/// Arithmetic. Division by zero and overflow are unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Arithmetic {
    /// `+` of numbers
    Plus,
    /// `-` of numbers
    Minus,
    /// `*`
    Times,
    /// `/`: always gives a decimal
    Divide,
    /// date `+` period
    DatePlus,
    /// date `-` period
    DateMinus,
}

/// On which side of a date a window lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Side {
    /// `P before D`
    Before,
    /// `P after D`
    After,
    /// `P of D`
    Around,
}

/// Comparisons with a stretch of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum WindowOp {
    /// `x within W`: x a date or an interval.
    Within,
    /// `i covers W`: W an interval or a date.
    Covers,
    /// `i overlaps W`
    Overlaps,
}

/// What elements are taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Source {
    /// All items of a kind.
    Kind(KindId),
    /// A list of the row in another variable.
    List {
        /// The variable.
        of: VarId,
        /// The list.
        list: ListId,
        /// Its table.
        table: TableId,
    },
    /// A list of the item that a reference leads to: `a.finding.actions`.
    FollowedList {
        /// The variable the path starts at.
        of: VarId,
        /// The reference column.
        through: ColumnId,
        /// The kind it leads to.
        kind: KindId,
        /// The list.
        list: ListId,
        /// Its table.
        table: TableId,
    },
}

/// How many elements.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Quantifier {
    /// `some`
    Some,
    /// `no`
    No,
    /// `every`
    Every,
    /// `at least N`
    AtLeast(u32),
    /// `at most N`
    AtMost(u32),
    /// `exactly N`
    Exactly(u32),
    /// `at least P% of`
    ShareAtLeast(Percent),
    /// `at most P% of`
    ShareAtMost(Percent),
    /// `latest … by e`
    Latest(Box<Expr>),
}

/// A quantity over elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Aggregate {
    /// `count of`
    Count,
    /// `sum of`
    Sum,
    /// `least of`
    Least,
    /// `greatest of`
    Greatest,
    /// `longest gap of`: a period in days
    LongestGap,
}

/// A labelled member of a group.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Member {
    /// Its label.
    pub label: String,
    /// Its text; the label where none was written.
    pub title: String,
    /// What it asks.
    pub body: Expr,
}

/// The forms of an expression.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ExprKind {
    /// A literal.
    Literal(Value),
    /// A column of the row in a variable: `t.completed`. For an element of a list of scalars: its column `value`.
    Column(VarId, ColumnId),
    /// The item in a variable, as a reference to itself: `i` in `r.incident = i`.
    Item(VarId),
    /// A column of the item that a reference leads to: `t.person.employer`. A reference that leads nowhere is unknown.
    Follow {
        /// The reference.
        reference: Box<Expr>,
        /// The table it leads to.
        table: TableId,
        /// The column there.
        column: ColumnId,
    },
    /// Whether a list of the row in a variable is stated. Only under `Present`.
    ListStated(VarId, ListId),
    /// A fact about the entity.
    Fact(FactId),
    /// `entity.kind`
    EntityKind,
    /// `entity.sems`
    EntitySems,
    /// `entity.id`
    EntityId,
    /// The assessment date.
    Assessment,
    /// A dated parameter: its value on the assessment date; unknown on a day it has none.
    Parameter(ParameterId),
    /// A `let` or a `define`, written out, with its name for explanations.
    Named(String, Box<Expr>),
    /// Any.
    Or(Vec<Expr>),
    /// All.
    And(Vec<Expr>),
    /// The opposite.
    Not(Box<Expr>),
    /// A comparison.
    Compare(CompareOp, Box<Expr>, Box<Expr>),
    /// A stretch of days.
    Window(Side, Box<Expr>, Box<Expr>),
    /// A comparison with a stretch of days.
    InWindow(WindowOp, Box<Expr>, Box<Expr>),
    /// `list contains value`
    Contains {
        /// The list.
        list: Source,
        /// The value.
        value: Box<Expr>,
    },
    /// `is stated` (`stated`), `is missing`
    Present {
        /// What is asked about.
        of: Box<Expr>,
        /// Whether presence is asked.
        stated: bool,
    },
    /// `in (…)` (not `negated`), `not in (…)`
    OneOf {
        /// The value.
        of: Box<Expr>,
        /// The list.
        among: Vec<Expr>,
        /// `not in`
        negated: bool,
    },
    /// `later of`, `earlier of`
    Pick {
        /// The later one.
        later: bool,
        /// The dates.
        of: Vec<Expr>,
    },
    /// Arithmetic.
    Arithmetic(Arithmetic, Box<Expr>, Box<Expr>),
    /// A quantifier.
    Quantified {
        /// How many.
        quantifier: Quantifier,
        /// Variables and what they range over; a later one may use an earlier one.
        over: Vec<(VarId, Source)>,
        /// `where`
        filter: Option<Box<Expr>>,
        /// `satisfies`
        body: Option<Box<Expr>>,
    },
    /// A quantity.
    Aggregate {
        /// Which.
        of: Aggregate,
        /// Of what; `None` for a count.
        value: Option<Box<Expr>>,
        /// Variables and what they range over.
        over: Vec<(VarId, Source)>,
        /// `where`
        filter: Option<Box<Expr>>,
        /// `throughout`; for `longest gap`.
        throughout: Option<Box<Expr>>,
    },
    /// A rhythm.
    Recurs {
        /// The variable and what it ranges over.
        over: (VarId, Source),
        /// The date.
        by: Box<Expr>,
        /// `where`
        filter: Option<Box<Expr>>,
        /// The rhythm: a period.
        every: Box<Expr>,
        /// The window: an interval.
        throughout: Box<Expr>,
        /// How many slots may be empty.
        allowing: u32,
        /// The longest gap allowed: a period.
        max_gap: Option<Box<Expr>>,
    },
    /// At least so many of the members.
    Group {
        /// How many.
        at_least: u32,
        /// The members.
        members: Vec<Member>,
    },
}
