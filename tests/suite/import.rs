//! `abide import`, tried as a user would: from an ugly spreadsheet to a table that `check` reads. Also makes the spreadsheets of `examples/spreadsheets/`.

use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Workbook};

use crate::support::{Scratch, abide, root, stderr, stdout};

const REGISTER: &str = "examples/spreadsheets/training-register.xlsx";
const CHECKS: &str = "examples/spreadsheets/background-checks.csv";

/// A row of the register: record, person, course, when (a day, or what stands there instead), and how it came out.
type Written<'a> = (&'a str, &'a str, &'a str, Result<(u16, u8, u8), &'a str>, &'a str);

/// A register as it grows in ten years: a title and a date above it, headings over merged headings, days the spreadsheet knows beside days somebody typed, a
/// formula, blanks, a line between two terminals, a total, notes on another sheet and lists on a hidden one.
fn register() -> Vec<u8> {
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_ymd(2026, 11, 2).unwrap();
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let bold = Format::new().set_bold();
    let middle = Format::new().set_bold().set_align(FormatAlign::Center);
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let sheet = book.add_worksheet();
    sheet.set_name("GSAT 2026").unwrap();
    sheet.write_with_format(0, 0, "Ravensholt ground crew: security training register", &bold).unwrap();
    sheet.write(1, 0, "Printed 02/11/2026 by the training desk").unwrap();
    sheet.merge_range(3, 0, 4, 0, "Record No", &middle).unwrap();
    sheet.merge_range(3, 1, 4, 1, "Username", &middle).unwrap();
    sheet.merge_range(3, 2, 4, 2, "Course", &middle).unwrap();
    sheet.merge_range(3, 3, 3, 4, "Training", &middle).unwrap();
    sheet.write_with_format(4, 3, "Date completed", &bold).unwrap();
    sheet.write_with_format(4, 4, "Valid to", &bold).unwrap();
    sheet.merge_range(3, 5, 4, 5, "Result", &middle).unwrap();
    sheet.merge_range(3, 6, 4, 6, "Remarks", &middle).unwrap();
    let rows: [Written<'_>; 8] = [
        ("GC-001", "f.tamsin", "General awareness", Ok((2026, 3, 16)), "Pass"),
        ("GC-002", "i.bexley ", "General awareness ", Ok((2026, 3, 16)), "Pass"),
        ("GC-003", "v.oduya", "General awareness", Err("17/03/2026"), "pass"),
        ("GC-004", "z.carrow", "General awareness", Err("18/03/2026 09:30"), "PASS"),
        ("GC-005", "u.pell", "Human factors", Ok((2026, 4, 9)), "Pass"),
        ("GC-006", "w.harker", "Job specific", Ok((2026, 4, 21)), "Pass"),
        ("GC-007", "y.sorel", "Job specific", Err("21/04/2026"), "Fail"),
        ("GC-008", "y.sorel", "Job specific", Ok((2026, 5, 5)), "Pass"),
    ];
    let mut at = 5;
    for (number, (id, person, course, completed, result)) in rows.into_iter().enumerate() {
        if number == 4 {
            sheet.write(at, 0, "Terminal 2").unwrap();
            at += 2;
        }
        sheet.write(at, 0, id).unwrap().write(at, 1, person).unwrap().write(at, 2, course).unwrap().write(at, 5, result).unwrap();
        match completed {
            Ok((year, month, date)) => {
                let from = ExcelDateTime::from_ymd(year, month, date).unwrap();
                sheet.write_with_format(at, 3, &from, &day).unwrap();
                let until = ExcelDateTime::from_ymd(year + 5, month, date - 1).unwrap().to_excel();
                let formula = Formula::new(format!("=EDATE(D{},60)-1", at + 1)).set_result(until.to_string());
                sheet.write_formula_with_format(at, 4, formula, &day).unwrap();
            }
            Err(text) => drop(sheet.write(at, 3, text).unwrap()),
        }
        at += 1;
    }
    sheet.write(at + 1, 0, "Total: 8").unwrap();
    let notes = book.add_worksheet();
    notes.set_name("Notes").unwrap();
    notes.write(0, 0, "Ask the training desk before you add a line.").unwrap();
    let lists = book.add_worksheet();
    lists.set_name("Lists").unwrap().set_hidden(true);
    lists.write(0, 0, "Pass").unwrap().write(1, 0, "Fail").unwrap();
    book.save_to_buffer().unwrap()
}

