//! Requirements, resolved.

use super::{Decider, ElementId, Expr, InForce, Link, ProvisionId, StrategicId, TermId, shape::id};
use crate::base::{Period, Span};

id! {
    RequirementId "A requirement.";
    ClauseId "A clause: its position in its requirement's `clauses`.";
}

/// The four levels of a component, least first as an assessment climbs them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Level {
    /// It is documented.
    Present,
    /// It fits the entity: a person judges.
    Suitable,
    /// It is in use.
    Operating,
    /// It achieves its aim: a person judges.
    Effective,
}

/// How much a gap matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Severity {
    /// Minor.
    Minor,
    /// Major.
    Major,
    /// Critical.
    Critical,
}

/// What a requirement shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Shows {
    /// The component.
    pub component: StrategicId,
    /// Its sub-element.
    pub element: Option<ElementId>,
    /// The level.
    pub level: Level,
}

/// A requirement.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Requirement {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its `///` text.
    pub doc: Option<String>,
    /// The provisions it renders.
    pub discharges: Vec<ProvisionId>,
    /// What it supports and advances.
    pub links: Vec<Link>,
    /// What it shows.
    pub shows: Vec<Shows>,
    /// Who decides.
    pub decided_by: Decider,
    /// How much a gap matters.
    pub severity: Severity,
    /// Whom it binds.
    pub applies: Applicability,
    /// When it is in force of itself (its provisions have their own days).
    pub in_force: InForce,
    /// How many variable slots evaluation needs.
    pub variables: u32,
    /// Names of the variables, by slot.
    pub variable_names: Vec<String>,
    /// All expectations: those outside routes first, then route by route.
    pub clauses: Vec<Clause>,
    /// What must hold: clauses outside routes.
    pub required: Vec<ClauseId>,
    /// Alternatives; empty when there are none.
    pub routes: Vec<Route>,
    /// Judgements, all of which are needed.
    pub judges: Vec<Judge>,
    /// Where to learn how to answer its judgements; a clause has its own.
    pub guidance: Option<String>,
    /// Where it is declared.
    pub span: Span,
    /// Where its name stands.
    pub name_span: Span,
}

/// Whom a requirement binds.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Applicability {
    /// Entity kinds, sorted; empty when `all`.
    pub kinds: Vec<TermId>,
    /// Every kind.
    pub all: bool,
    /// And only if.
    pub when: Option<Expr>,
    /// Where it is written; the requirement's name when it is not.
    pub span: Span,
}

/// One expectation.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Clause {
    /// Its name.
    pub name: String,
    /// What is expected, in words; the requirement's title where none was written.
    pub title: String,
    /// What is expected.
    pub body: Expr,
    /// What the gap is called.
    pub otherwise: Vec<TextPart>,
    /// What to do.
    pub remedy: Vec<TextPart>,
    /// Where to learn how.
    pub guidance: Option<String>,
    /// The route it belongs to.
    pub route: Option<u32>,
    /// Where it is written.
    pub span: Span,
}

/// A piece of an `otherwise` or `remedy` text.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum TextPart {
    /// As written.
    Plain(String),
    /// `{path}`: filled in from the failing element; the text between the braces is kept for when it cannot be.
    Path(Part),
}

/// An interpolated path.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Part {
    /// As written.
    pub text: String,
    /// What it reads. A path that is an item shows the item's title, or name, or id.
    pub value: Expr,
}

/// One way to meet a requirement.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Route {
    /// Its name.
    pub name: String,
    /// Its title; the name where none was written.
    pub title: String,
    /// Its clauses, all of which must hold.
    pub clauses: Vec<ClauseId>,
    /// Where it is written.
    pub span: Span,
}

/// A judgement that is needed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Judge {
    /// Its name.
    pub name: String,
    /// The question.
    pub question: String,
    /// Who may answer: role names, sorted.
    pub by: Vec<String>,
    /// How long an answer counts; `None` for ever.
    pub valid: Option<Period>,
    /// Where it is written.
    pub span: Span,
}
