//! A folder of pages, written whole or not at all, that never costs anybody a file of their own.
//!
//! The pages come with a list of their names. A folder is only replaced when it is empty or holds nothing but what such a list names.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The list of what was written. It is a page's neighbour for as long as the pages are there.
pub const LIST: &str = "pages.txt";
/// The first line of the list. A file of that name that begins otherwise is somebody else's.
const FIRST: &str = "Written by `abide doc`, which replaces these files as a whole when it runs again:";

/// Why pages were not written. Nothing has changed then.
#[derive(Debug)]
pub enum Refusal {
    /// The folder holds this, which is no page of an earlier run.
    Foreign(String),
    /// The disk said no.
    Io(io::Error),
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Makes a folder hold exactly these files, by name, and their list.
///
/// They are written into a new folder beside it, which then takes its name.
///
/// # Errors
/// When the folder holds something that is not of an earlier run, or cannot be written.
pub fn replace<'a>(folder: &Path, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<(), Refusal> {
    // The folder a link leads to is replaced, not the link.
    let target = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let before = match fs::metadata(&target) {
        Ok(found) => Some(found),
        Err(e) if e.kind() == io::ErrorKind::NotFound => None,
        Err(e) => return Err(e.into()),
    };
    let old = if before.is_some() { earlier(&target)? } else { BTreeSet::new() };
    let new = beside(&target, "new")?;
    let made = fill(&new, files).and_then(|()| before.map_or(Ok(()), |before| fs::set_permissions(&new, before.permissions())));
    if let Err(error) = made.and_then(|()| swap(&target, &new, &old)) {
        // It was made above under a name that nobody had, so all of it is ours.
        let _ = fs::remove_dir_all(&new);
        return Err(error.into());
    }
    Ok(())
}

/// What an earlier run left in a folder; everything in it, or there is somebody else's file.
fn earlier(folder: &Path) -> Result<BTreeSet<String>, Refusal> {
    let list = fs::read_to_string(folder.join(LIST)).unwrap_or_default();
    let mut lines = list.lines();
    let listed: BTreeSet<&str> = if lines.next() == Some(FIRST) { lines.chain([LIST]).collect() } else { BTreeSet::new() };
    let mut found = BTreeSet::new();
    let mut foreign = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let ours = listed.contains(name.as_str()) && entry.file_type()?.is_file();
        if ours { &mut found } else { &mut foreign }.insert(name);
    }
    foreign.pop_first().map_or(Ok(found), |name| Err(Refusal::Foreign(name)))
}

fn fill<'a>(folder: &Path, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> io::Result<()> {
    let mut list = format!("{FIRST}\n");
    for (name, text) in files {
        fs::write(folder.join(name), text)?;
        list.push_str(name);
        list.push('\n');
    }
    fs::write(folder.join(LIST), list)
}

/// Gives a folder's name to another; when that fails, everything is as it was.
fn swap(target: &Path, new: &Path, old: &BTreeSet<String>) -> io::Result<()> {
    if !target.exists() {
        return fs::rename(new, target);
    }
    let aside = beside(target, "old")?;
    if let Err(error) = fs::rename(target, &aside) {
        let _ = fs::remove_dir(&aside);
        return Err(error);
    }
    if let Err(error) = fs::rename(new, target) {
        fs::rename(&aside, target)?;
        return Err(error);
    }
    // Only what was looked at is removed: a file that somebody put there in between stays, and its folder with it.
    for name in old {
        let _ = fs::remove_file(aside.join(name));
    }
    let _ = fs::remove_dir(&aside);
    Ok(())
}

/// A new folder in the same place, so that renaming never crosses a disk.
fn beside(target: &Path, what: &str) -> io::Result<PathBuf> {
    let name = target.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "it has no name"))?;
    for attempt in 0u32.. {
        let mut temporary = std::ffi::OsString::from(".");
        temporary.push(name);
        temporary.push(format!(".{}-{attempt}.{what}", std::process::id()));
        let path = target.with_file_name(temporary);
        match fs::create_dir(&path) {
            Ok(()) => return Ok(path),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists && attempt < 64 => {}
            Err(e) => return Err(e),
        }
    }
    Err(io::Error::other("no temporary name is free"))
}
