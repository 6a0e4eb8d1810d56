//! Gathered items to a bundle.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::attachments;
use super::bundle::{Bundle, MISSING};
use super::convert::{Filler, Known};
use super::errors::{items as errors, tables};
use super::folder::Folder;
use super::gather::{Gathered, Item, Origin};
use super::options::ReadOptions;
use super::pool::Interner;
use super::reader::Reader;
use super::tree::View;
use super::{checklist, entity, statements, table};
use crate::base::{Date, FileId, Sources, Span};
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::library::model::{KindId, Scalar};

/// What a bundle is made in.
pub(super) struct Setting<'f> {
    /// Where attachments are.
    pub(super) folder: Option<&'f dyn Folder>,
    /// How it is read.
    pub(super) options: ReadOptions,
    /// Whether it comes from a test.
    pub(super) in_test: bool,
}

/// A bundle without its texts and trees, and what is wrong with it.
pub(super) fn build<'s>(reader: &'s Reader<'_>, gathered: &Gathered<'s>, setting: &Setting<'_>) -> (Bundle, Vec<Diagnostic>) {
    let library = reader.library();
    let interner = Interner::new(&library.texts, gathered.items.len());
    let mut filler = Filler::new(library, reader.fields(), interner);
    filler.tell_missing = !setting.in_test;

    let arranged = arrange(&mut filler, &gathered.items, setting.options.known_at);

    let entity = match gathered.entity {
        Some(written) => entity::read(&mut filler, written, setting.in_test),
        None => entity::empty(&filler, Span::new(FileId(0), 0, 0)),
    };
    let mut pending = Vec::new();
    // What was told of an item, by its position.
    let mut told: FxHashMap<u32, Range<usize>> = FxHashMap::default();
    let mut untold = Untold::default();
    let mut read = |filler: &mut Filler<'_, 's>, index: u32, row: u32| {
        let (before, item) = (filler.diagnostics.len(), &gathered.items[index as usize]);
        filler.item(item.kind, row, item.fields, item.id, item.origin == Origin::Table);
        attachments::of_item(filler, item.kind, row, item.fields, &mut pending, setting.in_test);
        if item.origin == Origin::Table {
            // What was told of a cell when its table was read is not told again in other words.
            let mut told_before = filler.diagnostics.split_off(before);
            told_before.retain(|d| d.at.as_ref().is_none_or(|at| !gathered.unreadable.contains(&at.span)));
            filler.diagnostics.append(&mut told_before);
            untold.limit(item.fields.doc.index, before, &mut filler.diagnostics);
        }
        if filler.diagnostics.len() > before {
            told.insert(index, before..filler.diagnostics.len());
        }
    };
    let mut read_all = || {
        for (kind, items) in (0u32..).map(KindId).zip(&arranged.by_kind) {
            filler.make_room(kind, items.len());
            // Elements of lists stand in the order of the rows they belong to.
            if !library.table_of(kind).lists.is_empty() {
                (0u32..).zip(items).for_each(|(row, index)| read(&mut filler, *index, row));
            }
        }
        // All others are read in the order they are written in, so that what is read next is near what was read last.
        for ((index, item), row) in (0u32..).zip(&gathered.items).zip(&arranged.rows) {
            if let Some(row) = row
                && library.table_of(item.kind).lists.is_empty()
            {
                read(&mut filler, index, *row);
            }
        }
    };
    let refused = if reader.is_worth_a_thread(&gathered.items) {
        rayon::join(read_all, || reader.refused(&gathered.items)).1
    } else {
        read_all();
        reader.refused(&gathered.items)
    };
    untold.tell(&mut filler.diagnostics);
    for index in refused.into_iter().filter(|index| arranged.rows[*index as usize].is_some()) {
        let item = &gathered.items[index as usize];
        let told = told.get(&index).and_then(|range| filler.diagnostics.get(range.clone())).unwrap_or(&[]);
        let mut more = reader.refusals(item.kind, item.fields, told);
        filler.diagnostics.append(&mut more);
    }
    pending.sort_by_key(attachments::Pending::item);
    filler.finish();
    let assessment_date = gathered.assessment_date.and_then(|v| day(filler.cell(Scalar::Date, v, "assessment-date")));
    let nil_returns = statements::nil_returns(&mut filler, &gathered.nil_returns, assessment_date);
    let judgements = statements::judgements(&mut filler, &gathered.judgements);
    let exemptions = statements::exemptions(&mut filler, &gathered.waivers, &gathered.derogations);
    let checklist = checklist::read(&mut filler, &gathered.checklist);
    let attachments = attachments::inspect(&mut filler, pending, setting.folder);

    let bundle = Bundle {
        sources: Sources::default(),
        trees: Vec::new(),
        entity,
        assessment_date,
        tables: filler.tables,
        pool: filler.interner.finish(),
        nil_returns,
        judgements,
        exemptions,
        checklist,
        attachments,
        not_yet_known: arranged.hidden,
    };
    (bundle, filler.diagnostics)
}

/// What is wrong with tables beyond what anybody reads: by tree, errors and warnings each with how many were told, the first that was not, and how many
/// were not.
#[derive(Default)]
struct Untold {
    by_tree: BTreeMap<(u32, Severity), ToldOf>,
}

