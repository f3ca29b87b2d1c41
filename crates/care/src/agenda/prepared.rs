//! Tools laid ready in a phase: what each opens with, typed the day before instead of in front of the group.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::TEXT_CHARS;
use crate::boards::BoardTemplate;

/// What can be laid ready. The words are those of the room's tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    Prompt,
    GoRound,
    Poll,
    Quiz,
    Journal,
    Tables,
    Scene,
    Calm,
    Board,
    Slides,
    Video,
    Reading,
}

impl Tool {
    pub const ALL: [Tool; 12] = [
        Tool::Prompt,
        Tool::GoRound,
        Tool::Poll,
        Tool::Quiz,
        Tool::Journal,
        Tool::Tables,
        Tool::Scene,
        Tool::Calm,
        Tool::Board,
        Tool::Slides,
        Tool::Video,
        Tool::Reading,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Tool::Prompt => "prompt",
            Tool::GoRound => "go_round",
            Tool::Poll => "poll",
            Tool::Quiz => "quiz",
            Tool::Journal => "journal",
            Tool::Tables => "tables",
            Tool::Scene => "scene",
            Tool::Calm => "calm",
            Tool::Board => "board",
            Tool::Slides => "slides",
            Tool::Video => "video",
            Tool::Reading => "reading",
        }
    }

    pub fn parse(word: &str) -> Option<Tool> {
        Tool::ALL.into_iter().find(|tool| tool.word() == word)
    }

    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Tool::Prompt => "prepared-prompt",
            Tool::GoRound => "prepared-go-round",
            Tool::Poll => "prepared-poll",
            Tool::Quiz => "prepared-quiz",
            Tool::Journal => "prepared-journal",
            Tool::Tables => "prepared-tables",
            Tool::Scene => "prepared-scene",
            Tool::Calm => "prepared-calm",
            Tool::Board => "prepared-board",
            Tool::Slides => "prepared-slides",
            Tool::Video => "prepared-video",
            Tool::Reading => "prepared-reading",
        }
    }
}

/// One tool with everything that it needs to open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "tool", rename_all = "snake_case", deny_unknown_fields)]
pub enum Prepared {
    Prompt {
        text: String,
    },
    GoRound {
        text: String,
    },
    /// Anonymous, as a poll made on the spot is unless somebody asks for names.
    Poll {
        kind: String,
        text: String,
        options: Vec<String>,
    },
    Quiz {
        text: String,
        options: Vec<String>,
        /// Which option is right, counted from 0.
        right: u8,
        why: String,
        /// What is asked after the first, in order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        more: Vec<PreparedQuestion>,
    },
    Journal {
        text: String,
        minutes: u16,
    },
    /// One table for each line; the same number of people at each, by lot.
    Tables {
        prompts: Vec<String>,
    },
    /// A card of the house.
    Scene {
        card: String,
        text: String,
    },
    Calm {
        exercise: String,
        minutes: u16,
    },
    /// A whiteboard for everybody, empty or with a sheet of the house printed on it.
    Board {
        template: Option<BoardTemplate>,
    },
    Slides {
        #[ts(type = "number")]
        material: i64,
        text: String,
        pages: u16,
    },
    Video {
        #[ts(type = "number")]
        material: i64,
        text: String,
        captions: bool,
    },
    /// An article or a worksheet of the library, by its word in addresses.
    Reading {
        item: String,
        text: String,
    },
}

/// A further question of a quiz.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PreparedQuestion {
    pub text: String,
    pub options: Vec<String>,
    pub right: u8,
    pub why: String,
}

/// What the form of one tool was filled in with. A card and a deck come as they were found, never as they were typed.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub tool: String,
    pub text: String,
    /// One a line.
    pub options: String,
    /// How a poll is answered, how a pause is spent, or what is printed on a board.
    pub how: String,
    /// Minutes of writing or of a pause; which option is right, counted from 1.
    pub number: String,
    pub why: String,
    /// The number of a deck or film, the word of a reading, or the name of a scene card; looked up by whoever keeps those.
    pub which: String,
    /// The place of a quiz that lies there already and gets this question, too.
    pub to: String,
}

