//! Imports point one way: base ← diagnostics ← syntax ← library ← evidence ← policy ← assess ← checklist ← disclose ← portfolio ← report. Some stand beside, some at the
//! edge. This reads every path in `src/` that starts with `crate::` or with an outside crate that only one layer may know.

use std::path::Path;

use crate::support::{files_below, root, short};

/// From the ground up.
const LAYERS: [&str; 16] = [
    "base",
    "diagnostics",
    "syntax",
    "library",
    "sheet",
    "evidence",
    "policy",
    "assess",
    "checklist",
    "plan",
    "disclose",
    "forecast",
    "compare",
    "findings",
    "portfolio",
    "report",
];
/// Beside the pipeline: each may use the layers up to the one named, and only the edge uses it.
const BESIDE: [(&str, &str); 6] = [
    ("format", "syntax"),
    ("import", "evidence"),
    ("lint", "evidence"),
    ("scaffold", "evidence"),
    ("testing", "assess"),
    ("ide", "report"),
];
/// May use everything; used only by each other.
const EDGE: [&str; 3] = ["host", "cli", "server"];
/// Outside crates and parts of the standard library, and who may use them.
const OUTSIDE: [(&str, &[&str]); 11] = [
    ("calamine::", &["sheet"]),
    ("zip::", &["sheet"]),
    ("cedar_policy::", &["policy"]),
    ("pest::", &["syntax"]),
    ("pest_derive::", &["syntax"]),
    // What Cedar says of a policy comes with its places in this form.
    ("miette::", &["diagnostics", "policy"]),
    ("clap::", &["cli", "host"]),
    ("std::fs", &["host"]),
    ("std::env", &["host"]),
    ("std::net", &[]),
    ("SystemTime", &[]),
];

#[test]
fn imports_point_one_way() {
    let mut wrong = Vec::new();
    let files = files_below(&root().join("src"), ".rs");
    assert!(files.len() > 50, "the sources were not found");
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        wrong.extend(wrong_arrows(&module_of(&file), &text).into_iter().map(|why| format!("{}:{why}", short(&file))));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_wrong_arrow_is_found() {
    let found = |module: &str, text: &str| !wrong_arrows(module, text).is_empty();
    assert!(found("base", "use crate::library::Library;"));
    assert!(found("library", "use crate::{base::Span, assess::Verdict};"));
    assert!(found("library", "use crate::{\n    base::Span,\n    assess::Verdict,\n};"));
    assert!(found("evidence", "fn f() { crate::host::clock::today() }"));
    assert!(found("report", "use crate::syntax::ast;"));
    assert!(found("assess", "use crate::testing::run;"));
    assert!(found("format", "use crate::library::Library;"));
    assert!(found("assess", "let text = std::fs::read(path);"));
    assert!(found("library", "use cedar_policy::Policy;"));
    assert!(!found("assess", "use crate::policy::Policies; // not crate::report"));
    assert!(!found("cli", "use crate::{assess, report::{Context, Style}};"));
    assert!(!found("base", "#[cfg(test)]\nmod tests { use crate::library::Library; }"));
}

/// `assess` of `src/assess/run.rs`; files of tests belong to no layer.
fn module_of(file: &Path) -> String {
    let inside = file.strip_prefix(root().join("src")).unwrap();
    let of_tests = |part: &str| matches!(part, "tests" | "tests.rs" | "testing" | "testing.rs");
    if inside.components().skip(1).any(|c| c.as_os_str().to_str().is_some_and(of_tests)) {
        return "tests".to_owned();
    }
    inside.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// Line and reason of every import that points the wrong way.
fn wrong_arrows(module: &str, text: &str) -> Vec<String> {
    if ["tests", "lib", "main"].contains(&module) {
        return Vec::new();
    }
    let code = without_comments(text);
    let mut wrong = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let line = code[..at].matches('\n').count() + 1;
        // `$crate` in a macro and `x::crate` never name a layer of their own.
        for used in heads(&code[at + "crate::".len()..]) {
            if !may_use(module, &used) {
                wrong.push(format!("{line}: `{module}` must not use `{used}`"));
            }
        }
    }
    for (name, users) in OUTSIDE {
        // A path of our own may end like the name of an outside crate.
        let foreign = |at: usize| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
        let found = code.match_indices(name).find(|(at, _)| foreign(*at)).filter(|_| !users.contains(&module));
        wrong.extend(found.map(|(at, _)| format!("{}: `{module}` must not use `{name}`", code[..at].matches('\n').count() + 1)));
    }
    wrong
}

/// The modules at the head of what follows `crate::`: one, or each of a list in braces.
fn heads(rest: &str) -> Vec<String> {
    let name = |text: &str| text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(list) = rest.strip_prefix('{') else { return vec![name(rest)] };
    let (mut depth, mut found, mut start) = (0, Vec::new(), 0);
    for (i, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                found.push(name(&list[start..i]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(name(&list[start..i]));
                start = i + 1;
            }
            _ => {}
        }
    }
    found.retain(|n| !n.is_empty());
    found
}

fn may_use(module: &str, used: &str) -> bool {
    let rank = |name: &str| LAYERS.iter().position(|l| *l == name);
    let beside = |name: &str| BESIDE.iter().find(|(b, _)| *b == name).map(|(_, up_to)| rank(up_to).unwrap());
    if module == used || EDGE.contains(&module) {
        return true;
    }
    match (rank(module).or(beside(module)), rank(used)) {
        // Reporters never see syntax.
        _ if module == "report" && used == "syntax" => false,
        (Some(own), Some(other)) => other <= own,
        // What is not a module at the top (an item of `lib.rs`) is nobody's layer.
        (Some(_), None) => beside(used).is_none() && !EDGE.contains(&used),
        (None, _) => false,
    }
}

/// The code without comments, and without what is only compiled for tests; lines keep their numbers.
fn without_comments(text: &str) -> String {
    let mut code = String::new();
    let lines: Vec<&str> = text.lines().collect();
    for (i, line) in lines.iter().enumerate() {
        let test_module = line.trim() == "#[cfg(test)]"
            && lines.get(i + 1).is_some_and(|next| next.trim_start().starts_with("mod ") && next.contains('{'));
        if test_module {
            break;
        }
        code.push_str(line.split("//").next().unwrap_or(""));
        code.push('\n');
    }
    code
}
