//! The words of the library: vocabularies with their terms, and facts about an entity.

use super::{File, Site, address, frame};
use crate::library::model::{FactId, Term, VocabularyId};
use crate::report::markup::Html;

pub(super) fn page(site: &Site<'_>) -> File {
    frame::page(site, address::WORDS, "", "Words", |h| {
        frame::contents(h, &[("facts", "Facts"), ("vocabularies", "Vocabularies")]);
        h.heading("h2", "facts", "Facts");
        h.paragraph("What an entity says of itself.");
        h.table("Facts", &["Fact", "Name", "Type", "What it says"], |h| {
            for (id, fact) in (0u32..).map(FactId).zip(&site.library.facts) {
                h.block("tr", &[("id", &site.fact_place(id).place)], |h| {
                    h.row_head(|h| h.text(&fact.title));
                    h.cell(|h| h.name(&fact.name));
                    h.cell(|h| site.scalar(h, fact.of));
                    h.cell(|h| h.text(fact.doc.as_deref().unwrap_or_default()));
                });
            }
        });
        h.heading("h2", "vocabularies", "Vocabularies");
        h.paragraph("Closed lists of terms that fields take.");
        for (id, vocabulary) in (0u32..).map(VocabularyId).zip(&site.library.vocabularies) {
            h.around("article", &[("id", &site.vocabulary_place(id).place)], |h| {
                h.block("h3", &[], |h| h.name(&vocabulary.name));
                h.paragraph(vocabulary.doc.as_deref().unwrap_or_default());
                if vocabulary.ordered {
                    h.paragraph("In order, the least first.");
                }
                terms(h, &vocabulary.terms);
            });
        }
    })
}

fn terms(h: &mut Html, terms: &[Term]) {
    h.list(terms, "It has no terms.", |h, term| {
        h.name(&term.name);
        if term.title != term.name {
            h.text(&format!(" {}", term.title));
        }
    });
}
