//! What every page has: its head, the ways to the other pages, its foot.

use super::address::{self, Address};
use super::{File, Site};
use crate::report::markup::Html;

/// The ways to the other pages.
const NAVIGATION: [(&str, &str, &str); 10] = [
    (address::INDEX, "", "Overview"),
    (address::INDEX, "components", "Components"),
    (address::INDEX, "instruments", "Law"),
    (address::CROSSWALK, "", "Crosswalk"),
    (address::REQUIREMENTS, "", "Requirements"),
    (address::EVIDENCE, "", "Evidence"),
    (address::STRATEGY, "", "Strategy"),
    (address::PARAMETERS, "", "Parameters"),
    (address::POLICIES, "", "Policies"),
    (address::WORDS, "", "Words"),
];

/// Scripts are forbidden as well as absent, so that a mistake in escaping would still run nothing.
const SECURITY: &str = "script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'";

/// A page: what it is, its title, and what stands on it.
pub(super) fn page(site: &Site<'_>, name: &str, what: &str, title: &str, body: impl FnOnce(&mut Html)) -> File {
    let head = |h: &mut Html| h.empty("link", &[("rel", "stylesheet"), ("href", "style.css")]);
    let text = Html::page(&format!("{title} · Rule library"), SECURITY, head, |h| {
        h.around("header", &[], |h| navigation(h, name));
        h.around("main", &[("id", "content")], |h| {
            if !what.is_empty() {
                h.block("p", &[("class", "what")], |h| h.text(what));
            }
            h.block("h1", &[], |h| h.text(title));
            body(h);
        });
        h.around("footer", &[], |h| foot(h, site));
    });
    File { name: name.to_owned(), text }
}

fn navigation(h: &mut Html, current: &str) {
    h.around("nav", &[("aria-label", "Pages")], |h| {
        h.list(NAVIGATION, "", |h, (page, place, text)| {
            if page == current && place.is_empty() {
                h.inline("a", &[("href", page), ("aria-current", "page")], |h| h.text(text));
            } else {
                h.link(&Address::at(page, place), text);
            }
        });
    });
}

fn foot(h: &mut Html, site: &Site<'_>) {
    h.paragraph(
        "Summaries are in our own words and are not the law. The source of each provision says where its text can be read.",
    );
    if let Some(day) = site.day {
        h.paragraph(&format!("What is in force is marked for {}.", day.long()));
    }
    h.block("p", &[], |h| {
        h.text(&format!("Made by abide {} from rules with SHA-256 ", env!("CARGO_PKG_VERSION")));
        h.name(&site.library.fingerprint);
        h.text(".");
    });
}

/// The headings of a long page.
pub(super) fn contents(h: &mut Html, places: &[(&str, &str)]) {
    h.around("nav", &[("aria-label", "On this page"), ("class", "contents")], |h| {
        h.list(places, "", |h, (place, text)| h.link(&Address::at("", *place), text));
    });
}
