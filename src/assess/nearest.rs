//! The nearest miss: of the elements that do not count, the one that fails the fewest conditions.

use super::ground::Nearest;
use super::plan::{Node, NodeKind, Walk};
use super::run::{Frame, Run, UNBOUND};
use crate::base::Truth;
use crate::evidence::MISSING;
use crate::library::model::{CompareOp, ExprKind, Scalar, TableId, Type};

/// How far an element is from counting; less is nearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Score {
    misses: usize,
    age: i64,
    days: u64,
}

/// What a condition that links elements weighs among the misses.
const LINK: usize = 100;

/// Whether a condition links an element to another one.
fn links(node: &Node<'_>) -> bool {
    match &node.kind {
        NodeKind::CellItem { equal, .. } => *equal,
        NodeKind::CellPair { op, left, right } => *op == CompareOp::Equal && left.0 != right.0,
        _ => false,
    }
}

fn node_is_date(node: &Node<'_>) -> bool {
    match &node.expr.kind {
        ExprKind::Compare(_, left, _) => left.of == Type::Scalar(Scalar::Date),
        _ => false,
    }
}

impl<'a> Run<'a> {
    /// The element that fails the fewest conditions; ties go to the latest, then to the smallest miss in days, then to the first id. Only
    /// elements that the access path leads to are candidates, and a condition that links elements weighs most: a record of someone else is not a
    /// near miss.
    pub(super) fn nearest(&self, walk: &Walk<'a>, frame: &mut Frame<'a>) -> Option<Nearest> {
        let mut best: Option<(Score, Vec<u32>)> = None;
        self.nearest_from(walk, 0, Score::default(), frame, &mut best);
        let (_, rows) = best?;
        for (level, row) in walk.levels.iter().zip(&rows) {
            frame.rows[level.var.0 as usize] = *row;
        }
        let reached = rows.iter().take_while(|r| **r != UNBOUND).count();
        let mut misses = Vec::new();
        for level in walk.levels.iter().take(reached) {
            for filter in &level.filters {
                let truth = self.truth(filter, frame);
                if truth != Truth::True {
                    misses.push(self.ground_of(filter, truth, frame, false));
                }
            }
        }
        let rows = Self::rows_at(walk, frame);
        for level in &walk.levels {
            frame.rows[level.var.0 as usize] = UNBOUND;
        }
        Some(Nearest { rows, misses })
    }

    fn nearest_from(
        &self,
        walk: &Walk<'a>,
        depth: usize,
        so_far: Score,
        frame: &mut Frame<'a>,
        best: &mut Option<(Score, Vec<u32>)>,
    ) {
        if best.as_ref().is_some_and(|(b, _)| b.misses < so_far.misses) {
            return;
        }
        let Some(level) = walk.levels.get(depth) else {
            if best.as_ref().is_some_and(|(b, _)| *b <= so_far) {
                return;
            }
            let rows = walk.levels.iter().map(|l| frame.rows[l.var.0 as usize]).collect();
            *best = Some((so_far, rows));
            return;
        };
        let mut any = false;
        for row in self.candidates(&level.access, level.table, frame) {
            any = true;
            if self.is_barred(level.table, row) {
                continue;
            }
            frame.rows[level.var.0 as usize] = row;
            let mut score = so_far;
            let most = best.as_ref().map_or(usize::MAX, |(b, _)| b.misses);
            for filter in &level.filters {
                if self.truth(filter, frame) != Truth::True {
                    score.misses += if links(filter) { LINK } else { 1 };
                    if score.misses > most {
                        break;
                    }
                    score.days += self.miss_of(filter, frame);
                }
            }
            if score.misses > most {
                continue;
            }
            score.age += self.age(level.table, row);
            self.nearest_from(walk, depth + 1, score, frame, best);
        }
        frame.rows[level.var.0 as usize] = UNBOUND;
        if !any && depth > 0 {
            let deeper: usize = walk.levels.iter().skip(depth).map(|l| l.filters.len().max(1)).sum();
            let score = Score { misses: so_far.misses + deeper, ..so_far };
            if best.as_ref().is_none_or(|(b, _)| score < *b) {
                let rows = walk.levels.iter().map(|l| frame.rows[l.var.0 as usize]).collect();
                *best = Some((score, rows));
            }
        }
    }

    /// How old an item is by its kind's date, so that of two equal misses the later item is shown; 0 where it has none.
    fn age(&self, table: TableId, row: u32) -> i64 {
        let kind = self.library.kinds.get(table.0 as usize);
        let cell = kind.and_then(|k| k.dated_by).map_or(MISSING, |column| self.bundle.cell(table, row, column));
        if cell == MISSING { 0 } else { -cell }
    }

    /// By how many days a date condition misses; 0 for other conditions.
    fn miss_of(&self, node: &Node<'a>, frame: &Frame<'a>) -> u64 {
        let miss = match &node.kind {
            NodeKind::CellRange { var, slot, first, last, .. } => match self.cell(frame, *var, *slot) {
                MISSING => 0,
                here if here < *first => first - here,
                here => (here - last).max(0),
            },
            NodeKind::CellCompare { var, slot, cell, .. } if node_is_date(node) => match self.cell(frame, *var, *slot) {
                MISSING => 0,
                here => (here - cell).abs(),
            },
            _ => 0,
        };
        miss.unsigned_abs()
    }
}
