//! Draws places in texts. Several files may show in one report: their texts are laid end to end, each at its own offset.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents,
    ThemeCharacters, ThemeStyles,
};

use super::paint::{Tone, paint};
use super::{Style, clean};
use crate::base::{FileId, Source, Sources, Span, column_letters, sheet_prefix};

/// A place to draw and what to say about it.
#[derive(Debug, Clone)]
pub struct Mark<'a> {
    /// The texts the place is in.
    pub sources: &'a Sources,
    /// The place.
    pub span: Span,
    /// What stands there, in a few words; may be empty.
    pub text: String,
    /// Whether the heading of the snippet names this place.
    pub primary: bool,
}

/// How grave the heading looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gravity {
    /// Red.
    Error,
    /// Yellow.
    Warning,
    /// Cyan.
    Advice,
}

impl Gravity {
    const fn tone(self) -> Tone {
        match self {
            Self::Error => Tone::Bad,
            Self::Warning => Tone::Open,
            Self::Advice => Tone::Judge,
        }
    }
}

/// What stands above the snippets.
#[derive(Debug, Clone)]
pub struct Heading<'a> {
    /// The first line; may be left out.
    pub code: Option<&'a str>,
    /// The sentence.
    pub message: &'a str,
    /// How it looks.
    pub gravity: Gravity,
    /// The symbol before the sentence; the usual one when `None`.
    pub symbol: Option<&'a str>,
}

/// Draws snippets. Texts are made ready once and kept.
#[derive(Debug)]
pub struct Drawer {
    style: Style,
    pages: BTreeMap<(usize, FileId), Arc<Page>>,
}

#[derive(Debug)]
struct Page {
    name: String,
    source: Source,
    /// The text made safe, where it was not.
    cleaned: Option<String>,
}

impl Page {
    fn new(source: &Source) -> Self {
        let cleaned = match clean::source(source.text()) {
            std::borrow::Cow::Borrowed(_) => None,
            std::borrow::Cow::Owned(text) => Some(text),
        };
        let name = match source.sheet_name() {
            None => source.name().to_owned(),
            Some(sheet) => format!("{}:{}!", source.name(), sheet_prefix(sheet)),
        };
        Self { name: clean::line(&name).into_owned(), source: source.clone(), cleaned }
    }

    fn text(&self) -> &str {
        self.cleaned.as_deref().unwrap_or_else(|| self.source.text())
    }

    /// The last line start at or before an offset.
    fn line_of(&self, offset: usize) -> usize {
        self.source.line_starts().partition_point(|s| *s as usize <= offset).saturating_sub(1)
    }

    fn line_start(&self, line: usize) -> usize {
        self.source.line_starts().get(line).map_or(self.text().len(), |s| *s as usize)
    }

    /// Where a line ends, without its line break.
    fn line_end(&self, line: usize) -> usize {
        let Some(next) = self.source.line_starts().get(line + 1) else { return self.text().len() };
        let end = (*next as usize).saturating_sub(1);
        if end > 0 && self.text().as_bytes().get(end - 1) == Some(&b'\r') { end - 1 } else { end }
    }

    /// The part of a place that is drawn: what stands on its first line.
    fn clip(&self, span: Span) -> (usize, usize) {
        let text = self.text();
        let start = floor(text, span.start as usize);
        let line_end = self.line_end(self.line_of(start)).max(start);
        let end = floor(text, (span.end as usize).min(line_end).min(start + LONGEST_MARK)).max(start);
        let marked = text.get(start..end).unwrap_or("").trim_end().len();
        if marked > 0 {
            return (start, start + marked);
        }
        let one = text.get(start..line_end).and_then(|t| t.chars().next()).map_or(0, char::len_utf8);
        (start, start + one)
    }
}

const LONGEST_MARK: usize = 160;
const LONGEST_LINE: usize = 240;
const LONGEST_WINDOW: usize = 2_000;

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The texts of one report, laid end to end.
#[derive(Debug, Default)]
struct Pages(Vec<(usize, Arc<Page>)>);

impl SourceCode for Pages {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let index = self.0.partition_point(|(base, _)| *base <= span.offset()).checked_sub(1).ok_or(MietteError::OutOfBounds)?;
        let (base, page) = self.0.get(index).ok_or(MietteError::OutOfBounds)?;
        let text = page.text();
        let (a, b) = (span.offset() - base, span.offset() - base + span.len());
        if b > text.len() || b - a > LONGEST_WINDOW {
            return Err(MietteError::OutOfBounds);
        }
        let (first, last) = (page.line_of(a), page.line_of(b.max(a + 1) - 1));
        let (mut start, mut end) = (a, b);
        if before > 0 || after > 0 {
            start = page.line_start(first.saturating_sub(before));
            end = page.line_end((last + after).min(page.source.line_starts().len().saturating_sub(1)));
            let longest = page.line_end(last).saturating_sub(page.line_start(first));
            if end.saturating_sub(start) > LONGEST_WINDOW || (first == last && longest > LONGEST_LINE) {
                start = floor(text, a.saturating_sub(60).max(page.line_start(first)));
                end = floor(text, (b + 100).min(page.line_end(last).max(b)));
            }
        }
        let end = end.max(b).max(start);
        let line = page.line_of(start);
        let column = match page.source.sheet_name() {
            None => text.get(page.line_start(line)..start).map_or(0, |t| t.chars().count()),
            Some(_) => page.source.place(start as u32).column.saturating_sub(1) as usize,
        };
        let data = text.as_bytes().get(start..end).unwrap_or(&[]);
        let at = SourceSpan::from((start + base, end - start));
        Ok(Box::new(MietteSpanContents::new_named(page.name.clone(), data, at, line, column, page.source.line_starts().len())))
    }
}

