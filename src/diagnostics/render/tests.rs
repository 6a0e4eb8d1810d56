//! Tests of the renderers.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use super::*;
use crate::base::{Source, Sources, Span};
use crate::diagnostics::catalog::syntax::SYNTAX;

const STYLE: Style = Style { width: 80, colour: false, unicode: true };

fn sample() -> (Vec<Diagnostic>, Sources) {
    let mut sources = Sources::default();
    let a = sources
        .add(Source::new("rules/a.abide", "fact one \"One\" : whole\nfact two \"Two\" : wole\r\nfact three \"Three\" : date\n"));
    let b = sources.add(Source::new("rules/b.abide", "fact one \"Again\" : whole\n"));
    let first = Diagnostic::new(SYNTAX, Span::new(a, 40, 44), "there is no type `wole`")
        .label("not a type")
        .note("a fact needs a type so that rules can be checked")
        .did_you_mean(Some("whole"));
    let second = Diagnostic::new(SYNTAX, Span::new(b, 5, 8), "`one` is declared twice")
        .label("declared again here")
        .also(Span::new(a, 5, 8), "declared first here");
    (vec![first, second, Diagnostic::nowhere(SYNTAX, "there is no folder `x`")], sources)
}

#[test]
fn terminal_draws_both_files_of_one_diagnostic() {
    let (diagnostics, sources) = sample();
    insta::assert_snapshot!(terminal(&diagnostics, &sources, STYLE));
}

#[test]
fn ascii_is_ascii() {
    let (diagnostics, sources) = sample();
    assert!(terminal(&diagnostics, &sources, Style { unicode: false, ..STYLE }).is_ascii());
}

#[test]
fn concise_is_one_line_each() {
    let (diagnostics, sources) = sample();
    insta::assert_snapshot!(concise(&diagnostics, &sources, STYLE), @r"
    rules/a.abide:2:18: error[syntax]: there is no type `wole`
    rules/b.abide:1:6: error[syntax]: `one` is declared twice
    error[syntax]: there is no folder `x`
    ");
}

#[test]
fn narrated_has_sentences() {
    let (diagnostics, sources) = sample();
    let text = narrated(&diagnostics, &sources, STYLE);
    assert!(text.starts_with("There are 3 errors."), "{text}");
    assert!(text.contains("It is in file rules/a.abide, line 2, column 18: not a type. The text there reads: wole."), "{text}");
    assert!(!text.contains('`'));
}

#[test]
fn json_has_places() {
    let (diagnostics, sources) = sample();
    let value: serde_json::Value = serde_json::from_str(&json(&diagnostics, &sources, STYLE)).unwrap();
    assert_eq!(value["diagnostics"][0]["place"]["column"], 18);
    assert_eq!(value["errors"], 3);
}

#[test]
fn hostile_text_loses_its_power() {
    let mut sources = Sources::default();
    let file = sources.add(Source::new("a\u{1b}[2J.yaml", "x: \u{1b}[31mred\u{202e}\rback\n"));
    let d = Diagnostic::new(SYNTAX, Span::new(file, 3, 12), "bad \u{1b}]0;title\u{7} text").label("\u{9b}31m");
    for text in [
        terminal(std::slice::from_ref(&d), &sources, STYLE),
        concise(std::slice::from_ref(&d), &sources, STYLE),
        narrated(&[d], &sources, STYLE),
    ] {
        assert!(!text.chars().any(|c| c != '\n' && clean::is_hostile(c)), "{text:?}");
    }
}

#[test]
fn very_long_lines_and_wrong_places_are_drawn_short() {
    let mut sources = Sources::default();
    let file = sources.add(Source::new("one-line.json", "é".repeat(200_000)));
    for span in [Span::new(file, 200_000, 200_010), Span::new(file, 399_999, 400_500), Span::new(file, 3, 300_000)] {
        let text = terminal(&[Diagnostic::new(SYNTAX, span, "here").label("x")], &sources, STYLE);
        assert!(text.len() < 3_000, "{}", text.len());
    }
    let text = terminal(&[Diagnostic::new(SYNTAX, Span::new(crate::base::FileId(9), 0, 1), "here")], &sources, STYLE);
    assert!(text.contains("here"));
}
