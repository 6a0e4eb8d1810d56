//! Records of inspectors: what is planted, and many on which both sides agree. Prose as inspectors write it; some records name no provision yet.

use std::collections::{BTreeMap, BTreeSet};

use abide::base::{Date, Period, Unit};

use super::plan::{self, MANAGERS, RETENTION, TASKS};
use super::random::Random;
use super::{Entity, entities};

/// A record, before it is written.
struct Record {
    entity: String,
    on: String,
    kind: &'static str,
    provision: Option<&'static str>,
    component: &'static str,
    class: &'static str,
    found: String,
    repeats: Option<usize>,
    /// The last day to put it right, and the day it was closed.
    course: Option<(String, Option<String>)>,
}

const INSPECTORS: [&str; 4] = ["insp-b", "insp-d", "insp-k", "insp-w"];
/// Days, as what is closed, from the activity on.
const STEPS: [(&str, u32, bool); 9] = [
    ("raised", 0, true),
    ("contained", 2, false),
    ("analysed", 20, false),
    ("plan-filed", 25, false),
    ("plan-agreed", 32, true),
    ("under-way", 35, false),
    ("reported", 60, false),
    ("checked", 75, true),
    ("shut", 76, true),
];

const GOOD: [(&str, &str, [&str; 3]); 3] = [
    (
        RETENTION,
        "performance-monitoring",
        [
            "Asked how long staff files are kept. The register says for the length of the contract at least, and the four files we pulled were complete.",
            "Retention schedule seen. Recruitment, training, certification and refresher records all tied to the contract; leavers of last spring still on file.",
            "HR showed where certificates go when someone is re-certified. Old ones are kept. Nothing missing among the six sampled.",
        ],
    ),
    (
        MANAGERS,
        "security-education",
        [
            "The Security Manager's course certificate was on the wall and in the file. The Accountable Manager could talk us through the session on risk.",
            "Both managers hold the training their post asks for. Dates agree with the matrix.",
            "Certificate of the manager's course seen, provider checked against the list. No remarks.",
        ],
    ),
    (
        TASKS,
        "security-education",
        [
            "Followed the guard at the staff gate for an hour. He is trained for exactly what he does there, and the record says so.",
            "Picked two people from the rota and asked for their papers. Each task they do has its own training behind it.",
            "Task training matches the posting list. Small remark: the list itself carries no date.",
        ],
    ),
];
const BAD: [(&str, [&str; 3]); 3] = [
    (
        RETENTION,
        [
            "Two leavers' training files could not be produced. The office shreds them after a year although both contracts ran on through the agency.",
            "Asked for the refresher certificates of five guards: three had been overwritten on the shared drive when the new ones came in.",
            "Recruitment papers for staff taken over from the previous contractor were never handed across, and nobody has asked for them.",
        ],
    ),
    (
        MANAGERS,
        [
            "The Security Manager took over in spring and has not been on the managers' course; the certificate shown is her predecessor's.",
            "The certificate for the manager's training turned out to be for the general course. He was candid that he had never sat the other one.",
            "The training matrix shows the manager as trained, but the provider has no record of the session and there is no certificate.",
        ],
    ),
    (
        TASKS,
        [
            "The guard at the vehicle gate was borrowed from the terminal and has never been taught to look into vehicles.",
            "Rota shows two people on the goods entrance whose training covers reception only. The supervisor thought one course was enough for everything.",
            "Certificate produced for the gate post names another site's task. Nobody could show training for what she was doing today.",
        ],
    ),
];
/// Prose alone, with the component it bears on: no provision is named yet.
const UNLINKED: [(&str, &str); 12] = [
    (
        "security-education",
        "Three cleaners airside were wearing passes but could not say what to do with an unattended bag. Their last awareness session was more than five years ago according to the matrix.",
    ),
    (
        "resources",
        "The hand-held detector at the staff entrance was out of use with a taped note. The log has no entry for the fault and nobody knew since when.",
    ),
    (
        "performance-monitoring",
        "The quality control plan for this year was written in September and lists audits from March. None has a report.",
    ),
    (
        "incident-response",
        "Call-out list by the control room telephone still carries two people who left. The duty manager rang one of the numbers for us; it was a bakery.",
    ),
    (
        "management-of-change",
        "The new goods-in door was opened in May. The change assessment on file is dated July and does not mention who watches the door.",
    ),
    (
        "threat-and-risk-management",
        "Risk register reviewed in the meeting. Scores have not moved for two years and the owner of four risks is given as 'Security'.",
    ),
    (
        "resources",
        "Screener sat at the X-ray for thirty-five minutes without a break during our observation. The rota allows twenty, but there was nobody to take over.",
    ),
    ("communication", "Last month's bulletin reached the day shift only. The night supervisor asked us for a copy."),
    (
        "continuous-improvement",
        "The root cause of the missed test is recorded as human error and the action as 'reminded staff'. The same test was missed again in the sample.",
    ),
    ("accountability", "Organisation chart shows a deputy who moved to another site in January. Nobody has been named since."),
    ("performance-monitoring", "Two staff reports from the summer had no outcome and the reporters had heard nothing back."),
    ("resources", "Background check for an agency guard completed eleven days after her first shift."),
];

