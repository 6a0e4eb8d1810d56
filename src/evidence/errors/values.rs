//! About single values.

use super::{listed, shown};
use crate::base::{Date, Span, nearest};
use crate::diagnostics::{Diagnostic, catalog::evidence as code};
use crate::evidence::tree::View;
use crate::library::Library;
use crate::library::model::Scalar;

/// A value is not of its field's type.
pub(crate) fn wrong_value(value: View<'_>, of: Scalar, field: &str, library: &Library) -> Diagnostic {
    let wanted = wanted(of, library);
    let is = describe(value);
    let diagnostic = Diagnostic::new(code::WRONG_VALUE, value.span(), format!("`{field}` is {wanted}, and {is} is not"))
        .label("not of that type");
    match advice(value, of) {
        Some(help) => diagnostic.help(help),
        None => diagnostic.help(form(of)),
    }
}

/// A fact that is a count is below zero.
pub(crate) fn negative_count(value: View<'_>, field: &str) -> Diagnostic {
    Diagnostic::new(code::WRONG_VALUE, value.span(), format!("`{field}` is a count, and {} is less than none", describe(value)))
        .label("a negative count")
        .help("write how many there are; `0` says that there are none, and leaving it blank says that it is not known")
}

/// A mapping was expected.
pub(crate) fn not_a_record(value: View<'_>, field: &str) -> Diagnostic {
    Diagnostic::new(code::WRONG_VALUE, value.span(), format!("`{field}` is a record, and {} is not", describe(value)))
        .label("not a record")
        .help("write its fields as `name: value`, indented below it or between `{` and `}`")
}

/// A sequence was expected.
pub(crate) fn not_a_list(value: View<'_>, field: &str) -> Diagnostic {
    Diagnostic::new(code::WRONG_VALUE, value.span(), format!("`{field}` is a list, and {} is not", describe(value)))
        .label("not a list")
        .help("write its elements with `- ` below it, or between `[` and `]`; a list of one is still a list")
}

/// A list has an element that says nothing.
pub(crate) fn empty_element(at: Span, field: &str) -> Diagnostic {
    Diagnostic::new(code::WRONG_VALUE, at, format!("the list `{field}` has an element that says nothing"))
        .label("nothing here")
        .help("remove the element, or write its value")
}

/// A plain text was expected.
pub(crate) fn not_text(value: View<'_>, field: &str) -> Diagnostic {
    Diagnostic::new(code::WRONG_VALUE, value.span(), format!("`{field}` is text, and {} is not", describe(value)))
        .label("not text")
        .help(form(Scalar::Text))
}

/// A value of a few fixed words.
pub(crate) fn not_one_of(value: View<'_>, field: &str, words: &[&str]) -> Diagnostic {
    let text = value.text().unwrap_or("");
    Diagnostic::new(
        code::WRONG_VALUE,
        value.span(),
        format!("`{field}` is {}, and {} is not", listed(words.iter().copied()), describe(value)),
    )
    .label("not one of them")
    .did_you_mean(nearest(text, words.iter().copied()))
}

/// A day that the calendar does not have.
pub(crate) fn no_such_day(at: Span, text: &str) -> Diagnostic {
    Diagnostic::new(code::NO_SUCH_DAY, at, format!("the calendar has no day `{}`", shown(text)))
        .label("no such day")
        .help("check the month's length, and whether it was a leap year")
}

/// An interval whose end comes first.
pub(crate) fn backwards(at: Span, first: Date, last: Date) -> Diagnostic {
    Diagnostic::new(code::BACKWARDS, at, format!("the period ends on {last}, before it begins on {first}"))
        .label("the wrong way round")
        .help("write the earlier day first")
}

/// A term that its vocabulary does not have.
pub(crate) fn no_such_term(at: Span, text: &str, field: &str, vocabulary: &str, known: &[&str]) -> Diagnostic {
    let near = nearest(text, known.iter().copied());
    let takes = format!("`{field}` takes {}", listed(known.iter().copied()));
    Diagnostic::new(code::NO_SUCH_TERM, at, format!("`{}` is not a term of `{vocabulary}`", shown(text)))
        .label(format!("not a term of `{vocabulary}`"))
        .help(near.map_or_else(|| takes.clone(), |near| format!("did you mean `{near}`? {takes}")))
}

