//! The pages of `abide doc`: links lead somewhere, nothing is missing, hostile texts stay texts, folders of others are left alone.

mod folder;

use std::collections::{BTreeMap, BTreeSet};

use abide::base::{Date, FileId, Source, Sources};
use abide::library::model::StrategicKind;
use abide::library::{self, Checked, Library};
use abide::policy::Policies;
use abide::report::site::{self, File};
use abide::syntax;

use crate::support::built_in;

/// Rules with one of everything; `TEXT` stands in every text.
pub(super) const RULES: &str = include_str!("rules.abide");

/// Texts that try to become markup, and one that turns the direction of writing.
const HOSTILE: &str = "</p></a><script>alert(1)</script><img src=x onerror=alert(2)> &lt; ' onload='x \u{202e}evil";

/// Rules as the checker takes them.
pub(super) fn library(rules: &str) -> Checked<Library> {
    let mut sources = Sources::default();
    sources.add(Source::new("rules.abide", rules));
    let parsed = syntax::parse(FileId(0), rules);
    let (library, problems) = library::check(sources, &[parsed.file]);
    let problems: Vec<_> = parsed.diagnostics.iter().chain(&problems).map(|d| format!("{}: {}", d.code, d.message)).collect();
    library.unwrap_or_else(|| panic!("{}", problems.join("\n")))
}

fn pages(library: &Library, day: Option<&str>) -> Vec<File> {
    site::pages(library, &Policies::embedded().pages(), day.map(|day| Date::parse(day).unwrap()))
}

/// Every value of an attribute, as a reader of the page would have it.
fn values(page: &str, attribute: &str) -> Vec<String> {
    let start = format!(" {attribute}=\"");
    let of = |rest: &str| rest.split('"').next().unwrap_or_default().to_owned();
    page.split(start.as_str()).skip(1).map(of).map(|v| v.replace("&#39;", "'").replace("&amp;", "&")).collect()
}

/// What is wrong with the links of a site.
fn broken(files: &[File]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut places = BTreeMap::new();
    for file in files {
        let ids = values(&file.text, "id");
        let different: BTreeSet<String> = ids.iter().cloned().collect();
        if different.len() != ids.len() {
            wrong.push(format!("{}: a place is there twice", file.name));
        }
        places.insert(file.name.clone(), different);
    }
    for file in files {
        for href in values(&file.text, "href") {
            if ["https://", "http://", "data:,"].iter().any(|start| href.starts_with(start)) {
                continue;
            }
            let (page, place) = href.split_once('#').unwrap_or((&href, ""));
            let page = if page.is_empty() { &file.name } else { page };
            match places.get(page) {
                None => wrong.push(format!("{}: there is no page for {href}", file.name)),
                Some(ids) if !place.is_empty() && !ids.contains(place) => {
                    wrong.push(format!("{}: no place for {href}", file.name))
                }
                Some(_) => {}
            }
        }
    }
    wrong
}

#[test]
fn every_link_leads_somewhere() {
    for files in [pages(built_in(), Some("2026-11-23")), pages(&library(RULES), None), pages(&Library::default(), None)] {
        assert_eq!(broken(&files), Vec::<String>::new());
    }
    let mut files = pages(&library(RULES), None);
    files.retain(|f| f.name != "evidence-record.html");
    assert!(!broken(&files).is_empty(), "a page that is missing is found");
}

#[test]
fn nothing_is_missing() {
    let library = built_in();
    let files = pages(library, None);
    let named: BTreeMap<&str, &str> = files.iter().map(|f| (f.name.as_str(), f.text.as_str())).collect();
    let mut wrong = Vec::new();
    let mut there = |page: String, place: String| {
        if !named.get(page.as_str()).is_some_and(|text| place.is_empty() || text.contains(&format!(" id=\"{place}\""))) {
            wrong.push(format!("{page}#{place}"));
        }
    };
    for provision in &library.provisions {
        let instrument = &library.instrument(provision.key.instrument).name;
        there(format!("instrument-{instrument}.html"), format!("point-{}", provision.key.point));
    }
    for heading in &library.strategy {
        match heading.kind {
            StrategicKind::Component => there(format!("component-{}.html", heading.name), String::new()),
            _ => there("strategy.html".to_owned(), format!("heading-{}", heading.name)),
        }
    }
    library.instruments.iter().for_each(|i| there(format!("instrument-{}.html", i.name), String::new()));
    library.kinds.iter().for_each(|k| there(format!("evidence-{}.html", k.name), String::new()));
    library.parameters.iter().for_each(|p| there("parameters.html".to_owned(), format!("parameter-{}", p.name)));
    library.equivalences.iter().for_each(|e| there("parameters.html".to_owned(), format!("equivalence-{}", e.name)));
    library.facts.iter().for_each(|f| there("words.html".to_owned(), format!("fact-{}", f.name)));
    library.vocabularies.iter().for_each(|v| there("words.html".to_owned(), format!("vocabulary-{}", v.name)));
    Policies::embedded().pages().iter().for_each(|p| there("policies.html".to_owned(), format!("policy-{}", p.id)));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));

    for requirement in &library.requirements {
        let place = format!(" id=\"requirement-{}\"", requirement.name);
        let found: usize = files.iter().map(|f| f.text.matches(&place).count()).sum();
        assert_eq!(found, 1, "`{}` stands in full {found} times", requirement.name);
    }
}

