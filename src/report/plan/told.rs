//! Changes and gaps in words. A change is told as what to do and what the evidence would then have to say, never as a value to write down.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Context;
use super::super::explain::{parts, sentence};
use super::super::summary;
use super::super::voice::{Voice, count};
use crate::base::{Date, with_article};
use crate::diagnostics::render::clean;
use crate::evidence::{At, DANGLING, FieldAt, MISSING, NilOf, decode_period};
use crate::library::model::{RequirementId, Scalar, TableId};
use crate::plan::next::Lacking;
use crate::plan::{Asked, Change, Draft, Plan, Repair, Spec, Stuck, field_happened, happened};

/// What a plan is, and is not.
pub(super) const WHAT_IT_IS: &str = "This says what evidence would have to be true. Do the thing first, then file what shows it. \
Where it did not happen, the gap stands: nothing here is a value to write down.";

/// What stands before a record that can only be of the past.
pub(super) const ONLY_IF: &str = "only if it happened";

/// A change, told.
pub(super) struct Told {
    /// What to do with which item.
    pub(super) act: String,
    /// What its fields would have to say.
    pub(super) fields: Vec<String>,
    /// Whether it can only be of the past.
    pub(super) past: bool,
}

/// Tells changes of one plan.
#[derive(Clone, Copy)]
pub(super) struct Teller<'a> {
    pub(super) voice: Voice<'a>,
    pub(super) date: Date,
    pub(super) news: &'a BTreeMap<usize, TableId>,
}

/// The kinds of the new items, by number.
pub(super) fn news<'p>(changes: impl Iterator<Item = &'p Change>) -> BTreeMap<usize, TableId> {
    let number = |c: &Change| if let Change::Add { number, draft } = c { Some((*number, draft.table)) } else { None };
    changes.filter_map(number).collect()
}

