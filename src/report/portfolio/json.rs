//! The whole of a portfolio as one JSON object, for dashboards.

use serde_json::{Value, json};

use crate::findings::reconcile::{MINIMUM, Outcome};
use crate::portfolio::overview::{Overview, Standing};
use crate::portfolio::priority::FACTORS;
use crate::portfolio::series::{Joint, Trend};

/// Writes it.
#[must_use]
pub fn render(overview: &Overview) -> Vec<u8> {
    let whole = json!({
        "format": "abide-portfolio",
        "version": 1,
        "on": overview.on.map(|d| d.to_string()),
        "bundles": overview.bundles,
        "assessed": overview.assessed,
        "later": overview.later,
        "dated_after_today": overview.ahead.iter().map(|(bundle, day)| json!({ "bundle": bundle, "on": day.to_string() })).collect::<Vec<_>>(),
        "warned": overview.warned,
        "records": overview.records,
        "records_later": overview.records_later,
        "register_errors": overview.register_errors,
        "records_of_strangers": overview.strangers.iter().map(|(_, n)| n).sum::<usize>(),
        "strangers": overview.strangers.iter().map(|(id, n)| json!({ "entity": id, "records": n })).collect::<Vec<_>>(),
        "records_beside_bundles": overview.beside.0,
        "one_id_for_several": overview.mixed.iter().map(|m| json!({
            "id": m.id,
            "said": m.said.iter().map(|s| json!({ "name": s.name, "kind": s.kind, "bundle": s.bundle })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "withheld": overview.withheld.as_ref().map(|w| json!({
            "audience": w.audience.name, "register": w.register, "findings": w.findings, "items": w.items,
        })),
        "refused": overview.refused.iter().map(|(bundle, told)| json!({ "bundle": bundle, "diagnostics": told })).collect::<Vec<_>>(),
        "components": overview.components,
        "priority": overview.entities.iter().map(entity).collect::<Vec<_>>(),
        "provisions": overview.provisions.iter().filter(|p| p.shown()).map(|p| json!({
            "provision": p.name,
            "entities": p.entities,
            "met": p.met,
            "not_met": p.not_met,
            "not_confirmed": p.not_confirmed,
            "needs_judgement": p.needs_judgement,
        })).collect::<Vec<_>>(),
        "provisions_of_too_few_entities": overview.provisions.iter().filter(|p| !p.shown()).count(),
    });
    format!("{whole:#}\n").into_bytes()
}

fn entity(s: &Standing) -> Value {
    let count = |outcome| s.came_to(outcome);
    let factors: serde_json::Map<String, Value> =
        FACTORS.iter().zip(s.shown_factors()).map(|((name, _), value)| ((*name).to_owned(), json!(value))).collect();
    json!({
        "entity": s.entity,
        "assessments": s.assessments,
        "first": s.days.0.to_string(),
        "last": s.days.1.to_string(),
        "bundle": s.bundle,
        "counts": s.counts,
        "components": s.components,
        "trends": s.reading.trends.iter().map(trend).collect::<Vec<_>>(),
        "together": s.reading.joint.iter().map(joint).collect::<Vec<_>>(),
        "series": { "tested": s.reading.tested, "too_short": s.reading.short, "direction_not_known": s.reading.undirected },
        "reconciled": {
            "agreed": count(Outcome::Agreed),
            "blind_spots": count(Outcome::BlindSpot),
            "over_reported": count(Outcome::OverReported),
            "not_comparable": s.compared.len() - s.comparable(),
            "enough_for_a_share": s.comparable() >= MINIMUM,
            "records": s.compared.iter().map(|c| json!({
                "finding": c.finding, "on": c.on.to_string(), "provision": c.provision, "result": c.result.words(),
                "because": c.because(),
            })).collect::<Vec<_>>(),
        },
        "floors": s.facts.floors.iter().map(|f| json!({
            "what": f.title,
            "provision": f.provision,
            "last": f.last.map(|d| d.to_string()),
            "due": f.due.map(|d| d.to_string()),
            "known_to_apply": f.applies,
        })).collect::<Vec<_>>(),
        "factors": factors,
        "stands_before_the_next_by": s.decides.and_then(|at| FACTORS.get(at)).map(|(name, _)| *name),
    })
}

fn trend(t: &Trend) -> Value {
    json!({
        "series": t.name,
        "about": t.about.word(),
        "from": t.from.0.to_string(),
        "first": t.from.1.shown(),
        "to": t.to.0.to_string(),
        "last": t.to.1.shown(),
        "values": t.tested.points,
        "s": t.tested.s,
        // Too large for the numbers of JSON.
        "orders_as_bad": t.tested.chance.orders.to_string(),
        "orders": t.tested.chance.of.to_string(),
    })
}

fn joint(j: &Joint) -> Value {
    json!({ "people": trend(&j.people), "systems": trend(&j.systems) })
}
