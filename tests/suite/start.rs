//! From nothing: `abide init` and `abide add`, for every kind of entity and of evidence there is.

use std::collections::BTreeSet;

use abide::assess::{self, Verdict};
use abide::base::{Date, FileId};
use abide::evidence::{Bundle, MemoryFolder, ReadOptions, Reader};
use abide::library::model::{KindId, TableId, TermId};
use abide::scaffold;

use crate::support::{Scratch, abide, built_in, stderr, stdout};

fn read(files: &[(String, String)]) -> (Option<Bundle>, Vec<String>) {
    let read = Reader::new(built_in()).read(&MemoryFolder::new(files.iter().cloned()), &ReadOptions::default());
    let told = read.diagnostics.iter().map(|d| {
        let at = d.at.as_ref().map(|l| read.sources.describe(l.span)).unwrap_or_default();
        format!("{at}: {}: {}", d.code, d.message)
    });
    (read.bundle, told.collect())
}

/// The file as it is when everybody has followed its advice: the example is out of its comment.
fn uncommented(text: &str) -> String {
    let mut body = false;
    let lines = text.lines().map(|line| {
        body |= line == "evidence:" || line == "people:";
        if body { line.strip_prefix("# ").unwrap_or(line) } else { line }
    });
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_new_bundle_is_read_without_a_word_and_is_never_green() {
    let library = built_in();
    let mut tried = 0;
    for (at, term) in (0u32..).zip(&library.vocabulary(library.entity_kinds).terms) {
        let new = scaffold::start(library, TermId(at));
        let (bundle, told) = read(&new.files);
        assert!(told.is_empty(), "{}: {told:#?}", term.name);
        let bundle = bundle.unwrap();
        assert_eq!(bundle.items(library.kinds.len()), 0);
        let assessment = assess::assess(library, &bundle, Date::parse("2026-11-23").unwrap(), &abide::policy::Policies::none());
        let met: Vec<_> = assessment.outcomes.iter().filter(|o| o.verdict == Verdict::Met).collect();
        assert!(met.is_empty(), "{}: {met:?}", term.name);
        if assessment.outcomes.iter().any(|o| !matches!(o.verdict, Verdict::NotApplicable | Verdict::Sealed)) {
            tried += 1;
            assert!([1, 3].contains(&assessment.exit_code()), "{}: {}", term.name, assessment.exit_code());
        }
    }
    assert!(tried > 10, "only {tried} kinds of entities have requirements");
}

#[test]
fn its_examples_are_what_the_reader_knows() {
    let library = built_in();
    let airport = library.vocabulary(library.entity_kinds).terms.iter().position(|t| t.name == "airport").unwrap();
    let mut new = scaffold::start(library, TermId(airport as u32));
    let kinds = new.kinds;
    for (_, text) in new.files.iter_mut().filter(|(name, _)| name != "bundle.yaml" && name != "README.md") {
        *text = uncommented(text);
    }
    let (bundle, told) = read(&new.files);
    let errors: Vec<_> = told.iter().filter(|t| !t.contains(": missing-field: ")).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert_eq!(bundle.unwrap().items(library.kinds.len()) as usize, kinds);
    assert!(told.len() > 50, "what is needed is asked for: {}", told.len());
}

#[test]
fn every_requirement_and_fact_is_explained_somewhere() {
    let library = built_in();
    let new = scaffold::start(library, TermId(0));
    let all: String = new.files.iter().map(|(_, text)| text.as_str()).collect();
    for requirement in library.requirements.iter().filter(|r| r.applies.all || r.applies.kinds.contains(&TermId(0))) {
        let named =
            all.contains(&format!("({})", requirement.name)) || all.contains(&format!("requirement: {},", requirement.name));
        let reads_much = all.contains(" more: abide explain ");
        assert!(named || reads_much, "{}", requirement.name);
    }
    assert!(all.contains("    pass-holders:\n") && all.contains("Regulation (EU) 2015/1998, 11.2.6.1"));
}

#[test]
fn init_overwrites_nothing() {
    let scratch = Scratch::new("init");
    let folder = scratch.path().join("new");
    let path = folder.to_str().unwrap();
    let output = abide(["init", "airport", path]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let check = abide(["check", path, "--as-of", "2026-11-23", "--summary"]);
    assert!([Some(1), Some(3)].contains(&check.status.code()), "{}", stderr(&check));
    assert!(stderr(&check).is_empty(), "{}", stderr(&check));
    let files = || {
        crate::support::files_below(&folder, "").into_iter().map(|f| (f.clone(), std::fs::read(f).unwrap())).collect::<Vec<_>>()
    };
    let before = files();
    let again = abide(["init", "airport", path]);
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("nothing of it is overwritten"), "{}", stderr(&again));
    assert_eq!(before, files());
    // One file of somebody's is enough, and then nothing is written.
    let other = scratch.write("other/people.yaml", "# mine\n");
    let folder = other.parent().unwrap();
    let refused = abide(["init", "airport", folder.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("people.yaml` is there already"), "{}", stderr(&refused));
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 1);
    let unknown = abide(["init", "airprt", path]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("did you mean `airport`?"), "{}", stderr(&unknown));
}

/// Lists as people write them; each with one item of the kind.
const LISTS: [&str; 8] = [
    "abide: 1\nentity: { id: E, kind: airport }\nevidence:\n  # the first\n  - id: a\n    kind: audit\n    title: One  # said so\n# the end\n",
    "abide: 1\nentity: { id: E, kind: airport }\nevidence:\n- id: a\n  kind: audit\n  title: |\n    One\n    two\n\n# the end\nnil-returns:\n",
    "evidence:\n    -   id: a\n        kind: audit\n        findings: [\n          x,\n        ]\nabide: 1\nentity: { id: E, kind: airport }",
    "abide: 1\r\nentity: { id: E, kind: airport }\r\nevidence:\r\n  - { id: a, kind: audit }\r\n",
    "abide: 1\nentity: { id: E, kind: airport }\nevidence:   # nothing yet\n# - id: a\npeople:\n",
    "abide: 1\nentity: { id: E, kind: airport }\nevidence:\n  - { id: a, kind: audit,\n      title: \"a # b\" } # c\n\n\n",
    "abide: 1\nentity: { id: E, kind: airport }\nevidence:",
    "abide: 1\nentity: { id: E, kind: airport }\nevidence:\n  - id: a\n    kind: audit\n    title: >-\n      folded\n      text\n\n    area:\nassessment-date: 2026-11-23\n",
];

#[test]
fn add_keeps_every_byte_and_adds_one_item() {
    let library = built_in();
    for text in LISTS {
        let scratch = Scratch::new("add");
        let path = scratch.write("bundle.yaml", text);
        let folder = scratch.path().to_str().unwrap();
        for n in 1..=2 {
            let before = std::fs::read_to_string(&path).unwrap();
            let output = abide(["add", "audit", "--into", folder]);
            assert_eq!(output.status.code(), Some(0), "{text}\n{}", stderr(&output));
            assert!(stdout(&output).starts_with(&format!("audit-{n} added: ")), "{}", stdout(&output));
            let after = std::fs::read_to_string(&path).unwrap();
            // The old text is there, whole, with the new one somewhere in it.
            let head = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
            let tail = before.len() - head;
            assert!(
                after.len() > before.len() && after.as_bytes().ends_with(&before.as_bytes()[head..]),
                "{text}\n---\n{after}\n{tail}"
            );
            let (bundle, told) = read(&[("bundle.yaml".to_owned(), after.clone())]);
            let bundle = bundle.unwrap_or_else(|| panic!("{told:?}\n{after}"));
            let items = n + u32::from(
                text.contains("- id: a\n    kind")
                    || text.contains("id: a, kind")
                    || text.contains("id: a\n  kind")
                    || text.contains("id: a\n        kind"),
            );
            assert_eq!(bundle.items(library.kinds.len()), items, "{after}");
            assert_eq!(text.contains("\r\n"), after.lines().count() > 0 && after.contains("\r\n"));
        }
    }
}

#[test]
fn what_is_added_stays_in_one_piece() {
    let library = built_in();
    let scratch = Scratch::new("add-whole");
    scratch.write("bundle.yaml", "abide: 1\nentity: { id: E, kind: airport }\n");
    let folder = scratch.path().to_str().unwrap();
    for _ in 1..=3 {
        let output = abide(["add", "training-record", "--into", folder]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    let kind = library.names.kinds["training-record"];
    let items: String = (1..=3).map(|n| scaffold::item(library, kind, &format!("training-record-{n}"), 2, true)).collect();
    let written = std::fs::read_to_string(scratch.path().join("training-record.yaml")).unwrap();
    assert_eq!(written, format!("evidence:\n{items}"));
}

#[test]
fn a_folder_above_a_bundle_is_not_taken_for_it() {
    let scratch = Scratch::new("above");
    scratch.write("egnf/bundle.yaml", "abide: 1\nentity: { id: E, name: N, kind: airport }\n");
    let run = |arguments: &[&str]| {
        let output = crate::support::command(arguments).current_dir(scratch.path()).output().unwrap();
        (output.status.code(), stdout(&output) + &stderr(&output))
    };
    for arguments in [&["add", "risk"][..], &["init", "airport"]] {
        let (code, said) = run(arguments);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("the bundle is in `egnf`"), "{said}");
    }
    assert_eq!(std::fs::read_dir(scratch.path()).unwrap().count(), 1);
    assert_eq!(std::fs::read_dir(scratch.path().join("egnf")).unwrap().count(), 1);
    let (code, said) = run(&[]);
    assert_eq!(code, Some(2));
    assert!(said.contains("a bundle in `egnf`") && said.contains("abide check egnf"), "{said}");
    let (code, said) = run(&["check"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("this folder holds no bundle") && said.contains("such as `egnf`"), "{said}");
    scratch.write("egss/bundle.yaml", "abide: 1\nentity: { id: F, name: M, kind: airport }\n");
    let (_, said) = run(&[]);
    assert!(said.contains("2 bundles") && said.contains("abide portfolio ."), "{said}");
    assert!(run(&["add", "risk"]).1.contains("2 bundles are below it"));
    // A file is no folder.
    scratch.write("staff.csv", "a,b\n");
    let (code, said) = run(&["init", "airport", "staff.csv"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("`staff.csv` is a file: name a folder"), "{said}");
}

#[test]
fn in_the_folder_of_a_bundle_its_name_may_be_left_out() {
    let scratch = Scratch::new("here");
    scratch.write("bundle.yaml", "abide: 1\nentity: { id: E, name: N, kind: airport }\nassessment-date: 2026-11-23\n");
    for arguments in
        [&["check"][..], &["plan"], &["next"], &["forecast", "--until", "2026-11-30"], &["export", "--output", "list.xlsx"]]
    {
        let output = crate::support::command(arguments).current_dir(scratch.path()).output().unwrap();
        assert!([Some(0), Some(1), Some(3)].contains(&output.status.code()), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn add_makes_a_file_where_there_is_no_place_for_it() {
    let scratch = Scratch::new("add-file");
    let flow = "abide: 1\nentity: { id: E, kind: airport }\nevidence: [{ id: a, kind: audit }]\n";
    scratch.write("bundle.yaml", flow);
    let folder = scratch.path().to_str().unwrap();
    let run = |more: &[&str]| {
        let output = abide(["add"].iter().chain(more).chain(&["--into", folder]));
        (output.status.code(), stdout(&output) + &stderr(&output))
    };
    assert_eq!(run(&["audit"]).0, Some(0));
    assert_eq!(run(&["audit"]).0, Some(0));
    assert_eq!(run(&["person", "--id", "0042"]).0, Some(0));
    assert_eq!(run(&["person", "--id", "yes"]).0, Some(0));
    assert_eq!(std::fs::read_to_string(scratch.path().join("bundle.yaml")).unwrap(), flow);
    let audits = std::fs::read_to_string(scratch.path().join("audit.yaml")).unwrap();
    assert!(audits.contains("- id: audit-1 ") && audits.contains("- id: audit-2 "), "{audits}");
    let people = std::fs::read_to_string(scratch.path().join("people.yaml")).unwrap();
    assert!(people.starts_with("people:\n  - id: \"0042\"") && people.contains("- id: \"yes\""), "{people}");
    let (code, said) = run(&["person", "--id", "a"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("an item has the id `a` already"), "{said}");
    assert!(run(&["audti"]).1.contains("did you mean `audit`?"));
    // A bundle that is one file has no room for another.
    let one = scratch.path().join("bundle.yaml");
    let output = abide(["add", "audit", "--into", one.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2), "{}", stdout(&output));
}

#[test]
fn every_kind_can_be_added_to_a_new_bundle() {
    let library = built_in();
    let new = scaffold::start(library, TermId(0));
    let mut files = new.files.clone();
    let mut ids = BTreeSet::new();
    let (bundle, _) = read(&files);
    let bundle = bundle.unwrap();
    for kind in (0u32..).map(KindId).take(library.kinds.len()) {
        let name = &library.kind(kind).name;
        let key = if kind == library.person { "people" } else { "evidence" };
        let Some((path, text)) = files
            .iter_mut()
            .find(|(path, _)| path.ends_with(&format!("/{name}.yaml")) || (key == "people" && path == "people.yaml"))
        else {
            continue;
        };
        let tree = bundle.trees.iter().find(|t| bundle.sources.get(FileId(t.file)).unwrap().name() == path).unwrap();
        let id = format!("{name}-x");
        let new =
            scaffold::insert(text, tree, key, |indent| scaffold::item(library, kind, &id, indent, key == "evidence")).unwrap();
        let first = format!("{key}:\n  - id: {id}");
        assert!(new.contains(&first), "{new}");
        *text = new;
        ids.insert(id);
    }
    let (bundle, told) = read(&files);
    let errors: Vec<_> = told.iter().filter(|t| !t.contains(": missing-field: ")).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let bundle = bundle.unwrap();
    assert_eq!(bundle.items(library.kinds.len()) as usize, ids.len());
    let records = built_in().names.kinds["training-record"];
    assert_eq!(bundle.rows(TableId(records.0)).len, 1);
    let asked = told.iter().filter(|t| t.contains("training-record") && t.contains("missing-field")).count();
    assert!(asked >= 3, "a visible blank is told: {told:#?}");
}
