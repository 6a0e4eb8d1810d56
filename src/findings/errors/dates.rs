//! About the order of dates, and findings that refer to each other.

use crate::base::{Date, Span, Spanned, nearest};
use crate::diagnostics::{Diagnostic, catalog::findings as code};
use crate::evidence::errors::shown;
use crate::findings::{Nation, Word};

/// Two days stand the wrong way round.
pub(in crate::findings) fn out_of_order(
    earlier: &str,
    first: Date,
    first_at: Span,
    later: &str,
    then: Date,
    then_at: Span,
) -> Diagnostic {
    Diagnostic::new(code::DATES_OUT_OF_ORDER, then_at, format!("{later} on {then}, but {earlier} only on {first}"))
        .label(format!("{} days too early", then.days_to(first)))
        .also(first_at, "this comes first")
        .note("one of the two dates is wrong, or the record is about something else")
        .help("correct the date that is wrong")
}

/// An action is due on another day than the one that was allowed.
pub(in crate::findings) fn not_allowed(action: &Spanned<String>, due: &Spanned<Date>, allowed: &Spanned<Date>) -> Diagnostic {
    let message =
        format!("the action `{}` is due on {}, but there was time until {}", shown(&action.value), due.value, allowed.value);
    Diagnostic::new(code::DUE_NOT_ALLOWED, due.span, message)
        .label(format!("{} days more than were allowed", allowed.value.days_to(due.value)))
        .also(allowed.span, "the last day that was allowed")
        .note("`due` is the day that holds now; more time is an extension of its own, with the day, the person and the reason")
        .help("correct `due`, or add the extension that allowed it")
}

/// An extension does not begin where the one before it ended.
pub(in crate::findings) fn extension_leaves_a_gap(
    action: &Spanned<String>,
    from: &Spanned<Date>,
    until: &Spanned<Date>,
) -> Diagnostic {
    let message = format!(
        "time for the action `{}` was extended until {}, and the next extension says that it was due on {}",
        shown(&action.value),
        until.value,
        from.value
    );
    Diagnostic::new(code::DUE_NOT_ALLOWED, from.span, message)
        .label("another day than the one before it allowed")
        .also(until.span, "the day that was allowed before")
        .note("between the two nobody had allowed the time")
        .help("correct the day that is wrong, or add the extension between them")
}

/// A finding repeats one that it cannot repeat. `why`: what the earlier one is, or says.
pub(in crate::findings) fn repeats_other_matter(earlier: &Spanned<String>, why: &str, there: Span) -> Diagnostic {
    let message = format!("`{}` {why}, so this finding does not repeat it", shown(&earlier.value));
    Diagnostic::new(code::REPEATS_OTHER_MATTER, earlier.span, message)
        .label("not what comes back here")
        .also(there, "the one it names")
        .note("a repeated matter lets steps of the ladder be skipped and counts for the order of visits")
        .help("name the earlier finding of the same provision, or take `repeats` out")
}

/// A finding repeats one that there is not.
pub(in crate::findings) fn unknown_finding<'a>(earlier: &Spanned<String>, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let message = format!("the entity has no finding `{}` in this register", shown(&earlier.value));
    let diagnostic = Diagnostic::new(code::UNKNOWN_FINDING, earlier.span, message)
        .label("which one is repeated?")
        .note("a matter that returns weighs more, so what it returns from has to be there");
    match nearest(&earlier.value, known) {
        Some(near) => diagnostic.did_you_mean(Some(near)),
        None => diagnostic.help("add the earlier finding to the register, or take `repeats` out"),
    }
}

/// A finding repeats a later one, or itself.
pub(in crate::findings) fn repeats_later(earlier: &Spanned<String>, first: Date, then: Date, there: Span) -> Diagnostic {
    let message = format!("the finding of {then} cannot repeat `{}` of {first}", shown(&earlier.value));
    Diagnostic::new(code::DATES_OUT_OF_ORDER, earlier.span, message)
        .label("not an earlier one")
        .also(there, "the one it names")
        .note("only what was seen before can be seen again")
        .help("name the earlier finding; the later one repeats this one")
}

/// Working days over a year of which the bank holidays are not known.
pub(in crate::findings) fn holidays_not_known(at: Span, nation: Nation, year: i16) -> Diagnostic {
    let message = format!("working days are not counted: the bank holidays of {} in {year} are not known here", nation.title());
    Diagnostic::new(code::HOLIDAYS_NOT_KNOWN, at, message)
        .label("counted from here")
        .note(format!(
            "they are known from {} to {}; a proclamation can move or add a day in any later year",
            crate::base::holidays::FIRST_KNOWN_YEAR,
            crate::base::holidays::LAST_KNOWN_YEAR
        ))
        .help("count by hand from the official list of the nation")
}
