//! Tests of requirements, written beside them.

use super::{Name, Text, Value};
use crate::base::{Date, Span, Spanned};

/// `test "title" of requirement at date { … }`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// Its title.
    pub title: Text,
    /// The requirement it tries.
    pub of: Name,
    /// The assessment date.
    pub at: Spanned<Date>,
    /// `entity { kind: airport, pass-holders: 1 }`: `id`, `name`, `kind`, `sems`, and facts.
    pub entity: Option<Value>,
    /// `training-record t1 { person: p1, … }`, and the three reserved forms `nil-return n1 { kind: incident, period: D/D }`,
    /// `judgement j1 { of: suits, answer: yes, by: p1, role: accountable-manager, on: D }`,
    /// `waiver w1 { … }` and `derogation d1 { … }`, shaped as in a bundle.
    pub items: Vec<TestItem>,
    /// `expect …`
    pub expected: Vec<Expected>,
    /// All of it.
    pub span: Span,
}

/// `kind id { field: value, … }`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestItem {
    /// The evidence kind.
    pub kind: Name,
    /// The item's id.
    pub id: Name,
    /// Its fields: a [`super::ValueKind::Record`].
    pub fields: Value,
}

/// What a test says of a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// `expect not met [because stale]`: the requirement's verdict.
    Verdict {
        /// The verdict.
        verdict: Spanned<TestVerdict>,
        /// The reason.
        because: Option<Name>,
    },
    /// `expect clause not met [because stale]`: one clause's verdict.
    Clause {
        /// The clause.
        clause: Name,
        /// The verdict.
        verdict: Spanned<TestVerdict>,
        /// The reason.
        because: Option<Name>,
    },
    /// `expect clause points at item[.field]`: the clause's ground names that place.
    PointsAt {
        /// The clause.
        clause: Name,
        /// The item.
        item: Name,
        /// The field in it.
        field: Option<Name>,
    },
}

/// A verdict as a test writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TestVerdict {
    /// `met`
    Met,
    /// `not met`
    NotMet,
    /// `not confirmed`
    NotConfirmed,
    /// `needs judgement`
    NeedsJudgement,
    /// `not applicable`
    NotApplicable,
    /// `sealed`
    Sealed,
}
