//! The shared workload: a hundred requirements of six shapes, and bundles for them.
//!
//! Every requirement is one value of [`Requirement`]. From it come its `.abide` text, its Rego module, and the parameters of the hand-written
//! evaluator, so all engines answer the same question. Every fact is stated, so a verdict is `met`, `not met`, `not applicable`, or, over an empty
//! population, `not confirmed`.

#![allow(dead_code, reason = "a test and two benchmarks share this, and each uses a part")]
#![allow(clippy::panic, reason = "a workload that is not well-formed is a mistake here, not in what is measured")]

pub(crate) mod abide;
pub(crate) mod bundle;
pub(crate) mod embedded;
pub(crate) mod handwritten;
pub(crate) mod random;
pub(crate) mod regorus;
pub(crate) mod rules;
pub(crate) mod terms;
pub(crate) mod typed;
pub(crate) mod words;

use terms::{Area, Asset, Category, Check, Course, Forum, Indicator, Role, Scenario, Severity, Supplier, Topic, Zone};

/// The day everything is assessed on.
pub(crate) const TODAY: &str = "2026-11-23";

/// One requirement.
#[derive(Debug, Clone)]
pub(crate) struct Requirement {
    /// Its name: kebab-case.
    pub(crate) name: String,
    /// Whom it binds.
    pub(crate) applies: Applies,
    /// What it asks.
    pub(crate) rule: Rule,
}

/// Whom a requirement binds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Applies {
    /// Everyone.
    All,
    /// Airports.
    Airports,
    /// Air carriers: not the entity of the bundles.
    AirCarriers,
    /// Those with more pass holders than this.
    PassHoldersOver(i64),
}

/// The six shapes.
#[derive(Debug, Clone)]
pub(crate) enum Rule {
    /// There is one.
    Exists(Pick),
    /// There are so many.
    Count(u32, Pick),
    /// It happens again and again over the last twelve months.
    Recurs(Series, Rhythm),
    /// Everyone, or every record.
    ForAll(ForAll),
    /// Incident, root cause analysis in time, action verified by another.
    Chain(Chain),
    /// So many of the members.
    Combination(u32, Vec<(&'static str, Member)>),
}

/// Which items count.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Pick {
    /// Approved documents on a topic, approved in the last months, of an owner who is active.
    Document(Topic, u32),
    /// Reviewed risk assessments of an asset with a score no higher than this.
    Risk(Asset, u32, i64),
    /// Passed reviews of a class of supplier.
    Supplier(Supplier, u32),
    /// Audits of an area with no more findings than this.
    Audit(Area, u32, i64),
    /// Exercises of a scenario with enough participants.
    Exercise(Scenario, u32, i64),
    /// Meetings of a forum with enough people.
    Meeting(Forum, u32, i64),
    /// Reports of an indicator that reach a value.
    Kpi(Indicator, u32, i64),
    /// Passed training in a course.
    Training(Course, u32),
    /// Incidents of a category, serious or worse, reported late (by more than three days).
    LateIncident(Category, u32),
}

/// A series of dates.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Series {
    /// Meetings of a forum.
    Meeting(Forum),
    /// Reports of an indicator.
    Kpi(Indicator),
}

/// How often.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rhythm {
    /// One in every so many days.
    pub(crate) every: i32,
    /// So many slots may be empty.
    pub(crate) missed: u32,
    /// The longest gap in days.
    pub(crate) gap: i32,
}

/// For all of what.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ForAll {
    /// Every active person in a role holds a passed course of the last months.
    Trained(Role, Course, u32),
    /// Every active person in a role with unescorted access holds a passed check of the last months.
    Checked(Role, Check, u32),
    /// Every pass for a zone that is not returned is valid and held by an active person.
    Passes(Zone),
    /// Every risk that scores so high was reviewed in the last months and has an active owner.
    Risks(i64, u32),
}

/// Which incidents, and how long the analysis may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chain {
    /// Of which category; all when `None`.
    pub(crate) category: Option<Category>,
    /// At least how serious.
    pub(crate) severity: Severity,
    /// In the last months.
    pub(crate) months: u32,
    /// Days for the root cause analysis.
    pub(crate) days: i32,
}

/// A member of a combination.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Member {
    /// There is one.
    Some(Pick),
    /// There are so many.
    AtLeast(u32, Pick),
    /// There is none.
    No(Pick),
}

impl Pick {
    /// How many months back it looks.
    pub(crate) fn months(self) -> u32 {
        match self {
            Self::Document(_, m)
            | Self::Risk(_, m, _)
            | Self::Supplier(_, m)
            | Self::Audit(_, m, _)
            | Self::Exercise(_, m, _)
            | Self::Meeting(_, m, _)
            | Self::Kpi(_, m, _)
            | Self::Training(_, m)
            | Self::LateIncident(_, m) => m,
        }
    }
}

