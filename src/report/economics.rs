//! What the evidence is worth, in words: what nothing uses, on what many verdicts rest, what is there twice.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::voice::count;
use super::{Context, json, summary, words};
use crate::assess::{Carrying, Economics, Item, Same};
use crate::evidence::At;
use crate::library::model::{KindId, RequirementId, TableId};

/// How many items and groups are named.
const MOST: usize = 8;
/// On so many verdicts at least an item carries much.
const MANY: usize = 2;

/// What the section is called.
pub(super) const HEADING: &str = "What the evidence is worth";

/// The sentences of the section; none when nobody asked.
pub(super) fn lines(ctx: &Context<'_>) -> Vec<String> {
    let Some(economics) = &ctx.assessment.economics else { return Vec::new() };
    let mut said = unused(ctx, economics);
    said.extend(carrying(ctx, economics));
    said.extend(twice(ctx, economics));
    if ctx.withheld.is_some() {
        said.push("Of items and verdicts that are withheld, nothing is said here.".to_owned());
    }
    said
}

fn at(item: Item) -> At {
    At { table: TableId(item.0.0), row: item.1, field: None }
}

fn unused(ctx: &Context<'_>, economics: &Economics) -> Vec<String> {
    let mut by_kind: BTreeMap<KindId, Vec<Item>> = BTreeMap::new();
    economics.unused.iter().for_each(|item| by_kind.entry(item.0).or_default().push(*item));
    let total = economics.unused.len();
    if total == 0 {
        return vec!["Every item is of a kind that some requirement which applies reads, or a policy.".to_owned()];
    }
    let (are, they) = if total == 1 { ("is", "it") } else { ("are", "they") };
    let mut said = vec![format!(
        "{} {are} not used: no requirement that applies reads what {they} {are}, nor does a policy.",
        count(total, "item")
    )];
    for (kind, items) in by_kind {
        let names: Vec<String> = items.iter().map(|item| summary::voice(ctx).brief(at(*item))).collect();
        let noun = summary::voice(ctx).noun(TableId(kind.0), items.len() as u32);
        said.push(format!("Not used: {noun} {}.", words::list(&names, MOST)));
    }
    said
}

fn carrying(ctx: &Context<'_>, economics: &Economics) -> Vec<String> {
    let many: Vec<&Carrying> = economics.carrying.iter().filter(|c| c.rests.len() >= MANY).collect();
    let Some(most) = many.first().map(|c| c.rests.len()) else {
        return vec!["No item carries more than one verdict.".to_owned()];
    };
    let mut said = vec![format!("{} carry two or more met verdicts each, the busiest {most}.", count(many.len(), "item"))];
    for carrying in many.iter().take(MOST) {
        let item = summary::voice(ctx).item(at(carrying.item));
        let alone = match carrying.alone.len() {
            0 => String::new(),
            n => format!("; {n} on it alone: {}", summary::requirement_names(ctx, &carrying.alone, 3)),
        };
        said.push(format!("On {item} rest {} verdicts{alone}.", carrying.rests.len()));
    }
    said
}

fn twice(ctx: &Context<'_>, economics: &Economics) -> Vec<String> {
    if economics.twice.is_empty() {
        return vec!["Nothing is there twice.".to_owned()];
    }
    let mut said: Vec<String> = Vec::new();
    for twice in economics.twice.iter().take(MOST) {
        let names: Vec<String> = twice.items.iter().map(|item| summary::voice(ctx).item(at(*item))).collect();
        let names = words::list(&names, MOST);
        said.push(match twice.same {
            Same::Content => format!("The same but for their ids: {names}."),
            Same::Attachment => format!("The same file is attached to: {names}."),
        });
    }
    if economics.twice.len() > MOST {
        said.push(format!("And {} more that are there twice.", economics.twice.len() - MOST));
    }
    said
}

/// The whole of it, for programs; `None` when nobody asked.
pub(super) fn for_programs(ctx: &Context<'_>) -> Option<Value> {
    let economics = ctx.assessment.economics.as_ref()?;
    let item = |item: &Item| json::evidence(ctx, at(*item));
    let names = |ids: &[RequirementId]| ids.iter().map(|r| ctx.library.requirement(*r).name.clone()).collect::<Vec<_>>();
    Some(json!({
        "unused": economics.unused.iter().map(item).collect::<Vec<_>>(),
        "carrying": economics.carrying.iter().map(|c| json!({
            "item": item(&c.item),
            "requirements": names(&c.rests),
            "alone": names(&c.alone),
        })).collect::<Vec<_>>(),
        "twice": economics.twice.iter().map(|t| json!({
            "same": match t.same { Same::Content => "content", Same::Attachment => "attachment" },
            "items": t.items.iter().map(item).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    }))
}
