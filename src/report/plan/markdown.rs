//! A document to hand over. Every text that people wrote is escaped.

use super::super::markdown::escape;
use super::super::voice::count;
use super::super::{Context, marks, summary};
use super::told::{ONLY_IF, Teller, WHAT_IT_IS, asked, headline, news, remedies, stuck, to_do, why};
use super::{Looked, Planned, facts};

fn head(ctx: &Context<'_>, what: &str, out: &mut String) {
    out.push_str(&format!("# {what}: {}\n\n", escape(&summary::entity_name(ctx))));
    out.push_str(&format!("{}. For {}.\n\n", escape(&summary::entity_kind(ctx)), ctx.assessment.date.long()));
    if let Some(audience) = summary::audience(ctx) {
        out.push_str(&format!("**{audience}.**\n\n"));
    }
}

/// Writes a plan.
pub(super) fn plan(ctx: &Context<'_>, planned: &Planned<'_>, out: &mut String) {
    let plan = planned.plan;
    head(ctx, "Plan", out);
    out.push_str(&format!("{}\n\n{WHAT_IT_IS}\n", escape(&headline(plan))));
    let news = news(plan.changes());
    let teller = Teller { voice: summary::voice(ctx), date: plan.date, news: &news };
    for (repair, number) in plan.repairs.iter().zip(1..) {
        let severity = repair.closes.iter().map(|c| ctx.library.requirement(c.requirement).severity).max();
        let by = repair.by.map_or_else(String::new, |d| format!(", by {d}"));
        let law = if repair.law { ", asked by law" } else { "" };
        out.push_str(&format!("\n## {number}. {}{law}, effort {}{by}\n\n", severity.map_or("", marks::severity), repair.effort));
        for closed in &repair.closes {
            let requirement = ctx.library.requirement(closed.requirement);
            let words = (closed.from.words(), closed.to.words());
            out.push_str(&format!(
                "Closes **{}** ({} → {}): {}\n\n",
                escape(&requirement.name),
                words.0,
                words.1,
                escape(&requirement.title)
            ));
        }
        for remedy in to_do(ctx, repair) {
            out.push_str(&format!("- do: {}\n", escape(&remedy)));
        }
        for change in &repair.changes {
            let told = teller.change(change);
            let past = if told.past { format!(" ({ONLY_IF})") } else { String::new() };
            out.push_str(&format!("- [ ] {}{past}\n", escape(&told.act)));
            for field in &told.fields {
                out.push_str(&format!("  - {}\n", escape(field)));
            }
        }
    }
    if !plan.left.is_empty() {
        out.push_str(&format!("\n## Not within the limit: {}\n\n", count(plan.left.len(), "gap")));
        plan.left.iter().for_each(|id| out.push_str(&format!("- {}\n", escape(&ctx.library.requirement(*id).name))));
    }
    if !plan.stuck.is_empty() {
        out.push_str(&format!("\n## No repair found: {}\n\n", count(plan.stuck.len(), "gap")));
        for (id, reason) in &plan.stuck {
            let name = escape(&ctx.library.requirement(*id).name);
            out.push_str(&format!("- **{name}**: {}. {}\n", escape(stuck(*reason)), escape(&why(ctx, *id))));
            for remedy in remedies(ctx, *id).iter().take(2) {
                out.push_str(&format!("  - do: {}\n", escape(remedy)));
            }
        }
    }
    if !plan.asked.is_empty() {
        out.push_str("\n## For a person to judge\n\nNo evidence answers these, and no plan does.\n\n");
        for one in &plan.asked {
            let (who, question) = asked(ctx, one);
            let name = escape(&ctx.library.requirement(one.requirement).name);
            out.push_str(&format!("- ask {}: {} ({name})\n", escape(&who), escape(&question)));
        }
    }
    if planned.withheld > 0 {
        out.push_str(&format!("\nWithheld entries: {}.\n", planned.withheld));
    }
}

/// Writes what to find out next.
pub(super) fn next(ctx: &Context<'_>, looked: &Looked<'_>, out: &mut String) {
    head(ctx, "What to find out", out);
    let next = looked.next;
    out.push_str(&format!("{} not confirmed.\n\n", count(next.open, "verdict")));
    let news = std::collections::BTreeMap::new();
    let teller = Teller { voice: summary::voice(ctx), date: next.date, news: &news };
    for alike in facts::deciding(ctx, next, teller) {
        out.push_str(&format!("- {}\n", escape(&alike.what)));
        for (answer, decides) in &alike.answers {
            out.push_str(&format!("  - {}: {}\n", escape(answer), escape(decides)));
        }
    }
    let together = facts::together(next, teller);
    if !together.is_empty() {
        out.push_str("\n## Needed together with others\n\n");
        for what in &together {
            out.push_str(&format!("- {}\n", escape(what)));
        }
    }
    if !next.undecided.is_empty() {
        out.push_str("\n## Not decided by one fact alone\n\n");
        for id in &next.undecided {
            out.push_str(&format!("- **{}**: {}\n", escape(&ctx.library.requirement(*id).name), escape(&why(ctx, *id))));
        }
    }
    if looked.withheld > 0 {
        out.push_str(&format!("\nWithheld facts: {}.\n", looked.withheld));
    }
}
