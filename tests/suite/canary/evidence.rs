//! A bundle in which every text is a token of its own, and rules that would print all of them.

use std::fmt::Write;

use abide::base::Date;
use abide::library::Library;
use abide::library::model::{Column, Common, Scalar, Table, TableId};

/// The markings of items: none, every known one, and one that nobody knows.
pub(super) const MARKINGS: [&str; 6] = ["", "public", "official", "OFFICIAL-SENSITIVE", "secret", "confidentiel"];

/// Whose a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Owner {
    /// Of an item: its kind, the index of its marking, the field (empty for the item's file), and whether that names a person.
    Item { kind: String, marking: usize, field: String, names_person: bool },
    /// A judgement, waiver or nil return.
    Statement,
    /// Comments, columns that no field is read from, how tables are read.
    Nobody,
}

/// A text that occurs nowhere else.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) owner: Owner,
}

#[derive(Debug, Default)]
pub(super) struct Canaries {
    pub(super) files: Vec<(String, String)>,
    pub(super) tokens: Vec<Token>,
    /// How many items there are of each kind and marking.
    pub(super) items: Vec<(String, usize)>,
    days: i32,
}

/// The id of an item.
pub(super) fn id(kind: &str, variant: usize) -> String {
    format!("zq{}{variant}id", kind.replace('-', ""))
}

impl Canaries {
    fn token(&mut self, owner: &Owner) -> String {
        let text = format!("zq{}z", self.tokens.len());
        self.tokens.push(Token { text: text.clone(), owner: owner.clone() });
        text
    }

    fn owned(&mut self, text: String, owner: &Owner) -> String {
        self.tokens.push(Token { text: text.clone(), owner: owner.clone() });
        text
    }

    /// A day of its own for each date field, none a month or a year from another.
    fn day(&mut self, owner: &Owner) -> String {
        self.days += 1;
        let first = Date::parse("1931-05-07").unwrap().day_number();
        let day = Date::from_day_number(first + self.days).unwrap().to_string();
        self.owned(day, owner)
    }

    fn value(&mut self, library: &Library, column: &Column, variant: usize, owner: &Owner) -> String {
        match column.of {
            Scalar::Bool => variant.is_multiple_of(2).to_string(),
            Scalar::Whole | Scalar::Decimal => format!("{}", 7 + variant),
            Scalar::Text => self.token(owner),
            Scalar::Date => self.day(owner),
            Scalar::Period => "3 months".to_owned(),
            Scalar::Interval => format!("{}/2026-01-01", self.day(owner)),
            Scalar::Percent => "37%".to_owned(),
            Scalar::Term(vocabulary) => library.vocabulary(vocabulary).terms[0].name.clone(),
            // Leads to an item of another marking, or nowhere, so that it stands in one place only.
            Scalar::Ref(_) if variant % 3 == 1 => self.token(owner),
            Scalar::Ref(kind) => id(&library.kind(kind).name, (variant + 1) % MARKINGS.len()),
        }
    }

    fn fields(&mut self, library: &Library, shape: &Table, skip: usize, variant: usize, owner: &Owner) -> String {
        let Owner::Item { kind, marking, .. } = owner else { unreachable!() };
        let mut fields: Vec<(String, String)> = Vec::new();
        for column in shape.columns.iter().skip(skip) {
            if column.name == "confidential" {
                fields.extend(confidential(variant).map(|yes| (column.name.clone(), yes.to_string())));
                continue;
            }
            let names_person = column.of == Scalar::Ref(library.person);
            let field = if shape.parent.is_some() { "list".to_owned() } else { column.name.clone() };
            let owner = Owner::Item { kind: kind.clone(), marking: *marking, field, names_person };
            let value = self.value(library, column, variant, &owner);
            fields.push((column.name.clone(), value));
        }
        for list in &shape.lists {
            let inner = library.table(list.table);
            let one = |c: &mut Self| c.fields(library, inner, 0, variant, owner);
            let (a, b) = (one(self), one(self));
            let bare = |text: &str| text.strip_prefix("value: ").unwrap_or(text).to_owned();
            let both = if list.scalar { format!("[{}, {}]", bare(&a), bare(&b)) } else { format!("[{{ {a} }}, {{ {b} }}]") };
            fields.push((list.name.clone(), both));
        }
        // Fields of a record stand together: `a.b` and `a.c` are `a: { b, c }`.
        let mut written: Vec<(String, String)> = Vec::new();
        for (name, value) in fields {
            let (name, text) = match name.split_once('.') {
                Some((record, field)) => (record.to_owned(), format!("{{ {field}: {value} }}")),
                None => (name, value),
            };
            match written.iter_mut().find(|(n, _)| *n == name) {
                Some((_, before)) => *before = format!("{}, {}", before.trim_end_matches(" }"), text.trim_start_matches("{ ")),
                None => written.push((name, text)),
            }
        }
        written.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join(", ")
    }

