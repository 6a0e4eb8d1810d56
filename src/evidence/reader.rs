//! Reads bundles against one library. Made once; reads as many bundles as there are.

use std::sync::OnceLock;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::build::{Setting, build};
use super::bundle::Bundle;
use super::errors::{files, top};
use super::fields::Fields;
use super::folder::{FileEntry, Folder, FolderError};
use super::gather::Gathered;
use super::options::{Limits, ReadOptions};
use super::tree::{Doc, Tree, json, yaml};
use super::validate::Validator;
use super::{csv, test_items};
use crate::base::{FileId, Source, Sources, Span};
use crate::diagnostics::{Diagnostic, Severity};
use crate::library::Library;
use crate::library::model::Checked;
use crate::syntax::ast;

/// Reads bundles.
#[derive(Debug)]
pub struct Reader<'l> {
    library: &'l Library,
    fields: Fields<'l>,
    validators: Vec<OnceLock<Option<Validator>>>,
}

/// What a read gives. The texts are there even when the bundle is refused, so that its diagnostics can be shown.
#[derive(Debug, Clone)]
pub struct ReadOutcome {
    /// The bundle, unless there are errors.
    pub bundle: Option<Bundle>,
    /// Errors and warnings, in the order of files and places.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that were read.
    pub sources: Sources,
}

impl<'l> Reader<'l> {
    /// A reader of bundles for this library.
    #[must_use]
    pub fn new(library: &'l Checked<Library>) -> Self {
        Self::of(library)
    }

    /// A reader for a library that need not be checked.
    pub(crate) fn of(library: &'l Library) -> Self {
        let validators = library.kinds.iter().map(|_| OnceLock::new()).collect();
        Self { library, fields: Fields::new(library), validators }
    }

    /// The library.
    pub(super) fn library(&self) -> &'l Library {
        self.library
    }

    /// Its look-ups.
    pub(super) fn fields(&self) -> &Fields<'l> {
        &self.fields
    }

    /// The validators of items, by kind; made on first use.
    pub(super) fn validators(&self) -> &[OnceLock<Option<Validator>>] {
        &self.validators
    }

    /// Reads a bundle. All errors of all files are told in one go; with one of them there is no bundle.
    pub fn read(&self, folder: &dyn Folder, options: &ReadOptions) -> ReadOutcome {
        let mut diagnostics = Vec::new();
        let entries = match folder.files() {
            Ok(entries) => entries,
            Err(errors) => {
                diagnostics.extend(errors.iter().map(|(path, error)| files::unusable(None, path, error)));
                return ReadOutcome { bundle: None, diagnostics, sources: Sources::default() };
            }
        };
        let mut sources = Sources::default();
        let mut trees = Vec::new();
        for loaded in load(folder, &entries, &options.limits) {
            sources.add(loaded.source);
            diagnostics.extend(loaded.diagnostics);
            trees.push(loaded.tree);
        }
        if trees.is_empty() {
            diagnostics.push(top::empty());
            return ReadOutcome { bundle: None, diagnostics, sources };
        }
        let unread: FxHashSet<Span> = diagnostics.iter().filter_map(place).collect();
        let texts: Vec<Source> = sources.iter().map(|(_, s)| s.clone()).collect();
        let docs = docs(&trees, &texts, 0);
        let all_read = diagnostics.iter().all(|d| d.severity() != Severity::Error);
        let mut gathered = Gathered::new(&docs, &self.fields, self.library.person, all_read);
        let tables = csv::load(self, folder, &gathered.tables, &options.limits, &mut sources, &mut gathered.diagnostics);
        let csv_texts: Vec<Source> = sources.iter().skip(texts.len()).map(|(_, s)| s.clone()).collect();
        let csv_trees: Vec<Tree> = tables.iter().map(|t| t.tree.clone()).collect();
        for (doc, table) in self::docs(&csv_trees, &csv_texts, trees.len()).into_iter().zip(&tables) {
            csv::items(doc, table, &mut gathered.items);
        }
        let mut told = std::mem::take(&mut gathered.diagnostics);

        let setting = Setting { folder: Some(folder), options: *options, in_test: false };
        let (mut bundle, mut found) = build(self, &gathered, &setting);
        told.append(&mut found);
        // What was told of a place when its text was read is not told again in other words.
        diagnostics.extend(told.into_iter().filter(|d| place(d).is_none_or(|span| !unread.contains(&span))));
        drop(gathered);
        trees.extend(csv_trees);
        bundle.trees = trees;
        bundle.sources = sources.clone();
        settle(&mut diagnostics);
        let refused = diagnostics.iter().any(|d| d.severity() == Severity::Error);
        ReadOutcome { bundle: (!refused).then_some(bundle), diagnostics, sources }
    }

    /// The bundle that a test states. Its places lie in `sources`, the texts of the rules.
    pub fn from_test(&self, test: &ast::Test, sources: &Sources) -> (Option<Bundle>, Vec<Diagnostic>) {
        let made = test_items::tree(test);
        let doc = Doc { tree: &made.tree, index: 0, text: "" };
        let mut gathered = test_items::gather(self, doc, &made);
        let mut diagnostics = std::mem::take(&mut gathered.diagnostics);
        let setting = Setting { folder: None, options: ReadOptions::default(), in_test: true };
        let (mut bundle, mut found) = build(self, &gathered, &setting);
        diagnostics.append(&mut found);
        drop(gathered);
        if test.entity.is_none() {
            bundle.entity.span = test.title.span;
        }
        bundle.assessment_date = Some(test.at.value);
        bundle.trees = vec![made.tree];
        bundle.sources = sources.clone();
        settle(&mut diagnostics);
        let refused = diagnostics.iter().any(|d| d.severity() == Severity::Error);
        ((!refused).then_some(bundle), diagnostics)
    }
}

