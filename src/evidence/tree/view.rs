//! A node together with its tree and text: what conversion walks over.

use super::{NodeId, NodeKind, NodeRef, Tree};
use crate::base::Span;

/// A tree and its text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Doc<'s> {
    /// The tree.
    pub(crate) tree: &'s Tree,
    /// Its position in the bundle's trees.
    pub(crate) index: u32,
    /// Its text.
    pub(crate) text: &'s str,
}

/// A node.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'s> {
    /// Where it belongs.
    pub(crate) doc: Doc<'s>,
    /// Which one.
    pub(crate) node: NodeId,
}

impl<'s> Doc<'s> {
    /// A node of this tree.
    pub(crate) fn at(self, node: NodeId) -> View<'s> {
        View { doc: self, node }
    }

    /// The root, when there is one.
    pub(crate) fn root(self) -> Option<View<'s>> {
        self.tree.root.map(|node| self.at(node))
    }
}

impl<'s> View<'s> {
    /// What it is.
    pub(crate) fn kind(self) -> NodeKind {
        self.doc.tree.nodes[self.node.0 as usize].kind
    }

    /// Where it is.
    pub(crate) fn span(self) -> Span {
        self.doc.tree.span(self.node)
    }

    /// Its reference in a bundle.
    pub(crate) fn reference(self) -> NodeRef {
        NodeRef { tree: self.doc.index, node: self.node }
    }

    /// The text of a scalar.
    pub(crate) fn text(self) -> Option<&'s str> {
        self.doc.tree.text(self.doc.text, self.node)
    }

    /// Whether it is a scalar that was written without quotes.
    pub(crate) fn is_plain(self) -> bool {
        matches!(self.kind(), NodeKind::Verbatim { plain: true } | NodeKind::Owned { plain: true, .. })
    }

    /// Whether it is not stated.
    pub(crate) fn is_null(self) -> bool {
        matches!(self.kind(), NodeKind::Null)
    }

    /// Whether it is a mapping.
    pub(crate) fn is_mapping(self) -> bool {
        matches!(self.kind(), NodeKind::Mapping { .. })
    }

    /// Whether it is a sequence.
    pub(crate) fn is_sequence(self) -> bool {
        matches!(self.kind(), NodeKind::Sequence { .. })
    }

    /// Keys and values of a mapping.
    pub(crate) fn pairs(self) -> impl Iterator<Item = (View<'s>, View<'s>)> + 's {
        let doc = self.doc;
        doc.tree.pairs(self.node).map(move |(k, v)| (doc.at(k), doc.at(v)))
    }

    /// Elements of a sequence.
    pub(crate) fn elements(self) -> impl Iterator<Item = View<'s>> + 's {
        let doc = self.doc;
        doc.tree.elements(self.node).iter().map(move |n| doc.at(*n))
    }

    /// The value of a key.
    pub(crate) fn get(self, key: &str) -> Option<View<'s>> {
        self.doc.tree.get(self.doc.text, self.node, key).map(|(_, v)| self.doc.at(v))
    }
}
