//! Random rules and bundles. Both are made from a list of choices, so that a failure shrinks by leaving choices out: the first way of every choice is
//! the plainest, and a list that has run out gives that.

mod items;
mod rules;

pub(crate) use items::Items;
pub(crate) use rules::{DECLARATIONS, Wanted, condition, fresh_condition, requirement};

/// Choices, taken from the front.
#[derive(Debug, Clone)]
pub(crate) struct Choices<'a>(pub(crate) &'a [u16]);

impl Choices<'_> {
    /// One of so many, the first when the choices have run out.
    pub(crate) fn of(&mut self, ways: usize) -> usize {
        match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                usize::from(*first) % ways
            }
            None => 0,
        }
    }

    /// One of some values.
    pub(crate) fn pick<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.of(values.len())]
    }

    /// Yes in so many of ten; no when the choices have run out.
    pub(crate) fn chance(&mut self, of_ten: usize) -> bool {
        self.of(10) >= 10 - of_ten
    }
}

/// The day random bundles are assessed on.
pub(crate) const DAY: &str = "2026-11-23";

/// Days around it, at the edges of the windows that random rules use.
pub(crate) const DAYS: [&str; 12] = [
    "2026-11-23",
    "2026-11-22",
    "2026-10-31",
    "2026-09-30",
    "2026-08-23",
    "2026-05-23",
    "2026-02-28",
    "2025-11-24",
    "2025-11-23",
    "2025-11-22",
    "2024-02-29",
    "2026-12-01",
];

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Bool,
    Whole,
    Decimal,
    Percent,
    Text,
    Date,
    Interval,
    Period,
    Grade,
    Course,
    Ref(&'static str),
    Texts,
    Parts,
}

/// The fields of a kind, or of the parts of an event, the plainest first.
fn fields(kind: &str) -> &'static [(&'static str, Of)] {
    match kind {
        "person" => &[("active", Of::Bool), ("grade", Of::Grade), ("joined", Of::Date), ("boss", Of::Ref("person"))],
        "record" => &[
            ("passed", Of::Bool),
            ("course", Of::Course),
            ("done", Of::Date),
            ("person", Of::Ref("person")),
            ("score", Of::Whole),
            ("rate", Of::Decimal),
            ("topics", Of::Texts),
        ],
        "event" => &[
            ("grade", Of::Grade),
            ("begun", Of::Date),
            ("ended", Of::Date),
            ("owner", Of::Ref("person")),
            ("days", Of::Interval),
            ("record", Of::Ref("record")),
            ("parts", Of::Parts),
        ],
        "parts" => &[("amount", Of::Whole), ("course", Of::Course), ("seen", Of::Date)],
        _ => &[("size", Of::Whole), ("share", Of::Percent), ("note", Of::Text), ("rhythm", Of::Period), ("term", Of::Interval)],
    }
}
