//! Tests of reading sheets: good ones, written by another program's library, and hostile ones, put together by hand.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::string_slice, reason = "a test may fail loudly")]

mod hostile;
mod text;

use std::io::{Cursor, Write};

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook as Writer};
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Most, Sheet, Value, Workbook};
use crate::base::{Date, Source};

/// A workbook of these parts.
pub(crate) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(bytes).expect("a part");
    }
    zip.finish().expect("a workbook").into_inner()
}

/// The parts of a workbook with one sheet, `Sheet1`, whose rows are this XML.
pub(crate) fn parts(rows: &str, properties: &str) -> Vec<(&'static str, Vec<u8>)> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let part = |text: String| format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{text}").into_bytes();
    let link = |kind: &str, to: &str, id: u32| format!("<Relationship Id=\"rId{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{to}\"/>");
    vec![
        (
            "_rels/.rels",
            part(format!("<Relationships xmlns=\"{PACKAGE}\">{}</Relationships>", link("officeDocument", "xl/workbook.xml", 1))),
        ),
        (
            "xl/workbook.xml",
            part(format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\">{properties}<sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            )),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            part(format!(
                "<Relationships xmlns=\"{PACKAGE}\">{}{}</Relationships>",
                link("worksheet", "worksheets/sheet1.xml", 1),
                link("styles", "styles.xml", 2)
            )),
        ),
        (
            "xl/styles.xml",
            part(format!(
                "<styleSheet xmlns=\"{MAIN}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            )),
        ),
        ("xl/worksheets/sheet1.xml", part(format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>"))),
    ]
}

/// A workbook with one sheet, `Sheet1`, whose rows are this XML.
pub(crate) fn workbook(rows: &str, properties: &str) -> Vec<u8> {
    let parts = parts(rows, properties);
    zipped(&parts.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect::<Vec<_>>())
}

pub(super) fn read(bytes: &[u8]) -> Result<Sheet, super::Problem> {
    let mut workbook = Workbook::open(bytes, Most::default())?;
    let name = workbook.tabs.first().map(|t| t.name.clone()).unwrap_or_default();
    workbook.read(&name)
}

/// Cells as `address text value`.
fn told(sheet: &Sheet) -> Vec<String> {
    let source = Source::sheet("t.xlsx", sheet.name.clone().unwrap_or_default(), sheet.text.as_str());
    let cell = |c: &super::Cell| format!("{} {} {:?}", source.address(c.start), sheet.says(c), c.value);
    sheet.rows.iter().flat_map(|row| sheet.of(row)).map(cell).collect()
}

#[test]
fn cells_of_every_sort() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet();
    sheet.set_name("Staff 2026").unwrap();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    sheet.write(1, 0, " Felix | Tamsin\u{a0} ").unwrap();
    sheet.write(1, 2, "two\nlines").unwrap();
    sheet.write(1, 3, 0.1 + 0.2).unwrap();
    sheet.write(1, 4, true).unwrap();
    sheet.write_with_format(4, 1, ExcelDateTime::from_ymd(2021, 6, 16).unwrap(), &day).unwrap();
    sheet.write_with_format(4, 2, ExcelDateTime::from_ymd(2021, 6, 16).unwrap().and_hms(8, 30, 0).unwrap(), &day).unwrap();
    sheet.write_formula(4, 3, Formula::new("=1+1").set_result("2")).unwrap();
    sheet.write(4, 5, "42").unwrap();
    sheet.write(4, 6, 1_234_567_890_123_i64).unwrap();
    let sheet = read(&writer.save_to_buffer().unwrap()).unwrap();
    let (date, at) = (Date::parse("2021-06-16").unwrap(), |cell: &str| format!("'Staff 2026'!{cell}"));
    assert_eq!(
        told(&sheet),
        [
            format!("{} Felix | Tamsin Text", at("A2")),
            format!("{} two\nlines Text", at("C2")),
            format!("{} 0.3 Number", at("D2")),
            format!("{} true Bool(true)", at("E2")),
            format!("{} 2021-06-16 Day({date:?})", at("B5")),
            format!("{} 2021-06-16 08:30 Day({date:?})", at("C5")),
            format!("{} 2 Number", at("D5")),
            format!("{} 42 Text", at("F5")),
            format!("{} 1234567890123 Number", at("G5")),
        ]
    );
    assert_eq!(
        sheet.text,
        "\nFelix ¦ Tamsin |  | two lines | 0.3 | true\n\n\n | 2021-06-16 | 2021-06-16 08:30 | 2 |  | 42 | 1234567890123"
    );
    assert_eq!(sheet.width(), 7);
}

#[test]
fn days_of_both_systems() {
    let rows = "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>1</v></c><c r=\"B1\" s=\"1\"><v>59</v></c><c r=\"C1\" s=\"1\"><v>60</v></c><c r=\"D1\" s=\"1\"><v>61</v></c>\
                <c r=\"E1\" s=\"1\"><v>44363.99999999</v></c><c r=\"F1\" s=\"1\"><v>0.25</v></c><c r=\"G1\" s=\"1\"><v>-4</v></c><c r=\"H1\" s=\"1\"><v>99999999</v></c></row>";
    let texts = |bytes: &[u8]| {
        let sheet = read(bytes).unwrap();
        sheet.cells.iter().map(|c| (sheet.says(c).to_owned(), matches!(c.value, Value::Day(_)))).collect::<Vec<_>>()
    };
    let from_1900 = texts(&workbook(rows, ""));
    let wanted = [
        ("1900-01-01", true),
        ("1900-02-28", true),
        ("1900-02-29", false),
        ("1900-03-01", true),
        ("2021-06-17", true),
        ("06:00", false),
    ];
    let wanted: Vec<_> = wanted.into_iter().chain([("-4", false), ("99999999", false)]).map(|(t, d)| (t.to_owned(), d)).collect();
    assert_eq!(from_1900, wanted);
    let from_1904 = texts(&workbook(rows, "<workbookPr date1904=\"1\"/>"));
    assert_eq!(from_1904[0].0, "1904-01-02");
    assert_eq!(from_1904[2].0, "1904-03-01");
    assert_eq!(from_1904[5].0, "1904-01-01 06:00");
}

#[test]
fn errors_and_formulas_without_results() {
    let rows = "<row r=\"3\"><c r=\"B3\" t=\"e\"><f>A1</f><v>#REF!</v></c><c r=\"C3\"><f>A1+1</f></c><c r=\"D3\" t=\"str\"><f>A1</f><v></v></c></row>";
    let sheet = read(&workbook(rows, "")).unwrap();
    assert_eq!(told(&sheet), ["Sheet1!B3 #REF! Error", "Sheet1!C3 (formula) Uncalculated"]);
}

#[test]
fn cells_out_of_order_are_put_in_order() {
    let rows = "<row r=\"2\"><c r=\"B2\"><v>2</v></c><c r=\"A2\"><v>1</v></c></row><row r=\"1\"><c r=\"A1\"><v>0</v></c></row>";
    let sheet = read(&workbook(rows, "")).unwrap();
    assert_eq!(told(&sheet), ["Sheet1!A1 0 Number", "Sheet1!A2 1 Number", "Sheet1!B2 2 Number"]);
}
