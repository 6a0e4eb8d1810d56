//! Who may see what, told a second time: not by the policies, but by what they are for.

use abide::library::Library;
use abide::library::model::{Common, Scalar};

use super::evidence::{MARKINGS, Owner, confidential};

/// What front-line staff and the public never see, however it is marked.
const NEED_TO_KNOW: [&str; 17] = [
    "audit",
    "certification",
    "corrective-action",
    "cyber-assessment",
    "duty-log",
    "equipment-test",
    "finding",
    "incident",
    "patrol-assessment",
    "risk",
    "risk-acceptance",
    "root-cause-analysis",
    "screener-evaluation",
    "security-report",
    "security-test",
    "threat-log-entry",
    "vulnerability-assessment",
];
/// What front-line staff see without a marking.
const GENERAL: [&str; 6] =
    ["communication", "communication-plan", "competence-framework", "security-policy", "shared-lesson", "training-plan"];

pub(super) fn need_to_know(audience: &str) -> bool {
    ["accountable-manager", "inspector", "security-manager"].contains(&audience)
}

/// Whether an audience may see an item at all.
pub(super) fn sees_item(library: &Library, audience: &str, kind: &str, marking: usize) -> bool {
    let shape = library.table_of(library.names.kinds[kind]);
    let own = shape.columns.iter().skip(Common::ALL.len());
    let personal = kind == "person" || own.clone().any(|c| !c.optional && c.of == Scalar::Ref(library.person));
    let usual = library.kind(library.names.kinds[kind]).marking.as_deref();
    match (audience, Some(MARKINGS[marking]).filter(|m| !m.is_empty()).or(usual)) {
        (_, Some("secret" | "confidentiel")) => false,
        (role, _) if need_to_know(role) => true,
        _ if personal || NEED_TO_KNOW.contains(&kind) => false,
        ("front-line", Some(marking)) => ["public", "official"].contains(&marking),
        ("front-line", None) => GENERAL.contains(&kind),
        (_, marking) => marking == Some("public"),
    }
}

/// Whether an audience may see a token.
pub(super) fn sees(library: &Library, audience: &str, owner: &Owner) -> bool {
    match owner {
        Owner::Nobody => false,
        Owner::Statement => need_to_know(audience),
        Owner::Item { kind, marking, field, names_person } => {
            let in_confidence =
                kind == "security-report" && confidential(*marking) != Some(false) && audience != "security-manager";
            // Days and the name of the item stay; texts, persons and attachments could tell who made it.
            let telling = *names_person || ["title", "category", "outcome"].contains(&field.as_str());
            sees_item(library, audience, kind, *marking)
                && !(in_confidence && telling)
                && (!names_person || need_to_know(audience))
        }
    }
}
