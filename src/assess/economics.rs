//! What evidence is worth: what nothing uses, on what many verdicts rest, what is there twice. Made when asked for.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::Plan;
use super::rests::Rests;
use super::run::Run;
use super::{Assessment, Verdict};
use crate::evidence::{Bundle, same};
use crate::library::model::{KindId, Library, Reads, RequirementId, TableId};
use crate::policy::Admissibility;

/// An item: its kind and its row.
pub type Item = (KindId, u32);

/// What evidence is worth.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Economics {
    /// Items of kinds that no requirement which applies reads, and no policy; by kind and row.
    pub unused: Vec<Item>,
    /// Items on which verdicts of *met* rest: the most first, then by kind and row.
    pub carrying: Vec<Carrying>,
    /// Items that say the same, and attachments of the same content; by kind and row of the first.
    pub twice: Vec<Twice>,
}

/// An item on which verdicts rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carrying {
    /// Which.
    pub item: Item,
    /// The met requirements in which it is what was asked for.
    pub rests: Vec<RequirementId>,
    /// Of those, the ones in which nothing else would do: without it they would not be met.
    pub alone: Vec<RequirementId>,
}

/// Something that is there more than once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twice {
    /// What is the same.
    pub same: Same,
    /// The items; one alone when it names the same content twice.
    pub items: Vec<Item>,
}

/// In what items are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Same {
    /// In everything but their ids.
    Content,
    /// In the content of a file beside them.
    Attachment,
}

/// What the evidence of an assessment is worth. The assessment is the whole one, of the same plan and bundle.
#[must_use]
pub(super) fn economics(plan: &Plan<'_>, bundle: &Bundle, admissibility: &Admissibility, assessment: &Assessment) -> Economics {
    Economics {
        unused: unused(plan.library, bundle, assessment),
        carrying: carrying(plan, bundle, admissibility, assessment),
        twice: twice(plan.library, bundle),
    }
}

fn items(bundle: &Bundle, kind: KindId) -> impl Iterator<Item = Item> {
    (0..bundle.rows(TableId(kind.0)).len).map(move |row| (kind, row))
}

fn unused(library: &Library, bundle: &Bundle, assessment: &Assessment) -> Vec<Item> {
    let applies = assessment.outcomes.iter().filter(|o| !matches!(o.verdict, Verdict::NotApplicable | Verdict::Sealed));
    let read = applies.flat_map(|o| Reads::of_requirement(library.requirement(o.requirement)).kinds(library));
    // Policies ask who somebody is and which posts they hold.
    let asked = [Some(library.person), library.names.kinds.get("appointment").copied()];
    let used: BTreeSet<KindId> = read.chain(asked.into_iter().flatten()).collect();
    let kinds = (0u32..).map(KindId).take(library.kinds.len()).filter(|kind| !used.contains(kind));
    kinds.flat_map(|kind| items(bundle, kind)).collect()
}

fn carrying(plan: &Plan<'_>, bundle: &Bundle, admissibility: &Admissibility, assessment: &Assessment) -> Vec<Carrying> {
    let run = Run::new(plan, bundle, admissibility);
    let mut by_item: BTreeMap<Item, Carrying> = BTreeMap::new();
    let mut rows = Vec::new();
    for outcome in &assessment.outcomes {
        let mut frame = run.frame(outcome.requirement, rows);
        let rests: Rests = run.rests_of(outcome, &mut frame);
        rows = frame.rows;
        for (item, alone) in rests {
            let carrying = by_item.entry(item).or_insert_with(|| Carrying { item, rests: Vec::new(), alone: Vec::new() });
            carrying.rests.push(outcome.requirement);
            carrying.alone.extend(alone.then_some(outcome.requirement));
        }
    }
    let mut all: Vec<Carrying> = by_item.into_values().collect();
    all.sort_by_key(|c| (std::cmp::Reverse((c.rests.len(), c.alone.len())), c.item));
    all
}

fn twice(library: &Library, bundle: &Bundle) -> Vec<Twice> {
    let mut twice = Vec::new();
    let mut group = |same: Same, by: BTreeMap<[u8; 32], Vec<Item>>| {
        let many = by.into_values().filter(|items| items.len() > 1);
        twice.extend(many.map(|mut items| {
            items.sort_unstable();
            items.dedup();
            Twice { same, items }
        }));
    };
    for kind in (0u32..).map(KindId).take(library.kinds.len()) {
        let mut by: BTreeMap<[u8; 32], Vec<Item>> = BTreeMap::new();
        for (kind, row) in items(bundle, kind) {
            if let Some(content) = same(bundle, library, kind, row) {
                by.entry(content).or_default().push((kind, row));
            }
        }
        group(Same::Content, by);
    }
    let mut by: BTreeMap<[u8; 32], Vec<Item>> = BTreeMap::new();
    for attachment in &bundle.attachments {
        if let Some(content) = attachment.content {
            by.entry(content).or_default().push((attachment.kind, attachment.row));
        }
    }
    group(Same::Attachment, by);
    twice.sort_by(|a, b| (a.items.first(), a.same, &a.items).cmp(&(b.items.first(), b.same, &b.items)));
    twice
}
