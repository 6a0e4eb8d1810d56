//! What a spreadsheet does with a workbook: rows are moved, and it is saved anew by another hand than the one that wrote it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use abide::checklist::{Cell, Sheet};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use zip::ZipArchive;

/// Saves sheets as a workbook, cells with their own kinds.
pub(super) fn save(sheets: &[Sheet]) -> Vec<u8> {
    let mut book = Workbook::new();
    let (plain, dated) = (Format::new(), Format::new().set_num_format("dd/mm/yyyy"));
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(&sheet.name).unwrap();
        for ((row, column), cell) in &sheet.cells {
            let column = u16::try_from(*column).unwrap();
            match cell {
                // The writer takes such a text for its own markup, unless it comes in pieces.
                Cell::Text(text) if text.starts_with("<r>") && text.ends_with("</r>") => {
                    page.write_rich_string(*row, column, &[(&plain, &text[..1]), (&plain, &text[1..])]).unwrap();
                }
                Cell::Text(text) | Cell::Time(text) => drop(page.write_string(*row, column, text).unwrap()),
                Cell::Number(digits) => drop(page.write_number(*row, column, digits.parse::<f64>().unwrap()).unwrap()),
                Cell::Day(day) => {
                    let day = ExcelDateTime::parse_from_str(&day.to_string()).unwrap();
                    page.write_datetime_with_format(*row, column, day, &dated).unwrap();
                }
                Cell::Bool(yes) => drop(page.write_boolean(*row, column, *yes).unwrap()),
                Cell::Error(_) => drop(page.write_formula(*row, column, "=1/0").unwrap()),
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// Moves the rows that have something in a column, each as a whole, into another order.
pub(super) fn shuffle(sheet: &mut Sheet, order: u64, id: u32) {
    let mut rows: Vec<u32> = sheet.rows().filter(|row| sheet.get(*row, id).is_some()).skip(1).collect();
    let places = rows.clone();
    let mut state = order;
    for i in (1..rows.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        rows.swap(i, (state >> 33) as usize % (i + 1));
    }
    let to: BTreeMap<u32, u32> = rows.into_iter().zip(places).collect();
    let moved = std::mem::take(&mut sheet.cells);
    sheet.cells = moved.into_iter().map(|((row, column), cell)| ((to.get(&row).copied().unwrap_or(row), column), cell)).collect();
}

/// Everything in a workbook, as text.
pub(crate) fn text(bytes: &[u8]) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut all = String::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        all.push_str(&part.name().unwrap());
        all.push('\n');
        part.read_to_string(&mut all).unwrap();
        all.push('\n');
    }
    all.replace("</si>", "</si>\n").replace("</row>", "</row>\n")
}
