//! One thing that was written wrong.

use super::Code;
use crate::base::Span;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The result cannot be trusted; nothing is assessed.
    Error,
    /// Deserves a look; does not stop the run.
    Warning,
}

/// A place and what is to be said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What, in a few words; may be empty.
    pub text: String,
}

/// One diagnostic. Build it in a phase's `errors.rs`, nowhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which one it is.
    pub code: Code,
    /// The sentence that stands alone.
    pub message: String,
    /// Where it is. `None` only when there is no text to point at (a missing folder, say); the message then names the path.
    pub at: Option<Label>,
    /// Other places that matter, such as where a name was declared first.
    pub also: Vec<Label>,
    /// Why it matters.
    pub note: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic at a place.
    #[must_use]
    pub fn new(code: Code, at: Span, message: impl Into<String>) -> Self {
        let at = Some(Label { span: at, text: String::new() });
        Self { code, message: message.into(), at, also: Vec::new(), note: None, help: None }
    }

    /// A diagnostic about something that has no text: the message names it.
    #[must_use]
    pub fn nowhere(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), at: None, also: Vec::new(), note: None, help: None }
    }

    /// Says what stands at the place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        if let Some(at) = &mut self.at {
            at.text = text.into();
        }
        self
    }

    /// Points at another place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.also.push(Label { span, text: text.into() });
        self
    }

    /// Says why it matters.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.note = Some(text.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Says `did you mean` when there is something near.
    #[must_use]
    pub fn did_you_mean(self, near: Option<&str>) -> Self {
        match near {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self,
        }
    }

    /// How bad it is: its code says.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.entry().severity
    }
}
