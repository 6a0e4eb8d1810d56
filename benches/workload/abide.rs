//! Abide itself, as a program that embeds it would use it.

use abide::assess::{Assessment, Plan, Verdict, assess, assess_planned};
use abide::base::{FileId, Source, Sources};
use abide::evidence::{Bundle, MemoryFolder, ReadOptions, Reader};
use abide::library::{Checked, Library, check};
use abide::policy::Policies;
use abide::syntax;

use super::Requirement;
use super::words::{Word, today};

/// The library of a text.
pub(crate) fn library(text: &str) -> Checked<Library> {
    let parsed = syntax::parse(FileId(0), text);
    assert_eq!(parsed.diagnostics, [], "the workload's rules are well-formed");
    let mut sources = Sources::default();
    sources.add(Source::new("workload.abide", text));
    let (library, problems) = check(sources, &[parsed.file]);
    library.unwrap_or_else(|| panic!("the workload's rules are right: {problems:#?}"))
}

/// A bundle as a folder of one file.
pub(crate) fn folder(json: &str) -> MemoryFolder {
    MemoryFolder::new([("bundle.json", json)])
}

/// Reads a bundle.
pub(crate) fn read(reader: &Reader<'_>, folder: &MemoryFolder) -> Bundle {
    let outcome = reader.read(folder, &ReadOptions::default());
    outcome.bundle.unwrap_or_else(|| panic!("the workload's bundle is well-formed: {:#?}", outcome.diagnostics.first()))
}

/// Evaluates all requirements with their explanations.
pub(crate) fn evaluate(library: &Checked<Library>, bundle: &Bundle, policies: &Policies) -> Assessment {
    assess(library, bundle, today(), policies)
}

/// Evaluates all requirements with their explanations, on a plan made beforehand.
pub(crate) fn evaluate_planned(plan: &Plan<'_>, library: &Checked<Library>, bundle: &Bundle, policies: &Policies) -> Assessment {
    assess_planned(plan, bundle, &policies.admissibility(library, bundle))
}

/// The verdicts of an assessment, in the order of the requirements given.
pub(crate) fn verdicts(library: &Library, assessment: &Assessment, requirements: &[Requirement]) -> Vec<Word> {
    let verdict = |r: &Requirement| {
        let id = library.names.requirements[&r.name];
        match assessment.outcomes[id.0 as usize].verdict {
            Verdict::Met => Word::Met,
            Verdict::NotMet(_) => Word::NotMet,
            Verdict::NotConfirmed => Word::NotConfirmed,
            Verdict::NotApplicable => Word::NotApplicable,
            other @ (Verdict::NeedsJudgement | Verdict::Sealed) => panic!("{} comes out as {}", r.name, other.words()),
        }
    };
    requirements.iter().map(verdict).collect()
}
