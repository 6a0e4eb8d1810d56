//! Writing HTML so that nothing people wrote can become markup.
//!
//! **Tags and names of attributes are constants of this program; every other text is escaped.** There is no way to write a text as it is.

use super::address::Address;
use crate::diagnostics::render::clean;

/// A piece of a page that grows downwards.
pub(super) struct Html(String);

/// Names and values of attributes.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a str)];

impl Html {
    pub(super) const fn new() -> Self {
        Self(String::new())
    }

    pub(super) fn into_text(self) -> String {
        self.0
    }

    /// The first line of every page.
    pub(super) fn doctype(&mut self) {
        self.0.push_str("<!doctype html>\n");
    }

    /// Text in a line: line breaks become spaces.
    pub(super) fn text(&mut self, text: &str) {
        escape(&clean::line(text), &mut self.0);
    }

    /// Text whose line breaks matter.
    pub(super) fn lines(&mut self, text: &str) {
        escape(&clean::source(text), &mut self.0);
    }

    /// An element without content.
    pub(super) fn empty(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.open(tag, attributes);
        self.0.push('\n');
    }

    /// An element inside a line.
    pub(super) fn inline(&mut self, tag: &'static str, attributes: Attributes<'_>, inside: impl FnOnce(&mut Self)) {
        self.open(tag, attributes);
        inside(self);
        self.close(tag);
    }

    /// An element on lines of its own.
    pub(super) fn block(&mut self, tag: &'static str, attributes: Attributes<'_>, inside: impl FnOnce(&mut Self)) {
        self.inline(tag, attributes, inside);
        self.0.push('\n');
    }

    /// An element that holds others, which begin on the next line.
    pub(super) fn around(&mut self, tag: &'static str, attributes: Attributes<'_>, inside: impl FnOnce(&mut Self)) {
        self.block(tag, attributes, |h| {
            h.0.push('\n');
            inside(h);
        });
    }

    /// A paragraph; nothing when there is no text.
    pub(super) fn paragraph(&mut self, text: &str) {
        if !text.is_empty() {
            self.block("p", &[], |h| h.text(text));
        }
    }

    /// A heading that can be linked to.
    pub(super) fn heading(&mut self, tag: &'static str, id: &str, text: &str) {
        self.block(tag, &[("id", id)], |h| h.text(text));
    }

    /// A name as it is written in rules.
    pub(super) fn name(&mut self, name: &str) {
        self.inline("code", &[], |h| h.text(name));
    }

    /// A link inside the pages.
    pub(super) fn link(&mut self, to: &Address, text: &str) {
        self.inline("a", &[("href", &to.href())], |h| h.text(text));
    }

    /// A link out of the pages. What is no web address stays text.
    pub(super) fn outside(&mut self, url: &str) {
        let web = url.starts_with("https://") || url.starts_with("http://");
        if web && !url.chars().any(|c| c.is_whitespace() || clean::is_hostile(c)) {
            self.inline("a", &[("href", url), ("rel", "noreferrer")], |h| h.text(url));
        } else {
            self.text(url);
        }
    }

    /// A list of terms and what is said of them.
    pub(super) fn fields(&mut self, inside: impl FnOnce(&mut Self)) {
        self.around("dl", &[], inside);
    }

    /// A term and what is said of it.
    pub(super) fn field(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.around("div", &[], |h| {
            h.block("dt", &[], |h| h.text(name));
            h.block("dd", &[], inside);
        });
    }

    /// A term and a text; nothing when there is no text.
    pub(super) fn field_text(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.field(name, |h| h.text(text));
        }
    }

    /// A list; `none` says what it means that it has no items.
    pub(super) fn list<T>(&mut self, items: impl IntoIterator<Item = T>, none: &str, mut each: impl FnMut(&mut Self, T)) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_none() {
            self.paragraph(none);
            return;
        }
        self.around("ul", &[], |h| items.for_each(|item| h.block("li", &[], |h| each(h, item))));
    }

    /// A table with a caption that need not be seen. It scrolls by itself where the page is too narrow for it.
    pub(super) fn table(&mut self, caption: &str, heads: &[&str], rows: impl FnOnce(&mut Self)) {
        self.table_under(caption, |h| heads.iter().for_each(|head| h.column_head(|h| h.text(head))), rows);
    }

    /// A table whose heads are more than a text.
    pub(super) fn table_under(&mut self, caption: &str, heads: impl FnOnce(&mut Self), rows: impl FnOnce(&mut Self)) {
        // A region that scrolls can be reached with the keyboard and has a name.
        let region: Attributes<'_> = &[("class", "wide"), ("role", "region"), ("tabindex", "0"), ("aria-label", caption)];
        self.around("div", region, |h| {
            h.around("table", &[], |h| {
                h.block("caption", &[("class", "unseen")], |h| h.text(caption));
                h.around("thead", &[], |h| {
                    h.block("tr", &[], heads);
                });
                h.around("tbody", &[], rows);
            });
        });
    }

    /// The cell that names its column.
    pub(super) fn column_head(&mut self, inside: impl FnOnce(&mut Self)) {
        self.inline("th", &[("scope", "col")], inside);
    }

    /// The cell that names its row.
    pub(super) fn row_head(&mut self, inside: impl FnOnce(&mut Self)) {
        self.inline("th", &[("scope", "row")], inside);
    }

    /// A cell.
    pub(super) fn cell(&mut self, inside: impl FnOnce(&mut Self)) {
        self.inline("td", &[], inside);
    }

    /// Things in a line, with commas.
    pub(super) fn commas<T>(&mut self, items: impl IntoIterator<Item = T>, mut each: impl FnMut(&mut Self, T)) {
        for (i, item) in items.into_iter().enumerate() {
            if i > 0 {
                self.text(", ");
            }
            each(self, item);
        }
    }

    fn open(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.0.push('<');
        self.0.push_str(tag);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            escape(&clean::line(value), &mut self.0);
            self.0.push('"');
        }
        self.0.push('>');
    }

    fn close(&mut self, tag: &'static str) {
        self.0.push_str("</");
        self.0.push_str(tag);
        self.0.push('>');
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}
