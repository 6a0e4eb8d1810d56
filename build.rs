//! Reads and checks the built-in rules, and leaves what they mean beside the program, which then need not do it each time it runs.
//!
//! The layers that turn text into a library are compiled into this script as they stand. Rules that are wrong are not told here: nothing is left,
//! and the program reads the texts itself and tells what is wrong with them as it does of any rules.

#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    missing_docs,
    unfulfilled_lint_expectations,
    reason = "the layers are whole and written for a library, and a build script needs a part of them"
)]
#[path = "src/base/mod.rs"]
mod base;
#[path = "src/diagnostics/mod.rs"]
mod diagnostics;
#[path = "src/library/mod.rs"]
mod library;
#[path = "src/syntax/mod.rs"]
mod syntax;

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use base::{FileId, Source, Sources};

fn main() -> io::Result<()> {
    for read in ["regulations", "grammar", "src/base", "src/diagnostics", "src/library", "src/syntax", "docs/codes", "build.rs"] {
        println!("cargo::rerun-if-changed={read}");
    }
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut texts = Vec::new();
    collect(&root.join("regulations"), "", &mut texts)?;
    // The order in which the program numbers them: `host::library::embedded`.
    texts.sort_unstable();
    let stored = checked(texts).and_then(|library| library::stored::encode(&library)).unwrap_or_default();
    fs::write(Path::new(&env::var_os("OUT_DIR").unwrap_or_default()).join("library.bin"), stored)
}

/// The rules in a folder and the folders in it, by the paths they have there.
fn collect(folder: &Path, inside: &str, texts: &mut Vec<(String, String)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{inside}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), texts)?;
        } else if name.ends_with(".abide") {
            texts.push((name, fs::read_to_string(entry.path())?));
        }
    }
    Ok(())
}

/// The library, when there is nothing to say about it.
fn checked(texts: Vec<(String, String)>) -> Option<library::Checked<library::Library>> {
    let mut sources = Sources::default();
    let mut files = Vec::new();
    for ((path, text), id) in texts.into_iter().zip(0..) {
        let parsed = syntax::parse_with(FileId(id), &text, syntax::Tests::Skip);
        if !parsed.diagnostics.is_empty() {
            return None;
        }
        files.push(parsed.file);
        sources.add(Source::inside(format!("regulations/{path}"), path, text));
    }
    let (library, diagnostics) = library::check(sources, &files);
    library.filter(|_| diagnostics.is_empty())
}
