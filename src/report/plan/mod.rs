//! A plan, and what to find out next, to bytes. Like every report it adds no judgement, and gets only what its reader may see.
//!
//! To add a format: one file with a `plan` and a `next`, one row in [`Form`].

mod concise;
mod facts;
mod json;
mod markdown;
mod terminal;
mod told;

use super::Context;
use crate::plan::Plan;
use crate::plan::next::Next;

/// A form that a plan can take.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// Its name on the command line.
    pub name: &'static str,
    plan: fn(&Context<'_>, &Planned<'_>, &mut String),
    next: fn(&Context<'_>, &Looked<'_>, &mut String),
}

/// A plan with how much of it is withheld.
#[derive(Debug, Clone, Copy)]
pub struct Planned<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// How many repairs, gaps and judgements are withheld from the audience.
    pub withheld: usize,
}

/// What to find out next, with how much of it is withheld.
#[derive(Debug, Clone, Copy)]
pub struct Looked<'a> {
    /// What to find out.
    pub next: &'a Next,
    /// How many facts are withheld from the audience.
    pub withheld: usize,
}

impl Form {
    /// All of them, the usual one first.
    pub const ALL: &'static [Self] = &[
        Self { name: "terminal", plan: terminal::plan, next: terminal::next },
        Self { name: "concise", plan: concise::plan, next: concise::next },
        Self { name: "markdown", plan: markdown::plan, next: markdown::next },
        Self { name: "json", plan: json::plan, next: json::next },
    ];

    /// The form with this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|f| f.name == name).copied()
    }

    /// A plan, as it is written to a file.
    #[must_use]
    pub fn plan(self, context: &Context<'_>, planned: &Planned<'_>) -> String {
        let mut text = String::new();
        (self.plan)(context, planned, &mut text);
        text
    }

    /// What to find out next, as it is written to a file.
    #[must_use]
    pub fn next(self, context: &Context<'_>, looked: &Looked<'_>) -> String {
        let mut text = String::new();
        (self.next)(context, looked, &mut text);
        text
    }
}
