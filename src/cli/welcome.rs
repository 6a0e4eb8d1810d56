//! `abide` without a verb: says what this folder holds, and what to do next. Nothing was asked for, so it never ends as a check that found all well.

use std::path::Path;

use clap::CommandFactory;

use super::session::{self, Failure, Form, Session};
use super::{Cli, Exit};
use crate::assess::{self, Tally, Verdict};
use crate::diagnostics::render::clean;
use crate::diagnostics::render::paint::{Tone, paragraph};
use crate::host::library::{Choice, entries};
use crate::host::portfolio::{REGISTER, register};
use crate::policy::Policies;
use crate::syntax::Tests;

pub(super) fn run(help: &str, session: &mut Session) -> Result<Exit, Failure> {
    let here = Path::new(".");
    let said = if session::holds_bundle(here) {
        bundle(here, session)?
    } else {
        let entries = entries(here);
        let sheets: Vec<&str> = entries.iter().map(String::as_str).filter(|name| session::is_sheet(name)).collect();
        let below = session::bundles_below(here);
        match sheets.as_slice() {
            _ if !below.is_empty() => bundles(&below),
            _ if is_portfolio(here, &entries) => {
                "This folder holds bundles further below. To see where risk is across them:\n\n  abide portfolio .\n".to_owned()
            }
            [first, ..] if knows("import") => spreadsheets(&sheets, first),
            [] if entries.is_empty() && knows("init") => {
                "This folder is empty. To begin a bundle here, for an airport:\n\n  abide init airport\n".to_owned()
            }
            _ => format!("{help}\n"),
        }
    };
    session.print(&said)?;
    if said.starts_with("This") {
        session.print("\n`abide --help` lists everything else.\n")?;
    }
    Ok(Exit::Unable)
}

/// Whether there is such a verb.
fn knows(verb: &str) -> bool {
    Cli::command().find_subcommand(verb).is_some()
}

/// Whether bundles stand in folders of folders, or in folders beside a register of findings.
fn is_portfolio(here: &Path, entries: &[String]) -> bool {
    let beside = |name: &&String| *name != REGISTER && here.join(name).is_dir();
    let below = |name: &String| !session::bundles_below(&here.join(name)).is_empty();
    entries.iter().any(below) || (register(here).is_some() && entries.iter().any(|name| beside(&name)))
}

/// Whoever stands above bundles means one of them, or all.
fn bundles(below: &[String]) -> String {
    match below {
        [one] => format!(
            "This folder holds a bundle in `{}`. To see how it stands:\n\n  abide check {}\n",
            clean::line(one),
            quoted(one)
        ),
        many => format!("This folder holds {} bundles. To see where risk is across them:\n\n  abide portfolio .\n", many.len()),
    }
}

fn spreadsheets(all: &[&str], first: &str) -> String {
    let many = if all.len() == 1 { "a spreadsheet".to_owned() } else { format!("{} spreadsheets", all.len()) };
    format!(
        "This folder holds {many} and no bundle. To see what the first would be taken for:\n\n  abide import {} --show\n",
        quoted(first)
    )
}

/// A name as a shell takes it.
fn quoted(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let clean: String = name.chars().filter(|c| !c.is_control()).collect();
    if plain { clean } else { format!("'{}'", clean.replace('\'', "'\\''")) }
}

/// How the bundle stands, checked as `abide check .` would, and the next step.
fn bundle(here: &Path, session: &mut Session) -> Result<String, Failure> {
    let library = session.library(&Choice::default(), Tests::Skip)?;
    // Warnings stand in the report that the next step asks for.
    session.form = Form::Silent;
    let Ok(bundle) = session.bundle(&library, here, None, None) else {
        return Ok(
            "This folder holds a bundle that cannot be read as it is. To see what is wrong, and where:\n\n  abide check .\n"
                .to_owned(),
        );
    };
    let date = session::assessment_date(None, &bundle)?;
    let assessment = assess::assess(&library, &bundle, date, &Policies::embedded());
    let [not_met, not_confirmed, judgement, _, met, not_applicable] = Tally::of(&assessment.outcomes).verdicts;
    let name: String = bundle.entity.name.chars().filter(|c| !c.is_control()).collect();
    let items = bundle.items(library.kinds.len());
    let mut said = format!("This folder holds a bundle: {name}, {items} items of evidence.\n");
    let counts = format!(
        "On {}: {not_met} not met, {not_confirmed} not confirmed, {judgement} awaiting a judgement, {met} met, {not_applicable} not applicable.",
        date.long()
    );
    paragraph(&mut said, session.style().look(), 0, (Tone::Plain, ""), &counts);
    said.push('\n');
    let mut step = |command: String, what: &str| said.push_str(&format!("  {command:<44} {what}\n"));
    step("abide check .".to_owned(), "every gap, with what closes it");
    if let Some(gap) = assessment.gaps(&library).first() {
        let name = &library.requirement(gap.requirement).name;
        let what = if matches!(gap.verdict, Verdict::NotMet(_)) { "why the gravest gap is one" } else { "what is open, and why" };
        step(format!("abide why . {name}"), what);
    }
    let ahead = date.plus(crate::base::Period::new(3, crate::base::Unit::Months)).unwrap_or(date);
    step(format!("abide forecast . --until {ahead}"), "what lapses until then");
    if knows("plan") {
        step("abide plan .".to_owned(), "the least work that closes the gaps");
    }
    Ok(said)
}
