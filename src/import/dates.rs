//! How a table writes its dates: decided from the data, and said where the data does not decide it.

use super::profile::Column;
use super::{Because, Sure};
use crate::base::column_letters;
use crate::sheet::{DateFormat, Read};

/// How many ways of writing dates one table may have.
const MOST_FORMS: usize = 3;

/// How many texts of a column read as days under some form.
pub(super) fn readable(column: &Column<'_>) -> u32 {
    let reads = |text: &str| DateFormat::ALL.iter().any(|f| !f.is_serial() && matches!(f.read(text, false), Read::Day(_)));
    column.texts.iter().filter(|(text, ..)| text.len() <= 40 && reads(text)).map(|(_, count, _)| count).sum()
}

/// How many cells of a column are whole numbers that days of the last and the next decades have.
pub(super) fn serials(column: &Column<'_>) -> u32 {
    column.texts.iter().filter(|(text, ..)| is_serial(text)).map(|(_, count, _)| count).sum()
}

fn is_serial(text: &str) -> bool {
    text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit()) && ("30000".."60000").contains(&text)
}

/// A text that was read, how often it stands, and where it stands first.
type Text<'s> = (&'s str, u32, String);

/// The forms in which these columns write days as text, and what speaks for them.
pub(super) fn forms(columns: &[(u32, &Column<'_>)]) -> (Vec<DateFormat>, Option<Because>) {
    if columns.is_empty() {
        return (Vec::new(), None);
    }
    let stored: u32 = columns.iter().map(|(_, c)| c.days).sum();
    let place = |column: u32, row: u32| format!("{}{row}", column_letters(column + 1));
    let mut left: Vec<Text<'_>> =
        columns.iter().flat_map(|(at, c)| c.texts.iter().map(|(text, count, row)| (*text, *count, place(*at, *row)))).collect();
    let all: u32 = left.iter().map(|(_, count, _)| count).sum();
    let (mut forms, mut said, mut sure): (Vec<DateFormat>, Vec<String>, Sure) = (Vec::new(), Vec::new(), Sure::Sure);
    while forms.len() < MOST_FORMS {
        let count = |f: DateFormat| -> u32 {
            left.iter().filter(|(text, ..)| matches!(f.read(text, false), Read::Day(_))).map(|(_, count, _)| count).sum()
        };
        let allowed = |f: &DateFormat| !f.is_serial() && f.swapped().is_none_or(|swapped| !forms.contains(&swapped));
        // The first of equals: day first is usual here.
        let mut best = (0, DateFormat::USUAL);
        for form in DateFormat::ALL.into_iter().filter(allowed) {
            let found = count(form);
            if found > best.0 {
                best = (found, form);
            }
        }
        let (found, form) = best;
        if found == 0 {
            break;
        }
        let (mut proof, mut proofs) = (None, 0);
        if let Some(swapped) = form.swapped() {
            for (text, count, at) in &left {
                if matches!(form.read(text, false), Read::Day(_)) && !matches!(swapped.read(text, false), Read::Day(_)) {
                    proof = proof.or(Some((*text, at.clone())));
                    proofs += count;
                }
            }
            match proof {
                Some((text, at)) => said.push(format!("{proofs} of {found} can only be read so, such as {text} in {at}")),
                None => {
                    sure = sure.min(Sure::Guess);
                    said.push(format!(
                        "AMBIGUOUS: all {found} could be {} as well; day first is taken, as is usual in the UK",
                        swapped.name()
                    ));
                }
            }
        } else {
            let are = if found == 1 { "is" } else { "are" };
            said.push(format!("{found} of {all} {are} of this form"));
        }
        left.retain(|(text, ..)| !matches!(form.read(text, false), Read::Day(_)));
        forms.push(form);
    }
    if stored > 0 {
        let are = if stored == 1 { "1 is a day to the spreadsheet and needs" } else { "" };
        let are = if are.is_empty() { format!("{stored} are days to the spreadsheet and need") } else { are.to_owned() };
        said.push(format!("{are} no form"));
    }
    // Numbers of days get a form of their own.
    left.retain(|(text, ..)| !is_serial(text));
    let unread: u32 = left.iter().map(|(_, count, _)| count).sum();
    if unread > 0 {
        let example =
            left.first().map_or_else(String::new, |(text, _, at)| format!(", such as {} in {at}", super::tell::short(text)));
        let are = if unread == 1 { "1 is no day".to_owned() } else { format!("{unread} are no days") };
        said.push(format!("{are}{example}"));
        sure = sure.min(Sure::Likely);
    }
    (forms, Some(Because { sure, why: said.join("; ") }))
}
