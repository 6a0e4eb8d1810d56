//! The folder of a portfolio's results: what is known from earlier runs, a journal of this one, and files that are replaced whole.
//!
//! A run may be killed at any moment. Each finished line is appended to the journal in one write; a line that was torn is cut off by the next run, the others
//! are used again. When all are there, the files of results are written beside and take their names, and the journal goes. So a run that was killed and
//! started again ends with the same files, byte for byte, as one that was not.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::Deserialize;

use super::errors;
use super::library::shown;
use super::lines::{self, Line};
use crate::diagnostics::Diagnostic;

/// Says whose folder it is; locked while a run writes to it.
const MARK: &str = "abide-portfolio.txt";
const MARK_TEXT: &str = "Results of `abide portfolio`. Files here are replaced by the next run.\n";
/// Lines of bundles that were finished, while a run is under way.
const JOURNAL: &str = "journal.ndjson";
/// The assessments.
pub const ASSESSMENTS: &str = "assessments.ndjson";
/// What files that are not finished yet are called.
const UNFINISHED: &str = ".unfinished";
/// Bytes of a line that is read back.
const LONGEST: usize = 1 << 30;

/// Where a line stands.
#[derive(Debug, Clone, Copy)]
struct Stored {
    in_journal: bool,
    from: u64,
    len: usize,
}

/// The folder, opened for one run.
#[derive(Debug)]
pub struct Results {
    folder: PathBuf,
    known: Mutex<BTreeMap<String, Stored>>,
    journal: Mutex<(File, u64)>,
    _lock: File,
}

/// The part of a line by which it is found. The rest only has to be whole.
#[derive(Deserialize)]
struct Head {
    bundle: String,
}

/// Whether a folder holds results.
#[must_use]
pub fn is_results(folder: &Path) -> bool {
    folder.join(MARK).is_file()
}

impl Results {
    /// Opens the folder, or makes it. One that holds anything else is left alone, and so is one that another run writes to.
    ///
    /// # Errors
    /// When it is not ours, in use, or cannot be read and written.
    pub fn open(folder: &Path) -> Result<Self, Box<Diagnostic>> {
        let name = shown(folder);
        let failed = |e: io::Error| Box::new(errors::unusable_results(&name, &e.to_string()));
        fs::create_dir_all(folder).map_err(failed)?;
        let mark = folder.join(MARK);
        if !mark.is_file()
            && let Some(other) = fs::read_dir(folder).map_err(failed)?.next()
        {
            let other = other.map_err(failed)?.file_name();
            return Err(Box::new(errors::foreign_results(&name, &shown(Path::new(&other)))));
        }
        let mut lock = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&mark).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => {
                return Err(Box::new(errors::unusable_results(&name, "another run is writing to it")));
            }
            Err(fs::TryLockError::Error(e)) => return Err(failed(e)),
        }
        if lock.metadata().map_err(failed)?.len() != MARK_TEXT.len() as u64 {
            lock.set_len(0).and_then(|()| lock.write_all(MARK_TEXT.as_bytes())).map_err(failed)?;
        }
        Self::read(folder, lock).map_err(failed)
    }

    fn read(folder: &Path, lock: File) -> io::Result<Self> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.to_string_lossy().ends_with(UNFINISHED) {
                fs::remove_file(path)?;
            }
        }
        let mut known = BTreeMap::new();
        index(&folder.join(ASSESSMENTS), false, &mut known)?;
        let path = folder.join(JOURNAL);
        let whole = index(&path, true, &mut known)?;
        let mut journal = OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
        journal.set_len(whole)?;
        journal.seek(SeekFrom::End(0))?;
        Ok(Self { folder: folder.to_owned(), known: Mutex::new(known), journal: Mutex::new((journal, whole)), _lock: lock })
    }

    /// The line of a bundle, when there is one.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn line(&self, bundle: &str) -> io::Result<Option<Vec<u8>>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(bundle).copied();
        let Some(Stored { in_journal, from, len }) = known else { return Ok(None) };
        let mut file = File::open(self.folder.join(if in_journal { JOURNAL } else { ASSESSMENTS }))?;
        file.seek(SeekFrom::Start(from))?;
        let mut line = vec![0; len];
        file.read_exact(&mut line)?;
        Ok(Some(line))
    }

    /// Adds the line of a bundle to the journal. Lines end with a line break.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn append(&self, bundle: &str, line: &[u8]) -> io::Result<()> {
        let mut journal = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
        let from = journal.1;
        journal.0.write_all(line)?;
        journal.1 += line.len() as u64;
        let stored = Stored { in_journal: true, from, len: line.len() };
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(bundle.to_owned(), stored);
        Ok(())
    }

    /// Writes the assessments in this order, handing each line on.
    ///
    /// # Errors
    /// When the file cannot be written; what was there before is then unchanged.
    pub fn assessments<'n>(&self, bundles: impl Iterator<Item = &'n str>, seen: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        self.replace(ASSESSMENTS, |out| {
            for bundle in bundles {
                let line = self.line(bundle)?.ok_or_else(|| io::Error::other(format!("the line of `{bundle}` is gone")))?;
                seen(&line);
                out.write_all(&line)?;
            }
            Ok(())
        })
    }

    /// Writes the other files, and ends the journal.
    ///
    /// # Errors
    /// When a file cannot be written; what was there before it is then unchanged.
    pub fn finish(&self, files: impl IntoIterator<Item = (&'static str, Vec<u8>)>) -> io::Result<()> {
        for (name, bytes) in files {
            self.replace(name, |out| out.write_all(&bytes))?;
        }
        fs::remove_file(self.folder.join(JOURNAL))
    }

    fn replace(&self, name: &str, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let unfinished = self.folder.join(format!("{name}{UNFINISHED}"));
        let mut out = BufWriter::new(File::create(&unfinished)?);
        write(&mut out)?;
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(unfinished, self.folder.join(name))
    }
}

/// Finds the lines of a file; says how many bytes of it are whole lines.
fn index(path: &Path, in_journal: bool, known: &mut BTreeMap<String, Stored>) -> io::Result<u64> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(e) => return Err(e),
    };
    let size = file.metadata()?.len();
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let mut from = 0u64;
    while let Some(line) = lines::next(&mut reader, LONGEST)? {
        // `next` takes a line break and perhaps a carriage return off; lines of ours have none of the latter.
        let Line::Whole(bytes) = line else { break };
        let len = bytes.len() + 1;
        if from + len as u64 > size {
            break;
        }
        let Ok(head) = serde_json::from_slice::<Head>(&bytes) else { break };
        known.insert(head.bundle, Stored { in_journal, from, len });
        from += len as u64;
    }
    Ok(from)
}