/// How many were told, the first that was not, and how many were not.
type ToldOf = (usize, Option<(Code, Span)>, usize);

impl Untold {
    /// Takes back what was told since `before`, where that is too much of one table.
    fn limit(&mut self, tree: u32, before: usize, diagnostics: &mut Vec<Diagnostic>) {
        if diagnostics.len() <= before {
            return;
        }
        let new = diagnostics.split_off(before);
        for diagnostic in new {
            let (told, first, more) = self.by_tree.entry((tree, diagnostic.severity())).or_default();
            if *told < table::MOST_TOLD {
                *told += 1;
                diagnostics.push(diagnostic);
            } else if let Some(at) = &diagnostic.at {
                first.get_or_insert((diagnostic.code, at.span));
                *more += 1;
            }
        }
    }

    /// Says how much was not told.
    fn tell(self, diagnostics: &mut Vec<Diagnostic>) {
        for ((_, severity), (_, first, more)) in self.by_tree {
            let Some((code, at)) = first else { continue };
            diagnostics.push(match severity {
                Severity::Error => tables::and_more(at, more),
                Severity::Warning => tables::and_more_warnings(code, at, more),
            });
        }
    }
}

/// Where items go.
struct Arranged {
    /// Items by kind, sorted by id.
    by_kind: Vec<Vec<u32>>,
    /// By item: its row; none for one that is left out.
    rows: Vec<Option<u32>>,
    /// How many are not yet known.
    hidden: u32,
}

/// Gives items their rows. References can be followed afterwards.
fn arrange<'s>(filler: &mut Filler<'_, 's>, items: &[Item<'s>], known_at: Option<Date>) -> Arranged {
    let mut by_kind: Vec<Vec<(&'s str, u32)>> = vec![Vec::new(); filler.library.kinds.len()];
    let mut rows = vec![None; items.len()];
    let mut hidden = 0;
    filler.known.reserve(items.len());
    filler.targets.reserve(items.len());
    for (index, item) in (0u32..).zip(items) {
        let Some(id) = id_text(item.id) else {
            filler.targets.push(Known::Hidden { kind: item.kind, span: item.id.span() });
            filler.tell(super::errors::values::not_text(item.id, "id"));
            continue;
        };
        let span = item.id.span();
        let later = known_at.is_some_and(|day| arrived(item.fields).is_some_and(|a| a > day));
        filler.targets.push(if later {
            Known::Hidden { kind: item.kind, span }
        } else {
            Known::Row { kind: item.kind, row: 0, span }
        });
        if let Some(first) = filler.known.get(id).copied() {
            let first = items[first as usize].id.span();
            filler.tell(errors::duplicate_item(span, id, first));
            continue;
        }
        filler.known.insert(id, index);
        if later {
            hidden += 1;
        } else {
            by_kind[item.kind.0 as usize].push((id, index));
        }
    }
    for items in &mut by_kind {
        sort(items);
        for (place, (_, index)) in (0u32..).zip(items.iter()) {
            rows[*index as usize] = Some(place);
            if let Known::Row { row, .. } = &mut filler.targets[*index as usize] {
                *row = place;
            }
        }
        filler.ids.push(items.iter().map(|(id, _)| *id).collect());
    }
    let by_kind = by_kind.into_iter().map(|items| items.into_iter().map(|(_, index)| index).collect()).collect();
    Arranged { by_kind, rows, hidden }
}

/// Sorts items by id. Ids of a kind mostly begin alike and differ soon after: eight bytes from there decide nearly always, without a look at the
/// texts, which lie all over the files.
fn sort(items: &mut Vec<(&str, u32)>) {
    let Some((first, _)) = items.first() else { return };
    let alike = |id: &str, most: usize| first.bytes().zip(id.bytes()).take(most).take_while(|(a, b)| a == b).count();
    let same = items.iter().fold(first.len(), |most, (id, _)| alike(id, most));
    let next = |id: &str| {
        let mut bytes = [0; 8];
        let rest = id.as_bytes().get(same..).unwrap_or(&[]);
        bytes.iter_mut().zip(rest).for_each(|(b, r)| *b = *r);
        u64::from_be_bytes(bytes)
    };
    let mut keyed: Vec<(u64, &str, u32)> = items.iter().map(|(id, index)| (next(id), *id, *index)).collect();
    keyed.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(b.1)));
    items.clear();
    items.extend(keyed.into_iter().map(|(_, id, index)| (id, index)));
}

/// An id: any text but the empty one.
fn id_text(id: View<'_>) -> Option<&str> {
    let word = id.is_plain() && matches!(id.text(), Some("true" | "false"));
    id.text().filter(|text| !text.is_empty() && !word)
}

/// When an item reached the file, as far as it says.
fn arrived(item: View<'_>) -> Option<Date> {
    let stated = |key: &str| item.get(key).and_then(View::text).and_then(|t| Date::parse(t).ok());
    stated("received").or_else(|| stated("issued"))
}

fn day(cell: i64) -> Option<Date> {
    if cell == MISSING { None } else { i32::try_from(cell).ok().and_then(Date::from_day_number) }
}
