//! Requirements: our checkable rendering of provisions.

use super::{Expr, Link, Name, ProvisionRef, Text, Version};
use crate::base::{Period, Span, Spanned};

/// `requirement name "title" { … }`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Its `///` text.
    pub doc: Option<String>,
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Text,
    /// `discharges instrument#point, …`
    pub discharges: Vec<ProvisionRef>,
    /// `supports component [because "…"], …`
    pub supports: Vec<Link>,
    /// `shows component[.element] level`; may be written more than once.
    pub shows: Vec<Shows>,
    /// `advances objective-or-initiative, …`; an objective's measure is written `objective.measure`.
    pub advances: Vec<Link>,
    /// `decided by machine` or `decided by person`
    pub decided_by: Option<Spanned<Decider>>,
    /// `severity major`
    pub severity: Option<Name>,
    /// `applies to airport, air-carrier when condition`
    pub applies_to: Option<AppliesTo>,
    /// `in force from D [until D]`
    pub in_force: Option<Version>,
    /// `let name = expression`
    pub lets: Vec<Let>,
    /// `expect name "text" { … }`, all of which must hold.
    pub expects: Vec<Expectation>,
    /// `any route { route name "title" { expect … } … }`, one of which must hold.
    pub routes: Vec<Route>,
    /// `judge name "question" by role, … valid P`, all of which must be recorded, affirmative and current.
    pub judges: Vec<Judge>,
    /// `guidance "…"`: where to learn how, for every expectation that names no other place, and for the judgements.
    pub guidance: Option<Text>,
    /// All of it.
    pub span: Span,
}

/// Who decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Decider {
    /// The evaluator alone.
    Machine,
    /// A named person whose judgement is recorded.
    Person,
}

/// `shows component.element level`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shows {
    /// The component.
    pub component: Name,
    /// Its sub-element.
    pub element: Option<Name>,
    /// `present`, `suitable`, `operating` or `effective`.
    pub level: Name,
}

/// Who must meet it, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliesTo {
    /// Entity kinds, or the single word `all`.
    pub kinds: Vec<Name>,
    /// `when condition`
    pub when: Option<Expr>,
    /// All of it.
    pub span: Span,
}

/// `let name = expression`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Let {
    /// Its name.
    pub name: Name,
    /// What it stands for.
    pub value: Expr,
}

/// `expect name "text" { expression otherwise "…" remedy "…" guidance "…" }`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// Its name.
    pub name: Name,
    /// What is expected, in words.
    pub title: Option<Text>,
    /// What is expected.
    pub body: Expr,
    /// `otherwise "…"`: what the gap is called; `{path}` parts are filled in.
    pub otherwise: Option<Text>,
    /// `remedy "…"`: what to do about it.
    pub remedy: Option<Text>,
    /// `guidance "…"`: where to learn how.
    pub guidance: Option<Text>,
    /// All of it.
    pub span: Span,
}

/// One way to meet a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// What it expects, all of which must hold.
    pub expects: Vec<Expectation>,
    /// All of it.
    pub span: Span,
}

/// `judge name "question" by role, … valid P`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judge {
    /// Its name.
    pub name: Name,
    /// The question put to a person.
    pub question: Text,
    /// Who may answer: roles.
    pub by: Vec<Name>,
    /// How long an answer counts.
    pub valid: Option<Spanned<Period>>,
    /// All of it.
    pub span: Span,
}
