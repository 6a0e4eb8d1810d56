//! The rules of the sample.

use super::{FIRST, PERSON, date, span};
use crate::base::{Period, Source, Sources, Span, Unit};
use crate::library::model::*;

pub(crate) const RULES: &str = r#"requirement awareness-training "Everyone with unescorted access holds current awareness training" {
  discharges uk-2015-1998#11.2.6
  expect current "each pass holder has a record no older than the law allows" {
    every person as p where p.unescorted-access
      satisfies some training-record as t
        where t.person = p
          and t.completed within awareness-interval before assessment
    otherwise "{p} has no awareness training in the {awareness-interval} before {assessment}"
  }
}
requirement method-suits "The risk method suits the entity" {
  judge suits "Does the method suit the size, nature and complexity of the entity?"
    by accountable-manager, caa-assessor valid 12 months
}
requirement reporting-rhythm "Performance is reported every month" {
  expect rhythm "a report for every month of the year" {
    kpi-report as k by k.period-end recurs every 1 month throughout year allowing 1 missed and no gap over 45 days
  }
}
requirement staff-vetting "Staff are vetted" {
  applies to airport when entity.pass-holders > 0
}
"#;

fn requirement(name: &str, title: &str, severity: Severity) -> Requirement {
    let at = RULES
        .find(&format!("requirement {name}"))
        .map_or(Span::new(crate::base::FileId(0), 0, 1), |_| span(RULES, &format!("requirement {name}")));
    Requirement {
        name: name.to_owned(),
        title: title.to_owned(),
        doc: None,
        discharges: vec![ProvisionId(0)],
        links: vec![],
        shows: vec![Shows { component: StrategicId(1), element: None, level: Level::Operating }],
        decided_by: Decider::Machine,
        severity,
        applies: Applicability { kinds: vec![], all: true, when: None, span: at },
        in_force: InForce::ALWAYS,
        variables: 2,
        variable_names: vec!["p".to_owned(), "t".to_owned()],
        clauses: vec![],
        required: vec![],
        routes: vec![],
        judges: vec![],
        guidance: None,
        span: at,
        name_span: at,
    }
}

fn expr(kind: ExprKind, of: Scalar) -> Expr {
    Expr { kind, of: Type::Scalar(of), span: span(RULES, "every person") }
}

fn path(text: &str, kind: ExprKind, of: Scalar) -> TextPart {
    TextPart::Path(Part { text: text.to_owned(), value: expr(kind, of) })
}

fn plain(text: &str) -> TextPart {
    TextPart::Plain(text.to_owned())
}

fn clause(name: &str, title: &str, otherwise: Vec<TextPart>, remedy: Vec<TextPart>) -> Clause {
    let body = expr(ExprKind::Literal(Value::Bool(true)), Scalar::Bool);
    let guidance = Some("https://www.caa.co.uk/training".to_owned());
    Clause {
        name: name.to_owned(),
        title: title.to_owned(),
        body,
        otherwise,
        remedy,
        guidance,
        route: None,
        span: span(RULES, &format!("expect {name}")),
    }
}

fn requirements() -> Vec<Requirement> {
    let person = || path("p", ExprKind::Item(VarId(0)), Scalar::Ref(KindId(PERSON.0)));
    let mut awareness =
        requirement("awareness-training", "Everyone with unescorted access holds current awareness training", Severity::Major);
    awareness.clauses.push(clause(
        "current",
        "each pass holder has a record no older than the law allows",
        vec![
            person(),
            plain(" has no awareness training in the "),
            path("awareness-interval", ExprKind::Parameter(ParameterId(0)), Scalar::Period),
            plain(" before "),
            path("assessment", ExprKind::Assessment, Scalar::Date),
        ],
        vec![plain("Train "), person(), plain(" before the next shift airside and file the record.")],
    ));
    awareness.required.push(ClauseId(0));
    let mut suits = requirement("method-suits", "The risk method suits the entity", Severity::Minor);
    suits.decided_by = Decider::Person;
    suits.judges.push(Judge {
        name: "suits".to_owned(),
        question: "Does the method suit the size, nature and complexity of the entity?".to_owned(),
        by: vec!["accountable-manager".to_owned(), "caa-assessor".to_owned()],
        valid: Some(Period::new(12, Unit::Months)),
        span: span(RULES, "judge suits \"Does the method suit the size, nature and complexity of the entity?\""),
    });
    let mut rhythm = requirement("reporting-rhythm", "Performance is reported every month", Severity::Critical);
    rhythm.clauses.push(clause("rhythm", "a report for every month of the year", vec![], vec![]));
    rhythm.required.push(ClauseId(0));
    let mut vetting = requirement("staff-vetting", "Staff are vetted", Severity::Major);
    vetting.applies.span = span(RULES, "applies to airport when entity.pass-holders > 0");
    let mut all = vec![
        awareness,
        suits,
        rhythm,
        vetting,
        requirement("accountable-manager", "An accountable manager is named", Severity::Major),
        requirement("culture-duty", "Security culture duty", Severity::Major),
        requirement("carrier-only", "Carriers only", Severity::Minor),
    ];
    all[5].discharges = vec![ProvisionId(1)];
    all
}

