//! Finding a group: what a visitor asks for, and which groups answer it.

use jiff::{Timestamp, tz::TimeZone};

use crate::{licensing::Verdict, topics};

/// A part of the day, in the visitor's own zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayPart {
    Morning,
    Afternoon,
    Evening,
}

impl DayPart {
    pub const ALL: [DayPart; 3] = [DayPart::Morning, DayPart::Afternoon, DayPart::Evening];

    pub fn word(self) -> &'static str {
        match self {
            DayPart::Morning => "morning",
            DayPart::Afternoon => "afternoon",
            DayPart::Evening => "evening",
        }
    }

    pub fn parse(word: &str) -> Option<DayPart> {
        DayPart::ALL.into_iter().find(|part| part.word() == word)
    }

    /// Noon begins the afternoon, five o'clock the evening; what begins in the small hours is an evening too late, and counts as one.
    pub fn of(hour: i8) -> DayPart {
        match hour {
            5..=11 => DayPart::Morning,
            12..=16 => DayPart::Afternoon,
            _ => DayPart::Evening,
        }
    }
}

/// What a visitor asks for. `None` asks for nothing in particular.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    pub topic: Option<String>,
    pub kind: Option<String>,
    /// 1 is Monday, in the visitor's zone.
    pub weekday: Option<i8>,
    pub part: Option<DayPart>,
    pub language: Option<String>,
    pub pets: bool,
    pub open: bool,
}

/// What of a group can be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered<'a> {
    pub topic: &'a str,
    pub kind: &'a str,
    pub language: &'a str,
    pub pets: bool,
    pub free: i64,
    /// The next start, as an instant.
    pub next: Option<Timestamp>,
}

/// Whether a group answers what is asked. Where the visitor lives is another question: a group that may not take them is shown with the reason.
pub fn answers(offered: &Offered<'_>, wanted: &Wanted, zone: &TimeZone) -> bool {
    let is = |asked: &Option<String>, has: &str| asked.as_deref().is_none_or(|asked| asked == has);
    // Worked out only for those who ask for it: every visitor passes by every group.
    let local = || offered.next.map(|next| next.to_zoned(zone.clone()));
    let day = wanted.weekday.is_none_or(|day| local().is_some_and(|at| at.weekday().to_monday_one_offset() == day));
    let part = wanted.part.is_none_or(|part| local().is_some_and(|at| DayPart::of(at.hour()) == part));
    is(&wanted.topic, offered.topic)
        && is(&wanted.kind, offered.kind)
        && is(&wanted.language, offered.language)
        && day
        && part
        && (!wanted.pets || offered.pets)
        && (!wanted.open || offered.free > 0)
}

/// Said plainly on every card (C5): does the group work on one problem, or on what happens between its people?
pub fn focus(kind: &str) -> &'static str {
    match kind {
        "process" | "group-analytic" => "focus-process",
        _ if topics::is_instruction(kind) => "focus-class",
        _ => "focus-problem",
    }
}

/// What a visitor of a place reads about a group: the key of a sentence, or none when there is nothing to say.
pub fn about_place(verdict: Verdict) -> Option<&'static str> {
    match verdict {
        Verdict::Covered | Verdict::LetIn => Some("find-place-covered"),
        Verdict::Instruction => Some("find-place-class"),
        Verdict::NotCovered | Verdict::Expired => Some("find-place-not-covered"),
        Verdict::UnknownPlace => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap()
    }

    fn offered() -> Offered<'static> {
        // Tuesday 18:30 in New York, 15:30 in Los Angeles, Wednesday 00:30 in Berlin.
        Offered { topic: "anxiety", kind: "process", language: "en", pets: true, free: 2, next: "2026-11-24T23:30:00Z".parse().ok() }
    }

    #[test]
    fn day_and_hour_are_the_visitor_s_own() {
        let ask = |weekday, part, place: &str| {
            answers(&offered(), &Wanted { weekday: Some(weekday), part: Some(part), ..Wanted::default() }, &zone(place))
        };
        assert!(ask(2, DayPart::Evening, "America/New_York"));
        assert!(ask(2, DayPart::Afternoon, "America/Los_Angeles"));
        assert!(ask(3, DayPart::Evening, "Europe/Berlin"));
        assert!(!ask(2, DayPart::Evening, "Europe/Berlin") && !ask(2, DayPart::Morning, "America/New_York"));
    }

    #[test]
    fn each_question_narrows() {
        let at = zone("America/New_York");
        let ask = |wanted: Wanted| answers(&offered(), &wanted, &at);
        let word = |word: &str| Some(word.to_owned());
        assert!(ask(Wanted::default()));
        assert!(ask(Wanted {
            topic: word("anxiety"),
            kind: word("process"),
            language: word("en"),
            pets: true,
            open: true,
            ..Wanted::default()
        }));
        for wanted in [
            Wanted { topic: word("grief"), ..Wanted::default() },
            Wanted { kind: word("cbt"), ..Wanted::default() },
            Wanted { language: word("es"), ..Wanted::default() },
        ] {
            assert!(!ask(wanted));
        }
        let full = Offered { free: 0, pets: false, ..offered() };
        assert!(!answers(&full, &Wanted { open: true, ..Wanted::default() }, &at));
        assert!(!answers(&full, &Wanted { pets: true, ..Wanted::default() }, &at));
    }

    #[test]
    fn every_type_says_what_it_works_on() {
        assert_eq!((focus("process"), focus("cbt"), focus("skills-class")), ("focus-process", "focus-problem", "focus-class"));
    }

    proptest! {
        #[test]
        fn every_hour_has_one_part_and_asking_for_more_never_finds_more(hour in 0i8..24, weekday in 1i8..8, open: bool) {
            let part = DayPart::of(hour);
            prop_assert_eq!(DayPart::parse(part.word()), Some(part));
            let at = zone("America/New_York");
            let more = Wanted { weekday: Some(weekday), part: Some(part), open, ..Wanted::default() };
            let less = Wanted { part: None, ..more.clone() };
            prop_assert!(!answers(&offered(), &more, &at) || answers(&offered(), &less, &at));
        }
    }
}
