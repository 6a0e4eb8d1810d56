//! The bundle without what is withheld: cells, texts, attachments, statements. Made anew field by field, so that nothing is in it by accident.

use rustc_hash::FxHashMap;

use super::hidden::Hidden;
use super::text;
use crate::base::{Decimal, Span};
use crate::evidence::tree::{NodeId, NodeRef};
use crate::evidence::{Attachment, Bundle, ChecklistEntry, Entity, Exemption, Judgement, MISSING, NilReturn, Pool, Rows};
use crate::library::model::{ColumnId, Common, Scalar, TableId};
use crate::policy::Disclosure;

/// A node of no tree: what is withheld stands nowhere.
const NOWHERE: NodeRef = NodeRef { tree: u32::MAX, node: NodeId(u32::MAX) };

/// How much is not in the copy.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counted {
    pub(super) items: u32,
    pub(super) fields: u32,
    pub(super) facts: u32,
}

/// Texts and decimals that something shown points to; all others are emptied.
struct Used {
    texts: Vec<bool>,
    decimals: Vec<bool>,
}

impl Used {
    fn mark(&mut self, of: Scalar, cell: i64) {
        let marks = match of {
            Scalar::Text => &mut self.texts,
            Scalar::Decimal | Scalar::Percent => &mut self.decimals,
            Scalar::Bool
            | Scalar::Whole
            | Scalar::Date
            | Scalar::Period
            | Scalar::Interval
            | Scalar::Term(_)
            | Scalar::Ref(_) => return,
        };
        if let Some(mark) = usize::try_from(cell).ok().and_then(|i| marks.get_mut(i)) {
            *mark = true;
        }
    }
}

/// The copy, and how much is not in it.
pub(super) fn bundle(hidden: &Hidden<'_>) -> (Bundle, Counted) {
    let (bundle, library, seen) = (hidden.bundle, hidden.library, hidden.disclosure);
    let mut counted = Counted::default();
    let mut used = Used { texts: vec![false; bundle.pool.texts.len()], decimals: vec![false; bundle.pool.decimals.len()] };
    // Literals of the rules come first.
    used.texts.iter_mut().take(library.texts.len()).for_each(|mark| *mark = true);

    let prefix = prefix(hidden);
    let mut names: Vec<String> = Vec::new();
    // A text that is the id of a withheld item is a reference to it, whatever field it stands in.
    let mut renamed: FxHashMap<&str, String> = FxHashMap::default();
    let mut tables = Vec::with_capacity(bundle.tables.len());
    for table in (0u32..).map(TableId).take(bundle.tables.len()) {
        let first_name = bundle.pool.texts.len() + names.len();
        tables.push(rows(hidden, table, &mut used, &mut counted, first_name));
        for id in withheld_ids(hidden, table) {
            let name = format!("{prefix}{}", names.len() + 1);
            if let Some(id) = bundle.pool.texts.get(id) {
                renamed.insert(id, name.clone());
            }
            names.push(name);
        }
    }

    let mut facts = bundle.entity.facts.clone();
    if seen.facts {
        facts.iter().zip(&library.facts).for_each(|(cell, fact)| used.mark(fact.of, *cell));
    } else {
        counted.facts = facts.iter().filter(|cell| **cell != MISSING).count() as u32;
        facts.iter_mut().for_each(|cell| *cell = MISSING);
    }

    let text = |((at, text), used): ((usize, &str), &bool)| match renamed.get(text) {
        // What the rules say is no secret.
        _ if at < library.texts.len() => text.to_owned(),
        Some(name) => name.clone(),
        None if *used => text.to_owned(),
        None => String::new(),
    };
    let texts = bundle.pool.texts.iter().enumerate().zip(&used.texts).map(text).chain(names).collect();
    let decimals = bundle.pool.decimals.iter().zip(&used.decimals).map(|(d, used)| if *used { *d } else { Decimal::ZERO });
    let pool = Pool { texts, decimals: decimals.collect() };

    let texts = text::texts(hidden);
    let at = |span: Span| texts.moved(span);
    let e = &bundle.entity;
    let entity = Entity {
        id: e.id.clone(),
        name: e.name.clone(),
        kind: e.kind,
        sems: e.sems,
        facts,
        fact_places: e.fact_places.iter().map(|place| place.filter(|_| seen.facts).map(at)).collect(),
        kind_place: e.kind_place.map(at),
        sems_place: e.sems_place.map(at),
        span: at(e.span),
    };
    let nil_returns = bundle.nil_returns.iter().filter(|_| seen.nil_returns).map(|n| NilReturn { span: at(n.span), ..n.clone() });
    let judgements = bundle.judgements.iter().filter(|_| seen.judgements).map(|j| Judgement { span: at(j.span), ..j.clone() });
    let exemptions = bundle.exemptions.iter().filter(|_| seen.waivers).map(|e| Exemption { span: at(e.span), ..e.clone() });
    // The entity's own words about a verdict are for whom the verdict is, and its judgements.
    let shown = |e: &&ChecklistEntry| seen.judgements && seen.verdicts.get(e.requirement.0 as usize).copied().unwrap_or(false);
    let checklist = bundle.checklist.iter().filter(shown).map(|e| ChecklistEntry { span: at(e.span), ..e.clone() });
    let attachments = bundle.attachments.iter().map(|a| Attachment {
        kind: a.kind,
        row: a.row,
        file: if seen.of_item(a.kind, a.row).whole() { a.file.clone() } else { String::new() },
        state: a.state,
        content: a.content.filter(|_| seen.of_item(a.kind, a.row).whole()),
        span: at(a.span),
    });
    let copy = Bundle {
        entity,
        assessment_date: bundle.assessment_date,
        tables,
        pool,
        nil_returns: nil_returns.collect(),
        judgements: judgements.collect(),
        exemptions: exemptions.collect(),
        checklist: checklist.collect(),
        attachments: attachments.collect(),
        not_yet_known: bundle.not_yet_known,
        sources: texts.sources.clone(),
        trees: texts.trees,
    };
    (copy, counted)
}

