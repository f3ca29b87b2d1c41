//! The form of each kind. Its words are sentences of ours; nobody's handout stands here.

use super::{
    Asked, Kind, LINE_CHARS, OWN, STEPS, TEXT_CHARS,
    fields::{Ask, Field, Form, Section},
};

const LONG: Ask = Ask::Text { most: TEXT_CHARS };
const SHORT: Ask = Ask::Text { most: LINE_CHARS };
const HUNDRED: Ask = Ask::Number { from: 0, to: 100 };
const FIVE: Ask = Ask::Scale { most: 5 };
const TEN: Ask = Ask::Scale { most: 10 };

/// Feelings of a diary card, each at its strongest of the day.
const FEELINGS: [(&str, &str); 5] = [
    ("feeling-anger", "homework-feeling-anger"),
    ("feeling-fear", "homework-feeling-fear"),
    ("feeling-sadness", "homework-feeling-sadness"),
    ("feeling-shame", "homework-feeling-shame"),
    ("feeling-joy", "homework-feeling-joy"),
];

/// Urges, and whether somebody acted on them: two questions, since bearing an urge is not acting on it.
const URGES: [(&str, &str, &str); 4] = [
    ("urge-self-harm", "acted-self-harm", "homework-urge-self-harm"),
    ("urge-suicide", "acted-suicide", "homework-urge-suicide"),
    ("urge-substance", "acted-substance", "homework-urge-substance"),
    ("urge-quit", "acted-quit", "homework-urge-quit"),
];

pub const SKILLS: &str = "skills";

fn section(title: &'static str, hint: &'static str, fields: Vec<Field>) -> Section {
    Section { title, hint, fields }
}

pub fn form(kind: Kind, asked: &Asked, taught: &[String]) -> Form {
    let sections = match kind {
        Kind::PracticeLog => practice_log(),
        Kind::EmotionLog => emotion_log(),
        Kind::DiaryCard => diary_card(asked, taught),
        Kind::ThoughtRecord => thought_record(),
        Kind::Worksheet => worksheet(asked),
        Kind::Reading => reading(),
        Kind::Ladder => ladder(asked),
        Kind::Free => {
            vec![section("homework-section-free", "homework-hint-free", vec![Field::new("note", "homework-field-noticed", LONG)])]
        }
    };
    Form { sections }
}

fn practice_log() -> Vec<Section> {
    let fields = vec![
        Field::new("what", "homework-field-practised", SHORT),
        Field::new("time", "homework-field-time", Ask::Time).optional(),
        Field::new("minutes", "homework-field-minutes", Ask::Number { from: 0, to: 600 }),
        Field::new("helped", "homework-field-helped", TEN),
        Field::new("note", "homework-field-note", LONG).optional(),
    ];
    vec![section("homework-section-practice", "", fields)]
}

fn emotion_log() -> Vec<Section> {
    let did = Ask::Choice(&["stayed", "talked", "moved", "soothed", "left", "acted", "other"]);
    let fields = vec![
        Field::new("time", "homework-field-time", Ask::Time).optional(),
        Field::new("feeling", "homework-field-feeling", SHORT),
        Field::new("strength", "homework-field-strength", TEN),
        Field::new("happened", "homework-field-happened", LONG),
        Field::new("body", "homework-field-body", SHORT).optional(),
        Field::new("did", "homework-field-did", did),
    ];
    vec![section("homework-section-emotion", "", fields)]
}

fn diary_card(asked: &Asked, taught: &[String]) -> Vec<Section> {
    let feelings = FEELINGS.map(|(name, label)| Field::new(name, label, FIVE)).to_vec();
    let mut urges: Vec<Field> = Vec::new();
    for (urge, acted, label) in URGES {
        urges.push(Field::new(urge, label, FIVE));
        urges.push(Field::new(acted, "homework-field-acted", Ask::YesNo));
    }
    for (at, own) in asked.own.iter().take(OWN).enumerate() {
        urges.push(Field::own(format!("urge-own-{at}"), own.clone(), FIVE));
        urges.push(Field { name: format!("acted-own-{at}"), ..Field::new("", "homework-field-acted", Ask::YesNo) });
    }
    let mut skills = Vec::new();
    if !taught.is_empty() {
        skills.push(Field::new(SKILLS, "homework-field-skills", Ask::Ticks(taught.to_vec())));
    }
    skills.push(Field::new("skill-rating", "homework-field-skill-rating", Ask::Scale { most: 7 }));
    let day = vec![
        Field::new("medication", "homework-field-medication", Ask::YesNo),
        Field::new("distress", "homework-field-distress", TEN).optional(),
        Field::new("note", "homework-field-note", LONG).optional(),
    ];
    vec![
        section("homework-section-feelings", "homework-hint-feelings", feelings),
        section("homework-section-urges", "homework-hint-urges", urges),
        section("homework-section-skills", "homework-hint-skills", skills),
        section("homework-section-day", "", day),
    ]
}

