//! Assessment results: every verdict as an observation and, where a requirement was assessed, a finding.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::super::exchange::{self, Told};
use super::super::{Context, summary};
use super::{Document, assessed, line, object, paragraphs, prop, token, write};
use crate::library::model::ProvisionId;

/// Writes the document.
pub(in crate::report) fn render(ctx: &Context<'_>, out: &mut String) {
    let mut document = Document::new(ctx);
    let told = exchange::told(ctx);
    let observations: Vec<Value> = told.iter().map(|t| document.observation(t)).collect();
    let findings: Vec<Value> = told.iter().filter_map(|t| document.finding(t)).collect();
    let risks: Vec<Value> = told.iter().filter_map(|t| document.risk(t)).collect();
    let plan = document.id("assessment-plan", "rules");
    let date = ctx.assessment.date;
    let result = object(json!({
        "uuid": document.id("result", &date.to_string()),
        "title": line(&format!("Assessment on {}", date.long())),
        "description": paragraphs(&[counted(ctx)]),
        "start": document.moment(),
        "end": document.moment(),
        "props": counts(ctx),
        "local-definitions": { "assessment-assets": document.assets() },
        "reviewed-controls": reviewed(ctx, &told),
        "observations": observations,
        "risks": risks,
        "findings": findings,
    }));
    let planned = json!({
        "uuid": plan,
        "title": "What was to be assessed",
        "description": "Every requirement of the rules that these results name. There is no assessment plan beside them: the rules say what is looked at, and how.",
        "props": [prop("rules-sha256", &ctx.library.fingerprint)],
    });
    let whole = json!({
        "uuid": document.own_id("assessment-results"),
        "metadata": document.metadata("Assessment results"),
        "import-ap": { "href": format!("#{plan}"), "remarks": "Stands for an assessment plan, which there is none of: the rules are the plan." },
        "results": [result],
        "back-matter": document.back_matter([planned]),
    });
    write("assessment-results", whole, out);
}

/// How many of each verdict, as properties.
fn counts(ctx: &Context<'_>) -> Vec<Value> {
    let [not_met, not_confirmed, needs_judgement, sealed, met, not_applicable] = summary::tally(ctx).verdicts;
    let all = [
        ("met", met),
        ("not-met", not_met),
        ("not-confirmed", not_confirmed),
        ("needs-judgement", needs_judgement),
        ("not-applicable", not_applicable),
        ("sealed", sealed),
    ];
    all.map(|(name, n)| prop(name, &n.to_string())).to_vec()
}

fn counted(ctx: &Context<'_>) -> String {
    let [not_met, not_confirmed, needs_judgement, sealed, met, not_applicable] = summary::tally(ctx).verdicts;
    format!(
        "{met} met, {not_met} not met, {not_confirmed} not confirmed, {needs_judgement} awaiting a judgement, {not_applicable} not applicable, {sealed} sealed."
    )
}

/// What was looked at: provisions as controls, requirements as their objectives.
fn reviewed(ctx: &Context<'_>, told: &[Told<'_>]) -> Value {
    let looked_at: Vec<&Told<'_>> = told.iter().filter(|t| assessed(t)).collect();
    let provisions: BTreeSet<ProvisionId> = looked_at.iter().flat_map(|t| &t.requirement.discharges).copied().collect();
    let controls: Vec<Value> =
        provisions.iter().map(|id| json!({ "control-id": token(&ctx.library.provision(*id).name) })).collect();
    let objectives: Vec<Value> = looked_at.iter().map(|t| json!({ "objective-id": t.requirement.name })).collect();
    let controls = if controls.is_empty() {
        json!({ "description": "No provision stands behind what was assessed.", "include-all": {} })
    } else {
        json!({ "description": "Provisions that the assessed requirements discharge. In a control's name, `_` stands for `#` and brackets.", "include-controls": controls })
    };
    let objectives = if objectives.is_empty() {
        Vec::new()
    } else {
        vec![json!({ "description": "Requirements that were assessed.", "include-objectives": objectives })]
    };
    object(json!({ "control-selections": [controls], "control-objective-selections": objectives }))
}
