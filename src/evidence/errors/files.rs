//! About files and paths.

use super::shown;
use crate::base::Span;
use crate::diagnostics::{Diagnostic, catalog::evidence as code, catalog::host};
use crate::evidence::folder::{FolderError, PathError};
use crate::sheet::Problem;

/// A path that is refused.
pub(in crate::evidence) fn path(at: Span, written: &str, error: PathError) -> Diagnostic {
    let why = match error {
        PathError::Empty => "names no file",
        PathError::Absolute => "starts at the root of a disk",
        PathError::Climbs => "leads out of the bundle's folder",
        PathError::Form => "is not a path with `/` between its parts",
    };
    Diagnostic::new(code::PATH_OUTSIDE, at, format!("the path `{}` {why}", shown(written)))
        .label("not inside the bundle's folder")
        .note("a bundle reads nothing outside its own folder")
        .help("put the file into the folder and write its path from there, such as `attachments/report.pdf`")
}

/// A file that cannot be used.
pub(crate) fn unusable(at: Option<Span>, path: &str, error: &FolderError) -> Diagnostic {
    let path = shown(path);
    let (code, message, help) = match error {
        FolderError::Missing => {
            (host::UNREADABLE_FILE, format!("there is no file `{path}`"), "check the path; upper and lower case matter")
        }
        FolderError::Unreadable(why) => {
            let why = shown(why);
            (host::UNREADABLE_FILE, format!("the file `{path}` cannot be read: {why}"), "check that you may read it")
        }
        FolderError::NotAFile => {
            (host::UNREADABLE_FILE, format!("`{path}` is not a plain file"), "name a file, not a folder or a device")
        }
        FolderError::Escapes => (
            host::LINK_OUTSIDE,
            format!("the link `{path}` leads out of the folder"),
            "replace the link by the file it leads to; nothing outside the folder is read",
        ),
        FolderError::Cycle => {
            (host::LINK_OUTSIDE, format!("the link `{path}` leads back to a folder above it"), "remove the link")
        }
        FolderError::TooLarge { size, limit } => (
            code::TOO_LARGE,
            format!("the file `{path}` has {size} bytes, and at most {limit} are read"),
            "split it, or move bulk records to CSV tables",
        ),
        FolderError::TooMany { limit } => (
            code::TOO_LARGE,
            format!("`{path}` holds more than {limit} files or folders inside folders"),
            "name the bundle's own folder, not one above it",
        ),
    };
    let diagnostic = match at {
        Some(at) => Diagnostic::new(code, at, message),
        None => Diagnostic::nowhere(code, message),
    };
    diagnostic.help(help)
}

/// A file that is not UTF-8: the place of the first byte that is not.
pub(in crate::evidence) fn not_utf8(at: Option<Span>, path: &str, byte: usize, line: usize) -> Diagnostic {
    let message = format!("`{}` is not UTF-8 text: byte {byte}, on line {line}, is not a character", shown(path));
    let diagnostic = match at {
        Some(at) => Diagnostic::new(host::NOT_UTF_8, at, message).label("the text is readable up to here"),
        None => Diagnostic::nowhere(host::NOT_UTF_8, message),
    };
    diagnostic
        .note("read in another encoding, names would silently change")
        .help("save the file as UTF-8; spreadsheets offer `CSV UTF-8`")
}

/// A workbook that is not read.
pub(crate) fn workbook(at: Option<Span>, path: &str, problem: &Problem) -> Diagnostic {
    let path = shown(path);
    let saved = "save it as `.xlsx` (Excel Workbook) and use that file";
    let damaged = "open it in a spreadsheet program and save it again";
    let (message, help) = match problem {
        Problem::Encrypted => (
            format!("the workbook `{path}` is protected with a password"),
            "save a copy without the password: File, Info, Protect Workbook, Encrypt with Password, and leave it empty"
                .to_owned(),
        ),
        Problem::OtherForm(form) => {
            (format!("the workbook `{path}` is of the form `{form}`, which is not read"), saved.to_owned())
        }
        Problem::NotAWorkbook => {
            (format!("`{path}` is not a workbook"), "name an `.xlsx` file, or a CSV file without `sheet`".to_owned())
        }
        Problem::Damaged(why) => (format!("the workbook `{path}` is damaged or cut short: {}", shown(why)), damaged.to_owned()),
        Problem::Unpacked(limit) => (
            format!("the workbook `{path}` unpacks to more than {} MiB", limit >> 20),
            "a file that grows so much is a trap or holds much more than records: copy the records into a new workbook"
                .to_owned(),
        ),
        Problem::Parts(limit) => (
            format!("the workbook `{path}` is made of more than {limit} parts"),
            "copy the records into a new workbook".to_owned(),
        ),
        Problem::NoSheet(tabs) => (
            format!("the workbook `{path}` has no such sheet"),
            format!("its sheets are {}", super::listed(tabs.iter().map(String::as_str))),
        ),
        Problem::Cells(limit) => (
            format!("a sheet of the workbook `{path}` has more than {limit} filled cells"),
            "split the sheet, or save it as CSV".to_owned(),
        ),
        Problem::Text(limit) => (
            format!("a sheet of the workbook `{path}` holds more than {} MiB of text", limit >> 20),
            "split the sheet; cells far from the others take room too".to_owned(),
        ),
        Problem::Outside(place) => (
            format!("a cell of the workbook `{path}` lies outside any sheet ({place})"),
            "a sheet has 16,384 columns and 1,048,576 rows: save the file again in a spreadsheet program".to_owned(),
        ),
        Problem::CellTwice(cell) => (format!("the workbook `{path}` states the cell {cell} twice"), damaged.to_owned()),
    };
    let diagnostic = match at {
        Some(at) => Diagnostic::new(code::WORKBOOK, at, message).label("cannot be read"),
        None => Diagnostic::nowhere(code::WORKBOOK, message),
    };
    diagnostic.help(help)
}

/// A workbook with macros.
pub(in crate::evidence) fn macros(at: Span, path: &str) -> Diagnostic {
    Diagnostic::new(code::WORKBOOK_MACROS, at, format!("the workbook `{}` holds macros", shown(path)))
        .label("only its cells are read")
        .note("macros are never run: cells count as they were last saved")
        .help("save it as `.xlsx`, which holds none")
}
