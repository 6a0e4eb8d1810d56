//! The parser: trees, places, recovery, and what it says of broken texts.

#![expect(clippy::unwrap_used, clippy::string_slice, reason = "tests may stop")]

use proptest::prelude::*;

use super::{Parsed, parse};
use crate::base::FileId;

fn read(text: &str) -> Parsed {
    parse(FileId(0), text)
}

/// What was found wrong, a line each: the offending text and the message.
fn told(text: &str) -> Vec<String> {
    let tell = |d: crate::diagnostics::Diagnostic| {
        let span = d.at.unwrap().span;
        let line = text[..span.start as usize].matches('\n').count() + 1;
        format!("{line} {} {:?} {}", d.code, &text[span.start as usize..span.end as usize], d.message)
    };
    read(text).diagnostics.into_iter().map(tell).collect()
}

fn examples() -> Vec<&'static str> {
    let docs = include_str!("../../docs/language/README.md");
    docs.split("```").skip(1).step_by(2).collect()
}

#[test]
fn the_examples_of_the_docs_parse() {
    assert!(examples().len() >= 3);
    for example in examples() {
        assert_eq!(told(example), Vec::<String>::new(), "{example}");
        assert!(!read(example).file.declarations.is_empty());
    }
}

#[test]
fn each_of_twelve_mistakes_is_told_once_at_its_place() {
    let text = r#"instrument uk-300-2008 {
  kind law
  extent uk
}

requirement one "One" {
  severty    major
  shows      security-education operating
  decided bye machine
  severity   major
  severity   minor
  let year = 12 months befor assessment
  expect first "first" {
    every person as p where p.unescorted-access
      satisfy_ some training-record as t where t.person = p
    otherwise "nobody"
    remedee   "train"
  }
  expect second "second" {
    some training-record as t where t.completed after 2026-02-31
  }
  judge suits "Is it suitable? by accountable-manager valid 12 months
}

requirment two "Two" {
  severity major
}

evidence training-record "Training record" {
  person      person
  Completed   date
  topics      list text
}
"#;
    let expected = r#"1 missing-title "{" expected the title of the instrument in quotes, found `{`
7 unknown-statement "severty" `severty` does not begin a statement of the requirement
9 syntax "bye" expected `by` after `decided`, found `bye`
11 duplicate-statement "severity" `severity` is written twice in one block
12 syntax "befor" expected a comparison such as `=`, `and`, `or` or the end of the statement after `months`, found `befor`
15 syntax "satisfy_" expected `satisfies` after `unescorted-access`, found `satisfy_`
17 unknown-statement "remedee" `remedee` does not begin a statement of the expectation
20 impossible-date "2026-02-31" `2026-02-31` is not a day of the calendar
22 unclosed-text "\"Is it suitable? by accountable-manager valid 12 months" the text that begins here has no closing `"`
25 unknown-declaration "requirment" expected a declaration, found `requirment`
31 not-kebab-case "Completed" `Completed` is not written as names are written
32 syntax "text" expected `of` after `list`, found `text`"#;
    assert_eq!(told(text).join("\n"), expected);
}

#[test]
fn nothing_is_nested_without_bounds() {
    let chain = |opening: &str, n: usize| format!("define deep = {} true", opening.repeat(n));
    for opening in
        ["(", "not ", "some a as b where ", "every a as b satisfies ", "any of { x { ", "f(", "a in (", "a as b by c where "]
    {
        for n in [10, 60, 100, 1000, 20_000] {
            let told = told(&chain(opening, n));
            assert!(n < 100 || told.len() == 1, "{opening} {n} {told:?}");
        }
    }
    let lists = |n: usize| format!("fact deep \"Deep\" : {} text", "list of ".repeat(n));
    assert_eq!(told(&lists(50)).len(), 0);
    assert_eq!(told(&lists(20_000)).len(), 1);
    let lets = "  let x = some a as b where c\n".repeat(1000);
    assert_eq!(told(&format!("requirement many \"Many\" {{\n{lets}}}")), Vec::<String>::new());
}

