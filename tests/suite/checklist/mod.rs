//! The checklist: what people write into it comes back as they wrote it, and what cannot be taken is told with its cell.

pub(crate) mod book;
mod hostile;
mod slips;

use std::sync::LazyLock;

use abide::assess::{self, Assessment};
use abide::base::{Date, FileId, Source, Sources};
use abide::checklist::{self, Cell, Column, Sheet, Taken};
use abide::diagnostics::Diagnostic;
use abide::evidence::{self, Bundle, Claim, MemoryFolder, Own, ReadOptions, Reader};
use abide::library::{self, Checked, Library};
use abide::policy::Policies;
use abide::report::{self, Context, Format, Style};
use abide::sheet::Most;
use abide::syntax;
use proptest::prelude::*;

use crate::support::{Scratch, abide, stderr, stdout};

/// Requirements with verdicts of all sorts that a checklist tells apart.
const RULES: &str = r#"
vocabulary entity-kind { airport "Airport operator" consignor "Consignor" }
vocabulary role { inspector "Inspector" }
component security-education "Security education" { number 1 }
evidence person "Person" { name text? proves present }
evidence drill "Drill" { date date proves operating }
evidence audit "Audit" { date date score whole? proves operating }
requirement a-met "Something is met" {
  shows security-education operating decided by machine severity major applies to all
  expect one "an audit" { some audit as a where a.date on or before assessment }
}
requirement b-partial "Something is met in part" {
  shows security-education operating decided by machine severity major applies to all
  expect one "an audit" { some audit as a where a.date on or before assessment }
  expect two "two audits" { at least 2 audit as a where a.date on or before assessment }
}
requirement c-absent "Something is absent" {
  shows security-education operating decided by machine severity critical applies to all
  expect one "a drill" { some drill as d where d.date on or before assessment }
}
requirement d-open "Something is open" {
  shows security-education operating decided by machine severity minor applies to all
  expect one "a good audit" { some audit as a where a.score >= 50 }
}
requirement e-judged "Something is to be judged" {
  shows security-education suitable decided by person severity minor applies to all
  judge fits "Does it fit?" by inspector valid 12 months
}
requirement f-other "Something is for others" {
  shows security-education operating decided by machine severity minor applies to consignor
  expect one "an audit" { some audit as a where a.date on or before assessment }
}
"#;
const BUNDLE: &str = "abide: 1\nentity: { id: E1, name: \"=Example & Sons\", kind: airport }\nassessment-date: 2026-11-23\nevidence:\n  - { id: A1, kind: audit, facts: { date: 2026-03-01 } }\npeople:\n  - { id: p1, name: Somebody }\n";

static LIBRARY: LazyLock<Checked<Library>> = LazyLock::new(|| {
    let mut sources = Sources::default();
    sources.add(Source::new("rules.abide", RULES));
    let parsed = syntax::parse(FileId(0), RULES);
    let (library, problems) = library::check(sources, &[parsed.file]);
    let problems: Vec<_> = parsed.diagnostics.iter().chain(&problems).map(|d| format!("{}: {}", d.code, d.message)).collect();
    library.unwrap_or_else(|| panic!("{}", problems.join("\n")))
});

/// A bundle with its assessment.
struct Case {
    bundle: Bundle,
    assessment: Assessment,
    fingerprint: String,
}

fn case(checklist: &str) -> Case {
    let files = [("bundle.yaml", BUNDLE), ("checklist.yaml", checklist)];
    let folder = MemoryFolder::new(files.into_iter().filter(|(_, text)| !text.is_empty()));
    let read = Reader::new(&LIBRARY).read(&folder, &ReadOptions::default());
    let told: Vec<_> = read.diagnostics.iter().map(|d| format!("{}: {}", d.code, d.message)).collect();
    let bundle = read.bundle.unwrap_or_else(|| panic!("{}\n{checklist}", told.join("\n")));
    let assessment = assess::assess(&LIBRARY, &bundle, Date::parse("2026-11-23").unwrap(), &Policies::none());
    let fingerprint = evidence::fingerprint(&bundle, &LIBRARY);
    Case { bundle, assessment, fingerprint }
}

