//! Everything that stands at the top of a file, save requirements and tests.

use super::{Expr, Name, Requirement, Test, Text};
use crate::base::{Date, Span, Spanned};

/// One declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Declaration {
    /// `instrument id "title" { … }`
    Instrument(Instrument),
    /// `provision instrument#point "title" { … }`
    Provision(Provision),
    /// `component`, `objective`, `initiative`, `enabler`, `foundation`.
    Strategic(Strategic),
    /// `vocabulary name [ordered] { … }`
    Vocabulary(Vocabulary),
    /// `fact name "title" : type`
    Fact(Fact),
    /// `evidence kind "title" { … }`
    Evidence(Evidence),
    /// `parameter name : type { … }`
    Parameter(Parameter),
    /// `define name(x: kind, …) = expression`
    Define(Define),
    /// `requirement name "title" { … }`
    Requirement(Box<Requirement>),
    /// `equivalence name "title" { … }`
    Equivalence(Equivalence),
    /// `test "title" of requirement at date { … }`
    Test(Box<Test>),
}

/// `instrument#point`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvisionRef {
    /// The instrument's id.
    pub instrument: Name,
    /// The point in it; `None` when the whole instrument is meant (equivalences only).
    pub point: Option<Name>,
    /// All of it.
    pub span: Span,
}

/// An instrument of law, direction, programme, guidance, standard or strategy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    /// Its `///` text.
    pub doc: Option<String>,
    /// Its id.
    pub id: Name,
    /// Its title.
    pub title: Text,
    /// `kind law`
    pub kind: Option<Name>,
    /// `extent uk`
    pub extent: Option<Name>,
    /// `citation "…"`
    pub citation: Option<Text>,
    /// `url "…"`
    pub url: Option<Text>,
    /// `in force from D [until D]`
    pub in_force: Option<Version>,
    /// All of it.
    pub span: Span,
}

/// One provision with its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provision {
    /// Its `///` text.
    pub doc: Option<String>,
    /// Its id.
    pub id: ProvisionRef,
    /// Its heading.
    pub title: Text,
    /// `binds airport, air-carrier` or `binds all`
    pub binds: Vec<Name>,
    /// `duty must`
    pub duty: Option<Name>,
    /// `basis read`
    pub basis: Option<Name>,
    /// `source "https://…"`
    pub source: Option<Text>,
    /// `sealed because "…"`
    pub sealed: Option<Text>,
    /// `version from D [until D] { summary "…" amended-by id }`
    pub versions: Vec<Version>,
    /// `observed "…"`, as often as wanted.
    pub observed: Vec<Text>,
    /// `supports component because "…"`, one or more pairs after one `supports`.
    pub supports: Vec<Link>,
    /// `advances initiative [because "…"], …`
    pub advances: Vec<Link>,
    /// All of it.
    pub span: Span,
}

/// Half-open: in force on `from`, no longer on `until`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// First day in force; `None` where not written.
    pub from: Option<Spanned<Date>>,
    /// First day no longer in force; `None` while open.
    pub until: Option<Spanned<Date>>,
    /// `summary "…"`
    pub summary: Option<Text>,
    /// `amended-by instrument-id`
    pub amended_by: Option<Name>,
    /// All of it.
    pub span: Span,
}

/// A link to another declared thing, with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What is linked to. A component's sub-element is written `component.element`; `part` is then the element.
    pub to: Name,
    /// The sub-element.
    pub part: Option<Name>,
    /// `because "…"`
    pub because: Option<Text>,
}

/// Which of the strategy's headings a [`Strategic`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum StrategicKind {
    /// One of the ten key components of a SeMS.
    Component,
    /// A must-win objective.
    Objective,
    /// A tactical initiative.
    Initiative,
    /// An enabler (how).
    Enabler,
    /// A foundation (what).
    Foundation,
}

/// A heading of the strategy, or a component of a SeMS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strategic {
    /// Its `///` text.
    pub doc: Option<String>,
    /// Which heading it is.
    pub kind: StrategicKind,
    /// Its id.
    pub id: Name,
    /// Its title.
    pub title: Text,
    /// `number 3`
    pub number: Option<Spanned<u32>>,
    /// `summary "…"`
    pub summary: Option<Text>,
    /// `source provision#ref` : where it is written.
    pub source: Option<ProvisionRef>,
    /// `element name "title"` (components).
    pub elements: Vec<Term>,
    /// `measure name "text"` (objectives).
    pub measures: Vec<Term>,
    /// `supports component because "…"`.
    pub supports: Vec<Link>,
    /// `advances objective-or-initiative [because "…"], …`
    pub advances: Vec<Link>,
    /// All of it.
    pub span: Span,
}

