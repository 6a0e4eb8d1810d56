//! Reads bundles against one library. Made once; reads as many bundles as there are.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use super::build::{Setting, build};
use super::bundle::Bundle;
use super::documents::Documents;
use super::errors::top;
use super::fields::Fields;
use super::folder::Folder;
use super::gather::Gathered;
use super::options::ReadOptions;
use super::tree::{Doc, Tree};
use super::validate::Validator;
use super::{table, test_items};
use crate::base::{Source, Sources, Span};
use crate::diagnostics::{Code, Diagnostic, Severity};
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
        let Documents { mut sources, mut trees, mut diagnostics } = Documents::read(folder, &options.limits);
        if trees.is_empty() {
            if diagnostics.is_empty() {
                diagnostics.push(top::empty());
            }
            return ReadOutcome { bundle: None, diagnostics, sources };
        }
        let unread: FxHashSet<Span> = diagnostics.iter().filter_map(place).collect();
        let texts: Vec<Source> = sources.iter().map(|(_, s)| s.clone()).collect();
        let docs = docs(&trees, &texts, 0);
        let all_read = diagnostics.iter().all(|d| d.severity() != Severity::Error);
        let mut gathered = Gathered::new(&docs, &self.fields, self.library.person, all_read);
        let tables = table::load(self, folder, &gathered.tables, &options.limits, &mut sources, &mut gathered.diagnostics);
        let table_texts: Vec<Source> = sources.iter().skip(texts.len()).map(|(_, s)| s.clone()).collect();
        let table_trees: Vec<Tree> = tables.iter().map(|t| t.tree.clone()).collect();
        for (doc, table) in self::docs(&table_trees, &table_texts, trees.len()).into_iter().zip(&tables) {
            table::items(doc, table, &mut gathered.items);
        }
        let mut told = std::mem::take(&mut gathered.diagnostics);
        let in_table = |span: &Span| span.file.0 as usize >= texts.len();
        gathered.unreadable = told.iter().filter_map(place).filter(in_table).collect();

        let setting = Setting { folder: Some(folder), options: *options, in_test: false };
        let (mut bundle, mut found) = build(self, &gathered, &setting);
        told.append(&mut found);
        // What was told of a place when its text was read is not told again in other words.
        diagnostics.extend(told.into_iter().filter(|d| place(d).is_none_or(|span| !unread.contains(&span))));
        drop(gathered);
        trees.extend(table_trees);
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

/// Trees with their texts; `from` is the number of the first.
pub(super) fn docs<'s>(trees: &'s [Tree], texts: &'s [Source], from: usize) -> Vec<Doc<'s>> {
    (from as u32..).zip(trees.iter().zip(texts)).map(|(index, (tree, source))| Doc { tree, index, text: source.text() }).collect()
}

fn place(diagnostic: &Diagnostic) -> Option<Span> {
    diagnostic.at.as_ref().map(|l| l.span)
}

/// Puts diagnostics in the order of places, each once.
pub(super) fn settle(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| (place(a), a.code, &a.message).cmp(&(place(b), b.code, &b.message)));
    diagnostics.dedup_by(|a, b| a.code == b.code && place(a) == place(b) && a.message == b.message);
    // Of what is told both with and without its place, the place is worth more.
    let placed: FxHashSet<(Code, String)> =
        diagnostics.iter().filter(|d| d.at.is_some()).map(|d| (d.code, d.message.clone())).collect();
    diagnostics.retain(|d| d.at.is_some() || !placed.contains(&(d.code, d.message.clone())));
}
