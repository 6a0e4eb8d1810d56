//! What is wrong with a register of findings, and with what stands in its records.

table! {
    ACTION_ITEM Error "action-item" "an action of a finding does not state something it needs";
    ACTION_WITHOUT_CAUSE Error "action-without-cause" "a corrective or preventive action addresses no cause";
    ANALYSIS_ITEM Error "analysis-item" "the analysis of a finding does not state something it needs";
    ASKS_NOTHING Error "asks-nothing" "a finding cites a provision that holds no duty";
    AUTHORITY_NOT_KNOWN Warning "authority-not-known" "whether a person might do what a finding records is not known";
    BINDS_OTHERS Error "binds-others" "a finding cites a provision that does not bind the kind of the entity";
    CAUSE_WITHOUT_ACTION Error "cause-without-action" "nothing is done about a cause of a finding";
    CITES_FOREIGN Error "cites-foreign" "a finding cites a provision that binds nobody in the United Kingdom";
    CITES_SEALED Warning "cites-sealed" "a finding cites a provision that is not public";
    CLASS_CONTRADICTED Error "class-contradicted" "the class of a finding says one thing and its record another";
    CLASS_FOR_SURVEY Warning "class-for-survey" "a class of compliance is given to what was seen in a survey";
    DATES_OUT_OF_ORDER Error "dates-out-of-order" "two dates of a finding stand the wrong way round";
    DUE_NOT_ALLOWED Error "due-not-allowed" "an action is due later than anybody allowed";
    EFFECT_NOT_CHECKED Warning "effect-not-checked" "a finding is closed and nobody looked whether an action helped";
    HOLIDAYS_NOT_KNOWN Warning "holidays-not-known" "working days are counted over a year whose bank holidays are not known";
    IMPOSSIBLE_MOVE Error "impossible-move" "a finding goes from one state to another that cannot follow it";
    LADDER_NOT_OURS Error "ladder-not-ours" "steps of the authority's ladder stand in an entity's own finding";
    MEASURE_ENDS_EARLY Error "measure-ends-early" "a compensatory measure ends before the correction is in place";
    MEASURE_WITHOUT_END Error "measure-without-end" "a compensatory measure has no end";
    MISSPELT_ROLE Warning "misspelt-role" "a role of a person reads like one that is known, and is not";
    MOVE_ITEM Error "move-item" "the history of a finding does not state something it needs";
    NO_ACTION_PLAN Error "no-action-plan" "an action plan was submitted that has no corrective action";
    NO_EVIDENCE Warning "no-evidence" "a deficiency names nothing that it rests on";
    NO_FINDINGS Error "no-findings" "there is no register of findings where one was looked for";
    NO_SYSTEMIC_CAUSE Warning "no-systemic-cause" "every cause of a finding is put down to a person";
    NOT_ANALYSED Error "not-analysed" "a deficiency went on to its action plan without an analysis of its cause";
    NOT_COMPLETED Error "not-completed" "an action is confirmed or verified that is not done";
    NOT_CONTAINED Error "not-contained" "a deficiency is neither put right at once nor made up for";
    NOT_LAW_THAT_DAY Error "not-law-that-day" "a finding cites a provision that was not in force on its day";
    NOT_PERMITTED Error "not-permitted" "a policy says that a person may not do what a finding records";
    NOT_VERIFIED Error "not-verified" "a remedy is recorded as verified and an action of it is not";
    ONLY_REMINDERS Error "only-reminders" "a cause lies in the system and people are only reminded";
    OTHER_ENTITY Error "other-entity" "a finding beside a bundle names another entity";
    RECURRENCE_NOT_SOUGHT Warning "recurrence-not-sought" "an analysis does not say whether its cause was looked for elsewhere";
    REPEATS_OTHER_MATTER Error "repeats-other-matter" "a finding repeats one of another matter";
    REPORT_ITEM Error "report-item" "a finding does not state an item that the law asks of a report";
    RUNG_ITEM Error "rung-item" "a step of the ladder of enforcement does not state something it needs";
    RUNG_SKIPPED Error "rung-skipped" "steps of the ladder of enforcement are skipped without a reason";
    SHORT_NOTICE Error "short-notice" "an enforcement notice gives less time than the law wants";
    UNKNOWN_CAUSE Error "unknown-cause" "an action names a cause that the analysis does not have";
    UNKNOWN_FINDING Error "unknown-finding" "a finding repeats one that the register does not have";
    UNKNOWN_MARKING Warning "unknown-marking" "a finding has a marking that is not known, so no audience sees it";
    UNKNOWN_MEMBER Warning "unknown-member" "a finding names a person whom nobody introduces";
}
