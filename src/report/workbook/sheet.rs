//! Sheets: a page that is filled from the top, and the one way in which text gets into a cell.

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use crate::base::Date;
use crate::report::csv::formula;
use crate::report::{Context, summary};

/// What a cell holds at most, in UTF-16 units: more is refused by spreadsheets.
pub(super) const MOST: usize = 32_767;
/// Points of a line of text, and of the highest row there is.
const LINE: u32 = 15;
const HIGHEST: u32 = 409;
/// Days from where spreadsheets begin to count to 1970-01-01.
const EPOCH: i32 = 25_569;
const CUT: &str = " … (cut: a cell holds no more)";

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    /// In several lines where one is too short.
    Wrapped,
    Title,
    Label,
    Heading,
    /// The head of a column that a person fills in.
    OwnHeading,
    /// A cell that a person fills in.
    Own,
    /// A day that a person fills in.
    OwnDate,
}

impl Look {
    pub(super) fn format(self) -> Format {
        let top = Format::new().set_align(FormatAlign::Top);
        let own = || top.clone().set_text_wrap().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0xB8_C4_CE));
        let heading = |colour: u32| {
            let heading = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
            heading.set_font_color(Color::White).set_background_color(Color::RGB(colour))
        };
        match self {
            Self::Plain => top,
            Self::Wrapped => top.set_text_wrap(),
            Self::Title => top.set_bold().set_font_size(16),
            Self::Label => top.set_bold(),
            Self::Heading => heading(0x1F_3A_4D),
            Self::OwnHeading => heading(0x6B_3F_00),
            Self::Own => own().set_background_color(Color::RGB(0xFF_FB_F0)),
            Self::OwnDate => own().set_background_color(Color::RGB(0xFF_FB_F0)).set_num_format("yyyy-mm-dd"),
        }
    }
}

/// Puts a text into a cell, as text: whatever it begins with, and whatever it looks like.
pub(super) fn text(sheet: &mut Worksheet, row: u32, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    if text.is_empty() {
        sheet.write_blank(row, column, format)?;
        return Ok(());
    }
    let text = fitting(text);
    let text = text.as_ref();
    // Without the mark, a spreadsheet makes a formula of it as soon as somebody edits the cell.
    let quoted = if formula(text) { format.clone().set_quote_prefix() } else { format.clone() };
    if let Some(rest) = text.strip_prefix('<').filter(|rest| rest.starts_with("r>") && text.ends_with("</r>")) {
        // The writer would take it for markup of its own; in two pieces, it escapes both.
        let plain = Format::default();
        sheet.write_rich_string_with_format(row, column, &[(&plain, "<"), (&plain, rest)], &quoted)?;
    } else {
        sheet.write_string_with_format(row, column, text, &quoted)?;
    }
    Ok(())
}

/// A text that a cell can hold.
fn fitting(text: &str) -> std::borrow::Cow<'_, str> {
    if text.len() <= MOST || text.encode_utf16().count() <= MOST {
        return text.into();
    }
    let room = MOST - CUT.encode_utf16().count();
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= room
    };
    let mut cut: String = text.chars().take_while(fits).collect();
    cut.push_str(CUT);
    cut.into()
}

/// The title and the date of a workbook: that of the assessment, so that the same input gives the same bytes.
pub(super) fn describe(book: &mut Workbook, ctx: &Context<'_>, title: &str) -> Result<(), XlsxError> {
    let properties = DocProperties::new()
        .set_title(format!("{title}: {}", summary::entity_name(ctx)))
        .set_author("Abide")
        .set_creation_datetime(&day(ctx.assessment.date)?);
    book.set_properties(&properties);
    Ok(())
}

/// A day as spreadsheets know it: they know none before 1900 and none after 9999.
pub(super) fn day(date: Date) -> Result<ExcelDateTime, XlsxError> {
    // By its text: a day made of a number is written wrongly into the properties of a workbook.
    ExcelDateTime::parse_from_str(&if known_day(date) { date.to_string() } else { "1900-03-01".to_owned() })
}

/// Puts a day into a cell.
pub(super) fn date(sheet: &mut Worksheet, row: u32, column: u16, date: Date, format: &Format) -> Result<(), XlsxError> {
    sheet.write_datetime_with_format(row, column, day(date)?, format)?;
    Ok(())
}

/// Whether a spreadsheet can hold a day as one.
pub(super) fn known_day(date: Date) -> bool {
    // The first two months of 1900 are counted wrongly by some programs.
    date.day_number() + EPOCH > 60
}

/// A sheet, filled from the top.
pub(super) struct Page {
    pub(super) sheet: Worksheet,
    next: u32,
    widths: Vec<u32>,
    wrapped: Format,
}

