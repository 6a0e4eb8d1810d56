//! Everything, for programs: one object with a stable order of keys.

use serde_json::{Value, json};

use super::{ForecastContext, concise, told};
use crate::assess::{Lapse, Lapsing, Verdict};
use crate::evidence::At;
use crate::forecast::{Day, LawChange, LawEvent};
use crate::report::json::evidence;
use crate::report::{Context, summary};

/// Writes the forecast.
pub(super) fn render(ctx: &ForecastContext<'_>, out: &mut String) {
    let forecast = ctx.forecast;
    let [start, end] = told::tallies(ctx).map(counts);
    let withheld = ctx.withheld.map(|(withheld, kept)| {
        json!({ "audience": withheld.audience.name, "withheld": { "changes": kept.changes, "lapses": kept.lapses, "items": withheld.items } })
    });
    let whole = json!({
        "format": "abide-forecast",
        "version": 1,
        "from": forecast.start.date.to_string(),
        "until": forecast.until.to_string(),
        "known_at": forecast.start.known_at.map(|d| d.to_string()),
        "fingerprints": {
            "rules": ctx.library.fingerprint,
            "evidence": ctx.fingerprint,
            "policies": forecast.start.policies.as_ref().map(|p| &p.fingerprint),
        },
        "entity": { "id": ctx.bundle.entity.id, "name": ctx.bundle.entity.name },
        "assumed": told::assumed(ctx),
        "disclosure": withheld,
        "counts": { "first_day": start, "last_day": end },
        "days": forecast.days.iter().map(|d| day(ctx, d)).collect::<Vec<_>>(),
    });
    out.push_str(&format!("{whole:#}\n"));
}

fn counts([not_met, not_confirmed, needs_judgement, sealed, met, not_applicable]: [usize; 6]) -> Value {
    json!({
        "met": met,
        "not_met": not_met,
        "not_confirmed": not_confirmed,
        "needs_judgement": needs_judgement,
        "not_applicable": not_applicable,
        "sealed": sealed,
    })
}

fn day(ctx: &ForecastContext<'_>, day: &Day) -> Value {
    let on = ctx.on(day);
    let changes = told::changes(ctx, day);
    json!({
        "on": day.assessment.date.to_string(),
        "in_days": ctx.forecast.start.date.days_to(day.assessment.date),
        "changes": changes.iter().map(|told| json!({
            "requirement": ctx.library.requirement(told.change.requirement).name,
            "title": ctx.library.requirement(told.change.requirement).title,
            "severity": told.severity,
            "turn": told.change.turn().word(),
            "before": verdict(told.change.before),
            "after": verdict(told.change.after),
            "failing": { "before": told.change.failing.0, "after": told.change.failing.1 },
            "sentence": told.why,
            "with": told.with,
            "remedies": told.remedies,
            "fails": places(&on, &told.change.fails),
            "places": places(&on, &told.places),
        })).collect::<Vec<_>>(),
        "lapses": day.lapses.iter().map(|l| lapse(&on, l)).collect::<Vec<_>>(),
        "law": day.law.iter().map(|l| law(ctx, &on, day, l)).collect::<Vec<_>>(),
    })
}

fn verdict(verdict: Verdict) -> Value {
    let reason = match verdict {
        Verdict::NotMet(reason) => Some(reason.word()),
        Verdict::Met | Verdict::NotConfirmed | Verdict::NeedsJudgement | Verdict::NotApplicable | Verdict::Sealed => None,
    };
    json!({ "verdict": verdict.words(), "reason": reason })
}

fn places(on: &Context<'_>, all: &[At]) -> Vec<Value> {
    all.iter().map(|at| evidence(on, *at)).collect()
}

fn lapse(on: &Context<'_>, lapse: &Lapse) -> Value {
    let (what, at) = match lapse.what {
        Lapsing::Item(at) => ("item", Some(evidence(on, at))),
        Lapsing::Judgement(_) => ("judgement", None),
        Lapsing::Exemption(_) => ("exemption", None),
    };
    json!({
        "what": what,
        "says": summary::lapsing(on, lapse.what),
        "place": at,
        "requirements": lapse.requirements.iter().map(|r| &on.library.requirement(*r).name).collect::<Vec<_>>(),
    })
}

fn law(ctx: &ForecastContext<'_>, on: &Context<'_>, day: &Day, event: &LawEvent) -> Value {
    let what = match event.what {
        LawChange::Begins(_) => "provision begins",
        LawChange::Amended(_) => "provision amended",
        LawChange::Ends(_) => "provision ends",
        LawChange::Value(_) => "parameter",
        LawChange::Asked(_) => "requirement begins",
        LawChange::Dropped(_) => "requirement ends",
    };
    json!({
        "what": what,
        "name": concise::of(ctx, event),
        "says": told::law(on, day.assessment.date, event),
        "requirements": event.requirements.iter().map(|r| &on.library.requirement(*r).name).collect::<Vec<_>>(),
    })
}
