//! The seam to the outside: where a bundle's files come from. The disk is behind [`Folder`] in `host`; tests use [`MemoryFolder`].

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// A file there is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileEntry {
    /// Its path in the folder, with `/`.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
}

/// Why a file or folder cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FolderError {
    /// There is no such file.
    Missing,
    /// It is there but cannot be read; the reason in the system's words.
    Unreadable(String),
    /// It is a link that leads out of the folder.
    Escapes,
    /// It is a link that leads back to a folder above it.
    Cycle,
    /// It is not a plain file: a device, a pipe, a folder.
    NotAFile,
    /// It is larger than allowed.
    TooLarge {
        /// How large it is, in bytes.
        size: u64,
        /// How large it may be.
        limit: u64,
    },
    /// There are more files or deeper folders than allowed.
    TooMany {
        /// How many there may be.
        limit: usize,
    },
}

/// What a folder holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    /// The files that may be read, in any order.
    pub files: Vec<FileEntry>,
    /// What cannot be listed, with its path.
    pub refused: Vec<(String, FolderError)>,
}

/// Where files come from. Paths are relative, with `/`, and have passed [`relative_path`].
pub trait Folder: Sync {
    /// All files, and what is refused.
    fn files(&self) -> Listing;

    /// The bytes of a file.
    ///
    /// # Errors
    /// When it is not there, may not be read, is too large, or lies outside.
    fn read(&self, path: &str) -> Result<Vec<u8>, FolderError>;

    /// The SHA-256 of a file, without holding all of it.
    ///
    /// # Errors
    /// As [`Folder::read`].
    fn sha256(&self, path: &str) -> Result<[u8; 32], FolderError>;
}

/// Why a path in a bundle is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathError {
    /// Nothing.
    Empty,
    /// It starts at the root of a disk.
    Absolute,
    /// It climbs out with `..`.
    Climbs,
    /// It has `\`, a control character, or an empty part.
    Form,
}

/// A path as files of a folder are named: relative, with `/`, without `.`.
///
/// # Errors
/// When it is absolute, climbs, or is no path at all.
pub fn relative_path(written: &str) -> Result<String, PathError> {
    if written.is_empty() {
        return Err(PathError::Empty);
    }
    let bytes = written.as_bytes();
    let drive = matches!(bytes, [letter, b':', ..] if letter.is_ascii_alphabetic());
    if written.starts_with('/') || written.starts_with('\\') || written.starts_with('~') || drive {
        return Err(PathError::Absolute);
    }
    if written.contains('\\') || written.chars().any(char::is_control) {
        return Err(PathError::Form);
    }
    let mut parts = Vec::new();
    for part in written.split('/') {
        match part {
            "." => {}
            ".." => return Err(PathError::Climbs),
            "" => return Err(PathError::Form),
            part => parts.push(part),
        }
    }
    if parts.is_empty() { Err(PathError::Empty) } else { Ok(parts.join("/")) }
}

/// Files held in memory laid over a folder: a file of the same path hides the one below.
pub struct Overlay<'a> {
    /// The folder below.
    pub under: &'a dyn Folder,
    /// What lies over it.
    pub over: MemoryFolder,
}

impl Folder for Overlay<'_> {
    fn files(&self) -> Listing {
        let mut listing = self.under.files();
        listing.files.retain(|file| !self.over.files.contains_key(&file.path));
        listing.files.extend(self.over.files().files);
        listing
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FolderError> {
        self.over.read(path).or_else(|_| self.under.read(path))
    }

    fn sha256(&self, path: &str) -> Result<[u8; 32], FolderError> {
        self.over.sha256(path).or_else(|_| self.under.sha256(path))
    }
}

/// Files held in memory.
#[derive(Debug, Clone, Default)]
pub struct MemoryFolder {
    files: BTreeMap<String, Vec<u8>>,
}

impl MemoryFolder {
    /// A folder with these files.
    #[must_use]
    pub fn new<P: Into<String>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>) -> Self {
        Self { files: files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())).collect() }
    }
}

impl Folder for MemoryFolder {
    fn files(&self) -> Listing {
        let entry = |(path, bytes): (&String, &Vec<u8>)| FileEntry { path: path.clone(), size: bytes.len() as u64 };
        Listing { files: self.files.iter().map(entry).collect(), refused: Vec::new() }
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FolderError> {
        self.files.get(path).cloned().ok_or(FolderError::Missing)
    }

    fn sha256(&self, path: &str) -> Result<[u8; 32], FolderError> {
        self.files.get(path).map(|bytes| Sha256::digest(bytes).into()).ok_or(FolderError::Missing)
    }
}
