//! The requirements as `.abide` text.

use std::fmt::Write;

use super::terms::{
    Area, Asset, Category, Check, Course, EntityKind, Forum, Grade, Indicator, Role, Scenario, Severity, Stage, Status, Supplier,
    Topic, Zone,
};
use super::{Applies, Chain, ForAll, Member, Pick, Requirement, Rule, Series};

const DECLARATIONS: &str = r#"instrument security-rules "Security rules" {
  kind     law
  extent   uk
  citation "Security rules 2016"
}

provision security-rules#1.1 "Keep security up and show it" {
  binds    all
  duty     must
  basis    read
  source   "https://example.invalid/security-rules/1.1"
  version  from 2016-02-01 { summary "Security is kept up, and the records show it." }
  supports performance-monitoring because "records are what performance is monitored from"
}

component performance-monitoring "Performance Monitoring" {
  number  1
  summary "What is done is recorded, measured and reviewed."
}

fact pass-holders "People who hold a pass" : whole
fact staff "People employed" : whole

evidence person "Person" {
  name       text
  role       role
  active     bool
  unescorted bool
  proves     operating
}

evidence training-record "Training record" {
  person    person
  course    course
  completed date
  grade     grade
  proves    operating
  dated by  completed
}

evidence background-check "Background check" {
  person    person
  level     check
  completed date
  grade     grade
  proves    operating
  dated by  completed
}

evidence access-pass "Access pass" {
  holder   person
  zone     zone
  expires  date
  returned bool
  proves   operating
}

evidence incident "Incident" {
  severity severity
  category category
  detected date
  reported date
  proves   operating
  dated by detected
}

evidence root-cause-analysis "Root cause analysis" {
  incident      incident
  completed     date
  human-factors bool
  lead          person
  proves        operating
  dated by      completed
}

evidence corrective-action "Corrective action" {
  analysis root-cause-analysis
  owner    person
  verifier person
  status   status
  updated  date
  proves   operating
  dated by updated
}

evidence audit "Audit" {
  area     area
  date     date
  findings whole
  lead     person
  proves   operating
  dated by date
}

evidence exercise "Exercise" {
  scenario     scenario
  date         date
  participants whole
  grade        grade
  proves       operating
  dated by     date
}

evidence meeting "Meeting" {
  forum     forum
  date      date
  attendees whole
  lead      person
  proves    operating
  dated by  date
}

evidence kpi-report "Report of an indicator" {
  indicator  indicator
  period-end date
  value      whole
  lead       person
  proves     operating
  dated by   period-end
}

evidence risk-assessment "Risk assessment" {
  asset    asset
  reviewed date
  score    whole
  owner    person
  proves   operating
  dated by reviewed
}

evidence document "Document" {
  topic    topic
  stage    stage
  approved date
  version  whole
  owner    person
  proves   operating
  dated by approved
}

evidence supplier-review "Review of a supplier" {
  class    supplier
  date     date
  grade    grade
  score    whole
  proves   operating
  dated by date
}
"#;

/// The whole library in one text.
pub(crate) fn library(requirements: &[Requirement]) -> String {
    let mut out = String::from(DECLARATIONS);
    let mut vocabulary = |name: &str, terms: &[&str], ordered: bool| {
        _ = write!(out, "\nvocabulary {name}{} {{", if ordered { " ordered" } else { "" });
        for term in terms {
            _ = write!(out, "\n  {term} \"{term}\"");
        }
        out.push_str("\n}\n");
    };
    vocabulary("entity-kind", &EntityKind::ALL.map(EntityKind::word), false);
    vocabulary("role", &Role::ALL.map(Role::word), false);
    vocabulary("course", &Course::ALL.map(Course::word), false);
    vocabulary("grade", &Grade::ALL.map(Grade::word), false);
    vocabulary("check", &Check::ALL.map(Check::word), false);
    vocabulary("zone", &Zone::ALL.map(Zone::word), false);
    vocabulary("severity", &Severity::ALL.map(Severity::word), true);
    vocabulary("category", &Category::ALL.map(Category::word), false);
    vocabulary("status", &Status::ALL.map(Status::word), false);
    vocabulary("area", &Area::ALL.map(Area::word), false);
    vocabulary("scenario", &Scenario::ALL.map(Scenario::word), false);
    vocabulary("forum", &Forum::ALL.map(Forum::word), false);
    vocabulary("indicator", &Indicator::ALL.map(Indicator::word), false);
    vocabulary("asset", &Asset::ALL.map(Asset::word), false);
    vocabulary("topic", &Topic::ALL.map(Topic::word), false);
    vocabulary("stage", &Stage::ALL.map(Stage::word), false);
    vocabulary("supplier", &Supplier::ALL.map(Supplier::word), false);
    for requirement in requirements {
        write_requirement(&mut out, requirement);
    }
    out
}

