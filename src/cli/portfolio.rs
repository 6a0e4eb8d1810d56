//! `abide portfolio`: every bundle in a folder, assessed side by side; what they come to together.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::Exit;
use super::batch::{Batch, DatedBy, Dates, Refused};
use super::session::{self, Failure, OwnPolicies, Rules, Session};
use crate::base::{Date, Sources};
use crate::diagnostics::Severity;
use crate::diagnostics::render::{self, clean};
use crate::evidence::{Limits, Watched, unchanged};
use crate::findings::{self, Register};
use crate::host::portfolio::{self as disk, Found};
use crate::host::results::Results;
use crate::host::{DiskFolder, errors, library::shown};
use crate::library::Library;
use crate::policy::{Audience, Policies};
use crate::portfolio::{Gathering, Line, line::made_with};
use crate::report::portfolio as report;
use crate::syntax::Tests;

const AFTER_HELP: &str = "\
Exit codes: 0 every bundle and all of the register was read, whatever the assessments say; 2 something could not be read: a bundle, a folder, a register

Examples:
  abide portfolio entities                          assess all, show the page
  abide portfolio entities --output results         keep lines and tables; go on from there next time
  abide portfolio entities --as-of 2026-06-30       as it looked on that day
  abide portfolio entities --format json            one object, for a dashboard";

/// Assess every bundle in a folder: entities and components, gaps by provision, what gets worse, whom to visit next.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The folder of bundles, with inspectors' records in its folder `findings`
    folder: PathBuf,
    /// Keep results in this folder: assessments.ndjson and tables as CSV. What has not changed is not assessed again
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    /// The day to look from. Assessments of later days do not count; bundles that state no day are assessed on it
    #[arg(long, value_name = "DATE", value_parser = session::date)]
    as_of: Option<Date>,
    /// Count only evidence received by this day
    #[arg(long, value_name = "DATE", value_parser = session::date)]
    known_at: Option<Date>,
    /// Whom the results are for: what policies withhold from them is left out, and inspectors' records too, unless it is inspector
    #[arg(long, value_name = "ROLE", value_parser = Audience::parse)]
    audience: Option<Audience>,
    #[command(flatten)]
    rules: Rules,
    #[command(flatten)]
    policies: OwnPolicies,
    /// How the page is written
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// Every row of every list on the page
    #[arg(long)]
    all: bool,
}

/// How the page is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum Form {
    /// For a person.
    #[default]
    Terminal,
    /// For a program.
    Json,
}

pub(super) fn run(args: &Args, session: &mut Session) -> Result<Exit, Failure> {
    let library = session.library(&args.rules.choice(), Tests::Skip)?;
    if library.requirements.is_empty() {
        return Err(errors::no_requirements().into());
    }
    let policies = session.policies(&args.policies)?;
    let dates = args.as_of.map_or(Dates::Own, Dates::Undated);
    let batch = Batch::new(&library, &policies, dates, args.known_at, args.audience)?;
    let disk::Listed { bundles: found, links } = disk::bundles(&args.folder).map_err(|d| Failure::from(*d))?;
    if !links.is_empty() {
        session.note(&format!("not followed, because they are links: {}", named(&links)));
    }
    if found.is_empty() {
        return Err(errors::no_bundles(&shown(&args.folder)).into());
    }
    let Read { register, whole: register_is_whole, kept_back, withheld, errors: wrong } =
        register(args, &library, &policies, session);
    let results = args.output.as_deref().map(Results::open).transpose().map_err(|d| Failure::from(*d))?;
    let with = made_with(&[
        env!("CARGO_PKG_VERSION"),
        &library.fingerprint,
        &policies_fingerprint(&policies),
        &format!("{:?} {:?} {:?}", args.as_of, args.known_at, args.audience.map(|a| a.name)),
    ]);

    let mut gathering = Gathering::new(register.as_ref(), args.as_of).by_today(batch.today()).with_register_errors(wrong);
    if let Some(audience) = args.audience {
        gathering = gathering.for_audience(audience, kept_back, withheld);
    }
    let gathering = Mutex::new(Some(gathering));
    let add = |line: &Line| {
        if let Some(gathering) = gathering.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            gathering.add(line);
        }
    };
    let progress = session.progress("assessing bundles");
    progress.whole(found.len() as u64);
    let run = Assessing { batch: &batch, with: &with, results: results.as_ref() };
    let failed = |folder: &Path, why: &io::Error| Failure::from(errors::unusable_results(&shown(folder), &why.to_string()));
    let done: io::Result<()> = found.par_iter().try_for_each(|found| {
        if let Some(line) = run.one(found)? {
            add(&line);
        }
        progress.advance(1);
        Ok(())
    });
    drop(progress);
    let finish =
        || gathering.lock().unwrap_or_else(PoisonError::into_inner).take().map(|g| g.finish(&library, register.as_ref()));
    let folder = args.output.as_deref().unwrap_or(&args.folder);
    done.map_err(|e| failed(folder, &e))?;
    let mut overview = None;
    match &results {
        None => overview = finish(),
        Some(results) => {
            let mut rows = report::Rows::of_assessments();
            let mut seen = |bytes: &[u8]| {
                if let Some(line) = Line::parse(bytes) {
                    rows.add(&line);
                    add(&line);
                }
            };
            let names = found.iter().map(|f| f.name.as_str());
            let written = results.assessments(names, &mut seen).and_then(|()| {
                overview = finish();
                let tables = overview.as_ref().map(report::tables).unwrap_or_default();
                results.finish(std::iter::once(("assessments.csv", rows.bytes())).chain(tables))
            });
            written.map_err(|e| failed(folder, &e))?;
        }
    }
    let Some(overview) = overview else { return Ok(Exit::Unable) };
    session.print_bytes(&match args.format {
        Form::Terminal => report::page(&library, &overview, session.style().look(), args.all),
        Form::Json => report::json(&overview),
    })?;
    if overview.entities.is_empty() && overview.refused.is_empty() {
        let day = overview.on.or(args.as_of).unwrap_or(batch.today());
        session.note(&format!("no entity has an assessment of {day} or before: nothing is said of any"));
    }
    Ok(if overview.refused.is_empty() && register_is_whole { Exit::Good } else { Exit::Unable })
}

