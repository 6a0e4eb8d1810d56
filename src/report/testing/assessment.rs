//! The result of the sample.

use super::{FIRST, KPI, PERSON, RULES, TRAINING, at, date, field, span};
use crate::assess::{Element, *};
use crate::base::{Interval, Period, Truth, Unit};
use crate::library::Library;
use crate::library::model::*;

fn outcome(requirement: u32, verdict: Verdict, scope: Scope) -> Outcome {
    Outcome {
        requirement: RequirementId(requirement),
        verdict,
        scope,
        clauses: vec![],
        judges: vec![],
        route: None,
        basis: Some(Basis::Read),
    }
}

fn elements(wanted: Wanted, table: TableId) -> Elements {
    Elements {
        unstated: None,
        wanted,
        table,
        considered: 0,
        population: 0,
        population_unknown: 0,
        holding: 0,
        failing: 0,
        unknown: 0,
        barred: vec![],
        doubted: vec![],
        shown: vec![],
        more: 0,
        nearest: None,
        nil_return: None,
        nil_return_wanted: None,
        broken: None,
    }
}

fn ground(truth: Truth, rule: &str, step: Step) -> Ground {
    Ground { truth, rule: span(RULES, rule), step, below: vec![] }
}

fn stale() -> Ground {
    let on = |text| date(text);
    ground(
        Truth::False,
        "t.completed within awareness-interval before assessment",
        Step::Window {
            value: Shown {
                value: Some(Value::Date(on("2019-03-01"))),
                of: Scalar::Date,
                from: From::Field(field(TRAINING, 0, FIRST)),
            },
            op: WindowOp::Within,
            window: Shown {
                value: Some(Value::Interval(Interval::new(on("2021-11-23"), on("2026-11-23")))),
                of: Scalar::Interval,
                from: From::Computed(None),
            },
            misses_by_days: Some(-998),
            stale: true,
        },
    )
}

fn awareness() -> Ground {
    let element = |row, nearest| Element {
        rows: vec![at(PERSON, row)],
        truth: Truth::False,
        ground: Some(ground(
            Truth::False,
            "some training-record as t",
            Step::Elements(Box::new(Elements { considered: 1, nearest, ..elements(Wanted::Some, TRAINING) })),
        )),
        bound: vec![Some(at(PERSON, row)), None],
    };
    let near = Some(Box::new(Nearest { rows: vec![at(TRAINING, 0)], misses: vec![stale()] }));
    ground(
        Truth::False,
        "every person as p where p.unescorted-access",
        Step::Elements(Box::new(Elements {
            considered: 60,
            population: 45,
            holding: 42,
            failing: 3,
            shown: vec![element(0, near), element(1, None)],
            more: 1,
            ..elements(Wanted::Every, PERSON)
        })),
    )
}

fn rhythm() -> Ground {
    let on = |a, b| Interval::new(date(a), date(b));
    ground(
        Truth::False,
        "kpi-report as k by k.period-end recurs every 1 month",
        Step::Rhythm(Box::new(Rhythm {
            table: KPI,
            window: on("2025-11-23", "2026-11-23"),
            every: Period::new(1, Unit::Months),
            slots: 12,
            missed: vec![on("2026-03-01", "2026-03-31"), on("2026-04-01", "2026-04-30")],
            allowing: 1,
            longest_gap: Some(on("2026-03-02", "2026-05-02")),
            max_gap: Some(45),
            dates: 10,
            considered: 10,
            latest: Some(date("2026-10-31")),
            unknown: 0,
        })),
    )
}

fn clause(reason: Reason, ground: Ground) -> ClauseOutcome {
    ClauseOutcome { clause: ClauseId(0), truth: Truth::False, reason: Some(reason), ground: Some(ground) }
}

pub(super) fn assessment(library: &Library) -> Assessment {
    assert_eq!(library.requirements.len(), 7, "the outcomes below are of these");
    let unknown = ground(
        Truth::Unknown,
        "entity.pass-holders > 0",
        Step::Compare {
            left: Shown { value: None, of: Scalar::Whole, from: From::Fact(FactId(0)) },
            op: CompareOp::Greater,
            right: Shown { value: Some(Value::Whole(0)), of: Scalar::Whole, from: From::Rule },
            misses_by_days: None,
            stale: false,
        },
    );
    let mut outcomes = vec![
        outcome(0, Verdict::NotMet(Reason::Stale), Scope::Applies),
        outcome(1, Verdict::NeedsJudgement, Scope::Applies),
        outcome(2, Verdict::NotMet(Reason::Insufficient), Scope::Applies),
        outcome(3, Verdict::NotConfirmed, Scope::Unknown(unknown)),
        outcome(4, Verdict::Met, Scope::Applies),
        outcome(5, Verdict::Sealed, Scope::Sealed),
        outcome(6, Verdict::NotApplicable, Scope::NotBound),
    ];
    outcomes[0].clauses.push(clause(Reason::Stale, awareness()));
    outcomes[1].judges.push(JudgeOutcome { judge: 0, state: JudgeState::Missing });
    outcomes[2].clauses.push(clause(Reason::Insufficient, rhythm()));
    outcomes[5].basis = Some(Basis::Sealed);
    let level = |met, not_met, not_confirmed, needs_judgement| LevelOutcome { met, not_met, not_confirmed, needs_judgement };
    let none = level(0, 0, 0, 0);
    let component = |n, reached, levels| ComponentOutcome { component: StrategicId(n), reached, levels, elements: vec![] };
    Assessment {
        date: date("2026-11-23"),
        known_at: None,
        outcomes,
        provisions: vec![
            Coverage { provision: ProvisionId(0), status: ProvisionStatus::Verdict(Verdict::NotMet(Reason::Stale)) },
            Coverage { provision: ProvisionId(1), status: ProvisionStatus::Sealed },
            Coverage { provision: ProvisionId(2), status: ProvisionStatus::NotEncoded },
        ],
        components: vec![
            component(0, Some(Level::Present), [level(2, 0, 0, 0), none, none, none]),
            component(1, Some(Level::Operating), [level(1, 0, 0, 0), level(0, 0, 0, 1), level(3, 0, 0, 0), none]),
            component(2, None, [level(0, 1, 0, 0), none, level(0, 1, 1, 0), none]),
        ],
        policies: None,
        barred: vec![Barred {
            kind: KindId(TRAINING.0),
            row: 0,
            policy: "no-self-approval".to_owned(),
            because: "it was approved by its own author".to_owned(),
            field: None,
            at: None,
        }],
        doubted: vec![],
        refused: vec![],
        lapses: vec![
            Lapse { on: date("2026-12-01"), what: Lapsing::Item(at(TRAINING, 0)), requirements: vec![RequirementId(0)] },
            Lapse { on: date("2027-12-01"), what: Lapsing::Item(at(TRAINING, 0)), requirements: vec![] },
        ],
        economics: None,
    }
}
