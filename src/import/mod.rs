//! From a spreadsheet somebody keeps to an entry of `tables`: guesses what it holds, says how sure each guess is and why, and writes it down where a
//! person can change it. Asks nothing, decides nothing: what is written down is read like any other entry.
//!
//! `layout` finds the headings, `profile` looks at what columns hold, `place` decides which column is which field of which kind, `terms` and `dates` read
//! words and days, `write` makes the mapping file and `tell` the summary. To teach it a word: a row in `words::SYNONYMS`.

mod dates;
mod layout;
mod place;
mod profile;
mod tell;
mod terms;
#[cfg(test)]
mod tests;
mod words;
mod write;

pub use tell::told;
pub use write::mapping;

use crate::library::Library;
use crate::library::model::KindId;
use crate::sheet::{DateFormat, Sheet};

/// How sure a guess is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sure {
    /// It is the best there is, and may well be wrong.
    Guess,
    /// More speaks for it than against it.
    Likely,
    /// Nothing speaks against it.
    Sure,
}

impl Sure {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sure => "sure",
            Self::Likely => "likely",
            Self::Guess => "a guess",
        }
    }
}

/// A guess with what speaks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Because {
    /// How sure.
    pub sure: Sure,
    /// Why, in a few words.
    pub why: String,
}

/// A column that was given a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The column, from 0.
    pub column: u32,
    /// How the mapping names it: its heading, or `column D`.
    pub heading: String,
    /// The field.
    pub field: String,
    /// What speaks for it.
    pub because: Because,
}

/// A column that was given none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unplaced {
    /// The column, from 0.
    pub column: u32,
    /// Its heading; may be empty.
    pub heading: String,
    /// What it holds.
    pub holds: String,
}

/// A word of a column and the term it may stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The word, as it stands in cells.
    pub word: String,
    /// In how many.
    pub cells: u32,
    /// The term, and how sure; a term of `Sure::Guess` is only shown.
    pub term: Option<(String, Sure)>,
}

/// What a sheet was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// The sheet's name; `None` for a CSV text.
    pub sheet: Option<String>,
    /// First and last row of the headings.
    pub header: (u32, u32),
    /// How the headings were found.
    pub header_because: Because,
    /// Rows with records, and the first and last of them.
    pub records: (usize, u32, u32),
    /// The kind.
    pub kind: KindId,
    /// What speaks for it.
    pub kind_because: Because,
    /// Columns with a field, in their order.
    pub placed: Vec<Placed>,
    /// Columns without.
    pub unplaced: Vec<Unplaced>,
    /// Fields the kind needs that no column holds.
    pub lacking: Vec<String>,
    /// How dates are written as text; none where there are none.
    pub dates: Vec<DateFormat>,
    /// What speaks for that; `None` where no column is a date.
    pub dates_because: Option<Because>,
    /// Words for yes and no, where they are not the usual ones.
    pub booleans: Option<(Vec<String>, Vec<String>)>,
    /// Words for yes and no that are not understood, by field.
    pub odd_booleans: Vec<(String, String)>,
    /// By field, its words that are not terms themselves.
    pub terms: Vec<(String, Vec<Word>)>,
    /// What rows begin with that are no records, and in which rows.
    pub skip: Vec<(String, Vec<u32>)>,
    /// What ids begin with, where no column holds them.
    pub id_prefix: Option<String>,
    /// What stands between cells.
    pub delimiter: Option<u8>,
}

/// What became of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was taken for something.
    Guessed(Box<Guess>),
    /// It is empty, or no kind fits; why, in a sentence.
    LeftAlone {
        /// Its name.
        sheet: Option<String>,
        /// Why.
        why: String,
    },
}

/// What is known of a file beside its sheets.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// What it is called.
    pub name: &'a str,
    /// The kind that was asked for.
    pub kind: Option<KindId>,
    /// What stands between cells of a CSV text.
    pub delimiter: Option<u8>,
}

/// Guesses what a sheet holds.
#[must_use]
pub fn guess(library: &Library, sheet: &Sheet, about: About<'_>) -> Outcome {
    let left = |why: &str| Outcome::LeftAlone { sheet: sheet.name.clone(), why: why.to_owned() };
    if sheet.rows.is_empty() {
        return left("it is empty");
    }
    let lexicon = words::Lexicon::new(library);
    let Some(layout) = layout::find(sheet, &lexicon) else {
        return left("no row of headings with records below it was found");
    };
    let columns = profile::columns(sheet, &layout);
    match place::place(library, &lexicon, sheet, &layout, &columns, about) {
        Some(guess) => Outcome::Guessed(Box::new(guess)),
        None => left("its headings fit no evidence kind: say which it is with `--kind`"),
    }
}

/// What stands between the cells of a CSV text: whatever parts its lines most evenly.
#[must_use]
pub fn delimiter(text: &str) -> u8 {
    let score = |delimiter: u8| {
        let mut scanner = crate::sheet::Scanner::new(text, delimiter);
        let (mut cells, mut faults, mut widths) = (Vec::new(), Vec::new(), Vec::new());
        while widths.len() < 60 && scanner.next(&mut cells, &mut faults).is_some() {
            widths.push(cells.len());
        }
        let usual = widths.iter().copied().max_by_key(|w| (widths.iter().filter(|o| *o == w).count() * usize::from(*w > 1), *w));
        let even = usual.map_or(0, |usual| widths.iter().filter(|w| **w == usual && usual > 1).count());
        (even, usual.unwrap_or(0))
    };
    // Of those that part as evenly the first one is usual.
    let mut best = (b',', score(b','));
    for other in *b";\t|" {
        let found = score(other);
        if found > best.1 {
            best = (other, found);
        }
    }
    best.0
}
