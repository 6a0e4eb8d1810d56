//! What people do to a spreadsheet: rows go, come and move, words are mistyped, dates are something else.

use abide::base::Date;
use abide::checklist::{self, Cell, Column, address};
use abide::evidence::Own;

use super::{case, codes, column, list, put, read, row, text};

/// The messages of a checklist that somebody treated like this.
fn told(treat: impl FnOnce(&mut [checklist::Sheet])) -> (bool, Vec<String>) {
    let case = case("checklist:\n  - { requirement: d-open, action: wait }\n");
    let (_, mut sheets) = case.export();
    treat(&mut sheets);
    let taken = case.take(&read(&super::book::save(&sheets)));
    (taken.is_refused(), codes(&taken))
}

/// The address of a cell.
fn at(id: &str, of: Column) -> String {
    let (_, mut sheets) = case("").export();
    let sheet = list(&mut sheets);
    address(&sheet.name, row(sheet, id), column(of))
}

#[test]
fn untouched_it_says_nothing() {
    assert_eq!(told(|_| {}), (false, Vec::new()));
}

#[test]
fn a_mistyped_status_is_told_with_its_cell() {
    let (refused, said) = told(|s| {
        put(s, "a-met", Column::Claim, text("yess"));
        put(s, "c-absent", Column::Claim, text("maybe"));
        put(s, "b-partial", Column::Claim, text("  PARTIAL "));
    });
    assert!(refused);
    let wanted = [at("a-met", Column::Claim), at("c-absent", Column::Claim)];
    let wanted: Vec<String> =
        wanted.iter().zip(["yess", "maybe"]).map(|(at, word)| format!("checklist-cell: `{at}`: `{word}` is no status")).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said.iter().zip(&wanted).all(|(s, w)| s.starts_with(w.as_str())), "{said:?}");
}

#[test]
fn rows_that_are_gone_keep_what_was_said() {
    let case = case("checklist:\n  - { requirement: d-open, action: wait }\n");
    let (_, mut sheets) = case.export();
    let sheet = list(&mut sheets);
    let (gone, also) = (row(sheet, "d-open"), row(sheet, "a-met"));
    sheet.cells.retain(|(row, _), _| *row != gone && *row != also);
    let taken = case.take(&sheets);
    assert_eq!(codes(&taken), ["checklist-row-gone: the checklist has no rows any more for 2 requirements: `a-met`, `d-open`"]);
    assert_eq!(taken.entries.len(), 1);
    assert_eq!(taken.entries[0].texts[Own::Action as usize], "wait");
}

#[test]
fn rows_of_nobody_are_refused_with_their_place() {
    let (refused, said) = told(|s| {
        let sheet = list(s);
        sheet.cells.insert((40, column(Column::Requirement)), text("One more thing"));
        sheet.cells.insert((40, column(Column::Own(Own::Action))), text("do it"));
        sheet.cells.insert((41, column(Column::Id)), text("a-mett"));
        sheet.cells.insert((42, column(Column::Id)), text("a-met"));
        // Far to the right, where nobody asks for anything: somebody's own notes.
        sheet.cells.insert((43, 30), text("note"));
    });
    assert!(refused);
    assert_eq!(said.len(), 3, "{said:?}");
    assert_eq!(said[0], "checklist-row: `Checklist!A41`: this row does not say which requirement it is about");
    assert_eq!(said[1], "checklist-row: `Checklist!M42`: `a-mett` is no requirement of these rules");
    assert!(said[2].starts_with("checklist-row: `Checklist!M43`: `a-met` has a row already, at `Checklist!M"), "{said:?}");
}

#[test]
fn columns_sorted_without_the_others_are_noticed() {
    let (refused, said) = told(|s| {
        let sheet = list(s);
        let (a, b) = (row(sheet, "a-met"), row(sheet, "b-partial"));
        sheet.cells.insert((a, column(Column::Id)), text("b-partial"));
        sheet.cells.insert((b, column(Column::Id)), text("a-met"));
    });
    assert!(refused);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(
        said.iter().all(|s| s.starts_with("checklist-row: `Checklist!A") && s.contains("its id is that of another")),
        "{said:?}"
    );
}

