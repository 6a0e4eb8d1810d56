//! Which provisions a finding in prose most probably concerns, with the words that say so. Offline and deterministic: a full-text index over what the
//! library says, no learning and no chance. A person decides; nothing is tied that nobody accepted.
//!
//! `words` brings prose to terms, `index` weighs them, this file ranks, `accept` writes a link into a register, `measure` says how often the answer is
//! right.

mod accept;
mod index;
pub mod measure;
mod words;

pub use accept::{NotWritten, accept};
pub use index::{Index, Part};

use std::collections::BTreeMap;

use crate::base::Date;
use crate::library::Library;
use crate::library::model::{ProvisionId, StrategicId, TermId};

/// A finding to be tied.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// What was seen, in the inspector's words.
    pub prose: &'a str,
    /// The day whose law counts.
    pub on: Date,
    /// The entity's kind; `None` when it is not known, so that nothing is left out for it.
    pub kind: Option<TermId>,
}

/// A provision it may concern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The provision.
    pub provision: ProvisionId,
    /// How much of what the finding says stands there, its words weighed by how rare they are, in percent. It is no probability, and does not rank
    /// alone: where a word stands counts too.
    pub share: u32,
    /// The words that say so, those that weigh most first.
    pub reasons: Vec<Reason>,
    /// The components that it supports.
    pub components: Vec<StrategicId>,
    score: u64,
}

/// A word of the finding that stands in what the library says of the provision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The word as the finding has it.
    pub word: String,
    /// Where the library has it, or one that means the same.
    pub part: Part,
}

/// How many words an explanation names.
const REASONS: usize = 5;

/// The provisions that were in force on the day and bind the entity's kind, ranked; at most so many. None where no word says anything.
#[must_use]
pub fn candidates(index: &Index, library: &Library, asked: &Asked<'_>, most: usize) -> Vec<Candidate> {
    // Each term once, with its first place: saying a thing twice makes it no truer.
    let mut terms: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for term in words::terms(asked.prose) {
        terms.entry(term.name).or_insert((term.start, term.end));
    }
    let names: Vec<&str> = terms.keys().map(String::as_str).collect();
    let rarity: Vec<u64> = names.iter().map(|term| index.rarity(term)).collect();
    let said = rarity.iter().sum::<u64>().max(1);
    let mut found: Vec<Candidate> = index
        .matches(&names)
        .filter(|(id, ..)| may_concern(library, *id, asked))
        .filter_map(|(id, prior, matches)| {
            let score = matches.iter().flatten().map(|m| m.score).sum::<u64>() * prior / 100;
            if score == 0 {
                return None;
            }
            let common: u64 = rarity.iter().zip(&matches).filter_map(|(rarity, m)| m.map(|_| *rarity)).sum();
            let mut weighed: Vec<_> = terms.values().zip(&matches).filter_map(|(at, m)| m.map(|m| (*at, m))).collect();
            weighed.sort_by(|(a, x), (b, y)| y.score.cmp(&x.score).then(a.cmp(b)));
            let reason = |((start, end), m): ((usize, usize), index::Match)| Reason {
                word: asked.prose.get(start..end).unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" "),
                part: m.part,
            };
            Some(Candidate {
                provision: id,
                share: u32::try_from(common * 100 / said).unwrap_or(100),
                reasons: weighed.into_iter().take(REASONS).map(reason).collect(),
                components: library.provision(id).links.iter().map(|l| l.target.to).collect(),
                score,
            })
        })
        .collect();
    found.sort_by(|a, b| b.score.cmp(&a.score).then(a.provision.cmp(&b.provision)));
    found.truncate(most);
    found
}

/// Whether a finding of that day, on that kind of entity, can be of a provision.
fn may_concern(library: &Library, id: ProvisionId, asked: &Asked<'_>) -> bool {
    let provision = library.provision(id);
    let in_force = provision.in_force_on(asked.on) && library.instrument(provision.key.instrument).in_force.contains(asked.on);
    in_force && (provision.binds_all || asked.kind.is_none_or(|kind| provision.binds.contains(&kind)))
}
