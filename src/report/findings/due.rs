//! What is late, which step is next, what came back.

use serde_json::{Value, json};

use super::page::{Page, Row, Section};
use super::{About, Shape, counted, named, provision, value, write};
use crate::base::{Date, Period};
use crate::diagnostics::render;
use crate::diagnostics::render::paint::Tone;
use crate::findings::due::{Due, Late, LateThing, Next, Repeat};
use crate::findings::{Finding, Word};

/// The report on a day; a matter that returns within so many months counts as a repeat.
#[must_use]
pub fn due(about: &About<'_>, due: &Due<'_>, on: Date, months: u32, shape: Shape) -> String {
    if shape == Shape::Json {
        return format!("{:#}\n", json_of(about, due, on, months));
    }
    let mut closing = vec![format!(
        "{}: {} late, {} came back.",
        counted(due.open, "open deficiency", "open deficiencies"),
        counted(due.late.len(), "matter is", "matters are"),
        due.repeats.len()
    )];
    if !due.unseen.is_empty() {
        let names: Vec<String> = due.unseen.iter().map(|f| named(about.register, f)).collect();
        closing.push(format!(
            "{} confirmed, and nobody has looked again since: {}.",
            counted(due.unseen.len(), "finding could not be", "findings could not be"),
            names.join(", ")
        ));
    }
    if due.errors > 0 {
        closing.push(format!("{} in this register: see `findings check`.", counted(due.errors, "error", "errors")));
    }
    closing.extend(about.withheld_line());
    let page = Page {
        title: format!("What is due on {}", on.long()),
        intro: Vec::new(),
        sections: vec![
            Section {
                key: "late",
                title: "Late".to_owned(),
                head: vec!["finding", "due", "late by", "what"],
                rows: due.late.iter().map(|late| late_row(about, late)).collect(),
                note: None,
            },
            Section {
                key: "step",
                title: "The ladder".to_owned(),
                head: vec!["finding", "taken", "next"],
                rows: due.steps.iter().map(|next| next_row(about, next)).collect(),
                note: (!due.steps.is_empty()).then(|| {
                    "Which step is taken, and whether one is skipped, a person of the authority decides. Periods are those of the library."
                        .to_owned()
                }),
            },
            Section {
                key: "repeat",
                title: "Came back".to_owned(),
                head: vec!["finding", "after", "provision", "same"],
                rows: due.repeats.iter().map(|repeat| repeat_row(about, repeat)).collect(),
                note: (!due.repeats.is_empty())
                    .then(|| format!("The same provision and cause within {months} months. That number is a choice, not law.")),
            },
        ],
        closing,
    };
    let mut text = write(&page, shape, about.style);
    if shape == Shape::Concise {
        due.unseen.iter().for_each(|f| text.push_str(&format!("not-confirmed\t{}\n", named(about.register, f))));
        if due.errors > 0 {
            text.push_str(&format!("errors\t{}\n", due.errors));
        }
    }
    if shape == Shape::Concise && !due.diagnostics.is_empty() {
        text.push_str(&render::concise(&due.diagnostics, &about.register.sources, about.style.look()));
    }
    text
}

fn what(late: &Late<'_>) -> String {
    match late.what {
        LateThing::Finding => "the finding is not reported as corrected".to_owned(),
        LateThing::Action(action) => {
            let what = action.what.get().map_or("an action", |what| what.trim_end_matches('.'));
            let owner = action.owner.get().map_or("nobody", String::as_str);
            format!("action {}, of {owner}: {what}", action.id.value)
        }
        LateThing::Measure(action) => {
            let what = action.what.get().map_or("a measure", |what| what.trim_end_matches('.'));
            format!("compensatory measure {} has ended: {what}", action.id.value)
        }
        LateThing::Notice => "the enforcement notice is not reported as complied with".to_owned(),
    }
}

fn by(late: &Late<'_>) -> String {
    let days = counted(late.days.unsigned_abs() as usize, "day", "days");
    match late.working_days {
        Some(working) => format!("{days}, {working} working"),
        None => days,
    }
}

fn late_row(about: &About<'_>, late: &Late<'_>) -> Row {
    let name = named(about.register, late.finding);
    let mark = (Some(Tone::Bad), if about.style.unicode { "✗" } else { "x" });
    let working = late.working_days.map_or_else(String::new, |n| format!(", {} of which were working days", n));
    let days = counted(late.days.unsigned_abs() as usize, "day", "days");
    Row {
        mark,
        cells: vec![name.clone(), late.due.to_string(), by(late), what(late)],
        sentence: format!("{name}: {}; due on {}, {days} ago{working}", what(late), late.due.long()),
        more: Vec::new(),
    }
}

