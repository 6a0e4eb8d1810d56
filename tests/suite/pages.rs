//! The example on the page of each code really triggers it.
//!
//! A page's example is one or more fenced blocks: `abide` (rules), `yaml` or `json` (a bundle, read against those rules or the built-in ones),
//! `csv` (a table of the bundle, `tables/example.csv`), or `console` (commands; `docs.rs` runs those).

use abide::base::{FileId, Source, Sources};
use abide::diagnostics::{Diagnostic, catalog};
use abide::evidence::{MemoryFolder, ReadOptions, Reader};
use abide::library::{self, Checked, Library};
use abide::syntax;

use crate::support::{blocks, built_in};

#[test]
fn every_example_triggers_its_code() {
    let mut wrong = Vec::new();
    for entry in catalog::all() {
        let example = entry.page.split("## ").find(|s| s.starts_with("Example")).unwrap_or_default();
        match found(example) {
            Err(why) => wrong.push(format!("{}: {why}", entry.code)),
            Ok(None) => {}
            Ok(Some(codes)) if codes.iter().any(|d| d.code == entry.code) => {}
            Ok(Some(codes)) => {
                let said: Vec<_> = codes.iter().map(|d| format!("{}: {}", d.code, d.message)).collect();
                wrong.push(format!("{}: its example gives [{}]", entry.code, said.join("; ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the example gives; `None` when it is of commands.
fn found(example: &str) -> Result<Option<Vec<Diagnostic>>, String> {
    let blocks = blocks(example);
    let of = |languages: &[&str]| blocks.iter().find(|(l, ..)| languages.contains(&l.as_str()));
    let bundle = of(&["yaml", "json"]);
    let mut found = Vec::new();
    let mut own = None;
    if let Some((_, text, _)) = of(&["abide"]) {
        let (library, diagnostics) = rules(text);
        found.extend(diagnostics);
        own = library;
        if bundle.is_none() {
            return Ok(Some(found));
        }
    }
    let Some((language, text, _)) = bundle else {
        return if of(&["console"]).is_some() { Ok(None) } else { Err("it has no example that can be tried".to_owned()) };
    };
    let library = own.as_ref().unwrap_or_else(|| built_in());
    let mut files = vec![(format!("bundle.{language}"), text.clone())];
    files.extend(of(&["csv"]).map(|(_, table, _)| ("tables/example.csv".to_owned(), table.clone())));
    found.extend(Reader::new(library).read(&MemoryFolder::new(files), &ReadOptions::default()).diagnostics);
    Ok(Some(found))
}

fn rules(text: &str) -> (Option<Checked<Library>>, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    sources.add(Source::new("example.abide", text));
    let parsed = syntax::parse(FileId(0), text);
    let (library, diagnostics) = library::check(sources, &[parsed.file]);
    (library, parsed.diagnostics.into_iter().chain(diagnostics).collect())
}
