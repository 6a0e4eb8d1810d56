//! A length of calendar time: days, working days, weeks, months, years.
//!
//! Month arithmetic clamps to the month's end: 31 January plus one month is 28 (or 29) February. A period is kept as the author
//! wrote it, because "12 months" and "365 days" are different law.

use std::fmt;

/// What a period counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Unit {
    /// Calendar days.
    Days,
    /// Monday to Friday. Bank holidays differ by nation and are not taken out.
    WorkingDays,
    /// Seven days each.
    Weeks,
    /// Calendar months, clamped to the month's end.
    Months,
    /// Twelve calendar months each.
    Years,
}

/// So many of a unit. Never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Period {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

/// Why a text is not a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodError;

impl Period {
    /// So many of a unit.
    #[must_use]
    pub const fn new(count: u32, unit: Unit) -> Self {
        Self { count, unit }
    }

    /// The period in days, when its unit has a fixed number of them.
    #[must_use]
    pub fn fixed_days(self) -> Option<u32> {
        match self.unit {
            Unit::Days => Some(self.count),
            Unit::Weeks => self.count.checked_mul(7),
            Unit::WorkingDays | Unit::Months | Unit::Years => None,
        }
    }

    /// The period in months, when its unit has a fixed number of them.
    #[must_use]
    pub fn fixed_months(self) -> Option<u32> {
        match self.unit {
            Unit::Months => Some(self.count),
            Unit::Years => self.count.checked_mul(12),
            Unit::Days | Unit::WorkingDays | Unit::Weeks => None,
        }
    }

    /// Compares two periods when that has one answer on every day of the calendar; `None` for months against days.
    #[must_use]
    pub fn compare(self, other: Self) -> Option<std::cmp::Ordering> {
        if self.unit == other.unit {
            return Some(self.count.cmp(&other.count));
        }
        match (self.fixed_days(), other.fixed_days()) {
            (Some(a), Some(b)) => return Some(a.cmp(&b)),
            (None, None) => {}
            (Some(_), None) | (None, Some(_)) => return None,
        }
        Some(self.fixed_months()?.cmp(&other.fixed_months()?))
    }

    /// Reads `5 years`, `1 month`, `10 working days`, or ISO 8601 with one part: `P5Y`, `P12M`, `P6W`, `P30D`.
    ///
    /// # Errors
    /// When the text is neither, or the number does not fit 32 bits.
    pub fn parse(text: &str) -> Result<Self, PeriodError> {
        let text = text.trim();
        if let Some(iso) = text.strip_prefix('P') {
            let last = iso.chars().next_back().ok_or(PeriodError)?;
            let unit = match last {
                'D' => Unit::Days,
                'W' => Unit::Weeks,
                'M' => Unit::Months,
                'Y' => Unit::Years,
                _ => return Err(PeriodError),
            };
            return Ok(Self::new(number(iso.strip_suffix(last).ok_or(PeriodError)?)?, unit));
        }
        let (count, unit) = text.split_once(' ').ok_or(PeriodError)?;
        let unit = match unit.trim().strip_suffix('s').unwrap_or(unit.trim()) {
            "day" => Unit::Days,
            "working day" => Unit::WorkingDays,
            "week" => Unit::Weeks,
            "month" => Unit::Months,
            "year" => Unit::Years,
            _ => return Err(PeriodError),
        };
        Ok(Self::new(number(count)?, unit))
    }
}

fn number(text: &str) -> Result<u32, PeriodError> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit() || b == b'_') {
        return Err(PeriodError);
    }
    text.replace('_', "").parse().map_err(|_| PeriodError)
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = match self.unit {
            Unit::Days => "day",
            Unit::WorkingDays => "working day",
            Unit::Weeks => "week",
            Unit::Months => "month",
            Unit::Years => "year",
        };
        write!(f, "{} {one}{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}
