//! The words for what is wrong with a text of rules: one constructor for each code.

use super::grammar::Rule;
use super::reader::Reader;
use super::scan::{self, Piece};
use super::shapes::Shape;
use super::{chunks, friendly};
use crate::base::{FileId, Span, nearest};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::catalog::syntax as codes;

/// What was expected where a rule stopped, in the author's words.
pub(super) fn unexpected(
    reader: &Reader<'_>,
    start: usize,
    at: usize,
    end: usize,
    expected: &[Rule],
    shape: Option<&'static Shape>,
) -> Diagnostic {
    let text = reader.whole;
    let (found, found_end) = found(text, at);
    let span = reader.at(at, found_end);
    if expected.is_empty() {
        return nested_too_deep(reader.at(start, (start + 1).min(text.len())));
    }
    if let Some(open) = unclosed_in(text, start, at, end) {
        return unclosed_text(reader.at(open, scan::line_end(text, open)), text.get(open..open + 3) == Some("\"\"\""));
    }
    let word = scan::word(text, at);
    if at == start
        && let Some(shape) = shape
        && !word.is_empty()
        && !shape.words.is_empty()
        && shape.body.is_none()
    {
        return unknown_statement(span, word, shape);
    }
    let options = friendly::expected(expected);
    let listed = friendly::list(&options);
    let after = friendly::before(text, start, at);
    let message = match &after {
        Some((after, ..)) => format!("expected {listed} after {after}, found {found}"),
        None => format!("expected {listed}, found {found}"),
    };
    let known = friendly::keywords(expected);
    let near = nearest(word, known.iter().copied()).filter(|_| !word.is_empty());
    // What is missing at the end of a line is missing there, not at the start of the next.
    let another = word.is_empty() || shape.is_some_and(|s| s.knows(word)) || scan::line_start(text, at) == at;
    let place = match &after {
        Some((_, from, to)) if at >= text.len() || another && scan::line_start(text, at) > *to => reader.at(*from, *to),
        _ => span,
    };
    let title = after.is_some() && options.first().map(|o| o.as_str()) == Some("a text in quotes");
    let keyword = scan::word(text, start);
    if title && chunks::KEYWORDS.binary_search(&keyword).is_ok() {
        return missing_title(span, keyword, &found);
    }
    let diagnostic = Diagnostic::new(codes::SYNTAX, place, message).label(if place == span {
        format!("expected {listed} here")
    } else {
        format!("expected {listed} after this")
    });
    match near {
        Some(_) => diagnostic.did_you_mean(near),
        None => diagnostic.help(friendly::advice(text, at, &listed)),
    }
}

/// What stands at a place, in words, and where it ends.
fn found(text: &str, at: usize) -> (String, usize) {
    match scan::piece(text, at) {
        None => ("the end of the file".to_owned(), at),
        Some((Piece::Text { .. }, end)) => ("a text in quotes".to_owned(), end),
        Some((Piece::Newline | Piece::Space | Piece::Comment, _)) => ("the end of the line".to_owned(), at),
        Some((Piece::Word | Piece::Mark(_), end)) => {
            let what = text.get(at..end).unwrap_or("");
            let what = if chunks::KEYWORDS.binary_search(&what).is_ok() && scan::line_start(text, at) == at {
                format!("the next declaration (`{what}`)")
            } else {
                format!("`{what}`")
            };
            (what, end)
        }
    }
}

/// An unclosed text at or before the place where a rule stopped.
fn unclosed_in(text: &str, start: usize, at: usize, end: usize) -> Option<usize> {
    let mut here = start;
    while let Some((piece, after)) = scan::piece(text, here) {
        if here > at || here >= end {
            return None;
        }
        if piece == (Piece::Text { closed: false }) {
            return Some(here);
        }
        here = after;
    }
    None
}

pub(super) fn unclosed_text(span: Span, raw: bool) -> Diagnostic {
    let quotes = if raw { "\"\"\"" } else { "\"" };
    let diagnostic = Diagnostic::new(codes::UNCLOSED_TEXT, span, format!("the text that begins here has no closing `{quotes}`"))
        .label("begins here");
    if raw {
        diagnostic.help("write `\"\"\"` where the text ends")
    } else {
        diagnostic
            .note("a text in single quotes ends on the line it begins on")
            .help("write `\"` where the text ends, or use `\"\"\"` for a text of several lines")
    }
}

