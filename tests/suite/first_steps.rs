//! What helps before anybody knows a verb: the next step in a folder, names that a shell completes, and silence where nobody watches.

use std::process::Command;

use crate::support::{Scratch, abide, command, stderr, stdout};

fn lines(arguments: &[&str]) -> Vec<String> {
    let output = abide(arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output).lines().map(str::to_owned).collect()
}

#[test]
fn names_that_begin_so_are_printed_for_shells() {
    assert_eq!(lines(&["complete-ids", "requirement", "awareness-t"]), ["awareness-training"]);
    let provisions = lines(&["complete-ids", "only", "uk-2015-1998#11.2.6"]);
    assert!(provisions.contains(&"uk-2015-1998#11.2.6.1".to_owned()), "{provisions:?}");
    assert!(provisions.iter().all(|p| p.starts_with("uk-2015-1998#11.2.6")));
    for (what, there) in [("any", true), ("only", false), ("requirement", false)] {
        assert_eq!(lines(&["complete-ids", what, "training-rec"]).contains(&"training-record".to_owned()), there, "{what}");
    }
    assert!(lines(&["complete-ids", "any", "dangling-"]).contains(&"dangling-reference".to_owned()), "codes too");
    assert!(lines(&["complete-ids", "any", "no-such-thing"]).is_empty());
    assert!(lines(&["complete-ids", "kind", "training-"]).contains(&"training-record".to_owned()));
    assert!(lines(&["complete-ids", "kind", "awareness-t"]).is_empty(), "no requirement is a kind");
    assert_eq!(lines(&["complete-ids", "entity", "airp"]), ["airport"]);
    assert!(lines(&["complete-ids", "requirement"]).len() > 100, "without a beginning, all of them");
    // It is for shells: nobody is told of it.
    assert!(!stdout(&abide(["--help"])).contains("complete-ids"));
    // Rules that cannot be read complete nothing, and disturb nobody's prompt.
    let broken = abide(["complete-ids", "any", "x", "--library", "no/such/rules"]);
    assert_eq!((stdout(&broken), stderr(&broken)), (String::new(), String::new()));
}

#[test]
fn the_script_for_bash_completes_names_where_names_go() {
    let script = stdout(&abide(["completions", "bash"]));
    let scratch = Scratch::new("completions");
    let script = scratch.write("abide.bash", script);
    let complete = |words: &[&str]| {
        let abide = env!("CARGO_BIN_EXE_abide");
        let (last, before) = (words.len(), words.last().unwrap_or(&""));
        let words = words.iter().map(|w| format!("'{w}'")).collect::<Vec<_>>().join(" ");
        let ask = format!(
            "source '{}'; COMP_WORDS=('{abide}' {words}); COMP_CWORD={last}; _abide_names '{abide}' '{before}' ''; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            script.display()
        );
        let output = Command::new("bash").args(["--norc", "-c", &ask]).output().ok()?;
        Some(stdout(&output).lines().map(str::to_owned).collect::<Vec<_>>())
    };
    // Where there is no bash, nobody uses its script.
    let Some(found) = complete(&["why", "some-bundle", "awareness-t"]) else { return };
    assert_eq!(found, ["awareness-training"]);
    let of = |words: &[&str]| complete(words).unwrap_or_default();
    assert_eq!(of(&["check", ".", "--only", "awareness-t"]), ["awareness-training"]);
    assert!(of(&["explain", "training-rec"]).contains(&"training-record".to_owned()));
    assert!(of(&["trace", "management-c"]).contains(&"management-commitment".to_owned()));
    assert!(of(&["add", "training-rec"]).contains(&"training-record".to_owned()));
    assert_eq!(of(&["init", "airp"]), ["airport"]);
    assert!(of(&["import", "staff.csv", "--kind", "background-c"]).contains(&"background-check".to_owned()));
    assert_eq!(of(&["chec"]), ["check"], "verbs as before");
    assert!(of(&["check", ".", "--audi"]).contains(&"--audience".to_owned()), "options as before");
    // A bundle may come first, or none where one stands in its folder.
    assert_eq!(of(&["why", "awareness-t"]), ["awareness-training"]);
    assert_eq!(of(&["why", "example"]), ["examples"]);
}

fn in_folder(scratch: &Scratch) -> (Option<i32>, String) {
    let output = command([""; 0]).current_dir(scratch.path()).output().unwrap();
    (output.status.code(), stdout(&output) + &stderr(&output))
}

#[test]
fn without_a_verb_the_next_step_is_told_and_nothing_is_green() {
    let scratch = Scratch::new("welcome");
    let (code, said) = in_folder(&scratch);
    assert_eq!(code, Some(2), "{said}");
    let known = |verb: &str| stdout(&abide(["--help"])).contains(&format!("\n  {verb} "));
    assert_eq!(said.contains("abide init airport"), known("init"), "{said}");
    scratch.write("Training log.xlsx", "");
    let (code, said) = in_folder(&scratch);
    assert_eq!(code, Some(2));
    assert_eq!(said.contains("abide import 'Training log.xlsx'"), known("import"), "{said}");
    scratch.write("bundle.yaml", "abide: 1\nentity: { id: E1, name: Small Field, kind: airport }\nassessment-date: 2026-11-23\n");
    let (code, said) = in_folder(&scratch);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("This folder holds a bundle: Small Field, 0 items") && said.contains("abide check ."), "{said}");
    assert!(said.contains(" not confirmed") && !said.contains("all met"), "{said}");
    let narrow = command(["--width", "60"]).current_dir(scratch.path()).output().unwrap();
    let said = stdout(&narrow);
    let counts = said.lines().skip_while(|l| !l.starts_with("On ")).take_while(|l| !l.is_empty());
    assert!(counts.clone().count() > 1 && counts.clone().all(|l| l.chars().count() <= 60), "{said}");
    scratch.write("bundle.yaml", "abide: 1\nentity: 7\n");
    let (code, said) = in_folder(&scratch);
    assert_eq!(code, Some(2));
    assert!(said.contains("cannot be read") && said.contains("abide check ."), "{said}");
}

#[test]
fn above_many_bundles_the_next_step_is_to_look_across_them() {
    let output = command([""; 0]).current_dir(crate::support::root().join("examples/register")).output().unwrap();
    let said = stdout(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("abide portfolio .") && !said.contains("abide import"), "{said}");
}
