//! Expressions. The grammar gives operands and operators in one flat row; here they get their precedence.

use std::iter::Peekable;

use super::super::ast::{Aggregate, BinaryOp, Binding, Expr, ExprKind, Member, Quantifier};
use super::super::grammar::{Pair, Pairs, Rule};
use super::super::reader::{Reader, without_underscores};
use super::super::{chunks, errors};
use super::{name_in, text_in};
use crate::base::{Decimal, Percent, Period, Span, Spanned};

type Row<'t> = Peekable<Pairs<'t>>;

/// An `expr`.
pub(super) fn expr(reader: &mut Reader<'_>, pair: Pair<'_>) -> Expr {
    let span = reader.span(&pair);
    if reader.depth > 4 * chunks::MAX_DEPTH {
        reader.report(errors::nested_too_deep(span));
        return Expr { kind: ExprKind::Bool(false), span };
    }
    reader.depth += 1;
    let mut row = pair.into_inner().peekable();
    let mut any = vec![conjunction(reader, &mut row)];
    while row.next_if(|p| p.as_rule() == Rule::kw_or).is_some() {
        any.push(conjunction(reader, &mut row));
    }
    reader.depth -= 1;
    many(any, ExprKind::Or, span)
}

fn conjunction(reader: &mut Reader<'_>, row: &mut Row<'_>) -> Expr {
    let mut all = vec![negation(reader, row)];
    while row.next_if(|p| p.as_rule() == Rule::kw_and).is_some() {
        all.push(negation(reader, row));
    }
    let span = all.first().zip(all.last()).map_or_else(|| nowhere(reader), |(a, b)| a.span.to(b.span));
    many(all, ExprKind::And, span)
}

fn many(mut exprs: Vec<Expr>, kind: fn(Vec<Expr>) -> ExprKind, span: Span) -> Expr {
    match exprs.pop() {
        Some(only) if exprs.is_empty() => only,
        last => {
            exprs.extend(last);
            Expr { kind: kind(exprs), span }
        }
    }
}

fn nowhere(reader: &Reader<'_>) -> Span {
    reader.at(reader.base, reader.base)
}

fn negation(reader: &mut Reader<'_>, row: &mut Row<'_>) -> Expr {
    let mut nots = Vec::new();
    while let Some(not) = row.next_if(|p| p.as_rule() == Rule::kw_not) {
        nots.push(reader.span(&not));
    }
    let mut inner = comparison(reader, row);
    if let (Some(first), true) = (nots.first(), nots.len() > chunks::MAX_DEPTH) {
        reader.report(errors::nested_too_deep(*first));
        return inner;
    }
    for not in nots.into_iter().rev() {
        let span = not.to(inner.span);
        inner = Expr { kind: ExprKind::Not(Box::new(inner)), span };
    }
    inner
}

/// One comparison: `a = b`, `d before e`, `x within P before D`, `a is stated`, `a in (…)`, or no comparison at all.
fn comparison(reader: &mut Reader<'_>, row: &mut Row<'_>) -> Expr {
    let mut left = sum(reader, row);
    let mut compared = false;
    while let Some(next) = row.next_if(|p| matches!(p.as_rule(), Rule::op | Rule::side | Rule::presence | Rule::membership)) {
        let span = reader.span(&next);
        let op = operator(&next);
        let window_first = matches!(&left.kind, ExprKind::Binary(BinaryOp::Before | BinaryOp::After | BinaryOp::Of, ..));
        if compared && !(window_first && matches!(op, Some(BinaryOp::Covers | BinaryOp::Overlaps))) {
            reader.report(errors::chained_comparison(span, next.as_str()));
        }
        compared = true;
        left = match (next.as_rule(), op) {
            (Rule::presence, _) => {
                let stated = next.into_inner().any(|p| p.as_rule() == Rule::kw_stated);
                let span = left.span.to(span);
                Expr { kind: ExprKind::Presence { of: Box::new(left), stated }, span }
            }
            (Rule::membership, _) => {
                let negated = next.clone().into_inner().any(|p| p.as_rule() == Rule::kw_not);
                let among = exprs_in(reader, next);
                let span = left.span.to(span);
                Expr { kind: ExprKind::OneOf { of: Box::new(left), among, negated }, span }
            }
            (_, Some(op)) => {
                let right = if matches!(op, BinaryOp::Within | BinaryOp::Covers | BinaryOp::Overlaps) {
                    window(reader, row)
                } else {
                    sum(reader, row)
                };
                binary(op, left, right)
            }
            (_, None) => left,
        };
    }
    left
}