/// A reference to an item that is not there.
pub(crate) fn dangling(at: Span, text: &str, kind: &str, near: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(code::DANGLING_REFERENCE, at, format!("no item has the id `{}`", shown(text)))
        .label(format!("a `{kind}` is meant"))
        .note("what rests on this reference does not count");
    match near {
        Some(near) => diagnostic.did_you_mean(Some(near)),
        None => diagnostic.help("add the item to the bundle, or correct the id"),
    }
}

/// A reference to an item of another kind.
pub(crate) fn reference_kind(at: Span, text: &str, wanted: &str, is: &str, there: Span) -> Diagnostic {
    Diagnostic::new(code::REFERENCE_KIND, at, format!("`{}` is a `{is}`, and a `{wanted}` is needed here", shown(text)))
        .label(format!("should be the id of a `{wanted}`"))
        .also(there, format!("this is the `{is}`"))
        .help(format!("write the id of a `{wanted}`"))
}

/// The type in the user's words, with its article.
fn wanted(of: Scalar, library: &Library) -> String {
    match of {
        Scalar::Bool => "`true` or `false`".to_owned(),
        Scalar::Whole => "a whole number".to_owned(),
        Scalar::Decimal => "a number".to_owned(),
        Scalar::Text => "text".to_owned(),
        Scalar::Date => "a date".to_owned(),
        Scalar::Period => "a period".to_owned(),
        Scalar::Interval => "an interval of days".to_owned(),
        Scalar::Percent => "a percentage".to_owned(),
        Scalar::Term(vocabulary) => format!("a term of `{}`", library.vocabulary(vocabulary).name),
        Scalar::Ref(kind) => format!("the id of a `{}`", library.kind(kind).name),
    }
}

/// How a value of the type is written.
fn form(of: Scalar) -> &'static str {
    match of {
        Scalar::Bool => "write `true` or `false`, without quotes",
        Scalar::Whole => "write digits only, such as `412`, without quotes",
        Scalar::Decimal => "write a number such as `3.5`, with a point and without quotes",
        Scalar::Text => "write it in quotes",
        Scalar::Date => "write year, month and day, such as `2026-11-23`",
        Scalar::Period => "write `5 years`, `30 days` or `P5Y`",
        Scalar::Interval => "write first and last day, such as `2025-11-23/2026-11-23`",
        Scalar::Percent => "write a number and a percent sign, such as `95%`",
        Scalar::Term(_) => "write one of the vocabulary's terms",
        Scalar::Ref(_) => "write the other item's id",
    }
}

/// Advice for the slips people make most.
fn advice(value: View<'_>, of: Scalar) -> Option<String> {
    let text = value.text()?;
    let lower = text.to_ascii_lowercase();
    match of {
        Scalar::Bool => match lower.as_str() {
            "yes" | "y" | "on" | "true" | "1" => {
                Some("write `true`, without quotes: YAML 1.2 and JSON know no other word for it".to_owned())
            }
            "no" | "n" | "off" | "false" | "0" => {
                Some("write `false`, without quotes: YAML 1.2 and JSON know no other word for it".to_owned())
            }
            _ => None,
        },
        Scalar::Whole | Scalar::Decimal if !value.is_plain() && crate::evidence::convert::number::is_number(text) => {
            Some(format!("write `{}` without quotes", shown(text)))
        }
        Scalar::Whole | Scalar::Decimal if text.contains(',') => {
            Some("group digits with `_`, not with commas, and use a point".to_owned())
        }
        Scalar::Percent if crate::evidence::convert::number::is_number(text) => Some(format!("write `{}%`", shown(text))),
        Scalar::Text | Scalar::Ref(_) => Some(format!("write `\"{}\"`, in quotes", shown(text))),
        Scalar::Date => {
            let day_first = text.len() == 10 && matches!(text.as_bytes().get(2), Some(b'/' | b'.' | b'-'));
            day_first.then(|| "write the year first, then month and day: `2026-11-23`".to_owned())
        }
        Scalar::Whole | Scalar::Decimal | Scalar::Period | Scalar::Interval | Scalar::Percent | Scalar::Term(_) => None,
    }
}

/// What stands there.
pub(crate) fn describe(value: View<'_>) -> String {
    match value.text() {
        Some("") => "an empty text".to_owned(),
        Some(text) => format!("`{}`", shown(text)),
        None if value.is_mapping() => "a record".to_owned(),
        None if value.is_sequence() => "a list".to_owned(),
        None => "nothing".to_owned(),
    }
}
