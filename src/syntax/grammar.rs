//! The grammar, and the only place that knows the parser generator.

use pest::Parser as _;
use pest::error::{ErrorVariant, InputLocation};

pub(super) use generated::Rule;

/// A matched piece of text.
pub(super) type Pair<'t> = pest::iterators::Pair<'t, Rule>;
/// Matched pieces in order.
pub(super) type Pairs<'t> = pest::iterators::Pairs<'t, Rule>;

#[allow(unreachable_pub, missing_docs, reason = "generated code")]
mod generated {
    /// The generated parser.
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar/abide.pest"]
    pub struct Grammar;
}

/// Where a rule stopped matching, and what it would have taken there.
#[derive(Debug)]
pub(super) struct Failure {
    /// Byte offset in the text that was tried.
    pub(super) at: usize,
    /// The rules that were tried at that place.
    pub(super) expected: Vec<Rule>,
}

/// Matches a rule at the start of a text. The match need not reach the end.
pub(super) fn parse(rule: Rule, text: &str) -> Result<Pairs<'_>, Failure> {
    generated::Grammar::parse(rule, text).map_err(|error| {
        let at = match error.location {
            InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
        };
        let expected = match error.variant {
            ErrorVariant::ParsingError { positives, .. } => positives,
            ErrorVariant::CustomError { .. } => Vec::new(),
        };
        Failure { at, expected }
    })
}
