//! A tool that was laid ready, as the command that opens it. From there on it is the tool's own rule that decides.

use care::agenda::Prepared;

use crate::{
    limits,
    refusal::Refusal,
    tools::{
        ToolCommand,
        calm::{CalmCommand, Exercise},
        go_round::{GoRoundCommand, Order},
        journal::JournalCommand,
        poll::{PollAsk, PollCommand, PollKind},
        prompt::PromptCommand,
        quiz::{QuizCommand, QuizQuestion},
        role_play::RolePlayCommand,
        slides::SlidesCommand,
        tables::{How, TablesCommand},
        video::VideoCommand,
    },
};

/// A go-round that was prepared gives each this long, in seconds; whoever leads may add more.
const TURN: u16 = 90;

pub fn command(prepared: &Prepared) -> Result<ToolCommand, Refusal> {
    Ok(match prepared.clone() {
        Prepared::Prompt { text } => ToolCommand::Prompt(PromptCommand::Show { text }),
        Prepared::GoRound { text } => ToolCommand::GoRound(GoRoundCommand::Open { prompt: text, order: Order::Seats, seconds: TURN }),
        Prepared::Poll { kind, text, options } => {
            let kind = poll_kind(&kind).ok_or(Refusal::OutOfRange)?;
            ToolCommand::Poll(PollCommand::Open(PollAsk { kind, question: text, options, named: false, live: false }))
        }
        Prepared::Quiz { text, options, right, why } => {
            ToolCommand::Quiz(QuizCommand::Open { questions: vec![QuizQuestion { question: text, options, right, why }] })
        }
        Prepared::Journal { text, minutes } => ToolCommand::Journal(JournalCommand::Open { prompt: text, minutes }),
        Prepared::Tables { prompts } => ToolCommand::Tables(TablesCommand::Lay { how: How::Draw, prompts }),
        Prepared::Scene { card, .. } => ToolCommand::RolePlay(RolePlayCommand::Pick { card }),
        Prepared::Calm { exercise, minutes } => {
            let exercise = pause(&exercise).ok_or(Refusal::OutOfRange)?;
            ToolCommand::Calm(CalmCommand::Open { exercise, seat: None, minutes })
        }
        Prepared::Slides { material, text, pages } => {
            let pages = pages.clamp(*limits::DECK_PAGES.start(), *limits::DECK_PAGES.end());
            ToolCommand::Slides(SlidesCommand::Open { material, title: text, pages })
        }
        Prepared::Video { material, text, captions } => ToolCommand::Video(VideoCommand::Open { material, title: text, captions }),
    })
}

fn poll_kind(word: &str) -> Option<PollKind> {
    match word {
        "single" => Some(PollKind::Single),
        "several" => Some(PollKind::Several),
        "scale" => Some(PollKind::Scale),
        "order" => Some(PollKind::Order),
        "words" => Some(PollKind::Words),
        _ => None,
    }
}

fn pause(word: &str) -> Option<Exercise> {
    match word {
        "breathing" => Some(Exercise::Breathing),
        "senses" => Some(Exercise::Senses),
        "quiet" => Some(Exercise::Quiet),
        _ => None,
    }
}
