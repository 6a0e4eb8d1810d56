//! What a field would have to say: a condition on one cell, narrowed with each further condition on it.

use std::collections::BTreeSet;

use crate::base::{Date, Decimal, Interval, Percent, Period, Unit};
use crate::evidence::{Bundle, Written, decode_period};
use crate::library::Library;
use crate::library::model::{CompareOp, Scalar, TableId, Value};

/// What a field would have to say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spec {
    /// Whatever is so, as long as it is stated.
    Any,
    /// One of these cells: a truth, a whole number, a day, a term, a text or a reference.
    Cells(Cells),
    /// A number, ends included.
    Numbers {
        /// No less than this.
        least: Option<Decimal>,
        /// No more than this.
        most: Option<Decimal>,
    },
    /// A stretch of days.
    Days {
        /// It covers these.
        covers: Option<Interval>,
        /// It lies within these.
        within: Option<Interval>,
    },
    /// The new item with this number.
    New(usize),
}

/// A set of cells.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cells {
    /// The first.
    pub first: i64,
    /// The last.
    pub last: i64,
    /// Only these, where there are few.
    pub only: Option<BTreeSet<i64>>,
    /// Not these.
    pub except: BTreeSet<i64>,
}

impl Cells {
    const ALL: Self = Self { first: i64::MIN + 2, last: i64::MAX, only: None, except: BTreeSet::new() };

    fn holds(&self, cell: i64) -> bool {
        self.first <= cell
            && cell <= self.last
            && self.only.as_ref().is_none_or(|o| o.contains(&cell))
            && !self.except.contains(&cell)
    }

    fn and(&self, other: &Self) -> Option<Self> {
        let only = match (&self.only, &other.only) {
            (Some(a), Some(b)) => Some(a.intersection(b).copied().collect()),
            (Some(a), None) | (None, Some(a)) => Some(a.clone()),
            (None, None) => None,
        };
        let both = Self {
            first: self.first.max(other.first),
            last: self.last.min(other.last),
            only,
            except: self.except.union(&other.except).copied().collect(),
        };
        both.some().then_some(both)
    }

    /// Whether a cell is left.
    fn some(&self) -> bool {
        match &self.only {
            Some(only) => only.iter().any(|c| self.holds(*c)),
            None => {
                let excluded = self.except.range(self.first..=self.last.max(self.first)).count() as i128;
                i128::from(self.last) - i128::from(self.first) + 1 > excluded
            }
        }
    }

    /// The one cell there is, when there is only one.
    #[must_use]
    pub fn single(&self) -> Option<i64> {
        match &self.only {
            Some(only) => {
                let mut left = only.iter().copied().filter(|c| self.holds(*c));
                left.next().filter(|_| left.next().is_none())
            }
            None => (self.first == self.last).then_some(self.first),
        }
    }

    /// The cell nearest to another one.
    fn nearest(&self, to: i64) -> Option<i64> {
        if let Some(only) = &self.only {
            return only.iter().copied().filter(|c| self.holds(*c)).min_by_key(|c| c.abs_diff(to));
        }
        let start = to.clamp(self.first, self.last);
        let most = self.except.len() as i64 + 1;
        (0..=most).flat_map(|d| [start.checked_add(d), start.checked_sub(d)]).flatten().find(|c| self.holds(*c))
    }
}

impl Spec {
    /// Exactly this cell.
    #[must_use]
    pub fn cell(cell: i64) -> Self {
        Self::Cells(Cells { first: cell, last: cell, ..Cells::ALL })
    }

    /// One of these cells.
    #[must_use]
    pub fn one_of(cells: BTreeSet<i64>) -> Self {
        Self::Cells(Cells { only: Some(cells), ..Cells::ALL })
    }

    /// Any but these cells.
    #[must_use]
    pub fn except(cells: BTreeSet<i64>) -> Self {
        Self::Cells(Cells { except: cells, ..Cells::ALL })
    }

