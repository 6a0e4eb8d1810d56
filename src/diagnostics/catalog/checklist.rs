//! What is wrong with a checklist that somebody filled in.

table! {
    CHECKLIST Error "checklist" "a workbook is no checklist that can be taken back";
    CHECKLIST_CELL Error "checklist-cell" "a cell of a checklist cannot be taken";
    CHECKLIST_CHANGED Warning "checklist-changed" "rules or evidence are not what they were when a checklist was written";
    CHECKLIST_DATE Warning "checklist-date" "a target date of a checklist is not a day";
    CHECKLIST_ROW Error "checklist-row" "a row of a checklist belongs to no requirement, or to more than one";
    CHECKLIST_ROW_GONE Warning "checklist-row-gone" "a checklist has no row for a requirement that it is about";
    CLAIM_CONTRADICTED Warning "claim-contradicted" "an entity says of a requirement what its evidence does not show";
}
