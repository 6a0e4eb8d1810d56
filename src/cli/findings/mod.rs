//! `abide findings`: records of what inspectors found. One file per verb below it; what they share is here.

mod check;
mod due;
mod reconcile;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Exit;
use super::session::{self, Failure, Form, OwnPolicies, Rules, Session};
use crate::base::Date;
use crate::diagnostics::{Code, Diagnostic};
use crate::evidence::Limits;
use crate::findings::{self, ReadRegister};
use crate::host::{DiskFolder, clock, errors};
use crate::library::Library;
use crate::policy::{Audience, Policies};
use crate::report::Style;
use crate::report::findings::Shape;

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
    /// Put an entity's own assessment beside what inspectors found
    Reconcile(reconcile::Args),
}

pub(super) fn run(args: &Args, session: &mut Session) -> Result<Exit, Failure> {
    match &args.verb {
        Verb::Check(args) => check::run(args, session),
        Verb::Due(args) => due::run(args, session),
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

/// A register as its reader may see it.
struct Seen {
    read: ReadRegister,
    /// How many findings are withheld.
    withheld: usize,
}

/// Reads a register. For an audience, findings that it may not see are taken out, and what is wrong with the texts is counted, because it quotes them.
fn register(library: &Library, path: &Path, common: &Common, policies: &Policies) -> Result<Seen, Failure> {
    let limits = Limits::default();
    let folder = DiskFolder::open(path, limits.file_bytes)?;
    let mut read = findings::read(library, &folder, &limits);
    let mut withheld = 0;
    if let Some(audience) = common.audience {
        let before = read.register.findings.len();
        read.register.findings.retain(|f| policies.shows_finding(audience, f.marking.get().map(String::as_str)));
        withheld = before - read.register.findings.len();
        read.diagnostics = told_by_number(&read.diagnostics, audience);
    }
    Ok(Seen { read, withheld })
}

/// Diagnostics for an audience: how often each was told.
fn told_by_number(diagnostics: &[Diagnostic], audience: Audience) -> Vec<Diagnostic> {
    let mut times: BTreeMap<Code, usize> = BTreeMap::new();
    diagnostics.iter().for_each(|d| *times.entry(d.code).or_default() += 1);
    times.into_iter().map(|(code, times)| errors::withheld(code, times, audience.title)).collect()
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
