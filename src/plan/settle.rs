//! A fix on trial: whether it turns its verdict and takes none that was met away. Where an item that it adds says too little for another
//! requirement that reads the same kind, what is still to be said is derived on the changed bundle, and added to the fix.

use std::collections::BTreeSet;

use super::derive::{Deriver, Stuck};
use super::fix::{Draft, Fix, Path, Root};
use super::spec::{Cells, Spec};
use super::trial::{Trial, Tried};
use crate::assess::{Outcome, Run, Verdict};
use crate::evidence::{At, Bundle, FieldAt};
use crate::library::model::{KindId, ListId, RequirementId, Scalar, TableId};

/// So often a fix is added to before it is given up.
const ROUNDS: usize = 8;
/// So many fixes of one gap are kept for choosing.
const KEPT: usize = 2;
/// From so many items on only one is.
const MANY_ITEMS: u32 = 1_000;

/// Whether a verdict that was a gap is none any more, as far as evidence can do that.
pub(super) const fn turned(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Met | Verdict::NeedsJudgement)
}

/// Whether a verdict that was good is not any more.
pub(super) const fn broken(before: Verdict, after: Verdict) -> bool {
    match before {
        Verdict::Met => !matches!(after, Verdict::Met),
        Verdict::NeedsJudgement => matches!(after, Verdict::NotMet(_) | Verdict::NotConfirmed),
        Verdict::NotMet(_) | Verdict::NotConfirmed | Verdict::NotApplicable | Verdict::Sealed => false,
    }
}

/// Fixes of one gap that were tried and hold, those of least work first.
pub(super) fn verified(trial: &Trial<'_>, run: &Run<'_>, base: &[Outcome], gap: &Outcome) -> Result<Vec<Fix>, Stuck> {
    let fixes = Deriver::new(run, gap.requirement).fixes(gap)?;
    let many = trial.bundle.items(trial.library.kinds.len()) >= MANY_ITEMS;
    let mut kept = Vec::new();
    for fix in fixes {
        if let Some(fix) = settled(trial, base, gap.requirement, fix) {
            kept.push(fix);
            if many || kept.len() == KEPT {
                break;
            }
        }
    }
    // Where filing what there is takes no more changes, nobody is asked to say that there was none.
    let least = kept.iter().filter(|f| f.nils.is_empty()).map(Fix::len).min();
    kept.retain(|f| f.nils.is_empty() || least.is_none_or(|least| f.len() < least));
    if kept.is_empty() { Err(Stuck::NotVerified) } else { Ok(kept) }
}

fn settled(trial: &Trial<'_>, base: &[Outcome], gap: RequirementId, mut fix: Fix) -> Option<Fix> {
    for _ in 0..ROUNDS {
        let changes = fix.changes(0);
        let tried = trial.tried(&changes.iter().collect::<Vec<_>>())?;
        let wrong = |after: &&Outcome| {
            let before = base.get(after.requirement.0 as usize).map(|o| o.verdict);
            let own = after.requirement == gap && !turned(after.verdict);
            own || before.is_some_and(|b| broken(b, after.verdict))
        };
        let Some(wrong) = tried.outcomes.iter().find(wrong) else { return Some(fix) };
        let run = Run::new(trial.judge, &tried.bundle, &tried.admissibility);
        let more = Deriver::new(&run, wrong.requirement).fixes(wrong).ok()?;
        let back = Back::new(trial, &fix, &tried);
        fix = more.iter().find_map(|m| back.joined(m)).filter(|joined| *joined != fix)?;
    }
    None
}

/// From rows of the changed bundle back to those of the one it was made from.
struct Back<'t> {
    trial: &'t Trial<'t>,
    fix: &'t Fix,
    after: &'t Bundle,
    ids: Vec<String>,
}

/// Where something of the changed bundle is.
enum Origin {
    Base(TableId, u32),
    New(Path),
}

impl<'t> Back<'t> {
    fn new(trial: &'t Trial<'t>, fix: &'t Fix, tried: &'t Tried) -> Self {
        let ids = fix.adds.iter().enumerate().map(|(number, draft)| trial.id(number, draft)).collect();
        Self { trial, fix, after: &tried.bundle, ids }
    }

    /// The fix with another one, made for the changed bundle, added to it.
    fn joined(&self, more: &Fix) -> Option<Fix> {
        let mut fix = self.fix.clone();
        let first = fix.adds.len();
        for draft in &more.adds {
            fix.adds.push(self.draft(draft, first)?);
        }
        for (at, draft) in &more.appends {
            let Some(FieldAt::List(list)) = at.field else { return None };
            let draft = self.draft(draft, first)?;
            match self.origin(at.table, at.row)? {
                Origin::Base(table, row) => fix.appends.push((At { table, row, field: at.field }, draft)),
                Origin::New(path) => fix.draft_mut(&path)?.lists.entry(list).or_default().push(draft),
            }
        }
        for (at, spec) in &more.sets {
            let Some(FieldAt::Column(column)) = at.field else { return None };
            let of = self.trial.library.table(at.table).columns[column.0 as usize].of;
            let spec = self.spec(spec, of, first)?;
            match self.origin(at.table, at.row)? {
                Origin::Base(table, row) => {
                    let at = At { table, row, field: at.field };
                    let both = fix.sets.get(&at).map_or_else(|| Some(spec.clone()), |before| before.and(&spec))?;
                    fix.sets.insert(at, both);
                }
                Origin::New(path) => {
                    let draft = fix.draft_mut(&path)?;
                    let both = draft.fields.get(&column).map_or_else(|| Some(spec.clone()), |before| before.and(&spec))?;
                    draft.fields.insert(column, both);
                }
            }
        }
        for (fact, spec) in &more.facts {
            let both = fix.facts.get(fact).map_or_else(|| Some(spec.clone()), |before| before.and(spec))?;
            fix.facts.insert(*fact, both);
        }
        fix.nils.extend(&more.nils);
        for (kind, row) in &more.attached {
            if let Origin::Base(table, row) = self.origin(TableId(kind.0), *row)? {
                fix.attached.insert((KindId(table.0), row));
            }
        }
        Some(fix)
    }

