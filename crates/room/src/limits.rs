//! Every length and count a person can send, in one place: characters (Unicode scalar values), seconds, minutes, entries.

use crate::{
    at::{MINUTE, Millis, SECOND},
    refusal::Refusal,
};

pub const CHAT_CHARS: usize = 1_000;
/// Whom a leader can write to aside from the circle: one, or two at once.
pub const TOLD_AT_ONCE: std::ops::RangeInclusive<usize> = 1..=2;
pub const PROMPT_CHARS: usize = 300;
pub const WORD_CHARS: usize = 30;
pub const CONCERN_CHARS: usize = 500;
pub const TAKEAWAY_CHARS: usize = 300;
pub const HOMEWORK_CHARS: usize = 500;
pub const FREE_LINE_CHARS: usize = 500;

pub const CHAT_MESSAGES: usize = 2_000;
pub const TAKEAWAYS: usize = 60;
pub const HOMEWORK_EACH: usize = 5;
/// Homework may be due up to four weeks ahead.
pub const HOMEWORK_DAYS: u16 = 28;

pub const TURN_SECONDS: std::ops::RangeInclusive<u16> = 15..=900;
pub const MARKER_CHARS: usize = 200;
/// More moments than this nobody reads afterwards.
pub const MARKERS: usize = 200;
/// Options of a poll or of a question in a quiz.
pub const POLL_OPTIONS: std::ops::RangeInclusive<usize> = 2..=8;
pub const OPTION_CHARS: usize = 80;
pub const POLLS: usize = 40;
/// So many have to answer before anything is said of anonymous answers, or of who knew what.
pub const FEWEST: usize = 4;
pub const QUIZ_QUESTIONS: std::ops::RangeInclusive<usize> = 1..=10;
pub const QUIZZES: usize = 20;
pub const EXPLANATION_CHARS: usize = 500;
pub const CALM_MINUTES: std::ops::RangeInclusive<u16> = 1..=10;
/// Quiet to write in, and a page that somebody can fill in that time.
pub const QUIET_MINUTES: std::ops::RangeInclusive<u16> = 1..=20;
pub const JOURNAL_CHARS: usize = 6_000;
pub const JOURNAL_LINE_CHARS: usize = 200;
pub const JOURNAL_ROUNDS: usize = 6;
/// With fewer lines than this somebody who knows the group would know whose they are.
pub const JOURNAL_LINES_LEAST: usize = 3;
/// A scene that is played: its parts, its texts, its time, and what watchers say of it.
pub const SCENE_PARTS: std::ops::RangeInclusive<usize> = 1..=4;
pub const SCENE_NAME_CHARS: usize = 40;
pub const SCENE_WANTS_CHARS: usize = 200;
pub const SCENE_TITLE_CHARS: usize = 80;
pub const SCENE_SETTING_CHARS: usize = 400;
pub const SCENE_WATCH_CHARS: usize = 200;
pub const SCENE_MINUTES: std::ops::RangeInclusive<u16> = 1..=20;
pub const SEEN_CHARS: usize = 200;
/// Decks and films of the library: pages, and how far into a film anybody can be (milliseconds).
pub const DECK_PAGES: std::ops::RangeInclusive<u16> = 1..=300;
pub const MATERIAL_CHARS: usize = 120;
/// The parts of a reading that a group can be at: no text of the library has more.
pub const READING_PARTS: u16 = care::library::PARTS;
pub const FILM: std::ops::RangeInclusive<Millis> = 0..=4 * 60 * MINUTE;
/// Captions: letters of one line, and lines that stand on the screen; letters of a language's name.
pub const CAPTION_CHARS: usize = 200;
pub const CAPTION_LINES: usize = 2;
pub const LANGUAGE_CHARS: usize = 40;
/// Small tables: how many at once, how long, how long a way back.
pub const TABLES: std::ops::RangeInclusive<usize> = 2..=7;
pub const TABLE_MINUTES: std::ops::RangeInclusive<u16> = 1..=60;
pub const BACK_SECONDS: u16 = 120;
pub const TABLE_NOTE_CHARS: usize = 1_000;
/// A visit is announced this long before the leader sits down.
pub const ANNOUNCED: Millis = 5 * SECOND;
/// The whiteboard: boards of one evening in the circle, and at all tables together (the most tables, four times); things on one, things in one
/// message, points of one stroke, letters of one text.
pub const BOARDS: usize = 12;
pub const TABLE_BOARDS: usize = 28;
pub const BOARD_ELEMENTS: usize = 10_000;
pub const BOARD_AT_ONCE: usize = 200;
pub const STROKE_POINTS: usize = 2_000;
pub const BOARD_TEXT_CHARS: usize = 2_000;
pub const BOARD_NAME_CHARS: usize = 64;
pub const BOARD_GROUPS: usize = 16;
/// All that lies there together, in bytes, and how many numbers are remembered with those of things that are gone.
pub const BOARD_BYTES: usize = 8 * 1024 * 1024;
pub const BOARD_NUMBERS: usize = 50_000;
/// How far from the middle a thing may lie.
pub const BOARD_REACH: f32 = 1_000_000.0;
pub const EXTEND_MINUTES: std::ops::RangeInclusive<u16> = 1..=60;

/// Shown as "reconnecting" until this long after the socket went, then as an empty chair.
pub const RECONNECTING: Millis = 15 * SECOND;
/// How long people wait for a leader before the coordinator is told.
pub const LEADER_LATE: Millis = 5 * MINUTE;
/// How long the circle may be without any leader before the coordinator is told.
pub const WITHOUT_LEADER: Millis = MINUTE;
/// A room that everybody has forgotten ends by itself this long after its planned end.
pub const FORGOTTEN: Millis = 60 * MINUTE;
/// A check-in without staff ends by itself this long after its planned end.
pub const HOSTED_EXTRA: Millis = care::peer::EXTRA * MINUTE;
/// Nobody is called quiet before the group has had this long.
pub const QUIET_AFTER: Millis = 10 * MINUTE;

/// Trims the text; refuses an empty one and one that is longer than `most` characters.
pub fn text(raw: &str, most: usize) -> Result<String, Refusal> {
    let trimmed = raw.trim();
    if trimmed.is_empty() {
        return Err(Refusal::Empty);
    }
    optional_text(trimmed, most)
}

/// As `text`, but an empty one is welcome.
pub fn optional_text(raw: &str, most: usize) -> Result<String, Refusal> {
    let trimmed = raw.trim();
    if trimmed.chars().count() > most {
        return Err(Refusal::TooLong { most: most as u32 });
    }
    if trimmed.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Refusal::Unreadable);
    }
    Ok(trimmed.to_owned())
}
