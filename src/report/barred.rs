//! What policies say, in words: items that may not be relied on, acts of which it is not known whether the person may, judgements and waivers that do
//! not count.

use serde_json::{Value, json};

use super::json::evidence;
use super::voice::Voice;
use super::{Context, summary};
use crate::assess::{Barred, Doubted, Recorded, Refused};
use crate::diagnostics::render::clean;
use crate::evidence::{At, DANGLING, FieldAt, MISSING};
use crate::library::model::{ColumnId, KindId, TableId};
use crate::policy::PolicyPlace;

/// One line of the section on what may not be relied on.
pub(super) struct Line {
    /// The item, judgement or waiver.
    pub(super) what: String,
    /// Why, without a full stop.
    pub(super) because: String,
    /// The policy.
    pub(super) policy: String,
    /// Whether the policy is sure, and does not hang on a fact that nobody states.
    pub(super) sure: bool,
    /// Where the policy stands, and the evidence.
    pub(super) places: Vec<String>,
}

/// Every line: what is barred, then what is in doubt, each in the order of its items.
pub(super) fn lines(ctx: &Context<'_>) -> Vec<Line> {
    let (voice, a) = (summary::voice(ctx), ctx.assessment);
    let item = |kind: KindId, row| At { table: TableId(kind.0), row, field: None };
    let at = |kind, row, field| voice.where_is(At { field, ..item(kind, row) });
    let barred = a.barred.iter().map(|b| Line {
        what: voice.item(item(b.kind, b.row)),
        because: sentence(&b.because),
        policy: clean::line(&b.policy).into_owned(),
        sure: true,
        places: places(b.at.as_ref(), at(b.kind, b.row, b.field)),
    });
    let doubted = a.doubted.iter().map(|d| Line {
        what: voice.item(item(d.kind, d.row)),
        because: voice.doubt(d),
        policy: clean::line(&d.policy).into_owned(),
        sure: false,
        places: places(d.at.as_ref(), at(d.kind, d.row, Some(d.field))),
    });
    let refused = a.refused.iter().map(|r| {
        let (what, span) = match r.what {
            Recorded::Judgement(i) => {
                let judgement = ctx.bundle.judgements.get(i as usize);
                let of = judgement.map_or("", |j| ctx.library.requirement(j.requirement).name.as_str());
                (format!("the judgement `{}` of {of}", judgement.map_or("", |j| j.of.as_str())), judgement.map(|j| j.span))
            }
            Recorded::Exemption(i) => {
                let exemption = ctx.bundle.exemptions.get(i as usize);
                (format!("the waiver {}", exemption.map_or("", |e| e.id.as_str())), exemption.map(|e| e.span))
            }
        };
        Line {
            what: clean::line(&what).into_owned(),
            because: voice.refusal(r),
            policy: clean::line(&r.policy).into_owned(),
            sure: r.needs.is_empty(),
            places: places(r.at.as_ref(), span.map(|s| voice.describe(s))),
        }
    });
    let mut all: Vec<Line> = barred.chain(doubted).chain(refused).collect();
    all.sort_by_key(|line| !line.sure);
    all
}

fn places(policy: Option<&PolicyPlace>, evidence: Option<String>) -> Vec<String> {
    let policy = policy.map(|p| format!("policy {}:{}:{}", clean::line(&p.file), p.at.line, p.at.column));
    policy.into_iter().chain(evidence.map(|e| format!("evidence {e}"))).collect()
}

fn sentence(because: &str) -> String {
    clean::line(because).trim_end_matches('.').to_owned()
}

/// A barred item, for programs.
pub(super) fn barred(ctx: &Context<'_>, b: &Barred) -> Value {
    json!({
        "place": evidence(ctx, At { table: TableId(b.kind.0), row: b.row, field: b.field }),
        "policy": b.policy,
        "because": b.because,
        "policy_place": policy_place(ctx, b.at.as_ref()),
    })
}

/// An item in doubt, for programs.
pub(super) fn doubted(ctx: &Context<'_>, d: &Doubted) -> Value {
    json!({
        "place": evidence(ctx, At { table: TableId(d.kind.0), row: d.row, field: Some(d.field) }),
        "policy": d.policy,
        "because": d.because,
        "policy_place": policy_place(ctx, d.at.as_ref()),
        "needs": d.needs,
    })
}

