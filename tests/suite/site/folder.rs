//! The folder that `abide doc` writes: whole or not at all, and never at the cost of somebody's file.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Output;

use super::RULES;
use crate::support::{Scratch, abide, stderr, stdout};

fn doc(scratch: &Scratch, folder: &str) -> Output {
    let path = |name: &str| scratch.path().join(name).into_os_string();
    abide(["doc".into(), "--output".into(), path(folder), "--library".into(), path("rules.abide")])
}

fn scratch(name: &str) -> Scratch {
    let scratch = Scratch::new(name);
    scratch.write("rules.abide", RULES);
    scratch
}

fn names(folder: &Path) -> BTreeSet<String> {
    std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn pages_replace_pages_and_leave_nothing_behind() {
    let scratch = scratch("doc-again");
    let output = doc(&scratch, "site");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("index.html"), "{}", stdout(&output));
    let before = names(&scratch.path().join("site"));
    assert!(before.contains("evidence-record.html"));
    let index = std::fs::read(scratch.path().join("site/index.html")).unwrap();

    assert_eq!(doc(&scratch, "site").status.code(), Some(0));
    assert_eq!(names(&scratch.path().join("site")), before);
    assert_eq!(std::fs::read(scratch.path().join("site/index.html")).unwrap(), index);

    scratch.write("rules.abide", RULES.replace("record", "paper"));
    assert_eq!(doc(&scratch, "site").status.code(), Some(0));
    let after = names(&scratch.path().join("site"));
    assert!(after.contains("evidence-paper.html") && !after.contains("evidence-record.html"), "{after:?}");
    assert_eq!(names(scratch.path()), ["rules.abide", "site"].map(str::to_owned).into());
}

#[test]
fn a_folder_with_anything_else_is_left_alone() {
    for (name, file) in [("doc-foreign", "notes.txt"), ("doc-list", "pages.txt"), ("doc-nested", "index.html/notes.txt")] {
        let scratch = scratch(name);
        scratch.write(&format!("site/{file}"), "mine");
        let before = names(&scratch.path().join("site"));
        let output = doc(&scratch, "site");
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(stderr(&output).contains("foreign-files"), "{}", stderr(&output));
        assert_eq!(names(&scratch.path().join("site")), before);
        assert_eq!(names(scratch.path()).len(), 2, "something was left behind");
    }
    let scratch = scratch("doc-added");
    assert_eq!(doc(&scratch, "site").status.code(), Some(0));
    scratch.write("site/notes.txt", "mine");
    assert_eq!(doc(&scratch, "site").status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(scratch.path().join("site/notes.txt")).unwrap(), "mine");
}

#[test]
fn what_cannot_be_written_is_told() {
    let scratch = scratch("doc-nowhere");
    scratch.write("file", "mine");
    for folder in ["none/site", "file"] {
        let output = doc(&scratch, folder);
        assert_eq!(output.status.code(), Some(2), "{folder}");
        assert!(stderr(&output).contains("unwritable-output"), "{folder}: {}", stderr(&output));
    }
    scratch.write("rules.abide", "component education { number }");
    assert_eq!(doc(&scratch, "site").status.code(), Some(2));
    assert_eq!(names(scratch.path()), ["file", "rules.abide"].map(str::to_owned).into());
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_stays_a_link() {
    let scratch = scratch("doc-link");
    std::fs::create_dir(scratch.path().join("real")).unwrap();
    std::os::unix::fs::symlink("real", scratch.path().join("site")).unwrap();
    assert_eq!(doc(&scratch, "site").status.code(), Some(0));
    assert!(scratch.path().join("site").is_symlink());
    assert!(scratch.path().join("real/index.html").is_file());
}
