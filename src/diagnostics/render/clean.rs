//! Makes text safe to print: control characters, escape sequences and characters that turn the writing direction lose their power.

use std::borrow::Cow;

/// Whether a character could move the cursor, colour the screen, or show text in another order than it is written.
#[must_use]
pub fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// Text for one line: line breaks and tabs become a space, hostile characters a `?`.
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hostile) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        out.push(match c {
            '\n' | '\t' | '\r' => ' ',
            c if is_hostile(c) => '?',
            c => c,
        });
    }
    Cow::Owned(out)
}

/// A source text with every byte in its place: hostile characters become as many `?` as they have bytes. Line breaks and tabs stay.
#[must_use]
pub fn source(text: &str) -> Cow<'_, str> {
    let tame = |c: char, next: Option<char>| c == '\n' || c == '\t' || (c == '\r' && next == Some('\n'));
    let mut chars = text.chars().peekable();
    let mut hostile = false;
    while let Some(c) = chars.next() {
        if is_hostile(c) && !tame(c, chars.peek().copied()) {
            hostile = true;
            break;
        }
    }
    if !hostile {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if is_hostile(c) && !tame(c, chars.peek().copied()) {
            out.extend(std::iter::repeat_n('?', c.len_utf8()));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}
