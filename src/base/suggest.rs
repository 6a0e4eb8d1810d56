//! "Did you mean": the known name nearest to one that is not known.

/// The candidate most like `wrong`, when one is near enough to be a slip of the hand.
/// Ties go to the first in alphabetical order, so the answer does not depend on the order of the candidates.
pub fn nearest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (wrong.chars().count() / 3).clamp(1, 4);
    candidates
        .into_iter()
        .filter(|c| *c != wrong)
        .map(|c| (distance(wrong, c), c))
        .filter(|(d, _)| *d <= limit)
        .min_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(b.1)))
        .map(|(_, c)| c)
}

/// Edits between two names; a name that only differs in case, underscores or plural is nearest of all.
fn distance(a: &str, b: &str) -> usize {
    let fold = |s: &str| s.to_lowercase().replace(['_', ' '], "-");
    let (a, b) = (fold(a), fold(b));
    if a == b || a.strip_suffix('s') == Some(&b) || b.strip_suffix('s') == Some(&a) {
        return 0;
    }
    strsim::osa_distance(&a, &b)
}