/// The rows of a table. A withheld item keeps its row, its lists their lengths: grounds count them. Its id is a new text, from `first_name` on.
fn rows(hidden: &Hidden<'_>, table: TableId, used: &mut Used, counted: &mut Counted, first_name: usize) -> Rows {
    let rows = hidden.bundle.rows(table);
    let shape = hidden.library.table(table);
    let sights: Vec<_> = (0..rows.len).map(|row| hidden.sight(table, row)).collect();
    let mut columns = Vec::with_capacity(rows.columns.len());
    for ((column, cells), written) in (0u32..).map(ColumnId).zip(&rows.columns).zip(&shape.columns) {
        let names = shape.parent.is_none() && column == Common::Id.column();
        let mut name = first_name as i64 - 1;
        let cell = |(cell, sight): (&i64, &crate::policy::Sight)| {
            if Disclosure::shows_column(hidden.library, *sight, table, column) {
                used.mark(written.of, *cell);
                *cell
            } else if names {
                name += 1;
                counted.items += 1;
                name
            } else {
                counted.fields += u32::from(sight.item && *cell != MISSING);
                MISSING
            }
        };
        columns.push(cells.iter().zip(&sights).map(cell).collect());
    }
    let nodes = rows.nodes.iter().zip(&sights).map(|(node, sight)| if sight.item { *node } else { NOWHERE });
    Rows { len: rows.len, columns, parents: rows.parents.clone(), lists: rows.lists.clone(), nodes: nodes.collect() }
}

/// The ids of the withheld items of a kind, as texts of the pool, in the order of their rows.
fn withheld_ids<'a>(hidden: &'a Hidden<'_>, table: TableId) -> impl Iterator<Item = usize> + 'a {
    let ids = if hidden.library.table(table).parent.is_none() {
        hidden.bundle.rows(table).columns.get(Common::Id.column().0 as usize)
    } else {
        None
    };
    let rows = (0u32..).zip(ids.into_iter().flatten()).filter(move |(row, _)| !hidden.sight(table, *row).item);
    rows.map(|(_, cell)| usize::try_from(*cell).unwrap_or(usize::MAX))
}

/// What the names of withheld items start with: not what the id of a shown item starts with.
fn prefix(hidden: &Hidden<'_>) -> String {
    let mut prefix = "withheld-".to_owned();
    for (kind, rows) in (0u32..).map(crate::library::model::KindId).zip(&hidden.disclosure.items) {
        let shown = (0u32..).zip(rows).filter(|(_, sight)| sight.item).map(|(row, _)| hidden.bundle.item_id(kind, row));
        for id in shown {
            while id.starts_with(&prefix) {
                prefix.push('-');
            }
        }
    }
    prefix
}