/// `P before D`, or a sum.
fn window(reader: &mut Reader<'_>, row: &mut Row<'_>) -> Expr {
    let left = sum(reader, row);
    let side = |p: &Pair<'_>| matches!(operator(p), Some(BinaryOp::Before | BinaryOp::After | BinaryOp::Of));
    match row.next_if(side).and_then(|p| operator(&p)) {
        Some(op) => {
            let right = sum(reader, row);
            binary(op, left, right)
        }
        None => left,
    }
}

fn sum(reader: &mut Reader<'_>, row: &mut Row<'_>) -> Expr {
    let mut left = product(reader, row);
    while let Some(next) = row.next_if(|p| matches!(operator(p), Some(BinaryOp::Plus | BinaryOp::Minus))) {
        let right = product(reader, row);
        left = binary(operator(&next).unwrap_or(BinaryOp::Plus), left, right);
    }
    left
}

fn product(reader: &mut Reader<'_>, row: &mut Row<'_>) -> Expr {
    let mut left = operand(reader, row);
    while let Some(next) = row.next_if(|p| matches!(operator(p), Some(BinaryOp::Times | BinaryOp::Divide))) {
        let right = operand(reader, row);
        left = binary(operator(&next).unwrap_or(BinaryOp::Times), left, right);
    }
    left
}

fn binary(op: BinaryOp, left: Expr, right: Expr) -> Expr {
    let span = left.span.to(right.span);
    Expr { kind: ExprKind::Binary(op, Box::new(left), Box::new(right)), span }
}

fn operator(pair: &Pair<'_>) -> Option<BinaryOp> {
    if !matches!(pair.as_rule(), Rule::op | Rule::side | Rule::arithmetic) {
        return None;
    }
    Some(match pair.as_str() {
        "=" => BinaryOp::Equal,
        "!=" => BinaryOp::NotEqual,
        "<" => BinaryOp::Less,
        "<=" => BinaryOp::AtMost,
        ">" => BinaryOp::Greater,
        ">=" => BinaryOp::AtLeast,
        "+" => BinaryOp::Plus,
        "-" => BinaryOp::Minus,
        "*" => BinaryOp::Times,
        "/" => BinaryOp::Divide,
        "before" => BinaryOp::Before,
        "after" => BinaryOp::After,
        "of" => BinaryOp::Of,
        "within" => BinaryOp::Within,
        "covers" => BinaryOp::Covers,
        "overlaps" => BinaryOp::Overlaps,
        "contains" => BinaryOp::Contains,
        on_or if on_or.ends_with("before") => BinaryOp::OnOrBefore,
        _ => BinaryOp::OnOrAfter,
    })
}

fn operand(reader: &mut Reader<'_>, row: &mut Row<'_>) -> Expr {
    let Some(pair) = row.next() else {
        return Expr { kind: ExprKind::Bool(false), span: nowhere(reader) };
    };
    let span = reader.span(&pair);
    match row.next_if(|p| matches!(p.as_rule(), Rule::arguments | Rule::recurrence)) {
        Some(tail) if tail.as_rule() == Rule::arguments => call(reader, &pair, tail, span),
        Some(tail) => recurs(reader, &pair, tail, span),
        None => atom(reader, pair, span),
    }
}

fn call(reader: &mut Reader<'_>, path: &Pair<'_>, arguments: Pair<'_>, span: Span) -> Expr {
    let span = span.to(reader.span(&arguments));
    let (name, fields) = reader.segments(path.as_str(), reader.span(path).start);
    if let Some(field) = fields.first() {
        reader.report(errors::call_of_field(reader.span(path), &name.value, &field.value));
    }
    Expr { kind: ExprKind::Call(name, exprs_in(reader, arguments)), span }
}

