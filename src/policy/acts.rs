//! The acts that a bundle records: by items, as their kinds declare (`act …`), by judgements and by waivers. Each becomes a [`Deed`] that holds all a
//! decision depends on and nothing else, so that equal acts are decided once.

use rustc_hash::FxHashMap;

use super::authority::{Deed, Of, Record, Stated};
use super::posts::{Posts, Register};
use crate::evidence::{Bundle, DANGLING, Exemption, ExemptionKind, ExemptionOf, Judgement, MISSING};
use crate::library::Library;
use crate::library::model::{Act, ColumnId, KindId, Scalar, TableId};

/// Attributes of a record: the field of that name, where the kind has one that fits.
const PERSONS: [&str; 3] = ["author", "approver", "owner"];
const TERMS: [&str; 4] = ["status", "severity", "residual", "origin"];
const FIELDS: usize = PERSONS.len() + TERMS.len();

/// An act of a kind, with the columns that decisions about it may depend on.
struct Watched {
    kind: KindId,
    act: Act,
    own: [Option<ColumnId>; FIELDS],
    target: Option<(TableId, ColumnId, [Option<ColumnId>; FIELDS])>,
}

/// What an act of an item depends on, as cells: the key under which it is decided once. Persons are numbered as they are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key {
    watched: u32,
    posts: Posts,
    own: [i64; FIELDS],
    /// Of what was acted on; `None` where it is not stated or leads nowhere.
    target: Option<[i64; FIELDS]>,
}

/// An act found in an item.
pub(super) struct Found {
    pub(super) kind: KindId,
    pub(super) row: u32,
    /// The field that says who.
    pub(super) by: ColumnId,
    pub(super) key: Key,
}

/// All acts that a library's kinds declare.
pub(super) struct Acts<'a> {
    library: &'a Library,
    watched: Vec<Watched>,
}

impl<'a> Acts<'a> {
    pub(super) fn new(library: &'a Library) -> Self {
        let mut watched = Vec::new();
        for (id, kind) in (0u32..).map(KindId).zip(&library.kinds) {
            for act in &kind.acts {
                let target = act.to.map(|(column, of)| (TableId(of.0), column, fields(library, of)));
                watched.push(Watched { kind: id, act: *act, own: fields(library, id), target });
            }
        }
        Self { library, watched }
    }

    /// Calls `each` with every act that an item records, in the order of kinds, declarations and rows.
    pub(super) fn each(&self, bundle: &Bundle, register: &mut Register<'_>, each: &mut dyn FnMut(Found)) {
        for (number, watched) in (0u32..).zip(&self.watched) {
            let table = TableId(watched.kind.0);
            let rows = bundle.rows(table);
            let (by, on) = (&rows.columns[watched.act.by.0 as usize], &rows.columns[watched.act.on.0 as usize]);
            for row in 0..rows.len {
                let person = by[row as usize];
                if person == MISSING {
                    continue;
                }
                let mut persons = Persons::new(person);
                let own = persons.cells(bundle, table, row, &watched.own);
                let target = watched.target.as_ref().and_then(|(table, column, fields)| {
                    let row = u32::try_from(bundle.cell(TableId(watched.kind.0), row, *column)).ok()?;
                    Some(persons.cells(bundle, *table, row, fields))
                });
                let posts = register.on(person, on[row as usize]);
                let key = Key { watched: number, posts, own, target };
                each(Found { kind: watched.kind, row, by: watched.act.by, key });
            }
        }
    }

    /// The act in words.
    pub(super) fn deed(&self, key: &Key) -> Deed {
        let watched = &self.watched[key.watched as usize];
        let target = watched.target.as_ref().map(|(table, _, fields)| {
            let record =
                |cells| Box::new(Record { kind: self.name(*table), stated: self.stated(*table, fields, &cells), target: None });
            key.target.map(record)
        });
        let own = TableId(watched.kind.0);
        let record = Record { kind: self.name(own), stated: self.stated(own, &watched.own, &key.own), target };
        Deed { action: watched.act.verb.word(), of: Of::Record(record), posts: Some(key.posts) }
    }

    fn name(&self, table: TableId) -> String {
        self.library.kind(KindId(table.0)).name.clone()
    }

