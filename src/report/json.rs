//! Everything, for programs: one object with a stable order of keys, described by `docs/report.schema.json`.
//!
//! Places in the evidence are file, item and field, so that the order of items in a file never shows; lines and columns are added on request.

use serde_json::{Map, Value, json};

use super::explain::{parts, sentence};
use super::{Context, barred, economics, grounds, marks, own, place, summary};
use crate::assess::{
    ComponentOutcome, Coverage, JudgeOutcome, JudgeState, Lapse, Lapsing, LevelOutcome, Outcome, ProvisionStatus, Scope, Verdict,
};
use crate::base::{Sources, Span};
use crate::checklist::contradiction;
use crate::disclose::Withheld;
use crate::evidence::{At, ChecklistEntry, Claim, Exemption, NilOf, NilReturn, Own};
use crate::library::model::Requirement;

/// Writes the report.
pub(super) fn render(ctx: &Context<'_>, out: &mut String) {
    out.push_str(&format!("{:#}\n", whole(ctx)));
}

/// Writes the same report on one line.
pub(super) fn line(ctx: &Context<'_>, out: &mut String) {
    out.push_str(&format!("{}\n", whole(ctx)));
}

/// The report as a value.
pub(super) fn whole(ctx: &Context<'_>) -> Value {
    let a = ctx.assessment;
    let gaps = a.gaps(ctx.library);
    // Parts are moved into the whole; `json!` would copy each of them.
    let parts = [
        ("format", json!("abide-report")),
        ("version", json!(1)),
        (
            "assessed",
            json!({ "on": a.date.to_string(), "known_at": a.known_at.map(|d| d.to_string()), "exit_code": summary::tally(ctx).exit_code() }),
        ),
        (
            "fingerprints",
            json!({ "rules": ctx.library.fingerprint, "evidence": ctx.fingerprint, "policies": a.policies.as_ref().map(|p| &p.fingerprint) }),
        ),
        ("disclosure", ctx.withheld.map_or(Value::Null, disclosure)),
        ("entity", entity(ctx)),
        ("counts", counts(ctx)),
        ("requirements", a.outcomes.iter().map(|o| requirement(ctx, o)).collect()),
        ("gaps", gaps.iter().map(|o| json!(ctx.library.requirement(o.requirement).name)).collect()),
        ("components", a.components.iter().map(|c| component(ctx, c)).collect()),
        ("provisions", a.provisions.iter().map(|c| provision(ctx, c)).collect()),
        ("rests_on", rests_on(ctx)),
        ("own_policies", json!(a.policies.as_ref().map_or(&[][..], |p| &p.own))),
        ("barred", a.barred.iter().map(|b| barred::barred(ctx, b)).collect()),
        ("doubted", a.doubted.iter().map(|d| barred::doubted(ctx, d)).collect()),
        ("refused", a.refused.iter().map(|r| barred::refused(ctx, r)).collect()),
        ("lapses", a.lapses.iter().map(|l| lapse(ctx, l)).collect()),
        ("nil_returns", ctx.bundle.nil_returns.iter().map(|n| nil_return(ctx, n)).collect()),
        ("exemptions", ctx.bundle.exemptions.iter().map(|e| exemption(ctx, e)).collect()),
    ];
    let mut whole: Value = parts.into_iter().map(|(name, part)| (name.to_owned(), part)).collect();
    if let (Some(object), Some(economics)) = (whole.as_object_mut(), economics::for_programs(ctx)) {
        object.insert("economics".to_owned(), economics);
    }
    whole
}

fn disclosure(withheld: &Withheld) -> Value {
    json!({
        "audience": withheld.audience.name,
        "withheld": {
            "items": withheld.items,
            "fields": withheld.fields,
            "facts": withheld.facts,
            "verdicts": withheld.verdicts.total(),
            "provisions": withheld.provisions,
            "judgements": withheld.judgements,
            "waivers": withheld.waivers,
            "nil_returns": withheld.nil_returns,
            "checklist": withheld.checklist,
            "barred": withheld.barred,
            "lapses": withheld.lapses,
        },
        "because": withheld.because.iter().map(|b| json!({
            "policy": b.policy,
            "because": b.because,
            "times": b.times,
        })).collect::<Vec<_>>(),
    })
}

