//! CSV tables.

use super::{dump, errors, good, read_files, told};
use crate::evidence::{At, FieldAt, fingerprint};
use crate::library::model::TableId;

const HEAD: &str = "abide: 1\nentity: { id: E, kind: airport }\npeople: [{ id: p1 }, { id: p2 }]\n";

fn bundle_yaml(extra: &str) -> String {
    format!(
        "{HEAD}tables:\n  - kind: training-record\n    from: tables/training.csv\n    columns: {{ person: Staff No, course: Course, completed: Date done, hours: Hours }}\n    {extra}\n"
    )
}

const CSV: &str =
    "Staff No,Course,Date done,Hours,Remarks\np1,general-awareness,03/10/2026,3.5,\"a, b\"\n\"p2\", screener ,1/1/2026,,\n,,,,\n";

fn rows(extra: &str, csv: &str) -> crate::evidence::ReadOutcome {
    read_files(&[("bundle.yaml", &bundle_yaml(extra)), ("tables/training.csv", csv)])
}

#[test]
fn rows_are_items() {
    let bundle = good(&[("bundle.yaml", &bundle_yaml("date-format: DD/MM/YYYY")), ("tables/training.csv", CSV)]);
    let written = format!(
        "{HEAD}evidence:\n  - {{ id: training-record-2, kind: training-record, person: p1, course: general-awareness, completed: 2026-10-03, hours: 3.5 }}\n  - {{ id: training-record-3, kind: training-record, person: p2, course: screener, completed: 2026-01-01 }}\n"
    );
    let written = good(&[("bundle.yaml", &written)]);
    assert_eq!(dump(&bundle), dump(&written));
    assert_eq!(fingerprint(&bundle, super::library()), fingerprint(&written, super::library()));
}

#[test]
fn places_are_cells() {
    let bundle = good(&[("bundle.yaml", &bundle_yaml("date-format: DD/MM/YYYY")), ("tables/training.csv", CSV)]);
    let library = super::library();
    let kind = library.names.kinds["training-record"];
    let column = |name| library.table_of(kind).column(name).map(FieldAt::Column);
    let place =
        |row, name| bundle.sources.describe(bundle.place(library, At { table: TableId(kind.0), row, field: column(name) }));
    assert_eq!(place(0, "completed"), "tables/training.csv:2:22");
    assert_eq!(place(1, "person"), "tables/training.csv:3:2");
    assert_eq!(place(1, "hours"), "tables/training.csv:3:1");
}

#[test]
fn forms_of_dates() {
    for (format, text) in
        [("YYYY-MM-DD", "2026-10-03"), ("DD/MM/YYYY", "3/10/2026"), ("MM/DD/YYYY", "10/03/2026"), ("D MMM YYYY", "3 Oct 2026")]
    {
        let csv = format!("Staff No,Course,Date done,Hours\np1,screener,{text},1\n");
        let outcome = rows(&format!("date-format: {format}"), &csv);
        assert_eq!(told(&outcome), Vec::<String>::new(), "{format}");
    }
    let wrong =
        rows("date-format: DD/MM/YYYY", "Staff No,Course,Date done,Hours\np1,screener,31/02/2026,\np1,screener,2026-01-01,\n");
    assert_eq!(
        errors(&wrong),
        [
            "no-such-day tables/training.csv:2:13 the calendar has no day `31/02/2026`",
            "wrong-value tables/training.csv:3:13 `completed` is a date, and `2026-01-01` is not one of the form `DD/MM/YYYY`"
        ]
    );
    // A day that cannot be read is wrong, not missing.
    assert_eq!(told(&wrong).len(), 2, "{:?}", told(&wrong));
}

#[test]
fn an_open_quote_is_told_once() {
    let outcome = rows("", "Staff No,Course,Date done,Hours\np1,\"screener,2026-01-01,1\n");
    assert_eq!(told(&outcome), ["table-row tables/training.csv:2:4 this quote is never closed"]);
}

