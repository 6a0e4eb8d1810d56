//! Values as a reader sees them.

use abide::base::{Date, Decimal, Interval, Period, Truth};
use abide::evidence::{Bundle, DANGLING, MISSING};
use abide::library::model::{Arithmetic, CompareOp, Scalar, Side, Value, WindowOp};

/// A value, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Answer {
    /// Not known.
    Unknown,
    /// A reference that leads nowhere.
    Nowhere,
    /// The item in this row.
    Item(u32),
    Bool(bool),
    /// A whole number, or a term by its place.
    Number(i64),
    Decimal(Decimal),
    Text(String),
    Date(Date),
    Period(Period),
    Interval(Interval),
}

impl Answer {
    pub(super) fn of(value: Value, text: impl Fn(usize) -> String) -> Self {
        match value {
            Value::Bool(b) => Self::Bool(b),
            Value::Whole(n) => Self::Number(n),
            Value::Decimal(d) => Self::Decimal(d),
            Value::Text(t) => Self::Text(text(t.0 as usize)),
            Value::Date(d) => Self::Date(d),
            Value::Period(p) => Self::Period(p),
            Value::Interval(i) => Self::Interval(i),
            Value::Percent(p) => Self::Decimal(p.0),
            Value::Term(t) => Self::Number(t.into()),
        }
    }

    pub(super) fn read(bundle: &Bundle, of: Scalar, cell: i64) -> Self {
        match (of, cell) {
            (_, MISSING) => Self::Unknown,
            (Scalar::Ref(_), DANGLING) => Self::Nowhere,
            (Scalar::Ref(_), row) => Self::Item(row as u32),
            _ => bundle.value(of, cell).map_or(Self::Unknown, |v| Self::of(v, |t| bundle.pool.texts.get(t).unwrap().to_owned())),
        }
    }

    pub(super) fn truth(&self) -> Truth {
        if let Self::Bool(b) = self { (*b).into() } else { Truth::Unknown }
    }

    pub(super) fn date(&self) -> Option<Date> {
        if let Self::Date(d) = self { Some(*d) } else { None }
    }

    pub(super) fn period(&self) -> Option<Period> {
        if let Self::Period(p) = self { Some(*p) } else { None }
    }

    /// A stretch of days; a day is one of one day.
    pub(super) fn interval(&self) -> Option<Interval> {
        match self {
            Self::Interval(i) => Some(*i),
            Self::Date(d) => Some(Interval::new(*d, *d)),
            _ => None,
        }
    }

    pub(super) fn decimal(&self) -> Option<Decimal> {
        match self {
            Self::Number(n) => Some(Decimal::from(*n)),
            Self::Decimal(d) => Some(*d),
            _ => None,
        }
    }

    pub(super) fn compare(&self, op: CompareOp, other: &Self) -> Truth {
        let order = match (self, other) {
            (Self::Item(a), Self::Item(b)) => Some(a.cmp(b)),
            (Self::Nowhere, Self::Item(_)) | (Self::Item(_), Self::Nowhere) if op == CompareOp::Equal => return Truth::False,
            (Self::Bool(a), Self::Bool(b)) => Some(a.cmp(b)),
            (Self::Text(a), Self::Text(b)) => Some(a.cmp(b)),
            (Self::Date(a), Self::Date(b)) => Some(a.cmp(b)),
            (Self::Period(a), Self::Period(b)) => a.compare(*b),
            (Self::Interval(a), Self::Interval(b)) => Some(a.cmp(b)),
            _ => match (self.decimal(), other.decimal()) {
                (Some(a), Some(b)) => Some(a.cmp(&b)),
                _ => None,
            },
        };
        let Some(order) = order else { return Truth::Unknown };
        match op {
            CompareOp::Equal => order.is_eq(),
            CompareOp::NotEqual => order.is_ne(),
            CompareOp::Less => order.is_lt(),
            CompareOp::AtMost => order.is_le(),
            CompareOp::Greater => order.is_gt(),
            CompareOp::AtLeast => order.is_ge(),
        }
        .into()
    }

    pub(super) fn in_window(&self, op: WindowOp, window: &Self) -> Truth {
        let (Some(a), Some(b)) = (self.interval(), window.interval()) else { return Truth::Unknown };
        match op {
            WindowOp::Within => b.first <= a.first && a.last <= b.last,
            WindowOp::Covers => a.first <= b.first && b.last <= a.last,
            WindowOp::Overlaps => a.first <= b.last && b.first <= a.last,
        }
        .into()
    }
}

pub(super) fn window(side: Side, period: &Answer, date: &Answer) -> Answer {
    let days = || {
        let (period, date) = (period.period()?, date.date()?);
        let first = if side == Side::After { date } else { date.minus(period)? };
        let last = if side == Side::Before { date } else { date.plus(period)? };
        Some(Interval::new(first, last))
    };
    days().map_or(Answer::Unknown, Answer::Interval)
}

pub(super) fn arithmetic(op: Arithmetic, a: &Answer, b: &Answer) -> Answer {
    let decimal = |f: fn(Decimal, Decimal) -> Option<Decimal>| {
        a.decimal().zip(b.decimal()).and_then(|(a, b)| f(a, b)).map_or(Answer::Unknown, Answer::Decimal)
    };
    let number = |whole: fn(i64, i64) -> Option<i64>, other: fn(Decimal, Decimal) -> Option<Decimal>| match (a, b) {
        (Answer::Number(a), Answer::Number(b)) => whole(*a, *b).map_or(Answer::Unknown, Answer::Number),
        _ => decimal(other),
    };
    let date = |shift: fn(Date, Period) -> Option<Date>| {
        a.date().zip(b.period()).and_then(|(d, p)| shift(d, p)).map_or(Answer::Unknown, Answer::Date)
    };
    match op {
        Arithmetic::Plus => number(i64::checked_add, Decimal::checked_add),
        Arithmetic::Minus => number(i64::checked_sub, Decimal::checked_sub),
        Arithmetic::Times => number(i64::checked_mul, Decimal::checked_mul),
        Arithmetic::Divide => decimal(Decimal::checked_div),
        Arithmetic::DatePlus => date(Date::plus),
        Arithmetic::DateMinus => date(Date::minus),
    }
}
