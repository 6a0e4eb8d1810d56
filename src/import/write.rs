//! The mapping file: a part of a bundle like any other, with what was guessed and why beside it.

use super::{Guess, Outcome, Sure};
use crate::base::column_letters;
use crate::library::Library;

/// Writes the mapping of a file's sheets. `name` is the file as it was named, `from` its path in the bundle.
#[must_use]
pub fn mapping(library: &Library, name: &str, from: &str, outcomes: &[Outcome]) -> String {
    let mut out = String::new();
    let name = comment(name);
    out.push_str(&format!("# Which column of {name} is which field, as proposed by `abide import`.\n"));
    out.push_str("# It is yours to change. Then run it again with --mapping and the name of this file;\n");
    out.push_str("# with --into and the folder of a bundle, this file and the table are put there.\n");
    out.push_str("tables:\n");
    for outcome in outcomes {
        match outcome {
            Outcome::Guessed(guess) => table(&mut out, library, from, guess),
            Outcome::LeftAlone { sheet, why } => {
                let sheet = sheet.as_ref().map_or_else(|| "The table".to_owned(), |s| format!("Sheet {}", comment(s)));
                out.push_str(&format!("  # {sheet} was left alone: {}.\n", comment(why)));
            }
        }
    }
    if outcomes.iter().all(|o| matches!(o, Outcome::LeftAlone { .. })) {
        out.push_str("  []\n");
    }
    out
}

fn table(out: &mut String, library: &Library, from: &str, guess: &Guess) {
    let (records, first, last) = guess.records;
    let kind = library.kind(guess.kind);
    let because = &guess.kind_because;
    let what = guess.sheet.as_ref().map_or_else(|| "The table".to_owned(), |s| format!("Sheet {}", comment(s)));
    out.push_str(&format!("  # {what}: {records} records in rows {first} to {last}.\n"));
    out.push_str(&format!("  # Kind ({}): {}.\n", because.sure.word(), comment(&because.why)));
    out.push_str(&format!("  - kind: {}\n    from: {}\n", scalar(&kind.name), scalar(from)));
    if let Some(sheet) = &guess.sheet {
        out.push_str(&format!("    sheet: {}\n", scalar(sheet)));
    }
    let header = match guess.header {
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("{first}-{last}"),
    };
    out.push_str(&format!(
        "    header: {header} # {}: {}\n",
        guess.header_because.sure.word(),
        comment(&guess.header_because.why)
    ));
    out.push_str("    columns:\n");
    for placed in &guess.placed {
        out.push_str(&format!(
            "      {}: {} # {}, {}: {}\n",
            placed.field,
            scalar(&placed.heading),
            column_letters(placed.column + 1),
            placed.because.sure.word(),
            comment(&placed.because.why)
        ));
    }
    if guess.placed.is_empty() {
        out.truncate(out.len() - 1);
        out.push_str(" {}\n");
    }
    for unplaced in &guess.unplaced {
        let heading = if unplaced.heading.is_empty() { "no heading" } else { &unplaced.heading };
        out.push_str(&format!(
            "      # not placed: {}, {} ({})\n",
            column_letters(unplaced.column + 1),
            comment(heading),
            comment(&unplaced.holds)
        ));
    }
    for field in &guess.lacking {
        out.push_str(&format!("      # no column was found for {field}, which this kind needs\n"));
    }
    rest(out, guess);
}

fn rest(out: &mut String, guess: &Guess) {
    if let Some(prefix) = &guess.id_prefix {
        out.push_str(&format!("    id-prefix: {} # no column holds ids: they are this and the row\n", scalar(prefix)));
    }
    if let Some(because) = &guess.dates_because {
        let why = format!("# {}: {}", because.sure.word(), comment(&because.why));
        match guess.dates.as_slice() {
            [] => out.push_str(&format!("    # dates: {why}\n")),
            [one] => out.push_str(&format!("    date-format: {} {why}\n", scalar(one.name()))),
            many => {
                let names: Vec<String> = many.iter().map(|f| scalar(f.name())).collect();
                out.push_str(&format!("    date-format: [{}] {why}\n", names.join(", ")));
            }
        }
    }
    match guess.delimiter {
        Some(b'\t') => out.push_str("    delimiter: tab\n"),
        Some(delimiter) if delimiter != b',' => {
            out.push_str(&format!("    delimiter: {}\n", scalar(&char::from(delimiter).to_string())))
        }
        _ => {}
    }
    if let Some((yes, no)) = &guess.booleans {
        let list = |words: &[String]| words.iter().map(|w| quoted(w)).collect::<Vec<_>>().join(", ");
        out.push_str(&format!("    booleans: {{ yes: [{}], no: [{}] }}\n", list(yes), list(no)));
    }
    for (field, word) in &guess.odd_booleans {
        out.push_str(&format!("    # {field}: is {} yes or no? Say so under `booleans`.\n", comment(word)));
    }
    if !guess.terms.is_empty() {
        terms(out, guess);
    }
    if !guess.skip.is_empty() {
        out.push_str("    skip: # rows that begin so are no records\n");
        for (pattern, rows) in &guess.skip {
            let shown: Vec<String> = rows.iter().take(5).map(u32::to_string).collect();
            let more = if rows.len() > 5 { " and more" } else { "" };
            out.push_str(&format!("      - {} # row {}{more}\n", scalar(pattern), shown.join(", ")));
        }
    }
}

fn terms(out: &mut String, guess: &Guess) {
    out.push_str("    terms:\n");
    for (field, words) in &guess.terms {
        let stated = words.iter().any(|w| w.term.as_ref().is_some_and(|(_, sure)| *sure > Sure::Guess));
        out.push_str(&format!("      {field}:{}\n", if stated { "" } else { " {}" }));
        for word in words {
            let cells = format!("{} {}", word.cells, if word.cells == 1 { "cell" } else { "cells" });
            out.push_str(&match &word.term {
                Some((term, Sure::Guess)) => {
                    let indent = if stated { "" } else { " (put it under the field, in place of {})" };
                    format!(
                        "        # {}: {term} # a guess, {cells}: take away the first # if it is right{indent}\n",
                        scalar(&word.word)
                    )
                }
                Some((term, sure)) => format!("        {}: {term} # {}, {cells}\n", scalar(&word.word), sure.word()),
                None => format!("        # {}: # which term is it? {cells}\n", scalar(&word.word)),
            });
        }
    }
}

/// A text as YAML writes it: plain where nothing could be misread, else in quotes.
fn scalar(text: &str) -> String {
    let first = text.chars().next().is_some_and(char::is_alphabetic);
    let last = text.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '.' || c == ')');
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | '(' | ')');
    let word = matches!(text.to_lowercase().as_str(), "true" | "false" | "null" | "yes" | "no" | "y" | "n" | "on" | "off");
    if first && last && !word && text.chars().all(plain) { text.to_owned() } else { quoted(text) }
}

/// A text in quotes; what JSON writes is YAML too.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)))
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A text inside a comment: on one line.
fn comment(text: &str) -> String {
    let plain = |c: char| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') { ' ' } else { c };
    text.chars().map(plain).collect()
}
