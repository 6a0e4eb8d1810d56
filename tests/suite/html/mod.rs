//! `check --format html`: the page asks for nothing, its links lead somewhere, and no text of rules or evidence becomes markup.

mod tags;

use std::sync::OnceLock;

use abide::assess;
use abide::base::Date;
use abide::evidence::{MemoryFolder, ReadOptions, Reader};
use abide::policy::Policies;
use abide::report::{Context, Detail, Format, Style};

use crate::site::{RULES, library};
use crate::support::{abide, stderr, stdout};
use tags::{Tag, shown, tags, wrong};

/// Evidence for them; `TEXT` stands in every text.
const EVIDENCE: &str = include_str!("evidence.yaml");

/// Texts that try to become markup or to leave an attribute, and one that turns the direction of writing.
const HOSTILE: &str =
    "</p></a></pre><script>alert(1)</script><img src=x onerror=alert(2)> &lt; \" ' onload='x \u{202e}evil `code`";

fn page(example: &str, more: &[&str]) -> String {
    let bundle = format!("examples/{example}");
    let output = abide(["check", &bundle, "--format", "html"].iter().chain(more));
    assert!(output.status.code().is_some_and(|code| code != 2), "{}", stderr(&output));
    stdout(&output)
}

/// The report of an example, made once.
fn northfield() -> &'static str {
    static PAGE: OnceLock<String> = OnceLock::new();
    PAGE.get_or_init(|| page("northfield-airport", &[]))
}

/// The report on the evidence, with a text in each place for one.
fn of_texts(rules: &str, evidence: &str, detail: Detail) -> String {
    // A text of the rules or of a table ends at a quote; YAML can hold one.
    let library = library(&RULES.replace("TEXT", &rules.replace('"', "'")));
    let (yaml, csv) = EVIDENCE.split_once("---\n").unwrap();
    let yaml = yaml.replace("TEXT", &evidence.replace('"', "\\\""));
    let csv = csv.replace("TEXT", &evidence.replace('"', "'"));
    let files = [("bundle.yaml".to_owned(), yaml), ("tables/a <b> & 'c'.csv".to_owned(), csv)];
    let read = Reader::new(&library).read(&MemoryFolder::new(files.to_vec()), &ReadOptions::default());
    let look = Style::default().look();
    let bundle =
        read.bundle.unwrap_or_else(|| panic!("{}", abide::diagnostics::render::concise(&read.diagnostics, &read.sources, look)));
    let assessment = assess::assess(&library, &bundle, Date::parse("2026-11-23").unwrap(), &Policies::embedded());
    let context = Context {
        library: &library,
        bundle: &bundle,
        assessment: &assessment,
        fingerprint: Some("f1"),
        withheld: None,
        style: Style { detail, ..Style::default() },
    };
    String::from_utf8(Format::parse("html").unwrap().render(&context)).unwrap()
}

#[test]
fn pages_are_in_order() {
    for more in [&["--summary"][..], &["--audience", "front-line"], &["--audience", "public"], &["--only", "security-education"]]
    {
        assert_eq!(wrong(&page("northfield-airport", more)), Vec::<String>::new(), "{more:?}");
    }
    assert_eq!(wrong(northfield()), Vec::<String>::new());
    for example in ["larkfield-training", "tern-valley-parts"] {
        assert_eq!(wrong(&page(example, &[])), Vec::<String>::new(), "{example}");
    }
    assert_eq!(wrong(&of_texts("text", "text", Detail::Full)), Vec::<String>::new());
}

/// Each check of the one above finds what it is for.
#[test]
fn what_is_not_in_order_is_found() {
    for (from, to) in [
        ("color-scheme: light dark", "color-scheme: dark"),
        ("\"use strict\"", "'use strict'"),
        ("default-src 'none'", "default-src 'self'"),
        ("<h1>", "<h1 onclick=\"x\">"),
        ("<h1>", "<h1 style=\"x\">"),
        ("<h1>", "<h1 hidden=\"\">"),
        ("<h1>", "<img src=\"x\"></img><h1>"),
        ("<h2 ", "<h4 "),
        ("</li>", ""),
        (" rel=\"noreferrer\"", ""),
        ("id=\"awareness-training\"", "id=\"other\""),
        ("id=\"_gaps\"", "id=\"_others\""),
        ("aria-label=\"Gaps by severity\"", "aria-label=\"May not be relied on\""),
        ("href=\"https://", "href=\"javascript:"),
        ("id=\"_verdicts-title\"", "id=\"_verdict-title\""),
    ] {
        let page = northfield().replacen("&#39;", "'", 20).replacen(from, to, 1);
        assert!(page.contains(to) || to.is_empty(), "{from} is not there");
        assert!(!wrong(&page).is_empty(), "{from} → {to} was not found");
    }
}

