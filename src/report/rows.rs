//! One requirement as a row of a table: what CSV and workbooks put into cells, worked out once. Cells are plain text; each format makes them
//! safe in its own way.

use super::explain::{Part, cited, parts, sentence};
use super::terminal::full_stop;
use super::{Context, detail, marks, summary};
use crate::assess::{Outcome, Reason, Verdict};
use crate::diagnostics::render::clean;
use crate::library::model::{ProvisionId, Requirement, TableId};
use crate::library::{links, words};

/// How many places in the evidence one cell names.
const PLACES: usize = 6;

/// One requirement.
pub(super) struct Row<'a> {
    pub(super) requirement: &'a Requirement,
    pub(super) verdict: Verdict,
    /// Why it is what it is, in one sentence; of what is met, nothing.
    pub(super) why: String,
    /// What to do, each once.
    pub(super) to_do: Vec<String>,
    /// Places in the evidence that decide, as `file:line:column`.
    pub(super) places: Vec<String>,
    /// The provisions to cite.
    pub(super) cited: Vec<ProvisionId>,
    basis: &'static str,
}

/// The row of an outcome.
pub(super) fn row<'a>(ctx: &Context<'a>, outcome: &Outcome) -> Row<'a> {
    let requirement = ctx.library.requirement(outcome.requirement);
    let parts = parts(ctx, outcome);
    let mut to_do: Vec<String> = Vec::new();
    for remedy in parts.iter().flat_map(|p| &p.remedies) {
        let remedy = clean::line(remedy).into_owned();
        if !to_do.contains(&remedy) {
            to_do.push(remedy);
        }
    }
    Row {
        requirement,
        verdict: outcome.verdict,
        why: if outcome.verdict == Verdict::Met {
            String::new()
        } else {
            full_stop(&clean::line(&sentence(ctx, outcome, &parts)))
        },
        to_do,
        places: places(ctx, &parts),
        cited: cited(ctx, requirement),
        basis: outcome.basis.map_or("", marks::basis),
    }
}

fn places(ctx: &Context<'_>, parts: &[Part]) -> Vec<String> {
    let voice = summary::voice(ctx);
    let mut found = Vec::new();
    for part in parts {
        let own = part.evidence.iter().map(|(span, _)| *span);
        for span in own.chain(detail::places(ctx, part).into_iter().map(|(span, _)| span)) {
            let place = voice.describe(span);
            if !found.contains(&place) && found.len() < PLACES {
                found.push(place);
            }
        }
    }
    found
}

impl Row<'_> {
    pub(super) fn name(&self) -> String {
        clean::line(&self.requirement.name).into_owned()
    }

    pub(super) fn title(&self) -> String {
        clean::line(&self.requirement.title).into_owned()
    }

    pub(super) fn severity(&self) -> &'static str {
        marks::severity(self.requirement.severity)
    }

    /// Why it is not met, in a word; empty otherwise.
    pub(super) const fn reason(&self) -> &'static str {
        match self.verdict {
            Verdict::NotMet(reason) => Reason::word(reason),
            Verdict::Met | Verdict::NotConfirmed | Verdict::NeedsJudgement | Verdict::NotApplicable | Verdict::Sealed => "",
        }
    }

    /// How far the text was checked that the verdict rests on.
    pub(super) const fn basis(&self) -> &'static str {
        self.basis
    }

    /// The components and levels it shows: `security-education operating`.
    pub(super) fn shows(&self, ctx: &Context<'_>) -> String {
        let shows = self.requirement.shows.iter();
        let each = shows.map(|s| format!("{} {}", clean::line(&ctx.library.strategic(s.component).name), words::level(s.level)));
        each.collect::<Vec<_>>().join("; ")
    }

    /// The provisions by their ids.
    pub(super) fn provisions(&self, ctx: &Context<'_>) -> String {
        let names = self.cited.iter().map(|id| clean::line(&ctx.library.provision(*id).name).into_owned());
        names.collect::<Vec<_>>().join("; ")
    }

    /// The provisions as a lawyer cites them, one a line.
    pub(super) fn citations(&self, ctx: &Context<'_>) -> String {
        let voice = summary::voice(ctx);
        let each = self.cited.iter().map(|id| {
            let title = &ctx.library.provision(*id).title;
            format!("{} \"{}\"", voice.citation(*id), clean::line(title))
        });
        each.collect::<Vec<_>>().join("\n")
    }

    /// The kinds of evidence it reads, with how many items there are; to an audience without, for some may be withheld.
    pub(super) fn looks_at(&self, ctx: &Context<'_>) -> String {
        let voice = summary::voice(ctx);
        let each = links::kinds_of_requirement(ctx.library, self.requirement).into_iter().map(|kind| {
            let table = TableId(kind.0);
            match ctx.withheld {
                Some(_) => voice.noun(table, 2),
                None => super::voice::count(ctx.bundle.rows(table).len as usize, &voice.noun(table, 1)),
            }
        });
        each.collect::<Vec<_>>().join(", ")
    }
}
