//! Everything, for programs: one object with a stable order of keys.

use serde_json::{Value, json};

use super::told;
use crate::assess::{Turn, Verdict};
use crate::compare::{Changed, Comparison, EvidenceChange, Snapshot, Stand};
use crate::report::Style;

/// Writes the comparison.
pub(super) fn render(comparison: &Comparison<'_>, _: Style, out: &mut String) {
    let of = |all: &[(&str, &Stand)]| all.iter().map(|(name, stand)| alone(name, stand)).collect::<Vec<_>>();
    let whole = json!({
        "format": "abide-comparison",
        "version": 1,
        "old": side(comparison.old),
        "new": side(comparison.new),
        "differs": comparison.differs.words(),
        "counts": {
            "worse": comparison.turned(Turn::Worse),
            "better": comparison.turned(Turn::Better),
            "changed": comparison.changed.len(),
            "added": comparison.added.len(),
            "removed": comparison.removed.len(),
            "unchanged": comparison.unchanged,
        },
        "changed": comparison.changed.iter().map(|c| changed(comparison, c)).collect::<Vec<_>>(),
        "added": of(&comparison.added),
        "removed": of(&comparison.removed),
        "evidence": comparison.evidence.as_ref().map(|all| all.iter().map(evidence).collect::<Vec<_>>()),
    });
    out.push_str(&format!("{whole:#}\n"));
}

fn side(snapshot: &Snapshot) -> Value {
    json!({
        "assessed_on": snapshot.on.to_string(),
        "known_at": snapshot.known_at.map(|d| d.to_string()),
        "entity": { "id": snapshot.entity.0, "name": snapshot.entity.1 },
        "fingerprints": { "rules": snapshot.rules, "evidence": snapshot.evidence, "policies": snapshot.policies },
        "audience": snapshot.audience,
    })
}

fn verdict(verdict: Verdict) -> Value {
    let reason = match verdict {
        Verdict::NotMet(reason) => Some(reason.word()),
        Verdict::Met | Verdict::NotConfirmed | Verdict::NeedsJudgement | Verdict::NotApplicable | Verdict::Sealed => None,
    };
    json!({ "verdict": verdict.words(), "reason": reason })
}

fn changed(comparison: &Comparison<'_>, changed: &Changed<'_>) -> Value {
    let items = |all: &[&(String, String)]| all.iter().map(|(kind, id)| json!({ "kind": kind, "item": id })).collect::<Vec<_>>();
    let read = comparison
        .evidence
        .as_ref()
        .map(|all| changed.evidence.iter().filter_map(|i| all.get(*i)).map(evidence).collect::<Vec<_>>());
    json!({
        "requirement": changed.name,
        "title": changed.new.title,
        "severity": changed.new.severity,
        "turn": changed.turn.word(),
        "old": verdict(changed.old.verdict),
        "new": verdict(changed.new.verdict),
        "old_sentence": changed.old.sentence,
        "new_sentence": changed.new.sentence,
        "cause": changed.cause.map(|c| c.words()),
        "why": told::why(comparison, changed),
        "fails_for": items(&changed.come),
        "fails_no_longer_for": items(&changed.gone),
        "evidence": read,
    })
}

fn alone(name: &str, stand: &Stand) -> Value {
    json!({ "requirement": name, "title": stand.title, "severity": stand.severity, "stands": verdict(stand.verdict) })
}

fn evidence(change: &EvidenceChange) -> Value {
    json!({ "how": change.how.word(), "kind": change.kind, "item": change.id })
}
