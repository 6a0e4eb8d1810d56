//! The checklist people know, to be filled in and taken back: what was found on the left, what the entity says of itself on the right. How it is
//! read again is in `checklist/`.

use rust_xlsxwriter::{
    Color, ConditionalFormatFormula, DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format,
    Formula, Workbook, Worksheet, XlsxError,
};

use super::sheet::{self, Look};
use crate::assess::{Outcome, Verdict};
use crate::checklist::{Column, MARKER, Marker, SHEET, status};
use crate::evidence::{ChecklistEntry, Claim, Own};
use crate::report::rows::row;
use crate::report::terminal::verdict_words;
use crate::report::{Context, summary};

/// The workbook; nothing when it cannot be built.
#[must_use]
pub fn render(ctx: &Context<'_>) -> Vec<u8> {
    build(ctx).unwrap_or_default()
}

fn build(ctx: &Context<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    sheet::describe(&mut book, ctx, "Checklist")?;
    book.push_worksheet(list(ctx)?);
    book.push_worksheet(help(ctx)?);
    book.push_worksheet(marker(ctx)?);
    book.save_to_buffer()
}

/// Where a column stands.
fn place(of: Column) -> u16 {
    (0u16..).zip(Column::ALL).find(|(_, column)| *column == of).map_or(0, |(at, _)| at)
}

const fn width(column: Column) -> u32 {
    match column {
        Column::Status | Column::Claim | Column::Own(Own::TargetDate) => 13,
        Column::Own(Own::Owner) => 15,
        Column::Provision | Column::Evidence | Column::Own(Own::Evidence | Own::Gap) => 24,
        Column::Requirement => 28,
        Column::ToDo | Column::Own(Own::Action) => 30,
        Column::Gap => 36,
        Column::Id | Column::Verdict => 24,
    }
}

fn list(ctx: &Context<'_>) -> Result<Worksheet, XlsxError> {
    let mut page = sheet::Page::new(SHEET, &Column::ALL.map(width))?;
    let head = format!("{}: checklist of {}", summary::entity_name(ctx), ctx.assessment.date.long());
    page.line(&[(&head, Look::Title)])?;
    page.line(&[("What the evidence shows is on the left and is written anew each time. The columns with a brown head are yours to fill in.", Look::Plain)])?;
    for said in summary::audience(ctx).into_iter().chain(summary::withheld(ctx)) {
        page.line(&[(&said, Look::Plain)])?;
    }
    let look = |column: Column| if column.is_own() { Look::OwnHeading } else { Look::Heading };
    page.line(&Column::ALL.map(|column| (column.head(), look(column))))?;
    let first = page.next_row();
    let formats = Formats::new();
    for outcome in &ctx.assessment.outcomes {
        let at = page.next_row();
        let texts = requirement(ctx, outcome, &mut page.sheet, at, &formats)?;
        page.grow(texts.iter().map(String::as_str))?;
        page.skip();
    }
    let last = page.next_row().saturating_sub(1).max(first);
    let mut sheet = page.sheet;
    for column in Column::ALL.into_iter().filter(|c| c.is_hidden()) {
        sheet.set_column_hidden(place(column))?;
    }
    sheet.set_freeze_panes(first, 1)?;
    sheet.set_repeat_rows(first.saturating_sub(1), first.saturating_sub(1))?;
    sheet.autofilter(first.saturating_sub(1), 0, last, place(Column::Verdict))?;
    validate(&mut sheet, first, last)?;
    sheet::paper(&mut sheet, ctx);
    sheet.set_print_area(0, 0, last, place(Column::Own(Own::TargetDate)))?;
    Ok(sheet)
}

struct Formats {
    found: Format,
    own: Format,
    day: Format,
}

impl Formats {
    fn new() -> Self {
        Self { found: Look::Wrapped.format(), own: Look::Own.format(), day: Look::OwnDate.format() }
    }
}

fn requirement(
    ctx: &Context<'_>,
    outcome: &Outcome,
    sheet: &mut Worksheet,
    at: u32,
    formats: &Formats,
) -> Result<Vec<String>, XlsxError> {
    let mut texts = Vec::new();
    let row = row(ctx, outcome);
    let own = ctx.bundle.checklist.iter().find(|e| e.requirement == outcome.requirement);
    for (column, of) in (0u16..).zip(Column::ALL) {
        let found = match of {
            Column::Requirement => row.title(),
            Column::Provision => row.citations(ctx),
            Column::Status => status(row.requirement, outcome).to_owned(),
            Column::Evidence => {
                let looks = row.looks_at(ctx);
                let looks = if looks.is_empty() { None } else { Some(format!("looked at: {looks}")) };
                looks.into_iter().chain(row.places.iter().cloned()).collect::<Vec<_>>().join("\n")
            }
            Column::Gap => gap(outcome, &row.why),
            Column::ToDo => row.to_do.join("\n"),
            Column::Id => row.requirement.name.clone(),
            Column::Verdict => verdict_words(outcome),
            Column::Claim | Column::Own(_) => {
                texts.push(fill(sheet, at, column, of, own, formats)?);
                continue;
            }
        };
        sheet::text(sheet, at, column, &found, &formats.found)?;
        // Nobody sees how long a hidden text is.
        texts.push(if of.is_hidden() { String::new() } else { found });
    }
    Ok(texts)
}

/// What is wrong, beginning with the verdict; of what is met, nothing.
fn gap(outcome: &Outcome, why: &str) -> String {
    match outcome.verdict {
        Verdict::Met => String::new(),
        Verdict::NotMet(_) | Verdict::NotConfirmed | Verdict::NeedsJudgement | Verdict::NotApplicable | Verdict::Sealed => {
            format!("{}: {why}", verdict_words(outcome))
        }
    }
}