#[test]
fn columns_may_move_and_must_be_there() {
    let (refused, said) = told(|s| {
        let sheet = list(s);
        let moved = std::mem::take(&mut sheet.cells);
        sheet.cells = moved.into_iter().map(|((row, column), cell)| ((row, 20 - column), cell)).collect();
    });
    assert_eq!((refused, said), (false, Vec::new()));
    let (refused, said) = told(|s| list(s).cells.retain(|(_, c), _| *c != column(Column::Own(Own::Owner))));
    assert!(refused);
    assert_eq!(said, ["checklist: the sheet `Checklist` has no column `Owner`"]);
    let (refused, said) = told(|s| {
        let sheet = list(s);
        let head = row(sheet, "Requirement id");
        sheet.cells.insert((head, 25), text("action"));
    });
    assert!(refused);
    assert!(said[0].contains("a second column is called `Action`; the first is `Checklist!J"), "{said:?}");
}

#[test]
fn dates_are_days_or_kept_as_they_are() {
    let case = case("");
    let (_, mut sheets) = case.export();
    let date = Column::Own(Own::TargetDate);
    put(&mut sheets, "a-met", date, Cell::Day(Date::parse("2027-02-03").unwrap()));
    put(&mut sheets, "b-partial", date, text("2027-02-03"));
    put(&mut sheets, "c-absent", date, text("03/02/2027"));
    put(&mut sheets, "d-open", date, Cell::Number("46421".to_owned()));
    put(&mut sheets, "e-judged", date, text("end of Q1"));
    let taken = case.take(&read(&super::book::save(&sheets)));
    assert!(!taken.is_refused(), "{:?}", codes(&taken));
    let dates: Vec<&str> = taken.entries.iter().map(|e| e.texts[Own::TargetDate as usize].as_str()).collect();
    assert_eq!(dates, ["2027-02-03", "2027-02-03", "03/02/2027", "46421", "end of Q1"]);
    let place = |id: &str| at(id, date);
    let wanted = ["c-absent", "d-open", "e-judged"].map(place);
    assert_eq!(taken.diagnostics.len(), 3, "{:?}", codes(&taken));
    for (diagnostic, at) in taken.diagnostics.iter().zip(wanted) {
        assert!(diagnostic.message.starts_with(&format!("`{at}`: ")), "{}", diagnostic.message);
    }
    assert!(taken.diagnostics[1].help.as_ref().unwrap().contains("2027-02-03"), "{:?}", taken.diagnostics[1]);
}

#[test]
fn other_cells_say_what_they_show() {
    let case = case("");
    let (_, mut sheets) = case.export();
    put(&mut sheets, "a-met", Column::Own(Own::Owner), Cell::Number("42.5".to_owned()));
    put(&mut sheets, "b-partial", Column::Own(Own::Owner), Cell::Bool(true));
    let taken = case.take(&read(&super::book::save(&sheets)));
    let owners: Vec<&str> = taken.entries.iter().map(|e| e.texts[Own::Owner as usize].as_str()).collect();
    assert_eq!(owners, ["42.5", "TRUE"]);
    put(&mut sheets, "c-absent", Column::Own(Own::Owner), Cell::Error("#REF!".to_owned()));
    put(&mut sheets, "d-open", Column::Own(Own::Gap), text(&"x".repeat(32_768)));
    let taken = case.take(&sheets);
    assert!(taken.is_refused());
    let said = codes(&taken);
    assert!(said[0].contains("the formula has no result: `#REF!`") && said[1].contains("longer than 32767"), "{said:?}");
}

#[test]
fn checklists_of_others_are_refused() {
    let marker = |row: u32, value: &str| {
        told(|s| drop(s.iter_mut().find(|s| s.name == "abide").unwrap().cells.insert((row, 1), text(value))))
    };
    assert_eq!(marker(0, "2").1, ["checklist: this checklist has form `2`, and form 1 is the one that is known"]);
    assert_eq!(marker(1, "E2").1, ["checklist: this checklist is about `E2`, and the bundle about `E1`"]);
    assert_eq!(marker(5, "inspector").1, ["checklist: this checklist was written for somebody else: inspector"]);
    let (refused, said) = marker(3, "another");
    assert!(!refused && said == ["checklist-changed: the rules have changed since the checklist was written"], "{said:?}");
    let (refused, said) = marker(4, "another");
    assert!(!refused && said == ["checklist-changed: the evidence has changed since the checklist was written"], "{said:?}");
    let (refused, said) = told(|s| s.iter_mut().find(|s| s.name == "abide").unwrap().name = "other".to_owned());
    assert!(refused && said == ["checklist: this workbook is no checklist that `abide export` wrote"], "{said:?}");
    let (refused, said) = told(|s| list(s).name = "Sheet1".to_owned());
    assert!(refused && said == ["checklist: this workbook has no sheet `Checklist`"], "{said:?}");
}