fn write_requirement(out: &mut String, requirement: &Requirement) {
    let Requirement { name, applies, rule } = requirement;
    let applies = match applies {
        Applies::All => "all".to_owned(),
        Applies::Airports => "airport".to_owned(),
        Applies::AirCarriers => "air-carrier".to_owned(),
        Applies::PassHoldersOver(n) => format!("all when entity.pass-holders > {n}"),
    };
    let body = match rule {
        Rule::Exists(pick) => format!("some {}", picked(*pick)),
        Rule::Count(n, pick) => format!("at least {n} {}", picked(*pick)),
        Rule::Recurs(series, rhythm) => {
            let over = match series {
                Series::Meeting(forum) => format!("meeting as m by m.date where m.forum = {}", forum.word()),
                Series::Kpi(indicator) => format!("kpi-report as k by k.period-end where k.indicator = {}", indicator.word()),
            };
            format!(
                "{over}\n      recurs every {} days throughout 12 months before assessment\n      allowing {} missed and no gap over {} days",
                rhythm.every, rhythm.missed, rhythm.gap
            )
        }
        Rule::ForAll(all) => for_all(*all),
        Rule::Chain(chain) => chained(*chain),
        Rule::Combination(n, members) => {
            let mut text = format!("at least {n} of {{");
            for (label, member) in members {
                let member = match *member {
                    Member::Some(pick) => format!("some {}", picked(pick)),
                    Member::AtLeast(n, pick) => format!("at least {n} {}", picked(pick)),
                    Member::No(pick) => format!("no {}", picked(pick)),
                };
                _ = write!(text, "\n      {label} \"{label}\" {{ {member} }}");
            }
            text.push_str("\n    }");
            text
        }
    };
    _ = write!(
        out,
        "\nrequirement {name} \"The records show {name}\" {{\n  discharges security-rules#1.1\n  supports   performance-monitoring\n  shows      \
         performance-monitoring operating\n  decided by machine\n  severity   major\n  applies to {applies}\n\n  expect shown \"the records show \
         it\" {{\n    {body}\n    otherwise \"the records do not show {name}\"\n    remedy    \"Do it, and file the record.\"\n  }}\n}}\n"
    );
}

fn picked(pick: Pick) -> String {
    let within = format!("within {} months before assessment", pick.months());
    match pick {
        Pick::Document(topic, _) => format!(
            "document as d where d.topic = {} and d.stage = approved and d.approved {within} and d.owner.active",
            topic.word()
        ),
        Pick::Risk(asset, _, limit) => {
            format!("risk-assessment as r where r.asset = {} and r.reviewed {within} and r.score <= {limit}", asset.word())
        }
        Pick::Supplier(class, _) => {
            format!("supplier-review as r where r.class = {} and r.grade = pass and r.date {within}", class.word())
        }
        Pick::Audit(area, _, limit) => {
            format!("audit as a where a.area = {} and a.date {within} and a.findings <= {limit}", area.word())
        }
        Pick::Exercise(scenario, _, least) => {
            format!("exercise as e where e.scenario = {} and e.date {within} and e.participants >= {least}", scenario.word())
        }
        Pick::Meeting(forum, _, least) => {
            format!("meeting as m where m.forum = {} and m.date {within} and m.attendees >= {least}", forum.word())
        }
        Pick::Kpi(indicator, _, least) => {
            format!("kpi-report as k where k.indicator = {} and k.period-end {within} and k.value >= {least}", indicator.word())
        }
        Pick::Training(course, _) => {
            format!("training-record as t where t.course = {} and t.grade = pass and t.completed {within}", course.word())
        }
        Pick::LateIncident(category, _) => format!(
            "incident as i where i.category = {} and i.severity >= serious and i.detected {within} and i.reported after i.detected + 3 days",
            category.word()
        ),
    }
}

fn for_all(all: ForAll) -> String {
    match all {
        ForAll::Trained(role, course, months) => format!(
            "every person as p where p.active and p.role = {}\n      satisfies some training-record as t\n        where t.person = p and t.course = \
             {} and t.grade = pass\n          and t.completed within {months} months before assessment",
            role.word(),
            course.word()
        ),
        ForAll::Checked(role, level, months) => format!(
            "every person as p where p.active and p.unescorted and p.role = {}\n      satisfies some background-check as c\n        where \
             c.person = p and c.level = {} and c.grade = pass\n          and c.completed within {months} months before assessment",
            role.word(),
            level.word()
        ),
        ForAll::Passes(zone) => format!(
            "every access-pass as a where a.zone = {} and not a.returned\n      satisfies a.expires on or after assessment and a.holder.active",
            zone.word()
        ),
        ForAll::Risks(score, months) => format!(
            "every risk-assessment as r where r.score >= {score}\n      satisfies r.reviewed within {months} months before assessment and \
             r.owner.active"
        ),
    }
}

fn chained(chain: Chain) -> String {
    let Chain { category, severity, months, days } = chain;
    let category = category.map_or(String::new(), |c| format!("i.category = {} and ", c.word()));
    format!(
        "every incident as i where {category}i.severity >= {} and i.detected within {months} months before assessment\n      satisfies some \
         root-cause-analysis as r\n        where r.incident = i\n          and r.completed within {days} days after i.detected\n          and \
         r.human-factors\n          and some corrective-action as a\n                where a.analysis = r and a.status = verified and a.verifier \
         != a.owner",
        severity.word()
    )
}
