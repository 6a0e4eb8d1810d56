//! What a bundle says, as one number: the same for the same content, whatever the order of items, the files they stand in, or their form.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::bundle::{
    At, Attachment, Bundle, DANGLING, ExemptionKind, ExemptionOf, FieldAt, MISSING, NilOf, decode_interval, decode_period,
};
use crate::base::{Date, hex};
use crate::library::Library;
use crate::library::model::{ColumnId, Common, KindId, Scalar, TableId, TermId, VocabularyId};

/// SHA-256 of what the bundle says, hex.
#[must_use]
pub fn fingerprint(bundle: &Bundle, library: &Library) -> String {
    let mut sink = Sink::new(bundle, library);
    sink.text("abide bundle 1");
    sink.entity();
    sink.date(bundle.assessment_date);
    for (kind, definition) in (0u32..).map(KindId).zip(&library.kinds) {
        sink.text(&definition.name);
        sink.rows(TableId(kind.0), 0..bundle.tables.get(kind.0 as usize).map_or(0, |t| t.len));
    }
    sink.statements();
    sink.attachments();
    sink.hex()
}

/// SHA-256 of what each item says, its attachments included, by kind and id.
#[must_use]
pub fn fingerprints_of_items(bundle: &Bundle, library: &Library) -> BTreeMap<(KindId, String), String> {
    let mut prints = BTreeMap::new();
    let mut attachments = bundle.attachments.as_slice();
    for kind in (0u32..).map(KindId).take(library.kinds.len()) {
        for row in 0..bundle.rows(TableId(kind.0)).len {
            let mut sink = Sink::new(bundle, library);
            sink.rows(TableId(kind.0), row..row + 1);
            let before = attachments.iter().take_while(|a| (a.kind, a.row) < (kind, row)).count();
            let own = attachments.iter().skip(before).take_while(|a| (a.kind, a.row) == (kind, row)).count();
            let (here, rest) = attachments.get(before..).unwrap_or(&[]).split_at(own);
            here.iter().for_each(|a| sink.attachment(a));
            attachments = rest;
            prints.insert((kind, bundle.item_id(kind, row).to_owned()), sink.hex());
        }
    }
    prints
}

/// SHA-256 of what the bundle says of the entity itself.
#[must_use]
pub fn fingerprint_of_entity(bundle: &Bundle, library: &Library) -> String {
    let mut sink = Sink::new(bundle, library);
    sink.entity();
    sink.hex()
}

/// SHA-256 of what an item says, its id apart: the same for two items exactly when they say the same. `None` for an item that says nothing.
#[must_use]
pub fn same(bundle: &Bundle, library: &Library, kind: KindId, row: u32) -> Option<[u8; 32]> {
    let table = TableId(kind.0);
    let rows = bundle.rows(table);
    let id = Common::Id.column();
    let stated = |(column, cells): (ColumnId, &Vec<i64>)| column != id && cells.get(row as usize).is_some_and(|c| *c != MISSING);
    let says = (0u32..).map(ColumnId).zip(&rows.columns).any(stated)
        || rows.lists.iter().any(|list| list.stated.get(row as usize).copied().unwrap_or(false));
    if !says {
        return None;
    }
    let mut sink = Sink::new(bundle, library);
    sink.row(table, row, Some(id));
    Some(sink.digest())
}

/// So many bytes are handed to the hash at once: it takes many small pieces more slowly than a large one.
const AT_ONCE: usize = 4096;

struct Sink<'a> {
    hash: Sha256,
    waiting: Vec<u8>,
    bundle: &'a Bundle,
    library: &'a Library,
}

impl<'a> Sink<'a> {
    fn new(bundle: &'a Bundle, library: &'a Library) -> Self {
        Self { hash: Sha256::new(), waiting: Vec::new(), bundle, library }
    }

    fn digest(mut self) -> [u8; 32] {
        self.hash.update(&self.waiting);
        self.hash.finalize().into()
    }

    fn hex(self) -> String {
        hex(&self.digest())
    }

    fn bytes(&mut self, bytes: &[u8]) {
        if self.waiting.len() + bytes.len() > AT_ONCE {
            self.hash.update(&self.waiting);
            self.waiting.clear();
        }
        if bytes.len() > AT_ONCE {
            self.hash.update(bytes);
        } else {
            self.waiting.extend_from_slice(bytes);
        }
    }

    /// A text with its length, so that no two lists of texts look alike.
    fn text(&mut self, text: &str) {
        self.bytes(&(text.len() as u64).to_le_bytes());
        self.bytes(text.as_bytes());
    }

    /// A text that may be missing, which is not the same as an empty one.
    fn maybe(&mut self, text: Option<&str>) {
        self.bytes(&[u8::from(text.is_some())]);
        self.text(text.unwrap_or(""));
    }

    fn number(&mut self, number: i64) {
        self.bytes(&number.to_le_bytes());
    }

    fn date(&mut self, date: Option<Date>) {
        self.number(date.map_or(MISSING, |d| i64::from(d.day_number())));
    }

    fn person(&mut self, row: Option<u32>) {
        let (bundle, library) = (self.bundle, self.library);
        self.maybe(row.map(|row| bundle.item_id(library.person, row)));
    }

    fn term(&mut self, vocabulary: VocabularyId, term: Option<TermId>) {
        let library = self.library;
        let term = term.and_then(|t| library.vocabulary(vocabulary).terms.get(t.0 as usize));
        self.maybe(term.map(|t| t.name.as_str()));
    }

