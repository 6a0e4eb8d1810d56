//! May this item be relied on: what Cedar is told of an item's standing.

use std::collections::BTreeSet;

use cedar_policy::RestrictedExpression;

use super::Denial;
use super::cedar::{Asked, entity, text, uid};
use super::load::Loaded;
use super::standing::{Authorship, Standing};

impl Loaded {
    /// Which policies forbid relying on an item of this kind and standing.
    pub(super) fn admissibility(&self, kind: &str, standing: Standing) -> BTreeSet<Denial> {
        self.answer(asked(kind, standing)).denied
    }
}

fn asked(kind: &str, standing: Standing) -> Result<Asked, String> {
    let (author, other) = (uid("Person", "author")?, uid("Person", "other")?);
    let (by, approved_by) = match standing.authorship {
        Authorship::Unstated => (None, None),
        Authorship::AuthorOnly => (Some(&author), None),
        Authorship::ApproverOnly => (None, Some(&other)),
        Authorship::Two => (Some(&author), Some(&other)),
        Authorship::Same => (Some(&author), Some(&author)),
    };
    let states = standing.attachments.names().map(text);
    let mut attributes = vec![
        ("kind", text(kind)),
        ("received_before_issued", RestrictedExpression::new_bool(standing.received_before_issued)),
        ("attachments", RestrictedExpression::new_set(states)),
    ];
    attributes.extend(by.map(|person| ("author", RestrictedExpression::new_entity_uid(person.clone()))));
    attributes.extend(approved_by.map(|person| ("approver", RestrictedExpression::new_entity_uid(person.clone()))));
    attributes.extend(standing.independent.map(|yes| ("independent", RestrictedExpression::new_bool(yes))));

    let item = uid("Item", "item")?;
    Ok(Asked {
        principal: uid("Assessment", "assessment")?,
        action: uid("Action", "rely-on")?,
        entities: vec![entity(&item, attributes)?],
        resource: item,
        context: Vec::new(),
    })
}
