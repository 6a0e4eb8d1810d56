//! About causes, and actions that should address them.

use super::{GOOD_PRACTICE, Law, missing};
use crate::base::{Span, Spanned, nearest};
use crate::diagnostics::{Diagnostic, catalog::findings as code};
use crate::evidence::errors::{listed, shown};

/// A deficiency went on without an analysis.
pub(in crate::findings) fn not_analysed(at: Span, law: &Law) -> Diagnostic {
    Diagnostic::new(code::NOT_ANALYSED, at, "the finding went on to its action plan without an analysis of its cause")
        .label("no `analysis`")
        .note(law.text())
        .help("add `analysis:` with `method`, `completed`, `by`, `human-factors` and `causes`")
}

/// An analysis leaves something out.
pub(in crate::findings) fn analysis_item(at: Span, key: &str, what: &str, law: &Law) -> Diagnostic {
    missing(code::ANALYSIS_ITEM, at, key, format!("the analysis does not state {what}"), law.text())
}

/// A cause leaves something out.
pub(in crate::findings) fn cause_item(at: Span, key: &str, what: &str) -> Diagnostic {
    let note = format!("{GOOD_PRACTICE}: whether an action addresses a cause, and whether a cause returns, is told by this");
    missing(code::ANALYSIS_ITEM, at, key, format!("the cause does not state {what}"), &note)
}

/// Nobody looked for the same cause elsewhere.
pub(in crate::findings) fn recurrence_not_sought(at: Span) -> Diagnostic {
    Diagnostic::new(code::RECURRENCE_NOT_SOUGHT, at, "the analysis does not say whether the same cause was looked for elsewhere")
        .label("no `recurrence`")
        .note(format!("{GOOD_PRACTICE}: a cause in the system is rarely at work in one place only"))
        .help("add `recurrence: …` with what the search brought up; that it brought up nothing is an answer too")
}

/// All causes lie in persons.
pub(in crate::findings) fn no_systemic_cause(at: Span, law: &Law) -> Diagnostic {
    Diagnostic::new(code::NO_SYSTEMIC_CAUSE, at, "no cause lies in the system: every one is put down to a person")
        .label("`systemic: false`, and so are all others")
        .note(format!("{} {GOOD_PRACTICE}: \"human error\" is where an analysis begins, not where it ends", law.text()))
        .help("ask what made the error possible or likely: process, equipment, supervision, workload, information")
}

/// A cause that nothing is done about.
pub(in crate::findings) fn cause_without_action(cause: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(code::CAUSE_WITHOUT_ACTION, cause.span, format!("nothing is done about the cause `{}`", shown(&cause.value)))
        .label("no corrective or preventive action names it")
        .note("a cause that stays brings the finding back")
        .help(format!("add `causes: [{}]` to the action that removes it, or plan one", shown(&cause.value)))
}

/// An action that addresses nothing.
pub(in crate::findings) fn action_without_cause(action: &Spanned<String>, at: Span) -> Diagnostic {
    Diagnostic::new(code::ACTION_WITHOUT_CAUSE, at, format!("the action `{}` addresses no cause", shown(&action.value)))
        .label("no cause is named")
        .note("a corrective or preventive action removes a cause; one that removes none may be good, but does not close this finding")
        .help("add `causes: […]` with ids of the analysis; what only limits the impact is `kind: compensatory`")
}

/// An action names a cause that there is not.
pub(in crate::findings) fn unknown_cause<'a>(
    cause: &Spanned<String>,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let text = &cause.value;
    let diagnostic = Diagnostic::new(code::UNKNOWN_CAUSE, cause.span, format!("the analysis has no cause `{}`", shown(text)))
        .label("not a cause of this finding")
        .note("the action would address nothing");
    match (nearest(text, known.clone()), listed(known)) {
        (Some(near), _) => diagnostic.did_you_mean(Some(near)),
        (None, known) if known.is_empty() => diagnostic.help("add the cause to `analysis`"),
        (None, known) => diagnostic.help(format!("known are {known}")),
    }
}

/// A cause in the system, and people are told again.
pub(in crate::findings) fn only_reminders(cause: &Spanned<String>, actions: &[&Spanned<String>]) -> Diagnostic {
    let message = format!("the cause `{}` lies in the system, and people are only reminded or retrained", shown(&cause.value));
    let mut diagnostic = Diagnostic::new(code::ONLY_REMINDERS, cause.span, message).label("a systemic cause");
    for action in actions {
        diagnostic = diagnostic.also(action.span, "`works-by: reminder-only`");
    }
    diagnostic
        .note(format!("{GOOD_PRACTICE}: a reminder wears off; what made the error likely is still there"))
        .help("change the process, the equipment, the workplace, the supervision, the staffing, or what the training teaches")
}

/// An action leaves something out.
pub(in crate::findings) fn action_item(at: Span, key: &str, what: &str, law: &Law) -> Diagnostic {
    missing(code::ACTION_ITEM, at, key, format!("the action does not state {what}"), law.text())
}
