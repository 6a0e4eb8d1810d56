//! The command line. One file per verb; exit codes are decided here and nowhere else.
//!
//! To add a verb: a file with `Args` and `run`, a variant of [`Verb`], an arm in [`dispatch`].

mod add;
mod asked;
mod batch;
mod check;
mod checklist;
mod compare;
mod completions;
mod doc;
mod explain;
mod export;
mod findings;
mod fmt;
mod forecast;
mod import;
mod init;
mod next;
mod page;
mod plan;
mod portfolio;
mod schema;
mod session;
mod stream;
mod test;
mod trace;
mod watch;
mod welcome;
mod why;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::host::terminal::Colour;
use session::{Failure, Session};

/// What a run comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// All met or not applicable; all tests pass; nothing to format.
    Good,
    /// Something is not met; a test fails; a file is not formatted.
    Bad,
    /// It could not be done: usage, rules, bundle, files.
    Unable,
    /// Nothing failed, but something is not confirmed or needs judgement.
    Open,
}

impl Exit {
    const fn code(self) -> u8 {
        match self {
            Self::Good => 0,
            Self::Bad => 1,
            Self::Unable => 2,
            Self::Open => 3,
        }
    }
}

const AFTER_HELP: &str = "\
Exit codes: 0 all met or not applicable, 1 something is not met, 2 could not assess, 3 nothing failed but something is open

Examples:
  abide check .                                  the gap analysis of the bundle in this folder
  abide why . awareness-training                 one verdict, with every ground
  abide explain uk-2015-1998#11.2.6.1            what a provision says and what it is linked to
  abide trace management-commitment              from the strategy to the evidence and back";

/// Policy-as-code for aviation security: which provision needs which evidence, and why each verdict is what it is.
#[derive(Debug, Parser)]
#[command(name = "abide", version, after_help = AFTER_HELP, max_term_width = 110, disable_help_subcommand = true)]
struct Cli {
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t, hide_default_value = true, visible_alias = "color")]
    colour: Colour,
    /// Columns to write in (default: the terminal's, or 100)
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=1000))]
    width: Option<u16>,
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Read an evidence bundle and report every gap
    Check(check::Args),
    /// Take a spreadsheet into a bundle
    Import(import::Args),
    /// Say the least that would close the gaps
    Plan(plan::Args),
    /// Say which unknown facts would decide most
    Next(next::Args),
    /// Assess every bundle in a folder and show where risk is across entities
    Portfolio(portfolio::Args),
    /// Show all grounds of one verdict
    Why(why::Args),
    /// Begin a bundle: what is asked of an entity of this kind, and why
    Init(init::Args),
    /// Add an item to a bundle, with the fields of its kind
    Add(add::Args),
    /// Write a checklist to fill in, and take it back
    Export(export::Args),
    /// Look ahead: what lapses when, and which requirement falls with it
    Forecast(forecast::Args),
    /// Compare two assessments: what got better, what got worse, and why
    Compare(compare::Args),
    /// Say what a diagnostic, provision, requirement, component or evidence kind is
    Explain(explain::Args),
    /// Follow the links between strategy, components, provisions, requirements and evidence
    Trace(trace::Args),
    /// Check, follow and reconcile what inspectors found
    Findings(findings::Args),
    /// Write the rule library as web pages
    Doc(doc::Args),
    /// Run the tests of the rules
    Test(test::Args),
    /// Format rule files
    Fmt(fmt::Args),
    /// Write the JSON Schema of a bundle, for editors
    Schema(schema::Args),
    /// Write shell completions
    Completions(completions::Completions),
    /// Write the manual pages
    Man(completions::Man),
    /// Print names that begin so, for shells
    #[command(hide = true)]
    CompleteIds(completions::Ids),
}

/// Runs the command that the process was given.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help that cannot be printed (a closed pipe) is no reason to fail otherwise.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { Exit::Unable } else { Exit::Good }.code());
        }
    };
    let mut session = Session::new(cli.colour, cli.width.map(usize::from));
    let exit = match dispatch(cli.verb, &mut session) {
        Ok(exit) => exit,
        Err(failure) => {
            session.report(&failure);
            Exit::Unable
        }
    };
    ExitCode::from(session.finish().map_or(Exit::Unable, |()| exit).code())
}

fn dispatch(verb: Option<Verb>, session: &mut Session) -> Result<Exit, Failure> {
    match verb {
        Some(Verb::Check(args)) => check::run(&args, session),
        Some(Verb::Import(args)) => import::run(&args, session),
        Some(Verb::Plan(args)) => plan::run(&args, session),
        Some(Verb::Next(args)) => next::run(&args, session),
        Some(Verb::Portfolio(args)) => portfolio::run(&args, session),
        Some(Verb::Why(args)) => why::run(&args, session),
        Some(Verb::Init(args)) => init::run(&args, session),
        Some(Verb::Add(args)) => add::run(&args, session),
        Some(Verb::Export(args)) => export::run(&args, session),
        Some(Verb::Forecast(args)) => forecast::run(&args, session),
        Some(Verb::Compare(args)) => compare::run(&args, session),
        Some(Verb::Explain(args)) => explain::run(&args, session),
        Some(Verb::Trace(args)) => trace::run(&args, session),
        Some(Verb::Findings(args)) => findings::run(&args, session),
        Some(Verb::Doc(args)) => doc::run(&args, session),
        Some(Verb::Test(args)) => test::run(&args, session),
        Some(Verb::Fmt(args)) => fmt::run(&args, session),
        Some(Verb::Schema(args)) => schema::run(&args, session),
        Some(Verb::Completions(args)) => completions::run(&args, session),
        Some(Verb::Man(args)) => completions::man(&args, session),
        Some(Verb::CompleteIds(args)) => completions::ids(&args, session),
        None => welcome::run(&Cli::command().render_help().to_string(), session),
    }
}
