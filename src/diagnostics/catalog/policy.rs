//! What is wrong with policies.

table! {
    DUPLICATE_POLICY Error "duplicate-policy" "two policies have the same `@id`";
    MISSING_ANNOTATION Error "missing-annotation" "a policy does not say what it is called or why it forbids";
    POLICY_SCHEMA Error "policy-schema" "a policy asks for something that the schema of policies does not have";
    POLICY_SYNTAX Error "policy-syntax" "a text is not a Cedar policy";
}
