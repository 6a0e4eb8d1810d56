//! Nothing that is withheld from an audience is printed, in any format: a bundle is made in which every text and every day occurs once, and every
//! report is searched for those that its audience may not see. What that is, `oracle` says once more, without asking the policies.

mod evidence;
mod oracle;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use abide::assess::{self, Assessment};
use abide::base::Date;
use abide::disclose;
use abide::evidence::{Bundle, MemoryFolder, ReadOptions, Reader};
use abide::forecast;
use abide::host::library::{self, Choice};
use abide::library::model::RequirementId;
use abide::library::{Checked, Library};
use abide::plan;
use abide::policy::{Audience, Policies};
use abide::portfolio;
use abide::report::forecast::{ForecastContext, ForecastFormat};
use abide::report::{self, Context, Detail, Format, Style};
use abide::syntax::Tests;
use serde_json::Value;

use crate::checklist::book;
use crate::support::{Scratch, abide, built_in, stderr, stdout};
use evidence::{Canaries, Owner, canaries};

/// What the line of a portfolio is called among the formats.
const LINE: &str = "portfolio line";

/// Everything a report is made from.
struct Made {
    library: Checked<Library>,
    canaries: Canaries,
    bundle: Bundle,
    assessment: Assessment,
    policies: Policies,
    plan: plan::Plan,
    next: plan::next::Next,
}

/// Made once for all tests.
fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(make)
}

fn make() -> Made {
    let scratch = Scratch::new("canary-rules");
    let rules = scratch.write("canary.abide", evidence::rules(built_in()));
    let loaded = library::load(&Choice { paths: vec![rules], extend: true }, Tests::Skip);
    let shown = abide::diagnostics::render::concise(&loaded.diagnostics, &loaded.sources, Style::default().look());
    let library = loaded.library.unwrap_or_else(|| panic!("{shown}"));
    let canaries = canaries(&library);
    let read = Reader::new(&library).read(&MemoryFolder::new(canaries.files.clone()), &ReadOptions::default());
    let shown = abide::diagnostics::render::concise(&read.diagnostics, &read.sources, Style::default().look());
    let bundle = read.bundle.unwrap_or_else(|| panic!("{shown}"));
    let policies = Policies::embedded();
    let mut assessment = assess::assess(&library, &bundle, Date::parse("2026-11-23").unwrap(), &policies);
    assess::weigh(&library, &bundle, &policies, &mut assessment);
    let plan = plan::propose(&library, &bundle, assessment.date, &policies, &plan::Options::default());
    let next = plan::next::next(&library, &bundle, assessment.date, &policies, None);
    Made { library, canaries, bundle, assessment, policies, plan, next }
}

