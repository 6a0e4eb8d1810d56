//! May this audience see this: every item of a bundle, part by part, and every verdict. What Cedar is told of them stands in `reveal`.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::audience::{Audience, level};
use super::reveal::{Look, Part};
use super::{Denial, Policies};
use crate::evidence::{Bundle, MISSING};
use crate::library::Library;
use crate::library::model::{ColumnId, Common, KindId, ListId, Reads, Requirement, Scalar, TableId};

/// What may be seen of one item. INVARIANT: of an item that may not be seen, no part may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Sight {
    /// The item at all.
    pub item: bool,
    /// The persons it names.
    pub people: bool,
    /// What could tell who made a confidential report.
    pub source: bool,
}

impl Sight {
    /// Whether everything of the item may be seen.
    #[must_use]
    pub const fn whole(self) -> bool {
        self.item && self.people && self.source
    }
}

/// A policy that withholds something, and from how many items or verdicts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Withholding {
    /// Its `@id`.
    pub policy: String,
    /// Its `@because`.
    pub because: String,
    /// How many items, statements or verdicts it withholds, wholly or in part.
    pub times: u32,
}

/// What of a bundle, and of the verdicts on it, one audience may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosure {
    /// The audience.
    pub audience: Audience,
    /// By kind and row.
    pub items: Vec<Vec<Sight>>,
    /// Facts about the entity. Its name, kind and route head every report.
    pub facts: bool,
    /// Judgements, with who made them and why.
    pub judgements: bool,
    /// Waivers and derogations.
    pub waivers: bool,
    /// Nil returns.
    pub nil_returns: bool,
    /// The verdicts, by requirement.
    pub verdicts: Vec<bool>,
    /// Which policies withhold, by their names.
    pub because: Vec<Withholding>,
}

impl Disclosure {
    /// What may be seen of the item that a row belongs to.
    #[must_use]
    pub fn of_item(&self, kind: KindId, row: u32) -> Sight {
        self.items.get(kind.0 as usize).and_then(|rows| rows.get(row as usize)).copied().unwrap_or_default()
    }

    /// Whether a scalar field of an item seen like this may be seen.
    #[must_use]
    pub fn shows_column(library: &Library, sight: Sight, table: TableId, column: ColumnId) -> bool {
        sight.item && Self::shows(sight, part(library, table, column))
    }

    /// Whether a list of an item seen like this may be seen. The fields of a list's records are asked about one by one.
    #[must_use]
    pub fn shows_list(library: &Library, sight: Sight, table: TableId, list: ListId) -> bool {
        let list = &library.table(table).lists[list.0 as usize];
        sight.item && (!list.scalar || Self::shows_column(library, sight, list.table, ColumnId(0)))
    }

    const fn shows(sight: Sight, part: Part) -> bool {
        match part {
            Part::All => sight.item,
            Part::People => sight.people,
            Part::Source => sight.source,
        }
    }
}

/// Which part of its item a field is.
fn part(library: &Library, table: TableId, column: ColumnId) -> Part {
    let shape = library.table(table);
    let of = shape.columns[column.0 as usize].of;
    let names_person = of == Scalar::Ref(library.person);
    // An id names the item; the item as a whole was asked about.
    let id = shape.parent.is_none() && column == Common::Id.column();
    if confidential(library, shape.kind).is_some() && (names_person || (of == Scalar::Text && !id)) {
        Part::Source
    } else if names_person || (shape.kind == library.person && of == Scalar::Text && !id) {
        Part::People
    } else {
        Part::All
    }
}

/// The field by which items of a kind say that they are confidential.
fn confidential(library: &Library, kind: KindId) -> Option<ColumnId> {
    let table = library.table_of(kind);
    table.column("confidential").filter(|c| table.columns[c.0 as usize].of == Scalar::Bool)
}

/// Whether items of a kind are persons, or cannot be without naming one.
fn personal(library: &Library, kind: KindId) -> bool {
    let own = library.table_of(kind).columns.iter().skip(Common::ALL.len());
    kind == library.person || own.filter(|c| !c.optional).any(|c| c.of == Scalar::Ref(library.person))
}

