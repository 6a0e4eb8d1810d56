//! Tries changes on a copy of the bundle: the changed evidence is read by the reader that reads every bundle, judged by the same policies, and
//! assessed on the same day.

use std::collections::BTreeSet;

use super::change::Change;
use super::fix::Draft;
use super::spec::Spec;
use crate::assess::{self, Outcome, Verdict};
use crate::base::Date;
use crate::evidence::{Bundle, FieldAt, NilOf, Reader, Revision, Written};
use crate::library::model::{Scalar, TableId};
use crate::library::{Checked, Library};
use crate::policy::{Admissibility, Policies};

/// What a trial needs.
pub(super) struct Trial<'a> {
    pub(super) library: &'a Checked<Library>,
    pub(super) bundle: &'a Bundle,
    pub(super) date: Date,
    pub(super) policies: &'a Policies,
    pub(super) judge: &'a assess::Plan<'a>,
    reader: Reader<'a>,
    /// Ids that are taken.
    taken: BTreeSet<String>,
}

/// A changed bundle, judged.
pub(super) struct Tried {
    pub(super) bundle: Bundle,
    pub(super) admissibility: Admissibility,
    pub(super) outcomes: Vec<Outcome>,
}

impl<'a> Trial<'a> {
    pub(super) fn new(
        library: &'a Checked<Library>,
        bundle: &'a Bundle,
        date: Date,
        policies: &'a Policies,
        judge: &'a assess::Plan<'a>,
    ) -> Self {
        let kinds = (0u32..).map(crate::library::model::KindId).take(library.kinds.len());
        let taken = kinds
            .flat_map(|k| (0..bundle.rows(TableId(k.0)).len).map(move |row| (k, row)))
            .map(|(kind, row)| bundle.item_id(kind, row))
            .filter(|id| id.starts_with("planned-"))
            .map(str::to_owned)
            .collect();
        Self { library, bundle, date, policies, judge, reader: Reader::new(library), taken }
    }

    /// The bundle with the changes made; `None` when they cannot be made.
    pub(super) fn changed(&self, changes: &[&Change]) -> Option<Bundle> {
        self.reader.revise(self.bundle, &self.revision(changes)?, true).bundle
    }

    /// What becomes of everything with the changes made.
    pub(super) fn tried(&self, changes: &[&Change]) -> Option<Tried> {
        let bundle = self.reader.revise(self.bundle, &self.revision(changes)?, false).bundle?;
        let admissibility = self.policies.admissibility(self.library, &bundle);
        let outcomes = assess::outcomes(self.judge, &bundle, &admissibility);
        Some(Tried { bundle, admissibility, outcomes })
    }

    /// The verdicts with the changes made.
    pub(super) fn verdicts(&self, changes: &[&Change]) -> Option<Vec<Verdict>> {
        self.tried(changes).map(|t| t.outcomes.iter().map(|o| o.verdict).collect())
    }

    /// The id of a new item in a trial.
    pub(super) fn id(&self, number: usize, draft: &Draft) -> String {
        let kind = &self.library.kind(self.library.table(draft.table).kind).name;
        let mut id = format!("planned-{kind}-{}", number + 1);
        while self.taken.contains(&id) {
            id.push('x');
        }
        id
    }

