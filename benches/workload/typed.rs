//! A bundle as the structs a Rust engineer would write, read by `serde_json` without going through a generic value.

use std::fmt;

use abide::base::Date;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, de};

use super::terms::{
    Area, Asset, Category, Check, Course, EntityKind, Forum, Grade, Indicator, Role, Scenario, Severity, Stage, Status, Supplier,
    Topic, Zone,
};

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(pub(crate) Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Day;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Day, E> {
                Date::parse(text).map(Day).map_err(|_| E::custom("not a date"))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

macro_rules! kinds {
    ($($struct:ident $list:ident $kind:literal { $($(#[$attribute:meta])* $field:ident: $of:ty),* $(,)? })*) => {
        $(
            #[doc = concat!("The facts of a ", $kind, ".")]
            #[derive(Debug, Deserialize)]
            #[serde(rename_all = "kebab-case")]
            pub(crate) struct $struct { #[serde(skip)] pub(crate) id: String, $($(#[$attribute])* pub(crate) $field: $of),* }
        )*

        /// All items, by kind.
        #[derive(Debug, Default)]
        pub(crate) struct Evidence { $(pub(crate) $list: Vec<$struct>),* }

        impl Evidence {
            fn read<'de, A: MapAccess<'de>>(&mut self, kind: &str, id: String, map: &mut A) -> Result<(), A::Error> {
                match kind {
                    $($kind => { let facts: $struct = map.next_value()?; self.$list.push($struct { id, ..facts }); })*
                    _ => return Err(A::Error::custom("unknown kind")),
                }
                Ok(())
            }
        }
    };
}

kinds! {
    Person people "person" { name: String, role: Role, active: bool, unescorted: bool }
    Training training "training-record" { person: String, course: Course, completed: Day, grade: Grade }
    Background checks "background-check" { person: String, level: Check, completed: Day, grade: Grade }
    Pass passes "access-pass" { holder: String, zone: Zone, expires: Day, returned: bool }
    Incident incidents "incident" { severity: Severity, category: Category, detected: Day, reported: Day }
    Analysis analyses "root-cause-analysis" { incident: String, completed: Day, human_factors: bool, lead: String }
    Action actions "corrective-action" { analysis: String, owner: String, verifier: String, status: Status, updated: Day }
    Audit audits "audit" { area: Area, date: Day, findings: i64, lead: String }
    Exercise exercises "exercise" { scenario: Scenario, date: Day, participants: i64, grade: Grade }
    Meeting meetings "meeting" { forum: Forum, date: Day, attendees: i64, lead: String }
    Kpi kpis "kpi-report" { indicator: Indicator, period_end: Day, value: i64, lead: String }
    Risk risks "risk-assessment" { asset: Asset, reviewed: Day, score: i64, owner: String }
    Document documents "document" { topic: Topic, stage: Stage, approved: Day, version: i64, owner: String }
    Review reviews "supplier-review" { class: Supplier, date: Day, grade: Grade, score: i64 }
}

/// The entity.
#[derive(Debug, Deserialize)]
pub(crate) struct Entity {
    /// Its kind.
    pub(crate) kind: EntityKind,
    /// Its facts.
    pub(crate) facts: Facts,
}

/// Facts about the entity.
#[derive(Debug, Deserialize)]
pub(crate) struct Facts {
    /// People who hold a pass.
    #[serde(rename = "pass-holders")]
    pub(crate) pass_holders: i64,
}

/// A bundle.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Bundle {
    /// Whom it is about.
    pub(crate) entity: Entity,
    /// The day.
    pub(crate) assessment_date: Day,
    /// The items.
    pub(crate) evidence: Evidence,
}

impl<'de> Deserialize<'de> for Evidence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Items;
        impl<'de> Visitor<'de> for Items {
            type Value = Evidence;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of items")
            }
            fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Evidence, A::Error> {
                let mut evidence = Evidence::default();
                while seq.next_element_seed(One(&mut evidence))?.is_some() {}
                Ok(evidence)
            }
        }
        deserializer.deserialize_seq(Items)
    }
}

/// Reads one item into its list. `id` and `kind` stand before `facts`.
struct One<'a>(&'a mut Evidence);

impl<'de> DeserializeSeed<'de> for One<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for One<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an item")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (mut id, mut kind) = (None::<String>, None::<&'de str>);
        while let Some(key) = map.next_key::<&'de str>()? {
            match key {
                "id" => id = Some(map.next_value()?),
                "kind" => kind = Some(map.next_value()?),
                "facts" => {
                    let id = id.take().ok_or_else(|| A::Error::missing_field("id"))?;
                    self.0.read(kind.ok_or_else(|| A::Error::missing_field("kind"))?, id, &mut map)?;
                }
                _ => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(())
    }
}

/// Reads a bundle.
pub(crate) fn read(json: &str) -> Bundle {
    serde_json::from_str(json).unwrap_or_else(|e| panic!("the workload's bundle is well-formed: {e}"))
}
