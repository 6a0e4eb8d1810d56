//! Words of cells and the terms of vocabularies they may stand for.

use super::profile::Column;
use super::words::words;
use super::{Sure, Word};
use crate::library::model::Vocabulary;

/// More different words than that are no vocabulary.
const MOST_WORDS: usize = 200;

/// The term a word may stand for.
pub(super) fn term(vocabulary: &Vocabulary, word: &str) -> Option<(String, Sure)> {
    let own = words(word);
    if own.is_empty() {
        return None;
    }
    let mut found: Vec<(Sure, i32, &str)> = Vec::new();
    for term in &vocabulary.terms {
        let (name, title) = (words(&term.name), words(&term.title));
        if own == name || own == title {
            return Some((term.name.clone(), Sure::Sure));
        }
        let joined = own.join(" ");
        let all_in = |other: &[String]| own.iter().all(|w| other.iter().any(|o| stem(o) == stem(w)));
        let only_one = own.len() == 1 && joined.len() < 4;
        if !only_one && own.len() == name.len().min(title.len()) && (all_in(&name) || all_in(&title)) {
            found.push((Sure::Likely, 0, &term.name));
        } else if !only_one && (all_in(&name) || all_in(&title)) {
            found.push((Sure::Likely, 1, &term.name));
        } else if initials(&own, &title) || initials(&own, &name) {
            found.push((Sure::Guess, 2, &term.name));
        } else {
            let distance = strsim::osa_distance(&joined, &name.join(" ")).min(strsim::osa_distance(&joined, &title.join(" ")));
            if distance <= joined.len() / 4 {
                found.push((Sure::Guess, 3 + distance as i32, &term.name));
            } else if own.iter().any(|w| w.len() > 4 && name.iter().chain(&title).any(|o| stem(o) == stem(w))) {
                found.push((Sure::Guess, 20, &term.name));
            }
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(b.2)));
    let (sure, rank, name) = found.first()?;
    // Two that fit as well are a guess.
    let tied = found.iter().filter(|(s, r, _)| s == sure && r == rank).count() > 1;
    Some(((*name).to_owned(), if tied { Sure::Guess } else { *sure }))
}

/// A word without its ending: `passed`, `pass`.
fn stem(word: &str) -> &str {
    let strip = |end: &str| word.strip_suffix(end).filter(|rest| rest.len() >= 3);
    let plural = || strip("s").filter(|rest| !rest.ends_with('s'));
    strip("ing").or_else(|| strip("ed")).or_else(|| strip("es")).or_else(plural).or_else(|| strip("e")).unwrap_or(word)
}

/// `GSAT` for `general security awareness`, with or without `training` at its end.
fn initials(own: &[String], title: &[String]) -> bool {
    let [short] = own else { return false };
    let letters: String = title.iter().filter_map(|w| w.chars().next()).collect();
    letters.len() >= 3 && (*short == letters || *short == format!("{letters}t"))
}

/// How many cells of a column are terms, or stand for some.
pub(super) fn fitting(vocabulary: &Vocabulary, column: &Column<'_>) -> u32 {
    if column.texts.len() > MOST_WORDS {
        return 0;
    }
    column.texts.iter().filter(|(text, ..)| term(vocabulary, text).is_some_and(|(_, s)| s > Sure::Guess)).map(|(_, n, _)| n).sum()
}

/// The words of a column that are not terms as they stand.
pub(super) fn words_of(vocabulary: &Vocabulary, column: &Column<'_>) -> Vec<Word> {
    let foreign = column.texts.iter().filter(|(text, ..)| vocabulary.terms.iter().all(|t| t.name != *text));
    let word =
        |(text, cells, _): &(&str, u32, u32)| Word { word: (*text).to_owned(), cells: *cells, term: term(vocabulary, text) };
    foreign.take(MOST_WORDS).map(word).collect()
}
