//! Texts to policies: parsing, naming, validating against the one schema. Everything that is wrong is told at once.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use cedar_policy::{Policy, PolicyId, PolicySet, Schema, ValidationMode, Validator};
use sha2::{Digest, Sha256};

use super::question::Question;
use super::statements::statements;
use super::{PolicyPage, PolicyPlace, errors};
use crate::base::{FileId, Source, Sources, Span, hex};
use crate::diagnostics::Diagnostic;

const SCHEMA: &str = include_str!("../../policies/schema.cedarschema");

/// Policies of all questions, parsed and valid.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) policies: PolicySet,
    /// Where each stands, in the order they are written.
    written: Vec<Written>,
    /// The texts.
    sources: Sources,
}

/// One policy and where it stands.
#[derive(Debug)]
struct Written {
    id: PolicyId,
    /// `None` for a policy that is not built in: its action says what it is about.
    question: Option<Question>,
    span: Span,
}

impl Loaded {
    /// The built-in policies.
    pub(super) fn embedded() -> Result<Self, String> {
        let (loaded, _, problems) = Self::read(Vec::new());
        loaded.ok_or_else(|| problems.first().map_or_else(String::new, |d| d.message.clone()))
    }

    /// The built-in policies and those of other texts, the texts of all, and what is wrong with them.
    pub(super) fn read(own: Vec<Source>) -> (Option<Self>, Sources, Vec<Diagnostic>) {
        let built_in = Question::ALL.map(|question| {
            let (name, text) = question.embedded();
            (Some(question), Source::new(name, text))
        });
        let (mut sources, mut problems, mut found) = (Sources::default(), Vec::new(), Vec::new());
        for (question, source) in built_in.into_iter().chain(own.into_iter().map(|source| (None, source))) {
            let file = sources.add(source.clone());
            for range in statements(source.text()) {
                let span = Span::new(file, range.start as u32, range.end as u32);
                match Policy::parse(None, sources.slice(span)) {
                    Ok(policy) => found.push((question, span, policy)),
                    Err(errors) => problems.extend(errors.iter().map(|e| errors::syntax(span, e))),
                }
            }
        }
        problems.extend(invalid(&found));
        let (policies, written) = named(found, &sources, &mut problems);
        problems.sort_by_key(|d| d.at.as_ref().map(|at| at.span));
        let loaded = problems.is_empty().then(|| Self { policies, written, sources: sources.clone() });
        (loaded, sources, problems)
    }

    /// The files that are not built in.
    pub(super) fn own(&self) -> Vec<String> {
        self.sources.iter().skip(Question::ALL.len()).map(|(_, source)| source.name().to_owned()).collect()
    }

    /// What identifies the policies and their schema: SHA-256 over the texts, sorted, each preceded by its length; in hex.
    pub(super) fn fingerprint(&self) -> String {
        fingerprint(self.sources.iter().map(|(_, source)| source.text()).collect())
    }

    /// Whether some policy may name this. What none names, none can tell apart.
    pub(super) fn mentions(&self, name: &str) -> bool {
        self.sources.iter().any(|(_, source)| source.text().contains(name))
    }

    /// Where a policy stands.
    pub(super) fn place(&self, id: &PolicyId) -> Option<PolicyPlace> {
        let written = self.written.iter().find(|w| w.id == *id)?;
        let source = self.sources.get(written.span.file)?;
        Some(PolicyPlace { file: source.name().to_owned(), at: source.place(written.span.start) })
    }

    /// The policies in the order they are written.
    pub(super) fn pages(&self) -> Vec<PolicyPage> {
        let name = |file: FileId| self.sources.get(file).map(|s| s.name().to_owned()).unwrap_or_default();
        let page = |written: &Written| {
            let annotation = |name| self.policies.annotation(&written.id, name).filter(|a| !a.is_empty()).map(str::to_owned);
            PolicyPage {
                id: written.id.to_string(),
                because: annotation("because").unwrap_or_default(),
                provision: annotation("provision"),
                question: written.question,
                file: name(written.span.file),
                text: self.sources.slice(written.span).to_owned(),
            }
        };
        self.written.iter().map(page).collect()
    }
}

