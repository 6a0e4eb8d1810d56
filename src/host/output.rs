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

/// Writes files that are not there yet, with the folders they need; all of them, or none. Nothing that is there is touched.
///
/// # Errors
/// The first path that is there already or cannot be written, with the reason.
pub fn create(folder: &Path, files: &[(String, String)]) -> Result<(), (PathBuf, io::Error)> {
    for (name, _) in files {
        let path = folder.join(name);
        if fs::symlink_metadata(&path).is_ok() {
            return Err((path, io::Error::from(io::ErrorKind::AlreadyExists)));
        }
    }
    let (mut made, mut folders) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let path = folder.join(name);
        let written = path.parent().map_or(Ok(()), |parent| make_folder(parent, &mut folders)).and_then(|()| {
            let mut file = OpenOptions::new().write(true).create_new(true).open(&path)?;
            made.push(path.clone());
            file.write_all(text.as_bytes())
        });
        if let Err(error) = written {
            // Only what was made above is taken away: it was nobody else's.
            made.iter().for_each(|path| drop(fs::remove_file(path)));
            folders.iter().rev().for_each(|path| drop(fs::remove_dir(path)));
            return Err((path, error));
        }
    }
    Ok(())
}

/// Makes a folder and those above it, and remembers which were not there.
fn make_folder(folder: &Path, made: &mut Vec<PathBuf>) -> io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(above) = folder.parent() {
        make_folder(above, made)?;
    }
    fs::create_dir(folder)?;
    made.push(folder.to_owned());
    Ok(())
}

/// What became of a file that may not be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It was written.
    Written,
    /// Another one is there.
    Taken,
}

/// Writes a file that is not there yet.
///
/// # Errors
/// As [`write`].
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<Put> {
    let mut file = match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(Put::Taken),
        Err(error) => return Err(error),
    };
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        // It was made above, so it is ours.
        let _ = fs::remove_file(path);
    }
    written.map(|()| Put::Written)
}

/// Whether a path is taken by something with other content.
#[must_use]
pub fn taken(path: &Path, bytes: &[u8]) -> bool {
    fs::symlink_metadata(path).is_ok() && fs::read(path).map_or(true, |there| there != bytes)
}

/// Writes a file of a folder, making the folders it lies in; never through a link that leads out of it.
///
/// # Errors
/// As [`write`], and when the file would lie outside.
pub fn put(folder: &Path, inside: &str, bytes: &[u8]) -> io::Result<()> {
    let root = fs::canonicalize(folder)?;
    let path = root.join(inside);
    let parent = path.parent().unwrap_or(&root);
    // A link to a folder elsewhere is found before anything is made behind it.
    let mut there = parent;
    while !there.exists() && there != root {
        there = there.parent().unwrap_or(&root);
    }
    if !fs::canonicalize(there)?.starts_with(&root) || (path.exists() && !fs::canonicalize(&path)?.starts_with(&root)) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "a link leads out of the folder"));
    }
    fs::create_dir_all(parent)?;
    write(&path, bytes)
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
