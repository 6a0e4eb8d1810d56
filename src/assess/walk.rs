//! The rows that a planned walk comes to: by key, by list, by the term they hold, or all of them, with the conditions that can be decided on the way.

use std::ops::ControlFlow;

use super::index::Index;
use super::plan::{Access, Walk, Walked};
use super::planner::key_cell;
use super::run::{Frame, Run, UNBOUND};
use super::value::Val;
use crate::base::Truth;
use crate::evidence::{At, DANGLING, FieldAt};
use crate::library::model::{Scalar, TableId};

/// With fewer rows than this, looking at each takes less time than grouping them.
const WORTH_AN_INDEX: u32 = 64;

/// Rows to look at, in order; those whose key is missing come last.
pub(crate) struct Candidates<'r> {
    range: std::ops::Range<u32>,
    rows: std::slice::Iter<'r, u32>,
    missing: std::slice::Iter<'r, u32>,
}

impl Candidates<'_> {
    fn range(first: u32, end: u32) -> Self {
        Self { range: first..end, rows: [].iter(), missing: [].iter() }
    }
}

impl Iterator for Candidates<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        self.range.next().or_else(|| self.rows.next().copied()).or_else(|| self.missing.next().copied())
    }
}

impl<'a> Run<'a> {
    /// Calls `found` with every combination of rows whose conditions are not false, and what the conditions come to. Afterwards
    /// `frame.unstated` names a list on the way that is not stated, if there is one.
    pub(crate) fn walk(
        &self,
        walk: &Walk<'a>,
        frame: &mut Frame<'a>,
        found: &mut dyn FnMut(&mut Frame<'a>, Truth) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let mut unstated = None;
        let flow = self.level(walk, 0, Truth::True, frame, &mut unstated, found);
        for level in &walk.levels {
            frame.rows[level.var.0 as usize] = UNBOUND;
        }
        frame.unstated = unstated;
        flow
    }

    fn level(
        &self,
        walk: &Walk<'a>,
        depth: usize,
        so_far: Truth,
        frame: &mut Frame<'a>,
        unstated: &mut Option<At>,
        found: &mut dyn FnMut(&mut Frame<'a>, Truth) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let Some(level) = walk.levels.get(depth) else { return found(frame, so_far) };
        if unstated.is_none() {
            *unstated = self.unstated_list(&level.access, frame);
        }
        let var = level.var.0 as usize;
        for row in self.narrowed(level, frame) {
            frame.rows[var] = row;
            let mut truth = so_far;
            for filter in &level.filters {
                truth = truth.and(self.truth(filter, frame));
                if truth == Truth::False {
                    break;
                }
            }
            if truth != Truth::False {
                self.level(walk, depth + 1, truth, frame, unstated, found)?;
            }
        }
        ControlFlow::Continue(())
    }

    /// The rows of a level that its conditions may admit.
    fn narrowed(&self, level: &Walked<'a>, frame: &mut Frame<'a>) -> Candidates<'_> {
        if let (Access::All, Some((index, cell))) = (&level.access, level.equal)
            && self.bundle.rows(level.table).len >= WORTH_AN_INDEX
        {
            let index = self.index(index);
            // Rows whose cell is missing may be meant too, and rows are looked at in order.
            if index.missing().is_empty() {
                return Candidates { range: 0..0, rows: index.equal(cell).iter(), missing: [].iter() };
            }
        }
        self.candidates(&level.access, level.table, frame)
    }

    /// The rows that may be meant.
    pub(crate) fn candidates(&self, access: &Access<'a>, table: TableId, frame: &mut Frame<'a>) -> Candidates<'_> {
        let all = || Candidates::range(0, self.bundle.rows(table).len);
        match access {
            Access::All => all(),
            Access::Equal { index, key } => {
                let cell = match self.value(key, frame) {
                    Val::Known(value) => match key_cell(value) {
                        Some(cell) => cell,
                        None => return all(),
                    },
                    Val::Item(row) => i64::from(row),
                    // The key leads nowhere: no row equals it, but those with a missing cell stay open.
                    Val::Dangling => DANGLING,
                    Val::Unknown => return all(),
                };
                let index = self.index(*index);
                Candidates { range: 0..0, rows: index.equal(cell).iter(), missing: index.missing().iter() }
            }
            Access::Row { key } => match self.value(key, frame) {
                Val::Item(row) => Candidates::range(row, row + 1),
                Val::Dangling => Candidates::range(0, 0),
                Val::Known(_) | Val::Unknown => all(),
            },
            Access::List { of, list } => {
                let parent = frame.planned.tables[of.0 as usize];
                self.elements_of(parent, frame.rows[of.0 as usize], list.0)
            }
            Access::FollowedList { of, through, table, list } => match u32::try_from(self.cell(frame, *of, *through)) {
                Ok(row) => self.elements_of(*table, row, list.0),
                Err(_) => Candidates::range(0, 0),
            },
        }
    }

    fn elements_of(&self, parent: TableId, row: u32, list: u32) -> Candidates<'_> {
        let starts = &self.bundle.rows(parent).lists[list as usize].starts;
        Candidates::range(starts[row as usize], starts[row as usize + 1])
    }

    /// The list that an access reads, when it is not stated: then what is in it is not known.
    fn unstated_list(&self, access: &Access<'a>, frame: &Frame<'a>) -> Option<At> {
        let (table, row, list) = match *access {
            Access::List { of, list } => (frame.planned.tables[of.0 as usize], frame.rows[of.0 as usize], list),
            Access::FollowedList { of, through, table, list } => match u32::try_from(self.cell(frame, of, through)) {
                Ok(row) => (table, row, list),
                Err(_) => {
                    let (table, column) = self.plan.columns[through as usize];
                    return Some(At { table, row: frame.rows[of.0 as usize], field: Some(FieldAt::Column(column)) });
                }
            },
            Access::All | Access::Equal { .. } | Access::Row { .. } => return None,
        };
        let stated = self.bundle.rows(table).lists[list.0 as usize].stated[row as usize];
        (!stated).then_some(At { table, row, field: Some(FieldAt::List(list)) })
    }

    pub(super) fn index(&self, index: u32) -> &Index {
        let (table, column, is_ref) = self.plan.indexes[index as usize];
        self.indexes[index as usize].get_or_init(|| {
            let cells = &self.bundle.rows(table).columns[column.0 as usize];
            match self.library.table(table).columns[column.0 as usize].of {
                Scalar::Ref(kind) if is_ref => Index::of_small(cells, self.bundle.rows(TableId(kind.0)).len),
                Scalar::Term(vocabulary) => Index::of_small(cells, self.library.vocabulary(vocabulary).terms.len() as u32),
                _ => Index::of_cells(cells),
            }
        })
    }
}
