//! Days. A [`Date`] is a day number, so that comparing two is comparing two integers.

use std::fmt;

use jiff::civil;

use super::{Interval, Period, Unit};

/// A day of the Gregorian calendar, from year 1 to year 9999, as days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Date(i32);

/// Why a text is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateError {
    /// Not of the form `YYYY-MM-DD`.
    Form,
    /// Of that form, but no such day: 31 February.
    NoSuchDay,
}

const EPOCH: civil::Date = civil::Date::constant(1970, 1, 1);

impl Date {
    /// The last day that can be written.
    pub const MAX: Self = Self(2_932_896);
    /// The first day that can be written.
    pub const MIN: Self = Self(-719_162);

    /// A day of a year, a month (1 to 12) and a day of the month, when there is such a day.
    #[must_use]
    pub fn from_ymd(year: i16, month: i8, day: i8) -> Option<Self> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        civil::Date::new(year, month, day).ok().map(Self::from_civil)
    }

    /// Reads `YYYY-MM-DD` and nothing else.
    ///
    /// # Errors
    /// [`DateError::Form`] for any other form, [`DateError::NoSuchDay`] for a day the calendar does not have.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let bytes: [u8; 10] = text.as_bytes().try_into().map_err(|_| DateError::Form)?;
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = bytes else { return Err(DateError::Form) };
        if ![y1, y2, y3, y4, m1, m2, d1, d2].iter().all(u8::is_ascii_digit) {
            return Err(DateError::Form);
        }
        let digit = |b: u8| i32::from(b - b'0');
        let year = digit(y1) * 1000 + digit(y2) * 100 + digit(y3) * 10 + digit(y4);
        let (month, day) = (digit(m1) * 10 + digit(m2), digit(d1) * 10 + digit(d2));
        if year < 1 || !(1..=12).contains(&month) || day < 1 || day > days_in_month(year, month) {
            return Err(DateError::NoSuchDay);
        }
        Ok(Self(days_from_civil(year, month, day)))
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn day_number(self) -> i32 {
        self.0
    }

    /// The day with this number, when it can be written.
    #[must_use]
    pub fn from_day_number(number: i32) -> Option<Self> {
        (Self::MIN.0..=Self::MAX.0).contains(&number).then_some(Self(number))
    }

    /// The day `period` later, or `None` past year 9999.
    #[must_use]
    pub fn plus(self, period: Period) -> Option<Self> {
        self.shift(period, 1)
    }

    /// The day `period` earlier, or `None` before year 1.
    #[must_use]
    pub fn minus(self, period: Period) -> Option<Self> {
        self.shift(period, -1)
    }

    /// The days from `period` before this day up to it, both included.
    #[must_use]
    pub fn window_before(self, period: Period) -> Option<Interval> {
        Some(Interval::new(self.minus(period)?, self))
    }

    /// The days from this day to `period` after it, both included.
    #[must_use]
    pub fn window_after(self, period: Period) -> Option<Interval> {
        Some(Interval::new(self, self.plus(period)?))
    }

    /// Days from `self` to `later`; negative when `later` is earlier.
    #[must_use]
    pub const fn days_to(self, later: Self) -> i32 {
        later.0 - self.0
    }

    /// Day, month and year as a person reads them: `2 October 2026`.
    #[must_use]
    pub fn long(self) -> String {
        let d = self.civil();
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let month = MONTHS.get(usize::from(d.month().unsigned_abs()).saturating_sub(1)).copied().unwrap_or("");
        format!("{} {month} {}", d.day(), d.year())
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.civil().year()
    }

    /// The day of the week: Monday is 0.
    #[must_use]
    pub fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday.
        (i64::from(self.0) + 3).rem_euclid(7) as u8
    }

    /// The day after; the last day of the calendar has none and stays.
    #[must_use]
    pub fn next(self) -> Self {
        Self::from_day_number(self.0 + 1).unwrap_or(self)
    }

    fn shift(self, period: Period, sign: i64) -> Option<Self> {
        let count = i64::from(period.count) * sign;
        match period.unit {
            Unit::Days => self.offset(count),
            Unit::Weeks => self.offset(count * 7),
            Unit::WorkingDays => self.working_days(count),
            Unit::Months => self.months(count),
            Unit::Years => self.months(count * 12),
        }
    }

    fn offset(self, days: i64) -> Option<Self> {
        Self::from_day_number(i32::try_from(i64::from(self.0) + days).ok()?)
    }

    fn months(self, months: i64) -> Option<Self> {
        let d = self.civil();
        let index = i64::from(d.year()) * 12 + i64::from(d.month()) - 1 + months;
        let (year, month) = (i32::try_from(index.div_euclid(12)).ok()?, index.rem_euclid(12) as i32 + 1);
        if !(1..=9999).contains(&year) {
            return None;
        }
        let day = i32::from(d.day()).min(days_in_month(year, month));
        Some(Self(days_from_civil(year, month, day)))
    }

    /// Counts Mondays to Fridays. A start on a weekend counts from the Friday before (forward) or the Monday after (backward).
    fn working_days(self, count: i64) -> Option<Self> {
        if count == 0 {
            return Some(self);
        }
        // 1970-01-01 was a Thursday; Monday is 0.
        let weekday = (i64::from(self.0) + 3).rem_euclid(7);
        let (start, index) = match (weekday, count > 0) {
            (5 | 6, true) => (i64::from(self.0) - (weekday - 4), 4),
            (5 | 6, false) => (i64::from(self.0) + (7 - weekday), 0),
            _ => (i64::from(self.0), weekday),
        };
        let target = index + count;
        Self::from_day_number(i32::try_from(start - index + target.div_euclid(5) * 7 + target.rem_euclid(5)).ok()?)
    }

    fn civil(self) -> civil::Date {
        // INVARIANT: every `Date` lies between `MIN` and `MAX`, which jiff can hold, so the fallback is never taken.
        EPOCH.checked_add(jiff::Span::new().days(self.0)).unwrap_or(EPOCH)
    }

    fn from_civil(date: civil::Date) -> Self {
        Self(days_from_civil(i32::from(date.year()), i32::from(date.month()), i32::from(date.day())))
    }
}

fn days_in_month(year: i32, month: i32) -> i32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 of a valid Gregorian date (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
/// Reading a bundle parses one date per item or more, which is why this does not go through a general calendar.
fn days_from_civil(year: i32, month: i32, day: i32) -> i32 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let year_of_era = y - era * 400;
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.civil().fmt(f)
    }
}
