//! A piece of a rule or of the evidence as it is written: some lines, their numbers, and what is meant in them.

use super::super::markup::Html;
use super::classed;
use crate::base::{Source, Sources, Span};
use crate::diagnostics::render::clean;

/// How many lines of a long piece are shown.
const LINES: usize = 8;
/// How many bytes of a long line are shown on either side of what is meant, and how many of that.
const BESIDE: usize = 90;
const MEANT: usize = 240;

/// Draws a place; nothing when its text is not there.
pub(super) fn render(h: &mut Html, what: &str, sources: &Sources, span: Span, note: &str) {
    let Some(source) = sources.get(span.file) else { return };
    h.around("figure", &[("class", "excerpt")], |h| {
        h.block("figcaption", &[], |h| {
            h.text(what);
            h.text(" ");
            h.name(&sources.describe(span));
        });
        h.block("pre", &[], |h| h.inline("code", &[], |h| lines(h, source, span)));
        if !note.is_empty() {
            h.block("p", &[("class", "note")], |h| super::prose(h, note));
        }
    });
}

fn lines(h: &mut Html, source: &Source, span: Span) {
    let text = source.text();
    let starts = source.line_starts();
    let line_of = |at: usize| starts.partition_point(|s| *s as usize <= at).saturating_sub(1);
    let (from, to) = (floor(text, span.start as usize), floor(text, span.end as usize));
    let first = line_of(from);
    let last = line_of(to.max(from + 1) - 1).max(first).min(first + LINES - 1);
    let line = |n: usize| {
        let start = *starts.get(n)? as usize;
        let end = starts.get(n + 1).map_or(text.len(), |next| (*next as usize).saturating_sub(1));
        Some((start, text.get(start..end)?.trim_end_matches('\r')))
    };
    let shown: Vec<_> = (first.saturating_sub(1)..=last + 1).filter_map(|n| Some((n, line(n)?))).collect();
    let shown: Vec<_> = shown.into_iter().filter(|(n, (_, l))| (first..=last).contains(n) || !l.trim().is_empty()).collect();
    let indent = |l: &str| l.len() - l.trim_start_matches(' ').len();
    let margin = shown.iter().filter(|(_, (_, l))| !l.trim().is_empty()).map(|(_, (_, l))| indent(l)).min().unwrap_or(0);
    for (n, (start, line)) in shown {
        let meant = if (first..=last).contains(&n) {
            let a = from.saturating_sub(start).max(indent(line)).min(line.len());
            (a, to.saturating_sub(start).min(line.trim_end().len()).max(a))
        } else {
            (line.len(), line.len())
        };
        h.inline("span", &[("class", "line")], |h| {
            classed(h, "span", "no", &(n + 1).to_string());
            h.text(" ");
            one(h, line, margin, meant);
        });
        h.lines("\n");
    }
}

/// One line without its margin; what is far from the meant is cut.
fn one(h: &mut Html, line: &str, margin: usize, (a, b): (usize, usize)) {
    let long = line.len() > 2 * BESIDE;
    let whole = a == line.len();
    let start = if long && !whole { floor(line, a.saturating_sub(BESIDE)).max(margin) } else { margin.min(line.len()) };
    let end = if !long {
        line.len()
    } else if whole {
        floor(line, 2 * BESIDE)
    } else {
        floor(line, b.min(a + MEANT) + BESIDE)
    };
    let (a, b) = (a.clamp(start, end.max(start)), b.clamp(start, end.max(start)));
    let piece = |from: usize, to: usize| clean::line(line.get(from..floor(line, to)).unwrap_or("")).into_owned();
    if start > margin {
        h.text("…");
    }
    h.lines(&piece(start, a));
    if a < b {
        h.inline("mark", &[], |h| h.lines(&piece(a, b)));
    }
    h.lines(&piece(b, end));
    if end < line.len() {
        h.text("…");
    }
}

fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}
