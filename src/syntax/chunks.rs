//! Cuts a text at the lines that begin with a declaration keyword, so that each declaration is parsed alone.

use super::scan::{self, Piece};

/// The words that begin a declaration at the start of a line.
pub(super) const KEYWORDS: [&str; 15] = [
    "component",
    "define",
    "enabler",
    "equivalence",
    "evidence",
    "fact",
    "foundation",
    "initiative",
    "instrument",
    "objective",
    "parameter",
    "provision",
    "requirement",
    "test",
    "vocabulary",
];

/// A stretch of text that begins with a declaration keyword, or the text before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chunk<'t> {
    /// Its keyword; `""` for the text before the first.
    pub(super) keyword: &'t str,
    /// First byte: of the keyword.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Where brackets are nested deeper than can be read, if they are.
    pub(super) too_deep: Option<usize>,
}

/// How deep brackets, `not` and `where` may be nested. Everything that walks the tree relies on it.
pub(super) const MAX_DEPTH: usize = 64;

/// The chunks of a text, in order. Texts in quotes and comments are stepped over.
pub(super) fn split(text: &str) -> Vec<Chunk<'_>> {
    let mut chunks = Vec::new();
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut open = Chunk { keyword: "", start: at, end: at, too_deep: None };
    let mut depth = Depth::default();
    let mut line_begins = true;
    while let Some((piece, end)) = scan::piece(text, at) {
        if piece == Piece::Word {
            let word = text.get(at..end).unwrap_or("");
            if line_begins && KEYWORDS.binary_search(&word).is_ok() {
                open.end = at;
                if !open.keyword.is_empty() || scan::skip_blank(text, open.start) < at {
                    chunks.push(open);
                }
                open = Chunk { keyword: word, start: at, end: at, too_deep: None };
                depth = Depth::default();
            }
            depth.word(word, scan::first_on_line(text, at));
        } else if let Piece::Mark(mark) = piece {
            depth.mark(mark);
        }
        if depth.total() > MAX_DEPTH && open.too_deep.is_none() {
            open.too_deep = Some(at);
        }
        line_begins = piece == Piece::Newline;
        at = end;
    }
    open.end = at;
    if !open.keyword.is_empty() || scan::skip_blank(text, open.start) < at {
        chunks.push(open);
    }
    chunks
}

/// Counts how deep the tree can get, without parsing: open brackets, and the words that make their right side one level deeper.
#[derive(Default)]
struct Depth<'t> {
    /// The word before.
    last: &'t str,
    /// The words counted in each bracket that is open.
    outer: Vec<usize>,
    /// Their sum.
    outer_sum: usize,
    /// The words counted since.
    here: usize,
}

impl<'t> Depth<'t> {
    fn total(&self) -> usize {
        self.outer.len() + self.outer_sum + self.here
    }

    fn word(&mut self, word: &'t str, first_on_line: bool) {
        match (self.last, word) {
            (_, "where" | "satisfies" | "satisfy") | ("not", "not") | ("of", "list") => self.here += 1,
            (_, "let" | "otherwise" | "expect" | "applies" | "judge") if first_on_line => self.here = 0,
            _ => {}
        }
        self.last = word;
    }

    fn mark(&mut self, mark: u8) {
        match mark {
            b'{' | b'(' | b'[' => {
                self.outer_sum += self.here;
                self.outer.push(self.here);
                self.here = 0;
            }
            b'}' | b')' | b']' => {
                self.here = self.outer.pop().unwrap_or(0);
                self.outer_sum = self.outer_sum.saturating_sub(self.here);
            }
            _ => {}
        }
    }
}
