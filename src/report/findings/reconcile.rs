//! What entities say of themselves beside what inspectors found.

use serde_json::{Value, json};

use super::page::{Page, Row, Section};
use super::{About, Shape, counted, provision, write};
use crate::base::Date;
use crate::diagnostics::render::paint::Tone;
use crate::findings::model::title;
use crate::findings::reconcile::{Compared, Counts, Outcome, Reconciled};

/// The report on a day; shares are given from so many comparisons on.
#[must_use]
pub fn reconcile(about: &About<'_>, entities: &[Reconciled<'_>], on: Date, minimum: usize, shape: Shape) -> String {
    if shape == Shape::Json {
        return format!("{:#}\n", json_of(about, entities, on, minimum));
    }
    let mut sections = Vec::new();
    for entity in entities {
        sections.push(Section {
            key: "finding",
            title: format!("{}: finding by finding", entity.entity),
            head: vec!["finding", "day", "provision", "the entity says", "the inspector says, and so"],
            rows: entity.findings.iter().map(|c| compared_row(about, entity, c)).collect(),
            note: None,
        });
        sections.push(Section {
            key: "component",
            title: format!("{}: by component", entity.entity),
            head: HEAD.to_vec(),
            rows: entity
                .components
                .iter()
                .map(|(id, counts)| counts_row(&about.library.strategic(*id).name, &entity.entity, *counts, minimum))
                .collect(),
            note: (!entity.components.is_empty())
                .then(|| "A finding may bear on several components; it counts once in each, and once for the entity.".to_owned()),
        });
    }
    let mut all = Counts::default();
    entities.iter().for_each(|e| all.join(e.counts));
    let mut rows: Vec<Row> = entities.iter().map(|e| counts_row(&e.entity, &e.entity, e.counts, minimum)).collect();
    if entities.len() > 1 {
        rows.push(counts_row("all", "all entities", all, minimum));
    }
    sections.push(Section {
        key: "entity",
        title: "By entity".to_owned(),
        head: HEAD.to_vec(),
        rows,
        note: Some(format!(
            "Over: over-reported. Open: not comparable. Unseen: provisions that the entity answers on {on} and no finding bears on. \
             How many agree of those compared is said from {minimum} comparisons on: with fewer, one finding more would change the picture."
        )),
    });
    let mut closing = vec![format!(
        "{} in {} compared.",
        counted(all.blind_spots, "blind spot", "blind spots"),
        counted(all.compared(), "finding", "findings")
    )];
    closing.extend(about.withheld_line());
    let page = Page {
        title: "Self-assessment and findings".to_owned(),
        intro: vec![
            "Each finding of the authority beside the entity's own answer to the same provision, from what was known on the day of the finding."
                .to_owned(),
        ],
        sections,
        closing,
    };
    write(&page, shape, about.style)
}

const HEAD: [&str; 7] = ["", "agreed", "blind", "over", "open", "unseen", "agreement"];

