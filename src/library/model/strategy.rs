//! The strategy's headings and the components of a SeMS.

use super::{Link, ProvisionId, StrategicKind, Term, shape::id};
use crate::base::Span;

id! {
    StrategicId "A heading of the strategy.";
    ElementId "A sub-element of a component: its position.";
}

/// A sub-element of a component, or a measure of an objective.
pub type Element = Term;

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Strategic {
    /// Its name.
    pub name: String,
    /// Which heading it is.
    pub kind: StrategicKind,
    /// Its title.
    pub title: String,
    /// Its number among its kind.
    pub number: Option<u32>,
    /// What it says, in our words.
    pub summary: String,
    /// Where it is written.
    pub source: Option<ProvisionId>,
    /// Sub-elements (components).
    pub elements: Vec<Element>,
    /// Measures of success (objectives).
    pub measures: Vec<Element>,
    /// Links to other headings.
    pub links: Vec<Link>,
    /// Where it is declared.
    pub span: Span,
}
