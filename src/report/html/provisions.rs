//! How every provision of every instrument stands.

use std::collections::BTreeMap;

use super::super::markup::Html;
use super::super::voice::count;
use super::super::{Context, marks};
use super::{Page, classed, folded, marked};
use crate::assess::{Coverage, ProvisionStatus, Verdict};
use crate::library::model::InstrumentId;

/// Draws a table for each instrument.
pub(super) fn render(h: &mut Html, page: &Page<'_>) {
    let ctx = page.ctx;
    h.paragraph("A provision stands as the weakest requirement that discharges it.");
    let mut instruments: BTreeMap<InstrumentId, Vec<&Coverage>> = BTreeMap::new();
    for coverage in &ctx.assessment.provisions {
        instruments.entry(ctx.library.provision(coverage.provision).key.instrument).or_default().push(coverage);
    }
    for (id, all) in &instruments {
        let instrument = ctx.library.instrument(*id);
        let summary = |h: &mut Html| {
            h.inline("h3", &[], |h| h.text(&instrument.citation));
            h.text(" ");
            classed(h, "span", "title", &instrument.title);
            h.text(" ");
            classed(h, "span", "amount", &counted(all));
        };
        folded(h, &[("class", "group")], summary, |h| {
            if let Some(url) = &instrument.url {
                h.block("p", &[("class", "source")], |h| h.outside(url));
            }
            // Two instruments may be cited alike; their names differ.
            h.table(&format!("Provisions: {}", instrument.name), &["Point", "Heading", "How it stands", "Text"], |h| {
                for coverage in all {
                    row(h, ctx, coverage);
                }
            });
        });
    }
}

fn counted(all: &[&Coverage]) -> String {
    let assessed = all.iter().filter(|c| {
        matches!(c.status, ProvisionStatus::Verdict(_) | ProvisionStatus::Equivalent(..) | ProvisionStatus::Withheld)
    });
    format!("{}, {} assessed", count(all.len(), "provision"), assessed.count())
}

fn row(h: &mut Html, ctx: &Context<'_>, coverage: &Coverage) {
    let provision = ctx.library.provision(coverage.provision);
    h.block("tr", &[], |h| {
        h.row_head(|h| h.name(&provision.key.point));
        h.cell(|h| h.text(&provision.title));
        h.cell(|h| stands(h, ctx, coverage.status));
        h.cell(|h| h.text(marks::basis_words(provision.basis)));
    });
}

fn stands(h: &mut Html, ctx: &Context<'_>, status: ProvisionStatus) {
    let verdict = |h: &mut Html, verdict: Verdict| {
        let words = match verdict {
            Verdict::NotMet(reason) => format!("not met ({})", reason.word()),
            other => other.words().to_owned(),
        };
        marked(h, marks::verdict(verdict), &words);
    };
    match status {
        ProvisionStatus::Verdict(v) => verdict(h, v),
        ProvisionStatus::Equivalent(at, v) => {
            verdict(h, v);
            if let Some(through) = ctx.library.equivalences.get(at as usize) {
                h.text(" through ");
                h.name(&through.name);
            }
        }
        ProvisionStatus::NotEncoded => classed(h, "span", "quiet", "not covered by any requirement yet"),
        ProvisionStatus::NoDuty => classed(h, "span", "quiet", "defines or empowers: nothing in it could be unmet"),
        ProvisionStatus::NotBound => classed(h, "span", "quiet", "does not bind this entity"),
        ProvisionStatus::NotInForce => classed(h, "span", "quiet", "not in force on the day"),
        ProvisionStatus::Sealed => classed(h, "span", "quiet", "not public"),
        ProvisionStatus::Withheld => classed(h, "span", "quiet", "assessed; the verdict is withheld"),
    }
}
