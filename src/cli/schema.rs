//! `abide schema`: the JSON Schema of a bundle, or of a register of findings.

use std::path::PathBuf;

use super::Exit;
use super::session::{Failure, Rules, Session};
use crate::evidence;
use crate::findings;
use crate::syntax::Tests;

/// Write the JSON Schema of a bundle, made from the evidence kinds. Editors use it to complete and to check.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  abide schema --output bundle.schema.json")]
pub(super) struct Args {
    /// The schema of a register of findings
    #[arg(long)]
    findings: bool,
    #[command(flatten)]
    rules: Rules,
    /// Write to this file, whole or not at all
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(args: &Args, session: &mut Session) -> Result<Exit, Failure> {
    let library = session.library(&args.rules.choice(), Tests::Skip)?;
    let schema = if args.findings { findings::schema(&library) } else { evidence::schema(&library) };
    let text = format!("{schema:#}\n");
    session.deliver(text.as_bytes(), args.output.as_deref())?;
    Ok(Exit::Good)
}