/// The hundred: 24 exist, 18 count, 16 recur, 18 for all, 12 chains, 12 combinations.
pub(crate) fn requirements() -> Vec<Requirement> {
    let mut all = Vec::new();
    let mut add = |name: String, applies: Applies, rule: Rule| all.push(Requirement { name, applies, rule });

    for (i, topic) in (0u32..).zip(Topic::ALL) {
        let applies = if i % 4 == 3 { Applies::Airports } else { Applies::All };
        add(format!("exists-document-{}", topic.word()), applies, Rule::Exists(Pick::Document(topic, 12 + 6 * (i % 3))));
    }
    for (i, asset) in (0u32..).zip(Asset::ALL) {
        let pick = Pick::Risk(asset, 6 + 3 * (i % 3), 12 + 2 * i64::from(i));
        add(format!("exists-risk-{}", asset.word()), Applies::All, Rule::Exists(pick));
    }
    for (i, class) in (0u32..).zip(Supplier::ALL) {
        let applies = if i == 7 { Applies::AirCarriers } else { Applies::All };
        add(format!("exists-supplier-{}", class.word()), applies, Rule::Exists(Pick::Supplier(class, 12 + 12 * (i % 2))));
    }

    for (i, forum) in (0u32..).zip(Forum::ALL) {
        let (need, people) = (if i < 2 { 8 } else { 3 }, 3 + i64::from(i % 2));
        add(format!("count-meeting-{}", forum.word()), Applies::All, Rule::Count(need, Pick::Meeting(forum, 12, people)));
    }
    for scenario in Scenario::ALL {
        add(format!("count-exercise-{}", scenario.word()), Applies::All, Rule::Count(2, Pick::Exercise(scenario, 24, 5)));
    }
    for (i, area) in (0u32..).zip(Area::ALL) {
        add(format!("count-audit-{}", area.word()), Applies::All, Rule::Count(1 + i % 2, Pick::Audit(area, 18, 6)));
    }
    for (i, indicator) in (0u32..).zip(Indicator::ALL) {
        let need = if i < 2 { 9 } else { 3 };
        add(format!("count-kpi-{}", indicator.word()), Applies::All, Rule::Count(need, Pick::Kpi(indicator, 12, 80)));
    }
    for (i, course) in (0u32..).zip(Course::ALL).take(3) {
        let rule = Rule::Count(4 + i, Pick::Training(course, 12));
        add(format!("count-training-{}", course.word()), Applies::PassHoldersOver(100), rule);
    }

    for tight in [true, false] {
        let series = Forum::ALL.map(Series::Meeting).into_iter().chain(Indicator::ALL.map(Series::Kpi));
        for (i, series) in series.enumerate() {
            let (every, loose, close) = if i % 4 < 2 { (30, 75, 45) } else { (91, 150, 100) };
            let rhythm = Rhythm { every, missed: if tight { 0 } else { 2 }, gap: if tight { close } else { loose } };
            let how = if tight { "tight" } else { "loose" };
            add(format!("recurs-{}-{how}", series.word()), Applies::All, Rule::Recurs(series, rhythm));
        }
    }

    for (i, role) in (0usize..).zip(Role::ALL) {
        for (course, months) in [(Course::ALL[i % 4], 12), (Course::ALL[(i + 1) % 4], 24)] {
            let rule = Rule::ForAll(ForAll::Trained(role, course, months));
            add(format!("all-{}-trained-{}", role.word(), course.word()), Applies::PassHoldersOver(50), rule);
        }
        let check = Check::ALL[i % 2];
        let rule = Rule::ForAll(ForAll::Checked(role, check, 60));
        add(format!("all-{}-checked-{}", role.word(), check.word()), Applies::All, rule);
    }
    for zone in Zone::ALL {
        add(format!("all-passes-{}", zone.word()), Applies::Airports, Rule::ForAll(ForAll::Passes(zone)));
    }
    for (score, months) in [(5, 18), (8, 12), (11, 6)] {
        add(format!("all-risks-from-{score}"), Applies::All, Rule::ForAll(ForAll::Risks(score, months)));
    }

    for category in Category::ALL {
        for (severity, months, days) in [(Severity::Serious, 24, 60), (Severity::Major, 36, 45)] {
            let rule = Rule::Chain(Chain { category: Some(category), severity, months, days });
            add(format!("chain-{}-{}", category.word(), severity.word()), Applies::All, rule);
        }
    }
    for days in [30, 60, 90, 120] {
        let rule = Rule::Chain(Chain { category: None, severity: Severity::Serious, months: 24, days });
        add(format!("chain-within-{days}"), Applies::All, rule);
    }

    for i in 0..12usize {
        let members = vec![
            ("policy", Member::Some(Pick::Document(Topic::ALL[i % Topic::ALL.len()], 24))),
            ("audited", Member::AtLeast(1 + (i as u32 % 2), Pick::Audit(Area::ALL[i % 4], 12, 4))),
            ("exercised", Member::Some(Pick::Exercise(Scenario::ALL[i % 3], 12, 8))),
            ("timely", Member::No(Pick::LateIncident(Category::ALL[i % 4], 12))),
        ];
        let at_least = [1, 2, 3, 4][i % 4];
        let applies = match i % 6 {
            0 => Applies::PassHoldersOver(1_000),
            1 => Applies::Airports,
            2 => Applies::AirCarriers,
            3 => Applies::PassHoldersOver(100),
            _ => Applies::All,
        };
        add(format!("combination-{at_least}-of-{i:02}"), applies, Rule::Combination(at_least, members));
    }
    all
}

impl Series {
    /// Its name.
    pub(crate) fn word(self) -> String {
        match self {
            Self::Meeting(forum) => format!("meeting-{}", forum.word()),
            Self::Kpi(indicator) => format!("kpi-{}", indicator.word()),
        }
    }
}
