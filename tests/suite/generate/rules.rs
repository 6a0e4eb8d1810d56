//! Random conditions over four kinds.

use super::{Choices, DAYS, Of, fields};

/// What the random rules are about.
pub(crate) const DECLARATIONS: &str = r#"instrument rules "Rules" {
  kind     law
  extent   uk
  citation "Rules"
}
provision rules#1 "Do it" {
  binds    all
  duty     must
  basis    read
  source   "https://example.invalid/rules/1"
  version  from 2000-01-01 { summary "It is done." }
  supports monitoring because "it is watched"
}
component monitoring "Monitoring" { number 1 summary "It is watched." }
vocabulary entity-kind { airport "Airport" agent "Agent" }
vocabulary grade ordered { low "Low" mid "Mid" high "High" }
vocabulary course { first "First" second "Second" third "Third" }
fact staff "Staff" : whole
fact public "Open to the public" : bool
parameter span "How far back" : period { 3 months from 2000-01-01 until 2026-11-01 by rules#1  6 months from 2026-11-01 by rules#1 }
define recent(r: record) = r.done within span before assessment
evidence person "Person" {
  active bool?
  grade  grade?
  joined date?
  boss   person?
  proves operating
}
evidence record "Record" {
  person person?
  course course?
  done   date?
  score  whole?
  passed bool?
  rate   decimal?
  topics list of text?
  proves operating
  dated by done
}
evidence event "Event" {
  grade  grade?
  begun  date?
  ended  date?
  days   interval?
  owner  person?
  record record?
  parts  list of { course course?  amount whole?  seen date? }?
  proves operating
  dated by begun
}
evidence target "Target" {
  term   interval?
  rhythm period?
  share  percent?
  note   text?
  size   whole?
  proves operating
}
"#;

/// What the conditions may hold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    /// `is stated`, `is missing`: the forms that are not monotone.
    pub(crate) presence: bool,
}

/// A requirement around a condition.
pub(crate) fn requirement(name: &str, condition: &str) -> String {
    format!(
        "requirement {name} \"It is so\" {{\n  discharges rules#1\n  supports monitoring\n  shows monitoring operating\n  decided by machine\n  \
         severity minor\n  applies to all\n  expect so \"it is so\" {{\n    {condition}\n    otherwise \"it is not so\"\n  }}\n}}\n"
    )
}

#[derive(Debug, Clone)]
struct Variable {
    name: String,
    kind: &'static str,
}

/// The fields that hold one value.
fn scalars(kind: &str) -> Vec<(&'static str, Of)> {
    fields(kind).iter().copied().filter(|(_, of)| !matches!(of, Of::Texts | Of::Parts)).collect()
}

/// The paths from some variables to fields that hold such a value.
fn paths(variables: &[Variable], wanted: Of) -> Vec<String> {
    let of = |v: &Variable| {
        let found = fields(v.kind).iter().filter(|(_, of)| *of == wanted);
        found.map(|(field, _)| format!("{}.{field}", v.name)).collect::<Vec<_>>()
    };
    variables.iter().flat_map(of).collect()
}

struct Maker<'c, 'a> {
    choices: &'c mut Choices<'a>,
    wanted: Wanted,
    names: usize,
}

/// A random condition.
pub(crate) fn condition(choices: &mut Choices<'_>, wanted: Wanted) -> String {
    let mut maker = Maker { choices, wanted, names: 0 };
    maker.condition(&[], 4)
}

/// A condition that only evidence within a period before the assessment meets.
pub(crate) fn fresh_condition(choices: &mut Choices<'_>) -> String {
    let period = choices.pick(&["1 month", "90 days", "6 months", "12 months", "2 years"]);
    let within = format!("within {period} before assessment");
    match choices.of(5) {
        0 => format!("some record as r where r.done {within}"),
        1 => format!("at least {} record as r where r.done {within} and r.passed", 1 + choices.of(3)),
        2 => format!("every person as p satisfies some record as r where r.person = p and r.done {within}"),
        3 => format!("some event as e where e.begun {within} and (some record as r where e.record = r and r.done {within})"),
        _ => format!("at least 50% of person as p satisfy (some event as e where e.owner = p and e.begun {within})"),
    }
}

