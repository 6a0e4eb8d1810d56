//! Abide itself, as a program that embeds it would use it.

use abide::assess::{Assessment, Plan, Verdict, assess_planned};
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

/// The rules made ready for the day: once for all bundles, as the policies of other engines are loaded once.
pub(crate) fn plan(library: &Checked<Library>) -> Plan<'_> {
    Plan::new(library, today())
}

/// Evaluates all requirements with their explanations.
pub(crate) fn evaluate(plan: &Plan<'_>, library: &Library, bundle: &Bundle, policies: &Policies) -> Assessment {
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
