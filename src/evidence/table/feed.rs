//! Rows of a table one by one, whatever it is made of.

use crate::sheet::{Fault, Scanned, Scanner, Sheet, Stretch};

/// What stands between two cells of a sheet, in bytes.
const GAP: usize = 3;

/// Walks over rows.
#[derive(Debug, Clone)]
pub(super) enum Feed<'t> {
    /// Of a CSV text.
    Csv(&'t str, Scanner<'t>),
    /// Of a sheet, with the position of the next row.
    Sheet(&'t Sheet, usize),
}

impl<'t> Feed<'t> {
    /// A walk over a sheet, or over a CSV text when there is none.
    pub(super) fn new(text: &'t str, delimiter: u8, sheet: Option<&'t Sheet>) -> Self {
        sheet.map_or_else(|| Self::Csv(text, Scanner::new(text, delimiter)), |sheet| Self::Sheet(sheet, 0))
    }

    /// The next row that is not empty, with a cell for every column up to its last one.
    pub(super) fn next(&mut self, cells: &mut Vec<Scanned>, faults: &mut Vec<Fault>) -> Option<Stretch> {
        match self {
            Self::Csv(text, scanner) => {
                let row = scanner.next(cells, faults)?;
                cells.iter_mut().for_each(|cell| *cell = cell.trimmed(text));
                Some(row)
            }
            Self::Sheet(sheet, at) => {
                cells.clear();
                let row = sheet.rows.get(*at)?;
                *at += 1;
                let mut end = row.start as usize;
                for cell in sheet.of(row) {
                    while cells.len() < cell.column as usize {
                        cells.push(Scanned::text(end, end, false));
                        end += GAP;
                    }
                    let own = Scanned::text(cell.start as usize, cell.end as usize, false);
                    cells.push(Scanned { value: cell.value, other: cell.other, ..own });
                    end = cell.end as usize + GAP;
                }
                Some(Stretch { start: row.start as usize, end: row.end as usize, line: row.number })
            }
        }
    }
}