/// A judgement or waiver that does not count, for programs.
pub(super) fn refused(ctx: &Context<'_>, refused: &Refused) -> Value {
    let (judgement, exemption) = match refused.what {
        Recorded::Judgement(i) => (ctx.bundle.judgements.get(i as usize), None),
        Recorded::Exemption(i) => (None, ctx.bundle.exemptions.get(i as usize)),
    };
    let judgement = judgement.map(|j| {
        let by = j.by.map(|row| summary::voice(ctx).raw_id(ctx.library.person, row));
        json!({ "requirement": ctx.library.requirement(j.requirement).name, "of": j.of, "by": by, "on": j.on.to_string() })
    });
    json!({
        "judgement": judgement,
        "exemption": exemption.map(|e| e.id.as_str()),
        "policy": refused.policy,
        "because": refused.because,
        "policy_place": policy_place(ctx, refused.at.as_ref()),
        "needs": refused.needs,
    })
}

/// Where a policy stands; line and column only on request, like all lines.
fn policy_place(ctx: &Context<'_>, at: Option<&PolicyPlace>) -> Option<Value> {
    let at = at?;
    let mut place = json!({ "file": at.file });
    if ctx.style.lines {
        place["line"] = json!(at.at.line);
        place["column"] = json!(at.at.column);
    }
    Some(place)
}

impl Voice<'_> {
    /// Why an item may not be relied on.
    pub(super) fn barred(self, at: At) -> Option<String> {
        let (kind, row) = self.owner(at);
        let found = self.assessment.barred.iter().find(|b| b.kind == kind && b.row == row)?;
        Some(format!("{} (policy {})", sentence(&found.because), clean::line(&found.policy)))
    }

    /// Why it is not known whether an item may be relied on, and what would settle it.
    pub(super) fn doubted(self, at: At) -> Option<String> {
        let (kind, row) = self.owner(at);
        let found = self.assessment.doubted.iter().find(|d| d.kind == kind && d.row == row)?;
        Some(format!("{} (policy {})", self.doubt(found), clean::line(&found.policy)))
    }

    /// Why a judgement or waiver does not count.
    pub(super) fn refused(self, what: Recorded) -> String {
        let all = self.assessment.refused.iter().filter(|r| r.what == what);
        let found = all.min_by_key(|r| !r.needs.is_empty());
        found.map_or_else(String::new, |r| format!("{} (policy {})", self.refusal(r), clean::line(&r.policy)))
    }

    /// What a doubt turns on.
    fn doubt(self, found: &Doubted) -> String {
        let FieldAt::Column(column) = found.field else { return sentence(&found.because) };
        let table = self.library.table(TableId(found.kind.0));
        let name = |id: ColumnId| table.columns.get(id.0 as usize).map_or("", |c| c.name.as_str());
        let cell = self.bundle.cell(TableId(found.kind.0), found.row, column);
        let who = match u32::try_from(cell) {
            Ok(row) if cell != MISSING && cell != DANGLING => {
                self.brief(At { table: TableId(self.library.person.0), row, field: None })
            }
            _ => format!("whoever `{}` names", name(column)),
        };
        let act = self.library.kind(found.kind).acts.iter().find(|a| a.by == column);
        let target = act.and_then(|a| a.to).map_or("target", |(column, _)| name(column));
        let needs: Vec<String> = found.needs.iter().map(|need| self.need(need, &who, target)).collect();
        format!("it is not shown that {who} may do so: {}", asked(&needs, &found.because))
    }

    /// What one policy says of a judgement or waiver.
    fn refusal(self, found: &Refused) -> String {
        if found.needs.is_empty() {
            return sentence(&found.because);
        }
        let needs: Vec<String> = found.needs.iter().map(|need| self.need(need, "whoever did it", "target")).collect();
        format!("it is not shown that they may do so: {}", asked(&needs, &found.because))
    }

    /// What is to be stated, in words.
    fn need(self, need: &str, who: &str, target: &str) -> String {
        match need.strip_prefix("target.") {
            Some(field) => format!("`{field}` of `{target}`"),
            None if need == "target" => format!("`{target}`"),
            None if need == "roles" => format!("the roles of {who} on that day"),
            None => format!("`{need}`"),
        }
    }
}

fn asked(needs: &[String], because: &str) -> String {
    let state = if needs.is_empty() { String::new() } else { format!("state {}; ", needs.join(" and ")) };
    format!("{state}the policy reads: {}", sentence(because))
}
