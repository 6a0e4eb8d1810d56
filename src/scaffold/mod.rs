//! Bundles from nothing: the files of a new bundle for an entity kind (`start`), an item with the right fields (`item`), and where to put it into a
//! text that somebody wrote (`insert`). Texts only; whoever calls this writes the files.
//!
//! What is asked, and why, comes from the library alone. To change how a field is explained: `item`.

mod insert;
mod item;
mod readme;
mod start;

pub use insert::{added_only, insert};
pub use item::item;
pub use start::{New, start};

use std::collections::{BTreeMap, BTreeSet};

use crate::library::Library;
use crate::library::links;
use crate::library::model::{KindId, ProvisionId, Requirement, RequirementId, Scalar, StrategicId, TermId};

/// The requirements that bind an entity kind, by name.
fn requirements(library: &Library, entity: TermId) -> Vec<RequirementId> {
    let binds = |r: &Requirement| r.applies.all || r.applies.kinds.contains(&entity);
    links::requirements(library).filter(|(_, r)| binds(r)).map(|(id, _)| id).collect()
}

/// The kinds that requirements read, by name, with those that read each.
fn readers(library: &Library, requirements: &[RequirementId]) -> BTreeMap<KindId, Vec<RequirementId>> {
    let mut readers: BTreeMap<KindId, Vec<RequirementId>> = BTreeMap::new();
    for id in requirements {
        for kind in links::kinds_of_requirement(library, library.requirement(*id)) {
            readers.entry(kind).or_default().push(*id);
        }
    }
    readers
}

/// The component under which a kind is filed: that of most requirements that read it; of several, the first.
fn component(library: &Library, readers: &[RequirementId]) -> Option<StrategicId> {
    let mut count: BTreeMap<StrategicId, usize> = BTreeMap::new();
    for id in readers {
        let shown: BTreeSet<StrategicId> = library.requirement(*id).shows.iter().map(|s| s.component).collect();
        shown.into_iter().for_each(|component| *count.entry(component).or_default() += 1);
    }
    count.into_iter().max_by_key(|(id, count)| (*count, std::cmp::Reverse(*id))).map(|(id, _)| id)
}

/// A provision as a lawyer cites it.
fn citation(library: &Library, id: ProvisionId) -> String {
    let provision = library.provision(id);
    format!("{}, {}", library.instrument(provision.key.instrument).citation, provision.key.point)
}

/// The citations of a requirement, the first few of them.
fn citations(library: &Library, requirement: &Requirement) -> String {
    const FEW: usize = 3;
    let all: Vec<String> = requirement.discharges.iter().take(FEW).map(|id| citation(library, *id)).collect();
    let more = requirement.discharges.len().saturating_sub(FEW);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", all.join("; "))
}

/// What a value is, in a few words.
fn of(library: &Library, of: Scalar) -> String {
    match of {
        Scalar::Bool => "true or false".to_owned(),
        Scalar::Whole => "a whole number".to_owned(),
        Scalar::Decimal => "a number".to_owned(),
        Scalar::Text => "text".to_owned(),
        Scalar::Date => "a day, such as 2026-11-23".to_owned(),
        Scalar::Period => "a length of time, such as 12 months".to_owned(),
        Scalar::Interval => "first and last day, such as 2026-01-01/2026-12-31".to_owned(),
        Scalar::Percent => "a share, such as 95%".to_owned(),
        Scalar::Ref(kind) if kind == library.person => "the id of a person in people.yaml".to_owned(),
        Scalar::Ref(kind) => format!("the id of a {}", library.kind(kind).name),
        Scalar::Term(id) => {
            const FEW: usize = 6;
            let vocabulary = library.vocabulary(id);
            let few: Vec<&str> = vocabulary.terms.iter().take(FEW).map(|t| t.name.as_str()).collect();
            let more = vocabulary.terms.len().saturating_sub(FEW);
            let more = if more > 0 { format!(" … ({more} more: abide explain {})", vocabulary.name) } else { String::new() };
            format!("one of {}{more}", few.join(", "))
        }
    }
}

/// Lines of a comment, no longer than a page is wide.
fn comment(text: &str, indent: &str) -> String {
    wrapped(text, &format!("{indent}# "))
}

/// A text on lines that all begin alike.
fn wrapped(text: &str, begin: &str) -> String {
    let text = crate::diagnostics::render::clean::line(text);
    let options = textwrap::Options::new(100).initial_indent(begin).subsequent_indent(begin).break_words(false);
    // A name is not broken at its hyphens.
    let options =
        options.word_splitter(textwrap::WordSplitter::NoHyphenation).word_separator(textwrap::WordSeparator::AsciiSpace);
    textwrap::wrap(&text, options).iter().map(|line| format!("{}\n", line.trim_end())).collect()
}
