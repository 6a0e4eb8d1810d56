//! What stands where in a bundle: the top-level keys of all its files, joined in the order of paths.

use rustc_hash::FxHashSet;

use super::errors::{items as errors, top, values};
use super::tree::{Doc, View};
use crate::base::Span;
use crate::diagnostics::Diagnostic;
use crate::evidence::fields::Fields;
use crate::library::model::KindId;

const TOP: [&str; 12] = [
    "abide",
    "entity",
    "assessment-date",
    "people",
    "evidence",
    "nil-returns",
    "judgements",
    "waivers",
    "derogations",
    "tables",
    "checklist",
    "findings",
];

/// Where an item comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// An item of `evidence` or `people`: the schema has its say.
    Written,
    /// An item of `evidence` or `people` that was read before, and passed its schema.
    Kept,
    /// An item of a test.
    Test,
    /// A row of a table.
    Table,
}

/// An item.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'s> {
    /// Its kind.
    pub(super) kind: KindId,
    /// Its fields.
    pub(super) fields: View<'s>,
    /// Its id.
    pub(super) id: View<'s>,
    /// Where it comes from.
    pub(super) origin: Origin,
}

/// A statement with the name it has in a test.
#[derive(Debug, Clone, Copy)]
pub(super) struct Statement<'s> {
    /// Its fields.
    pub(super) fields: View<'s>,
    /// Its name, when that stands outside its fields.
    pub(super) id: Option<View<'s>>,
}

/// All of a bundle, not yet read in detail.
#[derive(Debug, Default)]
pub(super) struct Gathered<'s> {
    /// `entity`
    pub(super) entity: Option<View<'s>>,
    /// `assessment-date`
    pub(super) assessment_date: Option<View<'s>>,
    /// Items.
    pub(super) items: Vec<Item<'s>>,
    /// `nil-returns`
    pub(super) nil_returns: Vec<Statement<'s>>,
    /// `judgements`
    pub(super) judgements: Vec<Statement<'s>>,
    /// `waivers`
    pub(super) waivers: Vec<Statement<'s>>,
    /// `derogations`
    pub(super) derogations: Vec<Statement<'s>>,
    /// `checklist`
    pub(super) checklist: Vec<Statement<'s>>,
    /// `tables`
    pub(super) tables: Vec<View<'s>>,
    /// Cells of tables that cannot be read, and of which that was told.
    pub(super) unreadable: FxHashSet<Span>,
    /// What is wrong.
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) version: bool,
}

