//! An assessment narrowed to some requirements: what was asked about, and what hangs on it.

use std::collections::BTreeSet;

use super::{Assessment, Recorded};
use crate::evidence::{Bundle, ExemptionOf};
use crate::library::links;
use crate::library::model::{Library, RequirementId};

impl Assessment {
    /// Leaves these requirements, the components they show, the lapses they need, and of what policies say: items of kinds they read, judgements and
    /// waivers of theirs.
    ///
    /// What a component came to stays what it is with all its requirements: a level that holds for those chosen alone would be green too soon.
    pub fn narrow(&mut self, library: &Library, bundle: &Bundle, only: &BTreeSet<RequirementId>) {
        self.outcomes.retain(|o| only.contains(&o.requirement));
        let shown: BTreeSet<_> = only.iter().flat_map(|id| &library.requirement(*id).shows).map(|s| s.component).collect();
        self.components.retain(|c| shown.contains(&c.component));
        for lapse in &mut self.lapses {
            lapse.requirements.retain(|id| only.contains(id));
        }
        self.lapses.retain(|l| !l.requirements.is_empty());
        let read: BTreeSet<_> =
            only.iter().flat_map(|id| links::kinds_of_requirement(library, library.requirement(*id))).collect();
        self.barred.retain(|b| read.contains(&b.kind));
        self.doubted.retain(|d| read.contains(&d.kind));
        let discharged: BTreeSet<_> = only.iter().flat_map(|id| &library.requirement(*id).discharges).collect();
        self.refused.retain(|r| match r.what {
            Recorded::Judgement(i) => bundle.judgements.get(i as usize).is_some_and(|j| only.contains(&j.requirement)),
            Recorded::Exemption(i) => bundle.exemptions.get(i as usize).is_some_and(|e| match &e.of {
                ExemptionOf::Requirement(id) => only.contains(id),
                ExemptionOf::Provision(id) => discharged.contains(id),
            }),
        });
    }
}
