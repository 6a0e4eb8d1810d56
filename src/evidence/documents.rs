//! The YAML and JSON files of a folder as trees with places: what bundles and registers of findings are both read from.

use rayon::prelude::*;

use super::errors::files;
use super::folder::{Folder, FolderError};
use super::options::Limits;
use super::tree::{Doc, Tree, json, yaml};
use crate::base::{FileId, Source, Sources, Span};
use crate::diagnostics::Diagnostic;

/// Files, read as far as they can be.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    /// The texts, in the order of their paths.
    pub sources: Sources,
    /// Their trees, in the same order.
    pub trees: Vec<Tree>,
    /// What is wrong with the texts, in the order of files.
    pub diagnostics: Vec<Diagnostic>,
}

impl Documents {
    /// Reads the files of a folder that belong to a bundle or a register. A file that cannot be read has an empty tree.
    #[must_use]
    pub fn read(folder: &dyn Folder, limits: &Limits) -> Self {
        let mut documents = Self::default();
        let listing = folder.files();
        documents.diagnostics.extend(listing.refused.iter().map(|(path, error)| files::unusable(None, path, error)));
        let mut paths: Vec<&str> = listing.files.iter().map(|e| e.path.as_str()).filter(|p| is_part(p)).collect();
        paths.sort_unstable();
        let numbered: Vec<(u32, &str)> = (0..).zip(paths).collect();
        let loaded: Vec<Loaded> = match numbered.as_slice() {
            [(index, path)] => vec![load_one(folder, *index, path, limits)],
            many => many.par_iter().map(|(index, path)| load_one(folder, *index, path, limits)).collect(),
        };
        for loaded in loaded {
            documents.sources.add(loaded.source);
            documents.diagnostics.extend(loaded.diagnostics);
            documents.trees.push(loaded.tree);
        }
        documents
    }

    /// The trees with their texts.
    pub(crate) fn docs(&self) -> Vec<Doc<'_>> {
        let texts = self.sources.iter().map(|(_, source)| source.text());
        (0..).zip(self.trees.iter().zip(texts)).map(|(index, (tree, text))| Doc { tree, index, text }).collect()
    }
}

/// A file, read.
struct Loaded {
    source: Source,
    tree: Tree,
    diagnostics: Vec<Diagnostic>,
}

/// Whether a file is part of a bundle: YAML or JSON, not hidden, not an attachment.
fn is_part(path: &str) -> bool {
    let kind = path.rsplit_once('.').map_or("", |(_, kind)| kind);
    let hidden = path.split('/').any(|part| part.starts_with('.'));
    let attachment = path.split('/').next() == Some("attachments") && path.contains('/');
    matches!(kind, "yaml" | "yml" | "json") && !hidden && !attachment
}

fn load_one(folder: &dyn Folder, index: u32, path: &str, limits: &Limits) -> Loaded {
    let file = FileId(index);
    let mut diagnostics = Vec::new();
    let text = read_text(folder, path, limits, file, &mut diagnostics);
    let source = Source::new(path, text.text);
    let tree = if text.whole {
        if path.ends_with(".json") {
            json::parse(source.text(), file, limits, &mut diagnostics)
        } else {
            yaml::parse(source.text(), file, limits, &mut diagnostics)
        }
    } else {
        Tree { file: index, ..Tree::default() }
    };
    Loaded { source, tree, diagnostics }
}

/// The text of a file, as far as it can be read.
pub(super) struct Text {
    /// The text.
    pub(super) text: String,
    /// Whether that is all of it.
    pub(super) whole: bool,
}

/// Reads a file as UTF-8.
fn read_text(folder: &dyn Folder, path: &str, limits: &Limits, file: FileId, diagnostics: &mut Vec<Diagnostic>) -> Text {
    match read_bytes(folder, path, limits, None, diagnostics) {
        Some(bytes) => text_of(bytes, path, file, diagnostics),
        None => Text { text: String::new(), whole: false },
    }
}

/// The bytes of a file; what is wrong with it is told where it is named.
pub(super) fn read_bytes(
    folder: &dyn Folder,
    path: &str,
    limits: &Limits,
    named: Option<Span>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<u8>> {
    let error = match folder.read(path) {
        Ok(bytes) if bytes.len() as u64 > limits.file_bytes.min(u64::from(u32::MAX - 1)) => {
            FolderError::TooLarge { size: bytes.len() as u64, limit: limits.file_bytes }
        }
        Ok(bytes) => return Some(bytes),
        Err(error) => error,
    };
    diagnostics.push(files::unusable(named, path, &error));
    None
}

/// Bytes as UTF-8.
pub(super) fn text_of(bytes: Vec<u8>, path: &str, file: FileId, diagnostics: &mut Vec<Diagnostic>) -> Text {
    match String::from_utf8(bytes) {
        Ok(text) => Text { text, whole: true },
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let good = bytes.get(..valid).unwrap_or(&[]);
            let line = good.iter().filter(|b| **b == b'\n').count() + 1;
            let text = String::from_utf8_lossy(good).into_owned();
            let at = Span::new(file, valid as u32, valid as u32);
            diagnostics.push(files::not_utf8(Some(at), path, valid + 1, line));
            Text { text, whole: false }
        }
    }
}
