//! `abide doc`: the rule library as pages for people.

use std::path::PathBuf;

use super::Exit;
use super::session::{self, Failure, OwnPolicies, Rules, Session};
use crate::base::Date;
use crate::host::{errors, library::shown, pages};
use crate::report::site;
use crate::syntax::Tests;

const AFTER_HELP: &str = "\
Examples:
  abide doc --output site                          pages of the built-in rules
  abide doc --output site --as-of 2026-11-23       what is in force on that day is marked
  abide doc --output site --library rules --extend pages of your own rules too";

/// Write the rule library as web pages: instruments, components, requirements, evidence, strategy.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The folder to write: empty, not there yet, or pages of an earlier run
    #[arg(long, short, value_name = "DIR")]
    output: PathBuf,
    /// Mark what is in force on this day (default: nothing is marked)
    #[arg(long, value_name = "DATE", value_parser = session::date)]
    as_of: Option<Date>,
    #[command(flatten)]
    rules: Rules,
    #[command(flatten)]
    policies: OwnPolicies,
}

pub(super) fn run(args: &Args, session: &mut Session) -> Result<Exit, Failure> {
    let library = session.library(&args.rules.choice(), Tests::Skip)?;
    let policies = session.policies(&args.policies)?;
    let progress = session.progress("writing pages");
    let files = site::pages(&library, &policies.pages(), args.as_of);
    let folder = shown(&args.output);
    pages::replace(&args.output, files.iter().map(|f| (f.name.as_str(), f.text.as_str()))).map_err(|refusal| match refusal {
        pages::Refusal::Foreign(name) => errors::foreign_files(&folder, &name),
        pages::Refusal::Io(error) => errors::unwritable_output(&folder, &error.to_string()),
    })?;
    drop(progress);
    let pages = files.iter().filter(|f| f.name.ends_with(".html")).count();
    session.print(&format!("{pages} pages, beginning with {}\n", shown(&args.output.join("index.html"))))?;
    Ok(Exit::Good)
}
