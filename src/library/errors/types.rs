//! Expressions that do not fit together.

use crate::base::Span;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::catalog::library as codes;

/// Something of one type where another is needed.
pub(in crate::library) fn mismatch(at: Span, wanted: &str, found: &str, help: Option<String>) -> Diagnostic {
    let said = Diagnostic::new(codes::TYPE_MISMATCH, at, format!("{wanted} is needed here, and this is {found}"))
        .label(format!("this is {found}"))
        .note("the two could never be compared, so no evidence could decide it");
    match help {
        Some(help) => said.help(help),
        None => said.help(format!("use something that is {wanted}")),
    }
}

/// Two sides that do not go together.
pub(in crate::library) fn incomparable(at: Span, left: &str, right: &str, help: Option<String>) -> Diagnostic {
    let said = Diagnostic::new(codes::TYPE_MISMATCH, at, format!("{left} cannot be compared with {right}"))
        .label(format!("{left} on one side, {right} on the other"))
        .note("the two could never be equal, so no evidence could decide it");
    match help {
        Some(help) => said.help(help),
        None => said.help("compare values of the same type"),
    }
}

/// An operator that the type does not have.
pub(in crate::library) fn not_for(at: Span, operator: &str, found: &str, help: &str) -> Diagnostic {
    Diagnostic::new(codes::TYPE_MISMATCH, at, format!("`{operator}` does not work with {found}"))
        .label(format!("this is {found}"))
        .note("only some types have an order or can be added up")
        .help(help.to_owned())
}

/// A list or record where a single value is needed, or the other way round.
pub(in crate::library) fn not_a_value(at: Span, name: &str, what: &str, help: &str) -> Diagnostic {
    Diagnostic::new(codes::TYPE_MISMATCH, at, format!("`{name}` is {what}"))
        .label(format!("this is {what}"))
        .note("the form around it needs something else")
        .help(help.to_owned())
}

/// Months against days.
pub(in crate::library) fn unlike_periods(at: Span, left: &str, right: &str) -> Diagnostic {
    Diagnostic::new(codes::UNLIKE_PERIODS, at, format!("{left} cannot be compared with {right}"))
        .label("one is counted in other units than the other")
        .note(
            "a month has between 28 and 31 days, and a working day is not a calendar day, so which is longer depends on the date",
        )
        .help("write both in days or weeks, or both in months or years, or both in working days")
}

/// A list that is more than one reference away.
pub(in crate::library) fn list_out_of_reach(at: Span, name: &str) -> Diagnostic {
    Diagnostic::new(codes::LIST_OUT_OF_REACH, at, format!("the list `{name}` is more than one reference away"))
        .label("too far to take elements from")
        .note("elements are taken from a list of a variable, or of the item that a variable refers to")
        .help("bind the item in between first: `some that-kind as m, m.list as x where … = m`")
}

/// A definition that is called with the wrong number of values.
pub(in crate::library) fn wrong_arguments(at: Span, name: &str, wanted: usize, found: usize) -> Diagnostic {
    Diagnostic::new(
        codes::WRONG_ARGUMENTS,
        at,
        format!("`{name}` takes {} in its brackets, and {found} stand here", values(wanted)),
    )
    .label(format!("{found} here"))
    .note("each name in the brackets of the definition stands for one thing at each use")
    .help(format!("write {}, one for each name in the brackets of `define {name}`", values(wanted)))
}

fn values(count: usize) -> String {
    format!("{count} value{}", if count == 1 { "" } else { "s" })
}

/// Nothing reads a variable.
pub(in crate::library) fn unused_variable(at: Span, name: &str) -> Diagnostic {
    Diagnostic::new(codes::UNUSED_VARIABLE, at, format!("nothing reads `{name}`"))
        .label("bound here, used nowhere")
        .note("a condition that never looks at its element usually means that a comparison was forgotten")
        .help(format!("compare a field of `{name}`, or take the variable out"))
}

/// A condition that no evidence can make true.
pub(in crate::library) fn contradiction(at: Span, subject: &str, why: &str) -> Diagnostic {
    Diagnostic::new(codes::CONTRADICTION, at, format!("no value of {subject} can satisfy this condition"))
        .label(why.to_owned())
        .note("a condition that is never true makes a gap that nobody can close, or hides one that everybody has")
        .help("check the bounds, or use `or` where either will do")
}