/// One report as the drawing library wants it.
#[derive(Debug)]
struct Report<'a> {
    heading: &'a Heading<'a>,
    pages: Pages,
    labels: Vec<LabeledSpan>,
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.heading.message)
    }
}

impl std::error::Error for Report<'_> {}

impl miette::Diagnostic for Report<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.heading.gravity {
            Gravity::Error => miette::Severity::Error,
            Gravity::Warning => miette::Severity::Warning,
            Gravity::Advice => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        (!self.labels.is_empty()).then_some(&self.pages as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

impl Drawer {
    /// A drawer for one run.
    #[must_use]
    pub fn new(style: Style) -> Self {
        Self { style, pages: BTreeMap::new() }
    }

    /// Draws a heading and the marked places, files in the order of their first mark.
    pub fn draw(&mut self, out: &mut String, heading: &Heading<'_>, marks: &[Mark<'_>]) {
        let (mut pages, mut order, mut labels, mut end) = (Pages::default(), Vec::new(), Vec::new(), 0_usize);
        for mark in marks {
            let Some(source) = mark.sources.get(mark.span.file) else { continue };
            let key = (std::ptr::from_ref(mark.sources).addr(), mark.span.file);
            let page = Arc::clone(self.pages.entry(key).or_insert_with(|| Arc::new(Page::new(source))));
            let base = match order.iter().find(|(k, _)| *k == key) {
                Some((_, base)) => *base,
                None => {
                    let base = end;
                    end += page.text().len() + 2;
                    order.push((key, base));
                    pages.0.push((base, Arc::clone(&page)));
                    base
                }
            };
            let (start, stop) = page.clip(mark.span);
            let text = (!mark.text.is_empty()).then(|| clean::line(&mark.text).into_owned());
            let at = (base + start, stop - start);
            labels.push(if mark.primary {
                LabeledSpan::new_primary_with_span(text, at)
            } else {
                LabeledSpan::new_with_span(text, at)
            });
        }
        if let Some(code) = heading.code {
            out.push_str(&paint(self.style, heading.gravity.tone(), code));
            out.push('\n');
        }
        let report = Report { heading, pages, labels };
        let mut drawn = String::new();
        if self.handler(heading).render_report(&mut drawn, &report).is_ok() {
            for (_, page) in report.pages.0.iter().filter(|(_, page)| page.source.sheet_name().is_some()) {
                drawn = with_cells(&drawn, &page.name);
            }
            out.push_str(&trim_line_ends(&drawn));
        } else {
            out.push_str(heading.message);
            out.push('\n');
        }
    }

    fn handler(&self, heading: &Heading<'_>) -> GraphicalReportHandler {
        let mut characters = if self.style.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
        if let Some(symbol) = heading.symbol {
            (characters.error, characters.warning, characters.advice) = (symbol.into(), symbol.into(), symbol.into());
        }
        let styles = if self.style.colour { ThemeStyles::ansi() } else { ThemeStyles::none() };
        GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
            .with_width(self.style.columns())
            .with_context_lines(1)
            .with_urls(false)
            .without_syntax_highlighting()
            .with_break_words(false)
            .with_word_separator(textwrap::WordSeparator::AsciiSpace)
            .with_word_splitter(textwrap::WordSplitter::NoHyphenation)
            .without_cause_chain()
    }
}

/// The drawing library writes `name:row:column`; a place in a sheet is written `name` and the cell, since `name` ends in `!`.
fn with_cells(drawn: &str, name: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(drawn.len()), drawn);
    let head = format!("{name}:");
    while let Some((before, after)) = rest.split_once(&head) {
        out.push_str(before);
        out.push_str(name);
        let number = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let (row, after_row) = after.split_at(number(after));
        let column = after_row.strip_prefix(':').map(|text| text.split_at(number(text)));
        match column.and_then(|(column, left)| Some((column.parse::<u32>().ok()?, left))) {
            Some((column, left)) => {
                out.push_str(&column_letters(column));
                out.push_str(row);
                rest = left;
            }
            None => rest = after,
        }
    }
    out + rest
}

fn trim_line_ends(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