pub(super) fn unknown_statement(span: Span, word: &str, shape: &Shape) -> Diagnostic {
    let near = nearest(word, shape.words.iter().copied());
    let words: Vec<String> = shape.words.iter().map(|w| format!("`{w}`")).collect();
    let diagnostic =
        Diagnostic::new(codes::UNKNOWN_STATEMENT, span, format!("`{word}` does not begin a statement of {}", shape.noun))
            .label("not a statement here")
            .note(format!("statements here begin with {}", friendly::list(&words)));
    match near {
        Some(_) => diagnostic.did_you_mean(near),
        None => diagnostic.help("begin the line with one of these words, or take it out"),
    }
}

fn missing_title(span: Span, keyword: &str, found: &str) -> Diagnostic {
    Diagnostic::new(codes::MISSING_TITLE, span, format!("expected the title of the {keyword} in quotes, found {found}"))
        .label("the title goes here")
        .note("the title is what people read in reports; the name is for other rules")
        .help(format!("write a title after the name, such as `{keyword} … \"In a few words\"`"))
}

/// Something that stands between declarations and is none.
pub(super) fn outside(reader: &Reader<'_>, at: usize) -> Diagnostic {
    let text = reader.whole;
    let (found, end) = found(text, at);
    let span = reader.at(at, end);
    if text.as_bytes().get(at) == Some(&b'}') {
        return Diagnostic::new(codes::UNOPENED_BLOCK, span, "this `}` closes nothing")
            .label("no block is open here")
            .note("the declaration above has been closed already")
            .help("take the `}` out, or look above for a `{` that is missing");
    }
    if let Some((Piece::Text { closed: false }, _)) = scan::piece(text, at) {
        return unclosed_text(span, text.get(at..at + 3) == Some("\"\"\""));
    }
    let word = scan::word(text, at);
    let near = nearest(word, chunks::KEYWORDS);
    let words: Vec<String> = chunks::KEYWORDS.iter().map(|w| format!("`{w}`")).collect();
    let diagnostic = Diagnostic::new(codes::UNKNOWN_DECLARATION, span, format!("expected a declaration, found {found}"))
        .label("does not begin a declaration")
        .note(format!("declarations begin with {}", friendly::list(&words)));
    if chunks::KEYWORDS.contains(&word) {
        return diagnostic.help(format!("begin `{word}` at the start of a line"));
    }
    match near {
        Some(_) => diagnostic.did_you_mean(near),
        None => {
            diagnostic.help("begin it with one of these words; if it belongs to the declaration above, move it before its `}`")
        }
    }
}

pub(super) fn unclosed_block(open: Span, noun: &str) -> Diagnostic {
    Diagnostic::new(codes::UNCLOSED_BLOCK, open, format!("the `{{` that opens {noun} is never closed"))
        .label("opened here")
        .note("the declarations after it were read all the same")
        .help("write `}` where the block ends")
}

pub(super) fn duplicate_statement(span: Span, words: &str, first: Span) -> Diagnostic {
    Diagnostic::new(codes::DUPLICATE_STATEMENT, span, format!("`{words}` is written twice in one block"))
        .label("the second time")
        .also(first, "the first time")
        .note("only one of the two could count, and it would not be plain which")
        .help("keep one of them")
}

pub(super) fn second_body(span: Span) -> Diagnostic {
    Diagnostic::new(codes::DUPLICATE_STATEMENT, span, "an expectation holds one condition, and this is a second one")
        .label("a second condition")
        .help("join the two with `and`, or write a second `expect`")
}

pub(super) fn empty_expectation(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(codes::EMPTY_EXPECTATION, span, format!("`{name}` says nothing about what is expected"))
        .label("has no condition")
        .note("without a condition there is nothing that could be met or not met")
        .help("write the condition first in the block, such as `some training-record as t where t.person = p`")
}

