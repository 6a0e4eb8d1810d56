//! Texts and trees of a bundle without what is withheld. Lines keep their numbers, so that places stay right; nothing else does.
//!
//! Only what is known to be shown is copied: the scalars of shown items and statements, and the punctuation between them. Comments, unmapped
//! columns of tables and everything else are left out. Columns move, so lengths do not tell either.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::hidden::Hidden;
use crate::base::{BETWEEN_CELLS, FileId, Source, Sources, Span};
use crate::evidence::tree::{NodeId, NodeKind, Tree};
use crate::evidence::{At, FieldAt, MISSING};
use crate::library::model::{ColumnId, KindId, TableId};
use crate::policy::Sight;

/// What stands where a field of a shown item is withheld.
const MASK: &str = "[withheld]";
/// What a file is called of which nothing is shown.
const NAMELESS: &str = "withheld";
/// Top-level keys whose values are always shown.
const HEAD: [&str; 3] = ["abide", "entity", "assessment-date"];

/// What becomes of a scalar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Gone,
    Masked,
    Kept,
}

/// The texts, and where each place of the old ones is in them.
pub(super) struct Texts {
    pub(super) sources: Sources,
    pub(super) trees: Vec<Tree>,
    /// By file: old and new offsets of everything that has a place, ascending.
    moves: Vec<Vec<(u32, u32)>>,
}

impl Texts {
    /// The new place of a span.
    pub(super) fn moved(&self, span: Span) -> Span {
        Span::new(span.file, self.offset(span.file, span.start), self.offset(span.file, span.end))
    }

    fn offset(&self, file: FileId, old: u32) -> u32 {
        let Some(moves) = self.moves.get(file.0 as usize) else { return 0 };
        let next = moves.partition_point(|(from, _)| *from <= old);
        next.checked_sub(1).and_then(|i| moves.get(i)).map_or(0, |(_, to)| *to)
    }
}

/// Makes them.
pub(super) fn texts(hidden: &Hidden<'_>) -> Texts {
    let bundle = hidden.bundle;
    let masked = masked(hidden);
    let fates: Vec<Vec<Fate>> = (0u32..).zip(&bundle.trees).map(|(index, tree)| fates(hidden, index, tree, &masked)).collect();
    let mut texts = Texts { sources: Sources::default(), trees: Vec::new(), moves: Vec::new() };
    for (file, source) in bundle.sources.iter() {
        let tree = bundle.trees.iter().zip(&fates).find(|(tree, _)| tree.file == file.0);
        let (name, text, moves) = match tree {
            Some((tree, fates)) => rewrite(source, tree, fates, &interests(hidden, file, tree)),
            None => (NAMELESS, String::new(), Vec::new()),
        };
        texts.sources.add(if name == NAMELESS { Source::new(name, text) } else { source.rewritten(name, text) });
        texts.moves.push(moves);
    }
    let trees = bundle.trees.iter().zip(&fates).map(|(tree, fates)| pruned(&texts, tree, fates)).collect();
    texts.trees = trees;
    texts
}

/// What is withheld inside what is shown.
struct Masked<'a> {
    /// The places of withheld fields.
    places: FxHashSet<Span>,
    /// The ids of withheld items: wherever they stand, they are references.
    ids: FxHashSet<&'a str>,
}

fn masked<'a>(hidden: &'a Hidden<'_>) -> Masked<'a> {
    let (bundle, library) = (hidden.bundle, hidden.library);
    let mut places = FxHashSet::default();
    for (table, shape) in (0u32..).map(TableId).zip(&library.tables) {
        let rows = bundle.rows(table);
        for (column, _) in (0u32..).map(ColumnId).zip(&shape.columns) {
            for (row, cell) in (0u32..).zip(&rows.columns[column.0 as usize]) {
                let at = At { table, row, field: Some(FieldAt::Column(column)) };
                if *cell != MISSING && hidden.sight(table, row).item && !hidden.shown(at) {
                    places.insert(bundle.place(library, at));
                }
            }
        }
    }
    if !hidden.disclosure.facts {
        places.extend(bundle.entity.fact_places.iter().flatten());
    }
    let items = (0u32..).map(KindId).zip(&hidden.disclosure.items);
    let ids = items.flat_map(|(kind, rows)| {
        let gone = (0u32..).zip(rows).filter(|(_, sight)| !sight.item);
        gone.map(move |(row, _)| bundle.item_id(kind, row))
    });
    Masked { places, ids: ids.collect() }
}

