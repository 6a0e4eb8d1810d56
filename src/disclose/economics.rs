//! What evidence is worth, as far as an audience may see it.
//!
//! On what a verdict rests says what its clauses read: it is told only of requirements whose explanation is shown as a whole. Items that are the same
//! say of each other what they hold: they are told only when all of each may be seen.

use std::collections::BTreeSet;

use super::hidden::Hidden;
use crate::assess::{Carrying, Economics, Item};
use crate::evidence::At;
use crate::library::links;
use crate::library::model::{Reads, RequirementId, TableId};

impl Hidden<'_> {
    /// The economics without what is withheld. `seen` are the requirements whose verdicts are shown.
    pub(super) fn economics(&self, whole: &Economics, seen: &BTreeSet<RequirementId>) -> Economics {
        let explained = |id: &RequirementId| {
            let reads = Reads::of_requirement(self.library.requirement(*id));
            seen.contains(id) && !self.reads_hidden_field(&reads) && !self.reads_hidden_item(&reads)
        };
        let explained: BTreeSet<RequirementId> = seen.iter().copied().filter(explained).collect();
        let shown = |item: &Item| self.shown(At { table: TableId(item.0.0), row: item.1, field: None });
        let carrying = whole.carrying.iter().filter(|c| shown(&c.item)).filter_map(|c| {
            let kept = |ids: &[RequirementId]| ids.iter().copied().filter(|id| explained.contains(id)).collect::<Vec<_>>();
            let seen = Carrying { item: c.item, rests: kept(&c.rests), alone: kept(&c.alone) };
            (!seen.rests.is_empty()).then_some(seen)
        });
        let mut carrying: Vec<Carrying> = carrying.collect();
        carrying.sort_by_key(|c| (std::cmp::Reverse((c.rests.len(), c.alone.len())), c.item));
        // That nothing uses a kind tells that no requirement which reads it applies: only where each of those verdicts is shown.
        let unread = |item: &&Item| {
            let mut readers = links::requirements_of_kind(self.library, item.0).into_iter();
            shown(item) && readers.all(|id| seen.contains(&id))
        };
        let entire = |item: &Item| self.disclosure.of_item(item.0, item.1).whole();
        Economics {
            unused: whole.unused.iter().filter(unread).copied().collect(),
            carrying,
            twice: whole.twice.iter().filter(|t| t.items.iter().all(entire)).cloned().collect(),
        }
    }
}
