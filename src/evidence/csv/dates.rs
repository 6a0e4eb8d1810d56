//! Dates as spreadsheets write them.

use crate::base::Date;

/// How a table writes dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateFormat {
    /// `2026-10-03`
    YearFirst,
    /// `03/10/2026`
    DayFirst,
    /// `10/03/2026`
    MonthFirst,
    /// `3 Oct 2026`
    MonthName,
}

/// What a text is under a format.
pub(super) enum Read {
    /// A day.
    Day(Date),
    /// Of the form, but no day of the calendar.
    NoSuchDay,
    /// Of another form.
    Form,
}

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

impl DateFormat {
    /// The names of the formats.
    pub(super) const NAMES: [&'static str; 4] = ["YYYY-MM-DD", "DD/MM/YYYY", "MM/DD/YYYY", "D MMM YYYY"];

    /// The format with this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "YYYY-MM-DD" => Some(Self::YearFirst),
            "DD/MM/YYYY" => Some(Self::DayFirst),
            "MM/DD/YYYY" => Some(Self::MonthFirst),
            "D MMM YYYY" => Some(Self::MonthName),
            _ => None,
        }
    }

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::YearFirst => "YYYY-MM-DD",
            Self::DayFirst => "DD/MM/YYYY",
            Self::MonthFirst => "MM/DD/YYYY",
            Self::MonthName => "D MMM YYYY",
        }
    }

    /// Reads a text.
    pub(super) fn read(self, text: &str) -> Read {
        let separator = match self {
            Self::YearFirst => '-',
            Self::DayFirst | Self::MonthFirst => '/',
            Self::MonthName => ' ',
        };
        let mut parts = text.split(separator).filter(|p| self != Self::MonthName || !p.is_empty());
        let (Some(a), Some(b), Some(c), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Read::Form;
        };
        let (year, month, day) = match self {
            Self::YearFirst => (a, number(b), c),
            Self::DayFirst => (c, number(b), a),
            Self::MonthFirst => (c, number(a), b),
            Self::MonthName => (c, month(b), a),
        };
        let (4, Some(year), Some(month), Some(day)) = (year.len(), year.parse::<i16>().ok(), month, number(day)) else {
            return Read::Form;
        };
        Date::from_ymd(year, month, day).map_or(Read::NoSuchDay, Read::Day)
    }
}

/// One or two digits.
fn number(text: &str) -> Option<i8> {
    let good = matches!(text.len(), 1 | 2) && text.bytes().all(|b| b.is_ascii_digit());
    good.then(|| text.parse().ok()).flatten()
}

/// A month's name, or its first three letters.
fn month(text: &str) -> Option<i8> {
    let lower = text.trim_end_matches('.').to_ascii_lowercase();
    let of = |name: &str| name == lower || name.get(..3) == Some(lower.as_str()) || (lower == "sept" && name == "september");
    MONTHS.iter().position(|name| of(name)).and_then(|at| i8::try_from(at + 1).ok())
}
