//! Risk tasks: how long each may wait, and to whom it goes next.

use std::time::Duration;

/// Where a task comes from. Later sources are added here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// "I need help", in the room or on a page.
    AskedForHelp,
    /// A report of concern about something or somebody.
    Concern,
    /// Members wait and nobody has come to lead.
    LeaderMissing,
    /// A positive risk screen before the first seat.
    Screening,
    /// The same, and right now.
    ScreeningAcute,
    /// An answer in a measure that somebody must look at.
    Measure,
    /// A diary card says that something happened, or that it is as strong as it can be.
    DiaryCard,
    /// A member wrote a word that signals danger.
    Message,
    /// Members meet without staff, and one of them asks for somebody to come in.
    StaffCalled,
}

impl Source {
    const ALL: [Source; 9] = [
        Source::AskedForHelp,
        Source::Concern,
        Source::LeaderMissing,
        Source::Screening,
        Source::ScreeningAcute,
        Source::Measure,
        Source::DiaryCard,
        Source::Message,
        Source::StaffCalled,
    ];

    /// What nobody knows waits as a concern does.
    pub fn parse(word: &str) -> Source {
        Source::ALL.into_iter().find(|source| source.word() == word).unwrap_or(Source::Concern)
    }

    pub fn word(self) -> &'static str {
        match self {
            Source::AskedForHelp => "asked_for_help",
            Source::Concern => "concern",
            Source::LeaderMissing => "leader_missing",
            Source::Screening => "screening",
            Source::ScreeningAcute => "screening_acute",
            Source::Measure => "measure",
            Source::DiaryCard => "diary_card",
            Source::Message => "message",
            Source::StaffCalled => "staff_called",
        }
    }

    /// How long it may wait before it goes to the next person.
    pub fn patience(self) -> Duration {
        match self {
            Source::AskedForHelp | Source::ScreeningAcute | Source::DiaryCard | Source::Message => Duration::from_secs(15 * 60),
            Source::LeaderMissing | Source::StaffCalled => Duration::from_secs(5 * 60),
            Source::Concern | Source::Screening | Source::Measure => Duration::from_secs(4 * 3_600),
        }
    }
}

/// Who comes after `owner` in the line of those who can act; the last one keeps it.
pub fn next_owner(owner: i64, line: &[i64]) -> Option<i64> {
    match line.iter().position(|person| *person == owner) {
        Some(place) => line.get(place + 1).copied(),
        None => line.first().copied(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_down_the_line_and_stays_with_the_last() {
        assert_eq!(next_owner(1, &[1, 2, 3]), Some(2));
        assert_eq!(next_owner(3, &[1, 2, 3]), None);
        assert_eq!(next_owner(9, &[1, 2]), Some(1));
        assert_eq!(next_owner(9, &[]), None);
    }
}
