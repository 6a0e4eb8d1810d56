//! Which assessment `check`, `why`, `plan`, `next`, `forecast` and `export` are about: of which day, for whom, by which rules and policies.

use std::path::Path;
use std::sync::Arc;

use clap::Args;

use super::session::{self, Failure, OwnPolicies, Rules, Session};
use crate::base::Date;
use crate::evidence::Bundle;
use crate::host::errors;
use crate::library::{Checked, Library};
use crate::policy::{Audience, Policies};
use crate::syntax::Tests;

/// Which assessment.
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// The day to assess, or to look ahead from (default: the bundle's assessment date, else today)
    #[arg(long, value_name = "DATE", value_parser = session::date)]
    pub(super) as_of: Option<Date>,
    /// Whom it is for: security-manager, accountable-manager, inspector, front-line or public. What policies withhold from them is counted, not
    /// shown (default: the entity itself)
    #[arg(long, value_name = "ROLE", value_parser = Audience::parse)]
    pub(super) audience: Option<Audience>,
    #[command(flatten)]
    rules: Rules,
    #[command(flatten)]
    policies: OwnPolicies,
}

impl Asked {
    /// The rules, of which there must be some to check, and the policies, which are parsed beside them.
    pub(super) fn rules_and_policies(&self, session: &mut Session) -> Result<(Checked<Library>, Arc<Policies>), Failure> {
        let policies = session.policies(&self.policies)?;
        let library = session.library(&self.rules.choice(), Tests::Skip)?;
        if library.requirements.is_empty() {
            return Err(errors::no_requirements().into());
        }
        Ok((library, policies))
    }

    /// The bundle, with what was received by `known_at`, and the day its assessment is of.
    pub(super) fn bundle(
        &self,
        session: &mut Session,
        library: &Checked<Library>,
        path: &Path,
        known_at: Option<Date>,
    ) -> Result<(Bundle, Date), Failure> {
        let bundle = session.bundle(library, path, known_at, self.audience)?;
        let date = session::assessment_date(self.as_of, &bundle)?;
        Ok((bundle, date))
    }
}
