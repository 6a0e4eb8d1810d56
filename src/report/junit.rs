//! JUnit XML: a suite for each component, a test case for each requirement, for the build servers that read nothing else.
//!
//! Only *met* passes. What is not known and what nobody has judged are errors, because a reader shows a skipped test as no problem; see
//! `docs/exchange.md`. The form is one that both widespread schemas take: no attributes on the root, one outcome in a case.

use std::collections::BTreeMap;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::exchange::{self, Told};
use super::{Context, summary};
use crate::assess::Verdict;
use crate::diagnostics::render::clean;
use crate::library::model::StrategicId;

/// Writes the report.
pub(super) fn render(ctx: &Context<'_>, out: &mut String) {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Memory takes everything, so there is nobody to tell.
    if write(ctx, &mut writer).is_ok()
        && let Ok(text) = String::from_utf8(writer.into_inner())
    {
        out.push_str(&text);
        out.push('\n');
    }
}

/// How a test case came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Came {
    Passed,
    Failed,
    Error,
    Skipped,
}

impl Came {
    const fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Met => Self::Passed,
            Verdict::NotMet(_) => Self::Failed,
            Verdict::NotConfirmed | Verdict::NeedsJudgement => Self::Error,
            Verdict::NotApplicable | Verdict::Sealed => Self::Skipped,
        }
    }

    const fn element(self) -> &'static str {
        match self {
            Self::Passed => "",
            Self::Failed => "failure",
            Self::Error => "error",
            Self::Skipped => "skipped",
        }
    }
}

struct Case {
    name: String,
    came: Came,
    /// `not met (stale)`.
    of: String,
    message: String,
    /// Everything, one thing a line.
    text: String,
}

struct Suite {
    name: String,
    /// A word for it that keeps: the component's name.
    class: String,
    cases: Vec<Case>,
}

fn suites(ctx: &Context<'_>) -> Vec<Suite> {
    let mut by_component: BTreeMap<(u32, Option<StrategicId>), Vec<Case>> = BTreeMap::new();
    for told in exchange::told(ctx) {
        let component = told.component(ctx);
        let number = component.and_then(|id| ctx.library.strategic(id).number);
        by_component.entry((number.unwrap_or(u32::MAX), component)).or_default().push(case(ctx, &told));
    }
    let suite = |((_, component), cases): ((u32, Option<StrategicId>), Vec<Case>)| match component {
        Some(id) => {
            let component = ctx.library.strategic(id);
            Suite { name: component.title.clone(), class: component.name.clone(), cases }
        }
        None => Suite { name: "No component".to_owned(), class: "no-component".to_owned(), cases },
    };
    let mut suites: Vec<Suite> = by_component.into_iter().map(suite).collect();
    suites.extend(withheld(ctx));
    if suites.is_empty() {
        // A run without a test would pass for a good one.
        let message = exchange::NOTHING.to_owned();
        let case = Case {
            name: "something-to-assess".to_owned(),
            came: Came::Error,
            of: "nothing assessed".to_owned(),
            message,
            text: String::new(),
        };
        suites.push(Suite { name: "Assessment".to_owned(), class: "assessment".to_owned(), cases: vec![case] });
    }
    suites
}

fn case(ctx: &Context<'_>, told: &Told<'_>) -> Case {
    let mut lines = vec![told.title(), told.why.clone()];
    lines.extend(told.lines());
    for part in &told.parts {
        let places = exchange::evidence(ctx, part).into_iter().chain(exchange::rule(ctx, part.rule.0, &part.rule.1));
        lines.extend(places.map(|r| format!("At: {}:{}:{}", r.file, r.start.line, r.start.column)));
    }
    Case {
        name: told.requirement.name.clone(),
        came: Came::of(told.outcome.verdict),
        of: told.verdict(),
        message: format!("{}: {} {}", told.verdict(), told.title(), told.why),
        text: lines.join("\n"),
    }
}

/// What is withheld from an audience counts as what it is: otherwise a run would look better to those who see less.
fn withheld(ctx: &Context<'_>) -> Option<Suite> {
    let withheld = ctx.withheld?;
    let came = match withheld.verdicts.exit_code() {
        1 => Came::Failed,
        0 => Came::Skipped,
        _ => Came::Error,
    };
    let said = summary::withheld(ctx);
    let case = Case {
        name: "withheld-verdicts".to_owned(),
        came,
        of: "withheld".to_owned(),
        message: said.first().cloned().unwrap_or_default(),
        text: said.join("\n"),
    };
    Some(Suite { name: "Withheld".to_owned(), class: "withheld".to_owned(), cases: vec![case] })
}

fn write(ctx: &Context<'_>, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let timestamp = format!("{}T00:00:00", ctx.assessment.date);
    writer.create_element("testsuites").write_inner_content(|writer| {
        for (suite, id) in suites(ctx).iter().zip(0u32..) {
            write_suite(ctx, writer, suite, id, &timestamp)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn write_suite(ctx: &Context<'_>, writer: &mut Writer<Vec<u8>>, suite: &Suite, id: u32, timestamp: &str) -> io::Result<()> {
    let count = |came: Came| suite.cases.iter().filter(|c| c.came == came).count().to_string();
    let (id, tests) = (id.to_string(), suite.cases.len().to_string());
    let (failures, errors, skipped) = (count(Came::Failed), count(Came::Error), count(Came::Skipped));
    let name = plain(&suite.name);
    let element = writer.create_element("testsuite").with_attributes([
        ("name", name.as_str()),
        ("package", "abide"),
        ("id", id.as_str()),
        ("timestamp", timestamp),
        ("hostname", "localhost"),
        ("tests", tests.as_str()),
        ("failures", failures.as_str()),
        ("errors", errors.as_str()),
        ("skipped", skipped.as_str()),
        ("time", "0"),
    ]);
    element.write_inner_content(|writer| {
        writer.create_element("properties").write_inner_content(|writer| {
            let of_entity = ("entity", exchange::entity(ctx).to_owned());
            for (name, value) in std::iter::once(of_entity).chain(exchange::basis(ctx)) {
                let value = plain(&value);
                writer.create_element("property").with_attributes([("name", name), ("value", value.as_str())]).write_empty()?;
            }
            Ok(())
        })?;
        for case in &suite.cases {
            write_case(writer, &suite.class, case)?;
        }
        writer.create_element("system-out").write_empty()?;
        writer.create_element("system-err").write_empty()?;
        Ok(())
    })?;
    Ok(())
}

fn write_case(writer: &mut Writer<Vec<u8>>, class: &str, case: &Case) -> io::Result<()> {
    let element =
        writer.create_element("testcase").with_attributes([("name", case.name.as_str()), ("classname", class), ("time", "0")]);
    if case.came == Came::Passed {
        element.write_empty()?;
        return Ok(());
    }
    let (message, text) = (plain(&case.message), case.text.lines().map(plain).collect::<Vec<_>>().join("\n"));
    element.write_inner_content(|writer| {
        let outcome = writer.create_element(case.came.element()).with_attribute(("message", message.as_str()));
        // Of what was skipped, one of the two schemas takes no type.
        let outcome = if case.came == Came::Skipped { outcome } else { outcome.with_attribute(("type", case.of.as_str())) };
        outcome.write_text_content(BytesText::new(&text))?;
        Ok(())
    })?;
    Ok(())
}

/// One line of text that XML 1.0 can hold.
fn plain(text: &str) -> String {
    clean::line(text).chars().map(|c| if matches!(c, '\u{fffe}' | '\u{ffff}') { '?' } else { c }).collect()
}
