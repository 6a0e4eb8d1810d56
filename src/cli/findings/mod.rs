//! `abide findings`: records of what inspectors found. One file per verb below it; what they share is here.

mod check;
mod due;
mod link;
mod measure;
mod reconcile;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Exit;
use super::session::{self, Failure, Form, OwnPolicies, Rules, Session};
use crate::base::Date;
use crate::diagnostics::{Diagnostic, catalog::findings as code};
use crate::evidence::Limits;
use crate::findings::{self, Finding, ReadRegister};
use crate::host::{DiskFolder, clock};
use crate::library::{Checked, Library};
use crate::policy::{Audience, Policies};
use crate::report::Style;
use crate::report::findings::{About, Shape};
use crate::syntax::Tests;

/// Check, follow and reconcile what inspectors found.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Say what is missing from each record, and what contradicts something else in it
    Check(check::Args),
    /// Say what is overdue, which step of the ladder is next, and what came back
    Due(due::Args),
    /// Say which provisions findings in prose most probably concern
    Link(link::Args),
    /// Say how often `link` is right, on findings labelled beforehand
    Measure(measure::Args),
    /// Put an entity's own assessment beside what inspectors found
    Reconcile(reconcile::Args),
}

pub(super) fn run(args: &Args, session: &mut Session) -> Result<Exit, Failure> {
    match &args.verb {
        Verb::Check(args) => check::run(args, session),
        Verb::Due(args) => due::run(args, session),
        Verb::Link(args) => link::run(args, session),
        Verb::Measure(args) => measure::run(args, session),
        Verb::Reconcile(args) => reconcile::run(args, session),
    }
}

/// What each of the verbs may be told.
#[derive(Debug, clap::Args)]
struct Common {
    /// Whom the report is for: security-manager, accountable-manager, inspector, front-line or public. What policies withhold from them is
    /// counted, not shown (default: whoever keeps the register)
    #[arg(long, value_name = "ROLE", value_parser = Audience::parse)]
    audience: Option<Audience>,
    #[command(flatten)]
    rules: Rules,
    #[command(flatten)]
    policies: OwnPolicies,
    /// How the report is written: terminal, concise, narrated or json
    #[arg(long, value_name = "FORMAT", default_value = "terminal", value_parser = shape)]
    format: Shape,
    /// Write the report to this file, whole or not at all
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Common {
    /// Diagnostics come in the form of the report.
    fn form(&self) -> Form {
        match self.format {
            Shape::Terminal => Form::Terminal,
            Shape::Concise => Form::Concise,
            Shape::Narrated => Form::Narrated,
            Shape::Json => Form::Json,
        }
    }

    fn style(&self, session: &Session) -> Style {
        if self.output.is_some() { session.file_style() } else { session.style() }
    }

    fn deliver(&self, text: &str, session: &mut Session) -> Result<(), Failure> {
        session.deliver(text.as_bytes(), self.output.as_deref())
    }
}

fn shape(name: &str) -> Result<Shape, String> {
    let found = Shape::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, shape)| shape);
    found.ok_or_else(|| format!("it is one of: {}", Shape::ALL.map(|(name, _)| name).join(", ")))
}

/// What each of the verbs works on.
struct Opened {
    library: Checked<Library>,
    policies: Arc<Policies>,
    /// The register, as whoever reads the report may see it.
    read: ReadRegister,
    /// How many findings are withheld from them.
    withheld: usize,
}

impl Opened {
    fn about(&self, style: Style) -> About<'_> {
        About { library: &self.library, register: &self.read.register, withheld: self.withheld, style }
    }

    /// What is missing from records or contradictory. What a shown finding repeats may be withheld: then it is not missing, and excuses a step that was
    /// skipped.
    fn told(&self) -> Vec<Diagnostic> {
        let register = &self.read.register;
        let mut told = findings::check(&self.library, register, &self.policies);
        if self.withheld > 0 {
            let of = |d: &Diagnostic| {
                let at = d.at.as_ref().map(|label| label.span)?;
                register.findings.iter().find(|f| f.span.file == at.file && f.span.start <= at.start && at.start < f.span.end)
            };
            let repeats_hidden =
                |d: &Diagnostic| of(d).is_some_and(|f| !f.repeats.is_missing() && register.repeated(f).is_none());
            told.retain(|d| d.code != code::UNKNOWN_FINDING && (d.code != code::RUNG_SKIPPED || !repeats_hidden(d)));
        }
        told
    }
}

/// Reads rules, policies and a register. For an audience, what is wrong with the texts is counted, because it quotes them.
fn open(path: &Path, common: &Common, session: &mut Session) -> Result<Opened, Failure> {
    session.form = common.form();
    let library = session.library(&common.rules.choice(), Tests::Skip)?;
    let policies = session.policies(&common.policies)?;
    let limits = Limits::default();
    let folder = DiskFolder::open(path, limits.file_bytes)?;
    let mut read = findings::read(&library, &folder, &limits);
    let mut withheld = 0;
    if let Some(audience) = common.audience {
        let shows = |f: &Finding| policies.shows_finding(audience, f.marking.get().map(String::as_str));
        (read.register, withheld) = findings::seen(read.register, shows);
        read.diagnostics = session::counted(&read.diagnostics, audience);
    }
    Ok(Opened { library, policies, read, withheld })
}

/// The same, of a register that has to be read without errors.
fn open_good(path: &Path, common: &Common, session: &mut Session) -> Result<Opened, Failure> {
    let opened = open(path, common, session)?;
    if opened.read.is_broken() {
        return Err(Failure::Diagnostics(opened.read.diagnostics, opened.read.register.sources));
    }
    Ok(opened)
}

/// The day a report is of: the one asked for, or today.
fn day(asked: Option<Date>) -> Result<Date, Failure> {
    let no_clock = || Failure::Usage("the machine's clock cannot be read: say which day with `--as-of`".to_owned());
    asked.or_else(clock::today).ok_or_else(no_clock)
}

/// A date on the command line.
fn date(text: &str) -> Result<Date, String> {
    session::date(text)
}
