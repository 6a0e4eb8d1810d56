//! Workbooks of the form `.xlsx` (and `.xlsm`, whose macros nothing runs). The only user of calamine.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::guard::{self, Problem};
use super::values::{self, Serial};
use super::{Cell, Most, Row, Sheet, Value};
use crate::base::{BETWEEN_CELLS, Date, column_letters};

/// Columns of a sheet.
const MOST_COLUMNS: u32 = 16_384;
/// Rows of a sheet.
const MOST_ROWS: u32 = 1_048_576;

/// A sheet of a workbook, not yet read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// Its name.
    pub name: String,
    /// Whether it is shown.
    pub visible: bool,
}

/// A workbook, opened.
pub struct Workbook<'b> {
    inner: Xlsx<Cursor<&'b [u8]>>,
    most: Most,
    /// Whether it holds macros.
    pub macros: bool,
    /// Its sheets of cells, in their order.
    pub tabs: Vec<Tab>,
}

/// Whether bytes are a workbook (of any form, locked or not) and no text.
#[must_use]
pub fn looks_like_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

impl<'b> Workbook<'b> {
    /// Opens a workbook.
    ///
    /// # Errors
    /// When it is no workbook of this form, is locked or damaged, or holds more than allowed.
    pub fn open(bytes: &'b [u8], most: Most) -> Result<Self, Problem> {
        let findings = guard::inspect(bytes, &most)?;
        let inner = guarded(|| Xlsx::new(Cursor::new(bytes)).map_err(|e| damaged(&e)))?;
        let tabs = inner.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet);
        let tabs = tabs.map(|s| Tab { name: s.name.clone(), visible: s.visible == SheetVisible::Visible }).collect();
        Ok(Self { inner, most, macros: findings.macros, tabs })
    }

    /// Reads a sheet.
    ///
    /// # Errors
    /// When there is no such sheet, or it is damaged, or holds more than allowed.
    pub fn read(&mut self, name: &str) -> Result<Sheet, Problem> {
        self.read_with(name, Blanks::Trimmed)
    }

    /// Reads a sheet whose texts count to the last blank.
    ///
    /// # Errors
    /// As [`Workbook::read`].
    pub fn read_verbatim(&mut self, name: &str) -> Result<Sheet, Problem> {
        self.read_with(name, Blanks::Kept)
    }

    fn read_with(&mut self, name: &str, blanks: Blanks) -> Result<Sheet, Problem> {
        if self.tabs.iter().all(|t| t.name != name) {
            return Err(Problem::NoSheet(self.tabs.iter().map(|t| t.name.clone()).collect()));
        }
        let (inner, most) = (&mut self.inner, self.most);
        guarded(|| cells(inner, name, &most, blanks))
    }
}

/// What a library makes of hostile bytes is not in our hands: should it give up, that is one more way for a workbook to be damaged.
fn guarded<T>(read: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(Problem::Damaged("its parts contradict each other".to_owned())))
}

fn damaged(error: &XlsxError) -> Problem {
    match error {
        XlsxError::Password => Problem::Encrypted,
        other => Problem::Damaged(other.to_string()),
    }
}

/// What becomes of blanks at the ends of texts.
#[derive(Debug, Clone, Copy)]
enum Blanks {
    Trimmed,
    Kept,
}

/// A cell as it was read.
struct Raw {
    row: u32,
    column: u32,
    value: Value,
    text: String,
}

fn cells(inner: &mut Xlsx<Cursor<&[u8]>>, name: &str, most: &Most, blanks: Blanks) -> Result<Sheet, Problem> {
    let from_1904 = inner.has_1904_epoch();
    let mut reader = inner.worksheet_cells_reader(name).map_err(|e| damaged(&e))?;
    let (mut raw, mut sorted): (Vec<Raw>, bool) = (Vec::new(), true);
    let mut last = (0, 0);
    loop {
        let next = reader.next_cell_with_formula_metadata().map_err(|e| match e {
            XlsxError::ColumnNumberOverflow | XlsxError::RowNumberOverflow => {
                Problem::Outside(format!("after {}", address(last)))
            }
            other => Problem::Damaged(format!("{other} (in or after {})", address(last))),
        })?;
        let Some(record) = next else { break };
        let (row, column) = record.pos;
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Err(Problem::Outside(format!("after {}", address(last))));
        }
        let Some((value, text)) = held(&record.value, record.formula.is_some(), from_1904, blanks) else { continue };
        sorted &= raw.is_empty() || (row, column) > last;
        last = (row, column);
        raw.push(Raw { row, column, value, text });
        if raw.len() > most.cells {
            return Err(Problem::Cells(most.cells));
        }
    }
    if !sorted {
        raw.sort_by_key(|r| (r.row, r.column));
        let twice = raw.windows(2).find(|w| matches!(w, [a, b] if (a.row, a.column) == (b.row, b.column)));
        if let Some([first, ..]) = twice {
            return Err(Problem::CellTwice(address((first.row, first.column))));
        }
    }
    written(name, raw, from_1904, most)
}

