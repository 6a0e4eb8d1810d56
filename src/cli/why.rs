//! `abide why`: all grounds of one verdict.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Exit;
use super::asked::Asked;
use super::session::{self, Failure, Form, Session};
use crate::assess::{self, Verdict};
use crate::base::{Date, nearest};
use crate::diagnostics::render::clean;
use crate::disclose;
use crate::host::errors;
use crate::library::model::RequirementId;
use crate::policy::Audience;
use crate::report::{self, Context};

const AFTER_HELP: &str = "\
Examples:
  abide why awareness-training         in the bundle of this folder
  abide why egnf awareness-training    in another";

/// Show all grounds of one verdict, also of what holds.
#[derive(Debug, clap::Args)]
#[command(allow_missing_positional = true, after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The bundle: a folder, or one file (default: the one in this folder)
    bundle: Option<PathBuf>,
    /// The requirement
    requirement: String,
    #[command(flatten)]
    asked: Asked,
    /// Count only evidence received by this day
    #[arg(long, value_name = "DATE", value_parser = session::date)]
    known_at: Option<Date>,
    /// In numbered sentences, for a screen reader
    #[arg(long)]
    narrated: bool,
}

pub(super) fn run(args: &Args, session: &mut Session) -> Result<Exit, Failure> {
    if args.narrated {
        session.form = Form::Narrated;
    }
    let (library, policies) = args.asked.rules_and_policies(session)?;
    let names = &library.names.requirements;
    let Some(requirement) = names.get(&args.requirement).copied() else {
        return Err(misplaced(args, names).unwrap_or_else(|| {
            let near = nearest(&args.requirement, names.keys().map(String::as_str));
            errors::unknown_id(&args.requirement, "requirement", near).into()
        }));
    };
    let path = session::bundle_or_here(args.bundle.as_deref())?;
    let (bundle, date) = args.asked.bundle(session, &library, path, args.known_at)?;
    let mut assessment = assess::assess(&library, &bundle, date, &policies);
    assessment.known_at = args.known_at;
    let outcome = assess::explain(&library, &bundle, date, &policies, requirement);
    let mut text = String::new();
    let (bundle, assessment, style) = (&bundle, &assessment, session.style());
    let whole = Context { library: &library, bundle, assessment, fingerprint: None, withheld: None, style };
    let write = if args.narrated { report::why_narrated } else { report::why };
    match args.asked.audience {
        None => write(&whole, &outcome, &mut text),
        Some(audience) => {
            let disclosure = policies.disclosure(&library, bundle, audience);
            let seen = disclose::outcome(&library, bundle, &outcome, &disclosure);
            let seen = seen.ok_or_else(|| withheld(&args.requirement, audience))?;
            write(&whole.through(&disclose::disclose(&library, bundle, assessment, &disclosure)), &seen, &mut text);
        }
    }
    session.print(&text)?;
    Ok(match outcome.verdict {
        Verdict::Met | Verdict::NotApplicable | Verdict::Sealed => Exit::Good,
        Verdict::NotMet(_) => Exit::Bad,
        Verdict::NotConfirmed | Verdict::NeedsJudgement => Exit::Open,
    })
}

/// Even the exit code would tell it.
fn withheld(requirement: &str, audience: Audience) -> Failure {
    let message = format!("the verdict on `{requirement}` is withheld from {}", audience.title);
    Failure::Usage(format!("{message}: `abide check --audience {}` counts it with all others", audience.name))
}

/// The bundle where the requirement should stand, alone or with both the wrong way round.
fn misplaced(args: &Args, names: &BTreeMap<String, RequirementId>) -> Option<Failure> {
    let said = clean::line(&args.requirement);
    match &args.bundle {
        None if Path::new(&args.requirement).exists() => Some(Failure::Usage(format!(
            "`{said}` is a file or folder: say which requirement too, as in `abide why {said} REQUIREMENT`"
        ))),
        Some(first) if first.to_str().is_some_and(|first| names.contains_key(first)) => {
            Some(Failure::Usage(format!("the bundle comes first, then the requirement: `abide why {said} {}`", first.display())))
        }
        Some(_) | None => None,
    }
}
