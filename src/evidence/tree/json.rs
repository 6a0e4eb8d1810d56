//! Strict JSON (RFC 8259) to a tree. Small slips (a comma too many or too few, a bad escape, a comment) are told and read past, so that
//! one run shows them all; what cannot be read past ends the file.

use super::builder::{Builder, Mark};
use super::{NodeId, NodeKind, Tree};
use crate::base::{FileId, Span};
use crate::diagnostics::Diagnostic;
use crate::evidence::errors::text as errors;
use crate::evidence::options::Limits;

/// How many slips are told per file.
const MOST_ERRORS: usize = 100;

/// Reads a text.
pub(in crate::evidence) fn parse(source: &str, file: FileId, limits: &Limits, diagnostics: &mut Vec<Diagnostic>) -> Tree {
    let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let mut reader = Json {
        bytes: source.as_bytes(),
        at: start,
        depth: 0,
        builder: Builder::new(source, file.0),
        file,
        limits,
        diagnostics,
        told: 0,
    };
    let root = reader.document();
    let mut tree = reader.builder.tree;
    tree.root = root.ok();
    tree
}

/// Reading cannot go on; why has been told.
struct Stop;

struct Json<'s, 'd> {
    bytes: &'s [u8],
    at: usize,
    depth: u32,
    builder: Builder<'s>,
    file: FileId,
    limits: &'d Limits,
    diagnostics: &'d mut Vec<Diagnostic>,
    told: usize,
}

