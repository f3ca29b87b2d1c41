//! What one area asks another to do later. Each is a sealed job, written with the change that asks for it.

use serde::{Deserialize, Serialize};

pub const RISK: &str = "risk.open";
pub const HOMEWORK: &str = "homework.give";

/// Please open a risk task.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Risk {
    /// A word of `care::risk::Source`.
    pub source: String,
    /// Whom it is about.
    pub person: i64,
    pub session: i64,
    /// Who should look after it; 0 for the office.
    pub owner: i64,
    pub opened_at: i64,
    /// What the person wrote; may be empty.
    pub detail: String,
}

/// Please hand out homework.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Homework {
    pub person: i64,
    pub session: i64,
    pub given_by: i64,
    pub text: String,
    pub days: u16,
    pub given_at: i64,
}
