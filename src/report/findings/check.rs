//! What is missing from records, or contradicts something else in them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::page::{Page, Row, Section};
use super::{About, Shape, class_mark, counted, named, provision, state, value, write};
use crate::base::Span;
use crate::diagnostics::{Diagnostic, Severity, render};
use crate::findings::Finding;
use crate::findings::model::title;

/// The report; `told` is everything that was found, of all the findings in the register.
#[must_use]
pub fn check(about: &About<'_>, told: &[Diagnostic], shape: Shape) -> String {
    let sources = &about.register.sources;
    let look = about.style.look();
    let page = page(about, told);
    match shape {
        Shape::Json => {
            let findings: Vec<_> = about.register.findings.iter().map(|f| value(about, f)).collect();
            let mut whole = render::json_value(told, sources);
            whole["findings"] = json!(findings);
            whole["withheld"] = json!(about.withheld);
            format!("{whole:#}\n")
        }
        Shape::Concise => render::concise(told, sources, look),
        Shape::Terminal | Shape::Narrated => {
            let draw = if shape == Shape::Terminal { render::terminal } else { render::narrated };
            let before = write(&Page { closing: Vec::new(), ..page }, shape, about.style);
            let drawn = if told.is_empty() { String::new() } else { format!("\n{}", draw(told, sources, look).trim_end()) };
            let last = summary(about, told).join("\n");
            format!("{before}{}\n{last}\n", if drawn.is_empty() { drawn } else { format!("{drawn}\n") })
        }
    }
}

fn page(about: &About<'_>, told: &[Diagnostic]) -> Page {
    let register = about.register;
    let whole = problems(about, told);
    let rows = register.findings.iter().map(|finding| row(about, finding, whole.get(&finding.id.span).copied())).collect();
    let entities: BTreeSet<&str> = register.findings.iter().map(Finding::entity_id).collect();
    let title = match (entities.len(), entities.first()) {
        (1, Some(only)) if !only.is_empty() => format!("Findings at {only}"),
        _ => "Register of findings".to_owned(),
    };
    let section = Section {
        key: "finding",
        title: counted(register.findings.len(), "finding", "findings"),
        head: vec!["finding", "day", "provision", "state", "class, and what is wrong"],
        rows,
        note: None,
    };
    Page { title, intro: Vec::new(), sections: vec![section], closing: Vec::new() }
}

fn row(about: &About<'_>, finding: &Finding, problems: Option<(usize, usize)>) -> Row {
    let wrong = match problems {
        None => "in order".to_owned(),
        Some((0, warnings)) => counted(warnings, "warning", "warnings"),
        Some((errors, 0)) => counted(errors, "error", "errors"),
        Some((errors, warnings)) => {
            format!("{}, {}", counted(errors, "error", "errors"), counted(warnings, "warning", "warnings"))
        }
    };
    let day = finding.law_day().map_or_else(|| "no day".to_owned(), |d| d.to_string());
    let name = named(about.register, finding);
    let sentence = format!(
        "{name}, of {day}, against {}: {}, {}; its record: {wrong}",
        provision(finding),
        title(&finding.class),
        state(finding)
    );
    Row {
        mark: class_mark(finding, about.style.unicode),
        cells: vec![
            name,
            day,
            provision(finding).to_owned(),
            state(finding).to_owned(),
            format!("{}: {wrong}", title(&finding.class)),
        ],
        sentence,
        more: Vec::new(),
    }
}

/// Errors and warnings by the place of a finding's id: those that lie in its record.
fn problems(about: &About<'_>, told: &[Diagnostic]) -> BTreeMap<Span, (usize, usize)> {
    let mut found: BTreeMap<Span, (usize, usize)> = BTreeMap::new();
    for diagnostic in told {
        let Some(at) = diagnostic.at.as_ref().map(|l| l.span) else { continue };
        let holds = |f: &&Finding| f.span.file == at.file && f.span.start <= at.start && at.start < f.span.end;
        let Some(finding) = about.register.findings.iter().find(holds) else { continue };
        let counts = found.entry(finding.id.span).or_default();
        match diagnostic.severity() {
            Severity::Error => counts.0 += 1,
            Severity::Warning => counts.1 += 1,
        }
    }
    found
}

fn summary(about: &About<'_>, told: &[Diagnostic]) -> Vec<String> {
    let open = about.register.findings.iter().filter(|f| f.is_open()).count();
    let count = counted(about.register.findings.len(), "finding", "findings");
    // How many errors there are stands below the last of them.
    let good = match (told.is_empty(), about.withheld) {
        (true, 0) => ": nothing missing, nothing contradictory",
        (true, _) => ": nothing missing, nothing contradictory in what is shown",
        (false, _) => "",
    };
    let mut lines = vec![format!("{count}, {open} open{good}.")];
    lines.extend(about.withheld_line());
    lines
}
