//! How much work a change is, in whole points, and which of several fixes is the least.
//!
//! | change | points |
//! |---|---|
//! | state a fact or a field that is not stated, name the item a broken reference means, record a nil return, put an attachment back | 1 |
//! | change what a field says, renew a day, let somebody else do it, add an element to a list | 2 |
//! | add an item | 3 |

use super::change::Change;
use super::fix::{Draft, Fix};
use super::spec::Spec;
use crate::base::Date;
use crate::evidence::{At, Bundle, DANGLING, FieldAt, MISSING};
use crate::library::Library;
use crate::library::model::Scalar;

/// Points of one change.
#[must_use]
pub fn points(bundle: &Bundle, change: &Change) -> u32 {
    match change {
        Change::Add { .. } => 3,
        Change::Append { .. } => 2,
        Change::Set { at, .. } => of_set(bundle, *at),
        Change::Fact { .. } | Change::Nil { .. } | Change::Attach { .. } => 1,
    }
}

fn of_set(bundle: &Bundle, at: At) -> u32 {
    let Some(FieldAt::Column(column)) = at.field else { return 1 };
    let cell = bundle.cell(at.table, at.row, column);
    if cell == MISSING || cell == DANGLING { 1 } else { 2 }
}

/// Fixes that can still be done stand before those that can only be true already; then those with fewer changes, then those that file what there is
/// before those that say that there was none, then those of less work.
pub(super) fn rank(library: &Library, bundle: &Bundle, date: Date, fix: &Fix) -> (usize, usize, usize, u32) {
    let drafts = fix.adds.iter().chain(fix.appends.iter().map(|(_, d)| d));
    let past = drafts.filter(|d| happened(library, date, d)).count()
        + fix.sets.iter().filter(|(at, spec)| field_happened(library, date, **at, spec)).count();
    let sets: u32 = fix.sets.keys().map(|at| of_set(bundle, *at)).sum();
    let small = fix.facts.len() + fix.nils.len() + fix.attached.len();
    let points = 3 * fix.adds.len() as u32 + 2 * fix.appends.len() as u32 + sets + small as u32;
    (past, fix.len(), fix.nils.len(), points)
}

/// Whether what a draft says can only have happened before the assessment date.
#[must_use]
pub fn happened(library: &Library, date: Date, draft: &Draft) -> bool {
    let mut found = false;
    draft.each_field(&mut |table, column, spec| {
        let of = library.table(table).columns[column.0 as usize].of;
        found |= of == Scalar::Date && !spec.open_to(of, date);
    });
    found
}

/// As [`happened`], for one field of what is there.
#[must_use]
pub fn field_happened(library: &Library, date: Date, at: At, spec: &Spec) -> bool {
    let Some(FieldAt::Column(column)) = at.field else { return false };
    let of = library.table(at.table).columns[column.0 as usize].of;
    of == Scalar::Date && !spec.open_to(of, date)
}