/// The fingerprint of the built-in policies, which need not be parsed for it.
pub(super) fn embedded_fingerprint() -> String {
    static ONCE: OnceLock<String> = OnceLock::new();
    ONCE.get_or_init(|| fingerprint(Question::ALL.map(|question| question.embedded().1).to_vec())).clone()
}

fn fingerprint(mut texts: Vec<&str>) -> String {
    texts.push(SCHEMA);
    texts.sort_unstable();
    let mut digest = Sha256::new();
    for text in texts {
        digest.update((text.len() as u64).to_le_bytes());
        digest.update(text.as_bytes());
    }
    hex(&digest.finalize())
}

/// What the schema says of the policies. They go by number here, so that one without a name, or with that of another, is looked at too.
fn invalid(found: &[(Option<Question>, Span, Policy)]) -> Vec<Diagnostic> {
    let mut policies = PolicySet::new();
    for (number, (_, _, policy)) in found.iter().enumerate() {
        // The numbers differ, so there is room for each.
        let _ = policies.add(policy.new_id(PolicyId::new(number.to_string())));
    }
    // INVARIANT: the schema is ours; a test loads it. Without one nothing validates, and the built-in policies would be refused.
    let Ok((schema, _)) = Schema::from_cedarschema_str(SCHEMA) else {
        return found.iter().map(|(_, span, _)| errors::missing_annotation(*span, "schema")).collect();
    };
    let result = Validator::new(schema).validate(&policies, ValidationMode::Strict);
    let span = |id: &PolicyId| {
        let number: Option<usize> = id.to_string().parse().ok();
        number.and_then(|n| found.get(n)).map(|(_, span, _)| *span)
    };
    let mut wrong: BTreeMap<Span, Vec<Diagnostic>> = BTreeMap::new();
    for error in result.validation_errors() {
        if let Some(span) = span(error.policy_id()) {
            wrong.entry(span).or_default().push(errors::schema(span, error));
        }
    }
    // What Cedar only warns of, a policy that never applies say, does not do what its author meant. After an error it is only the consequence.
    for warning in result.validation_warnings() {
        if let Some(span) = span(warning.policy_id()).filter(|span| !wrong.contains_key(span)) {
            wrong.insert(span, vec![errors::schema(span, warning)]);
        }
    }
    wrong.into_iter().flat_map(|(policy, said)| telling(policy, said)).collect()
}

/// One diagnostic for a place: Cedar tells the same of every type that a policy may meet. What it tells of the policy as a whole follows from the rest.
fn telling(policy: Span, mut said: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let place = |d: &Diagnostic| d.at.as_ref().map_or(policy, |at| at.span);
    if said.iter().any(|d| place(d).start != policy.start) {
        said.retain(|d| place(d).start != policy.start);
    }
    said.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| a.message.cmp(&b.message)));
    said.dedup_by_key(|d| place(d));
    said
}

/// The policies by the names in their `@id`.
fn named(
    found: Vec<(Option<Question>, Span, Policy)>,
    sources: &Sources,
    problems: &mut Vec<Diagnostic>,
) -> (PolicySet, Vec<Written>) {
    let (mut policies, mut written) = (PolicySet::new(), Vec::new());
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for (question, span, policy) in found {
        let first = sources.slice(span).lines().next().map_or(0, str::len) as u32;
        let first = Span::new(span.file, span.start, span.start + first);
        let annotation = |name| policy.annotation(name).map(str::trim).filter(|a| !a.is_empty());
        if annotation("because").is_none() {
            problems.push(errors::missing_annotation(first, "because"));
        }
        let Some(id) = annotation("id") else {
            problems.push(errors::missing_annotation(first, "id"));
            continue;
        };
        if let Some(before) = seen.get(id) {
            problems.push(errors::duplicate(first, id, *before));
            continue;
        }
        seen.insert(id.to_owned(), first);
        let id = PolicyId::new(id);
        // `seen` makes sure that there is room for it.
        let _ = policies.add(policy.new_id(id.clone()));
        written.push(Written { id, question, span });
    }
    (policies, written)
}
