//! Nil returns, judgements, waivers and derogations.

use super::bundle::{Exemption, ExemptionKind, ExemptionOf, Judgement, MISSING, NilOf, NilReturn, decode_interval};
use super::convert::Filler;
use super::convert::item::first_line;
use super::errors::{items as errors, top, values};
use super::fields::sorted;
use super::gather::{Statement, fixed};
use super::tree::View;
use crate::base::{Date, Interval};
use crate::library::model::{RequirementId, Scalar};

/// `nil-returns`, sorted by what they are of, then by period. `assessed`: the day the bundle is for, where it says so.
pub(super) fn nil_returns<'s>(filler: &mut Filler<'_, 's>, written: &[Statement<'s>], assessed: Option<Date>) -> Vec<NilReturn> {
    let mut returns: Vec<NilReturn> = written.iter().filter_map(|s| nil_return(filler, s.fields, assessed)).collect();
    returns.sort_by_key(|r| (r.of, r.period, r.made_by, r.span));
    returns
}

/// Nobody can say that nothing happened on days to come: a period counts up to the day the bundle is for.
fn until<'s>(filler: &mut Filler<'_, 's>, place: Option<View<'s>>, period: Interval, assessed: Option<Date>) -> Option<Interval> {
    let Some(last) = assessed.filter(|day| *day < period.last) else { return Some(period) };
    if let Some(place) = place {
        filler.tell(errors::nil_return_ahead(place, last));
    }
    (period.first <= last).then(|| Interval::new(period.first, last))
}

fn nil_return<'s>(filler: &mut Filler<'_, 's>, written: View<'s>, assessed: Option<Date>) -> Option<NilReturn> {
    const PLACE: &str = "a nil return";
    let keys = ["kind", "requirement", "period", "made-by"];
    let [kind, requirement, period, made_by] = fixed(written, keys, PLACE, &mut filler.diagnostics);
    let signed = needed(filler, written, made_by, "made-by", PLACE);
    let made_by = signed.and_then(|v| person(filler, v, "made-by"));
    let of = match (kind, requirement) {
        (Some(first), Some(second)) => {
            filler.tell(top::both("nil return", (first.span(), "kind"), (second.span(), "requirement")));
            None
        }
        (None, Some(v)) => requirement_named(filler, v).map(NilOf::Requirement),
        (kind, None) => needed(filler, written, kind, "kind", PLACE).and_then(|v| {
            let kind = v.text().and_then(|t| filler.fields.kinds.get(t)).copied();
            if kind.is_none() {
                filler.tell(errors::no_such_kind(v, &filler.fields.kind_names()));
            }
            kind.map(NilOf::Kind)
        }),
    };
    let place = needed(filler, written, period, "period", PLACE);
    let period = place
        .map(|v| filler.cell(Scalar::Interval, v, "period"))
        .filter(|cell| *cell != MISSING)
        .and_then(decode_interval)
        .and_then(|period| until(filler, place, period, assessed));
    signed?;
    Some(NilReturn { of: of?, period: period?, made_by, span: written.span() })
}

/// `judgements`, sorted by requirement, judge, date.
pub(super) fn judgements<'s>(filler: &mut Filler<'_, 's>, written: &[Statement<'s>]) -> Vec<Judgement> {
    let mut judgements: Vec<Judgement> = written.iter().filter_map(|s| judgement(filler, s.fields)).collect();
    judgements.sort_by(|a, b| {
        let key = |j: &Judgement| (j.requirement, j.of.clone(), j.on, j.by, j.role.clone(), j.answer, j.reason.clone());
        key(a).cmp(&key(b)).then_with(|| a.span.cmp(&b.span))
    });
    judgements
}

fn judgement<'s>(filler: &mut Filler<'_, 's>, written: View<'s>) -> Option<Judgement> {
    const PLACE: &str = "a judgement";
    let keys = ["requirement", "of", "answer", "by", "role", "on", "reason"];
    let [requirement, of, answer, by, role, on, reason] = fixed(written, keys, PLACE, &mut filler.diagnostics);
    let requirement = needed(filler, written, requirement, "requirement", PLACE).and_then(|v| requirement_named(filler, v));
    let of_name = needed(filler, written, of, "of", PLACE).and_then(|v| text(filler, v, "of").map(|t| (v, t)));
    if let (Some(requirement), Some((place, name))) = (requirement, &of_name) {
        let library = filler.library;
        let asked = library.requirement(requirement);
        let judges: Vec<&str> = asked.judges.iter().map(|j| j.name.as_str()).collect();
        if !judges.contains(&name.as_str()) {
            filler.tell(errors::no_such_judge(*place, &asked.name, &judges));
        }
    }
    let answer = needed(filler, written, answer, "answer", PLACE).and_then(|v| match v.text() {
        Some("yes" | "true") => Some(true),
        Some("no" | "false") => Some(false),
        _ => {
            filler.tell(values::not_one_of(v, "answer", &["yes", "no"]));
            None
        }
    });
    if by.is_none() && filler.tell_missing {
        filler.tell(errors::missing_field(first_line(written), "by", "judgement"));
    }
    let by = by.and_then(|v| person(filler, v, "by"));
    let role = needed(filler, written, role, "role", PLACE).and_then(|v| text(filler, v, "role"));
    let on = needed(filler, written, on, "on", PLACE).and_then(|v| date(filler, v, "on"));
    let reason = reason.and_then(|v| text(filler, v, "reason"));
    let of = of_name?.1;
    Some(Judgement { requirement: requirement?, of, answer: answer?, by, role: role?, on: on?, reason, span: written.span() })
}

