//! Prose to terms: words brought to their root, and words that mean the same in this field brought to one term.
//!
//! What means the same stands in `synonyms.txt`, a line for each meaning; to teach the index a word, add it there.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A term found in a text, and the bytes it was found at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    /// The root of a word, or a meaning (with `=` before it).
    pub(super) name: String,
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
}

/// Words that say nothing about the matter.
const EMPTY: &[&str] = &[
    "a",
    "about",
    "after",
    "again",
    "all",
    "already",
    "also",
    "although",
    "an",
    "and",
    "another",
    "any",
    "are",
    "as",
    "asked",
    "at",
    "be",
    "because",
    "been",
    "before",
    "being",
    "believed",
    "but",
    "by",
    "can",
    "cannot",
    "could",
    "day",
    "days",
    "did",
    "do",
    "does",
    "done",
    "each",
    "eight",
    "eighteen",
    "eleven",
    "even",
    "fifteen",
    "fifty",
    "first",
    "five",
    "for",
    "forty",
    "found",
    "four",
    "fourteen",
    "from",
    "given",
    "had",
    "half",
    "has",
    "have",
    "he",
    "her",
    "him",
    "his",
    "how",
    "hundred",
    "in",
    "into",
    "is",
    "it",
    "its",
    "just",
    "last",
    "made",
    "may",
    "more",
    "most",
    "much",
    "must",
    "nine",
    "nineteen",
    "no",
    "nobody",
    "none",
    "nor",
    "not",
    "nothing",
    "of",
    "off",
    "on",
    "one",
    "only",
    "or",
    "other",
    "our",
    "out",
    "over",
    "own",
    "saw",
    "second",
    "seen",
    "seven",
    "seventeen",
    "several",
    "she",
    "should",
    "since",
    "six",
    "sixteen",
    "so",
    "some",
    "still",
    "such",
    "taken",
    "ten",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "third",
    "thirteen",
    "thirty",
    "this",
    "those",
    "three",
    "through",
    "to",
    "told",
    "twelve",
    "twenty",
    "two",
    "under",
    "up",
    "was",
    "way",
    "we",
    "were",
    "what",
    "when",
    "where",
    "which",
    "who",
    "whom",
    "whose",
    "why",
    "will",
    "with",
    "without",
    "would",
    "yet",
];

/// The terms of a text, in their order.
pub(super) fn terms(text: &str) -> Vec<Term> {
    let words = roots(text);
    let meanings = meanings();
    let mut terms = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let phrases = meanings.get(word.name.as_str()).map_or(&[][..], Vec::as_slice);
        let matches = |phrase: &Phrase| phrase.rest.iter().zip(words.iter().skip(at + 1)).filter(|(p, w)| **p == w.name).count();
        let longest = phrases.iter().filter(|p| matches(p) == p.rest.len()).map(|p| p.rest.len()).max();
        match longest {
            Some(more) => {
                let end = words.get(at + more).map_or(word.end, |w| w.end);
                let said = phrases.iter().filter(|p| p.rest.len() == more && matches(p) == more);
                terms.extend(said.map(|p| Term { name: format!("={}", p.meaning), start: word.start, end }));
                at += more + 1;
            }
            None => {
                if EMPTY.binary_search(&word.text.as_str()).is_err() {
                    terms.push(Term { name: word.name.clone(), start: word.start, end: word.end });
                }
                at += 1;
            }
        }
    }
    terms
}

/// A word with its root.
struct Word {
    text: String,
    name: String,
    start: usize,
    end: usize,
}

