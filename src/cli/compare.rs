//! `abide compare`: two assessments, what got better, what got worse, and why. A side is a JSON report that was kept, or a bundle, assessed now.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Exit;
use super::session::{self, Failure, Form, OwnPolicies, Rules, Session};
use crate::assess::{self, Verdict};
use crate::base::{Date, Sources};
use crate::compare::{self, Corners, EvidenceChange, EvidenceList, Snapshot};
use crate::disclose;
use crate::evidence::{self, Bundle};
use crate::host::library::shown;
use crate::host::{errors, report};
use crate::library::{Checked, Library, links};
use crate::policy::{Audience, Policies};
use crate::report::compare::CompareFormat;
use crate::report::{Context, Style};
use crate::syntax::Tests;

const AFTER_HELP: &str = "\
Exit codes: 0 nothing got worse, 1 a verdict got worse, 2 could not compare, 3 a requirement is on one side alone

Examples:
  abide compare last-year.json .                       a report that was kept, and the bundle as it is now
  abide compare . . --new-as-of 2027-03-31             one bundle on two days
  abide compare before.json after.json --format json   two reports, for another program";

/// Compare two assessments: what got better, what got worse, and why.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Before: a JSON report of `abide check`, or a bundle to assess
    old: PathBuf,
    /// After: a JSON report of `abide check`, or a bundle to assess
    new: PathBuf,
    /// The day to assess a bundle before (default: its assessment date, else today)
    #[arg(long, value_name = "DATE", value_parser = session::date)]
    old_as_of: Option<Date>,
    /// The day to assess a bundle after (default: its assessment date, else today)
    #[arg(long, value_name = "DATE", value_parser = session::date)]
    new_as_of: Option<Date>,
    /// Whom the comparison is for; reports have to be made for the same audience (default: the entity itself)
    #[arg(long, value_name = "ROLE", value_parser = Audience::parse)]
    audience: Option<Audience>,
    #[command(flatten)]
    rules: Rules,
    #[command(flatten)]
    policies: OwnPolicies,
    /// How the comparison is written: terminal, concise, json or markdown
    #[arg(long, value_name = "FORMAT", default_value = "terminal", value_parser = format)]
    format: CompareFormat,
    /// Write the comparison to this file, whole or not at all
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// One side.
struct Side {
    snapshot: Snapshot,
    /// What it was made from, when it was made now.
    bundle: Option<Bundle>,
}

/// What bundles are assessed with; loaded only when one is.
struct Judge {
    library: Checked<Library>,
    policies: Arc<Policies>,
    audience: Option<Audience>,
}

pub(super) fn run(args: &Args, session: &mut Session) -> Result<Exit, Failure> {
    session.form = match args.format.name {
        "concise" => Form::Concise,
        "json" => Form::Json,
        _ => Form::Terminal,
    };
    let mut judge = None;
    let old = side(args, session, &mut judge, &args.old, args.old_as_of)?;
    let new = side(args, session, &mut judge, &args.new, args.new_as_of)?;
    same_audience(&old.snapshot, &new.snapshot, args)?;
    let corners = corners(judge.as_ref(), &old, &new);
    let mut comparison = compare::compare(&old.snapshot, &new.snapshot, corners.as_ref());
    // Items that an audience does not see are not told apart from those it does.
    if let (Some(judge), Some(before), Some(after), None) = (&judge, &old.bundle, &new.bundle, args.audience) {
        let list = |bundle| EvidenceList::of(bundle, &judge.library);
        comparison.with_evidence(list(before).changes(&list(after)), |name, change| reads(&judge.library, name, change));
    }
    let style = if args.output.is_some() { session.file_style() } else { session.style() };
    session.deliver(&args.format.render(&comparison, style), args.output.as_deref())?;
    Ok(match comparison.exit_code() {
        0 => Exit::Good,
        1 => Exit::Bad,
        _ => Exit::Open,
    })
}

fn side(
    args: &Args,
    session: &mut Session,
    judge: &mut Option<Judge>,
    path: &Path,
    as_of: Option<Date>,
) -> Result<Side, Failure> {
    if let Some(text) = kept(path)? {
        if let Some(day) = as_of {
            let path = shown(path);
            return Err(Failure::Usage(format!(
                "`{path}` is a report, which was made for its own day: it cannot be read as of {day}"
            )));
        }
        let snapshot = Snapshot::read(&text).map_err(|why| {
            let told = why.iter().map(|why| errors::bad_report(&shown(path), why)).collect();
            Failure::Diagnostics(told, Sources::default())
        })?;
        return Ok(Side { snapshot, bundle: None });
    }
    let judge = match judge {
        Some(judge) => judge,
        None => judge.insert(load(args, session)?),
    };
    let bundle = session.bundle(&judge.library, path, None, args.audience)?;
    let date = session::assessment_date(as_of, &bundle)?;
    let assessment = assess::assess(&judge.library, &bundle, date, &judge.policies);
    let snapshot = judge.snapshot(&bundle, &assessment)?;
    Ok(Side { snapshot, bundle: Some(bundle) })
}

