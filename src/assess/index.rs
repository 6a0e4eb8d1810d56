//! Rows of a column by value, made once per run when first asked for.

use rustc_hash::FxHashMap;

use crate::evidence::{DANGLING, MISSING};

/// Rows grouped by cell.
#[derive(Debug)]
pub(super) enum Index {
    /// For references and terms: `starts[c]..starts[c + 1]` of `rows` hold the cell `c`.
    Rows { starts: Vec<u32>, rows: Vec<u32>, missing: Vec<u32> },
    /// For other cells.
    Cells { groups: FxHashMap<i64, Vec<u32>>, missing: Vec<u32> },
}

impl Index {
    /// Groups the rows of a column whose cells are below `limit`: references to a table of so many rows, terms of a vocabulary of so many. A
    /// counting sort: rows stay in order.
    pub(super) fn of_small(cells: &[i64], limit: u32) -> Self {
        let mut starts = vec![0u32; limit as usize + 2];
        let mut missing = Vec::new();
        for (row, cell) in (0u32..).zip(cells) {
            match *cell {
                MISSING => missing.push(row),
                DANGLING => {}
                target => starts[target as usize + 2] += 1,
            }
        }
        for i in 2..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut rows = vec![0u32; *starts.last().unwrap_or(&0) as usize];
        for (row, cell) in (0u32..).zip(cells) {
            if *cell != MISSING && *cell != DANGLING {
                let at = &mut starts[*cell as usize + 1];
                rows[*at as usize] = row;
                *at += 1;
            }
        }
        Self::Rows { starts, rows, missing }
    }

    /// Groups the rows of any other column.
    pub(super) fn of_cells(cells: &[i64]) -> Self {
        let mut groups: FxHashMap<i64, Vec<u32>> = FxHashMap::default();
        let mut missing = Vec::new();
        for (row, cell) in (0u32..).zip(cells) {
            if *cell == MISSING { missing.push(row) } else { groups.entry(*cell).or_default().push(row) }
        }
        Self::Cells { groups, missing }
    }

    /// Rows whose cell is this one.
    pub(super) fn equal(&self, cell: i64) -> &[u32] {
        match self {
            Self::Rows { starts, rows, .. } => {
                let Ok(target) = usize::try_from(cell) else { return &[] };
                match (starts.get(target), starts.get(target + 1)) {
                    (Some(first), Some(end)) => rows.get(*first as usize..*end as usize).unwrap_or(&[]),
                    _ => &[],
                }
            }
            Self::Cells { groups, .. } => groups.get(&cell).map_or(&[], Vec::as_slice),
        }
    }

    /// Rows whose cell is missing.
    pub(super) fn missing(&self) -> &[u32] {
        match self {
            Self::Rows { missing, .. } | Self::Cells { missing, .. } => missing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_grouped_by_target_and_stay_in_order() {
        let index = Index::of_small(&[2, 0, MISSING, 2, DANGLING, 1, 2], 3);
        assert_eq!(index.equal(0), [1]);
        assert_eq!(index.equal(1), [5]);
        assert_eq!(index.equal(2), [0, 3, 6]);
        assert_eq!(index.equal(3), [0u32; 0]);
        assert_eq!(index.equal(DANGLING), [0u32; 0]);
        assert_eq!(index.missing(), [2]);
    }

    #[test]
    fn cells_are_grouped_by_value() {
        let index = Index::of_cells(&[7, MISSING, 7, -3]);
        assert_eq!(index.equal(7), [0, 2]);
        assert_eq!(index.equal(-3), [3]);
        assert_eq!(index.equal(8), [0u32; 0]);
        assert_eq!(index.missing(), [1]);
    }
}
