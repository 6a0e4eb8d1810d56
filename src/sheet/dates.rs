//! Dates as spreadsheets write them.

use super::values::day_of;
use crate::base::Date;

/// The order of day, month and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Year,
    Day,
    Month,
    /// The number of a day, as spreadsheets count.
    Serial,
}

/// How a table writes dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateFormat {
    name: &'static str,
    order: Order,
    separator: char,
    /// Whether the month is a word.
    word: bool,
    /// Digits of the year.
    year: usize,
}

/// What a text is under a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Read {
    /// A day.
    Day(Date),
    /// Of the form, but no day of the calendar.
    NoSuchDay,
    /// Of another form.
    Form,
}

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

const fn form(name: &'static str, order: Order, separator: char, word: bool, year: usize) -> DateFormat {
    DateFormat { name, order, separator, word, year }
}

impl DateFormat {
    /// All of them; the first is the one of tables that state none.
    pub const ALL: [Self; 13] = [
        form("YYYY-MM-DD", Order::Year, '-', false, 4),
        form("DD/MM/YYYY", Order::Day, '/', false, 4),
        form("MM/DD/YYYY", Order::Month, '/', false, 4),
        form("D MMM YYYY", Order::Day, ' ', true, 4),
        form("D-MMM-YYYY", Order::Day, '-', true, 4),
        form("DD.MM.YYYY", Order::Day, '.', false, 4),
        form("DD-MM-YYYY", Order::Day, '-', false, 4),
        form("YYYY/MM/DD", Order::Year, '/', false, 4),
        form("DD/MM/YY", Order::Day, '/', false, 2),
        form("MM/DD/YY", Order::Month, '/', false, 2),
        form("DD.MM.YY", Order::Day, '.', false, 2),
        form("D-MMM-YY", Order::Day, '-', true, 2),
        form("serial", Order::Serial, ' ', false, 0),
    ];
    /// That of tables that state none.
    pub const USUAL: Self = Self::ALL[0];

    /// Their names.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        Self::ALL.iter().map(|f| f.name).collect()
    }

    /// The format with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.name == name)
    }

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// Whether it takes numbers of days.
    #[must_use]
    pub fn is_serial(self) -> bool {
        self.order == Order::Serial
    }

    /// The format that has day and month the other way round, where there is one.
    #[must_use]
    pub fn swapped(self) -> Option<Self> {
        let order = match self.order {
            Order::Day => Order::Month,
            Order::Month => Order::Day,
            Order::Year | Order::Serial => return None,
        };
        Self::ALL.into_iter().find(|f| Self { order, name: f.name, ..self } == *f)
    }

    /// Reads a text. A time of day after the day is left alone. Two digits of a year are of this century.
    #[must_use]
    pub fn read(self, text: &str, from_1904: bool) -> Read {
        let text = without_time(text);
        if self.order == Order::Serial {
            let number = text.strip_suffix(".0").unwrap_or(text);
            let good = number.len() <= 7 && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
            return match good.then(|| number.parse().ok()).flatten().map(|n| day_of(n, from_1904)) {
                Some(Ok(day)) => Read::Day(day),
                Some(Err(_)) => Read::NoSuchDay,
                None => Read::Form,
            };
        }
        let mut parts = text.split(self.separator).filter(|p| self.separator != ' ' || !p.is_empty());
        let (Some(a), Some(b), Some(c), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Read::Form;
        };
        let (year, month, day) = match self.order {
            Order::Year | Order::Serial => (a, number(b), c),
            Order::Day if self.word => (c, month(b), a),
            Order::Day => (c, number(b), a),
            Order::Month => (c, number(a), b),
        };
        let digits = year.len() == self.year && year.bytes().all(|b| b.is_ascii_digit());
        let (true, Ok(year), Some(month), Some(day)) = (digits, year.parse::<i16>(), month, number(day)) else {
            return Read::Form;
        };
        let year = if self.year == 2 { 2000 + year } else { year };
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

/// A text without the time of day at its end: `16/06/2021 08:30`, `2021-06-16T08:30:00Z`.
fn without_time(text: &str) -> &str {
    if !text.contains(':') {
        return text;
    }
    let lower = text.len().checked_sub(3).and_then(|at| text.split_at_checked(at));
    let text = match lower {
        Some((day, half)) if half.eq_ignore_ascii_case(" am") || half.eq_ignore_ascii_case(" pm") => day,
        _ => text,
    };
    match text.rsplit_once([' ', 'T']) {
        Some((day, time))
            if time.contains(':') && time.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'Z')) =>
        {
            day.trim_end()
        }
        _ => text,
    }
}
