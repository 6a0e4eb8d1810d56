//! About items and their fields.

use super::{listed, shown};
use crate::base::{Span, nearest};
use crate::diagnostics::{Diagnostic, catalog::evidence as code};
use crate::evidence::tree::View;

/// A field that its kind does not have.
pub(crate) fn no_such_field(key: View<'_>, kind: &str, known: &[&str]) -> Diagnostic {
    let text = key.text().unwrap_or("");
    let diagnostic = Diagnostic::new(code::NO_SUCH_FIELD, key.span(), format!("`{kind}` has no field `{}`", shown(text)))
        .label("not a field of this kind")
        .note("a field nobody reads would be left out in silence, so it is refused");
    suggest(diagnostic, text, known)
}

/// A kind that the library does not have.
pub(crate) fn no_such_kind(value: View<'_>, known: &[&str]) -> Diagnostic {
    let text = value.text().unwrap_or("");
    let diagnostic = Diagnostic::new(code::NO_SUCH_KIND, value.span(), format!("there is no evidence kind `{}`", shown(text)))
        .label("not an evidence kind");
    suggest(diagnostic, text, known)
}

/// A key that has no meaning here.
pub(crate) fn no_such_key(key: View<'_>, place: &str, known: &[&str]) -> Diagnostic {
    let text = key.text().unwrap_or("");
    let diagnostic = Diagnostic::new(code::NO_SUCH_KEY, key.span(), format!("`{}` has no meaning in {place}", shown(text)))
        .label("not known here")
        .note("a key nobody reads would be left out in silence, so it is refused");
    suggest(diagnostic, text, known)
}

/// A fact that the library does not have.
pub(crate) fn no_such_fact(key: View<'_>, known: &[&str]) -> Diagnostic {
    let text = key.text().unwrap_or("");
    let diagnostic =
        Diagnostic::new(code::NO_SUCH_FACT, key.span(), format!("no fact about an entity is named `{}`", shown(text)))
            .label("not a fact");
    suggest(diagnostic, text, known)
}

/// A requirement or provision that the library does not have.
pub(crate) fn no_such_rule(value: View<'_>, what: &str, known: &[&str]) -> Diagnostic {
    let text = value.text().unwrap_or("");
    Diagnostic::new(code::NO_SUCH_RULE, value.span(), format!("the library has no {what} `{}`", shown(text)))
        .label("not in the library")
        .did_you_mean(nearest(text, known.iter().copied()))
}

/// A judgement that its requirement does not ask for.
pub(crate) fn no_such_judge(value: View<'_>, requirement: &str, known: &[&str]) -> Diagnostic {
    let text = value.text().unwrap_or("");
    let message = format!("`{requirement}` asks for no judgement `{}`", shown(text));
    let diagnostic = Diagnostic::new(code::NO_SUCH_RULE, value.span(), message).label("not asked for");
    suggest(diagnostic, text, known)
}

/// Something that must be there is not.
pub(crate) fn missing_key(at: Span, key: &str, place: &str) -> Diagnostic {
    Diagnostic::new(code::MISSING_KEY, at, format!("{place} needs `{key}`"))
        .label(format!("`{key}` is missing here"))
        .help(format!("add `{key}: …`"))
}

/// A nil return for days that had not come when it was made.
pub(crate) fn nil_return_ahead(period: View<'_>, last: crate::base::Date) -> Diagnostic {
    Diagnostic::new(code::NIL_RETURN_AHEAD, period.span(), "this nil return speaks of days to come")
        .label(format!("the bundle is for {last}"))
        .note(format!("nobody can say that nothing will happen: it counts up to {last}"))
        .help(format!("let the period end on {last}, and make another nil return for the next assessment"))
}

/// A field that is expected is not stated.
pub(crate) fn missing_field(at: Span, field: &str, kind: &str) -> Diagnostic {
    Diagnostic::new(code::MISSING_FIELD, at, format!("this `{kind}` does not state `{field}`"))
        .label(format!("`{field}` is not stated"))
        .note("what depends on it cannot be confirmed")
        .help(format!("add `{field}` if it is known"))
}

/// A field stands at the item and under `facts` too.
pub(crate) fn duplicate_field(key: View<'_>, first: Span) -> Diagnostic {
    let field = shown(key.text().unwrap_or(""));
    Diagnostic::new(code::DUPLICATE_FIELD, key.span(), format!("the field `{field}` is stated twice"))
        .label("again here")
        .also(first, "first here")
        .note("fields may stand at the item or under `facts`, but each only once")
        .help("remove one of them")
}

/// Two items have one id.
pub(crate) fn duplicate_item(at: Span, id: &str, first: Span) -> Diagnostic {
    Diagnostic::new(code::DUPLICATE_ITEM, at, format!("two items have the id `{}`", shown(id)))
        .label("again here")
        .also(first, "first here")
        .note("a reference to it could mean either")
        .help("give one of them another id; rows of a CSV table get one from a column mapped to `id`")
}

/// Something that is not an item stands among items.
pub(crate) fn not_an_item(value: View<'_>, place: &str) -> Diagnostic {
    Diagnostic::new(
        code::WRONG_VALUE,
        value.span(),
        format!("{place} is a record, and {} is not", super::values::describe(value)),
    )
    .label("not a record")
    .help("write its fields as `name: value`, the first after `- `")
}

fn suggest(diagnostic: Diagnostic, text: &str, known: &[&str]) -> Diagnostic {
    match nearest(text, known.iter().copied()) {
        Some(near) => diagnostic.did_you_mean(Some(near)),
        None if known.is_empty() => diagnostic.help("remove it"),
        None => diagnostic.help(format!("known are {}", listed(known.iter().copied()))),
    }
}
