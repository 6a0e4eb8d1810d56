//! `abide export`: the checklist as a workbook, and back into the bundle when somebody has filled it in.

use std::path::PathBuf;

use super::asked::Asked;
use super::session::{self, Failure, Session};
use super::{Exit, check, checklist};
use crate::assess;
use crate::base::Date;
use crate::disclose;
use crate::evidence;
use crate::host::library::shown;
use crate::report::{self, Context};

const AFTER_HELP: &str = "\
Examples:
  abide export . --format xlsx --output checklist.xlsx    a checklist to fill in
  abide export . --back checklist.xlsx                    what was filled in, into checklist.yaml of the bundle";

/// Write the checklist of a bundle as a workbook, or take a filled-in one back.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The bundle: a folder, or one file (default: the one in this folder)
    bundle: Option<PathBuf>,
    /// How the checklist is written: xlsx
    #[arg(long, value_name = "FORMAT", default_value = "xlsx", value_parser = ["xlsx"], conflicts_with = "back")]
    format: String,
    /// Write the checklist to this file, whole or not at all
    #[arg(long, short, value_name = "FILE", conflicts_with = "back")]
    output: Option<PathBuf>,
    /// Take back this checklist, which somebody filled in: what they wrote goes into checklist.yaml of the bundle. One made for an audience cannot
    /// be taken back
    #[arg(long, value_name = "FILE", conflicts_with = "audience")]
    back: Option<PathBuf>,
    #[command(flatten)]
    asked: Asked,
    /// Count only evidence received by this day
    #[arg(long, value_name = "DATE", value_parser = session::date)]
    known_at: Option<Date>,
}

pub(super) fn run(args: &Args, session: &mut Session) -> Result<Exit, Failure> {
    let (library, policies) = args.asked.rules_and_policies(session)?;
    let path = session::bundle_or_here(args.bundle.as_deref())?;
    let (bundle, date) = args.asked.bundle(session, &library, path, args.known_at)?;
    let mut assessment = assess::assess(&library, &bundle, date, &policies);
    assessment.known_at = args.known_at;
    if let Some(back) = &args.back {
        let sheets = checklist::open(&checklist::bytes(back)?, &shown(back))?;
        let filled = checklist::Filled { sheets: &sheets, folder: path };
        return checklist::take_back(session, &library, &bundle, &assessment, &filled);
    }
    let of = |audience| disclose::disclose(&library, &bundle, &assessment, &policies.disclosure(&library, &bundle, audience));
    let view = args.asked.audience.map(of);
    let fingerprint = evidence::fingerprint(&bundle, &library);
    let whole = Context {
        library: &library,
        bundle: &bundle,
        assessment: &assessment,
        fingerprint: Some(&fingerprint),
        withheld: None,
        style: session.file_style(),
    };
    let context = view.as_ref().map_or(whole, |view| whole.through(view));
    check::deliver_binary(session, &report::checklist(&context), "xlsx", args.output.as_deref())?;
    if let Some(path) = &args.output {
        let rows = context.assessment.outcomes.len();
        session.note(&format!("{}: {rows} requirements on {date}, ready to be filled in", shown(path)));
    }
    Ok(Exit::Good)
}
