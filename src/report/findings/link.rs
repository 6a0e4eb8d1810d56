//! Which provisions findings in prose most probably concern.

use serde_json::{Value, json};

use super::page::{Page, Row, Section};
use super::{Shape, counted, write};
use crate::diagnostics::render::paint::Tone;
use crate::findings::link::measure::Measured;
use crate::findings::link::{Candidate, Reason};
use crate::library::Library;
use crate::report::Style;

/// A finding with what it may concern.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// Its id; `None` for prose that is in no register.
    pub id: Option<&'a str>,
    /// What was seen.
    pub prose: &'a str,
    /// The day whose law counts.
    pub on: crate::base::Date,
    /// The provisions, the likeliest first.
    pub candidates: Vec<Candidate>,
}

/// The report. `accepts`: whether the candidates can be accepted by their number.
#[must_use]
pub fn link(library: &Library, asked: &[Asked<'_>], withheld: usize, style: Style, shape: Shape) -> String {
    if shape == Shape::Json {
        let findings: Vec<Value> = asked.iter().map(|a| value(library, a)).collect();
        return format!("{:#}\n", json!({ "abide": 1, "findings": findings, "withheld": withheld }));
    }
    let mut closing = Vec::new();
    if asked.is_empty() {
        closing.push("No finding here waits for a provision.".to_owned());
    } else {
        if asked.iter().any(|a| !a.candidates.is_empty()) {
            closing.push("The order is that of words in common: how rare they are, and where they stand, a title before a summary. A person decides.".to_owned());
        }
        if asked.iter().any(|a| a.id.is_some()) {
            closing.push("To write a link: abide findings link PATH --finding ID --accept N".to_owned());
        }
    }
    if withheld > 0 {
        closing.push(format!("{} withheld from this audience.", counted(withheld, "finding is", "findings are")));
    }
    let page = Page {
        title: counted(asked.len(), "finding without a provision", "findings without a provision"),
        intro: Vec::new(),
        sections: asked.iter().map(|a| section(library, a, style)).collect(),
        closing,
    };
    write(&page, shape, style)
}

fn section(library: &Library, asked: &Asked<'_>, style: Style) -> Section {
    let name = asked.id.map_or_else(String::new, |id| format!("{id}: "));
    let rows = (1..).zip(&asked.candidates).map(|(n, c)| row(library, n, c, asked.on, style)).collect();
    Section {
        key: "candidate",
        title: format!("{name}{} ({})", asked.prose.split_whitespace().collect::<Vec<_>>().join(" "), asked.on),
        head: vec!["", "provision", "in common", ""],
        rows,
        note: asked.candidates.is_empty().then(|| "No word of it stands in a provision in force that day.".to_owned()),
    }
}

fn row(library: &Library, number: u32, candidate: &Candidate, on: crate::base::Date, style: Style) -> Row {
    let provision = library.provision(candidate.provision);
    let reads = provision.version_on(on).map_or("not public: sealed", |v| v.summary.as_str());
    let words = reasons(&candidate.reasons);
    let components = components(library, candidate);
    let mark = if number == 1 { (Some(Tone::Strong), if style.unicode { "→" } else { ">" }) } else { (None, "") };
    let mut more = vec![reads.to_owned(), format!("because of {words}")];
    if !components.is_empty() {
        more.push(format!("supports {components}"));
    }
    Row {
        mark,
        cells: vec![number.to_string(), provision.name.clone(), format!("{} %", candidate.share), provision.title.clone()],
        sentence: format!(
            "{number}: {}, {}; {} percent of its words in common: {words}",
            provision.name, provision.title, candidate.share
        ),
        more,
    }
}

/// `"pass" (its title), "lost" (its summary)`
fn reasons(reasons: &[Reason]) -> String {
    reasons.iter().map(|r| format!("“{}” ({})", r.word, r.part.words())).collect::<Vec<_>>().join(", ")
}

fn components(library: &Library, candidate: &Candidate) -> String {
    let mut names: Vec<&str> = Vec::new();
    for id in &candidate.components {
        let title = library.strategic(*id).title.as_str();
        if !names.contains(&title) {
            names.push(title);
        }
    }
    names.join(", ")
}

fn value(library: &Library, asked: &Asked<'_>) -> Value {
    let candidates: Vec<Value> = asked
        .candidates
        .iter()
        .map(|c| {
            let provision = library.provision(c.provision);
            let components: Vec<&str> = c.components.iter().map(|id| library.strategic(*id).name.as_str()).collect();
            json!({
                "provision": provision.name,
                "title": provision.title,
                "reads": provision.version_on(asked.on).map(|v| v.summary.as_str()),
                "percent-in-common": c.share,
                "because": c.reasons.iter().map(|r| json!({ "word": r.word, "in": r.part.words() })).collect::<Vec<_>>(),
                "components": components,
            })
        })
        .collect();
    json!({ "id": asked.id, "found": asked.prose, "on": asked.on.to_string(), "candidates": candidates })
}

/// How often the right provision came first.
#[must_use]
pub fn measured(library: &Library, measured: &Measured, style: Style, shape: Shape) -> String {
    let name = |id| library.provision(id).name.clone();
    if shape == Shape::Json {
        let missed = measured.missed.iter().map(|m| json!({ "id": m.id, "wanted": name(m.wanted), "first": m.came.map(name) }));
        let value = json!({
            "findings": measured.findings,
            "first": measured.first,
            "among-three": measured.among_three,
            "missed": missed.collect::<Vec<_>>(),
        });
        return format!("{value:#}\n");
    }
    let of = |n: usize| format!("{n} of {} ({} %)", measured.findings, n * 100 / measured.findings.max(1));
    let row = |what: &str, n: usize| Row {
        mark: (None, ""),
        cells: vec![what.to_owned(), of(n)],
        sentence: format!("{what}: {}", of(n)),
        more: Vec::new(),
    };
    let missed = measured.missed.iter().map(|m| {
        let came = m.came.map_or_else(|| "nothing".to_owned(), name);
        Row {
            mark: (None, ""),
            sentence: format!("{}: wanted {}, first came {came}", m.id, name(m.wanted)),
            cells: vec![m.id.clone(), name(m.wanted), came],
            more: Vec::new(),
        }
    });
    let page = Page {
        title: counted(measured.findings, "labelled finding", "labelled findings"),
        intro: Vec::new(),
        sections: vec![
            Section {
                key: "right",
                title: "A wanted provision came".to_owned(),
                rows: vec![row("first", measured.first), row("among the first three", measured.among_three)],
                ..Section::default()
            },
            Section {
                key: "missed",
                title: "Not among the first three".to_owned(),
                head: vec!["finding", "wanted", "first came"],
                rows: missed.collect(),
                note: None,
            },
        ],
        closing: Vec::new(),
    };
    write(&page, shape, style)
}
