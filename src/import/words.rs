//! What people call fields.

use rustc_hash::FxHashMap;

use crate::library::Library;
use crate::library::model::{Common, KindId, Scalar, TableId};

/// Other words for fields, whatever kind they are of. The field's own name needs no mention.
const SYNONYMS: &[(&str, &[&str])] = &[
    (
        "id",
        &[
            "ref",
            "reference",
            "record",
            "record number",
            "record id",
            "entry id",
            "case id",
            "log id",
            "number",
            "no",
            "sheet",
            "log",
            "line",
            "file",
            "identifier",
            "case",
            "certificate",
            "entry",
            "serial",
        ],
    ),
    ("title", &["description", "subject", "summary", "heading", "what"]),
    ("issued", &["issue date", "date issued", "date of issue"]),
    ("received", &["date received", "filed", "received on"]),
    ("author", &["written by", "prepared by", "drafted by"]),
    ("approver", &["approved by", "signed off by"]),
    ("marking", &["classification", "protective marking"]),
    (
        "person",
        &[
            "holder",
            "staff number",
            "staff",
            "staff id",
            "employee",
            "employee number",
            "employee id",
            "username",
            "user",
            "officer",
            "payroll number",
            "who",
            "trainee",
            "candidate",
            "learner",
            "badge number",
            "operator",
            "screener",
            "colleague",
        ],
    ),
    ("name", &["full name", "surname", "employee name", "staff name"]),
    (
        "completed",
        &[
            "date completed",
            "completion date",
            "date done",
            "done",
            "training date",
            "date of training",
            "date taken",
            "ended",
            "end date",
            "completed on",
            "finished",
        ],
    ),
    (
        "valid-until",
        &[
            "valid to",
            "expires",
            "expiry",
            "expiry date",
            "expiration date",
            "valid till",
            "due",
            "next due",
            "renewal",
            "renewal date",
            "good until",
            "again by",
            "date due",
        ],
    ),
    ("expires", &["expiry", "expiry date", "valid until", "valid to", "expiration date", "end date"]),
    ("outcome", &["result", "pass fail", "status", "grade"]),
    ("result", &["outcome", "pass fail"]),
    ("course", &["training", "course name", "course title", "training course", "programme"]),
    ("hours", &["duration", "duration hours", "length", "time hours"]),
    ("recurrent", &["refresher", "recurrent training", "repeat", "renewal training"]),
    ("provider", &["training provider", "delivered by", "trained by", "organisation"]),
    ("instructor", &["trainer", "tutor", "taught by"]),
    ("assessor", &["assessed by", "examiner", "evaluator"]),
    ("holder", &["person", "employee", "staff number", "name of holder", "issued to"]),
    ("owner", &["risk owner", "owned by", "responsible", "accountable", "action owner"]),
    ("status", &["state", "stage"]),
    ("opened", &["date opened", "raised", "date raised", "identified", "date identified", "logged"]),
    ("reviewed", &["last review", "review date", "date reviewed", "last reviewed"]),
    ("closed", &["date closed", "closed on", "completed on"]),
    ("due", &["due date", "target date", "deadline", "by when"]),
    ("detected", &["date", "incident date", "date of incident", "occurred", "date detected"]),
    ("occurred", &["date", "incident date", "date of incident"]),
    ("severity", &["seriousness", "grade", "level"]),
    ("tested", &["test date", "date tested", "date of test"]),
    ("equipment", &["asset", "asset tag", "unit", "machine", "device"]),
    ("taken-out", &["out of use", "out of use from", "out of service", "withdrawn"]),
    ("back-in-service", &["back in use", "returned to service", "back"]),
    ("issued-on", &["issued", "date issued", "issue date"]),
    ("login", &["login number", "user id", "log in"]),
    ("walked", &["date", "patrol date"]),
    ("worked", &["date", "shift date", "duty date"]),
    ("by", &["officer", "carried out by", "done by"]),
    ("employer", &["company", "employed by", "contractor"]),
    ("site", &["location", "base", "station"]),
    ("starts", &["start", "start date", "from", "date started", "joined"]),
    ("leaves", &["leaving date", "end date", "left", "contract end"]),
    ("ends", &["end", "end date", "until", "to"]),
    ("unescorted-access", &["airside pass", "pass", "unescorted", "pass holder", "id pass"]),
    ("tasks", &["task", "duties"]),
    ("task", &["duty", "duties", "function"]),
    ("for-task", &["task", "duty"]),
    ("reported", &["date reported", "report date"]),
    ("checker", &["by", "checked by", "officer"]),
    ("checked", &["date", "date checked", "check date"]),
    ("area", &["place", "location", "zone"]),
    ("location", &["place", "site", "position"]),
    ("place", &["where", "location", "site"]),
    ("category", &["what", "type", "kind"]),
    ("period-end", &["month", "month end", "month ends", "period", "period ending"]),
    ("trend", &["direction"]),
    ("indicator", &["figure", "measure", "kpi"]),
    ("data-doubtful", &["doubt", "in doubt"]),
    ("bears-on", &["risk", "risk number"]),
    ("joint-reading", &["read together"]),
    ("uninterrupted", &["continuous"]),
    ("scope", &["task", "duty"]),
    ("recertification", &["renewal", "renewed"]),
    ("maintained", &["last service", "serviced", "last maintenance"]),
    ("maintenance-due", &["next service", "service due", "next maintenance"]),
    ("retired", &["out of service", "disposed", "scrapped"]),
    ("registration", &["provider registration", "provider reg"]),
    ("confidential", &["in confidence", "confidence"]),
    ("anonymous", &["no name"]),
    ("investigator", &["investigated by", "looked into by"]),
    ("feedback", &["told reporter", "feedback given"]),
    ("issuer", &["issued by"]),
    ("fatigue-said", &["fatigue", "tiredness"]),
    ("needed", &["need confirmed", "still needed"]),
];

