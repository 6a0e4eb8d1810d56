//! YAML 1.2 to a tree: the part of it that a bundle needs. Tags, merge keys, keys that are not text and several documents are refused;
//! aliases share nodes, and what they would stand for written out is bounded.

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, Span as YamlSpan};
use rustc_hash::FxHashMap;

use super::builder::{Builder, Mark};
use super::{NodeId, NodeKind, Tree};
use crate::base::{FileId, Span};
use crate::diagnostics::Diagnostic;
use crate::evidence::errors::text as errors;
use crate::evidence::options::Limits;

/// Reads a text.
pub(in crate::evidence) fn parse(source: &str, file: FileId, limits: &Limits, diagnostics: &mut Vec<Diagnostic>) -> Tree {
    let builder = Builder::new(source, file.0);
    let mut composer = Composer {
        builder,
        file,
        limits,
        diagnostics,
        frames: Vec::new(),
        anchors: FxHashMap::default(),
        documents: 0,
        root: None,
        expanded: 0,
    };
    composer.run();
    let mut tree = composer.builder.tree;
    tree.root = composer.root;
    tree
}

/// Reading cannot go on; why has been told.
struct Stop;

/// A container that is still open.
struct Frame {
    mark: Mark,
    start: usize,
    mapping: bool,
    /// Whether the next node of a mapping is a key.
    key: bool,
    anchor: usize,
    /// How many nodes it holds with aliases written out.
    weight: usize,
    /// Where its last child ends.
    end: usize,
}

struct Composer<'s, 'd> {
    builder: Builder<'s>,
    file: FileId,
    limits: &'d Limits,
    diagnostics: &'d mut Vec<Diagnostic>,
    frames: Vec<Frame>,
    /// Anchored nodes with their weights.
    anchors: FxHashMap<usize, (NodeId, usize)>,
    documents: usize,
    root: Option<NodeId>,
    expanded: usize,
}

impl Composer<'_, '_> {
    fn run(&mut self) {
        let options = granit_parser::options! {
            emit_comments: false,
            emit_unresolved_aliases: true,
            simple_key_max_lookahead: 1 << 16,
            flow_nesting_limit: self.limits.depth as usize,
            block_nesting_limit: self.limits.depth as usize,
        };
        for next in Parser::new_from_str_with_options(self.builder.source, options) {
            let stop = match next {
                Ok((event, span)) => self.event(event, span).is_err(),
                Err(error) => {
                    let at = error.marker().byte_offset().unwrap_or(0);
                    let place = self.span(at, at + 1);
                    let deep = matches!(error.kind(), ErrorKind::RecursionLimitExceeded);
                    self.diagnostics.push(if deep {
                        errors::too_deep(place, self.limits.depth)
                    } else {
                        errors::yaml(place, &error.info())
                    });
                    true
                }
            };
            if stop {
                self.root = None;
                return;
            }
        }
    }