pub(super) fn not_kebab_case(span: Span, word: &str) -> Diagnostic {
    let mut kebab = String::new();
    for char in word.chars() {
        if char.is_ascii_uppercase() && !kebab.is_empty() && !kebab.ends_with('-') {
            kebab.push('-');
        }
        if char.is_ascii_alphanumeric() {
            kebab.push(char.to_ascii_lowercase());
        } else if !kebab.is_empty() && !kebab.ends_with('-') {
            kebab.push('-');
        }
    }
    let kebab = kebab.trim_end_matches('-');
    Diagnostic::new(codes::NOT_KEBAB_CASE, span, format!("`{word}` is not written as names are written"))
        .label("small letters, digits and single hyphens only")
        .note("one way of writing names means that nobody has to remember which one was used")
        .help(format!("write `{kebab}`"))
}

pub(super) fn too_many_parts(span: Span, word: &str) -> Diagnostic {
    Diagnostic::new(
        codes::SYNTAX,
        span,
        format!("expected a name with at most one part after the `.`, found `{word}` as a second"),
    )
    .label("one part too many")
    .help("leave out the last part")
}

pub(super) fn impossible_date(span: Span, text: &str) -> Diagnostic {
    Diagnostic::new(codes::IMPOSSIBLE_DATE, span, format!("`{text}` is not a day of the calendar"))
        .label("there is no such day")
        .note("a date that does not exist cannot be compared with one that does")
        .help("check the month and the day; dates are written year, month, day")
}

pub(super) fn date_form(span: Span, text: &str) -> Diagnostic {
    Diagnostic::new(codes::IMPOSSIBLE_DATE, span, format!("`{text}` is not written as dates are written"))
        .label("four digits, two digits, two digits")
        .help("write the year with four digits, month and day with two: `2026-01-05`")
}

pub(super) fn number_too_large(span: Span, text: &str, most: &str) -> Diagnostic {
    Diagnostic::new(codes::NUMBER_TOO_LARGE, span, format!("the number `{text}` is too large"))
        .label("too large")
        .note(format!("numbers are exact, and the most that can stand here is {most}"))
        .help("check the digits; `_` may separate groups, as in `1_900_000`")
}

pub(super) fn unknown_escape(span: Span, char: char) -> Diagnostic {
    Diagnostic::new(codes::UNKNOWN_ESCAPE, span, format!("`\\{char}` means nothing in a text"))
        .label("not an escape")
        .note("the escapes are `\\\"` for a quote, `\\\\` for a backslash and `\\n` for a line break")
        .help(format!("write `\\\\{char}` for a backslash, or use `\"\"\"` quotes, in which nothing is an escape"))
}

pub(super) fn nested_too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(codes::NESTED_TOO_DEEP, span, format!("conditions are nested more than {} deep here", chunks::MAX_DEPTH))
        .label("too deep")
        .note("a condition nested this deep is not read by people either, so it is not read at all")
        .help("give an inner part a name with `define` or `let`")
}

pub(super) fn chained_comparison(span: Span, op: &str) -> Diagnostic {
    Diagnostic::new(
        codes::CHAINED_COMPARISON,
        span,
        format!("a second comparison (`{op}`) follows a first without `and` or `or` between"),
    )
    .label("the second comparison")
    .note("`a < b < c` can be read in more than one way")
    .help("write `a < b and b < c`, or put the first comparison in parentheses")
}

pub(super) fn call_of_field(span: Span, name: &str, field: &str) -> Diagnostic {
    Diagnostic::new(codes::SYNTAX, span, format!("expected the name of a definition before `(`, found `{name}.{field}`"))
        .label("a field cannot be called")
        .note("only what `define` declares takes values in parentheses")
        .help(format!("write the definition's name, as in `{field}({name})`"))
}

pub(super) fn at_most_group(span: Span) -> Diagnostic {
    Diagnostic::new(codes::SYNTAX, span, "expected `at least` before a group in braces, found `at most`")
        .label("counts the members of a group")
        .help("write `not at least … of { … }` with a number one higher")
}

pub(super) fn text_too_long(file: FileId) -> Diagnostic {
    Diagnostic::new(codes::SYNTAX, Span::new(file, 0, 0), "expected a file of less than 4 GiB, found a larger one")
        .help("split the file; declarations of all files form one library")
}
