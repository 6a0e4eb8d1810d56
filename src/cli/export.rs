//! `abide export`: the checklist as a workbook, and back into the bundle when somebody has filled it in.

use std::path::{Path, PathBuf};

use super::session::{self, Failure, OwnPolicies, Rules, Session};
use super::{Exit, check};
use crate::assess::{self, Assessment};
use crate::base::Date;
use crate::checklist::{self, FILE, FIRST_LINE, Taken};
use crate::disclose;
use crate::evidence::{self, Bundle};
use crate::host::library::shown;
use crate::host::{errors, output, spreadsheet};
use crate::library::{Checked, Library};
use crate::policy::Audience;
use crate::report::{self, Context};
use crate::syntax::Tests;

const AFTER_HELP: &str = "\
Examples:
  abide export . --format xlsx --output checklist.xlsx    a checklist to fill in
  abide export . --back checklist.xlsx                    what was filled in, into checklist.yaml of the bundle";

/// Write the checklist of a bundle as a workbook, or take a filled-in one back.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The bundle: a folder, or one file
    bundle: PathBuf,
    /// How the checklist is written: xlsx
    #[arg(long, value_name = "FORMAT", default_value = "xlsx", value_parser = ["xlsx"], conflicts_with = "back")]
    format: String,
    /// Write the checklist to this file, whole or not at all
    #[arg(long, short, value_name = "FILE", conflicts_with = "back")]
    output: Option<PathBuf>,
    /// Take back this checklist, which somebody filled in: what they wrote goes into checklist.yaml of the bundle
    #[arg(long, value_name = "FILE")]
    back: Option<PathBuf>,
    /// The day to assess (default: the bundle's assessment date, else today)
    #[arg(long, value_name = "DATE", value_parser = session::date)]
    as_of: Option<Date>,
    /// Count only evidence received by this day
    #[arg(long, value_name = "DATE", value_parser = session::date)]
    known_at: Option<Date>,
    /// Whom the checklist is for: security-manager, accountable-manager, inspector, front-line or public. It cannot be taken back (default: the
    /// entity itself)
    #[arg(long, value_name = "ROLE", value_parser = Audience::parse, conflicts_with = "back")]
    audience: Option<Audience>,
    #[command(flatten)]
    rules: Rules,
    #[command(flatten)]
    policies: OwnPolicies,
}

pub(super) fn run(args: &Args, session: &mut Session) -> Result<Exit, Failure> {
    let library = session.library(&args.rules.choice(), Tests::Skip)?;
    if library.requirements.is_empty() {
        return Err(errors::no_requirements().into());
    }
    let policies = session.policies(&args.policies)?;
    let bundle = session.bundle(&library, &args.bundle, args.known_at, args.audience)?;
    let date = session::assessment_date(args.as_of, &bundle)?;
    let mut assessment = assess::assess(&library, &bundle, date, &policies);
    assessment.known_at = args.known_at;
    if let Some(back) = &args.back {
        return take_back(session, &library, &bundle, &assessment, back, &args.bundle);
    }
    let view = args
        .audience
        .map(|audience| disclose::disclose(&library, &bundle, &assessment, &policies.disclosure(&library, &bundle, audience)));
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

/// Reads a filled-in checklist and writes what it says into the bundle. Nothing is written when something is wrong.
fn take_back(
    session: &mut Session,
    library: &Checked<Library>,
    bundle: &Bundle,
    assessment: &Assessment,
    file: &Path,
    folder: &Path,
) -> Result<Exit, Failure> {
    let target = target(bundle, folder)?;
    let sheets = spreadsheet::open(file, spreadsheet::Bounds::default())?;
    let fingerprint = evidence::fingerprint(bundle, library);
    let taken = checklist::read(&sheets, library, bundle, assessment, &fingerprint);
    let sources = crate::base::Sources::default();
    if taken.is_refused() {
        return Err(Failure::Diagnostics(taken.diagnostics, sources));
    }
    session.show(&taken.diagnostics, &sources);
    if bundle.checklist.is_empty() && taken.entries.is_empty() {
        session.print("Nothing was filled in, so nothing was written.\n")?;
        return Ok(Exit::Good);
    }
    let text = checklist::write(library, &taken.entries);
    output::write(&target, text.as_bytes()).map_err(|e| errors::unwritable_output(&shown(&target), &e.to_string()))?;
    session.print(&format!("{}: {}\n", shown(&target), counted(&taken)))?;
    Ok(Exit::Good)
}

/// `12 requirements spoken of: 3 new, 2 changed, 7 as before; 1 taken back`.
fn counted(taken: &Taken) -> String {
    let total = taken.entries.len();
    let one = if total == 1 { "requirement" } else { "requirements" };
    let before = total.saturating_sub(taken.new + taken.changed);
    format!(
        "{total} {one} spoken of: {} new, {} changed, {before} as before; {} taken back",
        taken.new, taken.changed, taken.removed
    )
}

/// Where entries go: a file that holds nothing else, and that this verb wrote, or nobody yet.
fn target(bundle: &Bundle, folder: &Path) -> Result<PathBuf, Failure> {
    if !folder.is_dir() {
        let message = "the bundle is a single file, and a checklist is kept in a file of its own: put the bundle into a folder";
        return Err(Failure::Usage(message.to_owned()));
    }
    let elsewhere = bundle.checklist.iter().find(|e| bundle.sources.get(e.span.file).is_none_or(|s| s.name() != FILE));
    if let Some(entry) = elsewhere {
        let place = bundle.sources.describe(entry.span);
        return Err(Failure::Usage(format!(
            "`{place}` holds an entry of the checklist: move it to `{FILE}`, which alone is written"
        )));
    }
    let target = folder.join(FILE);
    let there = bundle.sources.iter().find(|(_, source)| source.name() == FILE);
    match there {
        Some((_, source)) if !source.text().trim_start_matches('\u{feff}').starts_with(FIRST_LINE) => {
            Err(Failure::Usage(format!(
                "`{}` was written by hand, and would be replaced as a whole: make this its first line if that is what you want\n{FIRST_LINE}",
                shown(&target)
            )))
        }
        Some(_) | None => Ok(target),
    }
}
