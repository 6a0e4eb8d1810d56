//! Kinds as flat tables: nested records become columns `record.field`, each list becomes a table of its own.

use super::{repeated, scalar};
use crate::diagnostics::Diagnostic;
use crate::library::declare::Declared;
use crate::library::errors;
use crate::library::model::{
    Act, Column, ColumnId, Common, Kind, KindId, Library, List, ListId, Proves, Scalar, Table, TableId, Type, Verb,
};
use crate::syntax::ast::{self, FieldType};

/// Fills `kinds` and `tables`.
pub(super) fn build(declared: &Declared<'_>, library: &mut Library, problems: &mut Vec<Diagnostic>) {
    for (kind, id) in declared.kinds.iter().zip((0u32..).map(KindId)) {
        let columns = Common::ALL.iter().map(|(common, name)| common_column(*common, name, library)).collect();
        library.tables.push(Table { name: kind.name.value.clone(), kind: id, parent: None, columns, lists: Vec::new() });
    }
    for (kind, id) in declared.kinds.iter().zip((0u32..).map(KindId)) {
        for field in &kind.fields {
            if Common::ALL.iter().any(|(_, common)| *common == field.name.value) {
                problems.push(errors::reserved(&field.name, "a field, because every item has one of this name"));
            }
        }
        fields(&kind.fields, &Place { table: TableId(id.0), prefix: "", optional: false }, library, problems);
        let described = describe(kind, TableId(id.0), library, problems);
        library.kinds.push(described);
    }
}

fn common_column(common: Common, name: &str, library: &Library) -> Column {
    let of = match common {
        Common::Id | Common::Title | Common::Marking | Common::Technique => Scalar::Text,
        Common::Issued | Common::Received => Scalar::Date,
        Common::Author | Common::Approver => Scalar::Ref(library.person),
    };
    Column { name: name.to_owned(), doc: None, of, optional: common != Common::Id, span: None }
}

/// Where fields go.
struct Place<'p> {
    table: TableId,
    /// `record.` inside a record.
    prefix: &'p str,
    /// Inside a record that may be missing.
    optional: bool,
}

fn fields(written: &[ast::Field], place: &Place<'_>, library: &mut Library, problems: &mut Vec<Diagnostic>) {
    repeated(written.iter().map(|f| &f.name), "field", problems);
    for field in written {
        let name = format!("{}{}", place.prefix, field.name.value);
        let optional = place.optional || field.optional;
        match &field.of {
            FieldType::Named(of) => {
                let Some(of) = scalar(of, library, problems) else { continue };
                let column = Column { name, doc: field.doc.clone(), of, optional, span: Some(field.span) };
                if let Some(table) = library.tables.get_mut(place.table.0 as usize) {
                    table.columns.push(column);
                }
            }
            FieldType::Record(inner) => {
                let prefix = format!("{name}.");
                fields(inner, &Place { table: place.table, prefix: &prefix, optional }, library, problems);
            }
            FieldType::List(element) => list(field, &element.value, name, &Place { optional, ..*place }, library, problems),
        }
    }
}

fn list(
    field: &ast::Field,
    element: &FieldType,
    name: String,
    place: &Place<'_>,
    library: &mut Library,
    problems: &mut Vec<Diagnostic>,
) {
    let table = TableId(library.tables.len() as u32);
    let owner = library.table(place.table);
    let (kind, id) = (owner.kind, ListId(owner.lists.len() as u32));
    let parent = Some((place.table, id));
    let mut rows = Table { name: format!("{}.{name}", owner.name), kind, parent, columns: Vec::new(), lists: Vec::new() };
    let scalar_rows = match element {
        FieldType::Named(of) => {
            let Some(of) = scalar(of, library, problems) else { return };
            rows.columns.push(Column { name: "value".to_owned(), doc: None, of, optional: false, span: Some(field.span) });
            true
        }
        FieldType::Record(_) => false,
        FieldType::List(_) => {
            let what = format!("the list `{}`", field.name.value);
            let help = "put the inner list into a record: `list of { entries list of text }`";
            problems.push(errors::unsupported_type(field.name.span, &what, help));
            return;
        }
    };
    library.tables.push(rows);
    let entry = List { name, doc: field.doc.clone(), table, scalar: scalar_rows, optional: place.optional, span: field.span };
    if let Some(owner) = library.tables.get_mut(place.table.0 as usize) {
        owner.lists.push(entry);
    }
    if let FieldType::Record(inner) = element {
        fields(inner, &Place { table, prefix: "", optional: false }, library, problems);
    }
}

