//! How often the right provision comes first, and among the first three, on findings that somebody labelled beforehand.

use super::{Asked, Index, candidates};
use crate::base::{Date, Sources};
use crate::diagnostics::Diagnostic;
use crate::evidence::errors::{items, values};
use crate::evidence::{Documents, Folder, Limits};
use crate::findings::fields::Record;
use crate::findings::records;
use crate::library::Library;
use crate::library::model::{ProvisionId, TermId};

/// Keys of a labelled finding.
const LABELLED: &[&str] = &["id", "on", "entity-kind", "provisions", "found"];

/// A labelled finding.
#[derive(Debug, Clone)]
struct Labelled {
    id: String,
    prose: String,
    on: Date,
    kind: Option<TermId>,
    /// The provisions somebody who knows would tie it to.
    wanted: Vec<ProvisionId>,
}

/// What came of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Measured {
    /// How many findings there were.
    pub findings: usize,
    /// For how many a wanted provision came first.
    pub first: usize,
    /// For how many a wanted provision was among the first three.
    pub among_three: usize,
    /// Those for which none was.
    pub missed: Vec<Missed>,
}

/// A finding whose provision was not among the first three.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// Its id.
    pub id: String,
    /// What was wanted.
    pub wanted: ProvisionId,
    /// What came first.
    pub came: Option<ProvisionId>,
}

/// Reads labelled findings and links them blind.
///
/// # Errors
/// What is wrong with the file, and its texts. Nothing is measured then.
pub fn measure(library: &Library, folder: &dyn Folder, limits: &Limits) -> Result<Measured, (Vec<Diagnostic>, Sources)> {
    let documents = Documents::read(folder, limits);
    let mut diagnostics = documents.diagnostics.clone();
    let mut labelled = Vec::new();
    for root in documents.docs().into_iter().filter_map(|doc| doc.root()) {
        let known = ["labelled"];
        let Some(mut file) = Record::open(root, "a file of labelled findings", &known, library, &mut diagnostics) else {
            continue;
        };
        if file.value("labelled").is_none() {
            let at = file.span();
            file.tell(items::missing_key(at, "labelled", "a file of labelled findings"));
        }
        labelled.extend(file.each("labelled", LABELLED, read));
    }
    if !diagnostics.is_empty() {
        return Err((diagnostics, documents.sources));
    }
    let index = Index::new(library);
    let mut measured = Measured { findings: labelled.len(), ..Measured::default() };
    for finding in labelled {
        let asked = Asked { prose: &finding.prose, on: finding.on, kind: finding.kind };
        let ranked: Vec<ProvisionId> = candidates(&index, library, &asked, 3).into_iter().map(|c| c.provision).collect();
        let wanted = |id: &ProvisionId| finding.wanted.contains(id);
        measured.first += usize::from(ranked.first().is_some_and(wanted));
        match finding.wanted.first() {
            Some(first) if !ranked.iter().any(wanted) => {
                measured.missed.push(Missed { id: finding.id, wanted: *first, came: ranked.first().copied() });
            }
            _ => measured.among_three += 1,
        }
    }
    Ok(measured)
}

fn read(record: &mut Record<'_, '_>) -> Option<Labelled> {
    let id = record.id("a labelled finding")?;
    let (on, found, kind) = (record.date("on"), record.text("found"), record.read("entity-kind", records::entity_kind));
    let wanted = record.read("provisions", |record, list| {
        let cited: Vec<_> = list.elements().filter_map(|name| records::cite(record, name)).map(|cited| cited.id).collect();
        if !list.is_sequence() {
            record.tell(values::not_a_list(list, "provisions"));
        }
        (!cited.is_empty()).then_some(cited)
    });
    for (missing, key) in [(on.is_missing(), "on"), (found.is_missing(), "found"), (wanted.get().is_none(), "provisions")] {
        if missing {
            let at = record.span();
            record.tell(items::missing_key(at, key, "a labelled finding"));
        }
    }
    let (prose, wanted) = (found.get()?.clone(), wanted.get()?.clone());
    Some(Labelled { id: id.value, prose, on: *on.get()?, kind: kind.get().copied(), wanted })
}
