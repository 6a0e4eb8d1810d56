//! About files and paths.

use super::shown;
use crate::base::Span;
use crate::diagnostics::{Diagnostic, catalog::evidence as code, catalog::host};
use crate::evidence::folder::{FolderError, PathError};

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
