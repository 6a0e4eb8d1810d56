//! Sheets of workbooks as tables.

use super::{errors, library, reader, told};
use crate::evidence::{At, FieldAt, MemoryFolder, ReadOptions, ReadOutcome};
use crate::library::model::TableId;
use crate::sheet::tests::{workbook, zipped};

const HEAD: &str = "abide: 1\nentity: { id: E, kind: airport }\npeople: [{ id: p1 }, { id: p2 }]\n";
const COLUMNS: &str = "columns: { id: Record, person: Staff No, course: Course, completed: Recurrent / Date, hours: column F }";

/// A register as people keep it: a title, headings over headings, days of the spreadsheet beside days as text, an error, a total.
const ROWS: &str = r#"
<row r="1"><c r="A1" t="inlineStr"><is><t>Training register 2026</t></is></c></row>
<row r="3"><c r="A3" t="inlineStr"><is><t>Record</t></is></c><c r="B3" t="inlineStr"><is><t>Staff No</t></is></c><c r="C3" t="inlineStr"><is><t>Course</t></is></c><c r="D3" t="inlineStr"><is><t>Recurrent</t></is></c></row>
<row r="4"><c r="D4" t="inlineStr"><is><t>Date</t></is></c><c r="E4" t="inlineStr"><is><t>Result</t></is></c></row>
<row r="5"><c r="A5"><v>1001</v></c><c r="B5" t="inlineStr"><is><t> p1 </t></is></c><c r="C5" t="inlineStr"><is><t>general-awareness</t></is></c><c r="D5" s="1"><v>46298</v></c><c r="F5"><v>3.5</v></c></row>
<row r="6"><c r="A6"><v>1002</v></c><c r="B6" t="inlineStr"><is><t>p2</t></is></c><c r="C6" t="inlineStr"><is><t>screener</t></is></c><c r="D6" t="inlineStr"><is><t>03/10/2026</t></is></c><c r="F6" t="inlineStr"><is><t>4</t></is></c></row>
<row r="8"><c r="A8" t="inlineStr"><is><t>Total: 2</t></is></c></row>"#;

fn read_sheet(rows: &str, extra: &str) -> ReadOutcome {
    read_bytes(&workbook(rows, ""), extra)
}

fn read_bytes(bytes: &[u8], extra: &str) -> ReadOutcome {
    let yaml = format!("{HEAD}tables:\n  - kind: training-record\n    from: tables/t.xlsx\n    {COLUMNS}\n    {extra}\n");
    let files = [("bundle.yaml", yaml.into_bytes()), ("tables/t.xlsx", bytes.to_vec())];
    reader().read(&MemoryFolder::new(files), &ReadOptions::default())
}

const GOOD: &str = "header: 3-4\n    date-format: DD/MM/YYYY\n    skip: [\"Total*\"]";

#[test]
fn rows_of_a_sheet_are_items_and_its_cells_their_places() {
    let outcome = read_sheet(ROWS, GOOD);
    assert_eq!(told(&outcome), Vec::<String>::new());
    let bundle = outcome.bundle.unwrap();
    let kind = library().names.kinds["training-record"];
    let table = library().table_of(kind);
    let at = |row, name| At { table: TableId(kind.0), row, field: table.column(name).map(FieldAt::Column) };
    let place = |row, name| bundle.sources.describe(bundle.place(library(), at(row, name)));
    assert_eq!(bundle.item_id(kind, 1), "1002");
    assert_eq!(place(0, "person"), "tables/t.xlsx:Sheet1!B5");
    assert_eq!(place(0, "completed"), "tables/t.xlsx:Sheet1!D5");
    assert_eq!(place(1, "hours"), "tables/t.xlsx:Sheet1!F6");
    assert_eq!(bundle.written(library(), at(1, "completed")), Some("2026-10-03"));
    assert_eq!(bundle.sources.slice(bundle.key_place(library(), at(0, "completed"))), "Date");
    let day = |row| bundle.cell(TableId(kind.0), row, table.column("completed").unwrap());
    assert_eq!(day(0), day(1));
}

#[test]
fn the_same_rows_as_csv_are_the_same_items() {
    let csv = "Record,Staff No,Course,Recurrent / Date,,Hours\n1001,p1,general-awareness,03/10/2026,,3.5\n1002,p2,screener,03/10/2026,,4\n";
    let columns = COLUMNS.replace("column F", "Hours");
    let yaml = format!("{HEAD}tables:\n  - kind: training-record\n    from: t.csv\n    {columns}\n    date-format: DD/MM/YYYY\n");
    let csv = super::good(&[("bundle.yaml", &yaml), ("t.csv", csv)]);
    let sheet = read_sheet(ROWS, GOOD).bundle.unwrap();
    assert_eq!(super::dump(&csv), super::dump(&sheet));
    assert_eq!(crate::evidence::fingerprint(&csv, library()), crate::evidence::fingerprint(&sheet, library()));
}

