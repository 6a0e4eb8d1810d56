//! A page of tables with sentences: what the reports on findings are made of, and the forms it can be written in.
//!
//! Each row says the same three times: as cells for the eye, as cells for `grep`, as a sentence for the ear.

use unicode_width::UnicodeWidthStr;

use crate::diagnostics::render::{
    clean,
    paint::{Tone, paint, paragraph, wrap},
};
use crate::report::Style;

/// A page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// What it is about.
    pub(super) title: String,
    /// Under the title, a line each.
    pub(super) intro: Vec<String>,
    /// Its parts.
    pub(super) sections: Vec<Section>,
    /// At the end, a line each.
    pub(super) closing: Vec<String>,
}

/// A part of a page.
#[derive(Debug, Default)]
pub(super) struct Section {
    /// What its rows are called by programs.
    pub(super) key: &'static str,
    /// Its heading.
    pub(super) title: String,
    /// What its columns are; empty where cells speak for themselves.
    pub(super) head: Vec<&'static str>,
    /// Its rows.
    pub(super) rows: Vec<Row>,
    /// What has to be known to read it.
    pub(super) note: Option<String>,
}

/// A row.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// A symbol with its colour; empty for none.
    pub(super) mark: (Option<Tone>, &'static str),
    /// Short cells, aligned; the last one may be long and is wrapped.
    pub(super) cells: Vec<String>,
    /// All of it in one sentence.
    pub(super) sentence: String,
    /// Below it, for the eye only.
    pub(super) more: Vec<String>,
}

/// For a person at a terminal.
pub(super) fn terminal(page: &Page, style: Style) -> String {
    let look = style.look();
    let mut out = String::new();
    out.push_str(&paint(look, Tone::Strong, &clean::line(&page.title)));
    out.push('\n');
    page.intro.iter().for_each(|text| paragraph(&mut out, look, 0, (Tone::Plain, ""), &clean::line(text)));
    for section in page.sections.iter().filter(|s| !s.rows.is_empty() || s.note.is_some()) {
        out.push('\n');
        out.push_str(&paint(look, Tone::Strong, &section.title));
        out.push('\n');
        rows(section, style, &mut out);
        if let Some(note) = &section.note {
            paragraph(&mut out, look, 2, (Tone::Quiet, ""), &clean::line(note));
        }
    }
    if !page.closing.is_empty() {
        out.push('\n');
        page.closing.iter().for_each(|text| paragraph(&mut out, look, 0, (Tone::Plain, ""), &clean::line(text)));
    }
    out
}

fn rows(section: &Section, style: Style, out: &mut String) {
    let look = style.look();
    let columns = section.rows.iter().map(|r| r.cells.len()).max().unwrap_or(0);
    let cells = |i: usize| section.rows.iter().filter_map(move |r| r.cells.get(i)).map(|c| clean::line(c).width());
    let heads = |i: usize| section.head.get(i).map_or(0, |h| h.width());
    let widths: Vec<usize> = (0..columns.saturating_sub(1)).map(|i| cells(i).max().unwrap_or(0).max(heads(i))).collect();
    let marked = section.rows.iter().any(|r| !r.mark.1.is_empty());
    let indent = if marked { 4 } else { 2 };
    let start = indent + widths.iter().map(|w| w + 2).sum::<usize>();
    let longest = cells(columns.saturating_sub(1)).max().unwrap_or(0);
    let room = look.columns().saturating_sub(start);
    // Where the columns before it leave too little room, the last one goes below.
    let below = room < longest.min(24);
    if !section.head.is_empty() && !section.rows.is_empty() {
        let mut line = " ".repeat(indent);
        for (i, head) in section.head.iter().enumerate() {
            if below && i + 1 == section.head.len() {
                line = format!("{}\n{}", line.trim_end(), " ".repeat(indent + 2));
            }
            line.push_str(head);
            if let Some(width) = widths.get(i) {
                line.push_str(&" ".repeat(width + 2 - head.width()));
            }
        }
        out.push_str(&paint(look, Tone::Quiet, line.trim_end()));
        out.push('\n');
    }
    for row in &section.rows {
        let mut line = String::from("  ");
        if marked {
            let symbol = if row.mark.1.is_empty() { " " } else { row.mark.1 };
            line.push_str(&row.mark.0.map_or_else(|| symbol.to_owned(), |tone| paint(look, tone, symbol)));
            line.push(' ');
        }
        for (i, width) in widths.iter().enumerate() {
            let cell = row.cells.get(i).map_or_else(|| "".into(), |c| clean::line(c));
            line.push_str(&cell);
            line.push_str(&" ".repeat((width + 2).saturating_sub(cell.width())));
        }
        let last = row.cells.get(columns.saturating_sub(1)).map_or_else(|| "".into(), |c| clean::line(c));
        if below {
            out.push_str(line.trim_end());
            out.push('\n');
            paragraph(out, look, indent + 2, (Tone::Plain, ""), &last);
        } else {
            for (i, part) in wrap(&last, room).iter().enumerate() {
                out.push_str(if i == 0 { line.as_str() } else { "" });
                if i > 0 {
                    out.push_str(&" ".repeat(start));
                }
                out.push_str(part);
                while out.ends_with(' ') {
                    out.pop();
                }
                out.push('\n');
            }
        }
        row.more.iter().for_each(|text| paragraph(out, look, indent + 2, (Tone::Quiet, ""), &clean::line(text)));
    }
}

/// A line each, its columns separated by tabs: what it is, its cells.
pub(super) fn concise(page: &Page) -> String {
    let mut out = String::new();
    for section in &page.sections {
        for row in &section.rows {
            out.push_str(section.key);
            for cell in &row.cells {
                out.push('\t');
                let cell = clean::line(cell);
                out.push_str(if cell.is_empty() { "-" } else { &cell });
            }
            out.push('\n');
        }
    }
    out
}

/// For a screen reader: sentences, no symbols, no tables.
pub(super) fn narrated(page: &Page) -> String {
    let mut out = String::new();
    let mut line = |text: &str| {
        let text = clean::line(text).replace('`', "");
        out.push_str(&text);
        if !text.ends_with(['.', '?', '!', ':']) {
            out.push('.');
        }
        out.push('\n');
    };
    line(&page.title);
    page.intro.iter().for_each(|text| line(text));
    for section in page.sections.iter().filter(|s| !s.rows.is_empty() || s.note.is_some()) {
        line(&section.title);
        section.rows.iter().for_each(|row| line(&row.sentence));
        section.note.iter().for_each(|note| line(note));
    }
    page.closing.iter().for_each(|text| line(text));
    out
}
