//! The register is what its generator makes, and a portfolio finds in it what was planted, all of it and nothing else.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde_json::Value;

use super::{files, plan};
use crate::support::{abide, files_below, root, stderr, stdout};

#[test]
fn the_committed_register_is_what_the_generator_makes() {
    let folder = root().join("examples/register");
    let made = files();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        for old in ["entities", "findings"] {
            let _ = std::fs::remove_dir_all(folder.join(old));
        }
        for (path, text) in &made {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }
    let size: usize = made.values().map(String::len).sum();
    assert!(size < 1_500_000, "{size} bytes");
    let committed: BTreeSet<String> = files_below(&folder, "")
        .iter()
        .map(|path| path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/"))
        .filter(|path| path != "README.md")
        .collect();
    let names: BTreeSet<String> = made.keys().cloned().collect();
    assert_eq!(committed, names, "`UPDATE_EXPECT=1 cargo test register` writes the register anew");
    for (path, text) in &made {
        let written = std::fs::read_to_string(folder.join(path)).unwrap();
        assert!(written == *text, "{path} is not what the generator makes: `UPDATE_EXPECT=1 cargo test register` writes it anew");
    }
}

/// The portfolio of the register, run once.
fn portfolio() -> &'static Value {
    static PORTFOLIO: OnceLock<Value> = OnceLock::new();
    PORTFOLIO.get_or_init(|| {
        let output = abide(["portfolio", "examples/register", "--format", "json"]);
        // One bundle cannot be read, and that shows.
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        serde_json::from_str(&stdout(&output)).unwrap()
    })
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[test]
fn everything_planted_is_found_and_nothing_else() {
    let mut found = BTreeSet::new();
    for entity in portfolio()["priority"].as_array().unwrap() {
        let id = text(&entity["entity"]["id"]);
        let mut add = |what: &str, detail: String| {
            found.insert(format!("{id},{what},{detail}"));
        };
        for trend in entity["trends"].as_array().unwrap() {
            add("trend", text(&trend["series"]).to_owned());
        }
        for joint in entity["together"].as_array().unwrap() {
            add("together", format!("{} + {}", text(&joint["people"]["series"]), text(&joint["systems"]["series"])));
        }
        for record in entity["reconciled"]["records"].as_array().unwrap() {
            let result = text(&record["result"]);
            if result == "blind spot" || result == "over-reported" {
                add(result, format!("{} on {}", text(&record["provision"]), text(&record["on"])));
            }
        }
        for floor in entity["floors"].as_array().unwrap() {
            let late = floor["due"].as_str().is_some_and(|due| due < text(&portfolio()["on"]));
            if late && !floor["provision"].is_null() {
                add("floor late", text(&floor["what"]).to_owned());
            }
        }
    }
    let refused = portfolio()["refused"].as_array().unwrap();
    found.extend(refused.iter().map(|r| format!("RS05,bad bundle,{}", text(&r["bundle"]))));
    let planted: BTreeSet<String> = std::fs::read_to_string(root().join("examples/register/planted.csv"))
        .unwrap()
        .lines()
        .skip(1)
        .filter(|row| !row.contains(",repeat,"))
        .map(str::to_owned)
        .collect();
    let missed: Vec<_> = planted.difference(&found).collect();
    let invented: Vec<_> = found.difference(&planted).collect();
    assert!(missed.is_empty() && invented.is_empty(), "missed {missed:#?}\ninvented {invented:#?}");
}

#[test]
fn the_weak_pair_is_seen_only_because_both_are_read_together() {
    let (weak, ..) = plan::TOGETHER[3];
    let entity = portfolio()["priority"].as_array().unwrap().iter().find(|e| e["entity"]["id"] == weak).unwrap();
    assert_eq!(entity["trends"].as_array().unwrap().len(), 0);
    assert_eq!(entity["together"].as_array().unwrap().len(), 1);
}

#[test]
fn repeats_and_what_is_overdue_bear_on_the_order_and_law_stands_first() {
    let entities = portfolio()["priority"].as_array().unwrap();
    let factor =
        |id: &str, name: &str| entities.iter().find(|e| e["entity"]["id"] == id).unwrap()["factors"][name].as_i64().unwrap();
    for (id, ..) in plan::REPEATS {
        assert_eq!(factor(id, "repeats"), 1, "{id}");
    }
    assert_eq!(entities.iter().filter(|e| e["factors"]["repeats"] != 0).count(), plan::REPEATS.len());
    // Two findings past their day, each with an action past its own.
    assert_eq!(factor("RA09", "overdue"), 4);
    assert_eq!(factor("RS04", "open-serious"), 1);
    let first: BTreeSet<&str> = entities.iter().take(4).map(|e| text(&e["entity"]["id"])).collect();
    assert_eq!(first, BTreeSet::from(["AP04", "AP07", "RA13", "KC07"]), "those the law says are late");
    assert!(entities.iter().all(|e| e["factors"].as_object().unwrap().len() == 16), "every factor of every entity");
}
