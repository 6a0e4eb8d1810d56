//! Expressions: what a requirement asks of the evidence.
//!
//! From loosest to tightest: `or`, `and`, `not`, one comparison, `+ -`, `* /`, a path or literal.

use super::{Name, ProvisionRef, Text};
use crate::base::{Date, Decimal, Percent, Period, Span, Spanned};

/// An expression and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// The forms of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExprKind {
    /// `true`, `false`
    Bool(bool),
    /// `42`, `1_900_000`
    Whole(i64),
    /// `3.5`
    Decimal(Decimal),
    /// `"…"`
    Text(String),
    /// `2026-11-23`
    Date(Date),
    /// `5 years`
    Period(Period),
    /// `95%`
    Percent(Percent),
    /// `a`, `t.completed`, `entity.pass-holders`, `assessment`: a name and the fields read from it.
    Path(Name, Vec<Name>),
    /// `approved(d)`
    Call(Name, Vec<Expr>),
    /// `a or b or …`
    Or(Vec<Expr>),
    /// `a and b and …`
    And(Vec<Expr>),
    /// `not a`
    Not(Box<Expr>),
    /// `a < b`, `a within b`, `a + b` …
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `a is stated`, `a is missing` (`stated: false`)
    Presence {
        /// What is asked about: a path.
        of: Box<Expr>,
        /// Whether presence (not absence) is asked.
        stated: bool,
    },
    /// `a in (x, y)`, `a not in (x, y)` (`negated`)
    OneOf {
        /// The value.
        of: Box<Expr>,
        /// The list.
        among: Vec<Expr>,
        /// `not in`
        negated: bool,
    },
    /// `later of (a, b, …)` (`later: true`), `earlier of (a, b, …)`
    Pick {
        /// Whether the later one is meant.
        later: bool,
        /// The dates.
        of: Vec<Expr>,
    },
    /// `some K as x where c`, `every … satisfies c`, `at least 3 K as x where c`, …
    Quantified {
        /// Which quantifier, with its number.
        quantifier: Quantifier,
        /// `K as x, x.list as y`
        over: Vec<Binding>,
        /// `where c`
        filter: Option<Box<Expr>>,
        /// `satisfies c` / `satisfy c`; only with `every`, shares and `latest`.
        body: Option<Box<Expr>>,
    },
    /// `count of K as x where c`, `sum of e over K as x where c`, …
    Aggregate {
        /// What is computed.
        of: Aggregate,
        /// What is added up, or compared; `None` for `count`. For `longest gap of`, the date.
        value: Option<Box<Expr>>,
        /// `K as x, x.list as y`
        over: Vec<Binding>,
        /// `where c`
        filter: Option<Box<Expr>>,
        /// `throughout W`; only with `longest gap`.
        throughout: Option<Box<Expr>>,
    },
    /// `K as k by k.date [where c] recurs every P throughout W [allowing N missed] [and no gap over P]`
    Recurs {
        /// `K as k`
        over: Box<Binding>,
        /// The date that recurs.
        by: Box<Expr>,
        /// `where c`
        filter: Option<Box<Expr>>,
        /// The rhythm.
        every: Box<Expr>,
        /// The window.
        throughout: Box<Expr>,
        /// How many slots may be empty.
        allowing: Spanned<u32>,
        /// The longest gap allowed.
        max_gap: Option<Box<Expr>>,
    },
    /// `all of { … }`, `any of { … }`, `at least N of { … }`
    Group {
        /// How many members must hold: `None` for all; `Some(1)` for any.
        at_least: Option<u32>,
        /// The labelled members.
        members: Vec<Member>,
    },
    /// `instrument#point`, only where a provision is asked for.
    Provision(ProvisionRef),
}

/// One source and the name its elements are called by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// An evidence kind's name, or a path to a list.
    pub source: Expr,
    /// The variable.
    pub variable: Name,
}

/// A labelled member of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its label.
    pub label: Name,
    /// Its text.
    pub title: Option<Text>,
    /// What it asks.
    pub body: Expr,
}

/// How many of the elements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quantifier {
    /// `some`
    Some,
    /// `no`
    No,
    /// `every`
    Every,
    /// `at least N`
    AtLeast(Spanned<u32>),
    /// `at most N`
    AtMost(Spanned<u32>),
    /// `exactly N`
    Exactly(Spanned<u32>),
    /// `at least P% of`
    ShareAtLeast(Spanned<Percent>),
    /// `at most P% of`
    ShareAtMost(Spanned<Percent>),
    /// `latest K as x by e`: the element with the latest date.
    Latest(Box<Expr>),
}

/// A quantity computed over elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aggregate {
    /// `count of`
    Count,
    /// `sum of e over`
    Sum,
    /// `least of e over`
    Least,
    /// `greatest of e over`
    Greatest,
    /// `longest gap of e over … throughout W`: in days, the window's ends counted as dates.
    LongestGap,
}

/// Operators with two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `date before date` (bool), or `period before date` (interval)
    Before,
    /// `date after date` (bool), or `period after date` (interval)
    After,
    /// `period of date`: that long on either side (interval)
    Of,
    /// `on or before`
    OnOrBefore,
    /// `on or after`
    OnOrAfter,
    /// `within`
    Within,
    /// `covers`
    Covers,
    /// `overlaps`
    Overlaps,
    /// `list contains value`
    Contains,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Divide,
}
