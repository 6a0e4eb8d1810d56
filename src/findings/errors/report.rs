//! About the report: its items, the class, the provision.

use super::{GOOD_PRACTICE, Law, missing};
use crate::base::{Date, Span, Spanned, nearest};
use crate::diagnostics::{Diagnostic, catalog::findings as code};
use crate::evidence::errors::shown;
use crate::findings::{Cited, Class, Word};
use crate::library::model::{Extent, Version};
use crate::policy::MARKINGS;

/// One of the items that the law lists.
pub(in crate::findings) fn item(at: Span, key: &str, item: &str, law: &Law) -> Diagnostic {
    missing(code::REPORT_ITEM, at, key, format!("the record does not state {item}"), law.text())
}

/// A deficiency that rests on nothing.
pub(in crate::findings) fn rests_on_nothing(at: Span) -> Diagnostic {
    Diagnostic::new(code::NO_EVIDENCE, at, "the record names nothing that the finding rests on")
        .label("no `evidence`")
        .note(format!("{GOOD_PRACTICE}: a finding that is questioned later stands on what was seen and kept"))
        .help("add `evidence: […]`: photographs, logs, documents, interviews, by their references")
}

/// A survey is given a class.
pub(in crate::findings) fn class_of_a_survey(at: Span, law: &Law) -> Diagnostic {
    Diagnostic::new(code::CLASS_FOR_SURVEY, at, "a class of compliance is given to what was seen in a survey")
        .label("a class of compliance")
        .note(format!("{} Its Appendix II has columns for audits, inspections and tests, and none for surveys", law.text()))
        .help("look in the Appendix whether the class may be used; where the matter was inspected too, name that activity")
}

/// The class says one thing and the record another.
pub(in crate::findings) fn class_contradicted(class: &Spanned<Class>, there: Span, what: &str, law: &Law) -> Diagnostic {
    let title = class.value.title();
    Diagnostic::new(
        code::CLASS_CONTRADICTED,
        class.span,
        format!("the class is \"{title}\", and the record treats it as a deficiency"),
    )
    .label(if class.value == Class::NotConfirmed {
        "says that it could not be seen"
    } else {
        "says that nothing has to be corrected"
    })
    .also(there, what)
    .note(law.text())
    .help("correct the class, or take out what only a deficiency has; what might happen is prevented by a `preventive` action")
}

/// The provision did not exist on the day.
pub(in crate::findings) fn not_in_force(
    cited: &Spanned<Cited>,
    day: Date,
    of: Option<Span>,
    nearest: Option<&Version>,
) -> Diagnostic {
    let name = &cited.value.name;
    let mut diagnostic = Diagnostic::new(code::NOT_LAW_THAT_DAY, cited.span, format!("`{name}` was not in force on {day}"))
        .label("no text of that day");
    if let Some(of) = of {
        diagnostic = diagnostic.also(of, "the day it is read on");
    }
    let days = nearest.map(|v| match (v.in_force.from, v.in_force.until) {
        (_, Some(until)) if until <= day => format!("its last text before ended on {until}"),
        (Some(from), _) => format!("its first text begins on {from}"),
        _ => "its text is of other days".to_owned(),
    });
    diagnostic
        .note(format!(
            "nobody can be held to a text that was not law that day{}",
            days.map_or_else(String::new, |days| format!("; {days}"))
        ))
        .help(format!("`abide explain {name}` shows all its versions; cite what took its place, or correct the day"))
}

/// The provision is read on a day that is not that of the activity, and it read otherwise then.
pub(in crate::findings) fn read_on_another_day(cited: &Spanned<Cited>, read: &Spanned<Date>, seen: &Spanned<Date>) -> Diagnostic {
    let message = format!(
        "`{}` is read on {}, but the activity was on {}, and it read otherwise that day",
        cited.value.name, read.value, seen.value
    );
    Diagnostic::new(code::NOT_LAW_THAT_DAY, read.span, message)
        .label("not the text of the day of the activity")
        .also(seen.span, "the day of the activity")
        .note("what is seen is held against the law of the day it is seen on")
        .help("take `read-on` out, or cite the provision that was law on the day of the activity")
}

