//! Where in a sheet the table is: its headings, its records, and rows that are neither.

use std::collections::BTreeMap;

use super::words::Lexicon;
use super::{Because, Sure};
use crate::sheet::{DateFormat, Read, Row, Sheet, Value, headings};

/// How far down headings are looked for.
const DEEPEST: usize = 40;
/// Rows of headings at most.
const TALLEST: usize = 3;
/// How many rows below the headings are looked at.
const BELOW: usize = 200;

/// A table in a sheet.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// First and last row of the headings.
    pub(super) header: (u32, u32),
    /// How they were found.
    pub(super) because: Because,
    /// What columns are called.
    pub(super) names: Vec<String>,
    /// Positions in `Sheet::rows` of the records.
    pub(super) records: Vec<usize>,
    /// What rows begin with that are no records.
    pub(super) skip: Vec<(String, Vec<u32>)>,
    /// What stands above the headings.
    pub(super) above: String,
}

/// Finds the table.
pub(super) fn find(sheet: &Sheet, lexicon: &Lexicon) -> Option<Layout> {
    let mut best: Option<(i64, usize, usize)> = None;
    for last in 0..sheet.rows.len().min(DEEPEST) {
        for tall in 1..=TALLEST.min(last + 1) {
            let first = last + 1 - tall;
            if let Some(score) = score(sheet, lexicon, first, last).filter(|s| best.is_none_or(|(b, ..)| *s > b)) {
                best = Some((score, first, last));
            }
        }
    }
    let (_, first, last) = best?;
    let rows = sheet.rows.get(first..=last)?;
    let names = names(sheet, rows);
    let known = names.iter().filter(|n| lexicon.knows(n)).count();
    let named = names.iter().filter(|n| !n.is_empty()).count();
    let why = match first {
        0 => format!("the first row with anything in it; {known} of {named} headings are known"),
        1 => format!("{known} of {named} headings are known; one row stands above"),
        _ => format!("{known} of {named} headings are known; {first} rows stand above"),
    };
    let sure = if known * 2 >= named {
        Sure::Sure
    } else if known > 0 {
        Sure::Likely
    } else {
        Sure::Guess
    };
    let (records, skip) = records(sheet, last + 1, &names);
    let above = sheet.rows.iter().take(first).flat_map(|r| sheet.of(r)).map(|c| sheet.says(c)).collect::<Vec<_>>().join(" ");
    let header = (rows.first()?.number, rows.last()?.number);
    (!records.is_empty()).then_some(Layout { header, because: Because { sure, why }, names, records, skip, above })
}

/// The texts of a row, by column.
fn texts(sheet: &Sheet, row: &Row) -> Vec<String> {
    let mut texts = Vec::new();
    for cell in sheet.of(row) {
        texts.resize(cell.column as usize, String::new());
        texts.push(sheet.says(cell).to_owned());
    }
    texts
}

fn names(sheet: &Sheet, rows: &[Row]) -> Vec<String> {
    headings(&rows.iter().map(|row| texts(sheet, row)).collect::<Vec<_>>())
}