/// Writes the register, a file for each kind of entity.
pub(super) fn write(files: &mut BTreeMap<String, String>) {
    let mut records = planted();
    agreed(&mut records);
    unlinked(&mut records);
    let managers: BTreeSet<&str> = records.iter().map(|r| r.entity.as_str()).collect();
    for (prefix, kind, ..) in plan::KINDS {
        let mut text = String::from("abide: 1\npeople:\n");
        for inspector in INSPECTORS {
            text.push_str(&format!(
                "  - {{ id: {inspector}, name: Inspector {}, roles: [caa-inspector] }}\n",
                inspector[5..].to_uppercase()
            ));
        }
        for entity in managers.iter().filter(|id| id.starts_with(prefix)) {
            text.push_str(&format!("  - {{ id: sm-{entity}, name: Security Manager of {entity}, roles: [security-manager] }}\n"));
            text.push_str(&format!("  - {{ id: qa-{entity}, name: Quality lead of {entity}, roles: [quality-manager] }}\n"));
        }
        text.push_str("findings:\n");
        for (number, record) in records.iter().enumerate().filter(|(_, r)| r.entity.starts_with(prefix)) {
            text.push_str(&written(number, record));
        }
        // Each file is a register of its own in one folder; people of inspectors stand in the first alone.
        let text = if prefix == "AP" { text } else { without_inspectors(&text) };
        files.insert(format!("findings/{kind}s.yaml"), text);
    }
}

fn without_inspectors(text: &str) -> String {
    text.lines().filter(|line| !line.starts_with("  - { id: insp-")).map(|line| format!("{line}\n")).collect()
}

fn deficiency(entity: &str, provision: &'static str, on: &str, serious: bool) -> Record {
    let mut random = Random::new(plan::SEED, &format!("{entity} {provision} {on}"));
    let found = BAD.iter().find(|(of, _)| *of == provision).map(|(_, texts)| *random.pick(texts)).unwrap();
    Record {
        entity: entity.to_owned(),
        on: on.to_owned(),
        kind: if serious { "audit" } else { "inspection" },
        provision: Some(provision),
        component: component(provision),
        class: if serious { "seriously-deficient" } else { "not-compliant" },
        found: found.to_owned(),
        repeats: None,
        course: Some((later(on, 90), Some(later(on, 76)))),
    }
}

fn component(provision: &str) -> &'static str {
    GOOD.iter().find(|(of, ..)| *of == provision).map(|(_, component, _)| *component).unwrap()
}

fn compliant(entity: &str, provision: &'static str, on: &str, kind: &'static str) -> Record {
    let mut random = Random::new(plan::SEED, &format!("{entity} {provision} {on} fine"));
    let found = GOOD.iter().find(|(of, ..)| *of == provision).map(|(.., texts)| *random.pick(texts)).unwrap();
    let class = *random.pick(&["fully-compliant", "fully-compliant", "compliant-improvable"]);
    Record {
        entity: entity.to_owned(),
        on: on.to_owned(),
        kind,
        provision: Some(provision),
        component: component(provision),
        class,
        found: found.to_owned(),
        repeats: None,
        course: None,
    }
}

fn planted() -> Vec<Record> {
    let mut records = Vec::new();
    for (entity, provision, on) in plan::BLIND {
        let mut record = deficiency(entity, provision, on, entity == "RS04");
        // Those of 2026 are open; those of one entity are late.
        if on.starts_with("2026") {
            record.course = Some((if entity == "RA09" { "2026-06-30" } else { "2026-12-31" }.to_owned(), None));
        }
        records.push(record);
    }
    for (entity, provision, on) in plan::OVER {
        records.push(compliant(entity, provision, on, "inspection"));
    }
    for (entity, provision, first, second) in plan::REPEATS {
        let earlier = records.len();
        records.push(deficiency(entity, provision, first, false));
        records.push(Record { repeats: Some(earlier), ..deficiency(entity, provision, second, false) });
    }
    for (entity, _, last, audit) in plan::BUSY {
        records.push(compliant(entity, MANAGERS, last, "inspection"));
        records.extend(audit.map(|on| compliant(entity, TASKS, on, "audit")));
    }
    records
}

/// Entities whose records are planted, and no more than these.
fn planted_only(entity: &Entity) -> bool {
    plan::BUSY.iter().any(|(id, ..)| *id == entity.id) || plan::FADING.contains(&entity.id.as_str())
}