/// The provision binds nobody here.
pub(in crate::findings) fn foreign(cited: &Spanned<Cited>, extent: Extent) -> Diagnostic {
    let name = &cited.value.name;
    let whose = match extent {
        Extent::Eu => "law of the European Union alone",
        Extent::Icao => "a standard for States",
        Extent::Uk => "of the United Kingdom",
    };
    Diagnostic::new(code::CITES_FOREIGN, cited.span, format!("`{name}` is {whose} and binds no entity in the United Kingdom"))
        .label("binds nobody here")
        .note("the library has it for comparison; a finding against it has nothing to stand on")
        .help("cite the provision of the United Kingdom that says this; where that is not public, cite its placeholder in `nasp`")
}

/// The provision is not public.
pub(in crate::findings) fn sealed(cited: &Spanned<Cited>) -> Diagnostic {
    let name = &cited.value.name;
    Diagnostic::new(code::CITES_SEALED, cited.span, format!("`{name}` is not public, so how it read on the day is not checked"))
        .label("a placeholder: named, never put into words")
        .note("the record may cite it; nothing here compares it with what was found or with what the entity says of itself")
        .help("read your own copy, and keep its text out of the record")
}

/// The provision asks nothing of anybody.
pub(in crate::findings) fn asks_nothing(cited: &Spanned<Cited>, title: &str) -> Diagnostic {
    let name = &cited.value.name;
    let message = format!("`{name}` (\"{title}\") defines or empowers: there is nothing in it that an entity could fail");
    Diagnostic::new(code::ASKS_NOTHING, cited.span, message)
        .label("no duty")
        .note("a finding is a failure of a duty, or its fulfilment")
        .help("cite the provision that holds the duty")
}

/// The provision does not bind the kind of the entity.
pub(in crate::findings) fn binds_others(cited: &Spanned<Cited>, kind: &str, entity: Option<&Spanned<String>>) -> Diagnostic {
    let name = &cited.value.name;
    let diagnostic =
        Diagnostic::new(code::BINDS_OTHERS, cited.span, format!("`{name}` does not bind an entity of the kind `{kind}`"))
            .label("binds others")
            .note("a finding against it has nothing to stand on")
            .help(format!(
                "`abide explain {name}` says whom it binds; cite the provision that binds this entity, or correct its kind"
            ));
    match entity {
        Some(entity) => diagnostic.also(entity.span, "the entity of the bundle"),
        None => diagnostic,
    }
}

/// A finding beside a bundle is of somebody else.
pub(in crate::findings) fn other_entity(named: &Spanned<String>, own: &Spanned<String>) -> Diagnostic {
    let message = format!("the finding is of `{}`, and stands beside the bundle of `{}`", shown(&named.value), shown(&own.value));
    Diagnostic::new(code::OTHER_ENTITY, named.span, message)
        .label("another entity")
        .also(own.span, "the entity of the bundle")
        .note("beside a bundle a finding is of its entity: whoever looks for it would not look here")
        .help("take `entity` out, correct it, or move the record to the register of the other entity")
}

/// A marking that nobody knows.
pub(in crate::findings) fn unknown_marking(marking: &Spanned<String>) -> Diagnostic {
    let message = format!("`{}` is no marking that is known", shown(&marking.value));
    let diagnostic = Diagnostic::new(code::UNKNOWN_MARKING, marking.span, message)
        .label("counts as the highest there is")
        .note("what is marked in a way that nobody knows is withheld from every audience");
    match nearest(&marking.value, MARKINGS) {
        Some(near) => diagnostic.did_you_mean(Some(near)),
        None => diagnostic.help(format!("it is one of: {}", MARKINGS.join(", "))),
    }
}