/// Answers of one run: Cedar, or what it said before.
struct Asking<'a> {
    policies: &'a Policies,
    audience: Audience,
    because: BTreeMap<Denial, u32>,
}

impl Asking<'_> {
    fn count(&mut self, denials: &BTreeSet<Denial>) {
        for denial in denials {
            *self.because.entry(denial.clone()).or_default() += 1;
        }
    }

    fn statement(&mut self, kind: &str, times: usize) -> bool {
        let denials = self.policies.hides(self.audience, kind, Part::All, Look::default());
        for _ in 0..times {
            self.count(&denials);
        }
        denials.is_empty()
    }

    fn item(&self, kind: &str, look: Look) -> (Sight, BTreeSet<Denial>) {
        let mut denials = self.policies.hides(self.audience, kind, Part::All, look);
        if !denials.is_empty() {
            return (Sight::default(), denials);
        }
        let mut see = |part| {
            let more = self.policies.hides(self.audience, kind, part, look);
            let seen = more.is_empty();
            denials.extend(more);
            seen
        };
        let people = see(Part::People);
        let source = look.confidential.is_none() || see(Part::Source);
        (Sight { item: true, people, source }, denials)
    }

    fn kind(&mut self, library: &Library, bundle: &Bundle, kind: KindId) -> Vec<Sight> {
        let rows = bundle.rows(TableId(kind.0));
        let written = library.kind(kind);
        let usual = written.marking.as_deref().map(level);
        let personal = personal(library, kind);
        let stated = confidential(library, kind).map(|c| rows.columns[c.0 as usize].as_slice());
        let marked = rows.columns.get(Common::Marking.column().0 as usize).map_or(&[][..], Vec::as_slice);
        let mut known: FxHashMap<Look, (Sight, BTreeSet<Denial>)> = FxHashMap::default();
        let mut levels: FxHashMap<i64, u8> = FxHashMap::default();
        let mut seen = Vec::with_capacity(rows.len as usize);
        for row in 0..rows.len as usize {
            let cell = marked.get(row).copied().unwrap_or(MISSING);
            let own = (cell != MISSING).then(|| {
                let text = || usize::try_from(cell).ok().and_then(|i| bundle.pool.texts.get(i)).unwrap_or("");
                *levels.entry(cell).or_insert_with(|| level(text()))
            });
            let look = Look { level: own.or(usual), personal, confidential: stated.map(|cells| cells[row] != 0) };
            let (sight, denials) = known.entry(look).or_insert_with(|| self.item(&written.name, look)).clone();
            self.count(&denials);
            seen.push(sight);
        }
        seen
    }

    fn verdict(&mut self, library: &Library, requirement: &Requirement) -> bool {
        let reads = Reads::of_requirement(requirement);
        let kinds = reads.kinds(library).into_iter().map(|k| library.kind(k).name.clone());
        let reads: Vec<String> = kinds.chain(reads.facts.then(|| "entity".to_owned())).collect();
        let denials = self.policies.hides_verdict(self.audience, &reads, !requirement.judges.is_empty());
        self.count(&denials);
        denials.is_empty()
    }
}

impl Policies {
    /// What an audience may see of a bundle and of the verdicts on it.
    #[must_use]
    pub fn disclosure(&self, library: &Library, bundle: &Bundle, audience: Audience) -> Disclosure {
        let mut asking = Asking { policies: self, audience, because: BTreeMap::new() };
        let kinds = (0u32..).map(KindId).zip(&library.kinds);
        let items = kinds.map(|(kind, _)| asking.kind(library, bundle, kind)).collect();
        let facts = asking.statement("entity", 1);
        let judgements = asking.statement("judgement", bundle.judgements.len());
        let waivers = asking.statement("waiver", bundle.exemptions.len());
        let nil_returns = asking.statement("nil-return", bundle.nil_returns.len());
        let verdicts = library.requirements.iter().map(|r| asking.verdict(library, r)).collect();
        let because = asking.because.into_iter();
        let because = because.map(|(d, times)| Withholding { policy: d.policy, because: d.because, times }).collect();
        Disclosure { audience, items, facts, judgements, waivers, nil_returns, verdicts, because }
    }
}