    fn stated(
        &self,
        table: TableId,
        fields: &[Option<ColumnId>; FIELDS],
        cells: &[i64; FIELDS],
    ) -> Vec<(&'static str, Option<Stated>)> {
        let mut stated = Vec::new();
        for ((name, column), cell) in PERSONS.into_iter().chain(TERMS).zip(fields).zip(cells) {
            let Some(column) = column else { continue };
            let value = match self.library.table(table).columns[column.0 as usize].of {
                _ if *cell < 0 => None,
                Scalar::Term(vocabulary) => {
                    let term = self.library.vocabularies[vocabulary.0 as usize].terms.get(*cell as usize);
                    term.map(|t| Stated::Term(t.name.clone()))
                }
                _ => u8::try_from(*cell).ok().map(Stated::Person),
            };
            stated.push((name, value));
        }
        stated
    }
}

/// Persons as far as they are told apart: whoever acted is 0.
struct Persons {
    seen: [i64; 2 * PERSONS.len() + 1],
    len: usize,
}

impl Persons {
    const fn new(actor: i64) -> Self {
        let mut seen = [MISSING; 2 * PERSONS.len() + 1];
        seen[0] = actor;
        Self { seen, len: 1 }
    }

    /// The number of a person. One that leads nowhere may be anybody: not known.
    fn number(&mut self, person: i64) -> i64 {
        if person == MISSING || person == DANGLING {
            return MISSING;
        }
        let known = self.seen.iter().take(self.len).position(|p| *p == person);
        let at = known.unwrap_or_else(|| {
            self.seen[self.len] = person;
            self.len += 1;
            self.len - 1
        });
        // Whether somebody named is the one who acted is not known when that one leads nowhere.
        if self.seen[0] == DANGLING { MISSING } else { at as i64 }
    }

    fn cells(&mut self, bundle: &Bundle, table: TableId, row: u32, fields: &[Option<ColumnId>; FIELDS]) -> [i64; FIELDS] {
        let mut cells = fields.map(|column| column.map_or(MISSING, |c| bundle.cell(table, row, c)));
        for cell in cells.iter_mut().take(PERSONS.len()) {
            *cell = self.number(*cell);
        }
        cells
    }
}

/// The columns that give a kind's attributes.
fn fields(library: &Library, kind: KindId) -> [Option<ColumnId>; FIELDS] {
    let table = library.table_of(kind);
    let fits = |name: &str, fits: &dyn Fn(Scalar) -> bool| table.column(name).filter(|c| fits(table.columns[c.0 as usize].of));
    let mut found = [None; FIELDS];
    for (slot, name) in found.iter_mut().zip(PERSONS) {
        *slot = fits(name, &|of| of == Scalar::Ref(library.person));
    }
    for (slot, name) in found.iter_mut().skip(PERSONS.len()).zip(TERMS) {
        *slot = fits(name, &|of| matches!(of, Scalar::Term(_)));
    }
    found
}

/// A judgement as an act; `None` when nobody is named: then there is no act to question.
pub(super) fn judged(library: &Library, judgement: &Judgement, register: &mut Register<'_>) -> Option<Deed> {
    let posts = register.on(i64::from(judgement.by?), i64::from(judgement.on.day_number()));
    let of = Of::Judgement { requirement: library.requirement(judgement.requirement).name.clone(), role: judgement.role.clone() };
    Some(Deed { action: "judge", of, posts: Some(posts) })
}

/// A waiver as an act; `None` for a derogation, which is law.
pub(super) fn waived(library: &Library, bundle: &Bundle, exemption: &Exemption, ids: &FxHashMap<&str, u32>) -> Option<Deed> {
    if exemption.kind == ExemptionKind::Derogation {
        return None;
    }
    let of = match exemption.of {
        ExemptionOf::Requirement(id) => library.requirement(id).name.clone(),
        ExemptionOf::Provision(id) => library.provisions[id.0 as usize].name.clone(),
    };
    let by = exemption.granted_by.trim();
    let itself = by == bundle.entity.id || by == bundle.entity.name || ids.contains_key(by);
    Some(Deed { action: "waive", of: Of::Waiver { of, by: by.to_owned(), itself }, posts: None })
}
