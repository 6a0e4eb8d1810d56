//! Files that are no workbook, or one that would cost more than it is worth: refused, and never a panic.

use std::io::{Cursor, Write};

use abide::checklist::{Cell, sheets};
use abide::sheet::{Most, Problem};
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Column, case, codes, column};

/// A workbook whose one sheet is this XML.
fn workbook(sheet: &str) -> Vec<u8> {
    let ns = "http://schemas.openxmlformats.org";
    let parts = [
        ("[Content_Types].xml", format!("<Types xmlns=\"{ns}/package/2006/content-types\"/>")),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{ns}/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{ns}/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{ns}/spreadsheetml/2006/main\" xmlns:r=\"{ns}/officeDocument/2006/relationships\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{ns}/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{ns}/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{ns}/spreadsheetml/2006/main\">{sheet}</worksheet>")),
    ];
    archive(parts.iter().map(|(name, text)| (*name, text.as_bytes())))
}

fn archive<'a>(parts: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn small() -> Most {
    Most { unpacked: 1 << 20, parts: 32, cells: 1000, text: 8 << 20 }
}

fn why(bytes: &[u8]) -> Problem {
    match sheets(bytes, small()) {
        Ok(sheets) => panic!("it was read: {} sheets", sheets.len()),
        Err(problem) => problem,
    }
}

#[test]
fn what_unpacks_to_more_than_it_may_is_refused() {
    let bomb = archive([("xl/workbook.xml", vec![b' '; 64 << 20].as_slice())]);
    assert!(bomb.len() < 1 << 20, "it packs well: {}", bomb.len());
    assert_eq!(why(&bomb), Problem::Unpacked(1 << 20));
    let names: Vec<String> = (0..40).map(|n| format!("part{n}")).collect();
    let many = archive(names.iter().map(|name| (name.as_str(), b"x".as_slice())));
    assert_eq!(why(&many), Problem::Parts(32));
}

#[test]
fn a_sheet_costs_what_is_written_in_it() {
    // It claims all there is, and has two cells at its corners.
    let wide = workbook(
        "<dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row></sheetData>",
    );
    let read = sheets(&wide, small()).unwrap();
    assert_eq!(read[0].cells.keys().copied().collect::<Vec<_>>(), [(0, 0), (1_048_575, 16_383)]);
    // A million columns.
    let cells: String = (0..5000).map(|_| "<c><v>1</v></c>").collect();
    let many = workbook(&format!("<sheetData><row r=\"1\">{cells}</row></sheetData>"));
    assert_eq!(why(&many), Problem::Cells(1000));
    let beyond = workbook("<sheetData><row r=\"4294967295\"><c r=\"ZZZZZZZZ99999999999\"><v>1</v></c></row></sheetData>");
    assert!(matches!(why(&beyond), Problem::Outside(_) | Problem::Damaged(_)));
}

#[test]
fn a_formula_that_was_never_worked_out_is_not_an_empty_cell() {
    let sheet = "<sheetData><row r=\"1\"><c r=\"A1\"><f>1+1</f></c><c r=\"B1\"><f>TODAY()</f><v></v></c></row></sheetData>";
    let read = sheets(&workbook(sheet), small()).unwrap();
    assert_eq!(read[0].cells.keys().copied().collect::<Vec<_>>(), [(0, 0), (0, 1)]);
    assert!(read[0].cells.values().all(|cell| matches!(cell, Cell::Error(_))), "{read:?}");
}

#[test]
fn what_is_no_workbook_says_so() {
    assert_eq!(why(b"hello"), Problem::NotAWorkbook);
    assert_eq!(why(b""), Problem::NotAWorkbook);
    assert_eq!(why(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Problem::OtherForm(".xls"));
    assert_eq!(why(&archive([("readme.txt", b"hello".as_slice())])), Problem::NotAWorkbook);
    let entities = workbook("<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&lol;</t></is></c></row></sheetData>");
    drop(sheets(&entities, small()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whatever a byte is changed to, the answer is sheets or a reason.
    #[test]
    fn damaged_files_are_no_panic(changes in proptest::collection::vec((any::<u32>(), any::<u8>()), 1..8), cut in any::<u32>()) {
        static GOOD: std::sync::LazyLock<Vec<u8>> = std::sync::LazyLock::new(|| case("").export().0);
        let mut bytes = GOOD.clone();
        for (at, to) in changes {
            let at = at as usize % bytes.len();
            bytes[at] = to;
        }
        if cut % 4 == 0 {
            bytes.truncate(cut as usize % bytes.len());
        }
        if let Ok(read) = sheets(&bytes, Most::default()) {
            drop(case("").take(&read));
        }
    }

    /// Whatever the cells hold, the answer is entries or what is wrong.
    #[test]
    fn strange_cells_are_no_panic(cells in proptest::collection::vec((0u32..60, 0u32..20, "\\PC{0,12}"), 0..60)) {
        let case = case("");
        let (_, mut read) = case.export();
        for (row, at, text) in cells {
            super::list(&mut read).cells.insert((row, at), super::text(&text));
        }
        let taken = case.take(&read);
        prop_assert!(taken.is_refused() || codes(&taken).len() < 100);
        prop_assert!(column(Column::Id) == 12);
    }
}