/// What becomes of each node of a tree.
fn fates(hidden: &Hidden<'_>, index: u32, tree: &Tree, masked: &Masked<'_>) -> Vec<Fate> {
    let seen = hidden.disclosure;
    let text = hidden.bundle.sources.get(FileId(tree.file)).map_or("", Source::text);
    let mut fates = vec![Fate::Gone; tree.nodes.len()];
    for (row, node) in of_shown_items(hidden, index) {
        // What an attachment is called may name whom it is about.
        let files = tree.get(text, node, "attachments").filter(|_| !row.whole());
        if let Some(fate) = files.and_then(|(_, value)| fates.get_mut(value.0 as usize)) {
            *fate = Fate::Masked;
        }
    }
    let mut keep = |node: NodeId| spread(tree, text, node, masked, &mut fates);
    for (key, value) in tree.root.into_iter().flat_map(|root| tree.pairs(root)) {
        keep(key);
        let shown = match tree.text(text, key).unwrap_or("") {
            "nil-returns" => seen.nil_returns,
            "judgements" => seen.judgements,
            "waivers" | "derogations" => seen.waivers,
            other => HEAD.contains(&other),
        };
        if shown {
            keep(value);
        }
    }
    of_shown_items(hidden, index).for_each(|(_, node)| keep(node));
    fates
}

/// The shown items of a tree, with what may be seen of them.
fn of_shown_items<'a>(hidden: &'a Hidden<'_>, tree: u32) -> impl Iterator<Item = (Sight, NodeId)> + 'a {
    (0u32..).map(TableId).take(hidden.library.kinds.len()).flat_map(move |table| {
        let nodes = (0u32..).zip(&hidden.bundle.rows(table).nodes).filter(move |(_, node)| node.tree == tree);
        nodes.map(move |(row, node)| (hidden.sight(table, row), node.node)).filter(|(sight, _)| sight.item)
    })
}

/// A node and all below it are shown, except what is masked.
fn spread(tree: &Tree, text: &str, node: NodeId, masked: &Masked<'_>, fates: &mut [Fate]) {
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        let Some(fate) = fates.get_mut(node.0 as usize).filter(|fate| **fate == Fate::Gone) else { continue };
        let named = tree.text(text, node).is_some_and(|t| masked.ids.contains(t));
        *fate = if named || masked.places.contains(&tree.span(node)) { Fate::Masked } else { Fate::Kept };
        if *fate == Fate::Kept {
            open.extend(tree.elements(node));
            open.extend(tree.pairs(node).flat_map(|(key, value)| [key, value]));
        }
    }
}

/// Offsets of a file that something points to.
fn interests(hidden: &Hidden<'_>, file: FileId, tree: &Tree) -> Vec<u32> {
    let b = hidden.bundle;
    let mut offsets: BTreeSet<u32> = tree.nodes.iter().flat_map(|n| [n.start, n.end]).collect();
    let entity = [Some(b.entity.span), b.entity.kind_place, b.entity.sems_place].into_iter().flatten();
    let spans = entity
        .chain(b.entity.fact_places.iter().flatten().copied())
        .chain(b.nil_returns.iter().map(|n| n.span))
        .chain(b.judgements.iter().map(|j| j.span))
        .chain(b.exemptions.iter().map(|e| e.span))
        .chain(b.checklist.iter().map(|e| e.span))
        .chain(b.attachments.iter().map(|a| a.span));
    offsets.extend(spans.filter(|s| s.file == file).flat_map(|s| [s.start, s.end]));
    offsets.into_iter().collect()
}

/// Writes one text anew.
struct Writer<'a> {
    old: &'a str,
    new: String,
    /// What stands between cells, when the text is a sheet: a row of which something is shown keeps its columns.
    gap: Option<char>,
    /// Where the current line starts in the new text, and its first move.
    line: (usize, usize),
    interests: std::iter::Peekable<std::slice::Iter<'a, u32>>,
    moves: Vec<(u32, u32)>,
}

fn rewrite<'s>(source: &'s Source, tree: &Tree, fates: &[Fate], interests: &[u32]) -> (&'s str, String, Vec<(u32, u32)>) {
    let mut writer = Writer {
        old: source.text(),
        new: String::new(),
        gap: source.sheet_name().map(|_| BETWEEN_CELLS),
        line: (0, 0),
        interests: interests.iter().peekable(),
        moves: Vec::new(),
    };
    // Nodes that stand in the tree: a name that was made for a row of a table does not.
    let mut leaves: Vec<(usize, usize, Fate)> = tree
        .children
        .iter()
        .filter_map(|id| Some((tree.nodes.get(id.0 as usize)?, *fates.get(id.0 as usize)?)))
        .filter(|(node, fate)| *fate == Fate::Masked || matches!(node.kind, NodeKind::Verbatim { .. } | NodeKind::Owned { .. }))
        .map(|(node, fate)| (node.start as usize, node.end as usize, fate))
        .collect();
    leaves.sort_unstable_by_key(|(start, end, fate)| (*start, *end, *fate == Fate::Kept));
    let root_keys: BTreeSet<usize> = tree
        .root
        .into_iter()
        .flat_map(|root| tree.pairs(root))
        .filter_map(|(key, _)| tree.nodes.get(key.0 as usize))
        .map(|n| n.start as usize)
        .collect();
    let (mut at, mut before, mut named) = (0, Fate::Gone, false);
    for (start, end, fate) in leaves {
        if start < at {
            continue;
        }
        writer.between(at, start, before != Fate::Gone, fate != Fate::Gone);
        match fate {
            Fate::Gone => writer.left_out(start, end),
            Fate::Masked => writer.masked(start, end),
            Fate::Kept => writer.kept(start, end),
        }
        named |= fate == Fate::Kept && !root_keys.contains(&start);
        (at, before) = (end, fate);
    }
    writer.between(at, source.text().len(), before != Fate::Gone, false);
    writer.end_of_line();
    (if named { source.name() } else { NAMELESS }, writer.new, writer.moves)
}

