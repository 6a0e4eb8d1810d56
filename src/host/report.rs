//! Reports that were kept: read whole, when they are not too large to be one.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Bytes of a report. One of 20,000 items with all its gaps has a few million.
pub const MOST_BYTES: u64 = 256 << 20;

/// The text of a file.
///
/// # Errors
/// When there is none, it cannot be read, is larger than any report, or is not UTF-8.
pub fn read(path: &Path) -> io::Result<String> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
    }
    let mut text = String::new();
    File::open(path)?.take(MOST_BYTES + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MOST_BYTES {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {} MB", MOST_BYTES >> 20)));
    }
    Ok(text)
}
