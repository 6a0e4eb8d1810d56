//! The words for grammar rules: what an author would call the thing that was expected.

use super::grammar::Rule;
use super::scan::{self, Piece};

/// How a rule is called, and whether it is one of the many ways to go on that are only worth naming when nothing else is expected.
#[expect(clippy::wildcard_enum_match_arm, reason = "the generated rules are many; the others are never named")]
fn words(rule: Rule) -> Option<(&'static str, bool)> {
    Some(match rule {
        Rule::name => ("a name", false),
        Rule::dotted => ("a name", false),
        Rule::named_type => ("a type", false),
        Rule::list_type | Rule::record_type | Rule::field_type => ("a type", false),
        Rule::provision_ref => ("a provision such as `uk-300-2008#art12`", false),
        Rule::text => ("a text in quotes", false),
        Rule::date => ("a date such as `2026-11-23`", false),
        Rule::period => ("a period such as `12 months`", false),
        Rule::percent => ("a percentage such as `95%`", false),
        Rule::whole => ("a whole number", false),
        Rule::number => ("a number", false),
        Rule::open | Rule::record => ("`{`", false),
        Rule::close => ("`}`", false),
        Rule::open_paren => ("`(`", false),
        Rule::close_paren => ("`)`", false),
        Rule::close_bracket => ("`]`", false),
        Rule::comma => ("`,`", true),
        Rule::colon => ("`:`", false),
        Rule::equals => ("`=`", false),
        Rule::expr | Rule::sum | Rule::window | Rule::path => ("an expression", false),
        Rule::op | Rule::arithmetic | Rule::side | Rule::presence | Rule::membership => ("a comparison such as `=`", true),
        Rule::binding => ("a kind of evidence", false),
        Rule::where_part => ("`where`", true),
        Rule::body_part => ("`satisfies`", false),
        Rule::member => ("a labelled member", false),
        Rule::members => ("`of {`", false),
        Rule::verdict => ("a verdict such as `not met`", false),
        Rule::because => ("`because`", true),
        Rule::points_at | Rule::kw_points => ("`points at`", false),
        Rule::scalar | Rule::list | Rule::any_value => ("a value", false),
        Rule::entry => ("a field", false),
        Rule::field => ("a field", false),
        Rule::allowed => ("`allowing`", true),
        Rule::max_gap => ("`and no gap over`", true),
        Rule::span_from => ("`from`", false),
        Rule::link | Rule::shown => ("a name", false),
        Rule::parameters => ("`(`", true),
        Rule::version_block => ("`{`", true),
        Rule::otherwise => ("`otherwise`", true),
        Rule::remedy => ("`remedy`", true),
        Rule::guidance => ("`guidance`", true),
        Rule::value => ("a value with the day it holds from", false),
        Rule::never => ("the end of the statement", true),
        Rule::kw_and => ("`and`", true),
        Rule::kw_or => ("`or`", true),
        Rule::kw_when => ("`when`", true),
        Rule::kw_until => ("`until`", true),
        Rule::kw_valid => ("`valid`", true),
        Rule::kw_where => ("`where`", true),
        Rule::kw_satisfy => ("`satisfies`", false),
        Rule::kw_because => ("`because`", false),
        other => (keyword(other)?, false),
    })
}

macro_rules! keywords {
    ($($rule:ident $word:literal)*) => {
        /// The keyword a rule matches.
        fn keyword(rule: Rule) -> Option<&'static str> {
            Some(match rule {
                $(Rule::$rule => concat!("`", $word, "`"),)*
                _ => return None,
            })
        }
    };
}

keywords! {
    kw_act "act"
    kw_advances "advances"
    kw_all "all"
    kw_allowing "allowing"
    kw_amended_by "amended-by"
    kw_any "any"
    kw_applies "applies"
    kw_as "as"
    kw_at "at"
    kw_basis "basis"
    kw_binds "binds"
    kw_by "by"
    kw_citation "citation"
    kw_count "count"
    kw_dated "dated"
    kw_decided "decided"
    kw_define "define"
    kw_discharges "discharges"
    kw_duty "duty"
    kw_earlier "earlier"
    kw_element "element"
    kw_entity "entity"
    kw_equivalence "equivalence"
    kw_every "every"
    kw_evidence "evidence"
    kw_exactly "exactly"
    kw_except "except"
    kw_expect "expect"
    kw_extent "extent"
    kw_fact "fact"
    kw_for "for"
    kw_force "force"
    kw_from "from"
    kw_gap "gap"
    kw_greatest "greatest"
    kw_guidance "guidance"
    kw_in "in"
    kw_instrument "instrument"
    kw_is "is"
    kw_judge "judge"
    kw_kind "kind"
    kw_lapses "lapses"
    kw_later "later"
    kw_latest "latest"
    kw_least "least"
    kw_let "let"
    kw_list "list"
    kw_longest "longest"
    kw_machine "machine"
    kw_marking "marking"
    kw_measure "measure"
    kw_missed "missed"
    kw_missing "missing"
    kw_most "most"
    kw_no "no"
    kw_not "not"
    kw_number "number"
    kw_observed "observed"
    kw_of "of"
    kw_on "on"
    kw_ordered "ordered"
    kw_otherwise "otherwise"
    kw_over "over"
    kw_parameter "parameter"
    kw_person "person"
    kw_proves "proves"
    kw_provision "provision"
    kw_recurs "recurs"
    kw_remedy "remedy"
    kw_requirement "requirement"
    kw_retained "retained"
    kw_route "route"
    kw_satisfies "satisfies"
    kw_sealed "sealed"
    kw_severity "severity"
    kw_shows "shows"
    kw_some "some"
    kw_source "source"
    kw_stated "stated"
    kw_sum "sum"
    kw_summary "summary"
    kw_supports "supports"
    kw_test "test"
    kw_throughout "throughout"
    kw_to "to"
    kw_treats "treats"
    kw_url "url"
    kw_version "version"
    kw_vocabulary "vocabulary"
}

