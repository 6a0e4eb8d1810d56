//! What a read may be told, and how much it may take.

use crate::base::Date;

/// How a bundle is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReadOptions {
    /// Leave out what was received (or, where that is not stated, issued) later.
    pub known_at: Option<Date>,
    /// How much it may take.
    pub limits: Limits,
}

/// Limits that keep a hostile bundle from taking the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file.
    pub file_bytes: u64,
    /// Values in one file, aliases written out.
    pub nodes: usize,
    /// Values inside values.
    pub depth: u32,
    /// Values that all aliases of a file stand for together.
    pub expansion: usize,
    /// Rows of one CSV table.
    pub rows: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file_bytes: 64 << 20, nodes: 20_000_000, depth: 64, expansion: 100_000, rows: 1_000_000 }
    }
}
