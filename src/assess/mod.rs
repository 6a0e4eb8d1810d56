//! The judge: library, bundle and date to an [`Assessment`]. Pure, total, deterministic: no files, no clock, and it cannot fail.

mod assessment;
mod ground;

pub use assessment::{
    Assessment, Barred, ClauseOutcome, ComponentOutcome, Coverage, JudgeOutcome, JudgeState, Lapse, Lapsing, LevelOutcome,
    Outcome, ProvisionStatus, Reason, Scope, Verdict,
};
pub use ground::{Element, Elements, From, Ground, Nearest, Rhythm, Shown, Step, Wanted};
