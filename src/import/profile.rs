//! What the columns of a table hold.

use rustc_hash::FxHashMap;

use super::layout::Layout;
use crate::sheet::{Sheet, Value};

/// How many different texts of a column are kept.
const MOST_DISTINCT: usize = 60_000;

/// What a column holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Column<'s> {
    /// Filled cells.
    pub(super) filled: u32,
    /// Days that are days to the spreadsheet.
    pub(super) days: u32,
    /// Numbers.
    pub(super) numbers: u32,
    /// Yes and no.
    pub(super) bools: u32,
    /// Errors and formulas without a result.
    pub(super) broken: u32,
    /// Texts of all others, with how often each stands, the commonest first, and the first cell of each (row number).
    pub(super) texts: Vec<(&'s str, u32, u32)>,
    /// Whether no two cells say the same.
    pub(super) distinct: bool,
}

/// The columns of a table, by their position.
pub(super) fn columns<'s>(sheet: &'s Sheet, layout: &Layout) -> Vec<Column<'s>> {
    let width = (sheet.width() as usize).max(layout.names.len());
    let mut columns: Vec<Column<'s>> = vec![Column { distinct: true, ..Column::default() }; width];
    let mut seen: Vec<FxHashMap<&'s str, (u32, u32)>> = vec![FxHashMap::default(); width];
    for row in layout.records.iter().filter_map(|at| sheet.rows.get(*at)) {
        for cell in sheet.of(row) {
            let at = cell.column as usize;
            let (Some(column), Some(seen)) = (columns.get_mut(at), seen.get_mut(at)) else { continue };
            column.filled += 1;
            match cell.value {
                Value::Day(_) | Value::NoSuchDay => {
                    (column.days, column.distinct) = (column.days + 1, false);
                    continue;
                }
                Value::Number => column.numbers += 1,
                Value::Bool(_) => column.bools += 1,
                Value::Error | Value::Uncalculated => {
                    column.broken += 1;
                    continue;
                }
                Value::Text => {}
            }
            let text = sheet.says(cell);
            if seen.len() < MOST_DISTINCT || seen.contains_key(text) {
                let entry = seen.entry(text).or_insert((0, row.number));
                entry.0 += 1;
                column.distinct &= entry.0 == 1;
            }
        }
    }
    for (column, seen) in columns.iter_mut().zip(seen) {
        let mut texts: Vec<_> = seen.into_iter().map(|(text, (count, row))| (text, count, row)).collect();
        texts.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        column.texts = texts;
    }
    columns
}

impl Column<'_> {
    /// In words, for a column that nothing is known of.
    pub(super) fn holds(&self) -> String {
        if self.filled == 0 {
            return "empty".to_owned();
        }
        let what = match self {
            c if c.days == c.filled => return format!("{} days", self.filled),
            c if c.numbers == c.filled => "numbers",
            c if c.bools == c.filled => "yes and no",
            c if c.broken == c.filled => "errors",
            _ => "texts",
        };
        let example = self.texts.first().map_or_else(String::new, |(text, ..)| format!(", such as {}", super::tell::short(text)));
        match (self.filled, self.texts.len()) {
            (1, _) => format!("1 cell{example}"),
            (filled, 1) => format!("{filled} {what}, all the same{example}"),
            (filled, different) if different == filled as usize => format!("{filled} {what}, all different{example}"),
            (filled, different) => format!("{filled} {what}, {different} of them different{example}"),
        }
    }

    /// Whether it only counts the rows, 1, 2, 3 and so on: whatever is called so is called otherwise once a row is gone.
    pub(super) fn counts_rows(&self) -> bool {
        let mut numbers: Vec<(u32, u32)> = Vec::with_capacity(self.texts.len());
        for (text, _, row) in &self.texts {
            let Ok(number) = text.parse::<u32>() else { return false };
            numbers.push((*row, number));
        }
        numbers.sort_unstable();
        self.distinct && numbers.len() > 1 && numbers.iter().zip(1..).all(|((_, number), wanted)| *number == wanted)
    }
}
