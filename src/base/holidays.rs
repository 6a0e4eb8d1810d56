//! Bank holidays of the United Kingdom, nation by nation, and working days without them.
//!
//! Most follow from rules (a day of the year, a Monday, Easter). Proclamations have moved and added single days; [`ONE_OFF`] lists those up to
//! [`LAST_KNOWN_YEAR`]. Later ones may still be proclaimed, so nothing is counted past that year. To carry it on: add what was proclaimed, then move the year.

use super::Date;

/// A part of the United Kingdom with bank holidays of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nation {
    /// England and Wales.
    EnglandAndWales,
    /// Scotland.
    Scotland,
    /// Northern Ireland.
    NorthernIreland,
}

/// The first year whose bank holidays are known here.
pub const FIRST_KNOWN_YEAR: i16 = 2010;
/// The last year whose bank holidays are known here.
pub const LAST_KNOWN_YEAR: i16 = 2027;

/// A day (year, month, day), whether it is a holiday or is none after all, and where; everywhere when no nation is named.
type OneOff = ((i16, i8, i8), bool, Option<Nation>);

/// What was proclaimed once.
const ONE_OFF: &[OneOff] = &[
    // The wedding of 2011.
    ((2011, 4, 29), true, None),
    // The Diamond Jubilee, for which the spring holiday moved.
    ((2012, 5, 28), false, None),
    ((2012, 6, 4), true, None),
    ((2012, 6, 5), true, None),
    // 75 years after the end of the war in Europe: the holiday of early May moved.
    ((2020, 5, 4), false, None),
    ((2020, 5, 8), true, None),
    // The Platinum Jubilee, for which the spring holiday moved.
    ((2022, 5, 30), false, None),
    ((2022, 6, 2), true, None),
    ((2022, 6, 3), true, None),
    // The funeral of Queen Elizabeth II.
    ((2022, 9, 19), true, None),
    // The coronation of King Charles III.
    ((2023, 5, 8), true, None),
    // The World Cup, in Scotland alone.
    ((2026, 6, 15), true, Some(Nation::Scotland)),
];

/// Bank holidays of a year that are not known here: before the first year, or after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotKnown(pub i16);

impl Nation {
    /// Its bank holidays of a year, in order.
    ///
    /// # Errors
    /// For a year of which they are not known.
    pub fn bank_holidays(self, year: i16) -> Result<Vec<Date>, NotKnown> {
        if !(FIRST_KNOWN_YEAR..=LAST_KNOWN_YEAR).contains(&year) {
            return Err(NotKnown(year));
        }
        let mut days: Vec<Date> = Vec::new();
        let mut moved: Vec<Date> = Vec::new();
        for (month, day) in self.fixed() {
            let Some(date) = Date::from_ymd(year, *month, *day) else { continue };
            if date.weekday() < SATURDAY { &mut days } else { &mut moved }.push(date);
        }
        days.extend(self.movable(year));
        // A holiday on a weekend is made up for on the next day that is neither weekend nor holiday.
        for date in moved {
            let next = (1..=7).filter_map(|n| Date::from_day_number(date.day_number() + n));
            days.extend(next.into_iter().find(|d| d.weekday() < SATURDAY && !days.contains(d)));
        }
        for ((y, month, day), holiday, nation) in ONE_OFF {
            if *y == year && nation.is_none_or(|n| n == self) {
                let date = Date::from_ymd(*y, *month, *day);
                days.retain(|d| Some(*d) != date);
                days.extend(date.filter(|_| *holiday));
            }
        }
        days.sort_unstable();
        days.dedup();
        Ok(days)
    }

    /// Whether a day is a working day there: Monday to Friday, and no bank holiday.
    ///
    /// # Errors
    /// For a year of which the holidays are not known.
    pub fn works_on(self, day: Date) -> Result<bool, NotKnown> {
        Ok(day.weekday() < SATURDAY && !self.bank_holidays(day.year())?.contains(&day))
    }

    /// How many working days lie after one day, up to another and with it; none when the other is not later.
    ///
    /// # Errors
    /// For a year of which the holidays are not known.
    pub fn working_days_after(self, first: Date, last: Date) -> Result<u32, NotKnown> {
        let mut count = 0;
        if last <= first {
            return Ok(count);
        }
        for year in first.year()..=last.year() {
            let holidays = self.bank_holidays(year)?;
            let from = Date::from_ymd(year, 1, 1).map_or(first, |d| d.max(first.next()));
            let to = Date::from_ymd(year, 12, 31).map_or(last, |d| d.min(last));
            let mut day = from;
            while day <= to {
                count += u32::from(day.weekday() < SATURDAY && !holidays.contains(&day));
                day = day.next();
            }
        }
        Ok(count)
    }