    fn item(&mut self, library: &Library, table: TableId, variant: usize) {
        let kind = library.kinds[table.0 as usize].name.clone();
        let owner = |field: &str, names_person| Owner::Item {
            kind: kind.clone(),
            marking: variant,
            field: field.to_owned(),
            names_person,
        };
        let whole = owner("", false);
        // Most stand one below the other in a file of their kind, two in files of their own.
        let alone = [0, 3].contains(&variant).then(|| format!("items/{}.yaml", self.token(&whole)));
        let file = alone.unwrap_or_else(|| format!("kinds/{kind}.yaml"));
        let comment = self.token(&Owner::Nobody);
        let named = self.owned(id(&kind, variant), &whole);
        let title = self.token(&owner("title", false));
        let (issued, received) = (self.day(&whole), "2020-01-01");
        let author = self.token(&owner("author", true));
        let attachment = format!("attachments/{}.pdf", self.token(&owner("attachments", true)));
        // Without its file an item is barred; some are.
        if ![0, 2].contains(&variant) {
            self.files.push((attachment.clone(), "paper".to_owned()));
        }
        let marking = MARKINGS[variant];
        let marking = if marking.is_empty() { String::new() } else { format!(", marking: {marking}") };
        let own = self.fields(library, &library.tables[table.0 as usize], Common::ALL.len(), variant, &whole);
        let item = format!(
            "# {comment}\n  - {{ id: {named}, kind: {kind}, title: {title}, issued: {issued}, received: {received}, author: {author}{marking}, attachments: [{{ file: {attachment} }}], facts: {{ {own} }} }} # {comment}\n"
        );
        match self.files.iter_mut().find(|(name, _)| *name == file) {
            Some((_, text)) => text.push_str(&item),
            None => self.files.push((file, format!("evidence:\n{item}"))),
        }
        self.items.push((kind.clone(), variant));
    }

    fn table(&mut self, marking: usize) {
        let owner = |field: &str, names_person| Owner::Item {
            kind: "training-record".to_owned(),
            marking,
            field: field.to_owned(),
            names_person,
        };
        let (whole, nobody) = (owner("", false), Owner::Nobody);
        let file = format!("tables/{}.csv", self.token(&whole));
        let (header, other) = (self.token(&nobody), self.token(&nobody));
        let mut rows = format!("Id,Who,{header},Course,Done,Title,Marked\n");
        for _ in 0..3 {
            let (id, title, day) = (self.token(&whole), self.token(&owner("title", false)), self.day(&whole));
            let who = self.token(&owner("person", true));
            writeln!(rows, "{id},{who},{other},general-awareness,{day},{title},{}", MARKINGS[marking]).unwrap();
            self.items.push(("training-record".to_owned(), marking));
        }
        let columns = "{ id: Id, person: Who, course: Course, completed: Done, title: Title, marking: Marked }";
        let map = format!("tables:\n  - {{ kind: training-record, from: {file}, columns: {columns} }}\n");
        let name = format!("maps/{}.yaml", self.token(&nobody));
        self.files.extend([(file, rows), (name, map)]);
    }

