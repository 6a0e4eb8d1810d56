//! Takes a page apart, and says what is wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

/// A tag as it stands in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) closes: bool,
    pub(super) attributes: Vec<(String, String)>,
    /// The text up to the next tag, as it is written.
    pub(super) after: String,
}

impl Tag {
    pub(super) fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == attribute).map(|(_, value)| value.as_str())
    }
}

/// What a reader sees for a text as it is written.
pub(super) fn shown(text: &str) -> String {
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    named.into_iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// All tags of a page.
pub(super) fn tags(page: &str) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::new();
    let mut rest = page.strip_prefix("<!doctype html>\n").expect("a page begins so");
    while let Some(start) = rest.find('<') {
        if let Some(last) = tags.last_mut() {
            last.after = rest[..start].to_owned();
        }
        rest = &rest[start + 1..];
        let tag = tag(&mut rest);
        // What stands in these is no markup.
        let raw = ["style", "script"].contains(&tag.name.as_str()) && !tag.closes;
        let end = format!("</{}>", tag.name);
        tags.push(tag);
        if raw {
            let at = rest.find(&end).unwrap();
            tags.last_mut().unwrap().after = rest[..at].to_owned();
            rest = &rest[at..];
            tags.push(self::tag(&mut &rest[1..]));
            rest = &rest[end.len()..];
        }
    }
    tags
}

fn tag(rest: &mut &str) -> Tag {
    let closes = rest.starts_with('/');
    let mut text = rest.trim_start_matches('/');
    let end = text.find([' ', '>', '\n']).unwrap();
    let name = text[..end].to_lowercase();
    text = &text[end..];
    let mut attributes = Vec::new();
    while let Some(attribute) = text.strip_prefix(' ') {
        let (name, value) = attribute.split_once("=\"").expect("a value in double quotes");
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "{name:?} is no name of an attribute");
        let (value, after) = value.split_once('"').expect("the end of a value");
        attributes.push((name.to_owned(), shown(value)));
        text = after;
    }
    *rest = text.strip_prefix('>').unwrap_or_else(|| panic!("no end of <{name}"));
    Tag { name, closes, attributes, after: String::new() }
}

const EMPTY: [&str; 3] = ["meta", "link", "input"];
/// What would fetch, send, or hold something from elsewhere.
const ASKING: [&str; 14] =
    ["img", "iframe", "frame", "object", "embed", "form", "base", "audio", "video", "source", "track", "applet", "image", "use"];
const ASKING_ATTRIBUTES: [&str; 10] =
    ["src", "srcset", "data", "action", "formaction", "poster", "background", "ping", "style", "srcdoc"];
const IN_SCRIPT: [&str; 13] = [
    "fetch(",
    "XMLHttpRequest",
    "import(",
    "WebSocket",
    "EventSource",
    "sendBeacon",
    "innerHTML",
    "outerHTML",
    "insertAdjacent",
    "eval(",
    "Function(",
    "document.write",
    "localStorage",
];

/// Everything that is wrong with a page.
pub(super) fn wrong(page: &str) -> Vec<String> {
    let tags = tags(page);
    let mut wrong = nesting(&tags);
    wrong.extend(security(&tags));
    wrong.extend(asking(&tags));
    wrong.extend(places(&tags));
    wrong.extend(headings(&tags));
    wrong
}

fn nesting(tags: &[Tag]) -> Vec<String> {
    let mut open: Vec<&str> = Vec::new();
    for tag in tags.iter().filter(|t| !EMPTY.contains(&t.name.as_str())) {
        if !tag.closes {
            open.push(&tag.name);
        } else if open.pop() != Some(&tag.name) {
            return vec![format!("</{}> closes nothing", tag.name)];
        }
    }
    open.into_iter().map(|name| format!("<{name}> is not closed")).collect()
}

/// The policy names the stylesheet and the script that are there, and allows nothing else.
fn security(tags: &[Tag]) -> Vec<String> {
    let raw = |name: &str| tags.iter().filter(|t| t.name == name && !t.closes).map(|t| t.after.as_str()).collect::<Vec<_>>();
    let (styles, scripts) = (raw("style"), raw("script"));
    let hashes =
        |texts: &[&str]| texts.iter().map(|t| format!(" 'sha256-{}'", base64(&Sha256::digest(t.as_bytes())))).collect::<String>();
    let wanted = format!(
        "default-src 'none'; style-src{}; script-src{}; img-src data:; base-uri 'none'; form-action 'none'",
        hashes(&styles),
        hashes(&scripts)
    );
    let said = tags.iter().find(|t| t.get("http-equiv") == Some("Content-Security-Policy")).and_then(|t| t.get("content"));
    let mut wrong = Vec::new();
    if said != Some(&wanted) {
        wrong.push(format!("the policy is {said:?}, not {wanted:?}"));
    }
    if (styles.len(), scripts.len()) != (1, 1) {
        wrong.push("there is not one stylesheet and one script".to_owned());
    }
    let asks = |text: &str| IN_SCRIPT.into_iter().find(|part| text.contains(part));
    wrong.extend(scripts.iter().filter_map(|s| asks(s)).map(|part| format!("the script says {part}")));
    let fetches = |text: &&str| text.contains("url(") || text.contains("@import") || text.contains("image-set(");
    wrong.extend(styles.iter().filter(|s| fetches(s)).map(|_| "the stylesheet fetches".to_owned()));
    wrong
}