impl Maker<'_, '_> {
    fn name(&mut self) -> String {
        self.names += 1;
        format!("v{}", self.names)
    }

    fn condition(&mut self, scope: &[Variable], depth: usize) -> String {
        if depth == 0 || (!scope.is_empty() && self.choices.chance(4)) {
            return self.atom(scope);
        }
        match self.choices.of(14) {
            0 => self.atom(scope),
            1 => format!("({}) and ({})", self.condition(scope, depth - 1), self.condition(scope, depth - 1)),
            2 => format!("({}) or ({})", self.condition(scope, depth - 1), self.condition(scope, depth - 1)),
            3 => format!("not ({})", self.condition(scope, depth - 1)),
            4 | 5 => self.counted("some", scope, depth),
            6 => {
                let quantifier =
                    self.choices.pick(&["no", "at least 2", "at most 1", "exactly 1", "at least 1", "at most 0", "exactly 2"]);
                self.counted(quantifier, scope, depth)
            }
            7 | 8 => self.every("every", "satisfies", scope, depth),
            9 => {
                let share = self.choices.pick(&["at least 50% of", "at most 50% of", "at least 100% of", "at most 33% of"]);
                self.every(share, "satisfy", scope, depth)
            }
            10 => self.latest(scope, depth),
            11 => self.recurs(scope, depth),
            12 => self.quantity(scope, depth),
            _ => self.group(scope, depth),
        }
    }

    /// Sources with the variables they bind.
    fn sources(&mut self, scope: &[Variable]) -> (String, Vec<Variable>) {
        let mut scope = scope.to_vec();
        let name = self.name();
        let event = scope.iter().rev().find(|v| v.kind == "event").map(|v| v.name.clone());
        if let Some(event) = event.filter(|_| self.choices.chance(4)) {
            scope.push(Variable { name: name.clone(), kind: "parts" });
            return (format!("{event}.parts as {name}"), scope);
        }
        let kind = self.choices.pick(&["record", "event", "person", "target"]);
        scope.push(Variable { name: name.clone(), kind });
        let mut text = format!("{kind} as {name}");
        if self.choices.chance(2) {
            let second = self.name();
            if kind == "event" {
                scope.push(Variable { name: second.clone(), kind: "parts" });
                text = format!("{text}, {name}.parts as {second}");
            } else {
                let kind = self.choices.pick(&["person", "record", "event"]);
                scope.push(Variable { name: second.clone(), kind });
                text = format!("{text}, {kind} as {second}");
            }
        }
        (text, scope)
    }

    fn filter(&mut self, scope: &[Variable], depth: usize) -> String {
        match self.choices.of(4) {
            0 => String::new(),
            1 => format!(" where {}", self.atom(scope)),
            2 => format!(" where {} and {}", self.atom(scope), self.atom(scope)),
            _ => format!(" where ({})", self.condition(scope, depth - 1)),
        }
    }

    fn counted(&mut self, quantifier: &str, scope: &[Variable], depth: usize) -> String {
        let (sources, inner) = self.sources(scope);
        format!("({quantifier} {sources}{})", self.filter(&inner, depth))
    }

    fn every(&mut self, quantifier: &str, verb: &str, scope: &[Variable], depth: usize) -> String {
        let (sources, inner) = self.sources(scope);
        let filter = self.filter(&inner, depth);
        format!("({quantifier} {sources}{filter} {verb} ({}))", self.condition(&inner, depth - 1))
    }

    /// One source with a date.
    fn dated(&mut self, scope: &[Variable]) -> (String, String, Vec<Variable>) {
        let name = self.name();
        let mut scope = scope.to_vec();
        let (kind, date) = self.choices.pick(&[("record", "done"), ("event", "begun"), ("event", "ended"), ("person", "joined")]);
        scope.push(Variable { name: name.clone(), kind });
        (format!("{kind} as {name}"), format!("{name}.{date}"), scope)
    }

