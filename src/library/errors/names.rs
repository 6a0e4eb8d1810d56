//! Names: unknown, twice, kept by the language, going round in circles.

use crate::base::{Span, nearest};
use crate::diagnostics::catalog::library as codes;
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::ast::{Name, ProvisionRef};

/// A sort of thing that is called by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::library) enum Sort {
    Clause,
    Component,
    Definition,
    Element,
    EntityKind,
    Fact,
    Heading,
    Instrument,
    Item,
    Kind,
    Measure,
    Provision,
    Requirement,
    Role,
    Type,
}

impl Sort {
    /// Its code, what it is called, and what to do when nothing is near.
    fn words(self) -> (Code, &'static str, &'static str) {
        match self {
            Self::Clause => (codes::UNKNOWN_CLAUSE, "clause", "name an `expect`, a `judge` or a route of the tested requirement"),
            Self::Component => {
                (codes::UNKNOWN_COMPONENT, "component", "declare it with `component`, or name one that is declared")
            }
            Self::Definition => (codes::UNKNOWN_NAME, "definition", "declare it with `define`, or name one that is declared"),
            Self::Element => {
                (codes::UNKNOWN_ELEMENT, "element", "add it to the component with `element`, or name one of its elements")
            }
            Self::EntityKind => {
                (codes::UNKNOWN_ENTITY_KIND, "entity kind", "add it to `vocabulary entity-kind`, or name one of its terms")
            }
            Self::Fact => (
                codes::UNKNOWN_FACT,
                "fact",
                "declare it with `fact`; `entity.kind`, `entity.sems` and `entity.id` are always there",
            ),
            Self::Heading => (
                codes::UNKNOWN_HEADING,
                "heading of the strategy",
                "declare it with `objective`, `initiative`, `enabler` or `foundation`",
            ),
            Self::Instrument => {
                (codes::UNKNOWN_INSTRUMENT, "instrument", "declare it with `instrument`, or name one that is declared")
            }
            Self::Item => (codes::UNKNOWN_ITEM, "item", "name an item that this test lists"),
            Self::Kind => (codes::UNKNOWN_KIND, "evidence kind", "declare it with `evidence`, or name one that is declared"),
            Self::Measure => {
                (codes::UNKNOWN_MEASURE, "measure", "add it to the objective with `measure`, or name one of its measures")
            }
            Self::Provision => {
                (codes::UNKNOWN_PROVISION, "provision", "declare it with `provision`, or cite one that is declared")
            }
            Self::Requirement => {
                (codes::UNKNOWN_REQUIREMENT, "requirement", "declare it with `requirement`, or name one that is declared")
            }
            Self::Role => (codes::UNKNOWN_ROLE, "role", "add it to `vocabulary role`, or name one of its terms"),
            Self::Type => (
                codes::UNKNOWN_TYPE,
                "type",
                "use `bool`, `whole`, `decimal`, `text`, `date`, `period`, `interval`, `percent`, a vocabulary or an evidence kind",
            ),
        }
    }
}

/// A name that is not declared.
pub(in crate::library) fn unknown<'a>(sort: Sort, name: &Name, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    unknown_at(sort, &name.value, name.span, known)
}

/// A name that is not declared, put together from several words.
pub(in crate::library) fn unknown_at<'a>(
    sort: Sort,
    name: &str,
    at: Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let (code, what, help) = sort.words();
    let said = Diagnostic::new(code, at, format!("there is no {what} `{name}`")).label(format!("no {what} has this name"));
    let said = said.note("a name that leads nowhere would silently count for nothing");
    match nearest(name, known) {
        Some(near) => said.did_you_mean(Some(near)),
        None => said.help(help),
    }
}

/// A term that its vocabulary does not have.
pub(in crate::library) fn unknown_term<'a>(
    name: &str,
    at: Span,
    vocabulary: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let said = Diagnostic::new(codes::UNKNOWN_TERM, at, format!("`{vocabulary}` has no term `{name}`"));
    let said = said.label("not one of its terms").note("a vocabulary is a closed list, so that no spelling is missed");
    match nearest(name, known) {
        Some(near) => said.did_you_mean(Some(near)),
        None => said.help(format!("add it to `vocabulary {vocabulary}`, or use one of its terms")),
    }
}

/// A field that a kind, a list's element or a record does not have.
pub(in crate::library) fn unknown_field<'a>(
    name: &str,
    at: Span,
    owner: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let said = Diagnostic::new(codes::UNKNOWN_FIELD, at, format!("`{owner}` has no field `{name}`"));
    let said = said.label("no such field").note("a field that no item can have would leave every answer unknown");
    match nearest(name, known) {
        Some(near) => said.did_you_mean(Some(near)),
        None => said.help(format!("add the field to `{owner}`, or read one that it has")),
    }
}

