//! The exchange formats are what they say they are: read by readers of other makers, valid by the official schemas, every reference leading somewhere.
//!
//! Each check is shown to find a planted error, so that none of them passes because it looks at nothing. The official schemas are not in the repository:
//! `ABIDE_SCHEMAS` names a folder with `oscal/` and `sarif/` in it. Without it that half is left out, and the test says so.

mod junit;
mod oscal;
mod sarif;

use std::path::PathBuf;
use std::sync::OnceLock;

use abide::assess::{self, Assessment};
use abide::base::Date;
use abide::disclose;
use abide::evidence::{self, Bundle, MemoryFolder, ReadOptions, Reader};
use abide::host::DiskFolder;
use abide::policy::{Audience, Policies};
use abide::report::{Context, Format, Style};
use jsonschema::Validator;
use serde_json::Value;

use crate::support::{built_in, root};

/// A bundle and what it came to.
struct Made {
    bundle: Bundle,
    assessment: Assessment,
    fingerprint: String,
}

impl Made {
    fn of(bundle: Bundle, date: &str) -> Self {
        let assessment = assess::assess(built_in(), &bundle, Date::parse(date).unwrap(), &Policies::embedded());
        let fingerprint = evidence::fingerprint(&bundle, built_in());
        Self { bundle, assessment, fingerprint }
    }

    fn context(&self) -> Context<'_> {
        Context {
            library: built_in(),
            bundle: &self.bundle,
            assessment: &self.assessment,
            fingerprint: Some(&self.fingerprint),
            withheld: None,
            style: Style::default(),
        }
    }

    fn written(&self, format: &str) -> String {
        written(&self.context(), format)
    }
}

fn written(context: &Context<'_>, format: &str) -> String {
    String::from_utf8(Format::parse(format).unwrap().render(context)).unwrap()
}

/// The airport of the examples, with every verdict there is.
fn airport() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| Made::of(airport_bundle(), "2026-11-23"))
}

fn airport_bundle() -> Bundle {
    let options = ReadOptions::default();
    let folder = DiskFolder::open(&root().join("examples/northfield-airport"), options.limits.file_bytes).unwrap();
    Reader::new(built_in()).read(&folder, &options).bundle.unwrap()
}

/// Texts that try to be markup, a link, a placeholder, another field, and characters that XML cannot hold.
const HOSTILE: &str = "</testcase> ]]> & \\\" [x](javascript:1) {0} *b* _i_ <b> \\u0001\\u0008\\ufffe\\u202e |\\n# h";

/// A small airport whose every text is hostile, in files whose names have to be encoded.
fn hostile() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let head = format!(
            r#"{{ "abide": 1, "entity": {{ "id": "{HOSTILE}", "name": "{HOSTILE}", "kind": "airport", "sems": "framework", "facts": {{ "pass-holders": 1 }} }} }}"#
        );
        let items = format!(
            r#"{{ "evidence": [
  {{ "id": "p-1", "kind": "person", "facts": {{ "name": "{HOSTILE}", "unescorted-access": true }} }},
  {{ "id": "T 1", "kind": "training-record", "title": "{HOSTILE}", "technique": "interview",
     "facts": {{ "person": "p-1", "course": "general-awareness", "completed": "2001-01-01" }} }}
] }}"#
        );
        let files = [("bundle.json".to_owned(), head), ("my files/ü [1] #2 100%.json".to_owned(), items)];
        let read = Reader::new(built_in()).read(&MemoryFolder::new(files), &ReadOptions::default());
        let bundle = read.bundle.unwrap_or_else(|| panic!("{:#?}", read.diagnostics));
        Made::of(bundle, "2026-11-23")
    })
}

/// A report for an audience that does not see everything.
fn for_audience(made: &Made, audience: &str, format: &str) -> String {
    let audience = Audience::parse(audience).unwrap();
    let disclosure = Policies::embedded().disclosure(built_in(), &made.bundle, audience);
    let view = disclose::disclose(built_in(), &made.bundle, &made.assessment, &disclosure);
    written(&made.context().through(&view), format)
}

/// Official schemas, by their files; none when nobody says where they are.
#[expect(clippy::print_stderr, reason = "whoever runs it has to know what was left out")]
fn schemas(files: &[&str]) -> Vec<Validator> {
    let Some(folder) = std::env::var_os("ABIDE_SCHEMAS").map(PathBuf::from) else {
        eprintln!("left out: the official schemas {files:?} are not looked at, because ABIDE_SCHEMAS is not set");
        return Vec::new();
    };
    let validator = |file: &&str| {
        let text = std::fs::read_to_string(folder.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
        let schema: Value = serde_json::from_str(&text).unwrap();
        jsonschema::draft7::options().should_validate_formats(true).build(&schema).unwrap_or_else(|e| panic!("{file}: {e}"))
    };
    files.iter().map(validator).collect()
}

/// What official schemas say is wrong.
fn against(schemas: &[Validator], document: &Value) -> Vec<String> {
    schemas
        .iter()
        .flat_map(|s| {
            s.iter_errors(document).map(|e| format!("{}: {e}", e.instance_path()).chars().take(600).collect::<String>())
        })
        .collect()
}

/// A document with one thing changed.
fn with(document: &Value, change: impl FnOnce(&mut Value)) -> Value {
    let mut changed = document.clone();
    change(&mut changed);
    assert_ne!(&changed, document, "nothing was changed");
    changed
}

/// Calls with every object in a document, and where it is.
fn objects<'v>(value: &'v Value, path: &str, visit: &mut dyn FnMut(&str, &'v serde_json::Map<String, Value>)) {
    match value {
        Value::Object(map) => {
            visit(path, map);
            map.iter().for_each(|(key, below)| objects(below, &format!("{path}/{key}"), visit));
        }
        Value::Array(all) => all.iter().enumerate().for_each(|(i, below)| objects(below, &format!("{path}/{i}"), visit)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let again = Made::of(airport_bundle(), "2026-11-23");
    for format in ["sarif", "junit", "oscal", "oscal-poam"] {
        assert!(airport().written(format) == again.written(format), "{format}");
    }
}

#[test]
fn no_format_passes_on_what_takes_over_a_screen() {
    for format in ["sarif", "junit", "oscal", "oscal-poam"] {
        let text = hostile().written(format);
        assert!(text.contains("javascript:1"), "{format} says nothing of the hostile texts");
        let bad = text.chars().find(|c| *c != '\n' && abide::diagnostics::render::clean::is_hostile(*c));
        assert_eq!(bad, None, "{format}");
    }
}
