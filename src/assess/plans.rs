//! Plans for many bundles: one is made for each date that is asked for, and used again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::Plan;
use crate::base::Date;
use crate::library::{Checked, Library};

/// How many plans are kept. Bundles of one portfolio share a few dates; a hostile stream may name as many as there are days.
const MOST: usize = 64;

/// Plans of one library, by date. Many threads may ask at once.
#[derive(Debug)]
pub struct Plans<'l> {
    library: &'l Checked<Library>,
    made: Mutex<BTreeMap<Date, Arc<Plan<'l>>>>,
}

impl<'l> Plans<'l> {
    /// No plans yet.
    #[must_use]
    pub const fn new(library: &'l Checked<Library>) -> Self {
        Self { library, made: Mutex::new(BTreeMap::new()) }
    }

    /// The plan for a date.
    #[must_use]
    pub fn on(&self, date: Date) -> Arc<Plan<'l>> {
        let known = |made: &BTreeMap<Date, Arc<Plan<'l>>>| made.get(&date).map(Arc::clone);
        if let Some(plan) = known(&self.made.lock().unwrap_or_else(PoisonError::into_inner)) {
            return plan;
        }
        // Made outside the lock: two threads may make the same one, which is cheaper than all of them waiting.
        let plan = Arc::new(Plan::new(self.library, date));
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if made.len() >= MOST && !made.contains_key(&date) {
            made.clear();
        }
        Arc::clone(made.entry(date).or_insert(plan))
    }
}