    fn latest(&mut self, scope: &[Variable], depth: usize) -> String {
        let (source, date, inner) = self.dated(scope);
        let filter = self.filter(&inner, depth);
        format!("(latest {source} by {date}{filter} satisfies ({}))", self.condition(&inner, depth - 1))
    }

    fn recurs(&mut self, scope: &[Variable], depth: usize) -> String {
        let (source, date, inner) = self.dated(scope);
        let filter = self.filter(&inner, depth);
        let every = self.choices.pick(&["6 months", "1 month", "3 months", "30 days", "365 days", "1 year"]);
        let window = self.choices.pick(&["12 months before assessment", "span before assessment", "90 days before assessment"]);
        let allowing = self.choices.pick(&["", " allowing 1 missed", " allowing 3 missed", " allowing 12 missed"]);
        let gap = self.choices.pick(&["", " and no gap over 45 days", " and no gap over 6 months", " and no gap over 400 days"]);
        let allowing = if allowing.is_empty() && !gap.is_empty() { " allowing 0 missed" } else { allowing };
        format!("({source} by {date}{filter} recurs every {every} throughout {window}{allowing}{gap})")
    }

    fn quantity(&mut self, scope: &[Variable], depth: usize) -> String {
        let op = self.choices.pick(&[">=", "<=", "=", "!=", ">", "<"]);
        if self.choices.of(5) == 4 {
            let (source, date, inner) = self.dated(scope);
            let filter = self.filter(&inner, depth);
            let days = self.choices.pick(&[400, 100, 30]);
            return format!(
                "(longest gap of {date} over {source}{filter} throughout 12 months before assessment) {op} {days} days"
            );
        }
        let (sources, inner) = self.sources(scope);
        let number = self.choices.of(4);
        let numbers = paths(&inner[scope.len()..], Of::Whole);
        let what = match (numbers.first(), self.choices.of(4)) {
            (None, _) | (_, 0) => "count of".to_owned(),
            (Some(field), 1) => format!("sum of {field} over"),
            (Some(field), 2) => format!("least of {field} over"),
            (Some(field), _) => format!("greatest of {field} over"),
        };
        format!("({what} {sources}{}) {op} {number}", self.filter(&inner, depth))
    }

    fn group(&mut self, scope: &[Variable], depth: usize) -> String {
        let how = self.choices.pick(&["all of", "any of", "at least 2 of"]);
        let members = ["one", "two", "three"].map(|label| {
            let member = self.condition(scope, depth.saturating_sub(2));
            format!("{label} \"{label}\" {{ {member} }}")
        });
        format!("{how} {{ {} }}", members.join("  "))
    }