/// As in a poll that is made on the spot.
const OPTIONS: std::ops::RangeInclusive<usize> = 2..=8;
const OPTION_CHARS: usize = 80;
/// Of one quiz.
const QUESTIONS: usize = 10;
const TABLES: std::ops::RangeInclusive<usize> = 2..=7;
const QUIET_MINUTES: std::ops::RangeInclusive<u16> = 1..=20;
const CALM_MINUTES: std::ops::RangeInclusive<u16> = 1..=10;
pub const POLL_KINDS: [&str; 5] = ["single", "several", "scale", "order", "words"];
/// The word for a board with nothing printed on it.
pub const EMPTY: &str = "empty";
pub const EXERCISES: [&str; 3] = ["breathing", "senses", "quiet"];

impl Prepared {
    pub fn tool(&self) -> Tool {
        match self {
            Prepared::Prompt { .. } => Tool::Prompt,
            Prepared::GoRound { .. } => Tool::GoRound,
            Prepared::Poll { .. } => Tool::Poll,
            Prepared::Quiz { .. } => Tool::Quiz,
            Prepared::Journal { .. } => Tool::Journal,
            Prepared::Tables { .. } => Tool::Tables,
            Prepared::Scene { .. } => Tool::Scene,
            Prepared::Calm { .. } => Tool::Calm,
            Prepared::Board { .. } => Tool::Board,
            Prepared::Slides { .. } => Tool::Slides,
            Prepared::Video { .. } => Tool::Video,
            Prepared::Reading { .. } => Tool::Reading,
        }
    }

    /// What a leader knows it by, besides the name of the tool.
    pub fn about(&self) -> String {
        match self {
            Prepared::Tables { prompts } => prompts.iter().filter(|prompt| !prompt.is_empty()).cloned().collect::<Vec<_>>().join(" · "),
            // A sheet has its name in the reader's language.
            Prepared::Calm { .. } | Prepared::Board { .. } => String::new(),
            Prepared::Quiz { text, more, .. } if !more.is_empty() => format!("{text} (+{})", more.len()),
            Prepared::Prompt { text }
            | Prepared::GoRound { text }
            | Prepared::Poll { text, .. }
            | Prepared::Quiz { text, .. }
            | Prepared::Journal { text, .. }
            | Prepared::Scene { text, .. }
            | Prepared::Slides { text, .. }
            | Prepared::Video { text, .. }
            | Prepared::Reading { text, .. } => text.clone(),
        }
    }

    /// What was typed, as it stands.
    pub fn texts(&self) -> Vec<String> {
        self.clone().texts_mut().map(|text| text.clone()).collect()
    }