impl Writer<'_> {
    /// What stands between two scalars: its line breaks, and its punctuation where that is of something shown.
    fn between(&mut self, from: usize, to: usize, after_shown: bool, before_shown: bool) {
        let gap = self.old.get(from..to).unwrap_or("");
        let last_line = gap.rfind('\n').map_or(0, |i| i + 1);
        let first_line = gap.find('\n').unwrap_or(gap.len());
        let mut comment = false;
        for (i, c) in gap.char_indices() {
            self.note(from + i);
            comment = (comment || c == '#') && c != '\n';
            let shown = match (i < first_line, i >= last_line) {
                (true, true) => after_shown && before_shown,
                (true, false) => after_shown,
                (false, true) => before_shown,
                (false, false) => false,
            };
            if self.gap.is_some() {
                self.skeleton(c);
            } else if c == '\n' || (shown && !comment && (c.is_ascii_punctuation() || c.is_whitespace())) {
                self.new.push(c);
            }
        }
    }

    /// What is always kept of a text: its line breaks, and the borders between the cells of a sheet.
    fn skeleton(&mut self, c: char) {
        if Some(c) == self.gap {
            self.new.push_str(" | ");
        } else if c == '\n' {
            self.end_of_line();
            self.new.push(c);
            self.line = (self.new.len(), self.moves.len());
        }
    }

    /// A row of which nothing is shown does not tell how far it reached.
    fn end_of_line(&mut self) {
        let (start, first_move) = self.line;
        let bare = |line: &str| line.chars().all(|c| c == ' ' || Some(c) == self.gap);
        if self.gap.is_some() && self.new.get(start..).is_some_and(bare) {
            self.new.truncate(start);
            self.moves.iter_mut().skip(first_move).for_each(|(_, to)| *to = start as u32);
        }
    }

    fn kept(&mut self, start: usize, end: usize) {
        for (i, c) in self.old.get(start..end).unwrap_or("").char_indices() {
            self.note(start + i);
            self.new.push(c);
        }
        self.note(end);
    }

    fn masked(&mut self, start: usize, end: usize) {
        self.note(start);
        self.new.push_str(MASK);
        self.left_out(start, end);
        self.note(end);
    }

    fn left_out(&mut self, start: usize, end: usize) {
        for (i, c) in self.old.get(start..end).unwrap_or("").char_indices() {
            self.note(start + i);
            self.skeleton(c);
        }
    }

    /// Remembers where an offset is now.
    fn note(&mut self, offset: usize) {
        while let Some(interest) = self.interests.next_if(|i| **i as usize <= offset) {
            self.moves.push((*interest, self.new.len() as u32));
        }
    }
}

/// The tree with its places in the new text, and without what is not kept.
fn pruned(texts: &Texts, tree: &Tree, fates: &[Fate]) -> Tree {
    let file = FileId(tree.file);
    let mut pruned = tree.clone();
    let mut used = vec![false; tree.texts.len()];
    for (node, fate) in pruned.nodes.iter_mut().zip(fates) {
        (node.start, node.end) = (texts.offset(file, node.start), texts.offset(file, node.end));
        match node.kind {
            NodeKind::Owned { text, .. } if *fate == Fate::Kept => {
                if let Some(used) = used.get_mut(text as usize) {
                    *used = true;
                }
            }
            NodeKind::Verbatim { .. } | NodeKind::Owned { .. } if *fate != Fate::Kept => node.kind = NodeKind::Null,
            NodeKind::Verbatim { .. }
            | NodeKind::Owned { .. }
            | NodeKind::Null
            | NodeKind::Sequence { .. }
            | NodeKind::Mapping { .. } => {}
        }
    }
    for (text, used) in pruned.texts.iter_mut().zip(used) {
        if !used {
            *text = Box::from("");
        }
    }
    pruned
}
