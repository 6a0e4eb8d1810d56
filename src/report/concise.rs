//! One line for each requirement, its columns separated by tabs: requirement, verdict, reason, severity, place, sentence.
//! A last line, of the verdict `withheld`, says what an audience does not see. The place is in the evidence where there is one, else in the rules. A column that has nothing to say holds `-`, so that columns never move.

use super::explain::{parts, sentence};
use super::{Context, detail, marks, summary};
use crate::assess::{Outcome, Verdict};
use crate::diagnostics::render::clean;

/// Writes the report.
pub(super) fn render(ctx: &Context<'_>, out: &mut String) {
    for outcome in &ctx.assessment.outcomes {
        let requirement = ctx.library.requirement(outcome.requirement);
        let reason = match outcome.verdict {
            Verdict::NotMet(reason) => reason.word(),
            Verdict::Met | Verdict::NotConfirmed | Verdict::NeedsJudgement | Verdict::NotApplicable | Verdict::Sealed => "-",
        };
        let (place, sentence) = said(ctx, outcome);
        out.push_str(&format!(
            "{}\t{}\t{reason}\t{}\t{place}: {sentence}\n",
            clean::line(&requirement.name),
            outcome.verdict.words(),
            marks::severity(requirement.severity),
        ));
    }
    if let Some(withheld) = summary::withheld(ctx).first() {
        out.push_str(&format!("-\twithheld\t-\t-\t-: {}\n", withheld.trim_end_matches('.')));
    }
}

fn said(ctx: &Context<'_>, outcome: &Outcome) -> (String, String) {
    let parts = parts(ctx, outcome);
    let worst = parts.iter().min_by_key(|p| p.verdict.strength());
    let evidence =
        worst.and_then(|p| p.evidence.as_ref().map(|(s, _)| *s).or_else(|| detail::places(ctx, p).first().map(|(s, _)| *s)));
    let voice = summary::voice(ctx);
    let rule = || worst.map(|p| clean::line(&ctx.library.sources.describe(p.rule.0)).into_owned());
    let place = evidence.map(|span| voice.describe(span)).or_else(rule).unwrap_or_else(|| "-".to_owned());
    (place, sentence(ctx, outcome, &parts))
}
