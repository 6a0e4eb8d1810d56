//! What every part of the tree needs when it is built: places, names, texts, dates and numbers.

use super::ast::{Name, ProvisionRef, Text};
use super::grammar::Pair;
use super::{errors, scan};
use crate::base::{Date, DateError, FileId, Span, Spanned};
use crate::diagnostics::Diagnostic;

/// Builds tree nodes from matched pieces and collects what is wrong with them.
pub(super) struct Reader<'t> {
    /// The file the text is from.
    pub(super) file: FileId,
    /// The whole text.
    pub(super) whole: &'t str,
    /// Where the text that is being matched begins in the whole.
    pub(super) base: usize,
    /// How many expressions the current one is inside of.
    pub(super) depth: usize,
    /// Whether a block of the current declaration was found to run to its end.
    pub(super) unclosed: bool,
    /// What was found wrong.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(file: FileId, whole: &'t str) -> Self {
        Self { file, whole, base: 0, depth: 0, unclosed: false, diagnostics: Vec::new() }
    }

    /// The span from `start` to `end`, both offsets in the whole text. Texts of more than 4 GiB were refused before.
    pub(super) fn at(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start as u32, end as u32)
    }

    /// Where a match stands.
    pub(super) fn span(&self, pair: &Pair<'_>) -> Span {
        let span = pair.as_span();
        let start = self.base + span.start();
        self.at(start, start + scan::end_of_last_piece(pair.as_str()))
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The `///` text above a match.
    pub(super) fn doc(&self, pair: &Pair<'_>) -> Option<String> {
        scan::doc_above(self.whole, self.base + pair.as_span().start()).map(|(doc, _)| doc)
    }

    /// A name, checked to be kebab-case.
    pub(super) fn name(&mut self, pair: &Pair<'_>) -> Name {
        let span = self.span(pair);
        self.name_at(pair.as_str(), span)
    }

    pub(super) fn name_at(&mut self, word: &str, span: Span) -> Name {
        if !is_kebab(word) {
            self.report(errors::not_kebab_case(span, word));
        }
        Spanned::new(word.to_owned(), span)
    }

    /// `a` or `a.b`.
    pub(super) fn dotted(&mut self, pair: &Pair<'_>) -> (Name, Option<Name>) {
        let (first, mut rest) = self.segments(pair.as_str(), self.span(pair).start);
        let second = if rest.is_empty() { None } else { Some(rest.remove(0)) };
        if let Some(third) = rest.first() {
            self.diagnostics.push(errors::too_many_parts(third.span, &third.value));
        }
        (first, second)
    }

    /// `a.b.c` as names with their places.
    pub(super) fn segments(&mut self, text: &str, start: u32) -> (Name, Vec<Name>) {
        let mut at = start;
        let mut names = text.split('.').map(|part| {
            let span = Span::new(self.file, at, at + part.len() as u32);
            at = span.end + 1;
            if !is_kebab(part) {
                self.diagnostics.push(errors::not_kebab_case(span, part));
            }
            Spanned::new(part.to_owned(), span)
        });
        let first = names.next();
        let rest = names.collect();
        (first.unwrap_or_else(|| Spanned::new(String::new(), Span::new(self.file, start, start))), rest)
    }

    /// `instrument` or `instrument#point`.
    pub(super) fn provision(&mut self, pair: &Pair<'_>) -> ProvisionRef {
        let span = self.span(pair);
        let text = pair.as_str();
        let Some((instrument, point)) = text.split_once('#') else {
            return ProvisionRef { instrument: self.name(pair), point: None, span };
        };
        let middle = span.start + instrument.len() as u32;
        let instrument = self.name_at(instrument, Span::new(self.file, span.start, middle));
        let point = Spanned::new(point.to_owned(), Span::new(self.file, middle + 1, span.end));
        ProvisionRef { instrument, point: Some(point), span }
    }

    /// `2026-11-23`. A day that does not exist is reported and read as the first day of 1970.
    pub(super) fn date(&mut self, pair: &Pair<'_>) -> Spanned<Date> {
        let span = self.span(pair);
        let date = Date::parse(pair.as_str()).unwrap_or_else(|why| {
            self.report(match why {
                DateError::Form => errors::date_form(span, pair.as_str()),
                DateError::NoSuchDay => errors::impossible_date(span, pair.as_str()),
            });
            Date::from_day_number(0).unwrap_or(Date::MIN)
        });
        Spanned::new(date, span)
    }

    /// A small whole number.
    pub(super) fn whole(&mut self, pair: &Pair<'_>) -> Spanned<u32> {
        let span = self.span(pair);
        let value = without_underscores(pair.as_str()).parse().unwrap_or_else(|_| {
            self.report(errors::number_too_large(span, pair.as_str(), "4294967295"));
            0
        });
        Spanned::new(value, span)
    }

    /// A text without its quotes.
    pub(super) fn text(&mut self, pair: &Pair<'_>) -> Text {
        let span = self.span(pair);
        let raw = pair.as_str();
        let value = match raw.strip_prefix("\"\"\"") {
            Some(rest) => dedent(rest.strip_suffix("\"\"\"").unwrap_or(rest)),
            None => self.unescape(raw.get(1..raw.len() - 1).unwrap_or(""), span.start + 1),
        };
        Spanned::new(value, span)
    }

    fn unescape(&mut self, inner: &str, start: u32) -> String {
        if !inner.contains('\\') {
            return inner.to_owned();
        }
        let mut value = String::with_capacity(inner.len());
        let mut chars = inner.char_indices();
        while let Some((offset, char)) = chars.next() {
            if char != '\\' {
                value.push(char);
                continue;
            }
            match chars.next() {
                Some((_, '"')) => value.push('"'),
                Some((_, '\\')) => value.push('\\'),
                Some((_, 'n')) => value.push('\n'),
                Some((_, other)) => {
                    let from = start + offset as u32;
                    let span = Span::new(self.file, from, from + 1 + other.len_utf8() as u32);
                    self.report(errors::unknown_escape(span, other));
                    value.push(other);
                }
                None => {}
            }
        }
        value
    }
}

/// A number as written, without its `_`.
pub(super) fn without_underscores(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains('_') { text.replace('_', "").into() } else { text.into() }
}

fn is_kebab(word: &str) -> bool {
    let mut before = b'-';
    for byte in word.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' => {}
            b'-' if before != b'-' => {}
            _ => return false,
        }
        before = byte;
    }
    before != b'-'
}

/// A raw text: the line break after the opening quotes goes, and so does the indentation of the closing ones.
fn dedent(inner: &str) -> String {
    let Some((first, rest)) = inner.split_once('\n') else { return inner.to_owned() };
    let last = rest.rsplit('\n').next().unwrap_or("");
    let margin = if last.trim().is_empty() { last } else { "" };
    let mut lines: Vec<&str> = Vec::new();
    if !first.trim().is_empty() {
        lines.push(first);
    }
    lines.extend(rest.split('\n').map(|line| {
        let line = line.strip_suffix('\r').unwrap_or(line);
        line.strip_prefix(margin).unwrap_or(line.trim_start())
    }));
    if last.trim().is_empty() {
        lines.pop();
    }
    lines.join("\n")
}
