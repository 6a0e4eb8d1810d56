//! Matched pieces to tree nodes, one file per file of the tree.

mod declaration;
mod expression;
mod requirement;
mod test;
mod value;

pub(super) use declaration::{define, fact};

use super::grammar::{Pair, Rule};
use super::reader::Reader;
use super::{ast, errors};
use crate::base::{Span, Spanned};

/// A declaration or statement with a block, while its statements are read into it.
pub(super) trait Block {
    /// Reads one statement that parsed.
    fn statement(&mut self, reader: &mut Reader<'_>, pair: Pair<'_>);

    /// Reads the header of a statement that has a block of its own, and has the block filled by `fill`.
    /// Only blocks that have such statements have anything to do here.
    fn nested(&mut self, _reader: &mut Reader<'_>, _header: Pair<'_>, _fill: &mut dyn FnMut(&mut Reader<'_>, &mut dyn Block)) {}
}

/// The statements that were met in a block, to find those that may stand there once only.
#[derive(Default)]
pub(super) struct Seen(Vec<(Rule, Span)>);

impl Seen {
    /// Whether a statement may be read: reports it when it stands there for the second time.
    pub(super) fn admit(&mut self, reader: &mut Reader<'_>, pair: &Pair<'_>) -> bool {
        let rule = pair.as_rule();
        let Some(words) = once(rule) else { return true };
        let start = reader.base + pair.as_span().start();
        let span = reader.at(start, start + pair.as_str().split_whitespace().next().map_or(0, str::len));
        if let Some((_, first)) = self.0.iter().find(|(seen, _)| *seen == rule) {
            reader.report(errors::duplicate_statement(span, words, *first));
            return false;
        }
        self.0.push((rule, span));
        true
    }
}

/// How a statement is called that may stand in its block once only.
#[expect(clippy::wildcard_enum_match_arm, reason = "the generated rules are many; all others may be repeated")]
fn once(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::kind_is => "kind",
        Rule::extent => "extent",
        Rule::citation => "citation",
        Rule::url => "url",
        Rule::in_force => "in force",
        Rule::binds => "binds",
        Rule::duty => "duty",
        Rule::basis_word | Rule::basis_ref => "basis",
        Rule::source_text | Rule::source_ref => "source",
        Rule::sealed => "sealed",
        Rule::summary => "summary",
        Rule::amended_by => "amended-by",
        Rule::ordinal => "number",
        Rule::proves => "proves",
        Rule::dated_by => "dated by",
        Rule::lapses_on => "lapses on",
        Rule::retained => "retained",
        Rule::marking => "marking",
        Rule::decided_by => "decided by",
        Rule::severity => "severity",
        Rule::applies_to => "applies to",
        Rule::any_route => "any route",
        Rule::otherwise => "otherwise",
        Rule::remedy => "remedy",
        Rule::guidance => "guidance",
        Rule::treats => "treats",
        Rule::for_kinds => "for",
        Rule::entity => "entity",
        _ => return None,
    })
}

/// Reads all statements of a block that parsed as a whole.
pub(super) fn fill(reader: &mut Reader<'_>, block: &mut dyn Block, pair: Pair<'_>) {
    let mut seen = Seen::default();
    for statement in pair.into_inner() {
        if !matches!(statement.as_rule(), Rule::open | Rule::close) && seen.admit(reader, &statement) {
            block.statement(reader, statement);
        }
    }
}

/// A declaration that has a block, from its header; `finish` makes the declaration when the block has been filled.
pub(super) fn with_block(
    reader: &mut Reader<'_>,
    keyword: &str,
    header: Header<'_>,
    span: Span,
    fill: impl FnOnce(&mut Reader<'_>, &mut dyn Block),
) -> Option<ast::Declaration> {
    declaration::with_block(reader, keyword, header, span, fill)
}

/// The pieces of a declaration's header that was matched.
pub(super) struct Header<'t> {
    /// Where the declaration begins, for its `///` text.
    pub(super) doc: Option<String>,
    /// The pieces before the block.
    pub(super) pieces: Vec<Pair<'t>>,
}

impl<'t> Header<'t> {
    fn take(&mut self, rule: Rule) -> Option<Pair<'t>> {
        let index = self.pieces.iter().position(|p| p.as_rule() == rule)?;
        Some(self.pieces.remove(index))
    }

    fn has(&self, rule: Rule) -> bool {
        self.pieces.iter().any(|p| p.as_rule() == rule)
    }

    fn name(&mut self, reader: &mut Reader<'_>) -> Option<ast::Name> {
        self.take(Rule::name).map(|p| reader.name(&p))
    }

    fn text(&mut self, reader: &mut Reader<'_>) -> Option<ast::Text> {
        self.take(Rule::text).map(|p| reader.text(&p))
    }
}

/// The first inner piece with a rule.
fn first<'t>(pair: &Pair<'t>, rule: Rule) -> Option<Pair<'t>> {
    pair.clone().into_inner().find(|p| p.as_rule() == rule)
}

/// The inner piece that is a name.
fn name_in(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<ast::Name> {
    first(pair, Rule::name).map(|p| reader.name(&p))
}

/// The inner piece that is a text.
fn text_in(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<ast::Text> {
    first(pair, Rule::text).map(|p| reader.text(&p))
}

/// All inner pieces that are names.
fn names_in(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Vec<ast::Name> {
    pair.clone().into_inner().filter(|p| p.as_rule() == Rule::name).map(|p| reader.name(&p)).collect()
}

/// The inner piece that cites a provision.
fn provision_in(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<ast::ProvisionRef> {
    first(pair, Rule::provision_ref).map(|p| reader.provision(&p))
}

/// All inner pieces that cite a provision.
fn provisions_in(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Vec<ast::ProvisionRef> {
    pair.clone().into_inner().filter(|p| p.as_rule() == Rule::provision_ref).map(|p| reader.provision(&p)).collect()
}

/// All inner pieces that are links.
fn links_in(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Vec<ast::Link> {
    let mut links = Vec::new();
    for link in pair.clone().into_inner().filter(|p| p.as_rule() == Rule::link) {
        let Some(dotted) = first(&link, Rule::dotted) else { continue };
        let (to, part) = reader.dotted(&dotted);
        let because = text_in(reader, &link);
        links.push(ast::Link { to, part, because });
    }
    links
}

/// `from D [until D]` inside a statement, which gives the version its place.
fn version_in(reader: &mut Reader<'_>, pair: &Pair<'_>) -> ast::Version {
    let mut dates: Vec<Spanned<crate::base::Date>> = Vec::new();
    let mut span = reader.span(pair);
    if let Some(from) = first(pair, Rule::span_from) {
        span = span.to(reader.span(&from));
        for date in from.into_inner().filter(|p| p.as_rule() == Rule::date) {
            dates.push(reader.date(&date));
        }
    }
    let mut dates = dates.into_iter();
    ast::Version { from: dates.next(), until: dates.next(), summary: None, amended_by: None, span }
}
