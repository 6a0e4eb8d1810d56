//! The page that says where to begin: what to file, by component, with the requirements that rest on it.

use super::start::Asked;
use crate::library::model::{KindId, Severity, StrategicId};

/// The page.
pub(super) fn readme(asked: &Asked<'_>) -> String {
    let library = asked.library;
    let mut out = format!(
        "# Evidence of: {}\n\n{} requirements are meant for such an entity. They read {} kinds of evidence; each has a file here that says what is\nasked, why, and how it is written. Nothing is claimed yet, so nothing is met yet.\n",
        asked.title(),
        asked.requirements.len(),
        asked.kinds.len()
    );
    out.push_str(
        "
## Where to begin

1. `bundle.yaml`: your id, your name, and the facts. They decide which requirements apply.
2. `people.yaml`: who signs, owns, trains and is trained.
3. The files below, those first on which most rests. A spreadsheet stays one (see `tables` in `bundle.yaml`); a paper goes
   into `attachments/`.
4. `abide check .` after every step: it says what is missing, why, and what to do.

`abide add KIND` puts an item into the right file, with the right fields. `abide explain KIND` says what they mean.
",
    );
    let of = |kind: &KindId| asked.component(*kind);
    let mut kinds: Vec<KindId> = asked.kinds.keys().copied().filter(|kind| *kind != library.person).collect();
    kinds.sort_by_key(|kind| {
        (of(kind).map_or(u32::MAX, |StrategicId(id)| id), std::cmp::Reverse(asked.readers(*kind).len()), *kind)
    });
    let mut last = None;
    for kind in kinds {
        let component = of(&kind);
        if last != Some(component) {
            let title = component.map_or("Other", |id| library.strategic(id).title.as_str());
            out.push_str(&format!(
                "\n## {title}\n\n| file | what it is | requirements that read it | of them critical |\n|---|---|---:|---:|\n"
            ));
            last = Some(component);
        }
        let readers = asked.readers(kind);
        let critical = readers.iter().filter(|id| library.requirement(**id).severity == Severity::Critical).count();
        let file = asked.file(kind);
        out.push_str(&format!(
            "| [{file}]({file}) | {} | {} | {critical} |\n",
            library.kind(kind).title.replace('|', "/"),
            readers.len()
        ));
    }
    out
}
