//! For a person at a terminal.

use super::super::terminal::heading;
use super::super::voice::count;
use super::super::{Context, marks, summary};
use super::told::{self, ONLY_IF, Teller, WHAT_IT_IS, asked, headline, news, remedies, stuck, to_do, why};
use super::{Looked, Planned, facts};
use crate::diagnostics::render::Style;
use crate::diagnostics::render::paint::{Tone, paint, paragraph};

/// So many facts are named that decide nothing alone.
const TOGETHER: usize = 40;

fn say(out: &mut String, style: Style, indent: usize, lead: &str, text: &str) {
    paragraph(out, style, indent, (Tone::Quiet, lead), text);
}

fn head(ctx: &Context<'_>, style: Style, what: &str, out: &mut String) {
    out.push_str(&paint(style, Tone::Strong, &summary::entity_name(ctx)));
    out.push('\n');
    say(out, style, 0, "", &format!("{what}, for {}", ctx.assessment.date.long()));
    if let Some(audience) = summary::audience(ctx) {
        paragraph(out, style, 0, (Tone::Open, ""), &audience);
    }
    out.push('\n');
}

/// Writes a plan.
pub(super) fn plan(ctx: &Context<'_>, planned: &Planned<'_>, out: &mut String) {
    let (style, plan) = (ctx.style.look(), planned.plan);
    head(ctx, style, "The least that would close the gaps", out);
    say(out, style, 0, "", &headline(plan));
    say(out, style, 0, "", WHAT_IT_IS);
    let news = news(plan.changes());
    let teller = Teller { voice: summary::voice(ctx), date: plan.date, news: &news };
    for (repair, number) in plan.repairs.iter().zip(1..) {
        let severity = repair.closes.iter().map(|c| ctx.library.requirement(c.requirement).severity).max();
        let mut title = format!("{number}  {}", severity.map_or("", marks::severity));
        if repair.law {
            title.push_str(", asked by law");
        }
        title.push_str(&format!(": {}, effort {}", count(repair.changes.len(), "change"), repair.effort));
        if let Some(by) = repair.by {
            title.push_str(&format!(", by {by}"));
        }
        heading(out, style, &title);
        for closed in &repair.closes {
            let requirement = ctx.library.requirement(closed.requirement);
            let then = closed.to.words();
            say(
                out,
                style,
                3,
                "closes ",
                &format!("{}: {} → {then}. {}", requirement.name, closed.from.words(), requirement.title),
            );
        }
        for remedy in to_do(ctx, repair) {
            say(out, style, 3, "do     ", &remedy);
        }
        for change in &repair.changes {
            let told = teller.change(change);
            let mut text = told.act;
            if told.past {
                text = format!("{text} ({ONLY_IF})");
            }
            if !told.fields.is_empty() {
                text.push_str(": ");
                text.push_str(&told.fields.join("; "));
            }
            say(out, style, 3, "file   ", &format!("{text}."));
        }
    }
    rest(ctx, style, planned, out);
}

fn rest(ctx: &Context<'_>, style: Style, planned: &Planned<'_>, out: &mut String) {
    let plan = planned.plan;
    if !plan.left.is_empty() {
        heading(out, style, &format!("Not within the limit: {}", count(plan.left.len(), "gap")));
        for id in &plan.left {
            say(out, style, 3, "", &ctx.library.requirement(*id).name);
        }
    }
    if !plan.stuck.is_empty() {
        heading(out, style, &format!("No repair found: {}", count(plan.stuck.len(), "gap")));
        for (id, reason) in &plan.stuck {
            say(out, style, 3, "", &format!("{}: {}.", ctx.library.requirement(*id).name, stuck(*reason)));
            say(out, style, 5, "why ", &format!("{}.", why(ctx, *id).trim_end_matches('.')));
            for remedy in remedies(ctx, *id).iter().take(2) {
                say(out, style, 5, "do  ", remedy);
            }
        }
    }
    if !plan.asked.is_empty() {
        heading(out, style, &format!("For a person to judge: {}", count(plan.asked.len(), "question")));
        say(out, style, 3, "", "No evidence answers these, and no plan does. Ask, and record who answered what and when.");
        for one in &plan.asked {
            let (who, question) = asked(ctx, one);
            say(out, style, 3, "ask ", &format!("{who}: {question} ({})", ctx.library.requirement(one.requirement).name));
        }
    }
    if planned.withheld > 0 {
        out.push('\n');
        say(out, style, 0, "", &format!("{} withheld.", withheld(planned.withheld)));
    }
}

fn withheld(n: usize) -> String {
    if n == 1 { "1 entry of this plan is".to_owned() } else { format!("{n} entries of this plan are") }
}

/// Writes what to find out next.
pub(super) fn next(ctx: &Context<'_>, looked: &Looked<'_>, out: &mut String) {
    let (style, next) = (ctx.style.look(), looked.next);
    head(ctx, style, "What is not known, and what it would decide", out);
    if next.open == 0 {
        say(out, style, 0, "", "No verdict lacks a fact.");
        return;
    }
    let decided = next.facts.iter().filter(|f| !f.answers.is_empty()).count();
    let line =
        format!("{} not confirmed; {} would decide some of them alone.", count(next.open, "verdict"), count(decided, "fact"));
    say(out, style, 0, "", &line);
    let news = std::collections::BTreeMap::new();
    let teller = Teller { voice: summary::voice(ctx), date: next.date, news: &news };
    for (alike, number) in facts::deciding(ctx, next, teller).iter().zip(1..) {
        heading(out, style, &format!("{number}  {}", alike.what));
        for (answer, decides) in &alike.answers {
            say(out, style, 3, "", &format!("{answer}: {decides}"));
        }
    }
    let needed = facts::together(next, teller);
    if !next.undecided.is_empty() {
        heading(out, style, "Not decided by one fact alone");
        for id in &next.undecided {
            say(
                out,
                style,
                3,
                "",
                &format!("{}: {}.", ctx.library.requirement(*id).name, told::why(ctx, *id).trim_end_matches('.')),
            );
        }
    }
    if !needed.is_empty() {
        heading(out, style, "Needed together with others");
        for line in needed.iter().take(TOGETHER) {
            say(out, style, 3, "", line);
        }
        if needed.len() > TOGETHER {
            say(out, style, 3, "", &format!("and {} more: `--format json` has them all", needed.len() - TOGETHER));
        }
    }
    if looked.withheld > 0 {
        out.push('\n');
        say(out, style, 0, "", &format!("{} withheld.", withheld(looked.withheld)));
    }
}