    /// A cell from the first to the last; open where none is given.
    #[must_use]
    pub fn between(first: Option<i64>, last: Option<i64>) -> Self {
        let all = Cells::ALL;
        Self::Cells(Cells { first: first.unwrap_or(all.first), last: last.unwrap_or(all.last), ..all })
    }

    /// A cell that compares like this with another.
    #[must_use]
    pub fn compared(op: CompareOp, cell: i64) -> Option<Self> {
        Some(match op {
            CompareOp::Equal => Self::cell(cell),
            CompareOp::NotEqual => Self::except(BTreeSet::from([cell])),
            CompareOp::Less => Self::between(None, Some(cell.checked_sub(1)?)),
            CompareOp::AtMost => Self::between(None, Some(cell)),
            CompareOp::Greater => Self::between(Some(cell.checked_add(1)?), None),
            CompareOp::AtLeast => Self::between(Some(cell), None),
        })
    }

    /// A number that compares like this with another. There is no number next to a decimal, so one hundredth is taken.
    #[must_use]
    pub fn number(op: CompareOp, number: Decimal) -> Option<Self> {
        let step = Decimal::new(1, 2);
        let (least, most) = match op {
            CompareOp::Equal => (Some(number), Some(number)),
            CompareOp::NotEqual => return None,
            CompareOp::Less => (None, Some(number.checked_sub(step)?)),
            CompareOp::AtMost => (None, Some(number)),
            CompareOp::Greater => (Some(number.checked_add(step)?), None),
            CompareOp::AtLeast => (Some(number), None),
        };
        Some(Self::Numbers { least, most })
    }