impl Teller<'_> {
    pub(super) fn change(self, change: &Change) -> Told {
        let voice = self.voice;
        match change {
            Change::Fact { fact, spec } => {
                let of = voice.library.fact(*fact);
                let act = format!("State `{}` of the entity ({})", of.name, clean::line(&of.title));
                Told {
                    act,
                    fields: self.asked(of.of, spec).into_iter().map(|s| format!("the rule needs {s}")).collect(),
                    past: false,
                }
            }
            Change::Nil { of, period } => {
                let act = match of {
                    NilOf::Kind(kind) => {
                        let many = voice.noun(TableId(kind.0), 2);
                        format!("File the {many} there are; only if there were none, make a nil return for {many}")
                    }
                    NilOf::Requirement(id) => {
                        let name = &voice.library.requirement(*id).name;
                        format!("File what `{name}` asks about; only if there was none of it, make a nil return for `{name}`")
                    }
                };
                Told { act, fields: vec![format!("for the period {period}")], past: false }
            }
            Change::Attach { kind, row } => {
                let at = At { table: TableId(kind.0), row: *row, field: None };
                let act = format!("Put back the files of {}, as they were when it was filed", voice.item(at));
                Told { act, fields: Vec::new(), past: false }
            }
            Change::Set { at, spec } => self.set(*at, spec),
            Change::Append { at, draft } => {
                let act =
                    format!("Add {} to {}", with_article(&voice.noun(draft.table, 1)), voice.item(At { field: None, ..*at }));
                let list = at.field.and_then(|f| super::super::place::field_name(voice.library, *at, f)).unwrap_or("");
                let mut fields = vec![format!("under `{list}`")];
                fields.extend(self.fields(draft, ""));
                let past = happened(voice.library, self.date, draft) || self.is_past(*at);
                Told { act, fields, past }
            }
            Change::Add { number, draft } => {
                let act = format!("File {} (new item {})", with_article(&voice.noun(draft.table, 1)), number + 1);
                Told { act, fields: self.fields(draft, ""), past: happened(voice.library, self.date, draft) }
            }
        }
    }

    /// Whether an item records something of a day that is over.
    fn is_past(self, at: At) -> bool {
        let (kind, row) = self.voice.owner(at);
        let column = self.voice.library.kinds.get(kind.0 as usize).and_then(|k| k.dated_by);
        let cell = column.and_then(|c| self.voice.cell(TableId(kind.0), row, c)).map_or(MISSING, |(_, cell)| cell);
        cell != MISSING && cell < i64::from(self.date.day_number())
    }

    fn set(self, at: At, spec: &Spec) -> Told {
        let voice = self.voice;
        let past = field_happened(voice.library, self.date, at, spec);
        let Some(FieldAt::Column(column)) = at.field else {
            return Told { act: voice.field(at), fields: Vec::new(), past };
        };
        let of = voice.library.table(at.table).columns[column.0 as usize].of;
        let cell = voice.cell(at.table, at.row, column).map_or(MISSING, |(_, cell)| cell);
        let act = match cell {
            MISSING => format!("State {}, as it is", voice.field(at)),
            DANGLING => format!("Put right {}: it names an item that is not there", voice.field(at)),
            _ if matches!(of, Scalar::Ref(_)) => format!("Have somebody or something else stand in {}", voice.field(at)),
            _ if of == Scalar::Date => format!("Renew {}", voice.field(at)),
            _ => {
                let now = voice.cell_text(of, cell, false).unwrap_or_default();
                format!("When it is so, change {}: it says {now}", voice.field(at))
            }
        };
        let fields = self.asked(of, spec).into_iter().map(|s| format!("the rule needs {s}")).collect();
        Told { act, fields, past }
    }

    fn fields(self, draft: &Draft, before: &str) -> Vec<String> {
        let Some(shape) = self.voice.library.tables.get(draft.table.0 as usize) else { return Vec::new() };
        let mut lines = Vec::new();
        for (column, spec) in &draft.fields {
            let Some(column) = shape.columns.get(column.0 as usize) else { continue };
            lines.push(match self.asked(column.of, spec) {
                Some(says) => format!("{before}`{}` {says}", column.name),
                None => format!("{before}`{}`: {}", column.name, self.as_it_was(column.of)),
            });
        }
        for (list, elements) in &draft.lists {
            let Some(list) = shape.lists.get(list.0 as usize) else { continue };
            for element in elements {
                lines.extend(self.fields(element, &format!("{before}`{}`: ", list.name)));
            }
        }
        lines
    }

    /// What stands in a field where anything will do: what was so.
    fn as_it_was(self, of: Scalar) -> &'static str {
        match of {
            Scalar::Ref(kind) if kind == self.voice.library.person => "who it was",
            Scalar::Ref(_) => "which it was",
            Scalar::Date | Scalar::Interval => "when it was",
            _ => "as it is",
        }
    }

    /// What a field would have to be; `None` when anything will do.
    pub(super) fn asked(self, of: Scalar, spec: &Spec) -> Option<String> {
        match spec {
            Spec::Any => None,
            Spec::New(number) => {
                let noun = self.news.get(number).map_or_else(|| "item".to_owned(), |t| self.voice.noun(*t, 1));
                Some(format!("the new {noun} (new item {})", number + 1))
            }
            Spec::Numbers { least, most } => Some(match (least, most) {
                (Some(l), Some(m)) if l == m => l.normalize().to_string(),
                (Some(l), Some(m)) => format!("from {} to {}", l.normalize(), m.normalize()),
                (Some(l), None) => format!("at least {}", l.normalize()),
                (None, Some(m)) => format!("at most {}", m.normalize()),
                (None, None) => return None,
            }),
            Spec::Days { covers, within } => {
                let covers = covers.map(|d| format!("a period that covers {d}"));
                let within = within.map(|d| format!("within {d}"));
                Some([covers, within].into_iter().flatten().collect::<Vec<_>>().join(", "))
            }
            Spec::Cells(cells) => self.cells(of, cells),
        }
    }

    fn cells(self, of: Scalar, cells: &crate::plan::Cells) -> Option<String> {
        if let Some(single) = cells.single() {
            return Some(self.cell(of, single));
        }
        if let Some(only) = &cells.only {
            let words: Vec<String> = only.iter().map(|c| self.cell(of, *c)).collect();
            return Some(words.join(" or "));
        }
        let unlike = || {
            let words: Vec<String> = cells.except.iter().map(|c| self.cell(of, *c)).collect();
            if words.is_empty() { String::new() } else { format!("not {}", words.join(", nor ")) }
        };
        match of {
            Scalar::Date => {
                let day = |n: i64| i32::try_from(n).ok().and_then(Date::from_day_number);
                let (first, last) = (day(cells.first), day(cells.last));
                Some(match (first, last) {
                    (Some(first), Some(last)) if last == self.date => {
                        format!("on or after {first}, and not after the day assessed")
                    }
                    (Some(first), Some(last)) => format!("from {first} to {last}"),
                    (Some(first), None) => format!("on or after {first}"),
                    (None, Some(last)) if last == self.date => "not after the day assessed".to_owned(),
                    (None, Some(last)) => format!("by {last}"),
                    (None, None) => unlike(),
                })
            }
            Scalar::Whole => Some(match (cells.first > i64::MIN + 2, cells.last < i64::MAX) {
                (true, true) => format!("from {} to {}", cells.first, cells.last),
                (true, false) => format!("at least {}", cells.first),
                (false, true) => format!("at most {}", cells.last),
                (false, false) => unlike(),
            }),
            Scalar::Term(vocabulary) if cells.except.is_empty() => {
                let terms = self.voice.library.vocabulary(vocabulary).terms.len() as i64;
                let (first, last) = (cells.first.max(0), cells.last.min(terms - 1));
                let words: Vec<String> = (first..=last).map(|c| self.cell(of, c)).collect();
                Some(words.join(" or "))
            }
            _ if cells.except.is_empty() => None,
            _ => Some(unlike()),
        }
    }

    fn cell(self, of: Scalar, cell: i64) -> String {
        if of == Scalar::Period {
            return decode_period(cell).map_or_else(String::new, |p| p.to_string());
        }
        self.voice.cell_text(of, cell, false).unwrap_or_else(|| "what the rule names".to_owned())
    }

    /// Something that is lacking, as a question.
    pub(super) fn lacking(self, what: Lacking) -> String {
        match what {
            Lacking::Fact(fact) => {
                let of = self.voice.library.fact(fact);
                format!("`{}` of the entity ({})", of.name, clean::line(&of.title))
            }
            Lacking::Field(at) => self.voice.field(at),
            Lacking::Nil(of, _) => match of {
                NilOf::Kind(kind) => format!("whether there were no {}", self.voice.noun(TableId(kind.0), 2)),
                NilOf::Requirement(id) => {
                    format!("whether there was none of what `{}` asks about", self.voice.library.requirement(id).name)
                }
            },
        }
    }

    /// An answer, in a few words.
    pub(super) fn answer(self, change: &Change) -> String {
        let said = match change {
            Change::Fact { fact, spec } => self.asked(self.voice.library.fact(*fact).of, spec),
            Change::Set { at, spec } => match at.field {
                Some(FieldAt::Column(column)) => {
                    let shape = self.voice.library.table(at.table);
                    self.asked(shape.columns[column.0 as usize].of, spec)
                }
                Some(FieldAt::List(_)) | None => None,
            },
            Change::Nil { period, .. } => Some(format!("there were none, {period}")),
            Change::Attach { .. } | Change::Append { .. } | Change::Add { .. } => None,
        };
        said.unwrap_or_else(|| "whatever it is".to_owned())
    }
}

