//! The matched pieces of a text as a plain tree, for the formatter: which piece is a statement, which a condition, which a word.

use super::grammar::{self, Pair, Rule};
use super::{chunks, shapes};

/// What a piece is to the formatter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// One word, number, text or mark.
    Leaf,
    /// `(` that stands close to the word before it.
    Glued,
    /// A word before which a long statement may be broken.
    Soft,
    /// `and` or `or` between conditions.
    Logic,
    /// A whole declaration.
    Declaration,
    /// Something in braces.
    Block,
    /// A statement; its first `head` words are padded to those of its neighbours.
    Statement {
        /// How many words are padded.
        head: usize,
    },
    /// A member of a list, after a comma.
    Item,
    /// A pair that follows another without a comma.
    Juxtaposed,
    /// A condition.
    Expr,
    /// `where …`
    Where,
    /// `satisfies …`
    Body,
    /// Anything else.
    Plain,
}

/// A piece and its parts. Offsets are bytes of the whole text.
#[derive(Debug)]
pub(crate) struct Node {
    /// What it is.
    pub(crate) role: Role,
    /// First byte.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    /// Its parts.
    pub(crate) children: Vec<Node>,
}

/// The declarations of a text that parses.
pub(crate) fn outline(text: &str) -> Vec<Node> {
    let mut nodes = Vec::new();
    for chunk in chunks::split(text) {
        let Some(opening) = shapes::declaration(chunk.keyword) else { continue };
        let slice = text.get(chunk.start..chunk.end).unwrap_or("");
        if let Ok(mut pairs) = grammar::parse(opening.whole, slice)
            && let Some(pair) = pairs.next()
        {
            let mut declaration = node(pair, chunk.start, Rule::never);
            declaration.role = Role::Declaration;
            nodes.push(declaration);
        }
    }
    nodes
}

fn node(pair: Pair<'_>, base: usize, parent: Rule) -> Node {
    let span = pair.as_span();
    let (start, end, rule) = (base + span.start(), base + span.end(), pair.as_rule());
    let mut children: Vec<Node> = Vec::new();
    for inner in pair.into_inner() {
        let inner_span = inner.as_span();
        if inner_span.start() == inner_span.end() {
            continue;
        }
        let juxtaposed = matches!(inner.as_rule(), Rule::link | Rule::shown)
            && children.last().is_some_and(|before| matches!(before.role, Role::Item | Role::Juxtaposed));
        let mut child = node(inner, base, rule);
        if juxtaposed {
            child.role = Role::Juxtaposed;
        }
        children.push(child);
    }
    Node { role: role(rule, parent, children.is_empty()), start, end, children }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the generated rules are many; the others need no care")]
fn role(rule: Rule, parent: Rule, leaf: bool) -> Role {
    match rule {
        Rule::open_paren if matches!(parent, Rule::arguments | Rule::parameters) => Role::Glued,
        Rule::kw_and | Rule::kw_or if parent == Rule::expr => Role::Logic,
        Rule::kw_recurs => Role::Soft,
        Rule::kw_by if parent == Rule::judge => Role::Soft,
        Rule::expr => Role::Expr,
        Rule::where_part => Role::Where,
        Rule::body_part => Role::Body,
        Rule::instrument_block
        | Rule::provision_block
        | Rule::version_block
        | Rule::strategic_block
        | Rule::vocabulary_block
        | Rule::evidence_block
        | Rule::parameter_block
        | Rule::requirement_block
        | Rule::any_route_block
        | Rule::route_block
        | Rule::expectation_block
        | Rule::equivalence_block
        | Rule::test_block
        | Rule::record_type
        | Rule::members
        | Rule::member => Role::Block,
        Rule::link | Rule::shown | Rule::entry => Role::Item,
        Rule::name | Rule::provision_ref
            if matches!(parent, Rule::binds | Rule::discharges | Rule::except | Rule::for_kinds | Rule::applies_to) =>
        {
            Role::Item
        }
        Rule::dated_by | Rule::lapses_on | Rule::decided_by | Rule::applies_to => Role::Statement { head: 2 },
        Rule::kind_is
        | Rule::extent
        | Rule::citation
        | Rule::url
        | Rule::binds
        | Rule::duty
        | Rule::basis_word
        | Rule::source_text
        | Rule::sealed
        | Rule::version
        | Rule::observed
        | Rule::supports
        | Rule::advances
        | Rule::summary
        | Rule::amended_by
        | Rule::ordinal
        | Rule::source_ref
        | Rule::element
        | Rule::act
        | Rule::measure
        | Rule::term
        | Rule::proves
        | Rule::retained
        | Rule::marking
        | Rule::field
        | Rule::discharges
        | Rule::shows
        | Rule::severity
        | Rule::otherwise
        | Rule::remedy
        | Rule::guidance
        | Rule::treats
        | Rule::for_kinds
        | Rule::except
        | Rule::basis_ref => Role::Statement { head: 1 },
        Rule::in_force
        | Rule::value
        | Rule::let_
        | Rule::expectation
        | Rule::any_route
        | Rule::route
        | Rule::judge
        | Rule::entity
        | Rule::item
        | Rule::expected => Role::Statement { head: 0 },
        _ if leaf => Role::Leaf,
        _ => Role::Plain,
    }
}
