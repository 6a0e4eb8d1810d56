//! Values and what may be asked of them. Pure functions; anything that cannot be answered is unknown.

use std::cmp::Ordering;

use crate::base::{Date, Decimal, Interval, Period, Truth};
use crate::library::model::{Arithmetic, CompareOp, Side, Value, WindowOp};

/// The value of an expression in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Val {
    /// Known.
    Known(Value),
    /// A reference to the item in this row (of the kind its type names).
    Item(u32),
    /// A reference that is written but leads nowhere.
    Dangling,
    /// Not known.
    Unknown,
}

impl Val {
    /// The value, when it is known and not a reference.
    pub(crate) fn known(self) -> Option<Value> {
        match self {
            Self::Known(value) => Some(value),
            Self::Item(_) | Self::Dangling | Self::Unknown => None,
        }
    }

    /// The day, when it is one and known.
    pub(crate) fn date(self) -> Option<Date> {
        match self.known()? {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }

    /// The stretch of days, when it is one and known. A day is a stretch of one.
    pub(crate) fn interval(self) -> Option<Interval> {
        match self.known()? {
            Value::Interval(interval) => Some(interval),
            Value::Date(date) => Some(Interval::new(date, date)),
            _ => None,
        }
    }

    /// The period, when it is one and known.
    pub(crate) fn period(self) -> Option<Period> {
        match self.known()? {
            Value::Period(period) => Some(period),
            _ => None,
        }
    }

    /// The truth of a yes-or-no value.
    pub(crate) fn truth(self) -> Truth {
        match self {
            Self::Known(Value::Bool(b)) => b.into(),
            Self::Known(_) | Self::Item(_) | Self::Dangling | Self::Unknown => Truth::Unknown,
        }
    }
}

/// Compares two values of like type.
pub(crate) fn compare(op: CompareOp, left: Val, right: Val) -> Truth {
    match (left, right) {
        (Val::Known(a), Val::Known(b)) => order(a, b).map_or(Truth::Unknown, |o| holds(op, o).into()),
        (Val::Item(a), Val::Item(b)) => match op {
            CompareOp::Equal => (a == b).into(),
            CompareOp::NotEqual => (a != b).into(),
            CompareOp::Less | CompareOp::AtMost | CompareOp::Greater | CompareOp::AtLeast => Truth::Unknown,
        },
        // A reference that leads nowhere is certainly not the item at hand; that it differs from it proves nothing.
        (Val::Dangling, Val::Item(_)) | (Val::Item(_), Val::Dangling) if op == CompareOp::Equal => Truth::False,
        _ => Truth::Unknown,
    }
}

/// Whether an order of two values answers a comparison with yes.
pub(crate) fn holds(op: CompareOp, order: Ordering) -> bool {
    match op {
        CompareOp::Equal => order.is_eq(),
        CompareOp::NotEqual => order.is_ne(),
        CompareOp::Less => order.is_lt(),
        CompareOp::AtMost => order.is_le(),
        CompareOp::Greater => order.is_gt(),
        CompareOp::AtLeast => order.is_ge(),
    }
}

fn order(a: Value, b: Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(&b)),
        (Value::Whole(a), Value::Whole(b)) => Some(a.cmp(&b)),
        (Value::Date(a), Value::Date(b)) => Some(a.cmp(&b)),
        (Value::Term(a), Value::Term(b)) => Some(a.cmp(&b)),
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(&b)),
        (Value::Percent(a), Value::Percent(b)) => Some(a.cmp(&b)),
        (Value::Period(a), Value::Period(b)) => a.compare(b),
        (Value::Interval(a), Value::Interval(b)) => Some(a.cmp(&b)),
        _ => Some(decimal(a)?.cmp(&decimal(b)?)),
    }
}

/// A number as a decimal.
pub(crate) fn decimal(value: Value) -> Option<Decimal> {
    match value {
        Value::Whole(n) => Some(Decimal::from(n)),
        Value::Decimal(d) => Some(d),
        Value::Percent(p) => Some(p.0),
        Value::Bool(_) | Value::Text(_) | Value::Date(_) | Value::Period(_) | Value::Interval(_) | Value::Term(_) => None,
    }
}

/// The days from, to or around a date.
pub(crate) fn window(side: Side, period: Val, date: Val) -> Val {
    let stretch = || {
        let (period, date) = (period.period()?, date.date()?);
        match side {
            Side::Before => date.window_before(period),
            Side::After => date.window_after(period),
            Side::Around => Some(Interval::new(date.minus(period)?, date.plus(period)?)),
        }
    };
    stretch().map_or(Val::Unknown, |i| Val::Known(Value::Interval(i)))
}

/// Compares a value with a stretch of days.
pub(crate) fn in_window(op: WindowOp, value: Val, window: Val) -> Truth {
    let (Some(value), Some(window)) = (value.interval(), window.interval()) else { return Truth::Unknown };
    match op {
        WindowOp::Within => window.covers(value).into(),
        WindowOp::Covers => value.covers(window).into(),
        WindowOp::Overlaps => value.overlaps(window).into(),
    }
}

/// By how many days a value misses a window: negative when too early, positive when too late, `None` when it does not miss or is not known.
pub(crate) fn misses_by(op: WindowOp, value: Val, window: Val) -> Option<i32> {
    let (value, window) = (value.interval()?, window.interval()?);
    let early = |limit: Date, at: Date| (at < limit).then(|| -at.days_to(limit));
    let late = |limit: Date, at: Date| (at > limit).then(|| limit.days_to(at));
    match op {
        WindowOp::Within => early(window.first, value.first).or_else(|| late(window.last, value.last)),
        WindowOp::Covers => late(window.first, value.first).or_else(|| early(window.last, value.last)),
        WindowOp::Overlaps => early(window.first, value.last).or_else(|| late(window.last, value.first)),
    }
}

/// Arithmetic. Division by zero, overflow and impossible dates are unknown.
pub(crate) fn arithmetic(op: Arithmetic, left: Val, right: Val) -> Val {
    let (Some(a), Some(b)) = (left.known(), right.known()) else { return Val::Unknown };
    let result = match (op, a, b) {
        (Arithmetic::DatePlus, Value::Date(d), Value::Period(p)) => d.plus(p).map(Value::Date),
        (Arithmetic::DateMinus, Value::Date(d), Value::Period(p)) => d.minus(p).map(Value::Date),
        (Arithmetic::Plus, Value::Whole(a), Value::Whole(b)) => a.checked_add(b).map(Value::Whole),
        (Arithmetic::Minus, Value::Whole(a), Value::Whole(b)) => a.checked_sub(b).map(Value::Whole),
        (Arithmetic::Times, Value::Whole(a), Value::Whole(b)) => a.checked_mul(b).map(Value::Whole),
        _ => match (decimal(a), decimal(b)) {
            (Some(a), Some(b)) => match op {
                Arithmetic::Plus => a.checked_add(b),
                Arithmetic::Minus => a.checked_sub(b),
                Arithmetic::Times => a.checked_mul(b),
                Arithmetic::Divide => a.checked_div(b),
                Arithmetic::DatePlus | Arithmetic::DateMinus => None,
            }
            .map(Value::Decimal),
            _ => None,
        },
    };
    result.map_or(Val::Unknown, Val::Known)
}

/// The later or earlier of two days; unknown if one is.
pub(crate) fn pick(later: bool, a: Val, b: Val) -> Val {
    match (a.date(), b.date()) {
        (Some(x), Some(y)) => Val::Known(Value::Date(if later { x.max(y) } else { x.min(y) })),
        _ => Val::Unknown,
    }
}
