//! A text of YAML or JSON as a tree whose every node knows its bytes. One flat vector: children follow their parent.

mod builder;
pub(super) mod json;
pub(super) mod value;
mod view;
pub(super) mod yaml;

pub(crate) use view::{Doc, View};

use crate::base::{FileId, Span};

/// A node of one of a bundle's trees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeRef {
    /// Index into `Bundle::trees`.
    pub tree: u32,
    /// The node.
    pub node: NodeId,
}

/// A node: an index into its tree's nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// A tree.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// The file.
    pub file: u32,
    /// All nodes; the root is the last.
    pub nodes: Vec<Node>,
    /// Children of sequences, and keys and values by turns of mappings: `nodes[n].children` are ranges of this.
    pub children: Vec<NodeId>,
    /// Scalars whose text is not the text between their bytes (escapes, folded blocks): `nodes[n].text` indexes this.
    pub texts: Vec<Box<str>>,
    /// The root.
    pub root: Option<NodeId>,
}

/// A node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it is.
    pub kind: NodeKind,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// A scalar whose text stands between its bytes as it is (`inset` 1 when quotes stand around it). Plain ones may be numbers or booleans.
    Verbatim {
        /// Whether it was written without quotes.
        plain: bool,
    },
    /// A scalar whose text is in `Tree::texts`.
    Owned {
        /// Index into `Tree::texts`.
        text: u32,
        /// Whether it was written without quotes.
        plain: bool,
    },
    /// `null`, `~`, or nothing.
    Null,
    /// A sequence: a range of `Tree::children`.
    Sequence {
        /// First child.
        first: u32,
        /// How many.
        len: u32,
    },
    /// A mapping: keys and values by turns in `Tree::children`.
    Mapping {
        /// First key.
        first: u32,
        /// How many pairs.
        len: u32,
    },
}

impl Tree {
    /// The place of a node.
    #[must_use]
    pub fn span(&self, node: NodeId) -> Span {
        let n = self.nodes[node.0 as usize];
        Span::new(FileId(self.file), n.start, n.end)
    }

    /// The value of a key of a mapping, with the key's node. The first one where a key stands twice (which is a diagnostic anyway).
    #[must_use]
    pub fn get(&self, source: &str, mapping: NodeId, key: &str) -> Option<(NodeId, NodeId)> {
        self.pairs(mapping).find(|(k, _)| self.text(source, *k) == Some(key))
    }

    /// Keys and values of a mapping; nothing for other nodes.
    pub fn pairs(&self, mapping: NodeId) -> impl Iterator<Item = (NodeId, NodeId)> + '_ {
        let (first, len) = match self.nodes[mapping.0 as usize].kind {
            NodeKind::Mapping { first, len } => (first as usize, len as usize),
            NodeKind::Verbatim { .. } | NodeKind::Owned { .. } | NodeKind::Null | NodeKind::Sequence { .. } => (0, 0),
        };
        self.children.get(first..first + 2 * len).unwrap_or(&[]).chunks_exact(2).map(|pair| (pair[0], pair[1]))
    }

    /// Elements of a sequence; nothing for other nodes.
    #[must_use]
    pub fn elements(&self, sequence: NodeId) -> &[NodeId] {
        match self.nodes[sequence.0 as usize].kind {
            NodeKind::Sequence { first, len } => self.children.get(first as usize..(first + len) as usize).unwrap_or(&[]),
            NodeKind::Verbatim { .. } | NodeKind::Owned { .. } | NodeKind::Null | NodeKind::Mapping { .. } => &[],
        }
    }

    /// The text of a scalar, without quotes.
    #[must_use]
    pub fn text<'a>(&'a self, source: &'a str, node: NodeId) -> Option<&'a str> {
        let n = self.nodes[node.0 as usize];
        match n.kind {
            NodeKind::Verbatim { plain: true } => source.get(n.start as usize..n.end as usize),
            NodeKind::Verbatim { plain: false } => source.get(n.start as usize + 1..(n.end as usize).saturating_sub(1)),
            NodeKind::Owned { text, .. } => self.texts.get(text as usize).map(AsRef::as_ref),
            NodeKind::Null | NodeKind::Sequence { .. } | NodeKind::Mapping { .. } => None,
        }
    }
}
