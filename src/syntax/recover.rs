//! Reads one declaration; when it does not parse as a whole, takes it apart statement by statement, so that each mistake is reported
//! once, at its place, and everything else is kept.

use super::ast::Declaration;
use super::chunks::Chunk;
use super::errors;
use super::from_pairs::{self, Block, Header, Seen};
use super::grammar::{self, Rule};
use super::reader::Reader;
use super::scan::{self, Piece};
use super::shapes::{self, Opening, Shape};

/// Reads one chunk into declarations.
pub(super) fn declaration(reader: &mut Reader<'_>, chunk: &Chunk<'_>, into: &mut Vec<Declaration>) {
    let Some(opening) = shapes::declaration(chunk.keyword) else {
        return leftovers(reader, chunk.start, chunk.end);
    };
    if let Some(at) = chunk.too_deep {
        let span = reader.at(at, at + 1);
        reader.report(errors::nested_too_deep(span));
        return;
    }
    reader.base = chunk.start;
    reader.unclosed = false;
    let text = reader.whole.get(chunk.start..chunk.end).unwrap_or("");
    if let Ok(mut pairs) = grammar::parse(opening.whole, text)
        && let Some(pair) = pairs.next()
    {
        let end = chunk.start + pair.as_span().end();
        let next = scan::skip_blank(reader.whole, end);
        if opening.shape.is_none() && next < chunk.end && scan::line_start(reader.whole, next) != next {
            return failed(reader, chunk.start, chunk.end, opening.alone, None);
        }
        into.extend(whole(reader, chunk.keyword, pair));
        return leftovers(reader, end, chunk.end);
    }
    let end = match opening.shape {
        Some(shape) => with_block(reader, chunk, opening, shape, into),
        None => {
            failed(reader, chunk.start, chunk.end, opening.alone, None);
            chunk.end
        }
    };
    leftovers(reader, end, chunk.end);
}

/// A declaration that parsed as a whole.
fn whole(reader: &mut Reader<'_>, keyword: &str, pair: grammar::Pair<'_>) -> Option<Declaration> {
    match keyword {
        "fact" => return from_pairs::fact(reader, pair),
        "define" => return from_pairs::define(reader, pair),
        _ => {}
    }
    let (doc, span) = (reader.doc(&pair), reader.span(&pair));
    let mut pieces: Vec<_> = pair.into_inner().collect();
    let block = pieces.pop()?;
    from_pairs::with_block(reader, keyword, Header { doc, pieces }, span, |reader, node| from_pairs::fill(reader, node, block))
}

/// A declaration with a block that did not parse as a whole. Answers where it ends.
fn with_block(
    reader: &mut Reader<'_>,
    chunk: &Chunk<'_>,
    opening: &Opening,
    shape: &'static Shape,
    into: &mut Vec<Declaration>,
) -> usize {
    let text = reader.whole.get(chunk.start..chunk.end).unwrap_or("");
    let parsed = grammar::parse(opening.header, text).ok().and_then(|mut pairs| pairs.next());
    let Some(header) = parsed else {
        failed(reader, chunk.start, chunk.end, opening.header, None);
        // The block is still read, for the mistakes in it.
        return match find_open(reader.whole, chunk.start, chunk.end) {
            Some(open) => block(reader, &mut Nothing, Place { open, end: chunk.end, shape, outer: None }).end,
            None => chunk.end,
        };
    };
    let doc = reader.doc(&header);
    let open = scan::skip_blank(reader.whole, chunk.start + header.as_span().end());
    let pieces = header.into_inner().collect();
    let mut done = Done { end: chunk.end };
    let index = into.len();
    let span = reader.at(chunk.start, chunk.end);
    into.extend(from_pairs::with_block(reader, chunk.keyword, Header { doc, pieces }, span, |reader, node| {
        done = block(reader, node, Place { open, end: chunk.end, shape, outer: None });
    }));
    if let Some(declaration) = into.get_mut(index) {
        shapes::set_end(declaration, done.end as u32);
    }
    done.end
}

/// Takes statements and forgets them.
struct Nothing;

impl Block for Nothing {
    fn statement(&mut self, _: &mut Reader<'_>, _: grammar::Pair<'_>) {}

