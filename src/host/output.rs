//! Files written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a file: into a temporary one beside it, which then takes its name. A file that is there keeps its permissions, and stays as it is when
/// anything goes wrong. What is not a regular file (a terminal, a pipe) is written to as it is.
///
/// # Errors
/// When the folder is not there, may not be written to, or the disk is full.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // The file a link leads to is replaced, not the link.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let before = fs::metadata(&target).ok();
    if before.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    if before.as_ref().is_some_and(|m| !m.is_file()) {
        return OpenOptions::new().write(true).open(&target)?.write_all(bytes);
    }
    let (temporary, mut file) = beside(&target)?;
    let written = file.write_all(bytes).and_then(|()| {
        if let Some(before) = &before {
            file.set_permissions(before.permissions())?;
        }
        file.sync_all()
    });
    drop(file);
    let done = written.and_then(|()| fs::rename(&temporary, &target));
    if done.is_err() {
        // The file itself is untouched; leaving the temporary one behind would be the only trace.
        let _ = fs::remove_file(&temporary);
    }
    done
}

/// A new file in the same folder, so that renaming never crosses a disk.
fn beside(target: &Path) -> io::Result<(PathBuf, File)> {
    let name = target.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "it has no name"))?;
    for attempt in 0u32.. {
        let mut temporary = std::ffi::OsString::from(".");
        temporary.push(name);
        temporary.push(format!(".{}-{attempt}.tmp", std::process::id()));
        let path = target.with_file_name(temporary);
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => return Ok((path, file)),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists && attempt < 64 => {}
            Err(e) => return Err(e),
        }
    }
    Err(io::Error::other("no temporary name is free"))
}
