//! Quizzes: questions with one right answer and a word on why. Each sees their own result; those who lead see only how many knew it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    at::At,
    limits,
    people::{Part, Person, Seat},
    refusal::Refusal,
    tools::{Around, Right, Tool},
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct QuizQuestion {
    pub question: String,
    pub options: Vec<String>,
    /// The place of the right one, from 0.
    pub right: u8,
    /// Shown after answering; may stay empty.
    pub why: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum QuizCommand {
    Open {
        questions: Vec<QuizQuestion>,
    },
    /// Once for each question of the quiz with this number: the explanation has been read then.
    Answer {
        id: u32,
        question: u8,
        option: u8,
    },
    Close,
    PutAway,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum QuizEvent {
    Opened { id: u32, questions: Vec<QuizQuestion> },
    Answered { seat: Seat, question: u8, option: u8 },
    Closed,
    PutAway,
}

/// A question as one person sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct QuizAsked {
    pub question: String,
    pub options: Vec<String>,
    pub mine: Option<u8>,
    /// After answering, or when the quiz has closed.
    pub solved: Option<Solved>,
    /// Leaders only.
    pub count: Option<QuizCount>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Solved {
    pub right: u8,
    pub why: String,
}

/// How members did with a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QuizCount {
    pub answered: u32,
    /// When the quiz has closed and enough have answered; before, each step of it would tell of one person.
    pub right: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct QuizView {
    pub id: u32,
    pub open: bool,
    pub questions: Vec<QuizAsked>,
}

#[derive(Debug, Clone, PartialEq)]
struct Running {
    id: u32,
    open: bool,
    questions: Vec<QuizQuestion>,
    answers: BTreeMap<(u8, Seat), u8>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Quiz {
    next: u32,
    now: Option<Running>,
}

fn checked(asked: &QuizQuestion) -> Result<QuizQuestion, Refusal> {
    if !limits::POLL_OPTIONS.contains(&asked.options.len()) || usize::from(asked.right) >= asked.options.len() {
        return Err(Refusal::OutOfRange);
    }
    Ok(QuizQuestion {
        question: limits::text(&asked.question, limits::PROMPT_CHARS)?,
        options: asked.options.iter().map(|option| limits::text(option, limits::OPTION_CHARS)).collect::<Result<_, _>>()?,
        right: asked.right,
        why: limits::optional_text(&asked.why, limits::EXPLANATION_CHARS)?,
    })
}

impl Quiz {
    fn open(&self, questions: &[QuizQuestion]) -> Result<QuizEvent, Refusal> {
        if self.now.as_ref().is_some_and(|running| running.open) {
            return Err(Refusal::NotNow);
        }
        if self.next as usize >= limits::QUIZZES {
            return Err(Refusal::TooMany);
        }
        if !limits::QUIZ_QUESTIONS.contains(&questions.len()) {
            return Err(Refusal::OutOfRange);
        }
        let questions = questions.iter().map(checked).collect::<Result<_, _>>()?;
        Ok(QuizEvent::Opened { id: self.next, questions })
    }

    fn answer(&self, seat: Seat, id: u32, question: u8, option: u8) -> Result<QuizEvent, Refusal> {
        let running = match &self.now {
            Some(running) if running.open && running.id == id => running,
            _ if id < self.next => return Err(Refusal::VotingOver),
            _ => return Err(Refusal::NotNow),
        };
        let asked = running.questions.get(usize::from(question)).ok_or(Refusal::OutOfRange)?;
        if usize::from(option) >= asked.options.len() {
            return Err(Refusal::OutOfRange);
        }
        if running.answers.contains_key(&(question, seat)) {
            return Err(Refusal::NotNow);
        }
        Ok(QuizEvent::Answered { seat, question, option })
    }
}

impl Running {
    fn asked(&self, number: u8, asked: &QuizQuestion, viewer: &Person, around: Around<'_>) -> QuizAsked {
        let mine = self.answers.get(&(number, viewer.seat)).copied();
        QuizAsked {
            question: asked.question.clone(),
            options: asked.options.clone(),
            mine,
            solved: (mine.is_some() || !self.open).then(|| Solved { right: asked.right, why: asked.why.clone() }),
            count: viewer.leads().then(|| self.count(number, asked.right, around)),
        }
    }

    /// Of members only: a leader who plays along knows the answers.
    fn count(&self, number: u8, right: u8, around: Around<'_>) -> QuizCount {
        let is_member = |seat: &Seat| around.people.get(seat).is_some_and(|p| p.part == Part::Member);
        let of_members = || self.answers.iter().filter(|((question, seat), _)| *question == number && is_member(seat));
        let answered = of_members().count();
        let told = !self.open && answered >= limits::FEWEST;
        let knew = || of_members().filter(|(_, option)| **option == right).count() as u32;
        QuizCount { answered: answered as u32, right: told.then(knew) }
    }
}

impl Tool for Quiz {
    type Command = QuizCommand;
    type Event = QuizEvent;
    type View = Option<QuizView>;

    fn right(command: &QuizCommand) -> Right {
        match command {
            QuizCommand::Open { .. } | QuizCommand::Close | QuizCommand::PutAway => Right::Facilitators,
            QuizCommand::Answer { .. } => Right::TurnTakers,
        }
    }

    fn decide(&self, by: &Person, command: &QuizCommand, _: Around<'_>) -> Result<Vec<QuizEvent>, Refusal> {
        let open = self.now.as_ref().map(|running| running.open);
        let event = match command {
            QuizCommand::Open { questions } => self.open(questions)?,
            QuizCommand::Answer { id, question, option } => self.answer(by.seat, *id, *question, *option)?,
            QuizCommand::Close if open == Some(true) => QuizEvent::Closed,
            QuizCommand::PutAway if open == Some(false) => QuizEvent::PutAway,
            QuizCommand::Close | QuizCommand::PutAway => return Err(Refusal::NotNow),
        };
        Ok(vec![event])
    }

    fn timeline(event: &QuizEvent) -> Option<&'static str> {
        matches!(event, QuizEvent::Opened { .. }).then_some("timeline-quiz")
    }

    fn author(event: &QuizEvent) -> Option<Seat> {
        match event {
            QuizEvent::Answered { seat, .. } => Some(*seat),
            QuizEvent::Opened { .. } | QuizEvent::Closed | QuizEvent::PutAway => None,
        }
    }

    fn apply(&mut self, event: &QuizEvent, _: At) {
        match event {
            QuizEvent::Opened { id, questions } => {
                self.next = id + 1;
                self.now = Some(Running { id: *id, open: true, questions: questions.clone(), answers: BTreeMap::new() });
            }
            QuizEvent::Answered { seat, question, option } => {
                if let Some(running) = &mut self.now {
                    running.answers.insert((*question, *seat), *option);
                }
            }
            QuizEvent::Closed => {
                if let Some(running) = &mut self.now {
                    running.open = false;
                }
            }
            QuizEvent::PutAway => self.now = None,
        }
    }

    fn view_for(&self, viewer: &Person, around: Around<'_>) -> Self::View {
        let running = self.now.as_ref()?;
        let questions = (0..).zip(&running.questions).map(|(number, asked)| running.asked(number, asked, viewer, around)).collect();
        Some(QuizView { id: running.id, open: running.open, questions })
    }
}
