//! A bundle on disk: a folder, or one file. Nothing outside the folder is ever read.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::evidence::{FileEntry, Folder, FolderError};

/// How many files, and how many folders inside folders, a bundle may have.
const MOST: usize = 100_000;
const DEEPEST: usize = 32;
/// The largest file that is read as a whole.
const LARGEST: u64 = 1 << 30;

/// A folder of the disk, or one file taken for a folder with only that in it.
#[derive(Debug, Clone)]
pub struct DiskFolder {
    root: PathBuf,
    only: Option<String>,
}

impl DiskFolder {
    /// The folder at a path; of a file, the folder it is in, with only that file for evidence (its attachments and tables lie beside it).
    ///
    /// # Errors
    /// When there is nothing, or it may not be read.
    pub fn open(path: &Path) -> Result<Self, FolderError> {
        let real = fs::canonicalize(path).map_err(|e| reason(&e))?;
        if real.is_dir() {
            return Ok(Self { root: real, only: None });
        }
        let name = real.file_name().and_then(|n| n.to_str()).map(str::to_owned).ok_or(FolderError::NotAFile)?;
        let root = real.parent().map(Path::to_owned).ok_or(FolderError::NotAFile)?;
        Ok(Self { root, only: Some(name) })
    }

    /// The place of a path, when it is a plain file inside.
    fn inside(&self, path: &str) -> Result<PathBuf, FolderError> {
        let real = fs::canonicalize(self.root.join(path)).map_err(|e| reason(&e))?;
        if !real.starts_with(&self.root) {
            return Err(FolderError::Escapes);
        }
        if !fs::metadata(&real).map_err(|e| reason(&e))?.is_file() {
            return Err(FolderError::NotAFile);
        }
        Ok(real)
    }

    fn list(&self, at: &Path, prefix: &str, depth: usize, into: &mut Vec<FileEntry>, wrong: &mut Vec<(String, FolderError)>) {
        let listed = fs::read_dir(at).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
        let mut entries = match listed {
            Ok(entries) => entries,
            Err(e) => return wrong.push((prefix.to_owned(), reason(&e))),
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else {
                wrong.push((
                    entry.file_name().to_string_lossy().into_owned(),
                    FolderError::Unreadable("its name is not UTF-8".into()),
                ));
                continue;
            };
            if name.starts_with('.') {
                continue;
            }
            let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
            if into.len() >= MOST || depth >= DEEPEST {
                let limit = if depth >= DEEPEST { DEEPEST } else { MOST };
                return wrong.push((path, FolderError::TooMany { limit }));
            }
            match fs::metadata(entry.path()) {
                Ok(m) if m.is_dir() => match fs::canonicalize(entry.path()) {
                    Ok(real) if at.starts_with(&real) => wrong.push((path, FolderError::Cycle)),
                    Ok(real) if !real.starts_with(&self.root) => wrong.push((path, FolderError::Escapes)),
                    Ok(real) => self.list(&real, &path, depth + 1, into, wrong),
                    Err(e) => wrong.push((path, reason(&e))),
                },
                Ok(m) if m.is_file() => into.push(FileEntry { path, size: m.len() }),
                Ok(_) => wrong.push((path, FolderError::NotAFile)),
                Err(e) => wrong.push((path, reason(&e))),
            }
        }
    }
}

impl Folder for DiskFolder {
    fn files(&self) -> Result<Vec<FileEntry>, Vec<(String, FolderError)>> {
        if let Some(only) = &self.only {
            let size = self.inside(only).and_then(|p| fs::metadata(p).map_err(|e| reason(&e))).map(|m| m.len());
            return size.map(|size| vec![FileEntry { path: only.clone(), size }]).map_err(|e| vec![(only.clone(), e)]);
        }
        let (mut files, mut wrong) = (Vec::new(), Vec::new());
        self.list(&self.root, "", 0, &mut files, &mut wrong);
        if wrong.is_empty() { Ok(files) } else { Err(wrong) }
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FolderError> {
        let mut file = File::open(self.inside(path)?).map_err(|e| reason(&e))?;
        let size = file.metadata().map_err(|e| reason(&e))?.len();
        if size > LARGEST {
            return Err(FolderError::TooLarge { size, limit: LARGEST });
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|e| reason(&e))?;
        Ok(bytes)
    }

    fn sha256(&self, path: &str) -> Result<[u8; 32], FolderError> {
        let mut file = File::open(self.inside(path)?).map_err(|e| reason(&e))?;
        let (mut digest, mut part) = (Sha256::new(), vec![0; 1 << 16]);
        loop {
            match file.read(&mut part).map_err(|e| reason(&e))? {
                0 => return Ok(digest.finalize().into()),
                n => digest.update(part.get(..n).unwrap_or_default()),
            }
        }
    }
}

fn reason(error: &std::io::Error) -> FolderError {
    match error.kind() {
        std::io::ErrorKind::NotFound => FolderError::Missing,
        _ => FolderError::Unreadable(error.to_string()),
    }
}