    fn statements(&mut self) {
        let person = |variant| id("person", variant);
        let mut said = |_: &str| self.token(&Owner::Statement);
        let text = format!(
            "nil-returns:
  - {{ kind: incident, period: 2001-01-01/2026-01-01, made-by: {}, }}
judgements:
  - {{ requirement: risk-method-suits, of: suits, answer: no, by: {}, role: accountable-manager, on: 2026-09-01, reason: {} }}
waivers:
  - {{ id: {}, requirement: awareness-training, granted-by: {}, from: 2026-01-01, until: 2027-01-01, reference: {} }}
checklist:
  - {{ requirement: training-planned, status: \"yes\", evidence: {}, gap: {}, action: {}, owner: {}, target-date: {} }}
  - {{ requirement: canary-audit, status: \"yes\", action: {} }}
",
            person(0),
            person(4),
            said("reason"),
            said("id"),
            said("granted-by"),
            said("reference"),
            said("evidence"),
            said("gap"),
            said("action"),
            said("owner"),
            said("target-date"),
            said("action"),
        );
        let file = format!("{}.yaml", said("file"));
        self.files.push((file, text));
    }
}

/// Of kinds that may be confidential: stated to be, stated not to be, not stated.
pub(super) fn confidential(variant: usize) -> Option<bool> {
    [None, Some(true), Some(false)][variant % 3]
}

/// The bundle.
pub(super) fn canaries(library: &Library) -> Canaries {
    let mut made = Canaries::default();
    let facts: Vec<String> = library.facts.iter().filter(|f| f.of == Scalar::Whole).map(|f| format!("{}: 771", f.name)).collect();
    let head = format!(
        "abide: 1\nentity: {{ id: E1, name: Entity, kind: airport, sems: framework, facts: {{ {} }} }}\nassessment-date: 2026-11-23\n",
        facts.join(", ")
    );
    made.files.push(("bundle.yaml".to_owned(), head));
    for table in (0u32..).map(TableId).take(library.kinds.len()) {
        [1, 4, 2, 0, 3, 5].into_iter().for_each(|variant| made.item(library, table, variant));
    }
    made.table(0);
    made.table(4);
    made.statements();
    made
}

/// Rules that look at every item of every kind, and put every field into their texts.
pub(super) fn rules(library: &Library) -> String {
    let mut rules = String::new();
    for ((kind, shape), at) in library.kinds.iter().zip(&library.tables).zip(0..) {
        let k = &kind.name;
        // Joins are asked for in every third kind, in a few of them for who wrote and approved too: that will do, and takes seconds.
        let skip = if at % 9 == 0 { 0 } else { Common::ALL.len() };
        let joins = at % 3 == 0 || shape.column("confidential").is_some();
        let fields: String = shape.columns.iter().map(|c| format!(" {{x.{}}}", c.name)).collect();
        let texts = format!("otherwise \"{{x}}{fields}\"\n    remedy    \"ask for{fields}\"");
        write!(
            rules,
            "requirement canary-{k} \"All {k}\" {{
  shows      security-education present
  decided by machine
  severity   critical
  applies to all
  let year = 12 months before assessment
  expect titled \"a title\" {{ every {k} as x satisfies x.title = \"never\" }}
  expect issued \"a day\" {{ every {k} as x satisfies x.issued after 2100-01-01 {texts} }}
  expect some-do \"one of them\" {{ some {k} as y where y.issued after 2100-01-01 and y.marking = \"never\" }}
  expect rhythm \"a rhythm\" {{ {k} as z by z.issued recurs every 1 month throughout year }}
"
        )
        .unwrap();
        let persons = shape.columns.iter().enumerate().skip(skip).filter(|(_, c)| c.of == Scalar::Ref(library.person));
        for (n, column) in persons.filter(|_| joins) {
            let f = &column.name;
            writeln!(
                rules,
                "  expect join-{n} \"a join\" {{ every person as p satisfies some {k} as w where w.{f} = p and w.issued after 2100-01-01 }}
  expect follow-{n} \"what it leads to\" {{ every {k} as v satisfies v.{f}.name = \"never\" otherwise \"{{v}} {{v.{f}}} {{v.{f}.name}}\" }}
  expect led-{n} \"what it leads to, by its day\" {{ every {k} as v satisfies v.{f}.issued after 2100-01-01 }}
  expect both-{n} \"both\" {{ no {k} as s, person as q where s.{f} = q and q.issued before 2100-01-01 otherwise \"{{s}} {{q}} {{q.name}}\" }}"
            )
            .unwrap();
        }
        for (n, list) in shape.lists.iter().enumerate() {
            let inner = library.table(list.table);
            if let (false, Some(text)) = (list.scalar, inner.columns.iter().find(|c| c.of == Scalar::Text)) {
                let all: String = inner.columns.iter().map(|c| format!(" {{e.{}}}", c.name)).collect();
                writeln!(rules, "  expect list-{n} \"a list\" {{ every {k} as u, u.{} as e satisfies e.{} = \"never\" otherwise \"{{u}} {{e}}{all}\" }}", list.name, text.name).unwrap();
            } else if inner.columns[0].of == Scalar::Text {
                writeln!(rules, "  expect list-{n} \"a list\" {{ every {k} as u satisfies u.{} contains \"never\" }}", list.name)
                    .unwrap();
            }
        }
        rules.push_str("}\n\n");
    }
    rules
}