/// Provisions, components, requirements and kinds of evidence lead to each other, both ways.
#[test]
fn links_lead_both_ways() {
    let files = pages(&library(RULES), None);
    let has = |page: &str, href: &str| {
        let file = files.iter().find(|f| f.name == page).unwrap();
        assert!(values(&file.text, "href").iter().any(|found| found == href), "{page} does not lead to {href}");
    };
    has("instrument-law.html", "component-security-education.html#requirement-trained");
    has("component-security-education.html", "instrument-law.html#point-1");
    has("instrument-law.html", "component-security-education.html#element-training");
    has("instrument-law.html", "strategy.html#measure-culture.role-models");
    has("strategy.html", "instrument-law.html#point-1");
    has("strategy.html", "component-security-education.html#requirement-trained");
    has("component-security-education.html", "strategy.html#heading-culture");
    has("component-security-education.html", "evidence-record.html");
    has("evidence-record.html", "component-security-education.html#requirement-trained");
    has("evidence-record.html", "instrument-law.html#point-1");
    has("instrument-law.html", "evidence-record.html");
    has("instrument-law.html", "parameters.html#parameter-interval");
    has("parameters.html", "component-security-education.html#requirement-trained");
    has("component-security-education.html", "parameters.html#parameter-interval");
    has("instrument-amending.html", "instrument-law.html#point-1");
    has("instrument-law.html", "instrument-amending.html");
    has("crosswalk.html", "component-security-education.html#law-law");
    has("evidence-record.html", "words.html#vocabulary-severity");
    has("requirements.html", "requirements.html#requirement-homeless");
    has("component-security-education.html", "component-resources.html#requirement-suits");
    has("parameters.html", "instrument-law.html#point-1a(b)");
}

#[test]
fn hostile_texts_stay_texts() {
    // Inside a text of the rules, and in notes above declarations.
    let rules = RULES.replace("TEXT", HOSTILE);
    let plain = pages(&library(RULES), None);
    let hostile = pages(&library(&rules), None);
    assert_eq!(hostile.len(), plain.len());
    for (file, plain) in hostile.iter().zip(&plain) {
        for tag in ["<script", "<img", "onerror=alert(2)>", "href=\"javascript"] {
            assert!(!file.text.contains(tag), "{}: {tag}", file.name);
        }
        assert!(!file.text.contains('\u{202e}'), "{}", file.name);
        // The texts change nothing of the structure, but that an address which is none any more is no link.
        let tags = |text: &str| {
            let names = text.split('<').skip(1).map(|t| t.split([' ', '>']).next().unwrap().to_owned());
            names.filter(|name| !["a", "/a"].contains(&name.as_str())).collect::<Vec<_>>()
        };
        if file.name.ends_with(".html") {
            assert_eq!(tags(&file.text), tags(&plain.text), "{}", file.name);
        }
    }
    let whole: String = hostile.iter().map(|f| f.text.as_str()).collect();
    assert!(whole.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "the texts are shown");
}

#[test]
fn pages_ask_for_nothing_from_elsewhere() {
    for file in pages(built_in(), None).iter().filter(|f| f.name.ends_with(".html")) {
        for part in ["<script", "<iframe", "<form", "<img", " src=", " style=", "@import", "url("] {
            assert!(!file.text.contains(part), "{}: {part}", file.name);
        }
        assert_eq!(file.text.matches("<link ").count(), 2, "{}: an icon that is none, and the stylesheet", file.name);
    }
    let style = pages(built_in(), None).into_iter().find(|f| f.name == "style.css").unwrap().text;
    assert!(!style.contains("url(") && !style.contains("@import"));
}

#[test]
fn headings_are_in_order() {
    for file in pages(built_in(), None).iter().filter(|f| f.name.ends_with(".html")) {
        let levels: Vec<u32> = file.text.split("<h").filter_map(|t| t.chars().next()?.to_digit(10)).collect();
        assert_eq!(levels.iter().filter(|l| **l == 1).count(), 1, "{}", file.name);
        assert!(levels.first() == Some(&1) && levels.windows(2).all(|w| w[1] <= w[0] + 1), "{}: {levels:?}", file.name);
    }
}

#[test]
fn the_same_library_gives_the_same_bytes() {
    assert_eq!(pages(built_in(), Some("2026-11-23")), pages(built_in(), Some("2026-11-23")));
}

#[test]
fn only_a_day_that_is_named_marks_what_is_in_force() {
    let library = library(RULES);
    let text = |day| pages(&library, day).into_iter().find(|f| f.name == "instrument-law.html").unwrap().text;
    assert!(!text(None).contains("in force on"));
    assert_eq!(text(Some("2019-06-01")).matches("until 2020-01-01 <span class=\"mark\">in force on 2019-06-01").count(), 1);
    assert!(text(Some("2009-06-01")).contains("not in force on 2009-06-01"));
}

#[test]
fn an_instrument_and_a_component_look_like_this() {
    for file in pages(&library(RULES), Some("2026-11-23")) {
        if ["instrument-law.html", "component-security-education.html"].contains(&file.name.as_str()) {
            let version = env!("CARGO_PKG_VERSION");
            insta::assert_snapshot!(file.name.trim_end_matches(".html"), file.text.replace(version, "VERSION"));
        }
    }
}