    fn nested(&mut self, reader: &mut Reader<'_>, _: grammar::Pair<'_>, fill: &mut dyn FnMut(&mut Reader<'_>, &mut dyn Block)) {
        fill(reader, &mut Self);
    }
}

/// A block that is taken apart.
#[derive(Clone, Copy)]
struct Place<'p> {
    /// Where its `{` stands.
    open: usize,
    /// Where the declaration ends at the latest.
    end: usize,
    /// What may stand in it.
    shape: &'static Shape,
    /// The block around it.
    outer: Option<&'p Place<'p>>,
}

/// Where a block ended.
struct Done {
    end: usize,
}

/// Reads the statements of a block one by one.
fn block(reader: &mut Reader<'_>, node: &mut dyn Block, place: Place<'_>) -> Done {
    let mut seen = Seen::default();
    let mut at = place.open + 1;
    let mut bodies = 0;
    loop {
        at = scan::skip_blank(reader.whole, at);
        if at >= place.end {
            if !reader.unclosed {
                reader.unclosed = true;
                let span = reader.at(place.open, place.open + 1);
                reader.report(errors::unclosed_block(span, place.shape.noun));
            }
            return Done { end: place.end };
        }
        if reader.whole.as_bytes().get(at) == Some(&b'}') {
            return Done { end: at + 1 };
        }
        if belongs_outside(reader.whole, at, &place) {
            let span = reader.at(place.open, place.open + 1);
            reader.report(errors::unclosed_block(span, place.shape.noun));
            return Done { end: at };
        }
        at = statement(reader, node, at, &place, &mut seen, &mut bodies);
    }
}

/// Whether what begins at `at` can only belong to a block around this one, so that this one was not closed.
fn belongs_outside(text: &str, at: usize, place: &Place<'_>) -> bool {
    let word = scan::word(text, at);
    if word.is_empty() || !scan::first_on_line(text, at) || place.shape.knows(word) {
        return false;
    }
    let mut outer = place.outer;
    while let Some(around) = outer {
        if around.shape.knows(word) && scan::indent(text, at) <= scan::indent(text, place.open) {
            return true;
        }
        outer = around.outer;
    }
    false
}

/// Reads one statement and answers where the next begins.
fn statement(
    reader: &mut Reader<'_>,
    node: &mut dyn Block,
    at: usize,
    place: &Place<'_>,
    seen: &mut Seen,
    bodies: &mut usize,
) -> usize {
    let whole = reader.whole;
    let word = scan::word(whole, at);
    let rest = whole.get(at..place.end).unwrap_or("");
    let is_body = place.shape.body.is_some() && !place.shape.knows(word);
    let rule = match place.shape.body {
        Some(body) if is_body => body,
        _ => place.shape.statement,
    };
    reader.base = at;
    if let Ok(mut pairs) = grammar::parse(rule, rest)
        && let Some(pair) = pairs.next()
    {
        let end = at + pair.as_span().end();
        if ends_well(whole, at, end, place) {
            if is_body {
                *bodies += 1;
                if *bodies > 1 {
                    let span = reader.span(&pair);
                    reader.report(errors::second_body(span));
                    return end;
                }
            }
            if seen.admit(reader, &pair) {
                node.statement(reader, pair);
            }
            return end;
        }
    }
    if is_body {
        *bodies += 1;
        if *bodies > 1 && !word.is_empty() {
            let span = reader.at(at, at + word.len());
            reader.report(errors::unknown_statement(span, word, place.shape));
            return sync(whole, at, place);
        }
    }
    if let Some(opening) = place.shape.blocks.iter().find(|o| o.keyword == word)
        && let Some(header) = grammar::parse(opening.header, rest).ok().and_then(|mut p| p.next())
        && let Some(shape) = opening.shape
    {
        let open = scan::skip_blank(whole, at + header.as_span().end());
        let mut end = place.end;
        node.nested(reader, header, &mut |reader, child| {
            end = block(reader, child, Place { open, end: place.end, shape, outer: Some(place) }).end;
        });
        return end;
    }
    let end = sync(whole, at, place);
    failed(reader, at, end, if is_body { place.shape.body_alone } else { place.shape.alone }, Some(place.shape));
    end
}

