//! A folder that remembers what was read from it, so that later it can be said whether any of that has changed.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::folder::{FileEntry, Folder, FolderError, Listing};
use crate::base::hex;

/// What stands for the list of files. No file has this name.
const LIST: &str = ".";

/// A folder under watch.
#[derive(Debug)]
pub struct Watched<'f> {
    folder: &'f dyn Folder,
    seen: Mutex<BTreeMap<String, String>>,
}

impl std::fmt::Debug for dyn Folder + '_ {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Folder")
    }
}

impl<'f> Watched<'f> {
    /// Watches a folder.
    #[must_use]
    pub const fn new(folder: &'f dyn Folder) -> Self {
        Self { folder, seen: Mutex::new(BTreeMap::new()) }
    }

    /// What was read: paths (`.` for the list of files) with the digest of what stood there, or why it could not be read.
    #[must_use]
    pub fn seen(self) -> BTreeMap<String, String> {
        self.seen.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, path: &str, digest: String) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), digest);
    }
}

/// Whether everything that was read still stands there unchanged.
#[must_use]
pub fn unchanged(folder: &dyn Folder, seen: &BTreeMap<String, String>) -> bool {
    seen.iter().all(|(path, before)| {
        let now = if path == LIST { list(&folder.files()) } else { digest(&folder.sha256(path)) };
        now == *before
    })
}

fn list(listing: &Listing) -> String {
    let mut files: Vec<&FileEntry> = listing.files.iter().collect();
    files.sort_unstable();
    let mut hash = Sha256::new();
    for file in files {
        hash.update((file.path.len() as u64).to_le_bytes());
        hash.update(file.path.as_bytes());
        hash.update(file.size.to_le_bytes());
    }
    // What could not be listed shows as well: it may be there next time.
    for (path, error) in &listing.refused {
        hash.update((path.len() as u64).to_le_bytes());
        hash.update(path.as_bytes());
        hash.update(format!("{error:?}"));
    }
    hex(&hash.finalize())
}

fn digest(of: &Result<[u8; 32], FolderError>) -> String {
    match of {
        Ok(digest) => hex(digest),
        Err(FolderError::Missing) => "missing".to_owned(),
        Err(_) => "cannot be read".to_owned(),
    }
}

impl Folder for Watched<'_> {
    fn files(&self) -> Listing {
        let files = self.folder.files();
        self.note(LIST, list(&files));
        files
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FolderError> {
        let read = self.folder.read(path);
        self.note(path, digest(&read.as_ref().map(|bytes| Sha256::digest(bytes).into()).map_err(Clone::clone)));
        read
    }

    fn sha256(&self, path: &str) -> Result<[u8; 32], FolderError> {
        let found = self.folder.sha256(path);
        self.note(path, digest(&found));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::folder::MemoryFolder;
    use super::*;

    #[test]
    fn a_change_of_anything_that_was_read_shows_and_of_nothing_else() {
        let before = MemoryFolder::new([("bundle.yaml", "abide: 1"), ("tables/a.csv", "x"), ("tables/b.csv", "y")]);
        let watched = Watched::new(&before);
        let _ = (watched.read("bundle.yaml"), watched.read("tables/a.csv"), watched.read("gone.csv"));
        let seen = watched.seen();
        assert_eq!(seen.get("gone.csv").map(String::as_str), Some("missing"));
        assert!(unchanged(&before, &seen));
        let with = |path: &str, text: &str| {
            let mut files = vec![("bundle.yaml", "abide: 1"), ("tables/a.csv", "x"), ("tables/b.csv", "y")];
            files.retain(|(p, _)| *p != path);
            files.push((path, text));
            MemoryFolder::new(files)
        };
        assert!(unchanged(&with("tables/b.csv", "z"), &seen), "it was not read");
        assert!(!unchanged(&with("tables/a.csv", "z"), &seen));
        assert!(!unchanged(&with("gone.csv", "z"), &seen), "it is there now");
        let watched = Watched::new(&before);
        let _ = watched.files();
        let seen = watched.seen();
        assert!(unchanged(&with("tables/a.csv", "z"), &seen), "its size is the same");
        assert!(!unchanged(&with("new.yaml", ""), &seen));
    }
}