/// An export of an older program: semicolons, Windows-1252, a title, days with dots, blanks around values, a line at the end.
fn checks() -> Vec<u8> {
    let text = "Personnel vetting \u{96} current staff;;;;;\r\n\
                Ref.;Username ;Completed on;Outcome;Post held;Gaps explained\r\n\
                BC-2101;f.tamsin; 03.02.2025;Passed;Caf\u{e9} stocking;x\r\n\
                BC-2102;i.bexley;11.02.2025 ;Passed;Cleaning;x\r\n\
                BC-2103;v.oduya;17.06.2025;passed;Deliveries;-\r\n\
                BC-2104;\"z.carrow \";01.09.2025;Passed;\"Kiosk; evenings\";x\r\n\
                Total 4;;;;;\r\n";
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

#[test]
fn the_example_spreadsheets_are_what_is_made_here() {
    for (path, bytes) in [(REGISTER, register()), (CHECKS, checks())] {
        assert!(bytes.len() < 20_000, "{path}: {}", bytes.len());
        let path = root().join(path);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, bytes).unwrap();
        } else {
            assert!(std::fs::read(&path).ok() == Some(bytes), "{}: UPDATE_EXPECT=1 cargo test rewrites it", path.display());
        }
    }
}

fn copied(scratch: &Scratch, from: &Path, to: &str) {
    for entry in std::fs::read_dir(from).unwrap().map(|e| e.unwrap().path()) {
        let name = format!("{to}/{}", entry.file_name().unwrap().to_string_lossy());
        if entry.is_dir() {
            copied(scratch, &entry, &name);
        } else {
            scratch.write(&name, std::fs::read(&entry).unwrap());
        }
    }
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

#[test]
fn from_ugly_spreadsheets_to_a_checked_bundle() {
    let scratch = Scratch::new("import");
    copied(&scratch, &root().join("examples/northfield-airport"), "bundle");
    let bundle = text(&scratch.path().join("bundle"));
    for (file, table, items) in [(REGISTER, "training-register", "GC-008"), (CHECKS, "background-checks", "BC-2104")] {
        let run = abide(["import", file, "--into", &bundle]);
        assert_eq!(run.status.code(), Some(0), "{}{}", stdout(&run), stderr(&run));
        assert!(stdout(&run).contains("Every cell that is mapped can be read."), "{}", stdout(&run));
        let mapping = std::fs::read_to_string(scratch.path().join(format!("bundle/tables/{table}.yaml"))).unwrap();
        assert!(mapping.contains("tables:"), "{mapping}");
        let json = abide(["check", &bundle, "--format", "json"]);
        assert_ne!(json.status.code(), Some(2), "{}", stderr(&json));
        assert!(!items.is_empty());
    }
    // The latest general awareness record is now of this spring, in the sheet.
    let why = abide(["why", &bundle, "awareness-training"]);
    assert!(!stdout(&why).contains("Felix Tamsin (f.tamsin) has no general awareness"), "{}", stdout(&why));
    // Nothing that is there is overwritten, and the same again changes nothing.
    let before = std::fs::read(scratch.path().join("bundle/tables/background-checks.csv")).unwrap();
    assert!(String::from_utf8(before.clone()).unwrap().contains("Café stocking"));
    scratch.write("bundle/tables/background-checks.csv", "mine");
    let again = abide(["import", CHECKS, "--into", &bundle]);
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("is there already"), "{}", stderr(&again));
    assert_eq!(std::fs::read(scratch.path().join("bundle/tables/background-checks.csv")).unwrap(), b"mine");
    let told = abide(["import", CHECKS, "--into", &bundle, "--overwrite"]);
    assert_eq!(told.status.code(), Some(0), "{}", stderr(&told));
    assert_eq!(std::fs::read(scratch.path().join("bundle/tables/background-checks.csv")).unwrap(), before);
}

