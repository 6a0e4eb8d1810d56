//! Diagnostics about files and the command line: one constructor per code.

use crate::diagnostics::{Code, Diagnostic, catalog::host as code};
use crate::sheet::Undecodable;

pub(crate) fn no_rules(path: &str) -> Diagnostic {
    Diagnostic::nowhere(code::NO_RULES, format!("there are no rules in `{path}`")).help("rule files end in `.abide`")
}

pub(crate) fn no_policies(path: &str) -> Diagnostic {
    Diagnostic::nowhere(code::NO_POLICIES, format!("there are no policies in `{path}`")).help("files of policies end in `.cedar`")
}

pub(crate) fn unreadable_policies(path: &str, why: &str) -> Diagnostic {
    Diagnostic::nowhere(code::UNREADABLE_POLICIES, format!("the policies in `{path}` cannot be read: {why}"))
}

pub(crate) fn unreadable_rules(path: &str, why: &str) -> Diagnostic {
    Diagnostic::nowhere(code::UNREADABLE_RULES, format!("the rules in `{path}` cannot be read: {why}"))
}

pub(crate) fn bad_report(path: &str, why: &str) -> Diagnostic {
    Diagnostic::nowhere(code::BAD_REPORT, format!("`{path}` cannot be read as a report: {why}"))
        .help("a report is made with `abide check BUNDLE --format json --output FILE`")
}

/// `what` says what kinds of names would do.
pub(crate) fn unknown_id(name: &str, what: &str, near: Option<&str>) -> Diagnostic {
    let found = Diagnostic::nowhere(code::UNKNOWN_ID, format!("`{name}` is no {what} of this library"));
    if near.is_some() { found.did_you_mean(near) } else { found.help("`abide trace` lists what there is") }
}

pub(crate) fn unwritable_output(path: &str, why: &str) -> Diagnostic {
    Diagnostic::nowhere(code::UNWRITABLE_OUTPUT, format!("`{path}` cannot be written: {why}"))
        .note("nothing was written: a file that was there before is unchanged")
}

/// A file that is no text.
pub(crate) fn no_text(path: &str, problem: Undecodable) -> Diagnostic {
    let (why, help) = match problem {
        Undecodable::Nul(line) => {
            (format!("a NUL stands on line {line}"), "it is no CSV file, or UTF-16 without its mark: save it as `CSV UTF-8`")
        }
        Undecodable::Utf16 => {
            ("it begins as UTF-16 does, and is not".to_owned(), "it is cut short or damaged: save it as `CSV UTF-8`")
        }
        Undecodable::Unknown(line) => (
            format!("line {line} holds a byte that is a character in none of UTF-8, UTF-16 and Windows-1252"),
            "save it as `CSV UTF-8`",
        ),
    };
    Diagnostic::nowhere(code::NOT_UTF_8, format!("`{path}` is no text: {why}")).help(help)
}

/// Diagnostics about a bundle that are withheld from an audience.
pub(crate) fn withheld(code: Code, times: usize, audience: &str) -> Diagnostic {
    let times = if times == 1 { "once".to_owned() } else { format!("{times} times") };
    Diagnostic::nowhere(code, format!("{}: {times} in what was read", code.entry().summary))
        .note(format!("where, and about what, is withheld from {audience}"))
        .help("without `--audience`, each is shown with its place")
}

pub(crate) fn foreign_files(folder: &str, name: &str) -> Diagnostic {
    Diagnostic::nowhere(code::FOREIGN_FILES, format!("`{folder}` holds `{name}`, which `abide doc` did not write"))
        .note("nothing was written: pages are replaced as a whole, and a file of yours would be lost")
        .help("name a folder that is empty or not there yet")
}

pub(crate) fn unreadable_portfolio(path: &str, why: &str) -> Diagnostic {
    Diagnostic::nowhere(code::UNREADABLE_FILE, format!("`{path}` cannot be read: {why}"))
        .help("name the folder that holds the bundles: a folder or file for each")
}

pub(crate) fn no_bundles(path: &str) -> Diagnostic {
    Diagnostic::nowhere(code::NO_BUNDLES, format!("there are no bundles in `{path}`"))
        .help("a bundle is a folder with a `bundle.yaml` in it, or a YAML or JSON file")
}

pub(crate) fn unusable_results(folder: &str, why: &str) -> Diagnostic {
    Diagnostic::nowhere(code::UNWRITABLE_OUTPUT, format!("the folder of results `{folder}` cannot be used: {why}"))
        .note("what is finished stays in it, and the next run goes on from there")
}

pub(crate) fn foreign_results(folder: &str, name: &str) -> Diagnostic {
    Diagnostic::nowhere(code::FOREIGN_FILES, format!("`{folder}` holds `{name}`, which `abide portfolio` did not write"))
        .note("nothing was written: results are replaced, and a file of yours could be lost")
        .help("name a folder that is empty or not there yet")
}

pub(crate) fn line_too_long(size: u64, limit: u64) -> Diagnostic {
    Diagnostic::nowhere(code::UNUSABLE_LINE, format!("this line has {size} bytes; at most {limit} are read"))
        .note("the line was not read; those after it were")
        .help("give such a bundle to `abide check` as a file")
}

pub(crate) fn empty_line() -> Diagnostic {
    Diagnostic::nowhere(code::UNUSABLE_LINE, "this line is empty: there is no bundle to assess")
        .help("write each bundle as one JSON object on a line of its own")
}

pub(crate) fn unreadable_stream(why: &str) -> Diagnostic {
    Diagnostic::nowhere(code::UNUSABLE_LINE, format!("standard input cannot be read on: {why}"))
        .note("what comes after it was not assessed")
}

pub(crate) fn no_requirements() -> Diagnostic {
    Diagnostic::nowhere(code::NO_RULES, "the rules hold no requirement, so there is nothing to check")
        .help("name the folder that holds the requirements with `--library`, or add `--extend` to check the built-in ones too")
}

pub(crate) fn no_entity_kind(name: &str, near: Option<&str>) -> Diagnostic {
    let found = Diagnostic::nowhere(code::UNKNOWN_ID, format!("`{name}` is no kind of entity of this library"));
    if near.is_some() { found.did_you_mean(near) } else { found.help("`abide explain entity-kind` lists them") }
}

pub(crate) fn no_evidence_kind(name: &str, near: Option<&str>) -> Diagnostic {
    let found = Diagnostic::nowhere(code::UNKNOWN_ID, format!("`{name}` is no kind of evidence of this library"));
    if near.is_some() { found.did_you_mean(near) } else { found.help("`abide trace` lists them with what reads them") }
}