impl Made {
    fn context(&self) -> Context<'_> {
        let style = Style { width: 400, detail: Detail::Full, ..Style::default() };
        Context {
            library: &self.library,
            bundle: &self.bundle,
            assessment: &self.assessment,
            fingerprint: None,
            withheld: None,
            style,
        }
    }

    /// What [`Self::print`] gives, made once for all tests.
    fn printed(&self, audience: Option<Audience>) -> &[(String, String)] {
        static PRINTED: [OnceLock<Vec<(String, String)>>; 6] = [const { OnceLock::new() }; 6];
        let slot = audience.map_or(0, |a| 1 + Audience::ALL.iter().position(|b| *b == a).unwrap());
        PRINTED[slot].get_or_init(|| self.print(audience))
    }

    /// Everything that is printed for an audience: each format, and `why` of each requirement. Without one, for the entity itself.
    fn print(&self, audience: Option<Audience>) -> Vec<(String, String)> {
        let disclosure = audience.map(|a| self.policies.disclosure(&self.library, &self.bundle, a));
        let view = disclosure.as_ref().map(|d| disclose::disclose(&self.library, &self.bundle, &self.assessment, d));
        let context = view.as_ref().map_or(self.context(), |view| self.context().through(view));
        let mut printed = Vec::new();
        for format in Format::ALL {
            printed.push((format.name.to_owned(), as_text(format.render(&context))));
        }
        printed.push(("checklist".to_owned(), as_text(report::checklist(&context))));
        let all = ((self.plan.clone(), 0), (self.next.clone(), 0));
        let ((plan, left_out), (next, not_told)) = disclosure.as_ref().map_or(all, |d| {
            let of = (&self.library, &self.bundle, &self.assessment);
            (disclose::plan(of.0, of.1, of.2, &self.plan, d), disclose::next(of.0, of.1, of.2, &self.next, d))
        });
        for form in report::plan::Form::ALL {
            let planned = report::plan::Planned { plan: &plan, withheld: left_out };
            printed.push((format!("plan {}", form.name), form.plan(&context, &planned)));
            let looked = report::plan::Looked { next: &next, withheld: not_told };
            printed.push((format!("next {}", form.name), form.next(&context, &looked)));
        }
        let mut line = portfolio::Line::new("bundle", "canary");
        line.assessed = Some(report::portfolio::assessed(&context, "bundle"));
        // In many lines: the search below goes line by line.
        let line: Value = serde_json::from_slice(&line.write()).unwrap();
        printed.push((LINE.to_owned(), format!("{line:#}")));
        let ids = (0..self.library.requirements.len() as u32).map(RequirementId);
        for id in ids.filter(|id| id.0 % 9 == 0) {
            let whole = assess::explain(&self.library, &self.bundle, self.assessment.date, &self.policies, id);
            let seen =
                disclosure.as_ref().map_or(Some(whole.clone()), |d| disclose::outcome(&self.library, &self.bundle, &whole, d));
            let Some(outcome) = seen else { continue };
            let (mut tree, mut told) = (String::new(), String::new());
            report::why(&context, &outcome, &mut tree);
            report::why_narrated(&context, &outcome, &mut told);
            printed.push((format!("why {}", self.library.requirement(id).name), tree + &told));
        }
        printed
    }

    fn withheld_items(&self, audience: &str) -> usize {
        self.canaries.items.iter().filter(|(kind, marking)| !oracle::sees_item(&self.library, audience, kind, *marking)).count()
    }

    /// The tokens that an audience may not see, by their texts.
    fn hidden(&self, audience: &str) -> BTreeMap<&str, &Owner> {
        let hidden = self.canaries.tokens.iter().filter(|t| !oracle::sees(&self.library, audience, &t.owner));
        hidden.map(|t| (t.text.as_str(), &t.owner)).collect()
    }
}

/// What is no text is a workbook, and is searched in all its parts.
fn as_text(bytes: Vec<u8>) -> String {
    if bytes.starts_with(b"PK") { book::text(&bytes) } else { String::from_utf8(bytes).unwrap() }
}

/// Whatever in a text may be a token: every run of letters and digits in which `zq` occurs, and every day.
fn tokens(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter_map(|w| w.find("zq").and_then(|at| w.get(at..)));
    let days = text.match_indices("19").filter_map(|(at, _)| text.get(at..at + 10)).filter(|d| Date::parse(d).is_ok());
    words.chain(days).collect()
}

fn all_tokens(printed: &[(String, String)]) -> BTreeSet<&str> {
    printed.iter().flat_map(|(_, text)| tokens(text)).collect()
}

/// The text with the line breaks inside JSON texts as what they are: there they are two characters, the second a letter.
fn in_lines(text: &str) -> String {
    text.replace("\\n", "\n")
}

#[test]
fn nothing_that_is_withheld_is_printed() {
    let made = made();
    let mut wrong = BTreeSet::new();
    for audience in Audience::ALL {
        let hidden: Vec<_> =
            made.canaries.tokens.iter().filter(|t| !oracle::sees(&made.library, audience.name, &t.owner)).collect();
        assert!(!hidden.is_empty(), "{}", audience.name);
        for (what, text) in made.printed(Some(audience)) {
            // Word by word: to search a long text for each of thousands of canaries takes minutes.
            let broken = in_lines(text);
            let words: BTreeSet<&str> = broken.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').collect();
            for token in hidden.iter().filter(|t| words.contains(t.text.as_str())) {
                let line = text.lines().find(|l| l.contains(&token.text)).unwrap_or("");
                wrong.insert(format!("{}: {what}: {} of {:?}\n    {line}", audience.name, token.text, token.owner));
            }
        }
    }
    // Nor who reported in confidence, though the person may be seen elsewhere.
    for audience in Audience::ALL.into_iter().filter(|a| a.name != "security-manager") {
        for (what, text) in made.printed(Some(audience)) {
            let linked = |l: &&str| {
                l.contains("zqperson") && ["0", "1", "3"].iter().any(|v| l.contains(&format!("zqsecurityreport{v}id")))
            };
            wrong.extend(in_lines(text).lines().filter(linked).map(|l| format!("{}: {what}: {l}", audience.name)));
        }
    }
    let some: Vec<_> = wrong.iter().take(12).map(String::as_str).collect();
    assert!(wrong.is_empty(), "{} leaks:\n{}", wrong.len(), some.join("\n"));
}

