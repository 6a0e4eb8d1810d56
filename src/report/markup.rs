//! Writing HTML so that nothing people wrote can become markup.
//!
//! **Tags and names of attributes are constants of this program; every other text is escaped.** The only texts written as they are were compiled in: a
//! stylesheet and a script.

use crate::diagnostics::render::clean;

/// A piece of a page that grows downwards.
pub(super) struct Html(String);

/// Names and values of attributes.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a str)];

impl Html {
    const fn new() -> Self {
        Self(String::new())
    }

    /// A whole page. `security` is its Content-Security-Policy; `head` adds what else its head holds.
    pub(super) fn page(title: &str, security: &str, head: impl FnOnce(&mut Self), body: impl FnOnce(&mut Self)) -> String {
        let mut h = Self::new();
        h.0.push_str("<!doctype html>\n");
        h.around("html", &[("lang", "en-GB")], |h| {
            h.around("head", &[], |h| {
                h.empty("meta", &[("charset", "utf-8")]);
                h.empty("meta", &[("http-equiv", "Content-Security-Policy"), ("content", security)]);
                h.empty("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
                h.empty("meta", &[("name", "color-scheme"), ("content", "light dark")]);
                h.empty("meta", &[("name", "referrer"), ("content", "no-referrer")]);
                // A browser may look up the hosts of links before anybody follows one.
                h.empty("meta", &[("http-equiv", "x-dns-prefetch-control"), ("content", "off")]);
                h.block("title", &[], |h| h.text(title));
                // Without an icon named here a browser would ask the server for one.
                h.empty("link", &[("rel", "icon"), ("href", "data:,")]);
                head(h);
            });
            h.around("body", &[], |h| {
                h.block("a", &[("class", "skip"), ("href", "#content")], |h| h.text("Skip to the content"));
                body(h);
            });
        });
        h.0
    }

    /// A stylesheet or a script of this program, as it is.
    pub(super) fn compiled_in(&mut self, tag: &'static str, text: &'static str) {
        self.block(tag, &[], |h| h.0.push_str(text));
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

    /// A link to a place on the same page.
    pub(super) fn jump(&mut self, place: &str, text: &str) {
        self.inline("a", &[("href", &format!("#{}", in_address(place)))], |h| h.text(text));
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

    /// A table of a class of its own.
    pub(super) fn table_of(&mut self, class: &str, caption: &str, heads: &[&str], rows: impl FnOnce(&mut Self)) {
        self.around("div", &[("class", class)], |h| h.table(caption, heads, rows));
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

/// A place as it stands in an address. Names are safe as they are; whatever else there might be is written in percent.
pub(super) fn in_address(place: &str) -> String {
    let mut out = String::with_capacity(place.len());
    for byte in place.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'(' | b')' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
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
