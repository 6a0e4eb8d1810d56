//! An item with the right fields: those that are needed as visible blanks, which the reader asks for; those that may be missing as comments.

use super::of;
use crate::library::Library;
use crate::library::model::{Common, KindId, Table, TableId};

/// Where the explanation of a field begins.
const MARGIN: usize = 30;

/// An item of a kind, as an element of a list that is indented by `indent`. Every line ends with a line break. People stand in a list of their own,
/// and then without their kind.
#[must_use]
pub fn item(library: &Library, kind: KindId, id: &str, indent: usize, names_kind: bool) -> String {
    let definition = library.kind(kind);
    let mut lines = Lines { out: String::new(), indent: " ".repeat(indent + 2) };
    lines.out.push_str(&line(&format!("{}- id: {id}", " ".repeat(indent)), "your own reference; no other item may have it"));
    if names_kind {
        lines.field("kind", &definition.name, &definition.title.to_lowercase());
    }
    lines.field("title", "", "what reports call it");
    if kind != library.person {
        lines.maybe("issued", "the day on the paper");
        lines.maybe("received", "the day it reached your file");
        lines.maybe("author", "the id of a person in people.yaml");
        lines.maybe("approver", "the id of a person in people.yaml");
        lines.maybe("marking", "public, official, official-sensitive or secret: who may see it");
        lines.maybe("attachments", "[{ file: attachments/NAME.pdf }], a file beside the bundle");
    }
    fields(library, library.table_of(kind), Common::ALL.len(), &mut lines);
    lines.out
}

struct Lines {
    out: String,
    indent: String,
}

impl Lines {
    fn field(&mut self, name: &str, value: &str, said: &str) {
        let gap = if value.is_empty() { "" } else { " " };
        self.out.push_str(&line(&format!("{}{name}:{gap}{value}", self.indent), said));
    }

    /// A field that may be missing.
    fn maybe(&mut self, name: &str, said: &str) {
        self.out.push_str(&line(&format!("{}# {name}:", self.indent), said));
    }

    /// A line of an example that nobody has to follow.
    fn example(&mut self, text: &str, said: &str) {
        self.out.push_str(&line(&format!("{}#   {text}", self.indent), said));
    }
}

fn line(text: &str, said: &str) -> String {
    let said = crate::diagnostics::render::clean::line(said);
    let gap = MARGIN.saturating_sub(text.chars().count()).max(2);
    format!("{text}{}# {said}\n", " ".repeat(gap))
}

/// The fields of a kind after the common ones. Fields of a record stand together below its name.
fn fields(library: &Library, table: &Table, skip: usize, lines: &mut Lines) {
    let mut record = String::new();
    for column in table.columns.iter().skip(skip) {
        let said = explained(library, column.of, column.doc.as_deref());
        match column.name.rsplit_once('.') {
            Some((outer, inner)) => {
                if record != outer {
                    outer.clone_into(&mut record);
                    lines.maybe(outer, "belongs together:");
                }
                let needed = if column.optional { "" } else { "needed with it: " };
                lines.example(&format!("{inner}:"), &format!("{needed}{said}"));
            }
            None if column.optional => lines.maybe(&column.name, &said),
            None => lines.field(&column.name, "", &format!("NEEDED: {said}")),
        }
    }
    for list in &table.lists {
        let needed = if list.optional { "" } else { "NEEDED: " };
        let doc = list.doc.as_deref().map(|d| format!(". {}", d.trim())).unwrap_or_default();
        let inner = library.table(list.table);
        if list.scalar {
            let each = inner.columns.first().map_or_else(String::new, |c| of(library, c.of));
            lines.maybe(&list.name, &format!("{needed}[a, b], each {each}; [] says that there are none{doc}"));
        } else {
            lines.maybe(&list.name, &format!("{needed}a list; [] says that there are none{doc}"));
            elements(library, list.table, lines);
        }
    }
}

/// The fields of one element of a list.
fn elements(library: &Library, table: TableId, lines: &mut Lines) {
    let shape = library.table(table);
    let mut dash = "- ";
    for column in &shape.columns {
        let mark = if column.optional { "" } else { "needed: " };
        lines.example(
            &format!("{dash}{}:", column.name),
            &format!("{mark}{}", explained(library, column.of, column.doc.as_deref())),
        );
        dash = "  ";
    }
    for list in &shape.lists {
        lines.example(&format!("{dash}{}:", list.name), "a list of its own");
        dash = "  ";
    }
}

fn explained(library: &Library, scalar: crate::library::model::Scalar, doc: Option<&str>) -> String {
    let doc = doc.map(|d| format!(". {}", d.trim())).unwrap_or_default();
    format!("{}{doc}", of(library, scalar))
}