fn entity(ctx: &Context<'_>) -> Value {
    let e = &ctx.bundle.entity;
    let name = |vocabulary: crate::library::model::VocabularyId, at: Option<crate::library::model::TermId>| {
        let terms = ctx.library.vocabularies.get(vocabulary.0 as usize).map(|v| &v.terms)?;
        terms.get(at?.0 as usize).map(|t| t.name.as_str())
    };
    let items = ctx.bundle.items(ctx.library.kinds.len());
    json!({
        "id": e.id,
        "name": e.name,
        "kind": name(ctx.library.entity_kinds, e.kind),
        "sems": name(ctx.library.sems, e.sems),
        "items": items,
        "items_not_yet_known": ctx.bundle.not_yet_known,
    })
}

fn counts(ctx: &Context<'_>) -> Value {
    let [not_met, not_confirmed, needs_judgement, sealed, met, not_applicable] = summary::tally(ctx).verdicts;
    json!({
        "met": met,
        "not_met": not_met,
        "not_confirmed": not_confirmed,
        "needs_judgement": needs_judgement,
        "not_applicable": not_applicable,
        "sealed": sealed,
    })
}

fn rests_on(ctx: &Context<'_>) -> Value {
    let [read, excerpt, unverified, sealed, none] = summary::tally(ctx).bases;
    let provisions = summary::provisions(ctx);
    json!({
        "read": read,
        "excerpt": excerpt,
        "unverified": unverified,
        "sealed": sealed,
        "no_provision": none,
        "provisions_not_encoded": provisions.not_encoded,
        "provisions_without_duty": provisions.no_duty,
    })
}

fn verdict(verdict: Verdict) -> (Value, Value) {
    let reason = match verdict {
        Verdict::NotMet(reason) => json!(reason.word()),
        Verdict::Met | Verdict::NotConfirmed | Verdict::NeedsJudgement | Verdict::NotApplicable | Verdict::Sealed => Value::Null,
    };
    (json!(verdict.words()), reason)
}

