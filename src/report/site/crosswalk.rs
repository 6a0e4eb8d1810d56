//! The crosswalk: components by instruments, with the number of provisions that lead from one to the other.

use super::{File, Site, address, frame};
use crate::library::links;
use crate::library::model::{InstrumentId, ProvisionId, StrategicId};
use crate::report::markup::Html;

pub(super) fn page(site: &Site<'_>) -> File {
    frame::page(site, address::CROSSWALK, "", "Crosswalk", |h| {
        h.paragraph(
            "How many provisions of each instrument support each component. A provision may support several. A number leads to those provisions. \
             Instruments of which none supports a component are left out.",
        );
        let all: Vec<_> =
            site.library.components().map(|(id, _)| (id, links::provisions_of_strategic(site.library, id))).collect();
        legend(h, site);
        let rows = |h: &mut Html| {
            let of = |id: &ProvisionId, instrument| site.library.provision(*id).key.instrument == instrument;
            let leads = |i: &InstrumentId| all.iter().any(|(_, provisions)| provisions.iter().any(|p| of(p, *i)));
            site.instruments().filter(leads).for_each(|instrument| row(h, site, instrument, &all));
            h.block("tr", &[("class", "sum")], |h| {
                h.row_head(|h| h.text("All instruments"));
                all.iter().for_each(|(_, provisions)| h.cell(|h| h.text(&provisions.len().to_string())));
                h.cell(|h| h.text(&site.library.provisions.len().to_string()));
            });
        };
        h.table_under("Components by instruments", |h| heads(h, site), rows);
    })
}

/// Numbers, which leave room; their meaning stands above and is read aloud.
fn heads(h: &mut Html, site: &Site<'_>) {
    h.column_head(|h| h.text("Instrument"));
    for ((id, component), place) in site.library.components().zip(1..) {
        h.column_head(|h| {
            h.text(&number(site, id, place));
            h.inline("span", &[("class", "unseen")], |h| h.text(&format!(" {}", component.title)));
        });
    }
    h.column_head(|h| h.text("All provisions"));
}

/// A component's number; its place in the list when it has none.
fn number(site: &Site<'_>, id: StrategicId, place: u32) -> String {
    site.library.strategic(id).number.unwrap_or(place).to_string()
}

fn legend(h: &mut Html, site: &Site<'_>) {
    h.heading("h2", "components", "Components");
    h.around("div", &[("class", "columns plain")], |h| {
        h.list(site.library.components().zip(1..), "None is declared.", |h, ((id, component), place)| {
            h.text(&format!("{} ", number(site, id, place)));
            h.link(&site.heading_place(id), &component.title);
        });
    });
    h.heading("h2", "instruments", "Instruments");
}

fn row(h: &mut Html, site: &Site<'_>, instrument: InstrumentId, all: &[(StrategicId, Vec<ProvisionId>)]) {
    h.block("tr", &[], |h| {
        h.row_head(|h| h.link(&site.instrument_page(instrument), &site.library.instrument(instrument).title));
        for (component, provisions) in all {
            let count = provisions.iter().filter(|id| site.library.provision(**id).key.instrument == instrument).count();
            h.cell(|h| match count {
                0 => h.text("–"),
                _ => h.link(&site.law_on_component(*component, instrument), &count.to_string()),
            });
        }
        h.cell(|h| h.text(&site.provisions_of(instrument).count().to_string()));
    });
}
