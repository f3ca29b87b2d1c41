//! The ground rules, in our own words, one text per language. Their version is the hash of both.

pub const ENGLISH: &str = include_str!("../../../content/ground-rules/en.txt");
pub const SPANISH: &str = include_str!("../../../content/ground-rules/es.txt");

/// What is hashed: a change in either language asks everybody again.
pub fn both() -> String {
    format!("{ENGLISH}\n\u{1f}\n{SPANISH}")
}

/// The paragraphs in this language ("es", else English).
pub fn paragraphs(language: &str) -> impl Iterator<Item = &'static str> {
    let text = if language == "es" { SPANISH } else { ENGLISH };
    text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty())
}
