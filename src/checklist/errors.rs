//! What is said about a checklist that somebody filled in. A cell has no text to point at, so messages begin with its address.

use crate::base::nearest;
use crate::diagnostics::render::clean;
use crate::diagnostics::{Diagnostic, catalog::checklist as code};
use crate::evidence::Claim;

/// Somebody's words as they stand in a message.
fn shown(text: &str) -> String {
    let mut shown: String = clean::line(text).chars().take(60).collect();
    if text.chars().nth(60).is_some() {
        shown.push('…');
    }
    shown
}

pub(super) fn no_marker() -> Diagnostic {
    Diagnostic::nowhere(code::CHECKLIST, "this workbook is no checklist that `abide export` wrote")
        .note("a checklist has a hidden sheet `abide`, by which it is known again; some programs leave it out when they save a copy")
        .help("fill in a workbook of `abide export BUNDLE --format xlsx`, and save it as XLSX")
}

pub(super) fn version(version: &str) -> Diagnostic {
    Diagnostic::nowhere(
        code::CHECKLIST,
        format!("this checklist has form `{}`, and form 1 is the one that is known", shown(version)),
    )
    .help("take it back with the program that wrote it, or copy what was filled in to a new export")
}

pub(super) fn other_entity(of: &str, own: &str) -> Diagnostic {
    Diagnostic::nowhere(
        code::CHECKLIST,
        format!("this checklist is about `{}`, and the bundle about `{}`", shown(of), shown(own)),
    )
    .help("name the bundle that the checklist was written from")
}

pub(super) fn for_audience(audience: &str) -> Diagnostic {
    Diagnostic::nowhere(code::CHECKLIST, format!("this checklist was written for somebody else: {}", shown(audience)))
        .note("what was withheld from them is blank in it, and would be lost")
        .help("fill in one that was exported without `--audience`")
}

pub(super) fn no_sheet(name: &str) -> Diagnostic {
    Diagnostic::nowhere(code::CHECKLIST, format!("this workbook has no sheet `{name}`"))
        .help("give the sheet its name back, or copy what was filled in to a new export")
}

pub(super) fn no_column(sheet: &str, head: &str) -> Diagnostic {
    Diagnostic::nowhere(code::CHECKLIST, format!("the sheet `{}` has no column `{head}`", shown(sheet)))
        .note("columns are known by their heads, wherever they stand; what is in the others cannot be told apart without it")
        .help("give the column its head back, in the row where the other heads are")
}

pub(super) fn column_twice(at: &str, head: &str, first: &str) -> Diagnostic {
    Diagnostic::nowhere(code::CHECKLIST, format!("`{at}`: a second column is called `{head}`; the first is `{first}`"))
        .help("give one of them another head")
}

pub(super) fn no_id(at: &str) -> Diagnostic {
    Diagnostic::nowhere(code::CHECKLIST_ROW, format!("`{at}`: this row does not say which requirement it is about"))
        .note("the column `Requirement id` (hidden) is blank there, as in a row that somebody added")
        .help("move what it says into the row of its requirement, or delete the row")
}

pub(super) fn unknown_id(at: &str, id: &str, near: Option<&str>) -> Diagnostic {
    let found = Diagnostic::nowhere(code::CHECKLIST_ROW, format!("`{at}`: `{}` is no requirement of these rules", shown(id)));
    match near {
        Some(near) => found.did_you_mean(Some(near)),
        None => found.help("delete the row; or use the rules that the checklist was written with"),
    }
}

pub(super) fn second_row(at: &str, id: &str, first: &str) -> Diagnostic {
    Diagnostic::nowhere(code::CHECKLIST_ROW, format!("`{at}`: `{}` has a row already, at `{first}`", shown(id)))
        .help("put both into one row, and delete the other")
}

pub(super) fn torn(at: &str, title: &str, id: &str) -> Diagnostic {
    Diagnostic::nowhere(
        code::CHECKLIST_ROW,
        format!("`{at}`: the row is called \"{}\", and its id is that of another requirement, `{}`", shown(title), shown(id)),
    )
    .note("that happens when some columns are sorted without the others; what was filled in may stand in the wrong rows")
    .help("undo the sorting, show the hidden columns, and sort all of them together")
}

pub(super) fn status(at: &str, written: &str) -> Diagnostic {
    let words = Claim::ALL.map(Claim::word);
    let listed: Vec<String> = words.iter().map(|w| format!("`{w}`")).collect();
    let found = Diagnostic::nowhere(
        code::CHECKLIST_CELL,
        format!("`{at}`: `{}` is no status: it is {}", shown(written), listed.join(", ")),
    );
    match nearest(&written.trim().to_lowercase(), words) {
        Some(near) => found.did_you_mean(Some(near)),
        None => found.help("choose one from the list of the cell, or leave it blank"),
    }
}

pub(super) fn no_value(at: &str, error: &str) -> Diagnostic {
    Diagnostic::nowhere(code::CHECKLIST_CELL, format!("`{at}`: the formula has no result: `{}`", shown(error)))
        .help("write the text itself, or leave the cell blank")
}

pub(super) fn too_long(at: &str, most: usize) -> Diagnostic {
    Diagnostic::nowhere(
        code::CHECKLIST_CELL,
        format!("`{at}`: the text is longer than {most} characters, more than a cell can hold"),
    )
    .help("put it into a paper of its own, and name that here")
}

pub(super) fn not_a_day(at: &str, written: &str, help: String) -> Diagnostic {
    Diagnostic::nowhere(code::CHECKLIST_DATE, format!("`{at}`: `{}` is not a day that can be told for sure", shown(written)))
        .note("it is kept as it is written, and no date is made of it")
        .help(help)
}

pub(super) fn other_rules() -> Diagnostic {
    Diagnostic::nowhere(code::CHECKLIST_CHANGED, "the rules have changed since the checklist was written")
        .note("what was filled in is taken; what the checklist says was found may be out of date")
        .help("export a new one when this one is done with")
}

pub(super) fn other_evidence(date: &str) -> Diagnostic {
    Diagnostic::nowhere(code::CHECKLIST_CHANGED, "the evidence has changed since the checklist was written")
        .note(format!(
            "what was filled in is taken; what the checklist says was found is of {}, from the evidence of then",
            shown(date)
        ))
        .help("export a new one when this one is done with")
}

pub(super) fn rows_gone(names: &[&str]) -> Diagnostic {
    let listed: Vec<String> = names.iter().take(6).map(|n| format!("`{}`", shown(n))).collect();
    let more = names.len().saturating_sub(6);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let message = match names.len() {
        1 => format!("the checklist has no row any more for {}", listed.join(", ")),
        n => format!("the checklist has no rows any more for {n} requirements: {}{more}", listed.join(", ")),
    };
    Diagnostic::nowhere(code::CHECKLIST_ROW_GONE, message)
        .note("what was said of them before is kept")
        .help("to take something back, blank its cells instead of deleting its row")
}

pub(super) fn contradicted(at: &str, name: &str, claim: Claim, why: &str) -> Diagnostic {
    Diagnostic::nowhere(code::CLAIM_CONTRADICTED, format!("`{at}`: `{}` is said of `{}`, and {why}", claim.word(), shown(name)))
        .note("it is kept as your own word, shown beside the verdict, and changes nothing about it")
        .help(format!("see `abide why BUNDLE {}`; file the evidence that is missing, or correct the status", shown(name)))
}
