//! May this person do this: what Cedar is told of an act, and what it answers when some facts are not known.
//!
//! A role that a person may or may not hold is tried both ways, with every role that policies name; other facts that nobody states are unknowns of
//! Cedar's partial evaluation. An act is permitted or forbidden only when it is so whatever the open facts turn out to be.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use cedar_policy::RestrictedExpression;

use super::cedar::{Answer, Asked, entity, text, uid};
use super::load::Loaded;
use super::posts::Posts;
use super::{Denial, Ruling};

/// More roles open at a time than this are not tried one by one.
const MOST_OPEN: u32 = 6;

/// An act, as far as a decision about it depends on it. Two acts with the same description get the same answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Deed {
    pub(super) action: &'static str,
    pub(super) of: Of,
    /// The posts of the person on the day; `None` for what does not turn on posts.
    pub(super) posts: Option<Posts>,
}

/// What was acted on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Of {
    Record(Record),
    /// A finding of a register.
    Finding(Record),
    Judgement {
        requirement: String,
        role: String,
    },
    Waiver {
        of: String,
        by: String,
        itself: bool,
    },
}

/// An item as authority policies see it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Record {
    pub(super) kind: String,
    /// Attributes that the kind has: `None` where nothing is stated.
    pub(super) stated: Vec<(&'static str, Option<Stated>)>,
    /// What was acted on, where the kind says so: `None` where the reference is not stated or leads nowhere.
    pub(super) target: Option<Option<Box<Self>>>,
}

/// What a field states.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Stated {
    /// A term, by name.
    Term(String),
    /// A person: 0 is whoever acted, others are told apart by number.
    Person(u8),
    /// Several of them.
    Persons(BTreeSet<u8>),
}

impl Loaded {
    /// What the policies say of an act. `roles` are the names of roles by their bits; `asked` counts how often Cedar is.
    pub(super) fn authority(&self, deed: &Deed, roles: &[&str], asked: &AtomicUsize) -> Ruling {
        let mut worlds = Vec::new();
        for held in self.worlds(deed, roles) {
            asked.fetch_add(1, Ordering::Relaxed);
            worlds.push(self.answer(question(deed, held.as_deref())));
        }
        combined(worlds)
    }

    /// The sets of roles that the person may hold, as far as policies tell them apart; `None` for a set of which nothing is known.
    fn worlds(&self, deed: &Deed, roles: &[&str]) -> Vec<Option<Vec<String>>> {
        let Some(posts) = deed.posts else { return vec![Some(Vec::new())] };
        let answered_as = match &deed.of {
            Of::Judgement { role, .. } => Some(role.as_str()),
            Of::Record(_) | Of::Finding(_) | Of::Waiver { .. } => None,
        };
        let mut matter = 0u128;
        for (i, name) in roles.iter().enumerate() {
            if self.mentions(name) || answered_as == Some(*name) {
                matter |= 1 << i;
            }
        }
        let mut open = posts.open & matter;
        // All roles that no policy names are alike: one stands for them.
        let others = posts.open & !matter;
        open |= others & others.wrapping_neg();
        if posts.untold || open.count_ones() > MOST_OPEN {
            return vec![None];
        }
        let mut sets = Vec::new();
        let mut chosen = 0u128;
        loop {
            let held = posts.held | chosen;
            let names = roles.iter().enumerate().filter(|(i, _)| held & 1 << i != 0).map(|(_, name)| (*name).to_owned());
            sets.push(Some(names.collect()));
            // The next subset of the open ones; none after the last.
            chosen = chosen.wrapping_sub(open) & open;
            if chosen == 0 {
                return sets;
            }
        }
    }
}

