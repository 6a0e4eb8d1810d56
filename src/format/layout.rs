//! Decides where lines break.
//!
//! A block that was written on one line stays on one line as long as it fits. A condition is on one line when it fits, whatever its
//! author did; otherwise it is broken before `satisfies`, `where`, `and` and `or`.

use super::emit::{Break, Emitter, spaced};
use super::leaves::{Leaf, leaves};
use crate::syntax::outline::{Node, Role};

/// No line is longer, when that can be helped.
const WIDTH: usize = 120;
/// A condition is broken earlier, because a long line of logic is hard to read.
const EXPR_WIDTH: usize = 100;

/// The text laid out.
pub(super) fn lay_out(text: &str, outline: &[Node]) -> String {
    let (leaves, rest) = leaves(text, outline);
    let mut layout = Layout { leaves, emitter: Emitter::default(), next: 0 };
    for declaration in outline {
        layout.declaration(declaration);
    }
    layout.emitter.finish(&rest)
}

struct Layout<'t> {
    leaves: Vec<Leaf<'t>>,
    emitter: Emitter,
    /// The leaf that is written next.
    next: usize,
}

impl Layout<'_> {
    fn declaration(&mut self, node: &Node) {
        self.emitter.resume = 2;
        self.statement(node, 0, 0, 0);
    }

    /// A statement on a line of its own. Its first `head` leaves are padded to `pad`.
    fn statement(&mut self, node: &Node, indent: usize, head: usize, pad: usize) {
        self.emitter.resume = indent + 2;
        let (first, end) = (self.next, self.leaf_after(node));
        self.write(Break::Group(indent));
        let flat =
            self.flattable(node) && indent + pad + self.flat_width(first, end) <= WIDTH && !self.expr_too_wide(node, indent);
        for _ in 1..head.min(end - first) {
            self.write(Break::Natural);
        }
        // The leaf after the head is padded, wherever in the tree it is.
        let used: usize = self.flat_width(first, first + head.min(end - first));
        let spaces = if head > 0 { (pad + 1).saturating_sub(used).max(1) } else { 1 };
        let column = indent + pad + 1;
        let padded = (head > 0 && first + head < end).then_some(first + head);
        if flat {
            while self.next < end {
                self.write(if Some(self.next) == padded { Break::Spaces(spaces) } else { Break::Natural });
            }
            return;
        }
        let hang = if head > 0 { column } else { indent + 2 };
        self.children(node, indent, hang, padded.map(|p| (p, spaces)));
    }

    fn children(&mut self, node: &Node, indent: usize, hang: usize, padded: Option<(usize, usize)>) {
        for child in &node.children {
            if self.leaf_after(child) <= self.next {
                continue;
            }
            let opening = match padded {
                Some((at, spaces)) if at == self.next => Break::Spaces(spaces),
                _ => Break::Natural,
            };
            match child.role {
                Role::Block => self.block(child, indent),
                Role::Expr => self.expr(child, indent),
                Role::Juxtaposed => self.flat(child, Break::Line(hang)),
                Role::Item if opening == Break::Natural && !self.fits(child, WIDTH) && self.next > 0 => {
                    let before = self.leaves.get(self.next - 1).map_or("", |l| l.text.as_ref());
                    self.item(child, if before == "," { Break::Line(hang) } else { Break::Natural }, indent, hang);
                }
                Role::Item => self.item(child, opening, indent, hang),
                Role::Soft => self.write(Break::Line(indent + 2)),
                Role::Where | Role::Body => self.clause(child, indent + 2, Break::Natural),
                Role::Leaf | Role::Glued | Role::Logic => self.write(opening),
                Role::Declaration | Role::Statement { .. } | Role::Plain => {
                    if child.children.is_empty() {
                        self.write(opening);
                    } else {
                        self.children(child, indent, hang, padded);
                    }
                }
            }
        }
    }

    /// A member of a list.
    fn item(&mut self, node: &Node, opening: Break, indent: usize, hang: usize) {
        if node.children.is_empty() || self.flattable(node) && self.fits(node, WIDTH) {
            return self.flat(node, opening);
        }
        self.write(opening);
        self.children(node, indent + 2, hang + 2, None);
    }

    /// Something in braces.
    fn block(&mut self, node: &Node, indent: usize) {
        if self.flattable(node) && self.fits(node, WIDTH) {
            return self.flat(node, Break::Natural);
        }
        let pad = node.children.iter().map(|c| self.head_width(c)).max().unwrap_or(0);
        let mut inside = false;
        for child in &node.children {
            let text = self.leaves.get(self.next).map_or("", |l| l.text.as_ref());
            match child.role {
                Role::Leaf if text == "{" => {
                    inside = true;
                    self.write(Break::Natural);
                }
                Role::Leaf if text == "}" => {
                    self.emitter.resume = indent;
                    self.write(Break::Group(indent));
                }
                Role::Statement { head } => self.statement(child, indent + 2, head, if head > 0 { pad } else { 0 }),
                Role::Block if inside => {
                    self.emitter.resume = indent + 4;
                    self.write(Break::Group(indent + 2));
                    self.rest_of_block(child, indent + 2);
                }
                Role::Expr => {
                    self.emitter.resume = indent + 4;
                    self.opened_expr(child, indent + 2);
                }
                Role::Leaf
                | Role::Glued
                | Role::Soft
                | Role::Logic
                | Role::Declaration
                | Role::Block
                | Role::Item
                | Role::Juxtaposed
                | Role::Where
                | Role::Body
                | Role::Plain => self.flat(child, Break::Natural),
            }
        }
    }

    /// A labelled member of a group, whose first leaf has been written.
    fn rest_of_block(&mut self, node: &Node, indent: usize) {
        let end = self.leaf_after(node);
        if self.flattable(node) && self.emitter.column + self.flat_width(self.next, end) < WIDTH {
            while self.next < end {
                self.write(Break::Natural);
            }
            return;
        }
        for child in &node.children {
            if self.leaf_after(child) <= self.next {
                continue;
            }
            let text = self.leaves.get(self.next).map_or("", |l| l.text.as_ref());
            if child.role == Role::Expr {
                self.opened_expr(child, indent + 2);
            } else if text == "}" {
                self.write(Break::Group(indent));
            } else {
                self.flat(child, Break::Natural);
            }
        }
    }

    /// A condition that begins a line of its own.
    fn opened_expr(&mut self, node: &Node, indent: usize) {
        let end = self.leaf_after(node);
        let flat = self.flattable(node) && indent + self.flat_width(self.next, end) <= EXPR_WIDTH;
        self.write(Break::Group(indent));
        if flat {
            while self.next < end {
                self.write(Break::Natural);
            }
        } else {
            self.broken_expr(node, indent);
        }
    }

    fn expr(&mut self, node: &Node, indent: usize) {
        if self.flattable(node) && self.fits(node, EXPR_WIDTH) {
            return self.flat(node, Break::Natural);
        }
        self.write(Break::Natural);
        self.broken_expr(node, indent);
    }

    /// A condition that does not fit on one line, whose first leaf has been written.
    fn broken_expr(&mut self, node: &Node, indent: usize) {
        let mut base = indent;
        let has_logic = node.children.iter().any(|c| c.role == Role::Logic);
        for child in &node.children {
            if self.leaf_after(child) <= self.next {
                continue;
            }
            if child.role == Role::Logic {
                base = indent + 2;
                self.write(Break::Line(base));
            } else {
                self.operand(child, if has_logic { base } else { indent });
            }
        }
    }

    fn operand(&mut self, node: &Node, indent: usize) {
        let end = self.leaf_after(node);
        let begun = self.leaves.get(self.next).is_some_and(|l| l.start > node.start);
        if node.children.is_empty() {
            return self.write(Break::Natural);
        }
        if !begun && self.flattable(node) && self.fits(node, EXPR_WIDTH) {
            return self.flat(node, Break::Natural);
        }
        if node.role == Role::Block {
            return self.block(node, indent);
        }
        let has_body = node.children.iter().any(|c| c.role == Role::Body);
        for child in &node.children {
            if self.leaf_after(child) <= self.next {
                continue;
            }
            match child.role {
                Role::Where
                    if self.flattable(child) && self.fits(child, EXPR_WIDTH) && (has_body || end == self.leaf_after(child)) =>
                {
                    self.flat(child, Break::Natural);
                }
                Role::Where | Role::Body => self.clause(child, indent + 2, Break::Line(indent + 2)),
                Role::Soft => self.write(Break::Line(indent + 2)),
                Role::Expr => self.expr(child, indent),
                Role::Block => self.block(child, indent),
                Role::Leaf | Role::Glued | Role::Logic => self.write(Break::Natural),
                Role::Declaration | Role::Statement { .. } | Role::Item | Role::Juxtaposed | Role::Plain => {
                    self.operand(child, indent);
                }
            }
        }
    }

    /// `where …` or `satisfies …`
    fn clause(&mut self, node: &Node, indent: usize, opening: Break) {
        self.write(opening);
        for child in &node.children {
            if self.leaf_after(child) > self.next {
                self.expr(child, indent);
            }
        }
    }

    fn flat(&mut self, node: &Node, opening: Break) {
        let end = self.leaf_after(node);
        if self.next < end {
            self.write(opening);
        }
        while self.next < end {
            self.write(Break::Natural);
        }
    }

    fn write(&mut self, wanted: Break) {
        if let Some(leaf) = self.leaves.get(self.next) {
            self.emitter.leaf(leaf, wanted);
            self.next += 1;
        }
    }

    /// The index of the first leaf after a node.
    fn leaf_after(&self, node: &Node) -> usize {
        self.leaves.partition_point(|leaf| leaf.start < node.end)
    }

    fn leaf_at(&self, node: &Node) -> usize {
        self.leaves.partition_point(|leaf| leaf.start < node.start)
    }

    fn fits(&self, node: &Node, width: usize) -> bool {
        self.emitter.column + 1 + self.flat_width(self.leaf_at(node), self.leaf_after(node)) <= width
    }

    /// The width of some leaves on one line.
    fn flat_width(&self, from: usize, to: usize) -> usize {
        let mut width = 0;
        let mut before = "(";
        for leaf in self.leaves.get(from..to).unwrap_or(&[]) {
            width += leaf.text.chars().count() + usize::from(spaced(before, leaf, 0));
            before = &leaf.text;
        }
        width
    }

    /// Whether a node may stand on one line: no comment in it, no text of several lines, and no block that was written on several.
    fn flattable(&self, node: &Node) -> bool {
        let (from, to) = (self.leaf_at(node), self.leaf_after(node));
        let inside = self.leaves.get(from + 1..to).unwrap_or(&[]);
        let all = self.leaves.get(from..to).unwrap_or(&[]);
        inside.iter().all(|leaf| leaf.gap.comments.is_empty())
            && all.iter().all(|leaf| !leaf.text.contains('\n'))
            && self.blocks_on_one_line(node)
    }

    fn blocks_on_one_line(&self, node: &Node) -> bool {
        if node.role == Role::Juxtaposed {
            return false;
        }
        if node.role == Role::Block {
            let (from, to) = (self.leaf_at(node), self.leaf_after(node));
            let all = self.leaves.get(from..to).unwrap_or(&[]);
            let open = all.iter().position(|l| l.text == "{").unwrap_or(0);
            if all.iter().skip(open + 1).any(|leaf| leaf.gap.broken) {
                return false;
            }
        }
        node.children.iter().all(|child| self.blocks_on_one_line(child))
    }

    /// Whether a condition in a statement of one line is wider than conditions may be.
    fn expr_too_wide(&self, node: &Node, indent: usize) -> bool {
        node.children.iter().any(|child| {
            if child.role == Role::Expr {
                return indent + self.flat_width(self.leaf_at(child), self.leaf_after(child)) > EXPR_WIDTH;
            }
            self.expr_too_wide(child, indent)
        })
    }

    /// The width of the words of a statement that are padded.
    fn head_width(&self, node: &Node) -> usize {
        let Role::Statement { head } = node.role else { return 0 };
        let from = self.leaf_at(node);
        self.flat_width(from, (from + head).min(self.leaf_after(node)))
    }
}
