//! The example on the page of each code really triggers it.
//!
//! A page's example is one or more fenced blocks: `abide` (rules), `yaml` or `json` (a bundle, read against those rules or the built-in ones),
//! `csv` (a table of the bundle, `tables/example.csv`), `cedar` (policies), or `console` (commands; `docs.rs` runs those). What a page cannot hold (bytes, links, size)
//! it tells in words, and [`BUILT`] builds.

use abide::base::{FileId, Source, Sources};
use abide::diagnostics::{Diagnostic, catalog};
use abide::evidence::{Limits, MemoryFolder, ReadOptions, Reader};
use abide::host::DiskFolder;
use abide::library::{self, Checked, Library};
use abide::policy::Policies;
use abide::syntax;

use crate::checklist::slip;
use crate::support::{Scratch, blocks, built_in};

type Build = fn() -> Vec<Diagnostic>;

/// Examples told in words, built.
const BUILT: [(&str, Build); 20] = [
    ("alias-limit", || {
        let line = |name: char, of: &str| format!("  - &{name} [{}]\n", [of; 9].join(", "));
        let lines = ["x", "*a", "*b", "*c", "*d", "*e", "*f", "*g"].into_iter().zip('a'..).map(|(of, name)| line(name, of));
        bundle(&[("bundle.yaml", format!("people:\n{}", lines.collect::<String>()).as_bytes())])
    }),
    ("checklist", || slip("checklist")),
    ("checklist-cell", || slip("checklist-cell")),
    ("checklist-changed", || slip("checklist-changed")),
    ("checklist-date", || slip("checklist-date")),
    ("checklist-row", || slip("checklist-row")),
    ("checklist-row-gone", || slip("checklist-row-gone")),
    ("claim-contradicted", || slip("claim-contradicted")),
    ("cell-error", || sheet("A", &register())),
    ("empty-bundle", || bundle(&[("notes.txt", b"nothing")])),
    ("link-outside", link_outside),
    ("no-such-sheet", || sheet("Trainning", &register())),
    ("not-utf-8", || bundle(&[("bundle.yaml", b"abide: 1\nentity: { id: E, name: Caf\xe9 }\n")])),
    ("table-column", || table(b"Staff;Course;Date done\np1;general-awareness;2026-01-01\n")),
    ("table-row", || table(b"Staff No;Course;Date done\np1;general-awareness;2026-01-01;7\n")),
    ("too-large", || {
        let folder = MemoryFolder::new([("bundle.yaml", "abide: 1\nentity: { id: E, name: N }\n")]);
        let options = ReadOptions { limits: Limits { nodes: 3, ..Limits::default() }, ..ReadOptions::default() };
        Reader::new(built_in()).read(&folder, &options).diagnostics
    }),
    ("workbook", || sheet("A", b"PK\x03\x04")),
    ("workbook-macros", || {
        let mut zip = zip::ZipWriter::new_append(std::io::Cursor::new(register())).unwrap();
        zip.start_file("xl/vbaProject.bin", zip::write::SimpleFileOptions::default()).unwrap();
        sheet("A", &zip.finish().unwrap().into_inner())
    }),
    ("unusable-line", || {
        let line = abide::host::lines::usable(Ok(abide::host::lines::Line::Whole(Vec::new())), 10);
        line.err().map(|diagnostic| *diagnostic).into_iter().collect()
    }),
    ("unreadable-file", || bundle(&[("bundle.yaml", format!("{START}{TABLE}").as_bytes())])),
];

/// A second net under the others: whatever triggers it is a mistake in one of those.
const NEVER_SEEN: [&str; 1] = ["schema"];

const START: &str = "abide: 1\nentity: { id: E, name: N, kind: airport }\n";
const TABLE: &str = "tables:\n  - kind: training-record\n    from: tables/training.csv\n    delimiter: ';'\n    columns: { id: Staff No, person: Staff No, course: Course, completed: Date done }\n";

fn bundle(files: &[(&str, &[u8])]) -> Vec<Diagnostic> {
    let folder = MemoryFolder::new(files.iter().map(|(name, bytes)| (*name, bytes.to_vec())));
    Reader::new(built_in()).read(&folder, &ReadOptions::default()).diagnostics
}

fn table(csv: &[u8]) -> Vec<Diagnostic> {
    bundle(&[("bundle.yaml", format!("{START}{TABLE}").as_bytes()), ("tables/training.csv", csv)])
}

/// A workbook with a register whose only date is an error.
fn register() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("A").unwrap().write(0, 0, "Staff No").unwrap().write(0, 1, "Done").unwrap();
    sheet.write(1, 0, "p1").unwrap();
    sheet.write_formula(1, 1, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    book.save_to_buffer().unwrap()
}

