//! For programs: one object with a stable order of keys, described by `docs/plan.schema.json`.

use serde_json::{Value, json};

use super::super::{Context, marks, summary};
use super::told::{Teller, asked, news, remedies, stuck};
use super::{Looked, Planned};
use crate::assess::{Tally, Verdict};
use crate::evidence::{At, NilOf};
use crate::library::model::{KindId, RequirementId};
use crate::plan::next::Lacking;
use crate::plan::{Change, Draft, Stuck};

fn name<'a>(ctx: &'a Context<'_>, id: RequirementId) -> &'a str {
    &ctx.library.requirement(id).name
}

/// Writes a plan.
pub(super) fn plan(ctx: &Context<'_>, planned: &Planned<'_>, out: &mut String) {
    let plan = planned.plan;
    let news = news(plan.changes());
    let teller = Teller { voice: summary::voice(ctx), date: plan.date, news: &news };
    let repairs: Vec<Value> = plan
        .repairs
        .iter()
        .map(|repair| {
            let severity = repair.closes.iter().map(|c| ctx.library.requirement(c.requirement).severity).max();
            json!({
                "severity": severity.map(marks::severity),
                "asked_by_law": repair.law,
                "effort": repair.effort,
                "by": repair.by.map(|d| d.to_string()),
                "closes": repair.closes.iter().map(|c| json!({
                    "requirement": name(ctx, c.requirement),
                    "from": c.from.words(),
                    "to": c.to.words(),
                    "remedies": remedies(ctx, c.requirement),
                })).collect::<Vec<_>>(),
                "changes": repair.changes.iter().map(|c| change(ctx, teller, c)).collect::<Vec<_>>(),
            })
        })
        .collect();
    let whole = json!({
        "format": "abide-plan",
        "version": 1,
        "on": plan.date.to_string(),
        "fingerprints": { "rules": ctx.library.fingerprint, "evidence": ctx.fingerprint },
        "audience": ctx.withheld.map(|w| w.audience.name),
        "withheld": planned.withheld,
        "says": "what evidence would have to be true; it makes nothing true",
        "optimal": plan.optimal,
        "before": counts(&plan.before),
        "after": counts(&plan.after),
        "repairs": repairs,
        "over_limit": plan.left.iter().map(|id| name(ctx, *id)).collect::<Vec<_>>(),
        "no_repair_found": plan.stuck.iter().map(|(id, reason)| json!({
            "requirement": name(ctx, *id),
            "reason": reason_word(*reason),
            "text": stuck(*reason),
            "remedies": remedies(ctx, *id),
        })).collect::<Vec<_>>(),
        "judgements": plan.asked.iter().map(|a| {
            let (who, question) = asked(ctx, a);
            let judge = ctx.library.requirement(a.requirement).judges.get(a.judge as usize).map(|j| &j.name);
            json!({ "requirement": name(ctx, a.requirement), "judge": judge, "ask": who, "question": question })
        }).collect::<Vec<_>>(),
    });
    out.push_str(&format!("{whole:#}\n"));
}

fn counts(tally: &Tally) -> Value {
    let at = |v: Verdict| tally.verdicts[usize::from(v.strength())];
    json!({
        "met": at(Verdict::Met),
        "not_met": tally.verdicts[0],
        "not_confirmed": at(Verdict::NotConfirmed),
        "needs_judgement": at(Verdict::NeedsJudgement),
        "not_applicable": at(Verdict::NotApplicable),
        "sealed": at(Verdict::Sealed),
    })
}

const fn reason_word(reason: Stuck) -> &'static str {
    match reason {
        Stuck::Scope => "scope-unknown",
        Stuck::AnsweredNo => "answered-no",
        Stuck::Happened => "on-record",
        Stuck::Figure => "figure",
        Stuck::TooMany => "too-many",
        Stuck::Nothing => "nothing-found",
        Stuck::NotVerified => "not-verified",
    }
}