fn address((row, column): (u32, u32)) -> String {
    format!("{}{}", column_letters(column + 1), row + 1)
}

/// What a cell holds and says; nothing for an empty one.
fn held(data: &DataRef<'_>, formula: bool, from_1904: bool, blanks: Blanks) -> Option<(Value, String)> {
    let day = |day: Date, second: u32| {
        let text = if second == 0 { day.to_string() } else { format!("{day} {}", values::time(second)) };
        (Value::Day(day), text)
    };
    let text = |text: &str| {
        let text = match blanks {
            Blanks::Trimmed => text.trim(),
            Blanks::Kept => text,
        };
        (!text.is_empty()).then(|| (Value::Text, text.to_owned()))
    };
    match data {
        DataRef::Empty => formula.then(|| (Value::Uncalculated, "(formula)".to_owned())),
        DataRef::String(s) => text(s),
        DataRef::SharedString(s) => text(s),
        DataRef::Int(n) => Some((Value::Number, n.to_string())),
        DataRef::Float(f) if f.is_finite() => Some((Value::Number, values::number(*f))),
        DataRef::Float(f) => Some((Value::Text, f.to_string())),
        DataRef::Bool(b) => Some((Value::Bool(*b), b.to_string())),
        DataRef::Error(e) => Some((Value::Error, e.to_string())),
        DataRef::DateTime(d) if d.is_datetime() => Some(match values::serial(d.as_f64(), from_1904) {
            Serial::Day(date, second) => day(date, second),
            Serial::Time(second) => (Value::Text, values::time(second)),
            Serial::NoSuchDay => (Value::NoSuchDay, "1900-02-29".to_owned()),
            Serial::None => (Value::Number, values::number(d.as_f64())),
        }),
        DataRef::DateTime(d) => Some((Value::Number, values::number(d.as_f64()))),
        DataRef::DateTimeIso(s) => match s.get(..10).map(Date::parse) {
            Some(Ok(date)) => Some((Value::Day(date), s.replace('T', " "))),
            _ => text(s),
        },
        DataRef::DurationIso(s) => text(s),
    }
}

/// Writes a sheet out.
fn written(name: &str, raw: Vec<Raw>, from_1904: bool, most: &Most) -> Result<Sheet, Problem> {
    let mut sheet = Sheet { name: Some(name.to_owned()), from_1904, ..Sheet::default() };
    let (mut line, mut column) = (0, 0);
    for cell in raw {
        if cell.row != line || sheet.rows.is_empty() {
            (line..cell.row).for_each(|_| sheet.text.push('\n'));
            (line, column) = (cell.row, 0);
            let (start, first) = (sheet.text.len() as u32, sheet.cells.len() as u32);
            sheet.rows.push(Row { number: line + 1, start, end: start, first, len: 0 });
        }
        for _ in column..cell.column {
            sheet.text.extend([' ', BETWEEN_CELLS, ' ']);
        }
        column = cell.column;
        let start = sheet.text.len() as u32;
        let shown = shown(&cell.text);
        sheet.text.push_str(&shown);
        let end = sheet.text.len() as u32;
        if sheet.text.len() > most.text {
            return Err(Problem::Text(most.text));
        }
        let other = (shown != cell.text).then(|| {
            sheet.texts.push(cell.text.into());
            sheet.texts.len() as u32 - 1
        });
        sheet.cells.push(Cell { column, start, end, value: cell.value, other });
        if let Some(row) = sheet.rows.last_mut() {
            (row.end, row.len) = (end, row.len + 1);
        }
    }
    Ok(sheet)
}

/// A text as it stands in a line: without line breaks, and without what stands between cells.
fn shown(text: &str) -> String {
    let plain = |c: char| {
        if c.is_control() {
            ' '
        } else if c == BETWEEN_CELLS {
            '¦'
        } else {
            c
        }
    };
    text.chars().map(plain).collect()
}