#[test]
fn the_entity_sees_everything_so_the_other_test_can_fail() {
    let made = made();
    let printed = made.printed(None);
    let seen = all_tokens(printed);
    let ids = made.canaries.tokens.iter().filter(|t| t.text.ends_with("id"));
    let missing: Vec<_> = ids.filter(|t| !seen.contains(t.text.as_str())).collect();
    assert!(missing.is_empty(), "items that no report names: {missing:?}");
    // Of each sort of text, some are printed.
    for wanted in ["title", "", "author", "attachments", "name", "list"] {
        let found = made.canaries.tokens.iter().filter(|t| seen.contains(t.text.as_str()));
        let n = found.filter(|t| matches!(&t.owner, Owner::Item { field, .. } if field == wanted)).count();
        assert!(n > 3, "only {n} of `{wanted}` are printed");
    }
    let of = |owner: &Owner| made.canaries.tokens.iter().filter(|t| t.owner == *owner && seen.contains(t.text.as_str())).count();
    assert!(of(&Owner::Statement) >= 3, "statements: {}", of(&Owner::Statement));
    assert!(of(&Owner::Nobody) > 3, "comments: {}", of(&Owner::Nobody));
    let said = |words: &str| printed.iter().any(|(_, text)| text.contains(words));
    for words in ["the latest is dated 19", "the nearest is", "days too early", "may not be relied on"] {
        assert!(said(words), "`{words}` is printed nowhere");
    }
    for (what, text) in printed {
        let whole = Format::parse(what).is_some_and(|f| f.name != "concise");
        assert!(!whole || text.contains("zq"), "{what} names nothing");
    }
}

#[test]
fn what_an_audience_may_see_is_there() {
    let made = made();
    for audience in Audience::ALL {
        let printed = made.printed(Some(audience));
        let seen = all_tokens(printed);
        let visible = made.canaries.tokens.iter().filter(|t| oracle::sees(&made.library, audience.name, &t.owner));
        let n = visible.filter(|t| seen.contains(t.text.as_str())).count();
        // The public sees verdicts by number only, and so no item that they rest on.
        let wanted = match audience.name {
            "public" => 0,
            "front-line" => 20,
            _ => 500,
        };
        assert!(n >= wanted, "{}: only {n}", audience.name);
    }
}