impl Page {
    /// A sheet with columns of these widths.
    pub(super) fn new(name: &str, widths: &[u32]) -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        for (column, width) in (0u16..).zip(widths) {
            sheet.set_column_width(column, *width)?;
        }
        Ok(Self { sheet, next: 0, widths: widths.to_vec(), wrapped: Look::Wrapped.format() })
    }

    /// The row that is filled next.
    pub(super) const fn next_row(&self) -> u32 {
        self.next
    }

    pub(super) fn skip(&mut self) {
        self.next += 1;
    }

    pub(super) fn line(&mut self, cells: &[(&str, Look)]) -> Result<(), XlsxError> {
        for (column, (said, look)) in (0u16..).zip(cells) {
            text(&mut self.sheet, self.next, column, said, &look.format())?;
        }
        if cells.iter().any(|(_, look)| *look == Look::Title) {
            self.sheet.set_row_height(self.next, 24)?;
        }
        self.grow(cells.iter().map(|(said, look)| if *look == Look::Wrapped { *said } else { "" }))?;
        self.next += 1;
        Ok(())
    }

    /// Makes the row that is filled high enough for texts in its columns: not every program does so by itself.
    pub(super) fn grow<'t>(&mut self, texts: impl Iterator<Item = &'t str>) -> Result<(), XlsxError> {
        let lines = self.widths.iter().zip(texts).map(|(width, text)| lines(text, *width)).max().unwrap_or(1);
        if lines > 1 {
            self.sheet.set_row_height(self.next, (lines * LINE).min(HIGHEST))?;
        }
        Ok(())
    }

    /// A text and a number beside it.
    pub(super) fn counted(&mut self, said: &str, n: u32) -> Result<(), XlsxError> {
        text(&mut self.sheet, self.next, 0, said, &Look::Plain.format())?;
        self.sheet.write_number_with_format(self.next, 1, n, &Look::Plain.format().set_align(FormatAlign::Left))?;
        self.next += 1;
        Ok(())
    }

    /// The heads of columns, which stay in sight.
    pub(super) fn head(&mut self, names: &[&str]) -> Result<(), XlsxError> {
        let cells: Vec<_> = names.iter().map(|name| (*name, Look::Heading)).collect();
        self.line(&cells)?;
        self.sheet.set_freeze_panes(self.next, 0)?;
        self.sheet.set_repeat_rows(self.next - 1, self.next - 1)?;
        Ok(())
    }

    /// A number and texts beside it.
    pub(super) fn row(&mut self, number: u32, cells: &[&str]) -> Result<(), XlsxError> {
        self.sheet.write_number_with_format(self.next, 0, number, &Look::Plain.format())?;
        for (column, said) in (1u16..).zip(cells) {
            text(&mut self.sheet, self.next, column, said, &self.wrapped)?;
        }
        self.grow(std::iter::once("").chain(cells.iter().copied()))?;
        self.next += 1;
        Ok(())
    }

    /// The sheet, with filters over its columns.
    pub(super) fn filtered(mut self, ctx: &Context<'_>) -> Result<Worksheet, XlsxError> {
        let last = u16::try_from(self.widths.len().saturating_sub(1)).unwrap_or(0);
        self.sheet.autofilter(0, 0, self.next.saturating_sub(1), last)?;
        self.print(ctx)
    }

    /// The sheet, ready for paper.
    pub(super) fn print(mut self, ctx: &Context<'_>) -> Result<Worksheet, XlsxError> {
        paper(&mut self.sheet, ctx);
        Ok(self.sheet)
    }
}

/// How many lines a text takes in a column of a width.
fn lines(text: &str, width: u32) -> u32 {
    let of =
        |line: &str| u32::try_from(unicode_width::UnicodeWidthStr::width(line)).unwrap_or(u32::MAX).div_ceil(width.max(2)).max(1);
    // Enough for the highest row there is.
    text.lines().take(64).map(of).fold(0u32, u32::saturating_add).clamp(1, 64)
}

/// A3 across, one page wide, with a foot that says whose it is and of which day.
pub(super) fn paper(sheet: &mut Worksheet, ctx: &Context<'_>) {
    sheet.set_paper_size(8).set_landscape().set_print_fit_to_pages(1, 0).set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    // `&` begins a code in a footer; more than 255 characters are refused.
    let whose: String = summary::entity_name(ctx).replace('&', "&&").chars().take(80).collect();
    sheet.set_footer(format!("&L{}, {}&RPage &P of &N", whose.trim_end_matches('&'), ctx.assessment.date));
}