/// Words that say nothing of their own.
const FILLERS: [&str; 8] = ["the", "of", "a", "an", "and", "in", "for", "please"];

/// How well a heading names a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit(pub(super) i32);

impl Fit {
    /// It is the field's name.
    pub(super) const NAME: Self = Self(60);
    /// It is another word for it.
    pub(super) const SYNONYM: Self = Self(52);
    /// It is nearly one of these.
    pub(super) const NEAR: Self = Self(38);
    /// It has some words of it.
    pub(super) const SOME: Self = Self(30);
}

/// A field of a kind.
#[derive(Debug, Clone)]
pub(super) struct Field {
    /// Its name.
    pub(super) name: String,
    /// Its type.
    pub(super) of: Scalar,
    /// Whether the kind can do without.
    pub(super) optional: bool,
    /// Its name as words.
    own: Vec<String>,
    /// Other words for it.
    others: Vec<Vec<String>>,
}

impl Field {
    /// How well a heading names it.
    pub(super) fn fit(&self, heading: &[String]) -> Option<Fit> {
        if heading.is_empty() {
            return None;
        }
        if *heading == *self.own {
            return Some(Fit::NAME);
        }
        if self.others.iter().any(|o| *o == *heading) {
            return Some(Fit::SYNONYM);
        }
        let names = || std::iter::once(&self.own).chain(&self.others);
        let joined = heading.join(" ");
        let near = |name: &Vec<String>| {
            let name = name.join(" ");
            name.len() > 4 && joined.len() > 4 && strsim::osa_distance(&name, &joined) <= 1 + joined.len() / 8
        };
        if names().any(near) {
            return Some(Fit::NEAR);
        }
        // All words of a name of two or more, or most of the heading's.
        let holds = |name: &Vec<String>| {
            name.iter().all(|w| heading.contains(w)) && (name.len() > 1 || heading.len() == 2) && name.join("").len() > 3
        };
        if names().any(holds) {
            return Some(Fit::SOME);
        }
        let shared = heading.iter().filter(|w| self.own.contains(w) && w.len() > 3 && *w != "date").count();
        (shared > 0 && shared * 2 >= heading.len().max(self.own.len())).then_some(Fit::SOME)
    }
}

/// The fields of all kinds.
pub(super) struct Lexicon {
    /// By kind.
    pub(super) fields: Vec<Vec<Field>>,
    /// Headings that name a field of some kind outright.
    known: FxHashMap<Vec<String>, ()>,
}

impl Lexicon {
    pub(super) fn new(library: &Library) -> Self {
        let mut lexicon = Self { fields: Vec::new(), known: FxHashMap::default() };
        for kind in 0..library.kinds.len() as u32 {
            let table = library.table(TableId(kind));
            let fields: Vec<Field> = table
                .columns
                .iter()
                .enumerate()
                .map(|(at, column)| Field {
                    name: column.name.clone(),
                    of: column.of,
                    optional: column.optional || at < Common::ALL.len(),
                    own: words(&column.name),
                    others: SYNONYMS
                        .iter()
                        .filter(|(field, _)| *field == column.name)
                        .flat_map(|(_, others)| others.iter().map(|o| words(o)))
                        .collect(),
                })
                .collect();
            lexicon.known.extend(fields.iter().flat_map(|f| f.others.iter().chain([&f.own])).map(|w| (w.clone(), ())));
            lexicon.fields.push(fields);
        }
        lexicon
    }

    /// Whether a heading is a name of a field of some kind.
    pub(super) fn knows(&self, heading: &str) -> bool {
        self.known.contains_key(&words(heading)) || self.known.contains_key(&words(leaf(heading)))
    }

    /// The fields of a kind.
    pub(super) fn of(&self, kind: KindId) -> &[Field] {
        self.fields.get(kind.0 as usize).map_or(&[], Vec::as_slice)
    }
}

/// The lowest of headings that stand over each other.
pub(super) fn leaf(heading: &str) -> &str {
    heading.rsplit(" / ").next().unwrap_or(heading)
}

/// The words of a text: lower case, without marks and fillers, with short forms written out.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut apart = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        // `StaffNo` is two words.
        if before.is_lowercase() && c.is_uppercase() {
            apart.push(' ');
        }
        apart.extend(c.to_lowercase());
        before = c;
    }
    apart
        .split(|c: char| !c.is_alphanumeric() && c != '#')
        .filter(|w| !w.is_empty() && !FILLERS.contains(w))
        .map(|word| match word {
            "no" | "nr" | "num" | "nbr" | "#" => "number".to_owned(),
            "hrs" | "hour" | "h" => "hours".to_owned(),
            "exp" => "expiry".to_owned(),
            "emp" => "employee".to_owned(),
            "ident" => "id".to_owned(),
            other => other.to_owned(),
        })
        .collect()
}