    fn revision(&self, changes: &[&Change]) -> Option<Revision> {
        let most = changes.iter().filter_map(|c| if let Change::Add { number, .. } = c { Some(number + 1) } else { None });
        let mut ids = vec![String::new(); most.max().unwrap_or(0)];
        for change in changes {
            if let Change::Add { number, draft } = change {
                ids[*number] = self.id(*number, draft);
            }
        }
        let mut revision = Revision::default();
        let (mut evidence, mut nils) = (Vec::new(), Vec::new());
        for change in changes {
            match change {
                Change::Fact { fact, spec } => {
                    revision.facts.push((*fact, self.written(spec, self.library.fact(*fact).of, &ids)?));
                }
                Change::Nil { of, period } => nils.push(self.nil(*of, *period)?),
                Change::Attach { kind, row } => {
                    revision.attached.insert((*kind, *row));
                }
                Change::Set { at, spec } => {
                    let Some(FieldAt::Column(column)) = at.field else { return None };
                    let of = self.library.table(at.table).columns[column.0 as usize].of;
                    revision.fields.push((*at, self.written(spec, of, &ids)?));
                }
                Change::Append { at, draft } => revision.fields.push((*at, self.draft(draft, &ids)?)),
                Change::Add { number, draft } => {
                    let Written::Record(mut fields) = self.draft(draft, &ids)? else { return None };
                    let kind = self.library.kind(self.library.table(draft.table).kind).name.clone();
                    fields.insert(0, ("kind".to_owned(), Written::Text(kind)));
                    fields.insert(0, ("id".to_owned(), Written::Text(ids[*number].clone())));
                    evidence.push(Written::Record(fields));
                }
            }
        }
        if !evidence.is_empty() || !nils.is_empty() {
            let top = [("evidence".to_owned(), Written::List(evidence)), ("nil-returns".to_owned(), Written::List(nils))];
            revision.added = json(&Written::Record(top.into()));
        }
        Some(revision)
    }

    /// Somebody of the bundle signs; who it will be is not for a plan to say. Without anybody there is nobody to sign.
    fn nil(&self, of: NilOf, period: crate::base::Interval) -> Option<Written> {
        let person = self.library.person;
        let signer = (self.bundle.rows(TableId(person.0)).len > 0).then(|| self.bundle.item_id(person, 0).to_owned())?;
        let (key, name) = match of {
            NilOf::Kind(kind) => ("kind", &self.library.kind(kind).name),
            NilOf::Requirement(id) => ("requirement", &self.library.requirement(id).name),
        };
        let period = format!("{}/{}", period.first, period.last);
        let [key, what, made_by] = [key, "period", "made-by"].map(str::to_owned);
        Some(Written::Record(vec![
            (key, Written::Text(name.clone())),
            (what, Written::Text(period)),
            (made_by, Written::Text(signer)),
        ]))
    }

    fn written(&self, spec: &Spec, of: Scalar, ids: &[String]) -> Option<Written> {
        spec.written(self.library, self.bundle, of, self.date, ids)
    }

    /// An item or element as it is written.
    fn draft(&self, draft: &Draft, ids: &[String]) -> Option<Written> {
        let shape = self.library.table(draft.table);
        let scalars = shape.parent.is_some_and(|(parent, list)| self.library.table(parent).lists[list.0 as usize].scalar);
        let mut record = Vec::new();
        for (column, spec) in &draft.fields {
            let column = shape.columns.get(column.0 as usize)?;
            let value = self.written(spec, column.of, ids)?;
            if scalars {
                return Some(value);
            }
            put(&mut record, &column.name, value);
        }
        if scalars {
            let of = shape.columns.first()?.of;
            return self.written(&Spec::Any, of, ids);
        }
        for (list, elements) in &draft.lists {
            let list = shape.lists.get(list.0 as usize)?;
            let elements: Option<Vec<Written>> = elements.iter().map(|d| self.draft(d, ids)).collect();
            put(&mut record, &list.name, Written::List(elements?));
        }
        Some(Written::Record(record))
    }
}

/// Puts a value under a name; `a.b` is `b` of the record `a`.
fn put(record: &mut Vec<(String, Written)>, name: &str, value: Written) {
    let Some((first, rest)) = name.split_once('.') else {
        record.push((name.to_owned(), value));
        return;
    };
    if let Some((_, Written::Record(inner))) = record.iter_mut().find(|(key, _)| key == first) {
        return put(inner, rest, value);
    }
    let mut inner = Vec::new();
    put(&mut inner, rest, value);
    record.push((first.to_owned(), Written::Record(inner)));
}

/// A value in JSON.
fn json(value: &Written) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    match value {
        Written::Plain(text) => text.clone(),
        Written::Text(text) => quoted(text),
        Written::Record(fields) => {
            let fields: Vec<String> = fields.iter().map(|(k, v)| format!("{}: {}", quoted(k), json(v))).collect();
            format!("{{{}}}", fields.join(", "))
        }
        Written::List(elements) => {
            let elements: Vec<String> = elements.iter().map(json).collect();
            format!("[{}]", elements.join(",\n  "))
        }
    }
}
