//! Bundles: a little evidence, the same each time but for what is planted, and the figures of the months since the last one.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Entity;
use super::plan;
use super::random::Random;

/// The last days of the months from October 2023 to September 2026.
pub(super) fn months() -> Vec<String> {
    let last = |year: i32, month: u32| match month {
        2 if year % 4 == 0 => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (0..36).map(|i| (2023 + (i + 9) / 12, (i as u32 + 9) % 12 + 1)).map(|(y, m)| format!("{y}-{m:02}-{}", last(y, m))).collect()
}

/// A figure: name, what it is about, target, alert level, usual value and spread in tenths.
pub(super) struct Figure {
    pub(super) name: &'static str,
    about: &'static str,
    target: i64,
    alert: i64,
    usual: i64,
    spread: i64,
    tenths: bool,
}

impl Figure {
    pub(super) fn larger_is_worse(&self) -> bool {
        self.alert > self.target
    }

    /// How far it goes in a month where it is planted.
    fn slope(&self) -> i64 {
        (self.spread * 2 / 5).max(1) * if self.larger_is_worse() { 1 } else { -1 }
    }
}

/// The four figures of an entity: two on people, two on systems.
pub(super) fn figures(kind: &str) -> [Figure; 4] {
    let figure = |name, about, target, alert, usual, spread, tenths| Figure { name, about, target, alert, usual, spread, tenths };
    let people = match kind {
        "known-consignor" | "regulated-supplier" => figure("Checks right first time", "about-people", 95, 88, 940, 25, true),
        _ => figure("Threat images found", "about-people", 85, 75, 862, 30, true),
    };
    [
        people,
        figure("Refresher training overdue", "about-people", 2, 12, 6, 3, false),
        figure("Equipment available", "about-systems", 98, 92, 960, 20, true),
        figure("Faults of equipment", "about-systems", 4, 20, 12, 4, false),
    ]
}

/// Weak signs: twelve pairs of months out of order, so that once in 629 orders is as bad.
const WEAK: [[i64; 12]; 2] = [[1, 3, 0, 5, 7, 6, 4, 2, 9, 8, 10, 11], [2, 1, 0, 3, 6, 4, 8, 10, 5, 11, 7, 9]];

/// The values of a figure over all months, in tenths where it has tenths.
fn values(entity: &Entity, at: usize) -> Vec<i64> {
    let figure = &figures(entity.kind)[at];
    let mut random = Random::new(plan::SEED, &format!("{} {}", entity.id, figure.name));
    let mut values: Vec<i64> = (0..36).map(|_| figure.usual + random.between(-figure.spread, figure.spread)).collect();
    let way = if figure.larger_is_worse() { 1 } else { -1 };
    let together = plan::TOGETHER.iter().find(|(id, a, b, _)| *id == entity.id && (*a == at || *b == at));
    let alone = plan::ALONE.iter().any(|(id, figure)| *id == entity.id && *figure == at);
    match together {
        Some((_, people, _, true)) => {
            let pattern = WEAK[usize::from(*people != at)];
            // About its usual value, so that the months before tell nothing.
            values
                .iter_mut()
                .skip(24)
                .zip(pattern)
                .for_each(|(value, step)| *value = figure.usual + way * (2 * step - 11) * figure.spread / 11);
        }
        _ if alone || together.is_some() => {
            values.iter_mut().skip(24).zip(1..).for_each(|(value, month): (&mut i64, i64)| *value += month * figure.slope());
        }
        _ => {}
    }
    let most = if figure.tenths { 1000 } else { i64::MAX };
    values.into_iter().map(|value| value.clamp(0, most)).collect()
}

/// Writes the bundles of an entity.
pub(super) fn write(entity: &Entity, files: &mut BTreeMap<String, String>) {
    let months = months();
    let step = if entity.quarterly { 3 } else { 6 };
    let figures = figures(entity.kind);
    let values: Vec<Vec<i64>> = (0..4).map(|at| values(entity, at)).collect();
    for (number, end) in (step..=36).step_by(step).enumerate() {
        let day = &months[end - 1];
        let mut table = String::from("end,figure,value\n");
        for (month, last) in months.iter().enumerate().take(end).skip(end - step) {
            for (figure, values) in figures.iter().zip(&values) {
                let value = values[month];
                let shown = if figure.tenths { format!("{}.{}", value / 10, value % 10) } else { value.to_string() };
                let _ = writeln!(table, "{last},{},{shown}", figure.name);
            }
        }
        let base = format!("entities/{}/{day}", entity.id);
        files.insert(format!("{base}.csv"), table);
        files.insert(format!("{base}.yaml"), bundle(entity, day, number));
    }
}

fn bundle(entity: &Entity, day: &str, number: usize) -> String {
    let mut random = Random::new(plan::SEED, &entity.id);
    let busy = plan::BUSY.iter().find(|(id, ..)| *id == entity.id);
    let passengers = match (entity.kind, busy) {
        (_, Some((_, millions, ..))) => format!(", annual-passengers: {}", millions * 1_000_000 + random.between(1, 900) * 1000),
        ("airport", None) => format!(", annual-passengers: {}", random.between(90, 1800) * 1000),
        _ => String::new(),
    };
    let staff = random.between(12, 400);
    let lacks = |provision: &str| plan::NOT_MET.iter().any(|(id, of)| *id == entity.id && *of == provision);
    let fading = if plan::FADING.contains(&entity.id.as_str()) { number / 4 } else { 0 };
    let mut text = format!(
        "abide: 1\nentity: {{ id: {}, name: {}, kind: {}, facts: {{ staff: {staff}{passengers} }} }}\nassessment-date: {day}\npeople:\n",
        entity.id, entity.name, entity.kind
    );
    text.push_str("  - { id: am, roles: [accountable-manager] }\n  - { id: sm, roles: [security-manager] }\n");
    text.push_str("  - { id: g1, roles: [], tasks: [access-control], alone-from: 2022-05-09 }\nevidence:\n");
    let mut item = |line: &str| text.push_str(&format!("  - {{ {line} }}\n"));
    item("id: A-am, kind: appointment, holder: am, post: accountable-manager, starts: 2022-01-10, told-of-liability: 2023-01-16");
    item("id: A-sm, kind: appointment, holder: sm, post: security-manager, starts: 2022-02-07");
    let training = [
        ("T-g1", "person: g1, course: job-specific, for-task: access-control, outcome: passed, completed: 2022-05-02"),
        ("T-am", "person: am, course: sems-leadership, outcome: passed, completed: 2022-09-19"),
        ("T-sm", "person: sm, course: manager-training, outcome: passed, completed: 2022-06-13"),
    ];
    for (at, (id, facts)) in training.iter().enumerate() {
        let lacking = (at == 0 && lacks(plan::TASKS)) || (at == 2 && lacks(plan::MANAGERS)) || at < fading;
        if !lacking {
            item(&format!("id: {id}, kind: training-record, {facts}"));
        }
    }
    if !lacks(plan::RETENTION) {
        for class in ["recruitment", "training", "certification", "recurrent"] {
            item(&format!(
                "id: R-{class}, kind: retention-entry, records: {class}, class: {class}-records, through-contract: true, reviewed: 2023-02-06"
            ));
        }
    }
    for figure in figures(entity.kind) {
        let id: String = figure.name.split(' ').filter_map(|word| word.chars().next()).collect();
        item(&format!(
            "id: I-{id}, kind: indicator, name: {}, effective: 2023-09-01, subject: {}, target: {}, alert-level: {}",
            figure.name, figure.about, figure.target, figure.alert
        ));
    }
    if let Some((status, validated)) = validation(entity, day) {
        item(&format!(
            "id: V-1, kind: status-validation, status: {status}, validated: {validated}, on-site: true, outcome: passed"
        ));
    }
    for (i, visited) in visits(entity).iter().filter(|visited| visited.as_str() <= day).enumerate() {
        item(&format!("id: IV-{}, kind: inspection-visit, date: {visited}", i + 1));
    }
    text.push_str("tables:\n");
    text.push_str(&format!(
        "  - {{ kind: kpi-report, from: {day}.csv, columns: {{ period-end: end, indicator: figure, value: value }} }}\n"
    ));
    text
}

/// The last validation of a standing known on a day.
fn validation(entity: &Entity, day: &str) -> Option<(&'static str, String)> {
    let status = match entity.kind {
        "regulated-agent" => "agent-status",
        "known-consignor" => "consignor-status",
        "regulated-supplier" => "regulated-supplier-status",
        _ => return None,
    };
    let late = plan::OVERDUE_VALIDATION.iter().find(|(id, _)| *id == entity.id);
    let mut random = Random::new(plan::SEED, &format!("{} validated", entity.id));
    let (year, month, of_month) = (random.between(2022, 2023), random.between(1, 9), random.between(1, 28));
    let validated = late.map_or_else(|| format!("{year}-{month:02}-{of_month:02}"), |(_, on)| (*on).to_owned());
    (validated.as_str() <= day).then_some((status, validated))
}

/// Days on which the authority was there, as the entity records them.
fn visits(entity: &Entity) -> Vec<String> {
    if let Some((_, _, last, _)) = plan::BUSY.iter().find(|(id, ..)| *id == entity.id) {
        return vec![(*last).to_owned()];
    }
    let mut random = Random::new(plan::SEED, &format!("{} visited", entity.id));
    let yearly = entity.kind == "known-consignor";
    let first = if yearly { 2025 } else { random.between(2024, 2025) };
    let month = if yearly { random.between(10, 12) } else { random.between(1, 12) };
    vec![format!("{first}-{month:02}-{:02}", random.between(1, 28))]
}

/// A bundle cut off in the middle of a line, as by a full disk.
pub(super) fn bad() -> String {
    "abide: 1\nentity: { id: RS05, name: Underhay Catering, kind: regulated-supplier }\nassessment-date: 2025-03-31\npeople:\n  - { id: am, roles: [accountable-man".to_owned()
}
