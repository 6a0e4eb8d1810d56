//! Texts and decimals, each once.

use rustc_hash::FxHashMap;

use super::bundle::{Pool, Texts};
use crate::base::Decimal;

/// Gives out numbers for texts and decimals. The library's literals come first.
#[derive(Debug)]
pub(super) struct Interner<'s> {
    texts: FxHashMap<&'s str, u32>,
    decimals: FxHashMap<Decimal, u32>,
    pool: Pool,
}

impl<'s> Interner<'s> {
    /// An interner that knows the library's literals. Each item has an id and a title, which are mostly not looked for again.
    pub(super) fn new(literals: &'s [String], items: usize) -> Self {
        let texts = literals.iter().zip(0u32..).map(|(t, i)| (t.as_str(), i)).collect();
        let mut all = Texts::with_capacity(literals.len() + 2 * items);
        literals.iter().for_each(|text| _ = all.push(text));
        Self { texts, decimals: FxHashMap::default(), pool: Pool { texts: all, decimals: Vec::new() } }
    }

    /// The number of a text.
    pub(super) fn text(&mut self, text: &'s str) -> i64 {
        let texts = &mut self.pool.texts;
        let number = *self.texts.entry(text).or_insert_with(|| texts.push(text) as u32);
        i64::from(number)
    }

    /// A number of its own for a text, whether or not it is there already.
    pub(super) fn new_text(&mut self, text: &str) -> i64 {
        self.pool.texts.push(text) as i64
    }

    /// The number of a decimal; equal ones have the same.
    pub(super) fn decimal(&mut self, decimal: Decimal) -> i64 {
        let decimal = decimal.normalize();
        let decimals = &mut self.pool.decimals;
        let number = *self.decimals.entry(decimal).or_insert_with(|| {
            decimals.push(decimal);
            decimals.len() as u32 - 1
        });
        i64::from(number)
    }

    /// All there is.
    pub(super) fn finish(self) -> Pool {
        self.pool
    }
}
