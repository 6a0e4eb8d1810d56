//! Whom a report is for: the five audiences that disclosure policies know.

use crate::base::nearest;

/// Whom a report is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Audience {
    /// Its name on the command line and in policies.
    pub name: &'static str,
    /// What it is called in a sentence, after "for".
    pub title: &'static str,
    /// The highest level of marking it may see: see [`level`].
    pub(super) clearance: u8,
    /// It answers for security, runs it, or inspects it.
    pub(super) need_to_know: bool,
}

const fn audience(name: &'static str, title: &'static str, clearance: u8, need_to_know: bool) -> Audience {
    Audience { name, title, clearance, need_to_know }
}

impl Audience {
    /// All of them, those that see most first.
    pub const ALL: [Self; 5] = [
        audience("security-manager", "the security manager", OFFICIAL_SENSITIVE, true),
        audience("accountable-manager", "the accountable manager", OFFICIAL_SENSITIVE, true),
        audience("inspector", "an inspector", OFFICIAL_SENSITIVE, true),
        audience("front-line", "front-line staff", OFFICIAL, false),
        audience("public", "the public", PUBLIC, false),
    ];

    /// The audience with this name.
    ///
    /// # Errors
    ///
    /// In words for the command line, when there is none.
    pub fn parse(name: &str) -> Result<Self, String> {
        if let Some(found) = Self::ALL.into_iter().find(|a| a.name == name) {
            return Ok(found);
        }
        let near = nearest(name, Self::ALL.iter().map(|a| a.name));
        let near = near.map_or_else(String::new, |near| format!("did you mean `{near}`? "));
        Err(format!("{near}it is one of: {}", Self::ALL.map(|a| a.name).join(", ")))
    }
}

const PUBLIC: u8 = 0;
const OFFICIAL: u8 = 1;
const OFFICIAL_SENSITIVE: u8 = 2;
const SECRET: u8 = 3;
/// Above what any audience is cleared for.
const HIGHEST: u8 = 4;

/// Markings that are known, the lowest first.
pub const MARKINGS: [&str; 4] = ["public", "official", "official-sensitive", "secret"];

/// Whether a marking is one of those that are known, however it is written.
#[must_use]
pub fn is_known_marking(marking: &str) -> bool {
    level(marking) < HIGHEST
}

/// The level of a marking as it is written. INVARIANT: a word that is not known is the highest, never the lowest.
pub(super) fn level(marking: &str) -> u8 {
    let words: Vec<_> = marking.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_')).filter(|w| !w.is_empty()).collect();
    match words.join("-").to_lowercase().as_str() {
        "public" => PUBLIC,
        "official" => OFFICIAL,
        "official-sensitive" => OFFICIAL_SENSITIVE,
        "secret" => SECRET,
        _ => HIGHEST,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marking_that_nobody_knows_is_the_highest() {
        for (marking, wanted) in [
            ("public", PUBLIC),
            ("OFFICIAL", OFFICIAL),
            ("Official - Sensitive", OFFICIAL_SENSITIVE),
            ("official_sensitive", OFFICIAL_SENSITIVE),
            ("secret", SECRET),
            ("top secret", HIGHEST),
            ("official-sensitive personal", HIGHEST),
            ("publik", HIGHEST),
            ("", HIGHEST),
        ] {
            assert_eq!(level(marking), wanted, "{marking}");
            assert_eq!(is_known_marking(marking), wanted != HIGHEST);
        }
        assert!(MARKINGS.into_iter().all(is_known_marking));
    }

    #[test]
    fn no_audience_is_cleared_for_what_nobody_knows() {
        assert!(Audience::ALL.iter().all(|a| a.clearance < HIGHEST));
    }

    #[test]
    fn an_unknown_audience_is_told_with_what_there_is() {
        assert_eq!(Audience::parse("inspector").map(|a| a.name), Ok("inspector"));
        let said = Audience::parse("front-lin").map(|a| a.name);
        assert_eq!(
            said,
            Err("did you mean `front-line`? it is one of: security-manager, accountable-manager, inspector, front-line, public"
                .to_owned())
        );
    }
}
