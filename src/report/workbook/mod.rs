//! Workbooks (XLSX): the report as sheets for people who live in a spreadsheet, and in `checklist` the list they know how to fill in.
//!
//! Texts are written as strings, never as formulas; the same input gives the same bytes. To add a sheet: a function that makes one, a line in
//! [`render`].

mod checklist;
mod sheet;

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

pub use checklist::render as checklist;
use sheet::{Look, Page};

use super::rows::row;
use super::terminal::verdict_words;
use super::voice::count;
use super::{Context, detail, marks, own, summary};
use crate::assess::{ProvisionStatus, Verdict};
use crate::diagnostics::render::clean;

/// The report; nothing when a workbook cannot be built.
pub(super) fn render(ctx: &Context<'_>) -> Vec<u8> {
    build(ctx).unwrap_or_default()
}

fn build(ctx: &Context<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    sheet::describe(&mut book, ctx, "Gap analysis")?;
    for page in [front(ctx)?, gaps(ctx)?, requirements(ctx)?, components(ctx)?, provisions(ctx)?] {
        book.push_worksheet(page);
    }
    book.save_to_buffer()
}

fn front(ctx: &Context<'_>) -> Result<Worksheet, XlsxError> {
    let mut page = Page::new("Summary", &[30, 90])?;
    page.line(&[(&summary::entity_name(ctx), Look::Title)])?;
    page.line(&[(&summary::entity_kind(ctx), Look::Plain)])?;
    let known = ctx.assessment.known_at.map_or_else(String::new, |d| format!(", as known on {d}"));
    let pair = |page: &mut Page, name: &str, value: &str| page.line(&[(name, Look::Label), (value, Look::Wrapped)]);
    pair(&mut page, "Assessed on", &format!("{}{known}", ctx.assessment.date.long()))?;
    if let Some(audience) = summary::audience(ctx) {
        pair(&mut page, "Audience", &audience)?;
    }
    pair(
        &mut page,
        "Rules",
        &format!("{}, SHA-256 {}", count(ctx.library.requirements.len(), "requirement"), ctx.library.fingerprint),
    )?;
    if let Some(print) = ctx.fingerprint {
        pair(&mut page, "Evidence", &format!("SHA-256 {print}"))?;
    }
    if let Some(policies) = &ctx.assessment.policies {
        pair(&mut page, "Policies", &format!("SHA-256 {}", policies.fingerprint))?;
    }
    page.skip();
    page.line(&[("Verdicts", Look::Heading), ("Requirements", Look::Heading)])?;
    let tally = summary::tally(ctx);
    for (at, mark, words) in marks::COUNTED.into_iter().filter(|_| tally.total() > 0) {
        let n = tally.verdicts.get(usize::from(at)).copied().unwrap_or(0);
        page.counted(&format!("{} {words}", mark.symbol(true)), u32::try_from(n).unwrap_or(u32::MAX))?;
    }
    if tally.total() == 0 {
        page.line(&[("No requirement was assessed: nothing is shown.", Look::Plain)])?;
    }
    page.skip();
    page.line(&[("What this rests on", Look::Heading)])?;
    for said in summary::rests_on(ctx) {
        page.line(&[("", Look::Plain), (&said, Look::Wrapped)])?;
    }
    page.line(&[
        ("", Look::Plain),
        (
            "A verdict says what the rules found in the evidence. The class under Regulation 300/2008 is a person's decision.",
            Look::Wrapped,
        ),
    ])?;
    let lapses: Vec<_> = summary::lapses(ctx).collect();
    if !lapses.is_empty() {
        page.skip();
        page.line(&[("Lapses in the next 90 days", Look::Heading)])?;
        for lapse in lapses {
            let needs = summary::requirement_names(ctx, &lapse.requirements, 6);
            let text = format!("{}; needed by {needs}", summary::lapsing(ctx, lapse.what));
            page.line(&[(&lapse.on.to_string(), Look::Label), (&text, Look::Wrapped)])?;
        }
    }
    let barred = super::barred::lines(ctx);
    if !barred.is_empty() {
        page.skip();
        page.line(&[("May not be relied on", Look::Heading)])?;
        for line in barred {
            page.line(&[(&line.what, Look::Wrapped), (&format!("{} (policy {})", line.because, line.policy), Look::Wrapped)])?;
        }
    }
    page.print(ctx)
}