    fn entity(&mut self) {
        let (bundle, library) = (self.bundle, self.library);
        let entity = &bundle.entity;
        self.text(&entity.id);
        self.text(&entity.name);
        self.term(library.entity_kinds, entity.kind);
        self.term(library.sems, entity.sems);
        for (definition, cell) in library.facts.iter().zip(&entity.facts) {
            self.text(&definition.name);
            self.cell(definition.of, *cell, None);
        }
    }

    /// Rows of a table with the elements of their lists. The records of a library nest as deep as its author wrote them, so this ends.
    fn rows(&mut self, table: TableId, rows: std::ops::Range<u32>) {
        self.number(i64::from(rows.end.saturating_sub(rows.start)));
        rows.for_each(|row| self.row(table, row, None));
    }

    /// One row, without the column that is left out.
    fn row(&mut self, table: TableId, row: u32, without: Option<ColumnId>) {
        let (bundle, library) = (self.bundle, self.library);
        let shape = library.table(table);
        for (column, definition) in (0u32..).map(ColumnId).zip(&shape.columns).filter(|(column, _)| Some(*column) != without) {
            let at = At { table, row, field: Some(FieldAt::Column(column)) };
            self.cell(definition.of, bundle.cell(table, row, column), Some(at));
        }
        for (list, elements) in shape.lists.iter().zip(&bundle.rows(table).lists) {
            let starts = (elements.starts.get(row as usize), elements.starts.get(row as usize + 1));
            self.number(i64::from(elements.stated.get(row as usize).copied().unwrap_or(false)));
            if let (Some(start), Some(end)) = starts {
                self.rows(list.table, *start..*end);
            }
        }
    }

    fn cell(&mut self, of: Scalar, cell: i64, at: Option<At>) {
        let (bundle, library) = (self.bundle, self.library);
        if cell == MISSING {
            return self.maybe(None);
        }
        if cell == DANGLING {
            return self.maybe(Some(at.and_then(|at| bundle.written(library, at)).unwrap_or("")));
        }
        let index = usize::try_from(cell).ok();
        match of {
            Scalar::Bool | Scalar::Whole | Scalar::Date => {
                self.maybe(Some(""));
                self.number(cell);
            }
            Scalar::Decimal | Scalar::Percent => {
                let decimal = index.and_then(|i| bundle.pool.decimals.get(i)).map(|d| d.normalize().to_string());
                self.maybe(decimal.as_deref());
            }
            Scalar::Text => self.maybe(index.and_then(|i| bundle.pool.texts.get(i))),
            Scalar::Period => self.maybe(decode_period(cell).map(|p| p.to_string()).as_deref()),
            Scalar::Interval => self.maybe(decode_interval(cell).map(|i| i.to_string()).as_deref()),
            Scalar::Term(vocabulary) => self.term(vocabulary, u32::try_from(cell).ok().map(TermId)),
            Scalar::Ref(kind) => self.maybe(u32::try_from(cell).ok().map(|row| bundle.item_id(kind, row))),
        }
    }

    fn statements(&mut self) {
        let (bundle, library) = (self.bundle, self.library);
        self.number(bundle.nil_returns.len() as i64);
        for nil in &bundle.nil_returns {
            match nil.of {
                NilOf::Kind(kind) => self.text(&library.kind(kind).name),
                NilOf::Requirement(requirement) => {
                    self.text("requirement");
                    self.text(&library.requirement(requirement).name);
                }
            }
            self.text(&nil.period.to_string());
            self.person(nil.made_by);
        }
        self.number(bundle.judgements.len() as i64);
        for judgement in &bundle.judgements {
            self.text(&library.requirement(judgement.requirement).name);
            self.text(&judgement.of);
            self.number(i64::from(judgement.answer));
            self.person(judgement.by);
            self.text(&judgement.role);
            self.date(Some(judgement.on));
            self.maybe(judgement.reason.as_deref());
        }
        self.number(bundle.exemptions.len() as i64);
        for exemption in &bundle.exemptions {
            self.number(match exemption.kind {
                ExemptionKind::Waiver => 0,
                ExemptionKind::Derogation => 1,
            });
            self.text(&exemption.id);
            match exemption.of {
                ExemptionOf::Requirement(requirement) => self.text(&library.requirement(requirement).name),
                ExemptionOf::Provision(provision) => self.text(&library.provision(provision).name),
            }
            self.date(Some(exemption.from));
            self.date(exemption.until);
            self.text(&exemption.granted_by);
            self.maybe(exemption.reference.as_deref());
        }
    }

    fn attachments(&mut self) {
        let bundle = self.bundle;
        self.number(bundle.attachments.len() as i64);
        bundle.attachments.iter().for_each(|attachment| self.attachment(attachment));
    }

    fn attachment(&mut self, attachment: &Attachment) {
        let (bundle, library) = (self.bundle, self.library);
        self.text(&library.kind(attachment.kind).name);
        self.text(bundle.item_id(attachment.kind, attachment.row));
        self.text(&attachment.file);
        self.text(match attachment.state {
            super::AttachmentState::Intact => "intact",
            super::AttachmentState::Unsealed => "unsealed",
            super::AttachmentState::Missing => "missing",
            super::AttachmentState::Altered => "altered",
        });
    }
}
