//! An evidence kind and its fields.

use crate::cli::page::Page;
use crate::library::model::{ColumnId, Common, KindId, Proves, TableId};
use crate::library::words::scalar;
use crate::library::{Library, links};

pub(super) fn kind(page: &mut Page, library: &Library, id: KindId) {
    let kind = library.kind(id);
    page.title("evidence", &kind.name, &kind.title);
    page.field("note", kind.doc.as_deref().unwrap_or_default());
    page.field(
        "proves",
        match kind.proves {
            Proves::Present => "at most that something is present",
            Proves::Operating => "at most that something is operating",
        },
    );
    let columns = &library.table_of(id).columns;
    let column = |id: Option<ColumnId>| id.map(|id| columns[id.0 as usize].name.as_str()).unwrap_or_default();
    page.field("dated by", column(kind.dated_by));
    page.field("lapses on", column(kind.lapses_on));
    for act in &kind.acts {
        let name = |id: ColumnId| columns[id.0 as usize].name.as_str();
        let to = act.to.map_or_else(String::new, |(column, _)| format!(" {}", name(column)));
        page.field("act", &format!("{}{to} by {} on {}", act.verb.word(), name(act.by), name(act.on)));
    }
    if let Some((text, by)) = &kind.retained {
        page.field("kept", &format!("{text} ({})", library.provision(*by).name));
    }
    page.field("marking", kind.marking.as_deref().unwrap_or_default());
    page.heading("Fields");
    fields(page, library, TableId(id.0), 0, Common::ALL.len());
    page.heading("Fields that every item has");
    for (common, name) in Common::ALL {
        let of = &library.table_of(id).columns[common.column().0 as usize];
        page.item(0, &format!("{name}{}", if common == Common::Id { "" } else { "?" }), &scalar(library, of.of));
    }
    page.heading("Read by");
    let readers = links::requirements_of_kind(library, id);
    if readers.is_empty() {
        page.paragraph("no requirement", 2);
    }
    for requirement in readers.into_iter().map(|id| library.requirement(id)) {
        page.item(0, &requirement.name, &requirement.title);
    }
}

/// The columns and lists of a table, lists with their own fields below them.
fn fields(page: &mut Page, library: &Library, table: TableId, depth: usize, skip: usize) {
    let table = library.table(table);
    let said = |doc: &Option<String>| doc.as_ref().map(|d| format!(": {d}")).unwrap_or_default();
    let mark = |optional: bool| if optional { "?" } else { "" };
    for column in table.columns.iter().skip(skip) {
        let text = format!("{}{}", scalar(library, column.of), said(&column.doc));
        page.item(depth, &format!("{}{}", column.name, mark(column.optional)), &text);
    }
    for list in &table.lists {
        let name = format!("{}{}", list.name, mark(list.optional));
        if list.scalar {
            let of = library.table(list.table).columns.first().map(|c| scalar(library, c.of)).unwrap_or_default();
            page.item(depth, &name, &format!("list of {of}{}", said(&list.doc)));
        } else {
            page.item(depth, &name, &format!("list of{}", said(&list.doc)));
            fields(page, library, list.table, depth + 1, 0);
        }
    }
}
