//! Whom a bundle is about.

use super::bundle::{Entity, MISSING};
use super::convert::Filler;
use super::errors::{items as errors, values};
use super::tree::View;
use crate::base::Span;
use crate::library::model::{Scalar, TermId};

const KEYS: [&str; 5] = ["id", "name", "kind", "sems", "facts"];

/// Reads an entity. In a test nothing of it is needed.
pub(super) fn read<'s>(filler: &mut Filler<'_, 's>, written: View<'s>, in_test: bool) -> Entity {
    let mut entity = empty(filler, written.span());
    if !written.is_mapping() {
        filler.tell(errors::not_an_item(written, "`entity`"));
        return entity;
    }
    let mut found = [None; 5];
    let mut facts: Vec<Slot<'s>> = vec![None; filler.library.facts.len()];
    for (key, value) in written.pairs() {
        match KEYS.iter().position(|k| key.text() == Some(*k)) {
            Some(at) => found[at] = found[at].or(Some(value).filter(|v| !v.is_null())),
            None => fact(filler, &mut facts, key, value, true),
        }
    }
    let [id, name, kind, sems, stated] = found;
    match stated {
        Some(stated) if stated.is_mapping() => {
            for (key, value) in stated.pairs() {
                fact(filler, &mut facts, key, value, false);
            }
        }
        Some(other) => filler.tell(values::not_a_record(other, "facts")),
        None => {}
    }
    let library = filler.library;
    let text = |filler: &mut Filler<'_, 's>, value: Option<View<'s>>, name: &str| {
        let value = value?;
        let cell = filler.cell(Scalar::Text, value, name);
        if cell == MISSING { None } else { value.text().map(str::to_owned) }
    };
    let needed = [(id, "id"), (kind, "kind")];
    for (_, key) in needed.into_iter().filter(|(value, _)| value.is_none() && !in_test) {
        filler.tell(errors::missing_key(super::convert::item::first_line(written), key, "`entity`"));
    }
    // Blanks around an id are no part of it: whoever joins by it would take one entity for two. An id of blanks alone names nobody.
    entity.id = text(filler, id, "id").map_or_else(|| "entity".to_owned(), |id| id.trim().to_owned());
    if let Some(value) = id.filter(|_| entity.id.is_empty()) {
        filler.tell(values::not_text(value, "id"));
    }
    entity.name = text(filler, name, "name").unwrap_or_else(|| entity.id.clone());
    entity.kind = kind.and_then(|v| term(filler.cell(Scalar::Term(library.entity_kinds), v, "kind")));
    entity.sems = sems.and_then(|v| term(filler.cell(Scalar::Term(library.sems), v, "sems")));
    entity.kind_place = kind.map(View::span);
    entity.sems_place = sems.map(View::span);
    for (index, slot) in facts.into_iter().enumerate() {
        let Some((_, value, _)) = slot.filter(|(_, value, _)| !value.is_null()) else { continue };
        let definition = &library.facts[index];
        let cell = filler.cell(definition.of, value, &definition.name);
        // Facts in whole numbers are counts: how many people, passes, sites.
        let negative = definition.of == Scalar::Whole && cell != MISSING && cell < 0;
        if negative {
            filler.tell(values::negative_count(value, &definition.name));
        }
        entity.facts[index] = if negative { MISSING } else { cell };
        entity.fact_places[index] = Some(value.span());
    }
    entity
}

/// An entity of which nothing is known.
pub(super) fn empty(filler: &Filler<'_, '_>, span: Span) -> Entity {
    let facts = filler.library.facts.len();
    Entity {
        id: "entity".to_owned(),
        name: "entity".to_owned(),
        kind: None,
        sems: None,
        facts: vec![MISSING; facts],
        fact_places: vec![None; facts],
        kind_place: None,
        sems_place: None,
        span,
    }
}

/// Key, value, and whether it stands at the entity itself.
type Slot<'s> = Option<(View<'s>, View<'s>, bool)>;

fn fact<'s>(filler: &mut Filler<'_, 's>, facts: &mut [Slot<'s>], key: View<'s>, value: View<'s>, top: bool) {
    let Some(text) = key.text() else { return };
    match filler.fields.facts.get(text) {
        Some(fact) => match &mut facts[fact.0 as usize] {
            // The same key twice in one mapping was told when the text was read.
            Some((first, _, of)) if *of != top => {
                let first = first.span();
                filler.tell(errors::duplicate_field(key, first));
            }
            Some(_) => {}
            slot => *slot = Some((key, value, top)),
        },
        None => {
            let mut known = filler.fields.fact_names();
            if top {
                known.extend(KEYS);
            }
            filler.tell(errors::no_such_fact(key, &known));
        }
    }
}

fn term(cell: i64) -> Option<TermId> {
    u32::try_from(cell).ok().map(TermId)
}
