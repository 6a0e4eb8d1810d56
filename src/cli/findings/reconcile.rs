//! `abide findings reconcile`: an entity's own assessment beside what inspectors found.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::Common;
use crate::assess::{self, Assessment};
use crate::base::Date;
use crate::cli::Exit;
use crate::cli::session::{self, Failure, Session};
use crate::disclose;
use crate::evidence::{Bundle, ReadOptions, Reader};
use crate::findings::Register;
use crate::findings::reconcile::{MINIMUM, Reconciled, days, reconcile};
use crate::host::DiskFolder;
use crate::library::{Checked, Library};
use crate::policy::{Audience, Policies};
use crate::report::findings::reconcile as report;

const AFTER_HELP: &str = "\
Exit codes: 0 no blind spot, 1 some blind spot, 2 something could not be read, 3 no blind spot, but something could not be compared

Examples:
  abide findings reconcile egnf --findings findings/
  abide findings reconcile egnf egph --findings findings/ --as-of 2026-11-23";

/// Put an entity's own assessment beside what inspectors found.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The bundles of one or several entities
    #[arg(required = true, value_name = "BUNDLE")]
    bundles: Vec<PathBuf>,
    /// The register: a folder or file (default: what stands beside the bundle, where there is one bundle)
    #[arg(long, value_name = "PATH")]
    findings: Option<PathBuf>,
    /// The day on which it is asked what nobody looked at (default: the bundle's assessment date, else today)
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    as_of: Option<Date>,
    /// From how many comparisons on the share that agrees is given: a choice, not law
    #[arg(long, value_name = "N", default_value_t = MINIMUM as u32, value_parser = clap::value_parser!(u32).range(5..=1000))]
    minimum: u32,
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(args: &Args, session: &mut Session) -> Result<Exit, Failure> {
    let path = match (&args.findings, args.bundles.as_slice()) {
        (Some(path), _) => path,
        (None, [only]) => only,
        (None, _) => return Err(Failure::Usage("with several bundles, name the register with `--findings`".to_owned())),
    };
    let mut opened = super::open_good(path, &args.common, session)?;
    if let Some(day) = args.as_of {
        let all = opened.read.register.findings.len();
        opened.read.register.findings.retain(|f| f.is_seen_by(day));
        let later = all - opened.read.register.findings.len();
        if later > 0 {
            session.note(&format!("left out, because seen after {day}: {later} of {all} findings"));
        }
    }
    let (library, policies, register) = (&opened.library, &opened.policies, &opened.read.register);
    let mut reconciled: Vec<Reconciled<'_>> = Vec::new();
    let (mut names, mut on) = (BTreeSet::new(), None);
    for path in &args.bundles {
        let bundle = session.bundle(library, path, None, args.common.audience)?;
        let day = session::assessment_date(args.as_of, &bundle)?;
        on = on.max(Some(day));
        let entity = bundle.entity.id.clone();
        if !names.insert(entity.clone()) {
            return Err(Failure::Usage(format!("two of the bundles are of the entity `{entity}`")));
        }
        let today = assess::assess(library, &bundle, day, policies);
        let today = seen_by(args.common.audience, library, &bundle, today, policies);
        let answers = answers(library, policies, path, &days(register, &entity), args.common.audience)?;
        reconciled.push(reconcile(library, register, &entity, &answers, &today));
    }
    reconciled.sort_by(|a, b| a.entity.cmp(&b.entity));
    note_others(session, register, &names);
    let style = args.common.style(session);
    let about = opened.about(style);
    let on = super::day(on)?;
    let minimum = args.minimum as usize;
    args.common.deliver(&report(&about, &reconciled, on, minimum, args.common.format), session)?;
    let any = |of: fn(&Reconciled<'_>) -> usize| reconciled.iter().any(|r| of(r) > 0);
    Ok(if any(|r| r.counts.blind_spots) {
        Exit::Bad
    } else if any(|r| r.counts.not_comparable) || reconciled.iter().all(|r| r.counts.compared() == 0) || opened.withheld > 0 {
        Exit::Open
    } else {
        Exit::Good
    })
}

/// The entity's answers on each day, from what was known by then: evidence that came after a visit says nothing of what was said before it.
fn answers(
    library: &Checked<Library>,
    policies: &Policies,
    path: &Path,
    days: &BTreeSet<Date>,
    audience: Option<Audience>,
) -> Result<BTreeMap<Date, Assessment>, Failure> {
    let reader = Reader::new(library);
    let mut answers = BTreeMap::new();
    for day in days {
        let options = ReadOptions { known_at: Some(*day), ..ReadOptions::default() };
        let folder = DiskFolder::open(path, options.limits.file_bytes)?;
        let read = reader.read(&folder, &options);
        // It was read as a whole before, so without an error; what was told then is not told again.
        if let Some(bundle) = read.bundle {
            let assessment = assess::assess(library, &bundle, *day, policies);
            answers.insert(*day, seen_by(audience, library, &bundle, assessment, policies));
        }
    }
    Ok(answers)
}

/// The entity's answers as the reader of the report may see them.
fn seen_by(
    audience: Option<Audience>,
    library: &Checked<Library>,
    bundle: &Bundle,
    assessment: Assessment,
    policies: &Policies,
) -> Assessment {
    match audience {
        None => assessment,
        Some(audience) => {
            disclose::disclose(library, bundle, &assessment, &policies.disclosure(library, bundle, audience)).assessment
        }
    }
}

/// Findings of entities whose bundles were not named are not compared, and that is said.
fn note_others(session: &mut Session, register: &Register, names: &BTreeSet<String>) {
    let others: BTreeSet<&str> = register
        .findings
        .iter()
        .filter(|f| f.is_of_authority() && !names.contains(f.entity_id()))
        .map(crate::findings::Finding::entity_id)
        .collect();
    if !others.is_empty() {
        let list: Vec<&str> = others.into_iter().take(12).collect();
        session.note(&format!("not compared, because no bundle of theirs was named: {}", list.join(", ")));
    }
}
