//! Instruments, provisions and their dates.

use super::{ElementId, Expr, Scalar, StrategicId, TermId, shape::id};
use crate::base::{Date, Span};

id! {
    InstrumentId "An instrument.";
    ProvisionId "A provision.";
    ParameterId "A dated parameter.";
}

/// What an instrument is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum InstrumentKind {
    /// Law.
    Law,
    /// A direction under law.
    Direction,
    /// A national programme.
    Programme,
    /// Guidance.
    Guidance,
    /// A standard.
    Standard,
    /// A strategy.
    Strategy,
}

/// Where an instrument binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Extent {
    /// The United Kingdom.
    Uk,
    /// The European Union only: a comparator that never binds a UK entity.
    Eu,
    /// ICAO: binds States.
    Icao,
}

/// How binding a provision is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Duty {
    /// An obligation.
    Must,
    /// A recommendation.
    Should,
    /// A permission.
    May,
    /// A definition.
    Defines,
    /// A power.
    Empowers,
}

/// How far the text was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Basis {
    /// The text was read.
    Read,
    /// An excerpt was read.
    Excerpt,
    /// Not checked against the text.
    Unverified,
    /// The text is not public.
    Sealed,
}

/// Half-open days in force: on `from`, no longer on `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct InForce {
    /// First day; `None` since always.
    pub from: Option<Date>,
    /// First day no longer; `None` while open.
    pub until: Option<Date>,
}

impl InForce {
    /// Always.
    pub const ALWAYS: Self = Self { from: None, until: None };

    /// Whether the day lies inside.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        self.from.is_none_or(|f| f <= day) && self.until.is_none_or(|u| day < u)
    }

    /// Whether the two share a day.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        let before = |a: Option<Date>, b: Option<Date>| match (a, b) {
            (Some(until), Some(from)) => from < until,
            _ => true,
        };
        before(self.until, other.from) && before(other.until, self.from)
    }
}

/// An instrument.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Instrument {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its `///` text.
    pub doc: Option<String>,
    /// What it is.
    pub kind: InstrumentKind,
    /// Where it binds.
    pub extent: Extent,
    /// How it is cited.
    pub citation: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// When it is in force.
    pub in_force: InForce,
    /// Where it is declared.
    pub span: Span,
}

/// What makes a provision unique; orders points naturally (`11.2` before `11.10`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct ProvisionKey {
    /// The instrument.
    pub instrument: InstrumentId,
    /// The point.
    pub point: String,
}

/// The smallest citable part of an instrument.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Provision {
    /// `instrument#point`
    pub name: String,
    /// Instrument and point.
    pub key: ProvisionKey,
    /// Its heading.
    pub title: String,
    /// Its `///` text.
    pub doc: Option<String>,
    /// Entity kinds it binds, sorted; empty with `binds_all` or when it binds only the State.
    pub binds: Vec<TermId>,
    /// It binds every kind.
    pub binds_all: bool,
    /// How binding.
    pub duty: Duty,
    /// How far its text was checked; `Sealed` when it is not public.
    pub basis: Basis,
    /// Where it can be read.
    pub source: Option<String>,
    /// Why it is sealed.
    pub sealed: Option<String>,
    /// Its versions, oldest first, not overlapping.
    pub versions: Vec<Version>,
    /// What is seen where it is not kept, in the words of those who see it. No law: findings in prose are linked by it.
    pub observed: Vec<String>,
    /// Links to components, objectives, initiatives … with their reasons.
    pub links: Vec<Link>,
    /// Where it is declared.
    pub span: Span,
}

impl Provision {
    /// The version in force on a day.
    #[must_use]
    pub fn version_on(&self, day: Date) -> Option<&Version> {
        self.versions.iter().find(|v| v.in_force.contains(day))
    }

    /// Whether it is in force on a day. A sealed provision without versions counts as in force.
    #[must_use]
    pub fn in_force_on(&self, day: Date) -> bool {
        (self.versions.is_empty() && self.basis == Basis::Sealed) || self.version_on(day).is_some()
    }
}

/// One version of a provision.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Version {
    /// When.
    pub in_force: InForce,
    /// What it says, in our words.
    pub summary: String,
    /// The instrument that made this version.
    pub amended_by: Option<InstrumentId>,
    /// Where it is written.
    pub span: Span,
}

/// What a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct LinkTarget {
    /// The heading.
    pub to: StrategicId,
    /// Its sub-element (component) or measure (objective).
    pub part: Option<ElementId>,
}

/// A link with its reason.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Link {
    /// Where it leads.
    pub target: LinkTarget,
    /// Why.
    pub because: Option<String>,
    /// Where it is written.
    pub span: Span,
}

/// A number of the law with the days it holds.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its title; the name where none was written.
    pub title: String,
    /// Its type.
    pub of: Scalar,
    /// Its values, oldest first, not overlapping: a literal, the days, the provision it stands in.
    pub values: Vec<(Expr, InForce, Option<ProvisionId>)>,
    /// Where it is declared.
    pub span: Span,
}

/// One thing counts as another.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Equivalence {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The provisions that count.
    pub treats: Vec<ProvisionId>,
    /// The provisions they count as, exceptions taken out.
    pub counts_as: Vec<ProvisionId>,
    /// For which entity kinds; empty means all.
    pub for_kinds: Vec<TermId>,
    /// The provision that says so.
    pub basis: Option<ProvisionId>,
    /// Where it is declared.
    pub span: Span,
}
