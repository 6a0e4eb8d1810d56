//! Values of items in tests.

use super::super::ast::{Value, ValueKind};
use super::super::grammar::{Pair, Rule};
use super::super::reader::Reader;

#[expect(clippy::wildcard_enum_match_arm, reason = "the generated rules are many; the grammar admits these only")]
pub(super) fn value(reader: &mut Reader<'_>, pair: Pair<'_>) -> Value {
    let span = reader.span(&pair);
    let kind = match pair.as_rule() {
        Rule::text => ValueKind::Scalar { text: reader.text(&pair).value, quoted: true },
        Rule::list => {
            let inner = pair.into_inner().filter(|p| is_value(p.as_rule()));
            ValueKind::List(inner.map(|p| value(reader, p)).collect())
        }
        Rule::record => {
            let mut entries = Vec::new();
            for entry in pair.into_inner().filter(|p| p.as_rule() == Rule::entry) {
                let mut pieces = entry.into_inner();
                if let (Some(name), Some(inner)) = (pieces.next(), pieces.last()) {
                    entries.push((reader.name(&name), value(reader, inner)));
                }
            }
            ValueKind::Record(entries)
        }
        _ => ValueKind::Scalar { text: pair.as_str().to_owned(), quoted: false },
    };
    Value { kind, span }
}

fn is_value(rule: Rule) -> bool {
    matches!(rule, Rule::text | Rule::list | Rule::record | Rule::scalar)
}
