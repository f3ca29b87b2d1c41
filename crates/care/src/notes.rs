//! What notes begin with: facts of the session, nothing about anybody else.

/// What one member's note may be prefilled from. It has no place for another person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemberFacts {
    pub attended_minutes: i64,
    pub late_minutes: i64,
    pub left_early_minutes: i64,
    pub mood_before: Option<u8>,
    pub mood_after: Option<u8>,
    pub word: String,
    pub concern: String,
    pub passed_check_in: bool,
    pub homework: Vec<String>,
    pub asked_for_help: bool,
}

/// The session-level facts of the group note.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupFacts {
    pub date: String,
    pub start: String,
    pub end: String,
    pub participants: usize,
    pub phases: Vec<(String, i64)>,
    pub themes: Vec<String>,
}

/// Sections by key and line, ready to be written out in the author's language.
pub type Lines = Vec<(&'static str, String)>;

pub fn member_lines(facts: &MemberFacts) -> Lines {
    let mut lines = vec![("note-attended", facts.attended_minutes.to_string())];
    if facts.late_minutes > 0 {
        lines.push(("note-late", facts.late_minutes.to_string()));
    }
    if facts.left_early_minutes > 0 {
        lines.push(("note-left-early", facts.left_early_minutes.to_string()));
    }
    match (facts.mood_before, facts.mood_after) {
        (Some(before), Some(after)) => lines.push(("note-mood-both", format!("{before} → {after}"))),
        (Some(one), None) | (None, Some(one)) => lines.push(("note-mood-one", one.to_string())),
        (None, None) => {}
    }
    for (key, text) in [("note-word", &facts.word), ("note-concern", &facts.concern)] {
        if !text.is_empty() {
            lines.push((key, text.clone()));
        }
    }
    if facts.passed_check_in {
        lines.push(("note-passed", String::new()));
    }
    if facts.asked_for_help {
        lines.push(("note-asked-for-help", String::new()));
    }
    lines.extend(facts.homework.iter().map(|text| ("note-homework", text.clone())));
    lines
}

pub fn group_lines(facts: &GroupFacts) -> Lines {
    let mut lines = vec![
        ("note-date", facts.date.clone()),
        ("note-times", format!("{} – {}", facts.start, facts.end)),
        ("note-participants", facts.participants.to_string()),
    ];
    lines.extend(facts.phases.iter().map(|(name, minutes)| ("note-phase", format!("{name}: {minutes} min"))));
    lines.extend(facts.themes.iter().map(|theme| ("note-theme", theme.clone())));
    lines
}