impl Case {
    fn context(&self) -> Context<'_> {
        Context {
            library: &LIBRARY,
            bundle: &self.bundle,
            assessment: &self.assessment,
            fingerprint: Some(&self.fingerprint),
            withheld: None,
            style: Style::default(),
        }
    }

    /// The checklist as a file, and as another program reads it.
    fn export(&self) -> (Vec<u8>, Vec<Sheet>) {
        let bytes = report::checklist(&self.context());
        let sheets = read(&bytes);
        (bytes, sheets)
    }

    fn take(&self, sheets: &[Sheet]) -> Taken {
        checklist::read(sheets, &LIBRARY, &self.bundle, &self.assessment, &self.fingerprint)
    }
}

fn read(bytes: &[u8]) -> Vec<Sheet> {
    checklist::sheets(bytes, Most::default()).unwrap_or_else(|e| panic!("{e:?}"))
}

fn list(sheets: &mut [Sheet]) -> &mut Sheet {
    sheets.iter_mut().find(|s| s.name == checklist::SHEET).unwrap()
}

fn column(of: Column) -> u32 {
    Column::ALL.iter().position(|c| *c == of).unwrap() as u32
}

/// The row of a requirement.
fn row(sheet: &Sheet, id: &str) -> u32 {
    sheet.rows().find(|row| sheet.text(*row, column(Column::Id)) == id).unwrap_or_else(|| panic!("no row for {id}"))
}

fn put(sheets: &mut [Sheet], id: &str, of: Column, cell: Cell) {
    let sheet = list(sheets);
    let row = row(sheet, id);
    sheet.cells.insert((row, column(of)), cell);
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

/// All that is filled in, by requirement and column.
fn filled(sheets: &[Sheet]) -> Vec<(String, &'static str, String)> {
    let sheet = sheets.iter().find(|s| s.name == checklist::SHEET).unwrap();
    let mut all = Vec::new();
    for row in sheet.rows() {
        let id = sheet.text(row, column(Column::Id));
        if !LIBRARY.names.requirements.contains_key(&id) {
            continue;
        }
        for of in Column::ALL.into_iter().filter(|c| c.is_own()) {
            let said = sheet.text(row, column(of));
            if !said.is_empty() {
                all.push((id.clone(), of.head(), said));
            }
        }
    }
    all
}

/// What is told of a checklist to which the thing was done that the page of a code tells of.
pub(crate) fn slip(code: &str) -> Vec<Diagnostic> {
    let case = case("");
    let (_, mut sheets) = case.export();
    match code {
        "checklist" => sheets.retain(|s| s.name == checklist::SHEET),
        "checklist-cell" => put(&mut sheets, "a-met", Column::Claim, text("mostly")),
        "checklist-changed" => drop(sheets.iter_mut().find(|s| s.name == "abide").unwrap().cells.insert((3, 1), text("0000"))),
        "checklist-date" => put(&mut sheets, "a-met", Column::Own(Own::TargetDate), text("03/02/2027")),
        "checklist-row" => drop(list(&mut sheets).cells.insert((60, column(Column::Own(Own::Action))), text("Ask the airport"))),
        "checklist-row-gone" => {
            let sheet = list(&mut sheets);
            let gone = row(sheet, "a-met");
            sheet.cells.retain(|(row, _), _| *row != gone);
        }
        "claim-contradicted" => put(&mut sheets, "c-absent", Column::Claim, text("yes")),
        other => panic!("nothing is known to be done for {other}"),
    }
    case.take(&sheets).diagnostics
}

fn codes(taken: &Taken) -> Vec<String> {
    taken.diagnostics.iter().map(|d| format!("{}: {}", d.code, d.message)).collect()
}

const IDS: [&str; 6] = ["a-met", "b-partial", "c-absent", "d-open", "e-judged", "f-other"];

#[test]
fn statuses_say_no_more_than_verdicts() {
    let case = case("");
    let (_, mut sheets) = case.export();
    let sheet = list(&mut sheets);
    let status = |id: &str| sheet.text(row(sheet, id), column(Column::Status));
    let found = IDS.map(status);
    assert_eq!(found, ["yes", "partial", "no", "not confirmed", "not confirmed", "not applicable"]);
    let gap = |id: &str| sheet.text(row(sheet, id), column(Column::Gap));
    assert_eq!(gap("a-met"), "");
    assert!(gap("b-partial").starts_with("not met ("), "{}", gap("b-partial"));
    assert!(gap("e-judged").starts_with("needs judgement: "), "{}", gap("e-judged"));
}

/// Texts as people and machines write them, hostile ones too.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9 ,.;:'\"#{}\\[\\]&*!|>%@`=+\\-]{1,40}",
        "\\PC{1,30}",
        Just("=HYPERLINK(\"http://x\",\"y\")".to_owned()),
        Just("<r>not markup</r>".to_owned()),
        Just("<r><t>bold</t></r>".to_owned()),
        Just("_x0041_ _x005F_x0041_".to_owned()),
        Just("two\nlines\n".to_owned()),
        Just("\ttab, \u{1b}[31m, \u{202e}turned, \u{0}nothing\u{7f}\u{85}\u{2028}".to_owned()),
        Just(" blanks around ".to_owned()),
        Just("'quoted".to_owned()),
        Just("yes: no # really".to_owned()),
        Just("\\u0041 \\n".to_owned()),
        Just("2026-02-31".to_owned()),
        Just("x\r\ny\rz".to_owned()),
        Just("0042".to_owned()),
        Just("true".to_owned()),
        Just("𝔘nicode ✓ 🛄".to_owned()),
        Just("x".repeat(32_767)),
    ]
    .prop_filter("a cell with blanks alone is a blank one", |t| !t.trim().is_empty())
}

