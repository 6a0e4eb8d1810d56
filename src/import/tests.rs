//! Tests of guessing: small tables, and tables of random words.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use std::sync::OnceLock;

use proptest::prelude::*;

use super::{About, Guess, Outcome, Sure, delimiter, guess, mapping, told};
use crate::evidence::{MemoryFolder, ReadOptions, Reader, table_paths};
use crate::host::library::{Choice, load};
use crate::library::{Checked, Library};
use crate::sheet::{DateFormat, Sheet};
use crate::syntax::Tests;

fn library() -> &'static Checked<Library> {
    static LIBRARY: OnceLock<Checked<Library>> = OnceLock::new();
    LIBRARY.get_or_init(|| load(&Choice::default(), Tests::Skip).library.unwrap())
}

fn taken(name: &str, csv: &str, kind: Option<&str>) -> Outcome {
    let delimiter = delimiter(csv);
    let kind = kind.map(|k| library().names.kinds[k]);
    guess(library(), &Sheet::csv(csv.to_owned(), delimiter), About { name, kind, delimiter: Some(delimiter) })
}

fn guessed(name: &str, csv: &str) -> Guess {
    match taken(name, csv, None) {
        Outcome::Guessed(guess) => *guess,
        Outcome::LeftAlone { why, .. } => panic!("{why}"),
    }
}

fn fields(guess: &Guess) -> Vec<(&str, &str)> {
    guess.placed.iter().map(|p| (p.heading.as_str(), p.field.as_str())).collect()
}

const HEAD: &str = "Record No,Staff No,Course,Completed,Result\n";

#[test]
fn columns_are_known_by_their_headings_and_values() {
    let guess =
        guessed("training.csv", &format!("{HEAD}T-1,p1,Basic security,31/05/2026,Pass\nT-2,p2,Supervisor,01/06/2026,Fail\n"));
    assert_eq!(library().kind(guess.kind).name, "training-record");
    assert_eq!(
        fields(&guess),
        [("Record No", "id"), ("Staff No", "person"), ("Course", "course"), ("Completed", "completed"), ("Result", "outcome")]
    );
    let terms = &guess.terms;
    let of = |field: &str| &terms.iter().find(|(f, _)| f == field).unwrap().1;
    let pass = of("outcome").iter().find(|w| w.word == "Pass").unwrap();
    assert_eq!(pass.term, Some(("passed".to_owned(), Sure::Likely)));
    assert_eq!(
        of("course").iter().find(|w| w.word == "Basic security").unwrap().term,
        Some(("basic-security".to_owned(), Sure::Sure))
    );
}

#[test]
fn the_data_says_which_comes_first_day_or_month() {
    let of = |a: &str, b: &str| {
        let guess = guessed("training.csv", &format!("{HEAD}T-1,p1,Basic security,{a},Pass\nT-2,p2,Supervisor,{b},Pass\n"));
        (guess.dates.iter().map(|f| f.name()).collect::<Vec<_>>(), guess.dates_because.unwrap())
    };
    let (forms, because) = of("31/05/2026", "01/06/2026");
    assert_eq!((forms, because.sure), (vec!["DD/MM/YYYY"], Sure::Sure));
    assert!(because.why.contains("1 of 2 can only be read so, such as 31/05/2026 in D2"), "{}", because.why);
    let (forms, because) = of("05/31/2026", "06/01/2026");
    assert_eq!((forms, because.sure), (vec!["MM/DD/YYYY"], Sure::Sure));
    let (forms, because) = of("05/06/2026", "01/06/2026");
    assert_eq!((forms, because.sure), (vec!["DD/MM/YYYY"], Sure::Guess));
    assert!(because.why.contains("AMBIGUOUS: all 2 could be MM/DD/YYYY as well"), "{}", because.why);
    let (forms, because) = of("05/06/2026", "3 Oct 2026");
    assert_eq!(forms, ["DD/MM/YYYY", "D MMM YYYY"]);
    assert_eq!(because.sure, Sure::Guess);
    let (forms, _) = of("44363", "01/06/2026");
    assert_eq!(forms, ["DD/MM/YYYY", "serial"]);
}

#[test]
fn titles_totals_and_repeated_headings_are_no_records() {
    let csv = format!(
        "Training 2026,,,,\nPrinted 03/11/2026,,,,\n\n{HEAD}T-1,p1,Basic security,31/05/2026,Pass\nTerminal 2,,,,\n{HEAD}T-2,p2,Supervisor,01/06/2026,Pass\nTotal: 2,,,,\n"
    );
    let guess = guessed("training.csv", &csv);
    assert_eq!((guess.header, guess.records), ((4, 4), (2, 5, 8)));
    let skip: Vec<(&str, &[u32])> = guess.skip.iter().map(|(p, rows)| (p.as_str(), rows.as_slice())).collect();
    assert_eq!(skip, [("Record No", [7].as_slice()), ("Terminal 2", &[6]), ("Total*", &[9])]);
}

#[test]
fn numbers_of_days_are_told_once_and_are_no_mistakes() {
    let row = |id: u32, day: &str| format!("T-{id},p1,Basic security,{day},Pass\n");
    let csv = format!("{HEAD}{}{}{}", row(1, "44363"), row(2, "31/05/2026"), row(3, "01/06/2026"));
    let why = guessed("training.csv", &csv).dates_because.unwrap().why;
    assert!(why.starts_with("1 is a number of days, as a spreadsheet stores them; "), "{why}");
    assert!(!why.contains("no day"), "{why}");
    let csv = format!("{HEAD}{}{}{}", row(1, "31/05/2026"), row(2, "30/05/2026"), row(3, "soon"));
    let why = guessed("training.csv", &csv).dates_because.unwrap().why;
    assert!(why.ends_with("1 is no day, such as soon in D4"), "{why}");
}

