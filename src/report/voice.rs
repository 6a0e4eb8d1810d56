//! How values, fields and items are called. Everything that leaves here is safe to print.

use crate::assess::{Assessment, From, Shown};
use crate::base::Span;
use crate::diagnostics::render::clean;
use crate::evidence::{At, Bundle, DANGLING, FieldAt};
use crate::library::model::{
    Aggregate, ColumnId, Common, InstrumentId, KindId, Library, ProvisionId, Scalar, TableId, TextId, Value,
};

use super::place;

/// The rules and the evidence, for calling things by name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Voice<'a> {
    pub(super) library: &'a Library,
    pub(super) bundle: &'a Bundle,
    pub(super) assessment: &'a Assessment,
}

impl<'a> Voice<'a> {
    /// A value as its author would write it.
    pub(super) fn value(self, of: Scalar, value: Value) -> String {
        match value {
            Value::Bool(yes) => if yes { "yes" } else { "no" }.to_owned(),
            Value::Whole(n) => n.to_string(),
            Value::Decimal(d) => d.normalize().to_string(),
            Value::Text(id) => format!("\"{}\"", short(&clean::line(self.pool(id)), 80)),
            Value::Date(d) => d.to_string(),
            Value::Period(p) => p.to_string(),
            Value::Interval(i) => i.to_string(),
            Value::Percent(p) => p.to_string(),
            Value::Term(n) => self.term(of, n, false),
        }
    }

    /// A value in the middle of an author's sentence: text without quotes, terms by their title.
    pub(super) fn plain(self, of: Scalar, value: Value) -> String {
        match value {
            Value::Text(id) => clean::line(self.pool(id)).into_owned(),
            Value::Term(n) => self.term(of, n, true),
            Value::Bool(_)
            | Value::Whole(_)
            | Value::Decimal(_)
            | Value::Date(_)
            | Value::Period(_)
            | Value::Interval(_)
            | Value::Percent(_) => self.value(of, value),
        }
    }