/// `waivers` and `derogations`, sorted by what they are of, then by date.
pub(super) fn exemptions<'s>(
    filler: &mut Filler<'_, 's>,
    waivers: &[Statement<'s>],
    derogations: &[Statement<'s>],
) -> Vec<Exemption> {
    let waivers = waivers.iter().map(|s| (ExemptionKind::Waiver, s));
    let derogations = derogations.iter().map(|s| (ExemptionKind::Derogation, s));
    let mut all: Vec<Exemption> = waivers.chain(derogations).filter_map(|(kind, s)| exemption(filler, kind, s)).collect();
    all.sort_by(|a, b| (a.of, a.from, a.until, a.kind, &a.id, a.span).cmp(&(b.of, b.from, b.until, b.kind, &b.id, b.span)));
    all
}

fn exemption<'s>(filler: &mut Filler<'_, 's>, kind: ExemptionKind, statement: &Statement<'s>) -> Option<Exemption> {
    let written = statement.fields;
    let (what, place) = match kind {
        ExemptionKind::Waiver => ("waiver", "a waiver"),
        ExemptionKind::Derogation => ("derogation", "a derogation"),
    };
    let keys = ["id", "requirement", "provision", "from", "until", "granted-by", "reference"];
    let [id, requirement, provision, from, until, granted_by, reference] = fixed(written, keys, place, &mut filler.diagnostics);
    let id = needed(filler, written, statement.id.or(id), "id", place).and_then(|v| text(filler, v, "id"));
    let of = match (requirement, provision) {
        (Some(v), None) => requirement_named(filler, v).map(ExemptionOf::Requirement),
        (None, Some(v)) => {
            let found = v.text().and_then(|t| filler.fields.provisions.get(t)).copied();
            if found.is_none() {
                let known = sorted(&filler.fields.provisions);
                filler.tell(errors::no_such_rule(v, "provision", &known));
            }
            found.map(ExemptionOf::Provision)
        }
        (None, None) => {
            filler.tell(errors::missing_key(first_line(written), "requirement", place));
            None
        }
        (Some(first), Some(second)) => {
            filler.tell(top::both(what, (first.span(), "requirement"), (second.span(), "provision")));
            None
        }
    };
    let from = needed(filler, written, from, "from", place).and_then(|v| date(filler, v, "from"));
    let ends = match (until, kind) {
        (None, ExemptionKind::Waiver) => needed(filler, written, until, "until", place).and(None),
        (until, _) => until.map(|v| (v, date(filler, v, "until"))),
    };
    if let (Some(from), Some((place, Some(until)))) = (from, ends)
        && until <= from
    {
        filler.tell(top::ends_before(place.span(), what));
    }
    if granted_by.is_none() && matches!(kind, ExemptionKind::Waiver) {
        filler.tell(errors::missing_key(first_line(written), "granted-by", place));
    }
    let granted_by = granted_by.and_then(|v| text(filler, v, "granted-by")).unwrap_or_default();
    let reference = reference.and_then(|v| text(filler, v, "reference"));
    let until = ends.and_then(|(_, day)| day);
    Some(Exemption { kind, id: id?, of: of?, from: from?, until, granted_by, reference, span: written.span() })
}

fn needed<'s>(
    filler: &mut Filler<'_, 's>,
    written: View<'s>,
    value: Option<View<'s>>,
    key: &str,
    place: &str,
) -> Option<View<'s>> {
    if value.is_none() {
        filler.tell(errors::missing_key(first_line(written), key, place));
    }
    value
}

fn requirement_named<'s>(filler: &mut Filler<'_, 's>, value: View<'s>) -> Option<RequirementId> {
    let found = value.text().and_then(|t| filler.fields.requirements.get(t)).copied();
    if found.is_none() {
        let known = sorted(&filler.fields.requirements);
        filler.tell(errors::no_such_rule(value, "requirement", &known));
    }
    found
}

/// A text, which is not shared with cells.
pub(super) fn text(filler: &mut Filler<'_, '_>, value: View<'_>, name: &str) -> Option<String> {
    match value.text() {
        Some(text) if !(value.is_plain() && matches!(text, "true" | "false")) => Some(text.to_owned()),
        _ => {
            filler.tell(values::not_text(value, name));
            None
        }
    }
}

fn date<'s>(filler: &mut Filler<'_, 's>, value: View<'s>, name: &str) -> Option<Date> {
    let cell = filler.cell(Scalar::Date, value, name);
    i32::try_from(cell).ok().and_then(Date::from_day_number)
}

fn person<'s>(filler: &mut Filler<'_, 's>, value: View<'s>, name: &str) -> Option<u32> {
    let person = filler.library.person;
    u32::try_from(filler.cell(Scalar::Ref(person), value, name)).ok()
}
