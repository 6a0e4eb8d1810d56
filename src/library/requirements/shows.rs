//! `shows component.element level`

use crate::diagnostics::Diagnostic;
use crate::library::errors;
use crate::library::law::target;
use crate::library::model::{Level, Library, Shows};
use crate::syntax::ast;

const LEVELS: [(&str, Level); 4] = [
    ("present", Level::Present),
    ("suitable", Level::Suitable),
    ("operating", Level::Operating),
    ("effective", Level::Effective),
];

/// The word for a level.
pub(in crate::library) fn word(level: Level) -> &'static str {
    LEVELS.iter().find(|(_, l)| *l == level).map_or("", |(word, _)| word)
}

/// What a requirement shows.
pub(super) fn shows(written: &[ast::Shows], library: &Library, problems: &mut Vec<Diagnostic>) -> Vec<Shows> {
    let mut found = Vec::with_capacity(written.len());
    for one in written {
        let level = LEVELS.iter().find(|(word, _)| *word == one.level.value).map(|(_, level)| *level);
        if level.is_none() {
            problems.push(errors::unknown_word("shows", &one.level, &LEVELS.map(|(word, _)| word)));
        }
        let target = target(&one.component, one.element.as_ref(), "shows", library, problems);
        found.extend(target.zip(level).map(|(t, level)| Shows { component: t.to, element: t.part, level }));
    }
    found
}
