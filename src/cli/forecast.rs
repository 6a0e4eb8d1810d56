//! `abide forecast`: what lapses when, and which verdict changes with it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::Exit;
use super::asked::Asked;
use super::check::{selected, singled_out};
use super::session::{self, Failure, Form, Session};
use crate::assess::{Turn, Verdict};
use crate::base::Date;
use crate::disclose;
use crate::evidence::{self, Bundle};
use crate::forecast::{self, FURTHEST, Forecast, Kept};
use crate::library::model::RequirementId;
use crate::library::{Checked, Library};
use crate::plan::{self, Options};
use crate::policy::Policies;
use crate::report::forecast::{Assumed, ForecastContext, ForecastFormat};

const AFTER_HELP: &str = "\
Exit codes: 0 nothing gets worse, 1 something met will be not met, 2 could not assess, 3 something will be open

Examples:
  abide forecast . --until 2027-03-31                              what lapses, and what falls with it, day by day
  abide forecast . --until 2027-03-31 --only security-education    one component, provision or requirement
  abide forecast . --until 2027-03-31 --assume plan                what lapses all the same once the plan is carried out
  abide forecast . --until 2027-03-31 --format ics -o lapses.ics   for a calendar";

/// Look ahead: what lapses when, which requirement falls with it, and which law changes.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The bundle: a folder, or one file (default: the one in this folder)
    bundle: Option<PathBuf>,
    /// The last day to look at, at most ten years ahead
    #[arg(long, value_name = "DATE", value_parser = session::date)]
    until: Date,
    #[command(flatten)]
    asked: Asked,
    /// Count only evidence received by this day
    #[arg(long, value_name = "DATE", value_parser = session::date)]
    known_at: Option<Date>,
    /// Look ahead from the bundle as it would be with this: `plan`, all that `abide plan` proposes for the first day. For the entity itself only
    #[arg(long, value_name = "WHAT", conflicts_with_all = ["known_at", "audience"])]
    assume: Option<Assume>,
    /// Only this requirement, or those of this component or provision; may be given again
    #[arg(long, value_name = "ID")]
    only: Vec<String>,
    /// How the forecast is written: terminal, concise, json, markdown or ics
    #[arg(long, value_name = "FORMAT", default_value = "terminal", value_parser = format)]
    format: ForecastFormat,
    /// Write the forecast to this file, whole or not at all
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// What may be assumed beside the bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Assume {
    /// All that `abide plan` proposes.
    Plan,
}

pub(super) fn run(args: &Args, session: &mut Session) -> Result<Exit, Failure> {
    session.form = match args.format.name {
        "concise" => Form::Concise,
        "json" => Form::Json,
        _ => Form::Terminal,
    };
    let (library, policies) = args.asked.rules_and_policies(session)?;
    let only = selected(&library, &args.only)?;
    let path = session::bundle_or_here(args.bundle.as_deref())?;
    let (bundle, from) = args.asked.bundle(session, &library, path, args.known_at)?;
    reaches(from, args.until)?;
    let fingerprint = evidence::fingerprint(&bundle, &library);
    let progress = session.progress("looking ahead");
    let (bundle, assumed) = match args.assume {
        None => (bundle, None),
        Some(Assume::Plan) => {
            let (bundle, assumed) = planned(&library, bundle, &policies, from, only.as_ref());
            (bundle, Some(assumed))
        }
    };
    let mut ahead = forecast::forecast(&library, &bundle, &policies, from, args.until);
    drop(progress);
    ahead.start.known_at = args.known_at;
    ahead.days.iter_mut().for_each(|day| day.assessment.known_at = args.known_at);
    if let Some(only) = &only {
        ahead.narrow(&library, &bundle, only);
    }
    let exit = exit(&ahead);
    let disclosure = args.asked.audience.map(|audience| policies.disclosure(&library, &bundle, audience));
    let mut view = disclosure.as_ref().map(|seen| disclose::disclose(&library, &bundle, &ahead.start, seen));
    let mut kept = Kept::default();
    if let (Some(view), Some(disclosure)) = (&mut view, &disclosure) {
        if let Some(only) = &only {
            view.narrow(&library, only).map_err(|count| singled_out(count, view.withheld.audience))?;
        }
        kept = ahead.disclose(&library, &bundle, view, disclosure);
    }
    let style = if args.output.is_some() { session.file_style() } else { session.style() };
    let context = ForecastContext {
        library: &library,
        bundle: view.as_ref().map_or(&bundle, |view| &view.bundle),
        forecast: &ahead,
        fingerprint: &fingerprint,
        withheld: view.as_ref().map(|view| (&view.withheld, kept)),
        assumed,
        style,
    };
    session.deliver(&args.format.render(&context), args.output.as_deref())?;
    Ok(exit)
}

/// The bundle as it would be with all that a plan for the first day proposes. A plan is tried as a whole when it is made, so it can be carried out.
fn planned(
    library: &Checked<Library>,
    bundle: Bundle,
    policies: &Policies,
    from: Date,
    only: Option<&BTreeSet<RequirementId>>,
) -> (Bundle, Assumed) {
    let plan = plan::propose(library, &bundle, from, policies, &Options { only: only.cloned(), ..Options::default() });
    let assumed = Assumed { changes: plan.changes().count(), closed: plan.repairs.iter().map(|r| r.closes.len()).sum() };
    match plan::apply(library, &bundle, policies, &plan) {
        Some(with) => (with, assumed),
        None => (bundle, Assumed { changes: 0, closed: 0 }),
    }
}

/// Looking back, or further than anybody plans, is a mistake on the command line.
fn reaches(from: Date, until: Date) -> Result<(), Failure> {
    if until <= from {
        return Err(Failure::Usage(format!("`--until {until}` is not after {from}, the day to look ahead from: see `--as-of`")));
    }
    if from.days_to(until) > FURTHEST {
        return Err(Failure::Usage(format!("`--until {until}` is more than ten years after {from}")));
    }
    Ok(())
}

/// By what will have fallen on any day.
fn exit(ahead: &Forecast) -> Exit {
    let fallen = ahead.days.iter().flat_map(|d| &d.changes).filter(|c| c.is_verdict() && c.turn() == Turn::Worse);
    let worst = fallen.map(|c| c.after.strength()).min();
    match worst {
        None => Exit::Good,
        Some(worst) if worst == Verdict::NotMet(crate::assess::Reason::Absent).strength() => Exit::Bad,
        Some(_) => Exit::Open,
    }
}

fn format(name: &str) -> Result<ForecastFormat, String> {
    let names = || ForecastFormat::ALL.iter().map(|f| f.name).collect::<Vec<_>>().join(", ");
    ForecastFormat::parse(name).ok_or_else(|| format!("it is one of: {}", names()))
}