#[test]
fn what_is_withheld_is_counted_in_every_format() {
    let made = made();
    for audience in Audience::ALL {
        let n = made.withheld_items(audience.name);
        for (what, text) in made.printed(Some(audience)) {
            match what.as_str() {
                "json" => {
                    let json: Value = serde_json::from_str(text).unwrap();
                    assert_eq!(json["disclosure"]["withheld"]["items"], n, "{}", audience.name);
                    assert_eq!(json["disclosure"]["audience"], audience.name);
                    assert_eq!(json["counts"]["met"], made.counts().0, "{}: counts are of all verdicts", audience.name);
                    assert_eq!(json["counts"]["not_met"], made.counts().1, "{}: counts are of all verdicts", audience.name);
                    no_numbers(&json);
                    if !["front-line", "inspector"].contains(&audience.name) {
                        continue;
                    }
                    let schema: Value = serde_json::from_str(include_str!("../../../docs/report.schema.json")).unwrap();
                    let validator = jsonschema::draft202012::new(&schema).unwrap();
                    let errors: Vec<_> =
                        validator.iter_errors(&json).map(|e| format!("{}: {e}", e.instance_path())).take(5).collect();
                    assert!(errors.is_empty(), "{}: {errors:#?}", audience.name);
                }
                LINE => {
                    let line: Value = serde_json::from_str(text).unwrap();
                    assert_eq!(line["assessed"]["withheld_items"], n, "{}", audience.name);
                    assert_eq!(
                        line["assessed"]["counts"]["met"],
                        made.counts().0,
                        "{}: counts are of all verdicts",
                        audience.name
                    );
                    let schema: Value = serde_json::from_str(include_str!("../../../docs/portfolio-line.schema.json")).unwrap();
                    let validator = jsonschema::draft202012::new(&schema).unwrap();
                    let mut line = line;
                    // Fingerprints are not made here.
                    line["made_with"] = "0".repeat(64).into();
                    line["assessed"]["fingerprints"]["evidence"] = "0".repeat(64).into();
                    let errors: Vec<_> = validator.iter_errors(&line).map(|e| format!("{}: {e}", e.instance_path())).collect();
                    assert!(errors.is_empty(), "{}: {errors:#?}", audience.name);
                }
                // What is left out of these is counted in entries of their own.
                _ if what.starts_with("plan ") || what.starts_with("next ") => {
                    assert!(
                        left_out(what, made, audience) == 0 || text.to_lowercase().contains("withheld"),
                        "{} {what}: {text}",
                        audience.name
                    );
                }
                _ => {
                    let said = format!("Withheld from {}: {n} item", audience.title);
                    assert!(text.contains(&said), "{} {what}: `{said}` is not there\n{text}", audience.name);
                }
            }
        }
    }
}

/// How many entries of a plan, or facts of `next`, an audience does not get.
fn left_out(what: &str, made: &Made, audience: Audience) -> usize {
    let d = made.policies.disclosure(&made.library, &made.bundle, audience);
    if what.starts_with("plan ") {
        disclose::plan(&made.library, &made.bundle, &made.assessment, &made.plan, &d).1
    } else {
        disclose::next(&made.library, &made.bundle, &made.assessment, &made.next, &d).1
    }
}

impl Made {
    fn counts(&self) -> (usize, usize) {
        let count = |word: &str| self.assessment.outcomes.iter().filter(|o| o.verdict.words() == word).count();
        (count("met"), count("not met"))
    }
}