/// Anything that stands between operators.
#[expect(clippy::wildcard_enum_match_arm, reason = "the generated rules are many; the grammar admits these only")]
pub(super) fn atom(reader: &mut Reader<'_>, pair: Pair<'_>, span: Span) -> Expr {
    let kind = match pair.as_rule() {
        Rule::path => path(reader, &pair),
        Rule::text => ExprKind::Text(reader.text(&pair).value),
        Rule::date => ExprKind::Date(reader.date(&pair).value),
        Rule::period => ExprKind::Period(period(reader, &pair).value),
        Rule::percent => ExprKind::Percent(percent(reader, &pair).value),
        Rule::number => number(reader, &pair),
        Rule::parenthesis => {
            let inner = pair.into_inner().find(|p| p.as_rule() == Rule::expr).map(|p| expr(reader, p));
            inner.map_or(ExprKind::Bool(false), |inner| inner.kind)
        }
        Rule::quantified => quantified(reader, pair),
        Rule::aggregate | Rule::longest_gap => aggregate(reader, pair),
        Rule::pick => {
            let later = pair.clone().into_inner().any(|p| p.as_rule() == Rule::kw_later);
            ExprKind::Pick { later, of: exprs_in(reader, pair) }
        }
        _ => {
            let any = pair.clone().into_inner().any(|p| p.as_rule() == Rule::kw_any);
            let members = pair.into_inner().find(|p| p.as_rule() == Rule::members);
            let members = members.map_or_else(Vec::new, |p| self::members(reader, p));
            ExprKind::Group { at_least: any.then_some(1), members }
        }
    };
    Expr { kind, span }
}

fn path(reader: &mut Reader<'_>, pair: &Pair<'_>) -> ExprKind {
    match pair.as_str() {
        "true" => ExprKind::Bool(true),
        "false" => ExprKind::Bool(false),
        text if text.contains('#') => ExprKind::Provision(reader.provision(pair)),
        text => {
            let (first, rest) = reader.segments(text, reader.span(pair).start);
            ExprKind::Path(first, rest)
        }
    }
}

fn number(reader: &mut Reader<'_>, pair: &Pair<'_>) -> ExprKind {
    let digits = without_underscores(pair.as_str());
    let read = if digits.contains('.') {
        Decimal::from_str_exact(&digits).ok().map(ExprKind::Decimal)
    } else {
        digits.parse().ok().map(ExprKind::Whole)
    };
    read.unwrap_or_else(|| {
        let most = if digits.contains('.') { "28 digits in all" } else { "9223372036854775807" };
        reader.report(errors::number_too_large(reader.span(pair), pair.as_str(), most));
        ExprKind::Whole(0)
    })
}

