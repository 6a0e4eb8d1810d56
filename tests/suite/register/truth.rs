//! The planted facts as a table: entity, what, detail. A test finds all of them and nothing else.

use super::bundles::figures;
use super::{entities, plan};

/// `planted.csv`.
pub(super) fn table() -> String {
    let mut rows: Vec<[String; 3]> = Vec::new();
    let mut add = |entity: &str, what: &str, detail: String| rows.push([entity.to_owned(), what.to_owned(), detail]);
    let kind = |id: &str| entities().into_iter().find(|e| e.id == id).map(|e| e.kind).expect("an entity");
    for (id, people, systems, _) in plan::TOGETHER {
        let figures = figures(kind(id));
        add(id, "together", format!("{} + {}", figures[people].name, figures[systems].name));
    }
    for (id, a, b, weak) in plan::TOGETHER {
        // Strong ones are trends by themselves too.
        if !weak {
            add(id, "trend", figures(kind(id))[a].name.to_owned());
            add(id, "trend", figures(kind(id))[b].name.to_owned());
        }
    }
    for (id, at) in plan::ALONE {
        add(id, "trend", figures(kind(id))[at].name.to_owned());
    }
    for id in plan::FADING {
        add(id, "trend", "security-education".to_owned());
    }
    for (id, provision, on) in plan::BLIND {
        add(id, "blind spot", format!("{provision} on {on}"));
    }
    for (id, provision, on) in plan::OVER {
        add(id, "over-reported", format!("{provision} on {on}"));
    }
    for (id, provision, _, second) in plan::REPEATS {
        add(id, "repeat", format!("{provision} on {second}"));
    }
    for (id, _) in plan::OVERDUE_VALIDATION {
        add(id, "floor late", "validation".to_owned());
    }
    add("AP04", "floor late", "inspection".to_owned());
    add("AP07", "floor late", "security audit".to_owned());
    rows.sort();
    let mut text = String::from("entity,what,detail\n");
    rows.iter().for_each(|[entity, what, detail]| text.push_str(&format!("{entity},{what},{detail}\n")));
    text.push_str(&format!("RS05,bad bundle,{}\n", plan::BAD));
    text
}
