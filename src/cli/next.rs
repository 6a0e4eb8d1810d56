//! `abide next`: which unknown facts would decide most.

use std::path::PathBuf;

use super::Exit;
use super::asked::Asked;
use super::check::{selected, singled_out};
use super::plan::{diagnostics, form};
use super::session::{self, Failure, Session};
use crate::assess;
use crate::disclose;
use crate::plan;
use crate::report::Context;
use crate::report::plan::{Form, Looked};

const AFTER_HELP: &str = "\
Examples:
  abide next .                              what to find out in the bundle in this folder
  abide next . --only resources             for one component, provision or requirement";

/// Say which unknown facts would decide most.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The bundle: a folder, or one file (default: the one in this folder)
    bundle: Option<PathBuf>,
    #[command(flatten)]
    asked: Asked,
    /// Only verdicts of this requirement, or of this component or provision; may be given again
    #[arg(long, value_name = "ID")]
    only: Vec<String>,
    /// How it is written: terminal, concise, markdown or json
    #[arg(long, value_name = "FORMAT", default_value = "terminal", value_parser = form)]
    format: Form,
    /// Write it to this file, whole or not at all
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(args: &Args, session: &mut Session) -> Result<Exit, Failure> {
    session.form = diagnostics(args.format);
    let (library, policies) = args.asked.rules_and_policies(session)?;
    let only = selected(&library, &args.only)?;
    let path = session::bundle_or_here(args.bundle.as_deref())?;
    let (bundle, date) = args.asked.bundle(session, &library, path, None)?;
    let assessment = assess::assess(&library, &bundle, date, &policies);
    let next = plan::next::next(&library, &bundle, date, &policies, only.as_ref());
    let style = if args.output.is_some() { session.file_style() } else { session.style() };
    let (bundle, assessment) = (&bundle, &assessment);
    let whole = Context { library: &library, bundle, assessment, fingerprint: None, withheld: None, style };
    let text = match args.asked.audience {
        None => args.format.next(&whole, &Looked { next: &next, withheld: 0 }),
        Some(audience) => {
            let disclosure = policies.disclosure(&library, bundle, audience);
            let mut view = disclose::disclose(&library, bundle, assessment, &disclosure);
            if let Some(only) = &only {
                view.narrow(&library, only).map_err(|count| singled_out(count, audience))?;
            }
            let (shown, withheld) = disclose::next(&library, bundle, assessment, &next, &disclosure);
            args.format.next(&whole.through(&view), &Looked { next: &shown, withheld })
        }
    };
    session.deliver(text.as_bytes(), args.output.as_deref())?;
    Ok(if next.open > 0 { Exit::Open } else { Exit::Good })
}
