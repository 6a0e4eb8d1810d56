//! Signs of life on a terminal while something takes long. On standard error, never where nobody looks: not in a pipe, a build server or a plain
//! terminal, and not for a screen reader. Work that is done in a moment shows nothing.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::evidence::{Folder, FolderError, Listing};

/// What takes no longer than this shows nothing.
const PATIENCE: Duration = Duration::from_millis(400);
const TICK: Duration = Duration::from_millis(120);

/// Whether standard error is a terminal on which a line may be drawn over and over.
#[must_use]
pub fn wanted() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|t| t == "dumb");
    std::io::stderr().is_terminal() && !set("CI") && !set("NO_COLOR") && !dumb
}

/// Something under way. It is over when this is dropped, and leaves no trace.
#[derive(Debug, Default)]
pub struct Progress {
    shown: Option<(Sender<()>, JoinHandle<()>)>,
    done: Arc<AtomicU64>,
    of: Arc<Mutex<Option<u64>>>,
}

impl Progress {
    /// Says what is under way, should it take long. `wanted` false shows nothing.
    #[must_use]
    pub fn new(what: &str, wanted: bool) -> Self {
        let mut progress = Self::default();
        if wanted {
            let (sender, over) = mpsc::channel();
            let (what, done, of) = (what.to_owned(), Arc::clone(&progress.done), Arc::clone(&progress.of));
            let show = move || {
                if over.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                    return;
                }
                let bar = ProgressBar::new_spinner().with_message(what);
                while over.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                    let whole = of.lock().ok().and_then(|of| *of).filter(|of| *of > 0);
                    if let Some(whole) = whole {
                        bar.set_length(whole);
                        let look = ProgressStyle::with_template("{msg} [{bar:30}] {percent}%");
                        bar.set_style(look.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "));
                        bar.set_position(done.load(Ordering::Relaxed).min(whole));
                    }
                    bar.tick();
                }
                bar.finish_and_clear();
            };
            progress.shown = std::thread::Builder::new().spawn(show).ok().map(|thread| (sender, thread));
        }
        progress
    }

    /// So much more of the whole is done.
    pub fn advance(&self, by: u64) {
        self.done.fetch_add(by, Ordering::Relaxed);
    }

    /// How much there is to do.
    pub fn whole(&self, of: u64) {
        if let Ok(mut whole) = self.of.lock() {
            *whole = Some(of);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.shown.take() {
            drop(sender);
            // A thread that could not draw is no reason to fail.
            let _ = thread.join();
        }
    }
}

/// A folder that tells how much of it was read.
#[derive(Debug)]
pub struct Told<'a, F> {
    /// The folder.
    pub folder: &'a F,
    /// Who is told.
    pub progress: &'a Progress,
}

impl<F: Folder> Folder for Told<'_, F> {
    fn files(&self) -> Listing {
        let listing = self.folder.files();
        self.progress.whole(listing.files.iter().map(|f| f.size).fold(0, u64::saturating_add));
        listing
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FolderError> {
        let read = self.folder.read(path)?;
        self.progress.advance(read.len() as u64);
        Ok(read)
    }

    fn sha256(&self, path: &str) -> Result<[u8; 32], FolderError> {
        self.folder.sha256(path)
    }
}
