//! Kinds of evidence: the page of all, and a page for each with its fields.

use super::{File, Site, address, frame};
use crate::library::model::{ColumnId, Common, KindId, Proves, TableId};
use crate::library::words::level;
use crate::report::markup::Html;

pub(super) fn index(site: &Site<'_>) -> File {
    frame::page(site, address::EVIDENCE, "", "Evidence", |h| {
        h.paragraph("What an entity files, by kind. Evidence alone shows that something is present or operating, never that it is suitable or effective.");
        h.heading("h2", "kinds", "Kinds");
        h.table("Kinds of evidence", &["Kind", "Name", "Shows at most", "Requirements that read it"], |h| {
            for id in site.kinds() {
                let kind = site.library.kind(id);
                h.block("tr", &[], |h| {
                    h.row_head(|h| site.kind(h, id));
                    h.cell(|h| h.name(&kind.name));
                    h.cell(|h| h.text(proves(kind.proves)));
                    h.cell(|h| h.text(&site.readers(id).len().to_string()));
                });
            }
        });
        h.heading("h2", "common", "Fields that every item has");
        // Every kind begins with them; without a kind there is nothing to show.
        let columns = site.library.tables.first().map(|t| t.columns.as_slice()).unwrap_or_default();
        h.table("Fields that every item has", &["Field", "Type", "May be missing"], |h| {
            for (column, (common, name)) in columns.iter().zip(Common::ALL) {
                h.block("tr", &[], |h| {
                    h.row_head(|h| h.name(name));
                    h.cell(|h| site.scalar(h, column.of));
                    h.cell(|h| h.text(yes(common != Common::Id)));
                });
            }
        });
    })
}

pub(super) fn page(site: &Site<'_>, id: KindId) -> File {
    let library = site.library;
    let kind = library.kind(id);
    frame::page(site, &site.kind_page(id).page, "Kind of evidence", &kind.title, |h| {
        h.paragraph(kind.doc.as_deref().unwrap_or_default());
        let columns = &library.table_of(id).columns;
        let column = |id: Option<ColumnId>| id.map(|id| columns[id.0 as usize].name.as_str()).unwrap_or_default();
        h.fields(|h| {
            h.field("Name", |h| h.name(&kind.name));
            h.field_text("Shows at most", proves(kind.proves));
            h.field_text("Dated by", column(kind.dated_by));
            h.field_text("Lapses on", column(kind.lapses_on));
            for act in &kind.acts {
                let name = |id| column(Some(id));
                let to = act.to.map_or_else(String::new, |(column, _)| format!(" {}", name(column)));
                h.field_text("Act", &format!("{}{to} by {} on {}", act.verb.word(), name(act.by), name(act.on)));
            }
            if let Some((text, by)) = &kind.retained {
                h.field("Kept", |h| {
                    h.text(&format!("{text}, by "));
                    site.provision(h, *by);
                });
            }
            h.field_text("Marking", kind.marking.as_deref().unwrap_or_default());
        });
        h.heading("h2", "fields", "Fields");
        let own = columns.len() > Common::ALL.len() || !library.table_of(id).lists.is_empty();
        if own {
            h.table("Fields", &["Field", "Type", "May be missing", "What it says"], |h| {
                fields(h, site, TableId(id.0), "", Common::ALL.len());
            });
        }
        h.block("p", &[], |h| {
            h.text(if own { "Besides these, it has the " } else { "It has the " });
            h.link(&address::Address::at(address::EVIDENCE, "common"), "fields that every item has");
            h.text(".");
        });
        h.heading("h2", "read-by", "Read by");
        read_by(h, site, id);
    })
}

/// The columns and lists of a table. Those of a list's elements follow it, with its name before theirs.
fn fields(h: &mut Html, site: &Site<'_>, table: TableId, before: &str, skip: usize) {
    let table = site.library.table(table);
    for column in table.columns.iter().skip(skip) {
        h.block("tr", &[], |h| {
            h.row_head(|h| h.name(&format!("{before}{}", column.name)));
            h.cell(|h| site.scalar(h, column.of));
            h.cell(|h| h.text(yes(column.optional)));
            h.cell(|h| h.text(column.doc.as_deref().unwrap_or_default()));
        });
    }
    for list in &table.lists {
        let name = format!("{before}{}", list.name);
        h.block("tr", &[], |h| {
            h.row_head(|h| h.name(&name));
            h.cell(|h| {
                h.text("list of ");
                match site.library.table(list.table).columns.first().filter(|_| list.scalar) {
                    Some(column) => site.scalar(h, column.of),
                    None => h.text("records"),
                }
            });
            h.cell(|h| h.text(yes(list.optional)));
            h.cell(|h| h.text(list.doc.as_deref().unwrap_or_default()));
        });
        if !list.scalar {
            fields(h, site, list.table, &format!("{name} › "), 0);
        }
    }
}

/// The requirements that read a kind, up to the components and provisions.
fn read_by(h: &mut Html, site: &Site<'_>, id: KindId) {
    let readers = site.readers(id);
    if readers.is_empty() {
        h.paragraph("No requirement.");
        return;
    }
    h.table("Requirements that read it", &["Requirement", "Component", "Provisions"], |h| {
        for id in readers {
            let requirement = site.library.requirement(id);
            h.block("tr", &[], |h| {
                h.row_head(|h| site.requirement(h, id));
                h.cell(|h| {
                    h.commas(site.components_of(requirement), |h, component| {
                        site.heading(h, component);
                        for shown in requirement.shows.iter().filter(|s| s.component == component) {
                            h.text(&format!(" ({})", level(shown.level)));
                        }
                    });
                });
                h.cell(|h| {
                    h.commas(&requirement.discharges, |h, id| {
                        h.link(&site.provision_place(*id), &site.library.provision(*id).name);
                    });
                });
            });
        }
    });
}

const fn proves(proves: Proves) -> &'static str {
    match proves {
        Proves::Present => "present",
        Proves::Operating => "operating",
    }
}

const fn yes(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}