fn describe(written: &ast::Evidence, table: TableId, library: &Library, problems: &mut Vec<Diagnostic>) -> Kind {
    let proves = match written.proves.as_ref().map(|p| (p, p.value.as_str())) {
        Some((_, "present")) => Proves::Present,
        Some((_, "operating")) => Proves::Operating,
        Some((word, _)) => {
            problems.push(errors::unknown_word("proves", word, &["present", "operating"]));
            Proves::Present
        }
        None if written.name.value == "person" => Proves::Present,
        None => {
            let help = "write `proves present` for documents, `proves operating` for records of use";
            problems.push(errors::missing_line(&written.name, "the evidence kind", "proves", help));
            Proves::Present
        }
    };
    let table = library.table(table);
    Kind {
        name: written.name.value.clone(),
        title: written.title.value.clone(),
        doc: written.doc.clone(),
        proves,
        dated_by: written.dated_by.as_ref().and_then(|f| date_column(f, table, library, problems)),
        lapses_on: written.lapses_on.as_ref().and_then(|f| date_column(f, table, library, problems)),
        acts: written.acts.iter().filter_map(|a| act(a, table, library, problems)).collect(),
        retained: None,
        marking: written.marking.as_ref().and_then(|m| marking(m, library, problems)),
        span: written.span,
    }
}

fn act(written: &ast::ActOf, table: &Table, library: &Library, problems: &mut Vec<Diagnostic>) -> Option<Act> {
    let verb = Verb::ALL.into_iter().find(|v| v.word() == written.verb.value);
    if verb.is_none() {
        problems.push(errors::unknown_word("act", &written.verb, &Verb::ALL.map(Verb::word)));
    }
    let by = column(&written.by, table, problems).and_then(|(id, of)| {
        let person = of == Scalar::Ref(library.person);
        if !person {
            let help = Some("name a field of type `person`: whoever did it".to_owned());
            problems.push(errors::mismatch(written.by.span, "a person", &library.words(Type::Scalar(of)), help));
        }
        person.then_some(id)
    });
    let on = date_column(&written.on, table, library, problems);
    let to = written.to.as_ref().map(|field| match column(field, table, problems)? {
        (id, Scalar::Ref(kind)) => Some((id, kind)),
        (_, of) => {
            let help = Some("name a field that refers to another item: what it was done to".to_owned());
            problems.push(errors::mismatch(field.span, "an item", &library.words(Type::Scalar(of)), help));
            None
        }
    });
    let to = match to {
        Some(found) => Some(found?),
        None => None,
    };
    Some(Act { verb: verb?, to, by: by?, on: on?, span: written.span })
}

/// A default marking: a term of the vocabulary `marking-level`, where the library has one.
fn marking(written: &ast::Name, library: &Library, problems: &mut Vec<Diagnostic>) -> Option<String> {
    let levels = library.vocabularies.iter().find(|v| v.name == "marking-level");
    let known: Vec<&str> = levels.iter().flat_map(|v| &v.terms).map(|t| t.name.as_str()).collect();
    if levels.is_some() && !known.contains(&written.value.as_str()) {
        problems.push(errors::unknown_word("marking", written, &known));
        return None;
    }
    Some(written.value.clone())
}

fn date_column(field: &ast::Name, table: &Table, library: &Library, problems: &mut Vec<Diagnostic>) -> Option<ColumnId> {
    let (id, of) = column(field, table, problems)?;
    if of != Scalar::Date {
        let found = library.words(Type::Scalar(of));
        problems.push(errors::mismatch(field.span, "a date", &found, Some("name a field of type `date`".to_owned())));
        return None;
    }
    Some(id)
}

/// The field of this name and its type.
fn column(field: &ast::Name, table: &Table, problems: &mut Vec<Diagnostic>) -> Option<(ColumnId, Scalar)> {
    let found = table.column(&field.value);
    if found.is_none() {
        let known = table.columns.iter().map(|c| c.name.as_str());
        problems.push(errors::unknown_field(&field.value, field.span, &table.name, known));
    }
    found.and_then(|id| table.columns.get(id.0 as usize).map(|c| (id, c.of)))
}

impl Library {
    /// A type in the words of an author, with its article.
    pub(in crate::library) fn words(&self, of: Type) -> String {
        let scalar = match of {
            Type::Row(table) => return format!("an element of `{}`", self.table(table).name),
            Type::Scalar(scalar) => scalar,
        };
        match scalar {
            Scalar::Bool => "a condition".to_owned(),
            Scalar::Whole => "a whole number".to_owned(),
            Scalar::Decimal => "a decimal number".to_owned(),
            Scalar::Text => "text".to_owned(),
            Scalar::Date => "a date".to_owned(),
            Scalar::Period => "a period".to_owned(),
            Scalar::Interval => "an interval of days".to_owned(),
            Scalar::Percent => "a percentage".to_owned(),
            Scalar::Term(vocabulary) => format!("a term of `{}`", self.vocabulary(vocabulary).name),
            Scalar::Ref(kind) => format!("a reference to `{}`", self.names_of_kind(kind)),
        }
    }

    fn names_of_kind(&self, kind: KindId) -> &str {
        &self.table(TableId(kind.0)).name
    }
}