/// A bare name that is nothing here.
pub(in crate::library) fn unknown_name<'a>(
    name: &str,
    at: Span,
    known: impl IntoIterator<Item = &'a str>,
    term_of: Option<&str>,
) -> Diagnostic {
    let said = Diagnostic::new(codes::UNKNOWN_NAME, at, format!("`{name}` stands for nothing here"));
    let said = said.label("no variable, `let`, parameter or definition of this name");
    let said = said.note("a name is known only after `as`, as a `let`, or as a parameter or definition of the library");
    match (nearest(name, known), term_of) {
        (_, Some(vocabulary)) => {
            said.help(format!("`{name}` is a term of `{vocabulary}`: compare it with a value of that vocabulary"))
        }
        (Some(near), None) => said.did_you_mean(Some(near)),
        (None, None) => said.help("bind it with `as`, or declare it with `let`, `parameter` or `define`"),
    }
}

/// A `{path}` in a text that leads nowhere.
pub(in crate::library) fn text_out_of_scope<'a>(
    path: &str,
    at: Span,
    why: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let said = Diagnostic::new(codes::TEXT_OUT_OF_SCOPE, at, format!("`{{{path}}}` cannot be filled in here"));
    let said = said.label(why.to_owned()).note("the text is shown to people, who would read the braces");
    match nearest(path, known) {
        Some(near) => said.help(format!("did you mean `{{{near}}}`?")),
        None => said.help("name a variable of this clause, a `let`, a parameter, `assessment`, or a fact as `entity.…`"),
    }
}

/// One of a fixed list of words was expected.
pub(in crate::library) fn unknown_word(line: &str, word: &Name, words: &[&str]) -> Diagnostic {
    let said = Diagnostic::new(codes::UNKNOWN_WORD, word.span, format!("`{}` is not a word for `{line}`", word.value));
    let said = said.label("not known here").note(format!("`{line}` takes one of: {}", words.join(", ")));
    match nearest(&word.value, words.iter().copied()) {
        Some(near) => said.did_you_mean(Some(near)),
        None => said.help("use one of the words above"),
    }
}

/// A name that is declared twice.
pub(in crate::library) fn duplicate(what: &str, name: &str, at: Span, before: Span) -> Diagnostic {
    let said = Diagnostic::new(codes::DUPLICATE_NAME, at, format!("the {what} `{name}` is declared twice"));
    let said = said.label("declared again here");
    let built_in = before.file.0 == u32::MAX;
    let said = if built_in { said } else { said.also(before, "declared here before") };
    said.note("with two of one name, nobody can tell which one a citation means").help("rename one of them, or remove it")
}

/// A name that the language keeps for itself.
pub(in crate::library) fn reserved(name: &Name, what: &str) -> Diagnostic {
    Diagnostic::new(codes::RESERVED_NAME, name.span, format!("`{}` cannot name {what}", name.value))
        .label("the language uses this word itself")
        .note("the word already has a meaning in the place where this name would be read")
        .help("choose another name")
}

/// Definitions that need themselves.
pub(in crate::library) fn cycle(at: Span, path: &[&str]) -> Diagnostic {
    let round: Vec<String> = path.iter().map(|n| format!("`{n}`")).collect();
    let first = path.first().copied().unwrap_or("");
    Diagnostic::new(codes::CYCLE, at, format!("`{first}` is defined by itself: {}", round.join(", then ")))
        .label("needs its own meaning")
        .note("a definition is written out where it is used, so it must end somewhere")
        .help("take one of these uses out")
}

/// Definitions that grow too large when they are written out.
pub(in crate::library) fn too_large(at: Span, name: &str) -> Diagnostic {
    Diagnostic::new(codes::DEFINITION_TOO_LARGE, at, format!("`{name}` grows too large when its definitions are written out"))
        .label("written out, this is too large or too deep to read")
        .note("definitions are written out at every use, and definitions that use definitions multiply")
        .help("use fewer definitions inside one another")
}

/// A provision was asked for, and only an instrument was named.
pub(in crate::library) fn whole_instrument(at: &ProvisionRef) -> Diagnostic {
    Diagnostic::new(codes::UNKNOWN_PROVISION, at.span, format!("`{}` names an instrument, not a provision", at.instrument.value))
        .label("the point is missing")
        .note("a provision is the smallest part that can be cited: `instrument#point`")
        .help(format!("add the point, such as `{}#art1`", at.instrument.value))
}
