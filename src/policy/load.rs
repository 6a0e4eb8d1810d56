//! Texts to policies: parsing, naming, validating against the one schema.

use cedar_policy::{Policy, PolicyId, PolicySet, Schema, ValidationMode, Validator};

use super::question::Question;
use super::statements::statements;
use super::{PolicyPage, PolicyPlace};
use crate::base::{FileId, Source, Sources, Span};

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
        Self::read(&Question::ALL.map(|question| {
            let (name, text) = question.embedded();
            (Some(question), Source::new(name, text))
        }))
    }

    /// Parses policies, gives each the name in its `@id`, and validates them against the schema, strictly.
    pub(super) fn read(files: &[(Option<Question>, Source)]) -> Result<Self, String> {
        let (mut policies, mut written, mut sources) = (PolicySet::new(), Vec::new(), Sources::default());
        for (question, source) in files {
            let file = sources.add(source.clone());
            for range in statements(source.text()) {
                let span = Span::new(file, range.start as u32, range.end as u32);
                let policy = parse(&sources, span)?;
                written.push(Written { id: policy.id().clone(), question: *question, span });
                policies.add(policy).map_err(|e| e.to_string())?;
            }
        }
        let (schema, _) = Schema::from_cedarschema_str(SCHEMA).map_err(|e| e.to_string())?;
        let valid = Validator::new(schema).validate(&policies, ValidationMode::Strict);
        let problems = valid.validation_errors().map(ToString::to_string);
        if let Some(problem) = problems.chain(valid.validation_warnings().map(ToString::to_string)).next() {
            return Err(problem);
        }
        Ok(Self { policies, written, sources })
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

fn parse(sources: &Sources, span: Span) -> Result<Policy, String> {
    let policy = Policy::parse(None, sources.slice(span)).map_err(|e| format!("{}: {e}", sources.describe(span)))?;
    let id = policy.annotation("id").ok_or_else(|| format!("{}: the policy has no `@id`", sources.describe(span)))?;
    Ok(policy.new_id(PolicyId::new(id)))
}
