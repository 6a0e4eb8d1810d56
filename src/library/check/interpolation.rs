//! `{path}` in `otherwise` and `remedy`.

use super::path::Found;
use super::{Checker, Target};
use crate::base::Span;
use crate::library::errors;
use crate::library::model::{Expr, ExprKind, Part, TextPart, Type};
use crate::syntax::ast::{Name, Text};

impl Checker<'_, '_> {
    /// A text in pieces. Every variable of the clause may be named; of two with one name, the outer one is meant.
    pub(in crate::library) fn text_parts(&mut self, text: Option<&Text>) -> Vec<TextPart> {
        let Some(text) = text else { return Vec::new() };
        let outside = std::mem::replace(&mut self.scope, self.seen.iter().rev().cloned().collect());
        let mut parts = Vec::new();
        let mut rest = text.value.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let Some((path, after)) = after.split_once('}') else { break };
            if !before.is_empty() {
                parts.push(TextPart::Plain(before.to_owned()));
            }
            rest = after;
            let at = self.place(text, path);
            if let Some(value) = self.part(path, at) {
                parts.push(TextPart::Path(Part { text: path.to_owned(), value }));
            }
        }
        if !rest.is_empty() {
            parts.push(TextPart::Plain(rest.to_owned()));
        }
        for bound in std::mem::replace(&mut self.scope, outside) {
            if let (true, Target::Row { var, .. } | Target::Element { var, .. }) = (bound.used, &bound.to) {
                self.idle.retain(|(idle, ..)| idle != var);
            }
        }
        parts
    }

    /// Where the braces stand in the file.
    fn place(&self, text: &Text, path: &str) -> Span {
        let written = self.library.sources.slice(text.span);
        match written.find(&format!("{{{path}}}")) {
            Some(offset) => {
                let start = text.span.start + offset as u32;
                Span::new(text.span.file, start, start + path.len() as u32 + 2)
            }
            None => text.span,
        }
    }

    fn part(&mut self, path: &str, at: Span) -> Option<Expr> {
        let mut names = path.trim().split('.').map(|n| Name::new(n.to_owned(), at));
        let first = names.next()?;
        let fields: Vec<Name> = names.collect();
        let before = self.problems.len();
        let found = self.resolve(&first, &fields, at, None);
        let why = match found {
            Some(Found::Value(value)) => return Some(value),
            Some(Found::Row(var, table)) => return Some(Expr { kind: ExprKind::Item(var), of: Type::Row(table), span: at }),
            Some(Found::List(_)) => "this is a list".to_owned(),
            None => {
                let said = self.problems.get(before).map(|p| p.message.clone());
                self.problems.truncate(before);
                said.unwrap_or_else(|| "not known here".to_owned())
            }
        };
        let problem = errors::text_out_of_scope(path, at, &why, self.names_in_scope());
        self.problems.push(problem);
        None
    }
}