/// A step about a withheld item says nothing but that it is withheld, and how many there are.
fn no_numbers(json: &Value) {
    match json {
        Value::Object(object) => {
            let item = object.get("place").and_then(|p| p["item"].as_str()).unwrap_or("");
            if let (true, Some(step)) = (item.starts_with("withheld-"), object.get("step").and_then(Value::as_str)) {
                assert!(["withheld", "elements"].contains(&step), "{object:#?}");
            }
            object.values().for_each(no_numbers);
        }
        Value::Array(all) => all.iter().for_each(no_numbers),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// On disk, for the binary.
fn on_disk(name: &str, canaries: &Canaries) -> (Scratch, String) {
    let scratch = Scratch::new(name);
    for (path, text) in &canaries.files {
        scratch.write(&format!("bundle/{path}"), text);
    }
    scratch.write("rules/canary.abide", evidence::rules(built_in()));
    let path = scratch.path().to_str().unwrap().to_owned();
    (scratch, path)
}

#[test]
fn nothing_that_is_withheld_is_printed_beside_a_report() {
    let made = made();
    let (scratch, path) = on_disk("canary", &made.canaries);
    let (bundle, rules) = (format!("{path}/bundle"), format!("{path}/rules"));
    let run = |verb: &[&str], audience: Option<&str>| {
        let more = ["--library", &rules, "--extend"].into_iter().chain(audience.into_iter().flat_map(|a| ["--audience", a]));
        let output = abide(verb.iter().copied().chain(more));
        (output.status.code(), stdout(&output), stderr(&output))
    };
    let check: &[&str] = &["check", &bundle, "--summary"];
    let whole = run(check, None);
    assert!(whole.2.contains("zq"), "warnings for the entity quote its bundle: {}", whole.2);
    for audience in Audience::ALL {
        let hidden = made.hidden(audience.name);
        let safe = |what: &str, said: &str| {
            let found = tokens(said).into_iter().find(|t| hidden.contains_key(t));
            assert!(found.is_none(), "{} {what}: {found:?}", audience.name);
        };
        let (code, out, err) = run(check, Some(audience.name));
        assert_eq!(code, whole.0, "{err}");
        safe("the report", &out);
        safe("warnings", &err);
        assert!(!err.contains("zq") && err.contains("withheld from"), "{err}");
        let (code, out, err) = run(&["why", &bundle, "canary-audit"], Some(audience.name));
        safe("why", &(out + &err));
        // Where the verdict is withheld, the exit code does not tell it either.
        assert_eq!(code, if oracle::need_to_know(audience.name) { Some(1) } else { Some(2) }, "{err}");
    }
    scratch.write("bundle/broken.yaml", "evidence:\n  - { id: zqbroken, kind: audit, zqcolour: red }\n");
    for format in ["terminal", "concise", "narrated", "json"] {
        let (code, out, err) = run(&["check", &bundle, "--format", format], Some("inspector"));
        assert_eq!(code, Some(2));
        assert!(!(out.clone() + &err).contains("zq"), "{out}{err}");
        assert!((out.clone() + &err).contains("no-such-field"), "the sort of the diagnostic is told: {out}{err}");
        let (_, out, err) = run(&["check", &bundle, "--format", format], None);
        assert!((out + &err).contains("zqcolour"), "{format}");
    }
}

#[test]
fn few_withheld_verdicts_are_not_counted_by_themselves() {
    let northfield = "examples/northfield-airport";
    let run = |more: &[&str]| abide(["check", northfield, "--audience", "front-line"].iter().chain(more));
    let output = run(&["--only", "awareness-training"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("`--only` would single out a verdict"), "{}", stderr(&output));
    let output = run(&["--only", "training-planned", "--format", "concise"]);
    assert_eq!(stdout(&output).lines().count(), 2, "{}", stdout(&output));
}

#[test]
fn an_audience_that_is_none_is_a_usage_error() {
    for verb in [&["check", "."][..], &["why", ".", "awareness-training"]] {
        let output = abide(verb.iter().chain(&["--audience", "inspectr"]));
        assert_eq!(output.status.code(), Some(2));
        let said = stderr(&output);
        assert!(said.contains("did you mean `inspector`?") && said.contains("front-line, public"), "{said}");
    }
}

impl Made {
    /// A forecast in every format, unfolded.
    fn ahead(
        &self,
        bundle: &Bundle,
        forecast: &forecast::Forecast,
        withheld: Option<(&disclose::Withheld, forecast::Kept)>,
    ) -> Vec<(&'static str, String)> {
        let style = Style { width: 400, ..Style::default() };
        let context =
            ForecastContext { library: &self.library, bundle, forecast, fingerprint: "", withheld, assumed: None, style };
        let written = |f: &ForecastFormat| String::from_utf8(f.render(&context)).unwrap().replace("\r\n ", "");
        ForecastFormat::ALL.iter().map(|f| (f.name, written(f))).collect()
    }
}

#[test]
fn nothing_that_is_withheld_is_told_of_the_days_to_come() {
    let made = made();
    // The days of canaries follow one another from the spring of 1931.
    let (from, until) = (Date::parse("1931-05-20").unwrap(), Date::parse("1931-07-20").unwrap());
    let whole = forecast::forecast(&made.library, &made.bundle, &made.policies, from, until);
    // The days themselves are what a forecast is about; what happens on them is not.
    let words = |text: &str| tokens(text).into_iter().filter(|t| t.contains("zq")).map(str::to_owned).collect::<BTreeSet<_>>();
    for (format, text) in made.ahead(&made.bundle, &whole, None) {
        assert!(words(&text).len() > 3, "{format} names nothing, so the rest of this could not fail");
    }
    for audience in Audience::ALL {
        let disclosure = made.policies.disclosure(&made.library, &made.bundle, audience);
        let view = disclose::disclose(&made.library, &made.bundle, &whole.start, &disclosure);
        let mut seen = whole.clone();
        let kept = seen.disclose(&made.library, &made.bundle, &view, &disclosure);
        let hidden = made.hidden(audience.name);
        for (format, text) in made.ahead(&view.bundle, &seen, Some((&view.withheld, kept))) {
            let found = words(&text).into_iter().find(|t| hidden.contains_key(t.as_str()));
            assert!(found.is_none(), "{} {format}: {found:?}", audience.name);
        }
    }
}
