//! About the way of a finding from state to state.

use super::{GOOD_PRACTICE, Law, missing};
use crate::base::{Span, Spanned};
use crate::diagnostics::{Diagnostic, catalog::findings as code};
use crate::evidence::errors::listed;
use crate::findings::{State, Word};

/// A deficiency without a history.
pub(in crate::findings) fn no_moves(at: Span) -> Diagnostic {
    Diagnostic::new(code::MOVE_ITEM, at, "the record does not say where the finding stands")
        .label("no `moves`")
        .note("without them nobody knows what is left to do, and who answers for it")
        .help("add `moves:`, the first `{ to: raised, on: …, by: … }`")
}

/// A move leaves something out.
pub(in crate::findings) fn move_item(at: Span, key: &str, what: &str) -> Diagnostic {
    let note = format!("{GOOD_PRACTICE}: who moved a finding, and when, is what a policy asks and a deadline is counted from");
    missing(code::MOVE_ITEM, at, key, format!("the move does not state {what}"), &note)
}

/// A move that cannot be.
pub(in crate::findings) fn impossible(to: &Spanned<State>, from: Option<State>, may: &[&str], law: &Law) -> Diagnostic {
    let message = match from {
        None => format!("a finding begins as `raised`, not as `{}`", to.value.word()),
        Some(State::Shut) => format!("a closed finding moves no more, and this moves it to `{}`", to.value.word()),
        Some(from) => format!("a finding does not go from `{}` to `{}`", from.word(), to.value.word()),
    };
    let help = match from {
        Some(State::Shut) => "raise a new finding, and say with `repeats` which one it follows".to_owned(),
        _ => format!("from there it goes to {}", listed(may.iter().copied())),
    };
    Diagnostic::new(code::IMPOSSIBLE_MOVE, to.span, message)
        .label("not after what stands before it")
        .note(format!("{} The steps between are ours", law.text()))
        .help(help)
}
