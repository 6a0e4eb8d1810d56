//! Text for a person to read: a title, fields, lists. Wraps, indents, and keeps to the columns there are.

use owo_colors::{OwoColorize, Style as Paint};

use crate::diagnostics::render::clean;
use crate::report::Style;

/// A page that grows downwards.
pub(super) struct Page {
    text: String,
    style: Style,
}

/// How deep lists are indented.
const STEP: usize = 2;
/// Where the values of fields start.
const VALUES: usize = 14;

impl Page {
    pub(super) fn new(style: Style) -> Self {
        Self { text: String::new(), style }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// What it is, its name, its title.
    pub(super) fn title(&mut self, what: &str, name: &str, title: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let name = self.strong(name);
        let line = format!("{what} {name}");
        self.text.push_str(&line);
        self.text.push('\n');
        if !title.is_empty() {
            self.paragraph(title, STEP);
        }
    }

    /// A heading inside a page.
    pub(super) fn heading(&mut self, text: &str) {
        let text = self.strong(text);
        self.text.push('\n');
        self.text.push_str(&text);
        self.text.push('\n');
    }

    /// A name and its value, which wraps under itself. Nothing when there is no value.
    pub(super) fn field(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        let first = format!("{:STEP$}{name:<width$}", "", width = VALUES - STEP);
        self.wrap(value, &first, &" ".repeat(VALUES));
    }

    /// A wrapped paragraph.
    pub(super) fn paragraph(&mut self, text: &str, indent: usize) {
        let indent = " ".repeat(indent);
        self.wrap(text, &indent, &indent);
    }

    /// An item of a list: a name and what is said of it.
    pub(super) fn item(&mut self, depth: usize, name: &str, text: &str) {
        let indent = " ".repeat(STEP * (depth + 1));
        let under = format!("{indent}{:STEP$}", "");
        let line = if text.is_empty() { name.to_owned() } else { format!("{name}  {text}") };
        self.wrap(&line, &indent, &under);
    }

    /// A line as it is.
    pub(super) fn line(&mut self, text: &str) {
        self.text.push_str(clean::line(text).trim_end());
        self.text.push('\n');
    }

    fn wrap(&mut self, text: &str, first: &str, under: &str) {
        let options = textwrap::Options::new(self.style.width).initial_indent(first).subsequent_indent(under).break_words(false);
        for line in textwrap::wrap(&clean::line(text), options) {
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }

    fn strong(&self, text: &str) -> String {
        let text = clean::line(text);
        if self.style.colour { text.style(Paint::new().bold()).to_string() } else { text.into_owned() }
    }

    /// A page written in Markdown: headings, paragraphs, lists, code.
    pub(super) fn markdown(&mut self, text: &str) {
        let mut paragraph = String::new();
        let mut code = false;
        for line in text.lines() {
            if line.starts_with("```") {
                self.flush(&mut paragraph);
                code = !code;
            } else if code {
                self.line(&format!("    {line}"));
            } else if let Some(heading) = line.strip_prefix("## ") {
                self.flush(&mut paragraph);
                self.heading(heading);
            } else if line.starts_with("# ") || line.trim().is_empty() {
                self.flush(&mut paragraph);
            } else if let Some(item) = line.strip_prefix("* ").or_else(|| line.strip_prefix("- ")) {
                self.flush(&mut paragraph);
                paragraph = format!("- {item}");
            } else {
                if !paragraph.is_empty() {
                    paragraph.push(' ');
                }
                paragraph.push_str(line.trim());
            }
        }
        self.flush(&mut paragraph);
    }

    fn flush(&mut self, paragraph: &mut String) {
        if !paragraph.is_empty() {
            let text = std::mem::take(paragraph);
            self.paragraph(&text, STEP);
        }
    }
}
