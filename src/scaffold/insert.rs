//! Where a new element goes into a text that somebody wrote, so that every byte of theirs stays. What is not sure is not done: a list that is
//! written in another way than one element below the other gets none, and the caller makes a file of its own.

use crate::evidence::tree::{NodeId, NodeKind, Tree};

/// The text with one more element in the list under a top-level key. `item` is given the indentation of the list. Nothing when the list is not
/// there, or not written one element below the other.
#[must_use]
pub fn insert(text: &str, tree: &Tree, key: &str, item: impl Fn(usize) -> String) -> Option<String> {
    let (at, indent) = place(text, tree, key)?;
    let (before, after) = (text.get(..at)?, text.get(at..)?);
    let crlf = text.contains("\r\n");
    let mut new = item(indent);
    if !before.is_empty() && !before.ends_with('\n') {
        new.insert(0, '\n');
    }
    if crlf {
        new = new.replace('\n', "\r\n");
    }
    Some(format!("{before}{new}{after}"))
}

/// The byte where the element goes, and how far its list is indented.
fn place(text: &str, tree: &Tree, key: &str) -> Option<(usize, usize)> {
    let root = tree.root?;
    if text.as_bytes().get(start(tree, root)) == Some(&b'{') {
        return None;
    }
    let (name, list) = tree.get(text, root, key)?;
    match tree.nodes.get(list.0 as usize)?.kind {
        // `evidence: ~` says that it is null; only where nothing is said may something be put.
        NodeKind::Null if start(tree, list) == end(tree, list) => {
            let column = column(text, start(tree, name));
            Some((line_end(text, end(tree, name)), column + 2))
        }
        NodeKind::Sequence { .. } if text.as_bytes().get(start(tree, list)) != Some(&b'[') => {
            let last = *tree.elements(list).last()?;
            let indent = dash(text, start(tree, last))?;
            let end = last_byte(text, tree, last);
            let whole_line = text.get(..end)?.ends_with('\n');
            Some((past_comments(text, if whole_line { end } else { line_end(text, end) }, indent), indent))
        }
        NodeKind::Null
        | NodeKind::Sequence { .. }
        | NodeKind::Mapping { .. }
        | NodeKind::Verbatim { .. }
        | NodeKind::Owned { .. } => None,
    }
}

fn start(tree: &Tree, node: NodeId) -> usize {
    tree.nodes.get(node.0 as usize).map_or(0, |n| n.start as usize)
}

fn end(tree: &Tree, node: NodeId) -> usize {
    tree.nodes.get(node.0 as usize).map_or(0, |n| n.end as usize)
}

/// One past the last byte that is written of a node. The end of a block is where the next thing begins, so its parts are asked.
fn last_byte(text: &str, tree: &Tree, node: NodeId) -> usize {
    let flow = matches!(text.as_bytes().get(start(tree, node)), Some(b'{' | b'['));
    let parts: Vec<NodeId> = match tree.nodes.get(node.0 as usize).map(|n| n.kind) {
        Some(NodeKind::Mapping { .. }) => tree.pairs(node).flat_map(|(key, value)| [key, value]).collect(),
        Some(NodeKind::Sequence { .. }) => tree.elements(node).to_vec(),
        Some(NodeKind::Null | NodeKind::Verbatim { .. } | NodeKind::Owned { .. }) | None => Vec::new(),
    };
    if flow || parts.is_empty() {
        return end(tree, node);
    }
    parts.into_iter().map(|part| last_byte(text, tree, part)).max().unwrap_or_else(|| end(tree, node))
}

/// Past the comments that belong to an element: they stand below it, further in than its dash. `abide add` itself writes optional fields so.
fn past_comments(text: &str, at: usize, dash: usize) -> usize {
    let (mut here, mut past) = (at, at);
    for line in text.get(at..).unwrap_or_default().split_inclusive('\n') {
        let written = line.trim_start_matches(' ');
        here += line.len();
        match written.trim_end() {
            "" => {}
            comment if comment.starts_with('#') && line.len() - written.len() > dash => past = here,
            _ => break,
        }
    }
    past
}

/// Where the line of a byte begins.
fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |i| i + 1)
}

/// Where the next line begins.
fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |i| at + i + 1)
}

fn column(text: &str, at: usize) -> usize {
    at - line_start(text, at)
}

/// How far the dash before an element is indented; nothing when the element does not stand behind its dash.
fn dash(text: &str, at: usize) -> Option<usize> {
    let before = text.get(line_start(text, at)..at)?;
    let indent = before.len() - before.trim_start_matches(' ').len();
    let rest = before.trim_start_matches(' ').strip_prefix('-')?;
    (!rest.is_empty() && rest.chars().all(|c| c == ' ')).then_some(indent)
}

/// Whether a new text says what the old one said, and one more element under a key.
#[must_use]
pub fn added_only(old: (&str, &Tree), new: (&str, &Tree), key: &str) -> bool {
    let (Some(before), Some(after)) = (old.1.root, new.1.root) else { return false };
    let (before, after): (Vec<_>, Vec<_>) = (old.1.pairs(before).collect(), new.1.pairs(after).collect());
    before.len() == after.len()
        && before.iter().zip(&after).all(|((name, was), (same, is))| {
            if !equal(old, *name, new, *same) {
                return false;
            }
            if old.1.text(old.0, *name) != Some(key) {
                return equal(old, *was, new, *is);
            }
            let (was, is) = (old.1.elements(*was), new.1.elements(*is));
            is.len() == was.len() + 1 && was.iter().zip(is).all(|(a, b)| equal(old, *a, new, *b))
        })
}

fn equal(old: (&str, &Tree), a: NodeId, new: (&str, &Tree), b: NodeId) -> bool {
    let kind = |tree: &Tree, node: NodeId| tree.nodes.get(node.0 as usize).map(|n| n.kind);
    match (kind(old.1, a), kind(new.1, b)) {
        (Some(NodeKind::Null), Some(NodeKind::Null)) => true,
        (Some(NodeKind::Sequence { .. }), Some(NodeKind::Sequence { .. })) => {
            let (a, b) = (old.1.elements(a), new.1.elements(b));
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(old, *a, new, *b))
        }
        (Some(NodeKind::Mapping { .. }), Some(NodeKind::Mapping { .. })) => {
            let (a, b): (Vec<_>, Vec<_>) = (old.1.pairs(a).collect(), new.1.pairs(b).collect());
            let same = |((ka, va), (kb, vb)): (&(NodeId, NodeId), &(NodeId, NodeId))| {
                equal(old, *ka, new, *kb) && equal(old, *va, new, *vb)
            };
            a.len() == b.len() && a.iter().zip(&b).all(same)
        }
        (
            Some(NodeKind::Verbatim { plain: was } | NodeKind::Owned { plain: was, .. }),
            Some(NodeKind::Verbatim { plain: is } | NodeKind::Owned { plain: is, .. }),
        ) => was == is && old.1.text(old.0, a) == new.1.text(new.0, b),
        _ => false,
    }
}
