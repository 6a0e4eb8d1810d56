//! `abide explain`: what a name stands for, and what it is linked to. A name may stand for several things; all are shown.

mod evidence;
mod law;
mod requirement;
mod words;

use super::Exit;
use super::page::Page;
use super::session::{self, Failure, OwnPolicies, Rules, Session};
use crate::base::{Date, nearest};
use crate::diagnostics::catalog;
use crate::host::{clock, errors};
use crate::library::Library;
use crate::library::model::ParameterId;
use crate::policy::{Policies, Question};
use crate::syntax::Tests;

const AFTER_HELP: &str = "\
Examples:
  abide explain overlapping-versions                         a diagnostic
  abide explain uk-2015-1998#11.2.6.1 --as-of 2020-01-01     a provision as it read on a day
  abide explain security-education                           a component
  abide explain training-record                              an evidence kind with its fields";

/// Say what a diagnostic, provision, requirement, component, evidence kind or any other name is, and what it is linked to.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The name, or the code of a diagnostic
    #[arg(value_name = "CODE|ID")]
    name: String,
    /// The day the law is looked at (default: today)
    #[arg(long, value_name = "DATE", value_parser = session::date)]
    as_of: Option<Date>,
    #[command(flatten)]
    rules: Rules,
    #[command(flatten)]
    policies: OwnPolicies,
}

pub(super) fn run(args: &Args, session: &mut Session) -> Result<Exit, Failure> {
    let name = args.name.trim();
    let mut page = Page::new(session.style());
    let policies = session.policies(&args.policies)?;
    let mut found = diagnostic(&mut page, name) | policy(&mut page, &policies, name);
    // A code needs no rules; explaining one must work when the rules do not.
    match session.library(&args.rules.choice(), Tests::Skip) {
        Ok(library) => {
            let day = args.as_of.or_else(clock::today);
            found |= declared(&mut page, &library, name, day);
            if !found {
                return Err(unknown(&library, name));
            }
        }
        Err(failure) if !found => return Err(failure),
        Err(_) => {}
    }
    session.print(&page.into_text())?;
    Ok(Exit::Good)
}

fn diagnostic(page: &mut Page, name: &str) -> bool {
    let Some(entry) = catalog::find(name) else { return false };
    page.title(entry.severity.word(), name, entry.summary);
    page.markdown(entry.page);
    true
}

fn policy(page: &mut Page, policies: &Policies, name: &str) -> bool {
    let pages = policies.pages();
    let Some(policy) = pages.iter().find(|p| p.id == name) else { return false };
    page.title("policy", name, &policy.because);
    page.field("answers", policy.question.map_or("a question of your own policies", Question::asks));
    page.field("stands in", &policy.file);
    page.field("provision", policy.provision.as_deref().unwrap_or_default());
    page.heading("As written");
    policy.text.lines().for_each(|line| page.line(&format!("    {line}")));
    true
}

/// Everything of that name in the library.
fn declared(page: &mut Page, library: &Library, name: &str, day: Option<Date>) -> bool {
    let names = &library.names;
    let mut found = false;
    let mut show = |is: bool| found |= is;
    show(names.requirements.get(name).map(|id| requirement::page(page, library, *id)).is_some());
    show(names.provisions.get(name).map(|id| law::provision(page, library, *id, day)).is_some());
    show(names.strategy.get(name).map(|id| words::heading(page, library, *id)).is_some());
    show(names.instruments.get(name).map(|id| law::instrument(page, library, *id)).is_some());
    show(names.kinds.get(name).map(|id| evidence::kind(page, library, *id)).is_some());
    show(names.vocabularies.get(name).map(|id| words::vocabulary(page, library, *id)).is_some());
    show(names.facts.get(name).map(|id| words::fact(page, library, *id)).is_some());
    show(parameter(library, name).map(|id| law::parameter(page, library, id, day)).is_some());
    show(library.equivalences.iter().find(|e| e.name == name).map(|e| law::equivalence(page, library, e)).is_some());
    found
}

fn parameter(library: &Library, name: &str) -> Option<ParameterId> {
    (0u32..).map(ParameterId).zip(&library.parameters).find(|(_, p)| p.name == name).map(|(id, _)| id)
}

fn unknown(library: &Library, name: &str) -> Failure {
    let names = &library.names;
    let declared = names.requirements.keys().chain(names.provisions.keys()).chain(names.strategy.keys());
    let declared = declared.chain(names.instruments.keys()).chain(names.kinds.keys());
    let declared = declared.chain(names.vocabularies.keys()).chain(names.facts.keys());
    let declared = declared.chain(library.parameters.iter().map(|p| &p.name)).map(String::as_str);
    let all = declared.chain(catalog::all().map(|e| e.code.name()));
    errors::unknown_id(name, "name", nearest(name, all)).into()
}
