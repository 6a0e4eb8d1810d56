//! What the columns of a table are called.

use crate::base::column_letters;

/// The names of columns that one or more rows of headings give. A heading that stands over several columns (merged cells keep their text in the
/// first one) is said before what stands below it: `Recurrent / Date`. Columns without a heading have an empty name.
#[must_use]
pub fn headings(rows: &[Vec<String>]) -> Vec<String> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut names: Vec<Vec<&str>> = vec![Vec::new(); width];
    let Some((lowest, above)) = rows.split_last() else { return Vec::new() };
    let lowest = |column: usize| lowest.get(column).map_or("", String::as_str);
    for row in above {
        let mut over = "";
        for (column, name) in names.iter_mut().enumerate() {
            let own = row.get(column).map_or("", String::as_str);
            if !own.is_empty() {
                over = own;
            }
            // A heading does not reach over what has none below it.
            if lowest(column).is_empty() && own.is_empty() {
                over = "";
            }
            if !over.is_empty() {
                name.push(over);
            }
        }
    }
    for (column, name) in names.iter_mut().enumerate() {
        name.extend(Some(lowest(column)).filter(|l| !l.is_empty() && name.last() != Some(l)));
    }
    names.iter().map(|name| name.join(" / ")).collect()
}

/// The column, from 0, that `column D` names.
#[must_use]
pub fn lettered(text: &str) -> Option<usize> {
    let letters = text.strip_prefix("column ")?.trim();
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let digit = |b: u8| b.is_ascii_uppercase().then(|| u32::from(b - b'A') + 1);
    let number = letters.bytes().try_fold(0u32, |n, b| Some(n * 26 + digit(b)?))?;
    (column_letters(number) == letters).then_some(number as usize - 1)
}