fn thought_record() -> Vec<Section> {
    let before = vec![
        Field::new("situation", "homework-field-situation", LONG),
        Field::new("thought", "homework-field-thought", LONG),
        Field::new("believed", "homework-field-believed", HUNDRED),
    ];
    let rows = vec![
        Field::new("word", "homework-field-feeling", SHORT),
        Field::new("before", "homework-field-strong-then", HUNDRED),
        Field::new("after", "homework-field-strong-now", HUNDRED),
    ];
    let feelings = vec![Field::new("feelings", "homework-field-feelings", Ask::Rows { titles: vec![], most: 3, fields: rows })];
    let looked = vec![
        Field::new("for", "homework-field-for", LONG),
        Field::new("against", "homework-field-against", LONG),
        Field::new("other", "homework-field-other-view", LONG),
        Field::new("believed-now", "homework-field-believed-now", HUNDRED),
    ];
    vec![
        section("homework-section-thought", "", before),
        section("homework-section-thought-feelings", "homework-hint-hundred", feelings),
        section("homework-section-thought-looked", "", looked),
    ]
}

/// How a question of a worksheet is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// In as many words as one likes.
    Text,
    Line,
    /// 0 to 10.
    Scale,
    /// One thing a line.
    List,
}

/// Lines that a list offers; the first counts, the others may stay empty.
pub const LIST_LINES: usize = 4;

/// A question of a worksheet, as it is shown, and how it is answered: a mark at its end says so. A mark is part of the line, so that it goes
/// along wherever the questions are typed, kept and given again.
pub fn question(prompt: &str) -> (&str, Answered) {
    for (mark, answered) in [("[line]", Answered::Line), ("[0-10]", Answered::Scale), ("[list]", Answered::List)] {
        if let Some(words) = prompt.trim_end().strip_suffix(mark).map(str::trim_end).filter(|words| !words.is_empty()) {
            return (words, answered);
        }
    }
    (prompt, Answered::Text)
}

fn worksheet(asked: &Asked) -> Vec<Section> {
    let fields = asked.prompts.iter().enumerate().flat_map(|(at, prompt)| {
        let (words, answered) = question(prompt);
        let one = |ask| Field::own(format!("answer-{at}"), words.to_owned(), ask);
        match answered {
            Answered::Text => vec![one(LONG)],
            Answered::Line => vec![one(SHORT)],
            Answered::Scale => vec![one(TEN)],
            Answered::List => {
                let more = |row: usize| Field::own(format!("answer-{at}-{row}"), format!("… {}", row + 1), SHORT).optional();
                std::iter::once(one(SHORT)).chain((1..LIST_LINES).map(more)).collect()
            }
        }
    });
    vec![section("homework-section-worksheet", "", fields.collect())]
}

fn reading() -> Vec<Section> {
    let far = Ask::Choice(&["begun", "half", "all"]);
    let fields = vec![Field::new("far", "homework-field-far", far), Field::new("stayed", "homework-field-stayed", LONG)];
    vec![section("homework-section-reading", "", fields)]
}

/// The member's own steps, if nobody named any.
fn ladder(asked: &Asked) -> Vec<Section> {
    let mut fields = vec![
        Field::new("before", "homework-field-before", HUNDRED),
        Field::new("after", "homework-field-after", HUNDRED),
        Field::new("note", "homework-field-learned", SHORT).optional(),
    ];
    if asked.steps.is_empty() {
        fields.insert(0, Field::new("step", "homework-field-step", SHORT));
    }
    let rows = Ask::Rows { titles: asked.steps.clone(), most: STEPS / 2, fields };
    vec![section("homework-section-ladder", "homework-hint-hundred", vec![Field::new("step", "homework-field-steps", rows)])]
}