fn requirement(ctx: &Context<'_>, outcome: &Outcome) -> Value {
    let written = ctx.library.requirement(outcome.requirement);
    let (said, reason) = verdict(outcome.verdict);
    let parts = parts(ctx, outcome);
    let route = outcome.route.and_then(|r| written.routes.get(r as usize)).map(|r| r.name.as_str());
    let mut whole = json!({
        "name": written.name,
        "title": written.title,
        "verdict": said,
        "reason": reason,
        "severity": marks::severity(written.severity),
        "sentence": sentence(ctx, outcome, &parts),
        "may_suggest": outcome.verdict.may_suggest(),
        "basis": outcome.basis.map(marks::basis),
        "scope": scope(ctx, &outcome.scope),
        "route": route,
        "provisions": written.discharges.iter().map(|p| &ctx.library.provision(*p).name).collect::<Vec<_>>(),
        "gaps": parts.iter().map(|part| json!({
            "part": part.name,
            "sentences": part.points.iter().map(|p| &p.text).collect::<Vec<_>>(),
            "more": part.more,
            "remedies": part.remedies,
            "guidance": part.guidance,
            "places": part.points.iter().flat_map(|p| p.places()).map(|(at, _)| evidence(ctx, at)).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "clauses": outcome.clauses.iter().filter_map(|c| {
            let clause = written.clauses.get(c.clause.0 as usize)?;
            Some(json!({
                "name": clause.name,
                "title": clause.title,
                "route": clause.route.and_then(|r| written.routes.get(r as usize)).map(|r| r.name.as_str()),
                "truth": grounds::truth(c.truth),
                "reason": c.reason.map(crate::assess::Reason::word),
                "rule": rule(ctx, clause.span, false),
                "ground": c.ground.as_ref().map(|g| grounds::ground(ctx, g, true)),
            }))
        }).collect::<Vec<_>>(),
        "judges": outcome.judges.iter().filter_map(|j| judge(ctx, written, j)).collect::<Vec<_>>(),
    });
    if let (Some(said), Some(whole)) = (own::entry(ctx, outcome), whole.as_object_mut()) {
        whole.insert("own".into(), own_words(outcome, said));
    }
    whole
}

/// What the entity says of itself.
fn own_words(outcome: &Outcome, entry: &ChecklistEntry) -> Value {
    let mut said = Map::new();
    said.insert("status".into(), json!(entry.claim.map(Claim::word)));
    said.insert("but".into(), json!(entry.claim.and_then(|claim| contradiction(claim, outcome.verdict))));
    for own in Own::ALL {
        said.insert(own.key().replace('-', "_"), json!(entry.text(own)));
    }
    Value::Object(said)
}

fn scope(ctx: &Context<'_>, scope: &Scope) -> Value {
    let (state, ground, exemption) = match scope {
        Scope::Applies => ("applies", None, None),
        Scope::NotBound => ("not bound", None, None),
        Scope::NotInForce => ("not in force", None, None),
        Scope::ConditionFalse(g) => ("condition false", Some(g), None),
        Scope::Displaced(at) => ("displaced", None, ctx.bundle.exemptions.get(*at as usize).map(|e| e.id.as_str())),
        Scope::Sealed => ("sealed", None, None),
        Scope::Unknown(g) => ("not known", Some(g), None),
    };
    json!({ "state": state, "exemption": exemption, "ground": ground.map(|g| grounds::ground(ctx, g, true)) })
}

fn judge(ctx: &Context<'_>, requirement: &Requirement, outcome: &JudgeOutcome) -> Option<Value> {
    let judge = requirement.judges.get(outcome.judge as usize)?;
    let (state, at) = match outcome.state {
        JudgeState::Yes(at) => ("yes", Some(at)),
        JudgeState::No(at) => ("no", Some(at)),
        JudgeState::OutOfDate(at) => ("out of date", Some(at)),
        JudgeState::WrongRole(at) => ("wrong role", Some(at)),
        JudgeState::Refused(at) => ("refused by policy", Some(at)),
        JudgeState::Doubted(at) => ("not shown to be by someone who may", Some(at)),
        JudgeState::Missing => ("missing", None),
    };
    let recorded = at.and_then(|at| ctx.bundle.judgements.get(at as usize)).map(|j| {
        let by = j.by.map(|row| summary::voice(ctx).raw_id(ctx.library.person, row));
        json!({ "answer": j.answer, "by": by, "role": j.role, "on": j.on.to_string(), "because": j.reason })
    });
    let valid = judge.valid.map(|p| p.to_string());
    Some(
        json!({ "name": judge.name, "question": judge.question, "by": judge.by, "valid": valid, "state": state, "recorded": recorded }),
    )
}

fn level(outcome: LevelOutcome) -> Value {
    json!({
        "holds": outcome.holds(),
        "met": outcome.met,
        "not_met": outcome.not_met,
        "not_confirmed": outcome.not_confirmed,
        "needs_judgement": outcome.needs_judgement,
    })
}

fn component(ctx: &Context<'_>, outcome: &ComponentOutcome) -> Value {
    let written = ctx.library.strategic(outcome.component);
    let levels: Map<_, _> = outcome.levels.iter().zip(marks::LEVELS).map(|(l, (_, word))| (word.to_owned(), level(*l))).collect();
    let elements = outcome.elements.iter().filter_map(|(id, v)| {
        let element = written.elements.get(id.0 as usize)?;
        Some(json!({ "name": element.name, "verdict": v.map(Verdict::words) }))
    });
    json!({
        "name": written.name,
        "title": written.title,
        "number": written.number,
        "reached": outcome.reached.map(marks::level_word),
        "says": summary::level_words(outcome),
        "levels": levels,
        "elements": elements.collect::<Vec<_>>(),
    })
}

fn provision(ctx: &Context<'_>, coverage: &Coverage) -> Value {
    let written = ctx.library.provision(coverage.provision);
    let (status, verdict_of, through) = match coverage.status {
        ProvisionStatus::Verdict(v) => ("assessed", Some(v), None),
        ProvisionStatus::NotEncoded => ("not encoded", None, None),
        ProvisionStatus::NoDuty => ("no duty", None, None),
        ProvisionStatus::NotBound => ("not bound", None, None),
        ProvisionStatus::NotInForce => ("not in force", None, None),
        ProvisionStatus::Sealed => ("sealed", None, None),
        ProvisionStatus::Withheld => ("withheld", None, None),
        ProvisionStatus::Equivalent(at, v) => {
            ("equivalent", Some(v), ctx.library.equivalences.get(at as usize).map(|e| e.name.as_str()))
        }
    };
    let (said, reason) = verdict_of.map_or((Value::Null, Value::Null), verdict);
    let instrument = ctx.library.instruments.get(written.key.instrument.0 as usize);
    json!({
        "name": written.name,
        "title": written.title,
        "instrument": instrument.map(|i| marks::instrument(i.kind)),
        "citation": instrument.map(|i| i.citation.as_str()),
        "url": written.source.as_deref().or_else(|| instrument.and_then(|i| i.url.as_deref())),
        "basis": marks::basis(written.basis),
        "summary": written.version_on(ctx.assessment.date).map(|v| v.summary.as_str()),
        "status": status,
        "verdict": said,
        "reason": reason,
        "equivalence": through,
    })
}

fn lapse(ctx: &Context<'_>, lapse: &Lapse) -> Value {
    let (what, at) = match lapse.what {
        Lapsing::Item(at) => ("item", Some(evidence(ctx, at))),
        Lapsing::Judgement(_) => ("judgement", None),
        Lapsing::Exemption(_) => ("exemption", None),
    };
    json!({
        "on": lapse.on.to_string(),
        "in_days": ctx.assessment.date.days_to(lapse.on),
        "what": what,
        "says": summary::lapsing(ctx, lapse.what),
        "place": at,
        "requirements": lapse.requirements.iter().map(|r| &ctx.library.requirement(*r).name).collect::<Vec<_>>(),
    })
}

fn nil_return(ctx: &Context<'_>, n: &NilReturn) -> Value {
    let by = n.made_by.map(|row| summary::voice(ctx).raw_id(ctx.library.person, row));
    let (kind, requirement) = match n.of {
        NilOf::Kind(kind) => (ctx.library.kinds.get(kind.0 as usize).map(|k| k.name.as_str()), None),
        NilOf::Requirement(id) => (None, Some(ctx.library.requirement(id).name.as_str())),
    };
    json!({ "kind": kind, "requirement": requirement, "from": n.period.first.to_string(), "to": n.period.last.to_string(), "made_by": by })
}

fn exemption(ctx: &Context<'_>, e: &Exemption) -> Value {
    let (of, name) = match e.of {
        crate::evidence::ExemptionOf::Requirement(r) => ("requirement", &ctx.library.requirement(r).name),
        crate::evidence::ExemptionOf::Provision(p) => ("provision", &ctx.library.provision(p).name),
    };
    json!({
        "id": e.id,
        "kind": super::explain::exemption(e.kind),
        "of": of,
        "name": name,
        "from": e.from.to_string(),
        "until": e.until.map(|d| d.to_string()),
        "granted_by": e.granted_by,
        "reference": e.reference,
    })
}

/// A place in the evidence: file, kind, item and field; line and column on request.
pub(super) fn evidence(ctx: &Context<'_>, at: At) -> Value {
    let voice = summary::voice(ctx);
    let (kind, row) = voice.owner(at);
    let span = place::place(ctx.library, ctx.bundle, at);
    let mut place = Map::new();
    place.insert("file".into(), span.and_then(|s| ctx.bundle.sources.get(s.file)).map_or(Value::Null, |s| json!(s.name())));
    place.insert("kind".into(), ctx.library.kinds.get(kind.0 as usize).map_or(Value::Null, |k| json!(k.name)));
    place.insert("item".into(), json!(voice.raw_id(kind, row)));
    place.insert("field".into(), voice.path(at).map_or(Value::Null, Value::from));
    lines(ctx, &ctx.bundle.sources, span, &mut place);
    Value::Object(place)
}

/// A place in the rules: the file and the text there; line and column on request.
pub(super) fn rule(ctx: &Context<'_>, span: Span, text: bool) -> Value {
    let sources = &ctx.library.sources;
    let mut place = Map::new();
    place.insert("file".into(), sources.get(span.file).map_or(Value::Null, |s| json!(s.name())));
    if text {
        place.insert("text".into(), json!(sources.slice(span)));
    }
    lines(ctx, sources, Some(span), &mut place);
    Value::Object(place)
}

fn lines(ctx: &Context<'_>, sources: &Sources, span: Option<Span>, place: &mut Map<String, Value>) {
    if let (true, Some(span)) = (ctx.style.lines, span)
        && let Some(source) = sources.get(span.file)
    {
        let at = source.place(span.start);
        place.insert("line".into(), json!(at.line));
        place.insert("column".into(), json!(at.column));
        if source.sheet_name().is_some() {
            place.insert("cell".into(), json!(source.address(span.start)));
        }
    }
}