#[test]
fn a_gap_points_at_a_cell_of_a_sheet() {
    let scratch = Scratch::new("import-cell");
    copied(&scratch, &root().join("examples/northfield-airport"), "bundle");
    let bundle = text(&scratch.path().join("bundle"));
    // Records of long ago are the nearest miss.
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet
        .write(0, 0, "Record No")
        .unwrap()
        .write(0, 1, "Username")
        .unwrap()
        .write(0, 2, "Course")
        .unwrap()
        .write(0, 3, "Date completed")
        .unwrap();
    sheet.write(16, 0, "OLD-1").unwrap().write(16, 1, "f.tamsin").unwrap().write(16, 2, "general-awareness").unwrap();
    sheet
        .write_with_format(16, 3, ExcelDateTime::from_ymd(2021, 11, 1).unwrap(), &Format::new().set_num_format("dd/mm/yyyy"))
        .unwrap();
    let file = text(&scratch.write("old.xlsx", book.save_to_buffer().unwrap()));
    let run = abide(["import", &file, "--into", &bundle]);
    assert_eq!(run.status.code(), Some(0), "{}{}", stdout(&run), stderr(&run));
    let check = |options: &[&str]| stdout(&abide(["check", &bundle, "--only", "awareness-training"].iter().chain(options)));
    let report = check(&[]);
    assert!(report.contains("╭─[tables/old.xlsx:Sheet1!D17]"), "{report}");
    assert!(report.contains("17 │ OLD-1 | f.tamsin | general-awareness | 2021-11-01"), "{report}");
    assert!(report.contains("(tables/old.xlsx:Sheet1!D17)"), "{report}");
    assert!(check(&["--format", "concise"]).contains("tables/old.xlsx:Sheet1!D17"));
    // In Markdown `!` before a bracket makes a picture, so it is escaped.
    assert!(check(&["--format", "markdown"]).contains("tables/old.xlsx:Sheet1\\!D17"));
    assert!(check(&["--format", "narrated"]).contains("tables/old.xlsx, sheet Sheet1, cell D17."));
    assert!(check(&["--format", "json", "--lines"]).contains("\"cell\": \"Sheet1!D17\""));
    // An inspector sees the cell where it stands, and nothing of other columns.
    let seen = check(&["--audience", "inspector"]);
    assert!(!seen.contains("old.xlsx") || seen.contains("old.xlsx:Sheet1!D17"), "{seen}");
}

#[test]
fn the_mapping_is_read_as_it_was_changed() {
    let scratch = Scratch::new("import-mapping");
    let mapping = text(&scratch.path().join("m.txt"));
    let first = abide(["import", CHECKS, "--output", &mapping]);
    assert_eq!(first.status.code(), Some(0), "{}{}", stdout(&first), stderr(&first));
    let again = abide(["import", CHECKS, "--output", &mapping]);
    assert_eq!(again.status.code(), Some(2), "it is there already");
    let proposed = std::fs::read_to_string(&mapping).unwrap();
    assert!(proposed.contains("DD.MM.YYYY"), "{proposed}");
    std::fs::write(&mapping, proposed.replace("DD.MM.YYYY", "DD/MM/YYYY")).unwrap();
    let changed = abide(["import", CHECKS, "--mapping", &mapping]);
    assert_eq!(changed.status.code(), Some(1));
    let said = stdout(&changed) + &stderr(&changed);
    assert!(said.contains("`completed` is a date, and `03.02.2025` is not one of the form `DD/MM/YYYY`"), "{said}");
    assert!(said.contains("background-checks.csv"), "{said}");
}

#[test]
fn every_error_is_told_with_its_cell_and_nothing_is_put() {
    let scratch = Scratch::new("import-errors");
    scratch.write("bundle/bundle.yaml", "abide: 1\nentity: { id: E, name: N, kind: airport }\n");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in ["Record", "Staff No", "Course", "Completed"].into_iter().enumerate() {
        sheet.write(0, column as u16, heading).unwrap();
    }
    for row in 1..40 {
        sheet.write(row, 0, format!("T-{row}")).unwrap().write(row, 1, "p1").unwrap().write(row, 2, "Basic security").unwrap();
        sheet.write(row, 3, if row % 4 == 0 { "next week" } else { "14/05/2024" }).unwrap();
    }
    let file = text(&scratch.write("t.xlsx", book.save_to_buffer().unwrap()));
    let bundle = text(&scratch.path().join("bundle"));
    let mapping = text(&scratch.path().join("m.txt"));
    let run = abide(["import", &file, "--into", &bundle, "--output", &mapping]);
    assert_eq!(run.status.code(), Some(1));
    let said = stdout(&run);
    assert!(said.contains("Sheet1!D5, Sheet1!D9, Sheet1!D13"), "{said}");
    assert!(said.contains("9 places"), "{said}");
    assert!(said.contains("Nothing was put into"), "{said}");
    assert!(!scratch.path().join("bundle/tables").exists());
    assert!(Path::new(&mapping).exists());
}

