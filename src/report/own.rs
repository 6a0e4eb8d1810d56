//! What the entity says of itself about a requirement, as its own words beside the verdict. It is evidence of nothing; where it says more than the
//! evidence does, that is said too.

use super::Context;
use super::terminal::full_stop;
use crate::assess::Outcome;
use crate::checklist::contradiction;
use crate::diagnostics::render::clean;
use crate::evidence::{ChecklistEntry, Claim, Own};

/// The entry about a requirement.
pub(super) fn entry<'a>(ctx: &Context<'a>, outcome: &Outcome) -> Option<&'a ChecklistEntry> {
    ctx.bundle.checklist.iter().find(|e| e.requirement == outcome.requirement)
}

/// The cells that a table shows of it: status, evidence, gap, action, owner, target date.
pub(super) fn cells(ctx: &Context<'_>, outcome: &Outcome) -> [String; 6] {
    let Some(entry) = entry(ctx, outcome) else { return Default::default() };
    let [evidence, gap, action, owner, date] = Own::ALL.map(|own| clean::line(entry.text(own)).into_owned());
    [entry.claim.map_or_else(String::new, |c| c.word().to_owned()), evidence, gap, action, owner, date]
}

/// What it says, in sentences.
pub(super) fn sentences(ctx: &Context<'_>, outcome: &Outcome) -> Vec<String> {
    let Some(entry) = entry(ctx, outcome) else { return Vec::new() };
    let text = |own: Own| Some(clean::line(entry.text(own).trim()).into_owned()).filter(|t| !t.is_empty());
    let mut said = Vec::new();
    if let Some(claim) = entry.claim {
        let though = contradiction(claim, outcome.verdict).map_or_else(String::new, |why| format!(", but {why}"));
        said.push(format!("Its own status is \"{}\"{though}.", Claim::word(claim)));
    }
    if let Some(evidence) = text(Own::Evidence) {
        said.push(format!("Its own evidence: {}", full_stop(&evidence)));
    }
    if let Some(gap) = text(Own::Gap) {
        said.push(format!("Its own view of the gap: {}", full_stop(&gap)));
    }
    let owner = text(Own::Owner).map(|o| format!("owner {o}"));
    let date = text(Own::TargetDate).map(|d| format!("by {d}"));
    let who: Vec<String> = owner.into_iter().chain(date).collect();
    match (text(Own::Action), who.is_empty()) {
        (Some(action), true) => said.push(format!("Its own action: {}", full_stop(&action))),
        (Some(action), false) => said.push(format!("Its own action: {} ({}).", action.trim_end_matches('.'), who.join(", "))),
        (None, false) => said.push(format!("No action of its own yet ({}).", who.join(", "))),
        (None, true) => {}
    }
    said
}
