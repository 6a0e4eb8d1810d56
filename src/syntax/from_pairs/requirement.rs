//! Requirements.

use super::super::ast::{AppliesTo, Decider, Expectation, Expr, Judge, Let, Name, Requirement, Route, Shows, Text};
use super::super::errors;
use super::super::grammar::{Pair, Rule};
use super::super::reader::Reader;
use super::expression::{self, expr};
use super::{Block, first, links_in, name_in, names_in, provisions_in, text_in, version_in};
use crate::base::{Span, Spanned};

#[expect(clippy::wildcard_enum_match_arm, reason = "the generated rules are many; the grammar admits these only")]
impl Block for Requirement {
    fn statement(&mut self, reader: &mut Reader<'_>, pair: Pair<'_>) {
        match pair.as_rule() {
            Rule::discharges => self.discharges.extend(provisions_in(reader, &pair)),
            Rule::supports => self.supports.extend(links_in(reader, &pair)),
            Rule::advances => self.advances.extend(links_in(reader, &pair)),
            Rule::shows => {
                for shown in pair.into_inner().filter(|p| p.as_rule() == Rule::shown) {
                    let Some(dotted) = first(&shown, Rule::dotted) else { continue };
                    let (component, element) = reader.dotted(&dotted);
                    if let Some(level) = name_in(reader, &shown) {
                        self.shows.push(Shows { component, element, level });
                    }
                }
            }
            Rule::decided_by => {
                let by = pair.into_inner().last();
                self.decided_by = by.map(|by| {
                    let decider = if by.as_rule() == Rule::kw_machine { Decider::Machine } else { Decider::Person };
                    Spanned::new(decider, reader.span(&by))
                });
            }
            Rule::severity => self.severity = name_in(reader, &pair),
            Rule::applies_to => {
                let (kinds, span) = (names_in(reader, &pair), reader.span(&pair));
                let when = first(&pair, Rule::expr).map(|p| expr(reader, p));
                self.applies_to = Some(AppliesTo { kinds, when, span });
            }
            Rule::in_force => self.in_force = Some(version_in(reader, &pair)),
            Rule::let_ => {
                if let (Some(name), Some(value)) = (name_in(reader, &pair), first(&pair, Rule::expr)) {
                    self.lets.push(Let { name, value: expr(reader, value) });
                }
            }
            Rule::judge => self.judges.extend(judge(reader, &pair)),
            Rule::guidance => self.guidance = text_in(reader, &pair),
            Rule::expectation => self.expects.extend(expectation(reader, pair)),
            Rule::any_route => {
                if let Some(block) = first(&pair, Rule::any_route_block) {
                    let mut routes = Routes(&mut self.routes);
                    super::fill(reader, &mut routes, block);
                }
            }
            _ => {}
        }
    }

    fn nested(&mut self, reader: &mut Reader<'_>, header: Pair<'_>, fill: &mut dyn FnMut(&mut Reader<'_>, &mut dyn Block)) {
        if header.as_rule() == Rule::any_route_header {
            fill(reader, &mut Routes(&mut self.routes));
        } else {
            self.expects.extend(nested_expectation(reader, &header, fill));
        }
    }
}

/// The routes of `any route { … }`.
struct Routes<'r>(&'r mut Vec<Route>);

impl Block for Routes<'_> {
    fn statement(&mut self, reader: &mut Reader<'_>, pair: Pair<'_>) {
        if let Some(mut route) = route(reader, &pair) {
            if let Some(block) = first(&pair, Rule::route_block) {
                super::fill(reader, &mut route, block);
            }
            self.0.push(route);
        }
    }

    fn nested(&mut self, reader: &mut Reader<'_>, header: Pair<'_>, fill: &mut dyn FnMut(&mut Reader<'_>, &mut dyn Block)) {
        if let Some(mut route) = route(reader, &header) {
            fill(reader, &mut route);
            self.0.push(route);
        }
    }
}

fn route(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<Route> {
    Some(Route { name: name_in(reader, pair)?, title: text_in(reader, pair), expects: Vec::new(), span: reader.span(pair) })
}

impl Block for Route {
    fn statement(&mut self, reader: &mut Reader<'_>, pair: Pair<'_>) {
        self.expects.extend(expectation(reader, pair));
    }

    fn nested(&mut self, reader: &mut Reader<'_>, header: Pair<'_>, fill: &mut dyn FnMut(&mut Reader<'_>, &mut dyn Block)) {
        self.expects.extend(nested_expectation(reader, &header, fill));
    }
}

/// An expectation while it is read: its body may turn out to be missing.
struct Draft {
    name: Name,
    title: Option<Text>,
    body: Option<Expr>,
    otherwise: Option<Text>,
    remedy: Option<Text>,
    guidance: Option<Text>,
    span: Span,
}

impl Draft {
    fn new(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<Self> {
        let (name, title, span) = (name_in(reader, pair)?, text_in(reader, pair), reader.span(pair));
        Some(Self { name, title, body: None, otherwise: None, remedy: None, guidance: None, span })
    }

    fn finish(self) -> Option<Expectation> {
        let Self { name, title, body, otherwise, remedy, guidance, span } = self;
        Some(Expectation { name, title, body: body?, otherwise, remedy, guidance, span })
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the generated rules are many; the grammar admits these only")]
impl Block for Draft {
    fn statement(&mut self, reader: &mut Reader<'_>, pair: Pair<'_>) {
        match pair.as_rule() {
            Rule::otherwise => self.otherwise = text_in(reader, &pair),
            Rule::remedy => self.remedy = text_in(reader, &pair),
            Rule::guidance => self.guidance = text_in(reader, &pair),
            Rule::expr => self.body = Some(expr(reader, pair)),
            _ => {}
        }
    }
}

fn expectation(reader: &mut Reader<'_>, pair: Pair<'_>) -> Option<Expectation> {
    let mut draft = Draft::new(reader, &pair)?;
    super::fill(reader, &mut draft, first(&pair, Rule::expectation_block)?);
    draft.finish()
}

fn nested_expectation(
    reader: &mut Reader<'_>,
    header: &Pair<'_>,
    fill: &mut dyn FnMut(&mut Reader<'_>, &mut dyn Block),
) -> Option<Expectation> {
    let mut draft = Draft::new(reader, header)?;
    let found = reader.diagnostics.len();
    fill(reader, &mut draft);
    if draft.body.is_none() && reader.diagnostics.len() == found {
        reader.report(errors::empty_expectation(draft.name.span, &draft.name.value));
    }
    draft.finish()
}

fn judge(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<Judge> {
    let mut names = names_in(reader, pair).into_iter();
    let (name, question) = (names.next()?, text_in(reader, pair)?);
    let valid = first(pair, Rule::period).map(|p| expression::period(reader, &p));
    Some(Judge { name, question, by: names.collect(), valid, span: reader.span(pair) })
}