    fn pool(self, id: TextId) -> &'a str {
        let at = id.0 as usize;
        self.bundle.pool.texts.get(at).or_else(|| self.library.texts.get(at).map(String::as_str)).unwrap_or("")
    }

    fn term(self, of: Scalar, n: u32, titled: bool) -> String {
        let Scalar::Term(vocabulary) = of else { return n.to_string() };
        let term = self.library.vocabularies.get(vocabulary.0 as usize).and_then(|v| v.terms.get(n as usize));
        term.map_or_else(|| n.to_string(), |t| clean::line(if titled { &t.title } else { &t.name }).into_owned())
    }

    /// The cell of a field and its type.
    pub(super) fn cell(self, table: TableId, row: u32, column: ColumnId) -> Option<(Scalar, i64)> {
        let of = self.library.tables.get(table.0 as usize)?.columns.get(column.0 as usize)?.of;
        let cell = self.bundle.tables.get(table.0 as usize)?.columns.get(column.0 as usize)?.get(row as usize)?;
        Some((of, *cell))
    }

    /// What a cell says; an item by its name.
    pub(super) fn cell_text(self, of: Scalar, cell: i64, plain: bool) -> Option<String> {
        if let Scalar::Ref(kind) = of {
            let row = u32::try_from(cell).ok()?;
            return Some(self.brief(At { table: TableId(kind.0), row, field: None }));
        }
        let value = self.bundle.value(of, cell)?;
        Some(if plain { self.plain(of, value) } else { self.value(of, value) })
    }

    fn named(self, at: At, name: &str) -> Option<String> {
        let column = self.library.tables.get(at.table.0 as usize)?.column(name)?;
        let (of, cell) = self.cell(at.table, at.row, column)?;
        if of != Scalar::Text {
            return None;
        }
        self.cell_text(of, cell, true).filter(|t| !t.is_empty())
    }

    /// The id of an item as written; empty when there is none.
    pub(super) fn raw_id(self, kind: KindId, row: u32) -> &'a str {
        let cell = self.cell(TableId(kind.0), row, Common::Id.column()).map(|(_, cell)| cell);
        let text = cell.and_then(|c| usize::try_from(c).ok()).and_then(|i| self.bundle.pool.texts.get(i));
        text.unwrap_or("")
    }

    /// The item a row belongs to.
    pub(super) fn owner(self, at: At) -> (KindId, u32) {
        self.bundle.item_of(&self.library.tables, at.table, at.row)
    }

    fn is_list(self, table: TableId) -> bool {
        table.0 as usize >= self.library.kinds.len()
    }

    /// A short name for an item: `Jo Smith (p-045)`, or its id alone.
    pub(super) fn brief(self, at: At) -> String {
        if self.is_list(at.table) {
            return self.element(at);
        }
        let id = clean::line(self.raw_id(KindId(at.table.0), at.row)).into_owned();
        match self.title(at) {
            Some(title) if title != id => format!("{} ({id})", short(&title, 60)),
            Some(_) | None => id,
        }
    }

    /// Its title, or its name.
    pub(super) fn title(self, at: At) -> Option<String> {
        self.named(at, "title").or_else(|| self.named(at, "name"))
    }

    /// An item with its kind: `training record T-7 (Awareness)`.
    pub(super) fn item(self, at: At) -> String {
        if self.is_list(at.table) {
            return self.element(at);
        }
        let id = clean::line(self.raw_id(KindId(at.table.0), at.row)).into_owned();
        let noun = self.noun(at.table, 1);
        match self.title(at) {
            Some(title) if title != id => format!("{noun} {id} ({})", short(&title, 60)),
            Some(_) | None => format!("{noun} {id}"),
        }
    }

    /// An element of a list: `activity a-3 of quality plan QP-1`.
    fn element(self, at: At) -> String {
        let noun = self.noun(at.table, 1);
        let (kind, row) = self.owner(at);
        let owner = format!("{} {}", self.noun(TableId(kind.0), 1), clean::line(self.raw_id(kind, row)));
        let name = ["id", "title", "name", "summary", "value"].iter().find_map(|n| self.named(at, n));
        match name {
            Some(name) => format!("{noun} {} of {owner}", short(&name, 60)),
            None => format!("{noun} number {} of {owner}", self.position(at) + 1),
        }
    }

    /// The position of an element in its list.
    pub(super) fn position(self, at: At) -> u32 {
        let parents = self.bundle.tables.get(at.table.0 as usize).map_or(&[][..], |t| &t.parents);
        let Some(parent) = parents.get(at.row as usize) else { return 0 };
        at.row - parents.partition_point(|p| p < parent) as u32
    }

    /// The path of a field from its item, as a bundle writes it: `activities[2].planned`.
    pub(super) fn path(self, at: At) -> Option<String> {
        let field = at.field.and_then(|f| place::field_name(self.library, at, f));
        let parent = self.library.tables.get(at.table.0 as usize).and_then(|t| t.parent);
        let Some((table, list)) = parent else { return field.map(str::to_owned) };
        let row = *self.bundle.tables.get(at.table.0 as usize)?.parents.get(at.row as usize)?;
        let outer = self.path(At { table, row, field: Some(FieldAt::List(list)) })?;
        let here = format!("{outer}[{}]", self.position(at));
        let scalar =
            self.library.tables.get(table.0 as usize).and_then(|t| t.lists.get(list.0 as usize)).is_some_and(|l| l.scalar);
        Some(match field {
            Some(field) if !scalar => format!("{here}.{field}"),
            Some(_) | None => here,
        })
    }

    /// A field: `` `completed` of training record T-7 ``.
    pub(super) fn field(self, at: At) -> String {
        match at.field.and_then(|f| place::field_name(self.library, at, f)) {
            Some(name) => format!("`{name}` of {}", self.item(At { field: None, ..at })),
            None => self.item(at),
        }
    }

    /// What rows of a table are called, one or many.
    pub(super) fn noun(self, table: TableId, count: u32) -> String {
        let Some(shape) = self.library.tables.get(table.0 as usize) else { return "item".to_owned() };
        if self.is_list(table) {
            let many = shape.name.rsplit('.').next().unwrap_or("elements").replace('-', " ");
            return if count == 1 { singular(&many) } else { many };
        }
        let one = shape.name.replace('-', " ");
        if count == 1 { one } else { plural(&one) }
    }

    /// Where a shown value comes from, as the subject of a sentence; `None` for a bare value of the rule.
    pub(super) fn subject(self, shown: &Shown) -> Option<String> {
        match shown.from {
            From::Rule | From::Computed(_) => None,
            From::Field(at) => Some(self.field(at)),
            From::Item(at) => Some(self.item(at)),
            From::Fact(fact) => Some(
                self.library
                    .facts
                    .get(fact.0 as usize)
                    .map_or_else(|| "a fact".to_owned(), |f| format!("`{}` of the entity", f.name)),
            ),
            From::Entity => Some("the entity".to_owned()),
            From::Assessment => Some("the assessment date".to_owned()),
            From::Parameter(p) => self.library.parameters.get(p.0 as usize).map(|p| format!("`{}`", p.name)),
            From::Aggregate(of, table, count) => Some(match of {
                Aggregate::Count => format!("the number of {}", self.noun(table, 2)),
                Aggregate::Sum => format!("the sum over {} {}", count, self.noun(table, count)),
                Aggregate::Least => format!("the least of {} {}", count, self.noun(table, count)),
                Aggregate::Greatest => format!("the greatest of {} {}", count, self.noun(table, count)),
                Aggregate::LongestGap => format!("the longest gap between {}", self.noun(table, 2)),
            }),
        }
    }

    /// What a shown value is: the value, or the item; `None` when it is not stated.
    pub(super) fn shown(self, shown: &Shown) -> Option<String> {
        if let Some(value) = shown.value {
            return Some(self.value(shown.of, value));
        }
        match shown.from {
            From::Item(at) => Some(self.item(at)),
            From::Field(at) => match (at.field, shown.of) {
                (Some(FieldAt::Column(column)), Scalar::Ref(_)) => {
                    self.cell(at.table, at.row, column).and_then(|(of, cell)| self.cell_text(of, cell, false))
                }
                _ => None,
            },
            From::Rule
            | From::Fact(_)
            | From::Entity
            | From::Assessment
            | From::Parameter(_)
            | From::Aggregate(..)
            | From::Computed(_) => None,
        }
    }

    /// Whether a field holds a reference that leads nowhere.
    pub(super) fn dangling(self, at: At) -> bool {
        let Some(FieldAt::Column(column)) = at.field else { return false };
        self.cell(at.table, at.row, column).is_some_and(|(_, cell)| cell == DANGLING)
    }

    /// `file:line:column` of a place in the evidence.
    pub(super) fn where_is(self, at: At) -> Option<String> {
        place::place(self.library, self.bundle, at).map(|span| self.describe(span))
    }

    /// `file:line:column` of a span of the evidence.
    pub(super) fn describe(self, span: Span) -> String {
        clean::line(&self.bundle.sources.describe(span)).into_owned()
    }

    /// What a role is called: its title where some vocabulary has it.
    pub(super) fn role(self, name: &str) -> String {
        let term = self.library.vocabularies.iter().flat_map(|v| &v.terms).find(|t| t.name == name);
        term.map_or_else(|| clean::line(name).replace('-', " "), |t| clean::line(&t.title).into_owned())
    }

    /// How a provision is cited: `Regulation (EC) 300/2008, art12.1`.
    pub(super) fn citation(self, id: ProvisionId) -> String {
        let Some(provision) = self.library.provisions.get(id.0 as usize) else { return String::new() };
        let InstrumentId(instrument) = provision.key.instrument;
        let cited = self.library.instruments.get(instrument as usize).map_or(provision.name.as_str(), |i| i.citation.as_str());
        format!("{}, {}", clean::line(cited), clean::line(&provision.key.point))
    }
}

/// The text, cut to so many characters.
pub(super) fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most.saturating_sub(3)).collect();
    format!("{}...", cut.trim_end())
}

/// English plural of a noun phrase.
pub(super) fn plural(one: &str) -> String {
    if let Some(stem) = one.strip_suffix("person") {
        return format!("{stem}people");
    }
    if let Some(stem) = one.strip_suffix("sis") {
        return format!("{stem}ses");
    }
    if let Some(stem) = one.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'i', 'o', 'u'])) {
        return format!("{stem}ies");
    }
    if one.ends_with('s') && !one.ends_with("ss") && !one.ends_with("us") {
        return one.to_owned();
    }
    if one.ends_with(['s', 'x']) || one.ends_with("ch") || one.ends_with("sh") {
        return format!("{one}es");
    }
    format!("{one}s")
}

fn singular(many: &str) -> String {
    match many.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => many.strip_suffix('s').unwrap_or(many).to_owned(),
    }
}

/// `1 gap`, `2 gaps`.
pub(super) fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {}", plural(one)) }
}
