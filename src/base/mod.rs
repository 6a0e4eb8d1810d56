//! The ground everything stands on: places in text, sources, the calendar, exact numbers, suggestions.
//!
//! Knows nothing of compliance, of rules or of evidence. Nothing here reads a file or a clock.

mod article;
mod calendar;
mod hex;
pub mod holidays;
mod interval;
mod percent;
mod period;
mod source;
mod span;
mod suggest;
mod truth;

pub use article::with_article;
pub use calendar::{Date, DateError};
pub use hex::hex;
pub use holidays::Nation;
pub use interval::Interval;
pub use percent::Percent;
pub use period::{Period, PeriodError, Unit};
pub use rust_decimal::Decimal;
pub use source::{BETWEEN_CELLS, Place, Source, Sources, column_letters, sheet_prefix};
pub use span::{FileId, Span, Spanned};
pub use suggest::nearest;
pub use truth::Truth;
