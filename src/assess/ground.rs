//! Grounds: why a clause holds, fails, or is not known, as a tree that follows the clause.
//!
//! A ground points at both ends: `rule` is a place in the library's texts, [`At`] a place in the bundle. It holds ids and values, not text:
//! reports turn them into words.

use crate::base::{Span, Truth};
use crate::evidence::At;
use crate::library::model::{Aggregate, Arithmetic, CompareOp, FactId, KindId, ParameterId, Scalar, TableId, Value, WindowOp};

/// One step of an explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// What the step comes to.
    pub truth: Truth,
    /// The rule's text for this step (in the library's sources).
    pub rule: Span,
    /// What was looked at.
    pub step: Step,
    /// The steps below it, those that decide first.
    pub below: Vec<Ground>,
}

/// What a step looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A yes-or-no value: a field, a fact, a literal.
    Value(Shown),
    /// A comparison.
    Compare {
        /// Left.
        left: Shown,
        /// How.
        op: CompareOp,
        /// Right.
        right: Shown,
        /// By how many days it misses (dates), or `None`.
        misses_by_days: Option<i32>,
        /// It would hold if the item were newer: the comparison is with the assessment date.
        stale: bool,
    },
    /// A comparison with a stretch of days.
    Window {
        /// The date or interval looked at.
        value: Shown,
        /// How.
        op: WindowOp,
        /// The stretch.
        window: Shown,
        /// By how many days it misses: negative when too early, positive when too late.
        misses_by_days: Option<i32>,
        /// Too old for a stretch that hangs on the assessment date.
        stale: bool,
    },
    /// `is stated`, `is missing`.
    Presence {
        /// What was asked about.
        of: Shown,
        /// Whether presence was asked.
        wanted: bool,
    },
    /// `in (…)`, `contains`.
    Among {
        /// The value.
        value: Shown,
        /// What it was looked for in.
        among: Vec<Shown>,
        /// `not in`
        negated: bool,
    },
    /// `not`
    Not,
    /// `and`
    And,
    /// `or`
    Or,
    /// A group of labelled members: the labels of the steps below, in their order.
    Group {
        /// How many must hold.
        at_least: u32,
        /// Labels and texts of all members with their truth, in written order.
        members: Vec<(String, Truth)>,
    },
    /// A `let` or `define` by name.
    Named(String),
    /// A quantifier.
    Elements(Box<Elements>),
    /// A rhythm.
    Rhythm(Box<Rhythm>),
}

/// A value as an explanation shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// The value; `None` when it is not known. References show through `item`.
    pub value: Option<Value>,
    /// Its type.
    pub of: Scalar,
    /// Where it comes from.
    pub from: From,
}

/// Where a shown value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// The rule itself.
    Rule,
    /// A field of an item (stated or not).
    Field(At),
    /// An item as such.
    Item(At),
    /// A fact about the entity.
    Fact(FactId),
    /// `entity.kind`, `entity.sems`, `entity.id`.
    Entity,
    /// The assessment date.
    Assessment,
    /// A parameter.
    Parameter(ParameterId),
    /// A quantity over elements of a table, with how many there were.
    Aggregate(Aggregate, TableId, u32),
    /// Arithmetic, a pick, a window.
    Computed(Option<Arithmetic>),
}

/// How a quantifier is called in an explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
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
    /// `at least P%`
    ShareAtLeast(crate::base::Percent),
    /// `at most P%`
    ShareAtMost(crate::base::Percent),
    /// `latest`
    Latest,
}

/// What a quantifier found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elements {
    /// Which quantifier.
    pub wanted: Wanted,
    /// What it ranges over: the table of its last source.
    pub table: TableId,
    /// How many rows there were to look at.
    pub considered: u32,
    /// Of those, how many were in the population (`where` true).
    pub population: u32,
    /// For how many the `where` could not be decided.
    pub population_unknown: u32,
    /// In the population and holding (for `some` and counts: the population itself).
    pub holding: u32,
    /// In the population and failing.
    pub failing: u32,
    /// In the population and not known.
    pub unknown: u32,
    /// Would count, but may not be relied on.
    pub barred: Vec<At>,
    /// Would count, but it is not known whether they may be relied on.
    pub doubted: Vec<At>,
    /// The elements that decide, with their own grounds, in id order: failing ones of an `every`, the witness of a `some`, the offenders of a `no`.
    /// At most [`Elements::SHOWN`].
    pub shown: Vec<Element>,
    /// How many more there are like those shown.
    pub more: u32,
    /// The item that fails the fewest conditions, when nothing satisfied a `some`.
    pub nearest: Option<Box<Nearest>>,
    /// The nil return that made an empty population true: index into the bundle's nil returns.
    pub nil_return: Option<u32>,
    /// A nil return would decide: the kind it would be for.
    pub nil_return_wanted: Option<KindId>,
    /// Some reference on the way leads nowhere: the field.
    pub broken: Option<At>,
    /// A list on the way that is not stated, so that what is in it is not known.
    pub unstated: Option<At>,
}

impl Elements {
    /// How many elements an explanation shows with their grounds.
    pub const SHOWN: usize = 12;
}

/// One element of a quantifier. Its variables in the order of the quantifier's sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// The rows, one per source.
    pub rows: Vec<At>,
    /// What it comes to.
    pub truth: Truth,
    /// Why.
    pub ground: Option<Ground>,
    /// `otherwise` values: what each variable of the requirement held (by slot), for filling in texts.
    pub bound: Vec<Option<At>>,
}

/// The nearest miss.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest {
    /// The rows, one per source.
    pub rows: Vec<At>,
    /// The conditions it does not fulfil, with the amounts.
    pub misses: Vec<Ground>,
}

/// What a rhythm found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rhythm {
    /// The table it ranges over.
    pub table: TableId,
    /// The window.
    pub window: crate::base::Interval,
    /// The rhythm.
    pub every: crate::base::Period,
    /// How many slots the window has.
    pub slots: u32,
    /// The empty slots.
    pub missed: Vec<crate::base::Interval>,
    /// How many may be empty.
    pub allowing: u32,
    /// The longest gap found, from a date to the next (the window's ends count as dates).
    pub longest_gap: Option<crate::base::Interval>,
    /// The longest gap allowed, in days.
    pub max_gap: Option<i32>,
    /// How many dates lay in the window.
    pub dates: u32,
    /// How many rows there were to look at.
    pub considered: u32,
    /// The latest date of all, in the window or before it.
    pub latest: Option<crate::base::Date>,
    /// Rows whose date or `where` is not known.
    pub unknown: u32,
}