/// A name with a text: a vocabulary's term, a component's element, an objective's measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its `///` text.
    pub doc: Option<String>,
    /// Its name.
    pub name: Name,
    /// Its text.
    pub title: Option<Text>,
    /// All of it.
    pub span: Span,
}

/// A closed list of terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulary {
    /// Its `///` text.
    pub doc: Option<String>,
    /// Its name.
    pub name: Name,
    /// Whether the terms go from least to greatest.
    pub ordered: bool,
    /// The terms, in the order they were written.
    pub terms: Vec<Term>,
    /// All of it.
    pub span: Span,
}

/// A fact about the entity that a bundle may state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Its `///` text.
    pub doc: Option<String>,
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Text,
    /// Its type.
    pub of: FieldType,
    /// All of it.
    pub span: Span,
}

/// A kind of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Its `///` text.
    pub doc: Option<String>,
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Text,
    /// Its fields.
    pub fields: Vec<Field>,
    /// `proves present` or `proves operating`.
    pub proves: Option<Name>,
    /// `dated by field`.
    pub dated_by: Option<Name>,
    /// `lapses on field` : the field (a date) after which the item no longer counts, for forecasts.
    pub lapses_on: Option<Name>,
    /// `act verb [field] by field on field`, each an act that the item records.
    pub acts: Vec<ActOf>,
    /// `retained "…" by instrument#point` : how long such items are kept, and the provision that says so.
    pub retained: Option<(Text, ProvisionRef)>,
    /// `marking official-sensitive` : the marking of items that state none.
    pub marking: Option<Name>,
    /// All of it.
    pub span: Span,
}

/// `act verb [field] by field on field` : which fields say that a person did something that not everybody may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActOf {
    /// What was done: `accept`, `approve`, `close`, `sign` or `verify`.
    pub verb: Name,
    /// The field (a reference) with what it was done to; the item itself where none is written.
    pub to: Option<Name>,
    /// The field (a person) with who did it.
    pub by: Name,
    /// The field (a date) with the day.
    pub on: Name,
    /// All of it.
    pub span: Span,
}

/// A field of an evidence kind or of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its `///` text.
    pub doc: Option<String>,
    /// Its name.
    pub name: Name,
    /// Its type.
    pub of: FieldType,
    /// `?` after the type: the field may be missing.
    pub optional: bool,
    /// All of it.
    pub span: Span,
}

/// The type of a field, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldType {
    /// A built-in type, a vocabulary or an evidence kind.
    Named(Name),
    /// `list of T`
    List(Box<Spanned<FieldType>>),
    /// `{ field type … }`
    Record(Vec<Field>),
}

/// A number of the law with the days it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its `///` text.
    pub doc: Option<String>,
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// Its type.
    pub of: Name,
    /// `value from D [until D]`, with the provision it stands in when written (`by instrument#point`).
    pub values: Vec<ParameterValue>,
    /// All of it.
    pub span: Span,
}

/// One dated value of a [`Parameter`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterValue {
    /// The value: a literal.
    pub value: Expr,
    /// When it holds.
    pub version: Version,
    /// `by instrument#point`
    pub by: Option<ProvisionRef>,
}

/// A named expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Define {
    /// Its `///` text.
    pub doc: Option<String>,
    /// Its name.
    pub name: Name,
    /// `(d: security-programme)`: name and evidence kind or type.
    pub parameters: Vec<(Name, Name)>,
    /// What it stands for.
    pub body: Expr,
    /// All of it.
    pub span: Span,
}

/// One instrument or provision counts as another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equivalence {
    /// Its `///` text.
    pub doc: Option<String>,
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Text,
    /// `treats A as B`: A.
    pub treats: Option<ProvisionRef>,
    /// `treats A as B`: B.
    pub as_: Option<ProvisionRef>,
    /// `for airport, air-carrier`; empty means everyone.
    pub for_kinds: Vec<Name>,
    /// `except B1, B2`
    pub except: Vec<ProvisionRef>,
    /// `basis instrument#point`
    pub basis: Option<ProvisionRef>,
    /// All of it.
    pub span: Span,
}
