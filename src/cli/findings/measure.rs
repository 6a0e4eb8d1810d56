//! `abide findings measure`: how often `link` is right, on findings somebody labelled beforehand.

use std::path::PathBuf;

use super::Common;
use crate::cli::Exit;
use crate::cli::session::{Failure, Session};
use crate::evidence::Limits;
use crate::findings::link::measure;
use crate::host::DiskFolder;
use crate::report::findings::measured;
use crate::syntax::Tests;

/// Say how often `findings link` is right, on findings that were labelled beforehand.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The labelled findings: a file, or a folder of files
    path: PathBuf,
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(args: &Args, session: &mut Session) -> Result<Exit, Failure> {
    session.form = args.common.form();
    let library = session.library(&args.common.rules.choice(), Tests::Skip)?;
    let limits = Limits::default();
    let folder = DiskFolder::open(&args.path, limits.file_bytes)?;
    let found = measure::measure(&library, &folder, &limits).map_err(|(told, sources)| Failure::Diagnostics(told, sources))?;
    let style = args.common.style(session);
    args.common.deliver(&measured(&library, &found, style, args.common.format), session)?;
    Ok(Exit::Good)
}