/// How much speaks for these rows as headings.
fn score(sheet: &Sheet, lexicon: &Lexicon, first: usize, last: usize) -> Option<i64> {
    let rows = sheet.rows.get(first..=last)?;
    let cells = || rows.iter().flat_map(|row| sheet.of(row));
    if cells().any(|c| c.value != Value::Text || is_datum(sheet.says(c))) || rows.iter().any(|r| sheet.of(r).len() > 500) {
        return None;
    }
    // Rows of one heading stand right below each other.
    if rows.windows(2).any(|w| matches!(w, [a, b] if a.number + 1 != b.number)) {
        return None;
    }
    let lowest = texts(sheet, rows.last()?);
    let names = names(sheet, rows);
    if rows.len() > 1 {
        let told_apart = |at: usize| {
            let own = lowest.get(at).map_or("", String::as_str);
            own.is_empty() || lowest.iter().filter(|o| *o == own).count() > 1
        };
        let gain = (0..names.len()).filter(|at| names.get(*at).is_some_and(|n| !n.is_empty()) && told_apart(*at)).count();
        // A title is one cell; headings over headings are several, or stand over a few columns of many.
        if gain == 0 || rows.iter().any(|r| sheet.of(r).len() < 2 && r.number != rows.last().map_or(0, |l| l.number) && gain < 2)
        {
            return None;
        }
    }
    let below: Vec<&Row> = sheet.rows.iter().skip(last + 1).take(BELOW).collect();
    if below.is_empty() {
        return None;
    }
    let mut filled = BTreeMap::<u32, usize>::new();
    below.iter().flat_map(|row| sheet.of(row)).for_each(|c| *filled.entry(c.column).or_default() += 1);
    let has_data = |at: usize| filled.contains_key(&(at as u32));
    let named = names.iter().enumerate().filter(|(at, n)| !n.is_empty() && has_data(*at)).count() as i64;
    let bare = names.iter().enumerate().filter(|(at, n)| !n.is_empty() && !has_data(*at)).count() as i64;
    let known = names.iter().filter(|n| lexicon.knows(n)).count() as i64;
    let nameless = filled.keys().filter(|c| names.get(**c as usize).is_none_or(String::is_empty)).count() as i64;
    let twice =
        names.iter().enumerate().filter(|(at, n)| !n.is_empty() && names.iter().take(*at).any(|o| o == *n)).count() as i64;
    Some(named * 10 + known * 15 - nameless * 8 - bare * 2 - twice * 12 - (rows.len() as i64 - 1) * 3)
}

/// Whether a text is a number or a day, and so no heading.
fn is_datum(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits > 0
        && (text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-' | b'%'))
            || DateFormat::ALL.iter().any(|f| !f.is_serial() && matches!(f.read(text, false), Read::Day(_))))
}

/// How a row begins that adds up or comments, and is no record.
const ASIDES: [&str; 14] = [
    "total",
    "subtotal",
    "sub-total",
    "grand total",
    "sum",
    "average",
    "printed",
    "exported",
    "end of",
    "note",
    "generated",
    "report",
    "source",
    "***",
];

/// Rows of records, and what begins those that are none.
fn records(sheet: &Sheet, from: usize, names: &[String]) -> (Vec<usize>, Vec<(String, Vec<u32>)>) {
    let width = names.iter().filter(|n| !n.is_empty()).count();
    let (mut records, mut aside) = (Vec::new(), BTreeMap::<String, Vec<u32>>::new());
    for (at, row) in sheet.rows.iter().enumerate().skip(from) {
        let cells = sheet.of(row);
        let Some(first) = cells.first() else { continue };
        let text = sheet.says(first);
        let lower = text.to_lowercase();
        let sparse = width >= 4 && cells.len() * 4 <= width.max(4);
        let repeated = width > 1 && cells.iter().all(|c| names.get(c.column as usize).is_some_and(|n| n == sheet.says(c)));
        let aside_word = ASIDES.iter().find(|word| lower.starts_with(**word));
        let pattern = match aside_word {
            _ if repeated => Some(text.to_owned()),
            Some(word) if cells.len() * 2 <= width.max(2) => {
                let own = text.chars().take(word.chars().count()).collect::<String>();
                Some(if own == text { own } else { format!("{own}*") })
            }
            _ if sparse && aside.len() < 20 => Some(text.to_owned()),
            _ => None,
        };
        // What would also leave out a record is no way to leave out a row.
        match pattern.filter(|p| !p.is_empty() && *p != "*") {
            Some(pattern) => aside.entry(pattern).or_default().push(row.number),
            None => records.push(at),
        }
    }
    let begins = |at: usize, pattern: &str| {
        let text = sheet.rows.get(at).and_then(|r| sheet.of(r).first()).map_or("", |c| sheet.says(c));
        pattern.strip_suffix('*').map_or(text == pattern, |start| text.starts_with(start))
    };
    let (good, bad): (Vec<_>, Vec<_>) =
        aside.into_iter().partition(|(pattern, _)| !records.iter().any(|at| begins(*at, pattern)));
    for number in bad.iter().flat_map(|(_, rows)| rows) {
        records.extend(sheet.rows.iter().position(|r| r.number == *number));
    }
    records.sort_unstable();
    (records, good)
}
