//! The only wall clock. Asked when neither `--as-of` nor the bundle says which day it is, and at no other time.

use crate::base::Date;

/// Today in UTC, so that two machines in two time zones agree. `None` when the machine's clock stands outside the calendar.
#[must_use]
pub fn today() -> Option<Date> {
    let days = jiff::Timestamp::now().as_second().div_euclid(86_400);
    i32::try_from(days).ok().and_then(Date::from_day_number)
}
