//! The words of a text in order, each with the comments that stand before it.

use crate::syntax::outline::{Node, Role};
use crate::syntax::scan::{self, Piece};

/// A word, number, text or mark.
#[derive(Debug)]
pub(super) struct Leaf<'t> {
    /// First byte.
    pub(super) start: usize,
    /// As it is written out.
    pub(super) text: std::borrow::Cow<'t, str>,
    /// What it is.
    pub(super) role: Role,
    /// What stands between the leaf before and this one.
    pub(super) gap: Gap<'t>,
}

/// What stands between two leaves.
#[derive(Debug, Default)]
pub(super) struct Gap<'t> {
    /// The comments.
    pub(super) comments: Vec<Comment<'t>>,
    /// Whether there is an empty line after the last comment.
    pub(super) blank: bool,
    /// Whether there is a line break.
    pub(super) broken: bool,
}

/// A comment.
#[derive(Debug)]
pub(super) struct Comment<'t> {
    /// With its slashes.
    pub(super) text: &'t str,
    /// Whether it has a line to itself.
    pub(super) own_line: bool,
    /// Whether there is an empty line before it.
    pub(super) blank: bool,
}

/// The leaves of an outline, and what stands after the last.
pub(super) fn leaves<'t>(text: &'t str, outline: &[Node]) -> (Vec<Leaf<'t>>, Gap<'t>) {
    let mut leaves = Vec::new();
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    for node in outline {
        collect(text, node, &mut at, &mut leaves);
    }
    let rest = gap(text, at, text.len(), leaves.is_empty());
    (leaves, rest)
}

fn collect<'t>(text: &'t str, node: &Node, at: &mut usize, leaves: &mut Vec<Leaf<'t>>) {
    if !node.children.is_empty() {
        return node.children.iter().for_each(|child| collect(text, child, at, leaves));
    }
    let written = text.get(node.start..node.end).unwrap_or("");
    let text_of = if !written.starts_with('"') && written.contains(char::is_whitespace) {
        written.split_whitespace().collect::<Vec<_>>().join(" ").into()
    } else {
        written.into()
    };
    let gap = gap(text, *at, node.start, leaves.is_empty());
    leaves.push(Leaf { start: node.start, text: text_of, role: node.role, gap });
    *at = node.end;
}

fn gap(text: &str, mut at: usize, end: usize, at_top: bool) -> Gap<'_> {
    let mut gap = Gap::default();
    let mut newlines = usize::from(at_top);
    while at < end
        && let Some((piece, after)) = scan::piece(text, at)
    {
        match piece {
            Piece::Newline => {
                newlines += 1;
                gap.broken = true;
            }
            Piece::Comment => {
                let text = text.get(at..after).unwrap_or("").trim_end();
                gap.comments.push(Comment { text, own_line: newlines > 0, blank: newlines > 1 });
                newlines = 0;
            }
            Piece::Space | Piece::Text { .. } | Piece::Word | Piece::Mark(_) => {}
        }
        at = after;
    }
    gap.blank = newlines > 1;
    gap
}
