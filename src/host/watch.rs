//! Whether files changed since they were last looked at. Looks again and again instead of asking the system to be told: that works on shared drives too,
//! and with editors that write a new file and rename it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

/// How long to wait between two looks.
const PAUSE: Duration = Duration::from_millis(50);
/// How long files have to stay as they are before they count as saved: some programs write in several steps.
const SETTLED: Duration = Duration::from_millis(15);
/// As many files and folders as a bundle may have.
const MOST_FILES: usize = 100_000;
const MOST_DEPTH: usize = 32;

/// What files looked like at some moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stamp(BTreeMap<PathBuf, Look>);

/// Size, time of the last change, and which file it is where the system numbers them.
type Look = (u64, u128, u64);

impl Stamp {
    /// How the files in a folder, or a file, look now. What is not there or cannot be read is left out, so that it shows when it comes back.
    /// Hidden files do not belong to a bundle.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        let mut looks = BTreeMap::new();
        collect(path, 0, &mut looks);
        Self(looks)
    }

    /// Files that were there and are not any more, in the order of their paths.
    #[must_use]
    pub fn gone(&self, now: &Self) -> Vec<PathBuf> {
        self.0.keys().filter(|path| !now.0.contains_key(*path)).cloned().collect()
    }

    /// Waits until the files look otherwise, and stay so for a moment.
    #[must_use]
    pub fn next(&self, path: &Path) -> Self {
        loop {
            std::thread::sleep(PAUSE);
            let mut now = Self::of(path);
            if now == *self {
                continue;
            }
            loop {
                std::thread::sleep(SETTLED);
                let later = Self::of(path);
                if later == now {
                    return now;
                }
                now = later;
            }
        }
    }
}

fn collect(path: &Path, depth: usize, looks: &mut BTreeMap<PathBuf, Look>) {
    if looks.len() >= MOST_FILES || depth > MOST_DEPTH {
        return;
    }
    let Ok(metadata) = fs::metadata(path) else { return };
    let changed = metadata.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok()).map_or(0, |d| d.as_nanos());
    looks.insert(path.to_owned(), (metadata.len(), changed, number(&metadata)));
    if !metadata.is_dir() {
        return;
    }
    for entry in fs::read_dir(path).into_iter().flatten().flatten() {
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            collect(&entry.path(), depth + 1, looks);
        }
    }
}

#[cfg(unix)]
fn number(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
const fn number(_: &fs::Metadata) -> u64 {
    0
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop; that is how it fails")]
mod tests {
    use super::*;

    #[test]
    fn files_that_change_come_and_go_are_seen_and_hidden_ones_are_not() {
        let folder = std::env::temp_dir().join(format!("abide-watch-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("tables")).unwrap();
        fs::write(folder.join("a.yaml"), "one").unwrap();
        let first = Stamp::of(&folder);
        assert_eq!(first, Stamp::of(&folder));
        fs::write(folder.join("tables/b.csv"), "x").unwrap();
        let second = Stamp::of(&folder);
        assert_ne!(first, second);
        // Written beside it and renamed, as editors do: the size may be the same.
        fs::write(folder.join(".a.yaml.swp"), "two").unwrap();
        fs::rename(folder.join(".a.yaml.swp"), folder.join("a.yaml")).unwrap();
        let third = Stamp::of(&folder);
        assert_ne!(second, third);
        fs::remove_file(folder.join("tables/b.csv")).unwrap();
        let fourth = Stamp::of(&folder);
        assert_ne!(third, fourth);
        assert_eq!(third.gone(&fourth), [folder.join("tables/b.csv")]);
        assert!(first.gone(&second).is_empty());
        assert_eq!(Stamp::of(&folder.join("not-there")), Stamp::default());
        fs::remove_dir_all(&folder).unwrap();
    }
}
