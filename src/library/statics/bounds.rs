//! What several conditions leave of the values of one path. All values are numbers here: dates are day numbers, terms positions.

use std::collections::BTreeSet;

use crate::base::Decimal;
use crate::library::model::{CompareOp, Library, Scalar, Type, Value};

/// A value as a number.
pub(super) type Number = Decimal;

/// The number that stands for a value; periods and intervals have none.
pub(super) fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Bool(b) => Some(Decimal::from(u8::from(*b))),
        Value::Whole(n) => Some(Decimal::from(*n)),
        Value::Decimal(n) => Some(*n),
        Value::Text(id) => Some(Decimal::from(id.0)),
        Value::Date(d) => Some(Decimal::from(d.day_number())),
        Value::Percent(p) => Some(p.0),
        Value::Term(n) => Some(Decimal::from(*n)),
        Value::Period(_) | Value::Interval(_) => None,
    }
}

/// What is left.
#[derive(Debug, Default)]
pub(super) struct Bounds {
    /// Least value, and whether it is allowed itself.
    low: Option<(Number, bool)>,
    /// Greatest value, and whether it is allowed itself.
    high: Option<(Number, bool)>,
    allowed: Option<BTreeSet<Number>>,
    excluded: BTreeSet<Number>,
    /// Values go in steps of one.
    steps: bool,
    /// There are only these many, from 0.
    terms: Option<u32>,
    /// It must be missing.
    pub(super) missing: bool,
    /// It must be there.
    pub(super) read: bool,
}

impl Bounds {
    /// Everything that the type allows.
    pub(super) fn of(of: Type, library: &Library) -> Self {
        let (steps, terms) = match of {
            Type::Scalar(Scalar::Term(v)) => (true, Some(library.vocabulary(v).terms.len() as u32)),
            Type::Scalar(Scalar::Bool) => (true, Some(2)),
            Type::Scalar(Scalar::Whole | Scalar::Date) => (true, None),
            Type::Scalar(
                Scalar::Decimal | Scalar::Text | Scalar::Period | Scalar::Interval | Scalar::Percent | Scalar::Ref(_),
            )
            | Type::Row(_) => (false, None),
        };
        Self { steps, terms, ..Self::default() }
    }

    /// Takes a comparison with a value into account.
    pub(super) fn compare(&mut self, op: CompareOp, value: Number) {
        self.read = true;
        match op {
            CompareOp::Equal => self.keep(&[value]),
            CompareOp::NotEqual => {
                self.excluded.insert(value);
            }
            CompareOp::Less => self.at_most(value, false),
            CompareOp::AtMost => self.at_most(value, true),
            CompareOp::Greater => self.at_least(value, false),
            CompareOp::AtLeast => self.at_least(value, true),
        }
    }

    /// Takes a list into account.
    pub(super) fn among(&mut self, values: &[Number], negated: bool) {
        self.read = true;
        if negated {
            self.excluded.extend(values);
        } else {
            self.keep(values);
        }
    }

    fn keep(&mut self, values: &[Number]) {
        let values: BTreeSet<Number> = values.iter().copied().collect();
        self.allowed = Some(match self.allowed.take() {
            Some(before) => before.intersection(&values).copied().collect(),
            None => values,
        });
    }

    fn at_most(&mut self, value: Number, itself: bool) {
        if self.high.is_none_or(|(high, open)| value < high || (value == high && open && !itself)) {
            self.high = Some((value, itself));
        }
    }

    fn at_least(&mut self, value: Number, itself: bool) {
        if self.low.is_none_or(|(low, open)| value > low || (value == low && open && !itself)) {
            self.low = Some((value, itself));
        }
    }

    fn lets(&self, value: Number) -> bool {
        self.low.is_none_or(|(low, itself)| value > low || (itself && value == low))
            && self.high.is_none_or(|(high, itself)| value < high || (itself && value == high))
            && self.allowed.as_ref().is_none_or(|a| a.contains(&value))
            && !self.excluded.contains(&value)
    }

    /// Why nothing is left, if so.
    pub(super) fn contradiction(&self) -> Option<&'static str> {
        if self.missing && self.read {
            return Some("it cannot be missing and be compared");
        }
        if let Some(terms) = self.terms {
            let left = (0..terms).any(|t| self.lets(Decimal::from(t)));
            return (!left).then_some("no term of the vocabulary is left");
        }
        if let Some(allowed) = &self.allowed {
            let left = allowed.iter().any(|v| self.lets(*v));
            return (!left).then_some("no value is left");
        }
        let ((low, low_itself), (high, high_itself)) = self.low.zip(self.high)?;
        let one = if self.steps { Decimal::ONE } else { Decimal::ZERO };
        let first = if low_itself { low } else { low.checked_add(one)? };
        let last = if high_itself { high } else { high.checked_sub(one)? };
        let point = first == last && (!(self.steps || (low_itself && high_itself)) || self.excluded.contains(&first));
        (first > last || point).then_some("the bounds exclude each other")
    }
}
