//! What is said of two assessments, the same in every format. The texts come from files: everything is made safe to print here.

use crate::assess::{Turn, Verdict};
use crate::compare::{Changed, Comparison, EvidenceChange, Snapshot, Stand};
use crate::diagnostics::render::clean;
use crate::report::terminal::full_stop;
use crate::report::voice::count;
use crate::report::words;

/// How many names are given before "and 3 more".
const NAMES: usize = 6;

/// `worse`, `better`, `other`; with `more fail` and `fewer fail` where the verdict stays.
pub(super) fn verb(changed: &Changed<'_>) -> &'static str {
    match (changed.turn, changed.is_verdict()) {
        (Turn::Worse, true) => "worse",
        (Turn::Better, true) => "better",
        (Turn::Worse, false) => "more fail",
        (Turn::Better, false) => "fewer fail",
        (Turn::Other, _) => "changed",
    }
}

/// `not met (stale)`.
pub(super) fn verdict(verdict: Verdict) -> String {
    match verdict {
        Verdict::NotMet(reason) => format!("not met ({})", reason.word()),
        other => other.words().to_owned(),
    }
}

/// Why, in sentences: what the new assessment says, for which items, what made the difference, and what became of the evidence.
pub(super) fn why(comparison: &Comparison<'_>, changed: &Changed<'_>) -> Vec<String> {
    let mut said = Vec::new();
    let items = |all: &[&(String, String)]| {
        let names: Vec<_> = all.iter().map(|(kind, id)| format!("{} {}", spaced(kind), clean::line(id))).collect();
        words::list(&names, NAMES)
    };
    match (changed.turn, changed.is_verdict()) {
        (Turn::Better, true) if changed.new.verdict == Verdict::Met => said.push(format!("Before: {}", sentence(changed.old))),
        (_, true) => said.push(sentence(changed.new)),
        (_, false) if changed.old.scope != changed.new.scope => said.push(sentence(changed.new)),
        (_, false) => {
            let (now, before) = (&changed.come, &changed.gone);
            said.extend((!now.is_empty()).then(|| format!("Now also about {}.", items(now))));
            said.extend((!before.is_empty()).then(|| format!("No longer about {}.", items(before))));
            let sizes = (changed.old.size, changed.new.size);
            said.extend((sizes.0 != sizes.1).then(|| format!("{} wrong; it was {}.", sizes.1, sizes.0)));
        }
    }
    said.extend(changed.cause.map(|cause| format!("Because of {}.", cause.words())));
    if let Some(all) = &comparison.evidence {
        let read: Vec<_> = changed.evidence.iter().filter_map(|i| all.get(*i)).map(evidence).collect();
        said.extend((!read.is_empty()).then(|| format!("Evidence it reads: {}.", words::list(&read, 3))));
    }
    said
}

fn sentence(stand: &Stand) -> String {
    full_stop(&clean::line(&stand.sentence))
}

/// `training record TR-1 added`.
pub(super) fn evidence(change: &EvidenceChange) -> String {
    format!("{} {} {}", spaced(&change.kind), clean::line(&change.id), change.how.word())
}

fn spaced(kind: &str) -> String {
    clean::line(kind).replace('-', " ")
}

/// One side in a line: whose, of which day.
pub(super) fn side(snapshot: &Snapshot) -> String {
    let (id, name) = (clean::line(&snapshot.entity.0), clean::line(&snapshot.entity.1));
    let known = snapshot.known_at.map_or(String::new(), |d| format!(", as known on {d}"));
    format!("{name} ({id}), assessed on {}{known}", snapshot.on.long())
}

/// What should be known before anything is read from it, in sentences.
pub(super) fn notes(comparison: &Comparison<'_>) -> Vec<String> {
    let (old, new, differs) = (comparison.old, comparison.new, comparison.differs);
    let mut notes = Vec::new();
    if differs.entity {
        notes.push("These are two entities: what differs between them is no progress of either.".to_owned());
    }
    if differs.rules {
        notes.push(format!(
            "The rules differ (SHA-256 {} before, {} after): a verdict may have changed because something else is asked.",
            print(&old.rules),
            print(&new.rules)
        ));
    }
    if differs.policies {
        notes.push("The policies differ: what may be relied on may have changed.".to_owned());
    }
    let words = differs.words();
    notes.push(match words.as_slice() {
        [] => "Date, evidence, rules and policies are the same on both sides.".to_owned(),
        [one] => format!("Only {one} differs."),
        many => format!("What differs: {}.", many.join(", ")),
    });
    if old.evidence.is_none() || new.evidence.is_none() {
        notes.push("A side does not say which evidence it was made from.".to_owned());
    }
    if let Some(audience) = &new.audience {
        let audience = clean::line(audience);
        let withheld = |s: &Snapshot| count(usize::try_from(s.withheld).unwrap_or(usize::MAX), "verdict");
        notes.push(format!(
            "For the audience {audience}: {} withheld before, {} after, compared by nobody.",
            withheld(old),
            withheld(new)
        ));
    }
    if let Some(all) = comparison.evidence.as_ref().filter(|all| !all.is_empty()) {
        let how = |word: &str| all.iter().filter(|c| c.how.word() == word).count();
        let counts = ["added", "removed", "changed"].map(|w| format!("{} {w}", how(w)));
        notes.push(format!("Evidence: {}.", counts.join(", ")));
    }
    notes
}

fn print(fingerprint: &str) -> String {
    let short: String = clean::line(fingerprint).chars().take(12).collect();
    if short.is_empty() { "none".to_owned() } else { short }
}

/// The counts in one line: `2 worse, 1 better, 330 as before`.
pub(super) fn tally(comparison: &Comparison<'_>) -> String {
    let (worse, better) = (comparison.turned(Turn::Worse), comparison.turned(Turn::Better));
    let other = comparison.changed.len() - worse - better;
    let mut parts = vec![format!("{worse} worse"), format!("{better} better")];
    let rest = [
        (other, "changed in part"),
        (comparison.added.len(), "only in the new"),
        (comparison.removed.len(), "only in the old"),
        (comparison.unchanged, "as before"),
    ];
    parts.extend(rest.into_iter().filter(|(n, _)| *n > 0).map(|(n, words)| format!("{n} {words}")));
    parts.join(", ")
}
