//! `examples/register`: sixty invented entities over three years, made from a seed. The committed files are compared with what is made here;
//! `UPDATE_EXPECT=1 cargo test register` writes them.

mod bundles;
mod findings;
mod plan;
mod random;
mod tests;
mod truth;

use std::collections::BTreeMap;

/// Files by path, below `examples/register`.
pub(crate) fn files() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entity in entities() {
        bundles::write(&entity, &mut files);
    }
    files.insert(plan::BAD.to_owned(), bundles::bad());
    findings::write(&mut files);
    files.insert("planted.csv".to_owned(), truth::table());
    files
}

/// An entity of the register.
pub(crate) struct Entity {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    /// Assessed each quarter, not each half-year.
    pub(crate) quarterly: bool,
}

pub(crate) fn entities() -> Vec<Entity> {
    let mut names = plan::NAMES.iter();
    let mut entities = Vec::new();
    for (prefix, kind, count, ending) in plan::KINDS {
        for i in 1..=count {
            let name = format!("{} {ending}", names.next().expect("sixty names"));
            entities.push(Entity { id: format!("{prefix}{i:02}"), name, kind, quarterly: kind == "airport" });
        }
    }
    entities
}