fn provision(point: &str, title: &str, sealed: bool) -> Provision {
    Provision {
        name: format!("uk-2015-1998#{point}"),
        key: ProvisionKey { instrument: InstrumentId(0), point: point.to_owned() },
        title: title.to_owned(),
        doc: None,
        binds: vec![],
        binds_all: true,
        duty: Duty::Must,
        basis: if sealed { Basis::Sealed } else { Basis::Read },
        source: None,
        sealed: sealed.then(|| "the text is in directions that are not public".to_owned()),
        versions: if sealed {
            vec![]
        } else {
            vec![Version {
                in_force: InForce { from: Some(date("2016-02-01")), until: None },
                summary:
                    "Persons with unescorted access to security restricted areas receive awareness training before they get it"
                        .to_owned(),
                amended_by: None,
                span: span(RULES, "discharges"),
            }]
        },
        observed: Vec::new(),
        links: vec![],
        span: span(RULES, "discharges"),
    }
}

fn component(number: u32, title: &str) -> Strategic {
    Strategic {
        name: title.to_lowercase().replace(' ', "-"),
        kind: StrategicKind::Component,
        title: title.to_owned(),
        number: Some(number),
        summary: String::new(),
        source: None,
        elements: vec![],
        measures: vec![],
        links: vec![],
        span: span(RULES, "discharges"),
    }
}

fn table(name: &str, kind: u32, fields: &[(&str, Scalar)]) -> Table {
    let common = Common::ALL.iter().map(|(c, name)| {
        let of = match c {
            Common::Issued | Common::Received => Scalar::Date,
            Common::Author | Common::Approver => Scalar::Ref(KindId(PERSON.0)),
            Common::Id | Common::Title | Common::Marking | Common::Technique => Scalar::Text,
        };
        (*name, of)
    });
    let columns = common.chain(fields.iter().copied());
    let columns = columns.map(|(name, of)| Column { name: name.to_owned(), doc: None, of, optional: true, span: None }).collect();
    Table { name: name.to_owned(), kind: KindId(kind), parent: None, columns, lists: vec![] }
}

fn kind(name: &str) -> Kind {
    Kind {
        name: name.to_owned(),
        title: name.to_owned(),
        doc: None,
        proves: Proves::Operating,
        dated_by: Some(FIRST),
        lapses_on: None,
        acts: Vec::new(),
        retained: None,
        marking: None,
        span: span(RULES, "discharges"),
    }
}

pub(super) fn library() -> Library {
    let mut sources = Sources::default();
    sources.add(Source::new("rules/sample.abide", RULES));
    let terms = |all: &[(&str, &str)]| all.iter().map(|(n, t)| Term { name: (*n).to_owned(), title: (*t).to_owned() }).collect();
    let vocabulary = |name: &str, all: &[(&str, &str)]| Vocabulary {
        name: name.to_owned(),
        doc: None,
        ordered: false,
        terms: terms(all),
        span: span(RULES, "discharges"),
    };
    let interval = Period::new(5, Unit::Years);
    Library {
        sources,
        strategy: vec![
            component(1, "Management Commitment"),
            component(2, "Threat and Risk Management"),
            component(10, "Security Education"),
        ],
        instruments: vec![Instrument {
            name: "uk-2015-1998".to_owned(),
            title: "Implementing Regulation".to_owned(),
            doc: None,
            kind: InstrumentKind::Law,
            extent: Extent::Uk,
            citation: "Regulation (EU) 2015/1998".to_owned(),
            url: Some("https://www.legislation.gov.uk/eur/2015/1998".to_owned()),
            in_force: InForce::ALWAYS,
            span: span(RULES, "discharges"),
        }],
        provisions: vec![
            provision("11.2.6", "Training of persons with unescorted access", false),
            provision("culture", "Security culture duty", true),
            provision("12.1", "Another", false),
        ],
        vocabularies: vec![
            vocabulary("entity-kind", &[("airport", "Airport operator"), ("air-carrier", "Air carrier")]),
            vocabulary("sems", &[("framework", "UK SeMS framework")]),
        ],
        facts: vec![FactDef {
            name: "pass-holders".to_owned(),
            title: "People who hold a pass".to_owned(),
            doc: None,
            of: Scalar::Whole,
            span: span(RULES, "discharges"),
        }],
        kinds: vec![kind("kpi-report"), kind("person"), kind("training-record")],
        tables: vec![
            table("kpi-report", 0, &[("period-end", Scalar::Date)]),
            table("person", 1, &[("name", Scalar::Text)]),
            table("training-record", 2, &[("completed", Scalar::Date), ("person", Scalar::Ref(KindId(PERSON.0)))]),
        ],
        parameters: vec![Parameter {
            name: "awareness-interval".to_owned(),
            title: "Repeat of awareness training".to_owned(),
            of: Scalar::Period,
            values: vec![(expr(ExprKind::Literal(Value::Period(interval)), Scalar::Period), InForce::ALWAYS, None)],
            span: span(RULES, "discharges"),
        }],
        requirements: requirements(),
        fingerprint: "1f9c2e4a7b31d2".to_owned(),
        entity_kinds: VocabularyId(0),
        sems: VocabularyId(1),
        person: KindId(PERSON.0),
        ..Library::default()
    }
}
