//! A node together with its tree and text: what conversion walks over.

use super::{NodeId, NodeKind, NodeRef, Tree};
use crate::base::Span;

/// A tree and its text.
#[derive(Debug, Clone, Copy)]
pub(in crate::evidence) struct Doc<'s> {
    /// The tree.
    pub(in crate::evidence) tree: &'s Tree,
    /// Its position in the bundle's trees.
    pub(in crate::evidence) index: u32,
    /// Its text.
    pub(in crate::evidence) text: &'s str,
}

/// A node.
#[derive(Debug, Clone, Copy)]
pub(in crate::evidence) struct View<'s> {
    /// Where it belongs.
    pub(in crate::evidence) doc: Doc<'s>,
    /// Which one.
    pub(in crate::evidence) node: NodeId,
}

impl<'s> Doc<'s> {
    /// A node of this tree.
    pub(in crate::evidence) fn at(self, node: NodeId) -> View<'s> {
        View { doc: self, node }
    }

    /// The root, when there is one.
    pub(in crate::evidence) fn root(self) -> Option<View<'s>> {
        self.tree.root.map(|node| self.at(node))
    }
}

impl<'s> View<'s> {
    /// What it is.
    pub(in crate::evidence) fn kind(self) -> NodeKind {
        self.doc.tree.nodes[self.node.0 as usize].kind
    }

    /// Where it is.
    pub(in crate::evidence) fn span(self) -> Span {
        self.doc.tree.span(self.node)
    }

    /// Its reference in a bundle.
    pub(in crate::evidence) fn reference(self) -> NodeRef {
        NodeRef { tree: self.doc.index, node: self.node }
    }

    /// The text of a scalar.
    pub(in crate::evidence) fn text(self) -> Option<&'s str> {
        self.doc.tree.text(self.doc.text, self.node)
    }

    /// Whether it is a scalar that was written without quotes.
    pub(in crate::evidence) fn is_plain(self) -> bool {
        matches!(self.kind(), NodeKind::Verbatim { plain: true } | NodeKind::Owned { plain: true, .. })
    }

    /// Whether it is not stated.
    pub(in crate::evidence) fn is_null(self) -> bool {
        matches!(self.kind(), NodeKind::Null)
    }

    /// Whether it is a mapping.
    pub(in crate::evidence) fn is_mapping(self) -> bool {
        matches!(self.kind(), NodeKind::Mapping { .. })
    }

    /// Whether it is a sequence.
    pub(in crate::evidence) fn is_sequence(self) -> bool {
        matches!(self.kind(), NodeKind::Sequence { .. })
    }

    /// Keys and values of a mapping.
    pub(in crate::evidence) fn pairs(self) -> impl Iterator<Item = (View<'s>, View<'s>)> + 's {
        let doc = self.doc;
        doc.tree.pairs(self.node).map(move |(k, v)| (doc.at(k), doc.at(v)))
    }

    /// Elements of a sequence.
    pub(in crate::evidence) fn elements(self) -> impl Iterator<Item = View<'s>> + 's {
        let doc = self.doc;
        doc.tree.elements(self.node).iter().map(move |n| doc.at(*n))
    }

    /// The value of a key.
    pub(in crate::evidence) fn get(self, key: &str) -> Option<View<'s>> {
        self.doc.tree.get(self.doc.text, self.node, key).map(|(_, v)| self.doc.at(v))
    }
}
