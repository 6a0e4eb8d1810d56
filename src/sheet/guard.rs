//! What a workbook has to be before anything reads it: a zip whose parts, all unpacked, stay within bounds, and say nothing that would make a reader
//! ask for more memory than they have.
//!
//! Everything is unpacked once here and counted, because the sizes a zip states may be lies.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::Most;

/// Why a workbook is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// It is protected with a password.
    Encrypted,
    /// It is a workbook of another form; the name people know it by.
    OtherForm(&'static str),
    /// It is no workbook at all.
    NotAWorkbook,
    /// It is cut short or damaged; what is wrong, in a few words.
    Damaged(String),
    /// Unpacked, it has more bytes than allowed.
    Unpacked(u64),
    /// It has more parts than allowed.
    Parts(usize),
    /// There is no such sheet; those there are.
    NoSheet(Vec<String>),
    /// A sheet has more filled cells than allowed.
    Cells(usize),
    /// A sheet, written out, is longer than allowed.
    Text(usize),
    /// A cell lies outside what a sheet may have.
    Outside(String),
    /// A cell is stated twice.
    CellTwice(String),
}

/// What was found out on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Findings {
    /// Whether there are macros. Nothing runs them.
    pub(super) macros: bool,
}

/// Text of a compound file's folder that says what it holds.
fn holds_utf16(bytes: &[u8], word: &str) -> bool {
    let wanted: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(wanted.len()).any(|w| w == wanted)
}

/// Looks through a workbook.
pub(super) fn inspect(bytes: &[u8], most: &Most) -> Result<Findings, Problem> {
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        let encrypted = holds_utf16(bytes, "EncryptedPackage") || holds_utf16(bytes, "EncryptionInfo");
        return Err(if encrypted { Problem::Encrypted } else { Problem::OtherForm(".xls") });
    }
    if !bytes.starts_with(b"PK") {
        return Err(Problem::NotAWorkbook);
    }
    let damaged = |error: &dyn std::fmt::Display| Problem::Damaged(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
    if archive.len() > most.parts {
        return Err(Problem::Parts(most.parts));
    }
    let mut findings = Findings::default();
    let (mut unpacked, mut workbook) = (0u64, false);
    let mut part = Vec::new();
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|e| damaged(&e))?;
        let name = file.name().map_err(|e| damaged(&e))?.to_lowercase();
        let left = most.unpacked.saturating_sub(unpacked);
        if file.size() > left {
            return Err(Problem::Unpacked(most.unpacked));
        }
        part.clear();
        file.take(left + 1).read_to_end(&mut part).map_err(|e| damaged(&e))?;
        unpacked += part.len() as u64;
        if unpacked > most.unpacked {
            return Err(Problem::Unpacked(most.unpacked));
        }
        findings.macros |= name.ends_with("vbaproject.bin");
        workbook |= name.ends_with("workbook.xml");
        if name == "mimetype" && part.starts_with(b"application/vnd.oasis.opendocument") {
            return Err(Problem::OtherForm(".ods"));
        }
        if name.ends_with("workbook.bin") {
            return Err(Problem::OtherForm(".xlsb"));
        }
        if name.ends_with(".xml") || name.ends_with(".rels") {
            sober(&name, &part)?;
        }
    }
    if workbook { Ok(findings) } else { Err(Problem::NotAWorkbook) }
}

/// Refuses a part that announces more strings than it can hold: a reader makes room for as many as it is told of.
fn sober(name: &str, part: &[u8]) -> Result<(), Problem> {
    const WORD: &[u8] = b"uniqueCount";
    // In another encoding the words looked for below would not be seen.
    if part.contains(&0) || part.starts_with(&[0xff, 0xfe]) || part.starts_with(&[0xfe, 0xff]) {
        return Err(Problem::Damaged(format!("`{name}` is not UTF-8 text")));
    }
    if !name.ends_with("sharedstrings.xml") {
        return Ok(());
    }
    let mut rest = part;
    while let Some(at) = rest.windows(WORD.len()).position(|w| w == WORD) {
        rest = rest.get(at + WORD.len()..).unwrap_or(&[]);
        let value = rest.trim_ascii_start().strip_prefix(b"=").unwrap_or(&[]).trim_ascii_start();
        let digits: Vec<u8> =
            value.iter().skip(1).skip_while(|b| !b.is_ascii_digit()).copied().take_while(u8::is_ascii_digit).collect();
        let count = std::str::from_utf8(&digits).ok().and_then(|d| if d.is_empty() { Some(0) } else { d.parse::<usize>().ok() });
        // The shortest string there is takes `<si/>`.
        if count.is_none_or(|count| count > part.len() / 5 + 1) {
            return Err(Problem::Damaged(format!("`{name}` announces more strings than it has")));
        }
    }
    Ok(())
}