fn roots(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, char) in text.char_indices().chain([(text.len(), ' ')]) {
        match (char.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let word = text.get(from..at).unwrap_or("").to_lowercase();
                // `manager's`: what stands behind the apostrophe is no word.
                let of_the_last = word == "s" && text.get(..from).is_some_and(|before| before.ends_with(['\'', '’']));
                if !of_the_last {
                    words.push(Word { name: root(&word), text: word, start: from, end: at });
                }
                start = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
    words
}

/// The root of an English word: its endings taken off, so that `validated`, `validating` and `validations` are one. Crude on purpose: both sides go
/// through it, and it need only be the same for both.
fn root(word: &str) -> String {
    let mut root = word.to_owned();
    if !word.is_ascii() || word.len() < 4 || word.bytes().any(|b| b.is_ascii_digit()) {
        return root;
    }
    if let Some(stem) = root.strip_suffix("ies") {
        root = format!("{stem}y");
    } else if root.ends_with('s') && !root.ends_with("ss") && !root.ends_with("us") && !root.ends_with("is") {
        root.pop();
    }
    for (ending, least) in [("ation", 4), ("ing", 4), ("ion", 4), ("ed", 3), ("ly", 4), ("al", 5), ("er", 4), ("or", 5)] {
        if let Some(stem) = root.strip_suffix(ending)
            && stem.len() >= least
        {
            root = stem.to_owned();
            break;
        }
    }
    // `stopped`, `planned`: the letter that was doubled for the ending.
    let bytes = root.as_bytes();
    if let [.., a, b] = bytes
        && a == b
        && !matches!(a, b'l' | b's' | b'e' | b'o')
        && root.len() > 3
    {
        root.pop();
    }
    for ending in ["at", "e"] {
        if root.len() >= ending.len() + 4
            && let Some(stem) = root.strip_suffix(ending)
        {
            root = stem.to_owned();
        }
    }
    if root.len() > 3 && root.ends_with('y') {
        root.pop();
        root.push('i');
    }
    root
}

/// A phrase by its first word.
struct Phrase {
    rest: Vec<String>,
    meaning: &'static str,
}

/// The phrases by the root of their first word.
fn meanings() -> &'static BTreeMap<String, Vec<Phrase>> {
    static ONCE: OnceLock<BTreeMap<String, Vec<Phrase>>> = OnceLock::new();
    ONCE.get_or_init(|| {
        let mut meanings: BTreeMap<String, Vec<Phrase>> = BTreeMap::new();
        for (meaning, phrases) in lines() {
            for phrase in phrases.split(',') {
                let mut words = roots(phrase).into_iter().map(|w| w.name);
                let Some(first) = words.next() else { continue };
                let phrase = Phrase { rest: words.collect(), meaning };
                let known = meanings.entry(first).or_default();
                if !known.iter().any(|p| p.meaning == meaning && p.rest == phrase.rest) {
                    known.push(phrase);
                }
            }
        }
        meanings
    })
}

/// The lines of the list: a meaning, and its phrases.
fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("synonyms.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(':')).map(|(meaning, phrases)| (meaning.trim(), phrases))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        terms(text).into_iter().map(|t| t.name).collect()
    }

    #[test]
    fn forms_of_a_word_are_one() {
        for (a, b) in [
            ("validated", "validation"),
            ("trained", "training"),
            ("records", "recorded"),
            ("certificates", "certificate"),
            ("companies", "company"),
            ("stopped", "stop"),
            ("instructors", "instructor"),
        ] {
            assert_eq!(root(a), root(b), "{a} {b}");
        }
        assert_ne!(root("certain"), root("certificate"));
    }

    #[test]
    fn words_of_the_field_are_one() {
        assert_eq!(names("the vetting"), names("a background check"));
        assert_eq!(names("his badge"), names("identification cards"));
    }

    #[test]
    fn places_are_in_the_text() {
        let text = "Zwölf Männer: the manager’s background checks were late.";
        for term in terms(text) {
            assert!(text.get(term.start..term.end).is_some(), "{term:?}");
        }
        assert!(terms(text).iter().any(|t| text.get(t.start..t.end) == Some("background checks")));
        assert!(names("").is_empty());
    }

    #[test]
    fn lists_are_in_order() {
        assert!(EMPTY.is_sorted());
        let meanings: Vec<&str> = lines().map(|(meaning, _)| meaning).collect();
        assert!(meanings.is_sorted(), "{meanings:?}");
    }
}
