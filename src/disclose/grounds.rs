//! Explanations without what is withheld.
//!
//! A clause that reads a withheld field of an item that is shown keeps its truth and loses its explanation: joins could give the field away. Of a
//! clause that reads a kind with withheld items, the steps about those items are withheld, and so is what is worked out from many items at once.

use super::hidden::Hidden;
use crate::assess::{Element, Elements, From, Ground, Nearest, Shown, Step};
use crate::evidence::At;
use crate::library::model::{Aggregate, Expr, Reads};

/// One walk through the explanation of a clause.
#[derive(Clone, Copy)]
struct Walk {
    /// A kind is read of which items are withheld: what is worked out may rest on them.
    mixed: bool,
    /// Below an element that is shown: naming a withheld one here would say what it is linked to.
    inside: bool,
}

impl Hidden<'_> {
    /// The explanation of an expression of a rule.
    pub(super) fn explanation(&self, written: Option<&Expr>, ground: &Ground) -> Ground {
        let Some(reads) = written.map(Reads::of) else { return withheld(ground) };
        if self.reads_hidden_field(&reads) {
            return withheld(ground);
        }
        self.ground(ground, Walk { mixed: self.reads_hidden_item(&reads), inside: false })
    }

    fn ground(&self, ground: &Ground, walk: Walk) -> Ground {
        let hides = |shown: &Shown| self.hides(shown, walk);
        let step = match &ground.step {
            Step::Value(value) | Step::Presence { of: value, .. } if hides(value) => return withheld(ground),
            Step::Compare { left, right, .. } if hides(left) || hides(right) => return withheld(ground),
            Step::Window { value, window, .. } if hides(value) || hides(window) => return withheld(ground),
            Step::Among { value, among, .. } if hides(value) || among.iter().any(hides) => return withheld(ground),
            Step::Rhythm(_) if walk.mixed => return withheld(ground),
            Step::Elements(found) if [found.broken, found.unstated].into_iter().flatten().any(|at| !self.shown(at)) => {
                return withheld(ground);
            }
            Step::Elements(found) => Step::Elements(Box::new(self.elements(found, walk))),
            Step::Value(_)
            | Step::Presence { .. }
            | Step::Compare { .. }
            | Step::Window { .. }
            | Step::Among { .. }
            | Step::Rhythm(_)
            | Step::Not
            | Step::And
            | Step::Or
            | Step::Group { .. }
            | Step::Named(_)
            | Step::Withheld => ground.step.clone(),
        };
        let below = ground.below.iter().map(|g| self.ground(g, walk)).collect();
        Ground { truth: ground.truth, rule: ground.rule, step, below }
    }

    /// Whether a value, or where it comes from, is withheld.
    fn hides(&self, shown: &Shown, walk: Walk) -> bool {
        match shown.from {
            From::Rule | From::Entity | From::Assessment | From::Parameter(_) | From::Aggregate(Aggregate::Count, ..) => false,
            From::Fact(_) => !self.disclosure.facts,
            From::Field(at) | From::Item(at) => !self.shown(at),
            From::Aggregate(..) | From::Computed(_) => walk.mixed,
        }
    }

    fn elements(&self, found: &Elements, walk: Walk) -> Elements {
        let inside = Walk { inside: true, ..walk };
        let mut seen = Vec::new();
        for element in &found.shown {
            let (some, all) = self.withheld_rows(&element.rows);
            let ground = match &element.ground {
                Some(ground) if all => Some(withheld(ground)),
                other => other.as_ref().map(|g| self.ground(g, inside)),
            };
            // Rows of a shown and of a withheld item side by side would tell that they belong together.
            if !some || (all && !walk.inside) {
                seen.push(Element { rows: element.rows.clone(), truth: element.truth, ground, bound: element.bound.clone() });
            }
        }
        let nearest = found.nearest.as_ref().map(|near| {
            Box::new(if self.withheld_rows(&near.rows).0 {
                Nearest { rows: Vec::new(), misses: near.misses.first().map(withheld).into_iter().collect() }
            } else {
                Nearest { rows: near.rows.clone(), misses: near.misses.iter().map(|g| self.ground(g, inside)).collect() }
            })
        });
        Elements {
            more: found.more + (found.shown.len() - seen.len()) as u32,
            shown: seen,
            nearest,
            barred: found.barred.iter().copied().filter(|at| self.shown(*at)).collect(),
            doubted: found.doubted.iter().copied().filter(|at| self.shown(*at)).collect(),
            ..found.clone()
        }
    }

    /// Whether some, and whether all of these rows are of withheld items.
    fn withheld_rows(&self, rows: &[At]) -> (bool, bool) {
        let gone = |at: &At| !self.sight(at.table, at.row).item;
        (rows.iter().any(gone), !rows.is_empty() && rows.iter().all(gone))
    }
}

/// The step without what it looked at.
fn withheld(ground: &Ground) -> Ground {
    Ground { truth: ground.truth, rule: ground.rule, step: Step::Withheld, below: Vec::new() }
}
