//! The fixed words of a finding's record. Where the built-in library has a vocabulary for the same thing, the words are its terms; a test compares them.

pub use crate::base::Nation;

/// A value out of a few fixed words.
pub trait Word: Copy + Sized + 'static {
    /// All of them, in order.
    const ALL: &'static [Self];

    /// As it is written in a record.
    fn word(self) -> &'static str;

    /// As a person reads it, inside a sentence.
    fn title(self) -> &'static str;

    /// The value of a word.
    fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.word() == text)
    }
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $variant:ident $word:literal $title:literal;)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$each])* $variant,)* }

        impl Word for $name {
            const ALL: &'static [Self] = &[$(Self::$variant,)*];

            fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }
        }
    )*};
}

words! {
    /// The six classes of Regulation 300/2008, Annex II, Appendix II. A person chooses among them, never a machine.
    Class {
        /// Nothing to add.
        FullyCompliant "fully-compliant" "fully compliant";
        /// A recommendation may follow.
        Improvable "compliant-improvable" "compliant, but improvement desirable";
        /// A deficiency.
        NotCompliant "not-compliant" "not compliant";
        /// A deficiency for which steps of the ladder may be skipped.
        SeriouslyDeficient "seriously-deficient" "not compliant, with serious deficiencies";
        /// The measure does not arise here.
        NotApplicable "class-not-applicable" "not applicable";
        /// It could not be seen this time. Not a pass.
        NotConfirmed "class-not-confirmed" "not confirmed";
    }

    /// What the authority, or internal quality control, did. Each is a thing of its own in Annex II.
    ActivityKind {
        /// A security audit.
        Audit "audit" "audit";
        /// An inspection.
        Inspection "inspection" "inspection";
        /// A test.
        Test "test" "test";
        /// A survey.
        Survey "survey" "survey";
        /// An investigation.
        Investigation "investigation" "investigation";
    }

    /// Whose finding it is.
    Origin {
        /// The entity's own.
        Internal "internal-quality-control" "internal quality control";
        /// The authority's.
        Authority "authority-monitoring" "monitoring by the authority";
        /// Raised after a report by staff.
        StaffReport "staff-report" "a report by staff";
        /// Raised after an incident.
        Incident "incident-review" "the review of an incident";
    }

    /// Where a finding stands. In order, except that a finding may be escalated from anywhere while it is open.
    State {
        /// Written down.
        Raised "raised" "raised";
        /// The instance is put right.
        Contained "contained" "contained";
        /// Its cause is known.
        Analysed "analysed" "cause analysed";
        /// The entity filed its action plan.
        PlanFiled "plan-filed" "action plan submitted";
        /// Whoever raised it agreed to the plan.
        PlanAgreed "plan-agreed" "action plan agreed";
        /// The plan is carried out.
        UnderWay "under-way" "in progress";
        /// The entity says that it is done.
        Reported "reported" "completion confirmed";
        /// Somebody else looked.
        Checked "checked" "remedy verified";
        /// Nothing is left to do.
        Shut "shut" "closed";
        /// It was late, or serious, and went up the ladder.
        Escalated "escalated" "escalated";
    }

    /// What an action is for.
    ActionKind {
        /// Removes the cause of what happened.
        Corrective "corrective" "corrective action";
        /// Removes the cause of what could happen.
        Preventive "preventive" "preventive action";
        /// Limits the impact until the deficiency is corrected; it always ends.
        Compensatory "compensatory" "compensatory measure";
    }

    /// Which way an action works.
    WorksBy {
        /// Changes the process.
        Process "process-change" "changes the process";
        /// Changes the equipment.
        Equipment "equipment-change" "changes the equipment";
        /// Changes the workplace.
        Workplace "workplace-change" "changes the workplace";
        /// Changes the supervision.
        Supervision "supervision-change" "changes the supervision";
        /// Changes the staffing.
        Staffing "staffing-change" "changes the staffing";
        /// Changes what the training teaches.
        Training "training-change" "changes what the training teaches";
        /// Tells people again. No change of the system.
        Reminder "reminder-only" "reminds or retrains the person concerned";
    }

    /// Fields of a cause, as a fishbone diagram sorts them.
    Category {
        /// People.
        People "people" "people";
        /// Process.
        Process "working-process" "process";
        /// Equipment.
        Equipment "equipment" "equipment";
        /// Environment.
        Environment "environment" "environment";
        /// Organisation.
        Organisation "organisation" "organisation";
        /// Information.
        Information "information" "information";
    }

    /// How the cause was looked for.
    Method {
        /// Why, five times.
        FiveWhys "five-whys" "five whys";
        /// Ishikawa, or fishbone.
        Fishbone "fishbone" "fishbone diagram";
        /// Human Factors Analysis and Classification System.
        Hfacs "hfacs" "HFACS";
        /// Bow-tie.
        BowTie "bow-tie" "bow-tie";
        /// Fault tree.
        FaultTree "fault-tree" "fault tree";
        /// Timeline, or STEP.
        Timeline "timeline" "timeline";
        /// Barriers, or "Swiss cheese".
        Barriers "barrier-analysis" "analysis of barriers";
    }

    /// Rungs of the ladder of graduated enforcement (Annex II, 2.3, and the Aviation Security Act 1982), lowest first.
    Step {
        /// Annex II, 2.3.
        Advice "advice" "advice and recommendation";
        /// Annex II, 2.3.
        Warning "formal-warning" "formal warning";
        /// Annex II, 2.3, and section 18A.
        Notice "enforcement-notice" "enforcement notice";
        /// Annex II, 2.3: what the law has beyond a notice.
        Sanction "sanction" "sanctions and legal proceedings";
    }

    /// Roles that decide who may move a finding; a person may hold others, which are kept as they are written.
    Role {
        /// Inspects for the authority.
        Inspector "caa-inspector" "inspector of the authority";
        /// Assesses for the authority.
        Assessor "caa-assessor" "assessor of the authority";
    }
}

impl Word for Nation {
    const ALL: &'static [Self] = &[Self::EnglandAndWales, Self::Scotland, Self::NorthernIreland];

    fn word(self) -> &'static str {
        match self {
            Self::EnglandAndWales => "england-and-wales",
            Self::Scotland => "scotland",
            Self::NorthernIreland => "northern-ireland",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::EnglandAndWales => "England and Wales",
            Self::Scotland => "Scotland",
            Self::NorthernIreland => "Northern Ireland",
        }
    }
}

impl Class {
    /// Whether it says that a requirement of aviation security was not complied with.
    #[must_use]
    pub const fn is_deficiency(self) -> bool {
        matches!(self, Self::NotCompliant | Self::SeriouslyDeficient)
    }

    /// Whether it says that the measure was seen and is in order.
    #[must_use]
    pub const fn is_compliant(self) -> bool {
        matches!(self, Self::FullyCompliant | Self::Improvable)
    }
}

impl State {
    /// Where it stands in the order; `None` for the one that has no place in it.
    #[must_use]
    pub const fn rank(self) -> Option<usize> {
        match self {
            Self::Raised => Some(0),
            Self::Contained => Some(1),
            Self::Analysed => Some(2),
            Self::PlanFiled => Some(3),
            Self::PlanAgreed => Some(4),
            Self::UnderWay => Some(5),
            Self::Reported => Some(6),
            Self::Checked => Some(7),
            Self::Shut => Some(8),
            Self::Escalated => None,
        }
    }
}
