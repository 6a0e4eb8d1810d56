//! Assessment to bytes, one file per format. Reporters add no judgement, read no rules' syntax and touch no file.
//!
//! To add a format: one file with a `render`, one row in [`Format`].

mod barred;
pub mod compare;
mod concise;
mod csv;
mod detail;
mod economics;
mod exchange;
mod explain;
mod fill;
pub mod findings;
pub mod forecast;
mod grounds;
mod html;
mod json;
mod judge;
mod junit;
mod markdown;
mod marks;
mod markup;
mod narrated;
mod oscal;
mod own;
mod place;
pub mod plan;
pub mod portfolio;
mod rows;
mod sarif;
pub mod site;
mod summary;
mod terminal;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod voice;
mod why;
mod words;
mod workbook;

pub use place::place;
pub use why::{narrate as why_narrated, render as why};
pub use workbook::checklist;

use crate::assess::Assessment;
use crate::diagnostics::render;
use crate::disclose::{View, Withheld};
use crate::evidence::Bundle;
use crate::library::{Checked, Library};

/// The JSON report on one line, for streams.
#[must_use]
pub fn json_line(context: &Context<'_>) -> Vec<u8> {
    let mut text = String::new();
    json::line(context, &mut text);
    text.into_bytes()
}

/// What a report is made from.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The rules.
    pub library: &'a Checked<Library>,
    /// The evidence.
    pub bundle: &'a Bundle,
    /// The result.
    pub assessment: &'a Assessment,
    /// The SHA-256 of the evidence, hex, when it was made.
    pub fingerprint: Option<&'a str>,
    /// What an audience does not see; `None` when the report is for the entity itself. `bundle` and `assessment` are then the audience's view.
    pub withheld: Option<&'a Withheld>,
    /// How it should look.
    pub style: Style,
}

impl<'a> Context<'a> {
    /// The same report for the audience of a view.
    #[must_use]
    pub fn through(self, view: &'a View) -> Self {
        Self { bundle: &view.bundle, assessment: &view.assessment, withheld: Some(&view.withheld), ..self }
    }
}

/// How much a report says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Detail {
    /// What a manager reads: one page.
    Summary,
    /// The page, and then every gap with both ends.
    #[default]
    Full,
}

/// How a report should look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns available.
    pub width: usize,
    /// Whether colours may be used.
    pub colour: bool,
    /// Whether characters outside ASCII may be used.
    pub unicode: bool,
    /// Whether line and column numbers are written where the format leaves that open (JSON).
    pub lines: bool,
    /// How much to say, where the format leaves that open.
    pub detail: Detail,
}

impl Style {
    /// What the terminal can do.
    #[must_use]
    pub const fn look(self) -> render::Style {
        render::Style { width: self.width, colour: self.colour, unicode: self.unicode }
    }
}

impl Default for Style {
    fn default() -> Self {
        Self { width: 80, colour: false, unicode: true, lines: true, detail: Detail::Full }
    }
}

/// A form a report can take.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// What files in it end with.
    pub extension: &'static str,
    /// One sentence: whom it is for.
    pub summary: &'static str,
    write: Write,
}

/// How a format is written.
#[derive(Debug, Clone, Copy)]
enum Write {
    /// As text.
    Text(fn(&Context<'_>, &mut String)),
    /// As bytes that are no text. None when they cannot be made.
    Bytes(fn(&Context<'_>) -> Vec<u8>),
}

/// The JSON report as a value, which the format `json` writes down.
#[must_use]
pub fn value(context: &Context<'_>) -> serde_json::Value {
    json::whole(context)
}

impl Format {
    /// All of them, the usual one first.
    pub const ALL: &'static [Self] = &[
        Self { name: "terminal", extension: "txt", summary: "for a person at a terminal", write: Write::Text(terminal::render) },
        Self {
            name: "concise",
            extension: "tsv",
            summary: "one line for each requirement, for grep",
            write: Write::Text(concise::render),
        },
        Self {
            name: "narrated",
            extension: "txt",
            summary: "plain sentences, for a screen reader",
            write: Write::Text(narrated::render),
        },
        Self { name: "json", extension: "json", summary: "everything, for programs", write: Write::Text(json::render) },
        Self {
            name: "html",
            extension: "html",
            summary: "one file for a browser: the board on top, the security manager below",
            write: Write::Text(html::render),
        },
        Self {
            name: "sarif",
            extension: "sarif",
            summary: "SARIF 2.1.0, for tools that show results in code",
            write: Write::Text(sarif::render),
        },
        Self { name: "junit", extension: "xml", summary: "JUnit XML, for build servers", write: Write::Text(junit::render) },
        Self { name: "oscal", extension: "json", summary: "OSCAL assessment results", write: Write::Text(oscal::results) },
        Self {
            name: "oscal-poam",
            extension: "json",
            summary: "OSCAL plan of action and milestones",
            write: Write::Text(oscal::plan),
        },
        Self { name: "markdown", extension: "md", summary: "a document to hand over", write: Write::Text(markdown::render) },
        Self { name: "csv", extension: "csv", summary: "a table, for scripts and spreadsheets", write: Write::Text(csv::render) },
        Self { name: "xlsx", extension: "xlsx", summary: "a workbook", write: Write::Bytes(workbook::render) },
    ];

    /// The format with this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|f| f.name == name).copied()
    }

    /// Whether it is no text, and of no use on a terminal.
    #[must_use]
    pub const fn is_binary(self) -> bool {
        matches!(self.write, Write::Bytes(_))
    }

    /// The report, as it is written to a file.
    #[must_use]
    pub fn render(self, context: &Context<'_>) -> Vec<u8> {
        match self.write {
            Write::Text(write) => {
                let mut text = String::new();
                write(context, &mut text);
                text.into_bytes()
            }
            Write::Bytes(write) => write(context),
        }
    }
}
