//! Cedar itself: parsing, validating, asking.

use std::collections::{HashMap, HashSet};
use std::str::FromStr;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, Policy, PolicyId, PolicySet, Request,
    RestrictedExpression, Schema, ValidationMode, Validator,
};

use super::standing::{Authorship, Standing};
use super::{Denial, PolicyPage};

const SCHEMA: &str = include_str!("../../policies/schema.cedarschema");
const ADMISSIBILITY: &str = include_str!("../../policies/admissibility.cedar");

/// Policies, parsed.
#[derive(Debug)]
pub(super) struct Loaded {
    policies: PolicySet,
    names: Names,
}

/// Names that every request uses, parsed once.
#[derive(Debug)]
struct Names {
    item: EntityUid,
    assessment: EntityUid,
    rely_on: EntityUid,
    author: EntityUid,
    other: EntityUid,
}

impl Loaded {
    pub(super) fn embedded() -> Result<Self, String> {
        Self::parse(ADMISSIBILITY)
    }

    /// Parses policies, gives each the name in its `@id`, and validates them against the schema, strictly.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let parsed = PolicySet::from_str(text).map_err(|e| e.to_string())?;
        let mut policies = PolicySet::new();
        for policy in parsed.policies() {
            let id = policy.annotation("id").ok_or_else(|| format!("the policy `{}` has no `@id`", policy.id()))?;
            policies.add(policy.new_id(PolicyId::new(id))).map_err(|e| e.to_string())?;
        }
        let (schema, _) = Schema::from_cedarschema_str(SCHEMA).map_err(|e| e.to_string())?;
        let valid = Validator::new(schema).validate(&policies, ValidationMode::Strict);
        let problems = valid.validation_errors().map(ToString::to_string);
        if let Some(problem) = problems.chain(valid.validation_warnings().map(ToString::to_string)).next() {
            return Err(problem);
        }
        Ok(Self { policies, names: Names::new().map_err(|e| e.to_string())? })
    }

    /// The policies in the order they are written.
    pub(super) fn pages(&self) -> Vec<PolicyPage> {
        let annotation = |policy: &Policy, name: &str| policy.annotation(name).filter(|a| !a.is_empty()).map(str::to_owned);
        let mut pages: Vec<_> = self
            .policies
            .policies()
            .map(|policy| PolicyPage {
                id: policy.id().to_string(),
                because: annotation(policy, "because").unwrap_or_default(),
                provision: annotation(policy, "provision"),
                text: policy.to_string(),
            })
            .collect();
        pages.sort_by_key(|page| (ADMISSIBILITY.find(&format!("@id(\"{}\")", page.id)), page.id.clone()));
        pages
    }

    /// Which policies forbid relying on an item of this kind and standing, sorted.
    pub(super) fn denials(&self, kind: &str, standing: Standing) -> Vec<Denial> {
        match self.ask(kind, standing) {
            Ok(denials) => denials,
            Err(why) => vec![Denial { policy: "policies".to_owned(), because: format!("the policies cannot be asked: {why}") }],
        }
    }

    fn ask(&self, kind: &str, standing: Standing) -> Result<Vec<Denial>, String> {
        let names = &self.names;
        let attributes = self.attributes(kind, standing);
        let item = Entity::new(names.item.clone(), attributes, HashSet::new()).map_err(|e| e.to_string())?;
        let entities = Entities::from_entities([item], None).map_err(|e| e.to_string())?;
        let request = Request::new(names.assessment.clone(), names.rely_on.clone(), names.item.clone(), Context::empty(), None)
            .map_err(|e| e.to_string())?;
        let response = Authorizer::new().is_authorized(&request, &self.policies, &entities);
        // A policy that cannot be evaluated is no reason to permit.
        if let Some(error) = response.diagnostics().errors().next() {
            return Err(error.to_string());
        }
        if response.decision() == Decision::Allow {
            return Ok(Vec::new());
        }
        let mut denials: Vec<_> = response
            .diagnostics()
            .reason()
            .map(|id| Denial {
                policy: id.to_string(),
                because: self.policies.annotation(id, "because").unwrap_or_default().to_owned(),
            })
            .collect();
        denials.sort();
        if denials.is_empty() {
            denials.push(Denial { policy: "default".to_owned(), because: "no policy permits it".to_owned() });
        }
        Ok(denials)
    }

    fn attributes(&self, kind: &str, standing: Standing) -> HashMap<String, RestrictedExpression> {
        let person = |uid: &EntityUid| RestrictedExpression::new_entity_uid(uid.clone());
        let names = &self.names;
        let (author, approver) = match standing.authorship {
            Authorship::Unstated => (None, None),
            Authorship::AuthorOnly => (Some(&names.author), None),
            Authorship::ApproverOnly => (None, Some(&names.other)),
            Authorship::Two => (Some(&names.author), Some(&names.other)),
            Authorship::Same => (Some(&names.author), Some(&names.author)),
        };
        let states = standing.attachments.names().map(|name| RestrictedExpression::new_string(name.to_owned()));
        let mut attributes = HashMap::from([
            ("kind".to_owned(), RestrictedExpression::new_string(kind.to_owned())),
            ("received_before_issued".to_owned(), RestrictedExpression::new_bool(standing.received_before_issued)),
            ("attachments".to_owned(), RestrictedExpression::new_set(states)),
        ]);
        attributes.extend(author.map(|uid| ("author".to_owned(), person(uid))));
        attributes.extend(approver.map(|uid| ("approver".to_owned(), person(uid))));
        attributes.extend(standing.independent.map(|yes| ("independent".to_owned(), RestrictedExpression::new_bool(yes))));
        attributes
    }
}

impl Names {
    fn new() -> Result<Self, Box<cedar_policy::ParseErrors>> {
        let uid = |of: &str, id: &str| -> Result<EntityUid, Box<cedar_policy::ParseErrors>> {
            Ok(EntityUid::from_type_name_and_id(EntityTypeName::from_str(of).map_err(Box::new)?, EntityId::new(id)))
        };
        Ok(Self {
            item: uid("Item", "item")?,
            assessment: uid("Assessment", "assessment")?,
            rely_on: uid("Action", "rely-on")?,
            author: uid("Person", "author")?,
            other: uid("Person", "other")?,
        })
    }
}
