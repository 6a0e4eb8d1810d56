//! What Cedar is told when it is asked whether an audience may see something.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use cedar_policy::RestrictedExpression;

use super::audience::Audience;
use super::cedar::{Asked, entity, text, uid};
use super::{Denial, Policies};

/// A part of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Part {
    /// The item as a whole.
    All,
    /// The persons it names.
    People,
    /// What could tell who made a confidential report.
    Source,
}

impl Part {
    const fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::People => "people",
            Self::Source => "source",
        }
    }
}

/// Everything, with audience, kind and part, that a decision about an item depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) struct Look {
    /// The level of its marking, or of its kind's.
    pub(super) level: Option<u8>,
    /// A person, or never without one.
    pub(super) personal: bool,
    /// For kinds that may be confidential: not stated to be otherwise.
    pub(super) confidential: Option<bool>,
}

/// What a decision depends on. An answer is good for every bundle.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// A part of an item.
    Part(&'static str, String, Part, Look),
    /// A verdict.
    Verdict(&'static str, Vec<String>, bool),
}

impl Policies {
    /// Who withholds a part of an item, sorted; nobody when it may be seen.
    pub(super) fn hides(&self, audience: Audience, kind: &str, part: Part, look: Look) -> BTreeSet<Denial> {
        let key = Key::Part(audience.name, kind.to_owned(), part, look);
        self.revealed(key, || see(audience, kind, part, look))
    }

    /// Who withholds the verdict on a requirement that reads these kinds.
    pub(super) fn hides_verdict(&self, audience: Audience, reads: &[String], judged: bool) -> BTreeSet<Denial> {
        self.revealed(Key::Verdict(audience.name, reads.to_vec(), judged), || read_verdict(audience, reads, judged))
    }

    fn revealed(&self, key: Key, asked: impl FnOnce() -> Result<Asked, String>) -> BTreeSet<Denial> {
        if let Some(known) = self.revealed.read().ok().and_then(|known| known.get(&key).cloned()) {
            return known;
        }
        // INVARIANT: without policies, or with policies that cannot be read, nothing is shown; nor is what a policy may forbid.
        let withheld = |why: String| BTreeSet::from([Denial::unreadable(why)]);
        let denials = match self.loaded() {
            _ if self.none => withheld("there are no policies that permit it".to_owned()),
            Ok(loaded) => {
                self.asked.fetch_add(1, Ordering::Relaxed);
                let answer = loaded.answer(asked());
                answer.denied.into_iter().chain(answer.doubted.into_keys()).collect()
            }
            Err(why) => withheld(format!("the policies cannot be read: {why}")),
        };
        if let Ok(mut known) = self.revealed.write() {
            known.insert(key, denials.clone());
        }
        denials
    }
}

fn asked(
    audience: Audience,
    action: &str,
    of: &str,
    attributes: Vec<(&'static str, RestrictedExpression)>,
) -> Result<Asked, String> {
    let (principal, resource) = (uid("Audience", audience.name)?, uid(of, "it")?);
    let cleared = [
        ("clearance", RestrictedExpression::new_long(i64::from(audience.clearance))),
        ("need_to_know", RestrictedExpression::new_bool(audience.need_to_know)),
    ];
    let entities = vec![entity(&principal, cleared)?, entity(&resource, attributes)?];
    Ok(Asked { principal, action: uid("Action", action)?, resource, entities, context: Vec::new() })
}

fn see(audience: Audience, kind: &str, part: Part, look: Look) -> Result<Asked, String> {
    let mut attributes =
        vec![("kind", text(kind)), ("part", text(part.word())), ("personal", RestrictedExpression::new_bool(look.personal))];
    attributes.extend(look.level.map(|level| ("level", RestrictedExpression::new_long(i64::from(level)))));
    attributes.extend(look.confidential.map(|yes| ("confidential", RestrictedExpression::new_bool(yes))));
    asked(audience, "see", "Part", attributes)
}

fn read_verdict(audience: Audience, reads: &[String], judged: bool) -> Result<Asked, String> {
    let reads = RestrictedExpression::new_set(reads.iter().map(|kind| text(kind)));
    asked(audience, "read-verdict", "Verdict", vec![("reads", reads), ("judged", RestrictedExpression::new_bool(judged))])
}
