//! The evidence of the sample, with a tree made by hand.

#![expect(clippy::unwrap_used, clippy::string_slice, reason = "a test may fail by panicking")]

use super::{KPI, SECOND, date, span};
use crate::base::{Interval, Source, Sources, Span};
use crate::evidence::tree::{Node, NodeId, NodeKind, NodeRef, Tree};
use crate::evidence::{Bundle, Entity, MISSING, NilOf, NilReturn, Pool, Rows};
use crate::library::model::{KindId, TermId};

const EVIDENCE: &str = "entity:
  id: EGNF
  name: Northfield Regional Airport
evidence:
  - id: p-045
    kind: person
    name: Jo Smith
  - id: p-046
    kind: person
    name: Al Jones
  - id: t-7
    kind: training-record
    facts:
      person: p-045
      completed: 2019-03-01
nil-returns:
  - { kind: kpi-report, period: 2025-01-01/2025-12-31, made-by: p-045 }
";

fn tree_of(text: &str) -> (Tree, Vec<NodeRef>) {
    let mut tree = Tree::default();
    let mut items = Vec::new();
    let scalar = |tree: &mut Tree, at: Span| {
        tree.nodes.push(Node { start: at.start, end: at.end, kind: NodeKind::Verbatim { plain: true } });
        NodeId(tree.nodes.len() as u32 - 1)
    };
    for (id, keys) in
        [("p-045", &["kind", "name"][..]), ("p-046", &["kind", "name"][..]), ("t-7", &["kind", "person", "completed"][..])]
    {
        let start = span(text, &format!("- id: {id}")).start + 2;
        let mut pairs = Vec::new();
        for key in ["id"].iter().chain(keys) {
            let from = text[start as usize..].find(&format!("{key}: ")).unwrap() as u32 + start;
            let value = from + key.len() as u32 + 2;
            let end = text[value as usize..].find('\n').unwrap() as u32 + value;
            pairs.push(scalar(&mut tree, Span::new(crate::base::FileId(0), from, from + key.len() as u32)));
            pairs.push(scalar(&mut tree, Span::new(crate::base::FileId(0), value, end)));
        }
        let first = tree.children.len() as u32;
        let len = pairs.len() as u32 / 2;
        tree.children.extend(pairs);
        tree.nodes.push(Node { start, end: start + 9, kind: NodeKind::Mapping { first, len } });
        items.push(NodeRef { tree: 0, node: NodeId(tree.nodes.len() as u32 - 1) });
    }
    (tree, items)
}

/// The bundle; `name` is the name of the first person.
pub(super) fn bundle(name: &str) -> Bundle {
    let (tree, items) = tree_of(EVIDENCE);
    let mut sources = Sources::default();
    sources.add(Source::new("northfield/evidence.yaml", EVIDENCE));
    let texts = ["p-045", "p-046", "t-7", name, "Al Jones"].map(str::to_owned).to_vec();
    let mut people = vec![vec![MISSING, MISSING]; 9];
    people[0] = vec![0, 1];
    people[8] = vec![3, 4];
    let mut training = vec![vec![MISSING]; 10];
    training[0] = vec![2];
    training[8] = vec![i64::from(date("2019-03-01").day_number())];
    training[SECOND.0 as usize] = vec![0];
    let tables = vec![
        Rows { len: 0, columns: vec![vec![]; 9], ..Rows::default() },
        Rows { len: 2, columns: people, nodes: items[..2].to_vec(), ..Rows::default() },
        Rows { len: 1, columns: training, nodes: items[2..].to_vec(), ..Rows::default() },
    ];
    Bundle {
        sources,
        trees: vec![tree],
        entity: Entity {
            id: "EGNF".to_owned(),
            name: "Northfield Regional Airport".to_owned(),
            kind: Some(TermId(0)),
            sems: Some(TermId(0)),
            facts: vec![MISSING],
            fact_places: vec![None],
            span: span(EVIDENCE, "entity:"),
            ..empty().entity
        },
        tables,
        pool: Pool { texts: texts.iter().collect(), decimals: vec![] },
        nil_returns: vec![NilReturn {
            of: NilOf::Kind(KindId(KPI.0)),
            period: Interval::new(date("2025-01-01"), date("2025-12-31")),
            made_by: Some(0),
            span: span(EVIDENCE, "{ kind: kpi-report"),
        }],
        ..empty()
    }
}

pub(super) fn empty() -> Bundle {
    Bundle {
        sources: Sources::default(),
        trees: vec![],
        entity: Entity {
            id: String::new(),
            name: String::new(),
            kind: None,
            sems: None,
            facts: vec![],
            fact_places: vec![],
            kind_place: None,
            sems_place: None,
            span: Span::new(crate::base::FileId(0), 0, 0),
        },
        assessment_date: None,
        tables: vec![],
        pool: Pool::default(),
        nil_returns: vec![],
        judgements: vec![],
        exemptions: vec![],
        checklist: vec![],
        attachments: vec![],
        not_yet_known: 0,
    }
}
