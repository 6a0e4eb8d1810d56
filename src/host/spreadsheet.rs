//! Opens a workbook (XLSX) that somebody sent: hostile until shown otherwise.
//!
//! An XLSX file is an archive, and a small one can unpack to anything. Before a reader sees it, every part of it is unpacked once into nothing and
//! counted. Cells are then read one by one, so that a sheet that claims a million columns costs what is written in it.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use zip::ZipArchive;

use super::library::shown;
use crate::base::Date;
use crate::checklist::{Cell, Sheet};
use crate::diagnostics::Diagnostic;
use crate::evidence::{FolderError, folder_problem};

/// How much of a workbook is read.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Bytes of the file.
    pub file: u64,
    /// Bytes of all its parts, unpacked.
    pub unpacked: u64,
    /// Parts.
    pub parts: usize,
    /// Sheets.
    pub sheets: usize,
    /// Cells of all sheets.
    pub cells: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { file: 64 << 20, unpacked: 256 << 20, parts: 4096, sheets: 256, cells: 2_000_000 }
    }
}

/// The sheets of a workbook, hidden ones too.
///
/// # Errors
/// A diagnostic that names the file, when it cannot be read, is no workbook, or is larger than the bounds.
#[expect(clippy::result_large_err, reason = "opened once per run")]
pub fn open(path: &Path, bounds: Bounds) -> Result<Vec<Sheet>, Diagnostic> {
    read(path, bounds).map_err(|error| folder_problem(&shown(path), &error))
}

fn read(path: &Path, bounds: Bounds) -> Result<Vec<Sheet>, FolderError> {
    let bytes = bytes(path, bounds.file)?;
    sheets(&bytes, bounds)
}

/// The sheets of a workbook that is in memory.
///
/// # Errors
/// When it is no workbook, or larger than the bounds.
pub fn sheets(bytes: &[u8], bounds: Bounds) -> Result<Vec<Sheet>, FolderError> {
    weigh(bytes, bounds)?;
    // The reader trusts what a file says of itself, and a file made to do harm may stop it; that stops nobody else.
    let read = std::panic::catch_unwind(|| cells_of(bytes, bounds));
    read.unwrap_or_else(|_| Err(FolderError::Unreadable("it is no workbook that can be read: it is damaged".to_owned())))
}

fn cells_of(bytes: &[u8], bounds: Bounds) -> Result<Vec<Sheet>, FolderError> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|e| refused(&e))?;
    let names = book.sheet_names();
    if names.len() > bounds.sheets {
        return Err(FolderError::TooMany { limit: bounds.sheets });
    }
    let mut cells = 0;
    let mut sheets = Vec::with_capacity(names.len());
    for name in names {
        let mut sheet = Sheet { name: name.clone(), ..Sheet::default() };
        // A sheet that is a chart has no cells.
        let mut reader = match book.worksheet_cells_reader(&name) {
            Ok(reader) => reader,
            Err(XlsxError::WorksheetNotFound(_)) => continue,
            Err(error) => return Err(refused(&error)),
        };
        while let Some(found) = reader.next_cell().map_err(|e| refused(&e))? {
            cells += 1;
            if cells > bounds.cells {
                return Err(FolderError::TooMany { limit: bounds.cells });
            }
            if let Some(cell) = cell(found.get_value()) {
                sheet.cells.insert(found.get_position(), cell);
            }
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn bytes(path: &Path, limit: u64) -> Result<Vec<u8>, FolderError> {
    let unreadable = |e: &io::Error| match e.kind() {
        io::ErrorKind::NotFound => FolderError::Missing,
        _ => FolderError::Unreadable(e.to_string()),
    };
    // Looked at before it is opened: to open a pipe would wait for someone to write.
    let metadata = std::fs::metadata(path).map_err(|e| unreadable(&e))?;
    if !metadata.is_file() {
        return Err(FolderError::NotAFile);
    }
    let mut bytes = Vec::new();
    let file = BufReader::new(File::open(path).map_err(|e| unreadable(&e))?);
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|e| unreadable(&e))?;
    let size = metadata.len().max(bytes.len() as u64);
    if size > limit { Err(FolderError::TooLarge { size, limit }) } else { Ok(bytes) }
}

/// Unpacks everything once and counts, whatever the archive says of itself.
fn weigh(bytes: &[u8], bounds: Bounds) -> Result<(), FolderError> {
    let no_archive = || {
        let old = bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]);
        let why = if old { "it is an old workbook (XLS), or has a password" } else { "it is no XLSX workbook" };
        FolderError::Unreadable(why.to_owned())
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| no_archive())?;
    if archive.len() > bounds.parts {
        return Err(FolderError::TooMany { limit: bounds.parts });
    }
    let mut left = bounds.unpacked;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| no_archive())?;
        let size = io::copy(&mut part.take(left + 1), &mut io::sink()).map_err(|_| no_archive())?;
        left = left.checked_sub(size).ok_or(FolderError::TooLarge { size: bounds.unpacked + 1, limit: bounds.unpacked })?;
    }
    Ok(())
}

fn refused(error: &XlsxError) -> FolderError {
    FolderError::Unreadable(format!("it is no workbook that can be read: {error}"))
}

/// A cell that holds something.
fn cell(value: &DataRef<'_>) -> Option<Cell> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::String(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Int(n) => Cell::Number(n.to_string()),
        DataRef::Float(n) => Cell::Number(n.to_string()),
        DataRef::Bool(yes) => Cell::Bool(*yes),
        DataRef::Error(error) => Cell::Error(error.to_string()),
        DataRef::DateTimeIso(text) => Date::parse(text).map_or_else(|_| Cell::Time(text.clone()), Cell::Day),
        DataRef::DurationIso(text) => Cell::Time(text.clone()),
        DataRef::DateTime(moment) if moment.is_duration() => Cell::Number(moment.as_f64().to_string()),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
            let date =
                i16::try_from(year).ok().and_then(|y| Date::from_ymd(y, i8::try_from(month).ok()?, i8::try_from(day).ok()?));
            match date {
                Some(date) if (hour, minute, second, milli) == (0, 0, 0, 0) => Cell::Day(date),
                _ => Cell::Time(format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")),
            }
        }
    })
}
