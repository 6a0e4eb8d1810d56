//! A full-text index over the provisions that a finding can be tied to: their titles and summaries, what is seen where they are not kept,
//! the requirements that discharge them with what they say when they fail and how to mend it, and the components they support.
//!
//! The measure is BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009) in whole numbers, over fields of
//! different weight. The index depends on the library alone, so a day or an entity's kind leaves provisions out of the answer and changes no weight.

use std::collections::BTreeMap;

use super::words;
use crate::library::model::{Basis, Duty, Extent, ProvisionId, Requirement, TextPart};
use crate::library::{Library, links};

/// What part of what the library says of a provision a word stands in, those that weigh most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The title of the provision.
    Title,
    /// A summary of it.
    Summary,
    /// What is seen where it is not kept.
    Observed,
    /// The title of a requirement that discharges it.
    Requirement,
    /// What such a requirement expects, says when it fails, or asks for as a remedy.
    Expectation,
    /// A component that it supports, or why it does.
    Component,
}

impl Part {
    /// How much a word in it counts.
    const fn weight(self) -> u64 {
        match self {
            Self::Title => 8,
            Self::Summary => 5,
            Self::Observed => 5,
            Self::Requirement => 3,
            Self::Expectation => 1,
            Self::Component => 1,
        }
    }

    /// As an explanation calls it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Title => "its title",
            Self::Summary => "its summary",
            Self::Observed => "what is seen where it is not kept",
            Self::Requirement => "a requirement",
            Self::Expectation => "what is checked",
            Self::Component => "its component",
        }
    }
}

/// The index.
#[derive(Debug)]
pub struct Index {
    pages: Vec<Page>,
    /// In how many pages a term stands.
    spread: BTreeMap<String, u64>,
    /// The weight of all words of a page, on average; at least 1.
    average: u64,
}

/// What the index holds of a provision.
#[derive(Debug)]
struct Page {
    provision: ProvisionId,
    /// By term: the weight of its words, and the weightiest part it stands in.
    terms: BTreeMap<String, (u64, Part)>,
    /// The weight of all words.
    length: u64,
    /// In hundredths: how likely it is to be what a finding is about, by what sort of provision it is.
    prior: u64,
}

/// How a term counts for a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match {
    /// Its part of the score.
    pub(super) score: u64,
    /// Where it stands.
    pub(super) part: Part,
}

/// Where more of the same word begins to count for less, in weight.
const SATURATION: u64 = 12;

impl Index {
    /// The index of a library: its provisions of UK law and guidance. Law of elsewhere cannot be what a finding is of.
    #[must_use]
    pub fn new(library: &Library) -> Self {
        let linkable = |id: &ProvisionId| library.instrument(library.provision(*id).key.instrument).extent == Extent::Uk;
        let pages: Vec<Page> = links::provisions(library).filter(linkable).map(|id| page(library, id)).collect();
        let mut spread: BTreeMap<String, u64> = BTreeMap::new();
        for term in pages.iter().flat_map(|page| page.terms.keys()) {
            *spread.entry(term.clone()).or_default() += 1;
        }
        let whole: u64 = pages.iter().map(|page| page.length).sum();
        let average = (whole / (pages.len() as u64).max(1)).max(1);
        Self { pages, spread, average }
    }

    /// How much a term tells: the rarer, the more. In 1024ths.
    pub(super) fn rarity(&self, term: &str) -> u64 {
        let (pages, with) = (self.pages.len() as u64, self.spread.get(term).copied().unwrap_or(0));
        log2(2 * pages + 2, 2 * with + 1)
    }

    /// Every page with its matches by term.
    pub(super) fn matches<'i>(&'i self, terms: &'i [&str]) -> impl Iterator<Item = (ProvisionId, u64, Vec<Option<Match>>)> + 'i {
        self.pages.iter().map(move |page| {
            let found = terms.iter().map(|term| {
                let (weight, part) = page.terms.get(*term).copied()?;
                // k · (1 - b + b · length / average), with b = 1/2.
                let damping = SATURATION * (self.average + page.length) / (2 * self.average);
                let score = self.rarity(term) * weight * 1024 / (weight + damping.max(1));
                Some(Match { score, part })
            });
            (page.provision, page.prior, found.collect())
        })
    }
}

/// The binary logarithm of a ratio of at least 1, in 1024ths; 0 below that.
fn log2(above: u64, below: u64) -> u64 {
    if above <= below {
        return 0;
    }
    let whole = (above / below).ilog2();
    // The rest lies between 1 and 2, with 30 bits behind the point; squaring it gives one bit of its logarithm at a time.
    let mut rest = (u128::from(above) << 30) / (u128::from(below) << whole);
    let mut bits = u64::from(whole);
    for _ in 0..10 {
        rest = (rest * rest) >> 30;
        bits <<= 1;
        if rest >= 2 << 30 {
            rest >>= 1;
            bits |= 1;
        }
    }
    bits
}

fn page(library: &Library, id: ProvisionId) -> Page {
    let provision = library.provision(id);
    let mut page = Page { provision: id, terms: BTreeMap::new(), length: 0, prior: prior(provision.duty, provision.basis) };
    page.add(&provision.title, Part::Title);
    // Of several versions the words of each are known; which of them reads on the day is for whoever links.
    for version in &provision.versions {
        page.add(&version.summary, Part::Summary);
    }
    provision.observed.iter().for_each(|line| page.add(line, Part::Observed));
    for link in &provision.links {
        page.add(&library.strategic(link.target.to).title, Part::Component);
        page.add(link.because.as_deref().unwrap_or(""), Part::Component);
    }
    for requirement in links::requirements_of_provision(library, id).into_iter().map(|id| library.requirement(id)) {
        page.requirement(requirement);
    }
    page
}

/// An inspector writes up what somebody had to do; what only defines or empowers is seldom what was not done.
const fn prior(duty: Duty, basis: Basis) -> u64 {
    match (duty, basis) {
        (_, Basis::Sealed) => 60,
        (Duty::Must | Duty::Should, _) => 100,
        (Duty::May, _) => 85,
        (Duty::Defines | Duty::Empowers, _) => 75,
    }
}

impl Page {
    fn requirement(&mut self, requirement: &Requirement) {
        self.add(&requirement.title, Part::Requirement);
        for clause in &requirement.clauses {
            self.add(&clause.title, Part::Expectation);
            for text in clause.otherwise.iter().chain(&clause.remedy) {
                if let TextPart::Plain(plain) = text {
                    self.add(plain, Part::Expectation);
                }
            }
        }
        for judge in &requirement.judges {
            self.add(&judge.question, Part::Expectation);
        }
    }

    fn add(&mut self, text: &str, part: Part) {
        for term in words::terms(text) {
            let known = self.terms.entry(term.name).or_insert((0, part));
            known.0 += part.weight();
            known.1 = known.1.min(part);
            self.length += part.weight();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::log2;

    #[test]
    fn logarithms() {
        assert_eq!((log2(1, 1), log2(2, 1), log2(8, 1), log2(3, 5)), (0, 1024, 3072, 0));
        // log2(10) = 3.3219…
        assert_eq!(log2(10, 1), 3401);
        assert!(log2(u64::MAX, 1) > 63 * 1024);
    }
}
