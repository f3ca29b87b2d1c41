//! The small question between sessions: on which days it is asked, and what an answer may be. Five moods, a word, a line; two taps are enough.

use serde::{Deserialize, Serialize};

pub const WORD_CHARS: usize = 30;
pub const LINE_CHARS: usize = 200;
pub const MOODS: std::ops::RangeInclusive<u8> = 1..=5;

/// On which weekdays, Monday first, and from which minute of the day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    pub days: [bool; 7],
    pub minute: i16,
}

impl Plan {
    /// As it is stored; `None` for what no form of ours writes.
    pub fn read(days: &str, minute: i64) -> Option<Plan> {
        let signs: Vec<bool> = days.chars().filter_map(|sign| "01".find(sign).map(|at| at == 1)).collect();
        let days = signs.try_into().ok().filter(|_| days.len() == 7)?;
        Some(Plan { days, minute: i16::try_from(minute).ok().filter(|minute| (0..1_440).contains(minute))? })
    }

    pub fn word(&self) -> String {
        self.days.iter().map(|day| if *day { '1' } else { '0' }).collect()
    }

    pub fn is_never(&self) -> bool {
        !self.days.contains(&true)
    }

    /// Whether it is asked at this minute of this weekday, 1 being Monday.
    pub fn asks(&self, weekday: i8, minute: i16) -> bool {
        usize::try_from(weekday - 1).ok().and_then(|day| self.days.get(day)) == Some(&true) && minute >= self.minute
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answer {
    pub mood: u8,
    pub word: String,
    pub line: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    Mood,
    TooLong,
}

impl Unfit {
    pub fn key(self) -> &'static str {
        match self {
            Unfit::Mood => "chat-check-in-mood-missing",
            Unfit::TooLong => "chat-check-in-too-long",
        }
    }
}

/// What somebody tapped and typed.
pub fn answer(mood: &str, word: &str, line: &str) -> Result<Answer, Unfit> {
    let mood = mood.parse().ok().filter(|mood| MOODS.contains(mood)).ok_or(Unfit::Mood)?;
    let text = |text: &str, most: usize| {
        let text = super::read(text).unwrap_or_default().replace('\n', " ");
        Some(text).filter(|text| text.chars().count() <= most).ok_or(Unfit::TooLong)
    };
    Ok(Answer { mood, word: text(word, WORD_CHARS)?, line: text(line, LINE_CHARS)? })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn it_is_asked_on_its_days_from_its_hour_on() {
        let plan = Plan::read("1010000", 540).unwrap();
        assert!(plan.asks(1, 540) && plan.asks(3, 1_439) && !plan.asks(1, 539) && !plan.asks(2, 600));
        assert!(!plan.asks(0, 600) && !plan.asks(8, 600));
        assert!(Plan::read("0000000", 0).unwrap().is_never());
        for odd in ["", "101000", "10100000", "10x0000", "１010000"] {
            assert_eq!(Plan::read(odd, 0), None, "{odd}");
        }
        assert_eq!((Plan::read("1010000", 1_440), Plan::read("1010000", -1)), (None, None));
    }

    #[test]
    fn a_mood_is_enough_and_nothing_is_longer_than_its_place() {
        assert_eq!(answer("4", "", " "), Ok(Answer { mood: 4, ..Answer::default() }));
        let whole = answer("1", " ti\u{202e}red ", "Slept\nbadly");
        assert_eq!(whole, Ok(Answer { mood: 1, word: "tired".into(), line: "Slept badly".into() }));
        for odd in ["", "0", "6", "-1", "4.5", "x"] {
            assert_eq!(answer(odd, "", ""), Err(Unfit::Mood), "{odd}");
        }
        assert_eq!(answer("3", &"x".repeat(31), ""), Err(Unfit::TooLong));
        assert_eq!(answer("3", "", &"x".repeat(201)), Err(Unfit::TooLong));
    }

    proptest! {
        #[test]
        fn a_plan_is_read_as_it_was_written(days in any::<[bool; 7]>(), minute in 0i16..1_440) {
            let plan = Plan { days, minute };
            prop_assert_eq!(Plan::read(&plan.word(), i64::from(minute)), Some(plan));
        }
    }
}
