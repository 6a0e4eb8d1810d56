//! Everything that stands at the top of a file, save requirements and tests.

use super::super::ast::{
    ActOf, Declaration, Define, Equivalence, Evidence, Fact, Field, FieldType, Instrument, Name, Parameter, ParameterValue,
    Provision, Requirement, Strategic, StrategicKind, Term, Test, Version, Vocabulary,
};
use super::super::grammar::{Pair, Rule};
use super::super::reader::Reader;
use super::{Block, Header, expression, first, links_in, name_in, names_in, provision_in, provisions_in, text_in, version_in};
use crate::base::{Span, Spanned};

pub(super) fn with_block(
    reader: &mut Reader<'_>,
    keyword: &str,
    mut header: Header<'_>,
    span: Span,
    fill: impl FnOnce(&mut Reader<'_>, &mut dyn Block),
) -> Option<Declaration> {
    let doc = header.doc.take();
    Some(match keyword {
        "provision" => {
            let id = reader.provision(&header.take(Rule::provision_ref)?);
            let title = header.text(reader)?;
            let mut node = Provision {
                doc,
                id,
                title,
                binds: Vec::new(),
                duty: None,
                basis: None,
                source: None,
                sealed: None,
                versions: Vec::new(),
                observed: Vec::new(),
                supports: Vec::new(),
                advances: Vec::new(),
                span,
            };
            fill(reader, &mut node);
            Declaration::Provision(node)
        }
        "vocabulary" => {
            let ordered = header.has(Rule::kw_ordered);
            let mut node = Vocabulary { doc, name: header.name(reader)?, ordered, terms: Vec::new(), span };
            fill(reader, &mut node);
            Declaration::Vocabulary(node)
        }
        "parameter" => {
            let (name, title, of) = (header.name(reader)?, header.text(reader), header.name(reader)?);
            let mut node = Parameter { doc, name, title, of, values: Vec::new(), span };
            fill(reader, &mut node);
            Declaration::Parameter(node)
        }
        "test" => {
            let (title, of) = (header.text(reader)?, header.name(reader)?);
            let at = reader.date(&header.take(Rule::date)?);
            let mut node = Test { title, of, at, entity: None, items: Vec::new(), expected: Vec::new(), span };
            fill(reader, &mut node);
            Declaration::Test(Box::new(node))
        }
        _ => {
            let (name, title) = (header.name(reader)?, header.text(reader)?);
            titled(reader, keyword, doc, (name, title), span, fill)?
        }
    })
}

/// The declarations whose header is a keyword, a name and a title.
fn titled(
    reader: &mut Reader<'_>,
    keyword: &str,
    doc: Option<String>,
    (name, title): (Name, Name),
    span: Span,
    fill: impl FnOnce(&mut Reader<'_>, &mut dyn Block),
) -> Option<Declaration> {
    Some(match keyword {
        "instrument" => {
            let mut node =
                Instrument { doc, id: name, title, kind: None, extent: None, citation: None, url: None, in_force: None, span };
            fill(reader, &mut node);
            Declaration::Instrument(node)
        }
        "evidence" => {
            let mut node = Evidence {
                doc,
                name,
                title,
                fields: Vec::new(),
                proves: None,
                dated_by: None,
                lapses_on: None,
                acts: Vec::new(),
                retained: None,
                marking: None,
                span,
            };
            fill(reader, &mut node);
            Declaration::Evidence(node)
        }
        "requirement" => {
            let mut node = Requirement {
                doc,
                name,
                title,
                discharges: Vec::new(),
                supports: Vec::new(),
                shows: Vec::new(),
                advances: Vec::new(),
                decided_by: None,
                severity: None,
                applies_to: None,
                in_force: None,
                lets: Vec::new(),
                expects: Vec::new(),
                routes: Vec::new(),
                judges: Vec::new(),
                guidance: None,
                span,
            };
            fill(reader, &mut node);
            Declaration::Requirement(Box::new(node))
        }
        "equivalence" => {
            let mut node = Equivalence {
                doc,
                name,
                title,
                treats: None,
                as_: None,
                for_kinds: Vec::new(),
                except: Vec::new(),
                basis: None,
                span,
            };
            fill(reader, &mut node);
            Declaration::Equivalence(node)
        }
        other => {
            let kind = match other {
                "component" => StrategicKind::Component,
                "objective" => StrategicKind::Objective,
                "initiative" => StrategicKind::Initiative,
                "enabler" => StrategicKind::Enabler,
                "foundation" => StrategicKind::Foundation,
                _ => return None,
            };
            let mut node = Strategic {
                doc,
                kind,
                id: name,
                title,
                number: None,
                summary: None,
                source: None,
                elements: Vec::new(),
                measures: Vec::new(),
                supports: Vec::new(),
                advances: Vec::new(),
                span,
            };
            fill(reader, &mut node);
            Declaration::Strategic(node)
        }
    })
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the generated rules are many; the grammar admits these only")]
impl Block for Instrument {
    fn statement(&mut self, reader: &mut Reader<'_>, pair: Pair<'_>) {
        match pair.as_rule() {
            Rule::kind_is => self.kind = name_in(reader, &pair),
            Rule::extent => self.extent = name_in(reader, &pair),
            Rule::citation => self.citation = text_in(reader, &pair),
            Rule::url => self.url = text_in(reader, &pair),
            Rule::in_force => self.in_force = Some(version_in(reader, &pair)),
            _ => {}
        }
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the generated rules are many; the grammar admits these only")]
impl Block for Provision {
    fn statement(&mut self, reader: &mut Reader<'_>, pair: Pair<'_>) {
        match pair.as_rule() {
            Rule::binds => self.binds = names_in(reader, &pair),
            Rule::duty => self.duty = name_in(reader, &pair),
            Rule::basis_word => self.basis = name_in(reader, &pair),
            Rule::source_text => self.source = text_in(reader, &pair),
            Rule::sealed => self.sealed = text_in(reader, &pair),
            Rule::observed => self.observed.extend(text_in(reader, &pair)),
            Rule::supports => self.supports.extend(links_in(reader, &pair)),
            Rule::advances => self.advances.extend(links_in(reader, &pair)),
            Rule::version => {
                let mut version = version_in(reader, &pair);
                if let Some(block) = first(&pair, Rule::version_block) {
                    super::fill(reader, &mut version, block);
                }
                self.versions.push(version);
            }
            _ => {}
        }
    }

    fn nested(&mut self, reader: &mut Reader<'_>, header: Pair<'_>, fill: &mut dyn FnMut(&mut Reader<'_>, &mut dyn Block)) {
        let mut version = version_in(reader, &header);
        fill(reader, &mut version);
        self.versions.push(version);
    }
}

impl Block for Version {
    fn statement(&mut self, reader: &mut Reader<'_>, pair: Pair<'_>) {
        if pair.as_rule() == Rule::summary {
            self.summary = text_in(reader, &pair);
        } else {
            self.amended_by = name_in(reader, &pair);
        }
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the generated rules are many; the grammar admits these only")]
impl Block for Strategic {
    fn statement(&mut self, reader: &mut Reader<'_>, pair: Pair<'_>) {
        match pair.as_rule() {
            Rule::ordinal => self.number = first(&pair, Rule::whole).map(|p| reader.whole(&p)),
            Rule::summary => self.summary = text_in(reader, &pair),
            Rule::source_ref => self.source = provision_in(reader, &pair),
            Rule::element => self.elements.extend(term(reader, &pair)),
            Rule::measure => self.measures.extend(term(reader, &pair)),
            Rule::supports => self.supports.extend(links_in(reader, &pair)),
            Rule::advances => self.advances.extend(links_in(reader, &pair)),
            _ => {}
        }
    }
}

impl Block for Vocabulary {
    fn statement(&mut self, reader: &mut Reader<'_>, pair: Pair<'_>) {
        self.terms.extend(term(reader, &pair));
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the generated rules are many; the grammar admits these only")]
impl Block for Evidence {
    fn statement(&mut self, reader: &mut Reader<'_>, pair: Pair<'_>) {
        match pair.as_rule() {
            Rule::proves => self.proves = name_in(reader, &pair),
            Rule::dated_by => self.dated_by = name_in(reader, &pair),
            Rule::lapses_on => self.lapses_on = name_in(reader, &pair),
            Rule::act => self.acts.extend(act(reader, &pair)),
            Rule::retained => self.retained = text_in(reader, &pair).zip(provision_in(reader, &pair)),
            Rule::marking => self.marking = name_in(reader, &pair),
            Rule::field => self.fields.extend(field(reader, pair)),
            _ => {}
        }
    }
}

impl Block for Parameter {
    fn statement(&mut self, reader: &mut Reader<'_>, pair: Pair<'_>) {
        let version = version_in(reader, &pair);
        let by = provision_in(reader, &pair);
        if let Some(literal) = pair.into_inner().next() {
            let span = reader.span(&literal);
            let value = expression::atom(reader, literal, span);
            self.values.push(ParameterValue { value, version, by });
        }
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the generated rules are many; the grammar admits these only")]
impl Block for Equivalence {
    fn statement(&mut self, reader: &mut Reader<'_>, pair: Pair<'_>) {
        match pair.as_rule() {
            Rule::treats => {
                let mut both = provisions_in(reader, &pair).into_iter();
                self.treats = both.next();
                self.as_ = both.next();
            }
            Rule::for_kinds => self.for_kinds = names_in(reader, &pair),
            Rule::except => self.except.extend(provisions_in(reader, &pair)),
            Rule::basis_ref => self.basis = provision_in(reader, &pair),
            _ => {}
        }
    }
}

fn term(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<Term> {
    let name = name_in(reader, pair)?;
    let title = text_in(reader, pair);
    let mut span = reader.span(pair);
    span.end = title.as_ref().unwrap_or(&name).span.end;
    Some(Term { doc: reader.doc(pair), name, title, span })
}

/// `act verb [field] by field on field`
fn act(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<ActOf> {
    let mut names = names_in(reader, pair).into_iter();
    let to = first(pair, Rule::acted_on).and_then(|p| name_in(reader, &p));
    Some(ActOf { verb: names.next()?, to, by: names.next()?, on: names.next()?, span: reader.span(pair) })
}

fn field(reader: &mut Reader<'_>, pair: Pair<'_>) -> Option<Field> {
    let (doc, span) = (reader.doc(&pair), reader.span(&pair));
    let mut pieces = pair.into_inner();
    let name = reader.name(&pieces.next()?);
    let of = field_type(reader, pieces.next()?).value;
    Some(Field { doc, name, of, optional: pieces.next().is_some(), span })
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the generated rules are many; the grammar admits these only")]
fn field_type(reader: &mut Reader<'_>, pair: Pair<'_>) -> Spanned<FieldType> {
    let span = reader.span(&pair);
    let kind = match pair.as_rule() {
        Rule::list_type => match pair.into_inner().last() {
            Some(of) => FieldType::List(Box::new(field_type(reader, of))),
            None => FieldType::Record(Vec::new()),
        },
        Rule::record_type => {
            FieldType::Record(pair.into_inner().filter(|p| p.as_rule() == Rule::field).filter_map(|p| field(reader, p)).collect())
        }
        _ => FieldType::Named(reader.name(&pair)),
    };
    Spanned::new(kind, span)
}

/// `fact name "title" : type`
pub(in super::super) fn fact(reader: &mut Reader<'_>, pair: Pair<'_>) -> Option<Declaration> {
    let (doc, span) = (reader.doc(&pair), reader.span(&pair));
    let (name, title) = (name_in(reader, &pair)?, text_in(reader, &pair)?);
    let of = field_type(reader, pair.into_inner().last()?).value;
    Some(Declaration::Fact(Fact { doc, name, title, of, span }))
}

/// `define name(x: kind, …) = expression`
pub(in super::super) fn define(reader: &mut Reader<'_>, pair: Pair<'_>) -> Option<Declaration> {
    let (doc, span) = (reader.doc(&pair), reader.span(&pair));
    let name = name_in(reader, &pair)?;
    let mut parameters = Vec::new();
    for typed in first(&pair, Rule::parameters).into_iter().flat_map(Pair::into_inner).filter(|p| p.as_rule() == Rule::typed) {
        let mut both = names_in(reader, &typed).into_iter();
        if let (Some(name), Some(of)) = (both.next(), both.next()) {
            parameters.push((name, of));
        }
    }
    let body = expression::expr(reader, pair.into_inner().last()?);
    Some(Declaration::Define(Define { doc, name, parameters, body, span }))
}