/// Whether a statement that ends at `end` is followed by something that can begin another.
fn ends_well(text: &str, start: usize, end: usize, place: &Place<'_>) -> bool {
    let next = scan::skip_blank(text, end);
    if next >= place.end || text.as_bytes().get(next) == Some(&b'}') {
        return true;
    }
    let word = scan::word(text, next);
    place.shape.knows(word) || begins_statement(text, start, next, place)
}

/// Whether a new statement begins at `at`, which comes after a statement that begins at `start`.
fn begins_statement(text: &str, start: usize, at: usize, place: &Place<'_>) -> bool {
    let word = scan::word(text, at);
    if place.shape.free && !word.is_empty() && place.shape.body.is_none() {
        return true;
    }
    let named = place.shape.knows(word) || place.outer.is_some_and(|o| o.shape.knows(word));
    scan::first_on_line(text, at)
        && (named || scan::indent(text, at) <= scan::indent(text, start) && !shapes::continues(text, at))
}

/// Where the statement that begins at `start`, and is broken, ends: before the closing brace of its block, or where another begins.
fn sync(text: &str, start: usize, place: &Place<'_>) -> usize {
    let mut depth = 0usize;
    let mut at = start;
    let mut opened_at = start;
    while let Some((piece, end)) = scan::piece(text, at) {
        if at >= place.end {
            break;
        }
        match piece {
            Piece::Mark(b'{') => {
                depth += 1;
                opened_at = at;
            }
            Piece::Mark(b'}') if depth == 0 => return at,
            Piece::Mark(b'}') => depth -= 1,
            Piece::Word | Piece::Mark(_) | Piece::Text { .. } if at > start && scan::first_on_line(text, at) => {
                let word = scan::word(text, at);
                let out = depth == 0 || scan::indent(text, at) <= scan::indent(text, opened_at);
                let strict = Place { shape: place.shape, ..*place };
                if out && begins_line(text, start, at, &strict, word) {
                    return at;
                }
            }
            Piece::Newline | Piece::Space | Piece::Comment | Piece::Text { .. } | Piece::Word | Piece::Mark(_) => {}
        }
        at = end;
    }
    place.end
}

fn begins_line(text: &str, start: usize, at: usize, place: &Place<'_>, word: &str) -> bool {
    let named = place.shape.knows(word) || place.outer.is_some_and(|o| o.shape.knows(word));
    named || scan::indent(text, at) <= scan::indent(text, start) && !shapes::continues(text, at)
}

/// Reports what was expected where a rule, tried on `start..end`, stopped.
fn failed(reader: &mut Reader<'_>, start: usize, end: usize, rule: Rule, shape: Option<&'static Shape>) {
    let text = reader.whole.get(start..end).unwrap_or("");
    let Err(failure) = grammar::parse(rule, text) else { return };
    reader.base = start;
    let at = scan::skip_blank(reader.whole, start + failure.at).min(end.max(start + failure.at));
    let diagnostic = errors::unexpected(reader, start, at, end, &failure.expected, shape);
    reader.report(diagnostic);
}

/// The first `{` of a stretch.
fn find_open(text: &str, mut at: usize, stop: usize) -> Option<usize> {
    while let Some((piece, end)) = scan::piece(text, at) {
        if at >= stop {
            return None;
        }
        if piece == Piece::Mark(b'{') {
            return Some(at);
        }
        at = end;
    }
    None
}

/// Reports what stands after a declaration and before the next: one report for each thing.
fn leftovers(reader: &mut Reader<'_>, from: usize, to: usize) {
    let text = reader.whole;
    let mut at = scan::skip_blank(text, from);
    while at < to {
        let begun = at;
        let mut depth = 0usize;
        let mut end = to;
        while let Some((piece, after)) = scan::piece(text, at) {
            if at >= to {
                break;
            }
            match piece {
                Piece::Mark(b'{') => depth += 1,
                Piece::Mark(b'}') => depth = depth.saturating_sub(1),
                Piece::Word if at > begun && depth == 0 && scan::line_start(text, at) == at => {
                    end = at;
                    break;
                }
                Piece::Newline | Piece::Space | Piece::Comment | Piece::Text { .. } | Piece::Word | Piece::Mark(_) => {}
            }
            at = after;
        }
        let diagnostic = errors::outside(reader, begun);
        reader.report(diagnostic);
        at = end.max(at.min(to));
        if end == to {
            return;
        }
    }
}
