//! What is missing from a finding's record, or contradicts something else in it. One file per subject: the report the law asks for, the cause and what is
//! done about it, the states and who may move them, the ladder. Pure: register, rules and policies to diagnostics.

mod causes;
mod dates;
mod ladder;
mod people;
mod remedy;
mod report;
mod states;

use super::errors::Law;
use super::model::{Finding, Register};
use super::reader::settle;
use crate::base::{Date, Span};
use crate::diagnostics::Diagnostic;
use crate::library::Library;
use crate::policy::Policies;

/// Provisions that say what a record has to hold.
pub(super) mod asks {
    pub(in crate::findings) const REPORT: &str = "uk-300-2008#annex2-10.2";
    pub(in crate::findings) const CLASSES: &str = "uk-300-2008#annex2-11.1";
    pub(in crate::findings) const CORRECTION: &str = "uk-300-2008#annex2-12.1";
    pub(in crate::findings) const PLAN: &str = "uk-300-2008#annex2-12.2";
    pub(in crate::findings) const VERIFICATION: &str = "uk-300-2008#annex2-13.1";
    pub(in crate::findings) const LADDER: &str = "uk-300-2008#annex2-2.3";
    pub(in crate::findings) const NOTICE: &str = "asa-1982#s18a";
    pub(in crate::findings) const CAUSES: &str = "caa-sems-strategy#root-cause-analysis";
}

/// Everything that is missing from the records of a register or contradicts something else in them, in the order of places.
#[must_use]
pub fn check(library: &Library, register: &Register, policies: &Policies) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    for finding in &register.findings {
        told.append(&mut check_one(library, register, policies, finding));
    }
    settle(&mut told);
    told
}

/// What is missing from one record, or contradicts something else in it.
#[must_use]
pub fn check_one(library: &Library, register: &Register, policies: &Policies, finding: &Finding) -> Vec<Diagnostic> {
    let mut case = Case { library, register, policies, finding, told: Vec::new() };
    report::check(&mut case);
    causes::check(&mut case);
    remedy::check(&mut case);
    states::check(&mut case);
    people::check(&mut case);
    ladder::check(&mut case);
    dates::check(&mut case);
    let mut told = case.told;
    settle(&mut told);
    told
}

/// One finding being checked.
struct Case<'a> {
    library: &'a Library,
    register: &'a Register,
    policies: &'a Policies,
    finding: &'a Finding,
    told: Vec<Diagnostic>,
}

impl<'a> Case<'a> {
    fn tell(&mut self, diagnostic: Diagnostic) {
        self.told.push(diagnostic);
    }

    /// A provision as it reads on the day of the finding.
    fn law(&self, name: &str) -> Law {
        Law::read(self.library, name, self.finding.law_day())
    }

    /// Where something is missed that belongs to the finding as a whole.
    fn place(&self) -> Span {
        self.finding.id.span
    }

    /// Whether it ever came as far as a state.
    fn came_to(&self, state: super::State) -> bool {
        self.ranks().max() >= state.rank()
    }

    /// Whether it stands as far as a state now: what was sent back to work is no longer reported, though it once was.
    fn stands_at(&self, state: super::State) -> bool {
        self.ranks().next_back() >= state.rank()
    }

    /// How far along its own order each move brought it. Going up the ladder moves nothing.
    fn ranks(&self) -> impl DoubleEndedIterator<Item = usize> {
        self.finding.moves.iter().filter_map(|m| m.to.get()?.rank())
    }

    /// The earlier finding that it repeats, where the register has it.
    fn repeated(&self) -> Option<&'a Finding> {
        self.register.repeated(self.finding)
    }

    fn finding(&self) -> &'a Finding {
        self.finding
    }
}

/// A day that is written somewhere.
#[derive(Debug, Clone, Copy)]
struct Day {
    date: Date,
    span: Span,
}