/// The register of inspectors' findings, as whoever the results are for may see it.
#[derive(Default)]
struct Read {
    register: Option<Register>,
    /// Whether all of it could be read.
    whole: bool,
    /// Whether there is one, and all of it is withheld.
    kept_back: bool,
    /// How many of its findings are withheld otherwise.
    withheld: usize,
    /// How many errors there are in the records that can be read.
    errors: usize,
}

/// Reads the register. What is wrong is told; it stops nothing.
fn register(args: &Args, library: &Library, policies: &Policies, session: &mut Session) -> Read {
    let nothing = Read { whole: true, ..Read::default() };
    let Some(path) = disk::register(&args.folder) else { return nothing };
    if args.audience.is_some_and(|audience| audience.name != "inspector") {
        return Read { kept_back: true, ..nothing };
    }
    match DiskFolder::open(&path, Limits::default().file_bytes) {
        Ok(folder) => {
            let read = findings::read(library, &folder, &Limits::default());
            if let Some(counts) = render::summary(&read.diagnostics) {
                let path = shown(&path);
                session.note(&format!("The register of findings has {counts}: `abide findings check {path}` shows them."));
            }
            let whole = !read.is_broken();
            let (register, withheld) = match args.audience {
                None => (read.register, 0),
                Some(audience) => {
                    findings::seen(read.register, |f| policies.shows_finding(audience, f.marking.get().map(String::as_str)))
                }
            };
            // Of an audience's part nobody can say what is missing from it and what is withheld.
            let told = if withheld == 0 { findings::check(library, &register, policies) } else { Vec::new() };
            let errors = told.iter().filter(|d| d.severity() == Severity::Error).count();
            Read { register: Some(register), whole, withheld, errors, ..Read::default() }
        }
        Err(diagnostic) => {
            session.show(&[diagnostic], &Sources::default());
            Read::default()
        }
    }
}

/// The first dozen names, and how many more there are.
fn named(names: &[String]) -> String {
    let first: Vec<_> = names.iter().take(12).map(|name| clean::line(name)).collect();
    let more = names.len() - first.len();
    if more == 0 { first.join(", ") } else { format!("{} and {more} more", first.join(", ")) }
}

fn policies_fingerprint(policies: &Policies) -> String {
    policies.used().map_or_else(String::new, |used| used.fingerprint)
}

/// What assessing each bundle needs.
struct Assessing<'a> {
    batch: &'a Batch<'a>,
    with: &'a str,
    results: Option<&'a Results>,
}

impl Assessing<'_> {
    /// Assesses a bundle, unless its line of an earlier run still holds. The line is kept with the results; without, it is handed back.
    fn one(&self, found: &Found) -> io::Result<Option<Line>> {
        let folder = match &found.refused {
            None => DiskFolder::open(&found.path, self.batch.options().limits.file_bytes),
            Some(why) => Err(errors::unreadable_portfolio(&found.name, why)),
        };
        if let (Some(results), Ok(folder)) = (self.results, &folder)
            && let Some(line) = results.line(&found.name)?.as_deref().and_then(Line::parse)
            && self.holds(&line, folder)
        {
            return Ok(None);
        }
        let mut line = Line::new(&found.name, self.with);
        match folder {
            Err(diagnostic) => line.diagnostics = report::told(&[diagnostic], &Sources::default()),
            Ok(folder) => {
                let watched = Watched::new(&folder);
                match self.batch.assess(&watched) {
                    Ok(done) => {
                        line.diagnostics = report::told(&done.diagnostics, &done.sources);
                        line.assessed =
                            Some(report::assessed(&self.batch.context(&done, Default::default()), dated_by(done.dated_by)));
                    }
                    Err(Refused { diagnostics, sources }) => line.diagnostics = report::told(&diagnostics, &sources),
                }
                if !self.batch.is_for_an_audience() {
                    line.inputs = watched.seen();
                }
            }
        }
        match self.results {
            None => Ok(Some(line)),
            Some(results) => results.append(&found.name, &line.write()).map(|()| None),
        }
    }

    fn holds(&self, line: &Line, folder: &DiskFolder) -> bool {
        let today = self.batch.today().to_string();
        let of_today = line.assessed.as_ref().is_none_or(|a| a.dated_by != dated_by(DatedBy::Clock) || a.on == today);
        line.made_with == self.with && !line.inputs.is_empty() && of_today && unchanged(folder, &line.inputs)
    }
}

const fn dated_by(by: DatedBy) -> &'static str {
    match by {
        DatedBy::Asked => "asked",
        DatedBy::Bundle => "bundle",
        DatedBy::Clock => "clock",
    }
}