/// Records on which the entity and the inspector agree.
fn agreed(records: &mut Vec<Record>) {
    for entity in entities().iter().filter(|entity| !planted_only(entity)) {
        let mut random = Random::new(plan::SEED, &format!("{} agreed", entity.id));
        for year in 2024..=2026 {
            if random.between(0, 2) == 0 {
                continue;
            }
            let lacks = |provision: &&&str| plan::NOT_MET.iter().any(|(id, of)| *id == entity.id && of == *provision);
            let met: Vec<&'static str> = [RETENTION, MANAGERS, TASKS].iter().filter(|p| !lacks(p)).copied().collect();
            let month = random.between(4, if year == 2026 { 8 } else { 12 });
            let on = format!("{year}-{month:02}-{:02}", random.between(1, 28));
            records.push(compliant(&entity.id, random.pick::<&'static str>(&met), &on, "inspection"));
        }
    }
    // What the entity says it lacks, the inspector finds lacking.
    for (entity, provision, on) in
        [("AP02", RETENTION, "2025-04-08"), ("AP06", TASKS, "2024-09-03"), ("RA11", MANAGERS, "2025-10-14")]
    {
        records.push(deficiency(entity, provision, on, false));
    }
}

fn unlinked(records: &mut Vec<Record>) {
    let entities: Vec<Entity> = entities().into_iter().filter(|entity| !planted_only(entity)).collect();
    let mut random = Random::new(plan::SEED, "unlinked");
    for (component, found) in UNLINKED {
        let entity = random.pick(&entities);
        let on = format!("2025-{:02}-{:02}", random.between(1, 12), random.between(1, 28));
        records.push(Record {
            entity: entity.id.clone(),
            on: on.clone(),
            kind: "inspection",
            provision: None,
            component,
            class: "not-compliant",
            found: found.to_owned(),
            repeats: None,
            course: Some((later(&on, 90), Some(later(&on, 76)))),
        });
    }
}

fn later(on: &str, days: u32) -> String {
    Date::parse(on).unwrap().plus(Period::new(days, Unit::Days)).unwrap().to_string()
}

fn written(number: usize, r: &Record) -> String {
    let mut random = Random::new(plan::SEED, &format!("record {number}"));
    let inspector = *random.pick(&INSPECTORS);
    let hour = format!("{:02}:{:02}", random.between(8, 16), random.between(0, 3) * 15);
    let e = &r.entity;
    let mut text = format!("  - id: F-{:03}\n    entity: {e}\n", number + 1);
    text.push_str(&format!(
        "    activity: {{ kind: {}, monitored: the entity itself, on: {}, at: \"{hour}\", auditors: [{inspector}], scope: records and interviews }}\n",
        r.kind, r.on
    ));
    text.push_str(&format!("    origin: authority-monitoring\n    found: \"{}\"\n", r.found));
    if let Some(provision) = r.provision {
        text.push_str(&format!("    provision: {provision}\n    read-on: {}\n", r.on));
    }
    text.push_str(&format!("    component: {}\n    class: {}\n", r.component, r.class));
    if let Some(earlier) = r.repeats {
        text.push_str(&format!("    repeats: F-{:03}\n", earlier + 1));
    }
    let Some((due, closed)) = &r.course else {
        text.push_str(&format!("    recommendation: none\n    moves: [{{ to: raised, on: {0}, by: {inspector} }}, {{ to: shut, on: {0}, by: {inspector} }}]\n", r.on));
        return text;
    };
    text.push_str(&format!(
        "    recommendation: correct it and look for the same elsewhere\n    correct-by: {due}\n    evidence: [notes of {}]\n",
        r.on
    ));
    text.push_str(&format!("    containment: {{ on: {}, by: sm-{e}, what: the instance was put right }}\n", later(&r.on, 2)));
    text.push_str(&format!(
        "    analysis:\n      {{ method: five-whys, completed: {}, by: qa-{e}, human-factors: hand-overs rest on memory, recurrence: looked for at every site, causes: [{{ id: C1, summary: nobody owns the step, systemic: true, category: working-process }}] }}\n",
        later(&r.on, 20)
    ));
    let done = closed.as_ref().map_or_else(String::new, |_| {
        format!(", completed: {1}, proof: procedure and sample, verified: {{ on: {0}, by: {inspector}, how: sample on site }}, effect: {{ on: {0}, by: {inspector}, result: it did not come back }}", later(&r.on, 75), later(&r.on, 58))
    });
    text.push_str(&format!(
        "    actions:\n      - {{ id: A1, kind: corrective, what: the step is given to a post, causes: [C1], works-by: process-change, owner: sm-{e}, due: {due}{done} }}\n    moves:\n"
    ));
    let steps = if closed.is_some() { STEPS.len() } else { 6 };
    for (to, days, authority) in STEPS.iter().take(steps) {
        let by = if *authority { inspector.to_owned() } else { format!("sm-{e}") };
        text.push_str(&format!("      - {{ to: {to}, on: {}, by: {by} }}\n", later(&r.on, *days)));
    }
    text
}
