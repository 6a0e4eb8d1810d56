//! What may be relied on: the policies as they are written.

use super::{File, Site, address, frame};
use crate::library::model::ProvisionId;

pub(super) fn page(site: &Site<'_>) -> File {
    frame::page(site, address::POLICIES, "", "Policies", |h| {
        h.paragraph("When an item of evidence may not be relied on. An item that is barred makes nothing met, and its report names the policy.");
        for policy in site.policies {
            h.around("article", &[("id", &format!("policy-{}", policy.id))], |h| {
                h.block("h2", &[], |h| h.text(&policy.id));
                h.paragraph(&policy.because);
                if let Some(name) = &policy.provision {
                    // The library may be another than the one the policies were written for.
                    let known: Option<&ProvisionId> = site.library.names.provisions.get(name);
                    h.fields(|h| {
                        h.field("Provision", |h| match known {
                            Some(id) => site.provision(h, *id),
                            None => h.text(name),
                        });
                    });
                }
                h.block("pre", &[], |h| h.inline("code", &[], |h| h.lines(policy.text.trim_end())));
            });
        }
    })
}
