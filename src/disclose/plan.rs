//! A plan without what an audience may not see: a repair is shown only if every verdict it turns is seen with all its grounds, and so is
//! everything it touches; all others are counted.

use super::hidden::Hidden;
use crate::assess::{Assessment, Outcome};
use crate::evidence::{At, Bundle, FieldAt};
use crate::library::Library;
use crate::library::model::{ColumnId, RequirementId, Scalar, TableId};
use crate::plan::next::Next;
use crate::plan::{Change, Plan, Spec};
use crate::policy::Disclosure;

/// The plan as an audience may see it, and how many of its repairs and open gaps are left out.
#[must_use]
pub fn plan(library: &Library, bundle: &Bundle, assessment: &Assessment, plan: &Plan, disclosure: &Disclosure) -> (Plan, usize) {
    let hidden = Hidden::new(library, bundle, disclosure);
    let seen = |id: &RequirementId| whole(&hidden, assessment, *id);
    let mut shown = plan.clone();
    shown.repairs.retain(|r| r.closes.iter().all(|c| seen(&c.requirement)) && r.changes.iter().all(|c| hidden.may_tell(c)));
    shown.stuck.retain(|(id, _)| seen(id));
    shown.left.retain(seen);
    shown.asked.retain(|a| disclosure.judgements && seen(&a.requirement));
    let size = |p: &Plan| p.repairs.len() + p.stuck.len() + p.left.len() + p.asked.len();
    let withheld = size(plan) - size(&shown);
    (shown, withheld)
}

/// What to find out next as an audience may see it, and how many facts are left out.
#[must_use]
pub fn next(library: &Library, bundle: &Bundle, assessment: &Assessment, next: &Next, disclosure: &Disclosure) -> (Next, usize) {
    let hidden = Hidden::new(library, bundle, disclosure);
    let mut shown = next.clone();
    shown.facts.retain(|f| {
        let ids = f.answers.iter().flat_map(|a| a.decides.iter().map(|d| d.requirement)).chain(f.opens.iter().copied());
        ids.collect::<std::collections::BTreeSet<_>>().iter().all(|id| whole(&hidden, assessment, *id))
            && f.answers.iter().flat_map(|a| &a.changes).all(|c| hidden.may_tell(c))
    });
    shown.undecided.retain(|id| whole(&hidden, assessment, *id));
    let size = |n: &Next| n.facts.len() + n.undecided.len();
    let withheld = size(next) - size(&shown);
    (shown, withheld)
}

/// Whether a verdict is seen with everything it rests on.
fn whole(hidden: &Hidden<'_>, assessment: &Assessment, id: RequirementId) -> bool {
    let outcome: Option<&Outcome> = assessment.outcomes.iter().find(|o| o.requirement == id);
    outcome.is_some_and(|o| hidden.outcome(o).as_ref() == Some(o))
}

impl Hidden<'_> {
    fn may_tell(&self, change: &Change) -> bool {
        match change {
            Change::Fact { .. } => self.disclosure.facts,
            Change::Nil { .. } => true,
            Change::Attach { kind, row } => self.shown(At { table: TableId(kind.0), row: *row, field: None }),
            Change::Set { at, spec } => {
                let of = match at.field {
                    Some(FieldAt::Column(ColumnId(column))) => self.library.table(at.table).columns[column as usize].of,
                    Some(FieldAt::List(_)) | None => return false,
                };
                self.shown(*at) && self.names(spec, of)
            }
            Change::Append { at, draft } => {
                let mut told = self.shown(*at);
                draft.each_field(&mut |table, column, spec| {
                    told &= self.names(spec, self.library.table(table).columns[column.0 as usize].of);
                });
                told
            }
            Change::Add { draft, .. } => {
                let mut told = true;
                draft.each_field(&mut |table, column, spec| {
                    told &= self.names(spec, self.library.table(table).columns[column.0 as usize].of);
                });
                told
            }
        }
    }

    /// Whether the items that a condition names may be seen.
    fn names(&self, spec: &Spec, of: Scalar) -> bool {
        let (Spec::Cells(cells), Scalar::Ref(kind)) = (spec, of) else { return true };
        let named = cells.only.iter().flatten().chain(&cells.except).copied().chain(cells.single());
        named.filter_map(|c| u32::try_from(c).ok()).all(|row| self.shown(At { table: TableId(kind.0), row, field: None }))
    }
}