impl Json<'_, '_> {
    fn document(&mut self) -> Result<NodeId, Stop> {
        self.blank()?;
        let root = self.value()?;
        self.blank()?;
        if self.at < self.bytes.len() {
            self.tell("nothing may follow the value of the file", "this comes after its end")?;
        }
        Ok(root)
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Skips white space, and comments after telling that there are none in JSON.
    #[inline]
    fn blank(&mut self) -> Result<(), Stop> {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                Some(b'/' | b'#') => self.comment()?,
                _ => return Ok(()),
            }
        }
    }

    #[cold]
    fn comment(&mut self) -> Result<(), Stop> {
        let rest = self.bytes.get(self.at..).unwrap_or(&[]);
        let len = if rest.starts_with(b"/*") {
            rest.windows(2).skip(2).position(|w| w == b"*/").map_or(rest.len(), |i| i + 4)
        } else if rest.starts_with(b"//") || rest.starts_with(b"#") {
            rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len())
        } else {
            return self.fatal("a `/` has no meaning here", "not part of JSON");
        };
        let span = Span::new(self.file, self.at as u32, (self.at + len) as u32);
        self.at += len;
        self.push(errors::json(span, "JSON has no comments", "remove this comment, or make the file YAML"))
    }

    fn value(&mut self) -> Result<NodeId, Stop> {
        match self.peek() {
            Some(b'"') => self.string(),
            Some(b'{') => self.nested(Self::mapping),
            Some(b'[') => self.nested(Self::sequence),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word(b"true", NodeKind::Verbatim { plain: true }),
            Some(b'f') => self.word(b"false", NodeKind::Verbatim { plain: true }),
            Some(b'n') => self.word(b"null", NodeKind::Null),
            None => self.fatal("the file ends where a value is expected", "a value is missing here"),
            Some(b'\'') => self.fatal("text stands in double quotes in JSON", "write `\"` for `'`"),
            Some(_) => self.fatal("a value is expected here", "not a value: text stands in double quotes"),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<NodeId, Stop>) -> Result<NodeId, Stop> {
        if self.depth >= self.limits.depth {
            let diagnostic = errors::too_deep(self.here(1), self.limits.depth);
            self.push(diagnostic)?;
            return Err(Stop);
        }
        self.depth += 1;
        let node = read(self)?;
        self.depth -= 1;
        Ok(node)
    }

    fn mapping(&mut self) -> Result<NodeId, Stop> {
        let (start, mark) = (self.at, self.builder.mark());
        self.at += 1;
        self.blank()?;
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(self.builder.mapping(mark, start, self.at));
        }
        loop {
            if self.peek() != Some(b'"') {
                return self.fatal("a key in double quotes is expected here", "not a key");
            }
            let key = self.string()?;
            self.builder.push(key);
            self.blank()?;
            if self.peek() == Some(b':') {
                self.at += 1;
                self.blank()?;
            } else {
                self.builder.pop();
                return self.fatal("a `:` is expected between a key and its value", "no `:` here");
            }
            let value = self.value()?;
            self.builder.push(value);
            self.blank()?;
            if self.separator(b'}', b'"')? {
                return self.close(mark, start);
            }
        }
    }

    fn close(&mut self, mark: Mark, start: usize) -> Result<NodeId, Stop> {
        for (first, second) in self.builder.duplicates(mark) {
            let diagnostic = errors::duplicate_key(&self.builder.tree, self.builder.source, first, second);
            self.push(diagnostic)?;
        }
        Ok(self.builder.mapping(mark, start, self.at))
    }

    fn sequence(&mut self) -> Result<NodeId, Stop> {
        let (start, mark) = (self.at, self.builder.mark());
        self.at += 1;
        self.blank()?;
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(self.builder.sequence(mark, start, self.at));
        }
        loop {
            let value = self.value()?;
            self.builder.push(value);
            self.blank()?;
            if self.separator(b']', b'{')? {
                return Ok(self.builder.sequence(mark, start, self.at));
            }
        }
    }

    /// After a value: `true` at the end of the container, `false` before the next one.
    #[inline]
    fn separator(&mut self, close: u8, next: u8) -> Result<bool, Stop> {
        if self.builder.len() > self.limits.nodes {
            let diagnostic = errors::too_many_nodes(self.here(1), self.limits.nodes);
            self.push(diagnostic)?;
            return Err(Stop);
        }
        match self.peek() {
            Some(b',') => {
                let comma = self.at;
                self.at += 1;
                self.blank()?;
                if self.peek() == Some(close) {
                    let span = Span::new(self.file, comma as u32, comma as u32 + 1);
                    self.push(errors::json(span, "a comma may not stand before the closing bracket", "remove this comma"))?;
                    self.at += 1;
                    return Ok(true);
                }
                Ok(false)
            }
            Some(b) if b == close => {
                self.at += 1;
                Ok(true)
            }
            Some(b) if b == next || b == b'"' => {
                self.tell("a comma is missing", "a comma is expected before this")?;
                Ok(false)
            }
            None => self.fatal("the file ends inside a bracket", "a closing bracket is missing here"),
            Some(_) => self.fatal("a comma or a closing bracket is expected here", "not expected here"),
        }
    }

    fn word(&mut self, word: &[u8], kind: NodeKind) -> Result<NodeId, Stop> {
        let start = self.at;
        let after = self.bytes.get(start + word.len());
        if self.bytes.get(start..).is_some_and(|r| r.starts_with(word)) && !after.is_some_and(u8::is_ascii_alphanumeric) {
            self.at += word.len();
            return Ok(self.builder.node(start, self.at, kind));
        }
        self.fatal("a value is expected here", "only `true`, `false` and `null` stand without quotes")
    }

    fn number(&mut self) -> Result<NodeId, Stop> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let first = self.at;
        let whole = self.digits();
        let mut good = whole > 0 && !(whole > 1 && self.bytes.get(first) == Some(&b'0'));
        if self.peek() == Some(b'.') {
            self.at += 1;
            good &= self.digits() > 0;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            good &= self.digits() > 0;
        }
        while self.peek().is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b'+')) {
            self.at += 1;
            good = false;
        }
        if !good {
            let span = Span::new(self.file, start as u32, self.at as u32);
            self.push(errors::json(span, "this is not a number as JSON writes it", "put it in double quotes if it is text"))?;
        }
        Ok(self.builder.node(start, self.at, NodeKind::Verbatim { plain: true }))
    }

    #[inline]
    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
        self.at - start
    }

    #[inline]
    fn string(&mut self) -> Result<NodeId, Stop> {
        let start = self.at;
        let rest = self.bytes.get(start + 1..).unwrap_or(&[]);
        match rest.iter().position(|b| *b == b'"' || *b == b'\\' || *b < 0x20) {
            Some(len) if rest.get(len) == Some(&b'"') => {
                self.at = start + len + 2;
                Ok(self.builder.node(start, self.at, NodeKind::Verbatim { plain: false }))
            }
            _ => self.escaped(start),
        }
    }

    /// A text with escapes, or a broken one.
    #[cold]
    fn escaped(&mut self, start: usize) -> Result<NodeId, Stop> {
        let source = self.builder.source;
        let mut text = String::new();
        self.at = start + 1;
        loop {
            let run = self.at;
            while self.peek().is_some_and(|b| b != b'"' && b != b'\\' && b >= 0x20) {
                self.at += 1;
            }
            text.push_str(source.get(run..self.at).unwrap_or(""));
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(self.builder.owned(start, self.at, &text, false));
                }
                Some(b'\\') => self.escape(&mut text)?,
                Some(b'\n' | b'\r') | None => {
                    let span = Span::new(self.file, start as u32, self.at as u32);
                    self.push(errors::json(span, "this text is not closed on its line", "a closing `\"` is missing"))?;
                    return Err(Stop);
                }
                Some(_) => {
                    let span = self.here(1);
                    self.at += 1;
                    let what = "a control character may not stand in a text as it is";
                    self.push(errors::json(span, what, "write `\\t` for a tab, `\\u` and four digits for others"))?;
                }
            }
        }
    }

    fn escape(&mut self, text: &mut String) -> Result<(), Stop> {
        let start = self.at;
        self.at += 2;
        let plain = match self.bytes.get(start + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(start, text),
            _ => {
                self.at = start + 1;
                text.push(char::REPLACEMENT_CHARACTER);
                let span = Span::new(self.file, start as u32, start as u32 + 1);
                let help = "write `\\\\` for a backslash";
                return self.push(errors::json(span, "this backslash starts no escape that JSON knows", help));
            }
        };
        text.push(plain);
        Ok(())
    }

    fn unicode(&mut self, start: usize, text: &mut String) -> Result<(), Stop> {
        let Some(mut code) = self.hex(start + 2) else {
            text.push(char::REPLACEMENT_CHARACTER);
            let span = Span::new(self.file, start as u32, start as u32 + 2);
            return self.push(errors::json(span, "`\\u` is followed by four hexadecimal digits", "write them all: `\\u00e9`"));
        };
        self.at = start + 6;
        if (0xd800..0xdc00).contains(&code)
            && self.bytes.get(self.at..self.at + 2) == Some(b"\\u")
            && let Some(low @ 0xdc00..0xe000) = self.hex(self.at + 2)
        {
            code = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00);
            self.at += 6;
        }
        match char::from_u32(code) {
            Some(c) => {
                text.push(c);
                Ok(())
            }
            None => {
                text.push(char::REPLACEMENT_CHARACTER);
                let span = Span::new(self.file, start as u32, self.at as u32);
                let what = "half of a pair of escapes is missing";
                self.push(errors::json(span, what, "a character past `\\uffff` is written as two escapes, or as itself"))
            }
        }
    }

    fn hex(&self, at: usize) -> Option<u32> {
        let digits = self.bytes.get(at..at + 4)?;
        digits.iter().try_fold(0u32, |code, b| Some(code * 16 + char::from(*b).to_digit(16)?))
    }

    /// The place of the next character.
    fn here(&self, bytes: usize) -> Span {
        let text = self.builder.source;
        let mut start = self.at.min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = (start + bytes).min(text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        Span::new(self.file, start as u32, end as u32)
    }

    #[cold]
    fn tell(&mut self, what: &str, label: &str) -> Result<(), Stop> {
        let diagnostic = errors::json(self.here(1), what, label);
        self.push(diagnostic)
    }

    #[cold]
    fn fatal<T>(&mut self, what: &str, label: &str) -> Result<T, Stop> {
        self.tell(what, label)?;
        Err(Stop)
    }

    #[cold]
    fn push(&mut self, diagnostic: Diagnostic) -> Result<(), Stop> {
        self.diagnostics.push(diagnostic);
        self.told += 1;
        if self.told < MOST_ERRORS { Ok(()) } else { Err(Stop) }
    }
}
