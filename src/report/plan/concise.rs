//! One line for each change, gap and question, its columns separated by tabs, for grep: number of the repair, what it is, requirements, text.

use super::super::{Context, summary};
use super::told::{ONLY_IF, Teller, asked, news, stuck};
use super::{Looked, Planned};
use crate::library::model::RequirementId;

/// Writes a plan.
pub(super) fn plan(ctx: &Context<'_>, planned: &Planned<'_>, out: &mut String) {
    let plan = planned.plan;
    let name = |id: RequirementId| ctx.library.requirement(id).name.as_str();
    let news = news(plan.changes());
    let teller = Teller { voice: summary::voice(ctx), date: plan.date, news: &news };
    for (repair, number) in plan.repairs.iter().zip(1..) {
        let closes: Vec<&str> = repair.closes.iter().map(|c| name(c.requirement)).collect();
        for change in &repair.changes {
            let told = teller.change(change);
            let past = if told.past { ONLY_IF } else { "change" };
            let fields = if told.fields.is_empty() { String::new() } else { format!(": {}", told.fields.join("; ")) };
            out.push_str(&format!("{number}\t{past}\t{}\t{}{fields}\n", closes.join(","), told.act));
        }
    }
    for id in &plan.left {
        out.push_str(&format!("-\tover the limit\t{}\t-\n", name(*id)));
    }
    for (id, reason) in &plan.stuck {
        out.push_str(&format!("-\tno repair found\t{}\t{}\n", name(*id), stuck(*reason)));
    }
    for one in &plan.asked {
        let (who, question) = asked(ctx, one);
        out.push_str(&format!("-\task\t{}\t{who}: {question}\n", name(one.requirement)));
    }
    if planned.withheld > 0 {
        out.push_str(&format!("-\twithheld\t-\t{}\n", planned.withheld));
    }
}

/// Writes what to find out next.
pub(super) fn next(ctx: &Context<'_>, looked: &Looked<'_>, out: &mut String) {
    let news = std::collections::BTreeMap::new();
    let teller = Teller { voice: summary::voice(ctx), date: looked.next.date, news: &news };
    let name = |id: RequirementId| ctx.library.requirement(id).name.as_str();
    for fact in &looked.next.facts {
        let what = teller.lacking(fact.what);
        if fact.answers.is_empty() {
            let opens: Vec<&str> = fact.opens.iter().map(|id| name(*id)).collect();
            out.push_str(&format!("0\t{what}\t-\t{}\n", opens.join(",")));
        }
        for answer in &fact.answers {
            let said: Vec<String> = answer.changes.iter().map(|c| teller.answer(c)).collect();
            let decides: Vec<String> =
                answer.decides.iter().map(|d| format!("{} {}", name(d.requirement), d.to.words())).collect();
            out.push_str(&format!("{}\t{what}\t{}\t{}\n", fact.weight, said.join(", "), decides.join(",")));
        }
    }
    for id in &looked.next.undecided {
        out.push_str(&format!("-\tno single fact\t-\t{}\n", name(*id)));
    }
    if looked.withheld > 0 {
        out.push_str(&format!("-\twithheld\t-\t{}\n", looked.withheld));
    }
}