#[test]
fn everything_wrong_is_told_with_its_cell() {
    let rows = r#"
<row r="1"><c r="A1" t="inlineStr"><is><t>Record</t></is></c><c r="B1" t="inlineStr"><is><t>Staff No</t></is></c><c r="C1" t="inlineStr"><is><t>Course</t></is></c><c r="D1" t="inlineStr"><is><t>Recurrent / Date</t></is></c></row>
<row r="17"><c r="A17"><v>1</v></c><c r="B17" t="e"><v>#REF!</v></c><c r="C17" t="inlineStr"><is><t>screner</t></is></c><c r="D17"><v>46298</v></c><c r="F17"><f>A1</f></c></row>
<row r="18"><c r="A18"><v>2</v></c><c r="B18" t="inlineStr"><is><t>p1</t></is></c><c r="C18" t="b"><v>1</v></c><c r="D18" s="1"><v>60</v></c><c r="F18" t="inlineStr"><is><t>three</t></is></c></row>
<row r="19"><c r="A19"><v>1</v></c><c r="D19" t="inlineStr"><is><t>31/02/2026</t></is></c></row>"#;
    assert_eq!(
        errors(&read_sheet(rows, "date-format: DD/MM/YYYY")),
        [
            "cell-error tables/t.xlsx:Sheet1!B17 `person` is not stated: the cell holds the error `#REF!`",
            "no-such-term tables/t.xlsx:Sheet1!C17 `screner` is not a term of `course`",
            "wrong-value tables/t.xlsx:Sheet1!D17 `completed` is a date, and the cell holds the number `46298`",
            "cell-error tables/t.xlsx:Sheet1!F17 `hours` is not stated: the cell holds a formula without its result",
            "no-such-term tables/t.xlsx:Sheet1!C18 `true` is not a term of `course`",
            "no-such-day tables/t.xlsx:Sheet1!D18 the calendar has no day `1900-02-29`",
            "wrong-value tables/t.xlsx:Sheet1!F18 `hours` is a number, and `three` is not",
            "duplicate-item tables/t.xlsx:Sheet1!A19 two items have the id `1`",
            "no-such-day tables/t.xlsx:Sheet1!D19 the calendar has no day `31/02/2026`",
        ]
    );
}

#[test]
fn what_does_not_fit_its_entry() {
    let first = |outcome: &ReadOutcome| errors(outcome).into_iter().next().unwrap_or_default();
    let says = |extra: &str| first(&read_sheet(ROWS, extra));
    assert_eq!(says("sheet: Sheet2"), "no-such-sheet bundle.yaml:8:12 the workbook `tables/t.xlsx` has no sheet `Sheet2`");
    assert_eq!(says("header: 2"), "table-column bundle.yaml:8:13 row 2 is empty, so the table has no header");
    assert_eq!(
        says("header: 4-3"),
        "table-column bundle.yaml:8:13 `header` is a row, or the first and the last row of the headings"
    );
    assert_eq!(
        says("date-format: [DD/MM/YYYY, MM/DD/YYYY]"),
        "table-column bundle.yaml:8:31 `MM/DD/YYYY` cannot be told from the form before it"
    );
    assert_eq!(
        first(&read_bytes(b"Record,Staff No\n", "sheet: A")),
        "workbook bundle.yaml:8:12 `tables/t.xlsx` is not a workbook"
    );
    let cut = workbook(ROWS, "");
    assert!(
        first(&read_bytes(&cut[..cut.len() / 2], ""))
            .starts_with("workbook bundle.yaml:6:11 the workbook `tables/t.xlsx` is damaged")
    );
    assert_eq!(first(&read_bytes(&zipped(&[("a", b"b")]), "")), "workbook bundle.yaml:6:11 `tables/t.xlsx` is not a workbook");
}

#[test]
fn numbers_of_days_count_when_that_is_stated() {
    let rows = ROWS.replace("<c r=\"D5\" s=\"1\">", "<c r=\"D5\">");
    assert!(errors(&read_sheet(&rows, GOOD)).iter().any(|e| e.contains("the number `46298`")));
    let outcome = read_sheet(&rows, &GOOD.replace("DD/MM/YYYY", "[DD/MM/YYYY, serial]"));
    assert_eq!(told(&outcome), Vec::<String>::new());
}

#[test]
fn rows_without_ids_are_called_after_their_row() {
    let rows = ROWS.replace("<v>1001</v>", "").replace("<v>1002</v>", "");
    let bundle = read_sheet(&rows, &format!("{GOOD}\n    id-prefix: gsat")).bundle.unwrap();
    let kind = library().names.kinds["training-record"];
    assert_eq!((bundle.item_id(kind, 0), bundle.item_id(kind, 1)), ("gsat-5", "gsat-6"));
}

#[test]
fn thousands_of_errors_are_counted() {
    let header = "Record,Staff No,Course,Recurrent / Date,x,Hours\n";
    let rows: String = (0..5_000).map(|n| format!("{n},p1,nothing,31/31/2026,,\n")).collect();
    let outcome = read_bytes(format!("{header}{rows}").as_bytes(), "");
    let errors = errors(&outcome);
    // A thousand dates, a thousand terms, and how many more there are of each.
    assert_eq!(errors.len(), 2_002);
    let more: Vec<&String> = errors.iter().filter(|e| e.contains("more cells or rows")).collect();
    assert_eq!(more.len(), 2);
    assert!(more.iter().all(|e| e.contains("4000 more cells or rows of this table cannot be read")), "{more:?}");
}
