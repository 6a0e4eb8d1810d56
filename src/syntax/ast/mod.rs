//! What an author wrote, as a tree. One file per family of constructs; every node knows its place.
//!
//! The tree says nothing about meaning: names are not resolved, types are not known. [`crate::library`] does that.
//! To add a construct: the grammar, a node here, its reader in `from_pairs`, its check in `library/check`, its formatting in
//! `format`, its page in `docs/language`. The missing match arms lead the way.

mod declaration;
mod expression;
mod requirement;
mod test;
mod value;

pub use declaration::{
    ActOf, Declaration, Define, Equivalence, Evidence, Fact, Field, FieldType, Instrument, Link, Parameter, ParameterValue,
    Provision, ProvisionRef, Strategic, StrategicKind, Term, Version, Vocabulary,
};
pub use expression::{Aggregate, BinaryOp, Binding, Expr, ExprKind, Member, Quantifier};
pub use requirement::{AppliesTo, Decider, Expectation, Judge, Let, Requirement, Route, Shows};
pub use test::{Expected, Test, TestItem, TestVerdict};
pub use value::{Value, ValueKind};

use crate::base::Spanned;

/// A name as written: kebab-case.
pub type Name = Spanned<String>;

/// A piece of text as written, without its quotes.
pub type Text = Spanned<String>;

/// One file of rules: its declarations in the order they were written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct File {
    /// What the file declares.
    pub declarations: Vec<Declaration>,
}
