//! Encodings, headings, dates.

use crate::base::Date;
use crate::sheet::{DateFormat, Encoding, Read, Sheet, Undecodable, decode, headings, lettered};

#[test]
fn old_encodings_are_read_and_said() {
    let of = |bytes: &[u8]| decode(bytes).map(|d| (d.text, d.encoding, d.line));
    assert_eq!(of("\u{feff}é".as_bytes()), Ok(("é".to_owned(), Encoding::Utf8, 0)));
    assert_eq!(of(b"a\nCaf\xe9 \x80 5"), Ok(("a\nCafé € 5".to_owned(), Encoding::Windows1252, 2)));
    assert_eq!(of(b"\xff\xfeA\0\xe9\0"), Ok(("Aé".to_owned(), Encoding::Utf16, 0)));
    assert_eq!(of(b"\xfe\xff\0A\0\xe9"), Ok(("Aé".to_owned(), Encoding::Utf16, 0)));
    assert_eq!(of(b"a\nb\0c"), Err(Undecodable::Nul(2)));
    assert_eq!(of(b"\xff\xfeA\0\0\0"), Err(Undecodable::Nul(1)));
    assert_eq!(of(b"\xff\xfeA\0B"), Err(Undecodable::Utf16));
    assert_eq!(of(b"\xff\xfe\0\xd8A\0"), Err(Undecodable::Utf16));
    assert_eq!(of(b"a\n\n\x81"), Err(Undecodable::Unknown(3)));
}

#[test]
fn headings_over_headings() {
    let row = |cells: &[&str]| cells.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>();
    let upper = row(&["Staff No", "Name", "Initial", "", "Recurrent", "", "", "Notes"]);
    let lower = row(&["", "", "Date", "Result", "Date", "Result", "", ""]);
    let wanted =
        ["Staff No", "Name", "Initial / Date", "Initial / Result", "Recurrent / Date", "Recurrent / Result", "", "Notes"];
    assert_eq!(headings(&[upper, lower.clone()]), wanted);
    assert_eq!(headings(&[lower]), ["", "", "Date", "Result", "Date", "Result", "", ""]);
    assert_eq!(headings(&[]), Vec::<String>::new());
    assert_eq!(
        (lettered("column D"), lettered("column AA"), lettered("column d"), lettered("D")),
        (Some(3), Some(26), None, None)
    );
    assert_eq!((lettered("column "), lettered("column ZZZZ"), lettered("column D2")), (None, None, None));
}

#[test]
fn dates_in_all_forms() {
    let day = Read::Day(Date::parse("2026-10-03").unwrap());
    for (form, text) in [
        ("YYYY-MM-DD", "2026-10-03T08:30:00Z"),
        ("DD/MM/YYYY", "03/10/2026 08:30"),
        ("DD/MM/YYYY", "3/10/2026 8:30:15 PM"),
        ("MM/DD/YYYY", "10/3/2026"),
        ("D MMM YYYY", "3  October 2026"),
        ("D-MMM-YYYY", "03-Oct-2026"),
        ("DD.MM.YYYY", "3.10.2026"),
        ("DD-MM-YYYY", "03-10-2026"),
        ("YYYY/MM/DD", "2026/10/03"),
        ("DD/MM/YY", "03/10/26"),
        ("MM/DD/YY", "10/03/26"),
        ("DD.MM.YY", "03.10.26"),
        ("D-MMM-YY", "3-oct-26"),
        ("serial", "46298"),
    ] {
        assert_eq!(DateFormat::named(form).unwrap().read(text, false), day, "{form} {text}");
    }
    let day_first = DateFormat::named("DD/MM/YYYY").unwrap();
    assert_eq!(day_first.read("31/02/2026", false), Read::NoSuchDay);
    for text in ["03/10/26", "3 Oct 2026", "", "03/10/+026", "03/10/2026/1", ":", "a:b", "08:30", "£3/1/2026"] {
        assert_eq!(day_first.read(text, false), Read::Form, "{text}");
    }
    assert_eq!(day_first.swapped(), DateFormat::named("MM/DD/YYYY"));
    assert_eq!(DateFormat::named("serial").unwrap().read("44836", true), day);
}

#[test]
fn a_csv_text_is_a_sheet() {
    let sheet = Sheet::csv("a;\" b\u{a0}\"\n\n;\"x\"\"y\"\n".to_owned(), b';');
    let cells: Vec<_> = sheet.rows.iter().flat_map(|r| sheet.of(r).iter().map(|c| (r.number, c.column, sheet.says(c)))).collect();
    assert_eq!(cells, [(1, 0, "a"), (1, 1, "b"), (3, 1, "x\"y")]);
}