    /// Everything in it that was typed, so that lengths are checked and a group reads its own language.
    pub fn texts_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let texts: Vec<&mut String> = match self {
            Prepared::Prompt { text } | Prepared::GoRound { text } | Prepared::Journal { text, .. } => vec![text],
            Prepared::Poll { text, options, .. } => std::iter::once(text).chain(options).collect(),
            Prepared::Quiz { text, options, why, more, .. } => {
                let of_more = more.iter_mut().flat_map(|one| [&mut one.text, &mut one.why].into_iter().chain(&mut one.options));
                [text, why].into_iter().chain(options).chain(of_more).collect()
            }
            Prepared::Tables { prompts } => prompts.iter_mut().collect(),
            // Names of things that are kept elsewhere.
            Prepared::Scene { .. }
            | Prepared::Calm { .. }
            | Prepared::Board { .. }
            | Prepared::Slides { .. }
            | Prepared::Video { .. }
            | Prepared::Reading { .. } => Vec::new(),
        };
        texts.into_iter()
    }

    /// Reads a form; an error is the key of its sentence.
    pub fn read(typed: &Typed) -> Result<Prepared, &'static str> {
        let text = || line(&typed.text);
        match Tool::parse(&typed.tool) {
            Some(Tool::Prompt) => Ok(Prepared::Prompt { text: text()? }),
            Some(Tool::GoRound) => Ok(Prepared::GoRound { text: text()? }),
            Some(Tool::Journal) => Ok(Prepared::Journal { text: text()?, minutes: minutes(&typed.number, QUIET_MINUTES)? }),
            Some(Tool::Poll) => {
                let kind = POLL_KINDS.into_iter().find(|kind| *kind == typed.how).ok_or("prepared-kind")?;
                let chosen = matches!(kind, "single" | "several" | "order");
                let options = if chosen { options(&typed.options)? } else { Vec::new() };
                Ok(Prepared::Poll { kind: kind.into(), text: text()?, options })
            }
            Some(Tool::Quiz) => {
                let PreparedQuestion { text, options, right, why } = question(typed)?;
                Ok(Prepared::Quiz { text, options, right, why, more: Vec::new() })
            }
            Some(Tool::Tables) => {
                let prompts: Vec<String> =
                    typed.options.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
                if prompts.iter().any(|prompt| prompt.chars().count() > TEXT_CHARS) {
                    return Err("agenda-too-long");
                }
                if TABLES.contains(&prompts.len()) { Ok(Prepared::Tables { prompts }) } else { Err("prepared-tables-count") }
            }
            Some(Tool::Calm) => {
                let exercise = EXERCISES.into_iter().find(|exercise| *exercise == typed.how).ok_or("prepared-kind")?;
                Ok(Prepared::Calm { exercise: exercise.into(), minutes: minutes(&typed.number, CALM_MINUTES)? })
            }
            Some(Tool::Board) if typed.how == EMPTY => Ok(Prepared::Board { template: None }),
            Some(Tool::Board) => {
                let template = BoardTemplate::ALL.into_iter().find(|template| template.word() == typed.how);
                Ok(Prepared::Board { template: Some(template.ok_or("prepared-kind")?) })
            }
            Some(Tool::Scene | Tool::Slides | Tool::Video | Tool::Reading) | None => Err("prepared-choose"),
        }
    }
}

impl Prepared {
    /// Reads the form as a further question of this quiz.
    pub fn ask_more(&mut self, typed: &Typed) -> Result<(), &'static str> {
        let Prepared::Quiz { more, .. } = self else { return Err("prepared-gone") };
        if more.len() + 1 >= QUESTIONS {
            return Err("prepared-questions-many");
        }
        more.push(question(typed)?);
        Ok(())
    }
}

fn question(typed: &Typed) -> Result<PreparedQuestion, &'static str> {
    let options = options(&typed.options)?;
    let right = typed.number.trim().parse::<u8>().ok().filter(|right| (1..=options.len()).contains(&usize::from(*right)));
    let why = if typed.why.trim().is_empty() { return Err("prepared-why") } else { line(&typed.why)? };
    Ok(PreparedQuestion { text: line(&typed.text)?, options, right: right.ok_or("prepared-right")? - 1, why })
}

fn line(text: &str) -> Result<String, &'static str> {
    match text.trim() {
        "" => Err("prepared-text"),
        text if text.chars().count() > TEXT_CHARS => Err("agenda-too-long"),
        text => Ok(text.to_owned()),
    }
}

fn options(text: &str) -> Result<Vec<String>, &'static str> {
    let mut options: Vec<String> = Vec::new();
    for option in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if option.chars().count() > OPTION_CHARS {
            return Err("prepared-option-long");
        }
        if options.iter().any(|known| known == option) {
            return Err("prepared-option-twice");
        }
        options.push(option.to_owned());
    }
    if OPTIONS.contains(&options.len()) { Ok(options) } else { Err("prepared-options") }
}

fn minutes(text: &str, range: std::ops::RangeInclusive<u16>) -> Result<u16, &'static str> {
    text.trim().parse().ok().filter(|minutes| range.contains(minutes)).ok_or("prepared-minutes")
}
