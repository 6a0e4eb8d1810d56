//! `abide test`: runs the tests that stand in the rules.

use std::fmt::Write;
use std::path::PathBuf;

use super::Exit;
use super::session::{Failure, OwnPolicies, Session};
use crate::assess;
use crate::host::library::Choice;
use crate::library::{Checked, Library};
use crate::policy::Policies;
use crate::report::{self, Context};
use crate::syntax::Tests;
use crate::testing::{self, Ran, TestResult};

/// Run the tests of the rules. Without a folder: of the rules that are built in.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  abide test                    the built-in rules\n  abide test rules/ --extend    your own, on top of those"
)]
pub(super) struct Args {
    /// Folder or file of rules
    dir: Option<PathBuf>,
    /// Add them to the built-in rules
    #[arg(long, requires = "dir")]
    extend: bool,
    #[command(flatten)]
    policies: OwnPolicies,
    /// Only tests of requirements, or with titles, that contain this
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
}

pub(super) fn run(args: &Args, session: &mut Session) -> Result<Exit, Failure> {
    let choice = Choice { paths: args.dir.iter().cloned().collect(), extend: args.extend };
    let library = session.library(&choice, Tests::Keep)?;
    let policies = session.policies(&args.policies)?;
    let progress = session.progress("running tests");
    let mut report = testing::run(&library, &policies);
    drop(progress);
    if let Some(only) = &args.only {
        report.results.retain(|result| {
            let test = &library.tests[result.test];
            test.written.title.value.contains(only) || library.requirement(test.of).name.contains(only)
        });
    }
    if report.results.is_empty() {
        return Err(Failure::Usage("no test ran: the rules have none, or none that `--only` asks for".to_owned()));
    }
    for result in report.failing() {
        let text = failing(&library, &policies, result, session);
        session.print(&text)?;
        session.show(&result.diagnostics, &library.sources);
    }
    let failed = report.failing().count();
    let passed = report.results.len() - failed;
    if args.only.is_none() && !report.untested.is_empty() {
        let names: Vec<_> = report.untested.iter().map(|id| library.requirement(*id).name.as_str()).collect();
        session.print(&format!("no test tries: {}\n", names.join(", ")))?;
    }
    session.print(&format!("{} tests: {passed} pass, {failed} fail\n", report.results.len()))?;
    Ok(if failed == 0 { Exit::Good } else { Exit::Bad })
}

/// What was expected, what is the case, and why.
fn failing(library: &Checked<Library>, policies: &Policies, result: &TestResult, session: &Session) -> String {
    let test = &library.tests[result.test];
    let mut text = String::new();
    let place = library.sources.describe(test.written.span);
    let _ = writeln!(text, "FAILS \"{}\" of {} at {}", test.written.title.value, library.requirement(test.of).name, place);
    for failure in &result.failures {
        let _ = writeln!(text, "  {}", library.sources.describe(failure.at));
        let _ = writeln!(text, "    expected: {}", failure.expected);
        let _ = writeln!(text, "    actual:   {}", failure.actual);
    }
    match &result.ran {
        None => {
            let _ = writeln!(text, "  its items cannot be read");
        }
        Some(Ran { bundle, outcome }) => {
            let date = test.written.at.value;
            let assessment = assess::assess(library, bundle, date, policies);
            let context =
                Context { library, bundle, assessment: &assessment, fingerprint: None, withheld: None, style: session.style() };
            let mut why = String::new();
            report::why(&context, outcome, &mut why);
            for line in why.lines() {
                let _ = writeln!(text, "{}", format!("    {line}").trim_end());
            }
        }
    }
    text.push('\n');
    text
}