fn answer(compared: &Compared<'_>) -> &'static str {
    compared.entity.map_or("no answer", |v| v.words())
}

fn outcome_words(outcome: Outcome) -> String {
    match outcome {
        Outcome::NotComparable(why) => format!("{}: {}", outcome.words(), why.words()),
        Outcome::Agreed | Outcome::BlindSpot | Outcome::OverReported => outcome.words().to_owned(),
    }
}

fn compared_row(about: &About<'_>, entity: &Reconciled<'_>, compared: &Compared<'_>) -> Row {
    let unicode = about.style.unicode;
    let mark = match compared.outcome {
        Outcome::Agreed => (Some(Tone::Good), if unicode { "✓" } else { "+" }),
        Outcome::BlindSpot => (Some(Tone::Bad), if unicode { "✗" } else { "x" }),
        Outcome::OverReported => (Some(Tone::Judge), if unicode { "△" } else { "o" }),
        Outcome::NotComparable(_) => (Some(Tone::Open), "?"),
    };
    let finding = compared.finding;
    let day = finding.activity.on.get().map_or_else(|| "no day".to_owned(), ToString::to_string);
    let class = title(&finding.class);
    let so = outcome_words(compared.outcome);
    Row {
        mark,
        cells: vec![
            finding.id.value.clone(),
            day.clone(),
            provision(finding).to_owned(),
            answer(compared).to_owned(),
            format!("{class}: {so}"),
        ],
        sentence: format!(
            "{} of {}, {day}, against {}: the entity says {}, the inspector says {class}; {so}",
            finding.id.value,
            entity.entity,
            provision(finding),
            answer(compared)
        ),
        more: Vec::new(),
    }
}

fn counts_row(name: &str, whose: &str, counts: Counts, minimum: usize) -> Row {
    let agreement = counts
        .agreement(minimum)
        .map_or_else(|| format!("too few ({})", counts.compared()), |(agreed, compared)| format!("{agreed} of {compared}"));
    let agreed = counts.agreed_met + counts.agreed_gap;
    let cells = [agreed, counts.blind_spots, counts.over_reported, counts.not_comparable, counts.not_looked_at];
    let said = format!(
        "{agreed} agreed, {} in order and {} not; {}; {} over-reported; {} not comparable; {} not looked at; agreement: {agreement}",
        counts.agreed_met,
        counts.agreed_gap,
        counted(counts.blind_spots, "blind spot", "blind spots"),
        counts.over_reported,
        counts.not_comparable,
        counts.not_looked_at
    );
    let of = if name == whose { String::new() } else { format!(" of {whose}") };
    Row {
        mark: (None, ""),
        cells: std::iter::once(name.to_owned()).chain(cells.map(|n| n.to_string())).chain([agreement]).collect(),
        sentence: format!("{name}{of}: {said}"),
        more: Vec::new(),
    }
}

fn counts_value(counts: Counts, minimum: usize) -> Value {
    json!({
        "agreed_met": counts.agreed_met, "agreed_gap": counts.agreed_gap, "blind_spots": counts.blind_spots,
        "over_reported": counts.over_reported, "not_comparable": counts.not_comparable, "not_looked_at": counts.not_looked_at,
        "compared": counts.compared(),
        "agreement": counts.agreement(minimum).map(|(agreed, of)| json!({ "agreed": agreed, "of": of })),
    })
}

fn json_of(about: &About<'_>, entities: &[Reconciled<'_>], on: Date, minimum: usize) -> Value {
    let library = about.library;
    let each: Vec<Value> = entities
        .iter()
        .map(|entity| {
            let findings: Vec<Value> = entity
                .findings
                .iter()
                .map(|c| {
                    let why = match c.outcome {
                        Outcome::NotComparable(why) => Some(why.words()),
                        Outcome::Agreed | Outcome::BlindSpot | Outcome::OverReported => None,
                    };
                    let mut value = super::value(about, c.finding);
                    value["outcome"] = json!(c.outcome.words());
                    value["why"] = json!(why);
                    value["entity_answer"] = json!(c.entity.map(|v| v.words()));
                    value["components"] = json!(c.components.iter().map(|id| &library.strategic(*id).name).collect::<Vec<_>>());
                    value
                })
                .collect();
            let components: Vec<Value> = entity
                .components
                .iter()
                .map(|(id, counts)| {
                    let mut value = counts_value(*counts, minimum);
                    value["component"] = json!(library.strategic(*id).name);
                    value
                })
                .collect();
            let looked: Vec<Value> = entity
                .not_looked_at
                .iter()
                .map(|(id, verdict)| json!({ "provision": library.provision(*id).name, "entity_answer": verdict.words() }))
                .collect();
            json!({
                "entity": entity.entity, "counts": counts_value(entity.counts, minimum), "findings": findings,
                "components": components, "not_looked_at": looked,
            })
        })
        .collect();
    json!({ "on": on.to_string(), "minimum": minimum, "withheld": about.withheld, "entities": each })
}
