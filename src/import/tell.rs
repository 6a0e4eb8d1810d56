//! What was guessed, for a person: what it is, how sure, and what speaks for it.

use unicode_width::UnicodeWidthStr;

use super::{Because, Guess, Outcome, Sure, Word};
use crate::base::column_letters;
use crate::library::Library;

/// The summary of a file, in lines of at most `width` columns where words allow.
#[must_use]
pub fn told(library: &Library, name: &str, outcomes: &[Outcome], width: usize) -> String {
    let mut out = format!("{name}\n");
    for outcome in outcomes {
        out.push('\n');
        match outcome {
            Outcome::Guessed(guess) => one(&mut out, library, guess, width),
            Outcome::LeftAlone { sheet, why } => {
                let sheet = sheet.as_ref().map_or_else(|| "The table".to_owned(), |s| format!("Sheet {s}"));
                wrapped(&mut out, "", &format!("{sheet} was left alone: {why}."), width);
            }
        }
    }
    out
}

fn one(out: &mut String, library: &Library, guess: &Guess, width: usize) {
    let kind = library.kind(guess.kind);
    let (records, first, last) = guess.records;
    let head = match guess.header {
        (a, b) if a == b => format!("headings in row {a}"),
        (a, b) => format!("headings in rows {a} to {b}"),
    };
    let what = guess.sheet.as_ref().map_or_else(|| "The table".to_owned(), |s| format!("Sheet {s}"));
    wrapped(out, "", &format!("{what}: {records} records in rows {first} to {last}, {head}"), width);
    out.push('\n');
    said(out, "Kind", &format!("{} ({})", kind.name, kind.title), &guess.kind_because, width);
    said(out, "Headings", head.trim_start_matches("headings in "), &guess.header_because, width);
    if let Some(because) = &guess.dates_because {
        let forms: Vec<&str> = guess.dates.iter().map(|f| f.name()).collect();
        said(
            out,
            "Dates",
            if forms.is_empty() { "as the spreadsheet stores them".to_owned() } else { forms.join(", ") }.as_str(),
            because,
            width,
        );
    }
    out.push('\n');
    columns(out, guess, width);
    terms(out, guess, width);
    open(out, guess, width);
}

/// `  Kind      training-record  sure: why`
fn said(out: &mut String, what: &str, is: &str, because: &Because, width: usize) {
    wrapped(out, &format!("  {what:<10}"), &format!("{is} \u{2013} {}: {}", because.sure.word(), because.why), width);
}

fn columns(out: &mut String, guess: &Guess, width: usize) {
    let rows: Vec<[String; 5]> = guess
        .placed
        .iter()
        .map(|p| {
            let because = &p.because;
            [
                column_letters(p.column + 1),
                short(&p.heading),
                p.field.clone(),
                because.sure.word().to_owned(),
                because.why.clone(),
            ]
        })
        .collect();
    let heads = ["Column", "Heading", "Field", "How sure", "Why"].map(str::to_owned);
    let wide = |at: usize| rows.iter().chain([&heads]).map(|r| r[at].width()).max().unwrap_or(0);
    let widths = [wide(0), wide(1), wide(2), wide(3)];
    for row in [&heads].into_iter().chain(&rows) {
        let mut head = String::from("  ");
        for (cell, wide) in row.iter().zip(widths) {
            head.push_str(cell);
            head.push_str(&" ".repeat(wide - cell.width() + 2));
        }
        // On a narrow screen the reasons stand below.
        if head.width() + 30 > width {
            out.push_str(head.trim_end());
            out.push('\n');
            if row != &heads {
                wrapped(out, "      ", &row[4], width);
            }
        } else {
            wrapped(out, &head, &row[4], width);
        }
    }
}

fn terms(out: &mut String, guess: &Guess, width: usize) {
    for (field, words) in &guess.terms {
        out.push_str(&format!("\n  Words of {field}\n"));
        let wide = words.iter().map(|w| short(&w.word).width()).max().unwrap_or(0);
        for word in words.iter().take(12) {
            let shown = short(&word.word);
            let pad = " ".repeat(wide - shown.width());
            wrapped(out, &format!("    {shown}{pad}  "), &meaning(word), width);
        }
        if words.len() > 12 {
            out.push_str(&format!("    and {} more, in the mapping file\n", words.len() - 12));
        }
    }
}

fn meaning(word: &Word) -> String {
    let cells = format!("{} {}", word.cells, if word.cells == 1 { "cell" } else { "cells" });
    match &word.term {
        Some((term, Sure::Guess)) => format!("? perhaps {term} \u{2013} a guess, {cells}: not taken, say so in the mapping file"),
        Some((term, sure)) => format!("\u{2192} {term} \u{2013} {}, {cells}", sure.word()),
        None => format!("? no term is like it, {cells}: say which it is in the mapping file"),
    }
}

/// What could not be placed.
fn open(out: &mut String, guess: &Guess, width: usize) {
    let mut lines = Vec::new();
    for field in &guess.lacking {
        lines.push(format!("No column was found for {field}, which this kind needs."));
    }
    for unplaced in &guess.unplaced {
        let heading = if unplaced.heading.is_empty() { "(no heading)".to_owned() } else { short(&unplaced.heading) };
        lines.push(format!("Column {} {heading} is left alone: {}.", column_letters(unplaced.column + 1), unplaced.holds));
    }
    if let Some(prefix) = &guess.id_prefix {
        lines.push(format!(
            "No column holds ids: records are called {prefix}- and their row, and change their names when rows move."
        ));
    }
    for (field, word) in guess.odd_booleans.iter().take(10) {
        lines.push(format!("{field}: whether {} is yes or no is not known.", short(word)));
    }
    for (pattern, rows) in &guess.skip {
        let shown: Vec<String> = rows.iter().take(5).map(u32::to_string).collect();
        let more = if rows.len() > 5 { " and more" } else { "" };
        let many = if rows.len() == 1 { "row" } else { "rows" };
        lines.push(format!(
            "Left out as no record, because it begins with {}: {many} {}{more}.",
            short(pattern),
            shown.join(", ")
        ));
    }
    if !lines.is_empty() {
        out.push_str("\n  Not placed, or left out\n");
        lines.iter().for_each(|line| wrapped(out, "    ", line, width));
    }
}

/// A text that is not too long.
pub(super) fn short(text: &str) -> String {
    const MOST: usize = 40;
    let mut out: String = text.chars().take(MOST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(MOST).is_some() {
        out.push('\u{2026}');
    }
    out
}

/// A text after a head, its further lines below its first.
fn wrapped(out: &mut String, head: &str, text: &str, width: usize) {
    let indent = " ".repeat(head.width());
    let options = textwrap::Options::new(width.max(40)).initial_indent(head).subsequent_indent(&indent).break_words(false);
    for line in textwrap::wrap(text, options) {
        out.push_str(line.trim_end());
        out.push('\n');
    }
}
