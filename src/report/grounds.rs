//! Grounds as JSON: the tree as it is, each step with its sentence, its numbers and both places.

use serde_json::{Map, Value, json};

use super::json::{evidence, rule};
use super::{Context, summary, words};
use crate::assess::{Elements, Ground, Rhythm, Shown, Step, Wanted};
use crate::base::{Interval, Truth};
use crate::evidence::At;
use crate::library::model::{CompareOp, WindowOp};

pub(super) const fn truth(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "true",
        Truth::False => "false",
        Truth::Unknown => "unknown",
    }
}

pub(super) fn ground(ctx: &Context<'_>, ground: &Ground, wanted: bool) -> Value {
    let voice = summary::voice(ctx);
    let said = words::step(voice, ground, wanted);
    let (step, details) = step(ctx, &ground.step);
    let inner = if matches!(ground.step, Step::Not) { !wanted } else { wanted };
    let mut object = Map::new();
    object.insert("truth".into(), json!(truth(ground.truth)));
    object.insert("step".into(), json!(step));
    object.insert("says".into(), json!(said.text));
    object.insert("rule".into(), rule(ctx, ground.rule, true));
    object.insert("place".into(), said.at.map_or(Value::Null, |at| evidence(ctx, at)));
    object.insert("details".into(), details);
    object.insert("below".into(), ground.below.iter().map(|g| self::ground(ctx, g, inner)).collect());
    Value::Object(object)
}

fn step(ctx: &Context<'_>, step: &Step) -> (&'static str, Value) {
    match step {
        Step::Value(value) => ("value", json!({ "value": shown(ctx, value) })),
        Step::Compare { left, op, right, misses_by_days, stale } => (
            "compare",
            json!({
                "left": shown(ctx, left),
                "op": compare(*op),
                "right": shown(ctx, right),
                "misses_by_days": misses_by_days,
                "stale": stale,
            }),
        ),
        Step::Window { value, op, window, misses_by_days, stale } => (
            "window",
            json!({
                "left": shown(ctx, value),
                "op": window_op(*op),
                "right": shown(ctx, window),
                "misses_by_days": misses_by_days,
                "stale": stale,
            }),
        ),
        Step::Presence { of, wanted } => ("presence", json!({ "value": shown(ctx, of), "wanted": wanted })),
        Step::Among { value, among, negated } => (
            "among",
            json!({
                "value": shown(ctx, value),
                "among": among.iter().map(|s| shown(ctx, s)).collect::<Vec<_>>(),
                "negated": negated,
            }),
        ),
        Step::Not => ("not", Value::Null),
        Step::And => ("and", Value::Null),
        Step::Or => ("or", Value::Null),
        Step::Group { at_least, members } => (
            "group",
            json!({
                "at_least": at_least,
                "members": members.iter().map(|(label, t)| json!({ "label": label, "truth": truth(*t) })).collect::<Vec<_>>(),
            }),
        ),
        Step::Named(name) => ("named", json!({ "name": name })),
        Step::Elements(found) => ("elements", elements(ctx, found)),
        Step::Rhythm(found) => ("rhythm", rhythm(ctx, found)),
    }
}

fn shown(ctx: &Context<'_>, shown: &Shown) -> Value {
    let voice = summary::voice(ctx);
    json!({
        "value": voice.shown(shown),
        "from": voice.subject(shown),
        "place": words::place_of(shown).map(|at| evidence(ctx, at)),
    })
}

const fn compare(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Equal => "=",
        CompareOp::NotEqual => "!=",
        CompareOp::Less => "<",
        CompareOp::AtMost => "<=",
        CompareOp::Greater => ">",
        CompareOp::AtLeast => ">=",
    }
}

const fn window_op(op: WindowOp) -> &'static str {
    match op {
        WindowOp::Within => "within",
        WindowOp::Covers => "covers",
        WindowOp::Overlaps => "overlaps",
    }
}

fn wanted(wanted: Wanted) -> String {
    match wanted {
        Wanted::Some => "some".to_owned(),
        Wanted::No => "no".to_owned(),
        Wanted::Every => "every".to_owned(),
        Wanted::AtLeast(n) => format!("at least {n}"),
        Wanted::AtMost(n) => format!("at most {n}"),
        Wanted::Exactly(n) => format!("exactly {n}"),
        Wanted::ShareAtLeast(p) => format!("at least {p}"),
        Wanted::ShareAtMost(p) => format!("at most {p}"),
        Wanted::Latest => "latest".to_owned(),
    }
}

fn places(ctx: &Context<'_>, all: &[At]) -> Vec<Value> {
    all.iter().map(|at| evidence(ctx, *at)).collect()
}

fn table<'a>(ctx: &Context<'a>, id: crate::library::model::TableId) -> Option<&'a str> {
    ctx.library.tables.get(id.0 as usize).map(|t| t.name.as_str())
}

fn elements(ctx: &Context<'_>, found: &Elements) -> Value {
    let element = |e: &crate::assess::Element| {
        json!({
            "places": places(ctx, &e.rows),
            "truth": truth(e.truth),
            "ground": e.ground.as_ref().map(|g| ground(ctx, g, true)),
        })
    };
    let nearest = found.nearest.as_ref().map(|n| {
        json!({
            "places": places(ctx, &n.rows),
            "misses": n.misses.iter().map(|g| ground(ctx, g, true)).collect::<Vec<_>>(),
        })
    });
    let nil = found.nil_return.and_then(|at| ctx.bundle.nil_returns.get(at as usize)).map(|n| days(n.period));
    let nil_wanted = found.nil_return_wanted.and_then(|k| ctx.library.kinds.get(k.0 as usize)).map(|k| k.name.as_str());
    json!({
        "wanted": wanted(found.wanted),
        "of": table(ctx, found.table),
        "considered": found.considered,
        "population": found.population,
        "population_unknown": found.population_unknown,
        "holding": found.holding,
        "failing": found.failing,
        "unknown": found.unknown,
        "barred": places(ctx, &found.barred),
        "doubted": places(ctx, &found.doubted),
        "shown": found.shown.iter().map(element).collect::<Vec<_>>(),
        "more": found.more,
        "nearest": nearest,
        "nil_return": nil,
        "nil_return_wanted": nil_wanted,
        "broken": found.broken.map(|at| evidence(ctx, at)),
        "unstated": found.unstated.map(|at| evidence(ctx, at)),
    })
}

fn days(interval: Interval) -> Value {
    json!({ "from": interval.first.to_string(), "to": interval.last.to_string() })
}

fn rhythm(ctx: &Context<'_>, found: &Rhythm) -> Value {
    json!({
        "of": table(ctx, found.table),
        "window": days(found.window),
        "every": found.every.to_string(),
        "slots": found.slots,
        "missed": found.missed.iter().map(|i| days(*i)).collect::<Vec<_>>(),
        "allowing": found.allowing,
        "longest_gap": found.longest_gap.map(|i| json!({
            "from": i.first.to_string(),
            "to": i.last.to_string(),
            "days": i.first.days_to(i.last),
        })),
        "max_gap_days": found.max_gap,
        "dates": found.dates,
        "considered": found.considered,
        "latest": found.latest.map(|d| d.to_string()),
        "unknown": found.unknown,
    })
}
