//! Writes leaves with the breaks that were decided, and the comments between them.

use super::leaves::{Comment, Gap, Leaf};
use crate::syntax::outline::Role;

/// What goes before a leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Break {
    /// A space, or nothing, as the two leaves ask.
    Natural,
    /// So many spaces.
    Spaces(usize),
    /// A new line, indented.
    Line(usize),
    /// A new line, indented, after the empty line that was there.
    Group(usize),
}

/// The text that has been written.
#[derive(Debug, Default)]
pub(super) struct Emitter {
    out: String,
    /// The column of the next character.
    pub(super) column: usize,
    /// Where a line goes on that is broken by a comment.
    pub(super) resume: usize,
    last: String,
    /// How many round or square brackets are open.
    depth: usize,
}

impl Emitter {
    pub(super) fn leaf(&mut self, leaf: &Leaf<'_>, wanted: Break) {
        let mut wanted = wanted;
        if !leaf.gap.comments.is_empty() {
            let (indent, keep_blank) = match wanted {
                Break::Line(indent) => (indent, false),
                Break::Group(indent) => (indent, true),
                Break::Natural | Break::Spaces(_) => (self.resume, false),
            };
            let comment_indent = if leaf.text == "}" { indent + 2 } else { indent };
            self.comments(&leaf.gap.comments, comment_indent, keep_blank);
            wanted = if keep_blank { Break::Group(indent) } else { Break::Line(indent) };
        }
        match wanted {
            Break::Natural if self.column == 0 || !self.spaced(leaf) => {}
            Break::Natural => self.write(" "),
            Break::Spaces(n) => self.write(&" ".repeat(n)),
            Break::Line(indent) => self.line(indent, false),
            Break::Group(indent) => {
                let blank = leaf.gap.blank && !(self.last == "{" && leaf.gap.comments.is_empty()) && leaf.text != "}";
                self.line(indent, blank);
            }
        }
        self.write(&leaf.text);
        self.last.clear();
        self.last.push_str(&leaf.text);
        match leaf.text.as_ref() {
            "(" | "[" => self.depth += 1,
            ")" | "]" => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    /// Writes what stands after the last leaf and ends the text.
    pub(super) fn finish(mut self, rest: &Gap<'_>) -> String {
        self.comments(&rest.comments, 0, true);
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out
    }

    fn comments(&mut self, comments: &[Comment<'_>], indent: usize, keep_blank: bool) {
        for (index, comment) in comments.iter().enumerate() {
            if comment.own_line {
                let after_open = index == 0 && self.last == "{";
                self.line(indent, comment.blank && keep_blank && !after_open);
            } else {
                self.write(" ");
            }
            self.write(comment.text);
        }
    }

    fn line(&mut self, indent: usize, blank: bool) {
        if !self.out.is_empty() {
            self.out.push_str(if blank { "\n\n" } else { "\n" });
        }
        self.out.push_str(&" ".repeat(indent));
        self.column = indent;
    }

    fn write(&mut self, text: &str) {
        self.out.push_str(text);
        match text.rsplit_once('\n') {
            Some((_, last)) => self.column = last.chars().count(),
            None => self.column += text.chars().count(),
        }
    }

    fn spaced(&self, leaf: &Leaf<'_>) -> bool {
        spaced(&self.last, leaf, self.depth)
    }
}

/// Whether a space goes between two leaves of a line.
pub(super) fn spaced(before: &str, leaf: &Leaf<'_>, depth: usize) -> bool {
    if leaf.role == Role::Glued || matches!(before, "(" | "[") {
        return false;
    }
    match leaf.text.as_ref() {
        "," | ")" | "]" | ";" | "?" => false,
        // `fact x "…" : whole`, but `(d: kind)` and `{ field: value }`.
        ":" => before.starts_with('"') && depth == 0,
        _ => true,
    }
}