fn entry() -> impl Strategy<Value = (usize, Option<usize>, [Option<String>; 5])> {
    let own = || proptest::option::of(texts());
    (0..IDS.len(), proptest::option::of(0..Claim::ALL.len()), [own(), own(), own(), own(), own()])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Written, filled in by another program, taken back, written again: every cell says what was put into it, byte for byte.
    #[test]
    fn what_is_filled_in_comes_back(entries in proptest::collection::vec(entry(), 1..6), order in any::<u64>()) {
        let first = case("");
        let (_, mut sheets) = first.export();
        for (id, claim, own) in &entries {
            if let Some(claim) = claim {
                put(&mut sheets, IDS[*id], Column::Claim, text(Claim::ALL[*claim].word()));
            }
            for (of, said) in Own::ALL.into_iter().zip(own) {
                if let Some(said) = said {
                    put(&mut sheets, IDS[*id], Column::Own(of), text(said));
                }
            }
        }
        book::shuffle(list(&mut sheets), order, column(Column::Id));
        let mut wanted = filled(&sheets);
        wanted.sort();
        let sheets = read(&book::save(&sheets));
        let taken = first.take(&sheets);
        prop_assert!(!taken.is_refused(), "{:?}", codes(&taken));
        let second = case(&checklist::write(&LIBRARY, &taken.entries));
        let (bytes, mut again) = second.export();
        let mut found = filled(&again);
        found.sort();
        prop_assert_eq!(&wanted, &found);
        // And nothing of it is evidence.
        prop_assert_eq!(&first.fingerprint, &second.fingerprint);
        prop_assert_eq!(&first.assessment.outcomes, &second.assessment.outcomes);
        // Taken back unchanged, it changes nothing; blanked, all of it is taken back.
        let taken = second.take(&read(&bytes));
        prop_assert_eq!((taken.new, taken.changed, taken.removed), (0, 0, 0));
        let sheet = list(&mut again);
        let own: Vec<u32> = Column::ALL.into_iter().filter(|c| c.is_own()).map(column).collect();
        let ids: Vec<u32> = IDS.iter().map(|id| row(sheet, id)).collect();
        sheet.cells.retain(|(row, column), _| !ids.contains(row) || !own.contains(column));
        let taken = second.take(&again);
        prop_assert!(taken.entries.is_empty(), "{:?}", taken.entries);
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let case = case("checklist:\n  - { requirement: a-met, status: \"yes\", action: \"=1+1\" }\n");
    assert_eq!(case.export().0, case.export().0);
    for name in ["xlsx", "csv"] {
        let format = Format::parse(name).unwrap();
        assert_eq!(format.render(&case.context()), format.render(&case.context()));
    }
}

#[test]
fn no_text_becomes_a_formula() {
    let hostile = "=HYPERLINK(\\\"http://evil\\\",\\\"x\\\")";
    let case =
        case(&format!("checklist:\n  - {{ requirement: c-absent, evidence: \"{hostile}\", action: \"+1\", owner: \"@x\" }}\n"));
    for bytes in [case.export().0, Format::parse("xlsx").unwrap().render(&case.context())] {
        let xml = book::text(&bytes);
        assert!(!xml.contains("<f>") && !xml.contains("<f "), "a cell holds a formula");
        assert!(xml.contains("quotePrefix=\"1\""), "nothing keeps it text when somebody edits it");
    }
    let csv = String::from_utf8(Format::parse("csv").unwrap().render(&case.context())).unwrap();
    assert!(csv.contains("\"'=HYPERLINK(\"\"http://evil\"\",\"\"x\"\")\"") && csv.contains(",'+1,'@x,"), "{csv}");
}

#[test]
fn csv_is_read_by_others_row_by_row() {
    let northfield = abide(["check", "examples/northfield-airport", "--format", "csv"]);
    assert_eq!(northfield.status.code(), Some(1), "{}", stderr(&northfield));
    let text = stdout(&northfield);
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(text.as_bytes());
    let heads = reader.headers().unwrap().clone();
    assert_eq!(heads.iter().take(5).collect::<Vec<_>>(), ["entity", "assessed on", "requirement", "title", "verdict"]);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let json = abide(["check", "examples/northfield-airport", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&stdout(&json)).unwrap();
    let requirements = json["requirements"].as_array().unwrap();
    assert_eq!(rows.len(), requirements.len());
    for (row, requirement) in rows.iter().zip(requirements) {
        assert_eq!(&row[2], requirement["name"].as_str().unwrap());
        assert_eq!(&row[4], requirement["verdict"].as_str().unwrap());
    }
    assert!(text.lines().all(|l| !l.starts_with(['=', '+', '-', '@'])) && text.contains("\r\n"));
}

#[test]
fn workbooks_hold_what_the_report_says() {
    let northfield = abide(["check", "examples/northfield-airport", "--format", "xlsx"]);
    assert_eq!(northfield.status.code(), Some(1), "{}", stderr(&northfield));
    let sheets = read(&northfield.stdout);
    let names: Vec<&str> = sheets.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["Summary", "Gaps", "Requirements", "Components", "Provisions"]);
    let json = abide(["check", "examples/northfield-airport", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&stdout(&json)).unwrap();
    let count = |part: &str| json[part].as_array().unwrap().len() + 1;
    let rows = |at: usize| sheets[at].rows().count();
    assert_eq!([rows(1), rows(2), rows(3), rows(4)], ["gaps", "requirements", "components", "provisions"].map(count));
    let gaps: Vec<String> = (1..rows(1) as u32).map(|row| sheets[1].text(row, 12)).collect();
    let wanted: Vec<&str> = json["gaps"].as_array().unwrap().iter().map(|g| g.as_str().unwrap()).collect();
    assert_eq!(gaps, wanted);
}

/// The whole way, as a user goes it.
#[test]
fn from_the_command_line_and_back() {
    let scratch = Scratch::new("checklist-cli");
    scratch.write("rules.abide", RULES);
    scratch.write("bundle/bundle.yaml", BUNDLE);
    let at = |name: &str| scratch.path().join(name).to_str().unwrap().to_owned();
    let (bundle, rules, out) = (at("bundle"), at("rules.abide"), at("out.xlsx"));
    let run = |more: &[&str]| {
        let output = abide(["export", &bundle, "--library", &rules].iter().chain(more));
        (output.status.code(), stdout(&output), stderr(&output))
    };
    assert_eq!(run(&["--output", &out]).0, Some(0));
    assert_eq!(run(&["--back", &out]), (Some(0), "Nothing was filled in, so nothing was written.\n".to_owned(), String::new()));
    let mut sheets = read(&std::fs::read(&out).unwrap());
    put(&mut sheets, "c-absent", Column::Claim, text(" Yes "));
    put(&mut sheets, "c-absent", Column::Own(Own::Action), text("Hire somebody: \"soon\""));
    put(&mut sheets, "c-absent", Column::Own(Own::TargetDate), Cell::Day(Date::parse("2027-01-31").unwrap()));
    std::fs::write(&out, book::save(&sheets)).unwrap();
    let (code, said, warned) = run(&["--back", &out]);
    assert_eq!(code, Some(0), "{warned}");
    assert!(said.contains("1 requirement spoken of: 1 new, 0 changed"), "{said}");
    assert!(warned.contains("claim-contradicted") && warned.contains("`Checklist!G"), "{warned}");
    let text = std::fs::read_to_string(scratch.path().join("bundle/checklist.yaml")).unwrap();
    assert!(text.contains("    action: \"Hire somebody: \\\"soon\\\"\"\n    target-date: \"2027-01-31\"\n"), "{text}");
    // It is shown beside the verdict, in every report that shows the gap, and changes nothing.
    for format in ["terminal", "narrated", "markdown", "json", "csv"] {
        let output = abide(["check", &bundle, "--library", &rules, "--format", format, "--width", "200"]);
        assert_eq!(output.status.code(), Some(1));
        let shown = stdout(&output);
        assert!(shown.contains("Hire somebody"), "{format}: {shown}");
        assert!(
            format == "csv" || shown.contains("there is no evidence of it") || shown.contains("the evidence does not meet it"),
            "{format}: {shown}"
        );
    }
    // The next export says it again, and taking that back changes nothing.
    assert_eq!(run(&["--output", &out]).0, Some(0));
    assert!(run(&["--back", &out]).1.contains("0 new, 0 changed, 1 as before"));
    assert_eq!(text, std::fs::read_to_string(scratch.path().join("bundle/checklist.yaml")).unwrap());
    // `import` knows it for what it is, and does the same with it.
    let import = |more: &[&str]| {
        let output = abide(["import", &out, "--library", &rules].iter().chain(more));
        (output.status.code(), stdout(&output))
    };
    std::fs::remove_file(scratch.path().join("bundle/checklist.yaml")).unwrap();
    let (code, said) = import(&[]);
    assert!(
        code == Some(0) && said.contains("is the checklist of E1 for 2026-11-23") && said.contains("--into BUNDLE"),
        "{said}"
    );
    assert!(!scratch.path().join("bundle/checklist.yaml").exists());
    let (code, said) = import(&["--into", &bundle]);
    assert!(code == Some(0) && said.contains("1 new, 0 changed"), "{said}");
    assert_eq!(text, std::fs::read_to_string(scratch.path().join("bundle/checklist.yaml")).unwrap());
    // A file that somebody wrote by hand is not replaced.
    scratch.write("bundle/checklist.yaml", "# mine\nchecklist:\n  - { requirement: a-met, status: \"yes\" }\n");
    let (code, _, err) = run(&["--back", &out]);
    assert_eq!(code, Some(2));
    assert!(err.contains("written by hand"), "{err}");
}