/// A cell that a person fills in, with what is there already, which is given back.
fn fill(
    sheet: &mut Worksheet,
    at: u32,
    column: u16,
    of: Column,
    own: Option<&ChecklistEntry>,
    formats: &Formats,
) -> Result<String, XlsxError> {
    let text = match (own, of) {
        (Some(entry), Column::Claim) => entry.claim.map_or("", Claim::word),
        (Some(entry), Column::Own(Own::TargetDate)) => {
            if let Some(day) = entry.target_date().filter(|day| sheet::known_day(*day)) {
                sheet::date(sheet, at, column, day, &formats.day)?;
                return Ok(String::new());
            }
            entry.text(Own::TargetDate)
        }
        (Some(entry), Column::Own(own)) => entry.text(own),
        _ => "",
    };
    let format = if of == Column::Own(Own::TargetDate) { &formats.day } else { &formats.own };
    sheet::text(sheet, at, column, text, format)?;
    Ok(text.to_owned())
}

/// Lists to choose from, days where a day is asked for, and a colour where a claim says more than the evidence.
fn validate(sheet: &mut Worksheet, first: u32, last: u32) -> Result<(), XlsxError> {
    let words: Vec<&str> = Claim::ALL.iter().map(|c| c.word()).collect();
    let claim = DataValidation::new()
        .allow_list_strings(&words)?
        .set_error_title("Not a status")?
        .set_error_message(format!("Choose one of: {}. Or leave it blank.", words.join(", ")))?
        .set_input_title("Your own status")?
        .set_input_message("What you say of it yourself. It changes no verdict.")?;
    sheet.add_data_validation(first, place(Column::Claim), last, place(Column::Claim), &claim)?;
    let day = DataValidation::new()
        .allow_date(DataValidationRule::GreaterThan(ExcelDateTime::from_ymd(2000, 1, 1)?))
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("Not a date")?
        .set_error_message("Enter a date, such as 2026-11-23. Anything else is kept as text, and no date is made of it.")?;
    let target = place(Column::Own(Own::TargetDate));
    sheet.add_data_validation(first, target, last, target, &day)?;
    let row = first + 1;
    let letter = |column: Column| char::from(b'A' + u8::try_from(place(column)).unwrap_or(0));
    let (own, found) = (letter(Column::Claim), letter(Column::Status));
    let more = format!(
        "=OR(AND(${own}{row}=\"yes\",${found}{row}<>\"yes\"),AND(${own}{row}=\"not applicable\",${found}{row}<>\"not applicable\"))"
    );
    let loud = Format::new().set_bold().set_font_color(Color::RGB(0x9C_00_06)).set_background_color(Color::RGB(0xFF_C7_CE));
    let rule = ConditionalFormatFormula::new().set_rule(Formula::new(more)).set_format(loud);
    sheet.add_conditional_format(first, place(Column::Claim), last, place(Column::Claim), &rule)?;
    Ok(())
}

fn help(ctx: &Context<'_>) -> Result<Worksheet, XlsxError> {
    let mut page = sheet::Page::new("How to fill it in", &[24, 100])?;
    page.line(&[("How to fill in this checklist", Look::Title)])?;
    let lines = [
        ("Yours", "The columns with a brown head: Own status, Own evidence, Own view of the gap, Action, Owner, Target date."),
        ("Rows", "Sort and filter as you like: rows are known by a hidden column. Sort all columns together. Do not add rows."),
        (
            "Nothing is lost",
            "Leave cells blank that you have nothing to say about. What you blank is taken back; a row that you delete is not.",
        ),
        ("Take it back", "abide export BUNDLE --back FILE.xlsx. Everything you wrote comes out again with the next export."),
        (
            "Own status",
            "What you say yourself: yes, partial, no, not confirmed, not applicable. It changes no verdict. Where it says more than the evidence, it turns red.",
        ),
        ("Target date", "A date. Anything else is kept as you wrote it, and no date is made of it."),
    ];
    for (name, text) in lines {
        page.line(&[(name, Look::Label), (text, Look::Wrapped)])?;
    }
    page.skip();
    page.line(&[("Status", Look::Heading), ("What was found", Look::Heading)])?;
    let words = [
        ("yes", "met: it applies, and the evidence shows it"),
        ("partial", "not met: at least one of its expectations holds, and at least one fails"),
        ("no", "not met: none of its expectations holds"),
        ("not confirmed", "a fact is missing, or a person has to judge: neither a pass nor a failure"),
        ("not applicable", "not bound, not in force, its condition does not hold, or it is displaced"),
        ("not public", "the text is not public: look in your own copy of it"),
    ];
    for (name, text) in words {
        page.line(&[(name, Look::Label), (text, Look::Wrapped)])?;
    }
    page.print(ctx)
}

/// By which the checklist is known again.
fn marker(ctx: &Context<'_>) -> Result<Worksheet, XlsxError> {
    let mut page = sheet::Page::new(MARKER, &[20, 70])?;
    let audience = ctx.withheld.map_or("", |w| w.audience.name);
    let date = ctx.assessment.date.to_string();
    let marker =
        Marker::new(&ctx.bundle.entity.id, &date, &ctx.library.fingerprint, ctx.fingerprint.unwrap_or_default(), audience);
    for (name, value) in marker.rows() {
        page.line(&[(name, Look::Plain), (value, Look::Plain)])?;
    }
    page.sheet.set_hidden(true);
    Ok(page.sheet)
}
