//! Reports on a register of findings: what is wrong with its records, what is due, and how it agrees with what an entity says of itself. One file per
//! report; each makes a page, and `page` writes it in every form but JSON.

mod check;
mod due;
mod link;
mod page;
mod reconcile;

pub use check::check;
pub use due::due;
pub use link::{Asked, link, measured};
pub use reconcile::reconcile;

use page::Page;

use super::Style;
use crate::diagnostics::render::paint::Tone;
use crate::findings::model::title;
use crate::findings::{Class, Finding, Register, State, Word};
use crate::library::Library;

/// The form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// For a person at a terminal.
    Terminal,
    /// A line each, for grep.
    Concise,
    /// Sentences, for a screen reader.
    Narrated,
    /// Everything, for programs.
    Json,
}

impl Shape {
    /// All of them, with their names.
    pub const ALL: [(&'static str, Self); 4] =
        [("terminal", Self::Terminal), ("concise", Self::Concise), ("narrated", Self::Narrated), ("json", Self::Json)];
}

/// What every report on a register needs.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The rules.
    pub library: &'a Library,
    /// The register, as far as whoever reads the report may see it.
    pub register: &'a Register,
    /// How many findings are withheld from them.
    pub withheld: usize,
    /// How it should look.
    pub style: Style,
}

impl About<'_> {
    /// That something is withheld, where it is.
    fn withheld_line(&self) -> Option<String> {
        (self.withheld > 0)
            .then(|| format!("{} withheld from this audience.", counted(self.withheld, "finding is", "findings are")))
    }
}

/// `1 finding`, `2 findings`.
fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Where a finding stands, in words. What was found in order needs no history; what could not be seen is no pass.
fn state(finding: &Finding) -> &'static str {
    let none = match finding.class.get() {
        Some(Class::NotConfirmed) => "to be looked at again",
        Some(class) if !class.is_deficiency() => "nothing to do",
        Some(_) | None => "no state",
    };
    finding.state().map_or(none, |state| state.title())
}

/// The provision of a finding, as it is written.
fn provision(finding: &Finding) -> &str {
    finding.provision.get().map_or("no provision", |c| c.name.as_str())
}

/// The symbol of a class.
fn class_mark(finding: &Finding, unicode: bool) -> (Option<Tone>, &'static str) {
    use crate::findings::Class::{FullyCompliant, Improvable, NotApplicable, NotCompliant, NotConfirmed, SeriouslyDeficient};
    match finding.class.get() {
        Some(NotCompliant | SeriouslyDeficient) => (Some(Tone::Bad), if unicode { "✗" } else { "x" }),
        Some(FullyCompliant | Improvable) => (Some(Tone::Good), if unicode { "✓" } else { "+" }),
        Some(NotApplicable) => (Some(Tone::Quiet), if unicode { "–" } else { "-" }),
        Some(NotConfirmed) | None => (Some(Tone::Open), "?"),
    }
}

/// `NRA F-2026-03`, or the id alone where all findings are of one entity.
fn named(register: &Register, finding: &Finding) -> String {
    let one = register.findings.iter().all(|f| f.entity_id() == finding.entity_id());
    if one || finding.entity_id().is_empty() {
        finding.id.value.clone()
    } else {
        format!("{} {}", finding.entity_id(), finding.id.value)
    }
}

/// A finding for programs.
fn value(about: &About<'_>, finding: &Finding) -> serde_json::Value {
    use crate::findings::Reading;
    let place = about.register.sources.get(finding.id.span.file).map(|source| {
        let at = source.place(finding.id.span.start);
        serde_json::json!({ "file": source.name(), "line": at.line, "column": at.column })
    });
    let provision = finding.provision.get().map(|cited| {
        let reading = finding.law_day().map(|day| match cited.on(about.library, day) {
            Reading::Version(version) => serde_json::json!({
                "status": "in force",
                "summary": version.summary,
                "from": version.in_force.from.map(|d| d.to_string()),
                "until": version.in_force.until.map(|d| d.to_string()),
            }),
            Reading::Sealed(_) => serde_json::json!({ "status": "sealed" }),
            Reading::NotInForce(_) => serde_json::json!({ "status": "not in force" }),
            Reading::Foreign(_) => serde_json::json!({ "status": "binds nobody in the United Kingdom" }),
        });
        serde_json::json!({ "id": cited.name, "reads": reading })
    });
    serde_json::json!({
        "id": finding.id.value,
        "entity": finding.entity.get(),
        "place": place,
        "day": finding.law_day().map(|d| d.to_string()),
        "activity": finding.activity.kind.get().map(|k| k.word()),
        "origin": finding.origin.get().map(|o| o.word()),
        "class": finding.class.get().map(|c| c.word()),
        "class_title": finding.class.get().map(|_| title(&finding.class)),
        "provision": provision,
        "found": finding.found.get(),
        "state": finding.state().map(State::word),
        "open": finding.is_open(),
        "correct_by": finding.correct_by.get().map(|d| d.to_string()),
        "repeats": finding.repeats.get(),
    })
}

/// A page in a form that is not JSON.
fn write(page: &Page, shape: Shape, style: Style) -> String {
    match shape {
        Shape::Concise => page::concise(page),
        Shape::Narrated => page::narrated(page),
        Shape::Terminal | Shape::Json => page::terminal(page, style),
    }
}
