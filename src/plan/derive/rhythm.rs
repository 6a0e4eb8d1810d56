//! Rhythms: an item for each slot that is empty.

use super::{Deriver, State, Stuck};
use crate::assess::RhythmPlan;
use crate::plan::spec::Spec;

/// So many slots are filled, and no more.
const MOST_SLOTS: usize = 24;

impl<'a> Deriver<'a> {
    /// Fills the latest of the empty slots, as many as are not allowed to be empty.
    pub(super) fn rhythm(&self, plan: &RhythmPlan<'a>, state: State) -> Vec<State> {
        if self.reads_new(plan.throughout, &state) {
            return Vec::new();
        }
        let Some(found) = self.run.rhythm(plan, &mut self.frame(&state)).1 else { return Vec::new() };
        let needed = found.missed.len().saturating_sub(plan.allowing as usize);
        if needed == 0 || needed > MOST_SLOTS {
            return self.stuck(if needed == 0 { Stuck::Figure } else { Stuck::TooMany });
        }
        found.missed.iter().rev().take(needed).fold(vec![state], |states, slot| {
            let days = Spec::between(Some(i64::from(slot.first.day_number())), Some(i64::from(slot.last.day_number())));
            let added = self.each(states, |s| self.new_element(&plan.walk, 0, s));
            self.each(added, |s| self.say(plan.by, &days, &s))
        })
    }
}
