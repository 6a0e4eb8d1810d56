//! Which kind a table is of, and which column is which field.

use super::layout::Layout;
use super::profile::Column;
use super::words::{Field, Fit, Lexicon, leaf, words};
use super::{About, Because, Guess, Placed, Sure, Unplaced, dates, terms};
use crate::base::column_letters;
use crate::library::Library;
use crate::library::model::{Common, KindId, Scalar};
use crate::sheet::{DateFormat, Sheet};

/// Words for yes and no that need no mention.
const USUAL: ([&str; 4], [&str; 4]) = (["yes", "true", "y", "1"], ["no", "false", "n", "0"]);
/// Others that are understood, and are then written down.
const OTHERS: ([&str; 8], [&str; 7]) =
    (["x", "✓", "✔", "ja", "oui", "si", "ok", "on"], ["-", "–", "nein", "non", "none", "off", "not ok"]);

/// A column and a field that may be it.
#[derive(Debug, Clone)]
struct Match {
    column: usize,
    field: usize,
    score: i32,
    fit: Fit,
    /// What the values say; `None` when they say nothing.
    values: Option<String>,
    /// Whether the values all suit the field.
    all: bool,
}

/// A kind with what its fields take of the columns.
struct Candidate {
    kind: KindId,
    matches: Vec<Match>,
    score: i32,
    lacking: usize,
}