/// The text of a report; `None` when the path is a bundle.
fn kept(path: &Path) -> Result<Option<String>, Failure> {
    if !path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json")) || !path.is_file() {
        return Ok(None);
    }
    let text = report::read(path).map_err(|e| errors::bad_report(&shown(path), &e.to_string()))?;
    Ok((!Snapshot::is_bundle(&text)).then_some(text))
}

fn load(args: &Args, session: &mut Session) -> Result<Judge, Failure> {
    let library = session.library(&args.rules.choice(), Tests::Skip)?;
    if library.requirements.is_empty() {
        return Err(errors::no_requirements().into());
    }
    Ok(Judge { library, policies: session.policies(&args.policies)?, audience: args.audience })
}

impl Judge {
    fn snapshot(&self, bundle: &Bundle, assessment: &assess::Assessment) -> Result<Snapshot, Failure> {
        snapshot(&self.library, &self.policies, bundle, assessment, self.audience)
    }
}

/// What the JSON report of an assessment tells.
pub(super) fn snapshot(
    library: &Checked<Library>,
    policies: &Policies,
    bundle: &Bundle,
    assessment: &assess::Assessment,
    audience: Option<Audience>,
) -> Result<Snapshot, Failure> {
    let fingerprint = evidence::fingerprint(bundle, library);
    let style = Style { lines: false, ..Style::default() };
    let whole = Context { library, bundle, assessment, fingerprint: Some(&fingerprint), withheld: None, style };
    let view = audience.map(|a| disclose::disclose(library, bundle, assessment, &policies.disclosure(library, bundle, a)));
    let context = view.as_ref().map_or(whole, |view| whole.through(view));
    Snapshot::of(&crate::report::value(&context))
        .map_err(|why| Failure::Usage(format!("its own report cannot be read back: {}", why.join("; "))))
}

fn same_audience(old: &Snapshot, new: &Snapshot, args: &Args) -> Result<(), Failure> {
    let said = |s: &Snapshot| s.audience.clone().unwrap_or_else(|| "the entity itself".to_owned());
    if old.audience != new.audience {
        return Err(Failure::Usage(format!(
            "the old assessment is for {}, the new one for {}: what one withholds would look as if it had gone. Make both for the same audience",
            said(old),
            said(new)
        )));
    }
    match args.audience {
        Some(audience) if old.audience.as_deref() != Some(audience.name) => Err(Failure::Usage(format!(
            "the reports are for {}, not for {}: make them with `abide check --audience {}`",
            said(old),
            audience.title,
            audience.name
        ))),
        _ => Ok(()),
    }
}

/// The verdicts with the date, or the evidence, moved alone.
fn corners(judge: Option<&Judge>, old: &Side, new: &Side) -> Option<Corners> {
    let judge = judge?;
    let (before, after) = (old.bundle.as_ref()?, new.bundle.as_ref()?);
    let verdicts = |bundle: &Bundle, date: Date| -> BTreeMap<String, Verdict> {
        let outcomes = assess::assess(&judge.library, bundle, date, &judge.policies).outcomes;
        outcomes.iter().map(|o| (judge.library.requirement(o.requirement).name.clone(), o.verdict)).collect()
    };
    Some(Corners { date_moved: verdicts(before, new.snapshot.on), evidence_moved: verdicts(after, old.snapshot.on) })
}

/// Whether a requirement reads what changed.
pub(super) fn reads(library: &Library, requirement: &str, change: &EvidenceChange) -> bool {
    if let Some(of) = &change.of {
        return of.contains(requirement);
    }
    let Some(id) = library.names.requirements.get(requirement) else { return false };
    let kind = library.names.kinds.get(&change.kind);
    kind.is_some_and(|kind| links::kinds_of_requirement(library, library.requirement(*id)).contains(kind))
}

fn format(name: &str) -> Result<CompareFormat, String> {
    let names = || CompareFormat::ALL.iter().map(|f| f.name).collect::<Vec<_>>().join(", ");
    CompareFormat::parse(name).ok_or_else(|| format!("it is one of: {}", names()))
}
