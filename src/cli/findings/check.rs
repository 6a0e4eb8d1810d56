//! `abide findings check`: what is missing from each record, and what contradicts something else in it.

use std::path::PathBuf;

use super::Common;
use crate::cli::Exit;
use crate::cli::session::{Failure, Session};
use crate::diagnostics::{Diagnostic, Severity};
use crate::report::findings::check;

const AFTER_HELP: &str = "\
Exit codes: 0 nothing is missing or contradictory, 1 something is, 2 the register could not be read, 3 only warnings: a person must look

Examples:
  abide findings check findings/                     a register
  abide findings check egnf                          what stands beside a bundle
  abide findings check findings/ --format concise    a line each, for grep";

/// Say what is missing from each record, and what contradicts something else in it.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The register: a folder or file, or the bundle that it stands beside
    #[arg(default_value = ".")]
    path: PathBuf,
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(args: &Args, session: &mut Session) -> Result<Exit, Failure> {
    let opened = super::open(&args.path, &args.common, session)?;
    let broken = opened.read.is_broken();
    if broken && opened.read.register.findings.is_empty() && opened.withheld == 0 {
        return Err(Failure::Diagnostics(opened.read.diagnostics, opened.read.register.sources));
    }
    let mut told = opened.read.diagnostics.clone();
    told.extend(opened.told());
    let place = |d: &Diagnostic| d.at.as_ref().map(|l| l.span);
    told.sort_by_key(place);
    let style = args.common.style(session);
    args.common.deliver(&check(&opened.about(style), &told, args.common.format), session)?;
    Ok(match (broken, told.iter().any(|d| d.severity() == Severity::Error), told.is_empty()) {
        (true, ..) => Exit::Unable,
        (false, true, _) => Exit::Bad,
        (false, false, false) => Exit::Open,
        // What is withheld was not checked for this audience.
        (false, false, true) if opened.withheld > 0 => Exit::Open,
        (false, false, true) => Exit::Good,
    })
}
