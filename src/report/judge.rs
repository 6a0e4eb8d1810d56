//! What is wrong with a judgement: nobody made it, the wrong person did, it is out of date, or it says no.

use super::explain::{Part, Point};
use super::voice::Voice;
use crate::assess::{JudgeState, Reason, Recorded, Verdict};
use crate::diagnostics::render::clean;
use crate::evidence::{At, Judgement};
use crate::library::model::{Judge, Requirement, TableId};

/// Who answered, as what, when, why, and until when it counts.
pub(super) fn recorded(voice: Voice<'_>, judge: &Judge, recorded: &Judgement) -> String {
    let person = |row| voice.brief(At { table: TableId(voice.library.person.0), row, field: None });
    let who = recorded.by.map_or_else(|| "somebody not named".to_owned(), person);
    let until =
        judge.valid.and_then(|p| recorded.on.plus(p)).map_or_else(String::new, |last| format!("; it counts until {last}"));
    let why = recorded.reason.as_deref().map_or_else(String::new, |why| format!(": \"{}\"", clean::line(why)));
    format!("{who}, {}, on {}{until}{why}", voice.role(&recorded.role), recorded.on)
}

/// What a judgement makes of its requirement; `None` when it is answered yes.
pub(super) const fn verdict(state: JudgeState) -> Option<Verdict> {
    match state {
        JudgeState::Yes(_) => None,
        JudgeState::No(_) => Some(Verdict::NotMet(Reason::Contradicted)),
        JudgeState::OutOfDate(_)
        | JudgeState::WrongRole(_)
        | JudgeState::Refused(_)
        | JudgeState::Doubted(_)
        | JudgeState::Missing => Some(Verdict::NeedsJudgement),
    }
}

/// The part for one judgement; `None` when it is answered yes.
pub(super) fn part(voice: Voice<'_>, requirement: &Requirement, judge: &Judge, state: JudgeState) -> Option<Part> {
    let verdict = verdict(state)?;
    let recorded = |at: u32| voice.bundle.judgements.get(at as usize);
    let by = |at: u32| {
        let who = recorded(at)
            .and_then(|j| j.by.map(|row| voice.brief(At { table: TableId(voice.library.person.0), row, field: None })));
        who.unwrap_or_else(|| "somebody not named".to_owned())
    };
    let on = |at: u32| recorded(at).map_or_else(String::new, |j| format!(" on {}", j.on));
    let who = judge.by.iter().map(|r| format!("the {}", voice.role(r))).collect::<Vec<_>>().join(" or ");
    let (text, short, at) = match state {
        JudgeState::Yes(_) => return None,
        JudgeState::No(at) => (format!("{} answered no{}", by(at), on(at)), "answered no", Some(at)),
        JudgeState::OutOfDate(at) => {
            let valid = judge.valid.map_or_else(String::new, |p| format!("; an answer counts for {p}"));
            (format!("{} answered{}{valid}", by(at), on(at)), "out of date", Some(at))
        }
        JudgeState::WrongRole(at) => {
            let role = voice.role(recorded(at).map_or("", |j| j.role.as_str()));
            (format!("{} answered as {role}; it is for {who} to answer", by(at)), "may not answer this", Some(at))
        }
        JudgeState::Refused(at) => {
            let why = voice.refused(Recorded::Judgement(at));
            (format!("{} answered{}, but {why}", by(at), on(at)), "does not count", Some(at))
        }
        JudgeState::Doubted(at) => {
            let why = voice.refused(Recorded::Judgement(at));
            (format!("{} answered{}; {why}", by(at), on(at)), "not shown to count", Some(at))
        }
        JudgeState::Missing => (format!("nobody has answered; it is for {who} to answer"), "", None),
    };
    let remedy = match verdict {
        Verdict::NotMet(_) => "Put right what the judgement says is wrong, then have it judged again.".to_owned(),
        Verdict::NeedsJudgement if matches!(state, JudgeState::Doubted(_)) => {
            "State the roles of whoever answered, or file the letter of appointment.".to_owned()
        }
        _ => format!("Get it answered by {who}, and record the answer with name, role and date."),
    };
    Some(Part {
        name: judge.name.clone(),
        title: clean::line(&judge.question).into_owned(),
        verdict,
        points: vec![Point { text, because: Vec::new() }],
        more: 0,
        remedies: vec![remedy],
        guidance: requirement.guidance.as_deref().map(|g| clean::line(g).into_owned()),
        rule: (judge.span, "asked here".to_owned()),
        evidence: at.and_then(recorded).map(|j| (j.span, short.to_owned())),
    })
}
