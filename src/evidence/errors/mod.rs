//! What is said about a bundle, one file per subject. Nothing else in this phase builds a diagnostic.

pub(super) mod files;
pub(crate) mod items;
pub(super) mod tables;
pub(super) mod text;
pub(super) mod top;
pub(crate) mod values;

/// A bundle's folder or file that cannot be used at all.
#[must_use]
pub fn folder_problem(path: &str, error: &crate::evidence::FolderError) -> crate::diagnostics::Diagnostic {
    files::unusable(None, path, error)
}

/// A workbook that cannot be read.
#[must_use]
pub fn workbook_problem(path: &str, problem: &crate::sheet::Problem) -> crate::diagnostics::Diagnostic {
    files::workbook(None, path, problem)
}

/// The user's words as they stand in a message: one line, not too long.
pub(crate) fn shown(text: &str) -> String {
    const MOST: usize = 60;
    let mut shown: String =
        text.chars().take(MOST).map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned();
    if text.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}

/// `a, b or c`, each in backticks; at most twelve.
pub(crate) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut names: Vec<&str> = names.into_iter().collect();
    names.sort_unstable();
    names.dedup();
    let more = names.len().saturating_sub(12);
    names.truncate(12);
    let quoted: Vec<String> = names.iter().map(|n| format!("`{n}`")).collect();
    match (quoted.split_last(), more) {
        (None, _) => String::new(),
        (Some(_), 1..) => format!("{} and {more} more", quoted.join(", ")),
        (Some((last, [])), 0) => last.clone(),
        (Some((last, rest)), 0) => format!("{} or {last}", rest.join(", ")),
    }
}