    /// Days of the year (month and day).
    const fn fixed(self) -> &'static [(i8, i8)] {
        match self {
            Self::EnglandAndWales => &[(1, 1), (12, 25), (12, 26)],
            Self::Scotland => &[(1, 1), (1, 2), (11, 30), (12, 25), (12, 26)],
            Self::NorthernIreland => &[(1, 1), (3, 17), (7, 12), (12, 25), (12, 26)],
        }
    }

    /// Mondays, and what goes by Easter.
    fn movable(self, year: i16) -> Vec<Date> {
        let easter = easter(year);
        let after = |days: i32| easter.and_then(|e| Date::from_day_number(e.day_number() + days));
        let summer = if self == Self::Scotland { first_monday(year, 8) } else { last_monday(year, 8) };
        let monday_after = if self == Self::Scotland { None } else { after(1) };
        [after(-2), monday_after, first_monday(year, 5), last_monday(year, 5), summer].into_iter().flatten().collect()
    }
}

/// Days before this one in a week are Monday to Friday.
const SATURDAY: u8 = 5;

fn first_monday(year: i16, month: i8) -> Option<Date> {
    (1..=7).filter_map(|day| Date::from_ymd(year, month, day)).find(|d| d.weekday() == 0)
}

/// Of a month with 31 days.
fn last_monday(year: i16, month: i8) -> Option<Date> {
    (25..=31).filter_map(|day| Date::from_ymd(year, month, day)).find(|d| d.weekday() == 0)
}

/// Easter Sunday (the "anonymous" Gregorian computus).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date::from_ymd(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::string_slice, reason = "tests may stop")]

    use super::*;

    fn days(nation: Nation, year: i16) -> Vec<String> {
        nation.bank_holidays(year).unwrap().iter().map(|d| d.to_string()[5..].to_owned()).collect()
    }

    #[test]
    fn england_and_wales() {
        let of = |year| days(Nation::EnglandAndWales, year);
        assert_eq!(of(2024), ["01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26"]);
        assert_eq!(of(2026), ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"]);
        assert_eq!(of(2022), ["01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "09-19", "12-26", "12-27"]);
        assert_eq!(of(2020), ["01-01", "04-10", "04-13", "05-08", "05-25", "08-31", "12-25", "12-28"]);
        assert_eq!(of(2023), ["01-02", "04-07", "04-10", "05-01", "05-08", "05-29", "08-28", "12-25", "12-26"]);
    }

    #[test]
    fn scotland_has_no_easter_monday_and_an_earlier_summer() {
        let of = |year| days(Nation::Scotland, year);
        assert_eq!(of(2024), ["01-01", "01-02", "03-29", "05-06", "05-27", "08-05", "12-02", "12-25", "12-26"]);
        assert_eq!(of(2026), ["01-01", "01-02", "04-03", "05-04", "05-25", "06-15", "08-03", "11-30", "12-25", "12-28"]);
        assert_eq!(of(2022)[..3], ["01-03", "01-04", "04-15"]);
        assert_eq!(of(2023)[..2], ["01-02", "01-03"]);
    }

    #[test]
    fn northern_ireland_has_two_of_its_own() {
        let of = |year| days(Nation::NorthernIreland, year);
        assert_eq!(of(2025), ["01-01", "03-17", "04-18", "04-21", "05-05", "05-26", "07-14", "08-25", "12-25", "12-26"]);
        assert_eq!(of(2024)[1], "03-18");
    }

    #[test]
    fn easter_is_where_it_was() {
        for (year, wanted) in [(2011, "2011-04-24"), (2016, "2016-03-27"), (2019, "2019-04-21"), (2027, "2027-03-28")] {
            assert_eq!(easter(year).unwrap().to_string(), wanted);
        }
    }

    #[test]
    fn working_days_leave_holidays_out() {
        let day = |text| Date::parse(text).unwrap();
        let count = |nation: Nation, from, to| nation.working_days_after(day(from), day(to));
        assert_eq!(count(Nation::EnglandAndWales, "2026-11-27", "2026-12-01"), Ok(2));
        assert_eq!(count(Nation::Scotland, "2026-11-27", "2026-12-01"), Ok(1));
        assert_eq!(count(Nation::EnglandAndWales, "2025-12-24", "2026-01-02"), Ok(4));
        assert_eq!(count(Nation::Scotland, "2025-12-24", "2026-01-02"), Ok(3));
        assert_eq!(count(Nation::Scotland, "2026-01-02", "2026-01-02"), Ok(0));
        assert_eq!(count(Nation::Scotland, "2027-12-30", "2028-01-03"), Err(NotKnown(2028)));
        assert_eq!(count(Nation::Scotland, "2009-12-30", "2010-01-03"), Err(NotKnown(2009)));
    }

    #[test]
    fn no_holiday_is_on_a_weekend() {
        for nation in [Nation::EnglandAndWales, Nation::Scotland, Nation::NorthernIreland] {
            for year in FIRST_KNOWN_YEAR..=LAST_KNOWN_YEAR {
                let days = nation.bank_holidays(year).unwrap();
                assert!(days.iter().all(|d| d.weekday() < SATURDAY && d.year() == year), "{nation:?} {year}");
                assert!(days.len() >= 8, "{nation:?} {year}");
            }
        }
    }
}