/// What the rules say is to be done about a gap.
pub(super) fn remedies(ctx: &Context<'_>, id: RequirementId) -> Vec<String> {
    let Some(outcome) = ctx.assessment.outcomes.iter().find(|o| o.requirement == id) else { return Vec::new() };
    let mut texts: Vec<String> = Vec::new();
    for remedy in parts(ctx, outcome).into_iter().flat_map(|p| p.remedies) {
        if !texts.contains(&remedy) {
            texts.push(remedy);
        }
    }
    texts
}

/// So many remedies of one gap are told.
const REMEDIES: usize = 4;

/// What the rules say is to be done about the gaps of a repair, each thing once.
pub(super) fn to_do(ctx: &Context<'_>, repair: &Repair) -> Vec<String> {
    let nil = repair.changes.iter().any(|c| matches!(c, Change::Nil { .. }));
    let mut texts: Vec<String> = Vec::new();
    for remedy in repair.closes.iter().flat_map(|c| remedies(ctx, c.requirement).into_iter().take(REMEDIES)) {
        // The nil return stands among the changes, with its days.
        let is_told = nil && remedy.contains(", make a nil return for ");
        if !is_told && !texts.contains(&remedy) {
            texts.push(remedy);
        }
    }
    texts
}

/// Why a gap is one, in a sentence.
pub(super) fn why(ctx: &Context<'_>, id: RequirementId) -> String {
    ctx.assessment.outcomes.iter().find(|o| o.requirement == id).map_or_else(String::new, |o| {
        let parts = parts(ctx, o);
        sentence(ctx, o, &parts)
    })
}

