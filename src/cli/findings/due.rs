//! `abide findings due`: what is overdue, which step of the ladder is next, what came back.

use std::path::PathBuf;

use super::Common;
use crate::base::Date;
use crate::cli::Exit;
use crate::cli::session::{Failure, Session};
use crate::diagnostics::Severity;
use crate::findings::due::{self, MONTHS};
use crate::report::findings::{Shape, due as report};

const AFTER_HELP: &str = "\
Exit codes: 0 nothing is late and nothing came back, 1 something is, 2 the register could not be read,
3 nothing is known to be, but something is withheld, was not confirmed, or the register has errors

Examples:
  abide findings due findings/ --as-of 2026-11-23
  abide findings due findings/ --months 36           look three years back for what returns";

/// Say what is overdue, which step of the ladder is next, and what came back.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The register: a folder or file, or the bundle that it stands beside
    #[arg(default_value = ".")]
    path: PathBuf,
    /// The day to look at (default: today)
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    as_of: Option<Date>,
    /// How many months back a matter counts as returning: a choice, not law
    #[arg(long, value_name = "N", default_value_t = MONTHS, value_parser = clap::value_parser!(u32).range(1..=240))]
    months: u32,
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(args: &Args, session: &mut Session) -> Result<Exit, Failure> {
    let opened = super::open_good(&args.path, &args.common, session)?;
    let on = super::day(args.as_of)?;
    let register = &opened.read.register;
    let mut due = due::due(&opened.library, register, on, args.months);
    due.errors = opened.told().iter().filter(|d| d.severity() == Severity::Error).count();
    let style = args.common.style(session);
    let about = opened.about(style);
    args.common.deliver(&report(&about, &due, on, args.months, args.common.format), session)?;
    // `concise` and `json` have them in the report.
    if matches!(args.common.format, Shape::Terminal | Shape::Narrated) {
        session.show(&due.diagnostics, &register.sources);
    }
    let known = opened.withheld == 0 && due.errors == 0 && due.unseen.is_empty();
    Ok(match (due.is_quiet(), known) {
        (false, _) => Exit::Bad,
        (true, true) => Exit::Good,
        (true, false) => Exit::Open,
    })
}
