//! One line for each requirement that stands otherwise, its columns separated by tabs: what became of it, its name, its severity, the verdict before,
//! the verdict after, why. A column that has nothing to say holds `-`.

use super::terminal::line;
use super::told;
use crate::compare::Comparison;
use crate::diagnostics::render::clean;
use crate::report::Style;

/// Writes the comparison.
pub(super) fn render(comparison: &Comparison<'_>, _: Style, out: &mut String) {
    for changed in &comparison.changed {
        out.push_str(&line(comparison, changed));
    }
    for (name, stand) in &comparison.added {
        let (name, severity, after) = (clean::line(name), clean::line(&stand.severity), told::verdict(stand.verdict));
        out.push_str(&format!("added\t{name}\t{severity}\t-\t{after}\t-\n"));
    }
    for (name, stand) in &comparison.removed {
        let (name, severity, before) = (clean::line(name), clean::line(&stand.severity), told::verdict(stand.verdict));
        out.push_str(&format!("removed\t{name}\t{severity}\t{before}\t-\t-\n"));
    }
}
