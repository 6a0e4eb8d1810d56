//! The plan of action and milestones: an item for each gap, those that matter most first, with what would close it.
//!
//! It sets no dates and names nobody: who does what by when is the entity's to say.

use serde_json::{Value, json};

use super::super::exchange::{self, Told};
use super::super::{Context, summary};
use super::{Document, line, object, origins, paragraphs, space, write};
use crate::assess::Tally;

/// Writes the document.
pub(in crate::report) fn render(ctx: &Context<'_>, out: &mut String) {
    let mut document = Document::new(ctx);
    let gaps: Vec<Told<'_>> = ctx.assessment.gaps(ctx.library).into_iter().map(|outcome| exchange::tell(ctx, outcome)).collect();
    let observations: Vec<Value> = gaps.iter().map(|t| document.observation(t)).collect();
    let findings: Vec<Value> = gaps.iter().filter_map(|t| document.finding(t)).collect();
    let risks: Vec<Value> = gaps.iter().filter_map(|t| document.risk(t)).collect();
    let mut items: Vec<Value> = gaps.iter().map(|t| item(&document, t)).collect();
    items.extend(unnamed(ctx, &document, gaps.is_empty()));
    let whole = object(json!({
        "uuid": document.own_id("poam"),
        "metadata": document.metadata("Plan of action and milestones"),
        "system-id": { "identifier-type": space(), "id": super::plain(exchange::entity(ctx)) },
        "local-definitions": { "assessment-assets": document.assets() },
        "observations": observations,
        "risks": risks,
        "findings": findings,
        "poam-items": items,
        "back-matter": document.back_matter([]),
    }));
    write("plan-of-action-and-milestones", without_empty_back_matter(whole), out);
}

fn item(document: &Document<'_, '_>, told: &Told<'_>) -> Value {
    let name = &told.requirement.name;
    let mut said = vec![told.why.clone()];
    said.extend(told.remedies().into_iter().map(|r| format!("To do: {r}")));
    json!({
        "uuid": document.id("poam-item", name),
        "title": line(&format!("{}: {}", told.verdict(), told.title())),
        "description": paragraphs(&said),
        "origins": origins(),
        "related-findings": [{ "finding-uuid": document.id("finding", name) }],
        "related-observations": [{ "observation-uuid": document.id("observation", name) }],
        "related-risks": [{ "risk-uuid": document.id("risk", name) }],
    })
}

/// What is said when there is no gap to name: an item that says so, since a plan must have one; and what is withheld, so that a short list is not
/// taken for a short way.
fn unnamed(ctx: &Context<'_>, document: &Document<'_, '_>, no_gaps: bool) -> Option<Value> {
    let withheld = ctx.withheld.map(|w| w.verdicts).filter(|t| *t != Tally::default());
    let (name, title, said) = if withheld.is_some() {
        ("withheld", "What is withheld", summary::withheld(ctx))
    } else if summary::tally(ctx).total() == 0 {
        ("nothing-assessed", "Nothing was assessed", vec![exchange::NOTHING.to_owned()])
    } else if no_gaps {
        ("no-gap", "No gap", vec!["Nothing that was assessed is open on this day, so there is nothing to do.".to_owned()])
    } else {
        return None;
    };
    Some(
        json!({ "uuid": document.id("poam-item", name), "title": title, "description": paragraphs(&said), "origins": origins() }),
    )
}

/// A back matter without a resource is none.
fn without_empty_back_matter(mut whole: Value) -> Value {
    if let Some(map) = whole.as_object_mut()
        && map.get("back-matter").and_then(|b| b.get("resources")).and_then(Value::as_array).is_some_and(Vec::is_empty)
    {
        map.remove("back-matter");
    }
    whole
}
