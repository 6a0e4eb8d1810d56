//! Tests of the reports, over a sample built by hand.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use super::testing::{Sample, style};
use super::*;

#[test]
fn terminal_80() {
    insta::assert_snapshot!(Sample::new("Jo Smith").render("terminal", style(80, Detail::Full)));
}

#[test]
fn terminal_120() {
    insta::assert_snapshot!(Sample::new("Jo Smith").render("terminal", style(120, Detail::Summary)));
}

#[test]
fn narrated() {
    insta::assert_snapshot!(Sample::new("Jo Smith").render("narrated", style(80, Detail::Full)));
}

#[test]
fn concise() {
    insta::assert_snapshot!(Sample::new("Jo Smith").render("concise", style(80, Detail::Full)));
}

#[test]
fn why_tree() {
    let sample = Sample::new("Jo Smith");
    let mut out = String::new();
    why(&sample.context(style(80, Detail::Full)), &sample.assessment.outcomes[0], &mut out);
    why_narrated(&sample.context(style(80, Detail::Full)), &sample.assessment.outcomes[0], &mut out);
    insta::assert_snapshot!(out);
}

/// Names that try to take over a terminal, a document, or a table.
const HOSTILE: &str =
    "\u{1b}[2J\u{1b}]0;x\u{7}<script>alert(1)</script> | [x](javascript:1) \u{202e}evil\r\n# heading `code` \u{9b}31m";

#[test]
fn markdown() {
    insta::assert_snapshot!(Sample::new("Jo *Smith*").render("markdown", style(80, Detail::Full)));
}

#[test]
fn html() {
    let page = Sample::new("Jo Smith").render("html", style(80, Detail::Full));
    // Looks and filters are no part of what the page says, nor is who wrote it.
    let without = |page: &str, tag: &str| {
        let (before, rest) = page.split_once(&format!("<{tag}>")).unwrap();
        let (_, after) = rest.split_once(&format!("</{tag}>")).unwrap();
        format!("{before}<{tag}></{tag}>{after}")
    };
    let page = without(&without(&page, "style"), "script").replace(env!("CARGO_PKG_VERSION"), "VERSION");
    let lines: Vec<&str> = page.lines().filter(|l| !l.contains("Content-Security-Policy")).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn hostile_text_is_neutralised() {
    let sample = Sample::new(HOSTILE);
    for format in ["terminal", "concise", "narrated", "html", "markdown"] {
        let text = sample.render(format, style(80, Detail::Full));
        assert!(!text.chars().any(|c| c != '\n' && c != '\t' && render::clean::is_hostile(c)), "{format}: {text:?}");
    }
    let text = sample.render("markdown", style(80, Detail::Full));
    assert!(!text.contains("<script>") && !text.contains("| [x](") && !text.contains("\n# heading"), "{text}");
    let mut out = String::new();
    why(&sample.context(style(80, Detail::Full)), &sample.assessment.outcomes[0], &mut out);
    assert!(!out.chars().any(|c| c != '\n' && render::clean::is_hostile(c)));
}

#[test]
fn no_overall_percentage() {
    let sample = Sample::new("Jo Smith");
    for format in ["terminal", "narrated", "markdown"] {
        assert!(!sample.render(format, style(80, Detail::Summary)).contains('%'), "{format}");
    }
}

#[test]
fn nothing_is_never_green_and_never_a_panic() {
    let sample = Sample::empty();
    for format in Format::ALL {
        for detail in [Detail::Summary, Detail::Full] {
            for width in [0, 1, 20, 80, 100_000] {
                let text = sample.render(format.name, style(width, detail));
                assert!(!text.contains('✓'), "{}: {text}", format.name);
            }
        }
    }
    let text = sample.render("terminal", style(80, Detail::Full));
    assert!(text.contains("No requirement was assessed: nothing is shown."), "{text}");
}

#[test]
fn ascii_and_colour_follow_the_style() {
    let sample = Sample::new("Jo Smith");
    let plain = sample.render("terminal", Style { unicode: false, ..style(80, Detail::Full) });
    assert!(plain.is_ascii(), "{:?}", plain.chars().filter(|c| !c.is_ascii()).collect::<String>());
    assert!(!plain.contains('\u{1b}'));
    let coloured = sample.render("terminal", Style { colour: true, ..style(80, Detail::Full) });
    assert!(coloured.contains("\u{1b}[31;1m"));
    // A colour only repeats what is said: without its colours the text is the same.
    let bare = regex_free_strip(&coloured);
    assert_eq!(bare, sample.render("terminal", style(80, Detail::Full)));
}

/// The text without `ESC [ … m`.
fn regex_free_strip(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        out.push_str(before);
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    out + rest
}

#[test]
fn lines_of_the_first_page_fit_the_width() {
    use unicode_width::UnicodeWidthStr;
    for width in [60, 80, 100, 120] {
        let text = Sample::new("Jo Smith").render("terminal", style(width, Detail::Summary));
        for line in text.lines() {
            assert!(line.width() <= width, "{width}: {line}");
        }
    }
}

#[test]
fn json_fits_its_schema() {
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../docs/report.schema.json")).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    for sample in [Sample::new("Jo Smith"), Sample::new(HOSTILE), Sample::empty()] {
        for lines in [true, false] {
            let report = sample.render("json", Style { lines, ..Style::default() });
            let report: serde_json::Value = serde_json::from_str(&report).unwrap();
            let errors: Vec<_> = validator.iter_errors(&report).map(|e| format!("{}: {e}", e.instance_path())).collect();
            assert!(errors.is_empty(), "{errors:#?}");
        }
    }
}

#[test]
fn json_has_no_lines_unless_asked() {
    let sample = Sample::new("Jo Smith");
    let report = sample.render("json", Style { lines: false, ..Style::default() });
    assert!(!report.contains("\"line\"") && !report.contains("yaml:"), "{report}");
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let near = &report["requirements"][0]["clauses"][0]["ground"]["details"]["shown"][0]["ground"]["details"]["nearest"];
    assert_eq!(near["misses"][0]["place"]["field"], "completed");
    assert_eq!(near["misses"][0]["details"]["misses_by_days"], -998);
    assert_eq!(near["misses"][0]["details"]["stale"], true);
}

#[test]
fn formats_are_found_by_name() {
    for format in Format::ALL {
        assert_eq!(Format::parse(format.name).map(|f| f.extension), Some(format.extension));
    }
    assert!(Format::parse("pdf").is_none());
}
