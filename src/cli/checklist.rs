//! A checklist that comes back filled in, into `checklist.yaml` of its bundle. `export --back` and `import` lead here.

use std::path::{Path, PathBuf};

use super::Exit;
use super::session::{Failure, Session};
use crate::assess::Assessment;
use crate::checklist::{self, FILE, FIRST_LINE, Sheet, Taken};
use crate::evidence::{self, Bundle, Folder, Limits, folder_problem, workbook_problem};
use crate::host::library::shown;
use crate::host::{DiskFolder, errors, output};
use crate::library::{Checked, Library};
use crate::sheet::Most;

/// A checklist that somebody filled in.
pub(super) struct Filled<'a> {
    /// The sheets of its workbook.
    pub(super) sheets: &'a [Sheet],
    /// The folder of the bundle it is taken into.
    pub(super) folder: &'a Path,
}

/// The bytes of a spreadsheet.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let folder = DiskFolder::open(path, Limits::default().file_bytes)?;
    let name = folder.only().ok_or_else(|| Failure::Usage(format!("`{}` is a folder: name a spreadsheet", shown(path))))?;
    folder.read(name).map_err(|error| folder_problem(&shown(path), &error).into())
}

/// The sheets of a workbook, hidden ones too.
pub(super) fn open(bytes: &[u8], name: &str) -> Result<Vec<Sheet>, Failure> {
    checklist::sheets(bytes, Most::default()).map_err(|problem| workbook_problem(name, &problem).into())
}

/// Writes what a filled-in checklist says into the bundle. Nothing is written when something is wrong.
pub(super) fn take_back(
    session: &mut Session,
    library: &Checked<Library>,
    bundle: &Bundle,
    assessment: &Assessment,
    filled: &Filled<'_>,
) -> Result<Exit, Failure> {
    let target = target(bundle, filled.folder)?;
    let fingerprint = evidence::fingerprint(bundle, library);
    let taken = checklist::read(filled.sheets, library, bundle, assessment, &fingerprint);
    let sources = crate::base::Sources::default();
    if taken.is_refused() {
        return Err(Failure::Diagnostics(taken.diagnostics, sources));
    }
    session.show(&taken.diagnostics, &sources);
    if bundle.checklist.is_empty() && taken.entries.is_empty() {
        session.print("Nothing was filled in, so nothing was written.\n")?;
        return Ok(Exit::Good);
    }
    let text = checklist::write(library, &taken.entries);
    output::write(&target, text.as_bytes()).map_err(|e| errors::unwritable_output(&shown(&target), &e.to_string()))?;
    session.print(&format!("{}: {}\n", shown(&target), counted(&taken)))?;
    Ok(Exit::Good)
}

/// `12 requirements spoken of: 3 new, 2 changed, 7 as before; 1 taken back`.
fn counted(taken: &Taken) -> String {
    let total = taken.entries.len();
    let one = if total == 1 { "requirement" } else { "requirements" };
    let before = total.saturating_sub(taken.new + taken.changed);
    format!(
        "{total} {one} spoken of: {} new, {} changed, {before} as before; {} taken back",
        taken.new, taken.changed, taken.removed
    )
}

/// Where entries go: a file that holds nothing else, and that this verb wrote, or nobody yet.
fn target(bundle: &Bundle, folder: &Path) -> Result<PathBuf, Failure> {
    if !folder.is_dir() {
        let message = "the bundle is a single file, and a checklist is kept in a file of its own: put the bundle into a folder";
        return Err(Failure::Usage(message.to_owned()));
    }
    let elsewhere = bundle.checklist.iter().find(|e| bundle.sources.get(e.span.file).is_none_or(|s| s.name() != FILE));
    if let Some(entry) = elsewhere {
        let place = bundle.sources.describe(entry.span);
        return Err(Failure::Usage(format!(
            "`{place}` holds an entry of the checklist: move it to `{FILE}`, which alone is written"
        )));
    }
    let target = folder.join(FILE);
    let there = bundle.sources.iter().find(|(_, source)| source.name() == FILE);
    match there {
        Some((_, source)) if !source.text().trim_start_matches('\u{feff}').starts_with(FIRST_LINE) => {
            Err(Failure::Usage(format!(
                "`{}` was written by hand, and would be replaced as a whole: make this its first line if that is what you want\n{FIRST_LINE}",
                shown(&target)
            )))
        }
        Some(_) | None => Ok(target),
    }
}