/// Why no repair was found.
pub(super) const fn stuck(why: Stuck) -> &'static str {
    match why {
        Stuck::Scope => "whether it applies hangs on a fact, and it is not for a plan to choose it: see `abide next`",
        Stuck::AnsweredNo => "a person answered no: put right what they found, and ask again",
        Stuck::Happened => "what is on record stands against it, and records of what happened are not changed",
        Stuck::Figure => "it is a figure worked out over many items",
        Stuck::TooMany => "there is too much to change in one plan",
        Stuck::Nothing => "no single set of records was found that would show it",
        Stuck::NotVerified => "what was tried did not close it, or opened another gap",
    }
}

/// Who has to be asked for a judgement, and what.
pub(super) fn asked(ctx: &Context<'_>, asked: &Asked) -> (String, String) {
    let voice = summary::voice(ctx);
    let judges = &ctx.library.requirement(asked.requirement).judges;
    let Some(judge) = judges.get(asked.judge as usize) else { return (String::new(), String::new()) };
    let roles: Vec<String> = judge.by.iter().map(|r| voice.role(r)).collect();
    (roles.join(" or "), clean::line(&judge.question).into_owned())
}

/// `closes 14 of 41 gaps with 25 changes` and the like.
pub(super) fn headline(plan: &Plan) -> String {
    let closed: usize = plan.repairs.iter().map(|r| r.closes.len()).sum();
    let gaps = closed + plan.stuck.len() + plan.left.len();
    let changes = plan.changes().count();
    if gaps == 0 && plan.asked.is_empty() {
        return "There is no gap to close.".to_owned();
    }
    let settled: BTreeSet<RequirementId> = plan
        .repairs
        .iter()
        .flat_map(|r| r.closes.iter().map(|c| c.requirement))
        .chain(plan.stuck.iter().map(|(id, _)| *id))
        .chain(plan.left.iter().copied())
        .collect();
    let asked: BTreeSet<RequirementId> = plan.asked.iter().map(|a| a.requirement).collect();
    let waits = match asked.difference(&settled).count() {
        0 => String::new(),
        1 => " 1 more waits for a judgement alone.".to_owned(),
        n => format!(" {n} more wait for a judgement alone."),
    };
    if gaps == 0 {
        return format!("There is no gap that evidence would close.{waits}");
    }
    let effort: u32 = plan.repairs.iter().map(|r| r.effort).sum();
    let least = if plan.optimal { "; no choice among the repairs found takes fewer" } else { "; a smaller choice may exist" };
    let least = if closed == 0 { "" } else { least };
    format!("{} of {} would close with {} (effort {effort}){least}.{waits}", closed, count(gaps, "gap"), count(changes, "change"))
}
