//! A folder on disk as a bundle's [`Folder`]: reads nothing outside of it, follows links only to what lies inside, and bounds what it reads.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::diagnostics::Diagnostic;
use crate::evidence::{FileEntry, Folder, FolderError, Listing, folder_problem, relative_path};

/// How many files and folders are listed.
const MOST_FILES: usize = 100_000;
/// How many folders may stand inside each other.
const MOST_DEPTH: usize = 32;
/// Bytes of one attachment.
const MOST_ATTACHMENT: u64 = 4 << 30;

/// A folder on disk, or a single file with the folder it lies in.
#[derive(Debug, Clone)]
pub struct DiskFolder {
    /// The folder, without links.
    root: PathBuf,
    /// The only file that is a part of the bundle.
    only: Option<String>,
    /// Bytes of one file that is read.
    limit: u64,
}

impl DiskFolder {
    /// The folder at a path; when a file is there, that file alone with its folder for attachments and tables.
    ///
    /// # Errors
    /// A diagnostic that names the path, when there is nothing or it cannot be read.
    #[expect(clippy::result_large_err, reason = "opened once per run")]
    pub fn open(path: &Path, limit: u64) -> Result<Self, Diagnostic> {
        let shown = path.display().to_string();
        let problem = |error: &io::Error| folder_problem(&shown, &describe(error));
        let real = fs::canonicalize(path).map_err(|e| problem(&e))?;
        let metadata = fs::metadata(&real).map_err(|e| problem(&e))?;
        if metadata.is_dir() {
            return Ok(Self { root: real, only: None, limit });
        }
        if !metadata.is_file() {
            return Err(folder_problem(&shown, &FolderError::NotAFile));
        }
        match (real.parent(), real.file_name().and_then(|n| n.to_str())) {
            (Some(parent), Some(name)) => Ok(Self { root: parent.to_owned(), only: Some(name.to_owned()), limit }),
            _ => Err(folder_problem(&shown, &FolderError::Unreadable("its name is not UTF-8".to_owned()))),
        }
    }

    /// The file that was named, when it was a file and not a folder.
    #[must_use]
    pub fn only(&self) -> Option<&str> {
        self.only.as_deref()
    }

    /// Opens a file inside the folder.
    fn file(&self, path: &str, limit: u64) -> Result<(File, u64), FolderError> {
        let path = relative_path(path).map_err(|_| FolderError::Escapes)?;
        let real = fs::canonicalize(self.root.join(path)).map_err(|e| describe(&e))?;
        if !real.starts_with(&self.root) {
            return Err(FolderError::Escapes);
        }
        // Looked at before it is opened: to open a pipe would wait for someone to write.
        if !fs::metadata(&real).map_err(|e| describe(&e))?.is_file() {
            return Err(FolderError::NotAFile);
        }
        let file = File::open(&real).map_err(|e| describe(&e))?;
        let size = file.metadata().map_err(|e| describe(&e))?.len();
        if size > limit { Err(FolderError::TooLarge { size, limit }) } else { Ok((file, size)) }
    }

    /// Lists a folder. `above` are the real paths of the folders it lies in.
    fn list(&self, folder: &Path, name: &str, above: &mut Vec<PathBuf>, found: &mut Vec<FileEntry>, errors: &mut Problems) {
        if above.len() > MOST_DEPTH {
            errors.push((name.to_owned(), FolderError::TooMany { limit: MOST_DEPTH }));
            return;
        }
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                errors.push((name.to_owned(), describe(&error)));
                return;
            }
        };
        for entry in entries {
            if found.len() + errors.len() >= MOST_FILES {
                errors.push((name.to_owned(), FolderError::TooMany { limit: MOST_FILES }));
                return;
            }
            match entry {
                Ok(entry) => self.entry(&entry.path(), entry.file_name().to_str(), name, above, found, errors),
                Err(error) => errors.push((name.to_owned(), describe(&error))),
            }
        }
    }

    fn entry(
        &self,
        path: &Path,
        file_name: Option<&str>,
        folder: &str,
        above: &mut Vec<PathBuf>,
        found: &mut Vec<FileEntry>,
        errors: &mut Problems,
    ) {
        let Some(file_name) = file_name else {
            let shown = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            errors.push((join(folder, &shown), FolderError::Unreadable("its name is not UTF-8".to_owned())));
            return;
        };
        if file_name.starts_with('.') {
            return;
        }
        let name = join(folder, file_name);
        let real = match fs::canonicalize(path) {
            Ok(real) => real,
            Err(error) => {
                errors.push((name, describe(&error)));
                return;
            }
        };
        if !real.starts_with(&self.root) {
            errors.push((name, FolderError::Escapes));
            return;
        }
        match fs::metadata(&real) {
            Ok(metadata) if metadata.is_dir() => {
                if above.contains(&real) {
                    errors.push((name, FolderError::Cycle));
                    return;
                }
                above.push(real.clone());
                self.list(&real, &name, above, found, errors);
                above.pop();
            }
            Ok(metadata) => found.push(FileEntry { path: name, size: metadata.len() }),
            Err(error) => errors.push((name, describe(&error))),
        }
    }
}

type Problems = Vec<(String, FolderError)>;

impl Folder for DiskFolder {
    fn files(&self) -> Listing {
        let mut listing = Listing::default();
        if let Some(only) = &self.only {
            match self.file(only, u64::MAX) {
                Ok((_, size)) => listing.files.push(FileEntry { path: only.clone(), size }),
                Err(error) => listing.refused.push((only.clone(), error)),
            }
            return listing;
        }
        self.list(&self.root, "", &mut vec![self.root.clone()], &mut listing.files, &mut listing.refused);
        listing.files.sort();
        listing.refused.sort_by(|a, b| a.0.cmp(&b.0));
        listing
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FolderError> {
        let (file, size) = self.file(path, self.limit)?;
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
        // A file may grow while it is read.
        file.take(self.limit + 1).read_to_end(&mut bytes).map_err(|e| describe(&e))?;
        let size = bytes.len() as u64;
        if size > self.limit { Err(FolderError::TooLarge { size, limit: self.limit }) } else { Ok(bytes) }
    }

    fn sha256(&self, path: &str) -> Result<[u8; 32], FolderError> {
        let (mut file, _) = self.file(path, MOST_ATTACHMENT)?;
        let mut hash = Sha256::new();
        let mut buffer = vec![0u8; 1 << 16];
        loop {
            match file.read(&mut buffer) {
                Ok(0) => return Ok(hash.finalize().into()),
                Ok(n) => hash.update(buffer.get(..n).unwrap_or(&[])),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(describe(&error)),
            }
        }
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

fn describe(error: &io::Error) -> FolderError {
    // "Too many levels of symbolic links": its kind has no stable name.
    if cfg!(unix) && error.raw_os_error() == Some(40) {
        return FolderError::Cycle;
    }
    #[expect(clippy::wildcard_enum_match_arm, reason = "the system's errors are many and open-ended")]
    match error.kind() {
        io::ErrorKind::NotFound => FolderError::Missing,
        io::ErrorKind::PermissionDenied => FolderError::Unreadable("permission denied".to_owned()),
        _ => FolderError::Unreadable(error.to_string()),
    }
}
