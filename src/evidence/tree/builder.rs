//! Puts trees together: children of an open container wait on a stack and move into one range when it closes.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use super::{Node, NodeId, NodeKind, Tree};

/// A tree being built.
pub(super) struct Builder<'s> {
    /// The text it is read from.
    pub(super) source: &'s str,
    /// What there is so far.
    pub(super) tree: Tree,
    waiting: Vec<NodeId>,
    seen: FxHashMap<&'s str, NodeId>,
}

/// From here on, waiting nodes belong to the open container.
#[derive(Clone, Copy)]
pub(super) struct Mark(usize);

impl<'s> Builder<'s> {
    /// A tree of a file, with room for as many nodes as its size suggests.
    pub(super) fn new(source: &'s str, file: u32) -> Self {
        let guess = source.len() / 12 + 8;
        let tree =
            Tree { file, nodes: Vec::with_capacity(guess), children: Vec::with_capacity(guess), texts: Vec::new(), root: None };
        Self { source, tree, waiting: Vec::with_capacity(256), seen: FxHashMap::default() }
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.tree.nodes.len()
    }

    /// Opens a container.
    pub(super) fn mark(&self) -> Mark {
        Mark(self.waiting.len())
    }

    /// A node on its own.
    #[inline]
    pub(super) fn node(&mut self, start: usize, end: usize, kind: NodeKind) -> NodeId {
        let id = NodeId(self.tree.nodes.len() as u32);
        self.tree.nodes.push(Node { start: start as u32, end: end as u32, kind });
        id
    }

    /// A scalar whose text is not in the source as it is.
    pub(super) fn owned(&mut self, start: usize, end: usize, text: &str, plain: bool) -> NodeId {
        let index = self.tree.texts.len() as u32;
        self.tree.texts.push(text.into());
        self.node(start, end, NodeKind::Owned { text: index, plain })
    }

    /// Gives a node to the open container.
    #[inline]
    pub(super) fn push(&mut self, node: NodeId) {
        self.waiting.push(node);
    }

    /// Drops a key that got no value.
    pub(super) fn pop(&mut self) {
        self.waiting.pop();
    }

    /// Closes a sequence.
    pub(super) fn sequence(&mut self, mark: Mark, start: usize, end: usize) -> NodeId {
        let first = self.tree.children.len() as u32;
        let len = (self.waiting.len() - mark.0) as u32;
        self.tree.children.extend_from_slice(&self.waiting[mark.0..]);
        self.waiting.truncate(mark.0);
        self.node(start, end, NodeKind::Sequence { first, len })
    }

    /// Closes a mapping; keys and values wait by turns.
    pub(super) fn mapping(&mut self, mark: Mark, start: usize, end: usize) -> NodeId {
        let first = self.tree.children.len() as u32;
        let len = ((self.waiting.len() - mark.0) / 2) as u32;
        self.tree.children.extend_from_slice(&self.waiting[mark.0..mark.0 + 2 * len as usize]);
        self.waiting.truncate(mark.0);
        self.node(start, end, NodeKind::Mapping { first, len })
    }

    /// Keys of the mapping about to be closed that stand there twice: the first one and the other.
    pub(super) fn duplicates(&mut self, mark: Mark) -> Vec<(NodeId, NodeId)> {
        let waiting = self.waiting.get(mark.0..).unwrap_or(&[]);
        let mut seen_bits = 0u64;
        let mut suspicious = false;
        for pair in waiting.chunks_exact(2) {
            let bit = 1u64 << (hash(self.tree.text(self.source, pair[0]).unwrap_or("")) >> 58);
            suspicious |= seen_bits & bit != 0;
            seen_bits |= bit;
        }
        if suspicious { self.exact_duplicates(mark) } else { Vec::new() }
    }

    fn exact_duplicates(&mut self, mark: Mark) -> Vec<(NodeId, NodeId)> {
        let waiting = self.waiting.get(mark.0..).unwrap_or(&[]);
        let mut found = Vec::new();
        if waiting.len() <= 48 {
            for (i, pair) in waiting.chunks_exact(2).enumerate() {
                let text = self.tree.text(self.source, pair[0]);
                let earlier = waiting.chunks_exact(2).take(i).find(|e| self.tree.text(self.source, e[0]) == text);
                found.extend(earlier.map(|e| (e[0], pair[0])));
            }
            return found;
        }
        // Keys with escapes have no text in the source; they are compared one by one, being rare.
        self.seen.clear();
        let mut owned: Vec<NodeId> = Vec::new();
        for pair in waiting.chunks_exact(2) {
            let n = self.tree.nodes[pair[0].0 as usize];
            let verbatim = match n.kind {
                NodeKind::Verbatim { plain: true } => self.source.get(n.start as usize..n.end as usize),
                NodeKind::Verbatim { plain: false } => self.source.get(n.start as usize + 1..n.end as usize - 1),
                NodeKind::Owned { .. } | NodeKind::Null | NodeKind::Sequence { .. } | NodeKind::Mapping { .. } => None,
            };
            match verbatim {
                Some(text) => {
                    if let Some(first) = self.seen.insert(text, pair[0]) {
                        self.seen.insert(text, first);
                        found.push((first, pair[0]));
                    }
                }
                None => owned.push(pair[0]),
            }
        }
        for (i, key) in owned.iter().enumerate() {
            let text = self.tree.text(self.source, *key);
            let earlier = owned.iter().take(i).copied().find(|o| self.tree.text(self.source, *o) == text);
            found.extend(earlier.or_else(|| self.seen.get(text?).copied()).map(|first| (first, *key)));
        }
        found
    }
}

/// A hash of a key; only its high bits are used.
#[inline]
fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish().wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