/// By the bits: slow, and another way than the program's.
fn base64(bytes: &[u8]) -> String {
    let bits: String = bytes.iter().map(|b| format!("{b:08b}")).collect();
    let digits: Vec<char> = ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['+', '/']).collect();
    let six = |bits: &str| digits[usize::from_str_radix(&format!("{bits:0<6}"), 2).unwrap()];
    let mut text: String = (0..bits.len()).step_by(6).map(|at| six(&bits[at..bits.len().min(at + 6)])).collect();
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

fn asking(tags: &[Tag]) -> Vec<String> {
    let mut wrong = Vec::new();
    for tag in tags {
        if ASKING.contains(&tag.name.as_str()) {
            wrong.push(format!("<{}>", tag.name));
        }
        for (name, value) in &tag.attributes {
            let at = || format!("<{} {name}=\"{value}\">", tag.name);
            if name.starts_with("on") || ASKING_ATTRIBUTES.contains(&name.as_str()) || name.contains(':') {
                wrong.push(at());
            }
            let fits = match (tag.name.as_str(), name.as_str()) {
                ("a", "href") if value.starts_with('#') => true,
                ("a", "href") => {
                    ["https://", "http://"].iter().any(|s| value.starts_with(s)) && tag.get("rel") == Some("noreferrer")
                }
                ("link", "href") => value == "data:," && tag.get("rel") == Some("icon"),
                (_, name) => name != "href",
            };
            if !fits {
                wrong.push(at());
            }
            if name == "hidden" && tag.get("id") != Some("_filter") {
                wrong.push(format!("without the script nobody sees {}", at()));
            }
        }
    }
    wrong
}

/// Places are there once, and whatever leads to one finds it.
fn places(tags: &[Tag]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut ids = BTreeSet::new();
    for id in tags.iter().filter_map(|t| t.get("id")) {
        if !ids.insert(id) {
            wrong.push(format!("{id} is there twice"));
        }
    }
    for tag in tags {
        let named = ["aria-labelledby", "aria-describedby", "aria-controls", "for"].into_iter().filter_map(|a| tag.get(a));
        let linked = tag.get("href").and_then(|href| href.strip_prefix('#')).map(decoded);
        for id in named.flat_map(str::split_whitespace).map(str::to_owned).chain(linked) {
            if !ids.contains(id.as_str()) {
                wrong.push(format!("<{}> leads to {id}, which is not there", tag.name));
            }
        }
    }
    let mut regions = BTreeMap::new();
    // A section is a region with the name of its heading.
    let sections = tags.iter().filter(|t| t.name == "h2" && !t.closes).map(|t| t.after.as_str());
    let tables = tags.iter().filter(|t| t.get("role") == Some("region")).filter_map(|t| t.get("aria-label"));
    for label in sections.chain(tables) {
        *regions.entry(label).or_insert(0) += 1;
    }
    wrong.extend(regions.into_iter().filter(|(_, n)| *n > 1).map(|(label, _)| format!("two regions are called {label}")));
    for name in ["title", "header", "nav", "main", "footer"] {
        if !tags.iter().any(|t| t.name == name && !t.closes) {
            wrong.push(format!("there is no <{name}>"));
        }
    }
    wrong
}

fn decoded(place: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = place.bytes();
    while let Some(byte) = rest.next() {
        let hex = |rest: &mut dyn Iterator<Item = u8>| char::from(rest.next().unwrap()).to_digit(16).unwrap() as u8;
        bytes.push(if byte == b'%' { hex(&mut rest) * 16 + hex(&mut rest) } else { byte });
    }
    String::from_utf8(bytes).unwrap()
}

fn headings(tags: &[Tag]) -> Vec<String> {
    let level = |name: &str| name.strip_prefix('h').and_then(|n| n.parse::<u32>().ok());
    let levels: Vec<u32> = tags.iter().filter(|t| !t.closes).filter_map(|t| level(&t.name)).collect();
    let mut wrong = Vec::new();
    if levels.first() != Some(&1) || levels.iter().filter(|l| **l == 1).count() != 1 {
        wrong.push("a page has one first heading".to_owned());
    }
    wrong.extend(levels.windows(2).filter(|w| w[1] > w[0] + 1).map(|w| format!("a heading {} after a heading {}", w[1], w[0])));
    wrong
}
