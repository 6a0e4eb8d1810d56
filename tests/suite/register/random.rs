//! Chance from a seed: the same on every machine.

/// A generator of numbers (SplitMix64).
pub(super) struct Random(u64);

impl Random {
    /// From a seed and what it is for, so that a change in one place moves nothing elsewhere.
    pub(super) fn new(seed: u64, of: &str) -> Self {
        let mut hash = 0xcbf2_9ce4_8422_2325u64;
        of.bytes().for_each(|b| hash = (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
        Self(seed ^ hash)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1) as u64) as i64
    }

    pub(super) fn pick<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[(self.next() % of.len() as u64) as usize]
    }
}
