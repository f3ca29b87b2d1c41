//! The five parts of a good goal: specific, measurable, achievable, relevant, time-bound (G8). Rules, not a language model: what is missing
//! is said in words, and nothing is forbidden.

use jiff::{Span, civil::Date};

use super::Goal;

/// Fewer words than this say where, but not what.
const LEAST_WORDS: usize = 4;
/// So many of them have to say something.
const LEAST_TELLING: usize = 2;
/// Below this the step is rather too big (0 to 10).
const SURE: u8 = 7;
/// More things a week than this are hard to keep looking at.
const MOST_A_WEEK: usize = 35;
const LEAST_DAYS: i32 = 7;
const MOST_DAYS: i32 = 366;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    Specific,
    Measurable,
    Achievable,
    Relevant,
    TimeBound,
}

impl Part {
    pub const ALL: [Part; 5] = [Part::Specific, Part::Measurable, Part::Achievable, Part::Relevant, Part::TimeBound];

    pub fn word(self) -> &'static str {
        match self {
            Part::Specific => "specific",
            Part::Measurable => "measurable",
            Part::Achievable => "achievable",
            Part::Relevant => "relevant",
            Part::TimeBound => "time-bound",
        }
    }
}

/// What one part still wants; each is the key of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Missing {
    NoWords,
    Short,
    General,
    NoMeasure,
    NotSure,
    TooBig,
    TooMuch,
    NoWhy,
    NoDay,
    DayPast,
    DaySoon,
    DayFar,
}

impl Missing {
    pub fn key(self) -> &'static str {
        match self {
            Missing::NoWords => "check-no-words",
            Missing::Short => "check-short",
            Missing::General => "check-general",
            Missing::NoMeasure => "check-no-measure",
            Missing::NotSure => "check-not-sure",
            Missing::TooBig => "check-too-big",
            Missing::TooMuch => "check-too-much",
            Missing::NoWhy => "check-no-why",
            Missing::NoDay => "check-no-day",
            Missing::DayPast => "check-day-past",
            Missing::DaySoon => "check-day-soon",
            Missing::DayFar => "check-day-far",
        }
    }
}

/// Words that alone make a wish: nobody could say whether it came true. English and Spanish, lower case.
const GENERAL: &[&str] = &[
    "a",
    "able",
    "about",
    "again",
    "all",
    "always",
    "am",
    "and",
    "anxious",
    "anxiety",
    "at",
    "bad",
    "be",
    "being",
    "better",
    "calm",
    "calmer",
    "can",
    "confident",
    "depressed",
    "depression",
    "do",
    "everything",
    "feel",
    "feeling",
    "feelings",
    "fine",
    "for",
    "get",
    "good",
    "happier",
    "happy",
    "have",
    "healthy",
    "healthier",
    "i",
    "improve",
    "in",
    "is",
    "it",
    "less",
    "life",
    "like",
    "lot",
    "me",
    "mental",
    "more",
    "mood",
    "my",
    "myself",
    "never",
    "no",
    "normal",
    "not",
    "of",
    "on",
    "ok",
    "okay",
    "one",
    "people",
    "person",
    "positive",
    "sad",
    "so",
    "social",
    "some",
    "stop",
    "stress",
    "stressed",
    "strong",
    "stronger",
    "that",
    "the",
    "things",
    "to",
    "too",
    "try",
    "up",
    "very",
    "want",
    "well",
    "will",
    "with",
    "work",
    "worry",
    "worrying",
    "ansiedad",
    "ansioso",
    "ansiosa",
    "bien",
    "calma",
    "como",
    "con",
    "confianza",
    "de",
    "dejar",
    "del",
    "depresión",
    "el",
    "en",
    "es",
    "estar",
    "estrés",
    "feliz",
    "gente",
    "la",
    "las",
    "lo",
    "los",
    "mal",
    "mas",
    "más",
    "me",
    "mejor",
    "mejorar",
    "menos",
    "mi",
    "mucho",
    "muy",
    "más",
    "nada",
    "normal",
    "nunca",
    "para",
    "persona",
    "poder",
    "por",
    "positivo",
    "preocuparme",
    "que",
    "quiero",
    "se",
    "sentirme",
    "ser",
    "siempre",
    "sin",
    "tener",
    "todo",
    "tranquilo",
    "tranquila",
    "triste",
    "un",
    "una",
    "vida",
    "vivir",
    "y",
    "yo",
    "ánimo",
];

fn specific(words: &str) -> Option<Missing> {
    let lower = words.to_lowercase();
    let all: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != ':').filter(|word| !word.is_empty()).collect();
    let telling = all.iter().filter(|word| !GENERAL.contains(word)).count();
    match all.len() {
        0 => Some(Missing::NoWords),
        _ if telling < LEAST_TELLING => Some(Missing::General),
        few if few < LEAST_WORDS => Some(Missing::Short),
        _ => None,
    }
}

fn achievable(goal: &Goal) -> Option<Missing> {
    let days = (1..=7).filter(|number| goal.days.has_number(*number)).count();
    match goal.sure {
        None => Some(Missing::NotSure),
        // Whoever has said what would make it easier has done what we would ask for.
        Some(sure) if sure < SURE && goal.smaller.is_empty() => Some(Missing::TooBig),
        _ if days * goal.looked.len() > MOST_A_WEEK => Some(Missing::TooMuch),
        _ => None,
    }
}

fn time_bound(until: Option<Date>, today: Date) -> Option<Missing> {
    let Some(until) = until else { return Some(Missing::NoDay) };
    match (until - today).get_days() {
        ..0 => Some(Missing::DayPast),
        0..LEAST_DAYS => Some(Missing::DaySoon),
        days if days > MOST_DAYS => Some(Missing::DayFar),
        _ => None,
    }
}

/// Each part, and what it still wants.
pub fn check(goal: &Goal, today: Date) -> [(Part, Option<Missing>); 5] {
    Part::ALL.map(|part| {
        let missing = match part {
            Part::Specific => specific(&goal.words),
            Part::Measurable => goal.looked.is_empty().then_some(Missing::NoMeasure),
            Part::Achievable => achievable(goal),
            Part::Relevant => goal.why.is_empty().then_some(Missing::NoWhy),
            Part::TimeBound => time_bound(goal.until, today),
        };
        (part, missing)
    })
}

/// Three months from today: what most people choose, and what the form offers.
pub fn in_three_months(today: Date) -> Date {
    today.checked_add(Span::new().months(3)).unwrap_or(today)
}
