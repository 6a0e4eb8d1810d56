//! What identifies a set of rules: a digest of the names and contents of its files.

use sha2::{Digest, Sha256};

use crate::base::{Sources, hex};

/// SHA-256 over names (from the folder that was given, so that it does not matter where that lies) and contents, sorted, each preceded by its length so that no two sets run together; in hex.
pub(super) fn of(sources: &Sources) -> String {
    let mut files: Vec<(&str, &str)> = sources.iter().map(|(_, s)| (s.name_inside(), s.text())).collect();
    files.sort_unstable();
    let mut digest = Sha256::new();
    for part in files.iter().flat_map(|(name, text)| [name, text]) {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part.as_bytes());
    }
    hex(&digest.finalize())
}
