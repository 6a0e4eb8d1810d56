//! Cedar itself: asking. What is asked about is put into entities by the file of each question.

use std::collections::{HashMap, HashSet};
use std::str::FromStr;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, Request, RestrictedExpression,
};

use super::Denial;
use super::load::Loaded;

/// One question as Cedar is asked it.
pub(super) struct Asked {
    pub(super) principal: EntityUid,
    pub(super) action: EntityUid,
    pub(super) resource: EntityUid,
    /// What is known of principal, resource and whatever else they name.
    pub(super) entities: Vec<Entity>,
}

/// The name of an entity.
pub(super) fn uid(of: &str, id: &str) -> Result<EntityUid, String> {
    let of = EntityTypeName::from_str(of).map_err(|e| e.to_string())?;
    Ok(EntityUid::from_type_name_and_id(of, EntityId::new(id)))
}

/// An entity with what is known of it.
pub(super) fn entity(
    uid: &EntityUid,
    attributes: impl IntoIterator<Item = (&'static str, RestrictedExpression)>,
) -> Result<Entity, String> {
    let attributes: HashMap<_, _> = attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Entity::new(uid.clone(), attributes, HashSet::new()).map_err(|e| e.to_string())
}

/// A text as an attribute.
pub(super) fn text(value: &str) -> RestrictedExpression {
    RestrictedExpression::new_string(value.to_owned())
}

impl Loaded {
    /// Which policies forbid it, sorted; none when it is permitted.
    pub(super) fn denials(&self, asked: Result<Asked, String>) -> Vec<Denial> {
        match asked.and_then(|asked| self.ask(asked)) {
            Ok(denials) => denials,
            Err(why) => vec![Denial { policy: "policies".to_owned(), because: format!("the policies cannot be asked: {why}") }],
        }
    }

    fn ask(&self, asked: Asked) -> Result<Vec<Denial>, String> {
        let entities = Entities::from_entities(asked.entities, None).map_err(|e| e.to_string())?;
        let request = Request::new(asked.principal, asked.action, asked.resource, Context::empty(), None);
        let response = Authorizer::new().is_authorized(&request.map_err(|e| e.to_string())?, &self.policies, &entities);
        // A policy that cannot be evaluated is no reason to permit.
        if let Some(error) = response.diagnostics().errors().next() {
            return Err(error.to_string());
        }
        if response.decision() == Decision::Allow {
            return Ok(Vec::new());
        }
        let because = |id| self.policies.annotation(id, "because").unwrap_or_default().to_owned();
        let mut denials: Vec<_> =
            response.diagnostics().reason().map(|id| Denial { policy: id.to_string(), because: because(id) }).collect();
        denials.sort();
        if denials.is_empty() {
            denials.push(Denial { policy: "default".to_owned(), because: "no policy permits it".to_owned() });
        }
        Ok(denials)
    }
}