    fn origin(&self, table: TableId, row: u32) -> Option<Origin> {
        let (kind, item, steps) = steps(self.trial.library, self.after, table, row);
        let id = self.after.item_id(kind, item);
        if let Some(number) = self.ids.iter().position(|i| i == id) {
            return Some(Origin::New(Path { root: Root::Add(number), steps }));
        }
        let base = self.trial.bundle;
        let mut row = row_of(base, kind, id)?;
        let mut table = TableId(kind.0);
        for (depth, (list, position)) in steps.iter().enumerate() {
            let elements = base.rows(table).lists.get(list.0 as usize)?;
            let (start, end) = (*elements.starts.get(row as usize)?, *elements.starts.get(row as usize + 1)?);
            if *position < (end - start) as usize {
                table = self.trial.library.table(table).lists.get(list.0 as usize)?.table;
                row = start + *position as u32;
                continue;
            }
            let at = At { table, row, field: Some(FieldAt::List(*list)) };
            let mut appended = self.fix.appends.iter().enumerate().filter(|(_, (a, _))| *a == at);
            let (number, _) = appended.nth(*position - (end - start) as usize)?;
            return Some(Origin::New(Path { root: Root::Append(number), steps: steps.get(depth + 1..)?.to_vec() }));
        }
        Some(Origin::Base(table, row))
    }

    fn draft(&self, draft: &Draft, first: usize) -> Option<Draft> {
        let mut moved = Draft::new(draft.table);
        for (column, spec) in &draft.fields {
            let of = self.trial.library.table(draft.table).columns[column.0 as usize].of;
            moved.fields.insert(*column, self.spec(spec, of, first)?);
        }
        for (list, elements) in &draft.lists {
            let elements: Option<Vec<Draft>> = elements.iter().map(|d| self.draft(d, first)).collect();
            moved.lists.insert(*list, elements?);
        }
        Some(moved)
    }

    fn spec(&self, spec: &Spec, of: Scalar, first: usize) -> Option<Spec> {
        let Spec::Cells(cells) = spec else {
            return Some(match spec {
                Spec::New(number) => Spec::New(number + first),
                other => other.clone(),
            });
        };
        match of {
            Scalar::Ref(kind) => {
                if let Some(single) = cells.single() {
                    return match self.origin(TableId(kind.0), u32::try_from(single).ok()?)? {
                        Origin::Base(_, row) => Some(Spec::cell(i64::from(row))),
                        Origin::New(Path { root: Root::Add(number), .. }) => Some(Spec::New(number)),
                        Origin::New(_) => None,
                    };
                }
                self.moved(cells, &|cell| match self.origin(TableId(kind.0), u32::try_from(cell).ok()?)? {
                    Origin::Base(_, row) => Some(i64::from(row)),
                    Origin::New(_) => None,
                })
            }
            Scalar::Text => {
                let text = |cell: i64| {
                    let index = usize::try_from(cell).ok()?;
                    if index < self.trial.library.texts.len() {
                        return Some(cell);
                    }
                    let text = self.after.pool.texts.get(index)?;
                    self.trial.bundle.pool.texts.iter().position(|t| t == text).map(|i| i as i64)
                };
                match cells.single() {
                    Some(single) => text(single).map(Spec::cell),
                    None => self.moved(cells, &text),
                }
            }
            _ => Some(spec.clone()),
        }
    }

    /// Cells that are not in the base are nothing to except; all that are asked for have to be.
    fn moved(&self, cells: &Cells, to: &dyn Fn(i64) -> Option<i64>) -> Option<Spec> {
        let except: BTreeSet<i64> = cells.except.iter().filter_map(|c| to(*c)).collect();
        match &cells.only {
            Some(only) => {
                let only: BTreeSet<i64> = only.iter().filter_map(|c| to(*c)).collect();
                (!only.is_empty()).then_some(Spec::one_of(only))
            }
            None => Some(Spec::except(except)),
        }
    }
}

/// The item that a row belongs to, and the lists and positions that lead from it to the row.
pub(super) fn steps(
    library: &crate::library::Library,
    bundle: &Bundle,
    table: TableId,
    row: u32,
) -> (KindId, u32, Vec<(ListId, usize)>) {
    let (mut table, mut row) = (table, row);
    let mut steps = Vec::new();
    while let Some((parent, list)) = library.table(table).parent {
        let owner = bundle.rows(table).parents.get(row as usize).copied().unwrap_or_default();
        let first = bundle.rows(parent).lists[list.0 as usize].starts.get(owner as usize).copied().unwrap_or_default();
        steps.push((list, (row - first) as usize));
        (table, row) = (parent, owner);
    }
    steps.reverse();
    (KindId(table.0), row, steps)
}

/// The row of an item. Rows are sorted by id.
pub(super) fn row_of(bundle: &Bundle, kind: KindId, id: &str) -> Option<u32> {
    let (mut low, mut high) = (0, bundle.rows(TableId(kind.0)).len);
    while low < high {
        let middle = low + (high - low) / 2;
        match bundle.item_id(kind, middle).cmp(id) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            std::cmp::Ordering::Equal => return Some(middle),
        }
    }
    None
}
