//! `points at`: whether the grounds of a clause name an item, or a field of it.

use std::collections::BTreeSet;

use crate::assess::{self, Element, Ground, JudgeState, Outcome, Shown, Step};
use crate::base::Span;
use crate::evidence::{At, Bundle, FieldAt};
use crate::library::Library;
use crate::library::model::{KindId, TableId, Test};

/// What a clause's grounds point at.
#[derive(Debug, Default)]
struct Places {
    at: BTreeSet<At>,
    nil_returns: BTreeSet<u32>,
}

/// Nothing when the clause points there; otherwise what it points at, in words.
pub(super) fn missing(
    library: &Library,
    test: &Test,
    bundle: &Bundle,
    outcome: &Outcome,
    clause: &str,
    item: &str,
    field: Option<&str>,
) -> Option<String> {
    let requirement = library.requirement(test.of);
    let written = test.written.items.iter().find(|i| i.id.value == item);
    if let Some(judge) = outcome.judges.iter().find(|j| requirement.judges[j.judge as usize].name == clause) {
        let recorded = match judge.state {
            JudgeState::Yes(i)
            | JudgeState::No(i)
            | JudgeState::OutOfDate(i)
            | JudgeState::WrongRole(i)
            | JudgeState::Refused(i)
            | JudgeState::Doubted(i) => Some(i),
            JudgeState::Missing => None,
        };
        let place = recorded.and_then(|i| bundle.judgements.get(i as usize)).map(|j| j.span);
        let hit = place.zip(written).is_some_and(|(place, item)| holds(item.fields.span, place));
        return (!hit).then(|| format!("no judgement `{item}` is behind `{clause}`"));
    }
    let Some(found) = outcome.clauses.iter().find(|c| requirement.clauses[c.clause.0 as usize].name == clause) else {
        return Some(format!("`{clause}` was not evaluated: the requirement is {}", super::verdict_words(outcome.verdict)));
    };
    let mut places = Places::default();
    if let Some(ground) = &found.ground {
        places.collect(ground);
    }
    let nil_return = places.nil_returns.iter().filter_map(|i| bundle.nil_returns.get(*i as usize));
    if written.is_some_and(|w| nil_return.clone().any(|n| holds(w.fields.span, n.span))) {
        return None;
    }
    let hit = places.at.iter().any(|at| names(library, bundle, *at, item, field));
    (!hit).then(|| match places.describe(library, bundle) {
        text if text.is_empty() => format!("`{clause}` points at no evidence"),
        text => format!("`{clause}` points at {text}"),
    })
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

fn names(library: &Library, bundle: &Bundle, at: At, item: &str, field: Option<&str>) -> bool {
    let (kind, row) = bundle.item_of(&library.tables, at.table, at.row);
    bundle.item_id(kind, row) == item && field.is_none_or(|field| field_path(library, at).is_some_and(|p| inside(&p, field)))
}

/// `causes.id` lies inside `causes`.
fn inside(path: &str, field: &str) -> bool {
    path.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The field as an author writes it from the item: `completed`, `causes.id`; nothing for the item as such.
fn field_path(library: &Library, at: At) -> Option<String> {
    let table = library.table(at.table);
    let here = at.field.map(|field| match field {
        FieldAt::Column(column) => table.columns[column.0 as usize].name.clone(),
        FieldAt::List(list) => table.lists[list.0 as usize].name.clone(),
    });
    // A list of scalars has one column, which the author never wrote.
    let scalar = table.parent.is_some_and(|(parent, list)| library.table(parent).lists[list.0 as usize].scalar);
    let parts: Vec<String> = list_path(library, at.table).into_iter().chain(here.filter(|_| !scalar)).collect();
    (!parts.is_empty()).then(|| parts.join("."))
}

fn list_path(library: &Library, table: TableId) -> Vec<String> {
    let mut path = Vec::new();
    let mut table = library.table(table);
    while let Some((parent, list)) = table.parent {
        table = library.table(parent);
        path.insert(0, table.lists[list.0 as usize].name.clone());
    }
    path
}

impl Places {
    fn collect(&mut self, ground: &Ground) {
        match &ground.step {
            Step::Value(shown) | Step::Presence { of: shown, .. } => self.shown(shown),
            Step::Compare { left, right, .. } => {
                self.shown(left);
                self.shown(right);
            }
            Step::Window { value, window, .. } => {
                self.shown(value);
                self.shown(window);
            }
            Step::Among { value, among, .. } => {
                self.shown(value);
                among.iter().for_each(|shown| self.shown(shown));
            }
            Step::Elements(elements) => {
                self.at.extend(elements.barred.iter().chain(&elements.doubted).chain(&elements.broken).chain(&elements.unstated));
                elements.shown.iter().for_each(|element| self.element(element));
                if let Some(nearest) = &elements.nearest {
                    self.at.extend(&nearest.rows);
                    nearest.misses.iter().for_each(|ground| self.collect(ground));
                }
                self.nil_returns.extend(elements.nil_return);
            }
            Step::Not | Step::And | Step::Or | Step::Group { .. } | Step::Named(_) | Step::Rhythm(_) => {}
        }
        ground.below.iter().for_each(|ground| self.collect(ground));
    }

    fn element(&mut self, element: &Element) {
        self.at.extend(&element.rows);
        if let Some(ground) = &element.ground {
            self.collect(ground);
        }
    }

    fn shown(&mut self, shown: &Shown) {
        match shown.from {
            assess::From::Field(at) | assess::From::Item(at) => {
                self.at.insert(at);
            }
            assess::From::Rule
            | assess::From::Fact(_)
            | assess::From::Entity
            | assess::From::Assessment
            | assess::From::Parameter(_)
            | assess::From::Aggregate(..)
            | assess::From::Computed(_) => {}
        }
    }

    /// Items and fields, by id, each once.
    fn describe(&self, library: &Library, bundle: &Bundle) -> String {
        const MOST: usize = 6;
        let name = |at: &At| {
            let (kind, row) = bundle.item_of(&library.tables, at.table, at.row);
            let id: &str =
                if kind == KindId(at.table.0) || at.field.is_some() { bundle.item_id(kind, row) } else { return None };
            Some(field_path(library, *at).map_or_else(|| id.to_owned(), |path| format!("{id}.{path}")))
        };
        let all: BTreeSet<String> = self.at.iter().filter_map(name).collect();
        let shown: Vec<String> = all.iter().take(MOST).map(|n| format!("`{n}`")).collect();
        let more = all.len().saturating_sub(MOST);
        if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
    }
}
