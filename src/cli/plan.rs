//! `abide plan`: the least that would close the gaps.

use std::path::PathBuf;

use super::Exit;
use super::asked::Asked;
use super::check::{selected, singled_out};
use super::session::{self, Failure, Session};
use crate::assess;
use crate::disclose;
use crate::evidence;
use crate::library::model::Severity;
use crate::plan::{self, Options};
use crate::report::Context;
use crate::report::plan::{Form, Planned};

const AFTER_HELP: &str = "\
A plan says what evidence would have to be true. Do the thing first, then file what shows it.

Examples:
  abide plan .                              the least that closes the gaps of the bundle in this folder
  abide plan . --limit 5                    the best that five changes can do
  abide plan . --severity critical          only critical gaps
  abide plan . --format markdown -o plan.md a list to work through";

/// Say the least that would close the gaps.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The bundle: a folder, or one file (default: the one in this folder)
    bundle: Option<PathBuf>,
    #[command(flatten)]
    asked: Asked,
    /// Only gaps of this requirement, or of this component or provision; may be given again
    #[arg(long, value_name = "ID")]
    only: Vec<String>,
    /// Only gaps of this severity and above: minor, major or critical
    #[arg(long, value_name = "SEVERITY", value_parser = severity)]
    severity: Option<Severity>,
    /// No more changes than this: what matters most is closed with them
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=500))]
    limit: Option<u16>,
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
    let options = Options { only: only.clone(), severity: args.severity, limit: args.limit.map(usize::from) };
    let plan = plan::propose(&library, &bundle, date, &policies, &options);
    let fingerprint = evidence::fingerprint(&bundle, &library);
    let style = if args.output.is_some() { session.file_style() } else { session.style() };
    let whole = Context {
        library: &library,
        bundle: &bundle,
        assessment: &assessment,
        fingerprint: Some(&fingerprint),
        withheld: None,
        style,
    };
    let text = match args.asked.audience {
        None => args.format.plan(&whole, &Planned { plan: &plan, withheld: 0 }),
        Some(audience) => {
            let disclosure = policies.disclosure(&library, &bundle, audience);
            let mut view = disclose::disclose(&library, &bundle, &assessment, &disclosure);
            if let Some(only) = &only {
                view.narrow(&library, only).map_err(|count| singled_out(count, audience))?;
            }
            let (shown, withheld) = disclose::plan(&library, &bundle, &assessment, &plan, &disclosure);
            args.format.plan(&whole.through(&view), &Planned { plan: &shown, withheld })
        }
    };
    session.deliver(text.as_bytes(), args.output.as_deref())?;
    let open = !plan.repairs.is_empty() || !plan.stuck.is_empty() || !plan.left.is_empty();
    Ok(if open || !plan.asked.is_empty() { Exit::Open } else { Exit::Good })
}

/// Diagnostics come in the form of what is written.
pub(super) fn diagnostics(form: Form) -> session::Form {
    match form.name {
        "concise" => session::Form::Concise,
        "json" => session::Form::Json,
        _ => session::Form::Terminal,
    }
}

pub(super) fn form(name: &str) -> Result<Form, String> {
    let names = || Form::ALL.iter().map(|f| f.name).collect::<Vec<_>>().join(", ");
    Form::parse(name).ok_or_else(|| format!("it is one of: {}", names()))
}

fn severity(name: &str) -> Result<Severity, String> {
    match name {
        "minor" => Ok(Severity::Minor),
        "major" => Ok(Severity::Major),
        "critical" => Ok(Severity::Critical),
        _ => Err("it is one of: minor, major, critical".to_owned()),
    }
}
