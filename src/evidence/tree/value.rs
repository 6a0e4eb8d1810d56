//! Trees as the JSON that a schema speaks of: nothing is copied, scalars are typed when asked for.

use std::borrow::Cow;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, Node, NodeIdentity, Object};
use serde_json::{Number, Value};

use super::{NodeKind, View};
use crate::evidence::convert::number;

/// The representation.
#[derive(Debug)]
pub(in crate::evidence) struct TreeJson;

/// A value.
#[derive(Debug, Clone, Copy)]
pub(in crate::evidence) enum Instance<'a> {
    /// A node.
    At(View<'a>),
    /// The name of a property.
    Name(&'a str),
}

impl Json for TreeJson {
    type Node<'a> = Instance<'a>;
    type PreparedKey = Box<str>;
    type StringBuffer = ();

    // A look-up walks over the keys, so one pass over them is never dearer.
    const KEYS_PER_LOOKUP: usize = 64;
    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> Box<str> {
        key.into()
    }

    fn with_string_node<T>((): &mut (), string: &str, f: impl FnOnce(Instance<'_>) -> T) -> T {
        f(Instance::Name(string))
    }
}

/// A record.
#[derive(Debug, Clone, Copy)]
pub(in crate::evidence) struct Record<'a>(View<'a>);

/// A list.
#[derive(Debug, Clone, Copy)]
pub(in crate::evidence) struct List<'a>(View<'a>);

/// A number.
#[derive(Debug, Clone, Copy)]
pub(in crate::evidence) struct Numeral<'a>(&'a str);

impl<'a> Instance<'a> {
    /// The text of a scalar and the JSON type it has.
    fn scalar(self) -> Option<(&'a str, JsonType)> {
        let view = match self {
            Self::Name(name) => return Some((name, JsonType::String)),
            Self::At(view) => view,
        };
        let text = view.text()?;
        if !view.is_plain() {
            return Some((text, JsonType::String));
        }
        let of = match text.as_bytes().first() {
            Some(b't' | b'f') if matches!(text, "true" | "false") => JsonType::Boolean,
            Some(b'-' | b'0'..=b'9') if number::is_number(text) && !text.contains('_') => JsonType::Number,
            _ => JsonType::String,
        };
        Some((text, of))
    }

    fn of_type(self, wanted: JsonType) -> Option<&'a str> {
        self.scalar().filter(|(_, of)| *of == wanted).map(|(text, _)| text)
    }
}

impl<'a> Node<'a, TreeJson> for Instance<'a> {
    type Object = Record<'a>;
    type Array = List<'a>;
    type Number = Numeral<'a>;

    fn as_object(&self) -> Option<Record<'a>> {
        match self {
            Self::At(view) if view.is_mapping() => Some(Record(*view)),
            Self::At(_) | Self::Name(_) => None,
        }
    }

    fn as_array(&self) -> Option<List<'a>> {
        match self {
            Self::At(view) if view.is_sequence() => Some(List(*view)),
            Self::At(_) | Self::Name(_) => None,
        }
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        self.of_type(JsonType::String).map(Cow::Borrowed)
    }

    fn as_number(&self) -> Option<Numeral<'a>> {
        self.of_type(JsonType::Number).map(Numeral)
    }

    fn as_boolean(&self) -> Option<bool> {
        self.of_type(JsonType::Boolean).map(|t| t == "true")
    }

    fn is_null(&self) -> bool {
        matches!(self, Self::At(view) if view.is_null())
    }

    fn json_type(&self) -> JsonType {
        match self {
            Self::Name(_) => JsonType::String,
            Self::At(view) => match view.kind() {
                NodeKind::Null => JsonType::Null,
                NodeKind::Sequence { .. } => JsonType::Array,
                NodeKind::Mapping { .. } => JsonType::Object,
                NodeKind::Verbatim { plain: false } | NodeKind::Owned { plain: false, .. } => JsonType::String,
                NodeKind::Verbatim { plain: true } | NodeKind::Owned { plain: true, .. } => {
                    self.scalar().map_or(JsonType::String, |(_, of)| of)
                }
            },
        }
    }

    fn equals_value(&self, expected: &Value) -> bool {
        match expected {
            Value::String(text) => self.of_type(JsonType::String) == Some(text.as_str()),
            Value::Null => self.is_null(),
            Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                jsonschema::json::cmp::equal(&self.to_value(), expected)
            }
        }
    }

    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(match (self.scalar(), self) {
            (Some((text, JsonType::Boolean)), _) => Value::Bool(text == "true"),
            (Some((text, JsonType::Number)), _) => Value::Number(numeral(text)),
            (Some((text, _)), _) => Value::String(text.to_owned()),
            (None, Self::At(view)) if view.is_mapping() => Value::Object(
                view.pairs().map(|(k, v)| (k.text().unwrap_or("").to_owned(), Instance::At(v).to_value().into_owned())).collect(),
            ),
            (None, Self::At(view)) if view.is_sequence() => {
                Value::Array(view.elements().map(|e| Instance::At(e).to_value().into_owned()).collect())
            }
            (None, _) => Value::Null,
        })
    }

    /// The schemas of items have no `$ref` in them, so nothing is ever validated twice.
    fn identity(&self) -> Option<NodeIdentity> {
        None
    }
}

impl<'a> Object<'a, TreeJson> for Record<'a> {
    type Node = Instance<'a>;
    type MemberName = &'a str;
    type MembersIter = Box<dyn Iterator<Item = (&'a str, Instance<'a>)> + 'a>;

    fn len(&self) -> usize {
        match self.0.kind() {
            NodeKind::Mapping { len, .. } => len as usize,
            NodeKind::Verbatim { .. } | NodeKind::Owned { .. } | NodeKind::Null | NodeKind::Sequence { .. } => 0,
        }
    }

    fn get(&self, key: &Box<str>) -> Option<Instance<'a>> {
        self.0.get(key).map(Instance::At)
    }

    fn members(&self) -> Self::MembersIter {
        Box::new(self.0.pairs().map(|(k, v)| (k.text().unwrap_or(""), Instance::At(v))))
    }
}

impl<'a> Array<'a, TreeJson> for List<'a> {
    type Node = Instance<'a>;
    type ElementsIter = Box<dyn Iterator<Item = Instance<'a>> + 'a>;

    fn len(&self) -> usize {
        match self.0.kind() {
            NodeKind::Sequence { len, .. } => len as usize,
            NodeKind::Verbatim { .. } | NodeKind::Owned { .. } | NodeKind::Null | NodeKind::Mapping { .. } => 0,
        }
    }

    fn elements(&self) -> Self::ElementsIter {
        Box::new(self.0.elements().map(Instance::At))
    }
}

impl JsonNumber for Numeral<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    fn as_f64(&self) -> Option<f64> {
        self.0.parse().ok()
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0)
    }

    fn to_number(&self) -> Cow<'_, Number> {
        Cow::Owned(numeral(self.0))
    }

    fn is_integer(&self) -> bool {
        self.0.bytes().all(|b| b.is_ascii_digit() || b == b'-') || number::whole(self.0).is_some()
    }
}

/// A number for a message; one that is too large for it becomes zero.
fn numeral(text: &str) -> Number {
    text.parse().unwrap_or_else(|_| Number::from(0))
}
