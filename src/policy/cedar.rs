//! Cedar itself: asking. What is asked about is put into entities by the file of each question.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::str::FromStr;

use cedar_policy::{
    Authorizer, Context, Effect, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicyId, Request, RestrictedExpression,
};

use super::load::Loaded;
use super::{Denial, residual};
use crate::base::Truth;

/// One question as Cedar is asked it.
pub(super) struct Asked {
    pub(super) principal: EntityUid,
    pub(super) action: EntityUid,
    pub(super) resource: EntityUid,
    /// What is known of principal, resource and whatever else they name.
    pub(super) entities: Vec<Entity>,
    /// What belongs to the occasion and to nobody.
    pub(super) context: Vec<(String, RestrictedExpression)>,
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

/// What the policies say when asked once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Answer {
    /// Policies that forbid it.
    pub(super) denied: BTreeSet<Denial>,
    /// Policies that may forbid it, and the facts that would decide.
    pub(super) doubted: BTreeMap<Denial, BTreeSet<String>>,
}

impl Loaded {
    /// Which policies forbid it; none when it is permitted.
    pub(super) fn answer(&self, asked: Result<Asked, String>) -> Answer {
        asked.and_then(|asked| self.ask(asked)).unwrap_or_else(|why| {
            let because = format!("the policies cannot be asked: {why}");
            Answer { denied: BTreeSet::from([Denial::unreadable(because)]), ..Answer::default() }
        })
    }

    fn ask(&self, asked: Asked) -> Result<Answer, String> {
        let entities = Entities::from_entities(asked.entities, None).map_err(|e| e.to_string())?;
        let context = Context::from_pairs(asked.context).map_err(|e| e.to_string())?;
        let request = Request::new(asked.principal, asked.action, asked.resource, context, None).map_err(|e| e.to_string())?;
        let response = Authorizer::new().is_authorized_partial(&request, &self.policies, &entities);
        // A policy that cannot be evaluated is no reason to permit.
        if let Some(id) = response.definitely_errored().next() {
            return Err(format!("the policy `{id}` fails"));
        }
        let (mut answer, mut permitted, mut may_be) = (Answer::default(), false, BTreeSet::new());
        for policy in response.definitely_satisfied() {
            match policy.effect() {
                Effect::Permit => permitted = true,
                Effect::Forbid => drop(answer.denied.insert(self.denial(policy.id()))),
            }
        }
        for policy in response.nontrivial_residuals() {
            match (policy.effect(), residual::holds(&policy)) {
                (_, (Truth::False, _)) => {}
                (Effect::Permit, (Truth::True, _)) => permitted = true,
                (Effect::Permit, (Truth::Unknown, names)) => may_be.extend(names),
                (Effect::Forbid, (Truth::True, _)) => drop(answer.denied.insert(self.denial(policy.id()))),
                (Effect::Forbid, (Truth::Unknown, names)) => drop(answer.doubted.insert(self.denial(policy.id()), names)),
            }
        }
        if !permitted && answer.denied.is_empty() {
            let nobody = Denial { policy: "default".to_owned(), because: "no policy permits it".to_owned(), at: None };
            if may_be.is_empty() {
                answer.denied.insert(nobody);
            } else {
                answer.doubted.insert(nobody, may_be);
            }
        }
        Ok(answer)
    }

    fn denial(&self, id: &PolicyId) -> Denial {
        Denial {
            policy: id.to_string(),
            because: self.policies.annotation(id, "because").unwrap_or_default().to_owned(),
            at: self.place(id),
        }
    }
}
