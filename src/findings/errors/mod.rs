//! What is said about registers of findings, one file per subject. Nothing else in this phase builds a diagnostic; that a key is unknown or a value of
//! another type is said in the words for bundles.

pub(super) mod causes;
pub(super) mod dates;
pub(super) mod ladder;
pub(super) mod people;
pub(super) mod register;
pub(super) mod remedy;
pub(super) mod report;
pub(super) mod states;

use crate::base::{Date, Span};
use crate::diagnostics::{Code, Diagnostic};
use crate::library::Library;

/// What is our choice and not law says so.
pub(super) const GOOD_PRACTICE: &str = "good practice, not law";

/// A provision as it is quoted in a diagnostic: only what the library says, never more.
#[derive(Debug, Clone)]
pub(super) struct Law {
    text: String,
}

impl Law {
    /// The provision as it reads on a day. A library that does not have it, or not on that day, leaves its name.
    pub(super) fn read(library: &Library, name: &str, day: Option<Date>) -> Self {
        let Some(id) = library.names.provisions.get(name) else { return Self { text: name.to_owned() } };
        let provision = library.provision(*id);
        let instrument = library.instrument(provision.key.instrument);
        let cited = format!("{}, {}", instrument.citation, provision.key.point);
        let version = day.map_or_else(|| provision.versions.last(), |day| provision.version_on(day));
        let text = version.map_or_else(|| cited.clone(), |v| format!("{cited}: {}", v.summary));
        Self { text }
    }

    /// The citation with what it says.
    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

/// Something is not stated that a record needs.
fn missing(code: Code, at: Span, key: &str, message: String, note: &str) -> Diagnostic {
    let leaf = key.rsplit('.').next().unwrap_or(key);
    Diagnostic::new(code, at, message).label(format!("`{leaf}` is missing here")).note(note).help(format!("add `{leaf}: …`"))
}
