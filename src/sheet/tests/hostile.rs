//! What somebody might send.

use std::io::Write;

use zip::write::{SimpleFileOptions, ZipWriter};

use super::{parts, read, told, workbook, zipped};
use crate::sheet::{Most, Problem, Workbook, looks_like_one};

fn with(rows: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let own = parts(rows, "");
    let all: Vec<(&str, &[u8])> = own.iter().map(|(name, bytes)| (*name, bytes.as_slice())).chain(more.iter().copied()).collect();
    zipped(&all)
}

const ROW: &str = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";

#[test]
fn a_bomb_is_refused_before_it_is_read() {
    let bomb = with(ROW, &[("xl/media/zeros.bin", &vec![0; 4 << 20])]);
    assert!(bomb.len() < 100_000);
    let most = Most { unpacked: 1 << 20, ..Most::default() };
    assert_eq!(Workbook::open(&bomb, most).err(), Some(Problem::Unpacked(1 << 20)));
    assert!(read(&bomb).is_ok());
    // One that lies about its size, in both places where it is stated.
    let mut lying = bomb;
    let real = (4u32 << 20).to_le_bytes();
    while let Some(at) = lying.windows(4).position(|w| w == real) {
        lying[at..at + 4].copy_from_slice(&7u32.to_le_bytes());
    }
    let refused = Workbook::open(&lying, most).err();
    assert!(matches!(refused, Some(Problem::Unpacked(_) | Problem::Damaged(_))), "{refused:?}");
}

#[test]
fn too_many_parts() {
    let names: Vec<String> = (0..50).map(|n| format!("xl/p{n}.bin")).collect();
    let more: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), b"x".as_slice())).collect();
    let most = Most { parts: 40, ..Most::default() };
    assert_eq!(Workbook::open(&with(ROW, &more), most).err(), Some(Problem::Parts(40)));
}

#[test]
fn a_million_columns() {
    let cells = "<c><v>1</v></c>".repeat(1_000_000);
    let refused = read(&workbook(&format!("<row r=\"1\">{cells}</row>"), ""));
    assert!(matches!(refused, Err(Problem::Outside(_) | Problem::Damaged(_))), "{:?}", refused.err());
    let beyond = read(&workbook("<row r=\"1\"><c r=\"ZZZZ1\"><v>1</v></c></row>", ""));
    assert!(matches!(beyond, Err(Problem::Outside(_) | Problem::Damaged(_))), "{:?}", beyond.err());
}

#[test]
fn the_farthest_cell() {
    let sheet = read(&workbook(
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>",
        "",
    ))
    .unwrap();
    assert_eq!(told(&sheet), ["Sheet1!A1 1 Number", "Sheet1!XFD1048576 2 Number"]);
    assert!(sheet.text.len() < 2 << 20);
    // Many of them, each behind sixteen thousand empty ones, are too much text.
    let rows: String = (1..3_000).map(|n| format!("<row r=\"{n}\"><c r=\"XFD{n}\"><v>2</v></c></row>")).collect();
    assert!(matches!(read(&workbook(&rows, "")), Err(Problem::Text(_))));
}

#[test]
fn too_many_cells_and_cells_twice() {
    let rows: String = (1..200).map(|n| format!("<row r=\"{n}\"><c><v>2</v></c></row>")).collect();
    let bytes = workbook(&rows, "");
    let mut few = Workbook::open(&bytes, Most { cells: 100, ..Most::default() }).unwrap();
    assert_eq!(few.read("Sheet1").err(), Some(Problem::Cells(100)));
    let twice = "<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row>";
    assert_eq!(read(&workbook(twice, "")).err(), Some(Problem::CellTwice("B1".to_owned())));
}

#[test]
fn what_is_no_workbook() {
    let mut locked = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    assert!(looks_like_one(&locked));
    assert_eq!(read(&locked).err(), Some(Problem::OtherForm(".xls")));
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(read(&locked).err(), Some(Problem::Encrypted));
    assert_eq!(read(b"Staff No,Course\n").err(), Some(Problem::NotAWorkbook));
    assert_eq!(read(b"").err(), Some(Problem::NotAWorkbook));
    assert_eq!(read(&zipped(&[("notes.txt", b"hello")])).err(), Some(Problem::NotAWorkbook));
    let calc = zipped(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]);
    assert_eq!(read(&calc).err(), Some(Problem::OtherForm(".ods")));
    assert_eq!(read(&zipped(&[("xl/workbook.bin", b"x")])).err(), Some(Problem::OtherForm(".xlsb")));
    assert!(matches!(read(b"PK\x03\x04 and nothing else"), Err(Problem::Damaged(_))));
}