/// Every code of this phase has a page with the same four sections, and the example on it shows that very code.
#[test]
fn the_page_of_a_code_shows_it() {
    for entry in crate::diagnostics::catalog::syntax::TABLE {
        let name = entry.code.name();
        let headings: Vec<&str> = entry.page.lines().filter(|l| l.starts_with('#')).collect();
        let title = format!("# {name}");
        assert_eq!(headings, [title.as_str(), "## What it means", "## Why it matters", "## Example", "## What to do"], "{name}");
        let example = entry.page.split("```abide\n").nth(1).unwrap().split("```").next().unwrap();
        let codes: Vec<&str> = read(example).diagnostics.iter().map(|d| d.code.name()).collect();
        assert_eq!(codes, [name], "{example}");
    }
}

fn sound(text: &str) {
    for diagnostic in read(text).diagnostics {
        let labels = diagnostic.at.iter().chain(&diagnostic.also);
        for span in labels.map(|l| l.span) {
            assert!(span.start <= span.end, "{text:?} {diagnostic:?}");
            assert!(text.get(span.start as usize..span.end as usize).is_some(), "{text:?} {diagnostic:?}");
        }
    }
}

/// A text of the docs with some characters taken out, put in or doubled.
fn damaged() -> impl Strategy<Value = String> {
    let pieces = vec![
        "{",
        "}",
        "(",
        ")",
        "\"",
        "\"\"\"",
        "\n",
        " ",
        "//",
        "///",
        ",",
        "#",
        ".",
        "ü",
        "\\",
        " where ",
        " and ",
        "\nexpect ",
        "\ntest ",
        "9",
    ];
    let edit = (any::<prop::sample::Index>(), 0usize..6, prop::sample::select(pieces));
    (0..examples().len(), prop::collection::vec(edit, 0..6)).prop_map(|(example, edits)| {
        let mut text = examples()[example].to_owned();
        for (at, cut, put) in edits {
            let at = text.floor_char_boundary(at.index(text.len()));
            let end = text.floor_char_boundary((at + cut).min(text.len())).max(at);
            text.replace_range(at..end, put);
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_too_strange(text in "\\PC{0,200}") {
        sound(&text);
    }

    #[test]
    fn no_damage_is_too_much(text in damaged()) {
        sound(&text);
    }
}

#[test]
fn messages_are_in_the_words_of_an_author() {
    for case in include_str!("cases.txt").split("\n---\n") {
        let (text, expected) = case.split_once("\n=>\n").unwrap();
        assert_eq!(told(text).join("\n"), expected.trim_end(), "{text}");
    }
}

/// The tree of an expression in a few signs, with the text each part was read from.
fn tree(text: &str) -> String {
    use super::ast::{Declaration, Expr, ExprKind as E};
    fn show(e: &Expr, text: &str) -> String {
        let all = |list: &[Expr]| list.iter().map(|e| show(e, text)).collect::<Vec<_>>().join(" ");
        let opt = |e: &Option<Box<Expr>>| e.as_ref().map_or("-".to_owned(), |e| show(e, text));
        match &e.kind {
            E::Or(list) => format!("(or {})", all(list)),
            E::And(list) => format!("(and {})", all(list)),
            E::Not(e) => format!("(not {})", show(e, text)),
            E::Binary(op, a, b) => format!("({op:?} {} {})", show(a, text), show(b, text)),
            E::Call(name, list) => format!("({}! {})", name.value, all(list)),
            E::Presence { of, stated } => format!("(stated {stated} {})", show(of, text)),
            E::OneOf { of, among, negated } => format!("(in {negated} {} [{}])", show(of, text), all(among)),
            E::Quantified { quantifier, over, filter, body } => {
                let head = format!("{quantifier:?}").split(['(', ' ']).next().unwrap().to_owned();
                format!("({head}/{} {} {})", over.len(), opt(filter), opt(body))
            }
            E::Aggregate { of, value, filter, throughout, .. } => {
                format!("({of:?} {} {} {})", opt(value), opt(filter), opt(throughout))
            }
            E::Recurs { by, filter, every, throughout, allowing, max_gap, .. } => {
                let (by, every, throughout) = (show(by, text), show(every, text), show(throughout, text));
                format!("(recurs {by} {} {every} {throughout} {} {})", opt(filter), allowing.value, opt(max_gap))
            }
            E::Group { at_least, members } => format!("(group {at_least:?} {})", members.len()),
            E::Bool(_)
            | E::Whole(_)
            | E::Decimal(_)
            | E::Text(_)
            | E::Date(_)
            | E::Period(_)
            | E::Percent(_)
            | E::Path(..)
            | E::Pick { .. }
            | E::Provision(_) => text[e.span.start as usize..e.span.end as usize].to_owned(),
        }
    }
    let text = format!("define it = {text}");
    assert_eq!(told(&text), Vec::<String>::new(), "{text}");
    match read(&text).file.declarations.first().unwrap() {
        Declaration::Define(define) => show(&define.body, &text),
        other => format!("{other:?}"),
    }
}

#[test]
fn operators_bind_as_the_docs_say() {
    let cases = [
        ("a or b and not c = d + e * 2", "(or a (and b (not (Equal c (Plus d (Times e 2))))))"),
        ("a - b - c", "(Minus (Minus a b) c)"),
        ("x within 30 days before y and z", "(and (Within x (Before 30 days y)) z)"),
        ("x within 10 working days of a.b + 2 days", "(Within x (Of 10 working days (Plus a.b 2 days)))"),
        ("12 months before assessment covers q.period", "(Covers (Before 12 months assessment) q.period)"),
        ("d on or before e or f(g, h)", "(or (OnOrBefore d e) (f! g h))"),
        ("x not in (a, b) and y is missing", "(and (in true x [a b]) (stated false y))"),
        ("some k as x where x.a and x.b or x.c", "(Some/1 (or (and x.a x.b) x.c) -)"),
        ("(some k as x where x.a) and b", "(and (Some/1 x.a -) b)"),
        ("every k as x, x.l as y satisfies no k as z", "(Every/2 - (No/1 - -))"),
        ("at least 95% of k as x satisfy a", "(ShareAtLeast/1 - a)"),
        ("at most 3 k as x where a", "(AtMost/1 a -)"),
        ("at least 2 of { a { b } c { d } e { f } }", "(group Some(2) 3)"),
        ("any of { a { b } c { d } }", "(group Some(1) 2)"),
        ("latest k as x by x.d where a satisfies b", "(Latest/1 a b)"),
        ("count of k as x >= 3", "(AtLeast (Count - - -) 3)"),
        ("longest gap of x.d over k as x throughout 1 year before d <= 45", "(AtMost (LongestGap x.d - (Before 1 year d)) 45)"),
        (
            "k as x by x.d where a recurs every 1 month throughout 1 year before d allowing 1 missed and no gap over 45 days and e",
            "(and (recurs x.d a 1 month (Before 1 year d) 1 45 days) e)",
        ),
        ("k as x by x.d recurs every 1 month throughout y and no g as z", "(and (recurs x.d - 1 month y 0 -) (No/1 - -))"),
    ];
    for (text, expected) in cases {
        assert_eq!(tree(text), expected, "{text}");
    }
}

#[test]
fn texts_docs_and_tests() {
    use super::ast::Declaration;
    let text = "/// What\n/// it is.\nfact a \"say \\\"yes\\\"\" : list of text\n/// Not for it.\n\nfact b \"\"\"\n    one\n      two\n    \"\"\" : whole\ntest \"t\" of a at 2026-11-23 { expect met }\n";
    let parsed = read(text);
    assert_eq!(parsed.diagnostics, []);
    let facts: Vec<_> = parsed
        .file
        .declarations
        .iter()
        .filter_map(|d| if let Declaration::Fact(f) = d { Some((f.doc.as_deref(), f.title.value.as_str())) } else { None })
        .collect();
    assert_eq!(facts, [(Some("What\nit is."), "say \"yes\""), (None, "one\n  two")]);
    assert_eq!(parsed.file.declarations.len(), 3);
    assert_eq!(super::parse_with(FileId(0), text, super::Tests::Skip).file.declarations.len(), 2);
}
