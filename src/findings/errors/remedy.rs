//! About correction, compensatory measures, verification and effect.

use super::{GOOD_PRACTICE, Law, missing};
use crate::base::{Date, Span, Spanned};
use crate::diagnostics::{Diagnostic, catalog::findings as code};
use crate::evidence::errors::shown;

/// A deficiency is neither put right nor made up for.
pub(in crate::findings) fn not_contained(at: Span, law: &Law) -> Diagnostic {
    Diagnostic::new(code::NOT_CONTAINED, at, "the deficiency is neither put right at once nor made up for by a measure")
        .label("no `containment`, and no compensatory action")
        .note(law.text())
        .help("add `containment:` with `on`, `by` and `what`, or an action of `kind: compensatory` with its `until`")
}

/// A containment leaves something out.
pub(in crate::findings) fn containment_item(at: Span, key: &str, what: &str, law: &Law) -> Diagnostic {
    missing(code::NOT_CONTAINED, at, key, format!("the containment does not state {what}"), law.text())
}

/// A deficiency without a plan. `filed`: whether the record says that one was submitted, or only went on past it.
pub(in crate::findings) fn no_plan(at: Span, filed: bool, law: &Law) -> Diagnostic {
    let message = if filed {
        "the record says that an action plan was submitted, and has no corrective action"
    } else {
        "the record goes on past the action plan, and has no corrective action"
    };
    Diagnostic::new(code::NO_ACTION_PLAN, at, message)
        .label("no action of `kind: corrective`")
        .note(law.text())
        .help("add the plan's actions with `owner` and `due`, or correct `moves`")
}

/// A measure that never ends.
pub(in crate::findings) fn measure_without_end(action: &Spanned<String>, law: &Law) -> Diagnostic {
    Diagnostic::new(
        code::MEASURE_WITHOUT_END,
        action.span,
        format!("the compensatory measure `{}` has no end", shown(&action.value)),
    )
    .label("`until` is missing here")
    .note(format!("{} A measure that never ends stands in the place of the correction", law.text()))
    .help("add `until: …`, the first day on which it no longer counts")
}

/// A measure that ends before the correction is there.
pub(in crate::findings) fn measure_ends_early(
    action: &Spanned<String>,
    until: &Spanned<Date>,
    correction: &Spanned<Date>,
    law: &Law,
) -> Diagnostic {
    let message = format!(
        "the compensatory measure `{}` ends on {}, before the correction of {}",
        shown(&action.value),
        until.value,
        correction.value
    );
    Diagnostic::new(code::MEASURE_ENDS_EARLY, until.span, message)
        .label("ends here")
        .also(correction.span, "the last corrective action")
        .note(law.text())
        .help("let the measure last until the correction is in place, or bring the correction forward")
}

/// Completion is confirmed, and an action is not done.
pub(in crate::findings) fn not_completed(action: &Spanned<String>, state: Span, law: &Law) -> Diagnostic {
    Diagnostic::new(
        code::NOT_COMPLETED,
        action.span,
        format!("completion is confirmed, and the action `{}` is not done", shown(&action.value)),
    )
    .label("`completed` is missing here")
    .also(state, "completion is confirmed here")
    .note(law.text())
    .help("add `completed: …` with its `proof`, or take the move back")
}

/// The remedy is verified, and an action is not.
pub(in crate::findings) fn not_verified(action: &Spanned<String>, state: Span, law: &Law) -> Diagnostic {
    let message = format!("the remedy is recorded as verified, and nobody verified the action `{}`", shown(&action.value));
    Diagnostic::new(code::NOT_VERIFIED, action.span, message)
        .label("`verified` is missing here")
        .also(state, "recorded as verified here")
        .note(law.text())
        .help("add `verified:` with `on`, `by` and `how`; who verifies is not who owns the action")
}

/// A verification leaves something out.
pub(in crate::findings) fn verification_item(at: Span, key: &str, what: &str, law: &Law) -> Diagnostic {
    missing(code::NOT_VERIFIED, at, key, format!("the verification does not state {what}"), law.text())
}

/// Something was verified that is not done.
pub(in crate::findings) fn verified_before_done(action: &Spanned<String>, at: Span) -> Diagnostic {
    Diagnostic::new(
        code::NOT_COMPLETED,
        action.span,
        format!("the action `{}` is verified, and nothing says that it was done", shown(&action.value)),
    )
    .label("`completed` is missing here")
    .also(at, "verified here")
    .note("there is nothing to verify in what is not done")
    .help("add `completed: …`")
}

/// Closed, and nobody looked whether it helped.
pub(in crate::findings) fn effect_not_checked(action: &Spanned<String>) -> Diagnostic {
    let message = format!("the finding is closed, and nobody looked whether the action `{}` helped", shown(&action.value));
    Diagnostic::new(code::EFFECT_NOT_CHECKED, action.span, message)
        .label("no `effect` with `on` and `result`")
        .note(format!("{GOOD_PRACTICE}: that something was done does not show that it works"))
        .help("look again some time after it was done, and add `effect: { on: …, by: …, result: … }`")
}
