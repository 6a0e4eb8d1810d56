//! When it may be asked whether there was none of something, and for which days.
//!
//! A nil return is offered only where nothing in the bundle speaks against it: there are people wherever there is a bundle, and a kind that some item
//! refers to had an item at least once.

use crate::assess::{Node, NodeKind, Plan, Walk};
use crate::base::{Date, Interval, Period, Unit};
use crate::evidence::{Bundle, MISSING};
use crate::library::Library;
use crate::library::model::{ColumnId, KindId, RequirementId, Scalar, TableId};

/// Whether the bundle speaks against there having been no item of a kind.
pub(super) fn contradicted(library: &Library, bundle: &Bundle, kind: KindId) -> bool {
    kind == library.person || referred_to(library, bundle, kind)
}

/// Whether a field anywhere names an item of a kind, one that is there or one that is not.
fn referred_to(library: &Library, bundle: &Bundle, kind: KindId) -> bool {
    (0u32..).map(TableId).zip(&library.tables).any(|(table, shape)| {
        let columns = (0u32..).map(ColumnId).zip(&shape.columns).filter(|(_, c)| c.of == Scalar::Ref(kind));
        let rows = 0..bundle.rows(table).len;
        columns.into_iter().any(|(column, _)| rows.clone().any(|row| bundle.cell(table, row, column) != MISSING))
    })
}

/// The days for which it is said that there was none, where a rule names none: the year up to the day that is looked at.
pub(super) fn year(date: Date) -> Interval {
    date.minus(Period::new(1, Unit::Years)).map_or_else(|| Interval::new(date, date), |first| Interval::new(first, date))
}

/// The days for which a requirement asks about a kind, up to the day that is looked at: from the first that any of its conditions reaches back to.
pub(super) fn days(plan: &Plan<'_>, requirement: RequirementId, kind: KindId) -> Interval {
    let mut all: Option<Interval> = None;
    let mut look = |walk: &Walk<'_>| {
        for (_, window) in walk.kinds.iter().filter(|(of, _)| *of == kind) {
            let days = asked(*window, plan.date);
            all = Some(all.map_or(days, |a| together(a, days)));
        }
    };
    if let Some(planned) = plan.requirements.get(requirement.0 as usize) {
        planned.when.iter().chain(&planned.clauses).for_each(|node| visit(node, &mut look));
        planned.aggregates.iter().for_each(|(_, walk)| look(walk));
    }
    all.unwrap_or_else(|| year(plan.date))
}

/// The days of a window that are not still to come.
pub(super) fn asked(window: Option<Interval>, date: Date) -> Interval {
    window.map_or_else(|| year(date), |days| Interval::new(days.first, days.last.min(date).max(days.first)))
}

/// From the first day of either to the last.
pub(super) fn together(a: Interval, b: Interval) -> Interval {
    Interval::new(a.first.min(b.first), a.last.max(b.last))
}

/// Every walk of a step and of those below it.
fn visit<'l>(node: &Node<'l>, look: &mut dyn FnMut(&Walk<'l>)) {
    let walked = |walk: &Walk<'l>, look: &mut dyn FnMut(&Walk<'l>)| {
        look(walk);
        walk.levels.iter().flat_map(|l| &l.filters).for_each(|f| visit(f, look));
    };
    match &node.kind {
        NodeKind::And(parts) | NodeKind::Or(parts) => parts.iter().for_each(|p| visit(p, look)),
        NodeKind::Group { members, .. } => members.iter().for_each(|m| visit(m, look)),
        NodeKind::Not(inner) | NodeKind::Named(inner) => visit(inner, look),
        NodeKind::Elements(plan) => {
            walked(&plan.walk, look);
            plan.body.iter().for_each(|b| visit(b, look));
        }
        NodeKind::Rhythm(plan) => walked(&plan.walk, look),
        NodeKind::Constant(_)
        | NodeKind::CellCompare { .. }
        | NodeKind::CellRange { .. }
        | NodeKind::CellPair { .. }
        | NodeKind::CellItem { .. }
        | NodeKind::CellTrue { .. }
        | NodeKind::CellStated { .. }
        | NodeKind::Computed { .. } => {}
    }
}