fn next_words(next: &Next<'_>) -> String {
    let Some(step) = next.next else { return "the last step is taken".to_owned() };
    let mut words = step.title().to_owned();
    let period = |(least, first): (Period, Date)| format!("at least {least}, so until {first} or later");
    if step == crate::findings::Step::Notice {
        if let Some(notice) = next.notice {
            words.push_str(&format!("; served on this day, it gives {}", period(notice)));
        }
        if let Some(works) = next.works {
            words.push_str(&format!(", for building works {}", period(works)));
        }
    }
    let why = match (next.serious, next.came_back) {
        (true, true) => Some("is serious and came back"),
        (true, false) => Some("is serious"),
        (false, true) => Some("came back"),
        (false, false) => None,
    };
    if let Some(why) = why {
        words.push_str(&format!("; steps may be skipped, because the matter {why}"));
    }
    if let Some(until) = next.objection_until {
        words.push_str(&format!("; whoever was served may object until {until}"));
    }
    words
}

fn next_row(about: &About<'_>, next: &Next<'_>) -> Row {
    let name = named(about.register, next.finding);
    let taken = next.taken.map_or("nothing yet", |s| s.title());
    Row {
        mark: (None, ""),
        cells: vec![name.clone(), taken.to_owned(), next_words(next)],
        sentence: format!("{name}: taken so far is {taken}; next is {}", next_words(next)),
        more: Vec::new(),
    }
}

fn same(repeat: &Repeat<'_>) -> String {
    if repeat.cause_open {
        return "the provision; the cause of one of them is not on record".to_owned();
    }
    let causes: Vec<&str> = repeat.causes.iter().map(|c| c.title()).collect();
    format!("provision and cause ({})", causes.join(", "))
}

fn repeat_row(about: &About<'_>, repeat: &Repeat<'_>) -> Row {
    let name = named(about.register, repeat.finding);
    let recorded = if repeat.recorded { "" } else { "; the record does not say so" };
    let mark = (Some(Tone::Open), if about.style.unicode { "↻" } else { "r" });
    let earlier = &repeat.earlier.id.value;
    Row {
        mark,
        cells: vec![name.clone(), earlier.clone(), provision(repeat.finding).to_owned(), format!("{}{recorded}", same(repeat))],
        sentence: format!(
            "{name} came back after {earlier}, against {}: the same is {}{recorded}",
            provision(repeat.finding),
            same(repeat)
        ),
        more: Vec::new(),
    }
}

fn json_of(about: &About<'_>, due: &Due<'_>, on: Date, months: u32) -> Value {
    let late: Vec<Value> = due
        .late
        .iter()
        .map(|late| {
            let (kind, action) = match late.what {
                LateThing::Finding => ("finding", None),
                LateThing::Action(action) => ("action", Some(&action.id.value)),
                LateThing::Measure(action) => ("measure", Some(&action.id.value)),
                LateThing::Notice => ("notice", None),
            };
            json!({
                "entity": late.finding.entity.get(), "finding": late.finding.id.value, "what": kind, "action": action,
                "due": late.due.to_string(), "days": late.days, "working_days": late.working_days,
            })
        })
        .collect();
    let period =
        |of: Option<(Period, Date)>| of.map(|(least, first)| json!({ "least": least.to_string(), "first": first.to_string() }));
    let steps: Vec<Value> = due
        .steps
        .iter()
        .map(|next| {
            json!({
                "entity": next.finding.entity.get(), "finding": next.finding.id.value,
                "taken": next.taken.map(Word::word), "next": next.next.map(Word::word), "serious": next.serious, "came_back": next.came_back,
                "notice": period(next.notice), "notice_for_works": period(next.works),
                "objection_until": next.objection_until.map(|d| d.to_string()),
            })
        })
        .collect();
    let repeats: Vec<Value> = due
        .repeats
        .iter()
        .map(|repeat| {
            json!({
                "entity": repeat.finding.entity.get(), "finding": repeat.finding.id.value, "after": repeat.earlier.id.value,
                "provision": repeat.finding.provision.get().map(|c| &c.name),
                "causes": repeat.causes.iter().map(|c| c.word()).collect::<Vec<_>>(),
                "cause_open": repeat.cause_open, "recorded": repeat.recorded,
            })
        })
        .collect();
    // As they stood on the day.
    let finding = |f: &Finding| {
        let mut finding = value(about, f);
        finding["state"] = json!(f.state_on(on).map(Word::word));
        finding["open"] = json!(f.is_open_on(on));
        finding
    };
    let findings: Vec<Value> = about.register.findings.iter().map(finding).collect();
    json!({
        "on": on.to_string(), "months": months, "open": due.open, "withheld": about.withheld, "errors": due.errors,
        "not_confirmed": due.unseen.iter().map(|f| json!({ "entity": f.entity.get(), "finding": f.id.value })).collect::<Vec<_>>(),
        "late": late, "steps": steps, "repeats": repeats, "findings": findings,
        "diagnostics": render::json_value(&due.diagnostics, &about.register.sources)["diagnostics"],
    })
}