impl<'s> Gathered<'s> {
    /// Joins the keys of files. `all_read`: no file was left out because it is wrong, so what no file says is missing.
    pub(super) fn new(docs: &[Doc<'s>], fields: &Fields<'_>, person: KindId, all_read: bool) -> Self {
        let mut gathered = Self::default();
        for doc in docs {
            if let Some(root) = doc.root() {
                gathered.file(root, fields, person);
            }
        }
        let first = docs.iter().find_map(|d| d.root()).map(|r| start_of(r.span()));
        // A file that could not be read may hold what seems to be missing; an empty one holds nothing.
        if all_read && !gathered.version {
            gathered.diagnostics.push(top::no_version(first));
        }
        if all_read && gathered.entity.is_none() {
            gathered.diagnostics.push(top::no_entity(first));
        }
        gathered
    }

    fn file(&mut self, root: View<'s>, fields: &Fields<'_>, person: KindId) {
        if !root.is_mapping() {
            if !root.is_null() {
                self.diagnostics.push(errors::not_an_item(root, "a file of a bundle"));
            }
            return;
        }
        for (key, value) in root.pairs() {
            match key.text().unwrap_or("") {
                "abide" => {
                    self.version = true;
                    if !(value.is_plain() && value.text() == Some("1")) {
                        self.diagnostics.push(top::version(value));
                    }
                }
                "entity" => match self.entity {
                    Some(first) => self.diagnostics.push(top::second_entity(key.span(), start_of(first.span()))),
                    None => self.entity = Some(value),
                },
                "assessment-date" => match self.assessment_date {
                    Some(first) if first.text() != value.text() => {
                        self.diagnostics.push(top::stated_twice(value.span(), "assessment-date", first.span()));
                    }
                    _ => self.assessment_date = Some(value),
                },
                "people" => self.each(key, value, |g, person_item| g.item(person_item, Some(person), fields)),
                "evidence" => self.each(key, value, |g, item| g.item(item, None, fields)),
                "nil-returns" => self.each(key, value, |g, fields| g.nil_returns.push(Statement { fields, id: None })),
                "judgements" => self.each(key, value, |g, fields| g.judgements.push(Statement { fields, id: None })),
                "waivers" => self.each(key, value, |g, fields| g.waivers.push(Statement { fields, id: None })),
                "derogations" => self.each(key, value, |g, fields| g.derogations.push(Statement { fields, id: None })),
                "checklist" => self.each(key, value, |g, fields| g.checklist.push(Statement { fields, id: None })),
                "tables" => self.each(key, value, |g, table| g.tables.push(table)),
                // What inspectors found is a record of its own, which is read by `findings`: it is no evidence of the entity's.
                "findings" => {}
                _ if key.text().is_some() => self.diagnostics.push(errors::no_such_key(key, "a bundle", &TOP)),
                _ => {}
            }
        }
    }

    /// Every record of a list.
    fn each(&mut self, key: View<'s>, value: View<'s>, mut take: impl FnMut(&mut Self, View<'s>)) {
        let name = key.text().unwrap_or("");
        if value.is_null() {
            return;
        }
        if !value.is_sequence() {
            self.diagnostics.push(values::not_a_list(value, name));
            return;
        }
        for element in value.elements() {
            if element.is_mapping() {
                take(self, element);
            } else {
                self.diagnostics.push(errors::not_an_item(element, &format!("an element of `{name}`")));
            }
        }
    }

    fn item(&mut self, item: View<'s>, kind: Option<KindId>, fields: &Fields<'_>) {
        let kind = match (item.get("kind").filter(|k| !k.is_null()), kind) {
            (None, Some(kind)) => Some(kind),
            (None, None) => {
                self.diagnostics.push(errors::missing_key(super::convert::item::first_line(item), "kind", "an item of evidence"));
                None
            }
            (Some(written), fixed) => match written.text().and_then(|t| fields.kinds.get(t)).copied() {
                Some(kind) if fixed.is_none_or(|f| f == kind) => Some(kind),
                Some(_) => {
                    self.diagnostics.push(values::not_one_of(written, "kind", &["person"]));
                    None
                }
                None => {
                    self.diagnostics.push(errors::no_such_kind(written, &fields.kind_names()));
                    None
                }
            },
        };
        let Some(id) = item.get("id").filter(|i| !i.is_null()) else {
            self.diagnostics.push(errors::missing_key(super::convert::item::first_line(item), "id", "an item of evidence"));
            return;
        };
        if let Some(kind) = kind {
            self.items.push(Item { kind, fields: item, id, origin: Origin::Written });
        }
    }
}

/// The first byte of a place, as a place to point at something missing.
fn start_of(span: Span) -> Span {
    Span::new(span.file, span.start, span.start)
}

/// The values of fixed keys of a record; other keys are refused. What is `null` is not stated.
pub(super) fn fixed<'s, const N: usize>(
    record: View<'s>,
    known: [&str; N],
    place: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> [Option<View<'s>>; N] {
    let mut found = [None; N];
    for (key, value) in record.pairs() {
        match key.text().and_then(|k| known.iter().position(|n| *n == k)) {
            Some(at) if value.is_null() => found[at] = None,
            Some(at) => found[at] = found[at].or(Some(value)),
            None if key.text().is_some() => diagnostics.push(errors::no_such_key(key, place, &known)),
            None => {}
        }
    }
    found
}
