//! What a spreadsheet stores, as exact text. It stores numbers in binary and days as numbers; people see neither.

use crate::base::{Date, Decimal};

/// A number as a spreadsheet shows it: exact to fifteen digits, without an exponent.
pub(super) fn number(value: f64) -> String {
    if let Some(whole) = whole(value) {
        return whole.to_string();
    }
    match Decimal::from_scientific(&format!("{value:.14e}")) {
        Ok(decimal) => decimal.normalize().to_string(),
        Err(_) => format!("{value}"),
    }
}

/// The number, when it is whole and not too large to be exact.
fn whole(value: f64) -> Option<i64> {
    const LARGEST: f64 = 999_999_999_999_999.0;
    (value.fract() == 0.0 && value.abs() <= LARGEST).then_some(value as i64)
}

/// What a day number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Serial {
    /// A day, and the second of it.
    Day(Date, u32),
    /// A time without a day: the second.
    Time(u32),
    /// 29 February 1900, which there was not.
    NoSuchDay,
    /// Out of bounds.
    None,
}

/// The day that a number stands for. Spreadsheets count from 1900 as if that had been a leap year, or from 1904.
pub(super) fn serial(value: f64, from_1904: bool) -> Serial {
    const LAST: f64 = 2_958_466.0;
    if !(0.0..LAST).contains(&value) {
        return Serial::None;
    }
    let second = if value.fract() == 0.0 { 0 } else { second(value) };
    // A second short of midnight may round up to it.
    let (number, second) = if second >= 86_400 { (value.floor() as i32 + 1, 0) } else { (value.floor() as i32, second) };
    day_of(number, from_1904).map_or_else(
        |missing| match missing {
            true => Serial::NoSuchDay,
            false if number == 0 => Serial::Time(second),
            false => Serial::None,
        },
        |day| Serial::Day(day, second),
    )
}

/// The day of a whole number; `Err(true)` for the day there was not.
pub(super) fn day_of(number: i32, from_1904: bool) -> Result<Date, bool> {
    // Day numbers of 1899-12-30, 1899-12-31 and 1904-01-01.
    const AFTER: i32 = -25_569;
    const BEFORE: i32 = -25_568;
    const MAC: i32 = -24_107;
    let base = match number {
        _ if from_1904 => MAC,
        60 => return Err(true),
        0 => return Err(false),
        61.. => AFTER,
        _ => BEFORE,
    };
    Date::from_day_number(base.saturating_add(number)).ok_or(false)
}

fn second(value: f64) -> u32 {
    let decimal = Decimal::from_scientific(&format!("{:.14e}", value.fract())).unwrap_or_default();
    let seconds = (decimal * Decimal::from(86_400)).round();
    u32::try_from(seconds.mantissa()).unwrap_or(0)
}

/// `08:30`, or `08:30:15`.
pub(super) fn time(second: u32) -> String {
    let (hours, minutes, seconds) = (second / 3_600, second / 60 % 60, second % 60);
    if seconds == 0 { format!("{hours:02}:{minutes:02}") } else { format!("{hours:02}:{minutes:02}:{seconds:02}") }
}