#[test]
fn cut_short_anywhere() {
    let whole = workbook(&ROW.repeat(20), "");
    for end in (1..whole.len()).step_by(23) {
        assert!(read(&whole[..end]).is_err(), "{end}");
    }
}

#[test]
fn macros_are_seen_and_not_run() {
    let bytes = with(ROW, &[("xl/vbaProject.bin", b"Sub AutoOpen()")]);
    let mut workbook = Workbook::open(&bytes, Most::default()).unwrap();
    assert!(workbook.macros);
    assert_eq!(workbook.read("Sheet1").unwrap().cells.len(), 1);
    assert!(matches!(workbook.read("Sheet2"), Err(Problem::NoSheet(tabs)) if tabs == ["Sheet1"]));
}

#[test]
fn strings_that_are_only_announced() {
    for count in ["99999999999", "4000000000000000000000", "1000"] {
        let strings = format!("<sst xmlns=\"x\" uniqueCount = '{count}'><si><t>a</t></si></sst>");
        let refused = read(&with(ROW, &[("xl/sharedStrings.xml", strings.as_bytes())])).err();
        assert!(matches!(refused, Some(Problem::Damaged(_))), "{count}: {refused:?}");
    }
    let utf16: Vec<u8> = "<sst uniqueCount=\"99999999999\"/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(matches!(read(&with(ROW, &[("xl/sharedStrings.xml", &utf16)])), Err(Problem::Damaged(_))));
}

/// Pseudo-random numbers, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

#[test]
fn changed_parts_end_in_a_sheet_or_a_problem() {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Staff</t></is></c><c r=\"B1\" t=\"s\"><v>0</v></c></row>\
                <row r=\"2\"><c r=\"A2\" s=\"1\"><v>44363</v></c><c r=\"B2\" t=\"e\"><v>#N/A</v></c><c r=\"C2\"><f t=\"shared\" si=\"0\" ref=\"C2:C9\">A1</f><v>1</v></c></row>";
    let good = parts(rows, "<workbookPr date1904=\"0\"/>");
    let strings = b"<sst xmlns=\"x\" uniqueCount=\"1\"><si><t>Course</t></si></sst>".to_vec();
    let good: Vec<(&str, Vec<u8>)> = good.into_iter().chain([("xl/sharedStrings.xml", strings)]).collect();
    let mut dice = Dice(20_261_123);
    let (mut sheets, mut problems) = (0, 0);
    for _ in 0..600 {
        let mut changed = good.clone();
        let part = dice.below(changed.len());
        for _ in 0..=dice.below(3) {
            let bytes = &mut changed[part].1;
            let at = dice.below(bytes.len());
            match dice.below(4) {
                0 => bytes[at] = b"<>\"'=&;/0123456789ABZ -+.\0\xff"[dice.below(27)],
                1 => drop(bytes.drain(at..(at + 1 + dice.below(20)).min(bytes.len()))),
                2 => {
                    let piece = bytes[at..(at + dice.below(40)).min(bytes.len())].to_vec();
                    let to = dice.below(bytes.len());
                    bytes.splice(to..to, piece);
                }
                _ => drop(bytes.splice(at..at, *b"99999999999")),
            }
        }
        let all: Vec<(&str, &[u8])> = changed.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
        match read(&zipped(&all)) {
            Ok(sheet) => {
                sheets += 1;
                assert!(sheet.cells.iter().all(|c| sheet.text.is_char_boundary(c.start as usize) && c.start < c.end));
            }
            Err(_) => problems += 1,
        }
    }
    assert!(sheets > 40 && problems > 40, "{sheets} {problems}");
}

#[test]
fn changed_bytes_end_in_a_sheet_or_a_problem() {
    let whole = workbook(&ROW.repeat(20), "");
    let mut dice = Dice(7);
    for _ in 0..800 {
        let mut changed = whole.clone();
        for _ in 0..=dice.below(6) {
            let at = dice.below(changed.len());
            changed[at] = dice.below(256) as u8;
        }
        let _ = read(&changed);
    }
}

#[test]
fn parts_of_the_same_name_are_all_counted() {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for n in 0..64 {
        zip.start_file(format!("xl/media/{n}"), SimpleFileOptions::default()).unwrap();
        zip.write_all(&vec![0; 64 << 10]).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    let most = Most { unpacked: 1 << 20, ..Most::default() };
    assert_eq!(Workbook::open(&bytes, most).err(), Some(Problem::Unpacked(1 << 20)));
}