/// A file, read.
struct Loaded {
    source: Source,
    tree: Tree,
    diagnostics: Vec<Diagnostic>,
}

/// Reads the files that belong to a bundle, in the order of their paths.
fn load(folder: &dyn Folder, entries: &[FileEntry], limits: &Limits) -> Vec<Loaded> {
    let mut paths: Vec<&str> = entries.iter().map(|e| e.path.as_str()).filter(|p| is_part(p)).collect();
    paths.sort_unstable();
    let numbered: Vec<(u32, &str)> = (0..).zip(paths).collect();
    match numbered.as_slice() {
        [(index, path)] => vec![load_one(folder, *index, path, limits)],
        many => many.par_iter().map(|(index, path)| load_one(folder, *index, path, limits)).collect(),
    }
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
    let text = read_text(folder, path, limits, file, None, &mut diagnostics);
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
pub(super) fn read_text(
    folder: &dyn Folder,
    path: &str,
    limits: &Limits,
    file: FileId,
    named: Option<Span>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Text {
    let bytes = match folder.read(path) {
        Ok(bytes) if bytes.len() as u64 > limits.file_bytes.min(u64::from(u32::MAX - 1)) => {
            let error = FolderError::TooLarge { size: bytes.len() as u64, limit: limits.file_bytes };
            diagnostics.push(files::unusable(named, path, &error));
            return Text { text: String::new(), whole: false };
        }
        Ok(bytes) => bytes,
        Err(error) => {
            diagnostics.push(files::unusable(named, path, &error));
            return Text { text: String::new(), whole: false };
        }
    };
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

/// Trees with their texts; `from` is the number of the first.
fn docs<'s>(trees: &'s [Tree], texts: &'s [Source], from: usize) -> Vec<Doc<'s>> {
    (from as u32..).zip(trees.iter().zip(texts)).map(|(index, (tree, source))| Doc { tree, index, text: source.text() }).collect()
}

fn place(diagnostic: &Diagnostic) -> Option<Span> {
    diagnostic.at.as_ref().map(|l| l.span)
}

/// Puts diagnostics in the order of places, each once.
pub(super) fn settle(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| (place(a), a.code, &a.message).cmp(&(place(b), b.code, &b.message)));
    diagnostics.dedup_by(|a, b| a.code == b.code && place(a) == place(b) && a.message == b.message);
}
