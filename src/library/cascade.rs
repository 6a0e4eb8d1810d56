//! Keeps one mistake from being told twice. A later pass goes on after an earlier one found errors; what it says of a declaration that was already
//! found wrong, or that names something wrong, may be a consequence, and waits until that is mended.

use crate::base::{Sources, Span};
use crate::diagnostics::{Diagnostic, Severity};
use crate::syntax::ast::{self, Declaration};

/// What the passes so far found wrong.
pub(super) struct Suspects<'a> {
    sources: &'a Sources,
    declarations: Vec<(Span, &'a Declaration)>,
    /// Places of declarations with an error.
    wrong: Vec<Span>,
    /// Names that stand for something wrong.
    names: Vec<String>,
}

impl<'a> Suspects<'a> {
    /// Nothing is suspected yet.
    pub(super) fn new(files: &'a [ast::File], sources: &'a Sources) -> Self {
        let declarations = files.iter().flat_map(|f| &f.declarations).map(|d| (place(d), d)).collect();
        Self { sources, declarations, wrong: Vec::new(), names: Vec::new() }
    }

    /// Adds what a pass found to what is told, unless it may follow from what earlier passes found.
    pub(super) fn settle(&mut self, found: Vec<Diagnostic>, told: &mut Vec<Diagnostic>) {
        let new: Vec<Diagnostic> = found.into_iter().filter(|d| !self.follows(d)).collect();
        for problem in new.iter().filter(|p| p.severity() == Severity::Error) {
            let Some(at) = problem.at.as_ref().map(|l| l.span) else { continue };
            if let Some((span, declaration)) = self.around(at) {
                self.wrong.push(span);
                self.names.extend(suspect(declaration, at));
            }
        }
        told.extend(new);
    }

    fn around(&self, at: Span) -> Option<(Span, &'a Declaration)> {
        self.declarations.iter().copied().find(|(s, _)| s.file == at.file && s.start <= at.start && at.end <= s.end)
    }

    fn follows(&self, problem: &Diagnostic) -> bool {
        if self.wrong.is_empty() {
            return false;
        }
        match problem.at.as_ref().and_then(|l| self.around(l.span)) {
            Some((span, _)) => self.wrong.contains(&span) || self.names.iter().any(|n| mentions(self.sources.slice(span), n)),
            None => true,
        }
    }
}

/// The name that a mistake in a declaration makes doubtful; nothing where no other declaration can notice it.
fn suspect(declaration: &Declaration, at: Span) -> Option<String> {
    match declaration {
        Declaration::Evidence(kind) => {
            let inside = |s: Span| s.start <= at.start && at.end <= s.end;
            match kind.fields.iter().find(|f| inside(f.span)) {
                Some(field) => Some(field.name.value.clone()),
                None => inside(kind.name.span).then(|| kind.name.value.clone()),
            }
        }
        Declaration::Instrument(i) => Some(i.id.value.clone()),
        Declaration::Provision(p) => p.id.point.as_ref().map(|point| format!("{}#{}", p.id.instrument.value, point.value)),
        Declaration::Strategic(s) => Some(s.id.value.clone()),
        Declaration::Vocabulary(v) => Some(v.name.value.clone()),
        Declaration::Fact(f) => Some(f.name.value.clone()),
        Declaration::Parameter(p) => Some(p.name.value.clone()),
        Declaration::Define(d) => Some(d.name.value.clone()),
        Declaration::Requirement(r) => Some(r.name.value.clone()),
        Declaration::Equivalence(_) | Declaration::Test(_) => None,
    }
}

fn place(declaration: &Declaration) -> Span {
    match declaration {
        Declaration::Instrument(d) => d.span,
        Declaration::Provision(d) => d.span,
        Declaration::Strategic(d) => d.span,
        Declaration::Vocabulary(d) => d.span,
        Declaration::Fact(d) => d.span,
        Declaration::Evidence(d) => d.span,
        Declaration::Parameter(d) => d.span,
        Declaration::Define(d) => d.span,
        Declaration::Requirement(d) => d.span,
        Declaration::Equivalence(d) => d.span,
        Declaration::Test(d) => d.span,
    }
}

/// Whether a name stands in a text as a word of its own.
fn mentions(text: &str, name: &str) -> bool {
    let of_name = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let after = text.get(at + name.len()..).and_then(|t| t.chars().next());
        !before.is_some_and(of_name) && !after.is_some_and(of_name)
    })
}