/// The words of a list of rules, without repeats; the weak ones only when there is nothing else.
pub(super) fn expected(rules: &[Rule]) -> Vec<String> {
    let mut strong = Vec::new();
    let mut weak = Vec::new();
    for rule in rules {
        let Some((name, is_weak)) = words(*rule) else { continue };
        let list = if is_weak { &mut weak } else { &mut strong };
        if !list.iter().any(|n| n == name) {
            list.push(name.to_owned());
        }
    }
    // Where an expression may go on, its many ways of going on say nothing more.
    if rules.contains(&Rule::op) {
        strong.retain(|n| !matches!(n.as_str(), "`(`" | "`is`" | "`in`" | "`not`" | "`as`"));
    }
    if strong.iter().any(|n| n == "a type") {
        strong.retain(|n| n != "`{`" && n != "`list`");
    }
    // Where any expression may stand, its many forms say nothing more.
    if strong.iter().any(|n| n == "an expression") {
        let form = |n: &str| {
            ["a text", "a date", "a period", "a percentage", "a number", "`(`", "`longest`", "`not`"]
                .iter()
                .any(|f| n.starts_with(f))
        };
        strong.retain(|n| !form(n));
    }
    if strong.is_empty() && weak.iter().any(|n| n.starts_with("a comparison")) {
        weak.retain(|n| n != "`otherwise`" && n != "`remedy`" && n != "`guidance`");
    }
    let mut names = if strong.is_empty() { weak } else { strong };
    if let Some(end) = names.iter().position(|n| n == "the end of the statement") {
        let end = names.remove(end);
        names.push(end);
    }
    if names.is_empty() {
        names.push("something else".to_owned());
    }
    names
}

/// The bare keywords among what was expected, for a suggestion.
pub(super) fn keywords(rules: &[Rule]) -> Vec<&'static str> {
    let mut known: Vec<&'static str> = rules
        .iter()
        .filter_map(|r| words(*r))
        .filter_map(|(name, _)| name.strip_prefix('`')?.strip_suffix('`'))
        .filter(|w| w.bytes().all(scan::is_word))
        .collect();
    if rules.iter().any(|r| matches!(r, Rule::op)) {
        known.extend(["before", "after", "within", "covers", "overlaps", "contains", "and", "or"]);
    }
    if rules.contains(&Rule::body_part) || rules.contains(&Rule::kw_satisfies) {
        known.extend(["satisfies", "satisfy"]);
    }
    known
}

/// `a, b or c`
pub(super) fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// What stands directly before a place in its statement, in words, and where.
pub(super) fn before(text: &str, start: usize, at: usize) -> Option<(String, usize, usize)> {
    let mut last = None;
    let mut here = start;
    while let Some((piece, end)) = scan::piece(text, here) {
        if here >= at {
            break;
        }
        match piece {
            Piece::Word | Piece::Mark(_) => last = Some((format!("`{}`", text.get(here..end).unwrap_or("")), here, end)),
            Piece::Text { .. } => last = Some(("the text in quotes".to_owned(), here, end)),
            Piece::Newline | Piece::Space | Piece::Comment => {}
        }
        here = end;
    }
    last
}

/// What to do about it.
pub(super) fn advice(text: &str, at: usize, listed: &str) -> String {
    match text.get(at..at + 2) {
        Some("==") => return "equality is written with one `=`".to_owned(),
        Some("&&") => return "write `and`".to_owned(),
        Some("||") => return "write `or`".to_owned(),
        _ => {}
    }
    match text.as_bytes().get(at) {
        Some(b'=') if at > 0 && text.as_bytes().get(at - 1) == Some(&b'=') => "equality is written with one `=`".to_owned(),
        Some(b'!') => "write `not`, or `!=` between two values".to_owned(),
        Some(b'\'') => "texts are written in double quotes".to_owned(),
        _ if listed == "the end of the statement" => "take it out".to_owned(),
        _ => format!("write {listed} here"),
    }
}