#[test]
fn an_id_that_stands_twice_leaves_the_others_what_they_are() {
    let row = |id: &str| format!("{id},p1,Basic security,31/05/2026,Pass\n");
    for heading in ["Record No", "Record ID", "ID"] {
        let head = HEAD.replace("Record No", heading);
        let guess = guessed("training.csv", &format!("{head}{}{}{}", row("R1"), row("R2"), row("R1")));
        let id = guess.placed.iter().find(|p| p.field == "id").unwrap();
        assert_eq!((id.column, id.because.sure, guess.id_prefix), (0, Sure::Likely, None), "{heading}");
        assert!(id.because.why.ends_with("2 of 3 values differ, and R1 stands 2 times"), "{}", id.because.why);
    }
    // Where most say the same, they are no ids.
    let guess = guessed("training.csv", &format!("{HEAD}{}{}{}", row("R1"), row("R1"), row("R1")));
    assert!(guess.placed.iter().all(|p| p.field != "id"));
    assert_eq!(guess.unplaced[0].holds, "3 texts, all the same, such as R1");
}

#[test]
fn numbers_that_count_the_rows_are_ids_that_move() {
    let row = |id: u32| format!("{id},p1,Basic security,31/05/2026,Pass\n");
    let of = |first: u32| {
        let guess = guessed("training.csv", &format!("{HEAD}{}{}{}", row(first), row(first + 1), row(first + 2)));
        guess.placed.into_iter().find(|p| p.field == "id").unwrap().because
    };
    let counter = of(1);
    assert_eq!(counter.sure, Sure::Likely);
    assert!(counter.why.contains("it counts the rows"), "{}", counter.why);
    assert_eq!(of(2101).sure, Sure::Sure);
}

#[test]
fn what_fits_nothing_is_left_alone() {
    assert!(matches!(taken("a.csv", "Colour,Taste\nred,sweet\nblue,sour\n", None), Outcome::LeftAlone { .. }));
    assert!(matches!(taken("a.csv", "", None), Outcome::LeftAlone { .. }));
    assert!(matches!(taken("a.csv", "Record No,Staff No\n", None), Outcome::LeftAlone { .. }));
    let Outcome::Guessed(asked) = taken("a.csv", "Colour,Taste\nred,sweet\nblue,sour\n", Some("training-record")) else {
        panic!("asked for")
    };
    assert_eq!(asked.lacking, ["person", "course", "completed"]);
}

#[test]
fn cells_part_at_what_parts_them_evenly() {
    assert_eq!(delimiter("a;b;c\n1,5;2;3\n"), b';');
    assert_eq!(delimiter("a\tb\n1, 2\t3\n"), b'\t');
    assert_eq!(delimiter("a|b\n1|2\n"), b'|');
    assert_eq!(delimiter("a,b\n1,2\n"), b',');
    assert_eq!(delimiter(""), b',');
}

/// A cell: often a word that tables have, sometimes anything at all.
fn cell() -> impl Strategy<Value = String> {
    let known = [
        "Record No",
        "Staff No",
        "Course",
        "Completed",
        "Result",
        "Valid to",
        "Date",
        "Total",
        "Pass",
        "GSAT",
        "31/05/2026",
        "05/06/2026",
        "44363",
        "yes",
        "x",
        "p1",
        "",
        "",
        "#REF!",
        "column D",
        "true",
        "null",
        "- a",
        "a: b",
        "a #b",
        "* x",
        "\"q\"",
        "%",
    ];
    prop_oneof![4 => prop::sample::select(known.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,12}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever a table holds, the mapping that is proposed is one that a bundle understands: what is wrong then is wrong with cells, never with the mapping.
    #[test]
    fn a_proposed_mapping_can_be_read(rows in prop::collection::vec(prop::collection::vec(cell(), 1..7), 1..14), asked in any::<bool>()) {
        let quoted = |c: &String| format!("\"{}\"", c.replace('"', "\"\""));
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let line = |row: &Vec<String>| {
            let mut cells: Vec<String> = row.iter().map(quoted).collect();
            cells.resize(width, String::new());
            cells.join(",") + "\n"
        };
        let csv: String = rows.iter().map(line).collect();
        let kind = asked.then(|| library().names.kinds["training-record"]);
        let outcome = guess(library(), &Sheet::csv(csv.clone(), b','), About { name: "t: #1.csv", kind, delimiter: Some(b',') });
        let outcomes = [outcome];
        prop_assert!(told(library(), "t", &outcomes, 80).lines().count() > 2);
        let text = mapping(library(), "t: #1.csv", "tables/t.csv", &outcomes);
        let Outcome::Guessed(guess) = &outcomes[0] else { return Ok(()) };
        prop_assert_eq!(table_paths(&text), ["tables/t.csv"], "{}", text);
        let files = [
            ("bundle.yaml", b"abide: 1\nentity: { id: E, kind: airport }\n".to_vec()),
            ("m.yaml", text.clone().into_bytes()),
            ("tables/t.csv", csv.into_bytes()),
        ];
        let read = Reader::new(library()).read(&MemoryFolder::new(files), &ReadOptions::default());
        for diagnostic in &read.diagnostics {
            let file = diagnostic.at.as_ref().and_then(|at| read.sources.get(at.span.file)).map_or("", |s| s.name());
            prop_assert!(file == "tables/t.csv", "{}\n{:?}\n{}", text, diagnostic, file);
        }
        prop_assert!(guess.dates.iter().all(|f| DateFormat::named(f.name()).is_some()));
    }
}