#[test]
fn what_is_no_spreadsheet_is_refused() {
    let scratch = Scratch::new("import-refused");
    let refused = |name: &str, bytes: &[u8], why: &str| {
        let file = text(&scratch.write(name, bytes));
        let run = abide(["import", &file]);
        assert_eq!(run.status.code(), Some(2), "{name}");
        assert!(stderr(&run).contains(why), "{name}: {}", stderr(&run));
    };
    refused("nul.csv", b"a,b\n1,\0\n", "a NUL stands on line 2");
    refused("odd.csv", b"a,b\n1,\x81\n", "line 2 holds a byte");
    refused("cut.csv", b"\xff\xfea\0b", "begins as UTF-16 does");
    refused("cut.xlsx", &register()[..4_000], "damaged or cut short");
    refused("odd.xlsx", b"\x01\0\x9d\x81 random", "the workbook");
    refused("odd.xlsx", b"\x01\0\x9d\x81 random", "damaged or cut short");
    refused("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "`.xls`");
    assert_eq!(abide(["import", "examples"]).status.code(), Some(2));
    assert_eq!(abide(["import", "no-such.csv"]).status.code(), Some(2));
    assert_eq!(abide(["import", REGISTER, "--sheet", "Nothing", "--show"]).status.code(), Some(2));
    assert_eq!(abide(["import", REGISTER, "--kind", "nothing", "--show"]).status.code(), Some(2));
    let empty = text(&scratch.write("empty.csv", ""));
    let run = abide(["import", &empty, "--show"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(stdout(&run).contains("left alone: it is empty"));
}

#[test]
fn text_of_a_file_commands_no_terminal() {
    let scratch = Scratch::new("import-escape");
    let file = text(&scratch.write(
        "e.csv",
        "Record,Staff No,Course,Completed,\u{1b}[2Jx\nT-1,p1,\u{1b}]0;t\u{7},2026-01-01,\u{202e}y\nT-2,p2,b,2026-01-02,z\n",
    ));
    let run = abide(["import", &file, "--show"]);
    let said = stdout(&run) + &stderr(&run);
    assert!(!said.contains('\u{1b}') && !said.contains('\u{7}') && !said.contains('\u{202e}'), "{said:?}");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_bundle_is_not_written_through() {
    let scratch = Scratch::new("import-link");
    scratch.write("bundle/bundle.yaml", "abide: 1\nentity: { id: E, name: N, kind: airport }\n");
    scratch.write("outside/keep.txt", "mine");
    std::os::unix::fs::symlink("../outside", scratch.path().join("bundle/tables")).unwrap();
    let run = abide(["import", CHECKS, "--into", &text(&scratch.path().join("bundle"))]);
    assert_eq!(run.status.code(), Some(2));
    assert_eq!(std::fs::read_dir(scratch.path().join("outside")).unwrap().count(), 1);
}

#[test]
fn an_id_that_stands_twice_is_told_with_both_cells() {
    let scratch = Scratch::new("import-twice");
    let file = text(&scratch.write(
        "t.csv",
        "Record ID,Staff No,Course,Completed\nR1,p1,basic-security,2026-01-01\nR2,p2,basic-security,2026-01-02\nR1,p3,basic-security,2026-01-03\n",
    ));
    let run = abide(["import", &file, "--show"]);
    assert_eq!(run.status.code(), Some(1), "{}", stdout(&run));
    assert!(stdout(&run).contains("R1 stands 2 times"), "{}", stdout(&run));
    let said = stderr(&run);
    assert!(said.contains("error[duplicate-item]") && said.contains("R1,p1") && said.contains("R1,p3"), "{said}");
}

#[test]
fn a_spreadsheet_that_is_checked_is_told_to_be_imported() {
    let output = abide(["check", CHECKS]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("abide import"), "{}", stderr(&output));
}