    fn event(&mut self, event: Event<'_>, span: YamlSpan) -> Result<(), Stop> {
        let range = span.byte_range().unwrap_or(0..0);
        if event.tag().is_some() {
            let tag = span.tag_span().and_then(|t| t.byte_range()).unwrap_or(range.clone());
            self.diagnostics.push(errors::yaml_tag(self.span(tag.start, tag.end)));
        }
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.diagnostics.push(errors::yaml_documents(self.span(range.start, range.end)));
                    return Err(Stop);
                }
            }
            Event::StreamStart | Event::StreamEnd | Event::DocumentEnd | Event::Anchor(..) => {}
            Event::Scalar(text, style, anchor, _) => {
                let node = self.scalar(&text, style, range.start, range.end)?;
                self.complete(node, anchor, 1)?;
            }
            Event::SequenceStart(_, anchor, _) => self.open(false, anchor, range.start)?,
            Event::MappingStart(_, anchor, _) => self.open(true, anchor, range.start)?,
            Event::SequenceEnd | Event::MappingEnd => self.close(range.start, range.end)?,
            Event::Alias(id) => self.alias(id, range.start, range.end)?,
            Event::UnresolvedAlias(_) => {
                self.diagnostics.push(errors::unknown_anchor(self.span(range.start, range.end), self.slice(range.clone())));
                let node = self.builder.node(range.start, range.end, NodeKind::Null);
                self.complete(node, 0, 1)?;
            }
            // Comments and whatever later versions of the parser may report besides nodes.
            _ => {}
        }
        Ok(())
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, start: usize, end: usize) -> Result<NodeId, Stop> {
        if self.builder.len() > self.limits.nodes {
            self.diagnostics.push(errors::too_many_nodes(self.span(start, end), self.limits.nodes));
            return Err(Stop);
        }
        let plain = matches!(style, ScalarStyle::Plain);
        if plain && matches!(text, "" | "~" | "null" | "Null" | "NULL") {
            return Ok(self.builder.node(start, end, NodeKind::Null));
        }
        let source = self.builder.source;
        let verbatim = match style {
            ScalarStyle::Plain => source.get(start..end) == Some(text),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                end.checked_sub(1).and_then(|e| source.get(start + 1..e)) == Some(text)
            }
            ScalarStyle::Literal | ScalarStyle::Folded => false,
        };
        if verbatim {
            return Ok(self.builder.node(start, end, NodeKind::Verbatim { plain }));
        }
        // The place of a block text ends with its last line, not with the indentation of what follows.
        let end = source.get(start..end).map_or(end, |s| start + s.trim_end().len());
        Ok(self.builder.owned(start, end, text, plain))
    }

    fn open(&mut self, mapping: bool, anchor: usize, start: usize) -> Result<(), Stop> {
        if self.frames.len() >= self.limits.depth as usize {
            self.diagnostics.push(errors::too_deep(self.span(start, start + 1), self.limits.depth));
            return Err(Stop);
        }
        let mark = self.builder.mark();
        self.frames.push(Frame { mark, start, mapping, key: mapping, anchor, weight: 1, end: start });
        Ok(())
    }

    fn close(&mut self, start: usize, end: usize) -> Result<(), Stop> {
        let Some(frame) = self.frames.pop() else { return Err(Stop) };
        // A bracket closes a flow container; a block container ends where its last child does.
        let flow = matches!(self.builder.source.as_bytes().get(frame.start), Some(b'[' | b'{')) && end > start;
        let end = if flow { end } else { frame.end };
        let node = if frame.mapping {
            for (first, second) in self.builder.duplicates(frame.mark) {
                self.diagnostics.push(errors::duplicate_key(&self.builder.tree, self.builder.source, first, second));
            }
            self.builder.mapping(frame.mark, frame.start, end)
        } else {
            self.builder.sequence(frame.mark, frame.start, end)
        };
        self.complete(node, frame.anchor, frame.weight)
    }

    fn alias(&mut self, id: usize, start: usize, end: usize) -> Result<(), Stop> {
        let Some((node, weight)) = self.anchors.get(&id).copied() else {
            self.diagnostics.push(errors::alias_of_itself(self.span(start, end)));
            return Err(Stop);
        };
        self.expanded = self.expanded.saturating_add(weight);
        if self.expanded > self.limits.expansion {
            self.diagnostics.push(errors::alias_limit(self.span(start, end), self.limits.expansion));
            return Err(Stop);
        }
        let written = self.span(start, end);
        self.give(node, weight, written, end);
        Ok(())
    }

    fn complete(&mut self, node: NodeId, anchor: usize, weight: usize) -> Result<(), Stop> {
        if anchor != 0 {
            self.anchors.insert(anchor, (node, weight));
        }
        let span = self.builder.tree.span(node);
        self.give(node, weight, span, span.end as usize);
        Ok(())
    }

    /// Gives a node to the open container, or makes it the root.
    fn give(&mut self, node: NodeId, weight: usize, written: Span, end: usize) {
        let Some(frame) = self.frames.last_mut() else {
            self.root = Some(node);
            return;
        };
        frame.weight = frame.weight.saturating_add(weight);
        frame.end = frame.end.max(end);
        if frame.mapping {
            let is_key = frame.key;
            frame.key = !is_key;
            if is_key {
                let n = self.builder.tree.nodes[node.0 as usize];
                match n.kind {
                    NodeKind::Verbatim { plain: true } if self.builder.tree.text(self.builder.source, node) == Some("<<") => {
                        self.diagnostics.push(errors::yaml_merge(written));
                    }
                    NodeKind::Verbatim { .. } | NodeKind::Owned { .. } => {}
                    NodeKind::Null | NodeKind::Sequence { .. } | NodeKind::Mapping { .. } => {
                        self.diagnostics.push(errors::yaml_key(written));
                    }
                }
            }
        }
        self.builder.push(node);
    }

    fn slice(&self, range: std::ops::Range<usize>) -> &str {
        self.builder.source.get(range).unwrap_or("")
    }

    /// A place, moved to character boundaries inside the text.
    fn span(&self, start: usize, end: usize) -> Span {
        let text = self.builder.source;
        let (mut start, mut end) = (start.min(text.len()), end.min(text.len()));
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        while !text.is_char_boundary(end) {
            end += 1;
        }
        Span::new(self.file, start as u32, end.max(start) as u32)
    }
}