/// One answer from those in every world: sure only where all agree.
fn combined(worlds: Vec<Answer>) -> Ruling {
    if worlds.iter().all(|w| !w.denied.is_empty()) {
        let mut sets = worlds.iter().map(|w| &w.denied);
        let first = sets.next().cloned().unwrap_or_default();
        let common: BTreeSet<Denial> = sets.fold(first, |all, one| all.intersection(one).cloned().collect());
        let all = || worlds.iter().flat_map(|w| w.denied.iter().cloned()).collect();
        return Ruling::Denied(if common.is_empty() { all() } else { common });
    }
    let by_roles = worlds.iter().any(|w| *w != worlds[0]);
    let mut doubts: BTreeMap<Denial, BTreeSet<String>> = BTreeMap::new();
    for answer in worlds {
        for denial in answer.denied {
            doubts.entry(denial).or_default();
        }
        for (denial, names) in answer.doubted {
            doubts.entry(denial).or_default().extend(names);
        }
    }
    if doubts.is_empty() {
        return Ruling::Permitted;
    }
    if by_roles {
        for names in doubts.values_mut() {
            names.insert("roles".to_owned());
        }
    }
    Ruling::Doubted(doubts)
}

fn question(deed: &Deed, roles: Option<&[String]>) -> Result<Asked, String> {
    let action = uid("Action", deed.action)?;
    let actor = uid("Person", "0")?;
    let roles = match roles {
        Some(names) => RestrictedExpression::new_set(names.iter().map(|name| text(name))),
        None => RestrictedExpression::new_unknown("roles"),
    };
    let mut context = vec![("roles".to_owned(), roles)];
    let (principal, resource, entities) = match &deed.of {
        Of::Record(record) | Of::Finding(record) => {
            let of = if matches!(deed.of, Of::Finding(_)) { "Finding" } else { "Record" };
            let item = uid(of, "record")?;
            let mut entities = Vec::new();
            describe(record, "", &item, &mut entities)?;
            (actor, item, entities)
        }
        Of::Judgement { requirement, role } => {
            let judgement = uid("Judgement", "judgement")?;
            let of = entity(&judgement, [("requirement", text(requirement)), ("role", text(role))])?;
            (actor, judgement, vec![of])
        }
        Of::Waiver { of, by, itself } => {
            context.clear();
            let (grantor, waiver) = (uid("Grantor", "grantor")?, uid("Waiver", "waiver")?);
            let who = entity(&grantor, [("name", text(by)), ("itself", RestrictedExpression::new_bool(*itself))])?;
            let what = entity(&waiver, [("of", text(of))])?;
            (grantor, waiver, vec![who, what])
        }
    };
    Ok(Asked { principal, action, resource, entities, context })
}

/// Puts a record, and what was acted on, into entities. Unknowns are called by the path a policy writes.
fn describe(
    record: &Record,
    path: &str,
    item: &cedar_policy::EntityUid,
    into: &mut Vec<cedar_policy::Entity>,
) -> Result<(), String> {
    let mut attributes = vec![("kind", text(&record.kind))];
    for (name, stated) in &record.stated {
        let value = match stated {
            Some(Stated::Term(term)) => text(term),
            Some(Stated::Person(number)) => RestrictedExpression::new_entity_uid(uid("Person", &number.to_string())?),
            Some(Stated::Persons(numbers)) => {
                let all: Result<Vec<_>, String> = numbers.iter().map(|n| uid("Person", &n.to_string())).collect();
                RestrictedExpression::new_set(all?.into_iter().map(RestrictedExpression::new_entity_uid))
            }
            None => RestrictedExpression::new_unknown(format!("{path}{name}")),
        };
        attributes.push((name, value));
    }
    match &record.target {
        None => {}
        Some(None) => attributes.push(("target", RestrictedExpression::new_unknown(format!("{path}target")))),
        Some(Some(target)) => {
            let other = uid("Record", "target")?;
            describe(target, "target.", &other, into)?;
            attributes.push(("target", RestrictedExpression::new_entity_uid(other)));
        }
    }
    into.push(entity(item, attributes)?);
    Ok(())
}