fn change(ctx: &Context<'_>, teller: Teller<'_>, change: &Change) -> Value {
    let told = teller.change(change);
    let mut value = match change {
        Change::Fact { fact, .. } => json!({ "do": "state-fact", "fact": ctx.library.fact(*fact).name }),
        Change::Nil { of, period } => {
            let mut value = json!({ "do": "nil-return", "period": period.to_string() });
            match of {
                NilOf::Kind(kind) => value["kind"] = json!(ctx.library.kind(*kind).name),
                NilOf::Requirement(id) => value["requirement"] = json!(name(ctx, *id)),
            }
            value
        }
        Change::Attach { kind, row } => {
            json!({ "do": "put-back-files", "kind": ctx.library.kind(*kind).name, "item": teller.voice.raw_id(*kind, *row) })
        }
        Change::Set { at, .. } => named(ctx, teller, "set-field", *at),
        Change::Append { at, draft } => {
            let mut value = named(ctx, teller, "add-element", *at);
            value["fields"] = fields(teller, draft);
            value
        }
        Change::Add { number, draft } => {
            let kind = &ctx.library.kind(ctx.library.table(draft.table).kind).name;
            json!({ "do": "add-item", "kind": kind, "new_item": number + 1, "fields": fields(teller, draft) })
        }
    };
    value["only_if_it_happened"] = json!(told.past);
    let text = if told.fields.is_empty() { told.act } else { format!("{}: {}", told.act, told.fields.join("; ")) };
    value["text"] = json!(text);
    value
}

fn named(ctx: &Context<'_>, teller: Teller<'_>, act: &str, at: At) -> Value {
    let (kind, row) = teller.voice.owner(at);
    json!({
        "do": act,
        "kind": ctx.library.kind(KindId(kind.0)).name,
        "item": teller.voice.raw_id(kind, row),
        "field": teller.voice.path(at),
    })
}

fn fields(teller: Teller<'_>, draft: &Draft) -> Value {
    let shape = teller.voice.library.table(draft.table);
    let mut value = serde_json::Map::new();
    for (column, spec) in &draft.fields {
        let Some(column) = shape.columns.get(column.0 as usize) else { continue };
        value.insert(column.name.clone(), json!(teller.asked(column.of, spec)));
    }
    for (list, elements) in &draft.lists {
        let Some(list) = shape.lists.get(list.0 as usize) else { continue };
        value.insert(list.name.clone(), elements.iter().map(|d| fields(teller, d)).collect());
    }
    Value::Object(value)
}

/// Writes what to find out next.
pub(super) fn next(ctx: &Context<'_>, looked: &Looked<'_>, out: &mut String) {
    let next = looked.next;
    let news = std::collections::BTreeMap::new();
    let teller = Teller { voice: summary::voice(ctx), date: next.date, news: &news };
    let facts: Vec<Value> = next
        .facts
        .iter()
        .map(|fact| {
            let mut value = match fact.what {
                Lacking::Fact(id) => json!({ "fact": ctx.library.fact(id).name }),
                Lacking::Field(at) => named(ctx, teller, "field", at),
                Lacking::Nil(NilOf::Kind(kind), period) => {
                    json!({ "nil_return": ctx.library.kind(kind).name, "period": period.to_string() })
                }
                Lacking::Nil(NilOf::Requirement(id), period) => json!({ "nil_return": name(ctx, id), "period": period.to_string() }),
            };
            value["text"] = json!(teller.lacking(fact.what));
            value["weight"] = json!(fact.weight);
            value["lacked_by"] = fact.opens.iter().map(|id| json!(name(ctx, *id))).collect();
            value["answers"] = fact
                .answers
                .iter()
                .map(|a| {
                    let said: Vec<String> = a.changes.iter().map(|c| teller.answer(c)).collect();
                    json!({
                        "answer": said.join(", "),
                        "decides": a.decides.iter().map(|d| json!({ "requirement": name(ctx, d.requirement), "to": d.to.words() })).collect::<Vec<_>>(),
                    })
                })
                .collect();
            value
        })
        .collect();
    let whole = json!({
        "format": "abide-next",
        "version": 1,
        "on": next.date.to_string(),
        "audience": ctx.withheld.map(|w| w.audience.name),
        "withheld": looked.withheld,
        "not_confirmed": next.open,
        "facts": facts,
        "no_single_fact": next.undecided.iter().map(|id| name(ctx, *id)).collect::<Vec<_>>(),
        "not_tried": next.untried,
    });
    out.push_str(&format!("{whole:#}\n"));
}