/// `30 days`
pub(super) fn period(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Spanned<Period> {
    let span = reader.span(pair);
    let mut text = pair.as_str();
    let spaced: String;
    if text.contains("  ") || text.contains(['\n', '\t', '\r']) || text.contains("working") {
        spaced = text.split_whitespace().collect::<Vec<_>>().join(" ");
        text = &spaced;
    }
    let period = Period::parse(text).unwrap_or_else(|_| {
        reader.report(errors::number_too_large(span, text.split(' ').next().unwrap_or(text), "4294967295"));
        Period::new(0, crate::base::Unit::Days)
    });
    Spanned::new(period, span)
}

fn percent(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Spanned<Percent> {
    let span = reader.span(pair);
    let percent = Percent::parse(&without_underscores(pair.as_str())).unwrap_or_else(|| {
        reader.report(errors::number_too_large(span, pair.as_str(), "28 digits in all"));
        Percent(Decimal::ZERO)
    });
    Spanned::new(percent, span)
}

fn exprs_in(reader: &mut Reader<'_>, pair: Pair<'_>) -> Vec<Expr> {
    pair.into_inner().filter(|p| p.as_rule() == Rule::expr).map(|p| expr(reader, p)).collect()
}

/// What quantifiers, quantities and rhythms have in common.
#[derive(Default)]
struct Parts {
    over: Vec<Binding>,
    filter: Option<Box<Expr>>,
    body: Option<Box<Expr>>,
    sums: Vec<Expr>,
    window: Option<Box<Expr>>,
    number: Option<Spanned<u32>>,
    percent: Option<Spanned<Percent>>,
    members: Option<Vec<Member>>,
    max_gap: Option<Box<Expr>>,
    words: Vec<Rule>,
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the generated rules are many; the others are keywords")]
fn parts(reader: &mut Reader<'_>, pair: Pair<'_>) -> Parts {
    let mut parts = Parts::default();
    for piece in pair.into_inner() {
        match piece.as_rule() {
            Rule::binding => parts.over.extend(binding(reader, piece)),
            Rule::where_part => parts.filter = last_expr(reader, piece),
            Rule::body_part => parts.body = last_expr(reader, piece),
            Rule::sum => parts.sums.push(sum(reader, &mut piece.into_inner().peekable())),
            Rule::window => parts.window = Some(Box::new(window(reader, &mut piece.into_inner().peekable()))),
            Rule::whole => parts.number = Some(reader.whole(&piece)),
            Rule::percent => parts.percent = Some(percent(reader, &piece)),
            Rule::members => parts.members = Some(members(reader, piece)),
            Rule::allowed => parts.number = super::first(&piece, Rule::whole).map(|p| reader.whole(&p)),
            Rule::max_gap => {
                parts.max_gap = super::first(&piece, Rule::sum).map(|p| Box::new(sum(reader, &mut p.into_inner().peekable())));
            }
            keyword => parts.words.push(keyword),
        }
    }
    parts
}

fn last_expr(reader: &mut Reader<'_>, pair: Pair<'_>) -> Option<Box<Expr>> {
    pair.into_inner().last().map(|p| Box::new(expr(reader, p)))
}

fn binding(reader: &mut Reader<'_>, pair: Pair<'_>) -> Option<Binding> {
    let mut pieces = pair.into_inner();
    let source = pieces.next()?;
    let span = reader.span(&source);
    let source = Expr { kind: path(reader, &source), span };
    let variable = reader.name(&pieces.last()?);
    Some(Binding { source, variable })
}

fn members(reader: &mut Reader<'_>, pair: Pair<'_>) -> Vec<Member> {
    let mut members = Vec::new();
    for member in pair.into_inner().filter(|p| p.as_rule() == Rule::member) {
        let (label, title) = (name_in(reader, &member), text_in(reader, &member));
        if let (Some(label), Some(body)) = (label, super::first(&member, Rule::expr)) {
            members.push(Member { label, title, body: expr(reader, body) });
        }
    }
    members
}

fn quantified(reader: &mut Reader<'_>, pair: Pair<'_>) -> ExprKind {
    let nowhere = nowhere(reader);
    let Parts { over, filter, body, sums, number, percent, members, words, .. } = parts(reader, pair);
    let number = number.unwrap_or(Spanned::new(0, nowhere));
    if let Some(members) = members {
        if words.contains(&Rule::kw_most) {
            reader.report(errors::at_most_group(number.span));
        }
        return ExprKind::Group { at_least: Some(number.value), members };
    }
    let most = words.contains(&Rule::kw_most);
    let first = words.first().copied();
    let quantifier = match (first, percent) {
        (Some(Rule::kw_some), _) => Quantifier::Some,
        (Some(Rule::kw_no), _) => Quantifier::No,
        (Some(Rule::kw_every), _) => Quantifier::Every,
        (Some(Rule::kw_exactly), _) => Quantifier::Exactly(number),
        (Some(Rule::kw_latest), _) => {
            let by = sums.into_iter().next().unwrap_or(Expr { kind: ExprKind::Bool(false), span: nowhere });
            Quantifier::Latest(Box::new(by))
        }
        (_, Some(share)) if most => Quantifier::ShareAtMost(share),
        (_, Some(share)) => Quantifier::ShareAtLeast(share),
        (_, None) if most => Quantifier::AtMost(number),
        (_, None) => Quantifier::AtLeast(number),
    };
    ExprKind::Quantified { quantifier, over, filter, body }
}

fn aggregate(reader: &mut Reader<'_>, pair: Pair<'_>) -> ExprKind {
    let Parts { over, filter, sums, window, words, .. } = parts(reader, pair);
    let of = match words.first() {
        Some(Rule::kw_count) => Aggregate::Count,
        Some(Rule::kw_sum) => Aggregate::Sum,
        Some(Rule::kw_least) => Aggregate::Least,
        Some(Rule::kw_greatest) => Aggregate::Greatest,
        _ => Aggregate::LongestGap,
    };
    ExprKind::Aggregate { of, value: sums.into_iter().next().map(Box::new), over, filter, throughout: window }
}

fn recurs(reader: &mut Reader<'_>, source: &Pair<'_>, tail: Pair<'_>, start: Span) -> Expr {
    let (source_span, tail_span) = (reader.span(source), reader.span(&tail));
    let source = Expr { kind: path(reader, source), span: source_span };
    let variable = name_in(reader, &tail);
    let Parts { filter, sums, window, number, max_gap, .. } = parts(reader, tail);
    let mut sums = sums.into_iter();
    let span = start.to(tail_span);
    // INVARIANT: the grammar has matched all of these, so the fallback is never taken.
    let (Some(variable), Some(by), Some(every), Some(throughout)) = (variable, sums.next(), sums.next(), window) else {
        return Expr { kind: ExprKind::Bool(false), span };
    };
    let allowing = number.unwrap_or(Spanned::new(0, reader.at(tail_span.end as usize, tail_span.end as usize)));
    let over = Box::new(Binding { source, variable });
    let (by, every) = (Box::new(by), Box::new(every));
    Expr { kind: ExprKind::Recurs { over, by, filter, every, throughout, allowing, max_gap }, span }
}