/// The names of tags, one after the other.
fn names(page: &str) -> Vec<String> {
    tags(page).into_iter().map(|t| format!("{}{}", if t.closes { "/" } else { "" }, t.name)).collect()
}

#[test]
fn hostile_texts_stay_texts() {
    for detail in [Detail::Full, Detail::Summary] {
        let plain = of_texts("text", "text", detail);
        for (rules, evidence) in [(HOSTILE, "text"), ("text", HOSTILE), (HOSTILE, HOSTILE)] {
            let page = of_texts(rules, evidence, detail);
            assert_eq!(wrong(&page), Vec::<String>::new());
            for tag in ["<script>alert", "<img", "<b>", "href=\"javascript", "\u{202e}"] {
                assert!(!page.contains(tag), "{tag}");
            }
            // They change nothing of the structure, but that what is no address any more is no link, and that names stand between backticks.
            let rest = |page: &str| {
                let names = names(page).into_iter();
                names.filter(|name| !["a", "/a", "code", "/code"].contains(&name.as_str())).collect::<Vec<_>>()
            };
            assert_eq!(rest(&page), rest(&plain));
        }
    }
    let whole = of_texts(HOSTILE, HOSTILE, Detail::Full);
    let seen = tags(&whole).into_iter().map(|t| shown(&t.after)).filter(|t| t.contains("<script>alert(1)</script>")).count();
    assert!(seen > 60, "only {seen} of the texts are shown");
    assert!(whole.contains("javascript:alert("), "an address that is none is told as a text");
}

#[test]
fn a_report_on_two_thousand_items_is_under_two_megabytes() {
    let page = page("westmere-air", &[]);
    assert!(page.len() < 2_000_000, "{} bytes", page.len());
    assert!(page.len() > 200_000, "the report was not written");
    assert_eq!(wrong(&page), Vec::<String>::new());
}

#[test]
fn the_same_evidence_gives_the_same_bytes() {
    assert_eq!(of_texts("text", "text", Detail::Full), of_texts("text", "text", Detail::Full));
    assert!(page("northfield-airport", &[]) == northfield(), "two runs differ");
}

/// Whatever the terminal's full report says of a gap is on the page.
#[test]
fn a_gap_has_both_ends_and_what_to_do() {
    let tags = tags(northfield());
    let at = tags.iter().position(|t| t.get("id") == Some("awareness-training")).unwrap();
    let end = tags[at..].iter().position(|t| t.get("class") == Some("gap")).map_or(tags.len(), |n| at + n);
    let text: String = tags[at..end].iter().map(|t| shown(&t.after)).collect();
    for said in [
        "Felix Tamsin (f.tamsin) has no general awareness training in the 5 years before 2026-11-23.",
        "the nearest is training record TR-2140",
        "160 days too old",
        "Train Felix Tamsin (f.tamsin) before the next shift airside and file the record.",
        "satisfies some training-record as t",
        "regulations/requirements/security-education/awareness.abide:11:5",
        "16/06/2021",
        "tables/training-records.csv:31:23",
        "Others who need unescorted access to security restricted areas get awareness training before they have it.",
        "https://www.legislation.gov.uk/eur/2015/1998",
        "https://www.caa.co.uk/commercial-industry/security/training-and-human-factors/quality-assurance-framework",
        "May suggest: not compliant, or not compliant with serious deficiencies. A person decides.",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let marked: Vec<&str> = tags[at..end].iter().filter(|t| t.name == "mark" && !t.closes).map(|t| t.after.as_str()).collect();
    assert!(marked.contains(&"16/06/2021"), "{marked:?}");
}

/// What the filters choose by is on every gap and every other verdict, and nothing is left out.
#[test]
fn every_verdict_can_be_filtered() {
    let tags = tags(northfield());
    let filtered: Vec<&Tag> = tags.iter().filter(|t| t.get("data-verdict").is_some()).collect();
    assert_eq!(filtered.len(), crate::support::built_in().requirements.len());
    let options: Vec<&str> = tags.iter().filter(|t| t.name == "option").filter_map(|t| t.get("value")).collect();
    for tag in filtered {
        for attribute in ["data-verdict", "data-severity"] {
            assert!(options.contains(&tag.get(attribute).unwrap()), "{tag:?}");
        }
        assert!(tag.get("data-components").unwrap().split(' ').all(|c| c.is_empty() || options.contains(&c)), "{tag:?}");
    }
}
