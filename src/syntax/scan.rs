//! Steps over a text without understanding it: comments, texts in quotes, words. Offsets are bytes; every answer is a character boundary.

/// What begins at an offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A line break.
    Newline,
    /// Other white space.
    Space,
    /// `// …` up to the line break.
    Comment,
    /// A text in quotes; `closed` says whether its closing quotes are there.
    Text {
        /// Whether the closing quotes are there.
        closed: bool,
    },
    /// Letters, digits, `-` and `_`.
    Word,
    /// Any other character.
    Mark(u8),
}

/// The piece that begins at `at`, and where it ends. `None` at the end of the text.
pub(crate) fn piece(text: &str, at: usize) -> Option<(Piece, usize)> {
    let bytes = text.as_bytes();
    let first = *bytes.get(at)?;
    Some(match first {
        b'\n' => (Piece::Newline, at + 1),
        b' ' | b'\t' | b'\r' => (Piece::Space, end_while(bytes, at, |b| matches!(b, b' ' | b'\t' | b'\r'))),
        b'/' if bytes.get(at + 1) == Some(&b'/') => (Piece::Comment, end_while(bytes, at, |b| b != b'\n')),
        b'"' => quoted(text, at),
        b if is_word(b) => (Piece::Word, end_while(bytes, at, is_word)),
        b => {
            let width = text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            (Piece::Mark(b), at + width)
        }
    })
}

fn quoted(text: &str, at: usize) -> (Piece, usize) {
    let bytes = text.as_bytes();
    let line_end = end_while(bytes, at, |b| b != b'\n');
    if bytes.get(at..at + 3) == Some(b"\"\"\"") {
        return match text.get(at + 3..).and_then(|rest| rest.find("\"\"\"")) {
            Some(offset) => (Piece::Text { closed: true }, at + 3 + offset + 3),
            None => (Piece::Text { closed: false }, line_end),
        };
    }
    let mut i = at + 1;
    while let Some(b) = bytes.get(i).copied() {
        match b {
            b'"' => return (Piece::Text { closed: true }, i + 1),
            b'\n' => break,
            b'\\' if bytes.get(i + 1).is_some_and(|b| *b != b'\n') => i += 2,
            _ => i += 1,
        }
    }
    (Piece::Text { closed: false }, line_end)
}

/// Whether a byte belongs to a word.
pub(crate) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

fn end_while(bytes: &[u8], from: usize, keep: impl Fn(u8) -> bool) -> usize {
    bytes.get(from..).unwrap_or(&[]).iter().position(|b| !keep(*b)).map_or(bytes.len(), |n| from + n)
}

/// Where the last piece of a text ends that is neither white space nor comment. A match may run on into what follows it.
pub(crate) fn end_of_last_piece(text: &str) -> usize {
    let trimmed = text.trim_end_matches([' ', '\n', '\t', '\r']);
    let last_line = trimmed.rsplit('\n').next().unwrap_or(trimmed);
    if !last_line.contains("//") {
        return trimmed.len();
    }
    let (mut at, mut last) = (0, 0);
    while let Some((piece, end)) = piece(trimmed, at) {
        if !matches!(piece, Piece::Newline | Piece::Space | Piece::Comment) {
            last = end;
        }
        at = end;
    }
    last
}

/// The word that begins at `at`, or `""`.
pub(crate) fn word(text: &str, at: usize) -> &str {
    text.get(at..end_while(text.as_bytes(), at, is_word)).unwrap_or("")
}

/// The first offset from `at` on that is neither white space nor comment.
pub(crate) fn skip_blank(text: &str, mut at: usize) -> usize {
    while let Some((Piece::Newline | Piece::Space | Piece::Comment, end)) = piece(text, at) {
        at = end;
    }
    at
}

/// Where the line of `at` begins.
pub(crate) fn line_start(text: &str, at: usize) -> usize {
    text.as_bytes().get(..at).unwrap_or(&[]).iter().rposition(|b| *b == b'\n').map_or(0, |n| n + 1)
}

/// Where the line of `at` ends: the offset of its line break, or the end of the text.
pub(crate) fn line_end(text: &str, at: usize) -> usize {
    end_while(text.as_bytes(), at, |b| b != b'\n')
}

/// How far the first thing on the line of `at` stands from the margin, in bytes.
pub(crate) fn indent(text: &str, at: usize) -> usize {
    let start = line_start(text, at);
    end_while(text.as_bytes(), start, |b| b == b' ' || b == b'\t') - start
}

/// Whether nothing but white space stands before `at` on its line.
pub(crate) fn first_on_line(text: &str, at: usize) -> bool {
    let before = text.as_bytes().get(..at).unwrap_or(&[]);
    before.iter().rev().find(|b| !matches!(b, b' ' | b'\t')).is_none_or(|b| *b == b'\n')
}

/// The `///` lines directly above the thing that begins at `at`, without their marks; and where they begin.
pub(crate) fn doc_above(text: &str, at: usize) -> Option<(String, usize)> {
    if !first_on_line(text, at) {
        return None;
    }
    let mut start = line_start(text, at);
    let mut lines = Vec::new();
    while start > 0 {
        let above = line_start(text, start - 1);
        let Some(line) = text.get(above..start).and_then(|l| l.trim().strip_prefix("///")) else { break };
        lines.push(line.strip_prefix(' ').unwrap_or(line).trim_end());
        start = above;
    }
    if lines.is_empty() {
        return None;
    }
    lines.reverse();
    Some((lines.join("\n"), start))
}
