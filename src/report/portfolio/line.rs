//! An assessment as a line of a portfolio: its parts come from [`crate::portfolio`], its sentences are those of every other report.

use crate::assess::{Outcome, Verdict};
use crate::base::Sources;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::render::clean;
use crate::library::words;
use crate::portfolio::{extract, line::*};
use crate::report::explain::in_short;
use crate::report::{Context, summary};

/// The assessment, in short.
#[must_use]
pub fn assessed(ctx: &Context<'_>, dated_by: &str) -> Assessed {
    let (library, bundle, assessment) = (ctx.library, ctx.bundle, ctx.assessment);
    Assessed {
        on: assessment.date.to_string(),
        dated_by: dated_by.to_owned(),
        known_at: assessment.known_at.map(|day| day.to_string()),
        audience: ctx.withheld.map(|w| w.audience.name.to_owned()),
        withheld_items: ctx.withheld.map(|w| w.items),
        withheld_looks: ctx.withheld.map(|w| w.facts + extract::looks_without_day(library, bundle)),
        fingerprints: extract::fingerprints(library, assessment, ctx.fingerprint.unwrap_or("")),
        entity: extract::entity(library, bundle),
        items: bundle.items(library.kinds.len()),
        counts: extract::counts(summary::tally(ctx)),
        components: extract::components(library, assessment),
        gaps: assessment.gaps(library).into_iter().map(|outcome| gap(ctx, outcome)).collect(),
        provisions: extract::provisions(library, assessment),
        figures: extract::figures(library, bundle),
        visits: extract::visits(library, bundle, assessment.date),
        findings_beside: extract::findings_beside(bundle),
    }
}

fn gap(ctx: &Context<'_>, outcome: &Outcome) -> Gap {
    let requirement = ctx.library.requirement(outcome.requirement);
    let (sentence, remedy) = in_short(ctx, outcome);
    let reason = match outcome.verdict {
        Verdict::NotMet(reason) => Some(reason.word().to_owned()),
        Verdict::Met | Verdict::NotConfirmed | Verdict::NeedsJudgement | Verdict::NotApplicable | Verdict::Sealed => None,
    };
    Gap {
        requirement: requirement.name.clone(),
        verdict: outcome.verdict.words().to_owned(),
        reason,
        severity: words::severity(requirement.severity).to_owned(),
        provisions: requirement.discharges.iter().map(|p| ctx.library.provision(*p).name.clone()).collect(),
        sentence,
        remedy,
    }
}

/// Diagnostics of a bundle.
#[must_use]
pub fn told(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<Told> {
    let one = |d: &Diagnostic| {
        let at = d.at.as_ref().and_then(|label| {
            let source = sources.get(label.span.file)?;
            Some((source.name().to_owned(), source.place(label.span.start)))
        });
        Told {
            code: d.code.name().to_owned(),
            severity: d.severity().word().to_owned(),
            message: clean::line(&d.message).into_owned(),
            file: at.as_ref().map(|(file, _)| file.clone()),
            line: at.as_ref().map(|(_, place)| place.line),
            column: at.as_ref().map(|(_, place)| place.column),
            help: d.help.as_ref().map(|help| clean::line(help).into_owned()),
        }
    };
    diagnostics.iter().map(one).collect()
}
