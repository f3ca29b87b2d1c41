//! Topics (C2, C3) and types of groups (C4). Each word is also the key of its name: `topic-…`, `kind-…`.

pub const TOPICS: &[&str] = &[
    "anger",
    "anxiety",
    "borderline",
    "chronic-illness",
    "depression",
    "dbt-skills",
    "grief",
    "ocd",
    "relationships",
    "trauma",
    "substance-use",
    "couples",
    "family",
];

pub const KINDS: &[&str] = &["process", "cbt", "dbt", "mbct", "group-analytic", "skills-class", "support", "family", "workshop"];

/// A skills class is instruction and not therapy (E3); the practice decides that and says who did.
pub fn is_instruction(kind: &str) -> bool {
    matches!(kind, "skills-class" | "workshop")
}

/// Hard caps by type (E9): 12 in therapy, 15 in a class.
pub fn cap(kind: &str) -> u8 {
    if is_instruction(kind) { 15 } else { 12 }
}