#[test]
fn broken_rows() {
    let outcome = rows(
        "",
        "Staff No,Course,Date done,Hours\np1,screener\np1,screener,2026-01-01,\"1\"2\np1,screner,2026-01-01,x\np1,screener,2026-01-01,\"3\n",
    );
    assert_eq!(
        errors(&outcome),
        [
            "table-row tables/training.csv:2:1 this row has 2 cells, and the header has 4",
            "table-row tables/training.csv:3:26 something stands between a closing quote and the end of its cell",
            "no-such-term tables/training.csv:4:4 `screner` is not a term of `course`",
            "wrong-value tables/training.csv:4:23 `hours` is a number, and `x` is not",
            "table-row tables/training.csv:5:24 this quote is never closed",
        ]
    );
}

#[test]
fn columns_that_do_not_fit() {
    let missing = rows("", "Staff,Course,Date done,Hours\n");
    assert_eq!(errors(&missing), ["table-column bundle.yaml:7:24 the table has no column `Staff No`"]);
    let twice = rows("", "Staff No,Course,Course,Date done,Hours\n");
    assert_eq!(errors(&twice), ["table-column tables/training.csv:1:17 the table has two columns `Course`"]);
    assert_eq!(errors(&rows("", "")), ["table-column bundle.yaml:6:11 the table `tables/training.csv` is empty"]);
    let no_file = read_files(&[("bundle.yaml", &bundle_yaml(""))]);
    assert_eq!(errors(&no_file), ["unreadable-file bundle.yaml:6:11 there is no file `tables/training.csv`"]);
    let field = rows("terms: { hours: {} }", "Staff No,Course,Date done,Hours\n");
    assert_eq!(errors(&field), ["table-column bundle.yaml:8:14 `hours` is not of a vocabulary, so it has no terms"]);
}

#[test]
fn words_of_spreadsheets() {
    let yaml = format!(
        "{HEAD}tables:\n  - kind: person\n    from: p.csv\n    delimiter: \";\"\n    columns: {{ id: No, unescorted-access: Pass, name: Name }}\n    booleans: {{ yes: [Ja], no: [Nein] }}\n"
    );
    let bundle = good(&[("b.yaml", &yaml), ("p.csv", "\u{feff}No;Name;Pass\r\n9;\"A \"\"B\"\"\";ja\r\n8;true;NEIN\r\n")]);
    let person = super::library().person;
    assert_eq!(bundle.rows(TableId(person.0)).len, 4);
    let table = super::library().table_of(person);
    let cell = |row, name| bundle.cell(TableId(person.0), row, table.column(name).expect("a column"));
    assert_eq!((cell(0, "unescorted-access"), cell(1, "unescorted-access")), (0, 1));
    let name = usize::try_from(cell(1, "name")).expect("a text");
    assert_eq!(bundle.pool.texts.get(name).unwrap(), "A \"B\"");
    let wrong = read_files(&[("b.yaml", &yaml), ("p.csv", "No;Name;Pass\n9;x;yes\n")]);
    assert_eq!(errors(&wrong), ["wrong-value p.csv:2:5 `unescorted-access` is yes or no, and `yes` is neither"]);
    let terms = rows("terms: { course: { GA: general-awareness } }", "Staff No,Course,Date done,Hours\np1,GA,2026-01-01,\n");
    assert_eq!(told(&terms), Vec::<String>::new());
}

#[test]
fn cells_are_those_of_the_csv_crate() {
    let text = "a,\"b\"\"c\",\" d \"\r\n\"x\ny\",,z\n1,2,3";
    let mut reader = csv::ReaderBuilder::new().has_headers(false).trim(csv::Trim::None).from_reader(text.as_bytes());
    let wanted: Vec<Vec<String>> = reader.records().map(|r| r.expect("a record").iter().map(str::to_owned).collect()).collect();
    let mut scanner = crate::sheet::Scanner::new(text, b',');
    let (mut cells, mut faults, mut found) = (Vec::new(), Vec::new(), Vec::new());
    while scanner.next(&mut cells, &mut faults).is_some() {
        let raw = |c: &crate::sheet::Scanned| text[c.start..c.end].replace("\"\"", "\"");
        found.push(cells.iter().map(raw).collect::<Vec<_>>());
    }
    assert_eq!(found, wanted);
}
