//! What may be relied on: the policies as they are written.

use super::{File, Site, address, frame};
use crate::policy::Question;

pub(super) fn page(site: &Site<'_>) -> File {
    frame::page(site, address::POLICIES, "", "Policies", |h| {
        h.paragraph(
            "What may be relied on, and who may do what. What a policy forbids makes nothing met, and a report names the policy and its reason.",
        );
        for policy in site.policies {
            h.around("article", &[("id", &format!("policy-{}", policy.id))], |h| {
                h.block("h2", &[], |h| h.text(&policy.id));
                h.paragraph(&policy.because);
                h.fields(|h| {
                    h.field_text("Answers", policy.question.map_or("a question of your own policies", Question::asks));
                    if let Some(name) = &policy.provision {
                        // The library may be another than the one the policies were written for.
                        h.field("Provision", |h| match site.library.names.provisions.get(name) {
                            Some(id) => site.provision(h, *id),
                            None => h.text(name),
                        });
                    }
                });
                h.block("pre", &[], |h| h.inline("code", &[], |h| h.lines(policy.text.trim_end())));
            });
        }
    })
}