fn gaps(ctx: &Context<'_>) -> Result<Worksheet, XlsxError> {
    let mut page = Page::new("Gaps", &[5, 20, 9, 26, 44, 40, 28, 22, 12, 28, 14, 12, 24])?;
    page.head(&[
        "#",
        "Verdict",
        "Severity",
        "Requirement",
        "Why",
        "To do",
        "Provisions",
        "Evidence",
        "Own status",
        "Action",
        "Owner",
        "Target date",
        "Id",
    ])?;
    for (outcome, number) in ctx.assessment.gaps(ctx.library).into_iter().zip(1u32..) {
        let row = row(ctx, outcome);
        let verdict = format!("{} {}", marks::verdict(outcome.verdict).symbol(true), verdict_words(outcome));
        let [claim, _, _, action, owner, date] = own::cells(ctx, outcome);
        page.row(
            number,
            &[
                &verdict,
                row.severity(),
                &row.title(),
                &row.why,
                &row.to_do.join("\n"),
                &row.citations(ctx),
                &row.places.join("\n"),
                &claim,
                &action,
                &owner,
                &date,
                &row.name(),
            ],
        )?;
    }
    page.filtered(ctx)
}

fn requirements(ctx: &Context<'_>) -> Result<Worksheet, XlsxError> {
    let mut page = Page::new("Requirements", &[5, 20, 9, 32, 34, 50, 34, 26])?;
    page.head(&["#", "Verdict", "Severity", "Requirement", "Shows", "Why", "Provisions", "Id"])?;
    for (outcome, number) in ctx.assessment.outcomes.iter().zip(1u32..) {
        let row = row(ctx, outcome);
        let verdict = format!("{} {}", marks::verdict(outcome.verdict).symbol(true), verdict_words(outcome));
        page.row(number, &[&verdict, row.severity(), &row.title(), &row.shows(ctx), &row.why, &row.citations(ctx), &row.name()])?;
    }
    page.filtered(ctx)
}

fn components(ctx: &Context<'_>) -> Result<Worksheet, XlsxError> {
    let mut page = Page::new("Components", &[5, 48, 16, 16, 16, 16, 70])?;
    page.head(&["#", "Component", "Present", "Suitable", "Operating", "Effective", "In words"])?;
    for (outcome, at) in ctx.assessment.components.iter().zip(1u32..) {
        let component = ctx.library.strategic(outcome.component);
        let [present, suitable, operating, effective] = outcome.levels.map(|l| {
            let mark = marks::level(l);
            let words = match (l.total(), l.not_met, l.not_confirmed, l.needs_judgement) {
                (0, ..) => "no requirement",
                (_, 0, 0, 0) => "shown",
                (_, 0, 0, _) => "needs judgement",
                (_, 0, ..) => "not confirmed",
                _ => "not met",
            };
            format!("{} {words}", mark.symbol(true))
        });
        let words = summary::level_words(outcome);
        let title = clean::line(&component.title);
        page.row(component.number.unwrap_or(at), &[&title, &present, &suitable, &operating, &effective, &words])?;
    }
    page.filtered(ctx)
}

fn provisions(ctx: &Context<'_>) -> Result<Worksheet, XlsxError> {
    let mut page = Page::new("Provisions", &[5, 34, 40, 34, 16, 70, 60])?;
    page.head(&["#", "Id", "Citation", "Status", "Basis", "Reads", "Address"])?;
    for (coverage, number) in ctx.assessment.provisions.iter().zip(1u32..) {
        let written = ctx.library.provision(coverage.provision);
        let cited = detail::provision(ctx, coverage.provision);
        let citation = summary::voice(ctx).citation(coverage.provision);
        page.row(
            number,
            &[
                &clean::line(&written.name),
                &citation,
                &status(ctx, coverage.status),
                marks::basis(written.basis),
                &cited.reads,
                cited.url.as_deref().unwrap_or_default(),
            ],
        )?;
    }
    page.filtered(ctx)
}

fn status(ctx: &Context<'_>, status: ProvisionStatus) -> String {
    let words = |verdict: Verdict| format!("{} {}", marks::verdict(verdict).symbol(true), verdict.words());
    match status {
        ProvisionStatus::Verdict(verdict) => words(verdict),
        ProvisionStatus::Equivalent(at, verdict) => {
            let name = ctx.library.equivalences.get(at as usize).map_or("", |e| e.name.as_str());
            format!("{}, through {}", words(verdict), clean::line(name))
        }
        ProvisionStatus::NotEncoded => "not covered by any requirement yet".to_owned(),
        ProvisionStatus::NoDuty => "defines or empowers".to_owned(),
        ProvisionStatus::NotBound => "does not bind this entity".to_owned(),
        ProvisionStatus::NotInForce => "not in force on the day".to_owned(),
        ProvisionStatus::Sealed => "not public".to_owned(),
        ProvisionStatus::Withheld => "withheld".to_owned(),
    }
}
