//! What every library has without declaring it: the vocabulary `sems`, and a bare kind `person` where none is declared.

use crate::base::{FileId, Span, Spanned};
use crate::syntax::ast;

/// Declarations that stand in no file.
pub(in crate::library) struct BuiltIn {
    pub(super) sems: ast::Vocabulary,
    pub(super) person: ast::Evidence,
}

const NOWHERE: Span = Span::new(FileId(u32::MAX), 0, 0);

fn text(text: &str) -> Spanned<String> {
    Spanned::new(text.to_owned(), NOWHERE)
}

impl BuiltIn {
    pub(in crate::library) fn new() -> Self {
        let term = |name: &str, title: &str| ast::Term { doc: None, name: text(name), title: Some(text(title)), span: NOWHERE };
        let terms = vec![term("framework", "UK SeMS framework"), term("in-principle", "SeMS in principle")];
        let doc = Some("How the entity works with a security management system.".to_owned());
        Self {
            sems: ast::Vocabulary { doc, name: text("sems"), ordered: false, terms, span: NOWHERE },
            person: ast::Evidence {
                doc: Some("A person that other items refer to.".to_owned()),
                name: text("person"),
                title: text("Person"),
                fields: Vec::new(),
                proves: Some(text("present")),
                dated_by: None,
                lapses_on: None,
                acts: Vec::new(),
                retained: None,
                marking: None,
                span: NOWHERE,
            },
        }
    }
}