/// Finds the kind and the fields; none when nothing fits.
pub(super) fn place(
    library: &Library,
    lexicon: &Lexicon,
    sheet: &Sheet,
    layout: &Layout,
    columns: &[Column<'_>],
    about: About<'_>,
) -> Option<Guess> {
    let headings: Vec<Vec<String>> = layout.names.iter().map(|n| words(leaf(n))).collect();
    let whole: Vec<Vec<String>> = layout.names.iter().map(|n| words(n)).collect();
    let called = words(&[about.name, sheet.name.as_deref().unwrap_or(""), &layout.above].join(" "));
    let kinds = (0..library.kinds.len() as u32).map(KindId).filter(|k| about.kind.is_none_or(|asked| asked == *k));
    let mut candidates: Vec<Candidate> =
        kinds.map(|kind| candidate(library, kind, lexicon.of(kind), [&headings, &whole], columns, &called)).collect();
    candidates.sort_by(|a, b| b.score.cmp(&a.score).then(a.kind.cmp(&b.kind)));
    let mut candidates = candidates.into_iter();
    let best = candidates.next()?;
    let fields = lexicon.of(best.kind);
    let own = best.matches.iter().filter(|m| fields.get(m.field).is_some_and(|f| f.name != "id")).count();
    if about.kind.is_none() && (best.score < 60 || own < 2) {
        return None;
    }
    let kind_because = because_of_kind(library, &best, candidates.next().as_ref(), fields, about);
    Some(written_down(library, sheet, layout, columns, best, fields, kind_because, about))
}

fn because_of_kind(library: &Library, best: &Candidate, next: Option<&Candidate>, fields: &[Field], about: About<'_>) -> Because {
    let needed = fields.iter().filter(|f| !f.optional).count();
    let found = best.matches.len();
    let columns = if found == 1 { "1 column is a field of it".to_owned() } else { format!("{found} columns are fields of it") };
    let mut why = match needed - best.lacking {
        _ if needed == 0 => format!("{columns}, and it needs none"),
        have if have == needed => format!("{columns}, with all {needed} that it needs"),
        have => format!("{columns}, with {have} of {needed} that it needs"),
    };
    if about.kind.is_some() {
        return Because { sure: Sure::Sure, why: format!("asked for; {why}") };
    }
    let margin = next.map_or(100, |n| (best.score - n.score) * 100 / best.score.max(1));
    if let Some(next) = next.filter(|n| n.score > 0) {
        why.push_str(&format!("; the next best is {}", library.kind(next.kind).name));
    }
    let sure = match () {
        () if best.lacking == 0 && margin >= 25 => Sure::Sure,
        () if margin >= 10 && best.lacking * 2 <= needed => Sure::Likely,
        () => Sure::Guess,
    };
    Because { sure, why }
}

/// The best that a kind can make of the columns.
fn candidate(
    library: &Library,
    kind: KindId,
    fields: &[Field],
    headings: [&Vec<Vec<String>>; 2],
    columns: &[Column<'_>],
    called: &[String],
) -> Candidate {
    let mut matches = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        let heading = |of: &Vec<Vec<String>>| of.get(at).cloned().unwrap_or_default();
        let (leaf, whole) = (heading(headings[0]), heading(headings[1]));
        for (index, field) in fields.iter().enumerate() {
            let fit = field.fit(&whole).max(field.fit(&leaf)).or_else(|| by_kind(library, kind, field, &leaf, column));
            let Some(fit) = fit else { continue };
            let Some((bonus, values, all)) = suits(library, field, column, fit) else { continue };
            let nothing = if column.filled == 0 { -10 } else { 0 };
            // Every kind has these; its own fields go first.
            let common = if (1..Common::ALL.len()).contains(&index) { -10 } else { 0 };
            matches.push(Match { column: at, field: index, score: fit.0 + bonus + nothing + common, fit, values, all });
        }
    }
    matches.sort_by(|a, b| b.score.cmp(&a.score).then(a.column.cmp(&b.column)).then(a.field.cmp(&b.field)));
    let mut taken: Vec<Match> = Vec::new();
    for found in matches {
        if taken.iter().all(|t| t.column != found.column && t.field != found.field) && found.score >= Fit::SOME.0 {
            taken.push(found);
        }
    }
    taken.extend(first_column(fields, columns, &taken));
    taken.sort_by_key(|m| m.column);
    let lacking = fields.iter().enumerate().filter(|(at, f)| !f.optional && taken.iter().all(|m| m.field != *at)).count();
    let needed = fields.iter().filter(|f| !f.optional).count();
    let named = words(&library.kind(kind).name);
    let title = named.iter().filter(|w| called.iter().any(|c| alike(c, w))).count() as i32;
    let named = if named.is_empty() { 0 } else { title * 40 / named.len() as i32 };
    let plain = taken.iter().map(|m| m.score).sum::<i32>();
    let score = plain + named + (needed - lacking) as i32 * 20 - lacking as i32 * 25;
    Candidate { kind, matches: taken, score, lacking }
}

/// Whether two words are one word but for its ending: `certificates`, `certification`.
fn alike(a: &str, b: &str) -> bool {
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let (short, long) = (a.chars().count().min(b.chars().count()), a.chars().count().max(b.chars().count()));
    a == b || (same >= 4 && same + 1 >= short && long <= same + 2) || same >= 8
}

/// Where no heading says which column holds ids, the first one does if all its cells are filled and differ.
fn first_column(fields: &[Field], columns: &[Column<'_>], taken: &[Match]) -> Option<Match> {
    let field = fields.iter().position(|f| f.name == "id").filter(|id| taken.iter().all(|m| m.field != *id))?;
    let most = columns.iter().map(|c| c.filled).max()?;
    let (at, column) = columns.iter().enumerate().find(|(_, c)| c.filled > 0)?;
    let free = taken.iter().all(|m| m.column != at);
    let good = free && column.distinct && column.filled == most && most > 1 && dates::readable(column) == 0;
    let counter =
        if column.counts_rows() { "; it counts the rows, so records change their names when a row comes or goes" } else { "" };
    let values = Some(format!("it is the first column, and {most} of {most} values differ{counter}"));
    good.then_some(Match { column: at, field, score: 15, fit: Fit(15), values, all: false })
}

/// What the kind itself suggests: its only date is what a bare `Date` means, and its own name over numbers that all differ is its id.
fn by_kind(library: &Library, kind: KindId, field: &Field, heading: &[String], column: &Column<'_>) -> Option<Fit> {
    let definition = library.kind(kind);
    let dated = definition.dated_by.and_then(|c| library.table_of(kind).columns.get(c.0 as usize));
    let bare = matches!(heading, [only] if only == "date" || only == "when");
    if bare && dated.is_some_and(|c| c.name == field.name) {
        return Some(Fit::NEAR);
    }
    let last = heading.last().map_or("", String::as_str);
    let of_kind = words(&definition.name).iter().any(|w| heading.contains(w));
    let numbers = column.distinct && column.filled > 1;
    (field.name == "id" && numbers && (of_kind || matches!(last, "number" | "id" | "ref" | "reference")) && heading.len() <= 3)
        .then_some(Fit::SOME)
}

/// How well the values of a column suit a field: points, the evidence in words, and whether all do. None when they cannot be of it.
fn suits(library: &Library, field: &Field, column: &Column<'_>, fit: Fit) -> Option<(i32, Option<String>, bool)> {
    let filled = column.filled;
    if filled == 0 {
        return Some((0, Some("no cell of it is filled".to_owned()), false));
    }
    let share = |good: u32, what: &str, points: i32| {
        let bonus = i32::try_from(i64::from(good) * i64::from(points) / i64::from(filled)).unwrap_or(0);
        (good > 0 && good * 2 >= filled).then(|| (bonus, Some(format!("{good} of {filled} values are {what}")), good == filled))
    };
    let days = || column.days + dates::readable(column);
    match field.of {
        Scalar::Date => {
            let good = days();
            if good * 2 >= filled { share(good, "dates", 25) } else { share(dates::serials(column), "numbers of days", 15) }
        }
        Scalar::Bool => {
            let known = |text: &str| {
                let lower = text.to_lowercase();
                let lower = lower.as_str();
                USUAL.0.contains(&lower) || USUAL.1.contains(&lower) || OTHERS.0.contains(&lower) || OTHERS.1.contains(&lower)
            };
            let good = column.texts.iter().filter(|(t, ..)| known(t)).map(|(_, n, _)| n).sum();
            share(good, "yes or no", 25)
        }
        Scalar::Term(vocabulary) => {
            let vocabulary = library.vocabulary(vocabulary);
            let good = terms::fitting(vocabulary, column);
            if good == 0 {
                // Its words may all be the entity's own; numbers and days are none.
                return (column.texts.len() <= 60 && days() * 2 < filled && column.numbers * 2 < filled)
                    .then(|| (-12, Some(format!("none of its words are terms of {}", vocabulary.name)), false));
            }
            let bonus = i32::try_from(i64::from(good) * 30 / i64::from(filled)).unwrap_or(0);
            Some((bonus, Some(format!("{good} of {filled} values are terms of {}", vocabulary.name)), good == filled))
        }
        Scalar::Whole | Scalar::Decimal => {
            let number = |text: &str| text.parse::<crate::base::Decimal>().is_ok();
            let good = column.texts.iter().filter(|(t, ..)| number(t)).map(|(_, n, _)| n).sum();
            share(good, "numbers", 15)
        }
        Scalar::Percent => {
            share(column.texts.iter().filter(|(t, ..)| t.ends_with('%')).map(|(_, n, _)| n).sum(), "percentages", 25)
        }
        Scalar::Period | Scalar::Interval => {
            let form = |text: &str| text.contains('/') || text.starts_with('P') || text.contains(' ');
            share(column.texts.iter().filter(|(t, ..)| form(t)).map(|(_, n, _)| n).sum(), "of its form", 10)
        }
        Scalar::Text if field.name == "id" => {
            if days() * 2 >= filled {
                return None;
            }
            match (column.distinct, column.texts.first()) {
                (true, _) if column.counts_rows() => {
                    let why = "it counts the rows, so records change their names when a row comes or goes";
                    Some((20, Some(why.to_owned()), false))
                }
                (true, _) => Some((20, Some(format!("{filled} of {filled} values differ")), true)),
                // What stands twice by mistake is told with its cells when it is read; the other ids stay what they are.
                (false, Some((twice, times, _))) if fit >= Fit::SYNONYM && column.texts.len() * 2 > filled as usize => {
                    let different = column.texts.len();
                    let twice = super::tell::short(twice);
                    Some((-10, Some(format!("{different} of {filled} values differ, and {twice} stands {times} times")), false))
                }
                (false, _) => None,
            }
        }
        Scalar::Text => (days() * 2 < filled).then_some((0, None, true)),
        Scalar::Ref(kind) => {
            (days() * 2 < filled).then(|| (4, Some(format!("must be ids of a {}", library.kind(kind).name)), true))
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "it puts together what all the others found")]
fn written_down(
    library: &Library,
    sheet: &Sheet,
    layout: &Layout,
    columns: &[Column<'_>],
    best: Candidate,
    fields: &[Field],
    kind_because: Because,
    about: About<'_>,
) -> Guess {
    let mut guess = Guess {
        sheet: sheet.name.clone(),
        header: layout.header,
        header_because: layout.because.clone(),
        records: extent(sheet, layout),
        kind: best.kind,
        kind_because,
        placed: Vec::new(),
        unplaced: Vec::new(),
        lacking: Vec::new(),
        dates: Vec::new(),
        dates_because: None,
        booleans: None,
        odd_booleans: Vec::new(),
        terms: Vec::new(),
        skip: layout.skip.clone(),
        id_prefix: None,
        delimiter: about.delimiter,
    };
    let (mut days, mut bools) = (Vec::new(), Vec::new());
    for found in &best.matches {
        let (Some(field), Some(column)) = (fields.get(found.field), columns.get(found.column)) else { continue };
        let sure = match found.fit {
            f if f >= Fit::SYNONYM && found.all => Sure::Sure,
            f if f >= Fit::SYNONYM || (f >= Fit::NEAR && found.all) => Sure::Likely,
            _ => Sure::Guess,
        };
        let named = match found.fit {
            Fit::NAME => "its heading is the field's name",
            Fit::SYNONYM => "its heading is another word for it",
            Fit::NEAR => "its heading is close to it",
            Fit(15) => "its heading does not say so",
            _ => "its heading has words of it",
        };
        let why = found.values.as_ref().map_or_else(|| named.to_owned(), |values| format!("{named}; {values}"));
        let at = found.column as u32;
        guess.placed.push(Placed {
            column: at,
            heading: heading(layout, found.column),
            field: field.name.clone(),
            because: Because { sure, why },
        });
        match field.of {
            Scalar::Date => days.push((at, column)),
            Scalar::Bool => bools.push((field.name.clone(), column)),
            Scalar::Term(vocabulary) => {
                let words = terms::words_of(library.vocabulary(vocabulary), column);
                if !words.is_empty() {
                    guess.terms.push((field.name.clone(), words));
                }
            }
            Scalar::Text
            | Scalar::Whole
            | Scalar::Decimal
            | Scalar::Percent
            | Scalar::Period
            | Scalar::Interval
            | Scalar::Ref(_) => {}
        }
    }
    (guess.dates, guess.dates_because) = dates::forms(&days);
    add_serials(&mut guess, &days);
    booleans(&mut guess, &bools);
    for (at, column) in columns.iter().enumerate().filter(|(at, _)| best.matches.iter().all(|m| m.column != *at)) {
        let name = layout.names.get(at).cloned().unwrap_or_default();
        if column.filled > 0 || !name.is_empty() {
            guess.unplaced.push(Unplaced { column: at as u32, heading: name, holds: column.holds() });
        }
    }
    let has = |name: &str| guess.placed.iter().any(|p| p.field == name);
    guess.lacking = fields.iter().filter(|f| !f.optional && !has(&f.name)).map(|f| f.name.clone()).collect();
    if !has("id") {
        guess.id_prefix = Some(prefix(about.name, sheet.name.as_deref()));
    }
    guess
}

/// How the mapping names a column: by its heading where that is its own, else by its letters.
fn heading(layout: &Layout, at: usize) -> String {
    let name = layout.names.get(at).map_or("", String::as_str);
    let alone = layout.names.iter().filter(|n| *n == name).count() == 1;
    if alone && !name.is_empty() { name.to_owned() } else { format!("column {}", column_letters(at as u32 + 1)) }
}

fn extent(sheet: &Sheet, layout: &Layout) -> (usize, u32, u32) {
    let number = |at: Option<&usize>| at.and_then(|at| sheet.rows.get(*at)).map_or(0, |r| r.number);
    (layout.records.len(), number(layout.records.first()), number(layout.records.last()))
}

/// Numbers of days among the dates need a form of their own.
fn add_serials(guess: &mut Guess, days: &[(u32, &Column<'_>)]) {
    let serials: u32 = days.iter().map(|(_, column)| dates::serials(column)).sum();
    if let (1.., Some(form)) = (serials, DateFormat::named("serial")) {
        guess.dates.push(form);
        if let Some(because) = &mut guess.dates_because {
            because.sure = because.sure.min(Sure::Likely);
            let said = if serials == 1 { "1 is a number of days".to_owned() } else { format!("{serials} are numbers of days") };
            let rest = if because.why.is_empty() { String::new() } else { format!("; {}", because.why) };
            because.why = format!("{said}, as a spreadsheet stores them{rest}");
        }
    }
}

/// Words for yes and no beside the usual ones.
fn booleans(guess: &mut Guess, bools: &[(String, &Column<'_>)]) {
    let (mut yes, mut no) = (Vec::new(), Vec::new());
    for (field, column) in bools {
        for (text, ..) in &column.texts {
            let lower = text.to_lowercase();
            let word = lower.as_str();
            if OTHERS.0.contains(&word) {
                yes.push(lower);
            } else if OTHERS.1.contains(&word) {
                no.push(lower);
            } else if !USUAL.0.contains(&word) && !USUAL.1.contains(&word) && guess.odd_booleans.len() < 50 {
                guess.odd_booleans.push((field.clone(), (*text).to_owned()));
            }
        }
    }
    if yes.is_empty() && no.is_empty() {
        return;
    }
    let with = |usual: [&str; 4], mut more: Vec<String>| {
        more.sort();
        more.dedup();
        usual.into_iter().map(str::to_owned).chain(more).collect()
    };
    guess.booleans = Some((with(USUAL.0, yes), with(USUAL.1, no)));
}

/// What ids begin with: the file's name and the sheet's.
fn prefix(file: &str, sheet: Option<&str>) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let mut parts = words(stem);
    parts.extend(sheet.map(words).unwrap_or_default());
    parts.dedup();
    if parts.is_empty() { "row".to_owned() } else { parts.join("-") }
}
