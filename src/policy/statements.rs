//! Where each policy of a text begins and ends. Parsing them one by one lets a broken one hide no other, and gives each its place.

use std::ops::Range;

/// The byte ranges of the policies in a text, each up to and with its `;`. What follows the last `;` is one more, unless it is only blank space and
/// comments.
pub(super) fn statements(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '/' && chars.peek().is_some_and(|(_, next)| *next == '/') {
            for (_, c) in chars.by_ref() {
                if c == '\n' {
                    break;
                }
            }
            continue;
        }
        if c.is_whitespace() {
            continue;
        }
        let from = *start.get_or_insert(at);
        end = at + c.len_utf8();
        if c == '"' {
            while let Some((at, c)) = chars.next() {
                end = at + c.len_utf8();
                match c {
                    '\\' => {
                        if let Some((at, c)) = chars.next() {
                            end = at + c.len_utf8();
                        }
                    }
                    '"' => break,
                    _ => {}
                }
            }
        }
        if c == ';' {
            found.push(from..end);
            start = None;
        }
    }
    found.extend(start.map(|from| from..end));
    found
}

#[cfg(test)]
mod tests {
    use super::statements;

    fn split(text: &str) -> Vec<&str> {
        statements(text).into_iter().map(|range| text.get(range).unwrap_or("?")).collect()
    }

    #[test]
    fn each_policy_is_found_without_the_comments_around_it() {
        assert_eq!(split("// a; b\npermit (x); // c\n\nforbid (y);\n// end"), ["permit (x);", "forbid (y);"]);
    }

    #[test]
    fn a_text_may_hold_what_looks_like_an_end_or_a_comment() {
        assert_eq!(
            split(r#"@because("a; \"b; // c") permit (x);permit (y);"#),
            [r#"@because("a; \"b; // c") permit (x);"#, "permit (y);"]
        );
    }

    #[test]
    fn what_has_no_end_is_one_too() {
        assert_eq!(split("permit (x);\nforbid (\"č"), ["permit (x);", "forbid (\"č"]);
        assert_eq!(split(" \n// only this"), Vec::<&str>::new());
    }
}