    /// Both conditions at once; `None` when nothing fulfils both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::Any, spec) | (spec, Self::Any) => Some(spec.clone()),
            (Self::Cells(a), Self::Cells(b)) => a.and(b).map(Self::Cells),
            (Self::Numbers { least: a, most: b }, Self::Numbers { least: c, most: d }) => {
                let least = (*a).max(*c);
                let most = match (b, d) {
                    (Some(b), Some(d)) => Some(*b.min(d)),
                    (one, other) => one.or(*other),
                };
                let some = least.zip(most).is_none_or(|(l, m)| l <= m);
                some.then_some(Self::Numbers { least, most })
            }
            (Self::Days { covers: a, within: b }, Self::Days { covers: c, within: d }) => {
                let covers = match (a, c) {
                    (Some(a), Some(c)) => Some(Interval::new(a.first.min(c.first), a.last.max(c.last))),
                    (one, other) => one.or(*other),
                };
                let within = match (b, d) {
                    (Some(b), Some(d)) => Some(Interval::new(b.first.max(d.first), b.last.min(d.last))),
                    (one, other) => one.or(*other),
                };
                let empty = within.is_some_and(|w| w.last < w.first);
                let fits = covers.zip(within).is_none_or(|(c, w)| w.covers(c));
                (fits && !empty).then_some(Self::Days { covers, within })
            }
            (Self::New(a), Self::New(b)) => (a == b).then(|| self.clone()),
            _ => None,
        }
    }

    /// Whether a day after the assessment date would do as well as that day: what is not done yet can be done.
    #[must_use]
    pub fn open_to(&self, of: Scalar, day: Date) -> bool {
        match (of, self) {
            (Scalar::Date, Self::Cells(cells)) => cells.last >= i64::from(day.day_number()),
            _ => true,
        }
    }

    /// The cell that a trial takes.
    #[must_use]
    pub fn pick(&self, library: &Library, bundle: &Bundle, of: Scalar, day: Date) -> Option<i64> {
        let cells = match self {
            Self::Cells(cells) => cells.clone(),
            Self::Any => Cells::ALL,
            Self::Numbers { .. } | Self::Days { .. } | Self::New(_) => return None,
        };
        match of {
            Scalar::Bool => cells.and(&Cells { first: 0, last: 1, ..Cells::ALL })?.nearest(1),
            Scalar::Whole => cells.nearest(1),
            Scalar::Date => cells.nearest(i64::from(day.day_number())),
            Scalar::Term(vocabulary) => {
                let last = library.vocabulary(vocabulary).terms.len() as i64 - 1;
                cells.and(&Cells { first: 0, last, ..Cells::ALL })?.nearest(0)
            }
            Scalar::Ref(kind) => {
                let last = i64::from(bundle.rows(TableId(kind.0)).len) - 1;
                cells.and(&Cells { first: 0, last, ..Cells::ALL })?.nearest(0)
            }
            Scalar::Text => cells.single(),
            Scalar::Decimal | Scalar::Percent | Scalar::Period | Scalar::Interval => None,
        }
    }

    /// What a trial writes. A new item is named by `ids`.
    #[must_use]
    pub fn written(&self, library: &Library, bundle: &Bundle, of: Scalar, day: Date, ids: &[String]) -> Option<Written> {
        let text = |text: String| Some(Written::Text(text));
        if let Self::New(number) = self {
            return ids.get(*number).cloned().map(Written::Text);
        }
        match of {
            Scalar::Bool => self.pick(library, bundle, of, day).map(|c| Written::Plain((c != 0).to_string())),
            Scalar::Whole => self.pick(library, bundle, of, day).map(|c| Written::Plain(c.to_string())),
            Scalar::Date => {
                let cell = self.pick(library, bundle, of, day)?;
                text(Date::from_day_number(i32::try_from(cell).ok()?)?.to_string())
            }
            Scalar::Term(vocabulary) => {
                let cell = usize::try_from(self.pick(library, bundle, of, day)?).ok()?;
                text(library.vocabulary(vocabulary).terms.get(cell)?.name.clone())
            }
            Scalar::Ref(kind) => {
                let row = u32::try_from(self.pick(library, bundle, of, day)?).ok()?;
                text(bundle.item_id(kind, row).to_owned())
            }
            Scalar::Text => match self.pick(library, bundle, of, day) {
                Some(cell) => text(bundle.pool.texts.get(usize::try_from(cell).ok()?)?.to_owned()),
                None => text(TO_BE_WRITTEN.to_owned()),
            },
            Scalar::Decimal => Some(Written::Plain(self.number_picked()?.to_string())),
            Scalar::Percent => text(Percent(self.number_picked()?).to_string()),
            Scalar::Period => {
                let period = match self {
                    Self::Cells(cells) => decode_period(cells.single()?)?,
                    _ => Period::new(1, Unit::Years),
                };
                text(period.to_string())
            }
            Scalar::Interval => {
                let days = self.days_picked(day);
                text(format!("{}/{}", days.first, days.last))
            }
        }
    }

    fn number_picked(&self) -> Option<Decimal> {
        match self {
            Self::Numbers { least, most } => least.or(*most).or(Some(Decimal::ONE)),
            Self::Any => Some(Decimal::ONE),
            Self::Cells(_) | Self::Days { .. } | Self::New(_) => None,
        }
    }

    fn days_picked(&self, day: Date) -> Interval {
        match self {
            Self::Days { covers: Some(days), .. } | Self::Days { covers: None, within: Some(days) } => *days,
            _ => Interval::new(day, day),
        }
    }

    /// The value it comes to, when there is but one.
    #[must_use]
    pub fn known(&self, bundle: &Bundle, of: Scalar) -> Option<Value> {
        match self {
            Self::Cells(cells) => cells.single().and_then(|cell| bundle.value(of, cell)),
            Self::Numbers { least: Some(l), most: Some(m) } if l == m => match of {
                Scalar::Percent => Some(Value::Percent(Percent(*l))),
                _ => Some(Value::Decimal(*l)),
            },
            Self::Any | Self::Numbers { .. } | Self::Days { .. } | Self::New(_) => None,
        }
    }
}

/// What stands for words that only the entity can write.
pub const TO_BE_WRITTEN: &str = "(to be written)";
