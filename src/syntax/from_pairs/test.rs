//! Tests of requirements.

use super::super::ast::{Expected, Test, TestItem, TestVerdict};
use super::super::grammar::{Pair, Rule};
use super::super::reader::Reader;
use super::value::value;
use super::{Block, first, name_in};
use crate::base::Spanned;

#[expect(clippy::wildcard_enum_match_arm, reason = "the generated rules are many; the grammar admits these only")]
impl Block for Test {
    fn statement(&mut self, reader: &mut Reader<'_>, pair: Pair<'_>) {
        match pair.as_rule() {
            Rule::entity => self.entity = first(&pair, Rule::record).map(|p| value(reader, p)),
            Rule::item => {
                let mut pieces = pair.into_inner();
                if let (Some(kind), Some(id), Some(record)) = (pieces.next(), pieces.next(), pieces.next()) {
                    let (kind, id) = (reader.name(&kind), reader.name(&id));
                    self.items.push(TestItem { kind, id, fields: value(reader, record) });
                }
            }
            Rule::expected => self.expected.extend(expected(reader, &pair)),
            _ => {}
        }
    }
}

fn expected(reader: &mut Reader<'_>, pair: &Pair<'_>) -> Option<Expected> {
    let clause = first(pair, Rule::dotted).map(|p| reader.dotted(&p).0);
    if let Some(points_at) = first(pair, Rule::points_at) {
        let (item, field) = reader.dotted(&first(&points_at, Rule::dotted)?);
        return Some(Expected::PointsAt { clause: clause?, item, field });
    }
    let verdict = first(pair, Rule::verdict)?;
    let words: Vec<&str> = verdict.as_str().split_whitespace().collect();
    let value = match words.as_slice() {
        ["met"] => TestVerdict::Met,
        ["not", "met"] => TestVerdict::NotMet,
        ["not", "confirmed"] => TestVerdict::NotConfirmed,
        ["needs", _] => TestVerdict::NeedsJudgement,
        ["sealed"] => TestVerdict::Sealed,
        _ => TestVerdict::NotApplicable,
    };
    let verdict = Spanned::new(value, reader.span(&verdict));
    let because = first(pair, Rule::because).and_then(|p| name_in(reader, &p));
    Some(match clause {
        Some(clause) => Expected::Clause { clause, verdict, because },
        None => Expected::Verdict { verdict, because },
    })
}
