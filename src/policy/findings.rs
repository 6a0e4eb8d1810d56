//! Acts that a register of findings records: who raised, agreed, verified, closed or escalated one, who verified an action, who allowed more time.

use super::audience::{Audience, level};
use super::authority::{Deed, Of, Record, Stated};
use super::posts::Posts;
use super::reveal::{Look, Part};
use super::{Policies, PolicyPlace, Ruling};

/// An act of a register, as far as policies see it. What is `None` is not known.
#[derive(Debug, Clone)]
pub struct RegisterAct<'a> {
    /// The verb: a name of an action of the schema.
    pub verb: &'static str,
    /// Who did it, by id.
    pub by: &'a str,
    /// The roles they hold; `None` when nobody says.
    pub roles: Option<Vec<&'a str>>,
    /// What it was done to.
    pub of: ActedOn<'a>,
}

/// What an act of a register was done to.
#[derive(Debug, Clone)]
pub enum ActedOn<'a> {
    /// A finding.
    Finding {
        /// Whose finding it is, as a word.
        origin: Option<&'a str>,
        /// Its class, as a word.
        class: Option<&'a str>,
        /// The state it was in before; `none` for a new one.
        state: &'a str,
        /// Whoever owns an action of it.
        owners: Option<Vec<&'a str>>,
        /// Who filed its action plan; an empty text where nobody has.
        filed_by: Option<&'a str>,
    },
    /// An action of a finding.
    Action {
        /// Whose finding it is of, as a word.
        origin: Option<&'a str>,
        /// Who owns it.
        owner: Option<&'a str>,
    },
}

/// A policy that forbids an act, or would if something were known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Objection {
    /// Its `@id`.
    pub policy: String,
    /// Its `@because`.
    pub because: String,
    /// Its `@provision`, where law says so.
    pub provision: Option<String>,
    /// Where it stands.
    pub at: Option<PolicyPlace>,
    /// What it would need to know; empty when it is sure.
    pub needs: Vec<String>,
}

impl Policies {
    /// The policies that forbid an act, and those that might; none when it is permitted.
    #[must_use]
    pub fn objections(&self, act: &RegisterAct<'_>) -> Vec<Objection> {
        if self.none {
            return Vec::new();
        }
        let mut names = act.roles.clone().unwrap_or_default();
        names.sort_unstable();
        names.dedup();
        // More roles than a set of them can hold are as good as none that are known.
        let held = if names.len() < 128 { (1u128 << names.len()) - 1 } else { 0 };
        let untold = act.roles.is_none() || names.len() >= 128;
        let deed = Deed { action: act.verb, of: described(act), posts: Some(Posts { held, open: 0, untold }) };
        let mut objections = Vec::new();
        let provision = |id: &str| self.pages().into_iter().find(|p| p.id == id).and_then(|p| p.provision);
        match self.ruling(deed, &names) {
            Ruling::Permitted => {}
            Ruling::Denied(denials) => objections.extend(denials.into_iter().map(|d| Objection {
                provision: provision(&d.policy),
                policy: d.policy,
                because: d.because,
                at: d.at,
                needs: Vec::new(),
            })),
            Ruling::Doubted(doubts) => objections.extend(doubts.into_iter().map(|(d, needs)| Objection {
                provision: provision(&d.policy),
                policy: d.policy,
                because: d.because,
                at: d.at,
                needs: needs.into_iter().collect(),
            })),
        }
        objections
    }
}

impl Policies {
    /// Whether an audience may see a finding of a register, with this marking. One whose persons it may not see is withheld as a whole.
    #[must_use]
    pub fn shows_finding(&self, audience: Audience, marking: Option<&str>) -> bool {
        // What a finding of evidence is marked as where it does not say: it joins a weakness with a site.
        let look = Look { level: Some(level(marking.unwrap_or("official-sensitive"))), ..Look::default() };
        [Part::All, Part::People].into_iter().all(|part| self.hides(audience, "finding", part, look).is_empty())
    }
}

/// Persons are told apart by number: whoever acted is 0.
fn described<'a>(act: &RegisterAct<'a>) -> Of {
    let mut seen = vec![act.by];
    let mut number = |id: &'a str| number(&mut seen, id);
    match &act.of {
        ActedOn::Finding { origin, class, state, owners, filed_by } => {
            let mut stated = vec![
                ("origin", origin.map(term)),
                ("class", class.map(term)),
                ("state", Some(term(state))),
                ("owners", owners.as_ref().map(|all| Stated::Persons(all.iter().map(|id| number(id)).collect()))),
            ];
            match filed_by {
                Some("") => {}
                Some(id) => stated.push(("filed_by", Some(Stated::Person(number(id))))),
                None => stated.push(("filed_by", None)),
            }
            Of::Finding(Record { kind: "finding".to_owned(), stated, target: None })
        }
        ActedOn::Action { origin, owner } => {
            let owner = owner.map(|id| Stated::Person(number(id)));
            let stated = vec![("origin", origin.map(term)), ("owner", owner)];
            Of::Record(Record { kind: "corrective-action".to_owned(), stated, target: None })
        }
    }
}

fn number<'a>(seen: &mut Vec<&'a str>, id: &'a str) -> u8 {
    let at = seen.iter().position(|known| *known == id).unwrap_or_else(|| {
        seen.push(id);
        seen.len() - 1
    });
    // INVARIANT: only "whoever acted", 0, means something; past 255 people they are all somebody else.
    u8::try_from(at).unwrap_or(u8::MAX)
}

fn term(word: &str) -> Stated {
    Stated::Term(word.to_owned())
}