    fn op(&mut self) -> &'static str {
        self.choices.pick(&["=", ">=", "<=", "!=", ">", "<"])
    }

    /// A condition on one variable, or on two.
    fn atom(&mut self, scope: &[Variable]) -> String {
        if scope.is_empty() {
            return match self.choices.of(4) {
                0 => "entity.public".to_owned(),
                1 => format!("entity.staff {} {}", self.op(), self.choices.of(4)),
                2 => format!("entity.kind = {}", self.choices.pick(&["airport", "agent"])),
                _ => format!("entity.staff + {} > {}", self.choices.of(3), self.choices.of(5)),
            };
        }
        let newest = scope.len() - 1;
        let Variable { name, kind } = scope[if self.choices.chance(7) { newest } else { self.choices.of(scope.len()) }].clone();
        if kind == "record" && self.choices.chance(1) {
            return match self.choices.of(3) {
                0 => format!("recent({name})"),
                1 => format!("{name}.topics contains \"alpha\""),
                _ => format!("(some {name}.topics as {} where {0} = \"beta\")", self.name()),
            };
        }
        let (field, of) = self.choices.pick(&scalars(kind));
        let path = format!("{name}.{field}");
        if self.wanted.presence && self.choices.chance(1) {
            return format!("{path} is {}", self.choices.pick(&["stated", "missing"]));
        }
        self.about(&path, of, scope, 2)
    }

    fn about(&mut self, path: &str, of: Of, scope: &[Variable], hops: usize) -> String {
        match of {
            Of::Bool => path.to_owned(),
            Of::Whole => match self.choices.of(3) {
                0 => format!("{path} {} {}", self.op(), self.choices.of(5)),
                1 => format!("{path} * 2 - 1 {} {}", self.op(), self.choices.of(5)),
                _ => format!("{path} / {} {} 1.5", self.choices.of(3), self.op()),
            },
            Of::Decimal => format!("{path} {} {}", self.op(), self.choices.pick(&["1.5", "0.5", "2"])),
            Of::Percent => format!("{path} {} {}", self.op(), self.choices.pick(&["50%", "100%"])),
            Of::Text => match self.choices.of(2) {
                0 => format!("{path} {} \"alpha\"", self.choices.pick(&["=", "!="])),
                _ => format!("{path} in (\"alpha\", \"beta\")"),
            },
            Of::Grade => format!("{path} {} {}", self.op(), self.choices.pick(&["mid", "low", "high"])),
            Of::Course => match self.choices.of(3) {
                0 => format!("{path} = {}", self.choices.pick(&["first", "second", "third"])),
                1 => format!("{path} != first"),
                _ => format!("{path} {} (first, second)", self.choices.pick(&["in", "not in"])),
            },
            Of::Period => format!("{path} {} {}", self.op(), self.choices.pick(&["30 days", "12 months", "6 weeks"])),
            Of::Date => self.about_date(path, scope),
            Of::Texts => format!("{path} contains \"alpha\""),
            Of::Parts => format!("(some {path} as {})", self.name()),
            Of::Interval => match self.choices.of(4) {
                0 => format!("{path} covers {}", self.choices.pick(&DAYS)),
                1 => format!("{path} overlaps 6 months before assessment"),
                2 => format!("{path} within 12 months before assessment"),
                _ => format!("{path} covers 30 days of 2026-09-30"),
            },
            Of::Ref(kind) => {
                let others: Vec<String> = scope.iter().filter(|v| v.kind == kind).map(|v| v.name.clone()).collect();
                if !others.is_empty() && self.choices.chance(6) {
                    let op = if self.choices.chance(2) { "!=" } else { "=" };
                    return format!("{path} {op} {}", others[self.choices.of(others.len())]);
                }
                if hops == 0 {
                    return format!("{path} != {path}");
                }
                let (field, of) = self.choices.pick(&scalars(kind));
                self.about(&format!("{path}.{field}"), of, scope, hops - 1)
            }
        }
    }

    fn about_date(&mut self, path: &str, scope: &[Variable]) -> String {
        let mut others = paths(scope, Of::Date);
        others.retain(|other| other != path);
        let period = self.choices.pick(&["12 months", "1 month", "90 days", "10 working days", "span", "2 weeks"]);
        match self.choices.of(7) {
            0 | 1 => format!("{path} within {period} before assessment"),
            2 => format!(
                "{path} {} {}",
                self.choices.pick(&["before", "after", "on or before", "on or after", "="]),
                self.choices.pick(&DAYS)
            ),
            3 => format!("{path} + {period} {} assessment", self.choices.pick(&["before", "on or after"])),
            4 => format!("later of ({path}, 2026-05-01) before assessment - {period}"),
            _ if others.is_empty() => format!("{path} on or before assessment"),
            5 => {
                let side = self.choices.pick(&["after", "before", "of"]);
                format!("{path} within {period} {side} {}", others[self.choices.of(others.len())])
            }
            _ => {
                format!("{path} {} {}", self.choices.pick(&["before", "=", "on or after"]), others[self.choices.of(others.len())])
            }
        }
    }
}