fn sheet(name: &str, workbook: &[u8]) -> Vec<Diagnostic> {
    let table = format!(
        "tables:\n  - kind: training-record\n    from: t.xlsx\n    sheet: {name}\n    columns: {{ id: Staff No, person: Staff No, completed: Done }}\n"
    );
    bundle(&[("bundle.yaml", format!("{START}{table}").as_bytes()), ("t.xlsx", workbook)])
}

#[cfg(unix)]
fn link_outside() -> Vec<Diagnostic> {
    let scratch = Scratch::new("link");
    scratch.write("other/report.yaml", START);
    scratch.write("bundle/bundle.yaml", START);
    std::os::unix::fs::symlink("../other/report.yaml", scratch.path().join("bundle/report.yaml")).unwrap();
    let folder = DiskFolder::open(&scratch.path().join("bundle"), Limits::default().file_bytes).unwrap();
    Reader::new(built_in()).read(&folder, &ReadOptions::default()).diagnostics
}

#[test]
fn every_example_triggers_its_code() {
    let mut wrong = Vec::new();
    for entry in catalog::all() {
        if NEVER_SEEN.contains(&entry.code.name()) {
            continue;
        }
        if let Some((_, build)) = BUILT.iter().find(|(name, _)| *name == entry.code.name()) {
            let said = build();
            if said.iter().all(|d| d.code != entry.code) {
                let said: Vec<_> = said.iter().map(|d| format!("{}: {}", d.code, d.message)).collect();
                wrong.push(format!("{}: what is built for it gives [{}]", entry.code, said.join("; ")));
            }
            continue;
        }
        let example = entry.page.split("## ").find(|s| s.starts_with("Example")).unwrap_or_default();
        let of_a_register = catalog::findings::TABLE.iter().any(|e| e.code == entry.code);
        match if of_a_register { of_register(example) } else { found(example) } {
            Err(why) => wrong.push(format!("{}: {why}", entry.code)),
            Ok(None) => {}
            Ok(Some(codes)) if codes.iter().any(|d| d.code == entry.code) => {}
            Ok(Some(codes)) => {
                let said: Vec<_> = codes.iter().map(|d| format!("{}: {}", d.code, d.message)).collect();
                wrong.push(format!("{}: its example gives [{}]", entry.code, said.join("; ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What an example of a register of findings gives; `None` when it is of commands.
fn of_register(example: &str) -> Result<Option<Vec<Diagnostic>>, String> {
    let blocks = blocks(example);
    match blocks.iter().find(|(language, ..)| language == "yaml") {
        Some((_, text, _)) => Ok(Some(crate::findings::told(text))),
        None if blocks.iter().any(|(language, ..)| language == "console") => Ok(None),
        None => Err("it has no example that can be tried".to_owned()),
    }
}

/// What the example gives; `None` when it is of commands.
fn found(example: &str) -> Result<Option<Vec<Diagnostic>>, String> {
    let blocks = blocks(example);
    let of = |languages: &[&str]| blocks.iter().find(|(l, ..)| languages.contains(&l.as_str()));
    let bundle = of(&["yaml", "json"]);
    if let Some((_, text, _)) = of(&["cedar"]) {
        return Ok(Some(Policies::read(vec![Source::new("example.cedar", text.as_str())]).diagnostics));
    }
    let mut found = Vec::new();
    let mut own = None;
    if let Some((_, text, _)) = of(&["abide"]) {
        let (library, diagnostics) = rules(text);
        found.extend(diagnostics);
        own = library;
        if bundle.is_none() {
            return Ok(Some(found));
        }
    }
    let Some((language, text, _)) = bundle else {
        return if of(&["console"]).is_some() { Ok(None) } else { Err("it has no example that can be tried".to_owned()) };
    };
    let library = own.as_ref().unwrap_or_else(|| built_in());
    let mut files = vec![(format!("bundle.{language}"), text.clone())];
    files.extend(of(&["csv"]).map(|(_, table, _)| ("tables/example.csv".to_owned(), table.clone())));
    found.extend(Reader::new(library).read(&MemoryFolder::new(files), &ReadOptions::default()).diagnostics);
    Ok(Some(found))
}

fn rules(text: &str) -> (Option<Checked<Library>>, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    sources.add(Source::new("example.abide", text));
    let parsed = syntax::parse(FileId(0), text);
    let (library, diagnostics) = library::check(sources, &[parsed.file]);
    (library, parsed.diagnostics.into_iter().chain(diagnostics).collect())
}
